namespace Recourse.Reasons;

public static partial class FalseReasons
{
    sealed partial class Look
    {
        const int FewestSold = 5;

        readonly record struct Spell(Instant From, Instant To, long Price)
        {
            public long Length => (To - From).BclCompatibleTicks;
        }

        /// <summary>What is normal for the item around an order; null: too little is known.</summary>
        (long Low, long High)? NormalOf(Dealing d)
        {
            var at = d.EndedAt!.Value;
            var (from, to) = (d.Placed - rules.NormalWithin, Instant.Min(until, at + rules.DearerWithin));
            var spells = SpellsIn(from, to);
            if (spells.Count == 0) return NormalOfSold(d, from, to);
            var slip = SlipOf(d, spells);
            var all = spells.Where(s => !slip.Contains(s)).OrderBy(s => s.Price).ToList();
            if (all.Count == 0) return null;
            // Other slips are no more normal than this one.
            var usual = At(all, 50);
            var meant = all.Where(s => 10 * (Int128)s.Price >= 6 * (Int128)usual
                && 6 * (Int128)s.Price <= 10 * (Int128)usual).ToList();
            return (rules.Lowest(At(meant, 10)), rules.Highest(At(meant, 90)));
        }

        /// <summary>The price below which an item stood for that share of the time, in hundredths.</summary>
        static long At(List<Spell> sorted, int hundredths)
        {
            var left = sorted.Aggregate(Int128.Zero, (sum, s) => sum + s.Length) * hundredths / 100;
            foreach (var spell in sorted)
                if ((left -= spell.Length) <= 0) return spell.Price;
            return sorted[^1].Price;
        }

        List<Spell> SpellsIn(Instant from, Instant to)
        {
            List<Spell> spells = [];
            for (var i = Math.Max(0, item.PriceBy(from)); i < item.Prices.Length && item.Prices[i].At < to; i++)
            {
                var end = i + 1 < item.Prices.Length ? Instant.Min(item.Prices[i + 1].At, to) : to;
                var start = Instant.Max(item.Prices[i].At, from);
                if (end > start) spells.Add(new(start, end, item.Prices[i].Price));
            }
            return spells;
        }

        /// <summary>The stretch of about the order's price in which it was placed, if it was too short to be meant.
        /// </summary>
        HashSet<Spell> SlipOf(Dealing d, List<Spell> spells)
        {
            var here = spells.FindLastIndex(s => s.From <= d.Placed);
            if (here < 0 || !IsAbout(spells[here])) return [];
            var (first, last) = (here, here);
            while (first > 0 && IsAbout(spells[first - 1])) first--;
            while (last + 1 < spells.Count && IsAbout(spells[last + 1])) last++;
            return spells[last].To - spells[first].From > rules.SlipUpTo ? [] : [.. spells[first..(last + 1)]];

            bool IsAbout(Spell s) => s.Price >= rules.Lowest(d.Price) && s.Price <= rules.Highest(d.Price);
        }

        /// <summary>By what it was sold for, where nothing says what it was offered at.</summary>
        (long Low, long High)? NormalOfSold(Dealing d, Instant from, Instant to)
        {
            var sold = item.PlacedIn(from, to).Where(o => o.Went).Select(o => o.Price).Order().ToList();
            return sold.Count < FewestSold ? null
                : (rules.Lowest(sold[sold.Count / 10]), rules.Highest(sold[^(1 + sold.Count / 10)]));
        }

        /// <summary>Orders at the old price that were cancelled one after the other once it had risen.</summary>
        Dictionary<Dealing, ReasonFlag> Waves(List<Dealing> off)
        {
            Dictionary<Dealing, ReasonFlag> flags = [];
            if (off.Count < rules.WaveFrom) return flags;
            for (var i = 1; i < item.Prices.Length; i++)
            {
                var (riseAt, now) = item.Prices[i];
                var was = item.Prices[i - 1].Price;
                if (!rules.IsDearer(now, was)) continue;
                var wave = off.Where(d => d.Placed < riseAt && d.EndedAt >= riseAt
                    && d.EndedAt <= riseAt + rules.WaveWithin && rules.IsDearer(now, d.Price)
                        && MayBeFalse(d)).ToList();
                if (!IsWave(wave, off, riseAt)) continue;
                foreach (var d in wave)
                    flags.TryAdd(d, Flag(d, SellerReason.Wave, ("price", show(d.Price)), ("rose", riseAt),
                        ("roseTo", show(now)), ("cancellations", wave.Count)));
            }
            return flags;
        }

        bool IsWave(List<Dealing> wave, List<Dealing> off, Instant riseAt)
        {
            if (wave.Count < rules.WaveFrom) return false;
            // A way that closes takes all orders of one country with it.
            if (wave.TrueForAll(d => d.Reason is SellerReason.CannotShip)
                && wave.Select(d => d.Country).Distinct().Count() == 1) return false;
            var before = off.Count(d => d.EndedAt < riseAt && d.EndedAt >= riseAt - 4 * rules.WaveWithin
                && MayBeFalse(d));
            return 4 * wave.Count >= rules.WaveTimes * before
                || item.PlacedIn(wave[0].Placed, riseAt).Count(o => o.Went) <= wave.Count;
        }

        /// <summary>Whether its reason may be made up: an empty shelf and a slip of the price are none.</summary>
        bool MayBeFalse(Dealing d) => d.Reason switch
        {
            SellerReason.PriceError => NormalOf(d) is not { } normal || d.Price >= normal.Low,
            SellerReason.OutOfStock => item.StockBy(d.EndedAt!.Value) is not (var i and >= 0)
                || item.Stocks[i].Units >= d.Quantity && !IsFoundEmpty(d, i)
                || SoldDearer(d) is not null,
            _ => true,
        };
    }
}
