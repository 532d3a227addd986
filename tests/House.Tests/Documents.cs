using System.Text;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Recourse.Adapters.Rulebooks;
using Recourse.Rulebooks;
namespace Recourse.Tests;

/// <summary>Documents that are derived from the code.</summary>
static partial class Documents
{
    /// <summary>Each by its name, and what writes it.</summary>
    public static readonly Dictionary<string, Func<string>> All = new()
    {
        ["lifecycles"] = Lifecycles,
        ["events"] = Events,
        ["postings"] = Postings,
        ["reasons"] = Reasons,
        ["refusals"] = Refusals,
        ["modules"] = ModuleGraph,
        ["capabilities"] = Capabilities,
    };

    static readonly ImmutableArray<Texts> Languages = [.. Texts.Whole.Select(l => Texts.In(l, DateTimeZone.Utc))];

    static StringBuilder Page(string title, string what) =>
        new StringBuilder($"# {title}\n\n{what}\n\nWritten by `./test --regenerate`; do not edit.\n");

    static string Lifecycles()
    {
        var page = Page("Lifecycles", "Each kind of aggregate: from where, on which event, to where, who may, and"
            + " after which stretch of the rulebook the clock does.");
        foreach (var kind in Modules.Kinds)
        {
            page.Append($"\n## {Titled(kind.Name)}\n\n`{PatternOf(kind)}`, in the partition of the {Owner(kind)}.\n\n");
            page.Append($"```mermaid\n{kind.Lifecycle.ToMermaid()}\n```\n\n");
            Table(page, ["from", "event", "to", "who", "after"], kind.Lifecycle.Arrows.Select(a => (string[])
                [a.From?.Name ?? "—", a.On.Name, a.To.Name, $"{a.By}", a.After ?? ""]));
        }
        return page.ToString();
    }

    static string Events()
    {
        var page = Page("Events", "All that can become true and is stored for ever. ⚖ marks an event that goes against"
            + " someone and carries a statement of reasons.");
        foreach (var kind in Modules.Kinds)
        {
            page.Append($"\n## {Titled(kind.Name)}\n\n");
            Table(page, ["event", "fields", "what it says"],
                KindTypes.CasesOf(kind.Types.Event).Select(type => (string[])
                [
                    type.Name + (typeof(IAdverse).IsAssignableFrom(type) ? " ⚖" : ""),
                    FieldsOf(type), SummaryOf(type),
                ]));
        }
        return page.ToString();
    }

    static string Reasons()
    {
        var page = Page("Reasons", "Why something can be decided against someone, as the shipped rulebook has it, and"
            + " the words in each language. A reader may have words of their own.");
        var (tree, fault) = RulebookFile.Parse(RulebookFile.ShippedText());
        foreach (var (path, map) in MapsNamed("reasons", tree ?? throw new FormatException(fault?.Problem), ""))
        {
            page.Append($"\n## {path}\n\n");
            ImmutableArray<string> columns = [.. map.Entries.Select(e => e.Node).OfType<RuleNode.Map>()
                .SelectMany(m => m.Entries.Select(e => e.Name)).Distinct()];
            Table(page, ["reason", .. columns], map.Entries.Select(reason => (string[])
                [$"`{reason.Name}`", .. columns.Select(c => Show((reason.Node as RuleNode.Map)?.Entries
                    .FirstOrDefault(e => e.Name == c)?.Node))]));
            page.Append("\n| reason | language | words |\n|---|---|---|\n");
            foreach (var reason in map.Entries)
                foreach (var texts in Languages)
                    foreach (var code in texts.Codes.Where(c => c.Split('/')[0] == reason.Name)
                        .Order(StringComparer.Ordinal))
                        page.Append($"| `{code}` | {texts.Language} | {Cell(texts.Tell(code))} |\n");
        }
        return page.ToString();
    }

    static string Refusals()
    {
        var page = Page("Refusals", "Every \"impossible now\", with its words and the way out. A refusal is recorded"
            + " nowhere: the same ask may be possible later.");
        page.Append('\n');
        Table(page, ["code", "way out", .. Languages.Select(t => t.Language), "in"],
            Codes.Refusals.GroupBy(r => r.Code).Select(g => g.First()).Select(r => (string[])
            [
                $"`{r.Code}`", r.WayOut is null ? "" : $"`{r.WayOut}`", .. Languages.Select(t => Words(t, r)),
                $"`{r.At.Split(':')[0]["src/".Length..]}`",
            ]));
        return page.ToString();
    }

    static string Words(Texts texts, WrittenRefusal r)
    {
        var words = texts.Has(r.Code) ? texts.Tell(r.Code) : "";
        return r.WayOut is not null && texts.Has(r.WayOut) ? $"{words} {texts.Tell(r.WayOut)}" : words;
    }

    static string ModuleGraph()
    {
        var page = Page("Modules", "Which module of Core mentions which other. Modules meet through what is said: ids,"
            + " commands, events and what those carry; these arrows may go both ways. What one knows beyond that of"
            + " another (rules, readers) goes in no circle, and nobody touches another's state or decider. Every"
            + " module knows the kernel, which knows none.");
        foreach (var (title, how) in (ReadOnlySpan<(string, Mention)>)
            [("What is said", Mention.Message), ("What is known", Mention.Knowledge)])
        {
            page.Append($"\n## {title}\n\n```mermaid\nflowchart LR\n");
            foreach (var arrow in CoreModel.Arrows.Where(a => a.How == how && a.To != "Kernel")
                .Select(a => $"    {a.From} --> {a.To}\n").Distinct().Order(StringComparer.Ordinal)) page.Append(arrow);
            page.Append("```\n");
        }
        return page.ToString();
    }

    static string Capabilities()
    {
        var page = Page("Capabilities", "What Recourse does for its users, by the scenarios that show it.");
        page.Append('\n');
        Table(page, ["capability", "scenarios"],
            from source in House.Sources
            where source.Path.StartsWith("tests/", StringComparison.Ordinal)
            from trait in source.Root.DescendantNodes().OfType<AttributeSyntax>()
            where trait.Name.ToString() is "Trait" && trait.ArgumentList?.Arguments.Count is 2
            let words = trait.ArgumentList!.Arguments
                .Select(a => (a.Expression as LiteralExpressionSyntax)?.Token.ValueText).ToArray()
            where words[0] is "Capability"
            let type = trait.Ancestors().OfType<TypeDeclarationSyntax>().First()
            let method = trait.Parent!.Parent as MethodDeclarationSyntax
            let scenario = method is null ? "" : $" {Sentence(method.Identifier.Text)}"
            group $"{Sentence(type.Identifier.Text)}{scenario}" by words[1] into capability
            orderby capability.Key
            select (string[])[capability.Key!, string.Join("<br>", capability.Order(StringComparer.Ordinal))]);
        return page.ToString();
    }
}
