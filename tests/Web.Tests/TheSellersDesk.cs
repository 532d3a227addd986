using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>What a seller does in a day, with plain forms.</summary>
public sealed class TheSellersDesk(Market market) : IClassFixture<Market>
{
    async Task<Browser> As(Party role, string of)
    {
        var browser = Browser.At(market.App);
        await browser.SignIn(market.App.Services.GetRequiredService<AccessKeys>().Create(role, of));
        return browser;
    }

    static string CodeOf(string order) => order.Split('/')[^1];

    static async Task<PageReply> Eventually(Browser browser, string path, Func<PageReply, bool> isSo)
    {
        var page = await browser.Open(path);
        for (var tries = 0; tries < 100 && !isSo(page); tries++)
        {
            await Task.Delay(50);
            page = await browser.Open(path);
        }
        isSo(page).ShouldBeTrue($"{path} never showed it: {page.Text}");
        return page;
    }

    [Fact]
    public async Task Starts_with_what_is_due_and_what_missing_it_costs()
    {
        var (ana, _) = await market.Seller();
        var (_, order) = await market.Bought(ana, 2);
        using var seller = await As(Party.Seller, ana);
        var home = await Eventually(seller, "/", p => p.Text.Contains("2 × Mug"));
        home.Status.ShouldBe(HttpStatusCode.OK);
        home.Text.ShouldContain("Missing it costs you 33.00 EUR 8.00 EUR of it shipping, 3 marks");
        home.Html.ShouldContain($"{order["/v1".Length..]}#dispatch");
        home.Text.ShouldContain("Handed over in time");
        home.Text.ShouldContain("for a reason that counts against you in the rulebook");

        var file = await seller.Open(order["/v1".Length..]);
        file.Text.ShouldContain("Missing it costs you 33.00 EUR");
        (await market.As(Party.Buyer, "nobody").Get(order)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Tells_what_is_at_stake_to_the_seller_and_to_nobody_who_buys_or_packs()
    {
        var (ana, seller) = await market.Seller();
        var (bea, order) = await market.Bought(ana);
        (await seller.Get(order)).Json["atStake"]!["marks"]!.GetValue<long>().ShouldBe(3);
        (await bea.Get(order)).Json["atStake"].ShouldBeNull();
        var packer = market.As(Party.Warehouse, ana);
        (await packer.Get(order)).Json["atStake"].ShouldBeNull();
        (await packer.Get("/v1/dispatches")).Text.ShouldNotContain("minor");
    }

    [Fact]
    public async Task Counts_what_was_handed_over_and_what_ended_by_own_fault()
    {
        var (ana, seller) = await market.Seller();
        var (_, sent) = await market.Bought(ana);
        var (_, ended) = await market.Bought(ana);
        var number = $"{market.Fresh("T").ToUpperInvariant()}000123";
        await seller.Post($"{sent}/dispatch", new { carrier = "dhl", trackingNumber = number });
        await seller.Post($"{ended}/cancellation", Market.OutOfStock);
        using var browser = await As(Party.Seller, ana);
        var home = await Eventually(browser, "/", p => p.Text.Contains("1 of 1") && p.Text.Contains("1 mark "));
        home.Text.ShouldContain("100.0 %");
        home.Text.ShouldContain("Out of stock");
        home.Html.ShouldContain($"/orders/{ana}/{CodeOf(ended)}");
    }

    [Fact]
    public async Task Hands_over_several_at_once_and_answers_each_line_for_itself()
    {
        var (ana, seller) = await market.Seller();
        List<string> orders = [];
        for (var i = 0; i < 4; i++) orders.Add(CodeOf((await market.Bought(ana)).Order));
        using var browser = await As(Party.Seller, ana);
        var page = await Eventually(browser, "/dispatch", p => orders.All(o => p.Html.Contains($"number:{o}")));
        var number = $"TRACK{market.Fresh("0").Replace("-", "")}7700";
        (string, string)[] fields =
        [
            ("carrier", "dhl"), ($"number:{orders[0]}", $"{number}1"), ($"number:{orders[1]}", "x"),
            ($"carrier:{orders[1]}", "ups"), ($"number:{orders[2]}", ""),
            ("pasted", $"{orders[3]}, ups, {number}3\nnothing, dhl, {number}4"),
        ];
        var reply = await browser.Send(page, "/dispatch", fields);
        reply.Status.ShouldBe(HttpStatusCode.OK);
        reply.Text.ShouldContain("2 handed over, 2 refused.");
        reply.Text.ShouldContain("A tracking number has 6 to 40 letters and digits.");
        reply.Text.ShouldContain("There is no order nothing here.");
        reply.Html.ShouldContain("value=\"x\"");                            // what was typed stays
        reply.Html.ShouldContain($"nothing, dhl, {number}4");
        reply.Html.ShouldNotContain($"number:{orders[0]}");

        var again = await browser.Send(page, "/dispatch", fields);
        again.Text.ShouldContain("2 handed over, 2 refused.");
        foreach (var order in (string[])[orders[0], orders[3]])
            (await seller.Get($"/v1/orders/{ana}/{order}/timeline")).Json["items"]!.AsArray()
                .Count(i => i!["event"]!.ToString() == "order.shipped").ShouldBe(1);
        (await seller.Get($"/v1/orders/{ana}/{orders[2]}"))["state"].ShouldBe("funded");
    }

    [Fact]
    public async Task Says_that_a_form_without_any_number_did_nothing()
    {
        var (ana, _) = await market.Seller();
        var (_, order) = await market.Bought(ana);
        using var browser = await As(Party.Seller, ana);
        var page = await Eventually(browser, "/dispatch", p => p.Html.Contains(CodeOf(order)));
        var reply = await browser.Send(page, "/dispatch", ("carrier", "dhl"));
        reply.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        reply.Text.ShouldContain("No line has a tracking number.");
    }

    [Fact]
    public async Task Filters_the_list_by_its_address()
    {
        var (ana, _) = await market.Seller();
        var (_, order) = await market.Bought(ana);
        using var browser = await As(Party.Seller, ana);
        await Eventually(browser, "/dispatch", p => p.Html.Contains($"number:{CodeOf(order)}"));
        (await browser.Open("/dispatch?country=DE")).Html.ShouldContain($"number:{CodeOf(order)}");
        (await browser.Open("/dispatch?country=FR")).Html.ShouldNotContain($"number:{CodeOf(order)}");
        (await browser.Open("/dispatch?due=overdue")).Html.ShouldNotContain($"number:{CodeOf(order)}");
        (await browser.Open("/dispatch?due=nonsense&country=%3Cscript%3E&page=-3")).Html.ShouldNotContain("<script>");
    }

    [Fact]
    public async Task Dispatches_many_by_the_API_too_and_refuses_a_number_that_is_on_somebody_elses_parcel()
    {
        var (ana, seller) = await market.Seller();
        var name = market.Fresh("bea");
        var (_, first) = await market.Bought(ana, buyer: name);
        var (_, second) = await market.Bought(ana, buyer: name);
        var (_, third) = await market.Bought(ana);
        var number = $"TRACK{market.Fresh("0").Replace("-", "")}8800";
        object Line(string order) => new { order = CodeOf(order), carrier = "dhl", trackingNumber = number };
        var reply = await seller.Post(
            "/v1/dispatches", new { lines = new[] { Line(first), Line(third), Line(second) } });
        reply.Status.ShouldBe(HttpStatusCode.OK, reply.Text);
        // Two orders of one buyer may leave in one parcel; somebody else's may not.
        reply.Json["lines"]!.AsArray().Select(l => l!["isDone"]!.GetValue<bool>()).ShouldBe([true, false, true]);
        reply.Json["lines"]![1]!["refusals"]![0]!["code"]!.ToString().ShouldBe("order.number-used");

        var (eve, other) = await market.Seller();
        var (_, elsewhere) = await market.Bought(eve);
        await Market.Until(async () => (await other.Post($"{elsewhere}/dispatch",
            new { carrier = "dhl", trackingNumber = number })).Code is "order.number-used-elsewhere", "refusal");
        (await other.Post("/v1/dispatches", new
        {
            lines = Enumerable.Range(0, 201).Select(_ => Line(first)).ToArray(),
        })).Code.ShouldBe("dispatch.too-many-lines");
    }

    [Fact]
    public async Task Shows_and_does_nothing_of_others()
    {
        var (ana, _) = await market.Seller();
        var (_, order) = await market.Bought(ana);
        var (eve, _) = await market.Seller();
        using var browser = await As(Party.Seller, eve);
        (await browser.Open("/dispatch")).Html.ShouldNotContain(CodeOf(order));
        (await browser.Open($"{order["/v1".Length..]}/slip")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.Open("/listings/mug")).Status.ShouldBe(HttpStatusCode.OK);   // her own of that name
        var page = await browser.Open("/pack");
        page.Html.ShouldNotContain(CodeOf(order));
        (await browser.Open($"/pack?order=order/{ana}/{CodeOf(order)}")).Html.ShouldNotContain("Muster");

        foreach (var role in (Party[])[Party.Buyer, Party.Agent, Party.Operator])
        {
            using var stranger = await As(role, market.Fresh("other"));
            foreach (var path in (string[])["/dispatch", "/pack", "/listings", "/listings/new", "/stock",
                "/stock/import", "/stock/export.csv", "/earnings", "/earnings/2026-01/EUR"])
                (await stranger.Open(path)).Status.ShouldBe(HttpStatusCode.Forbidden, $"{role} {path}");
        }
        using var packer = await As(Party.Warehouse, ana);
        foreach (var path in (string[])["/listings", "/stock", "/earnings", "/stock/import"])
            (await packer.Open(path)).Status.ShouldBe(HttpStatusCode.Forbidden, path);
        (await packer.Open("/dispatch")).Text.ShouldNotContain("EUR", Case.Sensitive);
    }

    [Fact]
    public async Task Prints_what_goes_into_the_parcel_without_prices()
    {
        var (ana, _) = await market.Seller();
        var (_, order) = await market.Bought(ana, 3);
        using var browser = await As(Party.Warehouse, ana);
        var slip = await browser.Open($"{order["/v1".Length..]}/slip");
        slip.Status.ShouldBe(HttpStatusCode.OK);
        slip.Text.ShouldContain("Bea Muster");
        slip.Text.ShouldContain("Hauptstr. 1");
        slip.Text.ShouldNotContain("EUR", Case.Sensitive);
    }
}
