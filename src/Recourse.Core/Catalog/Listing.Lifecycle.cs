using static Recourse.Kernel.Lifecycle;
using static Recourse.Kernel.Party;
namespace Recourse.Catalog;

public static partial class Listing
{
    /// <summary>The whole life on one page.</summary>
    public static readonly Lifecycle Lifecycle = new(
        Start<Event.Published, State.InWindow>(Seller),
        Start<Event.PriceHeld, State.Held>(Seller),
        Start<Event.GoodsHeld, State.Held>(Seller),
        Start<Event.Barred,    State.Barred>(Seller),
        Start<Event.Imported,  State.Imported>(Integration),
        Row<State.InWindow, Event.Revised,        State.InWindow>(Seller | Operator | Platform),
        Row<State.InWindow, Event.PriceHeld,      State.InWindow>(Seller | Platform | Operator),
        Row<State.InWindow, Event.PriceConfirmed, State.InWindow>(Seller),
        Row<State.InWindow, Event.HoldWarned, State.InWindow>(Clock),
        Row<State.InWindow, Event.HoldLapsed,     State.InWindow>(Clock, ConfirmWithin),
        Row<State.InWindow, Event.Paused,         State.Away>(Seller),
        Row<State.InWindow, Event.RanOut,         State.InWindow>(Platform),
        Row<State.InWindow, Event.CameBack,       State.InWindow>(Platform),
        Row<State.InWindow, Event.SoldOut,        State.SoldOut>(Seller | Platform | Operator),
        Row<State.InWindow, Event.GoodsHeld, State.InWindow>(Seller | Platform | Operator),
        Row<State.InWindow, Event.GoodsAnswered, State.InWindow>(Seller),
        Row<State.InWindow, Event.Barred, State.Barred>(Seller),
        Row<State.SoldOut,  Event.CameBack,       State.SoldOut>(Platform),
        Row<State.SoldOut,  Event.RanOut,         State.SoldOut>(Platform),
        Row<State.SoldOut,  Event.Restocked,      State.InWindow>(Seller | Platform | Operator),
        Row<State.SoldOut,  Event.Revised,        State.SoldOut>(Seller | Operator | Platform),
        Row<State.SoldOut,  Event.PriceHeld,      State.SoldOut>(Seller | Platform | Operator),
        Row<State.SoldOut,  Event.PriceConfirmed, State.SoldOut>(Seller),
        Row<State.SoldOut, Event.HoldWarned, State.SoldOut>(Clock),
        Row<State.SoldOut,  Event.HoldLapsed,     State.SoldOut>(Clock, ConfirmWithin),
        Row<State.SoldOut,  Event.Paused,         State.Away>(Seller),
        Row<State.SoldOut, Event.GoodsHeld, State.SoldOut>(Seller | Platform | Operator),
        Row<State.SoldOut, Event.GoodsAnswered, State.SoldOut>(Seller),
        Row<State.SoldOut, Event.Barred, State.Barred>(Seller),
        Row<State.Away,     Event.RanOut,         State.Away>(Platform),
        Row<State.Away,     Event.CameBack,       State.Away>(Platform),
        Row<State.Away,     Event.Revised,        State.Away>(Seller | Operator | Platform),
        Row<State.Away,     Event.PriceHeld,      State.Away>(Seller | Platform | Operator),
        Row<State.Away,     Event.PriceConfirmed, State.Away>(Seller),
        Row<State.Away, Event.HoldWarned, State.Away>(Clock),
        Row<State.Away,     Event.HoldLapsed,     State.Away>(Clock, ConfirmWithin),
        Row<State.Away,     Event.Resumed,        State.InWindow>(Seller),
        Row<State.Away, Event.GoodsHeld, State.Away>(Seller | Platform | Operator),
        Row<State.Away, Event.GoodsAnswered, State.Away>(Seller),
        Row<State.Away, Event.Barred, State.Barred>(Seller),
        Row<State.Held,     Event.PriceConfirmed, State.Held>(Seller),
        Row<State.Held,     Event.Published,      State.InWindow>(Seller | Platform),
        Row<State.Held,     Event.PriceHeld,      State.Held>(Seller | Platform),
        Row<State.Held, Event.HoldWarned, State.Held>(Clock),
        Row<State.Held,     Event.HoldLapsed,     State.Unconfirmed>(Clock, ConfirmWithin),
        Row<State.Held,     Event.RanOut,         State.Held>(Platform),
        Row<State.Held,     Event.CameBack,       State.Held>(Platform),
        Row<State.Held, Event.GoodsHeld, State.Held>(Seller | Platform),
        Row<State.Held, Event.GoodsAnswered, State.Held>(Seller),
        Row<State.Held, Event.Barred, State.Barred>(Seller),
        Row<State.Unconfirmed, Event.RanOut,      State.Unconfirmed>(Platform),
        Row<State.Unconfirmed, Event.CameBack,    State.Unconfirmed>(Platform),
        Row<State.Unconfirmed, Event.Published,   State.InWindow>(Seller | Platform),
        Row<State.Unconfirmed, Event.PriceHeld,   State.Held>(Seller | Platform),
        Row<State.Unconfirmed, Event.GoodsHeld, State.Held>(Seller | Platform),
        Row<State.Unconfirmed, Event.Barred, State.Barred>(Seller),
        Row<State.Imported, Event.Published,      State.InWindow>(Seller),
        Row<State.Imported, Event.PriceHeld,      State.Held>(Seller),
        Row<State.Imported, Event.GoodsHeld, State.Held>(Seller),
        Row<State.Imported, Event.Barred, State.Barred>(Seller),
        Row<State.Barred, Event.Published, State.InWindow>(Seller | Platform),
        Row<State.Barred, Event.PriceHeld, State.Held>(Seller | Platform),
        Row<State.Barred, Event.GoodsHeld, State.Held>(Seller | Platform),
        Row<State.Barred, Event.Barred, State.Barred>(Seller),
        Row<State.Barred, Event.RanOut, State.Barred>(Platform),
        Row<State.Barred, Event.CameBack, State.Barred>(Platform),
        Row<State.InWindow, Event.HoldLapsed, State.Unconfirmed>(Clock, ConfirmWithin),
        Row<State.InWindow, Event.PriceHeld, State.Held>(Operator),
        Row<State.InWindow, Event.GoodsHeld, State.Held>(Operator),
        Row<State.InWindow, Event.HoldOverturned, State.InWindow>(Platform),
        Row<State.SoldOut, Event.HoldLapsed, State.Unconfirmed>(Clock, ConfirmWithin),
        Row<State.SoldOut, Event.PriceHeld, State.Held>(Operator),
        Row<State.SoldOut, Event.GoodsHeld, State.Held>(Operator),
        Row<State.SoldOut, Event.HoldOverturned, State.SoldOut>(Platform),
        Row<State.Away, Event.HoldLapsed, State.Unconfirmed>(Clock, ConfirmWithin),
        Row<State.Away, Event.HoldOverturned, State.Away>(Platform),
        Row<State.Held, Event.HoldOverturned, State.Held>(Platform),
        Row<State.Unconfirmed, Event.HoldOverturned, State.Unconfirmed>(Platform),
        Row<State.Barred, Event.HoldOverturned, State.Barred>(Platform));

    const string ConfirmWithin = "listings.confirmWithin";

    /// <summary>What the runtime is told of listings.</summary>
    public static readonly Kind<ListingId, State, Command, Event> Kind = new()
    {
        Name = "listing", Owner = OwnedBy.Seller, StateVersion = 7, Lifecycle = Lifecycle,
        Party = PartyOf, Decider = Decide, Fold = Evolve, Waking = due => new Command.Wake(due),
        Due = state => DoubtOf(state)?.Deadline.Next, Awaited = state => DoubtOf(state)?.Deadline, Telling = Notices,
        Process = React,
        Size = state => state is not State.Live s ? 1
            : s.Offer.Variants.Length + s.Offer.ShipsTo.Length + s.Memory.Past.Length + s.Memory.Sent.Length,
    };

    static Doubt? DoubtOf(State state) => (state as State.Live)?.Doubt;
}
