using System.Collections.Immutable;
using CsCheck;
using Recourse.Buyers;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Coupons;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Ways;
using Shouldly;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

/// <summary>One bad line never costs the rest: it is kept until its buyer has decided; nothing is charged.</summary>
[Trait("Capability", "CHK-1")]
public sealed class LeavingOutABadLine
{
    static readonly Basket Both = BasketOf(SixCups, OneLamp);
    internal static readonly BasketLine OnePlate = new(new(Potter, "plate"), new("plate"), 1, Eur(3_33));

    internal static Checkout.Command NoCups(Basket basket) =>
        Open(basket, l => QuoteOf(l) with { Offered = l.Sku.Code is not "cup" });

    static Checkout.Command Unlisted(Checkout.Command.Open open, int line) => open with
    {
        Facts = open.Facts with
        {
            Quotes = open.Facts.Quotes.SetItem(line, open.Facts.Quotes[line] with { Value = null }),
        },
    };

    static readonly Life Opened = NewCheckout.When(Buyer, NoCups(Both));
    static readonly Life Stopped = Opened.When(OfLamp, new Checkout.Command.ConfirmReserved(Lamp, LampTotal));

    static Decision<Checkout.Event> Decided(Checkout.Command open) =>
        Checkout.Decide(TheCheckout, null, open, new(Buyer, Wednesday, Published));

    static ImmutableArray<Wanted> Ordered(Checkout.Event.Opened e) => [.. e.Requests.SelectMany(r => r.Lines)];

    internal static Checkout.Event.Opened OpenedBy(Checkout.Command open) =>
        Decided(open).Events.ShouldHaveSingleItem().ShouldBeOfType<Checkout.Event.Opened>();

    [Fact]
    public void Opens_with_the_others_and_says_which_is_left_out_and_why()
    {
        var opened = Opened.Then<Checkout.Event.Opened>();
        (opened.Basket, opened.Requests.Length, opened.Requests[0].Total).ShouldBe((Both, 1, LampTotal));
        var no = opened.LeftOut!.Value.ShouldHaveSingleItem();
        (no.Code, no.Field).ShouldBe(("checkout.not-offered", "lines[0].listing"));
        Opened.Sent<Order.Command.Place>().Select(s => (OrderId)s.To).ShouldBe([Lamp]);
    }

    [Fact]
    public void Charges_nothing_until_the_buyer_says_so_and_then_only_the_rest()
    {
        Stopped.Sent<Payment.Command.Authorise>().ShouldBeEmpty();
        var stopped = Stopped.In<Checkout.State.Stopped>();
        (stopped.Total, stopped.Deadline.Owner, stopped.LeftOut.Length).ShouldBe((LampTotal, Party.Buyer, 1));
        var paying = Stopped.When(Buyer, new Checkout.Command.Proceed());
        paying.Sent<Payment.Command.Authorise>().Single().Command.Shares.ShouldBe([new(Lamp, LampTotal)]);
        paying.In<Checkout.State.Paying>().LeftOut.ShouldBe(stopped.LeftOut);
    }

    [Fact]
    public void Stands_still_for_the_buyer_also_where_nobody_refused_and_is_given_up_when_they_say_nothing()
    {
        var given = Stopped.WhenDue().WhenDue();
        given.Then<Checkout.Event.Abandoned>().Why.Code.ShouldBe("checkout.not-paid");
        given.Sent<Order.Command.Cancel>().Select(c => (OrderId)c.To).ShouldBe([Lamp]);
    }

    [Fact]
    public void Said_twice_is_done_once()
    {
        Opened.When(Buyer, NoCups(Both)).ThenNothing();
        Stopped.When(Buyer, Open(Both)).ThenNothing();
        Opened.When(Buyer, NoCups(BasketOf(OneLamp))).ThenRefused("checkout.already-open");
    }

    [Fact]
    public void Is_refused_as_a_whole_where_every_line_is_bad() =>
        NewCheckout.When(Buyer, Open(Both, l => QuoteOf(l) with { Offered = false }))
            .ThenRefused("checkout.not-offered", "checkout.not-offered");

