using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Recourse.Adapters.Rulebooks;
using Recourse.Rulebooks;
namespace Recourse.Tests;

/// <summary>A fact of a statement as it is written.</summary>
/// <param name="Kind">The name of its value's type: Money, Instant, int, string.</param>
/// <param name="SeenBy">Whoever may see it in any case that is written.</param>
/// <param name="Words">How the words begin that it can be; none: it is no word, or somebody's own.</param>
sealed record WrittenFact(string Name, string Kind, Party SeenBy, ImmutableArray<string> Words);

/// <summary>A statement of reasons as it is written: what it can say, on which facts.</summary>
/// <param name="Facts">Null where some are named only when it runs.</param>
sealed record WrittenReason(
    string Module, ImmutableArray<string> Codes, ImmutableArray<string> Outcomes, ImmutableArray<WrittenFact> Known,
    bool IsOpen, string At);

/// <summary>
/// Every statement of reasons that Core can make, read from its source: the codes that an expression can come to, by
/// constants, branches, the callers of its method, and the rulebook's map that its rule names.
/// </summary>
static class StatedReasons
{
    const int Deepest = 5;

    // Codes that no expression leads to: what a value of the state carries.
    static readonly Dictionary<string, ImmutableArray<string>> Elsewhere = new()
    {
        ["worst.Code"] = ["price.extra-zero", "price.misplaced-point", "price.far-from-own", "price.far-from-peers",
            "price.wrong-currency"],
        ["way.Code"] = ["shipping.extra-zero", "shipping.misplaced-point", "shipping.far-from-own",
            "shipping.far-from-peers", "shipping.wrong-currency"],
        ["what.Against[0].Code"] = ["reason.had-enough", "reason.sold-dearer", "reason.others-go-there",
            "reason.normal-price", "reason.wave-after-rise"],
    };

    // The same of facts: what is found to speak against a seller's reason.
    static readonly Dictionary<string, ImmutableArray<WrittenFact>> FactsElsewhere = new()
    {
        ["f.Name, f.Value, SeenBy(f)"] =
        [
            .. from fact in (string[])["sku:string", "quantity:Int64", "onHand:Int64", "counted:Instant", "price:Money",
                   "soldFor:Money", "soldAt:Instant", "to:string", "country:string", "others:Int64", "other:string",
                   "otherPlaced:Instant", "low:Money", "high:Money", "rose:Instant", "roseTo:Money",
                   "cancellations:Int64"]
               let name = fact.Split(':')[0]
               select new WrittenFact(name, fact.Split(':')[1],
                   name is "other" ? Party.Seller | Party.Staff : Party.Everyone,
                   name is "to" ? ["ordered", "offered"] : []),
        ],
    };

    static readonly RuleNode Rules = RulebookFile.Parse(RulebookFile.ShippedText()).Tree!;

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<WrittenReason> All =
    [
        .. from source in House.Core
           where !source.Path.Contains("/Kernel/", StringComparison.Ordinal)
           from made in source.Root.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>()
           where made.ArgumentList is { Arguments.Count: > 7 }
               && CoreModel.Of(source.Tree).GetTypeInfo(made).Type is { Name: "Statement" }
           let facts = FactsIn(Argument(made, 2, "facts"), 0)
           select new WrittenReason(
               source.Path.Split('/')[2], CodesOf(made), [.. Values(Argument(made, 1, "outcome"), 0).Order()],
               [.. Merged(facts.OfType<WrittenFact>())], facts.Contains(null), source.At(made)),
    ];

    static ExpressionSyntax Argument(BaseObjectCreationExpressionSyntax made, int place, string name) =>
        made.ArgumentList!.Arguments.FirstOrDefault(a => a.NameColon?.Name.Identifier.Text == name)?.Expression
        ?? made.ArgumentList.Arguments[place].Expression;

    static ImmutableArray<string> CodesOf(BaseObjectCreationExpressionSyntax made)
    {
        var code = Argument(made, 0, "code");
        var rule = Argument(made, 3, "rule");
        return [.. Values(code, 0).Concat(MapsOf(rule, 0)).Where(c => Codes.Shape().IsMatch(c)).Distinct().Order()];
    }

