using System.Collections.Immutable;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Coupons;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Sellers;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

/// <summary>A coupon of the platform makes goods of several shops cheaper: one use for the whole checkout, shared out
/// to the cent, and the platform's own loss.</summary>
[Trait("Capability", "CHK-2")]
public sealed class UsingACouponOfAllShops
{
    internal static readonly CouponId Gift = new(CouponId.AllShops, "gift");
    static readonly Mark Door = new(Link.Address, "a1"), Phone = new(Link.Device, "d1");

    internal static CouponTerms Terms(int uses = 3, Money? least = null, long off = 10_00) => new(
        new CouponCut.AmountOff(Eur(off)), Currency.Eur, least, Wednesday - Duration.FromDays(1),
        Wednesday + Duration.FromDays(3), [], uses, UsesPerPerson: 1, Bearer.Platform);

    internal static CouponSeen Seen(
        CouponTerms? terms = null, int left = 3, int used = 0, params ImmutableArray<Link> links) =>
        new(Gift, terms ?? Terms(), HasEnded: false, left, used, links, BackUntil: null);

    internal static Checkout.Command.Open OpenWith(
        CouponSeen seen, Basket? basket = null, ImmutableArray<Mark>? marks = null, Instant? at = null,
        params ImmutableArray<string> codes)
    {
        var wanted = (basket ?? BasketOf(SixCups, OneLamp)) with { Coupons = codes.IsEmpty ? ["gift"] : codes };
        var open = (Checkout.Command.Open)Open(wanted, asOf: at);
        return open with
        {
            Facts = open.Facts with { Coupons = new([new(seen, at ?? Wednesday, "test")], marks ?? [Door]) },
        };
    }

    [Fact]
    public void Is_shared_out_over_the_lines_of_all_shops_to_the_cent()
    {
        var requests = NewCheckout.When(Buyer, OpenWith(Seen())).Then<Checkout.Event.Opened>().Requests;
        // 19.92 of cups and 39.99 of the lamp can go off: a unit goes on costing the least there is.
        Assert.Equal([Eur(3_32), Eur(6_68)], requests.Select(r => r.Lines.Single().Off!.Value));
        Assert.Equal(Total - Eur(10_00), requests.Select(r => r.Total).Sum(Currency.Eur));
        Assert.All(requests, r => Assert.Equal((Gift, Bearer.Platform), (r.Coupon!.Id, r.Coupon.BorneBy)));
    }

    [Fact]
    public void Counts_the_goods_of_all_shops_towards_what_must_be_spent()
    {
        NewCheckout.When(Buyer, OpenWith(Seen(Terms(least: Eur(59_98))))).Then<Checkout.Event.Opened>();
        NewCheckout.When(Buyer, OpenWith(Seen(Terms(least: Eur(59_99))))).ThenRefused("coupon.too-little");
        NewCheckout.When(Buyer, OpenWith(Seen(Terms() with { Listings = [OneLamp.Listing] }), BasketOf(SixCups)))
            .ThenRefused("coupon.not-for-these");
    }

    [Fact]
    public void Leaves_orders_alone_that_it_is_not_for()
    {
        var requests = NewCheckout.When(Buyer, OpenWith(Seen(Terms() with { Listings = [OneLamp.Listing] })))
            .Then<Checkout.Event.Opened>().Requests;
        Assert.Equal([(null, CupsTotal), (Gift, LampTotal - Eur(10_00))],
            requests.Select(r => (r.Coupon?.Id, r.Total)));
    }

    [Fact]
    public void Is_found_to_be_used_before_like_any_other()
    {
        NewCheckout.When(Buyer, OpenWith(Seen(used: 1, links: [Link.Account]))).ThenRefused("coupon.used-before");
        NewCheckout.When(Buyer, OpenWith(Seen(used: 1, links: [Link.Card]))).ThenRefused("coupon.used-by-linked");
    }

    [Fact]
    public void Is_issued_by_the_platform_alone_at_its_own_cost()
    {
        foreach (var (who, terms) in ((Actor, CouponTerms)[])
            [(Seller, Terms()), (new Actor.Seller(CouponId.AllShops), Terms() with { BorneBy = Bearer.Seller })])
            Assert.False(Coupon.Decide(Gift, null, new Coupon.Command.Issue(terms), new(who, Wednesday, Published))
                .Refusals.IsDefaultOrEmpty);
        Assert.Single(Coupon.Decide(
            Gift, null, new Coupon.Command.Issue(Terms()), new(Operator, Wednesday, Published)).Events);
    }

