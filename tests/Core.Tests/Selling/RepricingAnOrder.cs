using CsCheck;
using Recourse.Catalog;
using Recourse.Coupons;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Payments;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>What a changed order costs: sale prices and coupons as a checkout of it would have them.</summary>
[Trait("Capability", "ORD-2")]
public sealed class RepricingAnOrder
{
    static readonly CouponId Welcome = new(Shop, "WELCOME"), ForAll = new(CouponId.AllShops, "ALL");

    static CouponTerms Terms(CouponCut cut, Money? least = null, Currency? currency = null) => new(
        cut, currency ?? Currency.Eur, least, Wednesday - Duration.FromDays(9), Wednesday + Duration.FromDays(9), [],
        Uses: 100, UsesPerPerson: 1, Bearer.Seller);

    static Fact<Promised> Promise(CouponId coupon, CouponTerms terms, Money? elsewhere = null) =>
        new(new(coupon, terms, elsewhere ?? Money.Zero(terms.Currency)), Wednesday, "test");

    static Order.Command To(
        Changes changes, ImmutableArray<Fact<Promised>>? coupons, params ImmutableArray<Wanted> now) =>
        new Order.Command.Amend(changes with { Method = "pm-good" }, new(
            [.. now.Select((w, i) => new Requoted(i + 1, new(w, Wednesday, "test")))],
            new([], Wednesday, "test"), Coupons: coupons));

    /// <summary>Paid for with a coupon: what it takes off stands in the lines.</summary>
    static Sale Bought(Wielded? coupon, Wielded? onTop, params ImmutableArray<Wanted> lines) => Given.Nothing.When(
        TheCheckout, new Order.Command.Place(new(
            AnasCheckout, Shop, lines, "DE", ShipTo: null, coupon, OnTop: onTop))).WhenPaid();

    static Wielded Use(CouponId coupon) => new(coupon, Bearer.Seller, []);

    static readonly Wanted Cups6 = Wanted("cup", 6, 4_00, 50);

    // Five off six cups: two lines, since that can't be shared evenly.
    static readonly Sale FiveOff = Bought(Use(Welcome), null, Cups6 with { Off = Eur(5_00) });
    static readonly Fact<Promised> FiveOffFrom20 =
        Promise(Welcome, Terms(new CouponCut.AmountOff(Eur(5_00)), Eur(20_00)));

    static Actor Paid(int nth = 1) => new Actor.Aggregate($"{Top(nth)}");
    static PaymentId Top(int nth = 1) => PaymentId.OfAmendment(Sold, Ana, nth);

    [Fact]
    public void Fewer_units_keep_all_of_a_coupon_that_is_still_good_for_them()
    {
        Assert.Equal((2, Eur(22_00)), (FiveOff.Deal.Lines.Length, FiveOff.Deal.Total));
        var fewer = FiveOff.When(Buyer, To(new([new(1, 1), new(2, 4)]), [FiveOffFrom20], Cups6, Cups6));
        var what = fewer.Then<Order.Event.Amended>().What;
        Assert.Equal((Eur(4_50), Eur(17_50), Eur(5_00)), (what.Back, fewer.Deal.Total, fewer.Deal.Off));
        Assert.Equal(5, fewer.Deal.Lines.Sum(l => l.Quantity));
        Assert.Null(what.Without);
        Assert.Equal(17_50, fewer.Escrow);
    }

    [Fact]
    public void More_units_are_counted_by_the_coupon_too()
    {
        var tenPercent = Promise(Welcome, Terms(new CouponCut.PercentOff(10)));
        var bought = Bought(Use(Welcome), null, Cups6 with { Off = Eur(2_40) });
        var wish = bought.When(Buyer, To(new([new(1, 8)]), [tenPercent], Cups6 with { Quantity = 8 }))
            .Then<Order.Event.DifferenceAsked>().Wish.What;
        Assert.Equal((Eur(8_20), Eur(3_20)), (wish.More, wish.After.Off));
    }

    [Fact]
    public void A_minimum_that_is_not_reached_any_more_is_said_and_without_the_coupon_it_can_be_done()
    {
        var no = FiveOff.When(Buyer, To(new([new(2, 0)]), [FiveOffFrom20], Cups6, Cups6));
        Assert.Equal("coupons[0]", Assert.Single(no.ThenRefused("coupon.too-little")).Field);
        Assert.Equal("order.nothing-changes", Assert.Single(FiveOff.When(
            Buyer, To(new([], Coupons: []), [FiveOffFrom20], Cups6, Cups6)).ThenRefused("order.nothing-changes")).Code);

        var without = FiveOff.When(Buyer, To(new([new(2, 0)], Coupons: []), [FiveOffFrom20], Cups6, Cups6));
        var what = without.Then<Order.Event.Amended>().What;
        Assert.Equal(Welcome, Assert.Single(what.Without!.Value));
        Assert.Null(without.Deal.Coupon);
        Assert.Equal(Eur(2 * 4_50), without.Deal.Total);
        Assert.Equal(new(Sold, ByBuyer: false), Assert.Single(without.Tells<Coupon.Command.GiveBack>()));
        // It came back with the change; the order has none to give back.
        Assert.Empty(without.When(Buyer, Cancel("cancel.changed-mind", without.Deal.Everything))
            .Tells<Coupon.Command.GiveBack>());
    }

