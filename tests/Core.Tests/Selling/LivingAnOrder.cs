using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Tracking;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

public sealed class PlacingAnOrder
{
    [Fact]
    public void Asks_for_the_shown_price_and_for_the_stock_of_each_sku_once()
    {
        var sale = Given.Nothing.When(
            TheCheckout, Place(Wanted("cup", 2, 3_33, 50), Wanted("pot", 1, 12_50, 50), Wanted("cup", 3, 3_33, 50)));

        Assert.Equal(
            [(CupsInStock, 5), (PotsInStock, 1)],
            from required in sale.Wants.OfType<Intent.Require>()
            let reserve = required.Message.Command as StockItem.Command.Reserve
            where reserve is not null
            select ((StockItemId)required.Message.Target, reserve.Units));
        Assert.Equal(2, sale.Tells<Listing.Command.Honour>().Count());
        Assert.Equal(sale.Deal.Total, Assert.Single(sale.Tells<Checkout.Command.ConfirmReserved>()).Total);
        Assert.Equal(Party.Platform, ((Order.State.Open)sale.State!).Deadline.Owner);
    }

    [Theory]
    [InlineData("US", 6, 22), InlineData("CN", 7, 10), InlineData("DE", 8, 16), InlineData(null, 8, 16)]
    public void Is_to_be_dispatched_by_the_calendar_of_where_the_goods_lie(string? from, int day, int hour)
    {
        var sale = Given.Nothing.When(TheCheckout, Place(Wanted("cup", 2, 3_33, 50, from))).WhenPaid();
        Assert.Equal(Instant.FromUtc(2026, 4, day, hour, 0), sale.Then<Order.Event.Funded>().Deadline.Due);
    }

    [Fact]
    public void Is_to_be_dispatched_when_the_last_of_several_countries_has_had_its_days()
    {
        var sale = Given.Nothing.When(
            TheCheckout, Place(Wanted("cup", 1, 3_33, 50, "CN"), Wanted("pot", 1, 12_50, 50, "US"))).WhenPaid();
        Assert.Equal(Instant.FromUtc(2026, 4, 7, 10, 0), sale.Then<Order.Event.Funded>().Deadline.Due);
    }

    [Fact]
    public void Said_twice_is_done_once() => Given.Placed.When(TheCheckout, Place()).ThenNothing();

    [Fact]
    public void Is_for_the_checkout_that_asks_and_for_nobody_else()
    {
        Actor other = new Actor.Aggregate("checkout/ana/x");
        foreach (var who in (Actor[])[Buyer, Seller, Agent, Operator, Import, ThePayment, other])
            Assert.False(Given.Nothing.When(who, Place()).Last.Refusals.IsEmpty);
    }

    [Fact]
    public void Names_every_fault_with_its_field()
    {
        var usd = new Money(1_00, Currency.Of("USD"));
        var request = new Recourse.Orders.Request(
            AnasCheckout, Shop,
            [
                Wanted("cup", 0, 3_33, 50),
                Wanted("cup", 1, 0, -1),
                new(new(new("rival"), "x"), new("CUP"), " ", 1, usd, Eur(1)),
            ],
            "XX", ShipTo: null);
        var refusals = Given.Nothing.When(TheCheckout, new Order.Command.Place(request)).Last.Refusals;
        Assert.Equal(
            [
                "order.no-such-country country", "order.bad-quantity lines[0].quantity",
                "order.bad-price lines[1].unitPrice", "order.bad-price lines[1].shippingPerUnit",
                "order.not-its-seller lines[2].listing", "order.bad-sku lines[2].sku", "order.bad-title lines[2].title",
                "order.mixed-currencies lines[2].unitPrice",
            ],
            refusals.Select(r => $"{r.Code} {r.Field}"));
    }

    [Fact]
    public void Can_not_be_so_dear_that_sums_would_run_over() =>
        Given.Nothing.When(TheCheckout, Place(
                Wanted("cup", 100_000, Money.Most, Money.Most), Wanted("pot", 100_000, Money.Most, Money.Most)))
            .ThenRefused("order.too-much");

