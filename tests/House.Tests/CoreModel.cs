using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
namespace Recourse.Tests;

/// <summary>How one module of Core mentions something of another.</summary>
enum Mention
{
    /// <summary>An id, a command, an event, or what they carry: what is said between modules.</summary>
    Message,

    /// <summary>Anything else that is not forbidden: rules, readers, views.</summary>
    Knowledge,

    /// <summary>A state, or a function that decides, folds or reacts: what a module keeps to itself.</summary>
    Inside,
}

/// <summary>One module mentions a thing of another, somewhere.</summary>
sealed record ModuleArrow(string From, string To, Mention How, string What, string At);

/// <summary>Core as the compiler understands it: which module mentions what of which other.</summary>
static class CoreModel
{
    const string Usings = """
        global using System; global using System.Collections.Generic; global using System.Linq;
        global using NodaTime; global using Recourse.Kernel; global using System.Collections.Immutable;
        """;

    static readonly CSharpCompilation Compilation = CSharpCompilation.Create("Core",
        [.. House.Core.Select(s => s.Tree), CSharpSyntaxTree.ParseText(Usings, new(LanguageVersion.Preview))],
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => p.Contains("Microsoft.NETCore.App", StringComparison.Ordinal) || p.EndsWith("NodaTime.dll",
                StringComparison.Ordinal))
            .Select(p => MetadataReference.CreateFromFile(p)),
        new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    static readonly Dictionary<SyntaxTree, SemanticModel> Models =
        House.Core.ToDictionary(s => s.Tree, s => Compilation.GetSemanticModel(s.Tree));

    static readonly HashSet<ITypeSymbol> Said = Vocabulary();

    /// <summary>What the compiler knows of a file of Core.</summary>
    public static SemanticModel Of(SyntaxTree tree) => Models[tree];

    /// <summary>Names that the compiler could not find: the model would be blind to them.</summary>
    public static IEnumerable<string> Unknown => Compilation.GetDiagnostics()
        .Where(d => d.Id is "CS0103" or "CS0246" or "CS0234" or "CS1061").Select(d => d.ToString());

    /// <summary>Every mention of something in another module's folder.</summary>
    public static readonly ImmutableArray<ModuleArrow> Arrows = [.. House.Core.SelectMany(ArrowsOf)];

    /// <summary>Modules that have code, in the order of their names.</summary>
    public static IEnumerable<string> Modules => House.Core.Select(s => ModuleOf(s.Path)).OfType<string>().Distinct();

    /// <summary>A circle in a graph, as a path that ends where it began; null: there is none.</summary>
    public static ImmutableArray<string>? Circle(IEnumerable<ModuleArrow> arrows)
    {
        var next = arrows.ToLookup(a => a.From, a => a.To);
        HashSet<string> done = [];
        return next.Select(n => From(n.Key, [])).FirstOrDefault(c => c is not null);

        ImmutableArray<string>? From(string module, ImmutableArray<string> path)
        {
            if (path.IndexOf(module) is var i and >= 0) return [.. path[i..], module];
            if (!done.Add(module)) return null;
            return next[module].Distinct().Select(to => From(to, path.Add(module))).FirstOrDefault(c => c is not null);
        }
    }

    static IEnumerable<ModuleArrow> ArrowsOf(Source source)
    {
        if (ModuleOf(source.Path) is not { } from) yield break;
        var model = Models[source.Tree];
        foreach (var name in source.Root.DescendantNodes(n => !IsLifecycle(n)).OfType<SimpleNameSyntax>())
        {
            if (model.GetSymbolInfo(name).Symbol is not { } symbol || symbol is INamespaceSymbol) continue;
            var type = symbol as INamedTypeSymbol ?? symbol.ContainingType;
            if (type is null || ModuleOf(type) is not { } to || to == from) continue;
            yield return new(from, to, How(symbol, type), symbol.ToDisplayString(), source.At(name));
        }
    }

    // A lifecycle names its own kind's types, or Promises says so; to bind its rows one by one takes seconds.
    static bool IsLifecycle(SyntaxNode node) => node is FieldDeclarationSyntax
    {
        Declaration.Type: SimpleNameSyntax { Identifier.Text: "Lifecycle" },
    };

    static Mention How(ISymbol symbol, INamedTypeSymbol type)
    {
        if (Outwards(type).Any(t => t.Name is "State" && t.ContainingType is { } h && IsKind(h))) return Mention.Inside;
        if (IsKind(type) && TypesOf(symbol).Any(IsOfKind)) return Mention.Inside;
        return Said.Contains(type.OriginalDefinition) || (symbol is INamedTypeSymbol && IsKind(type))
            ? Mention.Message : Mention.Knowledge;
    }

    // A function that only names an account or makes an id decides nothing: it takes no state, command or event.
    static IEnumerable<ITypeSymbol> TypesOf(ISymbol symbol) => symbol switch
    {
        IMethodSymbol m   => m.Parameters.Select(p => p.Type).Append(m.ReturnType).SelectMany(WithArguments),
        IFieldSymbol f    => WithArguments(f.Type),
        IPropertySymbol p => WithArguments(p.Type),
        _ => [],
    };

    static IEnumerable<ITypeSymbol> WithArguments(ITypeSymbol type) =>
        [type, .. (type as INamedTypeSymbol)?.TypeArguments.SelectMany(WithArguments) ?? []];

    static bool IsOfKind(ITypeSymbol type) => type.Name is "Kind" or "Lifecycle"
        || Outwards(type as INamedTypeSymbol).Any(t => t.ContainingType is { } holder && IsKind(holder));

    static bool IsKind(INamedTypeSymbol type) => type.IsStatic && type.GetTypeMembers("Command").Length > 0;

    static IEnumerable<INamedTypeSymbol> Outwards(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.ContainingType) yield return type;
    }

    // Ids, commands and events, and every type that one of them carries.
    static HashSet<ITypeSymbol> Vocabulary()
    {
        HashSet<ITypeSymbol> said = new(SymbolEqualityComparer.Default);
        var all = House.Core.SelectMany(s => s.Root.DescendantNodes().OfType<TypeDeclarationSyntax>()
            .Select(t => Models[s.Tree].GetDeclaredSymbol(t)!)).ToList();
        Queue<ITypeSymbol> open = new(all.Where(t => t.AllInterfaces.Any(i => i.Name is "IId" or "IOutside")
            || Outwards(t).Any(o => o.Name is "Command" or "Event" && o.ContainingType is { } h && IsKind(h))));
        while (open.TryDequeue(out var type))
        {
            if (type is INamedTypeSymbol { IsGenericType: true } generic)
                foreach (var argument in generic.TypeArguments) open.Enqueue(argument);
            if (ModuleOf(type) is null || !said.Add(type.OriginalDefinition)) continue;
            foreach (var property in type.GetMembers().OfType<IPropertySymbol>()) open.Enqueue(property.Type);
            foreach (var part in all.Where(t => SymbolEqualityComparer.Default.Equals(t.BaseType, type)))
                open.Enqueue(part);
        }
        return said;
    }

    static string? ModuleOf(ISymbol symbol) =>
        symbol.OriginalDefinition.DeclaringSyntaxReferences.FirstOrDefault() is { } d
            ? ModuleOf(d.SyntaxTree.FilePath) : null;

    static string? ModuleOf(string path) =>
        path.Split('/') is ["src", "Recourse.Core", var module, _, ..] ? module : null;
}
