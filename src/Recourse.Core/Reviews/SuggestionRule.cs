using Recourse.Rulebooks;
namespace Recourse.Reviews;

/// <summary>What facts of a case suggest to whoever decides it: advice, by a rule that can be read.</summary>
/// <param name="Name">Its name in the rulebook.</param>
/// <param name="Of">The kind of work, as the list of work has it.</param>
/// <param name="Against">The reasons' codes that it speaks about; empty: all.</param>
/// <param name="When">Codes of facts, all of which the case has.</param>
/// <param name="Outcome">How it would be decided: an appeal's reason, or the word of the outcome.</param>
public sealed record SuggestionRule(
    string Name, string Of, ImmutableArray<string> Against, ImmutableArray<string> When, string Outcome)
{
    static readonly ImmutableArray<string> Kinds = [WorkList.Appeal, WorkList.Purchase, WorkList.Reason];

    /// <summary>Codes of the facts of a case that a rule can go by; a case has more.</summary>
    public static readonly ImmutableArray<string> Facts =
    [
        "case.agreed", "case.agreed-to-end", "case.appeals-never-right", "case.by-rule", "case.not-agreed",
        "case.not-shipped", "case.purchases-all-paid", "case.purchases-none-paid", "case.reasons-all-true",
        "case.reasons-often-false", "case.shipped", "case.unheard",
    ];

    /// <summary>Reads them, in the order in which they are tried.</summary>
    public static ImmutableArray<SuggestionRule> ReadAll(RuleReader section)
    {
        var rules = ImmutableArray.CreateBuilder<SuggestionRule>();
        foreach (var name in section.Names.Distinct().ToList())
        {
            var r = section.Map(name);
            var rule = new SuggestionRule(
                name, r.One("of", [.. Kinds.Select(k => (k, k))]) ?? "", r.Has("against") ? r.Texts("against") : [],
                r.Texts("when"), r.Text("outcome"));
            if (rule.When.IsEmpty) r.Fault("when", "Must name at least one fact.");
            foreach (var fact in rule.When.Except(Facts))
                r.Fault("when", $"\"{fact}\" is no fact of a case. Known: {string.Join(", ", Facts)}.");
            if (!IsOutcome(rule)) r.Fault("outcome", $"\"{rule.Outcome}\" decides nothing of that kind.");
            r.Done();
            rules.Add(rule);
        }
        section.Done();
        return rules.ToImmutable();
    }

    static bool IsOutcome(SuggestionRule rule) => rule.Of switch
    {
        WorkList.Appeal   => rule.Outcome.StartsWith("appeal.", StringComparison.Ordinal),
        WorkList.Purchase => rule.Outcome is "clear" or "turn-down",
        _                 => rule.Outcome is "believed" or "false",
    };

    /// <summary>Whether a case is such a one.</summary>
    /// <param name="kind">The kind of work.</param>
    /// <param name="code">The code of the reason that it is about; null: there is none.</param>
    /// <param name="facts">The codes of its facts.</param>
    public bool Fits(string kind, string? code, IReadOnlyCollection<string> facts) =>
        Of == kind && (Against.IsEmpty || (code is not null && Against.Contains(code))) && When.All(facts.Contains);
}
