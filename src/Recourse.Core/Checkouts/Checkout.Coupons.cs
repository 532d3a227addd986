using Recourse.Coupons;
using Recourse.Orders;
namespace Recourse.Checkouts;

public static partial class Checkout
{
    /// <summary>Longest code of a coupon that is looked for, in characters.</summary>
    public const int LongestCoupon = Derived.Longest;

    static readonly Remedy FewerCoupons = new("checkout.fewer-coupons");

    internal static ImmutableArray<string> CodesOf(Basket basket) =>
        basket.Coupons is { IsDefault: false } codes ? codes : [];

    /// <summary>All that stands in the way of the coupons that are named.</summary>
    static IEnumerable<Refusal> CouponFaults(Basket basket, CheckoutFacts facts, Turn turn)
    {
        var codes = CodesOf(basket);
        var most = turn.Book.Of<CouponRules>().MostInBasket;
        if (codes.Length > most)
        {
            yield return TooManyCoupons(codes.Length, most);
            yield break;
        }
        foreach (var (n, code) in codes.Index())
            foreach (var fault in CouponFaults(code, basket, facts, turn.At))
                yield return fault with { Field = $"coupons[{n}]" };
    }

    static IEnumerable<Refusal> CouponFaults(string code, Basket basket, CheckoutFacts facts, Instant at)
    {
        var found = CouponsOf(code, facts);
        if (found.IsEmpty)
        {
            yield return CouponSeen.Unknown(code.Length > LongestCoupon ? code[..LongestCoupon] : code);
            yield break;
        }
        foreach (var coupon in found)
        {
            var first = CodesOf(basket).First(c => CouponsOf(c, facts).Any(o => Meet(o, coupon, basket)));
            var fault = first != code ? CouponSeen.OneAShop(code, first)
                : coupon.FaultAt(at) ?? coupon.FaultFor(GoodsOf(coupon.Coupon, basket, facts));
            if (fault is not null) yield return fault;
        }
    }

    static ImmutableArray<CouponSeen> CouponsOf(string code, CheckoutFacts facts) => facts.Coupons is not { } known ? []
        : [.. known.Found.Select(f => f.Value).Where(c => c.Coupon.Code == code)];

    /// <summary>What an order of that seller has of them; null: none.</summary>
    static Wielded? WieldedBy(
        SellerId seller, ImmutableArray<CouponSeen> good, bool isCheaper, CheckoutFacts facts) =>
        good.FirstOrDefault(c => c.Coupon.Seller == seller || c.Coupon.IsForAllShops && isCheaper) is not { } c ? null
            // Of all shops the checkout itself takes the use, once for all its orders.
            : new(c.Coupon, c.Terms.BorneBy, c.Coupon.IsForAllShops ? [] : facts.Coupons!.Marks);

    /// <summary>Coupons that can be used, one for each seller at most.</summary>
    static ImmutableArray<CouponSeen> Good(Basket basket, CheckoutFacts facts, Instant at) => facts.Coupons is null ? []
        : [.. CodesOf(basket).Where(code => !CouponFaults(code, basket, facts, at).Any())
            .SelectMany(code => CouponsOf(code, facts)).DistinctBy(c => c.Coupon)];

    /// <summary>Whether two are for goods of one shop in the basket: it takes the one that was named first.</summary>
    static bool Meet(CouponSeen one, CouponSeen other, Basket basket) => one.Coupon.Seller == other.Coupon.Seller
        || basket.Lines.Any(l => IsFor(one, l) && basket.Lines.Any(
            o => o.Listing.Seller == l.Listing.Seller && IsFor(other, o)));

    static bool IsFor(CouponSeen coupon, BasketLine line) =>
        IsOf(coupon.Coupon, line.Listing.Seller) && coupon.Terms.IsFor(line.Listing);

    static bool IsOf(CouponId coupon, SellerId seller) => coupon.IsForAllShops || coupon.Seller == seller;

    static ImmutableArray<CouponGoods> GoodsOf(CouponId coupon, Basket basket, CheckoutFacts facts) =>
    [
        .. from line in basket.Lines.Index()
           where IsOf(coupon, line.Item.Listing.Seller)
           let price = PriceOf(basket, facts, line.Index)
           where price is not null
           select new CouponGoods(line.Item.Listing, price.Value, line.Item.Quantity),
    ];

    /// <summary>What goes off each line of a basket, all its units together; null: nothing does.</summary>
    public static ImmutableArray<Money?> OffOf(Basket basket, CheckoutFacts facts, Instant at)
    {
        var offs = new Money?[basket.Lines.IsDefault ? 0 : basket.Lines.Length];
        if (facts.Quotes.IsDefault || facts.Quotes.Length != offs.Length) return [.. offs];
        foreach (var coupon in Good(basket, facts, at))
        {
            var mine = Enumerable.Range(0, offs.Length).Where(n =>
                IsOf(coupon.Coupon, basket.Lines[n].Listing.Seller) && facts.Quotes[n].Value is not null);
            var off = coupon.Terms.OffOf(GoodsOf(coupon.Coupon, basket, facts));
            foreach (var (n, one) in mine.Zip(off))
                if (one.Minor > 0) offs[n] = one;
        }
        return [.. offs];
    }

    static Decision<Event> LeaveDiscounts(State? state, Turn turn) => state switch
    {
        State.Stopped s when !s.Parts.Any(p => p.IsAboutDiscounts) => NoDiscountInTheWay,
        State.Stopped s =>
        [
            new Event.AskedAgain(
                [.. s.Parts.Where(p => p.IsAboutDiscounts).Select(p => p.Instead!)],
                turn.Rules.ReservationDue(turn.At)),
        ],
        // Said twice, done once.
        State.Reserving or State.Waiting or State.Paying or State.Authorised => [],
        State.Declined or State.Abandoned or State.TurnedDown or null => NotNow(state, turn.By),
    };

    static Refusal NoDiscountInTheWay => new("checkout.no-discount-in-the-way", Look);

    static Refusal TooManyCoupons(int count, int most) =>
        new("checkout.too-many-coupons", FewerCoupons, ("count", count), ("most", most)) { Field = "coupons" };
}
