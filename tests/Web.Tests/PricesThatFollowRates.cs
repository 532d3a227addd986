using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Catalog;
using Recourse.Runtime;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>An operator brings rates, and prices in dollars follow what their seller wants in euros.</summary>
[Trait("Capability", "INV-4")]
public sealed class PricesThatFollowRates(Market market) : IClassFixture<Market>
{
    Someone Operator => market.As(Party.Operator, "rui");

    int _days = -1;

    // Each test, and each file in it, is of a later day than the one before.
    string File(string usd)
    {
        market.Clock.Pass(Duration.FromDays(1));
        _days++;
        return $"<Cube><Cube time='{market.Clock.Now.InUtc().Date:uuuu-MM-dd}'><Cube currency='USD' rate='{usd}'/>"
            + "</Cube></Cube>";
    }

    async Task Bring(string usd)
    {
        var reply = await Operator.Post("/v1/rates/ecb", new { text = File(usd) });
        reply.Status.ShouldBe(HttpStatusCode.OK, reply.Text);
    }

    static object Offer(int buffer = 200, object? peg = null, long price = 1) => new
    {
        title = "Mug", shipsFrom = "DE",
        variants = new[]
        {
            new
            {
                sku = "red", price = new { minor = price, currency = "USD" },
                peg = peg ?? new
                {
                    @base = new { minor = 1000, currency = "EUR" }, buffer, step = 100, at = 99,
                },
            },
        },
        shipsTo = new[] { new { country = "DE", shippingPerUnit = new { minor = 400, currency = "USD" } } },
    };

    [Fact]
    public async Task The_feed_tells_of_rates_that_came_and_of_those_that_are_stale()
    {
        await Bring("1.0700");
        market.Clock.Pass(Duration.FromDays(10));
        await Market.Until(async () =>
        {
            var feed = await Operator.Get("/v1/events?limit=500");
            feed.Status.ShouldBe(HttpStatusCode.OK, feed.Text);
            return feed.Text.Contains("rates.taken", StringComparison.Ordinal)
                && feed.Text.Contains("rates.went-stale", StringComparison.Ordinal);
        }, "both in the feed");
    }

    async Task<(string Code, Someone Seller)> Seller()
    {
        var code = market.Fresh("ana");
        var seller = market.As(Party.Seller, code);
        var put = await seller.Put($"/v1/listings/{code}/mug", Offer());
        put.Status.ShouldBe(HttpStatusCode.OK, put.Text);
        await seller.Post($"/v1/stock/{code}/red/receipts", new { location = "main", units = 10 });
        await market.Shown();
        return (code, seller);
    }

    static async Task<JsonNode> MugOf(Someone seller, string code) =>
        (await seller.Get($"/v1/listings/{code}/mug")).Json["offer"]!["variants"]![0]!;

    static long PriceIn(JsonNode mug) => mug["price"]!["minor"]!.GetValue<long>();

    [Fact]
    public async Task Move_with_the_rate_and_not_under_what_was_ordered()
    {
        await Bring("1.0705");
        var (code, seller) = await Seller();
        var mug = await MugOf(seller, code);
        PriceIn(mug).ShouldBe(10_99);
        (mug["peg"]!["rate"]!["sources"]!.ToString(), mug["peg"]!["rate"]!["numerator"]!.GetValue<long>())
            .ShouldBe(("ecb", 10_705));
        var (bea, order) = await market.Bought(code);

        await Bring("1.0800");                                              // within the buffer
        await Bring("1.1900");
        await Market.Until(async () => PriceIn(await MugOf(seller, code)) == 11_99, "a price that follows");
        (await bea.Get(order)).Json["total"]!["minor"]!.GetValue<long>().ShouldBe(10_99 + 4_00);

        // Who was shown the price before is told of it, and can take it as it is now.
        object Basket(params string[] apply) => new
        {
            lines = new[]
            {
                new
                {
                    listing = $"listing/{code}/mug", sku = "red", quantity = 1,
                    unitPrice = new { minor = 1099, currency = "USD" },
                },
            },
            country = "DE", method = "pm_card_visa", shipTo = Market.Home, apply,
        };
        var refused = await bea.Post("/v1/checkouts", Basket());
        (refused.Status, refused["code"]).ShouldBe((HttpStatusCode.UnprocessableEntity, "checkout.price-differs"));
        (await bea.Post("/v1/checkouts", Basket("checkout.price-differs:lines[0].unitPrice#take-price")))
            .Status.ShouldBe(HttpStatusCode.Created);
        await Market.Until(async () => (await seller.Get("/v1/inbox")).Text.Contains("followed the exchange rate"),
            "the notice to the seller");
    }

