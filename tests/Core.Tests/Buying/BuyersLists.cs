using Recourse.Checkouts;
using Recourse.Payments;
using Recourse.Refunds;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

public sealed class BuyersLists
{
    /// <summary>The rows of a view after a purchase that was paid, and partly refunded.</summary>
    static Dictionary<string, TRow> Rows<TRow>(View<TRow> view, params Life[] steps) where TRow : class
    {
        Dictionary<string, TRow> rows = [];
        var position = 0L;
        foreach (var step in steps)
        {
            position++;
            foreach (var (nth, e) in step.Last.Events.Index())
            {
                var recorded = new Recorded(position, nth, step.Now, Clock, 1, step.Id, e, []);
                foreach (var key in view.KeysOf(recorded))
                    if (view.Apply(key, rows.GetValueOrDefault(key), recorded) is TRow row) rows[key] = row;
            }
        }
        return rows;
    }

    static IEnumerable<(string, string)> Found<TRow>(View<TRow> view, TRow row) where TRow : class =>
        view.FoundBy("", row).Select(f => (f.Index, f.Value));

    [Fact]
    public void Show_a_checkout_with_what_is_left_of_it()
    {
        var opened = NewCheckout.When(Buyer, Open(BasketOf(SixCups, OneLamp)));
        var reserved = opened.When(OfCups, new Checkout.Command.ConfirmReserved(Cups, CupsTotal));
        var stopped = reserved.When(OfLamp, new Checkout.Command.HearRefusal(Lamp, []));
        var row = Rows(CheckoutList.View, opened, reserved, stopped)[$"{TheCheckout.Code}/ana"];

        Assert.Equal(("Stopped", CupsTotal, Wednesday), (row.State, row.Total, row.OpenedAt));
        Assert.Equal([$"{Lamp}"], row.Gone);
        Assert.Contains((Scope.Index, "buyer/ana"), Found(CheckoutList.View, row));
        Assert.Contains((Scope.Index, Scope.All), Found(CheckoutList.View, row));
    }

    [Fact]
    public void Find_a_payment_by_the_providers_reference()
    {
        var row = Rows(PaymentList.View, PayingOnce.Asked, PayingOnce.Authorised, PayingOnce.Capturing,
            PayingOnce.Captured)[$"{ThePayment}"];

        Assert.Equal(("Captured", Total, Total, null), (row.State, row.Amount, row.Captured, row.WaitsFor));
        Assert.Contains((PaymentList.ByReference, "pi-1"), Found(PaymentList.View, row));
    }

    [Fact, Trait("Capability", "REF-2")]
    public void Find_refunds_by_buyer_by_order_and_until_they_are_back_by_promised_day()
    {
        var open = new Refund.Command.Open(
            new(Cups, 1, Eur(5_00), Why),
            ThePayment, "pi-1", "BR");
        var opened = NewRefund.When(OfPayment, open);
        var late = opened.When(Provider, Answer(opened, new ProviderAnswer.Pending("re-1")));
        var escalated = late.WhenDue();
        var paid = escalated.When(Provider, Answer(opened, new ProviderAnswer.Done("re-1")));

        var row = Rows(RefundList.View, opened, late, escalated)[$"{TheRefund}"];
        Assert.Equal(("Pending", "re-1", true, "Operator"), (row.State, row.Reference, row.IsLate, row.WaitsFor));
        Assert.Contains((RefundList.ByDay, "2026-03-18"), Found(RefundList.View, row));
        Assert.Contains(("waits-for", "Operator"), Found(RefundList.View, row));
        Assert.Contains((Scope.Index, "buyer/ana"), Found(RefundList.View, row));
        Assert.Contains(("order", $"{Cups}"), Found(RefundList.View, row));

        var back = Rows(RefundList.View, opened, late, escalated, paid)[$"{TheRefund}"];
        Assert.Equal(("Paid", paid.Now), (back.State, back.PaidAt));
        Assert.DoesNotContain(Found(RefundList.View, back), f => f.Item1 is RefundList.ByDay or "waits-for");
    }

    static Refund.Command Answer(Life asked, ProviderAnswer answer) =>
        new Refund.Command.HearAnswer(asked.Call<ProviderCall>(), answer);

    static Statement Why => new(
        "cancel.out-of-stock", "order.reduced", [new("amount", Eur(5_00), Party.Everyone)], "orders.reasons", 1,
        new DecidedBy.Person(Party.Seller), [new("order.buy-elsewhere")],
        Wednesday, Wednesday + Duration.FromDays(184));
}
