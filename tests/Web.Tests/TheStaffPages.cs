using System.Net;
using System.Text.RegularExpressions;
using Xunit;
namespace Recourse.Tests;

/// <summary>The agent's and the operator's pages: whole, for nobody else, and true to the API.</summary>
public sealed class TheStaffPages(Market market) : IClassFixture<Market>
{
    static readonly string[] OfOperators =
        ["/control", "/control?wall", "/control/refusals", "/runtime", "/rulebook/draft"];

    async Task<(string Ana, string Bea, string Order, string[] OfStaff)> Scene()
    {
        var (ana, seller) = await market.Seller();
        var name = market.Fresh("bea");
        var (buyer, order) = await market.Bought(ana, buyer: name);
        var (_, other) = await market.Bought(ana, buyer: name);
        market.Clock.Pass(Duration.FromMinutes(61));
        await Market.Until(async () => (await buyer.Get($"{other}/money"))["paymentState"] == "captured", "capture");
        await Market.Until(async () => (await buyer.Get($"{order}/money"))["paymentState"] == "captured", "capture");
        await buyer.Post($"{other}/cancellation", new { reason = "cancel.changed-mind" });
        await Market.Until(async () => (await buyer.Get("/v1/refunds")).Json["items"]!.AsArray().Count == 1, "refund");
        var number = $"TRACK000{order[^6..].ToUpperInvariant()}";
        await seller.Post($"{order}/dispatch", new { carrier = "dhl", trackingNumber = number });
        await market.Shown();
        var refund = (await buyer.Get("/v1/refunds")).Json["items"]![0]!["id"]!.ToString();
        var payment = (await buyer.Get($"{order}/money"))["payment"]!;
        return (ana, name, order,
        [
            "/search", $"/search?q={ana}", $"/buyers/{name}", $"/sellers/{ana}",
            $"/{payment.Replace("payment/", "payments/")}", "/refunds", "/refunds?waits=agent",
            $"/refunds?of=buyer/{name}", $"/{refund.Replace("refund/", "refunds/")}",
            $"/history?of={order["/v1/".Length..].Replace("orders/", "order/")}", $"/orders?of=seller/{ana}",
            $"/orders?of=buyer/{name}&state=shipped", "/orders?dueBefore=2040-01-01T00:00:00Z", "/deadlines",
            "/deadlines?kind=order&owner=platform", "/ledger", "/ledger?prefix=escrow&currency=EUR",
            $"/ledger?prefix=seller/{ana}",
            $"/ledger/account?of=escrow/{order["/v1/".Length..].Replace("orders/", "order/")}&currency=EUR",
        ]);
    }

    static (Party Role, string Of)[] Shop(string seller, string buyer) =>
        [(Party.Buyer, buyer), (Party.Seller, seller), (Party.Warehouse, seller)];

    [Fact]
    public async Task Are_whole_documents_and_every_link_of_theirs_leads_somewhere()
    {
        var (ana, name, order, ofStaff) = await Scene();
        string[] ofAll = ["/rulebook", "/rulebook?version=1", $"/parcels/{ana}/{Desks.Last(order)}"];
        foreach (var role in (Party[])[Party.Agent, Party.Operator])
        {
            using var browser = await market.Browse(role, "gil");
            var seen = new HashSet<string>();
            foreach (var path in (string[])[.. ofStaff, .. ofAll, .. role is Party.Operator ? OfOperators : []])
            {
                var page = await browser.Open(path);
                TheConsole.IsWhole(page, $"{role} {path}");
                foreach (Match link in Regex.Matches(page.Html, "href=\"(/[^\"#]*)"))
                    if (!link.Groups[1].Value.StartsWith("/assets/"))
                        seen.Add(WebUtility.HtmlDecode(link.Groups[1].Value));
            }
            seen.Count.ShouldBeGreaterThan(30);
            foreach (var href in seen)
                (await browser.Open(href)).Status.ShouldBe(HttpStatusCode.OK, $"{role} {href}");
        }
        foreach (var (role, of) in Shop(ana, name))
        {
            using var browser = await market.Browse(role, of);
            foreach (var path in ofAll) TheConsole.IsWhole(await browser.Open(path), $"{role} {path}");
        }
    }

