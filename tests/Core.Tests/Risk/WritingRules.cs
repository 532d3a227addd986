using CsCheck;
using Recourse.Adapters.Risk;
using Recourse.Adapters.Rulebooks;
using Recourse.Risk;
using Recourse.Rulebooks;
using Xunit;
using static Recourse.Tests.Suspicion;
namespace Recourse.Tests;

[Trait("Capability", "RSK-2")]
public sealed class WritingRules
{
    static ImmutableArray<RuleFault> FaultsOf(string text) => RulebookFile.Read(2, Noon, text).Faults;

    static RuleFault FaultOf(string when, string fires = "device.accounts24h=3") =>
        Assert.Single(FaultsOf(WithRule(when, fires)));

    [Fact]
    public void The_shipped_rules_do_what_their_test_cases_say() => Assert.Empty(FaultsOf(RulebookFile.ShippedText()));

    [Fact]
    public void A_rule_of_ones_own_is_read_and_applies()
    {
        var (book, faults) = RulebookFile.Read(2, Noon, WithRule("device.accounts24h >= 3", alone: true));
        Assert.Empty(faults);
        var rule = Assert.Single(book!.Of<RiskRules>().Rules);
        Assert.Equal((100, RiskOutcome.Verify), (rule.Points, rule.AtMost));
        var judged = new RuleEngine(book, _ => { }).Judge(Ordinary with { Device = Accounts(1, 4, 4, 4) });
        Assert.Equal(2, judged.Rules.Rulebook);
        Assert.Equal([new RiskValue("device.accounts24h", 4)], Assert.Single(judged.Rules.Fired).Inputs);
    }

    [Theory]
    [InlineData("device.accounts24h >= 3 && !purchase.disposableMail")]
    [InlineData("purchase.disposableMail ? true : device.accounts24h in [3, 4, 5]")]
    [InlineData("device.accounts24h * 2 - 1 == 5 || 7 / 2 != 3")]
    [InlineData("[device.accounts1h, device.accounts24h].exists(n, n > 2)")]
    [InlineData("-device.accounts24h < -2   // a remark")]
    public void The_language_of_conditions_is_CEL(string when) => Assert.Empty(FaultsOf(WithRule(when)));

