using Recourse.Catalog;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Payments;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>Another variant, quantity, address or way, instead of cancelling.</summary>
[Trait("Capability", "ORD-2")]
public sealed class AmendingAnOrder
{
    static readonly Order.Command Pick = new Order.Command.Pick();

    static Order.Command To(ImmutableArray<LineChange> lines, params ImmutableArray<Wanted> now) =>
        To(new Changes(lines, Method: "pm-good"), now);

    static Order.Command To(Changes changes, ImmutableArray<Wanted> now, params ImmutableArray<Refusal> found) =>
        new Order.Command.Amend(changes, new(
            [.. now.Select((w, i) => new Requoted(i + 1, new(w, Wednesday, "test")))],
            new(found, Wednesday, "test")));

    // What a checkout would ask today: a cup costs more than it did.
    static readonly Wanted CupNow = Wanted("cup", 6, 4_00, 50), PotNow = Wanted("pot", 2, 12_50, 50);

    static PaymentId Top(int nth = 1) => PaymentId.OfAmendment(Sold, Ana, nth);
    static Actor Paid(int nth = 1) => new Actor.Aggregate($"{Top(nth)}");

    static readonly Sale TwoMore = Given.Funded.When(Buyer, To([new(1, 8)], CupNow, PotNow));
    static readonly Sale Bigger = TwoMore.When(Paid(), new Order.Command.Fund(Eur(9_00), Top()));

    [Fact]
    public void Fewer_units_give_their_price_back_and_let_their_stock_go()
    {
        var fewer = Given.Funded.When(Buyer, To([new(1, 4)], CupNow, PotNow));
        var amended = fewer.Then<Order.Event.Amended>();
        Assert.Equal((Eur(2 * 3_83), 4), (amended.What.Back, fewer.Deal.UnitsOf(1)));
        Assert.Equal((48_98 - 7_66, 7_66), (fewer.Escrow, fewer.Returned));
        Assert.Equal(2, Assert.Single(fewer.Tells<StockItem.Command.Release>()).Units);
        Assert.Equal(PaymentId.Of(AnasCheckout), Assert.Single(amended.From!.Value).Payment);
        Assert.Equal(Eur(7_66), Assert.Single(fewer.Tells<Payment.Command.GiveBack>()).Return.Amount);
    }

    [Fact]
    public void More_units_cost_todays_price_and_wait_for_the_difference_with_their_stock_kept()
    {
        var wish = TwoMore.Then<Order.Event.DifferenceAsked>().Wish;
        Assert.Equal((Eur(9_00), Top()), (wish.What.More, wish.Payment));
        Assert.Equal((48_98, 8), (TwoMore.Escrow, TwoMore.Deal.Lines.Sum(l => l.Quantity)));
        Assert.Equal(8, Assert.Single(TwoMore.Tells<StockItem.Command.Keep>()).Units);
        Assert.Equal(Eur(4_00), Assert.Single(TwoMore.Tells<Listing.Command.Honour>()).UnitPrice);
        Assert.Equal("pm-good", Assert.Single(TwoMore.Tells<Payment.Command.Authorise>()).Method);

        Assert.Equal((57_98, 10), (Bigger.Escrow, Bigger.Deal.Lines.Sum(l => l.Quantity)));
        Assert.Equal([(1, 6, 3_33L), (2, 2, 12_50L), (3, 2, 4_00L)],
            Bigger.Deal.Lines.Select(l => (l.Number, l.Quantity, l.UnitPrice.Minor)));
        Bigger.When(Paid(), new Order.Command.Fund(Eur(9_00), Top())).ThenNothing();
        Bigger.When(Seller, Ship).Then<Order.Event.Shipped>();
    }

    [Fact]
    public void Another_variant_takes_the_new_units_and_lets_the_old_ones_go_in_one_turn()
    {
        var swapped = Given.Funded.When(Buyer, To([new(2, 2, new("cup"))], CupNow, Wanted("cup", 2, 4_00, 50)));
        Assert.Equal(Eur(17_00), swapped.Then<Order.Event.Amended>().What.Back);
        Assert.Equal((new StockItem.Command.Keep(Sold, 8), new StockItem.Command.Release(Sold, 2)),
            (Assert.Single(swapped.Tells<StockItem.Command.Keep>()),
                Assert.Single(swapped.Tells<StockItem.Command.Release>())));
        Assert.Equal(48_98 - 17_00, swapped.Escrow);
    }

