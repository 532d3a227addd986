using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Payments;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

public sealed class CheckingOut
{
    static readonly Basket Both = BasketOf(SixCups, OneLamp);
    static readonly Life Opened = NewCheckout.When(Buyer, Open(Both));
    static readonly Life Paying = Opened
        .When(OfCups, Reserved(Cups, CupsTotal)).When(OfLamp, Reserved(Lamp, LampTotal));
    static readonly Life Stopped = Opened.When(OfCups, Reserved(Cups, CupsTotal)).When(OfLamp, Refused(Lamp));
    static readonly Life Declined = Paying.When(OfPayment, new Checkout.Command.HearDecline(Why()));

    static Checkout.Command Reserved(OrderId order, Money total) => new Checkout.Command.ConfirmReserved(order, total);
    static Checkout.Command Ended(OrderId order) => new Checkout.Command.HearEnded(order);
    static Checkout.Command Refused(OrderId order) =>
        new Checkout.Command.HearRefusal(order, [new Refusal("stock.too-little", new Remedy("listing.look"))]);

    static Statement Why() => NewPayment.When(OfCheckout, PayingOnce.Authorise())
        .When(Provider, PayingOnce.Answer(PayingOnce.Asked, new ProviderAnswer.Declined("pi-1", "insufficient_funds")))
        .Then<Payment.Event.Declined>().Why;

    [Fact, Trait("Capability", "CHK-1")]
    public void Asks_every_seller_for_its_part_and_only_then_the_provider()
    {
        Assert.Equal([Cups, Lamp], Opened.Sent<Order.Command.Place>().Select(s => (OrderId)s.To));
        Assert.Equal(6, Opened.Sent<Order.Command.Place>().First().Command.Request.Lines.Single().Quantity);

        Assert.Empty(Opened.When(OfCups, Reserved(Cups, CupsTotal)).Wants);
        var (to, ask) = Paying.Sent<Payment.Command.Authorise>().Single();
        Assert.Equal((ThePayment, 1, "card-1", "BR"), ((PaymentId)to, ask.Attempt, ask.Method, ask.Country));
        Assert.Equal([new(Cups, CupsTotal), new(Lamp, LampTotal)], ask.Shares);
    }

    [Fact]
    public void Tells_the_order_where_its_goods_lie() =>
        Assert.Equal("PT", NewCheckout.When(Buyer, Open(BasketOf(SixCups), l => QuoteOf(l) with { ShipsFrom = "PT" }))
            .Sent<Order.Command.Place>().Single().Command.Request.Lines.Single().ShipsFrom);

    [Fact, Trait("Capability", "CHK-1")]
    public void Keeps_two_lines_of_one_thing_apart() =>
        Assert.Equal(2, NewCheckout.When(Buyer, Open(BasketOf(SixCups, SixCups)))
            .Sent<Order.Command.Place>().Single().Command.Request.Lines.Length);

    [Fact, Trait("Capability", "CHK-1")]
    public void Names_every_fault_at_once_and_where_it_is()
    {
        var basket = BasketOf(
            SixCups with { Quantity = 0 }, SixCups with { Quantity = 10_001 }, SixCups with { Sku = new("mug") },
            OneLamp, OneLamp with { UnitPrice = Eur(39_00) }) with { Country = "Brazil", Method = " " };
        var refusals = NewCheckout.When(Buyer, Open(
            basket,
            line => line.Sku.Code is "mug" ? null
                : QuoteOf(line) with { Offered = line.Sku.Code is "cup", ShippingPerUnit = null },
            asOf: Wednesday - Duration.FromMinutes(16))).ThenRefused(
            "checkout.no-such-country", "checkout.no-method",
            "checkout.bad-quantity", "checkout.quote-expired", "checkout.not-shipped-there",
            "checkout.bad-quantity", "checkout.quote-expired", "checkout.not-shipped-there",
            "checkout.quote-expired", "checkout.unknown-item",
            "checkout.quote-expired", "checkout.not-offered", "checkout.not-shipped-there",
            "checkout.quote-expired", "checkout.not-offered", "checkout.not-shipped-there", "checkout.price-differs");

        Assert.Equal(
            ["country", "method", "lines[0].quantity", "lines[0]", "lines[0]", "lines[1].quantity"],
            refusals.Take(6).Select(r => r.Field!));
        Assert.Equal("lines[4].unitPrice", refusals[^1].Field);
    }