    [Theory]
    [InlineData("device.accounts24h >=", "Doesn't parse")]
    [InlineData("device.accounts24h >= 3 #", "Doesn't parse")]
    [InlineData("device.accounts24h >= 3 &", "Doesn't parse")]
    [InlineData("device.accounts24h", "Must be yes or no")]
    [InlineData("device.accounts24h + 1", "Must be yes or no")]
    [InlineData("device.accounts24h && true", "must be yes or no")]
    [InlineData("purchase.disposableMail > 1", "must be a number")]
    [InlineData("device.accounts25h >= 3", "There is no fact \"device.accounts25h\"")]
    [InlineData("device.accounts24h >= 2.5", "whole number")]
    [InlineData("string(device.accounts24h) == \"3\"", "can't be used")]
    [InlineData("[1, 2].map(n, n * 2) == [2, 4]", "can't be used")]
    [InlineData("device.accounts24h in device", "must be a list")]
    public void What_is_no_condition_is_refused(string when, string problem)
    {
        var fault = FaultOf(when);
        Assert.Equal("risk.rules.of-ours.when", fault.Path);
        Assert.Contains(problem, fault.Problem, StringComparison.Ordinal);
        var text = WithRule(when);
        Assert.Contains(when, text.Split('\n')[fault.Line - 1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_condition_that_loops_on_and_on_is_refused()
    {
        var list = $"[{string.Join(", ", Enumerable.Range(0, 20))}]";
        var once = $"{list}.exists(a, a == device.accounts24h - 2)";
        Assert.Empty(FaultsOf(WithRule(once, quiet: "device.accounts24h=1")));
        var loops = $"{list}.all(a, {list}.all(b, {list}.all(c, a + b + c < device.accounts24h)))";
        Assert.Contains("Loops on and on", FaultOf(loops).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_condition_that_goes_too_deep_or_on_too_long_is_refused()
    {
        var deep = $"{new string('(', 500)}true{new string(')', 400)}";
        Assert.Contains("nested deeper", FaultOf(deep).Problem, StringComparison.Ordinal);
        var many = string.Join(" && ", Enumerable.Repeat("device.accounts24h > 1", 45));
        Assert.Contains("longer than", FaultOf(many).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_condition_that_divides_by_zero_in_a_test_case_is_refused()
    {
        var fault = Assert.Single(FaultsOf(WithRule(
            "device.accounts24h / account.honestOrders >= 3", quiet: "account.honestOrders=2")));
        Assert.Equal("risk.rules.of-ours.fires", fault.Path);
        Assert.Contains("can't be evaluated", fault.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_case_that_fails_is_told_with_its_line()
    {
        var fault = FaultOf("device.accounts24h >= 4");
        Assert.Equal("risk.rules.of-ours.fires", fault.Path);
        Assert.Equal("Test case \"device.accounts24h=3\": the rule doesn't apply.", fault.Problem);
        Assert.Contains("fires:", WithRule("").Split('\n')[fault.Line - 1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("device.accounts24h", "facts such as")]
    [InlineData("device.accounts24h=many", "facts such as")]
    [InlineData("device.count=3", "facts such as")]
    [InlineData("", "at least one")]
    public void A_test_case_is_facts_that_there_are(string fires, string problem) => Assert.Contains(
        FaultsOf(WithRule("device.accounts24h >= 3", fires)),
        f => f.Problem.Contains(problem, StringComparison.Ordinal));

    [Fact]
    public void A_rule_about_nothing_but_the_IP_address_may_only_tell_a_fact()
    {
        const string when = "ip.accounts1h > 5", fires = "ip.accounts1h=6", quiet = "ip.accounts1h=5";
        Assert.Contains("IP address alone", Assert.Single(FaultsOf(WithRule(when, fires, quiet))).Problem,
            StringComparison.Ordinal);
        Assert.Empty(FaultsOf(WithRule(when, fires, quiet, points: 0, atMost: "accept")));
    }

    [Theory]
    [InlineData("holdFrom: 6000", "holdFrom: 2000", "risk.holdFrom")]
    [InlineData("refuseFrom: 9000", "refuseFrom: 5000", "risk.refuseFrom")]
    [InlineData("unreviewed: accept", "unreviewed: wait", "risk.unreviewed")]
    [InlineData("points: 3500", "points: 35000", "risk.rules.bought-as-it-signed-up.points")]
    [InlineData("    disposable-mail:", "    Disposable Mail:", "risk.rules.Disposable Mail")]
    public void Thresholds_and_rules_are_read_with_care(string was, string now, string path) => Assert.Equal(
        path, Assert.Single(FaultsOf(RulebookFile.ShippedText().Replace(was, now, StringComparison.Ordinal))).Path);

    [Fact]
    public void No_condition_at_all_makes_the_reader_throw() => Gen.OneOf(
        "device.accounts24h", "purchase.disposableMail", "true", "1", "0", "99999999999999999999", "-", "!", "+", "*",
        "/", "%", "(", ")", "[", "]", "{", "}", ",", ".", "?", ":", "==", "<", " in ", "&&", "||", "\\", "#", "a",
        "exists", "has(a)", "\"x\"", "b\"x\"", "1u", "1.5", "null", "é", "//", "\u0001").Array[1, 12]
        .Select(string.Concat).Sample(when => Assert.NotNull(Results(when)), iter: 1_000);

    static object Results(string when)
    {
        var book = Rules with { Rules = [new("r", when, 1, RiskOutcome.Verify, [])] };
        var edition = Book with { Sections = [.. Book.Sections.Where(s => s is not RiskRules), book] };
        var results = new RuleEngine(edition, _ => { }).Judge(Ordinary).Rules;
        Assert.Equal(1, results.Fired.Length + results.Quiet.Length + results.Skipped.Length);
        return results;
    }

    [Fact]
    public void An_edition_from_before_there_was_screening_still_reads()
    {
        var shipped = RulebookFile.ShippedText();
        var old = shipped[..shipped.IndexOf("\nrisk:", StringComparison.Ordinal)];
        Assert.Contains(FaultsOf(old), f => f.Path == "risk");
        Assert.Equal(Rules.Rules.Select(r => r.Id), Published(old).Of<RiskRules>().Rules.Select(r => r.Id));
    }
}

[Trait("Capability", "RSK-2")]
public sealed class RunningRules
{
    const string ByHonestOrders = "10 / account.honestOrders > 1";

    static readonly RiskFacts Honest = Ordinary with { Account = Ordinary.Account with { HonestOrders = 2 } };

    [Fact]
    public void A_rule_that_fails_is_skipped_and_counted_and_stands_in_nobodys_way()
    {
        List<RuleAlert> alerts = [];
        var engine = new RuleEngine(Published(WithRule(ByHonestOrders)), alerts.Add);
        Assert.Contains(engine.Judge(Honest).Rules.Fired, f => f.Rule == "of-ours");
        Assert.Empty(engine.Failures);

        for (var i = 0; i < 25; i++)
        {
            var judged = engine.Judge(Ordinary with { Device = Accounts(1, 1, 1, 2) });
            Assert.Equal(["of-ours"], judged.Rules.Skipped);
            Assert.Equal("second-account-on-a-device", Assert.Single(judged.Rules.Fired).Rule);
        }
        Assert.Equal(25, engine.Failures["of-ours"]);
        Assert.Equal([1L, 10L], alerts.Select(a => a.Times));
    }

    [Fact]
    public void An_alert_is_told_again_at_each_tenfold()
    {
        List<long> times = [];
        var engine = new RuleEngine(Published(WithRule(ByHonestOrders, alone: true)), a => times.Add(a.Times));
        for (var i = 0; i < 250; i++) engine.Judge(Ordinary);
        Assert.Equal([1, 10, 100], times);
    }

    [Theory]
    [InlineData("no.such.fact > 1")]
    [InlineData("device.accounts24h >")]
    [InlineData("device.accounts24h")]
    public void A_rule_of_old_that_can_not_be_read_any_more_is_skipped_and_counted(string when)
    {
        List<RuleAlert> alerts = [];
        var judged = new RuleEngine(Published(WithRule(when, alone: true)), alerts.Add).Judge(Ordinary);
        Assert.Equal(["of-ours"], judged.Rules.Skipped);
        Assert.Equal(("of-ours", 2), (Assert.Single(alerts).Rule, alerts[0].Rulebook));
    }

    [Fact]
    public void Every_rule_is_recorded_as_fired_quiet_or_skipped()
    {
        var results = Judge(Ordinary with { Device = Accounts(3, 3, 3, 3) }).Rules;
        Assert.NotEmpty(results.Fired);
        Assert.Equal(
            Rules.Rules.Select(r => r.Id).Order(StringComparer.Ordinal),
            results.Fired.Select(f => f.Rule).Concat(results.Quiet).Concat(results.Skipped)
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_would_apply_for_the_IP_address_alone_is_found_out_however_it_is_written()
    {
        const string sly = "ip.accounts24h > 50 && device.accounts24h >= 1";
        var book = Published(WithRule(sly, points: 10_000, atMost: "refuse", alone: true));
        var facts = new RuleEngine(book, _ => { }).Judge(Ordinary with
        {
            Ip = Accounts(1, 60, 60, 60), Device = Accounts(2, 2, 2, 2),
        });
        Assert.True(Assert.Single(facts.Rules.Fired).ByIpAlone);
        Assert.Equal(RiskOutcome.Accept, Screening.Of(facts, book.Of<RiskRules>()).Outcome);
    }

    [Fact]
    public void With_something_else_beside_it_an_IP_address_counts()
    {
        var facts = Judge(Ordinary with
        {
            Ip = Accounts(12, 12, 12, 12), Account = Ordinary.Account with { AgeSeconds = 600 },
        });
        Assert.False(facts.Rules.Fired.Single(f => f.Rule == "new-account-at-a-busy-ip").ByIpAlone);
        Assert.Equal(1_500, Screening.Of(facts, Rules).Score);
    }
}
