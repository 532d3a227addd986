namespace Recourse.Tests;

/// <summary>What is asked of a page in its own language.</summary>
static class Scripts
{
    /// <summary>Asks axe, which is there by then.</summary>
    public static readonly string Axe = Read("axe");

    /// <summary>What is wrong with it.</summary>
    public static readonly string Faults = Read("faults");

    /// <summary>Where it leads.</summary>
    public static readonly string Links = Read("links");

    /// <summary>Makes it note where the Tab key comes.</summary>
    public static readonly string Walk = Read("walk");

    static string Read(string name)
    {
        using var file = new StreamReader(typeof(Scripts).Assembly.GetManifestResourceStream($"{name}.js")!);
        return file.ReadToEnd();
    }
}
