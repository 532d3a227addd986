using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Instalments;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Risk;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

/// <summary>A shop that sells masks, some of them to a clinic that wants 5,000.</summary>
static class MaskShop
{
    public static readonly StockItemId MaskStock = new(Potter, new("cup"));
    public static readonly BulkRules Rules = Published[0].Of<BulkRules>();
    public static readonly BasketLine Masks = SixCups with { Quantity = 1_200, Later = new(3_800, 4) };
    public static readonly Trust Known = new(IsVerified: true, null), Unknown = new(IsVerified: false, null);

    public static Market Shop(int have)
    {
        var market = new Market(seed: 7);
        var quote = QuoteOf(SixCups);
        var offer = new Offer(quote.Title, "", [new(SixCups.Sku, quote.Title, quote.UnitPrice)], "PT",
            [new("BR", quote.ShippingPerUnit!.Value)]);
        Assert.Empty(market.Ask(SixCups.Listing, new Listing.Command.Publish(offer), Seller));
        Assert.Empty(market.Ask(MaskStock, new StockItem.Command.Receive("shelf", have), Seller));
        return market;
    }

    public static StockItem.State Stock(Market market) => market.State<StockItem.State>(MaskStock)!;

    public static ImmutableArray<Refusal> Wants(
        Market market, CheckoutId id, BasketLine line, Trust trust, params ImmutableArray<string> confirmed)
    {
        var sale = StockItem.SaleFor(Stock(market), SixCups.Listing, id.Buyer, market.Now);
        return market.Ask(id, new Checkout.Command.Open(
            BasketOf(line) with { Confirmed = confirmed },
            new([new(QuoteOf(line) with { Sale = sale }, market.Now, "view/listings")],
                Trust: new(trust, market.Now, "partition/buyer"))), new Actor.Buyer(id.Buyer));
    }

    public static void Settle(Market market)
    {
        do
        {
            while (market.Deliver() || market.Call(faultless: true)) { }
            market.Provider.Settle();
        } while (market.Report(faultless: true));
    }

    public static void Pays(Market market, CheckoutId id)
    {
        Settle(market);
        while (market.State<Checkout.State>(id) is Checkout.State.Declined)
        {
            Assert.Empty(market.Ask(id, new Checkout.Command.Pay("card-2"), new Actor.Buyer(id.Buyer)));
            Settle(market);
        }
        Assert.IsType<Checkout.State.Authorised>(market.State<Checkout.State>(id));
    }

    public static SupplyPlanId PlanOf(CheckoutId id) => SupplyPlanId.Of(OrderId.Of(id, Potter), SixCups.Sku);

    public static T In<T>(Market market, SupplyPlanId id) where T : SupplyPlan.State =>
        Assert.IsType<T>(market.State<SupplyPlan.State>(id));

    /// <summary>The next instant at which time means something to a plan.</summary>
    public static void WaitFor(Market market, SupplyPlanId id)
    {
        market.Now = Assert.IsAssignableFrom<SupplyPlan.State.Open>(market.State<SupplyPlan.State>(id)).Deadline.Next;
        Assert.Empty(market.Ask(id, new SupplyPlan.Command.Wake(market.Now), Clock));
    }

    public static (Market Market, SupplyPlanId Plan) Begun(int have = 4_000)
    {
        var market = Shop(have);
        Assert.Empty(Wants(market, TheCheckout, Masks, Known, "checkout.odd-quantity:lines[0].quantity@1200-cup"));
        Pays(market, TheCheckout);
        return (market, PlanOf(TheCheckout));
    }
}