    static Market Shops(CouponTerms terms)
    {
        var market = new Market(seed: 7);
        foreach (var line in new[] { SixCups, OneLamp })
        {
            var (quote, seller) = (QuoteOf(line), new Actor.Seller(line.Listing.Seller));
            var offer = new Offer(quote.Title, "", [new(line.Sku, quote.Title, quote.UnitPrice)], "PT",
                [new("BR", quote.ShippingPerUnit!.Value)]);
            Assert.Empty(market.Ask(line.Listing, new Listing.Command.Publish(offer), seller));
            Assert.Empty(market.Ask(new StockItemId(line.Listing.Seller, line.Sku),
                new StockItem.Command.Receive("shelf", 90), seller));
        }
        Assert.Empty(market.Ask(Gift, new Coupon.Command.Issue(terms), Operator));
        return market;
    }

    static CheckoutId Opens(Market market, string buyer, ImmutableArray<Mark> marks, CouponSeen? seen = null)
    {
        var id = new CheckoutId(new(buyer), "c1");
        seen ??= Coupon.SeenBy(Gift, StateOf(market), id.Buyer, marks, market.Now);
        Assert.Empty(market.Ask(id, OpenWith(seen, marks: marks, at: market.Now), new Actor.Buyer(id.Buyer)));
        return id;
    }

    static void Settle(Market market)
    {
        do
        {
            while (market.Deliver() || market.Call(faultless: true)) { }
            market.Provider.Settle();
        } while (market.Report(faultless: true));
    }

    static Coupon.State StateOf(Market market) => market.State<Coupon.State>(Gift)!;

    static void Ends(Market market, CheckoutId checkout, SellerId seller, string reason)
    {
        var order = OrderId.Of(checkout, seller);
        var portions = ((Order.State.Dealt)market.State<Order.State>(order)!).Deal.Everything;
        Assert.Empty(market.Ask(order, new Order.Command.Cancel(reason, portions, Case: Example.ShownFor(reason)),
            reason is "cancel.changed-mind" ? new Actor.Buyer(checkout.Buyer) : new Actor.Seller(seller)));
        Settle(market);
    }

    [Fact]
    public void Is_taken_once_for_all_orders_and_the_platform_pays_the_sellers_what_went_off()
    {
        var market = Shops(Terms());
        var ana = Opens(market, "ana", [Door]);
        Settle(market);
        Assert.Equal(Total - Eur(10_00),
            Assert.IsType<Checkout.State.Authorised>(market.State<Checkout.State>(ana)).Total);
        var use = Assert.Single(StateOf(market).Uses.Values);
        Assert.Equal((true, Eur(10_00), 2, ana), (use.IsGood, use.Off, use.Parts.Length, use.Checkout));
        foreach (var (seller, number) in new[] { (Potter, "RR473124829GB"), (Lampmaker, "RR473124829PT") })
        {
            var order = OrderId.Of(ana, seller);
            Assert.Empty(market.Ask(order, new Order.Command.Ship("dhl", number), new Actor.Seller(seller)));
            Assert.Empty(market.Ask(order, new Order.Command.ConfirmReceipt(), new Actor.Buyer(ana.Buyer)));
        }
        Settle(market);
        Assert.Equal((-3_32, -6_68), (market.Balances[$"{Potter}/claims"], market.Balances[$"{Lampmaker}/claims"]));
        Assert.Equal(0, market.Balances.Values.Sum());
        Assert.Empty(market.Incidents);
    }

