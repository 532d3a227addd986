using System.Net;
using System.Text.Json.Nodes;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>A price that looks wrong waits for its seller, who settles it with one press or one call.</summary>
public sealed class ConfirmingPrices(Market market) : IClassFixture<Market>
{
    static object Lamp(long price, string category = "", string currency = "EUR", string title = "Lamp") => new
    {
        title, category, shipsFrom = "DE",
        variants = new[] { new { sku = "lamp", price = new { minor = price, currency } } },
        shipsTo = new[] { new { country = "DE", shippingPerUnit = new { minor = 0, currency } } },
    };

    static long PriceIn(Reply listing) =>
        listing.Json["offer"]!["variants"]![0]!["price"]!["minor"]!.GetValue<long>();

    async Task<(string Name, Someone Seller, string Path)> Lamps()
    {
        var name = market.Fresh("ana");
        var (seller, path) = (market.As(Party.Seller, name), $"/v1/listings/{name}/lamp");
        (await seller.Put(path, Lamp(12_50)))["state"].ShouldBe("offered");
        return (name, seller, path);
    }

    [Fact, Trait("Capability", "INV-3")]
    public async Task A_slipped_zero_is_never_shown_to_a_buyer_and_the_old_price_goes_on()
    {
        var (_, seller, path) = await Lamps();
        var held = await seller.Put(path, Lamp(125_00));
        (held.Status, held["state"], PriceIn(held)).ShouldBe((HttpStatusCode.OK, "offered", 12_50));
        var waiting = held.Json["held"]!;
        (waiting["prices"]![0]!["code"]!.ToString(), waiting["prices"]![0]!["suggested"]!["minor"]!.GetValue<long>())
            .ShouldBe(("price.extra-zero", 12_50L));
        waiting["statement"]!["rule"]!.ToString().ShouldStartWith("listings.priceGuard");
        waiting["statement"]!["text"]!.ToString().ShouldContain("125.00 EUR for lamp looks like a zero too many");
        waiting["statement"]!["remedies"]!.AsArray().Select(r => r!["code"]!.ToString())
            .ShouldBe(["listing.confirm-price", "listing.correct-price", "appeal.open"]);

        foreach (var other in (Someone[])[market.Stranger(), market.As(Party.Buyer, market.Fresh("bea"))])
        {
            var shown = await other.Get(path);
            PriceIn(shown).ShouldBe(12_50);
            shown.Text.ShouldNotContain("12500");
        }
        await market.Shown();
        var list = await seller.Get("/v1/listings?mine=true&held=true");
        list.Json["items"]!.AsArray().Count.ShouldBe(1);
        list.Json["items"]![0]!["held"]!["prices"]![0]!["price"]!["minor"]!.GetValue<long>().ShouldBe(125_00);

        (await seller.Post($"{path}/price/confirmation")).Json["held"].ShouldBeNull();
        PriceIn(await market.Stranger().Get(path)).ShouldBe(125_00);
        (await seller.Post($"{path}/price/correction", Right(13_00))).Code.ShouldBe("listing.nothing-held");
    }

    static object Right(long price) =>
        new { prices = new[] { new { sku = "lamp", price = new { minor = price, currency = "EUR" } } } };

    [Fact, Trait("Capability", "INV-3")]
    public async Task The_right_price_is_shown_with_one_call_and_a_stranger_may_not_say_it()
    {
        var (_, seller, path) = await Lamps();
        await seller.Put(path, Lamp(1_25));
        (await market.As(Party.Seller, market.Fresh("eve")).Post($"{path}/price/confirmation")).Status
            .ShouldBe(HttpStatusCode.NotFound);
        var corrected = await seller.Post($"{path}/price/correction", Right(13_00));
        (PriceIn(corrected), corrected.Json["held"]).ShouldBe((13_00L, (JsonNode?)null));
        (await seller.Put(path, Lamp(12_50)))["held"].ShouldBeNull();
    }

