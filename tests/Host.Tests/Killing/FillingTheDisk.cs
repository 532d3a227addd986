using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Recourse.Web;
using Shouldly;
using Xunit;
namespace Recourse.Tests;

/// <summary>The real program on a disk that takes no more; a limit on the size of its files stands for that.</summary>
public sealed class FillingTheDisk : IDisposable
{
    const int Kilobytes = 3_000, Clerks = 16;

    readonly Folder _folder = new();
    readonly ConcurrentBag<string> _unanswered = [];
    int _answered, _number;

    string Data => _folder.In("data");

    [Fact]
    [Trait("Capability", "OPS-1")]
    public async Task Says_so_loses_nothing_and_goes_on_once_there_is_room()
    {
        string key;
        using (var keys = new AccessKeys(Data, new RealClock())) key = keys.Create(Party.Seller, "ana");
        await using (var full = await RunningProgram.Start(Settings, Kilobytes, "run", "--data", Data, "--urls", Any))
        {
            using var http = Client(full.Address, key);
            await Task.WhenAll(Enumerable.Range(0, Clerks).Select(_ => ReceiveUntilFull(http)));
            await GoOnUntilNothingFits(http);
            var ready = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, await ready.Content.ReadAsStringAsync());
            var read = await http.GetAsync(Stock);
            read.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, "nobody is kept waiting");
        }
        await using var roomy = await RunningProgram.Start(Settings, "run", "--data", Data, "--urls", Any);
        using var again = Client(roomy.Address, key);
        (await UnitsOf(again)).ShouldBe(_answered);
        foreach (var said in _unanswered) (await Receive(again, said)).Status.ShouldBe(HttpStatusCode.OK);
        (await UnitsOf(again)).ShouldBe(_answered + _unanswered.Count);
        (await roomy.Stop()).ShouldBe((0, ""));
        var verified = await BuiltProgram.Run("verify", "--data", Data, "--json");
        verified.Code.ShouldBe(0, verified.Output + verified.Errors);
    }

    static readonly Uri Stock = new("/v1/stock/ana/red", UriKind.Relative);
    const string Any = "http://127.0.0.1:0";

    static readonly Dictionary<string, string> Settings = new()
    {
        ["Recourse__RequestsPerMinute"] = "10000000",
        ["DOTNET_EnableWriteXorExecute"] = "0",                             // its memory is a file too
    };

    static HttpClient Client(Uri address, string key) => new()
    {
        BaseAddress = address, DefaultRequestHeaders = { Authorization = new("Bearer", key) },
    };

    /// <summary>A large commit may fail where a small one still fits.</summary>
    async Task GoOnUntilNothingFits(HttpClient http)
    {
        for (var refused = 0; refused < 5;)
        {
            var said = $"receipt-{Interlocked.Increment(ref _number)}";
            var (status, body) = await Receive(http, said);
            if (status is HttpStatusCode.OK) { _answered++; continue; }
            (status, (string?)body["code"]).ShouldBe((HttpStatusCode.ServiceUnavailable, "kernel.unknown"));
            _unanswered.Add(said);
            refused++;
        }
    }

    async Task ReceiveUntilFull(HttpClient http)
    {
        while (_unanswered.IsEmpty)
        {
            var said = $"receipt-{Interlocked.Increment(ref _number)}";
            var (status, body) = await Receive(http, said);
            if (status is HttpStatusCode.OK) Interlocked.Increment(ref _answered);
            else
            {
                status.ShouldBe(HttpStatusCode.ServiceUnavailable, body.ToString());
                _unanswered.Add(said);
            }
        }
    }

    static async Task<(HttpStatusCode Status, JsonNode Body)> Receive(HttpClient http, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/stock/ana/red/receipts")
        {
            Content = new StringContent("""{"location":"main","units":1}""", Encoding.UTF8, "application/json"),
            Headers = { { "Idempotency-Key", key } },
        };
        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    static async Task<int> UnitsOf(HttpClient http) =>
        (int)JsonNode.Parse(await http.GetStringAsync(Stock))!["available"]!;

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
