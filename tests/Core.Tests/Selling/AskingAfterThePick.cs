using Recourse.Disputes;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Wallets;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>Once the first of it is taken from its shelf, a buyer asks and their seller answers.</summary>
[Trait("Capability", "CAN-1")]
public sealed class AskingAfterThePick
{
    const string ChangedMind = "cancel.changed-mind", Packed = "refuse.packed-already";
    static readonly Order.Command Pick = new Order.Command.Pick(), Approve = new Order.Command.Approve(),
        Withdraw = new Order.Command.Withdraw(), Refuse = new Order.Command.Refuse(Packed);

    static readonly Sale Picked = Given.Funded.When(Warehouse, Pick);
    static readonly Sale Asked = Picked.When(Buyer, Cancel(ChangedMind, Cups(6), Pots(2)));

    static Order.State.Funded Funded(Sale sale) => Assert.IsType<Order.State.Funded>(sale.State);

    [Fact]
    public void The_first_pick_is_recorded_once_by_those_who_pack()
    {
        Assert.Equal(Wednesday, Picked.Then<Order.Event.Picked>().At);
        Picked.When(Seller, Pick, Wednesday + Duration.FromHours(1)).ThenNothing();
        Given.Funded.When(Buyer, Pick).ThenRefused("order.not-now");
        Given.Placed.When(Warehouse, Pick).ThenRefused("order.not-now");
        Given.Shipped.When(Warehouse, Pick).ThenRefused("order.already-shipped");
    }

    [Fact]
    public void Nobody_picks_what_is_being_cancelled_at_this_moment() => Given.Funded
        .When(Buyer, new Order.Command.Cancel(ChangedMind, [Cups(6), Pots(2)], Undoable: true))
        .When(Warehouse, Pick).ThenRefused("order.cancellation-waits");

    [Fact]
    public void Cancelling_is_a_request_with_the_sellers_deadline_and_moves_nothing_yet()
    {
        var wish = Asked.Then<Order.Event.CancellationAsked>().Wish;
        Assert.Equal((ChangedMind, Party.Seller, Asked.Due), (wish.Reason, wish.Deadline.Owner, wish.Deadline.Due));
        Assert.Equal((48_98, 0), (Asked.Escrow, Asked.Returned));
        Assert.True(wish.Deadline.Due < Funded(Asked).Deadline.Due);
        Asked.When(Buyer, Cancel(ChangedMind, Cups(6), Pots(2))).ThenNothing();
        Asked.When(Buyer, Cancel(ChangedMind, Cups(1))).ThenRefused("order.request-waits");
    }

    [Fact]
    public void Its_faults_are_told_before_anybody_is_asked() => Picked
        .When(Buyer, Cancel("cancel.out-of-stock", Cups(7)))
        .ThenRefused("order.not-your-reason", "order.not-that-many");

    [Fact]
    public void The_seller_says_yes_and_all_goes_back_as_the_buyer_wished()
    {
        var done = Asked.When(Seller, Approve);
        var why = done.Then<Order.Event.Cancelled>().Why;
        Assert.Equal((ChangedMind, new DecidedBy.Person(Party.Buyer)), (why.Code, why.By));
        Assert.Equal((0, 48_98), (done.Escrow, done.Returned));
        Assert.Equal([6, 2], done.Tells<StockItem.Command.Release>().Select(r => r.Units));
        done.When(Seller, Approve).ThenRefused("order.too-late-to-answer");
        done.When(Seller, Refuse).ThenRefused("order.too-late-to-answer");
    }

    [Fact]
    public void Of_some_units_the_rest_goes_on_and_can_be_sent()
    {
        var done = Picked.When(Buyer, Cancel(ChangedMind, Cups(2))).When(Seller, Approve);
        Assert.Equal(Eur(2 * 3_83), done.Then<Order.Event.Reduced>().Settlement.ToBuyer);
        Assert.Null(Funded(done).Wish);
        done.When(Warehouse, Ship).Then<Order.Event.Shipped>();
    }

