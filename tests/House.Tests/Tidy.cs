using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;
namespace Recourse.Tests;

/// <summary>Rules of the house that a compiler can't see.</summary>
public sealed partial class Tidy
{
    const int LongestFile = 300, LongestMember = 60, Widest = 120;

    // Put together here, so that this file keeps its own rules.
    static readonly string[] Reminders = ["TO" + "DO", "FIX" + "ME", "HA" + "CK"];

    static readonly string[] Foreign =
    [
        "/wo" + "rk/", "/ro" + "ot/", "cla" + "ude", "cop" + "ilot", "anth" + "ropic", "chat" + "gpt", "open" + "ai",
        "language " + "model", "api.nuget" + ".org", "registry.npm" + "js", "deb.deb" + "ian.org",
    ];

    [Fact]
    public void A_file_fits_in_one_head() => House.Holds($"A file has at most {LongestFile} lines:",
        from source in House.Sources
        where source.Lines.Length > LongestFile + 1
        select $"{source.Path} has {source.Lines.Length - 1}");

    [Fact]
    public void A_member_fits_on_one_screen() => House.Holds($"A member has at most {LongestMember} lines:",
        from source in House.Sources
        from member in source.Root.DescendantNodes()
        where member is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or BasePropertyDeclarationSyntax
        let lines = member.GetLocation().GetLineSpan()
        let count = lines.EndLinePosition.Line - lines.StartLinePosition.Line + 1
        where count > LongestMember
        select $"{source.At(member)} has {count}");

    [Fact]
    public void A_page_ends_at_its_edge() => House.Holds($"A line has at most {Widest} columns:",
        from source in House.Sources
        from line in source.Lines.Index()
        where line.Item.Length > Widest
        select $"{source.Path}:{line.Index + 1} has {line.Item.Length}");

    [Fact]
    public void What_is_left_to_do_is_an_issue() => House.Holds("Write an issue, not a reminder:",
        from file in House.Files
        where file is not "LICENSE"
        from line in House.Read(file).Split('\n').Index()
        from word in Reminders
        where Regex.IsMatch(line.Item, $@"\b{word}\b")
        select $"{file}:{line.Index + 1} says {word}");

    [Fact]
    public void Nothing_names_where_or_with_what_it_was_written() => House.Holds("This doesn't belong in the project:",
        from file in House.Files
        from line in House.Read(file).Split('\n').Index()
        from word in Foreign
        where line.Item.Contains(word, StringComparison.OrdinalIgnoreCase)
        select $"{file}:{line.Index + 1} says {word}");

    [Fact]
    public void A_decider_refuses_and_never_throws() => House.Holds("A \"no\" is a value:",
        from source in House.Core
        where source.Path.EndsWith(".Decider.cs", StringComparison.Ordinal)
        from node in source.Root.DescendantNodes()
        where node is ThrowStatementSyntax or ThrowExpressionSyntax
        select source.At(node));

    [Fact]
    public void Core_reckons_exactly_and_waits_for_nothing() => House.Holds("Not in Core:",
        from source in House.Core
        from token in source.Root.DescendantTokens()
        where token.IsKind(SyntaxKind.DecimalKeyword) || token.IsKind(SyntaxKind.DoubleKeyword)
            || token.IsKind(SyntaxKind.FloatKeyword) || token.IsKind(SyntaxKind.AwaitKeyword)
            || token.IsKind(SyntaxKind.AsyncKeyword)
            || token.Text is "Task" or "ValueTask" or "Decimal" or "Double"
        select $"{source.At(token.Parent!)} says {token.Text}");

    // Over a closed type that compiles, since no case is missing; but the end of the method is left without code, and
    // the runtime calls the program invalid (C# 15 preview, optimised builds). A switch expression is not so.
    [Fact]
    public void No_method_ends_in_a_switch_statement_that_has_to_return() => House.Holds("Write a switch expression:",
        from source in House.Sources
        from body in source.Root.DescendantNodes().OfType<BlockSyntax>()
        where body.Statements.LastOrDefault() is SwitchStatementSyntax
        let last = (SwitchStatementSyntax)body.Statements.Last()
        where !last.Sections.SelectMany(s => s.Labels).Any(l => l is DefaultSwitchLabelSyntax)
        where body.Parent switch
        {
            MethodDeclarationSyntax m       => !IsVoid(m.ReturnType),
            LocalFunctionStatementSyntax f  => !IsVoid(f.ReturnType),
            AccessorDeclarationSyntax a     => a.IsKind(SyntaxKind.GetAccessorDeclaration),
            OperatorDeclarationSyntax or ConversionOperatorDeclarationSyntax => true,
            _ => false,
        }
        where last.Sections.All(s => s.Statements.LastOrDefault() is ReturnStatementSyntax or ThrowStatementSyntax)
        select source.At(last));

    static bool IsVoid(TypeSyntax type) =>
        type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };

    [Fact]
    public void A_code_stands_once_so_that_one_search_leads_to_its_rule() => House.Holds("Stands more than once:",
        from site in Codes.Written
        group site by site.Code into sites
        where sites.Count() > 1
        select $"{sites.Key}: {string.Join(", ", sites.Select(s => s.At))}");

    [Fact]
    public void A_code_is_an_area_and_a_phrase() => House.Holds("A code is written area.kebab-phrase:",
        from site in Codes.Written
        where !Codes.Shape().IsMatch(site.Code)
        select $"{site.At}: {site.Code}");
}
