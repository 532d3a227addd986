using System.Collections.Concurrent;
namespace Recourse.Tests;

/// <summary>Pages of today and of tomorrow: whatever links lead to, as everybody whom one can be.</summary>
public sealed class EveryPage(TheDemo demo, EveryPage.Crawls crawls) : IClassFixture<EveryPage.Crawls>
{
    // No link leads there: what script asks for, pages that follow an act or stand in a mail, and those of coupons,
    // since the seller whose card one takes may have none, of changing an order, since the one that is looked at
    // may have left (ChangingInsteadOfCancelling looks at it as hard), of instalments, since whoever one can be may
    // wait for none, of a brake, since nothing unusual happens there (BrakingOnPages), of a reason that facts speak
    // against, since sellers may have been honest, and of why a payout came back, since none may have.
    static readonly ImmutableArray<string> NotLinked =
    [
        "/live", "/control/changes", "/sign-in/passkey", "/me/passkey", "/me/second-factor", "/me/mail", "/confirm",
        "/reset/new", "/join", "/webhooks/{id}", "/webhooks/{id}/deliveries/{delivery}", "/checkouts/{buyer}/{code}",
        "/appeals/{owner}/{code}", "/verification/bank/back", "/coupons/{code}", "/verifications/{buyer}",
        "/verifications/{buyer}/document", "/demo/basket", "/checkouts/{buyer}/{code}/why", "/decisions/export",
        "/wallet/{currency}", "/my-refunds/{code}", "/orders/{seller}/{code}/change",
        "/instalments/{seller}/{code}", "/brakes/{code}", "/wallet/{currency}/statement.csv",
        "/reasons/{seller}/{code}", "/orders/{seller}/{code}/files/{proof}",
        "/appeals/{owner}/{code}/files/{exhibit}", "/reasons/{seller}/{code}/files/{brought}",
        "/payouts/{owner}/{code}/why", "/wallet/{currency}/statement.pdf",
    ];

    /// <summary>Each is gone through once.</summary>
    public sealed class Crawls
    {
        readonly ConcurrentDictionary<string, Lazy<Task<Crawl>>> _all = [];
        readonly ConcurrentDictionary<string, bool> _looked = [];

        internal Task<Crawl> Of(TheDemo demo, string desk) =>
            _all.GetOrAdd(desk, d => new(() => new Crawl(demo, d, _looked).Run())).Value;
    }

    // A walk through all of them takes minutes: that is for --all.
    const int FirstWalked = 1;

    static readonly ImmutableArray<string> Desks =
        ["nobody", "somebody new", "buyer", "seller", "warehouse", "agent", "operator"];

    /// <summary>Everybody.</summary>
    public static TheoryData<string> Everybody => [.. Desks];

    [Theory, MemberData(nameof(Everybody))]
    public async Task Opens_and_has_no_fault(string desk)
    {
        var crawl = await crawls.Of(demo, desk);
        crawl.Come.Count.ShouldBeGreaterThan(1);
        crawl.Faults.ShouldBeEmpty($"{crawl.Faults.Count} faults:\n{string.Join('\n', crawl.Faults)}\n");
    }

    [Fact]
    public async Task Would_be_found_out()
    {
        const string Bad = """
            <!DOCTYPE html><html><head><title></title></head><body><h1>One</h1><h1>Two</h1>
            <p style="color: #aaa; background: #fff">pale</p><img src="/x"><button style="height: 20px">b</button>
            <input tabindex="3"><a href="/" style="outline: none">a</a><p>console.none.such</p>
            <div style="width: 2000px; height: 4px; background: red">wide</div></body></html>
            """;
        await using var guest = await demo.Visit();
        await guest.Page.SetContentAsync(Bad);
        var faults = string.Join('\n', await Crawl.FaultsOf(guest.Page, "/bad", new(390), isForThumbs: true));
        foreach (var fault in (string[])
            ["2 h1", "no language", "no title", "scrolls sideways", "a text is missing", "color-contrast", "image-alt",
             "label", "× 20: <button"])
            faults.ShouldContain(fault);
        string.Join('\n', await Walk.Through(guest.Page)).ShouldContain("doesn't show it");
    }

    [Fact]
    public async Task Is_come_to_by_somebody()
    {
        HashSet<string> come = [];
        foreach (var desk in Desks) come.UnionWith((await crawls.Of(demo, desk)).Come);
        demo.Patterns.Except(come).Except(NotLinked).ShouldBeEmpty("no link leads to it");
    }

    [Theory, MemberData(nameof(Everybody))]
    public async Task Is_used_by_keyboard_alone(string desk)
    {
        var crawl = await crawls.Of(demo, desk);
        await using var guest = await crawl.Arrive();
        await guest.HoldStill();
        List<string> faults = [];
        foreach (var path in Look.IsWholeMatrix ? crawl.First : crawl.First.Take(FirstWalked))
        {
            await guest.Open(path);
            faults.AddRange((await Walk.Through(guest.Page)).Select(f => $"{desk} {path}: {f}"));
        }
        faults.ShouldBeEmpty(string.Join('\n', faults));
    }
}
