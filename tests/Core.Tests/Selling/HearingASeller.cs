using Recourse.Disputes;
using Recourse.Instalments;
using Recourse.Orders;
using Recourse.Reasons;
using Recourse.Reviews;
using Recourse.Wallets;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

[Trait("Capability", "CAN-3")]
public sealed class HearingASeller
{
    static readonly ReasonCaseId Id = ReasonCaseId.Of(Sold);
    static readonly Sealed<SellersWords> Words = new($"{Shop}", "sealed");

    static readonly Flagged What = new(Sold, Ana, "cancel.out-of-stock", Wednesday,
        [new("reason.had-enough", [("sku", "cup"), ("quantity", 6), ("onHand", 9), ("counted", Wednesday)])],
        [Given.Funded.Deal.Lines[0]]);

    static Decision<ReasonCase.Event> Ask(ReasonCase.State? state, ReasonCase.Command command, Actor who,
        Instant? at = null) =>
        ReasonCase.Decide(Id, state, command, new(who, at ?? Wednesday, Published));

    static ReasonCase.State After(ReasonCase.State? state, ReasonCase.Command command, Actor who, Instant? at = null) =>
        Ask(state, command, who, at).Events.Aggregate(state, ReasonCase.Evolve)!;

    static ReasonCase.State Raised => After(
        null, new ReasonCase.Command.Raise(new(What, Wednesday, "journal")), Operator);

    static ReasonCase.State Answered => After(Raised, new ReasonCase.Command.Answer(Words), Seller);

    static ReasonCase.Event.Found Found => Assert.IsType<ReasonCase.Event.Found>(
        Assert.Single(Ask(Answered, new ReasonCase.Command.Decide(true), Agent).Events));

    [Fact]
    public void A_flag_accuses_nobody_and_waits_for_the_seller()
    {
        var open = Assert.IsType<ReasonCase.State.Raised>(Raised);
        Assert.Equal((Party.Seller, Wednesday + Duration.FromDays(5)), (open.Deadline.Owner, open.Deadline.Due));
        Assert.Empty(Ask(open, new ReasonCase.Command.Raise(new(What, Wednesday, "journal")), Operator).Events);
        Assert.Equal("reason.not-heard-yet",
            Ask(open, new ReasonCase.Command.Decide(true), Agent).Refusals[0].Code);
        Assert.Equal(Refusal.NotFound, Ask(open, new ReasonCase.Command.Decide(true), Buyer).Refusals[0]);
    }

    [Fact]
    public void What_is_proposed_before_the_seller_answers_stands_once_they_have()
    {
        var dear = What with { Gone = [What.Gone[0] with { UnitPrice = Eur(1_000_00) }] };
        var proposed = After(
            After(null, new ReasonCase.Command.Raise(new(dear, Wednesday, "journal")), Operator),
            new ReasonCase.Command.Decide(false), Agent);
        var answered = Assert.IsType<ReasonCase.State.Answered>(
            After(proposed, new ReasonCase.Command.Answer(Words), Seller));
        Assert.Equal("believed", answered.Handling.Proposal?.Outcome);
        Assert.IsType<ReasonCase.State.Dismissed>(
            After(answered, new ReasonCase.Command.Review(new Step.Confirm()), new Actor.Agent("second")));
    }

    [Fact]
    public void Who_says_nothing_is_judged_by_what_was_recorded_after_a_warning()
    {
        var due = Wednesday + Duration.FromDays(5);
        var warned = After(Raised, new ReasonCase.Command.Wake(due - Duration.FromHours(48)), Clock,
            due - Duration.FromHours(48));
        var found = Assert.IsType<ReasonCase.Event.Found>(
            Assert.Single(Ask(warned, new ReasonCase.Command.Wake(due), Clock, due).Events));
        Assert.Equal(new DecidedBy.Automated("reasons"), found.Why.By);
        Assert.Contains(new StatedFact("heard", "reason-silent", Party.Everyone), found.Why.Facts);
    }

    [Fact]
    public void Whom_nobody_decides_about_is_believed()
    {
        var due = ((ReasonCase.State.Answered)Answered).Deadline.Due;
        var warned = After(Answered, new ReasonCase.Command.Wake(due - Duration.FromHours(48)), Clock,
            due - Duration.FromHours(48));
        Assert.IsType<ReasonCase.State.Dismissed>(After(warned, new ReasonCase.Command.Wake(due), Clock, due));
    }

