using Recourse.Buyers;
using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Risk;
using Recourse.Verifying;
using Shouldly;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

/// <summary>What screening makes of a purchase is verified, held or refused; nothing is forgotten, and all is kept.
/// </summary>
[Trait("Capability", "RSK-2")]
public sealed class HoldingACheckout
{
    static readonly Actor OfVerification = House(new VerificationId(Ana));

    static Life Open(string[] fired, Trust? trust = null) =>
        NewCheckout.When(Buyer, OpenScreened(fired, trust));

    static Life Kept(string[] fired, Trust? trust = null) => Open(fired, trust)
        .When(OfCups, new Checkout.Command.ConfirmReserved(Cups, CupsTotal))
        .When(OfLamp, new Checkout.Command.ConfirmReserved(Lamp, LampTotal));

    [Fact]
    public void An_ordinary_purchase_is_paid_at_once() => Kept([]).ThenAlso<Checkout.Event.PaymentAsked>();

    [Fact]
    public void One_that_is_to_be_verified_is_kept_and_its_buyer_told_why_and_until_when()
    {
        var asked = Kept(ToVerify);
        var e = asked.ThenAlso<Checkout.Event.VerificationAsked>();
        e.Why.Code.ShouldBe("risk.verify-first");
        e.Why.IssuedAt.ShouldBe(asked.Now);
        e.Deadline.Owner.ShouldBe(Party.Buyer);
        asked.Sent<Verification.Command.Ask>().ShouldHaveSingleItem().Command.For.ShouldBe(TheCheckout);
        asked.Sent<Order.Command.Cancel>().ShouldBeEmpty();

        var paid = asked.When(OfVerification, new Checkout.Command.HearVerified());
        paid.Then<Checkout.Event.PaymentAsked>().Cleared.ShouldBe(ClearedBy.Verification);
        paid.Sent<Payment.Command.Authorise>().ShouldHaveSingleItem();
        paid.When(OfVerification, new Checkout.Command.HearVerified()).ThenNothing();
    }

    [Fact]
    public void Who_does_not_show_anything_is_reminded_and_then_everything_is_given_back()
    {
        var over = Kept(ToVerify).WhenDue();
        over.Then<Checkout.Event.Warned>();
        over = over.WhenDue();
        over.Then<Checkout.Event.Abandoned>().Why.Code.ShouldBe("checkout.not-verified");
        over.Sent<Order.Command.Cancel>().Count().ShouldBe(2);
    }

    [Fact]
    public void Once_something_was_shown_it_is_the_reviewers_time_that_runs()
    {
        var sent = Kept(ToVerify).When(
            OfVerification, new Checkout.Command.HearProofSent(Wednesday + Duration.FromHours(24)));
        sent.In<Checkout.State.Verifying>().Deadline.Owner.ShouldBe(Party.Agent);
        // The rulebook: whoever waits can't help it that nobody looked.
        sent.WhenDue().Then<Checkout.Event.PaymentAsked>().Cleared.ShouldBe(ClearedBy.Time);
    }

    [Fact]
    public void What_was_shown_can_be_too_little()
    {
        var no = Kept(ToVerify).When(OfVerification, new Checkout.Command.HearNotVerified());
        no.Then<Checkout.Event.TurnedDown>().Why.Code.ShouldBe("risk.refused");
        no.Sent<Order.Command.Cancel>().Count().ShouldBe(2);
        no.Sent<Payment.Command.Authorise>().ShouldBeEmpty();
    }

    [Fact]
    public void A_verified_customer_is_not_asked_again() =>
        Kept(ToVerify, new(IsVerified: true, ClearedUntil: null)).ThenAlso<Checkout.Event.PaymentAsked>();

    [Fact]
    public void One_that_is_held_goes_on_when_somebody_has_looked()
    {
        var held = Kept(ToHold);
        var e = held.ThenAlso<Checkout.Event.HeldForReview>();
        (e.Why.Code, e.Deadline.Owner).ShouldBe(("risk.held", Party.Agent));
        held.When(Stranger, new Checkout.Command.Clear()).ThenRefused("kernel.not-found");
        held.When(Buyer, new Checkout.Command.Clear()).ThenRefused("checkout.not-now");
        held.When(Agent, new Checkout.Command.Clear()).Then<Checkout.Event.PaymentAsked>()
            .Cleared.ShouldBe(ClearedBy.Review);
    }

