using Recourse.Disputes;
using Recourse.Inventory;
using Recourse.Orders;
namespace Recourse.Catalog;

public static partial class Listing
{
    /// <summary>A seller's own, an order's of that seller, and staff; buyers look through the shop window.</summary>
    public static Party? PartyOf(ListingId id, State? state, Actor actor) => actor switch
    {
        Actor.Seller a      => a.Id == id.Seller ? Party.Seller : null,
        Actor.Aggregate a   => IsOwn(id, a.Id) ? Party.Platform : null,
        Actor.Agent         => Party.Agent,
        Actor.Operator      => Party.Operator,
        Actor.Integration   => state is null or State.Imported ? Party.Integration : null,
        Actor.Clock         => Party.Clock,
        Actor.Buyer or Actor.Warehouse or Actor.Carrier or Actor.Outside => null,
    };

    static bool IsOwn(ListingId id, string sender) =>
        (OrderId.TryParse(sender, out var order) && order.Seller == id.Seller)
        || (StockItemId.TryParse(sender, out var item) && item.Seller == id.Seller)
        || (AppealId.TryParse(sender, out var appeal) && appeal.Seller == id.Seller);

    /// <summary>What a command makes true, or why it can't.</summary>
    public static Decision<Event> Decide(ListingId id, State? state, Command command, Asked asked)
    {
        if (PartyOf(id, state, asked.Who) is not { } party) return Refusal.NotFound;

        Decision<Event> decision = command switch
        {
            Command.Publish c      => Publish(id, state, c.Offer, c.Peers, c.Rates?.Value, asked),
            Command.FollowRates c  => party is Party.Operator ? Follow(id, state, c, asked) : NotNow(state, party),
            Command.LookAgain c    => party is Party.Operator ? LookAgain(id, state, c, asked) : NotNow(state, party),
            Command.ConfirmPrice   => Confirm(state, party),
            Command.CorrectPrice c => Correct(id, state, c, asked, party),
            Command.AnswerGoods c  => Answer(id, state, c, asked, party),
            Command.Overturn c     => Overturn(id, state, c, asked),
            Command.AddPicture c   => Add(id, state, c, asked, party),
            Command.DropPicture c  => Drop(id, state, c, asked, party),
            Command.Pause          => Pause(state, party),
            Command.Resume         => Resume(state, party),
            Command.Honour c       => Honour(state, c),
            Command.Import c       => Import(state, c, party),
            Command.HearStock c    => Hear(id, state, c, asked.Who),
            Command.Wake c         => Wake(state, c.Due, asked),
        };
        decision = InWindowIfLeft(state, decision);

        // From which state and by whom is said once: in the table.
        return Lifecycle.Allows(state, decision.Events, Evolve, party) ? decision : NotNow(state, party);
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
        State.SoldOut  => ComesBackByItself,
        State.Offered  => [],
        State.Away { Doubt: { Meanwhile: Meanwhile.Hidden } d } => d.Goods.IsEmpty ? PriceIsHeld(d) : GoodsAsked,
        State.Away     => [new Event.Resumed()],
        State.Held { Doubt.Goods.IsEmpty: false } => GoodsAsked,
        State.Held s   => PriceIsHeld(s.Doubt),
        State.Barred   => MayNotBeSold,
        State.Unconfirmed => NeverConfirmed,
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
        else if (CostOf(there, c.Service) is not { } cost) yield return WayGone(c);
        else if (cost != c.ShippingPerUnit) yield return ShippingChanged(c, cost);
    }

    /// <summary>What one unit costs that way; null: it isn't sent so any more.</summary>
    static Money? CostOf(Destination there, string? service) => service is null ? there.ShippingPerUnit
        : there.Named.FirstOrDefault(o => o.Service == service)?.PerUnit;

    static Decision<Event> Import(State? state, Command.Import c, Party party) => state switch
    {
        null             => c.Facts.IsDefaultOrEmpty ? NothingToImport : [new Event.Imported(c.Facts)],
        State.Imported s => !c.Facts.IsDefault && s.Facts.SequenceEqual(c.Facts) ? [] : NotNow(state, party),
        State.Offered or State.Paused => NotNow(state, party),
    };

    /// <summary>The state after an event.</summary>
    public static State Evolve(State? state, Event @event) => @event switch
    {
        Event.Published e   => new State.InWindow(e.Offer, MemoryOf(state).After(e.Offer), Doubt: null),
        Event.Revised e     => state.Was<State.Live>(e) with
        {
            Offer = e.Offer, Doubt = null,
            // What the platform moves doesn't say that its seller wants something else.
            Memory = MemoryOf(state).After(e.Offer) with
            {
                Lapsed = e.Moves is null && e.Ways is null ? null : MemoryOf(state).Lapsed,
            },
        },
        Event.PriceHeld e   =>
            Hold(state, new(e.Offer, e.Prices, e.Deadline, e.Why, [], e.Ways, e.Meanwhile)),
        Event.GoodsHeld e   => Hold(state, new(e.Offer, [], e.Deadline, e.Why, e.Goods, null, e.Meanwhile)),
        Event.GoodsAnswered e => Answered(state.Was<State.Live>(e), e),
        Event.Barred e      => Bar(state, e),
        Event.HoldOverturned e => FoundRight(state.Was<State.Live>(e), e),
        Event.PriceConfirmed e => Confirmed(state.Was<State.Live>(e)),
        Event.HoldLapsed e  => Lapse(state.Was<State.Live>(e)),
        Event.HoldWarned e  => Postponed(state.Was<State.Live>(e), e),
        Event.RanOut e      => WithGone(state.Was<State.Live>(e), e.Sku, isGone: true),
        Event.CameBack e    => WithGone(state.Was<State.Live>(e), e.Sku, isGone: false),
        Event.SoldOut e     => SellOut(state.Was<State.InWindow>(e)),
        Event.Restocked e   => PutBack(state.Was<State.SoldOut>(e)),
        Event.Paused e      => PutAway(state.Was<State.Offered>(e)),
        Event.Resumed e     => PutBack(state.Was<State.Away>(e)),
        Event.Imported e    => new State.Imported(e.Facts),
    };

    static State PutAway(State.Offered s) => new State.Away(s.Offer, s.Memory, s.Doubt);

    static State SellOut(State.InWindow s) => new State.SoldOut(s.Offer, s.Memory, s.Doubt);

    static State PutBack(State.Live s) => new State.InWindow(s.Offer, s.Memory, s.Doubt);

    static Memory MemoryOf(State? state) => state is State.Live s ? s.Memory : Memory.Empty;
}
