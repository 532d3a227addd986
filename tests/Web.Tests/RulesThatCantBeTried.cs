using System.Net;
using System.Text.Json.Nodes;
using Xunit;
namespace Recourse.Tests;

/// <summary>A rule that divides by zero only now is left out, and told where operators look: once for all orders.
/// </summary>
[Trait("Capability", "RSK-1")]
public sealed class RulesThatCantBeTried(Market market) : IClassFixture<Market>
{
    const string Rule = "share-of-honest-orders";

    Someone Operator => market.As(Party.Operator, "it");

    async Task<JsonNode> Gauge() => (await Operator.Get("/v1/control")).Json["gauges"]!.AsArray()
        .Single(g => g!["name"]!.ToString() == "failing-rules")!;

    /// <summary>An edition that is the shipped one with that rule, in force now.</summary>
    async Task Publish(string shipped, string when)
    {
        var rule = $"    {Rule}:\n      when: {when}\n      points: 100\n      atMost: verify\n"
            + "      fires: [account.honestOrders=1]\n      staysQuiet: [account.honestOrders=9]\n";
        var text = shipped.Replace("\n  rules:\n", $"\n  rules:\n{rule}", StringComparison.Ordinal);
        var from = market.Clock.Now + Duration.FromMinutes(2);
        var published = await Operator.Post("/v1/rulebook/editions", new { text, from = from.ToString() });
        published.Status.ShouldBe(HttpStatusCode.Created, published.Text);
        market.Clock.PassUntil(from);
    }

    [Fact]
    public async Task It_is_told_with_its_fault_how_often_and_where_it_stands_until_an_edition_mends_it()
    {
        (await Gauge())["value"]!.GetValue<int>().ShouldBe(0);
        var shipped = (await Operator.Get("/v1/rulebook"))["text"]!;
        await Publish(shipped, "10 / account.honestOrders > 3");
        var (ana, _) = await market.Seller();
        for (var nth = 1; nth <= 3; nth++)
        {
            var reply = await market.As(Party.Buyer, market.Fresh("bea"))
                .Post("/v1/checkouts", Market.Basket(1, sellers: ana));
            reply.Status.ShouldBe(HttpStatusCode.Created, reply.Text);
            await Task.Delay(1_100, TestContext.Current.CancellationToken);         // the room looks once a second
            var gauge = await Gauge();
            (gauge["value"]!.GetValue<int>(), gauge["tile"]!.ToString(), gauge["href"]!.ToString())
                .ShouldBe((1, "people", "/control/rules"));
            var told = (await Operator.Get("/v1/control/rules")).Json["items"]!.AsArray().Single()!;
            (told["rule"]!.ToString(), told["rulebook"]!.GetValue<int>(), told["times"]!.GetValue<int>(),
                told["inForce"]!.GetValue<bool>()).ShouldBe((Rule, 2, nth, true));
            told["text"]!.ToString().ShouldStartWith("It divides by zero");
            told["href"]!.ToString().ShouldBe($"/rulebook?version=2#risk.rules.{Rule}.when");
        }
        using var desk = await market.Browse(Party.Operator, "it");
        var page = await desk.Open("/control/rules");
        page.Text.ShouldContain(Rule);
        page.Text.ShouldContain("It divides by zero for some purchases");
        (await desk.Open("/rulebook?version=2")).Html.ShouldContain($"id=\"risk.rules.{Rule}.when\"");
        (await market.As(Party.Agent, "gil").Get("/v1/control/rules")).Status.ShouldBe(HttpStatusCode.Forbidden);

        await market.Restart();
        await Market.Until(async () => (await Operator.Get("/v1/control/rules")).Json["items"]!.AsArray() is [var kept]
            && (kept!["times"]!.GetValue<int>(), kept["problem"]!.ToString().Length > 0) == (3, true), "what is known");
        (await Operator.Get("/v1/control/rules")).Json["items"]![0]!["text"]!.ToString()
            .ShouldStartWith("It divides by zero");

        await Publish(shipped, "account.honestOrders > 0 && 10 / account.honestOrders > 3");
        await market.As(Party.Buyer, market.Fresh("bea")).Post("/v1/checkouts", Market.Basket(1, sellers: ana));
        await Task.Delay(1_100, TestContext.Current.CancellationToken);
        (await Gauge())["value"]!.GetValue<int>().ShouldBe(0);
        (await Operator.Get("/v1/control/rules")).Json["items"]![0]!["inForce"]!.GetValue<bool>().ShouldBeFalse();
    }
}
