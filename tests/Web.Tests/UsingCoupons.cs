using System.Net;
using System.Text.Json.Nodes;
using Xunit;
namespace Recourse.Tests;

/// <summary>Coupons at the API and on pages: issued, used, raced for, and given up for a press.</summary>
[Trait("Capability", "CHK-2")]
public sealed class UsingCoupons(Market market) : IClassFixture<Market>
{
    static object Coupon(string code = "spring", int uses = 5, int percentOff = 10) => new
    {
        code, percentOff, currency = "EUR", uses, until = "2099-01-01T00:00:00Z",
    };

    static object Ask(string seller, string street, int quantity = 2, string[]? apply = null, string code = "spring") =>
        new
        {
            lines = new[] { new { listing = $"listing/{seller}/mug", sku = "red", quantity } },
            country = "DE", method = "pm_card_visa", apply = apply ?? [], coupons = new[] { code },
            shipTo = new
            {
                name = "Bea Muster", lines = new[] { street }, city = "Berlin", postcode = "10115", country = "DE",
            },
        };

    async Task<(string Ana, Someone Seller)> Issued(object? coupon = null)
    {
        var (ana, seller) = await market.Seller();
        var issued = await seller.Post("/v1/coupons", coupon ?? Coupon());
        issued.Status.ShouldBe(HttpStatusCode.Created, issued.Text);
        return (ana, seller);
    }

    static long Minor(JsonNode? money) => money!["minor"]!.GetValue<long>();

    [Fact]
    public async Task Its_discount_is_shown_line_by_line_and_is_in_the_orders_price()
    {
        var (ana, seller) = await Issued();
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        var quote = await bea.Post("/v1/checkouts/quotes", Ask(ana, "Street 1", code: " SPRING "));
        (Minor(quote.Json["lines"]![0]!["off"]), Minor(quote.Json["off"]), Minor(quote.Json["total"]))
            .ShouldBe((250, 250, 2 * 1650 - 250));
        var paid = await bea.Post("/v1/checkouts", Ask(ana, "Street 1"));
        paid.Status.ShouldBe(HttpStatusCode.Created, paid.Text);
        Minor(paid.Json["total"]).ShouldBe(2 * 1650 - 250);
        var order = $"/v1/{paid.Json["orders"]![0]!["order"]!.ToString().Replace("order/", "orders/")}";
        foreach (var reader in new[] { bea, seller })
        {
            var line = (await reader.Get(order)).Json["lines"]![0]!;
            (Minor(line["unitPrice"]), Minor(line["off"])).ShouldBe((1250 - 125, 125));
        }
        await Market.Until(async () => (await seller.Get($"/v1/coupons/{ana}/spring"))
            .Json["orders"]!.AsArray() is [var use] && use!["paid"]!.GetValue<bool>(), "the use");
    }

    [Fact]
    public async Task One_that_cant_be_used_is_told_with_the_fix_that_goes_on_without_it()
    {
        var (ana, _) = await Issued();
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        (await bea.Post("/v1/checkouts", Ask(ana, "Lane 7"))).Status.ShouldBe(HttpStatusCode.Created);

        // Somebody else at the same door.
        var cem = market.As(Party.Buyer, market.Fresh("cem"));
        var refused = await cem.Post("/v1/checkouts", Ask(ana, "Lane 7"));
        (refused.Status, refused["code"]).ShouldBe((HttpStatusCode.UnprocessableEntity, "coupon.used-by-linked"));
        refused.Json["detail"]!.ToString().ShouldContain("the same address");
        var fix = refused.Json["findings"]![0]!["fixes"]![0]!;
        (fix["kind"]!.ToString(), Minor(fix["total"])).ShouldBe(("leave-coupon", 2 * 1650));
        var paid = await cem.Post("/v1/checkouts", Ask(ana, "Lane 7", apply: [fix["id"]!.ToString()]));
        paid.Status.ShouldBe(HttpStatusCode.Created, paid.Text);
        Minor(paid.Json["total"]).ShouldBe(2 * 1650);

        var unknown = await cem.Post("/v1/checkouts/quotes", Ask(ana, "Lane 8", code: "no such/thing"));
        unknown.Json["findings"]![0]!["code"]!.ToString().ShouldBe("coupon.unknown");
    }

