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

/// <summary>A coupon makes goods cheaper, once for each person, and stands in nobody's way unseen.</summary>
[Trait("Capability", "CHK-2")]
public sealed class UsingACoupon
{
    internal static readonly CouponId Spring = new(Potter, "spring");
    static readonly StockItemId CupStock = new(Potter, new("cup"));
    static readonly Mark Door = new(Link.Address, "a1"), Phone = new(Link.Device, "d1");

    internal static CouponTerms Terms(int uses = 3, Money? least = null, Bearer by = Bearer.Seller) => new(
        new CouponCut.PercentOff(10), Currency.Eur, least, Wednesday - Duration.FromDays(1),
        Wednesday + Duration.FromDays(3), [], uses, UsesPerPerson: 1, by);

    internal static CouponSeen Seen(
        CouponTerms? terms = null, int left = 3, int used = 0, params ImmutableArray<Link> links) =>
        new(Spring, terms ?? Terms(), HasEnded: false, left, used, links, BackUntil: null);

    internal static Checkout.Command OpenWith(
        CouponSeen? seen, Basket? basket = null, ImmutableArray<Mark>? marks = null, Instant? at = null)
    {
        var wanted = (basket ?? BasketOf(SixCups)) with { Coupons = ["spring"] };
        var open = (Checkout.Command.Open)Open(wanted, asOf: at);
        return open with
        {
            Facts = open.Facts with
            {
                Coupons = new(seen is null ? [] : [new(seen, at ?? Wednesday, "test")], marks ?? [Door]),
            },
        };
    }

    [Fact]
    public void Takes_its_part_off_line_by_line()
    {
        var opened = NewCheckout.When(Buyer, OpenWith(Seen())).Then<Checkout.Event.Opened>();
        var request = Assert.Single(opened.Requests);
        Assert.Equal(Eur(2_00), Assert.Single(request.Lines).Off);                        // 10 % of 19.98, rounded up
        Assert.Equal(Eur(25_98 - 2_00), request.Total);
        var deal = Deal.Of(Cups, request, 1, Wednesday);
        Assert.Equal([(2, Eur(2_99)), (4, Eur(3_00))], deal.Lines.Select(l => (l.Quantity, l.UnitPrice)));
        Assert.Equal((request.Total, Eur(2_00)), (deal.Total, deal.Off));
        Assert.All(deal.Lines, l => Assert.Equal(Eur(3_33), l.ListPrice));
    }

    [Fact]
    public void Takes_nothing_off_other_shops_goods()
    {
        var requests = NewCheckout.When(Buyer, OpenWith(Seen(), BasketOf(SixCups, OneLamp)))
            .Then<Checkout.Event.Opened>().Requests;
        Assert.Equal([(true, Eur(23_98)), (false, LampTotal)], requests.Select(r => (r.Coupon is not null, r.Total)));
    }

    public static TheoryData<string, string> Troubles => new()
    {
        { "none", "coupon.unknown" }, { "soon", "coupon.not-yet" }, { "over", "coupon.over" },
        { "ended", "coupon.over" }, { "others", "coupon.not-for-these" }, { "dollars", "coupon.other-currency" },
        { "least", "coupon.too-little" }, { "again", "coupon.used-before" }, { "linked", "coupon.used-by-linked" },
        { "out", "coupon.used-up" },
    };

    static CouponSeen? In(string trouble) => trouble switch
    {
        "none"    => null,
        "soon"    => Seen(Terms() with { From = Wednesday + Duration.FromHours(1) }),
        "over"    => Seen(Terms() with { Until = Wednesday }),
        "ended"   => Seen() with { HasEnded = true },
        "others"  => Seen(Terms() with { Listings = [new(Potter, "plate")] }),
        "dollars" => Seen(Terms() with { Currency = Currency.Of("USD") }),
        "least"   => Seen(Terms(least: Eur(19_99))),
        "again"   => Seen(used: 1, links: [Link.Account]),
        "linked"  => Seen(used: 1, links: [Link.Device, Link.Address]),
        _         => Seen(left: 0),
    };

