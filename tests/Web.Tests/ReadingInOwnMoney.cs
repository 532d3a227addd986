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
}
