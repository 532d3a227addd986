using System.Net;
using System.Text.Json.Nodes;
using Xunit;
namespace Recourse.Tests;

/// <summary>A coupon of the platform at the API and on pages: over goods of two shops, once for one person.</summary>
[Trait("Capability", "CHK-2")]
public sealed class UsingCouponsOfAllShops(Market market) : IClassFixture<Market>
{
    Someone Operator => market.As(Party.Operator, "rui");

    async Task<string> Issued(int uses = 5)
    {
        var code = market.Fresh("gift");
        var issued = await Operator.Post("/v1/coupons", new
        {
            code, amountOff = new { minor = 501, currency = "EUR" }, uses, until = "2099-01-01T00:00:00Z",
        });
        issued.Status.ShouldBe(HttpStatusCode.Created, issued.Text);
        (issued.Json["coupon"]!["seller"], $"{issued.Json["coupon"]!["borneBy"]}").ShouldBe((null, "platform"));
        return code;
    }

    static object Ask(string code, string street, params string[] sellers) => new
    {
        lines = sellers.Select(s => new { listing = $"listing/{s}/mug", sku = "red", quantity = 1 }).ToArray(),
        country = "DE", method = "pm_card_visa", coupons = new[] { code },
        shipTo = new
        {
            name = "Bea Muster", lines = new[] { street }, city = "Berlin", postcode = "10115", country = "DE",
        },
    };

    static long Minor(JsonNode? money) => money!["minor"]!.GetValue<long>();

    async Task<JsonNode> File(string code) => (await Operator.Get($"/v1/coupons/platform/{code}")).Json;

    [Fact]
    public async Task It_is_shared_out_over_both_orders_and_comes_back_when_both_have_ended()
    {
        var ((ana, annie), (ben, benny)) = (await market.Seller(), await market.Seller());
        var code = await Issued();
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        var quote = await bea.Post("/v1/checkouts/quotes", Ask(code, "Alley 1", ana, ben));
        quote.Json["lines"]!.AsArray().Select(l => Minor(l!["off"])).Order().ShouldBe([250, 251]);
        var paid = await bea.Post("/v1/checkouts", Ask(code, "Alley 1", ana, ben));
        paid.Status.ShouldBe(HttpStatusCode.Created, paid.Text);
        Minor(paid.Json["total"]).ShouldBe(2 * 16_50 - 5_01);
        await Market.Until(async () => (await File(code))["orders"]!.AsArray() is [var use]
            && use!["paid"]!.GetValue<bool>() && use["order"] is null, "the use");

        // Somebody else at the same door hears that it was used, with the fix.
        var cem = market.As(Party.Buyer, market.Fresh("cem"));
        var linked = await cem.Post("/v1/checkouts/quotes", Ask(code, "Alley 1", ana));
        var found = linked.Json["findings"]!.AsArray().Single(f => $"{f!["code"]}" == "coupon.used-by-linked")!;
        $"{found["fixes"]![0]!["kind"]}".ShouldBe("leave-coupon");

        foreach (var (shop, seller) in new[] { (ana, annie), (ben, benny) })
        {
            (await File(code))["coupon"]!["used"]!.GetValue<int>().ShouldBe(1);
            var order = paid.Json["orders"]!.AsArray().Select(o => $"{o!["order"]}").Single(o => o.Contains(shop));
            var ended = await seller.Post(
                $"/v1/{order.Replace("order/", "orders/")}/cancellation", Market.OutOfStock);
            ended.Status.ShouldBe(HttpStatusCode.OK, ended.Text);
        }
        await Market.Until(async () => (await File(code))["coupon"]!["used"]!.GetValue<int>() == 0, "its comeback");
        (await bea.Post("/v1/checkouts", Ask(code, "Alley 1", ana))).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task The_last_use_goes_to_one_and_the_others_go_on_without_it()
    {
        var ((ana, _), (ben, _)) = (await market.Seller(), await market.Seller());
        var code = await Issued(uses: 1);
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(async n =>
        {
            var buyer = market.As(Party.Buyer, market.Fresh("bea"));
            return (Buyer: buyer, Reply: await buyer.Post("/v1/checkouts", Ask(code, $"Court {n}", ana, ben)));
        }));
        all.Count(a => a.Reply.Status is HttpStatusCode.Created).ShouldBe(1);
        foreach (var (buyer, reply) in all.Where(a => a.Reply.Status is not HttpStatusCode.Created))
        {
            reply["code"].ShouldBe("coupon.used-up");
            if (reply.Headers.Location is not { } location) continue;       // they were so late that it was known
            var paid = await buyer.Post($"{location}/without-discounts");
            (paid.Status, paid["state"]).ShouldBe((HttpStatusCode.OK, "authorised"), paid.Text);
            Minor(paid.Json["total"]).ShouldBe(2 * 16_50);
        }
    }

