using System.Collections.Immutable;
using Recourse.Checkouts;
using Recourse.Coupons;
using Recourse.Orders;
using Shouldly;
using Xunit;
using Request = Recourse.Orders.Request;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

/// <summary>A coupon for all shops comes off what is left after a shop's own: each is told by itself, borne by whoever
/// gave it, shared out to the cent, and never takes a thing below the least there is.</summary>
[Trait("Capability", "CHK-2")]
public sealed class PuttingACouponOnTop
{
    static readonly CouponSeen Own = UsingACoupon.Seen(), Gift = UsingACouponOfAllShops.Seen();

    static Checkout.Command.Open OpenWith(
        CouponSeen? own = null, CouponSeen? gift = null, Basket? basket = null, params ImmutableArray<string> codes)
    {
        var open = UsingACouponOfAllShops.OpenWith(
            gift ?? Gift, basket, codes: codes.IsEmpty ? ["spring", "gift"] : codes);
        return open with
        {
            Facts = open.Facts with
            {
                Coupons = open.Facts.Coupons! with
                {
                    Found = [.. open.Facts.Coupons.Found, new(own ?? Own, Wednesday, "test")],
                },
            },
        };
    }

    static ImmutableArray<Request> Asked(Checkout.Command.Open open) =>
        NewCheckout.When(Buyer, open).Then<Checkout.Event.Opened>().Requests;

    [Fact]
    public void The_shops_own_comes_off_first_and_the_platforms_off_what_is_left()
    {
        var requests = Asked(OpenWith(gift: UsingACouponOfAllShops.Seen(
            UsingACouponOfAllShops.Terms() with { Cut = new CouponCut.PercentOff(50) })));
        var cups = requests[0].Lines.Single();
        // 19.98: 10 % is 2.00 (rounded up); half of what is left is 8.99.
        (cups.OffOfShop, cups.OnTop, cups.Off).ShouldBe((Eur(2_00), Eur(8_99), Eur(10_99)));
        (requests[0].Coupon!.Id, requests[0].OnTop!.Id).ShouldBe((UsingACoupon.Spring, UsingACouponOfAllShops.Gift));
        // The other shop has no coupon of its own: there the platform's stands alone, as ever.
        (requests[1].Coupon!.Id, requests[1].OnTop, requests[1].Lines.Single().OnTop)
            .ShouldBe((UsingACouponOfAllShops.Gift, null, null));
        requests[1].Lines.Single().Off.ShouldBe(Eur(20_00));
    }

    [Fact]
    public void In_whatever_order_they_are_named()
    {
        string Text(ImmutableArray<Request> all) => string.Join(" ", all.SelectMany(r => r.Lines).Select(l => l.Off));
        Text(Asked(OpenWith(codes: ["gift", "spring"]))).ShouldBe(Text(Asked(OpenWith(codes: ["spring", "gift"]))));
    }

    [Fact]
    public void What_must_be_spent_is_what_is_left_after_the_shops_own()
    {
        // 59.98 of goods, 2.00 of them gone.
        Asked(OpenWith(gift: UsingACouponOfAllShops.Seen(UsingACouponOfAllShops.Terms(least: Eur(57_98)))));
        NewCheckout.When(Buyer, OpenWith(
                gift: UsingACouponOfAllShops.Seen(UsingACouponOfAllShops.Terms(least: Eur(57_99)))))
            .ThenRefused("coupon.too-little");
    }

    [Fact]
    public void Nothing_goes_below_the_least_there_is()
    {
        var most = new CouponCut.AmountOff(Eur(1_000_00));
        var own = UsingACoupon.Seen(UsingACoupon.Terms() with { Cut = new CouponCut.AmountOff(Eur(19_00)) });
        var gift = UsingACouponOfAllShops.Seen(UsingACouponOfAllShops.Terms() with { Cut = most });
        var requests = Asked(OpenWith(own, gift));
        (requests[0].Lines.Single().OffOfShop, requests[0].Lines.Single().OnTop).ShouldBe((Eur(19_00), Eur(92)));
        var deal = Deal.Of(Cups, requests[0], 1, Wednesday);
        deal.Lines.ShouldAllBe(l => l.UnitPrice.Minor == 1);

        // A shop's own that takes everything leaves nothing for another.
        var all = UsingACoupon.Seen(UsingACoupon.Terms() with { Cut = most });
        NewCheckout.When(Buyer, OpenWith(all, gift, BasketOf(SixCups))).ThenRefused("coupon.nothing-off");
    }

    [Fact]
    public void Each_unit_has_its_own_price_and_its_own_part_of_both()
    {
        foreach (var (own, top) in ((long, long)[])[(2_00, 3_32), (1, 5), (5, 4), (3, 3), (6, 0), (0, 7), (19_87, 5)])
        {
            var wanted = new Wanted(
                SixCups.Listing, SixCups.Sku, "Cup", 6, Eur(3_33), Eur(1_00), Off: Eur(own + top), OnTop: Eur(top));
            var request = new Request(TheCheckout, Potter, [wanted], "BR", null,
                new(UsingACoupon.Spring, Bearer.Seller, []),
                OnTop: new(UsingACouponOfAllShops.Gift, Bearer.Platform, []));
            var deal = Deal.Of(Cups, request, 1, Wednesday);
            (deal.Total, deal.Off, deal.OffOnTop, deal.Borne, deal.Lines.Sum(l => l.Quantity))
                .ShouldBe((request.Total, Eur(own + top), Eur(top), Eur(top), 6));
            (deal.Lines.Max(l => l.UnitPrice.Minor) - deal.Lines.Min(l => l.UnitPrice.Minor)).ShouldBeLessThan(2);
            deal.Lines.ShouldAllBe(l => l.PriceBefore == Eur(3_33));
        }
    }

