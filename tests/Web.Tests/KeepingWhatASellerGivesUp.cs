using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;
namespace Recourse.Tests;

[Trait("Capability", "CAN-2")]
public sealed class KeepingWhatASellerGivesUp(Market market) : IClassFixture<Market>
{
    static object Offering(string way, object more) => new
    {
        reason = "cancel.out-of-stock",
        @case = new
        {
            evidence = new { kind = "stock-count", source = "Count 7" },
            ways = new[]
            {
                JsonSerializer.SerializeToNode(more)!.AsObject().Append(new("way", way))
                    .ToDictionary(p => p.Key, p => p.Value?.DeepClone()),
            },
        },
    };

    [Fact]
    public async Task Evidence_is_asked_for_by_name_and_so_are_ways()
    {
        var (ana, seller) = await market.Seller();
        var (_, order) = await market.Bought(ana);
        var refused = await seller.Post($"{order}/cancellation", new { reason = "cancel.out-of-stock" });
        refused.Code.ShouldBe("order.evidence-missing");
        refused.Text.ShouldContain("order.no-way-offered");
        var choice = (await seller.Get(order)).Action("order.cancel")!["choices"]!.AsArray()
            .Single(c => c!["code"]!.ToString() == "cancel.out-of-stock")!;
        choice["evidence"]!.AsArray().Select(e => $"{e}").ShouldBe(["stock-count", "supplier-notice"]);
        choice["ways"]!.AsArray().Select(e => $"{e}").ShouldBe(["restock", "substitute", "part"]);
        (await seller.Post($"{order}/cancellation", new
        {
            reason = "cancel.out-of-stock", @case = new { ways = new[] { new { way = "teleport" } } },
        })).Code.ShouldBe("api.no-such-way");
    }

    [Fact]
    public async Task All_that_a_reason_would_mean_is_said_in_words()
    {
        var (ana, seller) = await market.Seller();
        var (_, order) = await market.Bought(ana);
        var effects = (await seller.Get(order)).Action("order.cancel")!["choices"]!.AsArray()
            .SelectMany(c => c!["effects"]!.AsArray()).Select(e => (For: $"{e!["for"]}", Text: $"{e["text"]}"))
            .ToList();
        effects.ShouldContain(("seller", "still owes the fee"));
        effects.ShouldNotContain(e => e.Text.StartsWith("effect.", StringComparison.Ordinal));
        using var there = await market.Browse(Party.Seller, ana);
        var page = (await there.Open(order["/v1".Length..])).Html;
        page.ShouldContain("data-needs=\"case restock substitute part\"");
    }