    [Fact]
    public void The_seller_says_no_for_a_reason_that_the_buyer_can_contest()
    {
        var refused = Asked.When(Seller, Refuse).Then<Order.Event.WishRefused>();
        Assert.Equal((Packed, new DecidedBy.Person(Party.Seller)), (refused.Why.Code, refused.Why.By));
        Assert.True(refused.Why.IsOpenTo(Party.Buyer));
        Assert.Equal(new Subject.Order(Sold, Ana), Subject.Of(Sold, refused, Buyer));
        Assert.Null(Subject.Of(Sold, refused, Seller));
        Asked.When(Seller, Refuse).When(Buyer, Cancel(ChangedMind, Cups(1))).Then<Order.Event.CancellationAsked>();
    }

    [Fact]
    public void A_no_needs_a_reason_of_the_rulebook()
    {
        Asked.When(Seller, new Order.Command.Refuse("no-such-reason")).ThenRefused("order.no-such-answer");
        Asked.When(Seller, new Order.Command.Refuse(null!)).ThenRefused("order.no-such-answer");
        Asked.When(Seller, new Order.Command.Refuse("refuse.sent-meanwhile")).ThenRefused("order.no-such-answer");
        Picked.When(Seller, Refuse).ThenRefused("order.nothing-asked");
    }

    [Fact]
    public void Silence_is_decided_by_the_clock_in_the_buyers_favour()
    {
        var late = Asked.WhenDue();
        Assert.Equal(new DecidedBy.Automated("orders"), late.Then<Order.Event.Cancelled>().Why.By);
        Assert.Equal(48_98, late.Returned);
        Asked.When(Seller, Approve, Asked.Due).ThenRefused("order.too-late-to-answer");
        Asked.When(Seller, Refuse, Asked.Due).ThenRefused("order.too-late-to-answer");
    }

    [Fact]
    public void The_buyer_withdraws_until_it_is_answered()
    {
        var back = Asked.When(Buyer, Withdraw);
        Assert.Equal("order.withdrawn", back.Then<Order.Event.WishEnded>().Because);
        Assert.Equal(Picked.Due, back.Due);
        back.When(Buyer, Withdraw).ThenRefused("order.nothing-to-take-back");
        back.When(Seller, Approve).ThenRefused("order.nothing-asked");
        Asked.When(Seller, Withdraw).ThenRefused("order.not-now");
        Asked.When(Seller, Approve).When(Buyer, Withdraw).ThenRefused("order.too-late-to-take-back");
    }

    [Fact]
    public void A_parcel_that_leaves_meanwhile_is_a_no_and_said_to_be_one()
    {
        var sent = Asked.When(Warehouse, Ship);
        Assert.Equal([typeof(Order.Event.WishRefused), typeof(Order.Event.Shipped)],
            sent.Last.Events.Select(e => e.GetType()));
        var no = Assert.IsType<Order.Event.WishRefused>(sent.Last.Events[0]).Why;
        Assert.Equal("refuse.sent-meanwhile", no.Code);
        Assert.True(no.IsOpenTo(Party.Buyer));
        sent.When(Seller, Approve).ThenRefused("order.already-shipped");
        sent.When(Buyer, Withdraw).ThenRefused("order.nothing-to-take-back");
    }

    [Fact]
    public void Whatever_ends_the_order_otherwise_ends_the_request()
    {
        var ended = Asked.When(Seller, Cancel("cancel.out-of-stock", Cups(6), Pots(2)));
        Assert.Equal([typeof(Order.Event.WishEnded), typeof(Order.Event.Cancelled)],
            ended.Last.Events.Select(e => e.GetType()));
        Assert.Equal(48_98, ended.Returned);
    }

