using Xunit;
namespace Recourse.Tests;

/// <summary>What the code says of itself, in <c>docs/generated</c>: as it is now, or the build fails.</summary>
public sealed class GeneratedDocs
{
    const string Folder = "docs/generated";

    public static TheoryData<string> Names => [.. Documents.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Say_what_the_code_is(string name)
    {
        var (path, text) = ($"{Folder}/{name}.md", Documents.All[name]());
        if (House.Regenerates)
        {
            Directory.CreateDirectory(House.At(Folder));
            File.WriteAllText(House.At(path), text);
        }
        var there = File.Exists(House.At(path)) ? House.Read(path) : "";
        if (there == text) return;
        var at = there.Split('\n').Zip(text.Split('\n')).TakeWhile(l => l.First == l.Second).Count() + 1;
        Assert.Fail($"{path} is out of date from line {at}; ./test --regenerate writes it anew.");
    }

    [Fact]
    public void Are_all_that_lies_there() => House.Holds($"Nothing writes this; remove it:",
        House.Files.Where(f => f.StartsWith(Folder, StringComparison.Ordinal) && Path.GetExtension(f) is ".md")
            .Where(f => !Documents.All.ContainsKey(Path.GetFileNameWithoutExtension(f))));
}
