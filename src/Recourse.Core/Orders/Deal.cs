using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Coupons;
using Recourse.Disputes;
namespace Recourse.Orders;

/// <summary>What a checkout asks of one seller. All money is in one currency.</summary>
/// <param name="Country">Where it goes, ISO 3166 alpha-2.</param>
/// <param name="ShipTo">Name and address, under the buyer's key.</param>
/// <param name="Coupon">What makes it cheaper; null: nothing does.</param>
/// <param name="Hours">When the seller works, as the buyer was told; null: they said nothing of their own.</param>
/// <param name="Terms">What the seller had declared by then, by number; null: nothing.</param>
/// <param name="OnTop">A coupon of all shops that comes on top of the shop's own; null: none does.</param>
/// <param name="MethodKind">What it is to be paid with, as the provider names it; null: by card, or not known.</param>
public sealed record Request(
    CheckoutId Checkout, SellerId Seller, ImmutableArray<Wanted> Lines, string Country, Sealed<Address>? ShipTo,
    Wielded? Coupon = null, ShopHours? Hours = null, int? Terms = null,
    Wielded? OnTop = null, string? MethodKind = null)
{
    /// <summary>What its lines come to, less what goes off; in their currency.</summary>
    public Money Total => Lines.Select(l => (l.UnitPrice + l.ShippingPerUnit) * l.Quantity
        - (l.Off ?? l.UnitPrice with { Minor = 0 })).Sum(Lines[0].UnitPrice.Currency);

    /// <summary>The same without what makes it cheaper.</summary>
    public Request AtFullPrice =>
        this with { Coupon = null, OnTop = null, Lines = [.. Lines.Select(l => l.AtFullPrice)] };

    /// <summary>The same with the shop's own coupon alone.</summary>
    public Request WithoutOnTop => this with
    {
        OnTop = null,
        Lines = [.. Lines.Select(l => l with { OnTop = null, Off = l.OffOfShop is { Minor: > 0 } off ? off : null })],
    };

    /// <summary>The same with the coupon of all shops alone: it takes off what it did.</summary>
    public Request WithoutOwn => this with
    {
        Coupon = OnTop, OnTop = null, Lines = [.. Lines.Select(l => l with { OnTop = null, Off = l.OnTop })],
    };

    /// <summary>Whether anything makes it cheaper.</summary>
    public bool IsCheaper => Coupon is not null || Lines.Any(l => l.Sale is not null);
}

/// <summary>A coupon as an order is asked for with it.</summary>
/// <param name="Marks">What the purchase is made over.</param>
public sealed record Wielded(CouponId Id, Bearer BorneBy, ImmutableArray<Mark> Marks);

/// <summary>A coupon that an order has.</summary>
/// <param name="BorneBy">Whose loss it is.</param>
public sealed record Applied(CouponId Id, Bearer BorneBy);

/// <summary>Units that a buyer wants, at the price and shipping that they were shown for one unit.</summary>
/// <param name="ShipsFrom">Where they lie, ISO 3166 alpha-2; null in what is older than this.</param>
/// <param name="Off">What goes off all of them together; null: nothing does.</param>
/// <param name="Sale">The unit price is a promotion's; null: it is the listing's.</param>
/// <param name="By">How they are sent; null: in the seller's own way.</param>
/// <param name="Later">What is to follow in instalments; null: nothing.</param>
/// <param name="OnTop">What of <paramref name="Off"/> is a coupon's of all shops beside the shop's own; null: nothing.
/// </param>
public sealed record Wanted(
    ListingId Listing, Sku Sku, string Title, int Quantity, Money UnitPrice, Money ShippingPerUnit,
    string? ShipsFrom = null, Money? Off = null, OnSale? Sale = null, Sending? By = null, Later? Later = null,
    Money? OnTop = null)
{
    /// <summary>What the shop's own coupon takes off all of them; null: nothing does.</summary>
    public Money? OffOfShop => Off is { } off && OnTop is { } more ? off - more : Off;

    /// <summary>The same at what the listing says.</summary>
    public Wanted AtFullPrice =>
        this with { Off = null, OnTop = null, Sale = null, UnitPrice = Sale?.Normal ?? UnitPrice };
}

/// <summary>More of a line, which is to follow once its units are paid for.</summary>
/// <param name="Parts">In how many instalments.</param>
public sealed record Later(int Units, int Parts);

/// <summary>At a promotion's price.</summary>
/// <param name="Code">Of which promotion of the stock item.</param>
/// <param name="Normal">What one costs otherwise.</param>
public sealed record OnSale(string Code, Money Normal);

/// <summary>The way that a buyer chose.</summary>
/// <param name="Service">The code of a carrier's service.</param>
/// <param name="Surcharge">What of the shipping of one unit is asked because it goes far out.</param>
/// <param name="FromDays">Business days from hand-over to the door, at best, as they were told.</param>
/// <param name="ToDays">And at the most.</param>
public sealed record Sending(string Service, Money Surcharge, int FromDays, int ToDays);

