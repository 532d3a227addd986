namespace Recourse.Catalog;

/// <summary>What sending one unit to a country costs.</summary>
/// <param name="Country">ISO 3166 alpha-2.</param>
/// <param name="Service">The way that is named; null: the seller's own.</param>
public sealed record WayPrice(string Country, string? Service, Money Price)
{
    /// <summary>Whether both are of one way.</summary>
    public bool IsOfSame(WayPrice other) => (Country, Service) == (other.Country, other.Service);
}

/// <summary>What a way to send it cost, the latest last.</summary>
public sealed record PastWays(string Country, string? Service, ImmutableArray<Money> Prices)
{
    /// <summary>Whether it is of that way.</summary>
    public bool IsOf(WayPrice way) => (Country, Service) == (way.Country, way.Service);
}

/// <summary>What a listing was sent for until that was changed, and what it was then.</summary>
/// <param name="Goods">Classes of goods with rules of their own; none: ordinary goods.</param>
/// <param name="Grams">Of one unit, packed; null: nobody knows.</param>
public sealed record SentBefore(
    string ShipsFrom, ImmutableArray<string> Goods, int? Grams, ImmutableArray<WayPrice> Ways);

/// <summary>What sending costs, where it looks wrong, and beside what.</summary>
/// <param name="Code">What it looks like.</param>
/// <param name="Low">The usual goes from here …</param>
/// <param name="High">… to there; in another currency if that is what is odd.</param>
/// <param name="Peers">What half of those who send such goods there ask less than; null: too little is known.</param>
/// <param name="Suggested">What was probably meant; null: nobody can tell.</param>
public sealed record WayDoubt(
    string Country, string? Service, Money Price, string Code, Money Low, Money High, Money? Peers, Money? Suggested)
{
    /// <summary>The way that it is of, and what it is to cost.</summary>
    public WayPrice Way => new(Country, Service, Price);

    /// <summary>The cost in percent of the nearer end of what is usual; 0: it is less than one.</summary>
    public long Percent => new PriceDoubt(default, "", Price, Code, Low, High, Peers, Suggested).Percent;
}

/// <summary>
/// Finds costs of sending that look wrong: beside what the same way cost before, else beside what others ask who send
/// such goods there. To send for nothing is never a slip.
/// </summary>
public static class ShippingGuard
{
    /// <summary>It is like the cost before with a zero too many.</summary>
    public const string ExtraZero = "shipping.extra-zero";

    /// <summary>It is like the cost before with the point in the wrong place.</summary>
    public const string MisplacedPoint = "shipping.misplaced-point";

    /// <summary>It departs from what it cost before.</summary>
    public const string FarFromOwn = "shipping.far-from-own";

    /// <summary>It departs from what others ask.</summary>
    public const string FarFromPeers = "shipping.far-from-peers";

    /// <summary>It looks like an amount in another currency.</summary>
    public const string WrongCurrency = "shipping.wrong-currency";

    const int Remembered = 6, MostWays = 500;

    // Where nobody knows what a thing weighs, so many percent of its price are no wonder: dear things tend to be large.
    const int UsualShare = 20;

    // In percent of what is usual: from here to there nothing is taken for a slip.
    const int OddFrom = 33, OddTo = 300;

    /// <summary>What each way to send an offer costs.</summary>
    public static IEnumerable<WayPrice> WaysOf(Offer offer) => offer.ShipsTo.IsDefault ? [] : offer.ShipsTo.SelectMany(
        d => d.Named.IsDefaultOrEmpty ? [new(d.Country, null, d.ShippingPerUnit)]
            : d.Named.Select(o => new WayPrice(d.Country, o.Service, o.PerUnit)));

    /// <summary>All costs of sending an offer that look wrong.</summary>
    /// <param name="rules">Null: editions from before there were any.</param>
    public static ImmutableArray<WayDoubt> Doubts(
        Offer offer, ImmutableArray<PastWays> past, PeerPrices? peers, GuardRules? rules) =>
        Doubts(offer, past, peers, rules, again: null);

    /// <summary>The same of what is shown already: a cost is compared with those before it.</summary>
    /// <param name="sure">What is known to be meant.</param>
    public static ImmutableArray<WayDoubt> DoubtsAgain(
        Offer offer, ImmutableArray<PastWays> past, ImmutableArray<WayPrice> sure, PeerPrices? peers,
        GuardRules? rules) => Doubts(offer, past, peers, rules, sure);

