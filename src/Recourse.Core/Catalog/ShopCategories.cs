namespace Recourse.Catalog;

/// <summary>A category that something was ever offered in.</summary>
/// <param name="Category">Its code.</param>
public sealed record CategoryRow(string Category);

/// <summary>
/// The shop window's categories; whether something is left in one, <see cref="ShopWindow.ByCategory"/> says.
/// </summary>
public static class ShopCategories
{
    /// <summary>The view.</summary>
    public static readonly View<CategoryRow> View = new()
    {
        Name = "shop-categories", Version = 1, Hears = PriceBands.View.Hears,
        Keys = r => OfferIn(r)?.Category is { Length: > 0 } category ? [category] : [],
        Fold = (key, _, _) => new(key),
        Index = (key, _) => [new(Scope.Index, Scope.All, key)],
    };

    static Offer? OfferIn(Recorded r) => r.Event switch
    {
        Listing.Event.Published e => e.Offer,
        Listing.Event.Revised e   => e.Offer,
        _                         => null,
    };
}
