using System.Net;
using Xunit;
namespace Recourse.Tests;

/// <summary>Orders that are placed and given up again and again: the buyer reads where they stand, and so does staff.
/// </summary>
[Trait("Capability", "BUY-4")]
public sealed class GivingUpAsABuyer(Market market) : IClassFixture<Market>
{
    async Task<Someone> GivesUp(string seller, string name, int times, int already = 0)
    {
        var bea = market.As(Party.Buyer, name);
        for (var n = 0; n < times; n++)
        {
            var (_, order) = await market.Bought(seller, buyer: name);
            var cancelled = await bea.Post($"{order}/cancellation", new { reason = "cancel.changed-mind" });
            cancelled.Status.ShouldBe(HttpStatusCode.OK, cancelled.Text);
            var given = already + n + 1;
            await Market.Until(async () => await CountOf(bea, name) == given, $"count {given}");
        }
        return bea;
    }

    static async Task<int?> CountOf(Someone who, string name) =>
        (await who.Get($"/v1/buyers/{name}/standing")).Json["conduct"]?["givenUp"]?.GetValue<int>();

    [Fact]
    public async Task Is_warned_then_paused_told_everywhere_and_over_in_time()
    {
        var (ana, _) = await market.Seller(units: 50);
        var name = market.Fresh("bea");
        // Who gives up so often is asked who they are as well: here they have shown it.
        await market.As(Party.Buyer, name).Post($"/v1/verifications/{name}/start");
        await HoldingPurchases.Shows(market.As(Party.Buyer, name), name, HoldingPurchases.Picture);
        await market.As(Party.Agent, "lia").Post($"/v1/verifications/{name}/accept");
        var bea = await GivesUp(ana, name, 3);
        var standing = await bea.Get($"/v1/buyers/{name}/standing");
        standing.Json["conduct"]!["caution"]!.ToString().ShouldBe("warned");
        await Market.Until(async () => (await bea.Get("/v1/inbox")).Text.Contains("buying-warned"), "the warning");

        await GivesUp(ana, name, 5, already: 3);
        standing = await bea.Get($"/v1/buyers/{name}/standing");
        standing.Json["conduct"]!["pause"]!["why"]!["code"]!.ToString().ShouldBe("buying.placed-and-given-up");
        var agents = await market.As(Party.Agent, "lia").Get($"/v1/buyers/{name}/standing");
        agents.Json["conduct"]!["pause"]!["why"]!["text"]!.ToString().ShouldBe(
            standing.Json["conduct"]!["pause"]!["why"]!["text"]!.ToString()
                .Replace("You can appeal", "Whoever it went against can appeal"));

        var refused = await bea.Post("/v1/checkouts", Market.Basket(sellers: ana));
        (refused.Status, refused["code"]).ShouldBe((HttpStatusCode.Conflict, "buyer.paused"));
        market.Clock.Pass(Duration.FromHours(25));
        (await bea.Post("/v1/checkouts", Market.Basket(sellers: ana))).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Counts_nothing_where_somebody_else_was_at_fault()
    {
        var (ana, _) = await market.Seller();
        var name = market.Fresh("bea");
        var (bea, order) = await market.Bought(ana, buyer: name);
        await bea.Post($"{order}/cancellation", new { reason = "cancel.too-slow" });
        (await CountOf(bea, name)).ShouldBeNull();
    }
}