    [Fact]
    public void Is_refused_as_a_whole_where_something_is_wrong_with_all_of_it() =>
        NewCheckout.When(Buyer, NoCups(Both with { Method = "" }))
            .ThenRefused("checkout.no-method", "checkout.not-offered");

    [Theory]
    [InlineData("4242 4242 4242 4242", null)]
    [InlineData("cup", "by whatever comes along")]
    public void Keeps_nothing_that_nobody_could_have_meant(string sku, string? service) =>
        Decided(Open(BasketOf(SixCups with { Sku = new(sku), Service = service }, OneLamp),
            l => l.Sku.Code is "lamp" ? QuoteOf(l) : null)).Refusals.Select(no => no.Code)
            .ShouldContain("checkout.unknown-item");

    [Fact]
    public void Leaves_a_sellers_other_lines_with_that_seller()
    {
        var opened = OpenedBy(NoCups(BasketOf(OnePlate, SixCups, OneLamp)));
        opened.Requests.Select(r => (r.Seller, r.Lines.Single().Sku.Code))
            .ShouldBe([(Potter, "plate"), (Lampmaker, "lamp")]);
        opened.LeftOut!.Value.Select(no => no.Field).ShouldBe(["lines[1].listing"]);
    }

    [Fact]
    public void Confirms_what_the_buyer_confirmed_on_their_own_line_whatever_is_left_out_before_it()
    {
        var many = OneLamp with { Quantity = 1_000 };
        var basket = BasketOf(SixCups, many);
        var asked = Checkout.Findings(basket, ((Checkout.Command.Open)NoCups(basket)).Facts,
            new(Buyer, Wednesday, Published)).Single(f => f.What.Code is Checkout.OddQuantity);
        NewCheckout.When(Buyer, NoCups(basket)).ThenRefused("checkout.not-offered", Checkout.OddQuantity);
        var opened = OpenedBy(NoCups(basket with { Confirmed = [asked.Id] }));
        (Ordered(opened).Single().Quantity, opened.LeftOut!.Value.Single().Code)
            .ShouldBe((1_000, "checkout.not-offered"));
    }

    [Fact]
    public void A_step_that_is_not_taken_costs_its_own_line_alone()
    {
        var opened = OpenedBy(Open(BasketOf(SixCups with { Quantity = 1_000 }, OneLamp)));
        (opened.Requests.Single().Seller, opened.LeftOut!.Value.Single().Code)
            .ShouldBe((Lampmaker, Checkout.OddQuantity));
    }

    [Fact]
    public void Leaves_out_no_more_than_is_too_heavy_for_one_parcel()
    {
        var post = new ShippingOption("post-packet", Eur(3_00), 10, 20);
        Quoted Heavy(BasketLine l) => QuoteOf(l) with
        {
            ShippingPerUnit = Eur(3_00), ShipsFrom = "DE", Unit = new(l.Sku.Code is "cup" ? 50 : 700, null),
            Options = [post],
        };
        var dishes = OnePlate with { Sku = new("dish"), Quantity = 2 };
        var opened = OpenedBy(Open(BasketOf(SixCups, OnePlate, dishes), Heavy));
        opened.LeftOut!.Value.Select(no => (no.Code, no.Field)).ShouldBe([("shipping.too-heavy", "lines[2].service")]);
        Ordered(opened).Select(l => l.Sku.Code).ShouldBe(["cup", "plate"]);
    }

    [Fact]
    public void Buys_what_is_of_one_currency_and_leaves_out_the_others()
    {
        var cent = new Money(1, Currency.Of("USD"));
        Quoted Dollars(BasketLine l) => QuoteOf(l) with { UnitPrice = cent, ShippingPerUnit = cent };
        var basket = BasketOf(SixCups, OneLamp with { UnitPrice = null }, OneLamp with { UnitPrice = null });
        var opened = OpenedBy(Open(basket, l => l.Sku.Code is "lamp" ? Dollars(l) : QuoteOf(l)));
        opened.LeftOut!.Value.Select(no => (no.Code, no.Field))
            .ShouldBe([("checkout.mixed-currencies", "lines[1]"), ("checkout.mixed-currencies", "lines[2]")]);
        // Whoever can't be had anyway doesn't say which currency it is.
        var others = OpenedBy(Open(
            basket, l => l.Sku.Code is "lamp" ? Dollars(l) : QuoteOf(l) with { Offered = false }));
        (others.Currency.Code, others.LeftOut!.Value.Length).ShouldBe(("USD", 1));
    }

