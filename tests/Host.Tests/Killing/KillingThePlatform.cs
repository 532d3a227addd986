using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Recourse.Adapters.Payments.StandIn;
using Recourse.Web;
using Shouldly;
using Xunit;
namespace Recourse.Tests;

/// <summary>The real program is killed at random moments while it is busy, and started again.</summary>
public sealed class KillingThePlatform(ITestOutputHelper output) : IDisposable
{
    const int Buyers = 640, Sellers = 4, Repeats = 200, MostAnswers = 300;
    static readonly TimeSpan LongestRound = TimeSpan.FromSeconds(3);
    static readonly int Kills =
        int.Parse(Environment.GetEnvironmentVariable("RECOURSE_KILLS") ?? "20", CultureInfo.InvariantCulture);

    readonly Folder _folder = new();
    readonly Uri _address = new($"http://127.0.0.1:{FreePort()}");

    string Data => _folder.In("data");

    [Fact]
    [Trait("Capability", "OPS-1")]
    public async Task Loses_nothing_that_was_answered_and_does_nothing_twice()
    {
        await using var provider = await RunningProgram.Start(null, "provider", "--data", _folder.In("provider"),
            "--webhook", new Uri(_address, "/v1/provider/webhooks").ToString(), "--speed", "1000");
        using var door = new Persistent(_address);
        var crowd = new Crowd(door, Keys(), Buyers, Sellers);
        var platform = await Start(provider.Address, door);
        try
        {
            await crowd.OpenShops(Publish);
            var life = crowd.Live();
            for (var kill = 1; kill <= Kills; kill++)
            {
                await SomeTime(door);
                door.IsDown();
                await platform.Kill();
                await platform.DisposeAsync();
                var startedAt = Stopwatch.GetTimestamp();
                platform = await Start(provider.Address, door);
                output.WriteLine($"kill {kill}: {door.Answers} answers so far, {crowd.Checkouts.Count} checkouts, "
                    + $"back after "
                    + $"{Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds:0} ms");
            }
            await SomeTime(door);
            crowd.Stop();
            await life.WaitAsync(TimeSpan.FromSeconds(60));
            await CheckOrders(crowd, door);
            await CheckStock(crowd, door);
            await SayAgain(crowd, door);
            await CheckStock(crowd, door);
            await CheckProvider(crowd, provider.Address);
            (await platform.Stop()).ShouldBe((0, ""));
        }
        finally { await platform.DisposeAsync(); }
        crowd.Odd.ShouldBeEmpty();
        var verified = await BuiltProgram.Run("verify", "--data", Data, "--json");
        verified.Code.ShouldBe(0, verified.Output + verified.Errors);
        output.WriteLine($"{door.Tries} tries, {door.Answers} answers, {crowd.Orders.Count} orders; {verified.Output}");
    }

    /// <summary>Until so many answers were given: sometimes none, and never for long.</summary>
    static async Task SomeTime(Persistent door)
    {
        var until = door.Answers + Random.Shared.Next(MostAnswers);
        var startedAt = Stopwatch.GetTimestamp();
        while (door.Answers < until && Stopwatch.GetElapsedTime(startedAt) < LongestRound) await Task.Delay(1);
        await Task.Delay(Random.Shared.Next(50));
    }

    /// <summary>Everybody has exactly the orders that they were told of, in the state that they were told.</summary>
    static async Task CheckOrders(Crowd crowd, Persistent door)
    {
        foreach (var buyer in crowd.Buyers)
        {
            var told = crowd.Orders.Where(o => o.Buyer == buyer).ToDictionary(o => o.Path);
            var orders = await Settled(crowd, door, buyer, told.Count);
            Same(orders.Select(o => o.Path), told.Keys);
            foreach (var (path, state) in orders) state.ShouldBe(told[path].State, path);
            var checkouts = await door.ReadAll(crowd.KeyOf(buyer), "/v1/checkouts");
            Same(checkouts.Select(c => c["id"]!.ToString()),
                crowd.Checkouts.Keys.Where(c => c.StartsWith($"checkout/{buyer}/", StringComparison.Ordinal)));
        }
    }

    /// <summary>Each is there, once, and nothing else.</summary>
    static void Same(IEnumerable<string> has, IEnumerable<string> should)
    {
        List<string> found = [.. has], wanted = [.. should];
        wanted.Except(found).ShouldBeEmpty("These are missing.");
        found.Except(wanted).ShouldBeEmpty("Nobody was told of these.");
        found.Count.ShouldBe(wanted.Count, "Something is there twice.");
    }