    [Theory, MemberData(nameof(Troubles))]
    public void Is_refused_with_the_reason_before_anything_is_taken(string trouble, string code)
    {
        var no = Assert.Single(NewCheckout.When(Buyer, OpenWith(In(trouble))).ThenRefused(code));
        Assert.Equal(("coupons[0]", "coupon.leave-out"), (no.Field, no.WayOut.Code));
    }

    [Fact]
    public void Names_each_link_and_tells_nobody_whose_it_is()
    {
        var no = NewCheckout.When(Buyer, OpenWith(In("linked"))).ThenRefused("coupon.used-by-linked")[0];
        Assert.Equal(["code", "link", "device", "address"], no.Facts.Select(f => f.Name));
        Assert.DoesNotContain(no.Facts, f => f.Value is Value.Word { Text: var text } && text.Contains("buyer"));
    }

    [Fact]
    public void Is_good_again_for_whom_it_came_back_to_though_it_is_over()
    {
        var seen = In("over")! with { BackUntil = Wednesday };
        NewCheckout.When(Buyer, OpenWith(seen)).Then<Checkout.Event.Opened>();
    }

    [Fact]
    public void Is_one_for_each_shop()
    {
        var open = (Checkout.Command.Open)OpenWith(Seen());
        var other = Seen() with { Coupon = new(Potter, "summer") };
        open = open with
        {
            Basket = open.Basket with { Coupons = ["spring", "summer"] },
            Facts = open.Facts with
            {
                Coupons = open.Facts.Coupons! with
                {
                    Found = [.. open.Facts.Coupons.Found, new(other, Wednesday, "test")],
                },
            },
        };
        Assert.Equal("coupons[1]", NewCheckout.When(Buyer, open).ThenRefused("coupon.one-a-shop")[0].Field);
    }