    [Fact]
    public void A_coupon_that_the_rest_is_too_little_for_is_left_out_too()
    {
        var least = UsingACoupon.Seen(UsingACoupon.Terms(least: Eur(20_00)));
        var basket = BasketOf(SixCups with { UnitPrice = null }, OnePlate);
        var open = (Checkout.Command.Open)UsingACoupon.OpenWith(least, basket);
        OpenedBy(open).LeftOut.ShouldBeNull();
        var opened = OpenedBy(Unlisted(open, 1));
        opened.LeftOut!.Value.Select(no => (no.Code, no.Field))
            .ShouldBe([("checkout.unknown-item", "lines[1].sku"), ("coupon.too-little", "coupons[0]")]);
        (opened.Requests.Single().Coupon, opened.Requests.Single().Total).ShouldBe((null, CupsTotal));
    }

    [Fact]
    public void What_stock_would_refuse_is_left_out_unless_there_is_nothing_else()
    {
        Refusal None(int line) =>
            new("stock.not-enough", new("listing.look"), ("left", 0)) { Field = $"lines[{line}].quantity" };
        Checkout.Command Short(params ImmutableArray<Refusal> no) => (Checkout.Command.Open)Open(Both) is var open
            ? open with { Facts = open.Facts with { Short = new(no, Wednesday, "partition/stock") } } : null!;
        var opened = OpenedBy(Short(None(0)));
        (opened.Requests.Single().Seller, opened.LeftOut!.Value.Single().Code)
            .ShouldBe((Lampmaker, "stock.not-enough"));
        // Then they are asked: of stock they have the last word.
        OpenedBy(Short(None(0), None(1))).Requests.Length.ShouldBe(2);
    }

    [Fact]
    public void Screening_waits_until_the_buyer_has_said_that_it_goes_on()
    {
        var stopped = NewCheckout.When(Buyer, Unlisted((Checkout.Command.Open)OpenScreened(ToVerify), 0))
            .When(OfLamp, new Checkout.Command.ConfirmReserved(Lamp, LampTotal));
        stopped.In<Checkout.State.Stopped>();
        stopped.When(Buyer, new Checkout.Command.Proceed()).In<Checkout.State.Verifying>().LeftOut.Length.ShouldBe(1);
    }

    [Fact]
    public void Is_no_fault_of_the_buyers_who_then_gives_it_up()
    {
        var slip = Both with { MethodKind = "boleto" };
        var gone = NewCheckout.When(Buyer, NoCups(slip))
            .When(OfLamp, new Checkout.Command.ConfirmReserved(Lamp, LampTotal)).WhenDue().WhenDue();
        gone.Then<Checkout.Event.Abandoned>();
        gone.Sent<BuyerAccount.Command.CountGivenUp>().ShouldBeEmpty();
    }

    [Fact]
    public void Gives_way_to_one_that_is_opened_instead_unless_it_is_being_paid()
    {
        var instead = new Checkout.Command.Abandon(new CheckoutId(Ana, "c2"));
        var given = Stopped.When(Buyer, instead);
        given.Then<Checkout.Event.Abandoned>();
        given.Sent<Order.Command.Cancel>().Select(c => (OrderId)c.To).ShouldBe([Lamp]);
        given.When(Buyer, instead).ThenNothing();
        Stopped.When(Buyer, new Checkout.Command.Proceed()).When(Buyer, instead).ThenRefused("checkout.not-now");
        Opened.When(Buyer, instead).ThenRefused("checkout.not-now");
    }

    [Fact]
    public void What_was_left_out_was_not_bought()
    {
        var opened = Opened.Then<Checkout.Event.Opened>();
        BuyerHabits.View.Fold("ana", null, new(1, 0, Wednesday, Buyer, 1, TheCheckout, opened, []))!
            .Lines.Select(l => l.Sku.Code).ShouldBe(["lamp"]);
    }