    [Fact]
    public void One_that_is_held_and_that_nobody_looks_at_goes_on_as_the_rulebook_says() =>
        Kept(ToHold).WhenDue().Then<Checkout.Event.PaymentAsked>().Cleared.ShouldBe(ClearedBy.Time);

    [Fact]
    public void One_that_is_turned_down_says_who_decided_and_an_appeal_speaks_for_the_buyer_later()
    {
        var no = Kept(ToHold).When(Agent, new Checkout.Command.TurnDown());
        no.Then<Checkout.Event.TurnedDown>().Why.By.ShouldBe(new DecidedBy.Person(Party.Agent));
        no.Sent<Order.Command.Cancel>().Count().ShouldBe(2);

        var right = no.When(OfCheckout, new Checkout.Command.Overturn("appeal/ana/x"));
        right.Then<Checkout.Event.Overturned>();
        right.Sent<BuyerAccount.Command.SpeakFor>().ShouldHaveSingleItem();
        right.When(OfCheckout, new Checkout.Command.Overturn("appeal/ana/x")).ThenNothing();

        var until = Wednesday + Duration.FromDays(30);
        Kept(ToRefuse, new(IsVerified: false, until)).ThenAlso<Checkout.Event.PaymentAsked>();
    }

    [Fact]
    public void One_that_is_refused_asks_no_seller_and_says_why()
    {
        var no = Open(ToRefuse);
        var why = no.Then<Checkout.Event.NotOpened>().Why;
        (why.Code, why.By).ShouldBe(("risk.refused", new DecidedBy.Automated("risk")));
        no.Wants.ShouldBeEmpty();
        no.In<Checkout.State.TurnedDown>();
        no.When(Buyer, new Checkout.Command.Pay("card-2")).ThenRefused("checkout.not-now");
    }

    [Fact]
    public void A_hold_waits_until_the_buyer_has_decided_about_what_a_seller_refused()
    {
        var stopped = Open(ToHold)
            .When(OfCups, new Checkout.Command.ConfirmReserved(Cups, CupsTotal))
            .When(OfLamp, new Checkout.Command.HearRefusal(
                Lamp, [new Refusal("stock.too-little", new("listing.look"))]));
        stopped.In<Checkout.State.Stopped>();
        stopped.When(Buyer, new Checkout.Command.Proceed()).Then<Checkout.Event.HeldForReview>();
    }

    [Fact]
    public void The_buyer_can_give_up_what_is_held()
    {
        var over = Kept(ToHold).When(Buyer, new Checkout.Command.Abandon());
        over.Then<Checkout.Event.Abandoned>();
        over.Sent<Order.Command.Cancel>().Count().ShouldBe(2);
    }

    static readonly Statement BanksNo = PayingOnce.Asked
        .When(Provider, PayingOnce.Answer(PayingOnce.Asked, new ProviderAnswer.Declined(null, "insufficient_funds")))
        .In<Payment.State.Declined>().Why;

    static Life Again(string[] fired, string method = "card-2", Trust? trust = null)
    {
        var declined = Kept([]).When(OfPayment, new Checkout.Command.HearDecline(BanksNo));
        var risk = ((Checkout.Command.Open)OpenScreened(fired)).Facts.Risk;
        return declined.When(Buyer, new Checkout.Command.Pay(
            method, Seen: new(new("card", "print-2"), Wednesday, "provider/method"), Risk: risk,
            Trust: trust is null ? null : new(trust, Wednesday, "partition/buyer")));
    }

    [Fact, Trait("Capability", "CHK-6"), Trait("Capability", "RSK-1")]
    public void Another_method_is_screened_before_it_is_charged_and_nothing_that_is_kept_is_lost()
    {
        Again([]).Then<Checkout.Event.PaymentAsked>().Risk.ShouldNotBeNull();

        var held = Again(ToHold);
        var e = held.Then<Checkout.Event.HeldForReview>();
        (e.Why.Code, e.Deadline.Owner, e.With!.Attempt).ShouldBe(("risk.held", Party.Agent, 2));
        held.Wants.ShouldBeEmpty();
        held.In<Checkout.State.InReview>().Basket.Method.ShouldBe("card-2");
        // One statement stands: a third method is no new decision.
        held.When(Buyer, new Checkout.Command.Pay("card-3")).ThenRefused("checkout.not-now");

        var cleared = held.When(Agent, new Checkout.Command.Clear());
        var paid = cleared.Then<Checkout.Event.PaymentAsked>();
        (paid.Method, paid.Attempt, paid.Cleared).ShouldBe(("card-2", 2, ClearedBy.Review));
        var authorise = cleared.Sent<Payment.Command.Authorise>().ShouldHaveSingleItem().Command;
        (authorise.Attempt, authorise.Method).ShouldBe((2, "card-2"));
        cleared.When(OfPayment, new Checkout.Command.HearDecline(BanksNo)).Then<Checkout.Event.Declined>()
            .Card.ShouldBe("print-2");
    }

