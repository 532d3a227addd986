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
        (request.OnTop ?? request.Coupon) is { Id: { IsForAllShops: true } id } ? id : null;

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
        var off = e.Requests.Where(r => OfAllShops(r) == coupon)
            .SelectMany(r => r.Lines.Select(l => r.OnTop is null ? l.Off : l.OnTop)).OfType<Money>().Sum(e.Currency);
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

    /// <summary>What a coupon that was taken takes off each line of the whole basket; null: nothing.</summary>
    static CouponOff? ShareOf(CouponId coupon, State.Reserving s, CheckoutFacts facts, Turn look)
    {
        var rest = RestOf(s.Basket, facts, look) ?? Rest.OfAll(s.Basket, facts);
        if (CutsOf(rest.Basket, rest.Facts, look.At, look.Book.Of<CouponRules>())
            .FirstOrDefault(c => c.Coupon.Coupon == coupon) is not { } cut) return null;
        var lines = new Money?[s.Basket.Lines.Length];
        foreach (var (nth, off) in rest.Lines.Zip(cut.Lines)) lines[nth] = off;
        return cut with { Lines = [.. lines] };
    }

    /// <summary>No more than there is room for beside a shop's own, which may take more off fewer goods.</summary>
    static CouponOff Fitting(CouponOff kept, Basket basket, CheckoutFacts facts, ImmutableArray<CouponOff> cuts) =>
        kept with
        {
            Lines =
            [
                .. kept.Lines.Select((off, n) => off is not { } share ? (Money?)null
                    : share with
                    {
                        Minor = (long)Int128.Clamp(
                            ((Int128)PriceOf(basket, facts, n)!.Value.Minor - 1) * basket.Lines[n].Quantity
                                - cuts.Sum(c => c.Lines[n]?.Minor ?? 0),
                            0, share.Minor),
                    }).Select(off => off is { Minor: > 0 } ? off : null),
            ],
        };

    /// <summary>A basket and what is known of it without a coupon; and where the others stand.</summary>
    static (Basket Basket, CheckoutFacts Facts, ImmutableArray<int> Kept) Without(
        CouponId coupon, Basket basket, CheckoutFacts facts)
    {
        var known = facts with
        {
            Coupons = facts.Coupons! with { Found = [.. facts.Coupons.Found.Where(f => f.Value.Coupon != coupon)] },
        };
        var codes = CodesOf(basket);
        ImmutableArray<int> kept = [.. Enumerable.Range(0, codes.Length)
            .Where(n => codes[n] != coupon.Code || !CouponsOf(codes[n], known).IsEmpty)];
        return (basket with { Coupons = [.. kept.Select(n => codes[n])] }, known, kept);
    }
}
