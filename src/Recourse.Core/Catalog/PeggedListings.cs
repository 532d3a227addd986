namespace Recourse.Catalog;

/// <summary>A listing with prices that follow exchange rates.</summary>
public sealed record PeggedListing(string Id);

/// <summary>Listings whose shown prices follow exchange rates, in no order that matters.</summary>
public static class PeggedListings
{
    /// <summary>The view; all of them stand under <see cref="Scope.All"/>.</summary>
    public static readonly View<PeggedListing> View = new()
    {
        Name = "pegged-listings", Version = 1,
        Keys = r => r is { Id: ListingId id, Event: Listing.Event.Published or Listing.Event.Revised } ? [$"{id}"] : [],
        Fold = (key, _, r) => OfferIn(r).Variants.Any(v => v.Peg is not null) ? new(key) : null,
        Index = (key, _) => [new(Scope.Index, Scope.All, key)],
    };

    static Offer OfferIn(Recorded r) => r.Event switch
    {
        Listing.Event.Published e => e.Offer,
        Listing.Event.Revised e   => e.Offer,
        _                         => throw new CorruptHistory(null, r.Event),
    };
}
