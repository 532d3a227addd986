using Recourse.Orders;
using Recourse.Rulebooks;
using Shouldly;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>The platform ends an order only after whoever could put it right was told, and had the time.</summary>
[Trait("Capability", "CAN-4")]
public sealed class WarningBeforeTheEnd
{
    const string Breach = "cancel.policy-breach", Silent = "cancel.seller-unresponsive",
        Address = "cancel.address-unusable", Carried = "cancel.cannot-be-carried";

    static readonly Actor TheStock = new Actor.Aggregate("stock/shop/cup");

    static Sale Warned(string reason) => Given.Funded.When(Agent, Cancel(reason, Cups(6), Pots(2)));

    static ImmutableArray<Notice> Letters(Sale sale) =>
        [.. sale.Last.Events.SelectMany(e => Order.Notices(Sold, sale.State, e))];

    static Order.State.Funded Open(Sale sale) => sale.State.ShouldBeOfType<Order.State.Funded>();

    static Sale Answer(Sale sale, Actor who, string reason) =>
        sale.When(who, new Order.Command.AnswerWarning(reason, "It is as it should be."));

    [Theory, InlineData(Breach, Party.Seller), InlineData(Silent, Party.Seller), InlineData(Address, Party.Buyer),
        InlineData(Carried, Party.Seller)]
    public void Tells_what_is_wrong_and_until_when_and_ends_it_only_then(string reason, Party who)
    {
        var given = Warned(reason).Then<Order.Event.WarningGiven>().Warning;
        given.To.ShouldBe(who);
        var told = Warned(reason).WhenDue();
        told.Then<Order.Event.WarningsTold>();
        var letter = Letters(told).Where(n => n.Code is "order-warned" or "sale-warned").ShouldHaveSingleItem();
        (letter.As, letter.Facts.Single(f => f.Name is "what").Value)
            .ShouldBe((who, (Value)Warning.WordOf(reason)));
        var ended = told.WhenSettled().Then<Order.Event.Cancelled>().Why;
        ended.Code.ShouldBe(reason);
        ended.Facts.Single(f => f.Name is "warnedAt").Value.ShouldBe((Value)told.Now);
        ended.Facts.Single(f => f.Name is "warnedUntil").Value.ShouldBe((Value)given.Until);
    }

    [Fact]
    public void Confirmed_fraud_alone_ends_at_once() => Given.Funded
        .When(Agent, Cancel("cancel.fraud-confirmed", Cups(6), Pots(2))).Then<Order.Event.Cancelled>()
        .Why.Facts.ShouldNotContain(f => f.Name == "warnedAt");

    [Fact]
    public void What_buyers_may_ask_for_support_does_for_them_at_once() => Given.Funded
        .When(Agent, Cancel("cancel.changed-mind", Cups(6), Pots(2))).Then<Order.Event.Cancelled>();

    [Fact]
    public void Several_things_found_within_a_while_are_one_letter()
    {
        var later = Duration.FromMinutes(5);
        var two = Warned(Silent).When(Agent, Cancel(Carried, Cups(1)), Given.Funded.Now + later);
        two = two.When(TheStock, new Order.Command.Warn(Reason.StockDiscrepancy, new("cup"), 2));
        var told = two.WhenDue();
        told.Then<Order.Event.WarningsTold>().Warnings.Length.ShouldBe(3);
        var letter = Letters(told).ShouldHaveSingleItem();
        letter.Facts.Single(f => f.Name is "what").Value.ShouldBe(
            (Value)"warning-seller-unresponsive, warning-cannot-be-carried, warning-stock-discrepancy");
        Open(told).TellsAt.ShouldBeNull("nothing is left to tell");
    }

    [Fact]
    public void What_is_to_be_sent_soon_is_told_with_it_and_not_again()
    {
        var soon = Open(Given.Funded).Deadline.Warn!.Value - Duration.FromHours(1);
        var told = Given.Funded.When(Agent, Cancel(Silent, Cups(6)), soon).WhenDue();
        told.Then<Order.Event.WarningsTold>().Deadline!.Warn.ShouldBeNull();
        Letters(told).ShouldHaveSingleItem().Facts.Single(f => f.Name is "what").Value.ShouldBe(
            (Value)"warning-seller-unresponsive, warning-never-dispatched");
    }

