using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
namespace Recourse.Benchmarks;

/// <summary>One line of the table.</summary>
/// <param name="Ratio">To the mean of the echo before and after.</param>
/// <param name="P50">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
/// <param name="CpuMicroseconds">The server's processor time for one.</param>
/// <param name="EchoDrift">How far the echo after was from the one before.</param>
public sealed record Line(
    string Case, double PerSecond, double? Ratio = null, double? P50 = null, double? P99 = null,
    double? CpuMicroseconds = null, double? EchoDrift = null);

/// <summary>Something else that was found out, and what it should be.</summary>
public sealed record Finding(string What, string Value, string Goal);

/// <summary>Where it ran.</summary>
public sealed record Machine(string Os, string Runtime, int Cores, double MemoryGigabytes, string LoadAtStart)
{
    /// <summary>This one.</summary>
    public static Machine Here() => new(
        RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription, Environment.ProcessorCount,
        Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1073741824.0, 1),
        File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "?");
}

/// <summary>All that was measured.</summary>
public sealed class Report
{
    static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    readonly List<Line> _lines = [];
    readonly List<Finding> _findings = [];

    /// <summary>Where.</summary>
    public Machine Machine { get; } = Machine.Here();

    /// <summary>The table.</summary>
    public IReadOnlyList<Line> Lines => _lines;

    /// <summary>The rest.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Adds a line, and says so at once.</summary>
    public void Add(Line line)
    {
        _lines.Add(line);
        Console.Error.WriteLine(RowOf(line));
    }

    /// <summary>Adds a finding, and says so at once.</summary>
    public void Add(string what, string value, string goal = "")
    {
        _findings.Add(new(what, value, goal));
        Console.Error.WriteLine($"{what}: {value}");
    }

    /// <summary>The line of a case.</summary>
    public Line? Of(string name) => _lines.FirstOrDefault(l => l.Case == name);

    /// <summary>As JSON.</summary>
    public string Json() => JsonSerializer.Serialize(this, Indented);

    /// <summary>As Markdown.</summary>
    public string Markdown() => $"""
        {Machine.Cores} cores, {Machine.MemoryGigabytes} GiB, {Machine.Os}, {Machine.Runtime}; load average at the
        start {Machine.LoadAtStart}.

        | case, {Town.AtOnce} connections | per second | ratio to echo | p50 / p99 ms | server CPU µs | echo drift |
        |---|---|---|---|---|---|
        {string.Join('\n', _lines.Select(RowOf))}

        | found | value | goal |
        |---|---|---|
        {string.Join('\n', _findings.Select(f => $"| {f.What} | {f.Value} | {f.Goal} |"))}
        """;

    static string RowOf(Line l) => string.Create(CultureInfo.InvariantCulture,
        $"| {l.Case} | {l.PerSecond:N0} | {l.Ratio:0.000} | {l.P50:0.0} / {l.P99:0.0} " +
        $"| {l.CpuMicroseconds:0} | {l.EchoDrift:P0} |");
}
