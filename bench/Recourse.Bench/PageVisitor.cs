using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Recourse.Web;
namespace Recourse.Benchmarks;

/// <summary>A browser without eyes: it has signed in, finds pages, and weighs what it gets.</summary>
sealed partial class PageVisitor : IDisposable
{
    const int MostAlike = 50, Deep = 40;

    readonly HttpClient _http;
    readonly Dictionary<string, int> _assets = [];

    PageVisitor(Uri address)
    {
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new() })
        {
            BaseAddress = address,
        };
        _http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        _http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");
    }

    /// <summary>Comes in with a key.</summary>
    public static async Task<PageVisitor> SignIn(Uri address, string key)
    {
        var visitor = new PageVisitor(address);
        var door = await visitor.Read("/sign-in");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            [FormWrite.TokenField] = Field(door, FormWrite.TokenField),
            [FormWrite.KeyField] = Field(door, FormWrite.KeyField), ["access-key"] = key,
        });
        using var answer = await visitor._http.PostAsync(new Uri("/sign-in", UriKind.Relative), form);
        if (answer.StatusCode is not HttpStatusCode.Redirect) throw new IOException($"No way in: {answer.StatusCode}");
        return visitor;
    }

    static string Field(string html, string name) => WebUtility.HtmlDecode(
        Regex.Match(html, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value);

    /// <summary>Kinds of pages, with addresses of each.</summary>
    public async Task<SortedDictionary<string, List<string>>> Explore()
    {
        SortedDictionary<string, List<string>> found = new(StringComparer.Ordinal) { ["/"] = ["/"] };
        HashSet<string> words = [.. Words(await Read("/"))];
        foreach (var place in Links(await Read("/")).Where(l => !l.Contains('?'))) Note(place);
        for (var round = 0; round < Deep; round++)
        {
            var before = found.Sum(f => f.Value.Count);
            foreach (var (shape, addresses) in found.ToList())
                foreach (var link in Links(await Read(addresses[^1]))) Note(link);
            if (found.Sum(f => f.Value.Count) == before) break;
        }
        return found;

        void Note(string path)
        {
            var shape = ShapeOf(path, words);
            if (!found.TryGetValue(shape, out var alike)) found[shape] = alike = [];
            if (alike.Count < MostAlike && !alike.Contains(path)) alike.Add(path);
        }
    }

    /// <summary>Codes of people and orders are alike; the words of an address are not.</summary>
    static string ShapeOf(string path, HashSet<string> words)
    {
        var (place, query) = path.Split('?') is [var p, var q] ? (p, q) : (path, "");
        var segments = place.Split('/').Select(s => s is "" || words.Contains(s) || !s.Any(char.IsDigit) ? s : "…");
        var names = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(v => v.Split('=')[0]).Order();
        return $"{string.Join('/', segments)}{(query is "" ? "" : $"?{string.Join('&', names)}")}";
    }

    static IEnumerable<string> Words(string html) => Links(html).SelectMany(l => l.Split('?')[0].Split('/'));

    static IEnumerable<string> Links(string html) => Anchor().Matches(html)
        .Select(m => WebUtility.HtmlDecode(m.Groups[1].Value).Split('#')[0])
        .Where(l => l is ['/', not '/', ..] or "/").Where(l => l is not "/sign-in" and not "/design").Distinct();

    /// <summary>Fetches a page; how many bytes that were.</summary>
    public async Task<int> Get(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        if (answer.StatusCode is not HttpStatusCode.OK) throw new IOException($"{path}: {answer.StatusCode}");
        return bytes.Length;
    }

    async Task<string> Read(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        if (answer.Content.Headers.ContentType?.MediaType is not "text/html") return "";
        await using var body = await answer.Content.ReadAsStreamAsync();
        await using var plain = answer.Content.Headers.ContentEncoding.Contains("br")
            ? new BrotliStream(body, CompressionMode.Decompress) : body;
        using var text = new StreamReader(plain, Encoding.UTF8);
        return await text.ReadToEndAsync();
    }

    /// <summary>Bytes of the style, script, icons and fonts that a page names.</summary>
    public async Task<int> Assets(string path)
    {
        var sum = 0;
        foreach (var asset in Asset().Matches(await Read(path)).Select(m => m.Groups[1].Value).Distinct())
        {
            if (!_assets.TryGetValue(asset, out var bytes)) _assets[asset] = bytes = await Get(asset);
            sum += bytes;
        }
        return sum;
    }

    [GeneratedRegex("<a [^>]*href=\"([^\"]*)\"")]
    private static partial Regex Anchor();

    [GeneratedRegex("(?:href|src)=\"(/assets/[^\"#]*)")]
    private static partial Regex Asset();

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
