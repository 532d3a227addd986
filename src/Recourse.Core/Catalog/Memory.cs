namespace Recourse.Catalog;

/// <summary>What a listing remembers of its variants, of how they are sent and of what its seller said.</summary>
/// <param name="Past">The prices that they were offered at.</param>
/// <param name="Gone">Those of which nothing is left.</param>
/// <param name="Joined">Those that the last change added: their stock is to be watched.</param>
/// <param name="Denied">Goods that are not in it, whatever its words say; null: nobody was asked.</param>
/// <param name="Ways">What sending it cost; null: nothing yet.</param>
/// <param name="Sure">What is known to be meant; null: nothing yet.</param>
/// <param name="Lapsed">What lapsed last, unless something was published since; null: nothing.</param>
public sealed record Memory(
    ImmutableArray<PastPrices> Past, ImmutableArray<Sku> Gone, ImmutableArray<Sku> Joined, GoodsDenied? Denied = null,
    ImmutableArray<PastWays>? Ways = null, Sure? Sure = null, Lapsed? Lapsed = null)
{
    /// <summary>Nothing yet.</summary>
    public static readonly Memory Empty = new([], [], []);

    /// <summary>What sending it cost.</summary>
    public ImmutableArray<PastWays> Sent => Ways ?? [];

    /// <summary>What is known to be meant.</summary>
    public Sure Meant => Sure ?? Catalog.Sure.OfNothing;

    /// <summary>Whether there is nothing to sell of an offer.</summary>
    public bool IsAllGone(Offer offer) => !offer.Variants.IsEmpty && offer.Variants.All(v => Gone.Contains(v.Sku));

    /// <summary>What is remembered once that is offered.</summary>
    public Memory After(Offer offer) => new(
        PriceGuard.Remember(Past, offer), Gone,
        [.. offer.Variants.Select(v => v.Sku).Where(sku => Past.All(p => p.Sku != sku))], Denied,
        ShippingGuard.Remember(Sent, offer), Meant.After(Past, Sent, offer));

    /// <summary>What is remembered once prices that were shown are in doubt themselves.</summary>
    public Memory Without(ImmutableArray<PriceDoubt> prices, ImmutableArray<WayDoubt> ways) => this with
    {
        Past =
        [
            .. Past.Select(p => p with
                {
                    Prices = [.. p.Prices.Where(q => !prices.Any(d => (d.Sku, d.Price) == (p.Sku, q)))],
                })
                .Where(p => !p.Prices.IsEmpty),
        ],
        Ways =
        [
            .. Sent.Select(w => w with
                {
                    Prices = [.. w.Prices.Where(q => !ways.Any(d => w.IsOf(d.Way) && d.Price == q))],
                })
                .Where(w => !w.Prices.IsEmpty),
        ],
    };
}
