using CsCheck;
using Recourse.Buyers;
using Recourse.Checkouts;
using Recourse.Disputes;
using Recourse.People;
using Recourse.Verifying;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

/// <summary>Somebody else looks again, by a day that is told; what is undone, whatever did it undoes.</summary>
[Trait("Capability", "DSP-4")]
public sealed class AppealingADecision
{
    static readonly Actor Colleague = new Actor.Agent("gil");

    static readonly Statement Why = Account.When(Agent, new BuyerAccount.Command.BlockMethods(
        null, "method.unusual-use", Wednesday + Duration.FromDays(7))).Then<BuyerAccount.Event.MethodsBlocked>().Why;

    static readonly Subject Block = new Subject.PaymentBlock(Ana);
    static readonly AppealId TheAppeal = AppealId.Of(Block, Why);

    static Life Account => new(BuyerAccount.Kind, Ana, null, Wednesday);
    static Life NewAppeal => new(Appeal.Kind, TheAppeal, null, Wednesday);

    static Appeal.Command.Lodge Lodge(Subject? subject = null, string by = "agent/lia", string person = "buyer/ana") =>
        new(subject ?? Block, new(new(Why, by), Wednesday, "journal"), new(person, "c2VhbGVk"));

    static Life Lodged => NewAppeal.When(Buyer, Lodge());

    static Appeal.Command Decide(Verdict verdict = Verdict.Reverse, string reason = "appeal.facts-were-wrong") =>
        new Appeal.Command.Decide(verdict, reason);

    [Fact]
    public void Is_dated_and_waits_for_an_agent()
    {
        var lodged = Lodged.Then<Appeal.Event.Lodged>();
        Assert.Equal(Wednesday, lodged.Complaint.At);
        Assert.Equal((Party.Agent, "appeal.reverse-unanswered", Wednesday + Duration.FromDays(7)),
            (lodged.Deadline.Owner, lodged.Deadline.Then, lodged.Deadline.Due));
        Assert.Equal(["appeal-lodged", "staff-appeal-lodged"],
            Appeal.Notices(TheAppeal, null, lodged).Select(n => n.Code));
        Lodged.When(Buyer, Lodge()).ThenNothing();
    }

    [Fact]
    public void Is_lodged_by_whom_it_went_against_in_time_and_against_that_statement()
    {
        NewAppeal.When(Agent, Lodge()).ThenRefused("appeal.not-now");
        NewAppeal.When(Stranger, Lodge()).ThenRefused("kernel.not-found");
        NewAppeal.When(Buyer, Lodge(), Why.AppealUntil + Duration.FromSeconds(1)).ThenRefused("appeal.too-late");
        NewAppeal.When(Buyer, Lodge(new Subject.BuyingPause(Ana))).ThenRefused("appeal.other-decision");
        NewAppeal.When(Buyer, Lodge(person: "buyer/eve")).ThenRefused("appeal.other-decision");
        NewAppeal.When(Buyer, Lodge(new Subject.Checkout(TheCheckout))).ThenRefused("appeal.other-decision");
    }

    [Fact]
    public void Is_never_decided_by_whoever_decided_before()
    {
        Lodged.When(Agent, Decide()).ThenRefused("appeal.your-own-decision");
        Lodged.When(new Actor.Operator("lia"), Decide()).ThenRefused("appeal.your-own-decision");
        Assert.Empty(Lodged.When(Colleague, Decide()).Last.Refusals);
        Assert.Empty(NewAppeal.When(Buyer, Lodge(by: "clock")).When(Agent, Decide()).Last.Refusals);
    }

