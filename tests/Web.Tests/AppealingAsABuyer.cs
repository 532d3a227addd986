using System.Net;
using System.Text.Json.Nodes;
using NodaTime.Text;
using Xunit;
namespace Recourse.Tests;

/// <summary>A buyer's methods are blocked: they are told all that the agent sees, appeal, and another agent decides.
/// </summary>
[Trait("Capability", "CHK-6")]
public sealed class AppealingAsABuyer(Market market) : IClassFixture<Market>
{
    Someone Agent(string name = "lia") => market.As(Party.Agent, name);

    string In(int days) => InstantPattern.ExtendedIso.Format(market.Clock.Now + Duration.FromDays(days));

    async Task<(string Name, Someone Buyer, JsonNode Block)> Blocked(
        string reason = "method.unusual-use", string? checkout = null, string? name = null)
    {
        name ??= market.Fresh("bea");
        var reply = await Agent().Post($"/v1/buyers/{name}/blocks", new { reason, until = In(7), checkout });
        reply.Status.ShouldBe(HttpStatusCode.OK, reply.Text);
        return (name, market.As(Party.Buyer, name), reply.Json["blocks"]!.AsArray()[^1]!);
    }

    static string PathOf(JsonNode block) =>
        $"/v1/{block["appeal"]!["id"]!.ToString().Replace("appeal/", "appeals/")}";

    static object Words(string name) => new { about = $"buyer/{name}", text = "It was me, on my holiday." };