    [Fact]
    public async Task An_operator_issues_it_on_a_page_and_a_buyer_uses_it_on_theirs()
    {
        var ((ana, seller), (ben, _)) = (await market.Seller(), await market.Seller());
        var code = market.Fresh("party");
        using var rui = await market.Browse(Party.Operator, "rui");
        (await rui.Open("/coupons")).Text.ShouldContain("Coupons for all shops");
        var issued = await rui.Does("/coupons", "/coupons", ("code", code), ("currency", "EUR"), ("percentOff", "10"),
            ("amountOff", ""), ("leastSpend", ""), ("listings", ""), ("from", ""), ("until", "2099-01-01"),
            ("uses", "9"), ("usesPerPerson", "1"));
        issued.Location.ShouldBe("/coupons?done=issued");

        using var bea = await Shopper.SignedIn(market);
        await bea.PutMugs(ana);
        await bea.PutMugs(ben);
        await bea.Browser.Send(await bea.Browser.Open("/basket"), "/basket/coupon", ("coupon", code));
        var review = await bea.GiveAddress(("line1", $"Mews {code}"));
        review.Text.ShouldContain("Pay 30.50 EUR");
        (await bea.Browser.Follow(await bea.Press(review))).Text.ShouldContain("30.50 EUR");

        await Market.Until(async () => (await rui.Open($"/coupons/{code}")).Text.Contains("1 of 9"), "the use");
        var page = await rui.Open($"/coupons/{code}");
        page.Text.ShouldContain("everything in all shops");
        page.Html.ShouldContain("href=\"/checkouts/");
        // It is no seller's to see or to end.
        (await seller.Get($"/v1/coupons/platform/{code}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await rui.Does($"/coupons/{code}", $"/coupons/{code}/end")).Location.ShouldBe($"/coupons/{code}?done=ended");
    }

    async Task<string> OfShop(Someone seller)
    {
        var code = market.Fresh("own");
        var issued = await seller.Post("/v1/coupons", new
        {
            code, currency = "EUR", percentOff = 10, uses = 5, until = "2099-01-01T00:00:00Z",
        });
        issued.Status.ShouldBe(HttpStatusCode.Created, issued.Text);
        return code;
    }

    [Fact]
    public async Task It_comes_on_top_of_a_shops_own_and_everybody_reads_what_each_took_and_who_bears_it()
    {
        var ((ana, annie), (ben, _)) = (await market.Seller(), await market.Seller());
        var (gift, own) = (await Issued(), await OfShop(annie));
        using var bea = await Shopper.SignedIn(market);
        await bea.PutMugs(ana);
        await bea.PutMugs(ben);
        foreach (var code in new[] { gift, own })
            await bea.Browser.Send(await bea.Browser.Open("/basket"), "/basket/coupon", ("coupon", code));
        var review = await bea.GiveAddress(("line1", $"Yard {gift}"));
        // 12.50 less 10 % is 11.25; 5.01 is shared out over 11.25 and 12.50.
        review.Text.ShouldContain($"Coupon {own} of");
        review.Text.ShouldContain($"Coupon {gift} for all shops, off what is left");
        review.Text.ShouldContain("Pay 26.74 EUR");
        await bea.Browser.Follow(await bea.Press(review));
        await market.Shown();

        var orders = (await bea.Api.Get("/v1/orders")).Json["items"]!.AsArray().Select(o => $"{o!["id"]}").ToList();
        var cups = orders.Single(o => o.Contains(ana))["order/".Length..];
        var mine = (await bea.Api.Get($"/v1/orders/{cups}")).Json["discounts"]!.AsArray();
        mine.Select(d => $"{d!["code"]} {Minor(d["off"])} {d["borneBy"]}").ShouldBe([$"{own} 125 ", $"{gift} 237 "]);
        (await annie.Get($"/v1/orders/{cups}")).Json["discounts"]!.AsArray()
            .Select(d => $"{d!["code"]} {d["borneBy"]}").ShouldBe([$"{own} seller", $"{gift} platform"]);
        (await bea.Browser.Open($"/orders/{cups}")).Text.ShouldContain("the marketplace bears it");
        Minor((await File(gift))["orders"]![0]!["off"]).ShouldBe(5_01);
    }
}
