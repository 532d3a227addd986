using Recourse.Checkouts;
using Recourse.Instalments;
using Recourse.Inventory;
using Xunit;
using static Recourse.Tests.MaskShop;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

/// <summary>What a large order could not have at once follows in instalments, set aside for its buyer alone.</summary>
[Trait("Capability", "CHK-8")]
public sealed class BringingInstalments
{
    [Fact]
    public void What_was_asked_for_comes_in_dated_instalments()
    {
        var (market, id) = Begun();
        var plan = In<SupplyPlan.State.Planned>(market, id);
        Assert.Equal([1_200, 950, 950, 950, 950], plan.Instalments.Select(i => i.Units));
        Assert.Equal(5_000, plan.Terms.Asked);
        Assert.Equal(Enumerable.Range(1, 4).Select(n => market.Now + Rules.Every * n),
            plan.Instalments.Skip(1).Select(i => i.From));
        Assert.Equal(2_800, Stock(market).Available);                     // nothing is kept from others yet
    }

    [Fact]
    public void Each_is_set_aside_for_its_buyer_and_bought_at_the_agreed_price()
    {
        var (market, id) = Begun();
        for (var n = 2; n <= 5; n++)
        {
            WaitFor(market, id);
            var offered = In<SupplyPlan.State.Offered>(market, id);
            Assert.Equal((n, 950, Party.Buyer), (offered.Current.Nth, offered.Aside, offered.Deadline.Owner));
            Assert.Equal(950, Stock(market).Aside);
            Assert.Null(StockItem.SaleFor(Stock(market), SixCups.Listing, new("bob"), market.Now));
            var next = new CheckoutId(Ana, $"c{n}");
            Assert.Empty(Wants(market, next, SixCups with { Quantity = 950 }, Unknown));      // asked nothing again
            Pays(market, next);
            if (n == 3) Assert.Empty(market.Ask(
                MaskStock, new StockItem.Command.Receive("attic", 3_000), Seller));
        }
        var done = In<SupplyPlan.State.Fulfilled>(market, id);
        Assert.Equal(5_000, done.Instalments.Sum(i => i.Taken));
        Assert.Equal((0, 2_000, 5_000), (Stock(market).Aside, Stock(market).Available, Stock(market).Reserved));
        Assert.Empty(Stock(market).Promotions);
        Assert.Empty(market.Incidents);
    }

    [Fact]
    public void Nobody_pays_more_than_was_agreed_and_who_could_pay_less_does()
    {
        var (market, id) = Begun();
        WaitFor(market, id);
        var sale = StockItem.SaleFor(Stock(market), SixCups.Listing, Ana, market.Now)!;
        var basket = BasketOf(SixCups with { Quantity = 950, UnitPrice = null });
        Money? At(long price) => Checkout.PriceOf(basket, new(
            [new(QuoteOf(SixCups) with { Sale = sale, UnitPrice = Eur(price) }, market.Now, "view/listings")]), 0);
        Assert.Equal((Eur(3_33), Eur(3_33), Eur(2_50)), (At(9_99), At(3_33), At(2_50)));
    }

    [Fact]
    public void What_is_not_taken_goes_back_on_sale_and_twice_so_ends_it()
    {
        var (market, id) = Begun();
        WaitFor(market, id);
        WaitFor(market, id);                                              // the buyer is warned
        Assert.Null(In<SupplyPlan.State.Offered>(market, id).Deadline.Warn);
        WaitFor(market, id);
        Assert.Equal(0, In<SupplyPlan.State.Planned>(market, id).Instalments[1].Taken);
        Assert.Equal((0, 2_800), (Stock(market).Aside, Stock(market).Available));
        WaitFor(market, id);
        WaitFor(market, id);
        WaitFor(market, id);
        var over = In<SupplyPlan.State.Ended>(market, id);
        Assert.Equal("plan.not-taken", over.Why.Code);
        Assert.Equal((0, 2_800), (Stock(market).Aside, Stock(market).Available));
    }