    [Fact]
    public async Task Three_methods_under_one_block_are_one_decision_and_buyer_and_agent_read_the_same()
    {
        var (ana, _) = await market.Seller();
        var (name, bea, _) = await Blocked();
        foreach (var method in (string[])["pm_card_visa", "pm_card_mastercard", "pm_card_amex"])
        {
            var refused = await bea.Post("/v1/checkouts", Market.Basket(method: method, sellers: ana));
            (refused.Status, refused["code"]).ShouldBe((HttpStatusCode.UnprocessableEntity, "method.blocked"));
            var found = refused.Json["findings"]!.AsArray().Single(f => f!["code"]!.ToString() == "method.blocked")!;
            (found["gravity"]!.ToString(), found["wayOut"]!["code"]!.ToString())
                .ShouldBe(("blocking", "verification.start"));
        }
        (await bea.Get("/v1/checkouts")).Json["items"]!.AsArray().ShouldBeEmpty();

        var (theirs, agents) = (await bea.Get($"/v1/buyers/{name}/standing"),
            await Agent().Get($"/v1/buyers/{name}/standing"));
        var (mine, same) = (theirs.Json["blocks"]!.AsArray().ShouldHaveSingleItem()!,
            agents.Json["blocks"]!.AsArray().ShouldHaveSingleItem()!);
        mine["why"]!["facts"]!.ToJsonString().ShouldBe(same["why"]!["facts"]!.ToJsonString());
        (mine["why"]!["code"]!.ToString(), mine["why"]!["rule"]!.ToString())
            .ShouldBe((same["why"]!["code"]!.ToString(), same["why"]!["rule"]!.ToString()));
        new[] { mine, same }.Count(b => b["why"]!["text"]!.ToString().Contains("You can appeal until")).ShouldBe(
            1, "who reads of somebody else can't");
        mine["until"]!.ToString().ShouldBe(same["until"]!.ToString());
        var history = await Agent().Get($"/v1/history?of=buyer/{name}");
        history.Json["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_block_of_one_card_leaves_the_others()
    {
        var (ana, _) = await market.Seller();
        var (bea, order) = await market.Bought(ana);
        var checkout = (await bea.Get(order))["checkout"]!;
        var name = checkout.Split('/')[1];
        await Blocked("method.reported-stolen", checkout, name);
        var refused = await bea.Post("/v1/checkouts", Market.Basket(sellers: ana));
        (refused["code"], refused.Json["wayOut"]!["code"]!.ToString()).ShouldBe(("method.blocked", "method.use-other"));
        (await bea.Post("/v1/checkouts", Market.Basket(method: "pm_card_mastercard", sellers: ana))).Status
            .ShouldBe(HttpStatusCode.Created);
        var quote = await bea.Post("/v1/checkouts/quotes", Market.Basket(sellers: ana));
        quote.Text.ShouldContain("method.blocked");
    }

    [Fact]
    public async Task Another_try_after_a_decline_is_stopped_and_order_and_stock_stay()
    {
        var (ana, _) = await market.Seller();
        var name = market.Fresh("bea");
        var bea = market.As(Party.Buyer, name);
        var declined = await bea.Post("/v1/checkouts", Market.Basket(method: "pm_card_chargeDeclined", sellers: ana));
        var checkout = declined.Headers.Location!.ToString();
        await Blocked(name: name);
        var refused = await bea.Post($"{checkout}/payment", new { method = "pm_card_visa" });
        (refused.Status, refused["code"]).ShouldBe((HttpStatusCode.UnprocessableEntity, "method.blocked"));
        (await bea.Get(checkout))["state"].ShouldBe("declined");
        (await Agent().Post($"/v1/buyers/{name}/blocks/all/lift")).Status.ShouldBe(HttpStatusCode.OK);
        (await bea.Post($"{checkout}/payment", new { method = "pm_card_visa" })).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Whoever_decided_does_not_decide_again_and_a_colleague_undoes_it()
    {
        var (ana, _) = await market.Seller();
        var (name, bea, block) = await Blocked();
        var lodged = await bea.Post(PathOf(block), Words(name));
        (lodged.Status, lodged["state"]).ShouldBe((HttpStatusCode.OK, "open"), lodged.Text);
        lodged["words"].ShouldBe("It was me, on my holiday.");
        await Market.Until(async () => (await Agent().Get("/v1/appeals?open=true")).Json["items"]!.AsArray()
            .Any(i => i!["id"]!.ToString() == lodged["id"]), "the agents' queue");

        object verdict = new { verdict = "reverse", reason = "appeal.facts-were-wrong", note = "Sorry for that." };
        var own = await Agent().Post($"{PathOf(block)}/decision", verdict);
        own.Code.ShouldBe("appeal.your-own-decision");
        var decided = await Agent("gil").Post($"{PathOf(block)}/decision", verdict);
        (decided.Status, decided["state"], decided["note"])
            .ShouldBe((HttpStatusCode.OK, "reversed", "Sorry for that."));

        (await bea.Get($"/v1/buyers/{name}/standing")).Json["blocks"]!.AsArray().ShouldBeEmpty();
        (await bea.Post("/v1/checkouts", Market.Basket(sellers: ana))).Status.ShouldBe(HttpStatusCode.Created);
        await Market.Until(async () => (await bea.Get("/v1/inbox")).Text.Contains("appeal-reversed"), "the news");
    }

    [Fact]
    public async Task What_nobody_decides_in_time_is_undone_by_the_clock()
    {
        var (name, bea, block) = await Blocked();
        await bea.Post(PathOf(block), Words(name));
        market.Clock.Pass(Duration.FromDays(5) + Duration.FromMinutes(1));
        await Market.Until(async () => (await bea.Get(PathOf(block))).Json["next"]!["warnedAt"] is null, "the warning");
        market.Clock.Pass(Duration.FromHours(49));
        await Market.Until(async () => (await bea.Get(PathOf(block)))["state"] == "reversed", "the end");
        (await bea.Get(PathOf(block))).Json["why"]!["code"]!.ToString().ShouldBe("appeal.unanswered");
    }

    [Fact]
    public async Task Only_ones_own_statement_can_be_appealed_and_only_in_words()
    {
        var (name, bea, block) = await Blocked();
        (await bea.Post(PathOf(block), new { about = $"buyer/{name}", text = "  " })).Code.ShouldBe("appeal.bad-text");
        (await bea.Post(PathOf(block), new { about = $"buyer/{name}", text = new string('x', 4_001) })).Code
            .ShouldBe("appeal.bad-text");
        (await bea.Post(PathOf(block), new { about = "buyer/eve", text = "x" })).Status
            .ShouldBe(HttpStatusCode.NotFound);
        (await bea.Post($"{PathOf(block)}x", Words(name))).Status.ShouldBe(HttpStatusCode.NotFound);
        var eve = market.As(Party.Buyer, market.Fresh("eve"));
        (await eve.Post(PathOf(block), Words(name))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await eve.Get($"/v1/buyers/{name}/standing")).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
