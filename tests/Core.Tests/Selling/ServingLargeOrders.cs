using Recourse.Checkouts;
using Recourse.Instalments;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Risk;
using Xunit;
using static Recourse.Tests.MaskShop;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

/// <summary>A clinic wants 5,000 masks of which there are 4,000: it says who it is, and has its share.</summary>
[Trait("Capability", "CHK-8")]
public sealed class ServingLargeOrders
{
    [Fact]
    public void Somebody_unknown_says_who_they_are_while_all_is_kept_for_them()
    {
        var market = Shop(4_000);
        var no = Assert.Single(Wants(market, TheCheckout, Masks, Unknown));
        Assert.Equal((Checkout.WhoAsks, "verification.start"), (no.Code, no.WayOut.Code));
        Assert.Contains(new Named("units", 5_000), no.Facts);

        Assert.Empty(Wants(market, TheCheckout, Masks, Unknown, "bulk.who-asks:lines[0].quantity@5000-cup"));
        while (market.Deliver()) { }
        var waits = Assert.IsType<Checkout.State.Verifying>(market.State<Checkout.State>(TheCheckout));
        Assert.Equal(("bulk.show-who-you-are", Party.Buyer), (waits.Why.Code, waits.Deadline.Owner));
        Assert.Equal(1_200, Stock(market).Reserved);

        Assert.Empty(market.Ask(
            TheCheckout, new Checkout.Command.HearVerified(), House(new Verifying.VerificationId(Ana))));
        Pays(market, TheCheckout);
        In<SupplyPlan.State.Planned>(market, PlanOf(TheCheckout));
    }

    [Fact]
    public void Who_could_not_show_it_is_told_why_and_all_goes_back()
    {
        var market = Shop(4_000);
        Assert.Empty(Wants(market, TheCheckout, Masks, Unknown, "bulk.who-asks:lines[0].quantity@5000-cup"));
        while (market.Deliver()) { }
        Assert.Empty(market.Ask(
            TheCheckout, new Checkout.Command.HearNotVerified(), House(new Verifying.VerificationId(Ana))));
        Settle(market);
        var over = Assert.IsType<Checkout.State.TurnedDown>(market.State<Checkout.State>(TheCheckout));
        Assert.Equal("bulk.not-shown", over.Why.Code);
        Assert.Contains(new("appeal.open"), over.Why.Remedies);
        Assert.Equal((0, 4_000), (Stock(market).Reserved, Stock(market).Available));
    }

    [Fact]
    public void Nobody_is_asked_who_they_are_for_a_large_order_that_is_left_out()
    {
        var open = (Checkout.Command.Open)Open(BasketOf(SixCups with { Quantity = 200 }, OneLamp), QuoteOf);
        var opened = LeavingOutABadLine.OpenedBy(
            open with { Facts = open.Facts with { Trust = new(Unknown, Wednesday, "partition/buyer") } });
        Assert.Contains(opened.LeftOut!.Value, no => no.Code == Checkout.WhoAsks);
        Assert.Equal(OneLamp.Sku, Assert.Single(Assert.Single(opened.Requests).Lines).Sku);
        Assert.Null(opened.Gate);
    }

    [Fact]
    public void What_stock_and_the_look_both_say_is_told_once()
    {
        var share = new ShareSeen(5, 100, Duration.FromHours(72));
        var open = (Checkout.Command.Open)Open(
            BasketOf(SixCups, OneLamp), l => QuoteOf(l) with { Share = l.Sku == SixCups.Sku ? share : null });
        var no = StockItem.OverShare(new(SixCups.Listing.Seller, SixCups.Sku), 6, share) with
        {
            Field = "lines[0].quantity",
        };
        var opened = LeavingOutABadLine.OpenedBy(
            open with { Facts = open.Facts with { Short = new([no], Wednesday, "partition/stock") } });
        Assert.Equal("stock.over-share", Assert.Single(opened.LeftOut!.Value).Code);
    }

    [Theory]
    [InlineData(199, false)]
    [InlineData(200, true)]
    public void From_a_number_on_an_order_is_large(int units, bool isLarge)
    {
        var line = SixCups with { Quantity = units };
        var found = Checkout.Findings(BasketOf(line), new(
            [new(QuoteOf(line), Wednesday, "view/listings")], Trust: new(Unknown, Wednesday, "partition/buyer")),
            new(Buyer, Wednesday, Published));
        Assert.Equal(isLarge, found.Any(f => f.What.Code == Checkout.WhoAsks));
        // It may still be a slip.
        Assert.Contains(found, f => f.What.Code == Checkout.OddQuantity);
    }

    [Theory]
    [InlineData(3_800, 13)]         // more than the rulebook has
    [InlineData(6_000, 4)]          // larger instalments than what is had now
    [InlineData(3, 4)]              // less than one each
    [InlineData(0, 0)]
    [InlineData(-5, -1)]
    public void Instalments_are_as_they_were_offered(int units, int parts) => Assert.Contains(
        "bulk.bad-instalments", Wants(Shop(4_000), TheCheckout, Masks with { Later = new(units, parts) }, Known)
            .Select(no => no.Code));

    [Fact]
    public void A_small_order_locks_no_price_for_weeks() => Assert.Contains(
        "bulk.bad-instalments", Wants(Shop(10), TheCheckout, SixCups with { Later = new(12, 2) }, Known)
            .Select(no => no.Code));

    [Fact]
    public void A_large_order_gets_its_share_of_what_is_free()
    {
        var market = Shop(4_000);
        Assert.Equal(1_200, StockItem.ShareFor(Stock(market), Ana, 5_000, Rules, market.Now));
        Assert.Null(StockItem.ShareFor(Stock(market), Ana, 199, Rules, market.Now));
        Assert.Empty(Wants(market, TheCheckout, Masks with { Quantity = 1_201, Later = null }, Known,
            "checkout.odd-quantity:lines[0].quantity@1201-cup"));
        Settle(market);
        var stopped = Assert.IsType<Checkout.State.Stopped>(market.State<Checkout.State>(TheCheckout));
        var no = Assert.Single(stopped.Parts[0].Refusals);
        Assert.Equal("stock.over-share", no.Code);
        Assert.Contains(new Named("left", 1_200), no.Facts);
    }

    [Fact]
    public void Ordering_in_bits_is_ordering_much()
    {
        var (market, _) = Begun();
        Assert.Equal(0, StockItem.ShareFor(Stock(market), Ana, 50, Rules, market.Now));
        Assert.Null(StockItem.ShareFor(Stock(market), new("bob"), 50, Rules, market.Now));
        Assert.Null(StockItem.ShareFor(Stock(market), Ana, 50, Rules, market.Now + Rules.Within));
    }
}
