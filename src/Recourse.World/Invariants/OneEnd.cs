using Recourse.Checkouts;
using Recourse.Disputes;
using Recourse.Instalments;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Payouts;
using Recourse.Reasons;
using Recourse.Refunds;
using Recourse.Verifying;
namespace Recourse.World.Invariants;

/// <summary>Invariants 9 and 10: never both cancelled and dispatched, and one end that is reached once.</summary>
public sealed class OneEnd : Invariant
{
    readonly HashSet<OrderId> _shipped = [], _cancelled = [], _ended = [];

    /// <summary>Whether an order ends with it.</summary>
    public static bool IsEnd(object @event) =>
        @event is Order.Event.Completed or Order.Event.Cancelled or Order.Event.Lost
            or Order.Event.CameBack;

    /// <inheritdoc/>
    public override void See(in Step step)
    {
        var (from, on, to) = (step.Before?.GetType(), step.Event.GetType(), step.After.GetType());
        var isDrawn = false;
        foreach (var arrow in step.Kind.Lifecycle.Arrows)
            isDrawn |= arrow.From == from && arrow.On == on && arrow.To == to;
        Must(isDrawn, 10, $"{from?.Name ?? "nothing"} –{on.Name}→ {to.Name} is not in the table", step.Id);
        if (step.Id is not OrderId order) return;
        // What an appeal found is told of an order that has ended, and changes nothing of how it ended.
        Must(!_ended.Contains(order) || (step.Event is Order.Event.Overturned && from == to), 10,
            $"{on.Name} after its end", order);
        if (step.Event is Order.Event.Shipped) _shipped.Add(order);
        if (step.Event is Order.Event.Cancelled) _cancelled.Add(order);
        Must(!(_shipped.Contains(order) && _cancelled.Contains(order)), 9, "is cancelled and dispatched", order);
        if (IsEnd(step.Event)) _ended.Add(order);
    }

    /// <inheritdoc/>
    public override void Finish()
    {
        if (!Known.IsAtRest) return;
        foreach (var (id, state) in Known.States)
            if (IsUnderWay(state)) Wrong(10, $"is still {state.GetType().Name} when all is over", id);
    }

    /// <summary>Whether somebody is still to act.</summary>
    public static bool IsUnderWay(object state) =>
        state is Order.State.Open or Checkout.State.Open or Payment.State.Open or Refund.State.Open
            or Verification.State.Open or Appeal.State.Open or SupplyPlan.State.Open or Refund.State.Tracing
            or Payout.State.Open or ReasonCase.State.Open;
}
