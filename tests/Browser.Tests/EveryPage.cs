using System.Collections.Concurrent;
namespace Recourse.Tests;

/// <summary>Pages of today and of tomorrow: whatever links lead to, as everybody whom one can be.</summary>
public sealed class EveryPage(TheDemo demo, EveryPage.Crawls crawls) : IClassFixture<EveryPage.Crawls>
{
    // No link leads there: parts and streams of pages, and pages that follow an act or stand in a mail.
    static readonly ImmutableArray<string> NotLinked =
        ["/orders/{seller}/{code}/parts/{part}", "/orders/{seller}/{code}/changes"];

    /// <summary>Each is gone through once.</summary>
    public sealed class Crawls
    {
        readonly ConcurrentDictionary<string, Lazy<Task<Crawl>>> _all = [];

        internal Task<Crawl> Of(TheDemo demo, string desk) =>
            _all.GetOrAdd(desk, d => new(() => new Crawl(demo, d).Run())).Value;
    }

    static readonly ImmutableArray<string> Desks = ["nobody", "buyer", "seller", "warehouse", "agent", "operator"];

    /// <summary>Everybody.</summary>
    public static TheoryData<string> Everybody => [.. Desks];

    [Theory, MemberData(nameof(Everybody))]
    public async Task Opens_and_has_no_fault(string desk)
    {
        var crawl = await crawls.Of(demo, desk);
        crawl.Opened.Count.ShouldBeGreaterThan(1);
        crawl.Faults.ShouldBeEmpty($"{crawl.Faults.Count} faults:\n{string.Join('\n', crawl.Faults)}\n");
    }

    [Fact]
    public async Task Is_come_to_by_somebody()
    {
        HashSet<string> opened = [];
        foreach (var desk in Desks) opened.UnionWith((await crawls.Of(demo, desk)).Opened.Keys);
        demo.Patterns.Except(opened).Except(NotLinked).ShouldBeEmpty("no link leads to it");
    }

    [Theory, MemberData(nameof(Everybody))]
    public async Task Is_used_by_keyboard_alone(string desk)
    {
        var crawl = await crawls.Of(demo, desk);
        await using var guest = desk is "nobody" ? await demo.Visit() : await demo.Visit(demo.At(desk));
        List<string> faults = [];
        foreach (var path in crawl.Opened.Values)
        {
            await guest.Open(path);
            faults.AddRange((await Walk.Through(guest.Page)).Select(f => $"{desk} {path}: {f}"));
        }
        faults.ShouldBeEmpty(string.Join('\n', faults));
    }
}