    [Fact]
    public void A_payment_that_fails_leaves_the_instalment_to_its_buyer()
    {
        var (market, id) = Begun();
        WaitFor(market, id);
        var second = new CheckoutId(Ana, "c2");
        Assert.Empty(Wants(market, second, SixCups with { Quantity = 950 }, Known));
        while (market.Deliver()) { }
        Assert.Equal((950, 0), (In<SupplyPlan.State.Offered>(market, id).Ordered, Stock(market).Aside));
        Assert.Empty(market.Ask(second, new Checkout.Command.Abandon(), Buyer));
        Settle(market);
        Assert.Equal((0, 950), (In<SupplyPlan.State.Offered>(market, id).Ordered, Stock(market).Aside));
    }

    [Fact]
    public void What_comes_in_goes_to_those_who_wait_in_the_order_of_asking()
    {
        var (market, first) = Begun(4_000);
        var bobs = new CheckoutId(new("bob"), "c1");
        Assert.Empty(Wants(market, bobs, Masks with { Quantity = 840, Later = new(840, 1) }, Known,
            "checkout.odd-quantity:lines[0].quantity@840-cup"));
        Pays(market, bobs);
        Assert.Empty(market.Ask(MaskStock, new StockItem.Command.Correct("shelf", 2_040, "lost"), Seller));
        Assert.Equal(0, Stock(market).Available);

        WaitFor(market, first);
        WaitFor(market, PlanOf(bobs));
        Assert.True(Stock(market).IsScarce);
        Assert.Equal(Party.Seller, In<SupplyPlan.State.Short>(market, first).Deadline.Owner);
        Assert.Empty(market.Ask(MaskStock, new StockItem.Command.Receive("shelf", 1_000), Seller));
        // Each its share of what was there at its turn, since the other waits too.
        Assert.Equal(300, In<SupplyPlan.State.Short>(market, first).Aside);
        Assert.Equal(210, In<SupplyPlan.State.Short>(market, PlanOf(bobs)).Aside);
        // And so has anybody else.
        Assert.Equal(147, StockItem.ShareFor(Stock(market), new("eve"), 1, Rules, market.Now));

        // Whoever waits alone gets all that is missing.
        Assert.Empty(market.Ask(PlanOf(bobs), new SupplyPlan.Command.End(), new Actor.Buyer(new("bob"))));
        Assert.Equal(950, In<SupplyPlan.State.Offered>(market, first).Aside);
        Assert.False(Stock(market).IsScarce);
    }

    [Fact]
    public void When_too_little_comes_it_is_offered_and_the_rest_put_at_the_end()
    {
        var (market, id) = Begun(4_000);
        Assert.Empty(market.Ask(MaskStock, new StockItem.Command.Correct("shelf", 1_600, "lost"), Seller));
        WaitFor(market, id);
        Assert.Equal(400, In<SupplyPlan.State.Short>(market, id).Aside);
        WaitFor(market, id);
        WaitFor(market, id);
        Assert.Equal(400, In<SupplyPlan.State.Offered>(market, id).Aside);
        var second = new CheckoutId(Ana, "c2");
        Assert.Empty(Wants(market, second, SixCups with { Quantity = 400 }, Known));
        Pays(market, second);
        WaitFor(market, id);
        WaitFor(market, id);
        var plan = In<SupplyPlan.State.Planned>(market, id);
        Assert.Equal([1_200, 400, 950, 950, 950, 550], plan.Instalments.Select(i => i.Units));
        Assert.Equal(5_000, plan.Instalments.Sum(i => i.Units));
        // The next one's day passed while this one was waited for: no deadline is in the past.
        Assert.True(plan.Instalments[2].From < market.Now);
        Assert.Equal(market.Now, plan.Deadline.Due);
    }

    [Fact]
    public void When_nothing_comes_it_is_put_off_with_reasons_and_ends_at_last()
    {
        var (market, id) = Begun(4_000);
        Assert.Empty(market.Ask(MaskStock, new StockItem.Command.Correct("shelf", 1_200, "lost"), Seller));
        WaitFor(market, id);
        for (var n = 1; n < Rules.MostWaits; n++)
        {
            WaitFor(market, id);
            WaitFor(market, id);
            Assert.Equal(n, In<SupplyPlan.State.Short>(market, id).Waits);
        }
        WaitFor(market, id);
        WaitFor(market, id);
        Assert.Equal("plan.no-stock", In<SupplyPlan.State.Ended>(market, id).Why.Code);
        Assert.False(Stock(market).IsScarce);
        Assert.Empty(market.Incidents);
    }

