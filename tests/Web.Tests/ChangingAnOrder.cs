using System.Net;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>Changed instead of cancelled, asked for once it is picked, recalled: over the API.</summary>
public sealed class ChangingAnOrder(Market market) : IClassFixture<Market>
{
    static object Lines(int quantity) => new { lines = new[] { new { line = 1, quantity } } };

    static object Mugs => new
    {
        title = "Mug", shipsFrom = "DE",
        variants = new[]
        {
            new { sku = "red", price = new { minor = 1250L, currency = "EUR" } },
            new { sku = "blue", price = new { minor = 1350L, currency = "EUR" } },
        },
        shipsTo = new[] { new { country = "DE", shippingPerUnit = new { minor = 400, currency = "EUR" } } },
    };

    static long Minor(Reply reply, string of) => reply.Json[of]!["minor"]!.GetValue<long>();

    async Task<int> Available(string seller, string sku) => (await market.As(Party.Seller, seller)
        .Get($"/v1/stock/{seller}/{sku}")).Json["available"]!.GetValue<int>();

    [Fact, Trait("Capability", "ORD-2")]
    public async Task More_of_it_is_looked_at_first_charged_by_itself_and_taken_from_stock()
    {
        var (ana, _) = await market.Seller();
        var (buyer, order) = await market.Bought(ana, quantity: 2);
        var quote = await buyer.Post($"{order}/amendment/quote", Lines(5));
        quote.Status.ShouldBe(HttpStatusCode.OK, quote.Text);
        (Minor(quote, "was"), Minor(quote, "now"), Minor(quote, "more"), Minor(quote, "back"))
            .ShouldBe((2 * 1650, 5 * 1650, 3 * 1650, 0));
        (await buyer.Get(order)).Json["units"]!.GetValue<int>().ShouldBe(2, "nothing is recorded");

        var asked = await buyer.Post($"{order}/amendment", Lines(5));
        asked.Status.ShouldBe(HttpStatusCode.OK, asked.Text);
        await Market.Until(async () => (await buyer.Get(order)).Json["units"]!.GetValue<int>() == 5, "the difference");
        var now = await buyer.Get(order);
        Minor(now, "total").ShouldBe(5 * 1650);
        now.Json.AsObject().ContainsKey("request").ShouldBeFalse();
        (await Available(ana, "red")).ShouldBe(5);
        (await buyer.Get($"{order}/timeline")).Text.ShouldContain("order.amended");

        var all = await buyer.Post($"{order}/cancellation", new { reason = "cancel.changed-mind" });
        all["state"].ShouldBe("cancelled", all.Text);
        (await Available(ana, "red")).ShouldBe(10);
        market.Clock.Pass(Duration.FromMinutes(61));
        await Market.Until(async () => (await buyer.Get("/v1/payments")).Json["items"]!.AsArray()
            .Count(p => p!["state"]!.ToString() == "voided") == 2, "both are let go");
    }

