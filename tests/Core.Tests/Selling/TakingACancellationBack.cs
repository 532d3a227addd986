using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Payments;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>A cancellation that is only meant: it waits for half a minute, and whoever meant it may undo it.</summary>
[Trait("Capability", "CAN-1")]
public sealed class TakingACancellationBack
{
    const string ChangedMind = "cancel.changed-mind", OutOfStock = "cancel.out-of-stock";
    static readonly Duration HalfAMinute = Duration.FromSeconds(30);

    static Order.Command Mean(string reason, params ImmutableArray<Portion> portions) =>
        new Order.Command.Cancel(reason, portions, Undoable: true, Case: ShownFor(reason));

    static readonly Order.Command TakeBack = new Order.Command.TakeBack(), All = Mean(ChangedMind, Cups(6), Pots(2));
    static readonly Sale Meant = Given.Funded.When(Buyer, All);

    static Meant? MeantIn(Sale sale) => Assert.IsAssignableFrom<Order.State.Cancellable>(sale.State).Meant;

    [Fact]
    public void It_waits_half_a_minute_and_changes_nothing_until_then()
    {
        var meant = Meant.Then<Order.Event.CancellationMeant>().Meant;
        Assert.Equal((Buyer, Party.Buyer, ChangedMind, 8, Wednesday + HalfAMinute),
            (meant.Who, meant.By, meant.Reason, meant.Units, meant.Due));
        Assert.Equal((Given.Funded.Escrow, 0, 0), (Meant.Escrow, Meant.Returned, Meant.Wants.Length));
        Assert.Equal(Given.Funded.Deal, Meant.Deal);
        Assert.Equal(meant.Due, Meant.Due);
        Assert.Empty(Order.Notices(Sold, Meant.State, Meant.Last.Events[0]));
    }

    [Fact]
    public void When_its_time_has_come_it_is_as_if_it_had_been_said_then()
    {
        var happened = Meant.WhenDue(late: Duration.FromSeconds(3));
        var atOnce = Given.Funded.When(
            Buyer, Cancel(ChangedMind, Cups(6), Pots(2)), Wednesday + Duration.FromSeconds(33));

        var (a, b) = (happened.Then<Order.Event.Cancelled>(), atOnce.Then<Order.Event.Cancelled>());
        Assert.Equal(new DecidedBy.Person(Party.Buyer), a.Why.By);
        Assert.Equal((b.Why.Code, b.Why.IssuedAt, b.Why.AppealUntil), (a.Why.Code, a.Why.IssuedAt, a.Why.AppealUntil));
        Assert.Equal(b.Why.Facts, a.Why.Facts);
        Assert.Equal((atOnce.Returned, atOnce.Escrow), (happened.Returned, happened.Escrow));
        Assert.Single(happened.Tells<Payment.Command.GiveBack>());
        Assert.Equal([6, 2], happened.Tells<StockItem.Command.Release>().Select(r => r.Units));
    }

    [Fact]
    public void Taken_back_the_order_goes_on_as_if_nothing_had_been_said()
    {
        var back = Meant.When(Buyer, TakeBack, Wednesday + Duration.FromSeconds(29));
        Assert.Equal(Buyer, back.Then<Order.Event.CancellationTakenBack>().Who);
        Assert.Equal(Given.Funded.Due, back.Due);
        back.When(Clock, new Order.Command.Wake(Meant.Due), Meant.Due).ThenNothing();
        Assert.IsType<Order.State.Shipped>(back.When(Warehouse, Ship).State);
        Assert.Empty(Order.Notices(Sold, back.State, back.Last.Events[0]));
    }

    [Fact]
    public void Said_twice_either_is_done_once()
    {
        Meant.When(Buyer, All, Wednesday + Duration.FromSeconds(20)).ThenNothing();
        var back = Meant.When(Buyer, TakeBack);
        back.When(Buyer, TakeBack).ThenNothing();
        back.When(Buyer, All, Wednesday + HalfAMinute).Then<Order.Event.CancellationMeant>();
    }