    [Theory, Trait("Capability", "CHK-1")]
    [InlineData(0, "checkout.bad-line-count")]
    [InlineData(501, "checkout.bad-line-count")]
    public void Holds_one_to_five_hundred_lines(int lines, string code) =>
        NewCheckout.When(Buyer, Open(BasketOf([.. Enumerable.Repeat(SixCups, lines)]))).ThenRefused(code);

    [Fact, Trait("Capability", "CHK-1")]
    public void Holds_at_most_fifty_sellers()
    {
        BasketLine Of(int n) => SixCups with { Listing = new(new($"seller-{n}"), "cup") };
        NewCheckout.When(Buyer, Open(BasketOf([.. Enumerable.Range(0, 51).Select(Of)])))
            .ThenRefused("checkout.too-many-sellers");
        Assert.Equal(50, NewCheckout.When(Buyer, Open(BasketOf([.. Enumerable.Range(0, 50).Select(Of)])))
            .Then<Checkout.Event.Opened>().Requests.Length);
    }

    [Fact, Trait("Capability", "CHK-1")]
    public void Refuses_sums_that_no_order_can_hold_and_mixed_currencies_and_baskets_that_cost_nothing()
    {
        Quoted Dear(BasketLine l) => QuoteOf(l) with { UnitPrice = Eur(long.MaxValue / 2) };
        Quoted InDollars(BasketLine l) => QuoteOf(l) with { ShippingPerUnit = new(1, Currency.Of("USD")) };
        Quoted Free(BasketLine l) => new("Cup", Eur(0), Eur(0), Offered: true);
        var asItIs = BasketOf(SixCups with { UnitPrice = null });

        NewCheckout.When(Buyer, Open(asItIs, Dear)).ThenRefused("checkout.too-much");
        NewCheckout.When(Buyer, Open(asItIs, InDollars)).ThenRefused("checkout.mixed-currencies");
        NewCheckout.When(Buyer, Open(asItIs, Free)).ThenRefused("checkout.nothing-to-pay");
        NewCheckout.When(Buyer, new Checkout.Command.Open(asItIs, new([]))).ThenRefused("checkout.no-quotes");
    }

    [Fact, Trait("Capability", "CHK-1")]
    public void Said_twice_is_done_once()
    {
        Opened.When(Buyer, Open(BasketOf(SixCups, OneLamp))).ThenNothing();
        Opened.When(Buyer, Open(BasketOf(OneLamp))).ThenRefused("checkout.already-open");
        Paying.When(OfCups, Reserved(Cups, CupsTotal)).ThenNothing();
        Paying.When(Buyer, new Checkout.Command.Proceed()).ThenNothing();
    }

    [Fact]
    public void Is_nobody_elses_business()
    {
        Opened.When(Stranger, new Checkout.Command.Abandon()).ThenRefused("kernel.not-found");
        Opened.When(Seller, new Checkout.Command.Abandon()).ThenRefused("kernel.not-found");
        NewCheckout.When(Stranger, Open(Both)).ThenRefused("kernel.not-found");
        Opened.When(House(new PaymentId(Ana, "other")), new Checkout.Command.ConfirmAuthorised())
            .ThenRefused("kernel.not-found");
        Opened.When(House(OrderId.Of(TheCheckout, new("other"))), Ended(OrderId.Of(TheCheckout, new("other"))))
            .ThenRefused("checkout.not-in-it");
    }

