using CsCheck;
using Recourse.Catalog;
using Recourse.Coupons;
using Recourse.Orders;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

[Trait("Capability", "CHK-2")]
public sealed class IssuingCoupons
{
    static readonly CouponId Spring = new(Shop, "spring");

    static readonly CouponTerms Ten = new(
        new CouponCut.PercentOff(10), Currency.Eur, LeastSpend: null, Wednesday, Wednesday + Duration.FromDays(9), [],
        Uses: 5, UsesPerPerson: 1, Bearer.Seller);

    static Decision<Coupon.Event> Issue(CouponTerms terms, Actor? who = null, Coupon.State? before = null) =>
        Coupon.Decide(Spring, before, new Coupon.Command.Issue(terms), new(who ?? Seller, Wednesday, Published));

    static string[] Faults(CouponTerms terms, Actor? who = null) =>
        [.. Issue(terms, who).Refusals.Select(no => no.Code)];

    [Fact]
    public void Says_all_that_is_wrong_at_once()
    {
        Assert.Equal(
            ["coupons.bad-percent", "coupons.bad-amount", "coupons.bad-time", "coupons.bad-listings",
             "coupons.bad-uses", "coupons.bad-uses"],
            Faults(Ten with
            {
                Cut = new CouponCut.PercentOff(101), LeastSpend = Eur(0), Until = Wednesday,
                Listings = [new(new("rival"), "cup")], Uses = 10_001, UsesPerPerson = 0,
            }));
        Assert.Equal(["coupons.bad-amount"], Faults(Ten with { Cut = new CouponCut.AmountOff(Brl(5_00)) }));
    }

    [Fact]
    public void Is_for_those_who_bear_it()
    {
        Assert.Equal(["coupons.not-yours"], Faults(Ten, Operator));
        Assert.Equal(["coupons.not-yours"], Faults(Ten with { BorneBy = Bearer.Platform }));
        Assert.Equal(["kernel.not-found"], Faults(Ten, OtherSeller));
        Assert.Empty(Faults(Ten with { BorneBy = Bearer.Platform }, Operator));
    }

    [Fact]
    public void Said_twice_it_is_one_and_never_another()
    {
        var issued = Coupon.Evolve(null, Assert.Single(Issue(Ten).Events));
        Assert.Equal((0, 0), (Issue(Ten, before: issued).Events.Length, Issue(Ten, before: issued).Refusals.Length));
        Assert.Equal("coupons.exists", Issue(Ten with { Uses = 6 }, before: issued).Refusals[0].Code);
    }

    [Fact]
    public void Ends_for_new_orders_alone()
    {
        var state = Coupon.Evolve(null, new Coupon.Event.Issued(Ten));
        state = Coupon.Evolve(state, new Coupon.Event.Taken(Sold, Ana, [], Eur(2_00)));
        state = Coupon.Evolve(state, Assert.Single(
            Coupon.Decide(Spring, state, new Coupon.Command.End(), new(Seller, Wednesday, Published)).Events));
        Assert.Equal("coupon.over", Coupon.SeenBy(Spring, state, new("bob"), [], Wednesday).FaultAt(Wednesday)?.Code);
        Assert.IsType<Coupon.Event.MadeGood>(Assert.Single(Coupon.Decide(
            Spring, state, new Coupon.Command.MakeGood(Sold), new(TheOrder, Wednesday, Published)).Events));
    }

    [Fact]
    public void Only_an_order_speaks_for_itself()
    {
        var state = Coupon.Evolve(null, new Coupon.Event.Issued(Ten));
        foreach (var who in new[] { Buyer, Seller, Operator, TheCheckout, new Actor.Aggregate("order/shop/other") })
            Assert.Empty(Coupon.Decide(Spring, state, new Coupon.Command.Take(Sold, Ana, [], Eur(1)),
                new(who, Wednesday, Published)).Events);
    }

    static readonly Gen<ImmutableArray<CouponGoods>> SomeGoods = Gen.Select(
        Gen.Long[1, 5_000_00], Gen.Int[1, 40], Gen.Bool).Select(g => new CouponGoods(
            new(Shop, g.Item3 ? "crockery" : "other"), Eur(g.Item1), g.Item2))
        .Array[1, 6].Select(a => a.ToImmutableArray());

    static readonly Gen<CouponCut> SomeCut = Gen.OneOf<CouponCut>(
        Gen.Long[1, 9_000_00].Select(off => (CouponCut)new CouponCut.AmountOff(Eur(off))),
        Gen.Int[1, 100].Select(percent => (CouponCut)new CouponCut.PercentOff(percent)));

    [Fact]
    public void What_goes_off_adds_up_and_leaves_each_unit_its_price() =>
        Gen.Select(SomeGoods, SomeCut, Gen.Bool).Sample((goods, cut, isForAll) =>
        {
            var terms = Ten with { Cut = cut, Listings = isForAll ? [] : [Crockery] };
            var offs = terms.OffOf(goods);
            var room = goods.Where(g => terms.IsFor(g.Listing)).Sum(g => (long)g.Room);
            Assert.All(goods.Zip(offs), p => Assert.InRange(
                p.Second.Minor, 0, terms.IsFor(p.First.Listing) ? (long)p.First.Room : 0));
            if (cut is CouponCut.AmountOff { Amount: var amount })
                Assert.Equal(Math.Min(amount.Minor, room), offs.Sum(o => o.Minor));
        });

    [Fact]
    public void Any_sequence_of_partial_cancellations_gives_back_what_was_paid() => (
        from cups in Gen.Int[1, 9]
        from pots in Gen.Int[1, 9]
        from off in Gen.Long[1, 60_00]
        from units in Gen.Shuffle((string[])[.. Enumerable.Repeat("cup", cups), .. Enumerable.Repeat("pot", pots)])
        select (cups, pots, off, units)).Sample((cups, pots, off, units) =>
        {
            ImmutableArray<Wanted> wanted = [Wanted("cup", cups, 3_33, 50), Wanted("pot", pots, 12_50, 50)];
            var offs = (Ten with { Cut = new CouponCut.AmountOff(Eur(off)) })
                .OffOf([.. wanted.Select(w => new CouponGoods(w.Listing, w.UnitPrice, w.Quantity))]);
            wanted = [.. wanted.Zip(offs, (w, o) => w with { Off = o })];
            var request = new Recourse.Orders.Request(
                AnasCheckout, Shop, wanted, "DE", ShipTo: null, new(Spring, Bearer.Seller, []));
            var funded = Given.Nothing.When(TheCheckout, new Order.Command.Place(request)).WhenPaid();
            Assert.Equal(request.Total, funded.Deal.Total);
            Assert.Equal(cups * 3_83 + pots * 13_00 - offs.Sum(o => o.Minor), request.Total.Minor);

            var sale = units.Aggregate(funded, (s, sku) => s.When(Seller, Cancel("cancel.out-of-stock",
                new Portion(s.Deal.Lines.First(l => l.Sku.Code == sku).Number, 1))));
            Assert.IsType<Order.State.Cancelled>(sale.State);
            Assert.Equal((request.Total.Minor, 0), (sale.Returned, sale.Escrow));
        }, iter: 500);
}
