using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>The operator's numbers: they agree with what was done, and lead to it.</summary>
public sealed class TheControlRoom(Market market) : IClassFixture<Market>
{
    Someone Operator => market.As(Party.Operator, "opal");

    async Task<JsonNode> Now()
    {
        await market.Shown();
        await Task.Delay(1_100);                                            // what is shown is a second old at most
        return (await Operator.Get("/v1/control")).Json;
    }

    static JsonNode Gauge(JsonNode control, string name) =>
        control["gauges"]!.AsArray().Single(g => g!["name"]!.ToString() == name)!;

    static long State(JsonNode control, string name) =>
        (long)control["states"]!.AsArray().Single(s => s!["name"]!.ToString() == name)!["count"]!;

    static long Held(JsonNode control, string currency) => control["held"]!.AsArray()
        .Where(h => h!["amount"]!["currency"]!.ToString() == currency).Sum(h => (long)h!["amount"]!["minor"]!);

    async Task<long> Listed(string href)
    {
        var (count, after) = (0L, "");
        while (true)
        {
            var page = await Operator.Get($"/v1{href}{(href.Contains('?') ? '&' : '?')}limit=200{after}");
            page.Status.ShouldBe(HttpStatusCode.OK, href);
            count += page.Json["items"]!.AsArray().Count;
            if (page["next"] is not { } next) return count;
            after = $"&after={Uri.EscapeDataString(next)}";
        }
    }

