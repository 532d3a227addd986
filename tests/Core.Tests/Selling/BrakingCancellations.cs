using Recourse.Monitoring;
using Recourse.Orders;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

[Trait("Capability", "MON-6")]
public sealed class BrakingCancellations
{
    static readonly BrakeScope All = new("cancel.never-dispatched");
    static readonly BrakeId Id = BrakeId.Of(All, Wednesday);

    static Decision<Brake.Event> Ask(Brake.State? state, Brake.Command command, Actor who, Instant at) =>
        Brake.Decide(Id, state, command, new(who, at, Published));

    static Brake.Command Pull(int due) => new Brake.Command.Pull(new(new(All, due, 1), Wednesday, "view/orders"));

    static Brake.State On(int due = 40) =>
        Brake.Evolve(null, Assert.Single(Ask(null, Pull(due), Operator, Wednesday).Events));

    [Theory, InlineData(9, 0, false), InlineData(10, 0, true), InlineData(40, 3_000, true), InlineData(35, 3_000,
        false)]
    public void Is_put_on_from_four_times_the_usual_number_and_never_for_few(int due, int before, bool isOut) =>
        Assert.Equal(isOut, Published[0].Of<BrakeRules>().IsOut(due, before));

    [Theory, InlineData("card", true), InlineData("boleto", false), InlineData(null, false)]
    public void Can_be_on_what_is_paid_by_one_method_alone(string? method, bool isMeant)
    {
        var cards = All with { Method = "card" };
        Assert.Equal(isMeant, cards.Covers(All.Trigger, "seller/shop", "PT", method));
        Assert.True(All.Covers(cards));
        Assert.False(cards.Covers(All));
        Assert.NotEqual(Id, BrakeId.Of(cards, Wednesday));
    }

    [Fact]
    public void Calls_an_operator_and_puts_off_again_what_nobody_decides()
    {
        var on = Assert.IsType<Brake.State.On>(On());
        Assert.Equal(Party.Operator, on.Deadline.Owner);
        Assert.Equal(["brake-pulled"], Brake.Notices(Id, on, new Brake.Event.Pulled(on.What, on.Until, on.Deadline))
            .Select(n => n.Code));
        var again = Assert.IsType<Brake.Event.PutOffAgain>(
            Assert.Single(Ask(on, new Brake.Command.Wake(on.Deadline.Due), Clock, on.Deadline.Due).Events));
        Assert.True(again.Until > on.Until);
    }

    [Fact]
    public void Only_an_operator_decides_for_all()
    {
        Assert.Empty(Ask(On(), new Brake.Command.Decide(null), Agent, Wednesday).Events);
        var off = Brake.Evolve(On(), Assert.Single(Ask(On(), new Brake.Command.Decide(null), Operator,
            Wednesday).Events));
        Assert.Null(Assert.IsType<Brake.State.Off>(off).Until);
        Assert.Equal("brake.bad-until",
            Ask(On(), new Brake.Command.Decide(Wednesday), Operator, Wednesday).Refusals[0].Code);
    }

    [Fact]
    public void An_order_that_is_put_off_is_warned_again_before_it_ends()
    {
        var warned = Given.Funded.WhenDue();
        var until = warned.Due + Duration.FromDays(3);
        var put = warned.When(Operator, new Order.Command.PutOff(until));
        Assert.Equal(until, put.Then<Order.Event.PutOff>().Deadline.Due);
        Assert.Equal("cancel.never-dispatched",
            put.WhenDue().Then<Order.Event.Warned>().Deadline.Then);
        put.WhenDue().WhenDue().Then<Order.Event.Cancelled>();
        put.When(Operator, new Order.Command.PutOff(until)).ThenNothing();
        warned.When(Seller, new Order.Command.PutOff(until)).ThenRefused("order.not-now");
    }

    [Fact]
    public void What_pays_a_seller_is_not_put_off() =>
        Given.Delivered.When(Operator, new Order.Command.PutOff(Given.Delivered.Due + Duration.FromDays(9)))
            .ThenRefused("order.not-now");

    [Fact]
    public void No_reason_of_the_rulebook_is_the_platforms_own_trouble() => Assert.DoesNotContain(
        Published[0].Of<OrderRules>().Reasons.Keys,
        code => code.Split('.', '-').Any(w => w is "system" or "technical" or "platform" or "internal" or "error"
            && !code.Contains("price", StringComparison.Ordinal)));
}
