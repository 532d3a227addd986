using Recourse.Catalog;
namespace Recourse.Sellers;

/// <summary>What a shop is called.</summary>
/// <param name="Seller">Text of the seller's id.</param>
public sealed record ShopNameRow(string Seller, string Name);

/// <summary>Names of shops, found by their seller, by what they look like and by how their words begin.</summary>
public static class ShopNames
{
    /// <summary>Names that look the same; see <see cref="ShopName.Skeleton"/>.</summary>
    public const string BySkeleton = "skeleton";

    /// <summary>Names with a word that starts so; see <see cref="ShopWindow.StartOf"/>.</summary>
    public const string ByWord = "word";

    /// <summary>The view; its keys are the texts of sellers' ids.</summary>
    public static readonly View<ShopNameRow> View = new()
    {
        Name = "shop-names", Version = 1, Hears = [typeof(SellerAccount.Event.Named)],
        Keys = r => r is { Id: SellerId id, Event: SellerAccount.Event.Named } ? [$"{id}"] : [],
        Fold = (key, _, r) => new(key, ((SellerAccount.Event.Named)r.Event).Name),
        Index = (_, row) =>
        [
            new(BySkeleton, ShopName.Skeleton(row.Name), ""),
            .. ShopWindow.StartsIn(row.Name).Select(start => new Found(ByWord, start, "")),
        ],
    };
}