    [Fact, Trait("Capability", "DSP-4")]
    public void A_no_that_was_wrong_is_made_good_while_the_goods_are_still_there()
    {
        var refused = Asked.When(Seller, Refuse);
        var why = refused.Then<Order.Event.WishRefused>();
        var appeal = AppealId.Of(Subject.Of(Sold, why, Buyer)!, why.Why);
        var grant = new Order.Command.Grant(appeal, why.Why, (Wish.ToCancel)why.Wish);
        var right = refused.When(new Actor.Aggregate($"{appeal}"), grant);
        Assert.Equal([typeof(Order.Event.Overturned), typeof(Order.Event.Cancelled)],
            right.Last.Events.Select(e => e.GetType()));
        Assert.Equal(48_98, right.Returned);
        right.When(new Actor.Aggregate($"{appeal}"), grant).ThenNothing();
        var left = refused.When(Warehouse, Ship).When(new Actor.Aggregate($"{appeal}"), grant);
        // It went although nobody wanted it: that was the seller's no, and they bear it. 10 % of 44.98.
        Assert.Equal(new Compensation("compensation.appeal-granted", Eur(4_50), Bearer.Seller),
            left.Then<Order.Event.Overturned>().Paid);
        Assert.Equal((-4_50, 4_50), (left.Payable, left.At($"transit/{Sold}/compensation")));
        Assert.Equal($"{appeal}", Assert.Single(left.Tells<Wallet.Command.Compensate>()).Cause);
        left.When(new Actor.Aggregate($"{appeal}"), grant).ThenNothing();
        Assert.Null(right.Last.Events.OfType<Order.Event.Overturned>().Single().Paid);
    }
}

/// <summary>When the seller is paid, and what keeps that from coming.</summary>
[Trait("Capability", "ORD-1")]
public sealed class ReleasingTheMoney
{
    static readonly Order.Command Extend = new Order.Command.Extend();
    static readonly AppealId Open = new("ana", "x");
    static readonly Actor TheAppeal = new Actor.Aggregate($"{Open}");

    [Fact]
    public void The_buyer_gets_more_time_once_and_another_reminder()
    {
        var longer = Given.Delivered.When(Buyer, Extend);
        Assert.Equal(Wednesday + Duration.FromDays(21), longer.Then<Order.Event.Extended>().Deadline.Due);
        longer.When(Buyer, Extend).ThenRefused("order.extended-before");
        var warned = longer.WhenDue();
        Assert.Equal(Party.Buyer, warned.Then<Order.Event.Warned>().Deadline.Owner);
        warned.WhenDue().Then<Order.Event.Completed>();
        Given.Delivered.WhenDue().When(Buyer, Extend).WhenDue().Then<Order.Event.Warned>();
        Given.Shipped.When(Buyer, Extend).ThenRefused("order.not-delivered-yet");
        Given.Delivered.When(Seller, Extend).ThenRefused("order.not-now");
    }

    [Fact]
    public void Nobody_is_paid_while_something_is_contested()
    {
        var contested = Given.Delivered.When(TheAppeal, new Order.Command.Contest(Open));
        contested.Then<Order.Event.Contested>();
        contested.When(TheAppeal, new Order.Command.Contest(Open)).ThenNothing();
        var held = contested.WhenDue().WhenDue();
        Assert.Equal(Party.Agent, held.Then<Order.Event.Postponed>().Deadline.Owner);
        Assert.Equal(48_98, held.Escrow);

        var free = held.When(TheAppeal, new Order.Command.Uncontest(Open));
        Assert.Equal(free.Now + Duration.FromHours(24), free.Then<Order.Event.Uncontested>().Deadline!.Due);
        free.WhenDue().Then<Order.Event.Completed>();
    }

    [Fact]
    public void What_was_contested_before_it_left_is_contested_still()
    {
        var sent = Given.Funded.When(TheAppeal, new Order.Command.Contest(Open)).When(Seller, Ship)
            .When(TheParcel, Deliver);
        sent.WhenDue().WhenDue().Then<Order.Event.Postponed>();
    }

    [Fact]
    public void An_appeal_speaks_for_itself_alone()
    {
        Given.Delivered.When(TheAppeal, new Order.Command.Contest(new("ana", "y"))).ThenRefused("kernel.not-found");
        Given.Delivered.When(Buyer, new Order.Command.Contest(Open)).ThenRefused("kernel.not-found");
        Given.Delivered.When(TheAppeal, new Order.Command.Uncontest(Open)).ThenNothing();
        Given.Completed.When(TheAppeal, new Order.Command.Contest(Open)).ThenNothing();
    }

    [Fact]
    public void Over_before_the_money_is_due_it_changes_no_day()
    {
        var over = Given.Delivered.When(TheAppeal, new Order.Command.Contest(Open))
            .When(TheAppeal, new Order.Command.Uncontest(Open));
        Assert.Equal(Given.Delivered.Due, over.Due);
    }
}
