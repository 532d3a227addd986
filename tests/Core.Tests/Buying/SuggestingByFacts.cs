using Recourse.Adapters.Rulebooks;
using Recourse.Disputes;
using Recourse.Reviews;
using Xunit;
namespace Recourse.Tests;

/// <summary>What the facts of a case suggest, by rules of the rulebook.</summary>
[Trait("Capability", "CAN-5")]
public sealed class SuggestingByFacts
{
    static readonly ReviewRules Rules = RulebookFile.Shipped().Of<ReviewRules>();

    static string? First(string kind, string? code, params string[] facts) =>
        Rules.Suggestions.FirstOrDefault(r => r.Fits(kind, code, facts))?.Outcome;

    [Fact]
    public void A_wish_that_was_refused_for_a_parcel_that_never_left_and_nobody_speaks_for_it_is_granted() =>
        Assert.Equal("appeal.facts-were-wrong", First(
            WorkList.Appeal, "refuse.packed-already", "case.not-shipped", "case.unheard"));

    [Fact]
    public void A_rule_needs_all_of_its_facts_and_its_own_reason()
    {
        Assert.Null(First(WorkList.Appeal, "refuse.packed-already", "case.shipped", "case.unheard"));
        Assert.Null(First(WorkList.Appeal, "refuse.packed-already", "case.not-shipped"));
        Assert.Null(First(WorkList.Appeal, null, "case.not-shipped", "case.unheard"));
        Assert.Null(First(WorkList.Purchase, "refuse.packed-already", "case.not-shipped", "case.unheard"));
    }

    [Fact]
    public void What_the_clock_ended_and_is_still_so_stays_ended()
    {
        Assert.Equal("appeal.facts-confirmed", First(
            WorkList.Appeal, "cancel.never-dispatched", "case.by-rule", "case.not-shipped"));
        Assert.Null(First(WorkList.Appeal, "cancel.never-dispatched", "case.by-rule", "case.shipped"));
    }

    [Fact]
    public void What_both_agreed_on_comes_before_a_record() => Assert.Equal(
        "believed", First(WorkList.Reason, "reason.had-enough", "case.agreed-to-end", "case.reasons-often-false"));

    [Fact]
    public void Whatever_the_shipped_rules_suggest_for_appeals_can_be_decided()
    {
        var reasons = RulebookFile.Shipped().Of<AppealRules>();
        foreach (var rule in Rules.Suggestions.Where(r => r.Of is WorkList.Appeal))
            Assert.Contains(rule.Outcome, reasons.Reasons.Keys.Except(["appeal.unanswered"]));
    }

    [Theory]
    [InlineData("when: [case.by-rule, case.appeals-never-right]", "when: [case.by-rules]", "when", "no fact of a case")]
    [InlineData("outcome: clear", "outcome: later", "outcome", "decides nothing")]
    [InlineData("outcome: clear", "outcome: believed", "outcome", "decides nothing")]
    public void A_rule_that_can_decide_nothing_is_a_fault(string was, string now, string at, string says)
    {
        var text = RulebookFile.ShippedText().Replace(was, now, StringComparison.Ordinal);
        Assert.Contains(RulebookFile.Read(2, Instant.FromUtc(2026, 3, 30, 8, 0), text).Faults, f =>
            f.Path.StartsWith("review.suggestions.", StringComparison.Ordinal)
            && f.Path.EndsWith(at, StringComparison.Ordinal) && f.Problem.Contains(says, StringComparison.Ordinal));
    }
}
