using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
namespace Recourse.Tests;

/// <summary>A refusal as it is written: its code, its way out and the names of its facts.</summary>
/// <param name="Facts">Null where they are made elsewhere.</param>
sealed record WrittenRefusal(string Code, string? WayOut, ImmutableArray<string>? Facts, string At);

/// <summary>A notice as it is written.</summary>
/// <param name="HasStatement">A decision speaks for itself.</param>
/// <param name="Facts">Null where others come along.</param>
sealed record WrittenNotice(string Code, bool HasStatement, ImmutableArray<string>? Facts, string At);

/// <summary>Codes of refusals, statements, findings and faults, as they stand in the source.</summary>
static partial class Codes
{
    static readonly HashSet<string> Carriers = ["Refusal", "Statement", "Finding", "Trouble", "StoreException"];

    /// <summary>An area and a phrase, in lower case.</summary>
    [GeneratedRegex(@"^[a-z][a-z0-9]*\.[a-z0-9]+(-[a-z0-9]+)*$")]
    public static partial Regex Shape();

    /// <summary>Every code with the place that makes something of it.</summary>
    public static readonly ImmutableArray<(string Code, string At)> Written =
    [
        .. from source in House.Shipped
           from node in source.Root.DescendantNodes()
           let code = CodeOf(node)
           where code is not null
           select (code, source.At(node)),
    ];

    /// <summary>Every refusal that can be given.</summary>
    public static readonly ImmutableArray<WrittenRefusal> Refusals =
    [
        .. from source in House.Shipped
           from node in source.Root.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>()
           let code = CodeOf(node)
           where code is not null && IsRefusal(node)
           orderby code
           select new WrittenRefusal(code, WayOutOf(node), FactsOf(node), source.At(node)),
    ];

    /// <summary>Every notice that can be told: what the files of notices say with <c>ToBuyer("…")</c> and the like.
    /// </summary>
    public static readonly ImmutableArray<WrittenNotice> Notices =
    [
        .. from source in House.Shipped
           where source.Path.EndsWith(".Notices.cs", StringComparison.Ordinal)
           from call in source.Root.DescendantNodes().OfType<InvocationExpressionSyntax>()
           where call.Expression is IdentifierNameSyntax { Identifier.Text: "ToBuyer" or "ToSeller" or "ToStaff" }
           let code = First(call.ArgumentList)
           where code is not null
           let facts = call.ArgumentList.Arguments.Select(a => a.Expression).OfType<TupleExpressionSyntax>()
               .Select(t => Word((LiteralExpressionSyntax)t.Arguments[0].Expression)!).ToImmutableArray()
           select new WrittenNotice(
               code, call.ToString().Contains("e.Why", StringComparison.Ordinal),
               source.Path.Contains("Refund.", StringComparison.Ordinal) ? null : facts, source.At(call)),
    ];

    static string? CodeOf(SyntaxNode node) => node switch
    {
        ObjectCreationExpressionSyntax { Type: SimpleNameSyntax type } n when Carriers.Contains(type.Identifier.Text) =>
            First(n.ArgumentList),
        ImplicitObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: > 1 } n
            when First(n.ArgumentList) is { } code && Shape().IsMatch(code) => code,
        VariableDeclaratorSyntax { Initializer.Value: LiteralExpressionSyntax l }
            when node.Parent?.Parent is FieldDeclarationSyntax && Word(l) is { } code && Shape().IsMatch(code) => code,
        _ => null,
    };

    static bool IsRefusal(BaseObjectCreationExpressionSyntax node) =>
        node is ObjectCreationExpressionSyntax { Type: SimpleNameSyntax { Identifier.Text: "Refusal" } }
        || WayOutOf(node) is not null;

    static string? WayOutOf(BaseObjectCreationExpressionSyntax node) =>
        node.ArgumentList?.Arguments.ElementAtOrDefault(1)?.Expression switch
        {
            BaseObjectCreationExpressionSyntax { ArgumentList: { Arguments.Count: 1 } inner } => First(inner),
            IdentifierNameSyntax name => Named(node, name.Identifier.Text),
            _ => null,
        };

    static ImmutableArray<string>? FactsOf(BaseObjectCreationExpressionSyntax node)
    {
        var names = node.ArgumentList!.Arguments.Skip(2).Select(a => a.Expression switch
        {
            TupleExpressionSyntax t when t.Arguments[0].Expression is LiteralExpressionSyntax l => Word(l),
            _ => null,
        }).ToList();
        return names.Contains(null) ? null : [.. names.OfType<string>()];
    }

    // A way out that several refusals share is a field of their module.
    static string? Named(SyntaxNode near, string name)
    {
        var folder = Path.GetDirectoryName(near.SyntaxTree.FilePath);
        return House.Shipped.Where(s => Path.GetDirectoryName(s.Path) == folder)
            .SelectMany(s => s.Root.DescendantNodes().OfType<VariableDeclaratorSyntax>())
            .Where(v => v.Identifier.Text == name)
            .Select(v => (v.Initializer?.Value as BaseObjectCreationExpressionSyntax)?.ArgumentList)
            .Select(First).FirstOrDefault(code => code is not null);
    }

    static string? First(ArgumentListSyntax? list) =>
        list?.Arguments.FirstOrDefault()?.Expression is LiteralExpressionSyntax literal ? Word(literal) : null;

    static string? Word(LiteralExpressionSyntax literal) =>
        literal.IsKind(SyntaxKind.StringLiteralExpression) ? literal.Token.ValueText : null;
}
