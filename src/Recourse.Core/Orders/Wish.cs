using Recourse.Catalog;
using Recourse.Coupons;
using Recourse.Inventory;
using Recourse.Payments;
using Recourse.Risk;
namespace Recourse.Orders;

/// <summary>What a buyer has asked for that somebody has to answer first; one at a time.</summary>
/// <param name="At">When it was asked (UTC).</param>
/// <param name="Deadline">Who answers, until when, and what happens otherwise.</param>
public closed record Wish(Instant At, Deadline Deadline)
{
    /// <summary>To cancel all of it or some, while it is being picked.</summary>
    public sealed record ToCancel(
        string Reason, ImmutableArray<Portion> Portions, Instant At, Deadline Deadline) : Wish(At, Deadline)
    {
        /// <summary>Whether it is the same: an array of portions is only equal to itself.</summary>
        public bool Is(string reason, ImmutableArray<Portion> portions) =>
            Reason == reason && Portions.SequenceEqual(portions);
    }

    /// <summary>To change it, while it is being picked.</summary>
    public sealed record ToAmend(Amendment What, Instant At, Deadline Deadline) : Wish(At, Deadline);

    /// <summary>To change it, once the difference is paid.</summary>
    public sealed record ToPay(Amendment What, PaymentId Payment, Instant At, Deadline Deadline)
        : Wish(At, Deadline);
}

/// <summary>What was paid when an order was changed.</summary>
/// <param name="Left">What of it is still there.</param>
public sealed record TopUp(PaymentId Payment, Money Left);

/// <summary>What one payment gives back of what an order gives back.</summary>
/// <param name="Nth">Under which number of the order's endings.</param>
public sealed record PaidBack(PaymentId Payment, int Nth, Money Amount);

/// <summary>How a buyer wants an order to be instead.</summary>
/// <param name="Lines">Lines that are to be otherwise; those not named stay as they are.</param>
/// <param name="Country">Where it is to go, ISO 3166 alpha-2; null: as before.</param>
/// <param name="ShipTo">The new address, under the buyer's key; null: as before.</param>
/// <param name="Method">What a difference is paid with, as the provider names it; null: nothing is to be paid.</param>
/// <param name="Total">What the buyer was told that it costs then; null: whatever it does.</param>
/// <param name="Coupons">Codes of its coupons that are to stay; null: all of them.</param>
public sealed record Changes(
    ImmutableArray<LineChange> Lines, string? Country = null, Sealed<Address>? ShipTo = null, string? Method = null,
    Money? Total = null, ImmutableArray<string>? Coupons = null);

/// <summary>How a line is to be instead.</summary>
/// <param name="Quantity">How many of it there are to be; 0: none.</param>
/// <param name="Sku">Another variant of the same listing; null: the same.</param>
/// <param name="Service">Another way to send it; null: the same.</param>
public sealed record LineChange(int Line, int Quantity, Sku? Sku = null, string? Service = null);

/// <summary>What a change must know from elsewhere.</summary>
/// <param name="Lines">What each line that stays would be ordered at now, by its number.</param>
/// <param name="Found">What a checkout of the order as it is to be would stop at.</param>
/// <param name="Risk">What screening knows of the order as it is to be; null: nobody asked.</param>
/// <param name="Trust">What speaks for the buyer; null: nobody asked.</param>
/// <param name="Coupons">What its coupons promise; null: it has none, or nobody looked.</param>
public sealed record AmendFacts(
    ImmutableArray<Requoted> Lines, Fact<ImmutableArray<Refusal>> Found, Fact<RiskFacts>? Risk = null,
    Fact<Trust>? Trust = null, ImmutableArray<Fact<Promised>>? Coupons = null);

