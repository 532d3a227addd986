using Recourse.Rulebooks;
namespace Recourse.People;

/// <summary>The rulebook's section on people: why somebody can be kept out, and what they can do about it.</summary>
/// <param name="AppealWithin">How long it can be appealed.</param>
/// <param name="Reasons">Each with what its reader can do.</param>
public sealed record PeopleRules(
    Duration AppealWithin, ImmutableDictionary<string, ImmutableArray<Remedy>> Reasons) : IRules
{
    /// <summary>Reads the section.</summary>
    public static PeopleRules Read(RuleReader section)
    {
        var rules = new PeopleRules(section.Elapsed("appealWithin"), ReadReasons(section.Map("reasons")));
        section.Done();
        return rules;
    }

    static ImmutableDictionary<string, ImmutableArray<Remedy>> ReadReasons(RuleReader section)
    {
        var reasons = ImmutableDictionary.CreateBuilder<string, ImmutableArray<Remedy>>();
        foreach (var code in section.Names.Distinct().ToList())
        {
            if (code.Split('.') is not ["block", var rest] || !Derived.IsCode(rest))
                section.Fault(code, "Must be a code such as block.fraud.");
            var reason = section.Map(code);
            reasons[code] = reason.Remedies();
            reason.Done();
        }
        if (reasons.Count == 0) section.Fault("reasons", "Must have at least one reason.");
        section.Done();
        return reasons.ToImmutable();
    }
}
