using System.Net.Http.Headers;
using System.Text;
using Recourse.Benchmarks.Conventional;
using Recourse.Runtime;
using Recourse.Web;
namespace Recourse.Benchmarks;

/// <summary>Sellers with stock, buyers with keys, and what they say.</summary>
public sealed class Town
{
    /// <summary>How many ask at once.</summary>
    public const int AtOnce = 256;

    // Nobody buys eight times within the hour: screening would hold them.
    const int BuyersAtOnce = 200;

    const int MostAtOnce = 20_000;

    const string Mug = """
        {"title":"Mug","shipsFrom":"DE","variants":[{"sku":"red","price":{"minor":1250,"currency":"EUR"}}],
        "shipsTo":[{"country":"DE","shippingPerUnit":{"minor":400,"currency":"EUR"}}]}
        """;

    readonly string[] _buyers, _sellers;
    readonly Template[] _baskets, _receipts;
    readonly long[] _asked = new long[AtOnce];
    long _filled;

    Town(string[] buyers, string[] sellers)
    {
        (_buyers, _sellers) = (buyers, sellers);
        _baskets = [.. buyers.Select((b, i) => new Template("POST", "/v1/checkouts", b, BasketOf("s@@@@", i)))];
        _receipts = [.. sellers.Take(AtOnce).Select((s, i) => new Template(
            "POST", $"/v1/stock/s{i:0000}/blue/receipts", s, """{"location":"main","units":1}"""))];
    }

    /// <summary>Keys only: the people of a store that is there already, or of a server that knows no keys.</summary>
    public static Town Of(string? folder)
    {
        if (folder is null)
            return new([.. Enumerable.Range(0, AtOnce).Select(i => $"b{i:0000}")], []);
        using var keys = new AccessKeys(folder, new RealClock());
        return new(
            [.. keys.Create(Party.Buyer, Enumerable.Range(0, AtOnce * BuyersAtOnce).Select(i => $"b{i:00000}"))],
            [.. keys.Create(Party.Seller, Enumerable.Range(0, Database.Listings).Select(i => $"s{i:0000}"))]);
    }

    static string BasketOf(string seller, int buyer) => $$"""
        {"lines":[{"listing":"listing/{{seller}}/mug","sku":"red","quantity":1}],"country":"DE",
        "method":"pm_card_{{buyer}}","shipTo":{"name":"Bea Muster","lines":["Hauptstr. {{buyer}}"],"city":"Berlin",
        "postcode":"10115","country":"DE"} }
        """;

    /// <summary>Everybody offers a mug and has a million of them; the hot seller has as many as are said.</summary>
    public async Task MoveIn(Uri address, int hot)
    {
        using var http = new HttpClient { BaseAddress = address };
        await Parallel.ForEachAsync(Enumerable.Range(0, _sellers.Length), async (i, _) =>
        {
            await Say(http, HttpMethod.Put, $"/v1/listings/s{i:0000}/mug", i, Mug);
            var units = i == Hot ? hot : 1_000_000;
            await Say(http, HttpMethod.Post, $"/v1/stock/s{i:0000}/red/receipts", i,
                $$"""{"location":"main","units":{{units}}}""");
        });
    }

    /// <summary>The seller whose one item everybody wants.</summary>
    public const int Hot = Database.Listings - 1;

    async Task Say(HttpClient http, HttpMethod method, string path, int seller, string body)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _sellers[seller]);
        request.Headers.Add("Idempotency-Key", $"{Guid.NewGuid():n}");
        using var answer = await http.SendAsync(request);
        if (!answer.IsSuccessStatusCode) throw new IOException(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>How many baskets were filled.</summary>
    public long Baskets => Interlocked.Read(ref _filled);

    /// <summary>Orders until so many are stored; what was measured before counts.</summary>
    public async Task Fill(Served server, int stored)
    {
        var load = new Load(server.EndPoint, AtOnce);
        while (Baskets < stored)
            await load.Run(Basket, TimeSpan.Zero, most: Math.Min(MostAtOnce, stored - Baskets));
    }

    /// <summary>A basket with one mug, of one seller after the other.</summary>
    public ReadOnlyMemory<byte> Basket(int client, long nth)
    {
        Interlocked.Increment(ref _filled);
        return Of(client).Next((int)((client * 7919L + nth * 31) % Hot));
    }

    /// <summary>Orders that are placed so that their buyers can cancel them, and the cancellations.</summary>
    public async Task<Cancellations> Placed(Served server, long count)
    {
        var orders = new Cancellations(AtOnce);
        await new Load(server.EndPoint, AtOnce).Run((client, nth) =>
        {
            var buyer = client + AtOnce * (int)(_asked[client] % (_baskets.Length / AtOnce));
            orders.Asks(client, _buyers[buyer]);
            return Basket(client, nth);
        }, TimeSpan.Zero, most: count, heard: orders.Hear);
        return orders;
    }

    /// <summary>A basket with the hot item.</summary>
    public ReadOnlyMemory<byte> HotBasket(int client, long nth) => Of(client).Next(Hot);

    /// <summary>The next of those that ask over this connection, whatever is measured.</summary>
    Template Of(int client) => _baskets[client + AtOnce * (int)(_asked[client]++ % (_baskets.Length / AtOnce))];

    /// <summary>One unit more in stock: one durable turn.</summary>
    public ReadOnlyMemory<byte> Receipt(int seller, long nth) => _receipts[seller].Next(0);

    /// <summary>The hot item's stock, as its seller reads it.</summary>
    public async Task<string> HotStock(Uri address) => await Get(address, $"/v1/stock/s{Hot:0000}/red", _sellers[Hot]);

    /// <summary>Checkouts of the last buyers, newest first: what to read when all is cold.</summary>
    public async Task<ImmutableArray<(string Path, string Token)>> Checkouts(Uri address)
    {
        List<(string, string)> found = [];
        foreach (var token in _buyers.Take(50))
        {
            var rows = await Get(address, "/v1/checkouts?limit=1", token);
            var at = rows.IndexOf("checkout/", StringComparison.Ordinal);
            if (at < 0) continue;
            var id = rows[at..rows.IndexOf('"', at)];
            found.Add(($"/v1/{id.Replace("checkout/", "checkouts/", StringComparison.Ordinal)}", token));
        }
        return [.. found];
    }

    /// <summary>Reads something.</summary>
    public static async Task<string> Get(Uri address, string path, string token)
    {
        using var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return await http.GetStringAsync(new Uri(path, UriKind.Relative));
    }
}