    [Fact]
    public void The_seller_brings_it_forward_or_shortens_it_with_a_reason()
    {
        var (market, id) = Begun();
        Assert.Equal("plan.no-such-reason", market.Ask(
            id, new SupplyPlan.Command.Shorten(950, "whim"), Seller)[0].Code);
        Assert.Equal("plan.bad-left", market.Ask(
            id, new SupplyPlan.Command.Shorten(3_800, "plan.capacity-lost"), Seller)[0].Code);
        Assert.Empty(market.Ask(id, new SupplyPlan.Command.BringForward(), Seller));
        Assert.Equal(market.Now, In<SupplyPlan.State.Offered>(market, id).Current.From);
        Assert.Empty(market.Ask(id, new SupplyPlan.Command.Shorten(1_000, "plan.capacity-lost"), Seller));
        Assert.Equal([1_200, 950, 950, 50], In<SupplyPlan.State.Offered>(market, id).Instalments.Select(i => i.Units));
        Assert.Equal(950, Stock(market).Aside);
        Assert.Equal("stock.of-a-plan", market.Ask(
            MaskStock, new StockItem.Command.EndPromotion(id.Code), Seller)[0].Code);
        Assert.Empty(market.Ask(id, new SupplyPlan.Command.End("plan.no-longer-made"), Seller));
        Assert.Equal(new DecidedBy.Person(Party.Seller), In<SupplyPlan.State.Ended>(market, id).Why.By);
        Assert.Equal((0, 2_800), (Stock(market).Aside, Stock(market).Available));
        Assert.Equal([Refusal.NotFound], market.Ask(id, new SupplyPlan.Command.End(), Stranger));
    }

    [Fact]
    public void Its_buyer_puts_all_that_has_not_begun_on_later_days_and_nobody_else_does()
    {
        var (market, id) = Begun();
        var before = In<SupplyPlan.State.Planned>(market, id);
        var next = before.Current.From;
        Instant On(int days) => next + Duration.FromDays(days);
        Refusal No(Instant to, Actor? by = null) =>
            Assert.Single(market.Ask(id, new SupplyPlan.Command.Move(to), by ?? Buyer));

        Assert.Equal(("plan.not-later", "from"), (No(On(-1)).Code, No(On(-1)).Field));
        Assert.Equal("plan.too-far", No(market.Now + Duration.FromDays(91)).Code);
        Assert.Equal("plan.not-now", No(On(9), Seller).Code);
        Assert.Equal("kernel.not-found", No(On(9), Stranger).Code);

        Assert.Empty(market.Ask(id, new SupplyPlan.Command.Move(On(9)), Buyer));
        var moved = In<SupplyPlan.State.Planned>(market, id);
        Assert.Equal(before.Instalments.Skip(1).Select(i => i.From + Duration.FromDays(9)),
            moved.Instalments.Skip(1).Select(i => i.From));
        Assert.Equal((before.Instalments[0], On(9)), (moved.Instalments[0], moved.Deadline.Due));
        Assert.Empty(market.Ask(id, new SupplyPlan.Command.Move(On(9)), Buyer));          // said twice, done once
        WaitFor(market, id);
        Assert.True(market.Now >= On(9));

        // One that is under way stays as it is; what comes after it moves.
        var offered = In<SupplyPlan.State.Offered>(market, id);
        var after = offered.Instalments.First(i => i.From > offered.Current.From);
        Assert.Empty(market.Ask(id, new SupplyPlan.Command.Move(after.From + Duration.FromDays(2)), Buyer));
        var still = In<SupplyPlan.State.Offered>(market, id);
        Assert.Equal((offered.Current, offered.Deadline), (still.Current, still.Deadline));
        Assert.Equal(after.From + Duration.FromDays(2), still.Instalments.First(i => i.Nth == after.Nth).From);
        Assert.Empty(market.Incidents);
    }
}
