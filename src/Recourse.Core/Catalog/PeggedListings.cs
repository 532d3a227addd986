using Recourse.Exchange;
namespace Recourse.Catalog;

/// <summary>A listing with prices that follow exchange rates.</summary>
/// <param name="Pegs">Each price that does, as buyers are shown it.</param>
public sealed record PeggedListing(string Id, string Title, ImmutableArray<PeggedPrice> Pegs);

/// <summary>A price, or what a way to send costs, that follows a rate.</summary>
/// <param name="Sku">Of a way, empty.</param>
/// <param name="Of">The currency that its seller wants.</param>
/// <param name="At">The rate that it was made of; null: none yet.</param>
public sealed record PeggedPrice(string Sku, Currency Of, Money Price, RateMark? At, string? Country = null,
    string? Service = null);

/// <summary>Listings whose shown prices follow exchange rates, in no order that matters.</summary>
public static class PeggedListings
{
    /// <summary>By the two currencies, as <c>EUR-USD</c>: what the seller wants, and what buyers pay.</summary>
    public const string ByPair = "pair";

    /// <summary>The view; all of them stand under <see cref="Scope.All"/>.</summary>
    public static readonly View<PeggedListing> View = new()
    {
        Name = "pegged-listings", Version = 2, Hears = PriceBands.View.Hears, Counted = found => found.Index is ByPair,
        Keys = r => r is { Id: ListingId id, Event: Listing.Event.Published or Listing.Event.Revised } ? [$"{id}"] : [],
        Fold = (key, _, r) => PegsIn(OfferIn(r)) is { IsEmpty: false } pegs
            ? new(key, OfferIn(r).Title, pegs) : null,
        Index = (key, row) =>
        [
            new(Scope.Index, Scope.All, key),
            .. row.Pegs.Select(p => PairOf(p.Of, p.Price.Currency)).Distinct().Select(p => new Found(ByPair, p, key)),
        ],
    };

    /// <summary>Two currencies, as rows are found under.</summary>
    public static string PairOf(Currency from, Currency to) => $"{from.Code}-{to.Code}";

    static ImmutableArray<PeggedPrice> PegsIn(Offer offer) =>
    [
        .. offer.Variants.Where(v => v.Peg is not null)
            .Select(v => new PeggedPrice(v.Sku.Code, v.Peg!.Base.Currency, v.Price, v.Peg.At)),
        .. from to in offer.ShipsTo
           from o in to.Named
           where o.Peg is not null
           select new PeggedPrice("", o.Peg!.Base.Currency, o.PerUnit, o.Peg.At, to.Country, o.Service),
    ];

    static Offer OfferIn(Recorded r) => r.Event switch
    {
        Listing.Event.Published e => e.Offer,
        Listing.Event.Revised e   => e.Offer,
        _                         => throw new CorruptHistory(null, r.Event),
    };
}
