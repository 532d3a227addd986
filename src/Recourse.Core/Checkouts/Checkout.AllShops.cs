using Recourse.Coupons;
using Recourse.Orders;
using static Recourse.Kernel.Message;
namespace Recourse.Checkouts;

/// <summary>
/// A coupon for the goods of all shops: the checkout takes one use for all its orders before any seller is asked, and
/// gives it back if nothing comes of it. What has ended afterwards each order tells the coupon itself.
/// </summary>
public static partial class Checkout
{
    /// <summary>The one that is for all shops; null: there is none.</summary>
    static CouponId? OfAllShops(Request request) =>
        request.Coupon is { Id: { IsForAllShops: true } id } ? id : null;

    static CouponId? OfAllShops(ImmutableArray<Request> requests) =>
        requests.Select(OfAllShops).FirstOrDefault(c => c is not null);

    static Decision<Event> HearCouponTaken(State? state, CouponId coupon) =>
        // If it went on without it meanwhile, the use is given back with its end.
        state is State.Reserving { Unasked: { } requests } && state.Taken == coupon
            ? [new Event.CouponTaken(coupon, requests)] : [];

    static Decision<Event> HearCouponRefused(State? state, Command.HearCouponRefused c, Turn turn) =>
        state is State.Reserving { Unasked: { } requests } s && state.Taken == c.Coupon
            ? GoOn(s, new Event.CouponRefused(
                c.Coupon, c.Why, [.. s.Parts.Where(p => p.Coupon == c.Coupon).Select(p => p.Order)],
                [.. requests.Where(r => OfAllShops(r) is null)]), turn)
            : [];

    static State CouponTaken(State.Reserving s) => s with { Unasked = null };

    static State CouponRefused(State.Reserving s, Event.CouponRefused e) => s with
    {
        Unasked = null, Taken = null,
        Parts = [.. s.Parts.Select(p => e.Orders.Contains(p.Order) ? p with { Refusals = e.Why, Coupon = null } : p)],
    };

    static IEnumerable<Intent> AskForTheCoupon(CheckoutId id, CouponId coupon, Event.Opened e)
    {
        var off = e.Requests.Where(r => OfAllShops(r) == coupon).SelectMany(r => r.Lines)
            .Select(l => l.Off).OfType<Money>().Sum(e.Currency);
        yield return new Intent.Send(
            To(coupon, new Coupon.Command.Take(
                CouponId.UseOf(id), id.Buyer, e.Facts.Coupons?.Marks ?? [], off, id)),
            new Command.HearCouponRefused(coupon, []));
    }

    /// <summary>Paid for, the use stands for the orders that have it; if none has, it comes back.</summary>
    static IEnumerable<Intent> UseTheCouponOnce(CheckoutId id, State after)
    {
        if (after.Taken is not { } coupon) return [];
        ImmutableArray<OrderId> parts =
            [.. after.Parts.Where(p => p.Coupon == coupon && p.Total is not null).Select(p => p.Order)];
        return parts.IsEmpty ? GiveTheCouponBack(id, after)
            : [new Intent.Send(To(coupon, new Coupon.Command.MakeGood(CouponId.UseOf(id), parts)))];
    }

    static IEnumerable<Intent> GiveTheCouponBack(CheckoutId id, State after)
    {
        if (after.Taken is { } coupon)
            yield return new Intent.Send(
                To(coupon, new Coupon.Command.GiveBack(CouponId.UseOf(id), ByBuyer: false)));
    }
}
