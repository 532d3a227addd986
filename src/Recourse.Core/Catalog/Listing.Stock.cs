using Recourse.Inventory;
using static Recourse.Kernel.Message;
namespace Recourse.Catalog;

public static partial class Listing
{
    /// <summary>What follows elsewhere.</summary>
    public static IEnumerable<Intent> React(ListingId id, State after, Event @event) =>
        LeaveWhenSoldOut(id, after, @event);

    /// <summary>What is new in a listing tells it from now on whether anything is left.</summary>
    static IEnumerable<Intent> LeaveWhenSoldOut(ListingId id, State after, Event @event) =>
        @event is Event.Published or Event.Revised && after is State.Live s
            ? s.Memory.Joined.Select(sku => (Intent)new Intent.Send(
                To(new StockItemId(id.Seller, sku), new StockItem.Command.Watch(id))))
            : [];

    static Decision<Event> Hear(ListingId id, State? state, Command.HearStock c, Actor who)
    {
        if (who is not Actor.Aggregate a || a.Id != new StockItemId(id.Seller, c.Sku).ToString())
            return Refusal.NotFound;                                        // an item speaks for itself only
        return state is State.Live s && s.Memory.Gone.Contains(c.Sku) != c.IsGone
            ? [c.IsGone ? new Event.RanOut(c.Sku) : new Event.CameBack(c.Sku)]
            : [];                                                           // said twice
    }

    /// <summary>Only what left by itself comes back by itself.</summary>
    static Decision<Event> InWindowIfLeft(State? state, Decision<Event> decision)
    {
        if (decision.Events.IsDefaultOrEmpty) return decision;
        return decision.Events.Aggregate(state, (s, e) => Evolve(s, e)) switch
        {
            State.InWindow s when s.Memory.IsAllGone(s.Offer) => [.. decision.Events, new Event.SoldOut()],
            State.SoldOut s when !s.Memory.IsAllGone(s.Offer) => [.. decision.Events, new Event.Restocked()],
            _ => decision,
        };
    }

    static State WithGone(State.Live s, Sku sku, bool isGone) => s with
    {
        Memory = s.Memory with { Gone = isGone ? s.Memory.Gone.Add(sku) : s.Memory.Gone.Remove(sku) },
    };
}