    [Fact]
    public void A_coupon_that_is_lost_can_cost_more_than_what_goes()
    {
        var dear = Bought(Use(Welcome), null, Cups6 with { Off = Eur(12_00) });
        var promise = Promise(Welcome, Terms(new CouponCut.AmountOff(Eur(12_00)), Eur(24_00)));
        var asked = dear.When(Buyer, To(new([new(1, 5)], Coupons: []), [promise], Cups6));
        Assert.Equal(Eur(7_50), asked.Then<Order.Event.DifferenceAsked>().Wish.What.More);
        Assert.Empty(asked.Tells<Coupon.Command.GiveBack>());
        var paid = asked.When(Paid(), new Order.Command.Fund(Eur(7_50), Top()));
        Assert.Single(paid.Tells<Coupon.Command.GiveBack>());
        Assert.Equal((22_50, 22_50), (paid.Escrow, paid.Deal.Total.Minor));
    }

    [Fact]
    public void One_for_all_shops_counts_what_the_other_shops_send_and_takes_off_its_share_here()
    {
        var bought = Bought(Use(ForAll), null, Cups6 with { Off = Eur(3_00) });
        var terms = Terms(new CouponCut.AmountOff(Eur(10_00)), Eur(40_00));
        bought.When(Buyer, To(new([new(1, 5)]), [Promise(ForAll, terms, Eur(19_99))], Cups6))
            .ThenRefused("coupon.too-little");
        var fewer = bought.When(Buyer, To(new([new(1, 5)]), [Promise(ForAll, terms, Eur(20_00))], Cups6));
        Assert.Equal(Eur(3_00), fewer.Deal.Off);
        var gone = bought.When(Buyer, To(new([new(1, 5)], Coupons: []), [Promise(ForAll, terms, Eur(0))], Cups6));
        Assert.Equal(new(CouponId.UseOf(AnasCheckout), ByBuyer: false, Sold),
            Assert.Single(gone.Tells<Coupon.Command.GiveBack>()));
    }

    [Fact]
    public void Where_the_shops_own_goes_the_one_on_top_stays_alone()
    {
        var bought = Bought(Use(Welcome), Use(ForAll), Cups6 with { Off = Eur(5_00), OnTop = Eur(2_00) });
        ImmutableArray<Fact<Promised>> both =
        [
            Promise(Welcome, Terms(new CouponCut.AmountOff(Eur(3_00)), Eur(24_00))),
            Promise(ForAll, Terms(new CouponCut.AmountOff(Eur(2_00)))),
        ];
        var lines = bought.Deal.Lines;
        var less = new Changes([new(lines[0].Number, lines[0].Quantity - 1)]);
        ImmutableArray<Wanted> now = [.. lines.Select(_ => Cups6)];
        bought.When(Buyer, To(less, both, now)).ThenRefused("coupon.too-little");
        var left = bought.When(Buyer, To(less with { Coupons = ["ALL"] }, both, now));
        Assert.Equal((ForAll, null, Eur(2_00)), (left.Deal.Coupon!.Id, left.Deal.OnTop, left.Deal.Off));
        Assert.Equal(Eur(0), left.Deal.OffOnTop);
        left.When(Buyer, Cancel("cancel.changed-mind", left.Deal.Everything)).Then<Order.Event.Cancelled>();
    }

    [Fact]
    public void More_of_what_was_on_sale_is_at_the_sale_price_while_there_is_one()
    {
        var onSale = Cups6 with { UnitPrice = Eur(3_00), Sale = new("rush", Eur(4_00)) };
        var bought = Bought(null, null, onSale);
        var more = bought.When(Buyer, To(new([new(1, 8)]), null, onSale with { Quantity = 8 }));
        Assert.Equal(Eur(7_00), more.Then<Order.Event.DifferenceAsked>().Wish.What.More);
        Assert.Equal(new(Sold, 8, Ana, new("rush", Crockery, Eur(3_00)), OnSale: 2),
            Assert.Single(more.Tells<StockItem.Command.Keep>()));
        Assert.Equal(Eur(4_00), Assert.Single(more.Tells<Listing.Command.Honour>()).UnitPrice);

        // It is over: what is new costs what it costs, and what was bought at it stays so.
        var over = bought.When(Buyer, To(new([new(1, 8)]), null, Cups6 with { Quantity = 8 }));
        Assert.Equal(Eur(9_00), over.Then<Order.Event.DifferenceAsked>().Wish.What.More);
        var paid = over.When(Paid(), new Order.Command.Fund(Eur(9_00), Top()));
        var ended = paid.When(Buyer, Cancel("cancel.changed-mind", paid.Deal.Everything))
            .Tells<StockItem.Command.Release>().Single();
        Assert.Equal((8, "rush", 6), (ended.Units, ended.OnSale!.Value.Single().Code,
            ended.OnSale!.Value.Single().Units));
    }

