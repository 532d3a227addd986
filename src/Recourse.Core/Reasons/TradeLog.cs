using Recourse.Catalog;
using Recourse.Inventory;
using Recourse.Orders;
namespace Recourse.Reasons;

/// <summary>A platform's own log, as the finder of false reasons reads it.</summary>
/// <param name="Points">Prices as they were shown, and units that were free for orders.</param>
/// <param name="Currencies">Of each item's prices.</param>
public sealed record TradeLog(
    ImmutableArray<ItemPoint> Points, ImmutableArray<Dealing> Dealings,
    ImmutableDictionary<Item, Currency> Currencies)
{
    /// <summary>An item's price, as it is told.</summary>
    public Value Show(Item item, long price) =>
        Currencies.TryGetValue(item, out var currency) ? new Money(price, currency) : price;

    /// <summary>Every flag of it.</summary>
    public ImmutableArray<ReasonFlag> Flags(FinderRules rules) => FalseReasons.Find(Points, Dealings, rules, Show);

    /// <summary>What a log comes to; of other kinds it takes nothing.</summary>
    public static TradeLog Of(IEnumerable<Recorded> log)
    {
        var reading = new Reading();
        foreach (var recorded in log)
        {
            switch (recorded)
            {
                case { Id: ListingId id, Event: Listing.Event e }: reading.Hear(id, e, recorded.At); break;
                case { Id: StockItemId id, Event: StockItem.Event e }: reading.Hear(id, e, recorded.At); break;
                case { Id: OrderId id, Event: Order.Event e }: reading.Hear(id, e, recorded.At); break;
            }
        }
        return reading.Done();
    }

    sealed class Reading
    {
        readonly List<ItemPoint> _points = [];
        readonly Dictionary<Item, Currency> _currencies = [];
        readonly Dictionary<ListingId, Offer> _held = [];
        readonly Dictionary<Item, long> _free = [];
        readonly Dictionary<(string Order, Item Item), Dealing> _open = [];
        readonly Dictionary<string, ImmutableArray<Item>> _itemsOf = [];
        readonly List<Dealing> _ended = [];

        public void Hear(ListingId id, Listing.Event e, Instant at)
        {
            switch (e)
            {
                case Listing.Event.Published p: Shown(id, p.Offer, at); break;
                case Listing.Event.Revised r: Shown(id, r.Offer, at); break;
                case Listing.Event.PriceHeld h: _held[id] = h.Offer; break;
                case Listing.Event.PriceConfirmed when _held.Remove(id, out var offer): Shown(id, offer, at); break;
            }
        }

        void Shown(ListingId id, Offer offer, Instant at)
        {
            foreach (var v in offer.Variants)
            {
                var item = new Item(id.Seller.Code, v.Sku.Code);
                _currencies[item] = v.Price.Currency;
                _points.Add(new(item, at, v.Price.Minor, null));
            }
        }

        // Free: neither kept for an order nor set aside. What an order gives up is free at that very instant.
        public void Hear(StockItemId id, StockItem.Event e, Instant at)
        {
            var by = e switch
            {
                StockItem.Event.Received r       => r.Units,
                StockItem.Event.Corrected c      => c.Units - c.Was,
                StockItem.Event.WrittenOff w     => -w.Units,
                StockItem.Event.Reserved r       => r.Claim is null ? -Units(r.From) : 0,
                StockItem.Event.Released r       => Units(r.To),
                StockItem.Event.Lapsed l         => Units(l.To),
                StockItem.Event.Promoted p       => -Units(p.Aside),
                StockItem.Event.PromotionEnded p => Units(p.Back),
                StockItem.Event.Refilled r       => -Units(r.Aside),
                _ => 0,
            };
            if (by == 0) return;
            var item = new Item(id.Seller.Code, id.Sku.Code);
            _free[item] = _free.GetValueOrDefault(item) + by;
            _points.Add(new(item, at, null, Math.Max(0, _free[item])));
        }

        static int Units(ImmutableArray<Shelf> shelves) => shelves.Sum(s => s.Units);

        public void Hear(OrderId id, Order.Event e, Instant at)
        {
            switch (e)
            {
                case Order.Event.Placed p: Placed(id, p.Deal, at); break;
                case Order.Event.Funded: Pay(id); break;
                case Order.Event.Reduced r: Give(id, r, at); break;
                case Order.Event.Cancelled c: Give(id, c, at); break;
                case Order.Event.Lost l: Give(id, l, at); break;
            }
        }

        void Placed(OrderId id, Deal deal, Instant at)
        {
            foreach (var same in deal.Lines.GroupBy(l => new Item(id.Seller.Code, l.Sku.Code)))
            {
                _currencies[same.Key] = deal.Currency;
                _open[($"{id}", same.Key)] = new(
                    $"{id}", same.Key, same.Sum(l => l.Quantity), same.Min(l => l.PriceBefore.Minor), deal.Country, at,
                    null, null, IsKnown: false);
            }
            _itemsOf[$"{id}"] = [.. deal.Lines.Select(l => new Item(id.Seller.Code, l.Sku.Code)).Distinct()];
        }

        void Pay(OrderId id)
        {
            if (!_itemsOf.Remove($"{id}", out var items)) return;
            foreach (var item in items)
                if (_open.TryGetValue(($"{id}", item), out var open)) _open[($"{id}",
                    item)] = open with { IsKnown = true };
        }

        void Give(OrderId id, Order.Event.Settled e, Instant at)
        {
            var reason = e.Why.By == new DecidedBy.Person(Party.Seller) && e.Settlement.IsPaid
                ? SellerReason.Of(e.Why.Code) : null;
            foreach (var same in e.Settlement.Lines.GroupBy(l => new Item(id.Seller.Code, l.Sku.Code)))
            {
                var key = ($"{id}", same.Key);
                if (!_open.TryGetValue(key, out var open)) continue;
                var units = Math.Min(open.Quantity, same.Sum(l => (long)l.Quantity));
                _ended.Add(open with { Quantity = units, EndedAt = at, Reason = reason });
                if (units == open.Quantity) _open.Remove(key);
                else _open[key] = open with { Quantity = open.Quantity - units };
            }
        }

        public TradeLog Done() =>
            new([.. _points], [.. _ended, .. _open.Values], _currencies.ToImmutableDictionary());
    }
}
