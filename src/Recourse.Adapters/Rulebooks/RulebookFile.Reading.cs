using Recourse.Rulebooks;
namespace Recourse.Adapters.Rulebooks;

public static partial class RulebookFile
{
    const string Section = "risk", Secret = "rules";
    const string Withheld = "  # The rules are withheld: whoever knew them would know how to get past them.";

    /// <summary>
    /// A text as everybody may read it: without the rules by which purchases are screened, which would teach whoever
    /// wants to get past them. It says so itself. Where lines can't be parted, more is left out.
    /// </summary>
    public static string ForEverybody(string text)
    {
        if (Parse(text).Tree is not RuleNode.Map top || Entry(top, Section) is not { Node: RuleNode.Map map } section
            || Entry(map, Secret) is not { } rules) return text;
        var without = new RuleNode.Map(map.Line, map.Entries.Remove(rules));
        var less = top with { Entries = top.Entries.Replace(section, section with { Node = without }) };
        var (parted, whole) = (
            Cut(text, rules.Line, [.. map.Entries, .. top.Entries]), Cut(text, section.Line, top.Entries));
        return IsThat(parted, less) ? parted
            : IsThat(whole, top with { Entries = top.Entries.Remove(section) }) ? whole : $"{Withheld}\n{{}}\n";
    }

    // From that line to the next of these.
    static string Cut(string text, int line, ImmutableArray<RuleEntry> entries)
    {
        var lines = text.Split('\n');
        var next = entries.Select(e => e.Line).Where(l => l > line).DefaultIfEmpty(lines.Length + 1).Min();
        return string.Join('\n', [.. lines[..(line - 1)], Withheld, .. lines[(next - 1)..]]);
    }

    static bool IsThat(string text, RuleNode expected) =>
        Parse(text).Tree is { } tree && string.Concat(Spelled(tree)) == string.Concat(Spelled(expected));

    static IEnumerable<string> Spelled(RuleNode node) => node switch
    {
        RuleNode.Scalar n => [$"{n.Text.Length}:{n.Text}"],
        RuleNode.List n   => ["[", .. n.Items.SelectMany(Spelled), "]"],
        RuleNode.Map n    => ["{", .. n.Entries.SelectMany(e => Spelled(e.Node).Prepend($"{e.Name.Length}:{e.Name}")),
            "}"],
    };

    static RuleEntry? Entry(RuleNode.Map map, string name) => map.Entries.FirstOrDefault(e => e.Name == name);
}
