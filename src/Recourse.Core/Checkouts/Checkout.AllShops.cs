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
            ? [new Event.SellersAsked(coupon, IsTaken: true, requests)] : [];

    /// <summary>Sellers that it is for would refuse with the same words; the others are asked.</summary>
    static Decision<Event> HearCouponRefused(State? state, Command.HearCouponRefused c, Turn turn)
    {
        if (state is not State.Reserving { Unasked: { } requests } || state.Taken != c.Coupon) return [];
        List<Event> events =
        [
            new Event.SellersAsked(
                c.Coupon, IsTaken: false, [.. requests.Where(r => OfAllShops(r) is null)]),
            .. state.Parts.Where(p => p.Coupon == c.Coupon).Select(p => new Event.Refused(p.Order, c.Why)),
        ];
        var before = events.SkipLast(1).Aggregate(state, (s, e) => Evolve(s, e)).Was<State.Reserving>(events[0]);
        return [.. events.SkipLast(1), .. GoOn(before, events[^1], turn).Events];
    }

    static State SellersAsked(State.Reserving s, Event.SellersAsked e) =>
        s with { Unasked = null, Taken = e.IsTaken ? e.Coupon : null };

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