    // A rule that is named with a reason in it, orders.reasons.{code}, is one of that map's.
    static IEnumerable<string> MapsOf(ExpressionSyntax rule, int depth) => depth > Deepest ? [] : rule switch
    {
        InterpolatedStringExpressionSyntax { Contents: [InterpolatedStringTextSyntax { TextToken.ValueText: var path },
            InterpolationSyntax, ..] } => KeysOf(path.TrimEnd('.')),
        ConditionalExpressionSyntax c => [.. MapsOf(c.WhenTrue, depth), .. MapsOf(c.WhenFalse, depth)],
        SwitchExpressionSyntax s => s.Arms.SelectMany(a => MapsOf(a.Expression, depth)),
        InvocationExpressionSyntax call => BodiesOf(call).SelectMany(e => MapsOf(e, depth + 1)),
        _ => [],
    };

    static IEnumerable<string> KeysOf(string path)
    {
        RuleNode? node = Rules;
        foreach (var name in path.Split('.'))
            node = (node as RuleNode.Map)?.Entries.FirstOrDefault(e => e.Name == name)?.Node;
        return (node as RuleNode.Map)?.Entries.Select(e => e.Name) ?? [];
    }

    /// <summary>Every text that an expression can come to.</summary>
    static IEnumerable<string> Values(ExpressionSyntax expression, int depth)
    {
        if (depth > Deepest) return [];
        var model = CoreModel.Of(expression.SyntaxTree);
        if (model.GetConstantValue(expression) is { HasValue: true, Value: string text }) return [text];
        if (Elsewhere.TryGetValue(expression.ToString(), out var known)) return known;
        return expression switch
        {
            ConditionalExpressionSyntax c => Values(c.WhenTrue, depth).Concat(Values(c.WhenFalse, depth)),
            SwitchExpressionSyntax s => s.Arms.SelectMany(a => Values(a.Expression, depth)),
            ParenthesizedExpressionSyntax p => Values(p.Expression, depth),
            PostfixUnaryExpressionSyntax p => Values(p.Operand, depth),
            InvocationExpressionSyntax call => BodiesOf(call).SelectMany(e => Values(e, depth + 1)),
            IdentifierNameSyntax name => model.GetSymbolInfo(name).Symbol switch
            {
                IParameterSymbol p => GivenFor(p).SelectMany(e => Values(e, depth + 1)),
                ILocalSymbol l => WrittenFor(l).SelectMany(e => Values(e, depth + 1)),
                _ => [],
            },
            _ => [],
        };
    }

