using Recourse.Buyers;
using Recourse.Checkouts;
using Recourse.Disputes;
using Recourse.Reviews;
using Recourse.Risk;
using Shouldly;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

/// <summary>Up to an amount one of the staff decides alone; above it nothing happens until another confirms.</summary>
[Trait("Capability", "SUP-1")]
public sealed class DecidingWithinLimits
{
    static readonly Actor Gil = new Actor.Agent("gil"), Kim = new Actor.Agent("kim");

    static readonly Statement Why = new Life(BuyerAccount.Kind, Ana, null, Wednesday).When(
        Agent, new BuyerAccount.Command.BlockMethods(null, "method.unusual-use", Wednesday + Duration.FromDays(7)))
        .Then<BuyerAccount.Event.MethodsBlocked>().Why;

    static readonly Subject Block = new Subject.PaymentBlock(Ana);

    static Life Lodged(Money? stake) => new Life(Appeal.Kind, AppealId.Of(Block, Why), null, Wednesday).When(
        Buyer, new Appeal.Command.Lodge(
            Block, new(new(Why, "agent/lia", Stake: stake), Wednesday, "journal"), new("buyer/ana", "c2VhbGVk")));

    static readonly Appeal.Command Reverse = new Appeal.Command.Decide(
        Verdict.Reverse, "appeal.facts-were-wrong", new("buyer/ana", "bm90ZQ"));

    static Life Proposed => Lodged(Eur(1_000_01)).When(Gil, Reverse);

    static Appeal.Command Do(Step step) => new Appeal.Command.Review(step);

    /// <summary>A purchase of one lamp that screening holds.</summary>
    internal static Life Held(long cents)
    {
        var basket = BasketOf(new BasketLine(new(Lampmaker, "lamp"), new("lamp"), 1, Eur(cents)));
        var risk = RiskFacts.Ordinary with
        {
            Rules = RuleResults.None with { Fired = [new FiredRule(ToHold[0], [], ByIpAlone: false)] },
        };
        return NewCheckout.When(Buyer, new Checkout.Command.Open(basket, new(
            [new(new Quoted("Lamp", Eur(cents), ShippingPerUnit: Eur(0), Offered: true), Wednesday, "view/listings")],
            Risk: new(risk, Wednesday, "memory/risk"))))
            .When(OfLamp, new Checkout.Command.ConfirmReserved(Lamp, Eur(cents)));
    }

    [Fact]
    public void Up_to_the_amount_one_decides_alone()
    {
        Lodged(Eur(1_000_00)).When(Gil, Reverse).Then<Appeal.Event.Reversed>();
        Lodged(null).When(Gil, Reverse).Then<Appeal.Event.Reversed>();
        Held(1_000_00).When(Gil, new Checkout.Command.Clear()).Then<Checkout.Event.PaymentAsked>();
    }

    [Fact]
    public void In_a_currency_without_an_amount_another_always_confirms() =>
        Lodged(new(1, Currency.Of("PLN"))).When(Gil, Reverse).Then<Appeal.Event.Reviewed>().What
            .ShouldBeOfType<Handled.Proposed>();

    [Fact]
    public void Above_it_nothing_happens_until_another_confirms()
    {
        var what = Proposed.Then<Appeal.Event.Reviewed>().What.ShouldBeOfType<Handled.Proposed>().What;
        (what.Outcome, what.Reason, what.By, what.Until)
            .ShouldBe(("Reverse", "appeal.facts-were-wrong", Gil, Wednesday + Duration.FromHours(24)));
        Proposed.Sent<BuyerAccount.Command.Overturn>().ShouldBeEmpty();
        var reversed = Proposed.When(Kim, Do(new Step.Confirm()));
        var e = reversed.Then<Appeal.Event.Reversed>();
        (e.Why.Code, e.Note?.Cipher).ShouldBe(("appeal.facts-were-wrong", "bm90ZQ"));
        reversed.Sent<BuyerAccount.Command.Overturn>().ShouldHaveSingleItem();
    }

    [Fact]
    public void Nobody_confirms_what_they_proposed_themselves_or_had_decided_before()
    {
        Proposed.When(Gil, Do(new Step.Confirm())).ThenRefused("review.your-own-proposal");
        Proposed.When(new Actor.Operator("gil"), Do(new Step.Confirm())).ThenRefused("review.your-own-proposal");
        Proposed.When(Agent, Do(new Step.Confirm())).ThenRefused("appeal.your-own-decision");
        Proposed.When(Buyer, Do(new Step.Confirm())).ThenRefused("appeal.not-now");
        Proposed.When(Kim, Reverse).ThenRefused("review.proposed-already");
        Lodged(null).When(Kim, Do(new Step.Confirm())).ThenRefused("review.nothing-proposed");
    }