    [Fact]
    public void To_another_country_all_of_it_is_sent_at_what_that_costs_now()
    {
        var abroad = Given.Funded.When(Buyer, To(
            new Changes([], Country: "FR", Method: "pm-good"),
            [CupNow with { ShippingPerUnit = Eur(1_00) }, PotNow with { ShippingPerUnit = Eur(1_00) }]));
        Assert.Equal(Eur(4_00), abroad.Then<Order.Event.DifferenceAsked>().Wish.What.More);
        Assert.All(abroad.Tells<Listing.Command.Honour>(), h => Assert.Equal("FR", h.Country));
        Assert.Equal("FR", abroad.When(Paid(), new Order.Command.Fund(Eur(4_00), Top())).Deal.Country);
    }

    [Fact]
    public void Another_address_in_the_same_country_costs_nothing()
    {
        var home = new Sealed<Address>("buyer/ana", "there");
        var moved = Given.Funded.When(Buyer, To(new Changes([], ShipTo: home), [CupNow, PotNow]));
        Assert.Equal((Eur(0), Eur(0)), (moved.Then<Order.Event.Amended>().What.More, moved.Last.Events
            .OfType<Order.Event.Amended>().Single().What.Back));
        Assert.Equal(home, moved.Deal.ShipTo);
        Assert.Equal(48_98, moved.Escrow);
    }

    [Fact]
    public void A_difference_that_is_declined_or_not_paid_in_time_leaves_all_as_it_was()
    {
        var declined = TwoMore.When(Paid(), new Order.Command.HearDecline(Top(), "decline.no-money"));
        Assert.Equal("order.difference-declined", declined.Then<Order.Event.WishEnded>().Because);
        Assert.Equal(2, Assert.Single(declined.Tells<StockItem.Command.Release>()).Units);
        Assert.Single(declined.Tells<Payment.Command.Abandon>());
        Assert.Equal(48_98, declined.Escrow);

        var late = TwoMore.WhenDue();
        Assert.Equal("order.difference-not-paid", late.Then<Order.Event.WishEnded>().Because);
        late.When(Paid(), new Order.Command.Fund(Eur(9_00), Top())).ThenRefused("order.not-its-payment");
        var again = late.When(Buyer, To([new(1, 8)], CupNow, PotNow));
        Assert.Equal(Top(2), again.Then<Order.Event.DifferenceAsked>().Wish.Payment);
    }

    [Fact]
    public void A_cancellation_that_waits_is_of_what_there_is_when_its_time_comes()
    {
        var meant = TwoMore.When(Buyer, new Order.Command.Cancel(
            "cancel.changed-mind", [Cups(6), Pots(2)], Undoable: true));
        var bigger = meant.When(Paid(), new Order.Command.Fund(Eur(9_00), Top()));
        Assert.Equal((0, 57_98), (bigger.WhenDue().Escrow, bigger.WhenDue().Returned));
        bigger.WhenDue().Then<Order.Event.Cancelled>();
    }

    [Fact]
    public void A_parcel_that_leaves_meanwhile_leaves_as_it_was()
    {
        var sent = TwoMore.When(Seller, Ship);
        Assert.Equal([typeof(Order.Event.WishEnded), typeof(Order.Event.Shipped)],
            sent.Last.Events.Select(e => e.GetType()));
        Assert.Equal([6, 2], sent.Tells<StockItem.Command.Sell>().Select(s => s.Units));
        sent.When(Paid(), new Order.Command.Fund(Eur(9_00), Top())).ThenRefused("order.not-its-payment");
    }

    [Fact]
    public void What_was_paid_last_goes_back_first_and_all_of_it_in_the_end()
    {
        var some = Bigger.When(Buyer, Cancel("cancel.changed-mind", Cups(3)));
        Assert.Equal([(Top(), 9_00L), (PaymentId.Of(AnasCheckout), 2_49L)],
            some.Then<Order.Event.Reduced>().Settlement.From!.Value.Select(f => (f.Payment, f.Amount.Minor)));
        var all = some.When(Buyer, Cancel("cancel.changed-mind", some.Deal.Everything));
        Assert.Equal((0, 57_98), (all.Escrow, all.Returned));
        var returns = Bigger.When(Buyer, Cancel("cancel.changed-mind", Bigger.Deal.Everything))
            .Tells<Payment.Command.GiveBack>().Select(g => (g.Return.Nth, g.Return.Amount.Minor));
        Assert.Equal([(1, 9_00L), (2, 48_98L)], returns);
    }

