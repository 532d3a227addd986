using Recourse.Orders;
using Recourse.Runtime;
using Recourse.Tracking;
namespace Recourse.Web;

/// <summary>
/// Finds out, before an order is dispatched, whether its tracking number is on somebody else's parcel already. Several
/// orders of one buyer may leave in one parcel.
/// </summary>
static class NumberUse
{
    const string Source = "view/parcels-by-number";
    static readonly Actor TheDock = new Actor.Operator("dispatch");

    /// <summary>The other order; null: there is none.</summary>
    public static async Task<Fact<OrderId>?> Of(
        OrderId order, BuyerId? buyer, string carrier, string number, IPlatform platform, CancellationToken cancel)
    {
        // Two parcels that are packed one after the other must not get the same number because a list is late.
        await Positions.AreShown(platform, cancel);
        if (platform.Views.Find(ParcelsByNumber.View, ParcelsByNumber.Key(carrier, number)) is not { } found)
            return null;
        foreach (var text in found.Parcels)
            if (ParcelId.TryParse(text, out var parcel) && parcel.Order != order
                && await platform.Read(parcel, TheDock, cancel) is { State: Parcel.State state }
                && !(parcel.Seller == order.Seller && state.Buyer == buyer))
                return new(parcel.Order, platform.Now, Source);
        return null;
    }
}
