using Recourse.Adapters.Rulebooks;
using Recourse.Disputes;
using Xunit;
namespace Recourse.Tests;

/// <summary>How comparable cases let an agent decide: only enough of them, and only if they agree.</summary>
[Trait("Capability", "CAN-5")]
public sealed class SuggestingAVerdict
{
    static readonly AppealRules Rules = RulebookFile.Shipped().Of<AppealRules>();

    static string? After(params (string Reason, long Cases)[] cases) =>
        Rules.Suggested(cases.ToDictionary(c => "appeal." + c.Reason, c => c.Cases));

    [Fact]
    public void Few_cases_suggest_nothing() => Assert.Null(After(("facts-were-wrong", 4)));

    [Fact]
    public void Enough_that_agree_do() => Assert.Equal(
        "appeal.facts-were-wrong", After(("facts-were-wrong", 3), ("too-harsh", 1), ("rule-applies", 1)));

    [Fact]
    public void Enough_that_do_not_agree_suggest_nothing() =>
        Assert.Null(After(("facts-were-wrong", 3), ("rule-applies", 3)));

    [Fact]
    public void What_nobody_decided_in_time_is_no_precedent() => Assert.Null(After(("unanswered", 50)));

    [Fact]
    public void An_edition_without_the_numbers_goes_by_five_and_two_thirds()
    {
        var rules = Rules with { SuggestFrom = 5, SuggestShare = null };
        Assert.Equal("appeal.rule-applies", rules.Suggested(
            new Dictionary<string, long> { ["appeal.rule-applies"] = 4, ["appeal.too-harsh"] = 2 }));
        Assert.Null(rules.Suggested(
            new Dictionary<string, long> { ["appeal.rule-applies"] = 5, ["appeal.too-harsh"] = 3 }));
    }
}
