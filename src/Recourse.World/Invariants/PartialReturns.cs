using Recourse.Orders;
namespace Recourse.World.Invariants;

/// <summary>Invariant 5: however an order is cut up, the parts add up to it, line by line and to the cent.</summary>
public sealed class PartialReturns : Invariant
{
    readonly Dictionary<OrderId, (Deal Whole, Dictionary<int, int> Gone)> _orders = [];

    /// <inheritdoc/>
    public override void See(in Step step)
    {
        if (step is not { Id: OrderId id, Event: Order.Event @event }) return;
        if (@event is Order.Event.Placed placed) _orders[id] = (placed.Deal, []);
        if (!_orders.TryGetValue(id, out var order)) return;
        if (@event is Order.Event.Amended amended) Change(id, order.Whole, order.Gone, amended);
        if (@event is Order.Event.Settled settled) Cut(id, order.Whole, order.Gone, settled, step.Before);
        if (@event is Order.Event.Completed completed)
            Must(completed.ToSeller + completed.Fee == Left(order.Whole, order.Gone), 5,
                $"pays out {completed.ToSeller + completed.Fee}, and {Left(order.Whole, order.Gone)} is left", id);
    }

    /// <summary>What is left of it and what came in its place is what it is from then on.</summary>
    void Change(OrderId id, Deal whole, Dictionary<int, int> gone, Order.Event.Amended e)
    {
        var (was, what) = (Left(whole, gone), e.What);
        Must(was + what.More - what.Back == e.After.Total, 5,
            $"was {was} and is {e.After.Total}, for {what.More} more and {what.Back} back", id);
        Must((e.Payment is not null) == (what.More.Minor > 0), 5, $"is paid {what.More} by {e.Payment}", id);
        Must((e.From ?? []).Select(f => f.Amount).Sum(whole.Currency) == what.Back, 5,
            $"gives back something else than {what.Back}", id);
        _orders[id] = (e.After, []);
    }

    void Cut(OrderId id, Deal whole, Dictionary<int, int> gone, Order.Event.Settled e, object? before)
    {
        var currency = whole.Currency;
        Money goods = Money.Zero(currency), shipping = Money.Zero(currency);
        foreach (var line in e.Settlement.Lines)
        {
            gone[line.Number] = gone.GetValueOrDefault(line.Number) + line.Quantity;
            if (whole.Lines.FirstOrDefault(l => l.Number == line.Number) is not { } was)
            {
                Wrong(5, $"line {line.Number} was never there", id);
                continue;
            }
            Must(gone[line.Number] <= was.Quantity, 5, $"gives up {gone[line.Number]} of {was.Quantity}", id);
            (goods, shipping) = (goods + was.UnitPrice * line.Quantity, shipping + was.ShippingPerUnit * line.Quantity);
        }
        if (before is Order.State.Placed) (goods, shipping) = (Money.Zero(currency), Money.Zero(currency));
        Must((e.Settlement.Goods, e.Settlement.Shipping) == (goods, shipping), 5,
            $"settles {e.Settlement.Goods} and {e.Settlement.Shipping} instead of {goods} and {shipping}", id);
        var left = whole.Lines.Sum(l => l.Quantity - gone.GetValueOrDefault(l.Number));
        if (e is Order.Event.Reduced r)
            Must(r.Left.Lines.Sum(l => l.Quantity) == left && left > 0 && r.Left.Total == Left(whole, gone), 5,
                "what is left is not what was not given up", id);
        else Must(left == 0, 5, $"ends with {left} units left", id);
    }

    static Money Left(Deal whole, Dictionary<int, int> gone) => whole.Lines.Select(l =>
        (l.UnitPrice + l.ShippingPerUnit) * (l.Quantity - gone.GetValueOrDefault(l.Number))).Sum(whole.Currency);
}
