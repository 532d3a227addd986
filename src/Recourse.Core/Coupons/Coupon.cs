using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Orders;
namespace Recourse.Coupons;

/// <summary>
/// A coupon for goods of one seller, by the code that buyers type in; or of the platform, for those of several.
/// </summary>
public readonly record struct CouponId(SellerId Seller, string Code) : IId<CouponId>
{
    /// <summary>Who stands in place of a seller where a coupon is for the goods of all shops.</summary>
    public static readonly SellerId AllShops = new("platform");

    /// <summary>Whether it is for the goods of all shops: then one use is a whole checkout.</summary>
    public bool IsForAllShops => Seller == AllShops;

    /// <summary>By what the use of a checkout is known, as if it were one order of all shops.</summary>
    public static OrderId UseOf(CheckoutId checkout) => OrderId.Of(checkout, AllShops);

    /// <inheritdoc/>
    public static bool TryParse(string? text, out CouponId id)
    {
        var ok = Derived.Split(text, "coupon", 3) is [_, var s, var c] && Derived.IsCode(s) && Derived.IsCode(c);
        id = ok && text!.Split('/') is [_, var seller, var code] ? new(new(seller), code) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => $"coupon/{Seller.Code}/{Code}";
}

/// <summary>What a coupon takes off.</summary>
public closed record CouponCut
{
    /// <summary>So much, or what the goods cost if that is less.</summary>
    public sealed record AmountOff(Money Amount) : CouponCut;

    /// <summary>So many percent of the goods, 1 to 100.</summary>
    public sealed record PercentOff(int Percent) : CouponCut;
}

/// <summary>What a coupon promises; it never changes once it is issued.</summary>
/// <param name="Currency">Of the goods that it is for.</param>
/// <param name="LeastSpend">What the goods that it is for cost at least without it; null: anything.</param>
/// <param name="From">From when orders may be placed with it (UTC).</param>
/// <param name="Until">Until when (UTC).</param>
/// <param name="Listings">What it is for; none: everything that its seller offers.</param>
/// <param name="Uses">By how many orders in all.</param>
/// <param name="UsesPerPerson">By how many orders of one person.</param>
/// <param name="BorneBy">Whose loss it is: the seller's or the platform's.</param>
public sealed record CouponTerms(
    CouponCut Cut, Currency Currency, Money? LeastSpend, Instant From, Instant Until,
    ImmutableArray<ListingId> Listings, int Uses, int UsesPerPerson, Bearer BorneBy)
{
    /// <summary>Whether it is for goods of that listing.</summary>
    public bool IsFor(ListingId listing) => Listings.IsDefaultOrEmpty || Listings.Contains(listing);
}

/// <summary>By what two purchases can be one person's.</summary>
public enum Link
{
    /// <summary>The same account.</summary>
    Account,

    /// <summary>The same card, as the provider tells cards apart.</summary>
    Card,

    /// <summary>The same device.</summary>
    Device,

    /// <summary>The same postal address.</summary>
    Address,
}

/// <summary>A fingerprint of what a purchase is made over; nobody can find out what it was by trying.</summary>
/// <param name="Print">Made with a key of the store's own; of an account, its code.</param>
public sealed record Mark(Link Link, string Print);

/// <summary>An order that was placed with a coupon.</summary>
/// <param name="Off">What it was given less.</param>
/// <param name="IsGood">The order is paid for: if it ends by the buyer's own doing, the use is spent.</param>
/// <param name="Checkout">The checkout that it was taken for, with goods of several shops; null: it is one order's.
/// </param>
public sealed record CouponUse(
    OrderId Order, BuyerId Buyer, ImmutableArray<Mark> Marks, Money Off, bool IsGood, CheckoutId? Checkout = null)
{
    /// <summary>The orders of that checkout that were paid for with it.</summary>
    public ImmutableArray<OrderId> Parts { get; init; } = [];

    /// <summary>Those that have ended.</summary>
    public ImmutableArray<OrderId> Gone { get; init; } = [];

    /// <summary>One of those that were paid for ended by the buyer's own doing.</summary>
    public bool IsSpent { get; init; }

    /// <summary>All that was paid for has ended, and none of it by the buyer's own doing.</summary>
    public bool HasComeBack => IsGood && !IsSpent && !Parts.IsEmpty && Parts.All(Gone.Contains);
}

/// <summary>Somebody's use that came back, and may be used once more.</summary>
/// <param name="Until">Until when (UTC), also where the coupon itself has ended.</param>
public sealed record Comeback(BuyerId Buyer, Instant Until);

/// <summary>
/// Money off, for so many orders in all and of one person. A use is taken with the order that is placed, and comes back
/// when that ends without the buyer's doing.
/// </summary>
public static partial class Coupon
{
    /// <summary>What can be asked.</summary>
    public closed record Command : ICommand<CouponId>
    {
        /// <summary>Issues it.</summary>
        public sealed record Issue(CouponTerms Terms) : Command;

        /// <summary>
        /// Asked by an order that is being placed, or by a checkout with goods of several shops: takes a use, or is
        /// refused with the reason.
        /// </summary>
        /// <param name="Marks">What the purchase is made over.</param>
        /// <param name="Checkout">The checkout that asks; null: an order does.</param>
        public sealed record Take(
            OrderId Order, BuyerId Buyer, ImmutableArray<Mark> Marks, Money Off, CheckoutId? Checkout = null) : Command;

        /// <summary>Asked by an order, or a checkout, that is paid for.</summary>
        /// <param name="Parts">Of a checkout, the orders that were paid for with it.</param>
        public sealed record MakeGood(OrderId Order, ImmutableArray<OrderId>? Parts = null) : Command;

        /// <summary>Asked by an order that has ended, or by a checkout that nothing came of.</summary>
        /// <param name="ByBuyer">Whether that was the buyer's own doing, after they had paid.</param>
        /// <param name="Part">Of a checkout, the order that has ended; null: all of it.</param>
        public sealed record GiveBack(OrderId Order, bool ByBuyer, OrderId? Part = null) : Command;

        /// <summary>No new order gets it any more.</summary>
        public sealed record End : Command;

        /// <summary>Time; nothing waits here.</summary>
        public sealed record Wake(Instant Due) : Command;
    }

    /// <summary>How it stands.</summary>
    /// <param name="Uses">Orders that have it now.</param>
    /// <param name="Comebacks">Uses that came back to somebody.</param>
    /// <param name="HasEnded">Its issuer has ended it.</param>
    public sealed record State(
        CouponTerms Terms, ImmutableSortedDictionary<OrderId, CouponUse> Uses, ImmutableArray<Comeback> Comebacks,
        bool HasEnded);

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>It can be used.</summary>
        public sealed record Issued(CouponTerms Terms) : Event;

        /// <summary>An order has taken a use of it.</summary>
        /// <param name="Checkout">The checkout that has, with goods of several shops; null: it is one order.</param>
        public sealed record Taken(
            OrderId Order, BuyerId Buyer, ImmutableArray<Mark> Marks, Money Off, CheckoutId? Checkout = null) : Event;

        /// <summary>That order is paid for.</summary>
        /// <param name="Parts">Of a checkout, the orders that were paid for with it; null: it is one order.</param>
        public sealed record MadeGood(OrderId Order, ImmutableArray<OrderId>? Parts = null) : Event;

        /// <summary>One order of a checkout has ended; the use comes back once all have, unless it is spent.</summary>
        /// <param name="ByBuyer">By the buyer's own doing, after they had paid: the use is spent.</param>
        public sealed record PartGone(OrderId Order, OrderId Part, bool ByBuyer) : Event;

        /// <summary>That order has ended: its use came back.</summary>
        /// <param name="Until">Until when its buyer may use it once more (UTC); null: it was never paid for.</param>
        public sealed record GivenBack(OrderId Order, Instant? Until) : Event;

        /// <summary>No new order gets it any more.</summary>
        public sealed record Ended : Event;
    }
}
