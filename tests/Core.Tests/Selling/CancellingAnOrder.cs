using Recourse.Checkouts;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Payments;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

public sealed class CancellingAnOrder
{
    const string ChangedMind = "cancel.changed-mind", OutOfStock = "cancel.out-of-stock";

    [Fact, Trait("Capability", "CAN-1")]
    public void Is_done_at_once_until_the_parcel_leaves_and_gives_everything_back()
    {
        var sale = Given.Funded.When(Buyer, Cancel(ChangedMind, Cups(6), Pots(2)));

        var cancelled = sale.Then<Order.Event.Cancelled>();
        Assert.Equal(Eur(44_98 + 8 * 50), cancelled.Settlement.ToBuyer);
        Assert.Equal((0, 0, 48_98), (sale.Escrow, sale.Payable, sale.Returned));
        Assert.Equal(cancelled.Settlement.ToBuyer, Assert.Single(sale.Tells<Payment.Command.GiveBack>()).Return.Amount);
        Assert.Equal([6, 2], sale.Tells<StockItem.Command.Release>().Select(r => r.Units));
    }

    [Fact, Trait("Capability", "CAN-1")]
    public void Is_refused_once_the_parcel_left_and_says_what_to_do_instead()
    {
        var refusal = Assert.Single(Given.Shipped.When(Buyer, Cancel(ChangedMind, Cups(1)))
            .ThenRefused("order.already-shipped"));
        Assert.Equal("order.wait-for-delivery", refusal.WayOut.Code);
        Assert.Contains(new Named("number", "RR473124829GB"), refusal.Facts);
    }

    [Fact, Trait("Capability", "CAN-7")]
    public void Of_some_units_leaves_the_others_to_go_on()
    {
        var sale = Given.Funded.When(Buyer, Cancel(ChangedMind, Cups(2)));

        Assert.Equal(Eur(2 * 3_33 + 2 * 50), sale.Then<Order.Event.Reduced>().Settlement.ToBuyer);
        Assert.Equal((4, 2), (sale.Deal.UnitsOf(1), sale.Deal.UnitsOf(2)));
        Assert.Equal(sale.Deal.Total.Minor, sale.Escrow);
        Assert.IsType<Order.State.Shipped>(sale.When(Warehouse, Ship).State);
    }

    [Fact, Trait("Capability", "CAN-7")]
    public void Of_all_units_by_and_by_is_a_whole_cancellation() =>
        Given.Funded.When(Buyer, Cancel(ChangedMind, Cups(6))).When(Buyer, Cancel(ChangedMind, Pots(2)))
            .Then<Order.Event.Cancelled>();

    [Fact, Trait("Capability", "REF-1")]
    public void Leaves_the_shipping_with_the_seller_where_the_rulebook_says_that_the_buyer_bears_it()
    {
        var sale = Given.Under(WithShippingBorneBy(Bearer.Buyer, ChangedMind))
            .When(Buyer, Cancel(ChangedMind, Cups(6), Pots(2)));
        Assert.Equal((44_98, 4_00, 0), (sale.Returned, sale.Payable, sale.Escrow));
    }

    [Fact, Trait("Capability", "REF-1")]
    public void Makes_the_platform_good_the_sellers_shipping_where_the_rulebook_says_that_it_bears_it()
    {
        var sale = Given.Under(WithShippingBorneBy(Bearer.Platform, OutOfStock))
            .When(Seller, Cancel(OutOfStock, Pots(1)));
        // Out of stock is the seller's fault all the same: 20 % of the fee, which is 8 % of 12.50.
        Assert.Equal((13_00, 50 - 20, -50), (sale.Returned, sale.Payable, sale.At("seller/shop/claims")));
        Assert.Equal(20, sale.At("seller/shop/fees"));
    }

    [Fact]
    public void Names_every_fault_at_once() =>
        Given.Funded.When(Buyer, Cancel(OutOfStock, Cups(7), new Portion(Line: 9, 1), Pots(-1)))
            .ThenRefused("order.not-your-reason", "order.not-that-many", "order.not-that-many", "order.not-that-many");

    [Fact]
    public void Counts_what_is_named_twice_together() =>
        Given.Funded.When(Buyer, Cancel(ChangedMind, Cups(4), Cups(3))).ThenRefused("order.not-that-many");

    [Fact]
    public void Can_not_be_tricked_by_numbers_that_run_over() => Given.Funded
        .When(Buyer, Cancel(ChangedMind, Cups(int.MaxValue), Cups(int.MaxValue), Cups(int.MinValue + 5)))
        .ThenRefused("order.not-that-many");

    [Fact]
    public void Needs_something_to_cancel() =>
        Given.Funded.When(Buyer, new Order.Command.Cancel(ChangedMind, default)).ThenRefused("order.nothing-chosen");

    [Fact]
    public void Needs_a_reason_that_exists() =>
        Given.Funded.When(Buyer, new Order.Command.Cancel(null!, [Cups(1)])).ThenRefused("order.not-your-reason");

    [Fact]
    public void Because_its_buyer_asked_needs_that_they_did()
    {
        const string Said = "cancel.buyer-asked";
        var all = Given.Funded.Deal.Everything;
        var word = new Fact<Instant>(Given.Funded.Now, Given.Funded.Now, "partition/conversation");
        Given.Funded.When(Seller, Cancel(Said, all)).ThenRefused("order.buyer-said-nothing");
        Given.Funded.When(Seller, new Order.Command.Cancel(Said, all, Undoable: true))
            .ThenRefused("order.buyer-said-nothing");
        var done = Given.Funded.When(Seller, new Order.Command.Cancel(Said, all, BuyersWord: word));
        var later = Given.Funded.When(Seller, new Order.Command.Cancel(Said, all, Undoable: true, BuyersWord: word))
            .WhenDue();
        foreach (var sale in (Sale[])[done, later])
            Assert.Equal((Value)word.Value,
                sale.Then<Order.Event.Cancelled>().Why.Facts.First(f => f.Name is "saidAt").Value);
        // What it is said with doesn't make another reason's statement tell of it.
        Assert.DoesNotContain(Given.Funded.When(Seller, new Order.Command.Cancel("cancel.out-of-stock", all,
            Case: ShownFor("cancel.out-of-stock"), BuyersWord: word)).Then<Order.Event.Cancelled>().Why.Facts,
            f => f.Name is "saidAt");
    }

