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
    /// <summary>The same as it was asked for, where a shop's own coupon and one of all shops make it cheaper; null:
    /// they don't both.</summary>
    public Request? Combined { get; init; }

    /// <summary>The same without what stands in its way, where that is a discount; null: it isn't.</summary>
    public Request? Again => !IsAboutDiscounts ? null : Combined is not { } both ? Instead
        : Refusals.All(no => IsOf(no, both.OnTop!.Id)) ? both.WithoutOnTop
        : Refusals.All(no => IsOf(no, both.Coupon!.Id)) ? both.WithoutOwn : Instead;

    // Two of one code can't be told apart.
    bool IsOf(Refusal no, CouponId coupon) => CouponSeen.Codes.Contains(no.Code)
        && Combined is { Coupon.Id.Code: var own, OnTop.Id.Code: var onTop } && own != onTop
        && no.Facts.Any(f => f.Name is "code" && f.Value is Value.Word { Text: var text } && text == coupon.Code);

    /// <summary>Nothing but a coupon or a sale price stands in the way.</summary>
    public bool IsAboutDiscounts => Instead is not null && !Refusals.IsEmpty
        && Refusals.All(no => CouponSeen.Codes.Contains(no.Code) || SaleSeen.Codes.Contains(no.Code));

    /// <summary>Still waiting for the seller's answer.</summary>
    public bool IsAwaited => Total is null && Refusals.IsEmpty;
}
