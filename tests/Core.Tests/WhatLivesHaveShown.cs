using Recourse.Adapters.Rulebooks;
using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Tracking;
using Xunit;
namespace Recourse.Tests;

/// <summary>What whole simulated lives found wrong, as the smallest cases of it.</summary>
public sealed class WhatLivesHaveShown
{
    static readonly Instant Noon = Instant.FromUtc(2027, 3, 3, 12, 0);
    static readonly CheckoutId TheCheckout = new(new("ann"), "c1");
    static readonly OrderId TheOrder = OrderId.Of(TheCheckout, new("bob"));
    static readonly Money Euro = new(100, Currency.Eur);

    static Asked By(Actor who, Instant at) => new(who, at, [RulebookFile.Shipped()]);

    static readonly Order.State.Funded Funded = Fund();

    static Order.State.Funded Fund()
    {
        var request = new Orders.Request(
            TheCheckout, new("bob"), [new(new(new("bob"), "cup"), new("cup-1"), "Cup", 2, Euro, Euro)], "PT", null);
        var placed = Order.Decide(TheOrder, null, new Order.Command.Place(request),
            By(new Actor.Aggregate($"{TheCheckout}"), Noon)).Events[0];
        var state = Order.Evolve(null, placed);
        var fund = new Order.Command.Fund(Euro * 4, new(new("ann"), "c1"));
        var funded = Order.Decide(TheOrder, state, fund, By(new Actor.Aggregate("payment/ann/c1"), Noon)).Events[0];
        return (Order.State.Funded)Order.Evolve(state, funded);
    }

    [Fact]
    public void An_order_is_funded_by_its_payment() => Assert.Equal(TheCheckout, Funded.Deal.Checkout);

    [Fact]
    public void A_carrier_reports_on_the_parcels_that_it_has()
    {
        var parcel = new Parcel.State(new("dhl", "TRACK123456", Noon), new("ann"), []);
        Assert.Equal(Party.Carrier, Parcel.PartyOf(ParcelId.Of(TheOrder), parcel, new Actor.Carrier("dhl")));
        Assert.Null(Parcel.PartyOf(ParcelId.Of(TheOrder), parcel, new Actor.Carrier("correios")));
    }

    [Fact]
    public void Nobody_but_the_payment_says_that_it_is_lost()
    {
        Actor[] people = [new Actor.Buyer(new("ann")), new Actor.Seller(new("bob")), new Actor.Agent("eve"),
            new Actor.Operator("eve")];
        foreach (var who in people)
            Assert.Empty(Order.Decide(TheOrder, Funded, new Order.Command.LosePayment("x"), By(who, Noon)).Events);
    }

    [Fact]
    public void Nobody_speaks_for_the_clock()
    {
        var state = Funded with { Deadline = Funded.Deadline with { Warn = null } };
        var wake = new Order.Command.Wake(state.Deadline.Due);
        Actor[] people = [new Actor.Buyer(new("ann")), new Actor.Seller(new("bob")), new Actor.Agent("eve"),
            new Actor.Operator("eve")];
        foreach (var who in people)
            Assert.Equal([Refusal.NotFound], Order.Kind.Decide(TheOrder, state, wake, By(who, Noon)).Refusals);
        Assert.Single(Order.Kind.Decide(TheOrder, state, wake, By(new Actor.Clock(), state.Deadline.Due)).Events);
    }

    [Fact]
    public void Who_is_asked_late_in_the_day_is_not_warned_once_more()
    {
        var rules = RulebookFile.Shipped().Of<CheckoutRules>();
        var payBy = Noon + rules.PayWithin;

        Assert.Equal(payBy - rules.WarnBefore, rules.PaymentDue(payBy, Noon).Warn);
        var late = rules.PaymentDue(payBy, payBy - Duration.FromHours(1));
        Assert.Null(late.Warn);
        Assert.Equal(payBy - Duration.FromHours(1) + rules.WarnBefore, late.Due);
    }
}
