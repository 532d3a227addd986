using Recourse.Disputes;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Wallets;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>A parcel that its buyer doesn't want any more, or that nobody takes in.</summary>
[Trait("Capability", "CAN-6")]
public sealed class RecallingAParcel
{
    static readonly Order.Command Recall = new Order.Command.Recall(), TakeIn = new Order.Command.TakeIn();
    static readonly Sale Asked = Given.Shipped.When(Buyer, Recall);

    [Fact]
    public void The_carrier_is_asked_and_has_a_deadline()
    {
        var asked = Asked.Then<Order.Event.RecallAsked>();
        Assert.Equal((Party.Carrier, Asked.Due), (asked.Recall.Deadline!.Owner, asked.Recall.Deadline.Due));
        Assert.Equal(Asked.Due, Assert.Single(Asked.Tells<Recourse.Tracking.Parcel.Command.Recall>()).Due);
        Asked.When(Buyer, Recall).ThenNothing();
        Given.Funded.When(Buyer, Recall).ThenRefused("order.not-sent-yet");
        Given.Delivered.When(Buyer, Recall).ThenRefused("order.arrived-already");
        Given.Shipped.When(Seller, Recall).ThenRefused("order.not-now");
    }

    [Fact]
    public void It_comes_back_and_the_goods_are_paid_back_without_what_it_took_to_send_them()
    {
        var back = Asked.When(TheParcel, new Order.Command.HearRecall(true)).When(Warehouse, TakeIn);
        var why = back.Then<Order.Event.CameBack>().Why;
        Assert.Equal((Reason.Returned, "order.came-back"), (why.Code, why.Outcome));
        Assert.Equal((44_98, 4_00, 0), (back.Returned, back.Payable, back.Escrow));
        back.When(Warehouse, TakeIn).ThenNothing();
    }

    [Fact]
    public void Where_nobody_says_that_it_is_back_the_clock_pays_the_buyer_back()
    {
        var coming = Asked.When(TheParcel, new Order.Command.HearRecall(true));
        Assert.Equal(Party.Seller, coming.Then<Order.Event.RecallAccepted>().Deadline.Owner);
        coming.WhenDue().Then<Order.Event.CameBack>();
    }

    [Fact]
    public void A_carrier_that_refuses_or_is_silent_leaves_it_on_its_way()
    {
        var refused = Asked.When(TheParcel, new Order.Command.HearRecall(false));
        Assert.Equal("order.carrier-refused", refused.Then<Order.Event.RecallOver>().Because);
        refused.When(Buyer, Recall).ThenRefused("order.recalled-before");
        var silent = Asked.WhenDue();
        Assert.Equal("order.carrier-silent", silent.Then<Order.Event.RecallOver>().Because);
        Assert.Equal(Given.Shipped.Due, silent.Due);
    }

    [Fact]
    public void What_arrives_first_has_arrived_and_both_are_told()
    {
        var there = Asked.When(TheParcel, Deliver);
        Assert.Equal([typeof(Order.Event.RecallOver), typeof(Order.Event.Delivered)],
            there.Last.Events.Select(e => e.GetType()));
        there.When(TheParcel, new Order.Command.HearRecall(true)).ThenNothing();
    }

    [Fact]
    public void Refused_at_the_door_it_is_taken_in_without_any_recall()
    {
        var refused = Given.Shipped.When(
            Seller, new Order.Command.TakeIn(new Fact<Instant>(Given.Shipped.Now, Given.Shipped.Now, "parcel")));
        Assert.Equal(Reason.Returned, refused.Then<Order.Event.CameBack>().Why.Code);
        Assert.Equal((44_98, 4_00), (refused.Returned, refused.Payable));
    }

    [Fact]
    public void Where_only_its_seller_says_so_its_buyer_does_not_pay_for_the_way_and_it_is_marked()
    {
        var said = Given.Shipped.When(Seller, TakeIn);
        var why = said.Then<Order.Event.CameBack>().Why;
        Assert.Equal((Reason.BackUnseen, "order.came-back"), (why.Code, why.Outcome));
        Assert.Equal((48_98, 0), (said.Returned, said.Escrow));
        Assert.Equal(1, Assert.IsType<Value.Count>(why.Facts.First(f => f.Name is "marks").Value).Number);
        said.When(Warehouse, TakeIn).ThenNothing();
        // What its carrier said of a recall in vain says nothing of this.
        Assert.Equal(Reason.BackUnseen, Asked.When(TheParcel, new Order.Command.HearRecall(false)).When(Seller, TakeIn)
            .Then<Order.Event.CameBack>().Why.Code);
    }
}
