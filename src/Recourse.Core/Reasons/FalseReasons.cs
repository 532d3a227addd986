namespace Recourse.Reasons;

/// <summary>
/// Finds sellers' reasons that facts speak against: by rule, from what was recorded. Where a fact is missing or two of
/// them contradict each other, the seller is believed.
/// </summary>
public static partial class FalseReasons
{
    /// <summary>Every flag of a history, in the order of cancellations.</summary>
    /// <param name="show">How a price is told.</param>
    public static ImmutableArray<ReasonFlag> Find(
        IEnumerable<ItemPoint> points, IEnumerable<Dealing> dealings, FinderRules rules,
        Func<Item, long, Value> show)
    {
        var (all, known) = (dealings.ToList(), points.ToList());
        if (all.Count == 0) return [];
        var until = all.SelectMany(d => (Instant[])[d.Placed, d.EndedAt ?? d.Placed])
            .Concat(known.Select(p => p.At)).Max();
        var (pointsOf, ways) = (known.ToLookup(p => p.Item), all.ToLookup(d => (d.Item.Seller, d.Country)));
        List<(Item Of, ItemHistory History)> items =
        [
            .. from same in all.GroupBy(d => d.Item)
               where same.Any(d => d.IsOff)
               select (same.Key, new ItemHistory(pointsOf[same.Key], same)),
        ];
        var isTaken = FallsByOrders(items.Select(i => i.History));
        var found =
            from item in items
            from flag in new Look(item.History, ways, rules, price => show(item.Of, price), until, isTaken).All()
            orderby flag.At, flag.Flag.Order, flag.Flag.Code
            select flag.Flag;
        return [.. found];
    }

    /// <summary>One item of a history, looked at.</summary>
    sealed partial class Look(
        ItemHistory item, ILookup<(string, string), Dealing> ways, FinderRules rules, Func<long, Value> show,
        Instant until, bool isTaken)
    {
        const int Nearest = 3;

        public IEnumerable<(Instant At, ReasonFlag Flag)> All()
        {
            var off = item.Dealings.Where(d => d.IsOff).ToList();
            var waves = Waves(off);
            foreach (var d in off)
            {
                IEnumerable<ReasonFlag?> flags = d.Reason switch
                {
                    SellerReason.OutOfStock => [HadEnough(d), SoldDearer(d)],
                    SellerReason.CannotShip => [OthersGoThere(d)],
                    SellerReason.PriceError => [NormalPrice(d)],
                    _ => [],
                };
                foreach (var flag in flags.Append(waves.GetValueOrDefault(d)))
                    if (flag is not null) yield return (d.EndedAt!.Value, flag);
            }
        }

        static ReasonFlag Flag(Dealing d, string code, params ImmutableArray<Named> facts) => new(
            d.Order, d.Item, d.Reason!, code,
            [("sku", d.Item.Sku), ("quantity", d.Quantity), ("cancelled", d.EndedAt!.Value), .. facts],
            d.EndedAt.Value);

        /// <summary>Ordered, or offered with units on hand, at a price that much higher than the order's.</summary>
        ReasonFlag? SoldDearer(Dealing d)
        {
            var (at, last) = (d.EndedAt!.Value, d.EndedAt.Value + rules.DearerWithin);
            // What was off the listed price then doesn't make the listed price dearer now.
            var before = Math.Max(d.Price, item.PriceAt(d.Placed) ?? 0);
            var sold = item.PlacedIn(at, last).FirstOrDefault(
                o => o.Order != d.Order && !o.IsOff && rules.IsDearer(o.Price, before));
            if (sold is not null)
                return Flag(d, SellerReason.SoldDearer, ("price", show(d.Price)), ("soldFor", show(sold.Price)),
                    ("soldAt", sold.Placed), ("to", "ordered"));
            var (price, stock) = (item.PriceAt(at), item.StockBy(at) is var i and >= 0 ? item.Stocks[i].Units
                : (long?)null);
            foreach (var p in item.PointsIn(at, last))
            {
                (price, stock) = (p.Price ?? price, p.Stock ?? stock);
                if (stock >= 1 && price is { } now && rules.IsDearer(now, before))
                    return Flag(d, SellerReason.SoldDearer, ("price", show(d.Price)), ("soldFor", show(now)),
                        ("soldAt", p.At), ("to", "offered"));
            }
            return null;
        }

        /// <summary>
        /// Those next to it in time, before and after, must have gone: a way that closes takes all with it. Where none
        /// came after it, the seller must have sent other things there.
        /// </summary>
        ReasonFlag? OthersGoThere(Dealing d)
        {
            if (d.Country is "") return null;
            var (from, to) = (d.Placed - rules.GoesWithin, d.EndedAt!.Value + rules.GoesWithin);
            var same = item.OfTheWay(d.Country, from, to).Where(o => o != d).ToList();
            var earlier = same.Where(o => o.Placed < d.Placed).TakeLast(Nearest).Reverse().ToList();
            var later = same.Where(o => o.Placed >= d.Placed).Take(Nearest).ToList();
            if (!MostWent(earlier) || !MostWent(later)) return null;
            if (later.Count == 0 && (earlier.Count == 0 || d.Placed - earlier[0].Placed > rules.GoesWithin / 3
                || !IsOpenAfter(d, to))) return null;
            var shown = later.Concat(earlier).First(o => o.Went);
            return Flag(d, SellerReason.OthersGoThere, ("country", d.Country), ("others", same.Count(o => o.Went)),
                ("other", shown.Order), ("otherPlaced", shown.Placed));
        }

        static bool MostWent(List<Dealing> some) => some.Count == 0 || 2 * some.Count(o => o.Went) > some.Count;

        /// <summary>Whether most of what the seller sold to there afterwards went.</summary>
        bool IsOpenAfter(Dealing d, Instant to) => ways[(d.Item.Seller, d.Country)]
            .Where(o => o != d && o.Placed >= d.Placed && o.Placed <= to && o.IsOfTheWay).ToList()
            is { Count: > 0 } later && MostWent(later);

        /// <summary>What others were asked for it, with the slip itself left out.</summary>
        ReasonFlag? NormalPrice(Dealing d) => NormalOf(d) is { } normal && d.Price >= normal.Low
            && d.Price <= normal.High
            ? Flag(d, SellerReason.NormalPrice, ("price", show(d.Price)), ("low", show(normal.Low)),
                ("high", show(normal.High))) : null;
    }
}
