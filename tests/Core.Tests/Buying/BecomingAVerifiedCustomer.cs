using Recourse.Checkouts;
using Recourse.Disputes;
using Recourse.Payments;
using Recourse.Verifying;
using Shouldly;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

[Trait("Capability", "CHK-5")]
public sealed class BecomingAVerifiedCustomer
{
    static readonly VerificationId Own = new(Ana);
    static readonly Document Passport = new("passport", "abc123", "image/png", 1_000);
    static readonly Money Amount = Eur(1_37);

    static Life New => new(Verification.Kind, Own, null, Wednesday);
    static readonly Life Asked = New.When(OfCheckout, new Verification.Command.Ask(TheCheckout));
    static readonly Life Shown = Asked.When(Buyer, new Verification.Command.ShowDocument(Passport));
    static readonly Life Holding = Asked.When(Buyer, new Verification.Command.AskForAmount("card-1", Amount));
    static readonly Life Naming = Holding.When(Provider, Answer(Holding, new ProviderAnswer.Done("pi-1")));

    static Verification.Command Answer(Life asked, ProviderAnswer answer) =>
        new Verification.Command.HearAnswer(asked.Call<ProviderCall>(), answer);

    static Verification.Command Name(long minor) => new Verification.Command.NameAmount(minor);

    [Fact]
    public void By_a_document_that_somebody_looks_at_within_the_promised_time()
    {
        Shown.Then<Verification.Event.DocumentShown>().Deadline
            .ShouldBe(new(Party.Agent, "verification.escalate", null, Wednesday + Duration.FromHours(24)));
        Shown.Sent<Checkout.Command.HearProofSent>().ShouldHaveSingleItem();
        Shown.When(Buyer, new Verification.Command.Accept()).ThenRefused("verification.not-now");
        Shown.When(Stranger, new Verification.Command.Accept()).ThenRefused("kernel.not-found");

        var verified = Shown.When(Agent, new Verification.Command.Accept());
        verified.Then<Verification.Event.Verified>().By.ShouldBe(ShownBy.Document);
        ((CheckoutId)verified.Sent<Checkout.Command.HearVerified>().ShouldHaveSingleItem().To).ShouldBe(TheCheckout);
    }

    [Fact]
    public void A_document_that_is_not_enough_says_why_and_whoever_waits_is_told()
    {
        var no = Shown.When(Agent, new Verification.Command.Reject("verification.unreadable"));
        var why = no.Then<Verification.Event.Rejected>().Why;
        (why.Code, why.By).ShouldBe(("verification.unreadable", new DecidedBy.Person(Party.Agent)));
        no.Sent<Checkout.Command.HearNotVerified>().ShouldHaveSingleItem();
        no.When(Buyer, new Verification.Command.Start()).Then<Verification.Event.Asked>();
        Shown.When(Agent, new Verification.Command.Reject("because")).ThenRefused("verification.no-such-reason");
    }

    [Fact]
    public void A_document_that_was_enough_after_all_counts_whatever_was_begun_since()
    {
        var no = Shown.When(Agent, new Verification.Command.Reject("verification.unreadable"));
        var appeal = AppealId.Of(new Subject.Proof(Own), no.Then<Verification.Event.Rejected>().Why);
        var overturn = new Verification.Command.Overturn();
        var again = no.When(Buyer, new Verification.Command.Start());
        foreach (var before in (Life[])[no, again, again.When(Buyer, new Verification.Command.ShowDocument(Passport))])
        {
            var right = before.When(House(appeal), overturn);
            right.Then<Verification.Event.Verified>().By.ShouldBe(ShownBy.Appeal);
            right.When(House(appeal), overturn).ThenNothing();
        }
        no.When(House(appeal with { OwnerCode = "eve" }), overturn).ThenRefused("kernel.not-found");
        no.When(Buyer, overturn).ThenRefused("verification.not-now");
        New.When(House(appeal), overturn).ThenRefused("verification.not-now");
    }