    [Fact]
    public void Whoever_gave_it_bears_it()
    {
        var request = Asked(OpenWith())[0];
        var deal = Deal.Of(Cups, request, 1, Wednesday);
        deal.Borne.ShouldBe(request.Lines.Single().OnTop!.Value);
        (deal with { Coupon = new(UsingACoupon.Spring, Bearer.Platform) }).Borne.ShouldBe(deal.Off);
    }

    [Fact]
    public void Where_the_rulebook_says_that_each_stands_alone_the_first_counts()
    {
        var alone = Purchase.Published[0] with
        {
            Sections = [.. Purchase.Published[0].Sections.Select(
                s => s is CouponRules r ? r with { IsOnTop = false } : s)],
        };
        var no = Checkout.Decide(TheCheckout, null, OpenWith(), new(Buyer, Wednesday, [alone])).Refusals;
        no.Select(n => $"{n.Code} {n.Field}").ShouldBe(["coupon.one-a-shop coupons[1]"]);
    }

    static Life Refusing(string code, out ImmutableArray<Request> requests)
    {
        var opened = NewCheckout.When(Buyer, OpenWith());
        requests = opened.Then<Checkout.Event.Opened>().Requests;
        var why = new Refusal($"coupon.{code}", new("coupon.leave-out"),
            ("code", code is "used-up" ? "gift" : "spring"));
        var gift = House(UsingACouponOfAllShops.Gift);
        if (code is "used-up")
            return opened.When(gift, new Checkout.Command.HearCouponRefused(UsingACouponOfAllShops.Gift, [why]));
        return opened.When(gift, new Checkout.Command.HearCouponTaken(UsingACouponOfAllShops.Gift))
            .When(OfCups, new Checkout.Command.HearRefusal(Cups, [why]))
            .When(OfLamp, new Checkout.Command.ConfirmReserved(Lamp, requests[1].Total));
    }

    [Fact]
    public void If_the_platforms_is_used_up_meanwhile_the_shops_own_stays()
    {
        var stopped = Refusing("used-up", out var requests);
        stopped.In<Checkout.State.Stopped>();
        var again = stopped.When(Buyer, new Checkout.Command.LeaveDiscounts()).Then<Checkout.Event.AskedAgain>();
        again.Requests.Select(r => (r.Coupon?.Id, r.OnTop, r.Total)).ShouldBe(
        [
            (UsingACoupon.Spring, null, CupsTotal - Eur(2_00)), (null, null, LampTotal),
        ]);
    }

    [Fact]
    public void If_the_shops_own_is_used_before_the_platforms_stays_with_its_share()
    {
        var stopped = Refusing("used-before", out var requests);
        var again = stopped.When(Buyer, new Checkout.Command.LeaveDiscounts());
        var request = again.Then<Checkout.Event.AskedAgain>().Requests.Single();
        var share = requests[0].Lines.Single().OnTop!.Value;
        (request.Coupon!.Id, request.OnTop, request.Total).ShouldBe(
            (UsingACouponOfAllShops.Gift, null, CupsTotal - share));
        again.In<Checkout.State.Reserving>().Parts[0].Coupon.ShouldBe(UsingACouponOfAllShops.Gift);
    }

    static Life Taken(Checkout.Command.Open open) => NewCheckout.When(Buyer, open).When(
        House(UsingACouponOfAllShops.Gift), new Checkout.Command.HearCouponTaken(UsingACouponOfAllShops.Gift));

    static readonly Basket Three = BasketOf(LeavingOutABadLine.OnePlate, SixCups, OneLamp);

    [Theory, InlineData(false), InlineData(true)]
    public void A_line_that_its_seller_can_t_serve_costs_that_line_and_every_other_keeps_its_share(bool both)
    {
        var open = both ? OpenWith(basket: Three) : OpenWith(basket: Three, codes: ["gift"]);
        var before = Asked(open);
        var less = Taken(open).When(
            OfCups, new Checkout.Command.HearRefusal(Cups, [AskingASellerForLess.Gone("cup")]));
        var request = less.Then<Checkout.Event.AskedForLess>().Request;
        var (was, now) = (before[0].Lines[0], request.Lines.Single());
        (now.Sku, now.Off, now.OnTop).ShouldBe((was.Sku, was.Off, was.OnTop));
        less.Last.Events.OfType<Checkout.Event.AskedForLess>().Single().LeftOut
            .Select(no => $"{no.Code} {no.Field}").ShouldBe(["stock.not-enough lines[1].quantity"]);
        var kept = less.When(OfCups, new Checkout.Command.ConfirmReserved(Cups, request.Total))
            .When(OfLamp, new Checkout.Command.ConfirmReserved(Lamp, before[1].Total)).In<Checkout.State.Stopped>();
        kept.Total.ShouldBe(request.Total + before[1].Total);
        (kept.Parts[0].Coupon, kept.Taken).ShouldBe((UsingACouponOfAllShops.Gift, UsingACouponOfAllShops.Gift));
    }

    [Fact]
    public void One_line_after_another_until_none_of_that_seller_is_left()
    {
        var open = OpenWith(basket: BasketOf(LeavingOutABadLine.OnePlate, SixCups, OneLamp), codes: ["gift"]);
        Taken(open).When(OfCups, new Checkout.Command.HearRefusal(Cups, [AskingASellerForLess.Gone("cup")]))
            .When(OfCups, new Checkout.Command.HearRefusal(Cups, [AskingASellerForLess.Gone("plate")]))
            .Then<Checkout.Event.Refused>();
    }
}
