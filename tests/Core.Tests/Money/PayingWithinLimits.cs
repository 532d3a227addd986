using Recourse.Orders;
using Recourse.Payments;
using Recourse.Payouts;
using Recourse.Refunds;
using Recourse.Reviews;
using Shouldly;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>Payouts are held, chargebacks booked and refunds sent again by two, above the shipped thousand euros.
/// </summary>
[Trait("Capability", "SUP-1")]
public sealed class PayingWithinLimits
{
    static readonly Actor Gil = new Actor.Agent("gil"), Kim = new Actor.Agent("kim"),
        GilAbove = new Actor.Operator("gil"), Olga = new Actor.Operator("olga");

    static readonly Life Earning = new Life(
        Earnings.Kind, EarningsId.Of(Purchase.Potter, Currency.Eur), null, Purchase.Wednesday).When(
        Purchase.Seller, new Earnings.Command.PayTo(new(new($"{Purchase.Potter}", "sealed"), new("DE", "3000"))));

    static Fact<FundsSeen> Owed(long cents) => new(new(Eur(cents), Eur(0), Eur(0)), Purchase.Wednesday, "view/funds");

    static Life Hold(long cents) => Earning.When(
        Gil, new Earnings.Command.Hold("payout.disputes-open", Owed(cents)));

    static Earnings.Command Say(Step step) => new Earnings.Command.Review(step);

    [Fact]
    public void Payouts_are_held_and_let_go_on_by_two()
    {
        Hold(1_000_00).Then<Earnings.Event.Withheld>();
        var proposed = Hold(1_000_01);
        proposed.In<Earnings.State.Scheduled>().Handling.Proposal!.Stake.ShouldBe(Eur(1_000_01));
        // A payout doesn't outrun it.
        var due = proposed.In<Earnings.State.Scheduled>().Next;
        proposed.When(Olga, new Earnings.Command.Run(Owed(1_000_01)), due).ThenRefused("earnings.hold-proposed");
        proposed.When(Gil, Say(new Step.Confirm())).ThenRefused("review.your-own-proposal");
        var held = proposed.When(Kim, Say(new Step.Confirm()));
        held.In<Earnings.State.Held>().Why.Code.ShouldBe("payout.disputes-open");
        var lifting = held.When(Kim, new Earnings.Command.Lift(Funds: Owed(5_000_00)));
        lifting.In<Earnings.State.Held>().Handling.Proposal!.Outcome.ShouldBe("lift");
        lifting.When(Gil, Say(new Step.Confirm())).In<Earnings.State.Scheduled>();
        var lapsed = proposed.WhenDue().WhenDue();
        lapsed.In<Earnings.State.Scheduled>().Handling.ShouldBe(Handling.None);
        lapsed.When(Olga, new Earnings.Command.Run(Owed(1_000_01)), due).Then<Earnings.Event.Ran>();
    }

    [Fact]
    public void Held_payouts_are_taken_on_and_left()
    {
        var taken = Hold(10_00).When(Kim, Say(new Step.Claim()));
        taken.When(Gil, new Earnings.Command.Lift()).ThenRefused("review.claimed-by-other");
        taken.When(Gil, new Earnings.Command.Lift(), taken.Now + Duration.FromHours(8)).In<Earnings.State.Scheduled>();
        taken.When(Kim, new Earnings.Command.Lift()).In<Earnings.State.Scheduled>().Handling.HolderAt(taken.Now)
            .ShouldBeNull();
        Earning.When(Kim, Say(new Step.Claim())).ThenRefused("earnings.not-now");
    }

    [Fact]
    public void Chargebacks_are_taken_off_and_given_back_by_two_operators()
    {
        var order = new OrderId(Purchase.Potter, "a");
        var none = new Life(Earnings.Kind, EarningsId.Of(Purchase.Potter, Currency.Eur), null, Purchase.Wednesday);
        var book = new Earnings.Command.ChargeBack("dp-1", order, Eur(1_000_01));
        foreach (var life in (Life[])[none, Earning, Hold(10_00)])
        {
            var proposed = life.When(Olga, book);
            proposed.At("seller/potter/payable").ShouldBe(0);
            // Whoever's it is changes nothing about it by naming another account.
            var moved = proposed.When(Purchase.Seller, new Earnings.Command.PayTo(
                new(new($"{Purchase.Potter}", "other"), new("DE", "4000"))));
            foreach (var open in (Life[])[proposed, moved])
            {
                open.When(Kim, Say(new Step.Confirm())).ThenRefused("earnings.not-now");
                var done = open.When(GilAbove, Say(new Step.Confirm()));
                done.At("seller/potter/payable").ShouldBe(-1_000_01);
                var back = done.When(Olga, new Earnings.Command.Restore("dp-1"));
                back.At("seller/potter/payable").ShouldBe(-1_000_01);
                back.When(Olga, Say(new Step.Confirm())).ThenRefused("review.your-own-proposal");
                back.When(GilAbove, Say(new Step.Confirm())).At("seller/potter/payable").ShouldBe(0);
            }
        }
    }

    static Life Failed(long cents)
    {
        var why = new Statement(
            "cancel.out-of-stock", "order.reduced", [new("amount", Eur(cents), Party.Everyone)], "orders.reasons", 1,
            new DecidedBy.Person(Party.Seller), [new("order.buy-elsewhere")], Purchase.Wednesday, null);
        var asked = Purchase.NewRefund.When(Purchase.OfPayment, new Refund.Command.Open(
            new(Purchase.Cups, 1, Eur(cents), why), Purchase.ThePayment, "pi-1", "BR"));
        return asked.When(Purchase.Provider, new Refund.Command.HearAnswer(
            asked.Call<ProviderCall>(), new ProviderAnswer.Declined(null, "x")));
    }

    static Refund.Command Ask(Step step) => new Refund.Command.Review(step);

    [Fact]
    public void A_refund_is_sent_again_by_two()
    {
        Failed(1_000_00).When(Gil, new Refund.Command.Retry()).Then<Refund.Event.Retried>();
        var proposed = Failed(1_000_01).When(Gil, new Refund.Command.Retry());
        proposed.In<Refund.State.Failed>().Handling.Proposal!.Stake.ShouldBe(Eur(1_000_01));
        proposed.When(Gil, Ask(new Step.Confirm())).ThenRefused("review.your-own-proposal");
        proposed.When(Kim, Ask(new Step.Confirm())).In<Refund.State.Requested>().Handling.ShouldBe(Handling.None);
        proposed.When(Purchase.Buyer, new Refund.Command.TakeInWallet()).In<Refund.State.InWallet>().Handling
            .ShouldBe(Handling.None, "the buyer may always take it");
        var lapsed = proposed.WhenDue().WhenDue();
        lapsed.In<Refund.State.Failed>().Handling.ShouldBe(Handling.None);
    }

    [Fact]
    public void A_failed_refund_is_taken_on_and_left()
    {
        var taken = Failed(5_00).When(Kim, Ask(new Step.Claim()));
        taken.When(Gil, new Refund.Command.Retry()).ThenRefused("review.claimed-by-other");
        taken.When(Gil, new Refund.Command.Retry(), taken.Now + Duration.FromHours(8)).Then<Refund.Event.Retried>();
        taken.When(Kim, Ask(new Step.Release())).When(Gil, new Refund.Command.Retry()).Then<Refund.Event.Retried>();
    }
}
