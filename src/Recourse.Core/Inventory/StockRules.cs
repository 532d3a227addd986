using Recourse.Rulebooks;
namespace Recourse.Inventory;

/// <summary>The rulebook's section on stock.</summary>
/// <param name="AlertAt">So few are few, unless their seller says otherwise.</param>
/// <param name="Corrections">Why a count can differ from the books.</param>
public sealed record StockRules(int AlertAt, ImmutableArray<string> Corrections) : IRules
{
    /// <summary>Somebody counted; also where a file gives no reason.</summary>
    public const string Counted = "counted";

    /// <summary>The seller's own system has another number.</summary>
    public const string OtherSystem = "other-system";

    /// <summary>An import was taken back.</summary>
    public const string Undone = "undone";

    static readonly ImmutableArray<string> OfTheProgram = [Counted, OtherSystem, Undone];

    /// <summary>Reads the section <c>stock</c>.</summary>
    public static StockRules Read(RuleReader section)
    {
        var rules = new StockRules(section.Number("alertAt", least: 0, most: 1_000_000), section.Texts("corrections"));
        foreach (var code in OfTheProgram.Where(c => !rules.Corrections.Contains(c)))
            section.Fault("corrections", $"Must name {code}: the program itself gives this reason.");
        if (rules.Corrections.Any(c => !Derived.IsCode(c)))
            section.Fault("corrections", "Must be codes such as counted.");
        section.Done();
        return rules;
    }
}
