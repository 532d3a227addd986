using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What happens in money, and to the seller's record, if nobody does anything until the deadline.</summary>
/// <param name="Outcome">What it comes to: <c>order.cancelled</c>, <c>order.lost</c>, <c>order.completed</c>.</param>
/// <param name="ToBuyer">What goes back to the buyer; left out: nothing does.</param>
/// <param name="Shipping">What of that is shipping, which the seller bears; left out: none.</param>
/// <param name="Marks">Marks for the seller.</param>
/// <param name="ToSeller">What the seller gets; left out: nothing.</param>
/// <param name="Fee">What the platform keeps of it.</param>
public sealed record StakesBody(
    string Outcome, Money? ToBuyer, Money? Shipping, long Marks, Money? ToSeller, Money? Fee);

/// <summary>
/// Lets the clock pass on a state that somebody sees, and records nothing: the decider says what comes.
/// </summary>
static class OrderStakes
{
    /// <summary>Null where nobody is waited for.</summary>
    public static StakesBody? Of(Seen seen) => seen.State is not Order.State.Open state ? null : Of(IfMissed(
        (OrderId)seen.Id, state is Order.State.Cancellable s ? s with { Meant = null } : state, seen.Asked.Published));

    /// <summary>What ends it for a reason that somebody was just warned of; none: something else would come first.
    /// </summary>
    public static IEnumerable<(Order.State Before, Order.Event Happened)> IfMissed(
        Seen seen, Order.State state, string reason)
    {
        for (var wakes = 0; wakes < 4 && Order.Kind.DeadlineOf(state) is { } next; wakes++)
        {
            var asked = new Asked(new Actor.Clock(), next.Next, seen.Asked.Published);
            if (Order.Kind.Decide(seen.Id, state, Order.Kind.Wake(next.Next), asked).Events is not
                [Order.Event e, ..]) yield break;
            if (e is Order.Event.Settled { Why.Code: var code })
            {
                if (code == reason) yield return (state, e);
                yield break;
            }
            state = (Order.State)Order.Kind.Evolve(state, e);
        }
    }

    static StakesBody? Of(Order.Event? @event) => @event switch
    {
        Order.Event.Completed e => new("order.completed", null, null, 0, e.ToSeller, e.Fee),
        Order.Event.Settled e   => new(
            e.Why.Outcome, Some(e.Settlement.ToBuyer),
            e.Settlement.ShippingBorneBy is Bearer.Seller ? Some(e.Settlement.Shipping) : null, MarksOf(e.Why),
            e.Settlement.ShippingBorneBy is Bearer.Seller ? null : Some(e.Settlement.Shipping), null),
        _ => null,
    };

    static Money? Some(Money money) => money.Minor == 0 ? null : money;

    static long MarksOf(Recourse.Kernel.Statement why) =>
        why.Facts.Sum(f => f is { Name: "marks", Value: Value.Count n } ? n.Number : 0);

    /// <summary>A warning comes first, and may move the deadline; then what was threatened.</summary>
    static Order.Event? IfMissed(OrderId id, Order.State state, ImmutableArray<Rulebook> published)
    {
        for (var wakes = 0; wakes < 4 && Order.Kind.DeadlineOf(state) is { } deadline; wakes++)
        {
            var asked = new Asked(new Actor.Clock(), deadline.Next, published);
            if (Order.Kind.Decide(id, state, Order.Kind.Wake(deadline.Next), asked).Events is not [Order.Event e, ..])
                return null;
            if (e is not (Order.Event.Warned or Order.Event.WarningsTold or Order.Event.WarningLifted)) return e;
            state = (Order.State)Order.Kind.Evolve(state, e);
        }
        return null;
    }
}