    [Fact]
    public void A_later_reminder_tells_all_that_is_wrong_again()
    {
        var friday = Given.Funded.Now + Duration.FromDays(2);
        var told = Given.Funded.When(Agent, Cancel(Silent, Cups(6), Pots(2)), friday).WhenDue();
        var again = told.When(Clock, new Order.Command.Wake(Open(told).Deadline.Warn!.Value),
            Open(told).Deadline.Warn!.Value);
        again.Then<Order.Event.Warned>();
        Letters(again).ShouldHaveSingleItem().Code.ShouldBe("sale-warned");
    }

    [Fact]
    public void Told_late_it_leaves_the_full_time()
    {
        var late = Duration.FromDays(30);
        var told = Warned(Breach).WhenDue(late).Then<Order.Event.WarningsTold>().Warnings[0];
        var given = Warned(Breach).Then<Order.Event.WarningGiven>().Warning;
        told.Until.ShouldBe(given.Until + late);
    }

    [Fact]
    public void An_answer_picking_or_ways_to_keep_it_put_a_silent_seller_right()
    {
        var told = Warned(Silent).WhenDue();
        foreach (var right in (Sale[])[Answer(told, Seller, Silent), told.When(Seller, new Order.Command.Pick())])
        {
            right.Last.Events.OfType<Order.Event.WarningLifted>().ShouldHaveSingleItem()
                .Warning.Reason.ShouldBe(Silent);
            Open(right).Warnings.ShouldBeNull();
        }
        told.When(Seller, Ship).Then<Order.Event.Shipped>();
    }

    [Fact]
    public void A_corrected_address_lifts_it_and_the_seller_has_the_time_that_they_had()
    {
        var told = Warned(Address).WhenDue();
        told.When(Seller, Ship).ThenRefused("order.held-by-warning");
        var left = Open(told).Deadline.Due - Given.Funded.Now;
        var day = told.Now + Duration.FromDays(1);
        var right = told.When(Buyer, new Order.Command.Amend(
            new([], ShipTo: new("buyer/ana", "elsewhere")),
            new([new(1, new(Wanted("cup", 6, 3_33, 50), Wednesday, "test")),
                new(2, new(Wanted("pot", 2, 12_50, 50), Wednesday, "test"))], new([], Wednesday, "test"))), day);
        right.Last.Events[^1].ShouldBeOfType<Order.Event.WarningLifted>().Because.ShouldBe("order.warning-put-right");
        Open(right).Deadline.Due.ShouldBe(day + left);
        Letters(right).Select(n => n.Code).ShouldContain("sale-goes-on");
        right.When(Seller, Ship).Then<Order.Event.Shipped>();
    }

    [Fact]
    public void While_it_is_held_nothing_ends_by_the_sellers_clock()
    {
        var held = Warned(Address).WhenDue();
        held.Due.ShouldBe(Open(held).Warnings!.Value[0].Until);
        held.WhenDue().Then<Order.Event.Cancelled>().Why.Code.ShouldBe(Address);
    }

    [Fact]
    public void An_answer_is_heard_and_then_upheld_or_lifted_by_staff()
    {
        var told = Warned(Breach).WhenDue();
        told.When(Agent, new Order.Command.UpholdWarning(Breach)).ThenRefused("order.warning-not-answered");
        Answer(told, Buyer, Breach).ThenRefused("order.warning-not-yours");
        var heard = Answer(told, Seller, Breach);
        heard.Then<Order.Event.WarningAnswered>().Deadline.Owner.ShouldBe(Party.Agent);
        Letters(heard).ShouldHaveSingleItem().To.ShouldBe(Notice.Staff);
        Answer(heard, Seller, Breach).ThenNothing();
        heard.When(Agent, new Order.Command.LiftWarning(Breach)).Then<Order.Event.WarningLifted>();
        var upheld = heard.When(Agent, new Order.Command.UpholdWarning(Breach)).Then<Order.Event.Cancelled>().Why;
        upheld.By.ShouldBe(new DecidedBy.Person(Party.Agent));
        upheld.Facts.ShouldContain(f => f.Name == "answeredAt");
    }

