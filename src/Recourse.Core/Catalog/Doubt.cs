namespace Recourse.Catalog;

/// <summary>What buyers see of a listing while something of it waits for its seller.</summary>
public enum Meanwhile
{
    /// <summary>What was shown goes on: a change of it waits.</summary>
    GoesOn,

    /// <summary>What was shown is itself in doubt: the rest of it goes on.</summary>
    InPart,

    /// <summary>All that was shown is in doubt, and hidden.</summary>
    Hidden,

    /// <summary>What was shown is in doubt, and leaves the window at the deadline.</summary>
    UntilDue,
}

/// <summary>What waits for its seller: goods that its words name, or prices that look wrong.</summary>
/// <param name="Offer">What they want to show.</param>
/// <param name="Goods">None: it waits for its prices.</param>
/// <param name="Ways">What sending it costs, where that looks wrong; null: nowhere.</param>
/// <param name="Meanwhile">What buyers see; null: what was shown goes on.</param>
public sealed record Doubt(
    Offer Offer, ImmutableArray<PriceDoubt> Prices, Deadline Deadline, Statement Why, ImmutableArray<GoodsNamed> Goods,
    ImmutableArray<WayDoubt>? Ways = null, Meanwhile? Meanwhile = null)
{
    /// <summary>What sending it costs, where that looks wrong.</summary>
    public ImmutableArray<WayDoubt> Sendings => Ways ?? [];
}

/// <summary>What nobody confirmed, corrected or answered in time, while something else was shown.</summary>
/// <param name="Why">Why it was held.</param>
public sealed record Lapsed(Offer Offer, Statement Why, ImmutableArray<GoodsNamed> Goods);

/// <summary>What is known to be meant: confirmed by its seller, found right on appeal, or gone back to.</summary>
public sealed record Sure(ImmutableArray<SkuPrice> Prices, ImmutableArray<WayPrice> Ways)
{
    /// <summary>Nothing yet.</summary>
    public static readonly Sure OfNothing = new([], []);

    /// <summary>With these as well; of each variant and way the newest counts.</summary>
    public Sure And(IEnumerable<SkuPrice> prices, IEnumerable<WayPrice> ways)
    {
        ImmutableArray<SkuPrice> newer = [.. prices];
        ImmutableArray<WayPrice> sent = [.. ways];
        return new(
            [.. Prices.Where(p => newer.All(n => n.Sku != p.Sku)), .. newer],
            [.. Ways.Where(w => sent.All(n => !n.IsOfSame(w))), .. sent]);
    }

    /// <summary>What of it still concerns an offer, with what that goes back to.</summary>
    public Sure After(ImmutableArray<PastPrices> past, ImmutableArray<PastWays> ways, Offer offer)
    {
        ImmutableArray<WayPrice> sent = [.. ShippingGuard.WaysOf(offer)];
        return new Sure(
                [.. Prices.Where(p => offer.Variants.Any(v => v.Sku == p.Sku))],
                [.. Ways.Where(w => sent.Any(s => s.IsOfSame(w)))])
            .And(
                offer.Variants.Where(v => IsBack(past.FirstOrDefault(p => p.Sku == v.Sku)?.Prices ?? [], v.Price))
                    .Select(v => new SkuPrice(v.Sku, v.Price)),
                sent.Where(s => IsBack(ways.FirstOrDefault(w => w.IsOf(s))?.Prices ?? [], s.Price)));
    }

    static bool IsBack(ImmutableArray<Money> before, Money price) =>
        before.Length > 1 && before[^1] != price && before.Contains(price);
}