    [Fact]
    public async Task Move_also_for_rates_that_came_while_the_platform_was_away()
    {
        await Bring("1.0705");
        var (code, seller) = await Seller();
        var platform = market.App.Services.GetRequiredService<IPlatform>();
        var outcome = await platform.Ask(new(new Recourse.Exchange.RateSourceId("ecb"),
            new Recourse.Exchange.RateSource.Command.Take(Adapters.Rates.RateFiles.Read(
                System.Text.Encoding.UTF8.GetBytes(File("1.2000"))).Sheet!), new Actor.Operator("rui")));
        outcome.ShouldBeOfType<Outcome.Done>();
        PriceIn(await MugOf(seller, code)).ShouldBe(10_99);
        await new RateFollower(platform, Microsoft.Extensions.Logging.Abstractions.NullLogger<RateFollower>.Instance)
            .Follow(default);
        PriceIn(await MugOf(seller, code)).ShouldBe(11_99);
    }

    [Fact]
    public async Task Stay_as_they_are_while_rates_are_stale_and_none_is_made_then()
    {
        await Bring("1.0705");
        var (code, seller) = await Seller();
        market.Clock.Pass(Duration.FromDays(10));
        var told = (await Operator.Get("/v1/rates")).Json["sources"]!.AsArray().ShouldHaveSingleItem()!;
        told["isStale"]!.GetValue<bool>().ShouldBeTrue();
        PriceIn(await MugOf(seller, code)).ShouldBe(10_99);
        var put = await seller.Put($"/v1/listings/{code}/mug", Offer(buffer: 300));
        (put.Status, put["code"]).ShouldBe((HttpStatusCode.UnprocessableEntity, "listing.rate-stale"));
        await Market.Until(async () => (await Operator.Get("/v1/inbox")).Text.Contains("are stale"),
            "the notice to the platform's people");
    }

    [Fact]
    public async Task Are_brought_by_operators_alone_and_read_by_anybody()
    {
        var (code, seller) = await market.Seller();
        (await seller.Post("/v1/rates/ecb", new { text = File("1.1") })).Status.ShouldBe(HttpStatusCode.Forbidden);
        var bad = await Operator.Post("/v1/rates/ecb", new { text = "<a/>" });
        (bad.Status, bad["code"]).ShouldBe((HttpStatusCode.UnprocessableEntity, "rates.bad-file"));
        (await Operator.Post("/v1/rates/xyz", new { text = File("1.1") })).Status
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await market.Stranger().Get("/v1/rates")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Are_set_and_kept_by_the_form_of_the_listing()
    {
        await Bring("1.0705");
        var (code, seller) = await Seller();
        using var browser = Browser.At(market.App);
        await browser.SignIn(market.App.Services.GetRequiredService<AccessKeys>().Create(Party.Seller, code));
        var page = await browser.Open("/listings/mug");
        page.Html.ShouldContain("name=\"variants[0].peg.base\" value=\"10.00\"");

        (string, string)[] Sent(string amount) =>
        [
            ("title", "Mug"), ("category", ""), ("shipsFrom", "DE"), ("currency", "USD"),
            ("variants[0].sku", "red"), ("variants[0].title", ""), ("variants[0].price", "10.99"),
            ("variants[0].peg.base", amount), ("variants[0].peg.baseCurrency", "eur"),
            ("variants[0].peg.buffer", "2,5"), ("variants[0].peg.ending", "5/0"),
            ("shipsTo[0].country", "DE"), ("shipsTo[0].shippingPerUnit", "4"),
            ("do", "save"), (FormWrite.VersionField, page.Field("/listings/mug", FormWrite.VersionField)),
        ];
        var wrong = await browser.Send(page, "/listings/mug", Sent("a lot"));
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Html.ShouldContain("value=\"a lot\"");
        (await browser.Send(page, "/listings/mug", Sent("12.00"))).Location.ShouldBe("/listings/mug?done=changed");
        var mug = await MugOf(seller, code);
        PriceIn(mug).ShouldBe(12_85);                                       // 12.846, in whole five cents
        (mug["peg"]!["buffer"]!.GetValue<int>(), mug["peg"]!["step"]!.GetValue<int>()).ShouldBe((250, 5));

        // A file that says the same price lets it follow on; another price is the seller's own.
        async Task Import(string price) => (await seller.Send(HttpMethod.Post, "/v1/listings/import",
            new StringContent($"code,sku,price,currency,title\nmug,red,{price},USD,Big mug\n", null, "text/csv"),
            market.Fresh("file"))).Status.ShouldBe(HttpStatusCode.OK);
        await Import("12.85");
        (await MugOf(seller, code))["peg"].ShouldNotBeNull();
        await Import("13.00");
        (await MugOf(seller, code))["peg"].ShouldBeNull();
    }
}