    /// <summary>Every fact that an expression can hold; null for those that are named only when it runs.</summary>
    static ImmutableArray<WrittenFact?> FactsIn(SyntaxNode node, int depth)
    {
        if (depth > Deepest) return [];
        var model = CoreModel.Of(node.SyntaxTree);
        List<WrittenFact?> found = [];
        foreach (var made in node.DescendantNodesAndSelf().OfType<BaseObjectCreationExpressionSyntax>())
            if (model.GetTypeInfo(made).Type is { Name: "StatedFact" } && made.ArgumentList is { Arguments.Count: 3 } a)
            {
                if (FactsElsewhere.TryGetValue($"{a.Arguments}", out var known)) found.AddRange(known);
                else found.Add(FactOf(a, model));
            }
        foreach (var name in node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
        {
            var symbol = model.GetSymbolInfo(name).Symbol;
            if (symbol is IParameterSymbol p && IsOfFacts(p.Type))
                foreach (var given in GivenFor(p)) found.AddRange(FactsIn(given, depth + 1));
            if (symbol is ILocalSymbol l && IsOfFacts(l.Type))
                foreach (var written in WrittenFor(l)) found.AddRange(FactsIn(written, depth + 1));
            if (symbol is IMethodSymbol m && IsOfFacts(m.ReturnType))
                foreach (var body in BodiesOf(m)) found.AddRange(FactsIn(body, depth + 1));
            if (symbol is IPropertySymbol q && IsOfFacts(q.Type)) found.Add(null);
        }
        return [.. found];
    }

    static bool IsOfFacts(ITypeSymbol type) => type is INamedTypeSymbol { TypeArguments: [{ Name: "StatedFact" }] }
        or IArrayTypeSymbol { ElementType.Name: "StatedFact" };

    // What is written for a variable: its value, or its part of a pair that a method gives.
    static IEnumerable<ExpressionSyntax> WrittenFor(ILocalSymbol local) =>
        local.DeclaringSyntaxReferences.Select(r => r.GetSyntax()).SelectMany(d => d switch
        {
            VariableDeclaratorSyntax { Initializer.Value: { } value } => [value],
            SingleVariableDesignationSyntax { Parent: ParenthesizedVariableDesignationSyntax all } one
                when all.FirstAncestorOrSelf<AssignmentExpressionSyntax>()?.Right is InvocationExpressionSyntax call =>
                BodiesOf(call).OfType<TupleExpressionSyntax>().Select(t =>
                    t.Arguments[all.Variables.IndexOf(one)].Expression),
            _ => Array.Empty<ExpressionSyntax>(),
        });

    // How the words begin that a value can be, where they are ours.
    static IEnumerable<string> WordsOf(ExpressionSyntax value, int depth) => depth > Deepest ? []
        : CoreModel.Of(value.SyntaxTree).GetConstantValue(value) is { HasValue: true, Value: string text } ? [text]
        : value switch
        {
            InterpolatedStringExpressionSyntax { Contents: [InterpolatedStringTextSyntax t, ..] } =>
                [t.TextToken.ValueText],
            ConditionalExpressionSyntax c => [.. WordsOf(c.WhenTrue, depth), .. WordsOf(c.WhenFalse, depth)],
            ParenthesizedExpressionSyntax p => WordsOf(p.Expression, depth),
            CastExpressionSyntax c => WordsOf(c.Expression, depth),
            InvocationExpressionSyntax call => BodiesOf(call).SelectMany(e => WordsOf(e, depth + 1)),
            _ => [],
        };

    static WrittenFact? FactOf(ArgumentListSyntax a, SemanticModel model)
    {
        if (model.GetConstantValue(a.Arguments[0].Expression).Value is not string name) return null;
        var type = model.GetTypeInfo(a.Arguments[1].Expression).Type?.Name ?? "Value";
        return new(name, type, SeenBy(a.Arguments[2].Expression, model),
            [.. WordsOf(a.Arguments[1].Expression, 0).Where(w => w is not "")]);
    }

    static Party SeenBy(ExpressionSyntax expression, SemanticModel model) =>
        model.GetConstantValue(expression) is { HasValue: true, Value: int party } ? (Party)party
        : expression is ConditionalExpressionSyntax c ? SeenBy(c.WhenTrue, model) | SeenBy(c.WhenFalse, model)
        : Party.Everyone;

    static IEnumerable<WrittenFact> Merged(IEnumerable<WrittenFact> facts) => facts.GroupBy(f => f.Name)
        .Select(f => f.First() with
        {
            SeenBy = f.Aggregate(Party.None, (sum, one) => sum | one.SeenBy),
            Words = [.. f.SelectMany(one => one.Words).Distinct()],
        });

    // What is given for a parameter wherever its method is called.
    static IEnumerable<ExpressionSyntax> GivenFor(IParameterSymbol parameter)
    {
        foreach (var source in House.Core)
            foreach (var call in source.Root.DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                var name = (call.Expression as IdentifierNameSyntax ?? (call.Expression as MemberAccessExpressionSyntax)
                    ?.Name as IdentifierNameSyntax)?.Identifier.Text;
                if (name != parameter.ContainingSymbol.Name) continue;
                var called = CoreModel.Of(source.Tree).GetSymbolInfo(call).Symbol;
                if (!SymbolEqualityComparer.Default.Equals(called, parameter.ContainingSymbol)) continue;
                var arguments = call.ArgumentList.Arguments;
                var given = arguments.FirstOrDefault(a => a.NameColon?.Name.Identifier.Text == parameter.Name)
                    ?? (parameter.Ordinal < arguments.Count && arguments[parameter.Ordinal].NameColon is null
                        ? arguments[parameter.Ordinal] : null);
                if (given is not null) yield return given.Expression;
            }
    }

    static IEnumerable<ExpressionSyntax> BodiesOf(InvocationExpressionSyntax call) =>
        CoreModel.Of(call.SyntaxTree).GetSymbolInfo(call).Symbol is IMethodSymbol m ? BodiesOf(m) : [];

    static IEnumerable<ExpressionSyntax> BodiesOf(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences.Select(r => r.GetSyntax()).SelectMany(m =>
            (m as MethodDeclarationSyntax)?.ExpressionBody is { } body ? [body.Expression]
                : (m as LocalFunctionStatementSyntax)?.ExpressionBody is { } local ? [local.Expression]
                : m.DescendantNodes().OfType<ReturnStatementSyntax>().Select(r => r.Expression)
                    .OfType<ExpressionSyntax>());
}
