using CsCheck;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Tracking;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

/// <summary>
/// A change against the first pick, a cancellation, a second tab, a parcel that leaves, a bank whose answer is lost:
/// whoever comes first, money and stock add up in the end.
/// </summary>
[Trait("Capability", "ORD-2")]
public sealed class RacingAChange
{
    const int Have = 20, Aside = 4;
    static readonly StockItemId CupStock = new(Potter, new("cup"));
    static readonly Actor Shop = new Actor.Seller(Potter);
    static readonly Quoted Cup = QuoteOf(SixCups);
    static readonly OnSale Rush = new("rush", Cup.UnitPrice);

    /// <summary>Six cups that are paid for; of others some can be had for a sale price.</summary>
    static Market Bought(int seed)
    {
        var market = new Market(seed);
        Assert.Empty(market.Ask(SixCups.Listing, new Listing.Command.Publish(new(
            Cup.Title, "", [new(SixCups.Sku, Cup.Title, Cup.UnitPrice)], "PT",
            [new("BR", Cup.ShippingPerUnit!.Value)])), Shop));
        Assert.Empty(market.Ask(CupStock, new StockItem.Command.Receive("shelf", Have), Shop));
        Assert.Empty(market.Ask(CupStock, new StockItem.Command.Promote(new(
            Rush.Code, SixCups.Listing, Eur(2_00), Wednesday, Wednesday + Duration.FromDays(2), Aside, null)), Shop));
        Assert.Empty(market.Ask(TheCheckout, Open(BasketOf(SixCups)), Buyer));
        while (market.State<Order.State>(Cups) is not Order.State.Funded)
        {
            while (market.Deliver() || market.Call(faultless: true)) { }
            if (market.State<Checkout.State>(TheCheckout) is Checkout.State.Declined)
                Assert.Empty(market.Ask(TheCheckout, new Checkout.Command.Pay("card-2"), Buyer));
        }
        return market;
    }

    static Deal? DealOf(Market market) => (market.State<Order.State>(Cups) as Order.State.Dealt)?.Deal;

    /// <summary>As somebody saw the order who asks only now: another tab may have changed it since.</summary>
    static Order.Command To(Market market, Deal seen, int units, bool onSale)
    {
        var line = seen.Lines[market.Chance.Next(seen.Lines.Length)];
        return new Order.Command.Amend(
            new([new(line.Number, units)], Method: "card-1"),
            new(
                [
                    .. seen.Lines.Select(l => new Requoted(l.Number, new(
                        new(
                            l.Listing, l.Sku, l.Title, Math.Max(units, 1), onSale ? Eur(2_00) : Cup.UnitPrice,
                            Cup.ShippingPerUnit!.Value, Sale: onSale ? Rush : null), market.Now, "test"))),
                ], new([], market.Now, "test")));
    }

    static void SomebodyActs(Market market, Deal seen)
    {
        Order.Command command = market.Chance.Next(12) switch
        {
            <= 4 => To(market, seen, market.Chance.Next(12), market.Chance.Next(2) == 0),
            5 => new Order.Command.Pick(),
            6 => new Order.Command.Cancel(Reason.ChangedMind, DealOf(market)?.Everything ?? []),
            7 => new Order.Command.Cancel(Reason.ChangedMind, seen.Everything, Undoable: true),
            8 => new Order.Command.Withdraw(),
            9 => new Order.Command.Approve(),
            10 => new Order.Command.Refuse("refuse.packed-already"),
            _ => new Order.Command.Ship("ctt", "RR473124829PT"),
        };
        market.Ask(Cups, command, command is Order.Command.Pick or Order.Command.Approve or Order.Command.Refuse
            or Order.Command.Ship ? Shop : Buyer);
    }

    static void Chaos(Market market)
    {
        var seen = DealOf(market)!;
        for (var i = market.Chance.Next(60); i > 0; i--)
            switch (market.Chance.Next(10))
            {
                case <= 2: SomebodyActs(market, seen); break;
                case 3: seen = DealOf(market) ?? seen; break;
                case 4 or 5: market.Deliver(); break;
                case 6 or 7: market.Call(faultless: false); break;
                case 8: market.Report(faultless: false); break;
                default: market.Wake(faultless: false); break;
            }
    }

    [Fact]
    public void Whoever_comes_first_money_and_stock_add_up_in_the_end() => Gen.Int.Sample(seed =>
    {
        var market = Bought(seed);
        Chaos(market);
        market.RunToEnd();

        Assert.Empty(market.Incidents);
        var order = market.State<Order.State>(Cups)!;
        Assert.True(order is Order.State.Completed or Order.State.Cancelled, $"{order}");
        Assert.Equal(0, market.Provider.Holding);
        Assert.Equal(0, market.Balances.Values.Sum());
        foreach (var (account, minor) in market.Balances)
            if (!account.StartsWith("buyer/ana/wallet", StringComparison.Ordinal))
                Assert.True(minor == 0 || !((string[])["provider/authorised/", "transit/", "escrow/", "buyer/"])
                    .Any(a => account.StartsWith(a, StringComparison.Ordinal)), $"{account}: {minor}");
        var stock = market.State<StockItem.State>(CupStock)!;
        Assert.Equal((0, (long)Have), (stock.Reserved, stock.Sold + stock.OnHand.Sum(s => s.Units)));
        if (order is Order.State.Completed { Deal: var deal })
            Assert.Equal(deal.Lines.Sum(l => l.Quantity), stock.Sold);
    }, iter: 3_000);

    [Fact]
    public void A_difference_whose_outcome_is_unknown_when_the_order_is_cancelled_is_let_go_when_it_is_known()
    {
        var market = Bought(seed: 3);
        Assert.Empty(market.Ask(Cups, To(market, DealOf(market)!, 8, onSale: false), Buyer));
        var wish = Assert.IsType<Wish.ToPay>(((Order.State.Funded)market.State<Order.State>(Cups)!).Wish);
        while (market.Deliver()) { }                                   // asked for, and no answer came yet
        Assert.IsType<Payment.State.Authorising>(market.State<Payment.State>(wish.Payment));
        Assert.Empty(market.Ask(
            Cups, new Order.Command.Cancel(Reason.ChangedMind, DealOf(market)!.Everything), Buyer));
        while (market.Deliver()) { }
        Assert.True(market.State<Payment.State>(wish.Payment) is Payment.State.Authorising { IsAbandoned: true });
        Assert.Equal(Have - Aside, market.State<StockItem.State>(CupStock)!.Available);
        market.RunToEnd();
        Assert.IsType<Payment.State.Voided>(market.State<Payment.State>(wish.Payment));
        Assert.Equal((0, 0), (market.Provider.Holding, market.Provider.Statement(wish.Payment)));
        Assert.Empty(market.Incidents);
    }

    [Fact]
    public void Of_two_tabs_the_second_is_told_that_something_is_being_changed()
    {
        var market = Bought(seed: 4);
        var seen = DealOf(market)!;
        Assert.Empty(market.Ask(Cups, To(market, seen, 8, onSale: false), Buyer));
        Assert.Equal("order.request-waits",
            Assert.Single(market.Ask(Cups, To(market, seen, 4, onSale: false), Buyer)).Code);
        Assert.Empty(market.Ask(Cups, To(market, seen, 8, onSale: false), Buyer));         // said twice, done once
        Assert.Equal("order.being-changed", Assert.Single(market.Ask(Cups, new Order.Command.Pick(), Shop)).Code);
    }
}
