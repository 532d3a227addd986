using Recourse.Catalog;
using Recourse.Coupons;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Risk;
using Recourse.Sellers;
using Recourse.Ways;
namespace Recourse.Checkouts;

/// <summary>What a listing said when the basket was looked at.</summary>
/// <param name="ShippingPerUnit">To the basket's country; null: it doesn't go there.</param>
/// <param name="ShipsFrom">Where the goods lie, ISO 3166 alpha-2; null in what is older than this.</param>
/// <param name="Sale">At which sale price some are set aside; null: none are.</param>
/// <param name="Follows">The currency of what its price follows; null: it follows nothing.</param>
/// <param name="Unit">What one unit weighs; null: its seller doesn't say.</param>
/// <param name="Goods">Classes of goods with rules of their own that are in it; null or none: ordinary goods.</param>
/// <param name="Options">The ways to send it to that country; null or none: the seller's own.</param>
/// <param name="Share">How much of it its buyer can have now; null: as much as there is.</param>
public sealed record Quoted(
    string Title, Money UnitPrice, Money? ShippingPerUnit, bool Offered, string? ShipsFrom = null,
    SaleSeen? Sale = null, Currency? Follows = null, Measures? Unit = null, ImmutableArray<string>? Goods = null,
    ImmutableArray<ShippingOption>? Options = null, ShareSeen? Share = null)
{
    /// <summary>Classes of goods with rules of their own that are in it.</summary>
    public ImmutableArray<string> Classes => Goods ?? [];

    /// <summary>The ways to send it there that are named.</summary>
    public ImmutableArray<ShippingOption> Named => Options ?? [];
}

/// <summary>
/// What a checkout must know from elsewhere: one quote for each line, in the lines' order; null where there is no such
/// listing or variant.
/// </summary>
/// <param name="ShipTo">What a look at the address found; null: there is none, or nobody looked.</param>
/// <param name="Before">What was bought before; null: nothing that it should be seen beside, or nobody looked.</param>
/// <param name="Rates">Exchange rates that it needs; null: none, or nobody looked.</param>
/// <param name="Area">The remote area that the address is in; null: none.</param>
/// <param name="Sellers">What sellers in it have declared; who isn't among them has declared nothing.</param>
/// <param name="Risk">What screening knows of it; null: nobody asked.</param>
/// <param name="Trust">What speaks for the buyer; null: nobody asked.</param>
/// <param name="Buyer">What the buyer's account says; null: nothing stands there, or nobody looked.</param>
/// <param name="Coupons">What is known of the coupons that are named; null: none is.</param>
/// <param name="Short">What stock would refuse, each with its line; null: nobody looked.</param>
/// <param name="Method">What is known of the payment method; null: none is chosen, or nobody looked.</param>
/// <param name="State">The code of the state that it goes to, where taxes differ by it; null: they don't, or it isn't
/// known.</param>
public sealed record CheckoutFacts(
    ImmutableArray<Fact<Quoted?>> Quotes, Fact<AddressCheck>? ShipTo = null, Fact<BoughtBefore>? Before = null,
    Fact<UsedRates>? Rates = null, Fact<string>? Area = null, ImmutableArray<Fact<SellerFacts>>? Sellers = null,
    Fact<RiskFacts>? Risk = null, Fact<Trust>? Trust = null, Fact<BuyerCheck>? Buyer = null,
    CouponFacts? Coupons = null, Fact<ImmutableArray<Refusal>>? Short = null, Fact<MethodSeen>? Method = null,
    Fact<string>? State = null)
{
    /// <summary>What a seller has declared; null: nothing.</summary>
    public SellerFacts? Of(SellerId seller)
    {
        foreach (var fact in Sellers ?? [])
            if (fact.Value.Seller == seller) return fact.Value;
        return null;
    }
}

/// <summary>What was gathered about coupons.</summary>
/// <param name="Found">Every coupon of such a code with any seller of the basket.</param>
/// <param name="Marks">What the purchase is made over.</param>
public sealed record CouponFacts(ImmutableArray<Fact<CouponSeen>> Found, ImmutableArray<Mark> Marks);

/// <summary>A seller's terms, and what it takes to apply them.</summary>
/// <param name="HonestOrders">How many orders of the buyer ended well, up to what is asked for; null: who buys isn't
/// known yet, or nothing is asked.</param>
/// <param name="Waiting">How many orders wait to be sent by the seller; null: they set no limit.</param>
public sealed record SellerFacts(SellerId Seller, SellerTerms Terms, int? HonestOrders = null, int? Waiting = null);
