using Recourse.Adapters.Rulebooks;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Risk;
namespace Recourse.Tests;

/// <summary>Ana of Recife wants six cups of one seller and a lamp of another, on a Wednesday in March.</summary>
static class Purchase
{
    public static readonly Instant Wednesday = Instant.FromUtc(2026, 3, 4, 10, 0);
    /// <summary>From when the rulebook refuses what nobody looked at.</summary>
    public static readonly Instant Stricter = Instant.FromUtc(2030, 3, 6, 10, 0);
    public static readonly ImmutableArray<Rulebook> Published =
        [RulebookFile.Shipped(), Strict(RulebookFile.Shipped())];

    static Rulebook Strict(Rulebook shipped) => shipped with
    {
        Version = 2, From = Stricter,
        Sections = [.. shipped.Sections.Select(s => s is RiskRules r ? r with { Unreviewed = RiskOutcome.Refuse } : s)],
    };

    public static readonly BuyerId Ana = new("ana");
    public static readonly SellerId Potter = new("potter"), Lampmaker = new("lampmaker");
    public static readonly CheckoutId TheCheckout = new(Ana, "c1");
    public static readonly PaymentId ThePayment = PaymentId.Of(TheCheckout);
    public static readonly OrderId Cups = OrderId.Of(TheCheckout, Potter), Lamp = OrderId.Of(TheCheckout, Lampmaker);
    public static readonly RefundId TheRefund = RefundId.Of(Ana, Cups, 1);

    public static readonly Actor Buyer = new Actor.Buyer(Ana), Stranger = new Actor.Buyer(new("eve")),
        Seller = new Actor.Seller(Potter), Agent = new Actor.Agent("lia"), Clock = new Actor.Clock(),
        Operator = new Actor.Operator("rui"), Provider = new Actor.Outside("provider"),
        OfCups = House(Cups), OfLamp = House(Lamp), OfCheckout = House(TheCheckout), OfPayment = House(ThePayment);

    public static readonly Money CupsTotal = Eur(25_98), LampTotal = Eur(45_00), Total = Eur(70_98);

    public static Actor House(IId id) => new Actor.Aggregate($"{id}");
    public static Money Eur(long cents) => new(cents, Currency.Eur);

    public static readonly BasketLine SixCups = new(new(Potter, "cup"), new("cup"), 6, Eur(3_33)),
        OneLamp = new(new(Lampmaker, "lamp"), new("lamp"), 1, Eur(40_00));

    public static Quoted QuoteOf(BasketLine line) => line.Sku.Code is "lamp"
        ? new("Lamp", Eur(40_00), ShippingPerUnit: Eur(5_00), Offered: true)
        : new("Cup", Eur(3_33), ShippingPerUnit: Eur(1_00), Offered: true);

    public static Basket BasketOf(params ImmutableArray<BasketLine> lines) => new(lines, "BR", ShipTo: null, "card-1");

    public static Checkout.Command Open(Basket basket, Func<BasketLine, Quoted?>? quote = null, Instant? asOf = null) =>
        new Checkout.Command.Open(basket, new(
            [
                .. basket.Lines.Select(l => new Fact<Quoted?>(
                    (quote ?? QuoteOf)(l), asOf ?? Wednesday, "view/listings")),
            ]));

    /// <summary>One of which screening thinks what these rules of the shipped rulebook do.</summary>
    public static Checkout.Command OpenScreened(string[] fired, Trust? trust = null, Instant? at = null)
    {
        var (basket, now) = (BasketOf(SixCups, OneLamp), at ?? Wednesday);
        var risk = RiskFacts.Ordinary with
        {
            Rules = RuleResults.None with { Fired = [.. fired.Select(r => new FiredRule(r, [], ByIpAlone: false))] },
        };
        return new Checkout.Command.Open(basket, new(
            [.. basket.Lines.Select(l => new Fact<Quoted?>(QuoteOf(l), now, "view/listings"))],
            Risk: new(risk, now, "memory/risk"),
            Trust: trust is null ? null : new(trust, now, "partition/buyer")));
    }

    public static readonly string[] ToVerify = ["bought-as-it-signed-up"], ToHold = ["many-cards-by-an-account"],
        ToRefuse =
            ["many-accounts-on-a-device", "another-new-account-on-a-device", "many-new-accounts-on-a-device"];

    public static Life NewCheckout => new(Checkout.Kind, TheCheckout, null, Wednesday);
    public static Life NewPayment => new(Payment.Kind, ThePayment, null, Wednesday);
    public static Life NewRefund => new(Refund.Kind, TheRefund, null, Wednesday);
}
