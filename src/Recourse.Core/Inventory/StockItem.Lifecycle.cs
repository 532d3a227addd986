using static Recourse.Kernel.Lifecycle;
using static Recourse.Kernel.Party;
namespace Recourse.Inventory;

public static partial class StockItem
{
    /// <summary>The whole life on one page. Whoever counts it may start it; it never ends.</summary>
    public static readonly Lifecycle Lifecycle = new(
        Start<Event.Received,  State>(Seller),
        Start<Event.Corrected, State>(Seller),
        Start<Event.AlertSet,  State>(Seller),
        Start<Event.Watched,   State>(Platform),
        Start<Event.LimitSet,  State>(Seller),
        Row<State, Event.Received,  State>(Seller),
        Row<State, Event.Corrected, State>(Seller),
        Row<State, Event.FoundShort, State>(Seller),
        Row<State, Event.WrittenOff, State>(Seller | Platform | Clock),
        Row<State, Event.MadeUp,    State>(Seller | Platform | Clock),
        Row<State, Event.AlertSet,  State>(Seller),
        Row<State, Event.Watched,   State>(Platform),
        Row<State, Event.LevelChanged, State>(Seller | Platform),
        Row<State, Event.Promoted,  State>(Seller | Platform),
        Row<State, Event.PromotionEnded, State>(Seller | Platform | Clock, nameof(PromotionTerms.Until)),
        Row<State, Event.Refilled,  State>(Seller | Platform | Clock),
        Row<State, Event.LimitSet,  State>(Seller),
        Row<State, Event.Reserved,  State>(Platform),
        Row<State, Event.Kept,      State>(Platform),
        Row<State, Event.Released,  State>(Platform),
        Row<State, Event.Sold,      State>(Platform),
        Row<State, Event.Lapsed,    State>(Clock, "orders.unpaidWithin"));

    /// <summary>What the runtime is told of stock.</summary>
    public static readonly Kind<StockItemId, State, Command, Event> Kind = new()
    {
        Name = "stock", Owner = OwnedBy.Seller, StateVersion = 6, Lifecycle = Lifecycle,
        Party = PartyOf, Decider = Decide, Fold = Evolve, Waking = due => new Command.Wake(due),
        Due = NextOf, Process = React, Telling = Notices,
        Size = state => 1 + state.OnHand.Length + state.Reservations.Count + state.Recent.Length
            + state.Promotions.Sum(p => p.Shares.Count),
    };

    static Instant? NextOf(State state)
    {
        Instant? lapse = state.Lapses.IsEmpty ? null : state.Lapses.Min.At;
        var end = state.Promotions.Where(p => p.Terms.For is null).Select(p => (Instant?)p.Terms.Until).Min();
        return lapse is null || end < lapse ? end : lapse;
    }
}