    /// <summary>Once nothing is under way any more; lists are a moment behind.</summary>
    static async Task<List<(string Path, string State)>> Settled(Crowd crowd, Persistent door, string buyer, int told)
    {
        for (var tries = 0; ; tries++)
        {
            var orders = (await door.ReadAll(crowd.KeyOf(buyer), "/v1/orders")).ConvertAll(o =>
                (Path: $"/v1/orders/{o["id"]!.ToString()["order/".Length..]}", State: o["state"]!.ToString()));
            if (tries == 300 || orders.Count == told && orders.TrueForAll(o => o.State != "placed")) return orders;
            await Task.Delay(100);
        }
    }

    /// <summary>Each unit that came is there, kept for an order or sold: none twice, none lost.</summary>
    static async Task CheckStock(Crowd crowd, Persistent door)
    {
        foreach (var seller in crowd.Sellers)
        {
            var stock = await door.Read(crowd.KeyOf(seller), $"/v1/stock/{seller}/red");
            int Units(string state) => crowd.Orders.Where(o => o.Seller == seller && o.State == state).Sum(o
                => o.Units);
            stock["received"]!.GetValue<long>().ShouldBe(crowd.Arrived[seller]);
            stock["sold"]!.GetValue<long>().ShouldBe(Units("shipped"));
            stock["reserved"]!.GetValue<long>().ShouldBe(Units("funded"));
            stock["available"]!.GetValue<long>()
                .ShouldBe(crowd.Arrived[seller] - Units("shipped") - Units("funded"));
        }
    }

    /// <summary>What was said and answered, said again with the same key, is answered the same and changes
    /// nothing.</summary>
    static async Task SayAgain(Crowd crowd, Persistent door)
    {
        foreach (var said in crowd.Writes.Where(w => w.Status is not HttpStatusCode.Conflict).Take(Repeats))
        {
            var again = await door.Say(said.Write);
            again.Status.ShouldBe(said.Status, said.Write.Path);
            again["id"].ShouldBe(said["id"]);
        }
    }

    /// <summary>The provider holds each checkout's money once.</summary>
    static async Task CheckProvider(Crowd crowd, Uri provider)
    {
        using var http = new HttpClient();
        var statement = await StandInStatement.Read(http, provider, new Settings().ProviderKey);
        var held = statement.Intents.Where(i => i.Authorised > 0).ToList();
        Same(held.Select(i => i.Payment!), crowd.Checkouts.Keys.Select(
            c => c.Replace("checkout/", "payment/", StringComparison.Ordinal)));
        held.Sum(i => i.Authorised).ShouldBe(crowd.Checkouts.Values.Sum());
    }

    async Task<RunningProgram> Start(Uri provider, Persistent door)
    {
        var platform = await RunningProgram.Start(new Dictionary<string, string>
        {
            ["Recourse__Provider__Base"] = provider.ToString(), ["Recourse__RequestsPerMinute"] = "10000000",
        }, "run", "--data", Data, "--urls", _address.ToString());
        door.IsUp();
        return platform;
    }

    async Task Publish(string path, object offer, string key)
    {
        using var http = new HttpClient { BaseAddress = _address };
        using var request = new HttpRequestMessage(HttpMethod.Put, path)
        {
            Content = new StringContent(JsonSerializer.Serialize(offer), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", key);
        request.Headers.Add("Idempotency-Key", path.Replace('/', '-'));
        using var answer = await http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    ImmutableDictionary<string, string> Keys()
    {
        using var keys = new AccessKeys(Data, new RealClock());
        return Enumerable.Range(1, Buyers).Select(b => (Role: Party.Buyer, Of: $"buyer-{b}"))
            .Concat(Enumerable.Range(1, Sellers).Select(s => (Role: Party.Seller, Of: $"seller-{s}")))
            .ToImmutableDictionary(k => k.Of, k => keys.Create(k.Role, k.Of));
    }

    /// <summary>Below those that clients get: one of them would take it while nobody listens.</summary>
    static int FreePort()
    {
        while (true)
        {
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, Random.Shared.Next(20_000, 30_000));
                probe.Start();
                return ((IPEndPoint)probe.LocalEndpoint).Port;
            }
            catch (SocketException) { }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