    [Fact]
    public void Of_two_who_confirm_at_one_moment_one_does() => Proposed.When(Kim, Do(new Step.Confirm()))
        .When(Operator, Do(new Step.Confirm())).ThenRefused("appeal.already-decided");

    [Fact]
    public void It_is_sent_back_for_a_reason_and_proposed_anew()
    {
        Proposed.When(Kim, Do(new Step.SendBack("because"))).ThenRefused("review.no-such-reason");
        var back = Proposed.When(Kim, Do(new Step.SendBack("review.facts-missing")));
        back.Then<Appeal.Event.Reviewed>().What.ShouldBe(new Handled.SentBack(Kim, "review.facts-missing"));
        back.In<Appeal.State.Open>().Handling.ShouldBe(Handling.None);
        back.When(Kim, Reverse).When(Gil, Do(new Step.Confirm())).Then<Appeal.Event.Reversed>();
        Proposed.When(Gil, Do(new Step.SendBack("review.taken-back"))).Then<Appeal.Event.Reviewed>();
    }

    [Fact]
    public void What_nobody_confirms_goes_to_operators_and_keeps_its_own_deadline()
    {
        Proposed.Due.ShouldBe(Wednesday + Duration.FromHours(24));
        Appeal.Kind.DeadlineOf(Proposed.State!)!.Then.ShouldBe("review.escalate");
        var called = Proposed.WhenDue();
        called.Then<Appeal.Event.Reviewed>().What.ShouldBeOfType<Handled.Escalated>();
        (Appeal.Kind.DeadlineOf(called.State!)!.Owner, called.Due)
            .ShouldBe((Party.Operator, Wednesday + Duration.FromDays(5)));
        called.When(Operator, Do(new Step.Confirm())).Then<Appeal.Event.Reversed>();
        // Whoever waits can't help it that nobody did.
        called.WhenDue().WhenDue().Then<Appeal.Event.Reversed>().Why.Code.ShouldBe("appeal.unanswered");
        Appeal.Notices((AppealId)called.Id, null, called.Then<Appeal.Event.Reviewed>()).ShouldHaveSingleItem().Code
            .ShouldBe("staff-not-confirmed");
    }

    [Fact]
    public void A_held_purchase_goes_on_or_not_by_two()
    {
        var proposed = Held(1_000_01).When(Gil, new Checkout.Command.TurnDown());
        proposed.Then<Checkout.Event.Reviewed>();
        proposed.When(Gil, new Checkout.Command.Review(new Step.Confirm())).ThenRefused("review.your-own-proposal");
        proposed.When(Kim, new Checkout.Command.Clear()).ThenRefused("review.proposed-already");
        proposed.When(Kim, new Checkout.Command.Review(new Step.Confirm())).Then<Checkout.Event.TurnedDown>();
        Held(1_000_01).When(Gil, new Checkout.Command.Clear())
            .When(Kim, new Checkout.Command.Review(new Step.Confirm())).Then<Checkout.Event.PaymentAsked>().Cleared
            .ShouldBe(ClearedBy.Review);
        proposed.WhenDue().Last.Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_claim_keeps_others_away_until_it_lapses()
    {
        var taken = Held(500_00).When(Gil, new Checkout.Command.Review(new Step.Claim()));
        taken.Then<Checkout.Event.Reviewed>().What
            .ShouldBe(new Handled.Claimed(Gil, Wednesday + Duration.FromHours(8)));
        taken.When(Kim, new Checkout.Command.Clear()).ThenRefused("review.claimed-by-other");
        taken.When(Kim, new Checkout.Command.Review(new Step.Claim())).ThenRefused("review.claimed-by-other");
        taken.When(Gil, new Checkout.Command.Review(new Step.Claim())).ThenNothing();
        taken.When(Kim, new Checkout.Command.Clear(), Wednesday + Duration.FromHours(8))
            .Then<Checkout.Event.PaymentAsked>();
        taken.When(Kim, new Checkout.Command.Review(new Step.Release())).When(Kim, new Checkout.Command.Clear())
            .Then<Checkout.Event.PaymentAsked>();
        var appeal = Lodged(null).When(Gil, new Appeal.Command.Claim());
        appeal.When(Kim, Reverse, Wednesday + Duration.FromHours(7)).ThenRefused("appeal.claimed-by-other");
        appeal.When(Kim, Reverse, Wednesday + Duration.FromHours(8)).Then<Appeal.Event.Reversed>();
    }

    [Fact]
    public void Editions_from_before_had_no_limit() => ReviewRules.Before.IsAlone(Eur(1_000_000_00)).ShouldBeTrue();
}
