using System.Net;
using System.Text.Json.Nodes;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>What can't get there is told before anybody pays, with the way that works; the seller says how.</summary>
public sealed class WaysToSendIt(Market market) : IClassFixture<Market>
{
    static object Way(string service, long cost, int from, int to) =>
        new { service, perUnit = new { minor = cost, currency = "EUR" }, fromDays = from, toDays = to };

    static object Mug(string title = "Mug", string[]? goods = null, params object[] options) => new
    {
        title, shipsFrom = "DE", goods = goods ?? [], unit = new { grams = 500 },
        variants = new[] { new { sku = "red", price = new { minor = 1250, currency = "EUR" } } },
        shipsTo = new[] { new { country = "DE", shippingPerUnit = new { minor = 0, currency = "EUR" }, options } },
    };

    static object[] Two => [Way("post-packet", 3_00, 3, 6), Way("dhl-parcel", 5_00, 1, 2)];

    static object Ask(string seller, int quantity, string postcode = "10115", string? service = null,
        params string[] apply) => new
    {
        lines = new[] { new { listing = $"listing/{seller}/mug", sku = "red", quantity, service } },
        country = "DE", method = "pm_card_visa", apply,
        shipTo = new
        {
            name = "Bea Muster", lines = new[] { "Hauptstr. 1" }, city = "Berlin", postcode, country = "DE",
        },
    };

    async Task<(string Code, Someone Seller)> Selling(params object[] options)
    {
        var (code, seller) = await market.Seller();
        var put = await seller.Put($"/v1/listings/{code}/mug", Mug(options: options));
        put.Status.ShouldBe(HttpStatusCode.OK, put.Text);
        return (code, seller);
    }

    static JsonNode[] Findings(Reply reply) => [.. reply.Json["findings"]!.AsArray().Select(f => f!)];

    static long Minor(JsonNode? money) => money!["minor"]!.GetValue<long>();

    [Fact, Trait("Capability", "INV-5")]
    public async Task A_listing_says_up_front_how_it_is_sent_and_what_each_way_can_carry()
    {
        var (ana, _) = await Selling(Two);
        var ways = (await market.Stranger().Get($"/v1/listings/{ana}/mug/availability")).Json["ways"]!.AsArray();
        ways.Select(w => (w!["service"]!.ToString(), w["tracked"]!.GetValue<bool>(), w["mostUnits"]!.GetValue<int>()))
            .ShouldBe([("post-packet", false, 4), ("dhl-parcel", true, 63)]);
        (await market.Stranger().Get($"/v1/listings/{ana}/mug")).Json["offer"]!["shipsTo"]![0]!["shippingPerUnit"]!
            ["minor"]!.GetValue<long>().ShouldBe(3_00);
        using var bea = await Shopper.SignedIn(market);
        var page = await bea.Browser.Open($"/shop/{ana}/mug");
        page.Text.ShouldContain("Post, small packet · 3 to 6 business days · not tracked · 4 to a parcel");
        page.Text.ShouldContain("DHL, parcel");
        (await market.Stranger().Get("/v1/shipping")).Json["services"]!.AsArray().Count.ShouldBeGreaterThan(5);
    }

    [Fact, Trait("Capability", "CHK-4")]
    public async Task The_way_that_works_is_one_step_away_with_its_price_and_day()
    {
        var (ana, _) = await Selling(Two);
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        var quote = await bea.Post("/v1/checkouts/quotes", Ask(ana, 5, service: "post-packet"));
        var found = Findings(quote).ShouldHaveSingleItem();
        (found["code"]!.ToString(), found["stops"]!.GetValue<bool>()).ShouldBe(("shipping.too-heavy", true));
        var fixes = found["fixes"]!.AsArray();
        fixes.Select(f => f!["kind"]!.ToString()).ShouldBe(["send-by", "take", "leave-out"]);
        fixes.Select(f => f!["text"]!.ToString()).Take(2).ShouldBe(["Send it by DHL, parcel", "Take 4"]);
        Minor(fixes[0]!["total"]).ShouldBe(5 * (12_50 + 5_00));
        fixes[0]!["arrivesBy"].ShouldNotBeNull();

        (await bea.Post("/v1/checkouts", Ask(ana, 5, service: "post-packet"))).Code.ShouldBe("shipping.too-heavy");
        var paid = await bea.Post("/v1/checkouts",
            Ask(ana, 5, service: "post-packet", apply: fixes[0]!["id"]!.ToString()));
        paid.Status.ShouldBe(HttpStatusCode.Created, paid.Text);
        Minor(paid.Json["total"]).ShouldBe(5 * (12_50 + 5_00));
        paid.Json["lines"]![0]!["service"]!.ToString().ShouldBe("dhl-parcel");
    }

