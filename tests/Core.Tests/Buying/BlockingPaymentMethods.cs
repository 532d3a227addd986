using Recourse.Buyers;
using Recourse.Checkouts;
using Recourse.Disputes;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

/// <summary>A block is one decision, told to buyer and agent alike; further tries under it decide nothing.</summary>
[Trait("Capability", "CHK-6")]
public sealed class BlockingPaymentMethods
{
    const string Card = "c0ffee00c0ffee00";
    static readonly Duration Week = Duration.FromDays(7);

    static Life Account => new(BuyerAccount.Kind, Ana, null, Wednesday);

    static BuyerAccount.Command Block(
        string? card = null, string reason = "method.reported-stolen", Duration? @for = null) =>
        new BuyerAccount.Command.BlockMethods(card, reason, Wednesday + (@for ?? Week));

    static Standing StandingOf(Life life) => life.In<BuyerAccount.State>().Standing!;

    [Fact]
    public void Says_which_why_until_when_and_how_it_is_lifted()
    {
        var why = Account.When(Agent, Block()).Then<BuyerAccount.Event.MethodsBlocked>().Why;
        Assert.Equal(("method.reported-stolen", "buyer.methods-blocked", "buyers.reasons.method.reported-stolen"),
            (why.Code, why.Outcome, why.Rule));
        Assert.Equal(["which", "until"], why.Facts.Select(f => f.Name));
        Assert.Contains(new Remedy("appeal.open"), why.Remedies);
        Assert.Equal(new DecidedBy.Person(Party.Agent), why.By);
        Assert.True(why.AppealUntil - why.IssuedAt >= Duration.FromDays(180));
        foreach (var language in Texts.Languages)
        {
            var texts = Texts.In(language, DateTimeZone.Utc);
            var (buyer, agent) = (texts.TellReason(why, Party.Buyer), texts.TellReason(why, Party.Agent));
            Assert.Equal(buyer, agent);
            Assert.DoesNotContain("{", texts.Tell(why, Party.Buyer), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Is_decided_once_however_often_it_is_said_and_whatever_it_covers()
    {
        var blocked = Account.When(Agent, Block());
        blocked.When(Operator, Block(reason: "method.unusual-use")).ThenNothing();
        blocked.When(Operator, Block(Card)).ThenNothing();
        var one = Account.When(Agent, Block(Card));
        one.When(Agent, Block(Card, @for: Duration.FromDays(30))).ThenNothing();
        Assert.Equal(2, StandingOf(one.When(Agent, Block())).Blocks.Length);
    }

    [Fact]
    public void Is_about_the_methods_that_it_says()
    {
        var one = StandingOf(Account.When(Agent, Block(Card)));
        Assert.NotNull(one.BlockOf(Card, Wednesday));
        Assert.Null(one.BlockOf("0ther", Wednesday));
        Assert.Null(one.BlockOf(card: null, Wednesday));
        var all = StandingOf(Account.When(Agent, Block()));
        Assert.NotNull(all.BlockOf("0ther", Wednesday));
        Assert.NotNull(all.BlockOf(card: null, Wednesday));
        Assert.Null(all.BlockOf(Card, Wednesday + Week));
    }

    [Fact]
    public void Lifts_by_itself_when_its_time_is_over()
    {
        var blocked = Account.When(Agent, Block()).When(Agent, Block(Card));
        Assert.Equal(Wednesday + Week, blocked.Due);
        Assert.Equal(Party.Clock, BuyerAccount.Kind.DeadlineOf(blocked.State!)!.Owner);
        blocked.When(Clock, new BuyerAccount.Command.Wake(Wednesday), Wednesday + Week).ThenNothing();
        var over = blocked.WhenDue();
        Assert.Equal("methods-free",
            Assert.Single(BuyerAccount.Notices(Ana, null, over.Then<BuyerAccount.Event.BlockEnded>())).Code);
        Assert.Empty(StandingOf(over).Blocks);
        Assert.Null(BuyerAccount.Kind.NextWake(over.State!));
    }

    [Fact]
    public void Is_lifted_by_staff_and_by_nobody_else()
    {
        var blocked = Account.When(Agent, Block(Card));
        Assert.Equal(Card, blocked.When(Operator, new BuyerAccount.Command.LiftBlock(Card))
            .Then<BuyerAccount.Event.BlockLifted>().Card);
        blocked.When(Operator, new BuyerAccount.Command.LiftBlock(null)).ThenNothing();
        blocked.When(Buyer, new BuyerAccount.Command.LiftBlock(Card)).ThenRefused("buyer.staff-only");
        Account.When(Buyer, Block()).ThenRefused("buyer.staff-only");
        Account.When(Stranger, Block()).ThenRefused("kernel.not-found");
    }

    [Fact]
    public void Needs_a_reason_of_the_rulebook_and_an_end()
    {
        Assert.Equal("reason", Account.When(Agent, Block(reason: "method.whim")).ThenRefused(
            "method.no-such-reason")[0].Field);
        Account.When(Agent, Block(@for: Duration.Zero)).ThenRefused("method.bad-until");
        Account.When(Agent, Block(@for: Duration.FromDays(91))).ThenRefused("method.bad-until");
        Account.When(Agent, Block(card: "not a mark")).ThenRefused("method.bad-card");
    }

    [Fact]
    public void Is_undone_by_the_appeal_against_it_and_no_other()
    {
        var blocked = Account.When(Agent, Block());
        var why = StandingOf(blocked).Blocks[0].Why;
        var appeal = AppealId.Of(new Subject.PaymentBlock(Ana), why);
        var overturn = new BuyerAccount.Command.Overturn($"{appeal}", why.Code, why.IssuedAt);
        Assert.Equal($"{appeal}",
            blocked.When(House(appeal), overturn).Then<BuyerAccount.Event.BlockLifted>().Appeal);
        blocked.When(House(appeal), overturn with { IssuedAt = Wednesday + Week }).ThenNothing();
        blocked.When(House(new AppealId(new("eve"), "x")), overturn).ThenRefused("kernel.not-found");
        Account.When(House(appeal), overturn).ThenNothing();
    }

    static Basket Paid(string method) => BasketOf(SixCups) with { Method = method };

    static Fact<BuyerCheck> Check(MethodBlock? block) => new(new(block), Wednesday, "partition/buyer");

    static Life Opened(MethodBlock? block, string method = "card-1")
    {
        var open = (Checkout.Command.Open)Open(Paid(method));
        return NewCheckout.When(Buyer, open with { Facts = open.Facts with { Buyer = Check(block) } });
    }

    [Fact]
    public void Stops_a_purchase_before_anything_is_recorded_with_the_facts_of_the_decision()
    {
        var block = StandingOf(Account.When(Agent, Block(reason: "method.unusual-use"))).Blocks[0];
        foreach (var method in (string[])["card-1", "card-2", "card-3"])
        {
            var no = Assert.Single(Opened(block, method).ThenRefused("method.blocked"));
            Assert.Equal("method", no.Field);
            Assert.Equal(
                [("which", (Value)"methods-all"), ("why", block.Why.Code), ("until", block.Until)],
                no.Facts.Select(f => (f.Name, f.Value)));
            Assert.Equal(new Remedy("verification.start"), no.WayOut);
        }
    }

    [Fact]
    public void Says_that_another_method_can_be_used_where_it_can()
    {
        var block = StandingOf(Account.When(Agent, Block(Card))).Blocks[0];
        Assert.Equal(new Remedy("method.use-other"), Opened(block).ThenRefused("method.blocked")[0].WayOut);
        Assert.Empty(Opened(block: null, "card-2").Last.Refusals);
    }

    [Fact]
    public void Stops_nobody_once_its_time_is_over()
    {
        var block = StandingOf(Account.When(Agent, Block())).Blocks[0];
        Assert.Empty(Opened(block with { Until = Wednesday }).Last.Refusals);
    }

    [Fact]
    public void Stops_another_try_to_pay_and_leaves_order_and_stock()
    {
        var block = StandingOf(Account.When(Agent, Block())).Blocks[0];
        var declined = Opened(block: null)
            .When(OfCups, new Checkout.Command.ConfirmReserved(Cups, CupsTotal))
            .When(OfPayment, new Checkout.Command.HearDecline(block.Why));
        var again = declined.When(Buyer, new Checkout.Command.Pay("card-2", Buyer: Check(block)));
        again.ThenRefused("method.blocked");
        Assert.Same(declined.State, again.State);
        Assert.Equal(2, declined.When(Buyer, new Checkout.Command.Pay("card-2", Buyer: Check(null)))
            .Then<Checkout.Event.PaymentAsked>().Attempt);
    }
}