    [Fact]
    public void Less_on_one_line_and_more_on_another_of_the_same_is_what_the_order_has_already()
    {
        var bought = Bought(null, null, Cups6, Wanted("cup", 2, 3_00, 50));
        var now = Wanted("cup", 1, 9_00, 50);
        bought.When(Buyer, To(new([new(1, 4), new(2, 4)]), null, now, now)).ThenRefused("order.nothing-changes");
        var more = bought.When(Buyer, To(new([new(1, 4), new(2, 5)]), null, now, now))
            .Then<Order.Event.DifferenceAsked>().Wish.What;
        Assert.Equal((Eur(9_50), 6, 2), (more.More, more.After.UnitsOf(1), more.After.UnitsOf(2)));
    }

    static readonly ImmutableArray<Currency> Currencies = [Currency.Eur, Currency.Of("JPY"), Currency.Of("KWD")];

    sealed record Step(int Line, int Units, long Price, bool OnSale, bool WithCoupon, bool Refused);

    static readonly Gen<Step> AnyStep = Gen.Select(
        Gen.Int[0, 4], Gen.Int[0, 9], Gen.Long[1, 2_000], Gen.Bool, Gen.Bool, Gen.Bool).Select(
            s => new Step(s.Item1, s.Item2, s.Item3, s.Item4, s.Item5, s.Item6));

    static readonly Gen<(Currency Currency, CouponCut Cut, Step[] Steps)> AnyLife = Gen.Select(
        Gen.Int[0, 2].Select(n => Currencies[n]), Gen.Int[1, 100], Gen.Long[1, 9_000], Gen.Bool,
        AnyStep.Array[1, 12]).Select(l => (l.Item1, l.Item4 ? new CouponCut.PercentOff(l.Item2)
            : (CouponCut)new CouponCut.AmountOff(new(l.Item3, l.Item1)), l.Item5));

    [Fact]
    public void However_often_it_is_changed_what_was_paid_comes_back_in_the_end() => AnyLife.Sample(life =>
    {
        Money Of(long minor) => new(minor, life.Currency);
        Wanted Some(Step s) => new(
            Crockery, new($"sku-{s.Line % 3}"), "A thing", Math.Max(s.Units, 1), Of(s.Price), Of(s.Price % 7),
            Sale: s.OnSale ? new("rush", Of(s.Price + 1)) : null);
        var first = Some(life.Steps[0]);
        var cut = Terms(life.Cut, currency: life.Currency);
        var off = cut.OffOf([new(Crockery, first.UnitPrice, first.Quantity)]).Single();
        var sale = Bought(off.Minor == 0 ? null : Use(Welcome), null,
            first with { Off = off.Minor == 0 ? null : off });
        foreach (var step in life.Steps.Skip(1))
        {
            var line = sale.Deal.Lines[step.Line % sale.Deal.Lines.Length];
            var now = Some(step);
            sale = sale.When(Buyer, new Order.Command.Amend(
                new([new(line.Number, step.Units, now.Sku)], Method: "pm-good",
                    Coupons: step.WithCoupon ? null : []),
                new([new(line.Number, new(now, Wednesday, "test"))], new([], Wednesday, "test"),
                    Coupons: [Promise(Welcome, cut)])));
            if (sale.State is Order.State.Funded { Wish: Wish.ToPay w })
                sale = sale.When(new Actor.Aggregate($"{w.Payment}"), step.Refused
                    ? new Order.Command.HearDecline(w.Payment, "x") : new Order.Command.Fund(w.What.More, w.Payment));
            Assert.Equal(sale.Deal.Total.Minor, sale.Escrow);
            Assert.All(sale.Deal.Lines, l => Assert.True(l.UnitPrice.Minor > 0 && l.Quantity > 0));
            Assert.Equal(sale.Deal.Lines.Length, sale.Deal.Lines.Select(l => l.Number).Distinct().Count());
        }
        var paid = sale.At($"escrow/{Sold}") + sale.Returned;
        var end = sale.When(Buyer, Cancel("cancel.changed-mind", sale.Deal.Everything));
        Assert.IsType<Order.State.Cancelled>(end.State);
        Assert.Equal((0, paid, -paid), (end.Escrow, end.Returned, end.At($"transit/{Sold}/funding")));
        var gone = end.Tells<Payment.Command.GiveBack>().Sum(g => g.Return.Amount.Minor);
        Assert.Equal(sale.Deal.Total.Minor, gone);
    }, iter: 2_000);
}
