using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>What happens, as each may know it, from wherever one left off.</summary>
public sealed class TheFeed(Market market) : IClassFixture<Market>
{
    [Fact]
    public async Task Who_asks_for_what_comes_after_the_end_of_all_is_told_nothing()
    {
        var reply = await market.As(Party.Agent, "gil").Get($"/v1/events?after={long.MaxValue}");
        reply.Status.ShouldBe(HttpStatusCode.OK);
        reply.Json["next"]!.GetValue<long>().ShouldBe(long.MaxValue);
    }

    [Fact]
    public async Task Can_be_resumed_and_misses_nothing()
    {
        var (ana, seller) = await market.Seller();
        var (_, order) = await market.Bought(ana);
        List<string> whole = [], pieces = [];
        for (long after = 0, next; ; after = next)
        {
            var page = (await seller.Get($"/v1/events?after={after}&limit=200")).Json;
            whole.AddRange(page["events"]!.AsArray().Select(e => $"{e!["position"]} {e["of"]} {e["event"]}"));
            next = page["next"]!.GetValue<long>();
            if (next == after) break;
        }
        for (long after = 0, next; ; after = next)
        {
            var page = (await seller.Get($"/v1/events?after={after}&limit=1")).Json;
            pieces.AddRange(page["events"]!.AsArray().Select(e => $"{e!["position"]} {e["of"]} {e["event"]}"));
            next = page["next"]!.GetValue<long>();
            if (next == after) break;
        }
        pieces.ShouldBe(whole);
        whole.ShouldContain(e => e.EndsWith("order.funded"));
        whole.ShouldNotContain(e => e.Contains("payment/") || e.Contains("checkout/"));
    }

    [Fact]
    public async Task Shows_a_buyer_their_own_orders_and_a_stranger_nothing()
    {
        var (ana, _) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        var id = order.Split('/')[^1];
        (await AllOf(buyer)).ShouldContain($"order/{ana}/{id}");
        (await AllOf(market.As(Party.Buyer, market.Fresh("bob")))).ShouldBe("");
        (await AllOf(market.As(Party.Seller, market.Fresh("sam")))).ShouldBe("");
        (await AllOf(market.As(Party.Carrier, "ups"))).ShouldBe("");
        (await AllOf(market.As(Party.Agent, "gil"))).ShouldContain($"order/{ana}/{id}");
    }

    static async Task<string> AllOf(Someone who)
    {
        var all = "";
        for (long after = 0, next; ; after = next)
        {
            var page = (await who.Get($"/v1/events?after={after}&limit=200")).Json;
            all += string.Concat(page["events"]!.AsArray().Select(e => e!.ToJsonString()));
            next = page["next"]!.GetValue<long>();
            if (next == after) return all;
        }
    }

    [Fact]
    public async Task Waits_for_news()
    {
        var (ana, seller) = await market.Seller();
        var last = 0L;
        for (var next = -1L; next != last;)
        {
            last = Math.Max(next, last);
            next = (await seller.Get($"/v1/events?after={last}&limit=200")).Json["next"]!.GetValue<long>();
        }
        var waiting = seller.Get($"/v1/events?after={last}&wait=20");
        await Task.Delay(100);
        waiting.IsCompleted.ShouldBeFalse();
        await seller.Post($"/v1/stock/{ana}/red/receipts", new { location = "main", units = 1 });
        var news = await waiting.WaitAsync(TimeSpan.FromSeconds(10));
        news.Json["events"]!.AsArray().ShouldContain(e => e!["event"]!.ToString() == "stock.received");
    }

    [Fact]
    public async Task Streams_to_whoever_listens()
    {
        var (ana, seller) = await market.Seller();
        using var http = new HttpClient { BaseAddress = new(market.App.Urls.First()) };
        var keys = market.App.Services.GetRequiredService<AccessKeys>();
        http.DefaultRequestHeaders.Authorization = new("Bearer", keys.Create(Party.Seller, ana));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events?after=0");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var next = Heard(reader, "event: listing.published");
        await next.WaitAsync(TimeSpan.FromSeconds(10));
        var later = Heard(reader, "event: stock.corrected");
        await seller.Post($"/v1/stock/{ana}/red/corrections", new { location = "main", units = 3, reason = "counted" });
        await later.WaitAsync(TimeSpan.FromSeconds(10));
    }

    static async Task Heard(StreamReader reader, string line)
    {
        while (await reader.ReadLineAsync() is { } read)
            if (read == line) return;
        Assert.Fail("The stream ended.");
    }
}
