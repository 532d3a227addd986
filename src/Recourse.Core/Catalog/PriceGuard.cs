namespace Recourse.Catalog;

/// <summary>A price for one variant.</summary>
public sealed record SkuPrice(Sku Sku, Money Price);

/// <summary>What a variant was offered at, the latest last.</summary>
public sealed record PastPrices(Sku Sku, ImmutableArray<Money> Prices);

/// <summary>What a listing cost until it was changed.</summary>
public sealed record PricedBefore(string Category, ImmutableArray<Money> Prices);

/// <summary>A price that looks wrong, and beside what.</summary>
/// <param name="Code">What it looks like.</param>
/// <param name="Low">The usual goes from here …</param>
/// <param name="High">… to there; in another currency if that is what is odd.</param>
/// <param name="Peers">What half of its category costs less than; null: too little is known.</param>
/// <param name="Suggested">What was probably meant; null: nobody can tell.</param>
public sealed record PriceDoubt(
    Sku Sku, string Title, Money Price, string Code, Money Low, Money High, Money? Peers, Money? Suggested)
{
    /// <summary>The price in percent of the nearer end of what is usual; 0: it is less than one.</summary>
    public long Percent => Price.Currency != Low.Currency ? 100
        : (long)Int128.Min((Int128)Price.Minor * 100 / Math.Max(1, Price.Minor < Low.Minor ? Low.Minor : High.Minor),
            1_000_000_000);
}

/// <summary>
/// Finds prices that look wrong: beside what the variant cost before, else beside the other variants and what others
/// ask in its category. Slips of a zero or a point and a wrong currency are told apart from what is merely unusual.
/// </summary>
public static class PriceGuard
{
    /// <summary>It is like the price before with a zero too many.</summary>
    public const string ExtraZero = "price.extra-zero";

    /// <summary>It is like the price before with the point in the wrong place.</summary>
    public const string MisplacedPoint = "price.misplaced-point";

    /// <summary>It departs from what it cost before.</summary>
    public const string FarFromOwn = "price.far-from-own";

    /// <summary>It departs from what others ask.</summary>
    public const string FarFromPeers = "price.far-from-peers";

    /// <summary>It looks like an amount in another currency.</summary>
    public const string WrongCurrency = "price.wrong-currency";

    const int Remembered = 12, MostVariants = 200, MostZeros = 3;

    /// <summary>All prices of an offer that look wrong.</summary>
    public static ImmutableArray<PriceDoubt> Doubts(
        Offer offer, ImmutableArray<PastPrices> past, PeerPrices? peers, GuardRules rules) =>
        Doubts(offer, past, peers, rules, again: null);

    /// <summary>The same of what is shown already: a price is compared with those before it.</summary>
    /// <param name="sure">Prices that are known to be meant.</param>
    public static ImmutableArray<PriceDoubt> DoubtsAgain(
        Offer offer, ImmutableArray<PastPrices> past, ImmutableArray<SkuPrice> sure, PeerPrices? peers,
        GuardRules rules) => Doubts(offer, past, peers, rules, sure);

    static ImmutableArray<PriceDoubt> Doubts(
        Offer offer, ImmutableArray<PastPrices> past, PeerPrices? peers, GuardRules rules,
        ImmutableArray<SkuPrice>? again)
    {
        var band = offer.Variants.IsEmpty || peers?.Category != offer.Category ? null
            : peers.In(offer.Variants[0].Price.Currency, rules.FewestPeers);
        return
        [
            .. offer.Variants.Select(v => again is { } sure ? LookAgain(v, sure) : Look(v)).OfType<PriceDoubt>(),
        ];

        PriceDoubt? LookAgain(Variant v, ImmutableArray<SkuPrice> sure)
        {
            if (sure.Contains(new(v.Sku, v.Price))) return null;
            ImmutableArray<Money> own =
                [.. (past.FirstOrDefault(p => p.Sku == v.Sku)?.Prices ?? [])
                    .Where(p => p.Currency == v.Price.Currency && p != v.Price)];
            if (!own.IsEmpty && BesideOwn(v, own, band, rules) is { } departs) return departs;
            // What once was usual and grew from there step by step is its seller's affair, and so is what they meant.
            return sure.Any(s => s.Sku == v.Sku) || own.Any(p => BesidePeers(v with { Price = p }, band, peers, rules)
                is null && band is not null) ? null
                : BesidePeers(v, band, peers, rules) ?? (own.IsEmpty ? BesideVariants(v, offer, band) : null);
        }

        PriceDoubt? Look(Variant v)
        {
            var before = past.FirstOrDefault(p => p.Sku == v.Sku)?.Prices ?? [];
            ImmutableArray<Money> own = [.. before.Where(p => p.Currency == v.Price.Currency)];
            if (!own.IsEmpty) return BesideOwn(v, own, band, rules);
            // Of a listing in another currency so far, nothing can be compared: its seller says that it is meant so.
            if (!past.IsEmpty && past.All(p => p.Prices.All(q => q.Currency != v.Price.Currency)))
            {
                var was = (before.IsEmpty ? past[0].Prices : before)[^1];
                return Doubt(v, WrongCurrency, was, was, band, null);
            }
            return BesidePeers(v, band, peers, rules) ?? BesideVariants(v, offer, band);
        }
    }

