namespace Recourse.Tests;

/// <summary>What <c>docs/tour.md</c> promises.</summary>
public sealed class TheTour(TheDemo demo)
{
    const string Out = "RECOURSE_TOUR";

    static string Docs => Path.Combine(Above(AppContext.BaseDirectory), "docs");

    static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "Recourse.slnx")) ? folder : Above(Path.GetDirectoryName(folder)!);

    [Fact]
    public async Task Can_be_walked() => await new Tour(demo, null).Walk();

    [Fact]
    public void Is_told_as_it_is_walked()
    {
        File.ReadAllText(Path.Combine(Docs, "tour.md")).ShouldBe(Tour.Text(), "run scripts/tour.sh");
        var pictures = Stops.All.SelectMany(l => l.Stops).SelectMany(s => s.Pictures).Select(p => $"{p.Name}.webp");
        Directory.EnumerateFiles(Path.Combine(Docs, "tour")).Select(f => Path.GetFileName(f)).Order()
            .ShouldBe(pictures.Order(), "run scripts/tour.sh");
    }

    /// <summary>Only when it is asked for: <c>scripts/tour.sh</c> does.</summary>
    [Fact(Explicit = true)]
    public async Task Writes_it_down()
    {
        var folder = Environment.GetEnvironmentVariable(Out) is { Length: > 0 } told ? told : Docs;
        var pictures = Path.Combine(folder, "tour");
        if (Directory.Exists(pictures)) Directory.Delete(pictures, recursive: true);
        Directory.CreateDirectory(pictures);
        await new Tour(demo, pictures).Walk();
        await File.WriteAllTextAsync(Path.Combine(folder, "tour.md"), Tour.Text());
    }
}