    [Fact]
    public void A_finding_has_its_facts_marks_and_appeal_and_the_buyer_has_it_set_aside_at_the_old_price()
    {
        Assert.Equal(("reason.had-enough", "reason.found", 3), (Found.Why.Code, Found.Why.Outcome, Found.Marks));
        Assert.Contains(new StatedFact("onHand", 9, Party.Everyone), Found.Why.Facts);
        Assert.True(Found.Why.IsOpenTo(Party.Seller));
        var open = Assert.Single(Told.OfType<SupplyPlan.Command.Open>());
        Assert.Equal((Ana, 6, Eur(3_33)), (open.Buyer, open.Later, open.Price));
        var plan = SupplyPlanId.Of(open.Appeal!.Value, Shop, open.Sku);
        Assert.Empty(SupplyPlan.Decide(plan, null, open, new(new Actor.Aggregate($"{Id}"), Wednesday,
            Published)).Refusals);
    }

    static IEnumerable<object> Told => ReasonCase.React(Id, ReasonCase.Evolve(Answered, Found), Found)
        .Select(i => ((Intent.Send)i).Message.Command);

    static IEnumerable<Transfer> Moves(ReasonCase.State after, ReasonCase.Event e) =>
        ReasonCase.Transfers(Id, after, e);

    [Fact, Trait("Capability", "REF-1")]
    public void A_finding_compensates_the_buyer_at_the_sellers_cost_until_an_appeal_says_otherwise()
    {
        // 10 % of six cups at 3.33 would be 2.00: the least there is.
        Assert.Equal(new Compensation("compensation.false-reason", Eur(2_00), Bearer.Seller), Found.Paid);
        Assert.Contains(new StatedFact("compensation", Eur(2_00), Party.Everyone), Found.Why.Facts);
        var state = ReasonCase.Evolve(Answered, Found);
        var (from, to, amount) = Assert.Single(Moves(state, Found));
        Assert.Equal(("seller/shop/payable", $"transit/{Sold}/compensation", Eur(2_00)), (from.Path, to.Path, amount));

        var said = Assert.Single(Told.OfType<Wallet.Command.Compensate>());
        var wallet = new Life(Wallet.Kind, WalletId.Of(Ana, Currency.Eur), null, Wednesday)
            .When(new Actor.Aggregate($"{Id}"), said);
        Assert.Equal((2_00, -2_00), (wallet.At("buyer/ana/wallet"), wallet.At($"transit/{Sold}/compensation")));
        wallet.When(new Actor.Aggregate($"{Id}"), said).ThenNothing();
        wallet.When(Seller, said).ThenRefused("kernel.not-found");
        wallet.When(Buyer, said with { Cause = "mine" }).ThenRefused("wallet.not-yours");

        var appeal = AppealId.Of(new Subject.FalseReason(Id), Found.Why);
        var overturned = Assert.Single(
            Ask(state, new ReasonCase.Command.Overturn(appeal), new Actor.Aggregate($"{appeal}")).Events);
        (from, to, amount) = Assert.Single(Moves(ReasonCase.Evolve(state, overturned), overturned));
        Assert.Equal(
            ($"platform/compensation/shop/{Id.Code}", "seller/shop/payable", Eur(2_00)), (from.Path, to.Path, amount));
    }

    [Fact]
    public void A_part_that_was_given_up_has_a_case_of_its_own()
    {
        var part = What with { Nth = 2 };
        Assert.Equal($"{Id}-2", $"{part.Case}");
        Assert.True(ReasonCaseId.TryParse($"{part.Case}", out var read) && read == part.Case);
        var raised = ReasonCase.Decide(
            part.Case, null, new ReasonCase.Command.Raise(new(part, Wednesday, "journal")), new(Operator, Wednesday,
                Published));
        Assert.IsType<ReasonCase.Event.Raised>(Assert.Single(raised.Events));
        Assert.Equal("reason.bad-flag", Ask(
            null, new ReasonCase.Command.Raise(new(part, Wednesday, "journal")), Operator).Refusals[0].Code);
    }

    [Fact]
    public void On_appeal_its_marks_are_taken_off()
    {
        var state = ReasonCase.Evolve(Answered, Found);
        var subject = Assert.IsType<Subject.FalseReason>(Subject.Of(Id, Found, Seller));
        var appeal = AppealId.Of(subject, Found.Why);
        var overturned = Assert.IsType<ReasonCase.Event.Overturned>(Assert.Single(Ask(
            state, new ReasonCase.Command.Overturn(appeal), new Actor.Aggregate($"{appeal}")).Events));
        Assert.Equal((3, Found.Why.IssuedAt), (overturned.Marks, overturned.DecidedAt));
    }

    [Fact]
    public void Both_sides_read_it_in_their_words()
    {
        foreach (var language in Texts.Languages)
            foreach (var reader in (Party[])[Party.Buyer, Party.Seller, Party.Agent])
                Assert.DoesNotContain("{", Texts.In(language, DateTimeZone.Utc).Tell(Found.Why, reader));
    }
}
