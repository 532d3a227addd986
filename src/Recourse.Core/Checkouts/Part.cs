using Recourse.Coupons;
using Recourse.Inventory;
using Recourse.Orders;
namespace Recourse.Checkouts;

/// <summary>What one seller answered. Exactly one of total and refusals is there once they have.</summary>
/// <param name="Instead">The same at full price; null: it is at full price.</param>
/// <param name="Coupon">The coupon of all shops that makes it cheaper; null: none does.</param>
public sealed record Part(
    OrderId Order, Money Asked, Money? Total, ImmutableArray<Refusal> Refusals, Request? Instead = null,
    CouponId? Coupon = null)
{
    /// <summary>Nothing but a coupon or a sale price stands in the way.</summary>
    public bool IsAboutDiscounts => Instead is not null && !Refusals.IsEmpty
        && Refusals.All(no => CouponSeen.Codes.Contains(no.Code) || SaleSeen.Codes.Contains(no.Code));

    /// <summary>Still waiting for the seller's answer.</summary>
    public bool IsAwaited => Total is null && Refusals.IsEmpty;
}