    [Fact]
    public void The_last_use_goes_to_one_and_the_other_orders_without_it_losing_nothing()
    {
        var market = Shops(Terms(uses: 1));
        CheckoutId[] both = [Opens(market, "ana", [Door]), Opens(market, "bob", [Phone])];
        Settle(market);
        var stopped = Assert.Single(both, id => market.State<Checkout.State>(id) is Checkout.State.Stopped);
        var state = market.State<Checkout.State>(stopped)!;
        Assert.All(state.Parts, p => Assert.Equal("coupon.used-up", Assert.Single(p.Refusals).Code));
        Assert.Empty(market.Ask(stopped, new Checkout.Command.LeaveDiscounts(), new Actor.Buyer(stopped.Buyer)));
        Settle(market);
        Assert.Equal(Total, Assert.IsType<Checkout.State.Authorised>(market.State<Checkout.State>(stopped)).Total);
        Assert.Single(StateOf(market).Uses);
        Assert.Empty(market.Incidents);
    }

    [Fact]
    public void Where_a_seller_has_nothing_left_the_other_keeps_its_share_and_the_use_stands_for_that()
    {
        var market = Shops(Terms(uses: 1));
        var lamps = new StockItemId(Lampmaker, OneLamp.Sku);
        Assert.Empty(market.Ask(lamps, new StockItem.Command.Correct("shelf", 0, "lost"),
            new Actor.Seller(Lampmaker)));
        var ana = Opens(market, "ana", [Door]);
        Settle(market);
        Assert.IsType<Checkout.State.Stopped>(market.State<Checkout.State>(ana));
        Assert.Empty(market.Ask(ana, new Checkout.Command.Proceed(), new Actor.Buyer(ana.Buyer)));
        Settle(market);
        Assert.Equal(CupsTotal - Eur(3_32), market.State<Checkout.State>(ana)!.Total);
        Assert.Equal([OrderId.Of(ana, Potter)], Assert.Single(StateOf(market).Uses.Values).Parts);
        Ends(market, ana, Potter, "cancel.out-of-stock");
        Assert.Empty(StateOf(market).Uses);
    }

    [Fact]
    public void Comes_back_when_its_checkout_is_given_up_unpaid()
    {
        var market = Shops(Terms(uses: 1));
        var ana = Opens(market, "ana", [Door]);
        while (market.Deliver()) { }
        Assert.Single(StateOf(market).Uses);
        Assert.Empty(market.Ask(ana, new Checkout.Command.Abandon(), new Actor.Buyer(ana.Buyer)));
        Settle(market);
        Assert.Empty(StateOf(market).Uses);
        Assert.Null(Coupon.SeenBy(Gift, StateOf(market), ana.Buyer, [Door], market.Now).FaultAt(market.Now));
        Assert.Empty(market.Incidents);
    }

    [Fact]
    public void Comes_back_once_all_of_it_has_ended_and_not_before()
    {
        var market = Shops(Terms(uses: 1));
        var ana = Opens(market, "ana", [Door]);
        Settle(market);
        Ends(market, ana, Potter, "cancel.out-of-stock");
        Assert.Single(StateOf(market).Uses);
        Ends(market, ana, Lampmaker, "cancel.out-of-stock");
        Assert.Empty(StateOf(market).Uses);
        var later = market.Now + Duration.FromDays(28);
        Assert.Null(Coupon.SeenBy(Gift, StateOf(market), ana.Buyer, [Door], later).FaultAt(later));
        Assert.Equal(0, market.Balances.Values.Sum());
        Assert.Empty(market.Incidents);
    }

    [Fact]
    public void Is_spent_where_its_buyer_ended_any_of_it()
    {
        var market = Shops(Terms(uses: 1));
        var ana = Opens(market, "ana", [Door]);
        Settle(market);
        Ends(market, ana, Potter, "cancel.changed-mind");
        Ends(market, ana, Lampmaker, "cancel.out-of-stock");
        Assert.True(Assert.Single(StateOf(market).Uses.Values).IsSpent);
    }

    [Fact]
    public void What_ends_gives_back_what_was_paid_for_it_and_no_more()
    {
        var market = Shops(Terms());
        var ana = Opens(market, "ana", [Door]);
        Settle(market);
        Ends(market, ana, Lampmaker, "cancel.out-of-stock");
        var ended = Assert.IsType<Order.State.Cancelled>(market.State<Order.State>(OrderId.Of(ana, Lampmaker)));
        Assert.Equal(LampTotal - Eur(6_68), ended.Settlement.ToBuyer);
        Assert.Equal(0, market.Balances.GetValueOrDefault($"{Lampmaker}/claims"));
    }
}
