using Xunit;
namespace Recourse.Tests;

/// <summary>The clock acts by the rulebook, and everybody is told why.</summary>
[Trait("Capability", "CAN-4"), Trait("Capability", "SUP-2")]
public sealed class AnOrderThatIsNeverDispatched(Market market) : IClassFixture<Market>
{
    [Fact]
    public async Task Is_announced_cancelled_and_explained()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        var due = (await buyer.Get(order)).Json["next"]!["due"]!.GetValue<DateTimeOffset>();
        market.Clock.PassUntil(Instant.FromDateTimeOffset(due) - Duration.FromHours(23));
        await Market.Until(async () => (await buyer.Get($"{order}/timeline")).Text.Contains("order.warned"), "warning");
        (await buyer.Get(order))["state"].ShouldBe("funded");

        var last = (await buyer.Get(order)).Json["next"]!["due"]!.GetValue<DateTimeOffset>();
        market.Clock.PassUntil(Instant.FromDateTimeOffset(last));
        await Market.Until(async () => (await buyer.Get(order))["state"] == "cancelled", "cancellation");

        var why = await buyer.Get($"{order}/why");
        var said = why.Json["statements"]![0]!;
        said["code"]!.ToString().ShouldBe("cancel.never-dispatched");
        said["decidedBy"]!.ToString().ShouldBe("automated");
        Marks(said)["withheld"]!.GetValue<bool>().ShouldBeTrue("a seller's marks are no buyer's business");
        Marks(said)["value"].ShouldBeNull();
        Marks((await seller.Get($"{order}/why")).Json["statements"]![0]!)["value"]!.GetValue<long>().ShouldBe(3);

        var portuguese = await buyer.Reading("pt-BR,pt;q=0.9").Get($"{order}/why");
        portuguese["text"].ShouldNotBe(why["text"]);
        portuguese["text"]!.ShouldContain("pedido");
        await Market.Until(async () => (await buyer.Get($"{order}/money")).Json["refunds"]!.AsArray() is [{ } refund]
            && refund["state"]!.ToString() == "paid", "refund");
    }

    static System.Text.Json.Nodes.JsonNode Marks(System.Text.Json.Nodes.JsonNode statement) =>
        statement["facts"]!.AsArray().Single(f => f!["name"]!.ToString() == "marks")!;
}
