using Recourse.Catalog;
using Recourse.Instalments;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.World.Invariants;

/// <summary>
/// Invariants 15 and 16: available, reserved and sold add up to what came in, and none goes below zero.
/// </summary>
public sealed class StockAddsUp : Invariant
{
    sealed class Notes
    {
        public long In, Sold, Reserved;
    }

    readonly Dictionary<StockItemId, Notes> _items = [];

    /// <inheritdoc/>
    public override void See(in Step step)
    {
        if (step is not { Id: StockItemId id, After: StockItem.State stock, Event: StockItem.Event @event }) return;
        if (!_items.TryGetValue(id, out var notes)) _items[id] = notes = new();
        switch (@event)
        {
            case StockItem.Event.Received e:  notes.In += e.Units; break;
            case StockItem.Event.Corrected e: notes.In += e.Units - e.Was; break;
            case StockItem.Event.WrittenOff e: notes.In -= e.Units; break;
            case StockItem.Event.Reserved e:  notes.Reserved += Units(e.From); break;
            case StockItem.Event.Released e:  notes.Reserved -= Units(e.To); break;
            case StockItem.Event.Lapsed e:    notes.Reserved -= Units(e.To); break;
            case StockItem.Event.Sold e:      notes.Reserved -= Units(e.From); notes.Sold += Units(e.From); break;
            case StockItem.Event.Kept or StockItem.Event.AlertSet or StockItem.Event.Watched
                or StockItem.Event.LevelChanged or StockItem.Event.Promoted or StockItem.Event.PromotionEnded
                or StockItem.Event.Refilled or StockItem.Event.LimitSet or StockItem.Event.FoundShort
                or StockItem.Event.MadeUp: break;
        }
        Must((long)stock.Available + stock.Reserved + stock.Aside + stock.Sold == notes.In, 15,
            $"{stock.Available} + {stock.Reserved} + {stock.Aside} + {stock.Sold} is not {notes.In}", id);
        Must((stock.Reserved, stock.Sold) == (notes.Reserved, notes.Sold), 15, "reserved or sold differs from events",
            id);
        Must(stock.Available >= 0 && stock.Sold >= 0, 16, $"{stock.Available} available, {stock.Sold} sold", id);
        var all = stock.Reservations.Values;
        Must(all.All(r => r.Units > 0 && r.From.All(s => s.Units > 0)), 16, "an empty reservation", id);
        foreach (var shelf in stock.OnHand)
        {
            var kept = all.Sum(r => At(r.From, shelf.Location));
            Must(shelf.Units >= kept, 16, $"{shelf.Units} at {shelf.Location}, {kept} kept there", id);
            var aside = stock.Promotions.Sum(p => At(p.Aside, shelf.Location));
            Must(At(stock.Claimed, shelf.Location) == kept + aside, 16,
                $"{kept} and {aside} at {shelf.Location}, summed up wrongly", id);
        }
        Must(stock.Kept == all.Where(r => r.Until is null).Sum(r => r.Units) && stock.Left >= 0, 16,
            $"{stock.Kept} are kept for good, {stock.Left} left", id);
        var lapses = all.SelectMany(r => r.Until is { } until ? [new Lapse(until, r.Order)] : (Lapse[])[]);
        Must(stock.Lapses.SetEquals(lapses), 16, "what expires isn't what is listed to expire", id);
    }

    /// <summary>What is set aside for an instalment is what its plan says; for one that is over, nothing is.</summary>
    void LookAtInstalments(StockItemId id, StockItem.State stock)
    {
        foreach (var p in stock.Promotions.Where(p => p.Terms.For is not null))
        {
            var taken = p.Shares.Values.Sum(s => s.Units);
            Must(p.Left + p.Missing + taken == p.Terms.Units && p.Missing >= 0, 15,
                $"{p.Left} aside, {p.Missing} missing and {taken} taken are not the {p.Terms.Units} of an instalment",
                id);
            var plan = Known.States.GetValueOrDefault(new SupplyPlanId(id.Seller, p.Terms.Code));
            Must(plan is SupplyPlan.State.UnderWay { Ordered: var ordered, Aside: var aside }
                && ordered == taken && aside >= p.Left + taken, 16,
                $"{p.Left} are set aside for {p.Terms.Code}, which is {plan?.GetType().Name ?? "nothing"}", id);
        }
    }

