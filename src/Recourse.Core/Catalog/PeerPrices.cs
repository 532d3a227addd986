namespace Recourse.Catalog;

/// <summary>What is asked for goods of a category, in one currency.</summary>
/// <param name="Count">Of so many variants.</param>
/// <param name="Low">One in twenty costs less.</param>
/// <param name="Median">As many cost less as cost more.</param>
/// <param name="High">One in twenty costs more.</param>
public sealed record PeerBand(int Count, Money Low, Money Median, Money High);

/// <summary>What is asked for goods of a category, by currency, and for sending such goods.</summary>
/// <param name="Lanes">What others ask for each way to send it; null: nobody knows.</param>
public sealed record PeerPrices(
    string Category, ImmutableArray<PeerBand> Bands, ImmutableArray<LanePeers>? Lanes = null)
{
    /// <summary>In that currency, if enough are known to say what is usual.</summary>
    public PeerBand? In(Currency currency, int fewest) =>
        Bands.FirstOrDefault(b => b.Median.Currency == currency && b.Count >= fewest);
}

/// <summary>So many prices within a step of the scale.</summary>
/// <param name="Step">See <see cref="PriceScale"/>.</param>
public sealed record PriceCount(int Step, int Count);

/// <summary>Amounts in steps that grow with them: eight for each doubling, so that a step is an eighth wide at most.
/// </summary>
public static class PriceScale
{
    const int PerDoubling = 8, Bits = 3;

    /// <summary>The step that an amount of at least one minor unit falls into.</summary>
    public static int StepOf(long minor)
    {
        var doublings = 63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)Math.Max(1, minor));
        var within = doublings >= Bits ? minor >> (doublings - Bits) : minor << (Bits - doublings);
        return doublings * PerDoubling + (int)(within & (PerDoubling - 1));
    }

    /// <summary>The least amount of a step.</summary>
    public static long LeastOf(int step)
    {
        var (doublings, within) = (step / PerDoubling, PerDoubling + step % PerDoubling);
        if (doublings >= Bits) return (long)within << (doublings - Bits);
        var divisor = 1 << (Bits - doublings);
        return (within + divisor - 1) / divisor;
    }

    /// <summary>The greatest amount of a step.</summary>
    public static long MostOf(int step) => Math.Max(LeastOf(step), LeastOf(step + 1) - 1);

    /// <summary>Counts with some more, or fewer; never below none.</summary>
    public static ImmutableArray<PriceCount> Plus(ImmutableArray<PriceCount> counts, IEnumerable<long> minors, int by)
    {
        var all = counts.ToDictionary(c => c.Step, c => c.Count);
        foreach (var minor in minors) all[StepOf(minor)] = all.GetValueOrDefault(StepOf(minor)) + by;
        return [.. all.Where(c => c.Value > 0).OrderBy(c => c.Key).Select(c => new PriceCount(c.Key, c.Value))];
    }

    /// <summary>What is usual; null: nothing is known.</summary>
    public static PeerBand? BandOf(ImmutableArray<PriceCount> counts, Currency currency)
    {
        var all = counts.Sum(c => c.Count);
        if (all == 0) return null;
        var middle = At((all - 1) / 2);
        return new(all, new(LeastOf(At(all / 20)), currency),
            new((LeastOf(middle) + MostOf(middle)) / 2, currency), new(MostOf(At(all - 1 - all / 20)), currency));

        int At(int nth)
        {
            foreach (var count in counts)
                if ((nth -= count.Count) < 0) return count.Step;
            return counts[^1].Step;
        }
    }
}

/// <summary>What is on offer in a category and currency, counted by price.</summary>
public sealed record PriceBandRow(string Category, string Currency, ImmutableArray<PriceCount> Counts);

/// <summary>
/// What goods of a category cost. A price counts from when it is shown until it is changed; one that is held doesn't.
/// </summary>
public static class PriceBands
{
    /// <summary>Those of a category, by currency, the most used first.</summary>
    public const string ByCategory = "category";

    /// <summary>The view.</summary>
    public static readonly View<PriceBandRow> View = new()
    {
        Name = "price-bands", Version = 1,
        Hears = [typeof(Listing.Event.Published), typeof(Listing.Event.Revised)],
        Keys = r => Changes(r).Select(c => c.Key).Distinct(), Fold = Fold,
        Index = (_, row) => [new(ByCategory, row.Category, $"{row.Counts.Sum(c => c.Count):D9}")],
    };

    static PriceBandRow? Fold(string key, PriceBandRow? row, Recorded recorded)
    {
        var counts = row?.Counts ?? [];
        foreach (var change in Changes(recorded).Where(c => c.Key == key))
            counts = PriceScale.Plus(counts, change.Minors, change.By);
        return counts.IsEmpty ? null : key.Split('/') is [var category, var currency]
            ? new(category, currency, counts) : row;
    }

    static IEnumerable<(string Key, int By, IEnumerable<long> Minors)> Changes(Recorded recorded) =>
        recorded.Event switch
        {
            Listing.Event.Published e => Of(e.Offer.Category, e.Offer.Variants.Select(v => v.Price), 1),
            Listing.Event.Revised { Before: { } before } e =>
                Of(before.Category, before.Prices, -1)
                    .Concat(Of(e.Offer.Category, e.Offer.Variants.Select(v => v.Price), 1)),
            Listing.Event.PriceHeld { Meanwhile: Meanwhile.Hidden } e =>
                Of(e.Offer.Category, e.Offer.Variants.Select(v => v.Price), -1),
            Listing.Event.GoodsHeld { Meanwhile: Meanwhile.Hidden } e =>
                Of(e.Offer.Category, e.Offer.Variants.Select(v => v.Price), -1),
            Listing.Event.HoldLapsed { Out: { } offer } => Of(offer.Category, offer.Variants.Select(v => v.Price), -1),
            _ => [],
        };

    static IEnumerable<(string, int, IEnumerable<long>)> Of(string category, IEnumerable<Money> prices, int by) =>
        category is "" ? [] : prices.GroupBy(p => p.Currency, p => p.Minor)
            .Select(same => ($"{category}/{same.Key}", by, (IEnumerable<long>)same));

    /// <summary>What rows say about a category.</summary>
    public static PeerPrices Of(string category, IEnumerable<PriceBandRow> rows) => new(category,
    [
        .. rows.DistinctBy(r => r.Currency)
            .Select(r => PriceScale.BandOf(r.Counts, Currency.Of(r.Currency))).OfType<PeerBand>(),
    ]);
}
