using Xunit;
namespace Recourse.Tests;

/// <summary>A statement of reasons can't be made without its parts.</summary>
public sealed class StatementParts
{
    static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);

    static Statement With(
        string code = "cancel.test", string outcome = "order.cancelled", string rule = "cancel.reasons",
        ImmutableArray<StatedFact>? facts = null, DecidedBy? by = null, bool nobody = false,
        ImmutableArray<Remedy>? remedies = null, int appealDays = 180) => new(
        code, outcome, facts ?? [new("units", 2, Party.Everyone)], rule, 1,
        nobody ? null! : by ?? new DecidedBy.Automated("orders"), remedies ?? [new("appeal.open")],
        Noon, Noon + Duration.FromDays(appealDays));

    [Fact]
    public void All_together_make_one() => Assert.Equal("cancel.test", With().Code);

    [Fact]
    public void It_needs_a_reason() => Assert.ThrowsAny<ArgumentException>(() => With(code: " "));

    [Fact]
    public void It_needs_an_outcome() => Assert.ThrowsAny<ArgumentException>(() => With(outcome: ""));

    [Fact]
    public void It_needs_a_rule() => Assert.ThrowsAny<ArgumentException>(() => With(rule: null!));

    [Fact]
    public void It_needs_facts() => Assert.ThrowsAny<ArgumentException>(() => With(facts: []));

    [Fact]
    public void It_needs_facts_that_were_given() =>
        Assert.ThrowsAny<ArgumentException>(() => With(facts: default(ImmutableArray<StatedFact>)));

    [Fact]
    public void It_needs_somebody_who_decided() => Assert.ThrowsAny<ArgumentException>(() => With(nobody: true));

    [Fact]
    public void It_needs_a_way_on() => Assert.ThrowsAny<ArgumentException>(() => With(remedies: []));

    [Fact]
    public void It_needs_time_to_appeal() => Assert.ThrowsAny<ArgumentException>(() => With(appealDays: 0));

    [Fact]
    public void It_can_be_made_in_no_other_way() => Assert.Single(typeof(Statement).GetConstructors());

    [Fact]
    public void A_fact_that_a_reader_may_not_see_is_said_to_be_withheld() => Assert.Equal(
        new Value.Withheld(), new StatedFact("score", 97, Party.Agent).For(Party.Buyer).Value);
}
