using System.Net;
using Xunit;
namespace Recourse.Tests;

/// <summary>What a seller says and nobody bears out costs their buyer nothing, and ends nothing for free.</summary>
[Trait("Capability", "CAN-3")]
public sealed class OnASellersWordAlone(Market market) : IClassFixture<Market>
{
    static readonly object Asked = new { reason = "cancel.buyer-asked" };

    [Fact]
    public async Task A_parcel_that_only_its_seller_says_is_back_is_paid_back_whole_and_marked()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        await seller.Post($"{order}/dispatch", new { carrier = "dhl", trackingNumber = "TRACK000711" });
        var back = await seller.Post($"{order}/return");
        back.Json["why"]!["code"]!.ToString().ShouldBe("cancel.back-unseen", back.Text);
        back.Json["end"]!["toBuyer"]!["minor"]!.GetValue<long>().ShouldBe(1650);
        (await seller.Get($"{order}/why")).Text.ShouldContain("Marks on your record: 1");
        (await buyer.Get($"{order}/why"))["text"]!.ShouldContain("its carrier tells nothing of it");
    }

    [Fact]
    public async Task A_parcel_that_its_carrier_could_not_hand_over_keeps_what_it_took_to_send_it()
    {
        var (ana, seller) = await market.Seller();
        var (_, order) = await market.Bought(ana);
        await seller.Post($"{order}/dispatch", new { carrier = "dhl", trackingNumber = "TRACK000712" });
        var parcel = order.Replace("/orders/", "/parcels/", StringComparison.Ordinal);
        (await market.As(Party.Carrier, "dhl").Post($"{parcel}/events",
            new { status = "attemptFail", at = $"{market.Clock.Now}" })).Status.ShouldBe(HttpStatusCode.OK);
        var back = await seller.Post($"{order}/return");
        back.Json["why"]!["code"]!.ToString().ShouldBe("cancel.came-back", back.Text);
        back.Json["end"]!["toBuyer"]!["minor"]!.GetValue<long>().ShouldBe(1250);
    }

    [Fact]
    public async Task An_order_ends_as_its_buyer_asked_only_once_they_did()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        var made_up = await seller.Post($"{order}/cancellation", Asked);
        (made_up.Code, made_up["field"]).ShouldBe(("order.buyer-said-nothing", "reason"), made_up.Text);
        var end = new { text = "Shall we end it?", offer = "offer.end-order" };
        (await seller.Post($"{order}/messages", end)).Status.ShouldBe(HttpStatusCode.OK);
        (await seller.Post($"{order}/cancellation", Asked)).Code.ShouldBe("order.buyer-said-nothing", "an offer");
        (await seller.Get(order)).Json["actions"]!.AsArray().First(a => a!["name"]!.ToString() == "order.cancel")!
            ["allowed"]!.GetValue<bool>().ShouldBeTrue("it has reasons of its own");
        (await buyer.Post($"{order}/messages/1/acceptance")).Status.ShouldBe(HttpStatusCode.OK);
        var done = await seller.Post($"{order}/cancellation", Asked);
        (done["state"], done.Json["why"]!["code"]!.ToString()).ShouldBe(("cancelled", "cancel.buyer-asked"));
    }
}