    [Fact]
    public async Task The_last_use_goes_to_one_and_the_others_hear_it_before_they_pay()
    {
        var (ana, seller) = await Issued(Coupon(uses: 1));
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(async n =>
        {
            var buyer = market.As(Party.Buyer, market.Fresh("bea"));
            return (Buyer: buyer, Reply: await buyer.Post("/v1/checkouts", Ask(ana, $"Square {n}")));
        }));
        all.Count(a => a.Reply.Status is HttpStatusCode.Created).ShouldBe(1);
        foreach (var (buyer, reply) in all.Where(a => a.Reply.Status is not HttpStatusCode.Created))
        {
            reply["code"].ShouldBe("coupon.used-up");
            if (reply.Headers.Location is not { } location) continue;       // they were so late that it was known
            var seen = await buyer.Get($"{location}");
            seen.Action("checkout.leave-discounts")!["allowed"]!.GetValue<bool>().ShouldBeTrue();
            Minor(seen.Json["withoutDiscounts"]).ShouldBe(2 * 1650);
            var paid = await buyer.Post($"{location}/without-discounts");
            (paid.Status, paid["state"]).ShouldBe((HttpStatusCode.OK, "authorised"), paid.Text);
        }
        (await seller.Get($"/v1/coupons/{ana}/spring")).Json["coupon"]!["used"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task One_that_was_ended_takes_nothing_off_any_more()
    {
        var (ana, seller) = await Issued();
        var other = market.As(Party.Seller, market.Fresh("ben"));
        (await other.Post($"/v1/coupons/{ana}/spring/end")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await seller.Post($"/v1/coupons/{ana}/spring/end")).Status.ShouldBe(HttpStatusCode.OK);
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        var quote = await bea.Post("/v1/checkouts/quotes", Ask(ana, "Yard 2"));
        quote.Json["findings"]![0]!["code"]!.ToString().ShouldBe("coupon.over");
        Minor(quote.Json["total"]).ShouldBe(2 * 1650);
    }

    [Fact]
    public async Task The_platform_issues_some_at_its_own_expense()
    {
        var (ana, seller) = await market.Seller();
        var rui = market.As(Party.Operator, "rui");
        var body = new
        {
            code = "welcome", seller = ana, amountOff = new { minor = 500, currency = "EUR" }, uses = 5,
            until = "2099-01-01T00:00:00Z",
        };
        var issued = await rui.Post("/v1/coupons", body);
        (issued.Status, issued.Json["coupon"]!["borneBy"]!.ToString()).ShouldBe((HttpStatusCode.Created, "platform"));
        (await seller.Post($"/v1/coupons/{ana}/welcome/end"))["code"].ShouldBe("coupons.not-now");
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        var quote = await bea.Post("/v1/checkouts/quotes", Ask(ana, "Way 3", code: "welcome"));
        Minor(quote.Json["total"]).ShouldBe(2 * 1650 - 500);
    }

    [Fact]
    public async Task On_pages_it_is_typed_in_shown_and_left_out_by_a_press()
    {
        var (ana, _) = await Issued();
        using var bea = await Shopper.SignedIn(market);
        await bea.PutMugs(ana, 2);
        var basket = await bea.Browser.Open("/basket");
        await bea.Browser.Send(basket, "/basket/coupon", ("coupon", "winter"));
        basket = await bea.Browser.Open("/basket");
        basket.Text.ShouldContain("No shop in your basket has a coupon winter");
        await bea.Browser.Send(basket, "/basket/coupon", ("coupon", "spring"));
        var review = await bea.GiveAddress(("line1", "Court 9"));
        review.Text.ShouldContain("No shop in your basket has a coupon winter");
        review.Text.ShouldContain("2.50 EUR off by coupon");
        review = await bea.Apply(review, "coupon.unknown:coupons[0]#leave-coupon");
        review.Text.ShouldContain("Pay 30.50 EUR");
        var paid = await bea.Browser.Follow(await bea.Press(review));
        paid.Text.ShouldContain("30.50 EUR is held");
    }

    [Fact]
    public async Task A_seller_issues_one_on_a_page_and_sees_it_used()
    {
        var (ana, seller) = await market.Seller();
        using var shop = await Shopper.SignedIn(market, Party.Seller, ana);
        var page = await shop.Browser.Open("/coupons");
        page.Text.ShouldContain("You have no coupons yet");
        var wrong = await shop.Browser.Send(page, "/coupons",
            ("code", "ten"), ("currency", "EUR"), ("percentOff", "10"), ("until", "soon"), ("uses", "3"));
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Text.ShouldContain("Write the day as 2026-12-31");
        var issued = await shop.Browser.Follow(await shop.Browser.Send(wrong, "/coupons",
            ("code", "ten"), ("currency", "EUR"), ("percentOff", "10"), ("until", "2098-12-31"), ("uses", "3")));
        issued.Text.ShouldContain("The coupon can be used");
        (await market.As(Party.Buyer, market.Fresh("bea")).Post("/v1/checkouts", Ask(ana, "Bridge 4", code: "ten")))
            .Status.ShouldBe(HttpStatusCode.Created);
        var one = await shop.Browser.Open("/coupons/ten");
        one.Text.ShouldContain("1 of 3");
        var ended = await shop.Browser.Follow(await shop.Browser.Send(one, "/coupons/ten/end"));
        ended.Text.ShouldContain("The coupon has ended");
        (await seller.Get($"/v1/coupons/{ana}/ten")).Json["coupon"]!["state"]!.ToString().ShouldBe("ended");
    }
}
