using Recourse.Adapters.Gathering;
using Recourse.Checkouts;
namespace Recourse.Web;

/// <summary>Coupons in what is to be bought.</summary>
static class CouponCodes
{
    const int MostKept = 20;

    /// <summary>As people type them: capitals and blanks around them don't count.</summary>
    public static ImmutableArray<string> Tidied(IEnumerable<string> codes) =>
    [
        .. codes.Select(c => (c ?? "").Trim().ToLowerInvariant()).Where(c => c is not "")
            .Select(c => c.Length > Checkout.LongestCoupon ? c[..Checkout.LongestCoupon] : c).Distinct().Take(MostKept),
    ];

    /// <summary>A draft with coupons, and whose it is.</summary>
    public static CheckoutDraft WithCoupons(
        this CheckoutDraft draft, ImmutableArray<string>? codes, Caller caller) => draft with
    {
        Coupons = Tidied(codes ?? []),
        Buyer = caller.Role is Party.Buyer ? ((Actor.Buyer)caller.Who).Id : null,
        Device = Devices.Of(caller.Http),
    };
}
