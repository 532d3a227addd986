using Recourse.Catalog;
using Recourse.Checkouts;
namespace Recourse.Orders;

/// <summary>What a checkout asks of one seller. All money is in one currency.</summary>
/// <param name="Country">Where it goes, ISO 3166 alpha-2.</param>
/// <param name="ShipTo">Name and address, under the buyer's key.</param>
/// <param name="Hours">When the seller works, as the buyer was told; null: they said nothing of their own.</param>
/// <param name="Terms">What the seller had declared by then, by number; null: nothing.</param>
public sealed record Request(
    CheckoutId Checkout, SellerId Seller, ImmutableArray<Wanted> Lines, string Country, Sealed<Address>? ShipTo,
    ShopHours? Hours = null, int? Terms = null);

/// <summary>Units that a buyer wants, at the price and shipping that they were shown for one unit.</summary>
/// <param name="ShipsFrom">Where they lie, ISO 3166 alpha-2; null in what is older than this.</param>
/// <param name="By">How they are sent; null: in the seller's own way.</param>
public sealed record Wanted(
    ListingId Listing, Sku Sku, string Title, int Quantity, Money UnitPrice, Money ShippingPerUnit,
    string? ShipsFrom = null, Sending? By = null);

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
/// <param name="Hours">When the seller works, as it was then; null: they said nothing of their own.</param>
/// <param name="Terms">Which of the seller's terms it was placed under; null: there were none.</param>
public sealed record Deal(
    OrderId Order, CheckoutId Checkout, int Rulebook, Currency Currency, ImmutableArray<Line> Lines, string Country,
    Sealed<Address>? ShipTo, Instant PlacedAt, int Settled = 0, ShopHours? Hours = null, int? Terms = null)
{
    /// <summary>The deal that a request becomes: each line has its number and its shipping.</summary>
    public static Deal Of(OrderId order, Request r, int rulebook, Instant at) => new(
        order, r.Checkout, rulebook, r.Lines[0].UnitPrice.Currency,
        [.. r.Lines.Select((l, i) => new Line(
            i + 1, l.Listing, l.Sku, l.Title, l.Quantity, l.UnitPrice, l.ShippingPerUnit, l.ShipsFrom, l.By))],
        r.Country, r.ShipTo, at, Hours: r.Hours, Terms: r.Terms);

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

/// <summary>Units of one sku. Each owns its shipping, so the number of cuts doesn't matter.</summary>
/// <param name="ShipsFrom">Where they lie, ISO 3166 alpha-2; null in what is older than this.</param>
/// <param name="By">How they are sent; null: in the seller's own way.</param>
public sealed record Line(
    int Number, ListingId Listing, Sku Sku, string Title, int Quantity, Money UnitPrice, Money ShippingPerUnit,
    string? ShipsFrom = null, Sending? By = null)
{
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
public sealed record Settlement(
    int Nth, ImmutableArray<Line> Lines, Money Goods, Money Shipping, Bearer ShippingBorneBy)
{
    /// <summary>Whether anything had been paid for what ends.</summary>
    public bool IsPaid => Goods.Minor > 0;

    /// <summary>What goes to the buyer.</summary>
    public Money ToBuyer => ShippingBorneBy is Bearer.Buyer ? Goods : Goods + Shipping;
}
