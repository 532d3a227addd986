using Recourse.Orders;
using Recourse.Payments;
using Recourse.Refunds;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

[Trait("Capability", "REF-1")]
public sealed class GivingMoneyBack
{
    static readonly Statement Why = new(
        "cancel.changed-mind", "order.cancelled", [new("amount", Eur(1), Party.Everyone)], "orders.reasons", 1,
        new DecidedBy.Person(Party.Buyer), [new("order.buy-again")], Wednesday, Wednesday + Duration.FromDays(184));

    static Payment.Command Back(OrderId order, int nth, long cents) =>
        new Payment.Command.GiveBack(new(order, nth, Eur(cents), Why));
    static Payment.Command Unfunded(OrderId order) => new Payment.Command.HearFundingRefused(order, []);
    static Payment.Command Answer(Life asked, ProviderAnswer answer) => PayingOnce.Answer(asked, answer);
    static ProviderAnswer Done => new ProviderAnswer.Done("pi-1");

    [Fact]
    public void Before_the_capture_is_never_captured()
    {
        var released = PayingOnce.Authorised.When(OfCups, Back(Cups, 1, 10_00));
        Assert.Equal(Eur(10_00), released.Then<Payment.Event.Released>().Amount);
        Assert.Equal(-60_98, released.At("provider/authorised/ana/c1"));
        Assert.Equal(Eur(60_98), released.WhenDue().Call<ProviderCall.Capture>().Amount);
    }

    [Fact]
    public void Of_the_last_share_before_the_capture_lets_the_hold_go_at_once()
    {
        var voiding = PayingOnce.Authorised.When(OfCups, Back(Cups, 1, 25_98)).When(OfLamp, Unfunded(Lamp));
        voiding.ThenAlso<Payment.Event.Unfunded>();
        Assert.Equal("pi-1", voiding.Call<ProviderCall.Void>().Intent);
        Assert.Equal(0, voiding.At("provider/authorised/ana/c1"));
        voiding.When(OfCups, Back(Cups, 1, 25_98)).ThenNothing();
        voiding.When(Provider, Answer(voiding, Done)).In<Payment.State.Voided>();
    }

    [Fact]
    public void While_the_capture_is_under_way_waits_and_then_becomes_a_refund()
    {
        var queued = PayingOnce.Capturing.When(OfCups, Back(Cups, 1, 5_98)).When(OfLamp, Unfunded(Lamp));
        Assert.Empty(queued.Wants);
        queued.When(OfCups, Back(Cups, 1, 5_98)).ThenNothing();
        queued.When(OfCups, Back(Cups, 2, 20_01)).ThenRefused("payment.gives-back-too-much");

        var captured = queued.When(Provider, Answer(PayingOnce.Capturing, Done));
        Assert.Equal(
            [(RefundId.Of(Ana, Cups, 1), Eur(5_98)), (RefundId.Of(Ana, Lamp, 0), LampTotal)],
            captured.Sent<Refund.Command.Open>().Select(o => ((RefundId)o.To, o.Command.Return.Amount)));
        Assert.Equal(-5_98, captured.At($"transit/{Cups}/return-1"));                    // credited by the order itself
        Assert.Equal(0, captured.At($"transit/{Lamp}/funding"));
        Assert.Equal(45_00, captured.At($"buyer/ana/refunds/{RefundId.Of(Ana, Lamp, 0).Code}"));
        captured.When(OfCups, Back(Cups, 1, 5_98)).ThenNothing();
        captured.When(OfLamp, Unfunded(Lamp)).ThenNothing();
    }

    [Fact]
    public void After_the_capture_is_a_refund_in_the_same_turn_once_for_each_ending()
    {
        var owed = PayingOnce.Captured.When(OfCups, Back(Cups, 1, 5_00));
        Assert.Equal("pi-1", owed.Then<Payment.Event.RefundOwed>().Intent);
        Assert.IsType<Intent.Require>(Assert.Single(owed.Wants));
        owed.When(OfCups, Back(Cups, 1, 5_00)).ThenNothing();
        owed.When(OfCups, Back(Cups, 2, 20_98)).Then<Payment.Event.RefundOwed>();
        owed.When(OfCups, Back(Cups, 2, 20_99)).ThenRefused("payment.gives-back-too-much");
        Assert.Equal(0, PayingOnce.Captured.When(OfLamp, Unfunded(Lamp)).Then<Payment.Event.RefundOwed>().Return.Nth);
    }

    [Fact]
    public void Of_very_many_endings_at_once_does_not_make_the_turn_too_long()
    {
        var many = Enumerable.Range(1, 100)
            .Aggregate(PayingOnce.Capturing, (p, nth) => p.When(OfCups, Back(Cups, nth, 10)))
            .When(Provider, Answer(PayingOnce.Capturing, Done));
        Assert.Equal(100, many.Sent<Refund.Command.Open>().Count());
        Assert.Equal(32, many.Wants.OfType<Intent.Require>().Count());
    }

    [Fact]
    public void Is_refused_to_orders_without_a_share_or_beyond_it()
    {
        var other = OrderId.Of(TheCheckout, new("other"));
        PayingOnce.Authorised.When(OfCups, Back(other, 1, 1)).ThenRefused("payment.no-share");
        PayingOnce.Authorised.When(OfCups, Back(Cups, 1, -1)).ThenRefused("payment.gives-back-too-much");
        PayingOnce.Authorised.When(OfCups, Back(Cups, 1, 25_99)).ThenRefused("payment.gives-back-too-much");
        PayingOnce.Authorised.When(OfCups, Back(Cups, 0, 1)).ThenRefused("payment.not-now");
        PayingOnce.Authorised.When(OfCups, Back(Cups, 1, 1)).When(OfCups, Unfunded(Cups))
            .ThenRefused("payment.gives-back-too-much");
    }

    [Fact]
    public void That_could_not_be_collected_makes_the_platforms_loss_smaller()
    {
        var lost = PayingOnce.Capturing.When(OfCups, Back(Cups, 1, 5_98))
            .When(Provider, Answer(PayingOnce.Capturing, new ProviderAnswer.Declined("pi-1", "stolen_card")));
        Assert.Equal("payment.capture-failed", lost.ThenAlso<Payment.Event.CaptureFailed>().Why.Code);
        Assert.Equal((0, -65_00), (lost.At("provider/authorised/ana/c1"), lost.At("platform/losses/ana/c1")));
        Assert.Equal([Cups, Lamp], lost.Sent<Order.Command.LosePayment>().Select(l => (OrderId)l.To));

        var cancelled = lost.When(OfCups, Back(Cups, 2, 20_00)).When(OfLamp, Back(Lamp, 1, 45_00));
        Assert.Equal(0, cancelled.At("platform/losses/ana/c1"));
        cancelled.When(OfLamp, new Payment.Command.HearLossRefused(Lamp, [])).ThenNothing();
    }
}
