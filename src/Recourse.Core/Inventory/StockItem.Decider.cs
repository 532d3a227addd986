using Recourse.Catalog;
using Recourse.Instalments;
using Recourse.Orders;
namespace Recourse.Inventory;

public static partial class StockItem
{
    /// <summary>A seller's own, an order's or a plan's of that seller, and staff to look.</summary>
    public static Party? PartyOf(StockItemId id, State? state, Actor actor) => actor switch
    {
        Actor.Seller a    => a.Id == id.Seller ? Party.Seller : null,
        Actor.Aggregate a => IsOwn(id, a.Id) ? Party.Platform : null,
        Actor.Agent       => Party.Agent,
        Actor.Operator    => Party.Operator,
        Actor.Clock       => Party.Clock,
        Actor.Buyer or Actor.Warehouse or Actor.Carrier or Actor.Integration or Actor.Outside => null,
    };

    static bool IsOwn(StockItemId id, string sender) =>
        (OrderId.TryParse(sender, out var order) && order.Seller == id.Seller)
        || (ListingId.TryParse(sender, out var listing) && listing.Seller == id.Seller)
        || (SupplyPlanId.TryParse(sender, out var plan) && plan.Seller == id.Seller);

    /// <summary>What a command makes true, or why it can't.</summary>
    public static Decision<Event> Decide(StockItemId id, State? state, Command command, Asked asked)
    {
        if (PartyOf(id, state, asked.Who) is not { } party) return Refusal.NotFound;
        var stock = state ?? Nothing;

        Decision<Event> decision = command switch
        {
            Command.Receive c => Receive(stock, c),
            Command.Correct c => Correct(stock, c, asked),
            Command.AlertAt c => AlertAt(stock, c),
            Command.Watch c   => Own($"{c.Listing}") ?? Watch(stock, c),
            Command.Reserve c => Own($"{c.Order}") ?? Reserve(id, stock, c, asked),
            Command.Keep c    => Own($"{c.Order}") ?? Keep(id, stock, c, asked),
            Command.Release c => Own($"{c.Order}") ?? Release(id, stock, c),
            Command.Sell c    => Own($"{c.Order}") ?? Sell(id, stock, c),
            Command.Promote c => Promote(id, stock, c, asked),
            Command.EndPromotion c => EndPromotion(stock, c.Code),
            Command.LimitBuyers c  => LimitBuyers(stock, c.Limit),
            Command.SetAside c     => Own($"{c.Plan}") ?? SetAside(id, stock, c),
            Command.PutBack c      => Own($"{c.Plan}") ?? PutBack(stock, c.Plan),
            Command.Wake c    => Wake(id, stock, c.Due, asked.At),
        };

        decision = WithLevel(stock, WithRefills(stock, WithShortage(stock, decision), asked), asked);

        // From which state and by whom is said once: in the table.
        return Lifecycle.Allows(state, decision.Events, Evolve, party) ? decision : NotNow(party);

        // An order, a listing or a plan speaks for itself only.
        Decision<Event>? Own(string sender) =>
            asked.Who is Actor.Aggregate a && a.Id == sender ? null : (Decision<Event>)Refusal.NotFound;
    }

    /// <summary>An item of which nothing is known yet.</summary>
    public static readonly State Nothing = new(
        [], [], ImmutableSortedDictionary<OrderId, Reservation>.Empty, [], 0, 0, 0, 0, StockLevel.Enough, null, [],
        [], null, [], [], []);

    static Decision<Event> Receive(State stock, Command.Receive c)
    {
        ImmutableArray<Refusal> faults = [.. Faults()];
        return faults.IsEmpty ? [new Event.Received(c.Location, c.Units)] : faults;

        IEnumerable<Refusal> Faults()
        {
            if (!Derived.IsCode(c.Location)) yield return BadLocation;
            if (c.Units < 1) yield return BadUnits(c.Units, least: 1);
            else if (stock.OnHand.Sum(s => (long)s.Units) + c.Units > MostUnits) yield return TooMany;
        }
    }

    static Decision<Event> Correct(State stock, Command.Correct c, Asked asked)
    {
        ImmutableArray<Refusal> faults = [.. Faults()];
        if (!faults.IsEmpty) return faults;
        var was = At(stock.OnHand, c.Location);
        if (c.Short is true && c.Units < At(stock.Claimed, c.Location)) return FindShort(stock, c);
        return was == c.Units && stock.Missing.All(m => m.Location != c.Location) ? [] :
            [new Event.Corrected(c.Location, was, c.Units, c.Reason, c.Note)];

        IEnumerable<Refusal> Faults()
        {
            if (!Derived.IsCode(c.Location)) yield return BadLocation;
            var reasons = asked.InForce.Of<StockRules>().Corrections;
            if (!reasons.Contains(c.Reason ?? "")) yield return NoSuchReason(c.Reason ?? "", reasons);
            if (c.Note is { } note && (string.IsNullOrWhiteSpace(note) || note.Length > LongestNote))
                yield return BadNote;
            var (reserved, here) = (At(stock.Claimed, c.Location), At(stock.OnHand, c.Location));
            if (c.Units < 0) yield return BadUnits(c.Units, least: 0);
            else if (c.Units < reserved && c.Short is not true) yield return BelowReserved(c.Units, reserved);
            else if (stock.OnHand.Sum(s => (long)s.Units) - here + c.Units > MostUnits) yield return TooMany;
        }
    }

