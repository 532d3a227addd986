using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Recourse.Rulebooks;
namespace Recourse.Tests;

static partial class Documents
{
    static readonly Dictionary<string, TypeDeclarationSyntax> Declared = House.Core
        .SelectMany(s => s.Root.DescendantNodes().OfType<TypeDeclarationSyntax>())
        .GroupBy(PathOf).ToDictionary(g => g.Key, g => g.First());

    static void Table(StringBuilder page, ImmutableArray<string> heads, IEnumerable<string[]> rows)
    {
        page.Append($"| {string.Join(" | ", heads)} |\n|{string.Concat(heads.Select(_ => "---|"))}\n");
        foreach (var row in rows) page.Append($"| {string.Join(" | ", row.Select(Cell))} |\n");
    }

    static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    static string Titled(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    static string Owner(Kind kind) => kind.Owner switch
    {
        OwnedBy.Seller => "seller",
        OwnedBy.Buyer => "buyer",
        OwnedBy.Platform => "platform",
    };

    static string PatternOf(Kind kind) => new Samples(true, braced: true).Make(kind.Types.Id).ToString()!;

    // CancellingAnOrder.Is_refused_once_the_parcel_left: "Cancelling an order is refused once the parcel left".
    static string Sentence(string name)
    {
        var words = CamelHump().Replace(name, " $1").Replace('_', ' ');
        return words.Length < 2 ? words : words[..1] + words[1..].ToLowerInvariant();
    }

    [GeneratedRegex("(?<=[a-z0-9])([A-Z])")]
    private static partial Regex CamelHump();

    [GeneratedRegex(@"<summary>(.*?)</summary>", RegexOptions.Singleline)]
    private static partial Regex Summary();

    [GeneratedRegex(@"\s*///?\s*")]
    private static partial Regex Slashes();

    [GeneratedRegex("""<(?:paramref|see|param|typeparamref)\s+(?:name|cref|langword)="([^"]*)"\s*/>""")]
    private static partial Regex Reference();

    static string PathOf(TypeDeclarationSyntax type) => type.Parent is TypeDeclarationSyntax outer
        ? $"{PathOf(outer)}.{type.Identifier.Text}" : type.Identifier.Text;

    static string PathOf(Type type) =>
        type.DeclaringType is { } outer ? $"{PathOf(outer)}.{type.Name}" : type.Name;

    static string FieldsOf(Type type) => Declared.GetValueOrDefault(PathOf(type)) is RecordDeclarationSyntax record
        ? string.Join(", ", record.ParameterList?.Parameters.Select(Field) ?? []) : "";

    static string Field(ParameterSyntax p) =>
        $"{char.ToLowerInvariant(p.Identifier.Text[0])}{p.Identifier.Text[1..]}: `{p.Type}`";

    static string SummaryOf(Type type)
    {
        if (!Declared.TryGetValue(PathOf(type), out var declared)) return "";
        var found = Summary().Match(declared.GetLeadingTrivia().ToFullString());
        return Reference().Replace(Slashes().Replace(found.Groups[1].Value, " "), "$1").Trim();
    }

    /// <summary>Maps of a rulebook that bear a name, however deep.</summary>
    public static IEnumerable<(string Path, RuleNode.Map Map)> MapsNamed(string name, RuleNode node, string path)
    {
        if (node is not RuleNode.Map map) yield break;
        foreach (var entry in map.Entries)
        {
            var at = path is "" ? entry.Name : $"{path}.{entry.Name}";
            if (entry.Name == name && entry.Node is RuleNode.Map found) yield return (at, found);
            else foreach (var inner in MapsNamed(name, entry.Node, at)) yield return inner;
        }
    }

    static string Show(RuleNode? node) => node switch
    {
        RuleNode.Scalar n => n.Text,
        RuleNode.List n   => string.Join(", ", n.Items.Select(Show)),
        RuleNode.Map n    => string.Join(", ", n.Entries.Select(e => $"{e.Name}: {Show(e.Node)}")),
        null              => "",
    };
}