    [Fact]
    public void Needs_lines()
    {
        Given.Nothing.When(TheCheckout, Place([])).ThenRefused("order.bad-line-count");
        Given.Nothing.When(TheCheckout, new Order.Command.Place(new(AnasCheckout, Shop, default, "DE", null)))
            .ThenRefused("order.bad-line-count");
    }
}

public sealed class FundingAnOrder
{
    [Fact, Trait("Capability", "PAY-1")]
    public void Puts_exactly_its_price_into_escrow_and_keeps_its_stock()
    {
        Assert.Equal((48_98, -48_98), (Given.Funded.Escrow, Given.Funded.At($"transit/{Example.Sold}/funding")));
        Assert.Equal([6, 2], Given.Funded.Tells<StockItem.Command.Keep>().Select(k => k.Units));
    }

    [Fact]
    public void Is_refused_with_any_other_amount_or_payment()
    {
        Given.Placed.When(ThePayment, Fund(Eur(48_97))).ThenRefused("order.amount-differs");
        Given.Placed.When(ThePayment, Fund(new(48_98, Currency.Of("USD")))).ThenRefused("order.amount-differs");
        Given.Placed.When(ThePayment, new Order.Command.Fund(Eur(48_98), new(Ana, "other")))
            .ThenRefused("order.not-its-payment");
    }

    [Fact]
    public void Is_refused_once_the_order_has_ended_so_that_the_money_goes_back() =>
        Given.Placed.WhenDue().When(ThePayment, Fund(Eur(48_98))).ThenRefused("order.not-now");

    [Fact]
    public void Said_twice_is_done_once()
    {
        Given.Funded.WhenPaid().ThenNothing();
        Given.Delivered.When(ThePayment, Fund(Eur(48_98))).ThenNothing();
    }
}

public sealed class ShippingAnOrder
{
    [Fact]
    public void Sells_its_stock_and_registers_its_parcel_for_the_buyer()
    {
        var sale = Given.Funded.When(Warehouse, new Order.Command.Ship("dhl", "rr 4731 2482 9 gb"));
        Assert.Equal("RR473124829GB", sale.Then<Order.Event.Shipped>().Handover.TrackingNumber);
        Assert.Equal([6, 2], sale.Tells<StockItem.Command.Sell>().Select(s => s.Units));
        Assert.Equal(Ana, Assert.Single(sale.Tells<Parcel.Command.Register>()).Buyer);
    }

    [Theory]
    [InlineData("", "RR473124829GB", "order.bad-carrier")]
    [InlineData("dhl", "", "order.bad-tracking-number")]
    [InlineData("dhl", "NUMBER", "order.bad-tracking-number")]
    [InlineData("dhl", "12345", "order.bad-tracking-number")]
    [InlineData("dhl", "1234567;DROP", "order.bad-tracking-number")]
    [InlineData(null, null, "order.bad-carrier,order.bad-tracking-number")]
    public void Needs_a_carrier_and_a_number_that_can_be_one(string? carrier, string? number, string codes) =>
        Given.Funded.When(Seller, new Order.Command.Ship(carrier!, number!)).ThenRefused(codes.Split(','));

    [Theory, Trait("Capability", "TRK-4")]
    [InlineData("RR473124829GB", true)]
    [InlineData("RR473124828GB", false)]
    [InlineData("RR473124892GB", false)]
    public void Finds_a_wrong_check_digit_in_a_postal_number(string number, bool isRight)
    {
        var sale = Given.Funded.When(Seller, new Order.Command.Ship("dhl", number));
        if (isRight) sale.Then<Order.Event.Shipped>();
        else sale.ThenRefused("order.wrong-check-digit");
    }

    [Fact]
    public void Said_twice_is_done_once_and_another_number_is_refused()
    {
        Given.Shipped.When(Seller, Ship, Wednesday + Duration.FromHours(1)).ThenNothing();
        Given.Shipped.When(Seller, new Order.Command.Ship("dhl", "JD0146000031")).ThenRefused("order.already-shipped");
    }

    [Fact]
    public void Is_impossible_before_payment_and_after_the_end()
    {
        Given.Placed.When(Seller, Ship).ThenRefused("order.not-now");
        Given.Cancelled.When(Seller, Ship).ThenRefused("order.not-now");
    }