/// <summary>Whom and where; only ever stored sealed.</summary>
/// <param name="City">Empty where the country's addresses have none, as in Singapore.</param>
/// <param name="Country">ISO 3166 alpha-2.</param>
/// <param name="District">What belongs to a town and stands beside it; null: nothing.</param>
public sealed record Address(
    string Name, ImmutableArray<string> Lines, string City, string? Region, string? Postcode, string Country,
    string? Phone, string? District = null);

/// <summary>What the parties agreed on and what still stands, under the rulebook of that day.</summary>
/// <param name="Settled">How many early endings, in part or whole, it has had.</param>
/// <param name="Coupon">What made it cheaper; null: nothing did.</param>
/// <param name="Hours">When the seller works, as it was then; null: they said nothing of their own.</param>
/// <param name="Terms">Which of the seller's terms it was placed under; null: there were none.</param>
/// <param name="Overturned">Appeals that undid what was decided of it; null: none.</param>
/// <param name="OnTop">The coupon of all shops beside the shop's own; null: none.</param>
/// <param name="TopUps">What was paid when it was changed, and is still there; null: nothing.</param>
/// <param name="Contested">Appeals about it that are open; null: none.</param>
/// <param name="MethodKind">What it was to be paid with, as the provider names it; null: by card, or not known.</param>
/// <param name="KeptBy">The name of the way in which its buyer kept it when its seller wanted to give it up; null:
/// none.
/// </param>
public sealed record Deal(
    OrderId Order, CheckoutId Checkout, int Rulebook, Currency Currency, ImmutableArray<Line> Lines, string Country,
    Sealed<Address>? ShipTo, Instant PlacedAt, int Settled = 0, Applied? Coupon = null, ShopHours? Hours = null,
    int? Terms = null, ImmutableArray<AppealId>? Overturned = null, Applied? OnTop = null,
    ImmutableArray<TopUp>? TopUps = null, ImmutableArray<AppealId>? Contested = null,
    string? KeptBy = null, string? MethodKind = null)
{
    /// <summary>The kind of a method that the provider names none for.</summary>
    public const string Card = "card";

    /// <summary>The deal that a request becomes: each line has its number and its shipping.</summary>
    public static Deal Of(OrderId order, Request r, int rulebook, Instant at) => new(
        order, r.Checkout, rulebook, r.Lines[0].UnitPrice.Currency,
        [.. r.Lines.SelectMany(Line.Of).Select((l, i) => l with { Number = i + 1 })],
        r.Country, r.ShipTo, at, Coupon: r.Coupon is { } c ? new(c.Id, c.BorneBy) : null, Hours: r.Hours,
        Terms: r.Terms, OnTop: r.OnTop is { } t ? new(t.Id, t.BorneBy) : null,
        MethodKind: r.MethodKind);

    /// <summary>Who bought.</summary>
    public BuyerId Buyer => Checkout.Buyer;

    /// <summary>Where its goods lie, each country once; where they go if that isn't known.</summary>
    public IEnumerable<string> ShipsFrom => Lines.Select(l => l.ShipsFrom ?? Country).Distinct();

    /// <summary>The goods that still stand.</summary>
    public Money Goods => Lines.Select(l => l.Goods).Sum(Currency);

    /// <summary>The shipping that still stands.</summary>
    public Money Shipping => Lines.Select(l => l.Shipping).Sum(Currency);

    /// <summary>Goods and shipping.</summary>
    public Money Total => Goods + Shipping;

    /// <summary>What went off the goods that still stand.</summary>
    public Money Off => Lines.Select(l => (l.Off ?? Money.Zero(Currency)) * l.Quantity).Sum(Currency);

    /// <summary>What of that the coupon of all shops took that came on top of the shop's own.</summary>
    public Money OffOnTop => Lines.Select(l => (l.OnTop ?? Money.Zero(Currency)) * l.Quantity).Sum(Currency);

    /// <summary>What the platform makes good to the seller for the goods that still stand.</summary>
    public Money Borne => (Coupon is { BorneBy: Bearer.Platform } ? Off - OffOnTop : Money.Zero(Currency))
        + (OnTop is { BorneBy: Bearer.Platform } ? OffOnTop : Money.Zero(Currency))
        + Lines.Select(l => (l.Shared ?? Money.Zero(Currency)) * l.Quantity).Sum(Currency);

    /// <summary>All that stands, as portions.</summary>
    public ImmutableArray<Portion> Everything => [.. Lines.Select(l => new Portion(l.Number, l.Quantity))];

    /// <summary>Units that stand on a line; 0 for a line that isn't there.</summary>
    public int UnitsOf(int line) => Lines.Where(l => l.Number == line).Sum(l => l.Quantity);

    /// <summary>Two deals that add up to this one, to the cent.</summary>
    public (Deal Left, Deal Gone) Cut(ImmutableArray<Portion> portions)
    {
        var cuts = Lines.Select(l => l.Cut(portions.Where(p => p.Line == l.Number).Sum(p => p.Quantity))).ToList();
        return (With(cuts.Select(c => c.Left)), With(cuts.Select(c => c.Gone)));

        Deal With(IEnumerable<Line> lines) =>
            this with { Lines = [.. lines.Where(l => l.Quantity > 0)], Settled = Settled + 1 };
    }
}

