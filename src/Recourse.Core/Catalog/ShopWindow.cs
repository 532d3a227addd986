namespace Recourse.Catalog;

/// <summary>A listing as buyers and its seller see it.</summary>
/// <param name="Id">Text of the listing's id.</param>
/// <param name="Seller">Text of the seller's id.</param>
/// <param name="IsOffered">False while it is paused: then only its seller and staff find it.</param>
/// <param name="Position">Its place in the order of first being shown.</param>
public sealed record ShopRow(string Id, string Seller, Offer Offer, bool IsOffered, long Position);

/// <summary>What is on offer.</summary>
public static class ShopWindow
{
    /// <summary>Everything on offer, under the value <see cref="Scope.All"/>.</summary>
    public const string OnOffer = "offered";

    /// <summary>What is on offer in a category.</summary>
    public const string ByCategory = "category";

    /// <summary>What a seller has on offer.</summary>
    public const string BySeller = "seller";

    /// <summary>The view.</summary>
    public static readonly View<ShopRow> View = new()
    {
        Name = "shop-window", Version = 1,
        Keys = recorded => recorded is { Id: ListingId id, Event: Listing.Event and not Listing.Event.Imported }
            ? [$"{id}"] : [],
        Fold = Fold, Index = Index,
    };

    static ShopRow? Fold(string key, ShopRow? row, Recorded recorded) => (Listing.Event)recorded.Event switch
    {
        Listing.Event.Published e => new(key, $"{((ListingId)recorded.Id).Seller}", e.Offer, true, recorded.Position),
        Listing.Event.Revised e   => row! with { Offer = e.Offer },
        Listing.Event.Paused      => row! with { IsOffered = false },
        Listing.Event.Resumed     => row! with { IsOffered = true },
        Listing.Event.Imported    => row,
    };

    static IEnumerable<Found> Index(string key, ShopRow row)
    {
        var sort = $"{row.Position:D19}";
        yield return new(Scope.Index, row.Seller, sort);
        yield return new(Scope.Index, Scope.All, sort);
        if (!row.IsOffered) yield break;
        yield return new(OnOffer, Scope.All, sort);
        yield return new(BySeller, row.Seller, sort);
        if (row.Offer.Category is not "") yield return new(ByCategory, row.Offer.Category, sort);
    }
}
