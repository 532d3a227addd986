using Recourse.Checkouts;
using Recourse.Payments;
using Recourse.Verifying;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

/// <summary>The bank of a card checks who pays (3-D Secure): what it says counts, and what nobody knows is asked again.
/// </summary>
[Trait("Capability", "CHK-5")]
public sealed class BeingCheckedByABank
{
    static readonly VerificationId Own = new(Ana);

    static Life Asked => new Life(Verification.Kind, Own, null, Wednesday)
        .When(OfCheckout, new Verification.Command.Ask(TheCheckout));

    static readonly Verification.Command Begin =
        new Verification.Command.BeginChallenge("card-1", "https://here.example/back");

    static Life Begun => Asked.When(Buyer, Begin);

    static Life Answered(Life life, ChallengeAnswer answer, ChallengeCall? call = null) =>
        life.When(Provider, new Verification.Command.HearChallenge(call ?? life.Call<ChallengeCall>(), answer));

    static readonly ChallengeAnswer Page = new ChallengeAnswer.Waiting("seti-1", "https://bank.example/1"),
        ItIsThem = new ChallengeAnswer.Authenticated("seti-1", ShiftsLiability: true),
        NotThem = new ChallengeAnswer.Failed("seti-1", "setup_intent_authentication_failure"),
        Nobody = new ChallengeAnswer.Unknown("timeout");

    static Life AtBank => Answered(Begun, Page);
    static Life Checking => AtBank.When(Buyer, new Verification.Command.LookAgain());

    [Fact]
    public void Begins_with_one_call_under_one_key_that_says_where_to_come_back_to()
    {
        var call = Begun.Call<ChallengeCall.Begin>();
        Assert.Equal(($"{Own}/1/challenge", "card-1", "https://here.example/back"),
            (call.Key, call.Method, call.BackTo));
        Begun.When(Buyer, Begin).ThenNothing();
        var again = Answered(Begun, Nobody).WhenDue();
        Assert.Equal(call, again.Call<ChallengeCall.Begin>());
        Assert.Equal($"{Own}/2/challenge", Answered(Begun, NotThem).When(Buyer, Begin).Call<ChallengeCall.Begin>().Key);
    }

    [Fact]
    public void A_bank_that_says_that_it_is_them_makes_them_a_verified_customer_and_the_shift_is_recorded()
    {
        foreach (var life in (Life[])[Begun, Checking])
        {
            var done = Answered(life, ItIsThem);
            Assert.True(done.ThenAlso<Verification.Event.ChallengePassed>().ShiftsLiability);
            Assert.Equal(ShownBy.Bank, done.In<Verification.State.Verified>().By);
            Assert.Equal(TheCheckout, Assert.Single(done.Sent<Checkout.Command.HearVerified>()).To);
        }
    }

    [Fact]
    public void A_bank_that_does_not_say_so_is_told_with_another_way_and_the_order_is_kept()
    {
        var no = Answered(Checking, NotThem);
        var why = no.Then<Verification.Event.ChallengeFailed>().Why;
        Assert.Null(why.AppealUntil);
        Assert.Contains(new Remedy("verification.show-document"), why.Remedies);
        Assert.DoesNotContain("setup_intent", Texts.In("en", DateTimeZone.Utc).Tell(why, Party.Buyer),
            StringComparison.Ordinal);
        Assert.Equal([TheCheckout], no.In<Verification.State.Asked>().For);
        Assert.Empty(no.Wants);
    }

    [Fact]
    public void What_nobody_knows_is_being_checked_and_asked_again_and_never_guessed()
    {
        var unknown = Answered(Checking, Nobody);
        var state = unknown.In<Verification.State.Checking>();
        Assert.Equal(Party.Provider, state.Deadline.Owner);
        var later = unknown;
        for (var n = 0; n < 20; n++)
        {
            later = Answered(later.WhenDue(), Nobody);
            Assert.IsType<Verification.State.Checking>(later.State);
        }
        Assert.IsType<Verification.State.Verified>(Answered(later.WhenDue(), ItIsThem).State);
    }

