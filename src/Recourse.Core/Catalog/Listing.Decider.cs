using Recourse.Orders;
namespace Recourse.Catalog;

public static partial class Listing
{
    /// <summary>A seller's own, an order's of that seller, and staff; buyers look through the shop window.</summary>
    public static Party? PartyOf(ListingId id, State? state, Actor actor) => actor switch
    {
        Actor.Seller a      => a.Id == id.Seller ? Party.Seller : null,
        Actor.Aggregate a   => OrderId.TryParse(a.Id, out var order) && order.Seller == id.Seller
            ? Party.Platform : null,
        Actor.Agent         => Party.Agent,
        Actor.Operator      => Party.Operator,
        Actor.Integration   => state is null or State.Imported ? Party.Integration : null,
        Actor.Clock         => Party.Clock,
        Actor.Buyer or Actor.Warehouse or Actor.Carrier or Actor.Outside => null,
    };

    /// <summary>What a command makes true, or why it can't.</summary>
    public static Decision<Event> Decide(ListingId id, State? state, Command command, Asked asked)
    {
        if (PartyOf(id, state, asked.Who) is not { } party) return Refusal.NotFound;

        Decision<Event> decision = command switch
        {
            Command.Publish c => Publish(state, c.Offer),
            Command.Pause     => Pause(state, party),
            Command.Resume    => Resume(state, party),
            Command.Honour c  => Honour(state, c),
            Command.Import c  => Import(state, c, party),
            Command.Wake      => [],
        };

        // From which state and by whom is said once: in the table.
        return decision.Events.All(e => Lifecycle.Allows(state, e.GetType(), party)) ? decision : NotNow(state, party);
    }

    static Decision<Event> Publish(State? state, Offer offer)
    {
        ImmutableArray<Refusal> faults = [.. Faults(offer)];
        if (!faults.IsEmpty) return faults;
        return state switch
        {
            State.Offered s => Same(s.Offer, offer) ? [] : [new Event.Revised(offer)],     // said twice, done once
            State.Paused s  => Same(s.Offer, offer) ? [] : [new Event.Revised(offer)],
            State.Imported or null => [new Event.Published(offer)],
        };
    }

    static Decision<Event> Pause(State? state, Party party) => state switch
    {
        State.Offered  => [new Event.Paused()],
        State.Paused   => [],
        State.Imported => NotNow(state, party),
        null           => Refusal.NotFound,
    };

    static Decision<Event> Resume(State? state, Party party) => state switch
    {
        State.Offered  => [],
        State.Paused   => [new Event.Resumed()],
        State.Imported => NotNow(state, party),
        null           => Refusal.NotFound,
    };

    /// <summary>Changes nothing: the order that requires it goes ahead only if all of it still holds.</summary>
    static Decision<Event> Honour(State? state, Command.Honour c) => state switch
    {
        State.Offered s => Departures(s.Offer, c).ToImmutableArray(),
        State.Paused or State.Imported or null => NotOffered(c.Sku),
    };

    static IEnumerable<Refusal> Departures(Offer offer, Command.Honour c)
    {
        var variant = offer.Variants.FirstOrDefault(v => v.Sku == c.Sku);
        if (variant is null) yield return NoSuchVariant(c.Sku);
        else if (variant.Price != c.UnitPrice) yield return PriceChanged(variant, c.UnitPrice);

        var there = offer.ShipsTo.FirstOrDefault(d => d.Country == c.Country);
        if (there is null) yield return NotShippedThere(c.Sku, c.Country);
        else if (there.ShippingPerUnit != c.ShippingPerUnit) yield return ShippingChanged(c, there.ShippingPerUnit);
    }

    static Decision<Event> Import(State? state, Command.Import c, Party party) => state switch
    {
        null             => c.Facts.IsDefaultOrEmpty ? NothingToImport : [new Event.Imported(c.Facts)],
        State.Imported s => !c.Facts.IsDefault && s.Facts.SequenceEqual(c.Facts) ? [] : NotNow(state, party),
        State.Offered or State.Paused => NotNow(state, party),
    };

    static bool Same(Offer a, Offer b) =>
        (a.Title, a.Category, a.ShipsFrom) == (b.Title, b.Category, b.ShipsFrom)
        && a.Variants.SequenceEqual(b.Variants) && a.ShipsTo.SequenceEqual(b.ShipsTo);

    /// <summary>The state after an event.</summary>
    public static State Evolve(State? state, Event @event) => @event switch
    {
        Event.Published e => new State.Offered(e.Offer),
        Event.Revised e   => state is State.Paused
            ? new State.Paused(e.Offer) : state.Was<State.Offered>(e) with { Offer = e.Offer },
        Event.Paused e    => new State.Paused(state.Was<State.Offered>(e).Offer),
        Event.Resumed e   => new State.Offered(state.Was<State.Paused>(e).Offer),
        Event.Imported e  => new State.Imported(e.Facts),
    };
}