    [Fact, Trait("Capability", "CHK-1")]
    public void Stops_for_the_buyer_when_a_seller_refuses_and_goes_on_without_it_if_they_say_so()
    {
        Assert.Equal("checkout.give-up", Stopped.In<Checkout.State.Stopped>().Deadline.Then);
        Assert.True(Stopped.Kind.IsSettled(Stopped.State!));

        var paying = Stopped.When(Buyer, new Checkout.Command.Proceed());
        Assert.Equal([new(Cups, CupsTotal)], paying.Sent<Payment.Command.Authorise>().Single().Command.Shares);
    }

    [Fact]
    public void Can_not_go_on_when_every_seller_refused() =>
        Opened.When(OfCups, Refused(Cups)).When(OfLamp, Refused(Lamp)).When(Buyer, new Checkout.Command.Proceed())
            .ThenRefused("checkout.nothing-left");

    [Fact, Trait("Capability", "MON-6")]
    public void Does_not_end_because_a_seller_is_silent_but_lets_the_buyer_decide_about_the_rest()
    {
        var waiting = Opened.When(OfCups, Reserved(Cups, CupsTotal));
        Assert.Equal(Party.Platform, waiting.In<Checkout.State.Reserving>().Deadline.Owner);

        var late = waiting.WhenDue();
        Assert.Equal(Lamp, late.ThenAlso<Checkout.Event.Missed>().Order);
        Assert.Equal(Lamp, late.Sent<Order.Command.Cancel>().Single().To);
        late.In<Checkout.State.Stopped>();
        late.When(OfLamp, Reserved(Lamp, LampTotal)).ThenNothing();
        Assert.Single(late.When(Buyer, new Checkout.Command.Proceed()).Sent<Payment.Command.Authorise>().Single()
            .Command.Shares);
    }

    [Fact]
    public void Takes_no_other_total_than_what_the_buyer_agreed_to() =>
        Opened.When(OfCups, Reserved(Cups, LampTotal)).ThenRefused("checkout.total-differs");

    [Fact, Trait("Capability", "CHK-6")]
    public void Lets_the_buyer_try_another_method_without_losing_what_is_reserved()
    {
        Assert.Equal("payment.declined-funds", Declined.In<Checkout.State.Declined>().Why.Code);
        Assert.True(Declined.Kind.IsSettled(Declined.State!));

        var again = Declined.When(Buyer, new Checkout.Command.Pay("card-2"));
        Assert.Equal((2, "card-2"), (again.Sent<Payment.Command.Authorise>().Single().Command.Attempt,
            again.In<Checkout.State.Paying>().Basket.Method));
        again.When(Buyer, new Checkout.Command.Pay("card-3")).ThenRefused("checkout.payment-under-way");
    }

    [Fact, Trait("Capability", "CHK-6")]
    public void Ends_the_trying_out_of_cards_after_ten()
    {
        var life = Declined;
        for (var i = 2; i <= 10; i++)
            life = life.When(Buyer, new Checkout.Command.Pay($"card-{i}"))
                .When(OfPayment, new Checkout.Command.HearDecline(Why()));
        life.When(Buyer, new Checkout.Command.Pay("card-11")).ThenRefused("checkout.too-many-attempts");
    }

    [Fact, Trait("Capability", "CAN-4")]
    public void Warns_the_buyer_and_then_gives_everything_back_with_a_statement()
    {
        var warned = Declined.WhenDue();
        Assert.Equal(Wednesday + Duration.FromHours(24), warned.Then<Checkout.Event.Warned>().Deadline.Due);

        var given = warned.WhenDue();
        var why = given.Then<Checkout.Event.Abandoned>().Why;
        Assert.Equal(("checkout.not-paid", new DecidedBy.Automated("checkouts")), (why.Code, why.By));
        Assert.Equal([Cups, Lamp], given.Sent<Order.Command.Cancel>().Select(c => (OrderId)c.To));
        Assert.All(given.Sent<Order.Command.Cancel>(), c => Assert.Equal(Reason.PaymentNotResolved, c.Command.Reason));
        Assert.Single(given.Sent<Payment.Command.Abandon>());
    }