    [Fact, Trait("Capability", "INV-5")]
    public async Task Nothing_chosen_is_the_cheapest_that_fits_and_a_quote_says_when_it_is_there()
    {
        var (ana, seller) = await Selling(Two);
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        var line = (await bea.Post("/v1/checkouts/quotes", Ask(ana, 1))).Json["lines"]![0]!;
        (line["service"]!.ToString(), Minor(line["shippingPerUnit"]), line["ways"]!.AsArray().Count)
            .ShouldBe(("post-packet", 3_00, 2));
        string.CompareOrdinal($"{line["arrivesBy"]}", $"{line["dispatchDue"]}").ShouldBeGreaterThan(0);
        var paid = await bea.Post("/v1/checkouts", Ask(ana, 1));
        Minor(paid.Json["total"]).ShouldBe(12_50 + 3_00, paid.Text);

        // What changes between look and press is said, and nothing is placed at another price.
        await seller.Put($"/v1/listings/{ana}/mug", Mug(options: Way("dhl-parcel", 6_00, 1, 2)));
        (await bea.Post("/v1/checkouts", Ask(ana, 1, service: "post-packet"))).Code.ShouldBe("shipping.no-such-way");
    }

    [Fact, Trait("Capability", "CHK-4")]
    public async Task What_goes_far_out_is_told_and_asked_for_as_it_was_told()
    {
        var (ana, _) = await Selling(Way("ups-standard", 10_00, 1, 2));
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        var quote = await bea.Post("/v1/checkouts/quotes", Ask(ana, 1, postcode: "25980"));
        var found = Findings(quote).Single(f => f["code"]!.ToString() == "shipping.remote-surcharge");
        (found["gravity"]!.ToString(), found["stops"]!.GetValue<bool>()).ShouldBe(("advice", false));
        found["detail"]!.ToString().ShouldContain("the German islands is far out");
        Minor(quote.Json["lines"]![0]!["surcharge"]).ShouldBe(2_00);
        Minor(quote.Json["total"]).ShouldBe(12_50 + 12_00);
    }

    [Fact, Trait("Capability", "INV-5")]
    public async Task A_buyer_chooses_on_the_page_that_pays()
    {
        var (ana, _) = await Selling(Two);
        using var bea = await Shopper.SignedIn(market);
        await bea.PutMugs(ana);
        var review = await bea.GiveAddress();
        review.Text.ShouldContain("Post, small packet, there from");
        review.Text.ShouldContain("DHL, parcel");
        var chosen = await bea.Browser.Follow(await bea.Browser.Send(review, "/basket/change",
            ("item", $"{ana}~mug~red~1~1250~EUR~dhl-parcel"), ("then", "/checkout?currency=EUR")));
        chosen.Text.ShouldContain("DHL, parcel, there from");
        chosen.Text.ShouldContain("17.50 EUR");
        var paid = await bea.Browser.Follow(await bea.Press(chosen));
        paid.Text.ShouldContain("17.50 EUR");
    }

