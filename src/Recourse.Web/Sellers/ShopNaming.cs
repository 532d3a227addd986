using Recourse.Catalog;
using Recourse.Orders;
using Recourse.Runtime;
using Recourse.Sellers;
namespace Recourse.Web;

/// <summary>Naming a shop: finds out first whether another one is called so already.</summary>
static class ShopNaming
{
    const string Source = "view/shop-names";

    // Two shops that are named in one moment must not get the same name.
    static readonly SemaphoreSlim One = new(1);

    /// <summary>Gives the command, with what it must know, to whoever sends it.</summary>
    public static async Task<Outcome> Take(
        SellerId seller, string? name, IPlatform platform, Func<SellerAccount.Command, Task<Outcome>> send,
        CancellationToken cancel)
    {
        await One.WaitAsync(cancel);
        try
        {
            return await send(await Of(seller, name, platform, cancel));
        }
        finally
        {
            One.Release();
        }
    }

    static async Task<SellerAccount.Command> Of(
        SellerId seller, string? name, IPlatform platform, CancellationToken cancel)
    {
        // Nor two that are named one after the other, because a list is late.
        await Positions.AreShown(platform, cancel);
        return new SellerAccount.Command.TakeName(name ?? "",
            ShopName.Faults(name).IsEmpty && OtherNamed(seller, name!, platform.Views) is { } other
                ? new(other, platform.Now, Source) : null);
    }

    static SellerId? OtherNamed(SellerId seller, string name, IViews views)
    {
        foreach (var row in views.List(ShopNames.View, ShopNames.BySkeleton, ShopName.Skeleton(name), null, 2).Rows)
            if (SellerId.TryParse(row.Seller, out var other) && other != seller) return other;
        return ShownByCode(name, views) is { } shown && shown != seller ? shown : null;
    }

    /// <summary>A shop without a name that is called by its code, which this would be taken for.</summary>
    static SellerId? ShownByCode(string name, IViews views) =>
        SellerId.TryParse($"seller/{ShopName.Tidied(name).ToLowerInvariant().Replace(' ', '-')}", out var other)
        && views.Find(ShopNames.View, $"{other}") is null
        && (!views.List(ShopWindow.View, Scope.Index, $"{other}", null, 1).Rows.IsEmpty
            || !views.List(OrderList.View, Scope.Index, $"{other}", null, 1).Rows.IsEmpty) ? other : null;
}
