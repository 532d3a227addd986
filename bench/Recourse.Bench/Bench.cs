using System.Globalization;
using Recourse.Benchmarks.Conventional;
namespace Recourse.Benchmarks;

/// <summary>Measures Recourse beside a bare echo and the conventional way, in one run on one machine.</summary>
public static class Bench
{
    const string Usage = """
        recourse bench [--quick] [--full] [--json] [--only PART]
          --quick       seconds instead of minutes; the figures are rough
          --full        also with a million stored orders
          --json        the result as JSON
          --only PART   journal, recourse, conventional, pages, rates (a few of Recourse's), or cancel (checkouts and
                        cancellations);
                        risk (what screening remembers and costs) and demo (a demo that is left alone), only when
                        they are asked for
          --minutes N   for how long the demo is left alone; 60
        """;

    /// <summary>Runs it; what is being done goes to the standard error, the result to the standard output.</summary>
    public static async Task<int> Run(string[] args)
    {
        if (args is ["serve", .. var server]) return await Servers.Run(server);
        if (args.Contains("--help")) { Console.WriteLine(Usage); return 0; }
        var (plan, report, only) = (Plan.Of(args), new Report(), Array.IndexOf(args, "--only"));
        var part = only >= 0 && only + 1 < args.Length ? args[only + 1] : null;
        var folder = Path.Combine(Path.GetTempPath(), $"recourse-bench-{Guid.NewGuid():n}");
        Directory.CreateDirectory(folder);
        try
        {
            if (part is "demo") await new DemoCase(folder, report).Run(Minutes(args));
            if (part is "risk") new RiskCase(folder, report).Run();
            if (part is null or "pages") await new PageCases(Path.Combine(folder, "pages"), plan, report).Run();
            if (part is not ("demo" or "pages" or "risk")) await Rates(folder, part, plan, report);
            Compare(report);
        }
        finally { Directory.Delete(folder, recursive: true); }
        Console.WriteLine(args.Contains("--json") ? report.Json() : report.Markdown());
        return 0;
    }

    static TimeSpan Minutes(string[] args) => TimeSpan.FromMinutes(
        Array.IndexOf(args, "--minutes") is >= 0 and var at && at + 1 < args.Length
        && double.TryParse(args[at + 1], CultureInfo.InvariantCulture, out var minutes) ? minutes : 60);

    static async Task Rates(string folder, string? part, Plan plan, Report report)
    {
        await using var echo = await Served.Start("echo");
        var scale = new Scale(echo, plan, report);
        await scale.WarmUp();
        if (part is null or "journal") await Journal(folder, scale, plan);
        if (part is null or "recourse" or "rates" or "cancel")
            await new RecourseCases(Path.Combine(folder, "store"), scale, plan, report)
                .Run(part is "rates", part is "cancel");
        if (part is null or "conventional") await Conventional(folder, scale, report);
    }

    static async Task Journal(string folder, Scale scale, Plan plan)
    {
        var nth = 0;
        await scale.Measure("raw journal appends, turns", () => Task.Run(() =>
            new JournalAppends(Path.Combine(folder, $"journal-{++nth}"), plan.Window).Run()));
    }

    static async Task Conventional(string folder, Scale scale, Report report)
    {
        foreach (var way in (string[])["dapper", "ef"])
            await Shop($"conventional checkout, {way}, SQLite", way, "sqlite", In($"{way}.db"), scale);
        string In(string name) => Path.Combine(folder, name);
        using var postgres = PostgresCluster.Start();
        if (postgres is null)
        {
            report.Add("Conventional checkout on PostgreSQL", "skipped: PostgreSQL is not installed here");
            return;
        }
        foreach (var way in (string[])["dapper", "ef"])
            await Shop($"conventional checkout, {way}, PostgreSQL", way, "postgres", postgres.Folder, scale);
    }

    static async Task Shop(string name, string way, string engine, string where, Scale scale)
    {
        await using var server = await Served.Start(way, engine, where);
        await scale.Measure(name, server, Town.Of(null).Basket);
    }

    static void Compare(Report report)
    {
        if (report.Of(RecourseCases.Checkout)?.Ratio is not { } ours) return;
        foreach (var (engine, goal) in (ReadOnlySpan<(string, string)>)[("SQLite", "≥ 20"), ("PostgreSQL", "≥ 10")])
        {
            var best = report.Lines.Where(l => l.Case.StartsWith("conv", StringComparison.Ordinal)
                && l.Case.EndsWith(engine, StringComparison.Ordinal)).MaxBy(l => l.Ratio);
            if (best?.Ratio is { } theirs)
                report.Add($"Times the best conventional way on {engine}",
                    FormattableString.Invariant($"{ours / theirs:0.0}"), goal);
        }
    }
}
