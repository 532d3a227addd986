using Recourse.Catalog;
using Recourse.Orders;
using Recourse.Risk;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>A change to another address, or to more, is screened as a purchase is.</summary>
[Trait("Capability", "ORD-2")]
public sealed class ScreeningAChange
{
    static readonly Wanted CupNow = Wanted("cup", 6, 4_00, 50), PotNow = Wanted("pot", 2, 12_50, 50);
    static readonly Sealed<Address> There = new("buyer/ana", "there");
    static readonly Changes Moved = new([], ShipTo: There, Method: "pm-good");

    static Order.Command To(Changes changes, string[] fired, Trust? trust = null) => new Order.Command.Amend(
        changes, new(
            [new(1, new(CupNow, Wednesday, "test")), new(2, new(PotNow, Wednesday, "test"))],
            new([], Wednesday, "test"),
            new(RiskFacts.Ordinary with
            {
                Rules = RuleResults.None with
                {
                    Fired = [.. fired.Select(r => new FiredRule(r, [], ByIpAlone: false))],
                },
            }, Wednesday, "screening"),
            trust is null ? null : new(trust, Wednesday, "test")));

    static Sale Held => Given.Funded.When(Buyer, To(Moved, Purchase.ToHold));

    [Fact]
    public void An_ordinary_one_is_made_at_once() =>
        Assert.Equal(There, Given.Funded.When(Buyer, To(Moved, [])).Then<Order.Event.Amended>().After.ShipTo);

    [Fact]
    public void Who_is_to_show_that_it_is_them_does_so_first_and_then_it_is_made()
    {
        Given.Funded.When(Buyer, To(Moved, Purchase.ToVerify)).ThenRefused("order.change-verify-first");
        Given.Funded.When(Buyer, To(Moved, Purchase.ToVerify, new Trust(IsVerified: true, null)))
            .Then<Order.Event.Amended>();
    }

    [Fact]
    public void One_that_is_held_waits_for_staff_and_not_for_its_seller()
    {
        var held = Held.Then<Order.Event.AmendmentHeld>();
        Assert.Equal(("risk.held", "order.change-screened", Party.Agent),
            (held.Why.Code, held.Why.Outcome, held.Wish.Deadline.Owner));
        Assert.False(held.Why.IsOpenTo(Party.Buyer));
        Assert.NotEqual(There, Held.Deal.ShipTo);
        Held.When(Seller, new Order.Command.Approve()).ThenRefused("order.change-looked-at");
        Held.When(Seller, new Order.Command.Refuse("refuse.packed-already"))
            .ThenRefused("order.change-looked-at");

        var made = Held.When(Agent, new Order.Command.Approve()).Then<Order.Event.Amended>();
        Assert.Equal(There, made.After.ShipTo);
        Assert.Contains(made.Why.Facts, f => f.Name is "answer" && f.Value == (Value)"answer-staff");
        Held.When(Agent, new Order.Command.Refuse("refuse.packed-already")).ThenRefused("order.no-such-answer");
        var not = Held.When(Agent, new Order.Command.Refuse(Order.NotSafe)).Then<Order.Event.WishRefused>();
        Assert.Equal((Order.NotSafe, "order.change-not-made", new DecidedBy.Person(Party.Agent)),
            (not.Why.Code, not.Why.Outcome, not.Why.By));
        Assert.Equal("order.not-looked-at", Held.WhenDue().Then<Order.Event.WishEnded>().Because);
    }

    [Fact]
    public void What_staff_let_through_of_an_order_being_picked_its_seller_is_asked_about()
    {
        var held = Given.Funded.When(Warehouse, new Order.Command.Pick()).When(Buyer, To(Moved, Purchase.ToHold));
        var asked = held.When(Agent, new Order.Command.Approve());
        Assert.Equal(Party.Seller, asked.Then<Order.Event.AmendmentAsked>().Wish.Deadline.Owner);
        asked.When(Seller, new Order.Command.Approve()).Then<Order.Event.Amended>();
    }

    [Fact]
    public void One_that_looks_like_deceit_is_turned_down_with_a_statement_and_the_order_stays()
    {
        var no = Given.Funded.When(Buyer, To(Moved, Purchase.ToRefuse));
        var refused = no.Then<Order.Event.WishRefused>();
        Assert.Equal(("risk.refused", "order.change-not-made"), (refused.Why.Code, refused.Why.Outcome));
        Assert.IsType<DecidedBy.Automated>(refused.Why.By);
        Assert.NotEqual(There, no.Deal.ShipTo);
        no.When(Seller, Ship).Then<Order.Event.Shipped>();
    }

    [Fact]
    public void More_to_pay_is_screened_and_less_is_not()
    {
        Given.Funded.When(Buyer, To(new([new(1, 8)], Method: "pm-good"), Purchase.ToHold))
            .Then<Order.Event.AmendmentHeld>();
        Given.Funded.When(Buyer, To(new([new(1, 4)], Method: "pm-good"), Purchase.ToRefuse))
            .Then<Order.Event.Amended>();
    }

    [Fact]
    public void Staff_answer_for_a_seller_that_does_not_and_are_named()
    {
        var asked = Given.Funded.When(Warehouse, new Order.Command.Pick())
            .When(Buyer, Cancel("cancel.changed-mind", Given.Funded.Deal.Everything));
        var yes = asked.When(Agent, new Order.Command.Approve()).Then<Order.Event.Cancelled>();
        Assert.Contains(yes.Why.Facts, f => f.Name is "answer" && f.Value == (Value)"answer-staff");
        var no = asked.When(Agent, new Order.Command.Refuse("refuse.packed-already")).Then<Order.Event.WishRefused>();
        Assert.Equal((new DecidedBy.Person(Party.Agent), "order.cancellation-not-made"), (no.Why.By, no.Why.Outcome));
        Assert.True(no.Why.IsOpenTo(Party.Buyer));
        var texts = Texts.In("en", DateTimeZone.Utc);
        Assert.Contains("Our support answered for the seller", texts.Tell(no.Why, Party.Seller));
        asked.When(Operator, new Order.Command.Approve()).ThenRefused("order.not-now");
    }
}
