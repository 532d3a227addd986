using System.Net;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>Buyers read prices in a currency of their own too, by a rate whose day and source are told; they pay as it
/// is asked.</summary>
[Trait("Capability", "CHK-7")]
public sealed class ReadingInOwnMoney(Market market) : IClassFixture<Market>
{
    async Task BringRates()
    {
        // Each test is of a later day than the one before, and a rate is good for two.
        market.Clock.Pass(Duration.FromDays(7));
        var day = market.Clock.Now.InUtc().Date;
        var reply = await market.As(Party.Operator, "rui").Post("/v1/rates/ecb", new
        {
            text = $"<Cube><Cube time='{day:uuuu-MM-dd}'><Cube currency='BRL' rate='6.00'/>"
                + "<Cube currency='JPY' rate='160'/></Cube></Cube>",
        });
        reply.Status.ShouldBe(HttpStatusCode.OK, reply.Text);
    }

    static Task<PageReply> Choose(Browser who, PageReply page, string money) =>
        who.Send(page, "/currency", ("money", money), ("then", "/shop"));

    [Fact]
    public async Task A_visitor_chooses_once_and_reads_it_beside_every_price_until_they_have_paid()
    {
        await BringRates();
        var (ana, _) = await market.Seller();
        using var bea = await Shopper.SignedIn(market);
        await Market.Until(async () => (await bea.Browser.Open($"/shop/{ana}/mug")).Html.Contains("value=\"BRL\""),
            "rates to choose of");
        var listing = await bea.Browser.Open($"/shop/{ana}/mug");
        listing.Text.ShouldNotContain("≈");
        (await Choose(bea.Browser, listing, "BRL")).Status.ShouldBe(HttpStatusCode.Redirect);

        listing = await bea.Browser.Open($"/shop/{ana}/mug");
        listing.Text.ShouldContain("12.50 EUR");
        listing.Text.ShouldContain("≈ 75.00 BRL");
        listing.Text.ShouldContain("≈ 24.00 BRL");                          // what sending it costs
        listing.Text.ShouldContain("(European Central Bank), to read only: you pay in EUR.");
        await market.Shown();
        (await bea.Browser.Open("/shop")).Text.ShouldContain("≈ 75.00 BRL");

        await bea.PutMugs(ana, 2);
        (await bea.Browser.Open("/basket")).Text.ShouldContain("≈ 150.00 BRL");
        var review = await bea.GiveAddress();
        review.Text.ShouldContain("≈ 198.00 BRL");                          // 33.00 EUR
        review.Text.ShouldContain("Pay 33.00 EUR");
        await bea.Browser.Follow(await bea.Press(review));
        await market.Shown();
        var orders = (await bea.Api.Get("/v1/orders")).Json["items"]!.AsArray();
        var order = await bea.Browser.Open($"/orders/{$"{orders[0]!["id"]}"["order/".Length..]}");
        order.Text.ShouldContain("33.00 EUR ≈ 198.00 BRL");
        $"{orders[0]!["total"]!["currency"]}".ShouldBe("EUR");
    }

    [Fact]
    public async Task Nothing_is_told_by_a_rate_that_is_stale()
    {
        await BringRates();
        var (ana, _) = await market.Seller();
        using var visitor = market.App.Stranger();
        await Market.Until(async () => (await visitor.Open($"/shop/{ana}/mug")).Html.Contains("value=\"JPY\""),
            "rates to choose of");
        await Choose(visitor, await visitor.Open($"/shop/{ana}/mug"), "JPY");
        (await visitor.Open($"/shop/{ana}/mug")).Text.ShouldContain("≈ 2,000 JPY");
        market.Clock.Pass(Duration.FromDays(6));
        var later = await visitor.Open($"/shop/{ana}/mug");
        later.Text.ShouldNotContain("≈");
        later.Text.ShouldContain("No rate from EUR to JPY is good today");
    }

