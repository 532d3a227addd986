using Recourse.Orders;
namespace Recourse.Coupons;

/// <summary>A coupon in a list.</summary>
/// <param name="Id">Text of its id.</param>
/// <param name="Seller">Text of the id of the seller whose goods it is for.</param>
/// <param name="Uses">Orders that have it now.</param>
/// <param name="Paid">Those that are paid for.</param>
/// <param name="HasEnded">Its issuer has ended it.</param>
public sealed record CouponRow(
    string Id, string Seller, long Position, CouponTerms Terms, int Uses, int Paid, bool HasEnded);

/// <summary>Coupons by the seller whose goods they are for, the newest first.</summary>
public static class CouponList
{
    /// <summary>The view; its keys are ids.</summary>
    public static readonly View<CouponRow> View = new()
    {
        Name = "coupons", Version = 1, Hears = [typeof(Coupon.Event)],
        Keys = r => r is { Id: CouponId id, Event: Coupon.Event } ? [$"{id}"] : [],
        Fold = (_, row, r) => r is { Id: CouponId id, Event: Coupon.Event e } ? Apply(row, id, e, r) : row,
        Index = (_, row) => [new(Scope.Index, row.Seller, $"{row.Position:D19}")],
    };

    static CouponRow? Apply(CouponRow? row, CouponId id, Coupon.Event @event, Recorded r) => @event switch
    {
        Coupon.Event.Issued e    => new($"{id}", $"{id.Seller}", r.Position, e.Terms, 0, 0, HasEnded: false),
        Coupon.Event.Taken       => row is null ? null : row with { Uses = row.Uses + 1 },
        Coupon.Event.MadeGood    => row is null ? null : row with { Paid = row.Paid + 1 },
        Coupon.Event.PartGone    => row,
        Coupon.Event.GivenBack e => row is null ? null : row with
        {
            Uses = row.Uses - 1, Paid = row.Paid - (e.Until is null ? 0 : 1),
        },
        Coupon.Event.Ended       => row is null ? null : row with { HasEnded = true },
    };
}