    [Fact, Trait("Capability", "OPS-1")]
    public async Task Counts_what_was_done_and_leads_to_lists_with_the_same_count()
    {
        var before = await Now();
        var (ana, _) = await market.Seller(100);
        var (bea, first) = await market.Bought(ana);
        await market.Bought(ana, 2);
        var (cleo, second) = await market.Bought(ana);
        (await cleo.Post($"{second}/cancellation", new { reason = "cancel.changed-mind" })).Status
            .ShouldBe(HttpStatusCode.OK);
        (await bea.Post($"{first}/cancellation", new { reason = "cancel.no-such-reason" })).Status
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
        var after = await Now();

        (State(after, "funded") - State(before, "funded")).ShouldBe(2);
        (State(after, "cancelled") - State(before, "cancelled")).ShouldBe(1);
        (Held(after, "EUR") - Held(before, "EUR")).ShouldBe(1650 + 2 * 1650);
        ((long)Gauge(after, "orders-minute")["value"]!).ShouldBeGreaterThanOrEqualTo(3);
        ((long)Gauge(after, "asks")["value"]!).ShouldBeGreaterThan(0);
        foreach (var state in after["states"]!.AsArray())
            (await Listed(state!["href"]!.ToString())).ShouldBe((long)state["count"]!, state["name"]!.ToString());
        foreach (var name in (string[])["due-hour", "due-overdue", "refunds-agent", "refunds-operator"])
            (await Listed(Gauge(after, name)["href"]!.ToString())).ShouldBe((long)Gauge(after, name)["value"]!, name);
        foreach (var held in after["held"]!.AsArray())
        {
            var rows = await Operator.Get($"/v1/ledger/accounts?prefix=escrow&limit=200");
            rows.Json["items"]!.AsArray().Where(a => a!["amount"]!["currency"]!.ToString()
                == held!["amount"]!["currency"]!.ToString()).Sum(a => (long)a!["amount"]!["minor"]!)
                .ShouldBe((long)held!["amount"]!["minor"]!);
        }

        var refused = await Operator.Get("/v1/control/refusals");
        var last = refused.Json["items"]!.AsArray().First(i => Desks.Last(i!["of"]!.ToString()) == Desks.Last(first))!;
        last["what"]!.ToString().ShouldBe("order.cancel");
        var code = last["codes"]![0]!.ToString();
        after["refusals"]!.AsArray().Select(r => r!["name"]!.ToString()).ShouldContain(code);
        (await Operator.Get($"/v1/control/refusals?code={code}")).Json["items"]!.AsArray().ShouldNotBeEmpty();
        (await Operator.Get("/v1/control/refusals?code=no.such")).Json["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Shows_on_its_page_what_the_API_tells()
    {
        var (ana, _) = await market.Seller();
        await market.Bought(ana);
        var control = await Now();
        using var opal = await market.Browse(Party.Operator, "opal");
        foreach (var path in (string[])["/", "/control", "/control?wall"])
        {
            var page = await opal.Open(path);
            TheConsole.IsWhole(page, path);
            page.Html.ShouldContain("control.js");
            foreach (var gauge in control["gauges"]!.AsArray())
            {
                page.Count($"data-gauge=\"{gauge!["name"]}\"").ShouldBe(1, $"{path} {gauge["name"]}");
                page.Count($"data-tile=\"{gauge["tile"]}\"").ShouldBe(1);
            }
            foreach (var state in control["states"]!.AsArray())
                page.Html.ShouldContain($"href=\"{state!["href"]}\"");
        }
        (await opal.Open("/orders")).Html.ShouldNotContain("control.js");
        (await opal.Open("/control")).Html.ShouldContain("data-desk=\"operator\"");
    }

    [Fact]
    public async Task Tells_all_who_watch_the_same_each_second()
    {
        using var one = await market.Browse(Party.Operator, "opal");
        using var two = await market.Browse(Party.Operator, "omar");
        using var first = await one.Listen("/control/changes");
        using var second = await two.Listen("/control/changes");
        var (a, b) = (await Beats(first, 3), await Beats(second, 3));
        a.Count.ShouldBe(3);
        a.Intersect(b).ShouldNotBeEmpty("it is looked once for all");
        JsonNode.Parse(a[^1])!["gauges"]!.AsArray().Count.ShouldBeGreaterThan(15);
        (System.Text.Encoding.UTF8.GetByteCount(a[^1]) < 8_000).ShouldBeTrue("it is small");
    }

    static async Task<List<string>> Beats(HttpResponseMessage stream, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var lines = new StreamReader(await stream.Content.ReadAsStreamAsync());
        List<string> beats = [];
        while (beats.Count < count && await lines.ReadLineAsync(patience.Token) is { } line)
            if (line.StartsWith("data: ")) beats.Add(line["data: ".Length..]);
        return beats;
    }

    [Fact]
    public async Task Tells_how_the_runtime_does()
    {
        await market.Shown();
        var runtime = await Operator.Get("/v1/runtime");
        runtime.Json["views"]!.AsArray().Select(v => v!["name"]!.ToString()).ShouldContain("orders");
        runtime.Json["trouble"]!.AsArray().ShouldBeEmpty();
        ((long)runtime.Json["position"]!).ShouldBe(
            market.App.Services.GetRequiredService<Runtime.IPlatform>().Position);
        ((long)runtime.Json["files"]!.AsArray().Single(f => f!["name"]!.ToString() == "journal.db")!["bytes"]!)
            .ShouldBeGreaterThan(0);
        await Market.Until(async () => (long)(await Operator.Get("/v1/runtime")).Json["messages"]! == 0, "outbox");
    }

    [Fact]
    public async Task Lists_what_time_does_next()
    {
        var (ana, _) = await market.Seller();
        var (_, order) = await market.Bought(ana);
        var id = $"order/{ana}/{Desks.Last(order)}";
        var all = (await Operator.Get("/v1/deadlines?limit=200")).Json["items"]!.AsArray();
        var mine = all.Single(d => d!["id"]!.ToString() == id)!;
        (mine["kind"]!.ToString(), mine["owner"]!.ToString(), mine["state"]!.ToString())
            .ShouldBe(("order", "seller", "funded"));
        mine["due"]!.ToString().ShouldBe((await Operator.Get(order)).Json["next"]!["due"]!.ToString());
        all.Select(d => NodaTime.Text.InstantPattern.ExtendedIso.Parse(d!["at"]!.ToString()).Value).ShouldBeInOrder();
        List<string> paged = [];
        for (var after = "";;)
        {
            var page = await Operator.Get($"/v1/deadlines?limit=2{after}");
            paged.AddRange(page.Json["items"]!.AsArray().Select(d => d!["id"]!.ToString()));
            if (page["next"] is not { } next) break;
            after = $"&after={Uri.EscapeDataString(next)}";
        }
        paged.ShouldBe(all.Select(d => d!["id"]!.ToString()));
        (await Operator.Get("/v1/deadlines?kind=payment")).Json["items"]!.AsArray()
            .ShouldAllBe(d => d!["kind"]!.ToString() == "payment");
        (await Operator.Get("/v1/deadlines?owner=seller")).Json["items"]!.AsArray()
            .ShouldAllBe(d => d!["owner"]!.ToString() == "seller");
    }

    [Fact, Trait("Capability", "PAY-1")]
    public async Task Has_books_that_come_to_nothing_and_running_balances_that_come_to_what_stands_there()
    {
        var (ana, _) = await market.Seller();
        var name = market.Fresh("bea");
        var (bea, order) = await market.Bought(ana, 3, name);
        await bea.Post($"{order}/cancellation",
            new { reason = "cancel.changed-mind", portions = new[] { new { line = 1, quantity = 1 } } });
        await market.Shown();
        var totals = await Operator.Get("/v1/ledger/totals");
        totals.Json["sums"]!.AsArray().ShouldAllBe(s => (long)s!["minor"]! == 0);
        totals.Json["totals"]!.AsArray().Select(t => t!["kind"]!.ToString()).ShouldContain("escrow");

        var escrow = await Operator.Get(
            $"/v1/ledger/account?of=escrow/order/{ana}/{Desks.Last(order)}&currency=EUR");
        var items = escrow.Json["items"]!.AsArray();
        ((long)escrow.Json["balance"]!["minor"]!).ShouldBe(2 * 1650);
        ((long)items[0]!["after"]!["minor"]!).ShouldBe(2 * 1650);
        for (var i = 0; i + 1 < items.Count; i++)
            ((long)items[i]!["after"]!["minor"]! - (long)items[i]!["change"]!["minor"]!)
                .ShouldBe((long)items[i + 1]!["after"]!["minor"]!);
        ((long)items[^1]!["after"]!["minor"]!).ShouldBe((long)items[^1]!["change"]!["minor"]!);
    }
}
