using static Recourse.Kernel.Lifecycle;
using static Recourse.Kernel.Party;
namespace Recourse.Catalog;

public static partial class Listing
{
    /// <summary>The whole life on one page.</summary>
    public static readonly Lifecycle Lifecycle = new(
        Start<Event.Published, State.Offered>(Seller),
        Start<Event.Imported,  State.Imported>(Integration),
        Row<State.Offered,  Event.Revised,   State.Offered>(Seller),
        Row<State.Offered,  Event.Paused,    State.Paused>(Seller),
        Row<State.Paused,   Event.Revised,   State.Paused>(Seller),
        Row<State.Paused,   Event.Resumed,   State.Offered>(Seller),
        Row<State.Imported, Event.Published, State.Offered>(Seller));

    /// <summary>What the runtime is told of listings.</summary>
    public static readonly Kind<ListingId, State, Command, Event> Kind = new()
    {
        Name = "listing", Owner = OwnedBy.Seller, StateVersion = 1, Lifecycle = Lifecycle,
        Party = PartyOf, Decider = Decide, Fold = Evolve, Waking = due => new Command.Wake(due),
        Size = state => state is State.Offered s ? s.Offer.Variants.Length + s.Offer.ShipsTo.Length : 1,
    };
}