    [Fact]
    public void An_answer_that_nobody_hears_ends_nothing() =>
        Answer(Warned(Breach).WhenDue(), Seller, Breach).WhenDue().Then<Order.Event.WarningLifted>()
            .Because.ShouldBe(Warning.NotHeard);

    [Fact]
    public void Of_some_units_the_others_go_on()
    {
        var told = Given.Funded.When(Agent, Cancel(Breach, Pots(2))).WhenDue();
        var left = told.WhenDue();
        left.Then<Order.Event.Reduced>();
        Open(left).Warnings.ShouldBeNull();
        (Open(left).Deadline.Due > left.Now).ShouldBeTrue("its seller has the time that they had");
        var gone = told.When(Buyer, Cancel("cancel.changed-mind", Pots(2)));
        gone.Last.Events[^1].ShouldBeOfType<Order.Event.WarningLifted>()
            .Because.ShouldBe("order.warning-nothing-left");
    }

    [Fact]
    public void The_brake_puts_it_off_too()
    {
        var told = Warned(Breach).WhenDue();
        var until = told.Due + Duration.FromDays(3);
        var put = told.When(Operator, new Order.Command.PutOff(until));
        put.Then<Order.Event.PutOff>().Warnings!.Value[0].Until.ShouldBe(until);
        put.When(Operator, new Order.Command.PutOff(until)).ThenNothing();
        put.Due.ShouldBe(until);
    }

    [Fact]
    public void Said_twice_is_done_once_and_before_payment_nobody_is_warned()
    {
        Warned(Breach).When(Agent, Cancel(Breach, Cups(6), Pots(2))).ThenNothing();
        Warned(Breach).When(Agent, Cancel(Breach, Cups(1))).ThenRefused("order.warning-stands");
        Given.Placed.When(Agent, Cancel(Breach, Cups(6), Pots(2))).ThenRefused("order.warned-once-paid");
        Given.Funded.When(Agent, new Order.Command.LiftWarning(Breach)).ThenRefused("order.no-such-warning");
        Given.Funded.When(Seller, new Order.Command.LiftWarning(Breach)).ThenRefused("order.not-now");
        Warned(Breach).When(Seller, new Order.Command.AnswerWarning(Breach, " ")).ThenRefused("order.bad-answer");
    }

    [Fact]
    public void The_rulebook_names_who_is_warned_for_every_reason_that_is_the_platforms()
    {
        var rules = Published[0].Of<OrderRules>();
        rules.Reasons.Keys.Where(rules.WarnsFor).ShouldBe(rules.Warnings!.Reasons.Keys, ignoreOrder: true);
        rules.Reasons.Where(r => (r.Value.By & Party.Staff) != 0 && (r.Value.By & Party.Buyer) == 0)
            .Select(r => r.Key).Except(rules.Warnings!.Reasons.Keys).ShouldBe([Reason.FraudConfirmed]);
    }

    [Fact]
    public void What_is_asked_of_its_buyer_meanwhile_leaves_its_seller_the_notice_of_the_rulebook()
    {
        var asked = Given.Funded.When(Seller, new Order.Command.Cancel("cancel.out-of-stock", [Cups(1)],
            Case: new(new("stock-count", "No. 4711"), [new KeepWay.Restock(Wednesday + Duration.FromDays(9))])));
        var gone = asked.When(Buyer, Cancel("cancel.changed-mind", Cups(6)));
        var notice = Published[0].Of<OrderRules>().WarnBefore;
        gone.Then<Order.Event.Reduced>().Deadline!.Due.ShouldBeGreaterThanOrEqualTo(gone.Now + notice);
        Open(gone).Deadline.ShouldBe(gone.Then<Order.Event.Reduced>().Deadline);
    }
}
