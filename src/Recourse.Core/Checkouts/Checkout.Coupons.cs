using Recourse.Coupons;
using Recourse.Orders;
namespace Recourse.Checkouts;

/// <summary>What one coupon takes off a basket.</summary>
/// <param name="Lines">Off each line, all its units together; null: nothing.</param>
public sealed record CouponOff(CouponSeen Coupon, ImmutableArray<Money?> Lines);

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
        var (codes, rules) = (CodesOf(basket), turn.Book.Of<CouponRules>());
        if (codes.Length > rules.MostInBasket)
        {
            yield return TooManyCoupons(codes.Length, rules.MostInBasket);
            yield break;
        }
        foreach (var (n, code) in codes.Index())
            foreach (var fault in CouponFaults(code, new(basket, facts, turn.At, rules)))
                yield return fault with { Field = $"coupons[{n}]" };
    }

    /// <summary>Coupons in a basket, as they are at an instant under an edition's rules.</summary>
    sealed record Naming(Basket Basket, CheckoutFacts Facts, Instant At, CouponRules Rules);

    static IEnumerable<Refusal> CouponFaults(string code, Naming naming)
    {
        var found = CouponsOf(code, naming.Facts);
        return found.IsEmpty ? [CouponSeen.Unknown(code.Length > LongestCoupon ? code[..LongestCoupon] : code)]
            : found.Select(coupon => FaultOf(coupon, code, naming)).OfType<Refusal>();
    }

    static Refusal? FaultOf(CouponSeen coupon, string code, Naming naming)
    {
        var first = CodesOf(naming.Basket).First(
            c => CouponsOf(c, naming.Facts).Any(o => Meet(o, coupon, naming)));
        if (first != code) return CouponSeen.OneAShop(code, first);
        return coupon.FaultAt(naming.At) ?? coupon.FaultFor(GoodsOf(
            coupon.Coupon, naming, coupon.Coupon.IsForAllShops ? LessByShops(naming) : null));
    }

    static ImmutableArray<CouponSeen> CouponsOf(string code, CheckoutFacts facts) => facts.Coupons is not { } known ? []
        : [.. known.Found.Select(f => f.Value).Where(c => c.Coupon.Code == code)];

    /// <summary>What an order that has something of a coupon is asked for with; null: nothing goes off its goods.
    /// </summary>
    static Wielded? Wield(CouponSeen? coupon, IEnumerable<Money?> offs, CheckoutFacts facts) =>
        coupon is null || offs.All(off => off is null) ? null
            // Of all shops the checkout itself takes the use, once for all its orders.
            : new(coupon.Coupon, coupon.Terms.BorneBy, coupon.Coupon.IsForAllShops ? [] : facts.Coupons!.Marks);

    /// <summary>Coupons that can be used: shops' own, one for each at most, and then one for all shops.</summary>
    static ImmutableArray<CouponSeen> Good(Naming naming)
    {
        if (naming.Facts.Coupons is null) return [];
        List<CouponSeen> good = [];
        foreach (var coupon in CodesOf(naming.Basket).Where(code => !CouponFaults(code, naming).Any())
            .SelectMany(code => CouponsOf(code, naming.Facts)).DistinctBy(c => c.Coupon)
            .OrderBy(c => c.Coupon.IsForAllShops))
            if (!good.Exists(c => Meet(c, coupon, naming))) good.Add(coupon);
        return [.. good];
    }

    /// <summary>Whether only one of two can be used: they are for goods of one shop in the basket.</summary>
    static bool Meet(CouponSeen one, CouponSeen other, Naming naming) => one.Coupon.Seller == other.Coupon.Seller
        || !naming.Rules.IsOnTop && naming.Basket.Lines.Any(l => IsFor(one, l) && naming.Basket.Lines.Any(
            o => o.Listing.Seller == l.Listing.Seller && IsFor(other, o)));

    static bool IsFor(CouponSeen coupon, BasketLine line) =>
        IsOf(coupon.Coupon, line.Listing.Seller) && coupon.Terms.IsFor(line.Listing);

    static bool IsOf(CouponId coupon, SellerId seller) => coupon.IsForAllShops || coupon.Seller == seller;

    /// <param name="less">What has gone off each line before, in minor units; null: nothing.</param>
    static ImmutableArray<CouponGoods> GoodsOf(CouponId coupon, Naming naming, long[]? less = null) =>
    [
        .. from line in naming.Basket.Lines.Index()
           where IsOf(coupon, line.Item.Listing.Seller)
           let price = PriceOf(naming.Basket, naming.Facts, line.Index)
           where price is not null
           select new CouponGoods(
               line.Item.Listing, price.Value, line.Item.Quantity, less is null ? 0 : less[line.Index]),
    ];

    /// <summary>What shops' own take off each line, where one for all shops comes on top.</summary>
    static long[]? LessByShops(Naming naming)
    {
        if (!naming.Rules.IsOnTop) return null;
        var own = CodesOf(naming.Basket).SelectMany(code => CouponsOf(code, naming.Facts)
            .Where(c => !c.Coupon.IsForAllShops && FaultOf(c, code, naming) is null)).DistinctBy(c => c.Coupon);
        return Less(CutsOf([.. own], naming), naming.Basket);
    }

    static long[] Less(ImmutableArray<CouponOff> cuts, Basket basket) =>
        [.. basket.Lines.Select((_, n) => cuts.Sum(c => c.Lines[n]?.Minor ?? 0))];

    static ImmutableArray<CouponOff> CutsOf(ImmutableArray<CouponSeen> coupons, Naming naming)
    {
        var cuts = ImmutableArray<CouponOff>.Empty;
        foreach (var coupon in coupons)
        {
            var lines = new Money?[naming.Basket.Lines.Length];
            var mine = Enumerable.Range(0, lines.Length).Where(n =>
                IsOf(coupon.Coupon, naming.Basket.Lines[n].Listing.Seller) && naming.Facts.Quotes[n].Value is not null);
            var off = coupon.Terms.OffOf(GoodsOf(coupon.Coupon, naming, Less(cuts, naming.Basket)));
            foreach (var (n, one) in mine.Zip(off))
                if (one.Minor > 0) lines[n] = one;
            cuts = cuts.Add(new(coupon, [.. lines]));
        }
        return cuts;
    }

    /// <summary>What each coupon that can be used takes off, in the order in which they come off.</summary>
    public static ImmutableArray<CouponOff> CutsOf(
        Basket basket, CheckoutFacts facts, Instant at, CouponRules rules)
    {
        if (CodesOf(basket).IsEmpty || !AreQuoted(basket, facts)) return [];
        var naming = new Naming(basket, facts, at, rules);
        return CutsOf(Good(naming), naming);
    }

    /// <summary>What goes off each line of a basket, all its units together; null: nothing does.</summary>
    public static ImmutableArray<Money?> OffOf(Basket basket, CheckoutFacts facts, Instant at, CouponRules rules)
    {
        var cuts = CutsOf(basket, facts, at, rules);
        return [.. Enumerable.Range(0, basket.Lines.IsDefault ? 0 : basket.Lines.Length)
            .Select(n => cuts.Aggregate((Money?)null, (sum, cut) => Together(sum, cut.Lines[n])))];
    }

    static Money? Together(Money? one, Money? other) => one is { } a && other is { } b ? a + b : one ?? other;

    static Decision<Event> LeaveDiscounts(State? state, Turn turn) => state switch
    {
        State.Stopped s when !s.Parts.Any(p => p.IsAboutDiscounts) => NoDiscountInTheWay,
        State.Stopped s =>
        [
            new Event.AskedAgain(
                [.. s.Parts.Select(p => p.Again).OfType<Request>()],
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