    [Fact]
    public void Is_taken_on_by_one_of_the_staff_and_left_to_others_again()
    {
        var taken = Lodged.When(Colleague, new Appeal.Command.Claim());
        Assert.Equal(Colleague, taken.In<Appeal.State.Open>().ClaimedBy);
        taken.When(Colleague, new Appeal.Command.Claim()).ThenNothing();
        taken.When(Operator, new Appeal.Command.Claim()).ThenRefused("appeal.claimed-by-other");
        taken.When(Operator, Decide()).ThenRefused("appeal.claimed-by-other");
        taken.When(Buyer, new Appeal.Command.Release()).ThenRefused("appeal.not-now");
        Lodged.When(Buyer, new Appeal.Command.Claim()).ThenRefused("appeal.not-now");
        Lodged.When(Agent, new Appeal.Command.Claim()).ThenRefused("appeal.your-own-decision");
        var left = taken.When(Operator, new Appeal.Command.Release());
        Assert.Null(left.In<Appeal.State.Open>().ClaimedBy);
        left.When(Operator, new Appeal.Command.Release()).ThenNothing();
        left.When(Operator, Decide()).Then<Appeal.Event.Reversed>();
        Assert.Equal("agent/gil", Row(Row(null, Lodged.Then<Appeal.Event.Lodged>()),
            taken.Then<Appeal.Event.Claimed>()).ClaimedBy);
        Assert.IsType<Appeal.Event.Reversed>(Assert.Single(
            taken.WhenDue().WhenDue().Last.Events));                        // what is taken on is still due
    }

    [Fact]
    public void Undoes_the_block_in_the_same_turn()
    {
        var reversed = Lodged.When(Colleague, Decide());
        var why = reversed.Then<Appeal.Event.Reversed>().Why;
        Assert.Equal(("appeal.facts-were-wrong", "appeal.reversed", new DecidedBy.Person(Party.Agent)),
            (why.Code, why.Outcome, why.By));
        var (to, overturn) = Assert.Single(reversed.Sent<BuyerAccount.Command.Overturn>());
        Assert.Equal(Ana, to);
        var blocked = Account.When(Agent, new BuyerAccount.Command.BlockMethods(
            null, "method.unusual-use", Wednesday + Duration.FromDays(7)));
        var free = blocked.When(House(TheAppeal), overturn).In<BuyerAccount.State>();
        Assert.Empty(free.Standing!.Blocks);
        Assert.Equal(Why.IssuedAt, overturn.IssuedAt);
    }

    [Fact]
    public void Lets_somebody_in_again_who_was_kept_out()
    {
        var person = new PersonId("ana");
        var subject = new Subject.PersonBlock(person);
        var life = new Life(Appeal.Kind, AppealId.Of(subject, Why), null, Wednesday)
            .When(Buyer, Lodge(subject)).When(Colleague, Decide());
        var (to, admit) = Assert.Single(life.Sent<PersonAccount.Command.Admit>());
        Assert.Equal(person, to);
        var blocked = PersonAccount.Evolve(null, new PersonAccount.Event.Blocked(Why));
        var asked = new Asked(House(life.Id), Wednesday, Published);
        Assert.IsType<PersonAccount.Event.Admitted>(
            Assert.Single(PersonAccount.Decide(person, blocked, admit, asked).Events));
        var later = new PersonAccount.Command.Admit(Wednesday + Duration.FromDays(1));
        Assert.Empty(PersonAccount.Decide(person, blocked, later, asked).Events);
    }

    [Fact]
    public void Makes_somebody_a_verified_customer_whose_document_was_enough()
    {
        var subject = new Subject.Proof(new(Ana));
        var life = new Life(Appeal.Kind, AppealId.Of(subject, Why), null, Wednesday)
            .When(Buyer, Lodge(subject)).When(Colleague, Decide());
        Assert.Equal(new VerificationId(Ana), Assert.Single(life.Sent<Verification.Command.Overturn>()).To);
    }

    [Fact]
    public void That_is_turned_down_says_why_and_where_else_one_can_go()
    {
        var upheld = Lodged.When(Colleague, Decide(Verdict.Uphold, "appeal.facts-confirmed"));
        var why = upheld.Then<Appeal.Event.Upheld>().Why;
        Assert.Contains(new Remedy("appeal.out-of-court"), why.Remedies);
        Assert.Empty(upheld.Wants);
        Assert.All(Texts.Languages, l =>
            Assert.DoesNotContain("{", Texts.In(l, DateTimeZone.Utc).Tell(why, Party.Buyer), StringComparison.Ordinal));
        upheld.When(Buyer, Lodge()).ThenRefused("appeal.already-decided");
        upheld.When(Colleague, Decide()).ThenRefused("appeal.already-decided");
        upheld.When(Colleague, Decide(Verdict.Uphold, "appeal.facts-confirmed")).ThenNothing();
    }