    [Fact, Trait("Capability", "ORD-2")]
    public async Task Another_variant_swaps_the_stock_and_less_of_it_gives_money_back()
    {
        var (ana, seller) = await market.Seller();
        (await seller.Put($"/v1/listings/{ana}/mug", Mugs)).Status.ShouldBe(HttpStatusCode.OK);
        await seller.Post($"/v1/stock/{ana}/blue/receipts", new { location = "main", units = 3 });
        var (buyer, order) = await market.Bought(ana, quantity: 3);
        var change = new { lines = new[] { new { line = 1, quantity = 2, sku = "blue" } } };
        var done = await buyer.Post($"{order}/amendment", change);
        done.Status.ShouldBe(HttpStatusCode.OK, done.Text);
        (done.Json["lines"]!.AsArray().Single()!["sku"]!.ToString(), Minor(done, "total")).ShouldBe(("blue", 2 * 1750));
        ((await Available(ana, "red")), (await Available(ana, "blue"))).ShouldBe((10, 1));

        var much = await buyer.Post($"{order}/amendment", new
        {
            lines = new[] { new { line = done.Json["lines"]![0]!["number"]!.GetValue<int>(), quantity = 9 } },
        });
        much.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, much.Text);
        much.Text.ShouldContain("stock.not-enough");
        ((await Available(ana, "red")), (await Available(ana, "blue"))).ShouldBe((10, 1), "refused, and nothing moved");
    }

    [Fact, Trait("Capability", "ORD-2")]
    public async Task An_address_is_looked_at_as_a_checkout_looks_at_it()
    {
        var (ana, _) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        var moved = await buyer.Post($"{order}/amendment", new
        {
            shipTo = new
            {
                name = "Bea Muster", lines = new[] { "Nebenstr. 2" }, city = "Berlin", postcode = "10117",
                country = "DE",
            },
        });
        moved.Status.ShouldBe(HttpStatusCode.OK, moved.Text);
        moved.Json["shipTo"]!["lines"]![0]!.ToString().ShouldBe("Nebenstr. 2");
        var bad = await buyer.Post($"{order}/amendment", new
        {
            shipTo = new
            {
                name = "Bea Muster", lines = new[] { "Rue 2" }, city = "", postcode = "1", country = "FR",
            },
        });
        bad.Status.ShouldNotBe(HttpStatusCode.OK);
        bad.Text.ShouldContain("not-shipped-there");
        (await buyer.Get(order)).Json["shipTo"]!["city"]!.ToString().ShouldBe("Berlin");
    }

    [Fact, Trait("Capability", "ORD-2")]
    public async Task Nonsense_is_refused_with_code_field_and_way_out()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        foreach (var (body, code) in (IEnumerable<(object, string)>)
        [
            (Lines(0), "order.change-leaves-nothing"), (Lines(1), "order.nothing-changes"),
            (Lines(-3), "order.bad-quantity"), (new { }, "order.nothing-changes"),
            (new { lines = new[] { new { line = 7, quantity = 1 } } }, "order.no-such-line"),
            (new { lines = new[] { new { line = 1, quantity = 1, sku = "green" } } }, "order.not-to-be-had"),
            (new { lines = new[] { new { line = 1, quantity = 2 } }, total = new { minor = 1, currency = "EUR" } },
                "order.amount-differs"),
        ])
        {
            var no = await buyer.Post($"{order}/amendment", body);
            no.Status.ShouldBeOneOf(HttpStatusCode.Conflict, HttpStatusCode.UnprocessableEntity);
            no.Text.ShouldContain(code);
            no.Json["wayOut"]!["text"]!.ToString().ShouldNotBeEmpty();
        }
        (await seller.Post($"{order}/amendment", Lines(2))).Status.ShouldBe(HttpStatusCode.Forbidden);
        await seller.Post($"{order}/dispatch", new { carrier = "dhl", trackingNumber = "TRACK000401" });
        (await buyer.Post($"{order}/amendment", Lines(2)))["code"].ShouldBe("order.already-shipped");
    }

    [Fact, Trait("Capability", "CAN-1")]
    public async Task Once_it_is_picked_cancelling_asks_the_seller_who_agrees()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana, quantity: 2);
        var picked = await market.As(Party.Warehouse, ana).Post($"{order}/pick");
        picked.Status.ShouldBe(HttpStatusCode.OK, picked.Text);
        (await buyer.Get(order)).Json["pickedAt"].ShouldNotBeNull();

        var asked = await buyer.Post($"{order}/cancellation", new { reason = "cancel.changed-mind", undoable = true });
        asked["state"].ShouldBe("funded", asked.Text);
        (asked.Json["request"]!["kind"]!.ToString(), asked.Json["request"]!["isYours"]!.GetValue<bool>())
            .ShouldBe(("cancellation", false));
        asked.Action("order.withdraw")!["allowed"]!.GetValue<bool>().ShouldBeTrue();
        var theirs = await seller.Get(order);
        theirs.Json["request"]!["isYours"]!.GetValue<bool>().ShouldBeTrue();
        theirs.Json["request"]!["answers"]!.AsArray().Count.ShouldBeGreaterThan(1);

        var no = await seller.Post($"{order}/request/refusal", new { reason = "because" });
        (no["code"], no["field"]).ShouldBe(("order.no-such-answer", "reason"));
        var yes = await seller.Post($"{order}/request/approval");
        (yes["state"], yes.Json["why"]!["decidedBy"]!.ToString()).ShouldBe(("cancelled", "buyer"));
        (await seller.Post($"{order}/request/approval"))["code"].ShouldBe("order.too-late-to-answer");
        (await buyer.Post($"{order}/request/withdrawal"))["code"].ShouldBe("order.too-late-to-take-back");
    }

    [Fact, Trait("Capability", "CAN-1")]
    public async Task Staff_answer_for_a_seller_that_does_not_and_the_record_names_them()
    {
        var (ana, seller) = await market.Seller();
        var agent = market.As(Party.Agent, "gil");
        var (buyer, order) = await market.Bought(ana);
        await seller.Post($"{order}/pick");
        await buyer.Post($"{order}/cancellation", new { reason = "cancel.too-slow" });
        var seen = await agent.Get(order);
        seen.Json["request"]!["isYours"]!.GetValue<bool>().ShouldBeTrue(seen.Text);
        seen.Action("order.approve")!["allowed"]!.GetValue<bool>().ShouldBeTrue();
        (await buyer.Post($"{order}/request/approval")).Status.ShouldBe(HttpStatusCode.Forbidden);
        var no = await agent.Post($"{order}/request/refusal", new { reason = "refuse.packed-already" });
        no["state"].ShouldBe("funded", no.Text);
        var why = (await buyer.Get($"{order}/why")).Json["statements"]!.AsArray().Single()!;
        (why["decidedBy"]!.ToString(), why["outcome"]!.ToString()).ShouldBe(("agent", "order.cancellation-not-made"));
        why["text"]!.ToString().ShouldContain("Our support answered for the seller");

        var (_, other) = await market.Bought(ana, buyer: market.Fresh("cleo"));
        await seller.Post($"{other}/pick");
        await market.As(Party.Buyer, "nobody").Post($"{other}/cancellation", new { reason = "cancel.too-slow" });
        (await agent.Post($"{other}/request/approval")).Code.ShouldBe("order.nothing-asked");
    }

    [Fact, Trait("Capability", "CAN-1")]
    public async Task A_no_can_be_contested_and_silence_is_a_yes()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        await seller.Post($"{order}/pick");
        await buyer.Post($"{order}/cancellation", new { reason = "cancel.too-slow" });
        var no = await seller.Post($"{order}/request/refusal", new { reason = "refuse.packed-already" });
        no["state"].ShouldBe("funded", no.Text);
        var why = (await buyer.Get($"{order}/why")).Json["statements"]!.AsArray().Single()!;
        (why["code"]!.ToString(), why["outcome"]!.ToString())
            .ShouldBe(("refuse.packed-already", "order.request-refused"));
        why["appeal"].ShouldNotBeNull();

        await buyer.Post($"{order}/cancellation", new { reason = "cancel.too-slow" });
        market.Clock.Pass(Duration.FromDays(5));
        await Market.Until(async () => (await buyer.Get(order))["state"] == "cancelled", "its time");
    }

    [Fact, Trait("Capability", "CAN-6")]
    public async Task On_its_way_the_carrier_is_asked_and_what_comes_back_is_paid_back()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        (await buyer.Post($"{order}/recall"))["code"].ShouldBe("order.not-sent-yet");
        await seller.Post($"{order}/dispatch", new { carrier = "dhl", trackingNumber = "TRACK000402" });
        var asked = await buyer.Post($"{order}/recall");
        asked.Json["recall"]!["state"]!.ToString().ShouldBe("asked", asked.Text);
        var parcel = order.Replace("/orders/", "/parcels/", StringComparison.Ordinal);
        (await market.As(Party.Carrier, "ups").Post($"{parcel}/recall", new { isStopped = true })).Status
            .ShouldBe(HttpStatusCode.NotFound, "another's parcel");
        var carrier = market.As(Party.Carrier, "dhl");
        (await carrier.Post($"{parcel}/recall", new { isStopped = true })).Status.ShouldBe(HttpStatusCode.OK);
        (await buyer.Get(order)).Json["recall"]!["state"]!.ToString().ShouldBe("accepted");
        var back = await seller.Post($"{order}/return");
        (back["state"], back.Json["why"]!["code"]!.ToString()).ShouldBe(("cancelled", "cancel.came-back"));
        Minor(back, "total").ShouldBe(1650);
        back.Json["end"]!["toBuyer"]!["minor"]!.GetValue<long>().ShouldBe(1250, "what it took to send it is spent");
    }

    [Fact, Trait("Capability", "ORD-1")]
    public async Task Delivered_its_buyer_has_more_time_once()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        await seller.Post($"{order}/dispatch", new { carrier = "dhl", trackingNumber = "TRACK000403" });
        (await buyer.Post($"{order}/extension"))["code"].ShouldBe("order.not-delivered-yet");
        await market.As(Party.Carrier, "dhl").Post(
            $"{order.Replace("/orders/", "/parcels/", StringComparison.Ordinal)}/events",
            new { status = "delivered", at = $"{market.Clock.Now}" });
        var before = (await buyer.Get(order)).Json["next"]!["due"]!.ToString();
        var longer = await buyer.Post($"{order}/extension");
        string.CompareOrdinal(longer.Json["next"]!["due"]!.ToString(), before).ShouldBePositive(longer.Text);
        (await buyer.Post($"{order}/extension"))["code"].ShouldBe("order.extended-before");
    }
}