    [Fact]
    public void Nobody_else_takes_it_back()
    {
        foreach (var other in (Actor[])[Seller, Agent, Operator])
            Meant.When(other, TakeBack).ThenRefused("order.not-yours-to-take-back");
        Meant.When(Stranger, TakeBack).ThenRefused("kernel.not-found");

        var kims = Given.Funded.When(Agent, Mean("cancel.fraud-confirmed", Cups(6), Pots(2)));
        kims.When(new Actor.Agent("gil"), TakeBack).ThenRefused("order.not-yours-to-take-back");
        kims.When(Buyer, TakeBack).ThenRefused("order.not-yours-to-take-back");
        kims.When(Agent, TakeBack).Then<Order.Event.CancellationTakenBack>();
    }

    [Fact]
    public void Of_a_shop_whoever_may_cancel_for_it_may_take_it_back() => Given.Funded
        .When(Seller, Mean(OutOfStock, Pots(1))).When(new Actor.Seller(Shop), TakeBack)
        .Then<Order.Event.CancellationTakenBack>();

    [Fact]
    public void Too_late_is_said_with_a_way_out_also_while_the_clock_is_late()
    {
        var late = Assert.Single(Meant.When(Buyer, TakeBack, Meant.Due).ThenRefused("order.too-late-to-take-back"));
        Assert.Equal(("order.over", new Named("at", Meant.Due)), (late.WayOut.Code, late.Facts[0]));
        Meant.WhenDue().When(Buyer, TakeBack).ThenRefused("order.too-late-to-take-back");
    }

    [Fact]
    public void There_may_be_nothing_to_take_back()
    {
        Given.Funded.When(Buyer, TakeBack).ThenRefused("order.nothing-to-take-back");
        Given.Completed.When(Buyer, TakeBack).ThenRefused("order.nothing-to-take-back");
        Given.Funded.When(Buyer, Mean(ChangedMind, Cups(1))).WhenDue().When(Buyer, TakeBack)
            .ThenRefused("order.nothing-to-take-back");
    }

    [Fact]
    public void It_lapses_when_the_parcel_leaves_meanwhile()
    {
        var shipped = Meant.When(Warehouse, Ship, Wednesday + Duration.FromSeconds(10));
        shipped.Then<Order.Event.Shipped>();
        Assert.True(shipped.Due > Meant.Due);
        shipped.When(Clock, new Order.Command.Wake(Meant.Due), Meant.Due).ThenNothing();
        shipped.When(Buyer, TakeBack).ThenRefused("order.nothing-to-take-back");
    }

    [Fact]
    public void It_lapses_when_the_order_is_paid_meanwhile()
    {
        var meant = Given.Placed.When(Buyer, All);
        Assert.Null(MeantIn(meant.WhenPaid()));
        Assert.Equal("order.cancelled-unpaid", meant.WhenDue().Then<Order.Event.Cancelled>().Why.Outcome);
    }

    [Fact]
    public void It_is_refused_for_whatever_an_immediate_one_is_refused_for()
    {
        Given.Funded.When(Buyer, Mean(OutOfStock, Cups(7), Pots(-1))).ThenRefused(
            "order.not-your-reason", "order.not-that-many", "order.not-that-many");
        Given.Placed.When(Buyer, Mean(ChangedMind, Cups(1))).ThenRefused("order.whole-only-before-payment");
        Given.Shipped.When(Buyer, All).ThenRefused("order.already-shipped");
        Given.Funded.When(Buyer, Mean(ChangedMind)).ThenRefused("order.nothing-chosen");
        Given.Cancelled.When(Buyer, All).ThenNothing();
    }

    [Fact]
    public void One_waits_at_a_time_and_an_immediate_one_does_not_wait()
    {
        Meant.When(Buyer, Mean(ChangedMind, Cups(1))).ThenRefused("order.cancellation-waits");
        Meant.When(Seller, Mean(OutOfStock, Pots(2))).ThenRefused("order.cancellation-waits");
        Meant.When(Buyer, Cancel(ChangedMind, Cups(6), Pots(2))).Then<Order.Event.Cancelled>();
        Assert.Equal(OutOfStock, Meant.When(Seller, Cancel(OutOfStock, Cups(6), Pots(2)))
            .Then<Order.Event.Cancelled>().Why.Code);
    }