    /// <inheritdoc/>
    public override void Finish()
    {
        if (!Known.IsAtRest) return;
        foreach (var (id, state) in Known.States)
            if (id is StockItemId item && state is StockItem.State stock) LookAtInstalments(item, stock);
        foreach (var (id, state) in Known.States)
            if (id is ListingId listing && state is Listing.State.Live live)
                foreach (var v in live.Offer.Variants)
                    Must(live.Memory.Gone.Contains(v.Sku) == (Known.States.GetValueOrDefault(
                        new StockItemId(listing.Seller, v.Sku)) is StockItem.State { Level: StockLevel.Out }), 16,
                        $"has not heard whether any {v.Sku} is left", id);
    }

    static int At(ImmutableArray<Shelf> shelves, string location) =>
        shelves.Sum(s => s.Location == location ? s.Units : 0);

    static long Units(ImmutableArray<Shelf> shelves) => shelves.Sum(s => (long)s.Units);

    /// <inheritdoc/>
    public override void After(long position, Turn turn)
    {
        foreach (var e in turn.Events)
            if (e.Id is StockItemId item && Known.States.GetValueOrDefault(item) is StockItem.State stock)
            {
                LookAtInstalments(item, stock);
                Must(stock.Missing.All(m => m.Units > 0 && At(stock.OnHand, m.Location) >= m.Units
                    && At(stock.Claimed, m.Location) == At(stock.OnHand, m.Location)), 16,
                    "what is missing could be sold again, or is more than there ever was", item);
                Must(stock.Missing.IsEmpty == stock.ShortOf.IsEmpty, 16, "somebody waits for what isn't missing", item);
            }
        foreach (var e in turn.Events)
            if (e is { Id: OrderId order, Event: Order.Event.Shipped }
                && Known.States.GetValueOrDefault(order) is Order.State.Dealt { Deal: var deal })
                foreach (var line in deal.Lines.GroupBy(l => l.Sku, l => l.Quantity))
                    Must(Sold(turn, new(order.Seller, line.Key), order) == line.Sum(), 15,
                        $"leaves with {line.Sum()} {line.Key}, and the books say otherwise", order);
    }

    static long Sold(Turn turn, StockItemId item, OrderId order) => turn.Events.Sum(e =>
        e.Event is StockItem.Event.Sold sold && e.Id.Equals(item) && sold.Order == order ? Units(sold.From) : 0);
}

/// <summary>Invariant 17: every reservation ends as sold or released, at the latest with its order.</summary>
public sealed class ReservationsEnd : Invariant
{
    readonly Dictionary<OrderId, Dictionary<StockItemId, long>> _kept = [];

    /// <inheritdoc/>
    public override void See(in Step step)
    {
        if (step is not { Id: StockItemId id, Event: StockItem.Event @event }) return;
        var (order, units) = @event switch
        {
            StockItem.Event.Reserved e => (e.Order, e.From.Sum(s => s.Units)),
            StockItem.Event.Released e => (e.Order, -e.To.Sum(s => s.Units)),
            StockItem.Event.Lapsed e   => (e.Order, -e.To.Sum(s => s.Units)),
            StockItem.Event.Sold e     => (e.Order, -e.From.Sum(s => s.Units)),
            StockItem.Event.Received or StockItem.Event.Corrected or StockItem.Event.Kept
                or StockItem.Event.AlertSet or StockItem.Event.Watched or StockItem.Event.LevelChanged
                or StockItem.Event.Promoted or StockItem.Event.PromotionEnded or StockItem.Event.Refilled
                or StockItem.Event.LimitSet or StockItem.Event.FoundShort or StockItem.Event.WrittenOff
                or StockItem.Event.MadeUp => (default(OrderId), 0),
        };
        if (units == 0) return;
        if (!_kept.TryGetValue(order, out var kept)) _kept[order] = kept = [];
        kept[id] = kept.GetValueOrDefault(id) + units;
        Must(kept[id] >= 0, 17, $"gives back more of {id} than was kept", order);
    }

    /// <inheritdoc/>
    public override void After(long position, Turn turn)
    {
        foreach (var e in turn.Events)
            if (e.Id is OrderId order && (OneEnd.IsEnd(e.Event) || e.Event is Order.Event.Shipped)
                && _kept.TryGetValue(order, out var kept))
                foreach (var (item, units) in kept)
                    Must(units == 0, 17, $"{units} of {item} are still kept after {e.Event.GetType().Name}", order);
    }

    /// <inheritdoc/>
    public override void Finish()
    {
        if (!Known.IsAtRest) return;
        foreach (var (id, state) in Known.States)
            if (state is StockItem.State { Reservations.Count: > 0 and var left })
                Wrong(17, $"{left} are never over", id);
    }
}