    [Fact, Trait("Capability", "INV-5"), Trait("Capability", "CHK-7")]
    public async Task An_order_tells_the_way_and_the_days_that_were_promised()
    {
        var (ana, _) = await Selling(Two);
        var name = market.Fresh("bea");
        var bea = market.As(Party.Buyer, name);
        var quoted = (await bea.Post("/v1/checkouts/quotes", Ask(ana, 1, service: "dhl-parcel"))).Json["lines"]![0]!;
        var paid = await bea.Post("/v1/checkouts", Ask(ana, 1, service: "dhl-parcel"));
        var order = $"{paid.Json["orders"]![0]!["order"]}"["order/".Length..];
        var told = (await bea.Get($"/v1/orders/{order}")).Json;
        var by = told["lines"]![0]!["by"]!;
        ($"{by["service"]}", by["tracked"]!.GetValue<bool>(), $"{by["asOf"]}")
            .ShouldBe(("dhl-parcel", true, $"{told["placedAt"]}"));
        ($"{by["arrivesFrom"]}", $"{by["arrivesBy"]}").ShouldBe(($"{quoted["arrivesFrom"]}", $"{quoted["arrivesBy"]}"));
        using var browser = await market.Browse(Party.Buyer, name);
        var page = await browser.Open($"/orders/{order}");
        page.Text.ShouldContain("DHL, parcel · tracked");
        page.Text.ShouldContain("Promised on");

        // What has ended is not promised any more.
        await bea.Post($"/v1/orders/{order}/cancellation", new { reason = "cancel.changed-mind" });
        await market.Shown();
        (await browser.Open($"/orders/{order}")).Text.ShouldNotContain("Promised on");
    }

    [Fact, Trait("Capability", "CHK-7")]
    public async Task What_is_put_together_goes_in_a_way_that_carries_all_of_it()
    {
        var (ana, _) = await Selling(Two);
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        object Twice(string? first, string? second) => new
        {
            lines = new[]
            {
                new { listing = $"listing/{ana}/mug", sku = "red", quantity = 1, service = first },
                new { listing = $"listing/{ana}/mug", sku = "red", quantity = 4, service = second },
            },
            country = "DE", method = "pm_card_visa", shipTo = Market.Home,
            apply = new[] { "checkout.same-item-twice:lines[1]#put-together" },
        };
        async Task<JsonNode> Line(string? first, string? second) =>
            (await bea.Post("/v1/checkouts/quotes", Twice(first, second))).Json["lines"]!.AsArray()
                .ShouldHaveSingleItem()!;
        // Five are too heavy for a packet.
        ($"{(await Line("post-packet", "dhl-parcel"))["service"]}").ShouldBe("dhl-parcel");
        ($"{(await Line("dhl-parcel", "dhl-parcel"))["service"]}").ShouldBe("dhl-parcel");
        ($"{(await Line(null, "post-packet"))["service"]}").ShouldBe("dhl-parcel");
    }

    [Fact, Trait("Capability", "INV-4")]
    public async Task What_a_way_costs_can_follow_a_rate_and_is_set_by_the_form()
    {
        var day = market.Clock.Now.InUtc().Date;
        async Task Bring(string rate) => (await market.As(Party.Operator, "rui").Post("/v1/rates/ecb", new
        {
            text = $"<Cube><Cube time='{day:uuuu-MM-dd}'><Cube currency='USD' rate='{rate}'/></Cube></Cube>",
        })).Status.ShouldBe(HttpStatusCode.OK);
        await Bring("1.0000");
        var (code, seller) = await Selling();
        using var ana = await market.Browse(Party.Seller, code);
        var saved = await ana.Does("/listings/mug", "/listings/mug",
            ("title", "Mug"), ("shipsFrom", "DE"), ("currency", "EUR"), ("variants[0].sku", "red"),
            ("variants[0].title", ""), ("variants[0].price", "12.50"), ("ways[0].country", "de"),
            ("ways[0].service", "post-packet"), ("ways[0].perUnit", ""), ("ways[0].fromDays", "3"),
            ("ways[0].toDays", "6"), ("ways[0].peg.base", "4.00"), ("ways[0].peg.baseCurrency", "usd"),
            ("ways[0].peg.buffer", "2"), ("ways[0].peg.ending", "1/0"), ("do", "save"));
        saved.Location.ShouldBe("/listings/mug?done=changed", saved.Text);
        async Task<JsonNode> Way() => (await seller.Get($"/v1/listings/{code}/mug")).Json["offer"]!["shipsTo"]![0]!
            ["options"]![0]!;
        Minor((await Way())["perUnit"]).ShouldBe(4_00);
        (await Way())["peg"]!["rate"]!["sources"]!.ToString().ShouldBe("ecb");
        (await ana.Open("/listings/mug")).Html.ShouldContain("name=\"ways[0].peg.base\" value=\"4.00\"");
        await Bring("1.1000");
        await Market.Until(async () => Minor((await Way())["perUnit"]) == 3_64, "a cost that follows");
        await market.Shown();
        using var rui = await market.Browse(Party.Operator, "rui");
        (await rui.Open("/rates")).Text.ShouldContain("to Germany by Post, small packet");
    }

