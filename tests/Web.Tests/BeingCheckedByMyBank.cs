using System.Net;
using Xunit;
namespace Recourse.Tests;

/// <summary>Somebody becomes a verified customer by their bank's own check, on the stand-in's page of a bank.</summary>
[Trait("Capability", "CHK-5")]
public sealed class BeingCheckedByMyBank(Market market) : IClassFixture<Market>
{
    async Task<(string Name, Someone Buyer, Reply Begun)> Begins(string method)
    {
        var name = market.Fresh("bea");
        var buyer = market.As(Party.Buyer, name);
        await buyer.Post($"/v1/verifications/{name}/start");
        return (name, buyer, await buyer.Post($"/v1/verifications/{name}/bank", new { method }));
    }

    static async Task<HttpResponseMessage> Answers(string page, string answer)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        (await http.GetStringAsync(page)).ShouldContain("Is it you?");
        return await http.PostAsync(page, new FormUrlEncodedContent([new("answer", answer)]));
    }

    [Theory, InlineData("pm_card_visa"), InlineData("pm_standin_answer-500-after-doing"),
     InlineData("pm_standin_charge-then-timeout"), InlineData("pm_standin_answer-500-before")]
    public async Task The_bank_asks_on_its_page_and_what_it_says_counts(string method)
    {
        var (name, buyer, begun) = await Begins(method);
        (begun.Status is HttpStatusCode.OK or HttpStatusCode.Accepted).ShouldBeTrue(begun.Text);
        await Until(buyer, name, "atBank");
        var body = await buyer.Get($"/v1/verifications/{name}");
        var page = body["bankPage"]!;
        (await market.As(Party.Agent, "lia").Get($"/v1/verifications/{name}")).Json["bankPage"].ShouldBeNull();

        var early = await buyer.Post($"/v1/verifications/{name}/bank/look");
        (early.Status is HttpStatusCode.OK or HttpStatusCode.Accepted).ShouldBeTrue(early.Text);
        await Until(buyer, name, "atBank");
        using var sent = await Answers(page, "yes");
        sent.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        sent.Headers.Location!.PathAndQuery.ShouldStartWith("/verification/bank/back?setup_intent=");
        await buyer.Post($"/v1/verifications/{name}/bank/look");
        await Until(buyer, name, "verified");
        (await market.As(Party.Agent, "lia").Get($"/v1/history?of=verification/{name}")).Text
            .ShouldContain("now borne by: the bank");
    }

    async Task Until(Someone buyer, string name, string state)
    {
        for (var n = 0; n < 8 && (await buyer.Get($"/v1/verifications/{name}"))["state"] != state; n++)
        {
            market.Clock.Pass(Duration.FromMinutes(2));
            await Task.Delay(300);
        }
        await Market.Until(async () => (await buyer.Get($"/v1/verifications/{name}"))["state"] == state, state);
    }

    [Fact]
    public async Task A_bank_that_knows_asks_nothing_and_one_that_refuses_leaves_another_way()
    {
        var (_, _, known) = await Begins("pm_standin_bank-knows");
        known["state"].ShouldBe("verified", known.Text);
        foreach (var method in (string[])["pm_standin_bank-refuses", "pm_card_chargeDeclinedStolenCard"])
        {
            var (name, buyer, refused) = await Begins(method);
            refused["state"].ShouldBe("asked", refused.Text);
            refused.Json["actions"]!.ToJsonString().ShouldContain("verification.show-document");
            await Market.Until(
                async () => (await buyer.Get("/v1/inbox")).Text.Contains("challenge-failed"), "the news");
            (await buyer.Get("/v1/inbox")).Text.ShouldNotContain("stolen");
            name.ShouldNotBeEmpty();
        }
        var (_, _, none) = await Begins(" ");
        none.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Who_never_goes_there_can_take_another_way_once_the_time_is_up()
    {
        var (name, buyer, _) = await Begins("pm_card_visa");
        await Until(buyer, name, "atBank");
        market.Clock.Pass(Duration.FromMinutes(31));
        await Market.Until(async () => (await buyer.Get($"/v1/verifications/{name}"))["state"] == "asked", "the end");
    }

    [Fact]
    public async Task On_ones_own_page_it_is_one_press_there_and_one_link_to_the_bank()
    {
        using var bea = await Shopper.SignedIn(market);
        var start = await bea.Browser.Open("/verification");
        await bea.Browser.Send(start, "/verification/start");
        var path = await bea.Browser.Open("/verification");
        path.Text.ShouldContain("With your bank");
        await bea.Browser.Send(path, "/verification/bank", ("method", "pm_card_visa"));
        var atBank = await bea.Browser.Open("/verification");
        atBank.Text.ShouldContain("Go to the bank's page");
        var page = WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(
            atBank.Html, "href=\"(http[^\"]*/standin/bank/[^\"]+)\"").Groups[1].Value);
        using var sent = await Answers(page, "yes");
        await bea.Browser.Open(sent.Headers.Location!.PathAndQuery);
        await Market.Until(async () => (await bea.Browser.Open("/verification")).Text.Contains(
            "verified customer until", StringComparison.OrdinalIgnoreCase), "the bank's word");
        // It counts for that card, and the page says so.
        (await bea.Browser.Open("/verification")).Text.ShouldContain("With another card you may be asked again");
        (await bea.Api.Get($"/v1/verifications/{bea.Name}"))["countsFor"].ShouldBe("card");
    }
}