    [Fact]
    public void Whoever_never_comes_is_given_up_only_once_the_provider_has_said_so()
    {
        var due = AtBank.Due;
        Assert.Equal(Wednesday + Duration.FromMinutes(30), due);
        var asked = AtBank.WhenDue();
        Assert.IsType<Verification.State.Checking>(asked.State);
        var over = Answered(asked, Page);
        over.Then<Verification.Event.ChallengeMissed>();
        Assert.IsType<Verification.State.Asked>(over.State);
        Assert.IsType<Verification.State.Verified>(Answered(asked, ItIsThem).State);
    }

    [Fact]
    public void Whoever_looks_too_early_is_sent_back_with_no_more_time_than_before()
    {
        var back = Answered(Checking, Page);
        Assert.Equal(AtBank.Due, back.In<Verification.State.AtBank>().Deadline.Due);
    }

    [Fact]
    public void A_late_answer_counts_for_the_check_that_is_under_way_and_for_no_other()
    {
        var first = Begun.Call<ChallengeCall>();
        Assert.IsType<Verification.State.Verified>(Answered(AtBank, ItIsThem, first).State);
        Answered(AtBank, Page, first).ThenNothing();
        Answered(AtBank, Nobody, first).ThenNothing();
        var second = Answered(Begun, NotThem).When(Buyer, Begin);
        Answered(second, ItIsThem, first).ThenNothing();
        Answered(Asked, ItIsThem, first).ThenNothing();
    }

    [Fact]
    public void A_document_can_be_shown_instead_and_so_many_checks_are_enough()
    {
        var document = new Verification.Command.ShowDocument(new("passport", "abc", "image/png", 1));
        Assert.IsType<Verification.State.InReview>(AtBank.When(Buyer, document).State);
        Begun.When(Buyer, document).ThenRefused("verification.challenge-under-way");
        AtBank.When(Buyer, new Verification.Command.AskForAmount("card-1", Eur(1_37)))
            .ThenRefused("verification.challenge-under-way");
        var tired = Enumerable.Range(0, 5).Aggregate(Asked, (life, _) => Answered(life.When(Buyer, Begin), NotThem));
        tired.When(Buyer, Begin).ThenRefused("verification.no-more-challenges");
        Asked.When(Buyer, new Verification.Command.BeginChallenge(" ", "x")).ThenRefused("verification.no-method");
        Asked.When(Buyer, new Verification.Command.BeginChallenge("card-1", ""))
            .ThenRefused("verification.no-way-back");
        Asked.When(Agent, Begin).ThenRefused("verification.not-now");
        Asked.When(Stranger, Begin).ThenRefused("kernel.not-found");
    }

    [Fact]
    public void A_rulebook_that_does_not_offer_it_refuses_it()
    {
        var book = Published[0];
        var without = book with
        {
            Sections = [.. book.Sections.Select(s => s is VerificationRules r
                ? r with { Steps = [ShownBy.Document] } : s)],
        };
        var refused = Verification.Decide(
            Own, (Verification.State)Asked.State!, Begin, new(Buyer, Wednesday, [without]));
        Assert.Equal("verification.not-offered", Assert.Single(refused.Refusals).Code);
        Assert.Equal("verification.not-offered", Assert.Single(Verification.Decide(
            Own, (Verification.State)Asked.State!, new Verification.Command.AskForAmount("card-1", Eur(1_37)),
            new(Buyer, Wednesday, [without])).Refusals).Code);
    }

    static Life CheckedOf(string card, Life? from = null) => Answered(
        (from ?? Asked).When(
            Buyer, new Verification.Command.BeginChallenge("card-1", "https://here.example/back", card)),
        ItIsThem);