    enum Bad { No, Unoffered, NotThere, Unknown, None, TooMany, Dearer, Barred }

    sealed record Wish(int Seller, int Units, Bad Bad);

    static readonly Gen<Wish> Wishes = Gen.Select(Gen.Int[0, 2], Gen.Int[1, 9],
        Gen.Frequency((4, Gen.Const(Bad.No)), (3, Gen.Enum<Bad>())), (s, u, b) => new Wish(s, u, b));

    static BasketLine LineOf(Wish wish, int n) => new(
        new(wish.Seller switch { 0 => Potter, 1 => Lampmaker, _ => new("weaver") }, $"thing-{n}"), new($"thing-{n}"),
        wish.Bad switch { Bad.None => 0, Bad.TooMany => 2_000_000_000, _ => wish.Units },
        wish.Bad is Bad.Dearer ? Eur(1) : null);

    static Quoted? QuoteFor(Wish wish, int n) => wish.Bad is Bad.Unknown ? null : new(
        $"Thing {n}", Eur(3_00 + n), wish.Bad is Bad.NotThere ? null : Eur(1_00), wish.Bad is not Bad.Unoffered,
        Goods: wish.Bad is Bad.Barred ? ["weapons"] : null);

    static Checkout.Command OpenOf(
        ImmutableArray<(Wish Wish, int N)> wishes, CouponSeen? coupon) => new Checkout.Command.Open(
        BasketOf([.. wishes.Select(w => LineOf(w.Wish, w.N))]) with { Coupons = coupon is null ? null : ["spring"] },
        new([.. wishes.Select(w => new Fact<Quoted?>(QuoteFor(w.Wish, w.N), Wednesday, "test"))],
            Coupons: coupon is null ? null : new([new(coupon, Wednesday, "test")], [])));

    static IEnumerable<(SellerId, Money)> Totals(Decision<Checkout.Event> opened) =>
        ((Checkout.Event.Opened)opened.Events.Single()).Requests.Select(r => (r.Seller, r.Total));

    [Fact]
    public void Costs_what_a_basket_with_only_the_good_lines_would_have_cost_and_orders_nothing_bad() => Gen.Select(
        Wishes.Array[1, 9], Gen.Int[0, 3]).Sample((wishes, luck) =>
    {
        var coupon = luck == 0 ? null
            : UsingACoupon.Seen(UsingACoupon.Terms(least: luck == 1 ? null : Eur(9_00 * luck)));
        ImmutableArray<(Wish Wish, int N)> all = [.. wishes.Select((w, n) => (w, n))];
        ImmutableArray<(Wish Wish, int N)> good = [.. all.Where(w => w.Wish.Bad is Bad.No)];
        var decided = Decided(OpenOf(all, coupon));
        if (good.IsEmpty)
        {
            decided.Events.ShouldBeEmpty();
            return;
        }
        var wanted = Decided(OpenOf(good, coupon));
        if (wanted.Events.IsEmpty)
        {
            // Nothing but the coupon is bad, or it is left out with what it would have been good for.
            wanted.Refusals.ShouldAllBe(no => no.Field == "coupons[0]");
            decided.Events.IsEmpty.ShouldBe(good.Length == all.Length);
            if (decided.Events.IsEmpty) return;
            ((Checkout.Event.Opened)decided.Events.Single()).LeftOut!.Value
                .ShouldContain(no => no.Field == "coupons[0]");
            wanted = Decided(OpenOf(good, null));
        }
        Totals(decided).ShouldBe(Totals(wanted));
        var opened = (Checkout.Event.Opened)decided.Events.Single();
        Ordered(opened).Select(l => l.Sku.Code).Order().ShouldBe(good.Select(w => $"thing-{w.N}").Order());
        (opened.LeftOut ?? []).Select(no => Checkout.NthOf(no, "lines")).OfType<int>().Distinct().Order()
            .ShouldBe(all.Where(w => w.Wish.Bad is not Bad.No).Select(w => w.N));
    }, iter: 3_000);
}