    [Fact, Trait("Capability", "MON-6")]
    public void Is_put_off_by_the_brake_alone_and_warned_again()
    {
        var warned = Declined.WhenDue();
        var until = warned.Due + Duration.FromDays(2);
        var put = warned.When(Operator, new Checkout.Command.PutOff(until));
        Assert.Equal(until, put.Then<Checkout.Event.PutOff>().Deadline.Due);
        put.When(Operator, new Checkout.Command.PutOff(until)).ThenNothing();
        var again = put.WhenDue();
        Assert.Equal(until, again.Then<Checkout.Event.Warned>().Deadline.Due);
        again.WhenDue().Then<Checkout.Event.Abandoned>();
        warned.When(Buyer, new Checkout.Command.PutOff(until)).ThenRefused("checkout.not-now");
    }

    [Fact, Trait("Capability", "CAN-4")]
    public void Gives_the_full_notice_when_the_warning_comes_late()
    {
        var late = Declined.When(
            Clock, new Checkout.Command.Wake(Declined.Due), at: Declined.Due + Duration.FromHours(5));
        Assert.Equal(late.Now + Duration.FromHours(6), late.Then<Checkout.Event.Warned>().Deadline.Due);
    }

    [Fact]
    public void Given_up_by_the_buyer_before_it_was_ever_paid_needs_no_provider()
    {
        var given = Opened.When(Buyer, new Checkout.Command.Abandon());
        Assert.Equal(new DecidedBy.Person(Party.Buyer), given.Then<Checkout.Event.Abandoned>().Why.By);
        Assert.Equal([Reason.ChangedMind, Reason.ChangedMind],
            given.Sent<Order.Command.Cancel>().Select(c => c.Command.Reason));
        Assert.Empty(given.Sent<Payment.Command.Abandon>());
        given.When(OfCups, Reserved(Cups, CupsTotal)).ThenNothing();
        given.When(OfCups, Refused(Cups)).ThenNothing();
        given.When(Buyer, new Checkout.Command.Abandon()).ThenNothing();
    }

    [Fact]
    public void Can_not_be_given_up_once_it_is_paid() =>
        Paying.When(OfPayment, new Checkout.Command.ConfirmAuthorised())
            .When(Buyer, new Checkout.Command.Abandon()).ThenRefused("checkout.already-paid");

    [Fact]
    public void Leaves_out_an_order_that_ended_meanwhile_and_ends_when_none_is_left()
    {
        var without = Declined.When(OfLamp, Ended(Lamp));
        Assert.Equal([new(Cups, CupsTotal)],
            without.When(Buyer, new Checkout.Command.Pay("card-2")).Sent<Payment.Command.Authorise>().Single()
                .Command.Shares);

        var none = without.When(OfCups, Ended(Cups));
        Assert.Equal("checkout.no-order-left", none.ThenAlso<Checkout.Event.Abandoned>().Why.Code);
        Assert.Empty(none.Sent<Order.Command.Cancel>());

        var stillPaying = Paying.When(OfLamp, Ended(Lamp)).When(OfCups, Ended(Cups));
        stillPaying.In<Checkout.State.Paying>();
        stillPaying.When(OfPayment, new Checkout.Command.HearDecline(Why())).In<Checkout.State.Abandoned>();
    }

    [Fact]
    public void Is_given_up_when_the_provider_has_not_answered_by_the_end()
    {
        Assert.Equal(Party.Provider, Paying.In<Checkout.State.Paying>().Deadline.Owner);
        var given = Paying.WhenDue();
        Assert.Equal("checkout.payment-unclear", given.Then<Checkout.Event.Abandoned>().Why.Code);
        Assert.Single(given.Sent<Payment.Command.Abandon>());
    }
}