    static Decision<Event> Reserve(StockItemId id, State stock, Command.Reserve c, Asked asked)
    {
        if (c.Units < 1) return BadUnits(c.Units, least: 1);
        if (Of(stock, c.Order) is not null) return [];                                    // said twice, done once
        // What is set aside for somebody is their share already.
        var isOwn = PromotionOf(stock, c.Claim?.Code) is { Terms.For: not null };
        if (!isOwn && c.Buyer is { } buyer
            && LimitFault(id, stock, buyer, c.Units, c.Claim is not null, asked) is { } limit) return limit;
        if (c.Claim is { } claim)
            return FaultOf(stock, claim, c.Buyer, c.Units, asked.At) is { } fault ? fault
                : [new Event.Reserved(c.Order, Pick(PromotionOf(stock, claim.Code)!.Aside, c.Units), c.Until, claim,
                    c.Buyer, asked.At)];
        if (c.Units > stock.Available) return NotEnough(id, c.Units, stock.Available);
        var counts = CountsFor(stock, c.Units, asked);
        return
        [
            new Event.Reserved(
                c.Order, Pick(Free(stock), c.Units), c.Until, null, counts ? c.Buyer : null,
                counts ? asked.At : null),
        ];
    }

    static Decision<Event> Keep(StockItemId id, State stock, Command.Keep c, Asked asked)
    {
        if (c.Units < 1) return BadUnits(c.Units, least: 1);
        var kept = Of(stock, c.Order);
        var missing = c.Units - (kept?.Units ?? 0);
        if (missing > 0 && c.Buyer is not null && kept is not { Until: not null })
            return KeepMore(id, stock, c, kept, missing, asked);
        if (missing > stock.Available) return NotEnough(id, missing, stock.Available);
        return
        [
            .. kept is { Until: not null } ? [new Event.Kept(c.Order)] : (ReadOnlySpan<Event>)[],
            .. missing > 0
                ? [new Event.Reserved(c.Order, Pick(Free(stock), missing), Until: null)] : (ReadOnlySpan<Event>)[],
        ];
    }

    static Decision<Event> Release(StockItemId id, State stock, Command.Release c)
    {
        if (c.Units < 1) return BadUnits(c.Units, least: 1);
        if (Of(stock, c.Order) is not { } kept) return [];                                // lapsed or given back before
        var units = Math.Min(c.Units, kept.Units);
        var onSale = OnSaleOf(stock, kept, c, units);
        return
        [
            new Event.Released(
                c.Order, Pick(kept.From, units), onSale is 0 ? null : PlanOf(id, stock, kept), onSale),
        ];
    }

    static Decision<Event> Sell(StockItemId id, State stock, Command.Sell c)
    {
        if (c.Units < 1) return BadUnits(c.Units, least: 1);
        var kept = Of(stock, c.Order);
        if (kept is null || c.Units > kept.Units) return NotReserved(id, c.Units, kept?.Units ?? 0);
        return [new Event.Sold(c.Order, Pick(kept.From, c.Units))];
    }

    static Decision<Event> Wake(StockItemId id, State stock, Instant due, Instant at)
    {
        if (NextOf(stock) != due) return [];                                              // stale: stock moved on
        ImmutableArray<Event> lapsed =
        [
            .. stock.Lapses.TakeWhile(l => l.At <= at).Select(l => new Event.Lapsed(
                l.Order, stock.Reservations[l.Order].From, PlanOf(id, stock, stock.Reservations[l.Order]))),
        ];
        var then = lapsed.Aggregate(stock, Evolve);
        return
        [
            .. lapsed,
            .. then.Promotions.Where(p => p.Terms.For is null && p.Terms.Until <= at)
                .Select(p => new Event.PromotionEnded(p.Terms.Code, p.Aside)),
        ];
    }

    /// <summary>The state after an event.</summary>
    public static State Evolve(State? state, Event @event)
    {
        var stock = state ?? Nothing;
        return @event switch
        {
            Event.Received e => stock with
            {
                OnHand = Plus(stock.OnHand, [new(e.Location, e.Units)]), Received = stock.Received + e.Units,
            },
            Event.Corrected e => stock with
            {
                OnHand = Plus(stock.OnHand, [new(e.Location, e.Units - e.Was)]),
                Corrected = stock.Corrected + e.Units - e.Was, Missing = Without(stock.Missing, e.Location),
            },
            Event.FoundShort e   => FoundShort(stock, e),
            Event.WrittenOff e   => WrittenOff(stock, e),
            Event.MadeUp e       => stock with { ShortOf = stock.ShortOf.RemoveRange(e.Orders) },
            Event.AlertSet e     => stock with { AlertAt = e.Units },
            Event.Watched e      => stock with { Watching = stock.Watching.Add(e.Listing) },
            Event.LevelChanged e => stock with { Level = e.Level },
            Event.Promoted e       => Promoted(stock, e),
            Event.PromotionEnded e => PromotionEnded(stock, e),
            Event.Refilled e       => Refilled(stock, e),
            Event.LimitSet e       => stock with { Limit = e.Limit },
            Event.Reserved e => Noted(Take(stock, e), e),
            Event.Kept e     => With(stock, Of(stock, e.Order), stock.Reservations[e.Order] with { Until = null }),
            Event.Released e => GiveBack(stock, e.Order, e.To, e.OnSale),
            Event.Lapsed e   => GiveBack(stock, e.Order, e.To),
            Event.Sold e     => Present(Give(stock, e.Order, e.From) with
            {
                OnHand = Minus(stock.OnHand, e.From), Sold = stock.Sold + e.From.Sum(s => s.Units),
            }),
        };
    }
}