    [Fact]
    public void Nobody_looks_in_time_and_operations_are_told_again_and_again()
    {
        var late = Shown.WhenDue();
        late.Then<Verification.Event.Escalated>().Deadline.Owner.ShouldBe(Party.Operator);
        late.WhenDue().Then<Verification.Event.Escalated>();
        late.When(Operator, new Verification.Command.Accept()).Then<Verification.Event.Verified>();
    }

    [Fact]
    public void By_a_small_amount_that_is_held_and_never_taken()
    {
        Holding.Call<ProviderCall.Authorise>().Amount.ShouldBe(Amount);
        Naming.Wants.ShouldBeEmpty();
        var verified = Naming.When(Buyer, Name(1_37));
        verified.Then<Verification.Event.Verified>().By.ShouldBe(ShownBy.Amount);
        verified.Sent<Checkout.Command.HearVerified>().ShouldHaveSingleItem();
    }

    [Fact]
    public void Who_guesses_three_times_has_a_document_left()
    {
        var twice = Naming.When(Buyer, Name(1_01)).When(Buyer, Name(1_02));
        twice.Then<Verification.Event.AmountMissed>().Left.ShouldBe(1);
        var over = twice.When(Buyer, Name(1_03));
        over.Then<Verification.Event.AmountUsedUp>();
        over.When(Buyer, Name(1_37)).ThenRefused("verification.not-now");
        over.When(Buyer, new Verification.Command.AskForAmount("card-1", Amount))
            .ThenRefused("verification.no-more-amounts");
        over.When(Buyer, new Verification.Command.ShowDocument(Passport)).Then<Verification.Event.DocumentShown>();
    }

    [Fact]
    public void A_silent_provider_is_asked_again_under_the_same_key_and_what_is_late_changes_nothing()
    {
        var key = Holding.Call<ProviderCall>().Key;
        var again = Holding.When(Provider, Answer(Holding, new ProviderAnswer.Unknown("time-out"))).WhenDue();
        again.Call<ProviderCall>().Key.ShouldBe(key);
        again.When(Provider, Answer(Holding, new ProviderAnswer.Done("pi-1")))
            .Then<Verification.Event.AmountHeld>();
        Naming.When(Provider, Answer(Holding, new ProviderAnswer.Done("pi-1"))).ThenNothing();
    }

    [Fact]
    public void A_method_on_which_nothing_can_be_held_says_so()
    {
        var no = Holding.When(Provider, Answer(Holding, new ProviderAnswer.Declined(null, "do_not_honor")));
        no.Then<Verification.Event.AmountRefused>();
        no.In<Verification.State.Asked>();
    }

    [Fact]
    public void Who_shows_nothing_is_reminded_and_it_lapses()
    {
        var reminded = Asked.WhenDue();
        reminded.Then<Verification.Event.Warned>();
        var lapsed = reminded.WhenDue();
        lapsed.Then<Verification.Event.Lapsed>();
        lapsed.When(OfCheckout, new Verification.Command.Ask(TheCheckout)).Then<Verification.Event.Asked>();
    }

    [Fact]
    public void Who_begins_again_is_asked_under_another_key()
    {
        var again = Naming.WhenDue().WhenDue().When(Buyer, new Verification.Command.Start())
            .When(Buyer, new Verification.Command.AskForAmount("card-1", Amount));
        again.Call<ProviderCall>().Key.ShouldNotBe(Holding.Call<ProviderCall>().Key);
    }

    [Fact]
    public void Only_what_the_rulebook_lists_is_a_document() => Asked.When(
        Buyer, new Verification.Command.ShowDocument(Passport with { Kind = "library-card" }))
        .ThenRefused("verification.no-such-document");

    [Fact]
    public void Two_checkouts_can_wait_for_it()
    {
        var other = new CheckoutId(Ana, "c2");
        var both = Shown.When(House(other), new Verification.Command.Ask(other));
        both.Then<Verification.Event.AlsoFor>();
        both.Sent<Checkout.Command.HearProofSent>().ShouldHaveSingleItem();
        both.When(Agent, new Verification.Command.Accept()).Sent<Checkout.Command.HearVerified>().Count().ShouldBe(2);
        both.When(House(other), new Verification.Command.Ask(other)).ThenNothing();
    }
}
