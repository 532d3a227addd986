using System.Text;
using Recourse.Adapters.Risk;
using Recourse.Risk;
using Recourse.Rulebooks;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
namespace Recourse.Adapters.Rulebooks;

/// <summary>A rulebook as people write it: YAML, without anchors, aliases, tags or second documents.</summary>
public static partial class RulebookFile
{
    const int LongestBytes = 262_144, DeepestLevel = 32;

    static readonly Lazy<Rulebook> FirstEdition = new(() =>
    {
        var (rulebook, faults) = Modules.Read(
            version: 1, Instant.FromUtc(1970, 1, 1, 0, 0), Parse(ShippedText()).Tree!);
        return rulebook ?? throw new InvalidOperationException(string.Join(
            '\n', faults.Select(f => $"{f.Line}: {f.Path}: {f.Problem}").Prepend("The shipped rulebook is broken:")));
    });

    /// <summary>Edition 1, as it comes with the program; throws with every fault if it is broken.</summary>
    public static Rulebook Shipped() => FirstEdition.Value;

    /// <summary>The text of edition 1, to start one's own from.</summary>
    public static string ShippedText()
    {
        using var file = typeof(Rulebook).Assembly.GetManifestResourceStream("rulebook/default.yaml")!;
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>
    /// An edition out of its text, as it is checked before it is published: a rulebook, or every fault with its line.
    /// The conditions of its rules are tried on their test cases.
    /// </summary>
    /// <param name="models">Where the model that it names must be; null: that isn't looked at.</param>
    public static (Rulebook? Rulebook, ImmutableArray<RuleFault> Faults) Read(
        int version, Instant from, string text, ModelShelf? models = null)
    {
        var (tree, fault) = Parse(text);
        if (tree is null) return (null, [fault!]);
        var (rulebook, faults) = Modules.Read(version, from, tree);
        if (rulebook is not null) faults = RuleCheck.Faults(tree, rulebook.Of<RiskRules>(), models);
        return faults.IsEmpty ? (rulebook, []) : (null, faults);
    }

    /// <summary>
    /// An edition that was published once: sections that didn't exist then are as they come with the program, and
    /// conditions that can't be used any more are left out and counted when they are tried.
    /// </summary>
    public static (Rulebook? Rulebook, ImmutableArray<RuleFault> Faults) ReadStored(
        int version, Instant from, string text)
    {
        var (tree, fault) = Parse(text);
        if (tree is not RuleNode.Map map) return tree is null ? (null, [fault!]) : Modules.Read(version, from, tree);
        var shipped = (RuleNode.Map)Parse(ShippedText()).Tree!;
        var missing = shipped.Entries.Where(s => map.Entries.All(e => e.Name != s.Name));
        return Modules.Read(version, from, map with { Entries = [.. map.Entries, .. missing] });
    }

    /// <summary>The tree of a text, or the first place where it isn't YAML as we read it.</summary>
    public static (RuleNode? Tree, RuleFault? Fault) Parse(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > LongestBytes)
            return (null, new(1, "", $"Is longer than {LongestBytes} bytes."));
        var scanner = new Scanner(new StringReader(text), skipComments: true);
        var parser = new Parser(scanner);
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _)) return (null, new(1, "", "Is empty."));
            parser.Consume<DocumentStart>();
            var tree = Node(parser, level: 0);
            parser.Consume<DocumentEnd>();
            return parser.Accept<StreamEnd>(out _)
                ? (tree, null) : (null, new(LineOf(parser.Current!), "", "Must be one document."));
        }
        catch (Unwelcome e)
        {
            return (null, new(e.Line, "", e.Message));
        }
        catch (YamlException e)
        {
            return (null, NotYaml(e.Start.Line, e));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)    // the library's own slips
        {
            return (null, NotYaml(scanner.CurrentPosition.Line, e));
        }

        static RuleFault NotYaml(long line, Exception e) =>
            new(Math.Max(1, (int)line), "", $"Is no YAML: {(e.InnerException ?? e).Message}");
    }

    static RuleNode Node(Parser parser, int level)
    {
        if (level > DeepestLevel) throw new Unwelcome(parser.Current!, $"Is nested deeper than {DeepestLevel} levels.");
        if (parser.Accept<AnchorAlias>(out var alias)) throw new Unwelcome(alias, "Aliases (*) can't be used here.");
        if (parser.Accept<NodeEvent>(out var node) && !node.Anchor.IsEmpty)
            throw new Unwelcome(node, "Anchors (&) can't be used here.");
        if (node is { Tag.IsEmpty: false }) throw new Unwelcome(node, "Tags (!) can't be used here.");

        if (parser.TryConsume<Scalar>(out var scalar)) return new RuleNode.Scalar(LineOf(scalar), scalar.Value);
        if (parser.TryConsume<SequenceStart>(out var list))
            return new RuleNode.List(LineOf(list), Items(parser, level));
        return new RuleNode.Map(LineOf(parser.Consume<MappingStart>()), Entries(parser, level));
    }

    static ImmutableArray<RuleNode> Items(Parser parser, int level)
    {
        var items = ImmutableArray.CreateBuilder<RuleNode>();
        while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(Node(parser, level + 1));
        return items.ToImmutable();
    }

    static ImmutableArray<RuleEntry> Entries(Parser parser, int level)
    {
        var entries = ImmutableArray.CreateBuilder<RuleEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (Node(parser, level + 1) is not RuleNode.Scalar name)
                throw new Unwelcome(parser.Current!, "A name must be a word.");
            entries.Add(new(name.Line, name.Text, Node(parser, level + 1)));
        }
        return entries.ToImmutable();
    }

    static int LineOf(ParsingEvent at) => (int)at.Start.Line;

    /// <summary>YAML, but more of it than a rulebook needs.</summary>
    sealed class Unwelcome(ParsingEvent at, string problem) : Exception(problem)
    {
        public int Line => LineOf(at);
    }
}
