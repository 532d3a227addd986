using Recourse.Disputes;
using Recourse.Orders;
using Shouldly;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>What would cost somebody else is not undone before they were heard, or let the time pass.</summary>
[Trait("Capability", "DSP-4")]
public sealed class HearingTheOtherSide
{
    static readonly Order.Event.Cancelled Ended =
        Given.EndedFor("cancel.policy-breach", Cups(6), Pots(2)).Then<Order.Event.Cancelled>();

    static readonly Subject Bought = new Subject.Order(Sold, Ana);
    static readonly AppealId Id = AppealId.Of(Bought, Ended.Why);

    static Sealed<AppealWords> WordsOf(IId person) => new($"{person}", "sealed");

    static Life Lodged => new Life(Appeal.Kind, Id, null, Wednesday).When(Buyer, new Appeal.Command.Lodge(
        Bought, new(new(Ended.Why, "agent/ines", Ended.Settlement), Wednesday, "journal"), WordsOf(Ana)));

    static readonly Actor Gil = new Actor.Agent("gil"), OtherShop = new Actor.Seller(new("eve"));

    static readonly Appeal.Command Reverse = new Appeal.Command.Decide(Verdict.Reverse, "appeal.facts-were-wrong"),
        Uphold = new Appeal.Command.Decide(Verdict.Uphold, "appeal.rule-applies"),
        Answer = new Appeal.Command.Answer(WordsOf(Shop));

    [Fact]
    public void Its_seller_is_asked_and_until_then_it_is_not_reversed_but_can_be_upheld()
    {
        var open = Lodged.In<Appeal.State.Open>();
        open.Hearing.ShouldBe(new(Shop, Wednesday + Duration.FromDays(3)));
        (open.Awaited.Owner, Lodged.Due).ShouldBe((Party.Seller, Wednesday + Duration.FromDays(3)));
        Appeal.Notices(Id, open, Lodged.Then<Appeal.Event.Lodged>()).Single(n => n.To == $"{Shop}").Code
            .ShouldBe("appeal-asks-you");
        Lodged.When(Gil, Reverse).ThenRefused("appeal.other-side-first");
        Lodged.When(Gil, Uphold).Then<Appeal.Event.Upheld>();
    }

    [Fact]
    public void Once_they_have_answered_it_can_be_reversed_and_the_agents_time_runs_from_the_beginning()
    {
        var heard = Lodged.When(Seller, Answer);
        heard.Then<Appeal.Event.Answered>();
        heard.In<Appeal.State.Open>().Awaited.ShouldBe(Lodged.In<Appeal.State.Open>().Deadline);
        heard.When(Seller, Answer).ThenRefused("appeal.already-answered");
        heard.When(Gil, Reverse).Then<Appeal.Event.Reversed>();
    }

    [Fact]
    public void Who_says_nothing_is_decided_about_unheard_and_heard_all_the_same_until_then()
    {
        var silent = Lodged.WhenDue();
        silent.Then<Appeal.Event.Unheard>();
        silent.In<Appeal.State.Open>().Awaited.Owner.ShouldBe(Party.Agent);
        silent.When(Gil, Reverse).Then<Appeal.Event.Reversed>();
        silent.When(Seller, Answer).Then<Appeal.Event.Answered>();
        silent.WhenDue().Then<Appeal.Event.Warned>();
    }

    [Fact]
    public void The_other_side_says_what_they_think_and_no_more_and_others_see_nothing()
    {
        Lodged.When(OtherShop, Answer).ThenRefused("kernel.not-found");
        Lodged.When(Buyer, Answer).ThenRefused("appeal.not-now");
        Lodged.When(Gil, Answer).ThenRefused("appeal.not-now");
        Lodged.When(Seller, new Appeal.Command.Answer(WordsOf(Ana))).ThenRefused("appeal.not-now");
        Lodged.When(Seller, new Appeal.Command.Withdraw()).ThenRefused("appeal.not-now");
        Lodged.When(Gil, Uphold).When(Seller, Answer).ThenRefused("appeal.already-decided");
    }

    [Fact]
    public void Where_a_reversal_costs_nobody_but_the_platform_nobody_else_is_asked()
    {
        var lost = Given.Shipped.WhenDue().WhenDue().Then<Order.Event.Lost>();
        Subject sale = new Subject.Sale(Sold);
        var id = AppealId.Of(sale, lost.Why);
        var lodged = new Life(Appeal.Kind, id, null, Wednesday).When(Seller, new Appeal.Command.Lodge(
            sale, new(new(lost.Why, "clock", lost.Settlement), Wednesday, "journal"), WordsOf(Shop)));
        lodged.In<Appeal.State.Open>().Hearing.ShouldBeNull();
        lodged.When(Gil, Reverse).Then<Appeal.Event.Reversed>();
    }
}