    [Fact, Trait("Capability", "INV-5")]
    public async Task A_seller_says_on_a_form_how_it_is_sent()
    {
        var (code, seller) = await Selling();
        using var ana = await market.Browse(Party.Seller, code);
        (string, string)[] Form(params (string, string)[] more) =>
        [
            ("title", "Mug"), ("shipsFrom", "DE"), ("currency", "EUR"), ("variants[0].sku", "red"),
            ("variants[0].title", ""), ("variants[0].price", "12.50"), ("shipsTo[0].country", ""),
            ("shipsTo[0].shippingPerUnit", ""), ("do", "save"), .. more,
        ];
        var refused = await ana.Does("/listings/mug", "/listings/mug", Form(
            ("ways[0].country", "de"), ("ways[0].service", "post-packet"), ("ways[0].perUnit", "3"),
            ("ways[0].fromDays", "6"), ("ways[0].toDays", "3"), ("unit.grams", "much")));
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Html.ShouldContain("id=\"f-ways-0--toDays-fault\"");
        refused.Html.ShouldContain("id=\"f-unit-grams-fault\"");
        var saved = await ana.Does("/listings/mug", "/listings/mug", Form(
            ("ways[0].country", "de"), ("ways[0].service", "post-packet"), ("ways[0].perUnit", "3"),
            ("ways[0].fromDays", "3"), ("ways[0].toDays", "6"), ("unit.grams", "500"), ("goods", "knives")));
        saved.Location.ShouldBe("/listings/mug?done=changed");
        var offer = (await seller.Get($"/v1/listings/{code}/mug")).Json["offer"]!;
        offer["shipsTo"]![0]!["options"]![0]!["service"]!.ToString().ShouldBe("post-packet");
        (offer["unit"]!["grams"]!.GetValue<int>(), offer["goods"]![0]!.ToString()).ShouldBe((500, "knives"));
        var again = await ana.Open("/listings/mug");
        again.Html.ShouldContain("name=\"ways[0].country\"");
        again.Html.ShouldContain("value=\"post-packet\" selected");
    }

    [Fact, Trait("Capability", "CHK-9")]
    public async Task Goods_that_a_title_names_are_asked_about_and_answered_with_one_press()
    {
        var (code, seller) = await market.Seller();
        var held = await seller.Put($"/v1/listings/{code}/pistol", Mug("Water pistol", options: Two));
        held["state"].ShouldBe("held", held.Text);
        var asked = held.Json["held"]!["goods"]![0]!;
        (asked["goods"]!.ToString(), asked["word"]!.ToString(), asked["sold"]!.GetValue<bool>())
            .ShouldBe(("weapons", "pistol", false));
        held.Json["held"]!["statement"]!["text"]!.ToString().ShouldContain("sounds like firearms and ammunition");
        (await market.Stranger().Get($"/v1/listings/{code}/pistol")).Status.ShouldBe(HttpStatusCode.NotFound);

        using var ana = await market.Browse(Party.Seller, code);
        await market.Shown();
        (await ana.Open("/")).Text.ShouldContain("Say what is in it");
        (await ana.Does("/listings/pistol", "/listings/pistol/goods", ("from", "listing"), ("do", "none"),
            ("goods", "weapons"))).Location.ShouldBe("/listings/pistol?done=goods-answered");
        (await market.Stranger().Get($"/v1/listings/{code}/pistol"))["state"].ShouldBe("offered");

        await seller.Put($"/v1/listings/{code}/revolver", Mug("Old revolver", options: Two));
        var barred = await seller.Post($"/v1/listings/{code}/revolver/goods", new { goods = new[] { "weapons" } });
        barred["state"].ShouldBe("barred", barred.Text);
        barred.Json["barred"]!["text"]!.ToString().ShouldContain("nobody may offer these here");
        (await ana.Open("/listings/revolver")).Text.ShouldContain("nobody may offer these here");
        (await market.Stranger().Get($"/v1/listings/{code}/revolver")).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