    [Fact]
    public void Is_no_strangers_business()
    {
        Given.Funded.When(Stranger, Cancel(ChangedMind, Cups(1))).ThenRefused("kernel.not-found");
        Given.Funded.When(OtherSeller, Cancel(OutOfStock, Cups(1))).ThenRefused("kernel.not-found");
        Given.Funded.When(new Actor.Aggregate("checkout/ana/other"), Cancel(ChangedMind))
            .ThenRefused("kernel.not-found");
    }

    [Fact]
    public void Is_not_for_the_warehouse() =>
        Given.Funded.When(Warehouse, Cancel(OutOfStock, Cups(1))).ThenRefused("order.not-your-reason");

    [Fact, Trait("Capability", "CAN-2")]
    public void By_the_seller_counts_on_their_record_where_the_rulebook_says_so()
    {
        var why = Given.Funded.When(Seller, Cancel(OutOfStock, Pots(2))).Then<Order.Event.Reduced>().Why;
        Assert.Equal(new DecidedBy.Person(Party.Seller), why.By);
        var marks = why.Facts.Single(f => f.Name == "marks");
        Assert.Equal(new Value.Count(1), marks.For(Party.Seller).Value);
        Assert.Equal(new Value.Withheld(), marks.For(Party.Buyer).Value);
    }

    [Fact]
    public void By_the_platforms_people_takes_the_platforms_reasons()
    {
        Given.Funded.When(Agent, Cancel("cancel.fraud-confirmed", Given.Funded.Deal.Everything))
            .Then<Order.Event.Cancelled>();
        Given.Funded.When(Operator, Cancel("cancel.fraud-confirmed", Pots(1))).Then<Order.Event.Reduced>();
        Given.Funded.When(Agent, Cancel(OutOfStock, Cups(1))).ThenRefused("order.not-your-reason");
    }

    [Fact]
    public void Said_twice_is_done_once() =>
        Given.Cancelled.When(Buyer, Cancel(ChangedMind, Cups(6), Pots(2))).ThenNothing();

    [Fact]
    public void Before_payment_is_for_the_whole_order_and_tells_the_checkout()
    {
        Given.Placed.When(Buyer, Cancel(ChangedMind, Cups(1))).ThenRefused("order.whole-only-before-payment");

        var sale = Given.Placed.When(Buyer, Cancel(ChangedMind, Given.Placed.Deal.Everything));
        Assert.Equal("order.cancelled-unpaid", sale.Then<Order.Event.Cancelled>().Why.Outcome);
        Assert.Equal(Example.Sold, Assert.Single(sale.Tells<Checkout.Command.HearEnded>()).Order);
        Assert.Empty(sale.Tells<Payment.Command.GiveBack>());
        Assert.Empty(sale.Balances);
    }

    [Fact]
    public void By_a_checkout_that_is_given_up_takes_the_whole_order_without_naming_its_lines() =>
        Given.Placed.When(TheCheckout, Cancel(Reason.PaymentNotResolved)).Then<Order.Event.Cancelled>();

    [Fact, Trait("Capability", "CAN-4")]
    public void By_the_clock_comes_after_a_warning_and_three_business_days_that_jump_over_Easter()
    {
        var warned = Given.Funded.WhenDue();
        Assert.Equal(Party.Seller, warned.Then<Order.Event.Warned>().Deadline.Owner);
        Assert.Equal(Instant.FromUtc(2026, 4, 8, 16, 0), warned.Due);

        var why = warned.WhenDue().Then<Order.Event.Cancelled>().Why;
        Assert.Equal((Reason.NeverDispatched, new DecidedBy.Automated("orders")), (why.Code, why.By));
    }

    [Fact, Trait("Capability", "CAN-4")]
    public void By_the_clock_leaves_the_full_notice_however_late_the_warning_went_out()
    {
        var late = Given.Funded.WhenDue(late: Duration.FromDays(3));
        Assert.Equal(late.Now + Duration.FromHours(24), late.Due);
    }

    [Fact]
    public void By_the_clock_does_nothing_once_the_order_moved_on() =>
        Given.Shipped.When(Clock, new Order.Command.Wake(Given.Funded.Due)).ThenNothing();

    [Fact]
    public void By_the_clock_ends_an_order_that_nobody_ever_paid_and_frees_its_stock()
    {
        var sale = Given.Placed.WhenDue();
        Assert.Equal(Reason.NeverPaid, sale.Then<Order.Event.Cancelled>().Why.Code);
        Assert.Equal(2, sale.Tells<StockItem.Command.Release>().Count());
        Assert.Single(sale.Tells<Checkout.Command.HearEnded>());
    }

    [Fact]
    public void For_money_that_could_not_be_taken_stops_the_parcel_but_never_recalls_it()
    {
        var why = Given.Funded.When(ThePayment, LosePayment).Then<Order.Event.Cancelled>().Why;
        Assert.Equal(new Value.Withheld(), why.Facts.Single(f => f.Name == "code").For(Party.Seller).Value);
        Given.Shipped.When(ThePayment, LosePayment).ThenNothing();
        Given.Completed.When(ThePayment, LosePayment).ThenNothing();
    }
}