    [Fact]
    public void After_the_first_pick_the_seller_is_asked_and_may_say_no()
    {
        var asked = Given.Funded.When(Warehouse, Pick).When(Buyer, To([new(1, 4)], CupNow, PotNow));
        Assert.Equal(Party.Seller, asked.Then<Order.Event.AmendmentAsked>().Wish.Deadline.Owner);
        asked.When(Seller, new Order.Command.Approve()).Then<Order.Event.Amended>();
        Assert.False(asked.When(Seller, new Order.Command.Refuse("refuse.cannot-be-changed"))
            .Then<Order.Event.WishRefused>().Why.IsOpenTo(Party.Buyer));
        Assert.Equal("order.not-answered", asked.WhenDue().Then<Order.Event.WishEnded>().Because);
        asked.When(Buyer, new Order.Command.Withdraw()).Then<Order.Event.WishEnded>();
        Given.Funded.When(Warehouse, Pick).When(Buyer, To([new(1, 8)], CupNow, PotNow))
            .When(Seller, new Order.Command.Approve()).Then<Order.Event.DifferenceAsked>();
    }

    [Fact]
    public void Nobody_picks_while_the_difference_is_being_paid() =>
        TwoMore.When(Warehouse, Pick).ThenRefused("order.being-changed");

    [Fact]
    public void All_that_a_checkout_of_it_would_stop_at_stops_it()
    {
        var no = new Refusal("shipping.lane-closed", new Remedy("order.look"));
        Given.Funded.When(Buyer, To(new Changes([new(1, 8)], Method: "pm-good"), [CupNow, PotNow], no))
            .ThenRefused("shipping.lane-closed");
    }

    [Fact]
    public void Bad_wishes_are_refused_with_all_that_is_wrong()
    {
        Given.Funded.When(Buyer, To([new(9, 1), new(1, -1), new(2, 1, new("No Sku"))], CupNow, PotNow))
            .ThenRefused("order.no-such-line", "order.bad-quantity", "order.bad-sku");
        Given.Funded.When(Buyer, To([new(1, 0), new(2, 0)], CupNow, PotNow))
            .ThenRefused("order.change-leaves-nothing");
        Given.Funded.When(Buyer, To([new(1, 6)], CupNow, PotNow)).ThenRefused("order.nothing-changes");
        Given.Funded.When(Buyer, To([new(1, 8)])).ThenRefused("order.not-to-be-had");
        Given.Funded.When(Buyer, To(new Changes([new(1, 8)]), [CupNow, PotNow]))
            .ThenRefused("order.no-method-for-more");
        Given.Funded.When(Buyer, To(new Changes([new(1, 4)], Total: Eur(1)), [CupNow, PotNow]))
            .ThenRefused("order.amount-differs");
        Given.Funded.When(Buyer, To(new Changes([], Country: "XX"), [CupNow, PotNow]))
            .ThenRefused("order.no-such-country");
        Given.Funded.When(Buyer, To(default(ImmutableArray<LineChange>), CupNow)).ThenRefused("order.nothing-chosen");
    }

    [Fact]
    public void It_is_the_buyers_wish_alone_and_only_between_payment_and_dispatch()
    {
        var wish = To([new(1, 4)], CupNow, PotNow);
        Given.Funded.When(Seller, wish).ThenRefused("order.not-now");
        Given.Funded.When(Stranger, wish).ThenRefused("kernel.not-found");
        Given.Placed.When(Buyer, wish).ThenRefused("order.change-once-paid");
        Given.Shipped.When(Buyer, wish).ThenRefused("order.already-shipped");
        Given.Cancelled.When(Buyer, wish).ThenRefused("order.not-now");
        TwoMore.When(Buyer, To([new(1, 8)], CupNow, PotNow)).ThenNothing();
        TwoMore.When(Buyer, wish).ThenRefused("order.request-waits");
    }
}