    // What follows lives with every other kind.
    static Market Shop(CouponTerms terms, Actor? by = null)
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
        Assert.Empty(market.Ask(Spring, new Coupon.Command.Issue(terms), by ?? Seller));
        return market;
    }

    static CheckoutId Opens(Market market, string buyer, ImmutableArray<Mark> marks, string code = "c1")
    {
        var id = new CheckoutId(new(buyer), code);
        var seen = Coupon.SeenBy(Spring, market.State<Coupon.State>(Spring)!, id.Buyer, marks, market.Now);
        Assert.Empty(market.Ask(
            id, OpenWith(seen, BasketOf(SixCups, OneLamp), marks, market.Now), new Actor.Buyer(id.Buyer)));
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

    static Coupon.State StateOf(Market market) => market.State<Coupon.State>(Spring)!;

    [Fact]
    public void The_last_use_goes_to_one_and_the_other_orders_without_it_losing_nothing()
    {
        var market = Shop(Terms(uses: 1));
        // Both looked when one was left.
        CheckoutId[] both = [Opens(market, "ana", [Door]), Opens(market, "bob", [Phone])];
        Settle(market);
        var stopped = Assert.Single(both, id => market.State<Checkout.State>(id) is Checkout.State.Stopped);
        Assert.Single(both, id => market.State<Checkout.State>(id) is Checkout.State.Authorised);
        var state = market.State<Checkout.State>(stopped)!;
        Assert.Equal("coupon.used-up", Assert.Single(state.Parts.SelectMany(p => p.Refusals)).Code);
        Assert.Equal(LampTotal, state.Total);                                             // the lamp is kept meanwhile

        var buyer = new Actor.Buyer(stopped.Buyer);
        Assert.Empty(market.Ask(stopped, new Checkout.Command.LeaveDiscounts(), buyer));
        Assert.Empty(market.Ask(stopped, new Checkout.Command.LeaveDiscounts(), buyer));    // said twice, done once
        Settle(market);
        Assert.Equal(Total, Assert.IsType<Checkout.State.Authorised>(market.State<Checkout.State>(stopped)).Total);
        Assert.Single(StateOf(market).Uses);
        Assert.Empty(market.Incidents);
    }

    [Fact]
    public void Comes_back_when_its_checkout_is_given_up_unpaid()
    {
        var market = Shop(Terms(uses: 1));
        var ana = Opens(market, "ana", [Door]);
        while (market.Deliver()) { }
        Assert.Equal(0, Coupon.SeenBy(Spring, StateOf(market), new("bob"), [], market.Now).Left);
        Assert.Empty(market.Ask(ana, new Checkout.Command.Abandon(), new Actor.Buyer(ana.Buyer)));
        Settle(market);
        Assert.Empty(StateOf(market).Uses);
        Assert.Null(Coupon.SeenBy(Spring, StateOf(market), ana.Buyer, [Door], market.Now).FaultAt(market.Now));
    }

    [Theory, InlineData("cancel.out-of-stock", true), InlineData("cancel.changed-mind", false)]
    public void Comes_back_when_its_order_ends_unless_its_buyer_ended_it(string reason, bool comesBack)
    {
        var market = Shop(Terms(uses: 1));
        var ana = Opens(market, "ana", [Door]);
        Settle(market);
        var order = OrderId.Of(ana, Potter);
        var portions = ((Order.State.Dealt)market.State<Order.State>(order)!).Deal.Everything;
        Assert.Empty(market.Ask(order, new Order.Command.Cancel(reason, portions, Case: Example.ShownFor(reason)),
            comesBack ? Seller : new Actor.Buyer(ana.Buyer)));
        Settle(market);

        // Four weeks later the coupon itself is over.
        var later = market.Now + Duration.FromDays(28);
        var (hers, others) = (Coupon.SeenBy(Spring, StateOf(market), ana.Buyer, [Door], later),
            Coupon.SeenBy(Spring, StateOf(market), new("bob"), [Phone], later));
        Assert.Equal(comesBack ? null : "coupon.over", hers.FaultAt(later)?.Code);
        Assert.Equal(("coupon.over", 0), (others.FaultAt(later)!.Code, others.Left));
        Assert.Equal("coupon.over", hers.FaultAt(later + Duration.FromDays(3))?.Code);
    }

    [Theory, InlineData("ana", "c2"), InlineData("bob", "c1")]
    public void Is_used_once_by_one_person_under_whatever_name(string buyer, string code)
    {
        var market = Shop(Terms());
        Opens(market, "ana", [Door]);
        Settle(market);
        var seen = Coupon.SeenBy(Spring, StateOf(market), new(buyer), [Door, Phone], market.Now);
        Assert.Equal(buyer is "ana" ? "coupon.used-before" : "coupon.used-by-linked", seen.FaultAt(market.Now)?.Code);

        // Also where the look was older than the use.
        var id = new CheckoutId(new(buyer), code);
        Assert.Empty(market.Ask(id, OpenWith(Seen(), marks: [Door], at: market.Now), new Actor.Buyer(id.Buyer)));
        Settle(market);
        Assert.IsType<Checkout.State.Stopped>(market.State<Checkout.State>(id));
    }

    [Theory, InlineData(Bearer.Seller), InlineData(Bearer.Platform)]
    public void Is_borne_by_whoever_issued_it(Bearer by)
    {
        var market = Shop(Terms(by: by), by is Bearer.Platform ? Operator : Seller);
        var ana = Opens(market, "ana", [Door]);
        Settle(market);
        var order = OrderId.Of(ana, Potter);
        Assert.Empty(market.Ask(order, new Order.Command.Ship("dhl", "RR473124829GB"), Seller));
        Assert.Empty(market.Ask(order, new Order.Command.ConfirmReceipt(), new Actor.Buyer(ana.Buyer)));
        var (paid, fee) = (23_98, 1_44);                                                  // 8 % of the 17.98 for cups
        Assert.Equal(
            paid - fee + (by is Bearer.Platform ? 2_00 : 0), market.Balances[SellerMonths.PayableOf($"{Potter}")]);
        Assert.Equal(by is Bearer.Platform ? -2_00 : 0, market.Balances.GetValueOrDefault($"{Potter}/claims"));
        Assert.Equal(0, market.Balances.Values.Sum());
        Assert.Equal(0, market.Balances.GetValueOrDefault($"escrow/{order}"));
    }
}
