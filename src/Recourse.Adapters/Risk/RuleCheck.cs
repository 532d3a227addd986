using Recourse.Risk;
using Recourse.Rulebooks;
namespace Recourse.Adapters.Risk;

/// <summary>What is wrong with the conditions of an edition that is to be published, each with its line.</summary>
static class RuleCheck
{
    /// <summary>Every fault of every rule, and a model that isn't there.</summary>
    public static ImmutableArray<RuleFault> Faults(RuleNode tree, RiskRules rules, ModelShelf? models) =>
    [
        .. rules.Model is { } model && models is not null && models.Find(model) is null
            ? [new RuleFault(LineOf(tree, "risk", "model"), RuleEngine.OfModel,
                $"There is no learned model {model} here: add its file first.")]
            : ImmutableArray<RuleFault>.Empty,
        .. from rule in rules.Rules
           from fault in Faults(rule)
           select new RuleFault(LineOf(tree, "risk", "rules", rule.Id, fault.Name),
               $"risk.rules.{rule.Id}.{fault.Name}", fault.Problem),
    ];

    static IEnumerable<(string Name, string Problem)> Faults(RiskRule rule)
    {
        CelCondition condition;
        string? unusable = null;
        try { condition = CelCondition.Of(rule.When); }
        catch (UnusableCondition e) { (condition, unusable) = (null!, e.Message); }
        if (unusable is not null)
        {
            yield return ("when", unusable);
            yield break;
        }
        if (condition.IsAboutIpOnly && (rule.Points > 0 || rule.AtMost > RiskOutcome.Accept))
            yield return ("points", "An IP address alone only tells a fact: points must be 0 and atMost accept.");
        foreach (var one in rule.Cases)
            if (Fault(condition, one) is { } problem) yield return (one.Fires ? "fires" : "staysQuiet", problem);
    }

    static string? Fault(CelCondition condition, RuleCase one)
    {
        try
        {
            if (condition.Holds(RiskInput.ValuesOf(one.Given)) == one.Fires) return null;
            return $"Test case \"{one.Text}\": the rule {(one.Fires ? "doesn't apply" : "applies")}.";
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return $"Test case \"{one.Text}\" can't be evaluated: {CelCondition.OneLine(Innermost(e).Message)}";
        }
    }

    static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;

    static int LineOf(RuleNode tree, params ReadOnlySpan<string> path)
    {
        var line = tree.Line;
        foreach (var name in path)
        {
            if ((tree as RuleNode.Map)?.Entries.FirstOrDefault(e => e.Name == name) is not { } entry) break;
            (line, tree) = (entry.Line, entry.Node);
        }
        return line;
    }
}