    [Fact, Trait("Capability", "CHK-6"), Trait("Capability", "CHK-5")]
    public void Another_method_can_need_that_its_buyer_shows_who_they_are()
    {
        var asked = Again(ToVerify);
        asked.Then<Checkout.Event.VerificationAsked>().Why.Code.ShouldBe("risk.verify-first");
        asked.Sent<Verification.Command.Ask>().ShouldHaveSingleItem();
        asked.When(OfVerification, new Checkout.Command.HearVerified()).Then<Checkout.Event.PaymentAsked>()
            .Attempt.ShouldBe(2);
        Again(ToVerify, trust: new(IsVerified: true, ClearedUntil: null)).Then<Checkout.Event.PaymentAsked>();

        var over = asked.WhenDue().WhenDue();
        over.Then<Checkout.Event.Abandoned>().Why.Code.ShouldBe("checkout.not-verified");
        over.In<Checkout.State.Abandoned>().Attempt.ShouldBe(1);
    }

    [Fact, Trait("Capability", "CHK-6")]
    public void Another_method_that_screening_refuses_ends_it_with_its_reasons_and_can_be_appealed()
    {
        var no = Again(ToRefuse);
        var why = no.Then<Checkout.Event.TurnedDown>().Why;
        (why.Code, why.By).ShouldBe(("risk.refused", new DecidedBy.Automated("risk")));
        no.Sent<Order.Command.Cancel>().Count().ShouldBe(2);
        no.When(Buyer, new Checkout.Command.Pay("card-3")).ThenRefused("checkout.not-now");
        no.When(OfCheckout, new Checkout.Command.Overturn("appeal/ana/x")).Then<Checkout.Event.Overturned>();
    }

    static Life ClearedAndDeclined(ClearedBy by = ClearedBy.Review)
    {
        var held = Kept(ToHold);
        var cleared = by is ClearedBy.Time ? held.WhenDue() : held.When(Agent, new Checkout.Command.Clear());
        return cleared.When(OfPayment, new Checkout.Command.HearDecline(BanksNo));
    }

    static Life PaidWith(Life declined, params string[] fired) => declined.When(Buyer, new Checkout.Command.Pay(
        "card-2", Seen: new(new("card", "print-2"), Wednesday, "provider/method"),
        Risk: ((Checkout.Command.Open)OpenScreened(fired)).Facts.Risk));

    [Fact, Trait("Capability", "CHK-6"), Trait("Capability", "RSK-1")]
    public void What_a_person_has_cleared_is_not_held_again_for_the_same_reason_with_another_card()
    {
        var paid = PaidWith(ClearedAndDeclined(), ToHold).Then<Checkout.Event.PaymentAsked>();
        (paid.Method, paid.Attempt, paid.Cleared, paid.Risk is null).ShouldBe(("card-2", 2, null, false));
        paid.ClearedBefore!.Value.ShouldBe(ToHold);

        // Once more a bank says no: it stays cleared for the third card.
        var again = PaidWith(ClearedAndDeclined(), ToHold).When(OfPayment, new Checkout.Command.HearDecline(BanksNo));
        PaidWith(again, ToHold).Then<Checkout.Event.PaymentAsked>().Attempt.ShouldBe(3);
    }

    [Fact, Trait("Capability", "CHK-6"), Trait("Capability", "RSK-1")]
    public void Another_reason_or_one_that_refuses_is_looked_at_all_the_same_and_so_is_what_nobody_looked_at()
    {
        PaidWith(ClearedAndDeclined(), [.. ToHold, .. ToVerify]).Then<Checkout.Event.HeldForReview>();
        PaidWith(ClearedAndDeclined(), ToRefuse).Then<Checkout.Event.TurnedDown>();
        PaidWith(ClearedAndDeclined(ClearedBy.Time), ToHold).Then<Checkout.Event.HeldForReview>();
    }
}