/// <summary>Units of one sku. Each owns its price and shipping, so the number of cuts doesn't matter.</summary>
/// <param name="UnitPrice">What is paid for one.</param>
/// <param name="ShipsFrom">Where they lie, ISO 3166 alpha-2; null in what is older than this.</param>
/// <param name="Off">What went off the price of one; null: nothing did.</param>
/// <param name="Sale">The price was a promotion's; null: the listing's.</param>
/// <param name="By">How they are sent; null: in the seller's own way.</param>
/// <param name="Later">What is to follow in instalments; null: nothing.</param>
/// <param name="OnTop">What of <paramref name="Off"/> is a coupon's of all shops beside the shop's own; null: nothing.
/// </param>
/// <param name="Shared">What the platform adds for one whose price is honoured though it was a slip; null:
/// nothing.</param>
public sealed record Line(
    int Number, ListingId Listing, Sku Sku, string Title, int Quantity, Money UnitPrice, Money ShippingPerUnit,
    string? ShipsFrom = null, Money? Off = null, OnSale? Sale = null, Sending? By = null, Later? Later = null,
    Money? OnTop = null, Money? Shared = null)
{
    /// <summary>
    /// What is wanted as lines: several where what goes off can't be shared evenly, so that each unit has its own
    /// price.
    /// </summary>
    internal static IEnumerable<Line> Of(Wanted w)
    {
        // The cents that are left over of one coupon go first, those of the other last: none is a cent off the next.
        var (own, top) = (w.OffOfShop?.Minor ?? 0, w.OnTop?.Minor ?? 0);
        var (odd, oddTop) = ((int)(own % w.Quantity), (int)(top % w.Quantity));
        var marks = new SortedSet<int> { 0, odd, w.Quantity - oddTop, w.Quantity };
        var lines = marks.Zip(marks.Skip(1), (from, to) => Of(
            w, to - from, (own / w.Quantity) + (from < odd ? 1 : 0),
            (top / w.Quantity) + (from >= w.Quantity - oddTop ? 1 : 0))).ToList();
        lines[^1] = lines[^1] with { Later = w.Later };
        return lines;
    }

    static Line Of(Wanted w, int units, long own, long top) => new(
        0, w.Listing, w.Sku, w.Title, units, w.UnitPrice with { Minor = w.UnitPrice.Minor - own - top },
        w.ShippingPerUnit, w.ShipsFrom, own + top == 0 ? null : w.UnitPrice with { Minor = own + top }, w.Sale, w.By,
        OnTop: top == 0 ? null : w.UnitPrice with { Minor = top });

    /// <summary>What one costs without a coupon.</summary>
    public Money PriceBefore => Off is { } off ? UnitPrice + off : UnitPrice;

    /// <summary>What one costs at its listing.</summary>
    public Money ListPrice => Sale?.Normal ?? PriceBefore;

    /// <summary>Price of the units.</summary>
    public Money Goods => UnitPrice * Quantity;

    /// <summary>Shipping of the units.</summary>
    public Money Shipping => ShippingPerUnit * Quantity;

    /// <summary>The line without some units, and those units.</summary>
    public (Line Left, Line Gone) Cut(int units) =>
        (this with { Quantity = Quantity - units }, this with { Quantity = units });
}

/// <summary>Some units of one line.</summary>
public sealed record Portion(int Line, int Quantity);

/// <summary>Who bears a cost.</summary>
public enum Bearer
{
    /// <summary>The buyer: it is not given back.</summary>
    Buyer,

    /// <summary>The seller: it is given back, and not paid to them.</summary>
    Seller,

    /// <summary>The platform: it is given back, and made good to the seller.</summary>
    Platform,
}

/// <summary>What the nth early ending gives back, itemised. Before payment it gives back nothing.</summary>
/// <param name="From">Which payments give it back; null: the checkout's alone.</param>
/// <param name="Fee">What of the fee for these goods its seller bears though nothing was sold; null: nothing.</param>
/// <param name="Paid">What its buyer is paid on top of it; null: nothing.</param>
public sealed record Settlement(
    int Nth, ImmutableArray<Line> Lines, Money Goods, Money Shipping, Bearer ShippingBorneBy,
    ImmutableArray<PaidBack>? From = null, Money? Fee = null, Compensation? Paid = null)
{
    /// <summary>Whether anything had been paid for what ends.</summary>
    public bool IsPaid => Goods.Minor > 0;

    /// <summary>What goes to the buyer.</summary>
    public Money ToBuyer => ShippingBorneBy is Bearer.Buyer ? Goods : Goods + Shipping;

    /// <summary>
    /// What the refund with that number owes, worked out anew line by line, or the part that its payment was to give;
    /// null: none of this has that number.
    /// </summary>
    public Money? OwedBy(int nth) => From is { } parts ? parts.FirstOrDefault(p => p.Nth == nth)?.Amount
        : nth != Nth ? null
        : Lines.Select(l => ShippingBorneBy is Bearer.Buyer ? l.Goods : l.Goods + l.Shipping).Sum(Goods.Currency);
}