    [Fact]
    public void What_a_bank_says_counts_for_its_card_alone_and_what_is_paid_with_another_goes_on_waiting()
    {
        var done = CheckedOf("print-1");
        Assert.Equal("print-1", done.ThenAlso<Verification.Event.Verified>().Card);
        Assert.Equal("print-1", Assert.Single(done.Sent<Checkout.Command.HearVerified>()).Command.Card);
        var state = done.In<Verification.State.Verified>();
        Assert.Equal([true, false, false],
            ((string?[])["print-1", "print-2", null]).Select(card => state.IsShownFor(card, Wednesday)));
        Assert.False(state.IsShownFor("print-1", state.Until));

        // A checkout with another card begins it anew; what was said of the first card stands all the while.
        var other = new CheckoutId(Ana, "c2");
        var again = done.When(House(other), new Verification.Command.Ask(other, Card: "print-2"));
        again.Then<Verification.Event.Asked>();
        Assert.Equal([TheCheckout, other], again.In<Verification.State.Asked>().For);
        Assert.True(again.In<Verification.State.Asked>().IsShownFor("print-1", Wednesday));
        var both = CheckedOf("print-2", again).In<Verification.State.Verified>();
        Assert.True(both.IsShownFor("print-1", Wednesday) && both.IsShownFor("print-2", Wednesday));
        done.When(House(other), new Verification.Command.Ask(other, Card: "print-1"))
            .Then<Verification.Event.AlsoFor>();
        done.When(Buyer, new Verification.Command.Start()).Then<Verification.Event.Asked>();
    }

    [Fact]
    public void A_checkout_goes_on_by_the_word_of_its_own_cards_bank()
    {
        var open = (Checkout.Command.Open)OpenScreened(ToVerify);
        open = open with
        {
            Facts = open.Facts with { Method = new(new("card", "print-1"), Wednesday, "provider/method") },
        };
        var waits = NewCheckout.When(Buyer, open)
            .When(OfCups, new Checkout.Command.ConfirmReserved(Cups, CupsTotal))
            .When(OfLamp, new Checkout.Command.ConfirmReserved(Lamp, LampTotal));
        Assert.Equal("print-1", Assert.Single(waits.Sent<Verification.Command.Ask>()).Command.Card);
        waits.When(House(Own), new Checkout.Command.HearVerified("print-2")).ThenNothing();
        foreach (var card in (string?[])["print-1", null])
            waits.When(House(Own), new Checkout.Command.HearVerified(card)).Then<Checkout.Event.PaymentAsked>();
    }

    [Fact]
    public void Which_ways_are_left_follows_from_what_was_found_as_the_rulebook_says()
    {
        static Life AskedFor(params string[] reasons) => new Life(Verification.Kind, Own, null, Wednesday)
            .When(OfCheckout, new Verification.Command.Ask(TheCheckout, [.. reasons]));

        Assert.Null(AskedFor("bought-as-it-signed-up").Then<Verification.Event.Asked>().Ways);
        var prepaid = AskedFor("prepaid-by-a-new-account", "bought-as-it-signed-up");
        Assert.Equal([ShownBy.Document], prepaid.Then<Verification.Event.Asked>().Ways!.Value);
        prepaid.When(Buyer, Begin).ThenRefused("verification.not-offered");
        prepaid.When(Buyer, new Verification.Command.AskForAmount("card-1", Eur(1_37)))
            .ThenRefused("verification.not-offered");
        prepaid.When(Buyer, new Verification.Command.ShowDocument(new("passport", "e1", "image/png", 1)))
            .Then<Verification.Event.DocumentShown>();

        // One more checkout narrows it further; with nothing in common a document is left.
        var declined = AskedFor("a-card-declined-again-and-again");
        Assert.Equal([ShownBy.Bank, ShownBy.Document], declined.Then<Verification.Event.Asked>().Ways!.Value);
        var other = new CheckoutId(Ana, "c2");
        var both = declined.When(House(other), new Verification.Command.Ask(other, ["prepaid-by-a-new-account"]));
        Assert.Equal([ShownBy.Document], both.In<Verification.State.Asked>().Ways!.Value);
    }
}
