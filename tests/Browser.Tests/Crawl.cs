using System.Collections.Concurrent;
using System.Text.Json;
namespace Recourse.Tests;

/// <summary>Opens what somebody can come to by links, and looks at each page as hard as it can.</summary>
/// <param name="looked">What others have looked at: that isn't done again in every look.</param>
sealed class Crawl(TheDemo demo, string desk, ConcurrentDictionary<string, bool> looked)
{
    const int MostPages = 120, MostBytes = 130_000, AtOnce = 2;

    // It shows the same parts again and again, each with the name that it has where it stands alone.
    const string Gallery = "/design";

    static int MostAlike => Tests.Look.IsWholeMatrix ? 2 : 1;

    readonly Queue<string> _ahead = new((string[])(
        desk is "nobody" ? ["/", "/design", "/sign-in"] : ["/"]));
    readonly HashSet<string> _met = ["/", "/design", "/sign-in"];
    readonly Dictionary<string, int> _alike = [];
    readonly List<string> _faults = [];
    readonly List<string> _first = [];
    readonly HashSet<string> _come = [];

    /// <summary>What was wrong.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>An address of each kind of page that nobody had looked at before.</summary>
    public IReadOnlyList<string> First => _first;

    /// <summary>Every pattern that a link leads to, files to be kept among them.</summary>
    public IReadOnlySet<string> Come => _come;

    /// <summary>Goes on until nothing new is found.</summary>
    public async Task<Crawl> Run()
    {
        var (guest, pages) = (await Arrive(), new List<Guest>());
        await using var first = guest;
        pages.Add(guest);
        while (pages.Count < AtOnce) pages.Add(await guest.Beside());
        var counters = await Task.WhenAll(pages.Select(Weight.On));
        for (var opened = 0; _ahead.Count > 0; opened += AtOnce)
        {
            if (opened > MostPages) { Fault("", $"more than {MostPages} pages, does it end?"); break; }
            var next = Enumerable.Range(0, Math.Min(AtOnce, _ahead.Count)).Select(_ => _ahead.Dequeue()).ToList();
            await Task.WhenAll(next.Select((path, i) => Look(pages[i], counters[i], path)));
        }
        return this;
    }

    /// <summary>Comes in as whoever goes through it.</summary>
    public Task<Guest> Arrive() => desk switch
    {
        "nobody"       => demo.Visit(),
        "somebody new" => demo.VisitAsNew(),
        _              => demo.Visit(demo.At(desk)),
    };

    void Fault(string path, string what)
    {
        lock (_faults) _faults.Add($"{desk} {path}: {what}");
    }

    async Task Look(Guest guest, Weight weight, string path)
    {
        if (demo.PatternOf(path) is not { } pattern) { await Fetch(guest, path); return; }
        var (page, before) = (guest.Page, guest.Wrong.Length);
        await Tests.Look.Wide.Take(page);
        weight.Clear();
        if (await Open(guest, path) is not { } status) { CameTo(pattern); return; }
        if (status is not 200) { Fault(path, $"status {status}"); return; }
        if (new Uri(page.Url).AbsolutePath is "/sign-in" && path is not "/sign-in") return;
        await page.EvaluateAsync("document.fonts.ready.then(() => 1)");
        CameTo(pattern);
        if (demo.PatternOf(new Uri(page.Url).AbsolutePath) is { } led) CameTo(led);
        if (weight.Bytes > MostBytes) Fault(path, $"weighs {weight.Bytes} bytes");
        var isFirst = looked.TryAdd($"{(IsOwn(pattern) ? desk : "")} {pattern}", true);
        if (isFirst) lock (_first) _first.Add(path);
        if (isFirst || Tests.Look.IsWholeMatrix)
            foreach (var look in Tests.Look.Matrix)
                foreach (var fault in await FaultsOf(page, path, look, desk is "buyer", look != Tests.Look.Matrix[0]))
                    Fault(path, fault);
        if (!Tests.Look.IsWholeMatrix)
        {
            await page.SetViewportSizeAsync(320, 700);
            foreach (var fault in await Plain(page, hit: false)) Fault(path, $"320: {fault}");
        }
        foreach (var wrong in guest.Wrong.Skip(before)) Fault(path, wrong);
        foreach (var link in await page.EvaluateAsync<string[]>(Scripts.Links)) Follow(path, link);
    }