/// <summary>What a coupon of an order promises.</summary>
/// <param name="Elsewhere">What the goods of the same checkout cost that other shops send; of a coupon for all shops.
/// </param>
public sealed record Promised(CouponId Coupon, CouponTerms Terms, Money Elsewhere)
{
    /// <summary>Why it can't stay with these goods; null: it can. Its use was taken, so its time doesn't matter.
    /// </summary>
    public Refusal? FaultFor(ImmutableArray<CouponGoods> goods) => new CouponSeen(
        Coupon, Terms, HasEnded: false, Left: 1, Used: 0, [], BackUntil: null).FaultFor(goods, Elsewhere.Minor);
}

/// <summary>A line as a checkout would order it now.</summary>
/// <param name="Line">Its number in the order.</param>
public sealed record Requoted(int Line, Fact<Wanted> Now);

/// <summary>A change as it was agreed on.</summary>
/// <param name="After">What the order is then.</param>
/// <param name="Gone">Units that give way.</param>
/// <param name="New">Units that come in their place, at the price of this day.</param>
/// <param name="Asked">What listings must still say for that.</param>
/// <param name="More">What is to be paid for it; nothing where it gets cheaper.</param>
/// <param name="Back">What goes back to the buyer.</param>
/// <param name="Method">What the difference is paid with; null: nothing more is to be paid.</param>
/// <param name="IsSentElsewhere">The address or the way to send it is another.</param>
/// <param name="Without">Coupons of which nothing remains: their uses come back. Null: none.</param>
/// <param name="Place">Keyed fingerprint of the new address, where it was asked for; null: it is the same, or isn't
/// known.</param>
public sealed record Amendment(
    Deal After, ImmutableArray<Line> Gone, ImmutableArray<Line> New, ImmutableArray<Offered> Asked, Money More,
    Money Back, string? Method, bool IsSentElsewhere, ImmutableArray<CouponId>? Without = null,
    string? Place = null)
{
    /// <summary>Of which skus it needs more units, how many it needs in all then, and what is on sale.</summary>
    public IEnumerable<(Sku Sku, int All, PromotionClaim? Claim, int OnSale)> Taken =>
        from some in MoreUnits
        let sale = New.FirstOrDefault(l => l.Sku == some.Sku && l.Sale is not null)
        select (some.Sku, After.Lines.Where(l => l.Sku == some.Sku).Sum(l => l.Quantity),
            sale is null ? null : new PromotionClaim(sale.Sale!.Code, sale.Listing, sale.PriceBefore),
            some.OnSale.Where(p => p.Code == sale?.Sale?.Code).Sum(p => p.Units));

    /// <summary>How many more of each sku.</summary>
    public IEnumerable<Moved> MoreUnits => Net(New, Gone);

    /// <summary>How many units of which skus it doesn't need any more.</summary>
    public IEnumerable<Moved> Freed => Net(Gone, New);

    /// <summary>Units that move, and how many of them at which sale price.</summary>
    public readonly record struct Moved(Sku Sku, int Units, ImmutableArray<UnitsOnSale> OnSale);

    /// <summary>Lines by what they are of.</summary>
    public static IEnumerable<Moved> UnitsOf(ImmutableArray<Line> lines) => Net(lines, []);

    static IEnumerable<Moved> Net(ImmutableArray<Line> more, ImmutableArray<Line> fewer) =>
        from line in more
        group line by line.Sku into same
        let units = same.Sum(l => l.Quantity) - fewer.Where(l => l.Sku == same.Key).Sum(l => l.Quantity)
        where units > 0
        select new Moved(same.Key, units, [.. OnSaleOf(same, fewer.Where(l => l.Sku == same.Key))]);

    static IEnumerable<UnitsOnSale> OnSaleOf(IEnumerable<Line> more, IEnumerable<Line> fewer) =>
        from line in more
        where line.Sale is not null
        group line by line.Sale!.Code into same
        let units = same.Sum(l => l.Quantity) - fewer.Where(l => l.Sale?.Code == same.Key).Sum(l => l.Quantity)
        where units > 0
        select new UnitsOnSale(same.Key, units);
}

/// <summary>What a listing must still offer.</summary>
public sealed record Offered(ListingId Listing, Sku Sku, Money Price, Money Cost, string? Service);
