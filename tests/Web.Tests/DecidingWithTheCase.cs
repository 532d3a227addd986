using System.Net;
using System.Text.Json.Nodes;
using Xunit;
namespace Recourse.Tests;

/// <summary>An agent decides with the facts gathered, and with how comparable cases were decided.</summary>
[Trait("Capability", "CAN-5")]
public sealed class DecidingWithTheCase(Market market) : IClassFixture<Market>
{
    async Task<(string Path, string Ana)> Appealed()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        await seller.Post($"{order}/cancellation", new
        {
            reason = "cancel.price-error",
            @case = new { evidence = new { kind = "price-list", source = "List 7" }, noWay = "There is no other." },
        });
        var why = await buyer.Get($"{order}/why");
        var appeal = why.Json["statements"]![0]!["appeal"]!;
        var path = $"/v1/{appeal["id"]!.ToString().Replace("appeal/", "appeals/")}";
        var lodged = await buyer.Post(path, new { about = appeal["about"]!.ToString(), text = "It was a fair price." });
        lodged.Status.ShouldBe(HttpStatusCode.OK, lodged.Text);
        return (path, ana);
    }

    [Fact]
    public async Task Is_told_what_is_recorded_and_a_way_once_enough_cases_agree()
    {
        var lia = market.As(Party.Agent, "lia");
        var (first, ana) = await Appealed();
        var before = (await lia.Get($"{first}/case")).Json;
        before["facts"]!.AsArray().Select(f => $"{f!["code"]}")
            .ShouldBe(["case.not-shipped", "case.seller", "case.earlier-appeals"]);
        before["facts"]!.AsArray()[1]!["of"]!.ToString().ShouldBe($"seller/{ana}");
        before["precedents"]!.AsArray().ShouldBeEmpty();
        before.AsObject().ContainsKey("suggested").ShouldBeFalse("one case suggests nothing");

        for (var n = 0; n < 5; n++)
        {
            var (path, shop) = await Appealed();
            (await market.As(Party.Seller, shop).Post($"{path}/answer", new { text = "The list says so." })).Status
                .ShouldBe(HttpStatusCode.OK);
            var decided = await lia.Post($"{path}/decision", new
            {
                verdict = n == 4 ? "uphold" : "reverse",
                reason = n == 4 ? "appeal.rule-applies" : "appeal.facts-were-wrong",
            });
            decided.Status.ShouldBe(HttpStatusCode.OK, decided.Text);
        }
        var after = default(JsonNode)!;
        await Market.Until(async () => (after = (await lia.Get($"{first}/case")).Json)["precedents"]!.AsArray()
            .Sum(p => p!["cases"]!.GetValue<int>()) == 5, "five cases");
        after["precedents"]![0]!["reason"]!.ToString().ShouldBe("appeal.facts-were-wrong");
        (after["suggested"]!["verdict"]!.ToString(), after["suggested"]!["reason"]!.ToString())
            .ShouldBe(("reverse", "appeal.facts-were-wrong"));
        (await market.As(Party.Buyer, "bea").Get($"{first}/case")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var reader = await market.Browse(Party.Agent, "lia");
        var page = await reader.Open(first["/v1".Length..]);
        page.Text.ShouldContain("It was never dispatched.");
        page.Text.ShouldContain("Suggested: reverse.");
    }

    [Fact]
    public async Task Facts_suggest_an_outcome_by_a_rule_before_there_are_comparable_cases()
    {
        var lia = market.As(Party.Agent, "lia");
        var (agreed, ana, order) = await Refused();
        (await market.As(Party.Seller, ana).Post($"{order}/messages", new
        {
            text = "We can end it.", offer = "offer.end-order",
        })).Status.ShouldBe(HttpStatusCode.OK);
        (await market.As(Party.Buyer, "bea").Post($"{order}/messages/1/acceptance")).Status
            .ShouldBe(HttpStatusCode.OK);
        var suggested = (await lia.Get($"{agreed}/case")).Json["suggested"]!;
        (suggested["rule"]!.ToString(), suggested["verdict"]!.ToString())
            .ShouldBe(("review.suggestions.agreed-to-end", "reverse"));

        var (silent, _, _) = await Refused();
        var asked = (await lia.Get($"{silent}/case")).Json;
        asked.AsObject().ContainsKey("suggested").ShouldBeFalse("the seller can still answer");
        (await lia.Get(silent))["stateText"].ShouldBe("The other side is asked first what they say.");
        using var desk = await market.Browse(Party.Agent, "lia");
        var page = await desk.Open(silent["/v1".Length..]);
        page.Text.ShouldContain("A wish that was refused");
        page.Text.ShouldContain("nothing is suggested");
        market.Clock.Pass(Duration.FromHours(73));
        await Market.Until(async () => (await lia.Get($"{silent}/case")).Json["suggested"]?["rule"]?.ToString()
            == "review.suggestions.packed-and-never-sent", "the seller's time to answer");
        (await lia.Get($"{silent}/case")).Json["suggested"]!["because"]!.AsArray().Select(f => $"{f}")
            .ShouldBe(["case.not-shipped", "case.unheard"]);
    }

    /// <summary>Its seller says that it is packed, and its buyer contests that.</summary>
    async Task<(string Appeal, string Ana, string Order)> Refused()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana, buyer: "bea");
        await seller.Post($"{order}/pick");
        await buyer.Post($"{order}/cancellation", new { reason = "cancel.too-slow" });
        await seller.Post($"{order}/request/refusal", new { reason = "refuse.packed-already" });
        var appeal = (await buyer.Get($"{order}/why")).Json["statements"]![0]!["appeal"]!;
        var path = $"/v1/{appeal["id"]!.ToString().Replace("appeal/", "appeals/")}";
        var lodged = await buyer.Post(path, new { about = appeal["about"]!.ToString(), text = "It lies there." });
        lodged.Status.ShouldBe(HttpStatusCode.OK, lodged.Text);
        return (path, ana, order);
    }
}
