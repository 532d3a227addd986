using Recourse.Adapters.Rulebooks;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Tracking;
namespace Recourse.Tests;

/// <summary>Ana wants six cups and two pots of the shop, on the Wednesday before Easter, sent to Germany.</summary>
static class Example
{
    public static readonly Instant Wednesday = Instant.FromUtc(2026, 4, 1, 10, 0);
    public static readonly BuyerId Ana = new("ana");
    public static readonly SellerId Shop = new("shop");
    public static readonly CheckoutId AnasCheckout = new(Ana, "basket-1");
    public static readonly OrderId Sold = OrderId.Of(AnasCheckout, Shop);
    public static readonly ListingId Crockery = new(Shop, "crockery");
    public static readonly StockItemId CupsInStock = new(Shop, new("cup")), PotsInStock = new(Shop, new("pot"));

    public static readonly Actor Buyer = new Actor.Buyer(Ana), Stranger = new Actor.Buyer(new("bob")),
        Seller = new Actor.Seller(Shop), OtherSeller = new Actor.Seller(new("rival")),
        Warehouse = new Actor.Warehouse(Shop), Agent = new Actor.Agent("kim"), Operator = new Actor.Operator("lee"),
        Carrier = new Actor.Carrier("dhl"), Import = new Actor.Integration("import"), Clock = new Actor.Clock(),
        TheCheckout = new Actor.Aggregate($"{AnasCheckout}"),
        ThePayment = new Actor.Aggregate($"{PaymentId.Of(AnasCheckout)}"),
        TheParcel = new Actor.Aggregate($"{ParcelId.Of(Sold)}"), TheOrder = new Actor.Aggregate($"{Sold}");

    public static readonly ImmutableArray<Rulebook> Published = [RulebookFile.Shipped()];

    public static Money Eur(long cents) => new(cents, Currency.Eur);

    /// <summary>The shipped rulebook with other rules for orders.</summary>
    public static ImmutableArray<Rulebook> Under(Func<OrderRules, OrderRules> other)
    {
        var shipped = Published[0];
        return [shipped with { Sections = [.. shipped.Sections.Select(s => s is OrderRules r ? other(r) : s)] }];
    }

    /// <summary>The shipped rulebook with somebody else bearing a reason's shipping.</summary>
    public static ImmutableArray<Rulebook> WithShippingBorneBy(Bearer bearer, string reason) => Under(r => r with
    {
        Reasons = r.Reasons.SetItem(reason, r.Reasons[reason] with { ShippingBorneBy = bearer }),
    });

    public static Wanted Wanted(string sku, int quantity, long price, long shipping, string? from = null) =>
        new(Crockery, new(sku), $"A {sku}", quantity, Eur(price), Eur(shipping), from);

    public static Order.Command Place(params ImmutableArray<Wanted> lines) =>
        new Order.Command.Place(new(AnasCheckout, Shop, lines, "DE", ShipTo: null));

    public static Order.Command Place(int cups = 6, int pots = 2, long shipping = 50) =>
        Place(Wanted("cup", cups, 3_33, shipping), Wanted("pot", pots, 12_50, shipping));

    public static Order.Command Fund(Money amount) => new Order.Command.Fund(amount, PaymentId.Of(AnasCheckout));

    public static Order.Command Cancel(string reason, params ImmutableArray<Portion> portions) =>
        new Order.Command.Cancel(reason, portions, Case: ShownFor(reason));

    /// <summary>What a seller shows for a reason, who can do nothing to keep the order.</summary>
    public static SellersCase? ShownFor(string? reason) => Published[0].Of<KeepingRules>().For(reason ?? "") switch
    {
        { Evidence: [var kind, ..] } => new(new(kind, "No. 4711"), NoWay: "There is nothing like it."),
        { Ways.IsEmpty: false }      => new(null, NoWay: "There is nothing like it."),
        _ => null,
    };

    public static Portion Cups(int units) => new(Line: 1, units);
    public static Portion Pots(int units) => new(Line: 2, units);

    public static readonly Order.Command Ship = new Order.Command.Ship("dhl", "RR473124829GB"),
        Deliver = new Order.Command.ConfirmDelivery(Wednesday), Receive = new Order.Command.ConfirmReceipt(),
        LosePayment = new Order.Command.LosePayment("expired_card");

    public static readonly Offer Wares = new(
        "Crockery", "home", [new(new("cup"), "A cup", Eur(3_33)), new(new("pot"), "A pot", Eur(12_50))], "DE",
        [new("DE", Eur(50)), new("BR", Eur(9_00))]);

    public static ImportedOrder History(string number = "o1", Instant? delivered = null) => new(
        "olist", number, new(1, 1), "delivered", Ana,
        new(Wednesday, Wednesday, null, delivered, null), Currency.Of("BRL"),
        [new(1, "p1", Brl(10_00), Brl(2_50), null)], [new(1, "boleto", 1, Brl(12_50))], [], []);

    public static Money Brl(long centavos) => new(centavos, Currency.Of("BRL"));
}