    [Fact]
    public async Task It_stays_with_the_account_through_other_choices_and_goes_when_it_is_given_up()
    {
        await BringRates();
        var (ana, _) = await market.Seller();
        using var bea = await market.App.Person(market.Mail, $"{market.Fresh("bea")}@example.org");
        await Market.Until(async () => (await bea.Open($"/shop/{ana}/mug")).Html.Contains("value=\"BRL\""),
            "rates to choose of");
        await Choose(bea, await bea.Open($"/shop/{ana}/mug"), "BRL");
        var me = await bea.Open("/me");
        me.Html.ShouldContain("value=\"BRL\" selected");
        await bea.Send(me, "/me/choices", ("name", "Bea"), ("theme", "dark"), ("money", "BRL"));
        (await bea.Open($"/shop/{ana}/mug")).Text.ShouldContain("≈ 75.00 BRL");
        (await bea.Open("/me/data")).Html.ShouldContain("\"money\":\"BRL\"");
        await Choose(bea, await bea.Open($"/shop/{ana}/mug"), "no money");
        (await bea.Open($"/shop/{ana}/mug")).Text.ShouldNotContain("≈");
    }

    static string Told(System.Text.Json.Nodes.JsonNode body, string of)
    {
        var amount = body["reading"]!["amounts"]!.AsArray().Single(a => $"{a!["of"]}" == of)!;
        var rate = amount["rate"]!;
        return $"{amount["asked"]!["minor"]} {amount["asked"]!["currency"]} {amount["amount"]!["minor"]} "
            + $"{amount["amount"]!["currency"]} {rate["numerator"]}/{rate["denominator"]} {rate["sources"]}";
    }

    [Fact]
    public async Task Programs_are_told_the_same_by_rate_day_and_source_and_that_it_is_information()
    {
        await BringRates();
        var (ana, _) = await market.Seller();
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        await Market.Until(async () => (await bea.Get($"/v1/listings/{ana}/mug?readIn=BRL"))
            .Json["reading"]!["amounts"]!.AsArray().Count > 0, "rates");
        var day = market.Clock.Now.InUtc().Date;
        var listing = (await bea.Get($"/v1/listings/{ana}/mug?readIn=BRL")).Json;
        Told(listing, "offer.variants[0].price").ShouldBe("1250 EUR 7500 BRL 6/1 ecb");
        $"{listing["reading"]!["amounts"]![0]!["rate"]!["date"]}".ShouldBe($"{day:uuuu-MM-dd}");
        listing["reading"]!["isInformation"]!.GetValue<bool>().ShouldBeTrue();
        $"{listing["reading"]!["text"]![0]}".ShouldContain("what is paid is in EUR");
        await market.Shown();
        Told((await market.Stranger().Get($"/v1/listings?seller={ana}&readIn=BRL")).Json["items"]![0]!,
            "offer.variants[0].price").ShouldContain("7500 BRL");

        var basket = Market.Basket(2, sellers: ana);
        Told((await bea.Post("/v1/checkouts/quotes?readIn=BRL", basket)).Json, "total").ShouldBe(
            "3300 EUR 19800 BRL 6/1 ecb");
        var paid = await bea.Post("/v1/checkouts?readIn=BRL", basket);
        Told(paid.Json, "total").ShouldContain("19800 BRL");
        $"{paid.Json["total"]!["currency"]}".ShouldBe("EUR");
        var at = $"/v1/{$"{paid.Json["id"]}".Replace("checkout/", "checkouts/")}";
        Told((await bea.Get($"{at}?readIn=BRL")).Json, "total").ShouldContain("19800 BRL");
        (await bea.Get(at)).Json["reading"].ShouldBeNull();
        (await bea.Get($"{at}?readIn=EUR")).Json["reading"].ShouldBeNull();
        await market.Shown();
        Told((await bea.Get("/v1/orders?readIn=JPY")).Json["items"]![0]!, "total").ShouldContain("5280 JPY");
        var order = $"{paid.Json["orders"]![0]!["order"]}".Replace("order/", "orders/");
        Told((await bea.Get($"/v1/{order}?readIn=JPY")).Json, "total").ShouldContain("5280 JPY");

        // Without a good rate it is said that nobody can say; what is no currency is refused, and nothing is bought.
        var stale = (await bea.Get($"{at}?readIn=KWD")).Json["reading"]!;
        stale["amounts"]!.AsArray().ShouldBeEmpty();
        $"{stale["text"]![0]}".ShouldContain("No rate from EUR to KWD");
        var before = (await bea.Get("/v1/checkouts")).Json["items"]!.AsArray().Count;
        var bad = await bea.Post("/v1/checkouts?readIn=euros", basket);
        (bad.Status, bad["code"]).ShouldBe((HttpStatusCode.BadRequest, "api.no-such-currency"), bad.Text);
        await market.Shown();
        (await bea.Get("/v1/checkouts")).Json["items"]!.AsArray().Count.ShouldBe(before);
    }
}