    // A start and an order are another page at each desk; most others differ little, and --all looks at all of them.
    static bool IsOwn(string pattern) =>
        Tests.Look.IsWholeMatrix || pattern is "/" || pattern.StartsWith("/orders", StringComparison.Ordinal);

    void CameTo(string pattern)
    {
        lock (_come) _come.Add(pattern);
    }

    /// <summary>Null: it is no page but a file, and only fetched.</summary>
    async Task<int?> Open(Guest guest, string path)
    {
        try { return await guest.Open(path); }
        catch (PlaywrightException e) when (e.Message.Contains("Download is starting", StringComparison.Ordinal))
        {
            await Fetch(guest, path);
            return null;
        }
    }

    /// <summary>What is wrong with an open page in one look.</summary>
    /// <param name="isForThumbs">What is pressed has to be as large as a thumb, on a phone.</param>
    /// <param name="again">Only what another look may have changed.</param>
    public static async Task<ImmutableArray<string>> FaultsOf(
        IPage page, string path, Look look, bool isForThumbs, bool again = false)
    {
        await look.Take(page);
        var plain = await Plain(page, isForThumbs && look.Width < 600);
        return [.. plain.Concat(await Axe.Of(page, again, isGallery: path.Split('?')[0] is Gallery))
            .Select(f => $"{look}: {f}")];
    }

    static async Task<IEnumerable<string>> Plain(IPage page, bool hit) =>
        (await page.EvaluateAsync<string[]>(Scripts.Faults, hit)).Take(12);

    /// <summary>What isn't a page is only fetched: a file, the description of the API.</summary>
    async Task Fetch(Guest guest, string path)
    {
        var answer = await guest.Page.Context.APIRequest.GetAsync(path, new() { MaxRedirects = 0 });
        if (answer.Status is not 200) Fault(path, $"a link leads to {answer.Status}");
    }

    void Follow(string from, string link)
    {
        if (!link.StartsWith($"{demo.Address}", StringComparison.Ordinal))
        {
            Fault(from, $"leads elsewhere: {link}");
            return;
        }
        var path = new Uri(link).PathAndQuery;
        lock (_ahead)
        {
            if (!_met.Add(path)) return;
            var shape = Shape(path);
            if ((_alike[shape] = _alike.GetValueOrDefault(shape) + 1) <= MostAlike) _ahead.Enqueue(path);
        }
    }

    /// <summary>Two orders are alike; an order and a list are not, nor a list and a filtered one.</summary>
    string Shape(string path)
    {
        var query = (path.Split('?') is [_, var after] ? after : "").Split('&').Select(p => p.Split('=')[0]).Order();
        return $"{demo.PatternOf(path) ?? path.Split('?')[0]}?{string.Join('&', query)}";
    }
}

/// <summary>What came over the wire for a page, with nothing kept from before.</summary>
sealed class Weight
{
    double _bytes;

    /// <summary>So far.</summary>
    public int Bytes => (int)Volatile.Read(ref _bytes);

    /// <summary>Starts anew.</summary>
    public void Clear() => Volatile.Write(ref _bytes, 0);

    /// <summary>Counts from now on what a page fetches.</summary>
    public static async Task<Weight> On(Guest guest)
    {
        var weight = new Weight();
        var wire = await guest.Page.Context.NewCDPSessionAsync(guest.Page);
        wire.Event("Network.loadingFinished").OnEvent += (_, said) =>
        {
            if (said is { } told && told.TryGetProperty("encodedDataLength", out var length))
                weight._bytes += length.GetDouble();
        };
        await wire.SendAsync("Network.enable");
        await wire.SendAsync("Network.setCacheDisabled", new() { ["cacheDisabled"] = true });
        return weight;
    }
}