    [Fact, Trait("Capability", "INV-3")]
    public async Task A_new_listing_far_from_its_peers_is_held_before_anybody_can_see_it()
    {
        var category = market.Fresh("lamps");
        var crowd = market.Fresh("crowd");
        var seller = market.As(Party.Seller, crowd);
        for (var n = 0; n < 20; n++)
            (await seller.Put($"/v1/listings/{crowd}/lamp-{n}", Lamp(10_00 + 25 * n, category)))["state"]
                .ShouldBe("offered");
        await market.Shown();
        var path = $"/v1/listings/{crowd}/new";
        var held = await seller.Put(path, Lamp(130_00, category, title: "Reading lamp"));
        (held["state"], held.Json["held"]!["prices"]![0]!["code"]!.ToString()).ShouldBe(("held", "price.extra-zero"));
        await market.Shown();
        (await market.Stranger().Get(path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await market.Stranger().Get($"/v1/listings?category={category}&limit=100")).Text
            .ShouldNotContain("Reading lamp");
        var quote = await market.As(Party.Buyer, market.Fresh("bea")).Post("/v1/checkouts/quotes", new
        {
            lines = new[] { new { listing = $"listing/{crowd}/new", sku = "lamp", quantity = 1 } }, country = "DE",
        });
        quote.Text.ShouldNotContain("13000");
        (await seller.Post($"{path}/price/correction", Right(13_00)))["state"].ShouldBe("offered");
        PriceIn(await market.Stranger().Get(path)).ShouldBe(13_00);
    }

    [Fact, Trait("Capability", "INV-3")]
    public async Task One_press_on_the_page_settles_it_and_another_price_than_was_seen_is_not_confirmed()
    {
        var (name, seller, path) = await Lamps();
        await seller.Put(path, Lamp(125_00));
        await market.Shown();
        using var ana = await market.Browse(Party.Seller, name);
        const string Settle = "/listings/lamp/price";
        var page = await ana.Open("/listings/lamp");
        foreach (var text in (string[])
            ["A price waits for you", "looks like a zero too many: usual is 12.50 EUR.",
             "Show 125.00 EUR: it is right", "Buyers see the price so far until then", "Why it is held"])
            page.Text.ShouldContain(text);
        page.Html.ShouldContain("value=\"12.50\"");
        (await ana.Open("/listings?state=held")).Text.ShouldContain("Price waits");
        (await ana.Open("/")).Text.ShouldContain("Price of Lamp");

        // Somebody else of the shop changed it meanwhile.
        await seller.Put(path, Lamp(1_250_00));
        var other = await ana.Send(page, Settle, ("shown", page.Field(Settle, "shown")), ("do", "confirm"));
        other.Text.ShouldContain("Other prices wait now than those that you were shown.");
        var bad = await ana.Send(await ana.Open("/listings/lamp"), Settle,
            ("prices[0].price", "12.505"), ("do", "correct"));
        bad.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        bad.Text.ShouldContain("EUR has 2 decimals");
        var right = await ana.Send(bad, Settle, ("prices[0].price", "12.90"), ("do", "correct"), ("from", "home"));
        right.Location.ShouldBe("/?done=correct");
        (await ana.Open(right.Location!)).Text.ShouldContain("The right price is shown.");
        PriceIn(await market.Stranger().Get(path)).ShouldBe(12_90);
        (await ana.Open("/listings/lamp")).Text.ShouldNotContain("A price waits for you");

        await seller.Put(path, Lamp(129_00));
        var again = await ana.Open("/listings/lamp");
        (await ana.Send(again, Settle, ("shown", again.Field(Settle, "shown")), ("do", "confirm"))).Location
            .ShouldBe("/listings/lamp?done=price-confirm");
        PriceIn(await market.Stranger().Get(path)).ShouldBe(129_00);
    }

    [Fact, Trait("Capability", "INV-3")]
    public async Task Its_seller_is_told_why_and_who_never_answers_keeps_the_old_price()
    {
        var (_, seller, path) = await Lamps();
        await seller.Put(path, Lamp(125_00));
        await Market.Until(async () => (await seller.Get("/v1/inbox")).Text.Contains("price-held"), "notice");
        var notice = (await seller.Get("/v1/inbox")).Json["items"]![0]!;
        (notice["href"]!.ToString(), notice["statement"]!["outcome"]!.ToString())
            .ShouldBe(("/listings/lamp", "listing.stays-as-it-was"));
        market.Clock.Pass(Duration.FromDays(15));
        await Market.Until(async () => (await seller.Get("/v1/inbox")).Text.Contains("hold-lapses-soon"), "warning");
        (await seller.Get(path)).Json["held"].ShouldNotBeNull("a late warning leaves them their time");
        market.Clock.Pass(Duration.FromDays(15));
        await Market.Until(async () => (await seller.Get(path)).Json["held"] is null, "lapse");
        PriceIn(await seller.Get(path)).ShouldBe(12_50);
        await Market.Until(async () => (await seller.Get("/v1/inbox")).Text.Contains("price-dropped"), "notice");
    }

    [Fact, Trait("Capability", "INV-3")]
    public async Task Saving_a_form_with_a_slip_keeps_what_was_typed_and_shows_the_rest()
    {
        var (name, seller, path) = await Lamps();
        using var ana = await market.Browse(Party.Seller, name);
        var page = await ana.Open("/listings/lamp");
        var saved = await ana.Send(page, "/listings/lamp",
            ("title", "Desk lamp"), ("category", ""), ("shipsFrom", "DE"), ("currency", "EUR"),
            ("variants[0].sku", "lamp"), ("variants[0].title", ""), ("variants[0].price", "1250"),
            ("shipsTo[0].country", "DE"), ("shipsTo[0].shippingPerUnit", "0"), ("do", "save"),
            (FormWrite.VersionField, page.Field("/listings/lamp", FormWrite.VersionField)));
        saved.Location.ShouldBe("/listings/lamp?done=held");
        var after = await ana.Follow(saved);
        after.Html.ShouldContain("value=\"1250.00\"");
        after.Text.ShouldContain("A price looks wrong and waits for you.");
        var shown = await market.Stranger().Get(path);
        (shown.Json["offer"]!["title"]!.ToString(), PriceIn(shown)).ShouldBe(("Desk lamp", 12_50L));
        (await seller.Get(path)).Json["held"]!["offer"]!["title"]!.ToString().ShouldBe("Desk lamp");
    }
}