    static PriceDoubt? BesideOwn(Variant v, ImmutableArray<Money> own, PeerBand? band, GuardRules rules)
    {
        if (own.Contains(v.Price)) return null;
        var (low, high) = (own.MinBy(p => p.Minor), own.MaxBy(p => p.Minor));
        if (Slip(v.Price.Minor, own[^1].Minor) is var zeros and not 0)
            return Doubt(v, zeros > 0 ? ExtraZero : MisplacedPoint, low, high, band, Moved(v.Price, -zeros));
        return IsWithin(v.Price.Minor, low.Minor, high.Minor, rules.OwnFrom, rules.OwnTo) ? null
            : Doubt(v, FarFromOwn, low, high, band, Meant(v.Price, low.Minor, high.Minor));
    }

    static PriceDoubt? BesidePeers(Variant v, PeerBand? band, PeerPrices? peers, GuardRules rules)
    {
        if (band is null
            || IsWithin(v.Price.Minor, band.Low.Minor, band.High.Minor, rules.PeersFrom, rules.PeersTo)) return null;
        if (peers!.Bands.FirstOrDefault(b => b.Count >= rules.FewestPeers && b.Low.Currency != v.Price.Currency
            && IsBetween(v.Price, b)) is { } other)
            return Doubt(v, WrongCurrency, other.Low, other.High, band, null);
        var meant = Meant(v.Price, band.Low.Minor, band.High.Minor);
        return Doubt(v, meant is null ? FarFromPeers : meant.Value.Minor < v.Price.Minor ? ExtraZero : MisplacedPoint,
            band.Low, band.High, band, meant);
    }

    static PriceDoubt? BesideVariants(Variant v, Offer offer, PeerBand? band)
    {
        Money[] others = [.. offer.Variants.Where(o => o.Sku != v.Sku).Select(o => o.Price).OrderBy(p => p.Minor)];
        if (others.Length == 0) return null;
        var middle = others[(others.Length - 1) / 2];
        return Slip(v.Price.Minor, middle.Minor) is var zeros and not 0
            ? Doubt(v, zeros > 0 ? ExtraZero : MisplacedPoint, others[0], others[^1], band, Moved(v.Price, -zeros))
            : null;
    }

    static PriceDoubt Doubt(Variant v, string code, Money low, Money high, PeerBand? band, Money? suggested) =>
        new(v.Sku, v.Title, v.Price, code, low, high, band?.Median, suggested);

    internal static bool IsWithin(long price, long low, long high, int fromPercent, int toPercent) =>
        (Int128)price * 100 >= (Int128)low * fromPercent && (Int128)price * 100 <= (Int128)high * toPercent;

    /// <summary>Whether the number itself, whatever its currency, would be usual in another one.</summary>
    internal static bool IsBetween(Money price, PeerBand other)
    {
        var number = (Int128)price.Minor * Ten(other.Low.Currency.Decimals);
        var per = Ten(price.Currency.Decimals);
        return number >= (Int128)other.Low.Minor * per && number <= (Int128)other.High.Minor * per;
    }

    /// <summary>By how many zeros two amounts differ, to a hundredth; 0: by something else.</summary>
    internal static int Slip(long price, long before)
    {
        for (var zeros = 1; zeros <= MostZeros; zeros++)
        {
            if (IsNear(price, (Int128)before * Ten(zeros))) return zeros;
            if (IsNear((Int128)price * Ten(zeros), before)) return -zeros;
        }
        return 0;

        static bool IsNear(Int128 a, Int128 b) => Int128.Abs(a - b) * 100 <= b;
    }

    /// <summary>The amount with its point moved to where it is usual; null: it doesn't come there so.</summary>
    internal static Money? Meant(Money price, long low, long high)
    {
        for (var zeros = 1; zeros <= MostZeros; zeros++)
            foreach (var by in (int[])[-zeros, zeros])
                if (Moved(price, by) is { } moved && moved.Minor >= low && moved.Minor <= high) return moved;
        return null;
    }

    /// <summary>Null: it would have no such amount.</summary>
    internal static Money? Moved(Money price, int zeros)
    {
        var minor = zeros > 0 ? (Int128)price.Minor * Ten(zeros) : price.Minor / (Int128)Ten(-zeros);
        return minor < 1 || minor > Money.Most || price.Currency.Decimals == 3 && minor % 10 != 0 ? null
            : new((long)minor, price.Currency);
    }

    static long Ten(int zeros)
    {
        var power = 1L;
        for (; zeros > 0; zeros--) power *= 10;
        return power;
    }

    /// <summary>What was offered, with what is offered now; of each variant so many prices as matter.</summary>
    internal static ImmutableArray<PastPrices> Remember(ImmutableArray<PastPrices> past, Offer offer)
    {
        var all = past.ToBuilder();
        foreach (var v in offer.Variants)
        {
            var at = past.IndexOf(past.FirstOrDefault(p => p.Sku == v.Sku)!);
            if (at < 0) all.Add(new(v.Sku, [v.Price]));
            else if (all[at].Prices[^1] != v.Price)
                all[at] = new(v.Sku,
                    [.. all[at].Prices.Where(p => p != v.Price).TakeLast(Remembered - 1), v.Price]);
        }
        for (var i = 0; i < all.Count && all.Count > MostVariants;)
            if (offer.Variants.All(v => v.Sku != all[i].Sku)) all.RemoveAt(i);
            else i++;
        return all.ToImmutable();
    }
}
