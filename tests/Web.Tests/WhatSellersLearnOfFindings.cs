using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>Sellers learn what stood in buyers' way on their listings, and nothing about whom.</summary>
[Trait("Capability", "CHK-1")]
public sealed class WhatSellersLearnOfFindings(Market market) : IClassFixture<Market>
{
    LookBook Book => market.App.Services.GetRequiredService<LookBook>();

    static async Task<JsonNode?> Own(Someone seller, string code) =>
        (await seller.Get("/v1/listings/findings")).Json["items"]!.AsArray()
            .SingleOrDefault(i => i!["code"]!.ToString() == code);

    static Task<Reply> Looks(Someone buyer, int quantity, string of) =>
        buyer.Post("/v1/checkouts/quotes", Market.Basket(quantity, sellers: of));

    [Fact]
    public async Task Who_looked_and_went_away_is_counted_for_the_seller_alone_also_after_a_restart()
    {
        var (ana, seller) = await market.Seller(units: 3);
        var name = market.Fresh("bea");
        var gone = market.As(Party.Buyer, name);
        await Looks(gone, 5, ana);
        await Looks(gone, 5, ana);                                          // looking again is looking once
        (await Own(seller, "stock.not-enough"))!["looks"]!.GetValue<int>().ShouldBe(1);
        (await Own(seller, "stock.not-enough"))!["gaveUp"]!.GetValue<int>().ShouldBe(0);

        var mended = market.As(Party.Buyer, market.Fresh("rui"));
        await Looks(mended, 5, ana);
        await Looks(mended, 2, ana);                                        // settled: nothing stands in the way
        var wentOn = market.As(Party.Buyer, market.Fresh("lia"));
        await Looks(wentOn, 5, ana);
        (await wentOn.Post("/v1/checkouts", Market.Basket(1, sellers: ana))).Status.ShouldBe(
            System.Net.HttpStatusCode.Created);
        await Looks(market.Stranger(), 5, ana);                             // nobody could say whether they came back

        market.Clock.PassUntil(market.Clock.Now + Duration.FromMinutes(61));
        Book.Sweep();
        Book.Save();
        var found = (await Own(seller, "stock.not-enough"))!;
        (found["looks"]!.GetValue<int>(), found["gaveUp"]!.GetValue<int>()).ShouldBe((3, 1));
        found.ToJsonString().ShouldNotContain(name);
        (await Own(market.As(Party.Seller, market.Fresh("eve")), "stock.not-enough")).ShouldBeNull();

        await market.Restart();
        (await Own(market.As(Party.Seller, ana), "stock.not-enough"))!["gaveUp"]!.GetValue<int>().ShouldBe(1);
        (await market.As(Party.Agent, "lia").Get("/v1/findings/days")).Json["items"]!.AsArray()
            .Select(d => $"{d!["code"]} {d["gaveUp"]}").ShouldContain("stock.not-enough 1");
    }

    [Fact]
    public async Task What_was_fixed_and_paid_is_counted_with_the_sellers_part_of_it()
    {
        var (ana, seller) = await market.Seller(units: 3);
        var buyer = market.As(Party.Buyer, market.Fresh("bea"));
        var look = await Looks(buyer, 5, ana);
        var fix = look.Json["findings"]!.AsArray().Single(f => f!["code"]!.ToString() == "stock.not-enough")!["fixes"]!
            .AsArray().First(f => f!["kind"]!.ToString() == "take")!["id"]!.ToString();
        var basket = (JsonObject)System.Text.Json.JsonSerializer.SerializeToNode(Market.Basket(5, sellers: ana))!;
        basket["apply"] = new JsonArray(fix);
        var paid = await buyer.Post("/v1/checkouts", basket);
        paid.Status.ShouldBe(System.Net.HttpStatusCode.Created, paid.Text);
        await Market.Until(async () => (await Own(seller, "stock.not-enough"))?["paid"]!.GetValue<int>() is 1, "paid");
        var found = (await Own(seller, "stock.not-enough"))!;
        (found["listing"]!.ToString(), found["fixed"]!.GetValue<int>(), found["leftOut"]!.GetValue<int>())
            .ShouldBe(($"listing/{ana}/mug", 1, 0));
        found["saved"]![0]!["minor"]!.GetValue<long>().ShouldBe(paid.Json["total"]!["minor"]!.GetValue<long>());
        (await seller.Get("/v1/listings/findings?listing=mug")).Json["items"]!.AsArray().Count.ShouldBe(1);
        (await seller.Get("/v1/listings/findings?listing=pot")).Json["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_left_out_is_counted_and_a_page_tells_it()
    {
        var (ana, seller) = await market.Seller(units: 1);
        var (eve, _) = await market.Seller();
        var buyer = market.As(Party.Buyer, market.Fresh("bea"));
        await buyer.Post("/v1/checkouts", Market.Basket(2, sellers: [ana, eve]));
        await market.Shown();
        (await Own(seller, "stock.not-enough"))!["leftOut"]!.GetValue<int>().ShouldBe(1);
        using var browser = Browser.At(market.App);
        await browser.SignIn(market.App.Services.GetRequiredService<AccessKeys>().Create(Party.Seller, ana));
        var page = await browser.Open("/listings/findings");
        page.Text.ShouldContain("There wasn’t enough of it.");
        page.Html.ShouldContain("/listings/mug");
    }

    static async Task<JsonNode> DayOf(Market market, string code) =>
        (await market.As(Party.Operator, "rui").Get("/v1/findings/days")).Json["items"]!.AsArray()
            .First(d => $"{d!["code"]}" == code)!;

    [Fact]
    public async Task A_checkout_that_findings_refused_is_counted_for_the_operator_also_after_a_restart()
    {
        var (ana, _) = await market.Seller();
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        var ask = Market.Basket(1, sellers: ana) as object;
        var body = System.Text.Json.JsonSerializer.SerializeToNode(ask)!.AsObject();
        body["coupons"] = new JsonArray(market.Fresh("nothing"));
        (await bea.Post("/v1/checkouts", body)).Status.ShouldBe((System.Net.HttpStatusCode)422);
        (await DayOf(market, "coupon.unknown"))["refused"]!.GetValue<int>().ShouldBe(1);
        var looks = (await market.As(Party.Operator, "rui").Get("/v1/findings/looks")).Json["items"]!.AsArray()
            .Single(i => $"{i!["name"]}" == "coupon.unknown")!.ToJsonString();

        Book.Save();
        await market.Restart();
        (await DayOf(market, "coupon.unknown"))["refused"]!.GetValue<int>().ShouldBe(1);
        (await market.As(Party.Operator, "rui").Get("/v1/findings/looks")).Json["items"]!.AsArray()
            .Select(i => i!.ToJsonString()).ShouldContain(looks);
        using var rui = await market.Browse(Party.Operator, "rui");
        (await rui.Open("/findings")).Text.ShouldContain("also before the last start");
    }
}
