using Recourse.Rulebooks;
namespace Recourse.Buyers;

/// <summary>The rulebook's section on buyers: why their payment methods can be blocked, and for how long.</summary>
/// <param name="AppealWithin">How long what is decided can be appealed.</param>
/// <param name="LongestBlock">No block is longer than this.</param>
/// <param name="Reasons">Each with what its reader can do.</param>
/// <param name="Conduct">What follows when orders are placed and given up again and again.</param>
public sealed record BuyerRules(
    Duration AppealWithin, Duration LongestBlock, ImmutableSortedDictionary<string, ImmutableArray<Remedy>> Reasons,
    ConductRules Conduct) : IRules
{
    /// <summary>What holds under editions from before there was such a section: nothing is blocked.</summary>
    public static readonly BuyerRules Before = new(
        Duration.FromDays(184), Duration.FromDays(1),
        ImmutableSortedDictionary.Create<string, ImmutableArray<Remedy>>(StringComparer.Ordinal),
        ConductRules.Before);

    /// <summary>Reads the section.</summary>
    public static BuyerRules Read(RuleReader r)
    {
        var rules = new BuyerRules(
            r.Elapsed("appealWithin"), r.Elapsed("longestBlock"), ReadReasons(r.Map("reasons")),
            ConductRules.Read(r.Map("givenUp")));
        r.Done();
        return rules;
    }

    static ImmutableSortedDictionary<string, ImmutableArray<Remedy>> ReadReasons(RuleReader section)
    {
        var reasons = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<Remedy>>(StringComparer.Ordinal);
        foreach (var code in section.Names.Distinct().ToList())
        {
            if (code.Split('.') is not ["method", var rest] || !Derived.IsCode(rest))
                section.Fault(code, "Must be a code such as method.reported-stolen.");
            var reason = section.Map(code);
            reasons[code] = reason.Remedies();
            reason.Done();
        }
        section.Done();
        return reasons.ToImmutable();
    }
}