    [Fact]
    public async Task Let_nobody_else_in()
    {
        var (ana, name, order, ofStaff) = await Scene();
        foreach (var (role, of) in Shop(ana, name))
        {
            using var browser = await market.Browse(role, of);
            foreach (var path in (string[])[.. ofStaff, .. OfOperators, "/control/changes"])
                if (!path.StartsWith("/orders"))
                    (await browser.Open(path)).Status.ShouldBe(HttpStatusCode.Forbidden, $"{role} {path}");
        }
        using var other = await market.Browse(Party.Seller, market.Fresh("other"));
        (await other.Open($"/orders?of=seller/{ana}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.Open($"/orders?of=buyer/{name}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.Open($"/parcels/{ana}/{Desks.Last(order)}")).Status.ShouldBe(HttpStatusCode.NotFound);
        using var agent = await market.Browse(Party.Agent, "gil");
        foreach (var path in (string[])[.. OfOperators, "/control/changes"])
            (await agent.Open(path)).Status.ShouldBe(HttpStatusCode.Forbidden, path);
        using var stranger = Browser.At(market.App);
        foreach (var path in (string[])[.. ofStaff, .. OfOperators])
            (await stranger.Open(path)).Status.ShouldBe(HttpStatusCode.Redirect, path);
    }

    [Theory]
    [InlineData("/buyers/nobody", 404), InlineData("/sellers/NOBODY", 404), InlineData("/payments/no/body", 404)]
    [InlineData("/refunds/no/body", 404), InlineData("/parcels/no/body", 404), InlineData("/history?of=nonsense", 404)]
    [InlineData("/history", 404), InlineData("/refunds?waits=nobody", 400), InlineData("/refunds?of=nobody", 404)]
    [InlineData("/orders?dueBefore=tomorrow", 400)]
    [InlineData("/orders?dueBefore=2030-01-01T00:00:00Z&state=funded", 400)]
    [InlineData("/deadlines?kind=nothing", 400), InlineData("/deadlines?owner=nobody", 400)]
    [InlineData("/deadlines?after=nonsense", 200), InlineData("/ledger?prefix=nothing", 200)]
    [InlineData("/ledger/account", 400), InlineData("/ledger/account?of=nothing&currency=QQQ", 400)]
    [InlineData("/ledger/account?of=nothing&currency=EUR", 404), InlineData("/rulebook?version=99", 404)]
    public async Task Answer_bad_input_with_a_page(string path, int status)
    {
        using var agent = await market.Browse(Party.Agent, "gil");
        var page = await agent.Open(path);
        ((int)page.Status).ShouldBe(status, path);
        (page.Count("<h1"), page.Count("<main")).ShouldBe((1, 1), path);
        page.Text.ShouldNotContain("console.");
    }

    [Fact]
    public async Task Tell_of_a_person_what_they_did_and_what_is_theirs()
    {
        var (ana, _) = await market.Seller();
        var name = market.Fresh("bea");
        var (_, order) = await market.Bought(ana, buyer: name);
        var (bea, other) = await market.Bought(ana, buyer: name);
        await bea.Post($"{other}/cancellation", new { reason = "cancel.changed-mind" });
        await market.Shown();
        var agent = market.As(Party.Agent, "gil");
        foreach (var id in (string[])[$"buyers/{name}", $"sellers/{ana}"])
        {
            var party = await agent.Get($"/v1/{id}");
            party.Json["states"]!.AsArray().Where(s => (long)s!["count"]! > 0)
                .Select(s => $"{s!["name"]} {s["count"]}").ShouldBe(["funded 1", "cancelled 1"]);
            party.Json["statements"]![0]!["name"]!.ToString().ShouldBe("cancel.changed-mind");
            var list = await agent.Get($"/v1/orders?of={id.Replace("s/", "/")}");
            list.Json["items"]!.AsArray().Count.ShouldBe(2);
            using var browser = await market.Browse(Party.Agent, "gil");
            var page = await browser.Open($"/{id}");
            page.Html.ShouldContain($"/orders/{ana}/{Desks.Last(order)}");
            page.Text.ShouldContain("cancel.changed-mind");
            page.Text.ShouldNotContain("Muster");
        }
    }

    [Fact]
    public async Task Tell_every_try_of_a_payment_with_its_reference_and_its_postings()
    {
        var (ana, _) = await market.Seller();
        var name = market.Fresh("bea");
        var buyer = market.As(Party.Buyer, name);
        var declined = await buyer.Post(
            "/v1/checkouts", Market.Basket(1, "pm_card_chargeDeclinedInsufficientFunds", ana));
        var path = declined.Headers.Location!.ToString().Replace("checkouts", "payments");
        (await buyer.Post($"{path.Replace("payments", "checkouts")}/payment", new { method = "pm_card_visa" })).Status
            .ShouldBe(HttpStatusCode.OK);
        var payment = await market.As(Party.Agent, "gil").Get(path);
        payment.Json["tries"]!.AsArray().Select(t => $"{t!["attempt"]} {t["outcome"]}")
            .ShouldBe(["1 declined", "2 authorised"]);
        payment.Json["tries"]![1]!["reference"]!.ToString().ShouldBe(payment["reference"]);
        using var agent = await market.Browse(Party.Agent, "gil");
        var page = await agent.Open(path["/v1".Length..]);
        page.Text.ShouldContain("does not cover");
        page.Text.ShouldContain(payment["reference"]!);
        page.Text.ShouldContain($"provider/authorised/{path["/v1/payments/".Length..]}");
        (await market.As(Party.Buyer, market.Fresh("eve")).Get(path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await market.As(Party.Seller, ana).Get(path)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact, Trait("Capability", "SUP-1")]
    public async Task Show_an_order_event_by_event_to_staff_alone()
    {
        var (ana, name, order, _) = await Scene();
        var page = order["/v1".Length..];
        using var agent = await market.Browse(Party.Agent, "gil");
        var seen = await agent.Open(page);
        foreach (var what in (string[])["order.placed", "order.funded", "payment.captured", "parcel.registered",
            "checkout.opened", $"buyer/{name}", $"seller/{ana}", "rulebook 1", $"escrow/order/{ana}/"])
            seen.Text.ShouldContain(what);
        var history = await market.As(Party.Agent, "gil").Get($"/v1/history?of=order/{page["/orders/".Length..]}");
        foreach (var item in history.Json["items"]!.AsArray())
        {
            seen.Html.ShouldContain($"at-{item!["told"]!["position"]}-{item["nth"]}\"");
            item["who"]!.ToString().ShouldNotBeEmpty();
        }
        using var bea = await market.Browse(Party.Buyer, name);
        (await bea.Open(page)).Text.ShouldNotContain("Record, event by event");
    }
}
