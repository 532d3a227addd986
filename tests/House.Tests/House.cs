using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;
namespace Recourse.Tests;

/// <summary>A file of C# of ours, read and parsed once.</summary>
/// <param name="Path">From the house's root, with slashes.</param>
sealed record Source(string Path, string Text, SyntaxTree Tree)
{
    /// <summary>Its lines, without their ends.</summary>
    public string[] Lines { get; } = Text.Split('\n');

    /// <summary>Its syntax.</summary>
    public SyntaxNode Root => Tree.GetRoot();

    /// <summary>Where something stands, as an editor jumps to it.</summary>
    public string At(SyntaxNode node) => $"{Path}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";
}

/// <summary>The house as it lies on disk.</summary>
static class House
{
    static readonly string[] Text =
        [".cs", ".md", ".json", ".yaml", ".yml", ".csproj", ".props", ".slnx", ".slnf", ".txt", ".sh", ".razor",
         ".css", ".js", ".html", ".sql", ".editorconfig", ".gitignore", ".gitattributes", ""];

    static readonly HashSet<string> Left = [".git", "bin", "obj", "artifacts", "data", "node_modules", ".vs", ".idea"];

    /// <summary>The folder of the solution.</summary>
    public static readonly string Root = Above(AppContext.BaseDirectory);

    /// <summary>Every text file of ours, from the root.</summary>
    public static readonly ImmutableArray<string> Files =
        [.. Walk(Root).Select(f => Path.GetRelativePath(Root, f)).Order(StringComparer.Ordinal)];

    /// <summary>Every file of C# of ours; what a generator wrote isn't.</summary>
    public static readonly ImmutableArray<Source> Sources =
        [.. Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal) && f != ClientCode.Path).Select(Parse)];

    /// <summary>What is shipped: the files under <c>src</c>.</summary>
    public static IEnumerable<Source> Shipped => Under("src/");

    /// <summary>The files under <c>src/Recourse.Core</c>.</summary>
    public static IEnumerable<Source> Core => Under("src/Recourse.Core/");

    /// <summary>Whether what is derived from the code is written rather than compared.</summary>
    public static bool Regenerates => Environment.GetEnvironmentVariable("RECOURSE_REGENERATE") is "1";

    /// <summary>A file's text.</summary>
    public static string Read(string path) => File.ReadAllText(At(path));

    /// <summary>A file's full path.</summary>
    public static string At(string path) => Path.Combine(Root, path);

    /// <summary>Passes if there is nothing to complain of; else says the rule and every complaint.</summary>
    public static void Holds(string rule, IEnumerable<string> complaints)
    {
        var all = complaints.ToList();
        if (all.Count > 0) Assert.Fail($"{rule}\n  {string.Join("\n  ", all)}");
    }

    static IEnumerable<Source> Under(string folder) =>
        Sources.Where(s => s.Path.StartsWith(folder, StringComparison.Ordinal));

    static Source Parse(string path)
    {
        var text = Read(path);
        return new(path, text, CSharpSyntaxTree.ParseText(text, new(LanguageVersion.Preview), path));
    }

    static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
            if (Text.Contains(Path.GetExtension(file))) yield return file;
        foreach (var inner in Directory.EnumerateDirectories(folder).Where(d => !Left.Contains(Path.GetFileName(d))))
            foreach (var file in Walk(inner)) yield return file;
    }

    static string Above(string folder) => File.Exists(Path.Combine(folder, "Recourse.slnx"))
        ? folder
        : Above(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Recourse.slnx is nowhere."));
}