    [Fact]
    public void And_never_arriving_gives_everything_back_as_lost()
    {
        var lost = Given.Shipped.WhenDue().WhenDue();
        Assert.Equal(Reason.Lost, lost.Then<Order.Event.Lost>().Why.Code);
        Assert.Equal((0, 48_98), (lost.Escrow, lost.Returned));
        Assert.Single(lost.Tells<Payment.Command.GiveBack>());
        Assert.Empty(lost.Tells<StockItem.Command>());
    }
}

public sealed class ReceivingAnOrder
{
    [Fact, Trait("Capability", "ORD-1")]
    public void Pays_the_seller_less_the_fee_when_the_buyer_is_content()
    {
        Assert.Equal((0, 48_98 - 3_60, 3_60),
            (Given.Completed.Escrow, Given.Completed.Payable, Given.Completed.At("seller/shop/fees")));
        Given.Completed.When(Buyer, Receive).ThenNothing();
    }

    [Fact, Trait("Capability", "ORD-1")]
    public void May_be_said_before_the_carrier_says_so() =>
        Given.Shipped.When(Buyer, Receive).Then<Order.Event.Completed>();

    [Fact, Trait("Capability", "ORD-1")]
    public void Is_assumed_some_days_after_delivery_and_a_reminder()
    {
        var warned = Given.Delivered.WhenDue();
        Assert.Equal(Party.Buyer, warned.Then<Order.Event.Warned>().Deadline.Owner);
        Assert.Equal(Wednesday + Duration.FromDays(14), warned.Due);
        warned.WhenDue().Then<Order.Event.Completed>();
    }

    [Fact]
    public void Is_the_buyers_word_alone()
    {
        Given.Delivered.When(Seller, Receive).ThenRefused("order.not-now");
        Given.Delivered.When(Agent, Receive).ThenRefused("order.not-now");
        Given.Delivered.When(Stranger, Receive).ThenRefused("kernel.not-found");
    }

    [Fact]
    public void Hears_a_delivery_once_and_calmly_after_the_end()
    {
        Given.Delivered.When(TheParcel, Deliver).ThenNothing();
        Given.Completed.When(TheParcel, Deliver).ThenNothing();
        Given.Shipped.WhenDue().WhenDue().When(TheParcel, Deliver).ThenNothing();
        Given.Shipped.When(Seller, Deliver).ThenRefused("order.not-now");
    }
}

[Trait("Capability", "OPS-1")]
public sealed class TakingAnOrderOver
{
    [Fact]
    public void Keeps_it_as_it_was_in_books_of_its_own_with_no_deadline_and_no_message()
    {
        Assert.Equal((-12_50, 0, 12_50), (
            Given.Imported.At($"import/olist/paid/{Sold}"), Given.Imported.At($"import/olist/held/{Sold}"),
            Given.Imported.At($"import/olist/seller/{Sold}")));
        Assert.Empty(Given.Imported.Wants);
        Assert.Null(Order.Kind.NextWake(Given.Imported.State!));
    }

    [Fact]
    public void Said_twice_is_done_once_and_another_in_its_place_is_refused()
    {
        Given.Imported.When(Import, new Order.Command.Import(History())).ThenNothing();
        Given.Imported.When(Import, new Order.Command.Import(History("o2"))).ThenRefused("order.not-now");
        Given.Funded.When(Import, new Order.Command.Import(History())).ThenRefused("kernel.not-found");
    }

    [Fact]
    public void Lets_its_buyer_and_its_seller_look_and_nobody_act()
    {
        Assert.Equal(Party.Buyer, Order.PartyOf(Example.Sold, Given.Imported.State, Buyer));
        Assert.Null(Order.PartyOf(Example.Sold, Given.Imported.State, Stranger));
        Given.Imported.When(Buyer, Cancel("cancel.changed-mind", Cups(1))).ThenRefused("order.not-now");
        Given.Imported.When(Seller, Ship).ThenRefused("order.not-now");
    }

    [Fact]
    public void Refuses_what_could_not_be_booked() =>
        Given.Nothing.When(Import, new Order.Command.Import(History() with
        {
            Payments = [new(1, "card", 1, Eur(1))], Part = new(2, 1),
        })).ThenRefused("order.bad-import", "order.bad-import");
}