    [Fact]
    public async Task The_buyer_chooses_to_wait_and_the_order_goes_on()
    {
        var (ana, seller) = await market.Seller();
        var (bea, order) = await market.Bought(ana);
        var by = market.Clock.Now + Duration.FromDays(12);
        var asked = await seller.Post($"{order}/cancellation", Offering("restock", new { by = $"{by}" }));
        (asked.Status, asked["state"]).ShouldBe((HttpStatusCode.OK, "funded"), asked.Text);
        var mine = await bea.Get(order);
        mine.Json["keeping"]!["ways"]![0]!["way"]!.ToString().ShouldBe("restock");
        mine.Json["next"]!["owner"]!.ToString().ShouldBe("buyer");
        (await bea.Post($"{order}/keeping", new { way = "substitute" })).Code.ShouldBe("order.no-such-way");
        var kept = await bea.Post($"{order}/keeping", new { way = "restock" });
        kept.Json["keeping"].ShouldBeNull(kept.Text);
        kept.Json["next"]!["due"]!.ToString().ShouldBe($"{by}");
        (await seller.Post($"{order}/dispatch", new { carrier = "dhl", trackingNumber = "TRACK000777" })).Status
            .ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_buyer_is_told_and_may_let_it_go()
    {
        var (ana, seller) = await market.Seller();
        var (bea, order) = await market.Bought(ana);
        await seller.Post($"{order}/cancellation",
            Offering("restock", new { by = $"{market.Clock.Now + Duration.FromDays(5)}" }));
        await Market.Until(async () => (await bea.Get("/v1/inbox")).Text.Contains("keeping-offered"), "inbox");
        var gone = await bea.Post($"{order}/keeping", new { way = "none" });
        gone["state"].ShouldBe("cancelled");
        gone.Json["why"]!["code"]!.ToString().ShouldBe("cancel.out-of-stock");
    }

    [Fact, Trait("Capability", "CAN-3")]
    public async Task A_false_reason_is_raised_answered_found_and_made_good()
    {
        var (ana, seller) = await market.Seller();
        var (bea, order) = await market.Bought(ana);
        (await seller.Post($"{order}/cancellation", Market.OutOfStock)).Status.ShouldBe(HttpStatusCode.OK);
        market.Clock.Pass(Duration.FromHours(50));
        (await market.Audit()).ShouldBeGreaterThan(0);
        var reason = order.Replace("/v1/orders/", "/v1/reasons/");
        var raised = await seller.Get(reason);
        (raised["state"], raised["reason"]).ShouldBe(("raised", "cancel.out-of-stock"), raised.Text);
        raised.Json["against"]![0]!["code"]!.ToString().ShouldBe("reason.had-enough");
        (await bea.Get(reason)).Status.ShouldBe(HttpStatusCode.NotFound);
        var agent = market.As(Party.Agent, "kim");
        (await agent.Post($"{reason}/decision", new { verdict = "false" })).Code.ShouldBe("reason.not-heard-yet");
        (await seller.Post($"{reason}/answer", new { text = "" })).Code.ShouldBe("reason.bad-text");
        (await seller.Post($"{reason}/answer", new { text = "We had miscounted." }))["state"].ShouldBe("answered");
        var found = await agent.Post($"{reason}/decision", new { verdict = "false" });
        (found["state"], found["answer"]).ShouldBe(("found", "We had miscounted."), found.Text);
        found.Json["why"]!["facts"]!.AsArray().Select(f => $"{f!["name"]}").ShouldContain("onHand");
        await Market.Until(async () => (await bea.Get("/v1/plans")).Json["items"]!.AsArray().Count == 1, "redress");
    }

    [Fact, Trait("Capability", "SUP-1")]
    public async Task How_most_reasons_like_it_were_decided_is_suggested()
    {
        var agent = market.As(Party.Agent, "kim");
        for (var n = 0; n < 5; n++)
            (await agent.Post($"{await Answered()}/decision", new { verdict = "believed" }))["state"]
                .ShouldBe("dismissed");
        var last = (await Answered()).Replace("/v1/reasons/", "/v1/queue/reason/", StringComparison.Ordinal);
        await Market.Until(async () => (await agent.Get(last)).Json["case"]!["precedents"]!.AsArray()
            .Sum(p => p!["cases"]!.GetValue<int>()) >= 5, "what was decided");
        (await agent.Get(last)).Json["case"]!["suggested"]!["verdict"]!.ToString().ShouldBe("believed");
        using var desk = await market.Browse(Party.Agent, "kim");
        (await desk.Open(last.Replace("/v1/queue/reason/", "/reasons/", StringComparison.Ordinal))).Text
            .ShouldContain("Suggested: The seller is believed.");

        async Task<string> Answered()
        {
            var (ana, seller) = await market.Seller();
            var (_, order) = await market.Bought(ana);
            (await seller.Post($"{order}/cancellation", Market.OutOfStock)).Status.ShouldBe(HttpStatusCode.OK);
            market.Clock.Pass(Duration.FromHours(50));
            await market.Audit();
            var reason = order.Replace("/v1/orders/", "/v1/reasons/", StringComparison.Ordinal);
            (await seller.Post($"{reason}/answer", new { text = "We had miscounted." }))["state"].ShouldBe("answered");
            return reason;
        }
    }

    [Fact, Trait("Capability", "CAN-3"), Trait("Capability", "REF-1")]
    public async Task A_false_reason_for_a_part_is_found_and_its_buyer_is_paid_at_the_sellers_cost()
    {
        var (ana, seller) = await market.Seller();
        var name = market.Fresh("bea");
        var (bea, order) = await market.Bought(ana, quantity: 3, buyer: name);
        var part = await seller.Post($"{order}/cancellation", new
        {
            reason = "cancel.out-of-stock", portions = new[] { new { line = 1, quantity = 2 } },
            @case = new { evidence = new { kind = "stock-count", source = "Count 7" }, noWay = "There is no other." },
        });
        (part.Status, part["state"]).ShouldBe((HttpStatusCode.OK, "funded"), part.Text);
        market.Clock.Pass(Duration.FromHours(50));
        await market.Audit();
        var reason = $"{order.Replace("/v1/orders/", "/v1/reasons/")}-1";
        var raised = await seller.Get(reason);
        (raised["state"], raised["order"]).ShouldBe(("raised", order["/v1/orders/".Length..].Insert(0, "order/")),
            raised.Text);
        raised.Json["against"]![0]!["facts"]!.AsArray().Single(f => f!["name"]!.ToString() == "quantity")!["text"]!
            .ToString().ShouldBe("2");
        (await market.Audit()).ShouldBe(0);
        await seller.Post($"{reason}/answer", new { text = "We had miscounted." });
        var found = await market.As(Party.Agent, "kim").Post($"{reason}/decision", new { verdict = "false" });
        found.Json["why"]!["facts"]!.AsArray().Select(f => $"{f!["name"]}").ShouldContain("compensation", found.Text);

        // 10 % of two mugs at 12.50.
        await Market.Until(async () => (await bea.Get($"/v1/wallets/{name}/eur")).Json["balance"]!["minor"]!
            .GetValue<long>() == 250, "compensation");
        await Market.Until(
            async () => (await bea.Get("/v1/inbox")).Text.Contains("wallet-compensated"), "word of it");
        var money = await bea.Get($"{order}/money");
        money.Json["steps"]!.AsArray().Select(s => $"{s!["text"]}").ShouldContain(
            t => t.Contains("2.50") && t.Contains("the seller bears it"), money.Text);
        await Market.Until(async () => (await seller.Get($"/v1/sellers/{ana}/payouts")).Json["items"]!.AsArray()
            .Any(p => p!["payable"]!["minor"]!.GetValue<long>() == -250 - 40), "what they owe, the fee too");
        using var browser = Browser.At(market.App);
        await browser.SignIn(((Recourse.Web.AccessKeys)market.App.Services.GetService(
            typeof(Recourse.Web.AccessKeys))!).Create(Party.Seller, ana));
        var month = NodaTime.Text.LocalDatePattern.Iso.Format(market.Clock.Now.InUtc().Date)[..7];
        var page = await browser.Open($"/earnings/{month}/EUR");
        page.Text.ShouldContain("found to be false: the buyer was compensated");
        page.Text.ShouldNotContain("console.");
    }
}
