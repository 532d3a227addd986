using Recourse.Disputes;
namespace Recourse.Orders;

public static partial class Order
{
    /// <summary>Once, while there is still time: then there is more of it, and its reminder comes anew.</summary>
    static Decision<Event> Extend(State? state, Turn turn) => state switch
    {
        State.Delivered { IsExtended: true } s => ExtendedBefore(s.Deadline.Due),
        State.Delivered s => [new Event.Extended(Longer(s, turn))],
        State.Shipped s   => NotDeliveredYet(s.Deadline.Due),
        State.Placed or State.Funded or State.Completed or State.Cancelled or State.Imported or null =>
            NotNow(state, turn.By),
    };

    static Deadline Longer(State.Delivered s, Turn turn)
    {
        var due = turn.Rules.OfRequests.ExtendBy.EndFrom(s.Deadline.Due, turn.CalendarOf(s.Deal));
        return s.Deadline with { Due = due, Warn = due - turn.Rules.WarnBefore };
    }

    static Decision<Event> Contest(State? state, AppealId appeal, Turn turn) => state switch
    {
        _ when turn.Who is not Actor.Aggregate a || a.Id != $"{appeal}" => Refusal.NotFound,
        State.Open and not State.Placed and State.Dealt s when s.Deal.Contested?.Contains(appeal) is not true =>
            [new Event.Contested(appeal)],
        _ => [],                                                    // nothing is paid of it, or it was said before
    };

    static Decision<Event> Uncontest(State? state, AppealId appeal, Turn turn) => state switch
    {
        _ when turn.Who is not Actor.Aggregate a || a.Id != $"{appeal}" => Refusal.NotFound,
        State.Open s when s.Deal.Contested?.Contains(appeal) is true =>
            [new Event.Uncontested(appeal, s is State.Delivered d && IsLast(d, appeal) ? Free(d, turn) : null)],
        _ => [],
    };

    static bool IsLast(State.Delivered s, AppealId appeal) => s.Deal.Contested?.All(a => a == appeal) is true;

    // Whoever waited for a decision still has the full notice to object.
    static Deadline Free(State.Delivered s, Turn turn) => s.Deadline.Owner is Party.Buyer && s.Deadline.Warn is not null
        ? s.Deadline : new(Party.Buyer, s.Deadline.Then, Warn: null, s.Deadline.Owner is Party.Buyer
            ? Instant.Max(s.Deadline.Due, turn.At + turn.Rules.WarnBefore) : turn.At + turn.Rules.WarnBefore);

    static State.Open Contested(State.Open s, AppealId appeal) =>
        s with { Deal = s.Deal with { Contested = [.. s.Deal.Contested ?? [], appeal] } };

    static State.Open Uncontested(State.Open s, Event.Uncontested e)
    {
        ImmutableArray<AppealId> left = [.. (s.Deal.Contested ?? []).Where(a => a != e.Appeal)];
        return s with
        {
            Deal = s.Deal with { Contested = left.IsEmpty ? null : left }, Deadline = e.Deadline ?? s.Deadline,
        };
    }

    static readonly Remedy ObjectNow = new("order.object-now");

    static Refusal ExtendedBefore(Instant due) => new("order.extended-before", ObjectNow, ("due", due));

    /// <summary>What the buyer of an order paid for it and hasn't had back; null: it is none of ours.</summary>
    public static Money? PaidFor(State? order) => order switch
    {
        State.Placed s    => Money.Zero(s.Deal.Currency),
        State.Cancelled s => s.Settlement is { IsPaid: true, ShippingBorneBy: Bearer.Buyer } gone
            ? gone.Shipping : Money.Zero(s.Deal.Currency),
        State.Dealt s     => s.Deal.Total,
        State.Imported or null => null,
    };

    static Refusal NotDeliveredYet(Instant due) => new("order.not-delivered-yet", Wait, ("due", due));
}
