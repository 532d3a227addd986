using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Recourse.Runtime;
using Recourse.Web;
namespace Recourse.Benchmarks;

/// <summary>
/// Pages as people get them, one at a time over one connection: whatever the navigation of each role leads to, and what
/// these pages lead to.
/// </summary>
sealed class PageCases(string folder, Plan plan, Report report)
{
    const int Largest = 100_000, Rounds = 200, WarmUps = 40, MostBytes = 130_000;
    const double MostMilliseconds = 30;

    static readonly ImmutableArray<(Party Role, string Of)> People =
    [
        (Party.Buyer, "b0000"), (Party.Seller, "s0001"), (Party.Warehouse, "s0001"), (Party.Agent, "gil"),
        (Party.Operator, "opal"),
    ];

    sealed record Timed(string Page, double P50, double P95, int Bytes);

    /// <summary>With few orders stored and with many.</summary>
    public async Task Run()
    {
        Directory.CreateDirectory(folder);
        var town = Town.Of(folder);
        var keys = Keys();
        await using var server = await Served.Start("recourse", folder);
        await town.MoveIn(server.Address, plan.HotUnits);
        Dictionary<string, Timed> few = [];
        foreach (var stored in plan.Stored.Where(s => s <= Largest))
        {
            await town.Fill(server, stored);
            await Settle(server);
            List<Timed> all = [];
            foreach (var (role, key) in keys) all.AddRange(await Look(server, $"{role}".ToLowerInvariant(), key));
            foreach (var page in all) Tell(page, stored, few);
            if (few.Count == 0) few = all.ToDictionary(p => p.Page);
            Judge(all, stored);
        }
    }

    ImmutableArray<(Party Role, string Key)> Keys()
    {
        using var keys = new AccessKeys(folder, new RealClock());
        return [.. People.Select(p => (p.Role, keys.Create(p.Role, p.Of)))];
    }

    /// <summary>Until lists show what was just bought.</summary>
    static async Task Settle(Served server)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        while (true)
        {
            var health = await http.GetFromJsonAsync<HealthBody>(new Uri("/health/ready", UriKind.Relative));
            if (health!.ViewsPosition >= health.Position && health.Waiting == 0) return;
            await Task.Delay(200);
        }
    }

    static async Task<List<Timed>> Look(Served server, string role, string key)
    {
        using var visitor = await PageVisitor.SignIn(server.Address, key);
        List<Timed> all = [];
        foreach (var (shape, addresses) in await visitor.Explore())
        {
            for (var i = 0; i < WarmUps; i++) await visitor.Get(addresses[i % addresses.Count]);
            List<double> took = [];
            var bytes = 0;
            for (var i = 0; i < Rounds; i++)
            {
                var from = Stopwatch.GetTimestamp();
                var got = await visitor.Get(addresses[i % addresses.Count]);
                took.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
                bytes = Math.Max(bytes, got);
            }
            took.Sort();
            all.Add(new($"{role} {shape}", took[Rounds / 2], took[Rounds * 95 / 100],
                bytes + await visitor.Assets(addresses[0])));
        }
        return all;
    }

    void Tell(Timed page, int stored, Dictionary<string, Timed> few)
    {
        var growth = few.TryGetValue(page.Page, out var then)
            ? string.Create(CultureInfo.InvariantCulture, $", {page.P50 / then.P50:0.00} times p50 with few") : "";
        report.Add($"Page {page.Page}, {stored:N0} orders, p50 / p95, cold", string.Create(
            CultureInfo.InvariantCulture, $"{page.P50:0.0} / {page.P95:0.0} ms, {page.Bytes / 1000.0:0} kB{growth}"));
    }

    void Judge(List<Timed> all, int stored)
    {
        var (slowest, heaviest) = (all.MaxBy(p => p.P95)!, all.MaxBy(p => p.Bytes)!);
        report.Add($"Slowest of {all.Count} kinds of page, {stored:N0} orders, p95",
            string.Create(CultureInfo.InvariantCulture, $"{slowest.P95:0.0} ms ({slowest.Page})"),
            $"< {MostMilliseconds} ms");
        report.Add("Heaviest of them, cold", string.Create(
            CultureInfo.InvariantCulture, $"{heaviest.Bytes / 1000.0:0} kB ({heaviest.Page})"),
            $"< {MostBytes / 1000} kB");
    }
}
