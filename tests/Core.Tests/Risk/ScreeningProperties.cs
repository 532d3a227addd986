using CsCheck;
using Recourse.Risk;
using Xunit;
using static Recourse.Tests.Suspicion;
namespace Recourse.Tests;

[Trait("Capability", "RSK-1")]
public sealed class ScreeningProperties
{
    static readonly Gen<Recent> Recents = Gen.Int[1, 300].Array[4].Select(n =>
    {
        Array.Sort(n);
        return new Recent(n[0], n[1], n[2], n[3]);
    });

    static readonly Gen<LinkFacts?> Links = Gen.OneOf(
        Gen.Const((LinkFacts?)null), Gen.Const<LinkFacts?>(LinkFacts.First),
        Gen.Select(Recents, Recents, (purchases, accounts) => (LinkFacts?)new LinkFacts(purchases, accounts)));

    static readonly Gen<AccountFacts> Accounts = Gen.Select(
        Gen.OneOf(Gen.Const((long?)null), Gen.Long[0, 120].Select(n => (long?)n),
            Gen.Long[0, 100_000_000].Select(n => (long?)n)),
        Recents, Recents, Gen.Int[0, 12], Gen.Int[0, 6], Gen.Int[0, 12],
        (age, purchases, cards, honest, owing, cancelled) =>
            new AccountFacts(age, purchases, cards, honest, owing, cancelled));

    static readonly Gen<PurchaseFacts> Purchases = Gen.Select(Gen.Int[0, 2_000], Gen.Bool, Gen.Int[0, 4],
        (percent, mail, conflicts) => new PurchaseFacts(percent == 0 ? null : percent, mail, conflicts));

    static readonly Gen<RiskFacts> Facts = Gen.Select(Accounts, Purchases, Links.Array[4],
        (account, purchase, links) => Judge(new(
            account, purchase, links[0], links[1], links[2], links[3], RuleResults.None)));

    // Rules that an operator could write: any points, any worst outcome, on any facts.
    static readonly Gen<(RiskRules Rules, RiskFacts Facts)> AnyRules =
        from points in Gen.Int[-10_000, 10_000].Array[1, 12]
        from worst in Gen.Int[0, 3].Array[12]
        from names in Gen.Int[0, RiskInput.All.Length - 1].Array[12]
        from fired in Gen.Bool.Array[12]
        from alone in Gen.Bool.Array[12]
        from facts in Facts
        let rules = points.Select((p, i) => new RiskRule($"r{i}", "true", p, (RiskOutcome)worst[i], [])).ToList()
        let results = rules.Where((_, i) => fired[i]).Select((r, i) => new FiredRule(
            r.Id, [new(RiskInput.All[names[i]].Name, 1)], alone[i] && RiskInput.IsOfIp(RiskInput.All[names[i]].Name)))
        select (Rules with { Rules = [.. rules] }, facts with { Rules = new(1, [.. results], [], []) });

    [Fact]
    public void A_shared_IP_address_alone_never_does_more_than_add_a_fact() => Recents.Sample(recent =>
    {
        var screened = Screen(Ordinary with { Ip = new(recent, recent) });
        Assert.True(screened is { Outcome: RiskOutcome.Accept, Score: 0 });
        Assert.All(screened.Contributions, c => Assert.Equal(0, c.Points));
    }, iter: 2_000);

    [Fact]
    public void Rules_about_the_IP_address_change_no_outcome_whatever_they_say() => AnyRules.Sample(any =>
    {
        var (rules, facts) = any;
        var without = facts.Rules.Fired.Where(f =>
            !f.ByIpAlone && !f.Inputs.All(i => i.Name.StartsWith("ip.", StringComparison.Ordinal)));
        var (with, less) = (Screening.Of(facts, rules),
            Screening.Of(facts with { Rules = facts.Rules with { Fired = [.. without] } }, rules));
        Assert.Equal((less.Outcome, less.Score), (with.Outcome, with.Score));
    }, iter: 10_000);

    [Fact]
    public void A_clean_history_never_makes_it_worse() => Gen.Select(AnyRules, Gen.Int[1, 50]).Sample((any, more) =>
    {
        var (rules, facts) = any;
        var better = Screening.Of(
            facts with { Account = facts.Account with { HonestOrders = facts.Account.HonestOrders + more } }, rules);
        var now = Screening.Of(facts, rules);
        Assert.True(better.Score <= now.Score && better.Outcome <= now.Outcome);
    }, iter: 10_000);

    [Fact]
    public void Honest_orders_make_no_shipped_rule_worse() => Gen.Select(Facts, Gen.Int[1, 50]).Sample((facts, more) =>
    {
        var account = facts.Account with { HonestOrders = facts.Account.HonestOrders + more };
        var (better, now) = (Screen(facts with { Account = account }), Screening.Of(facts, Rules));
        Assert.True(better.Score <= now.Score && better.Outcome <= now.Outcome);
    }, iter: 5_000);

    [Fact]
    public void A_score_is_the_sum_of_what_contributes_within_its_bounds() => AnyRules.Sample(any =>
    {
        var screened = Screening.Of(any.Facts, any.Rules);
        Assert.Equal(
            Math.Clamp(screened.Contributions.Sum(c => c.Points), 0, Screening.HighestScore), screened.Score);
        Assert.All(screened.Contributions, c => Assert.NotEmpty(c.Facts));
    }, iter: 10_000);

    [Fact]
    public void No_outcome_is_worse_than_the_worst_that_a_rule_that_applies_can_lead_to() => AnyRules.Sample(any =>
    {
        var screened = Screening.Of(any.Facts, any.Rules);
        var worst = screened.Contributions.Where(c => c.Points > 0)
            .Select(c => any.Rules.Rules.Single(r => r.Id == c.Code).AtMost).Append(RiskOutcome.Accept).Max();
        Assert.True(screened.Outcome <= worst);
        Assert.True(screened.Score >= Rules.VerifyFrom || screened.Outcome is RiskOutcome.Accept);
    }, iter: 10_000);

    [Fact]
    public void What_is_stopped_always_has_a_statement() => Facts.Sample(facts =>
    {
        var screened = Screening.Of(facts, Rules);
        var why = Screening.Why(screened, facts.Rules.Rulebook, Rules, "checkout.stopped", Noon);
        Assert.Equal(screened.Outcome is RiskOutcome.Accept, why is null);
    }, iter: 5_000);
}