    [Fact]
    public void Needs_a_reason_of_the_rulebook_for_that_verdict()
    {
        Lodged.When(Colleague, Decide(Verdict.Uphold)).ThenRefused("appeal.no-such-reason");
        Lodged.When(Colleague, Decide(reason: "appeal.unanswered")).ThenRefused("appeal.no-such-reason");
        Lodged.When(Colleague, Decide(reason: null!)).ThenRefused("appeal.no-such-reason");
        Assert.Equal(2, Lodged.When(Agent, Decide(reason: "appeal.whim")).Last.Refusals.Length);
    }

    [Fact]
    public void That_nobody_decides_is_warned_of_and_then_undoes_the_decision()
    {
        var warned = Lodged.WhenDue();
        Assert.Equal("staff-appeal-due",
            Assert.Single(Appeal.Notices(TheAppeal, null, warned.Then<Appeal.Event.Warned>())).Code);
        var late = warned.WhenDue();
        Assert.Equal(Wednesday + Duration.FromDays(7), late.Now);
        var why = late.Then<Appeal.Event.Reversed>().Why;
        Assert.Equal(("appeal.unanswered", new DecidedBy.Automated("appeals")), (why.Code, (DecidedBy)why.By));
        Assert.Single(late.Sent<BuyerAccount.Command.Overturn>());
        Assert.Null(Appeal.Kind.NextWake(late.State!));
    }

    [Fact]
    public void Is_taken_back_and_can_be_lodged_again()
    {
        var back = Lodged.When(Buyer, new Appeal.Command.Withdraw());
        Assert.IsType<Appeal.State.Withdrawn>(back.State);
        back.When(Buyer, new Appeal.Command.Withdraw()).ThenNothing();
        back.When(Colleague, Decide()).ThenRefused("appeal.not-now");
        back.When(Buyer, Lodge()).Then<Appeal.Event.Lodged>();
        Lodged.When(Colleague, new Appeal.Command.Withdraw()).ThenRefused("appeal.not-now");
    }

    [Fact]
    public void Stands_in_the_queue_until_it_is_decided()
    {
        var lodged = Row(null, Lodged.Then<Appeal.Event.Lodged>());
        Assert.Equal(("buyer/ana", "Open", "PaymentBlock", Why.Code),
            (lodged.Owner, lodged.State, lodged.Subject, lodged.Code));
        Assert.Contains(AppealList.View.Index("", lodged), f => f.Index is AppealList.ByDue);
        var decided = Row(lodged, Lodged.When(Colleague, Decide()).Then<Appeal.Event.Reversed>());
        Assert.Equal("appeal.facts-were-wrong", decided.DecidedAs);
        Assert.DoesNotContain(AppealList.View.Index("", decided), f => f.Index is AppealList.ByDue);
    }

    static AppealRow Row(AppealRow? row, Appeal.Event e) => AppealList.View.Fold(
        $"{TheAppeal}", row, new(1, 0, Wednesday, Buyer, 1, TheAppeal, e, []))!;

    /// <summary>Whatever anybody says in whatever order, it is decided at most once, and never by the same person.
    /// </summary>
    [Fact]
    public void Is_decided_at_most_once_by_somebody_else()
    {
        (Actor, object)[] all =
        [
            (Buyer, Lodge()), (Buyer, new Appeal.Command.Withdraw()), (Agent, Decide()), (Colleague, Decide()),
            (Colleague, Decide(Verdict.Uphold, "appeal.rule-applies")), (Stranger, Decide()), (Operator, Lodge()),
            (Operator, Decide(Verdict.Uphold, "appeal.rule-applies")), (Clock, "due"),
        ];
        Gen.Int[0, all.Length - 1].Array[0, 12].Sample(steps =>
        {
            var (life, decided) = (NewAppeal, 0);
            foreach (var step in steps)
            {
                var (who, what) = all[step];
                life = what is "due" ? life.State is null ? life : life.WhenDue() : life.When(who, what);
                foreach (var e in life.Last.Events)
                {
                    if (e is Appeal.Event.Upheld or Appeal.Event.Reversed) decided++;
                    Assert.False(who == Agent);
                }
            }
            Assert.True(decided <= 1);
            Assert.Equal(
                life.State is Appeal.State.Open, life.State is { } state && Appeal.Kind.NextWake(state) is not null);
        });
    }
}