    static ImmutableArray<WayDoubt> Doubts(
        Offer offer, ImmutableArray<PastWays> past, PeerPrices? peers, GuardRules? rules,
        ImmutableArray<WayPrice>? again)
    {
        return rules is null ? [] : [.. WaysOf(offer).Where(w => w.Price.Minor > 0).Select(Look).OfType<WayDoubt>()];

        WayDoubt? Look(WayPrice way)
        {
            ImmutableArray<Money> own =
            [
                .. (past.FirstOrDefault(p => p.IsOf(way))?.Prices ?? [])
                    .Where(p => p.Currency == way.Price.Currency && p.Minor > 0),
            ];
            var lane = peers?.Lanes?.FirstOrDefault(l => (l.Country, l.Service) == (way.Country, way.Service));
            var band = lane?.Bands.FirstOrDefault(
                b => b.Median.Currency == way.Price.Currency && b.Count >= rules.FewestPeers);
            if (again is not { } sure)
                return !own.IsEmpty ? BesideOwn(way, own, band, rules) : BesidePeers(way, offer, band, lane, rules);
            if (sure.Contains(way)) return null;
            own = own.Remove(way.Price);
            if (!own.IsEmpty && BesideOwn(way, own, band, rules) is { } departs) return departs;
            return sure.Any(way.IsOfSame) || band is not null
                && own.Any(p => BesidePeers(way with { Price = p }, offer, band, lane, rules) is null) ? null
                : BesidePeers(way, offer, band, lane, rules);
        }
    }

    static WayDoubt? BesideOwn(WayPrice way, ImmutableArray<Money> own, PeerBand? band, GuardRules rules)
    {
        if (own.Contains(way.Price)) return null;
        var (low, high) = (own.MinBy(p => p.Minor), own.MaxBy(p => p.Minor));
        if (PriceGuard.Slip(way.Price.Minor, own[^1].Minor) is var zeros and not 0)
            return Doubt(way, zeros > 0 ? ExtraZero : MisplacedPoint, low, high, band,
                PriceGuard.Moved(way.Price, -zeros));
        return PriceGuard.IsWithin(way.Price.Minor, low.Minor, high.Minor, rules.OwnFrom, rules.OwnTo) ? null
            : Doubt(way, FarFromOwn, low, high, band, PriceGuard.Meant(way.Price, low.Minor, high.Minor));
    }

    static WayDoubt? BesidePeers(WayPrice way, Offer offer, PeerBand? band, LanePeers? lane, GuardRules rules)
    {
        if (band is null) return null;
        var (price, low, high) = (way.Price.Minor, band.Low.Minor, band.High.Minor);
        var meant = PriceGuard.Meant(way.Price, low, high);
        // Ways differ by more than prices do; what a moved point would make usual is odd all the same.
        if (PriceGuard.IsWithin(price, low, high, rules.PeersFrom, rules.PeersTo)
            && (meant is null || PriceGuard.IsWithin(price, low, high, OddFrom, OddTo))) return null;
        if (offer.Unit is null && way.Price.Minor > band.High.Minor && offer.Variants.All(
            v => (Int128)way.Price.Minor * 100 <= (Int128)v.Price.Minor * UsualShare)) return null;
        if (lane!.Bands.FirstOrDefault(b => b.Count >= rules.FewestPeers && b.Low.Currency != way.Price.Currency
            && PriceGuard.IsBetween(way.Price, b)) is { } other)
            return Doubt(way, WrongCurrency, other.Low, other.High, band, null);
        return Doubt(way, meant is null ? FarFromPeers
            : meant.Value.Minor < way.Price.Minor ? ExtraZero : MisplacedPoint, band.Low, band.High, band, meant);
    }

    static WayDoubt Doubt(WayPrice way, string code, Money low, Money high, PeerBand? band, Money? suggested) =>
        new(way.Country, way.Service, way.Price, code, low, high, band?.Median, suggested);

    /// <summary>What sending cost, with what it costs now; of each way so many costs as matter.</summary>
    internal static ImmutableArray<PastWays> Remember(ImmutableArray<PastWays> past, Offer offer)
    {
        var all = past.ToBuilder();
        ImmutableArray<WayPrice> now = [.. WaysOf(offer)];
        foreach (var way in now)
        {
            var at = past.IndexOf(past.FirstOrDefault(p => p.IsOf(way))!);
            if (at < 0) all.Add(new(way.Country, way.Service, [way.Price]));
            else if (all[at].Prices[^1] != way.Price)
                all[at] = all[at] with
                {
                    Prices = [.. all[at].Prices.Where(p => p != way.Price).TakeLast(Remembered - 1), way.Price],
                };
        }
        for (var i = 0; i < all.Count && all.Count > MostWays;)
            if (now.All(w => !all[i].IsOf(w))) all.RemoveAt(i);
            else i++;
        return all.ToImmutable();
    }
}
