using System.Net;
using Xunit;
namespace Recourse.Tests;

/// <summary>Told by buyer, seller, carrier and agent, over HTTP alone.</summary>
public sealed class AnOrderThatEndsWell(Market market) : IClassFixture<Market>
{
    [Fact]
    public async Task Is_bought_dispatched_delivered_and_paid_out()
    {
        var (ana, seller) = await market.Seller();
        var buyer = market.As(Party.Buyer, market.Fresh("bea"));
        var opened = await buyer.Post("/v1/checkouts", Market.Basket(2, sellers: ana));
        opened.Status.ShouldBe(HttpStatusCode.Created, opened.Text);
        opened["state"].ShouldBe("authorised");
        var order = $"/v1/orders/{opened.Json["orders"]![0]!["order"]!.ToString()["order/".Length..]}";

        await Market.Until(async () => (await buyer.Get(order))["state"] == "funded", "funding");
        var funded = await buyer.Get(order);
        funded.Json["total"]!["minor"]!.GetValue<long>().ShouldBe(3300);
        funded.Json["next"]!["owner"]!.ToString().ShouldBe("seller");

        var shipped = await seller.Post($"{order}/dispatch", new { carrier = "dhl", trackingNumber = "TRACK000123" });
        shipped.Status.ShouldBe(HttpStatusCode.OK, shipped.Text);

        var carrier = market.As(Party.Carrier, "dhl");
        var parcel = order.Replace("/orders/", "/parcels/");
        var said = await carrier.Post($"{parcel}/events",
            new { status = "delivered", at = market.Clock.Now.ToString() });
        said.Status.ShouldBe(HttpStatusCode.OK, said.Text);
        (await buyer.Get(order))["state"].ShouldBe("delivered");

        var received = await buyer.Post($"{order}/receipt");
        received["state"].ShouldBe("completed", received.Text);
    }
}