    [Fact, Trait("Capability", "CAN-7")]
    public void Of_some_units_it_leaves_the_others()
    {
        var some = Given.Funded.When(Buyer, Mean(ChangedMind, Cups(2))).WhenDue();
        Assert.Equal(Eur(2 * 3_33 + 2 * 50), some.Then<Order.Event.Reduced>().Settlement.ToBuyer);
        Assert.Equal((4, 2), (some.Deal.UnitsOf(1), some.Deal.UnitsOf(2)));
        Assert.Null(MeantIn(some));
        Assert.Equal(Given.Funded.Due, some.Due);
    }

    [Fact, Trait("Capability", "CAN-7")]
    public void What_another_gives_up_meanwhile_is_not_given_up_twice()
    {
        var reduced = Meant.When(Seller, Cancel(OutOfStock, Cups(4)));
        Assert.Equal([Cups(2), Pots(2)], MeantIn(reduced)!.Portions);
        Assert.Equal(Given.Funded.Escrow, reduced.WhenDue().Returned);

        var pots = Given.Funded.When(Buyer, Mean(ChangedMind, Pots(2))).When(Seller, Cancel(OutOfStock, Pots(2)));
        Assert.Null(MeantIn(pots));
    }

    [Fact, Trait("Capability", "CAN-7")]
    public void What_ones_own_side_decides_at_once_takes_its_place() => Assert.Null(
        MeantIn(Given.Funded.When(Buyer, Mean(ChangedMind, Cups(2))).When(Buyer, Cancel(ChangedMind, Cups(2)))));

    [Fact]
    public void A_warning_meanwhile_changes_nothing_about_it()
    {
        var close = Given.Funded.Due - Duration.FromSeconds(10);
        var meant = Given.Funded.When(Buyer, All, close);
        var warned = meant.WhenDue();
        warned.Then<Order.Event.Warned>();
        Assert.Equal(close + HalfAMinute, warned.Due);
        warned.WhenDue().Then<Order.Event.Cancelled>();
    }

    [Fact]
    public void What_falls_due_at_the_same_instant_is_not_forgotten()
    {
        var both = Given.Funded.When(Buyer, Mean(ChangedMind, Cups(1)), Given.Funded.Due - HalfAMinute).WhenDue();
        Assert.Equal(
            [typeof(Order.Event.Reduced), typeof(Order.Event.Warned)], both.Last.Events.Select(e => e.GetType()));
        Assert.True(both.Due > both.Now);
    }

    [Fact]
    public void The_rulebook_says_how_long()
    {
        var slow = Given.Under(Under(r => r with { UndoWithin = Duration.FromMinutes(2) })).When(Buyer, All);
        Assert.Equal(Wednesday + Duration.FromMinutes(2), slow.Due);
    }

    [Fact]
    public void Lists_show_it_while_it_waits()
    {
        var row = Fold(null, Given.Nothing.When(TheCheckout, Place()));
        row = Fold(row, Given.Funded);
        Assert.Equal(Meant.Due, (row = Fold(row, Meant)).Meant!.Due);
        Assert.Null(Fold(row, Meant.When(Buyer, TakeBack)).Meant);
        Assert.Null(Fold(row, Meant.WhenDue()).Meant);
        Assert.Null(Fold(row, Meant.When(Warehouse, Ship)).Meant);
        Assert.Equal([Cups(2), Pots(2)], Fold(row, Meant.When(Seller, Cancel(OutOfStock, Cups(4)))).Meant!.Portions);

        static OrderRow Fold(OrderRow? row, Sale sale) => sale.Last.Events.Aggregate(row, (r, e) =>
            (OrderRow?)OrderList.View.Apply("", r, new(1, 0, sale.Now, Buyer, 1, Sold, e, [])))!;
    }
}
