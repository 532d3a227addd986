using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>What a seller earned, and the statement that adds up.</summary>
public sealed class ReadingEarnings(Market market) : IClassFixture<Market>
{
    async Task<Browser> Seller(string of)
    {
        var browser = Browser.At(market.App);
        await browser.SignIn(market.App.Services.GetRequiredService<AccessKeys>().Create(Party.Seller, of));
        return browser;
    }

    [Fact]
    public async Task Shows_what_is_kept_safe_what_comes_next_and_a_statement_that_adds_up()
    {
        var (name, seller) = await market.Seller();
        var (bea, done) = await market.Bought(name, 2);
        var (_, delivered) = await market.Bought(name);
        await market.Bought(name);
        await Ship(seller, done);
        await bea.Post($"{done}/receipt");
        await Ship(seller, delivered);
        var carrier = market.As(Party.Carrier, "dhl");
        await carrier.Post($"/v1/parcels/{name}/{delivered.Split('/')[^1]}/events",
            new { status = "delivered", at = $"{market.Clock.Now}" });
        Reply? now = null;
        await Market.Until(async () =>
        {
            now = await seller.Get("/v1/earnings");
            return now.Json["next"]!.AsArray().Count == 1 && now.Json["currencies"]!.AsArray().Count == 1
                && now.Json["currencies"]![0]!["months"]!.AsArray().Count == 1;
        }, "earnings");

        var eur = now!.Json["currencies"]![0]!;
        eur["orders"]!.GetValue<int>().ShouldBe(2);
        eur["held"]!["minor"]!.GetValue<long>().ShouldBe(2 * 1650);
        var next = now.Json["next"]![0]!;
        (next["toSeller"]!["minor"]!.GetValue<long>() + next["fee"]!["minor"]!.GetValue<long>()).ShouldBe(1650);
        var month = eur["months"]![0]!["month"]!.ToString();
        var statement = (await seller.Get($"/v1/earnings/statement?month={month}&currency=EUR")).Json;
        long Minor(string what) => statement[what]!["minor"]!.GetValue<long>();
        Minor("opening").ShouldBe(0);
        Minor("gross").ShouldBe(3300);
        Minor("closing").ShouldBe(Minor("gross") - Minor("fees"));
        Minor("closing").ShouldBe(eur["owed"]!["minor"]!.GetValue<long>());
        statement["isWhole"]!.GetValue<bool>().ShouldBeTrue();
        statement["lines"]!.AsArray().Count.ShouldBe(1);

        using var browser = await Seller(name);
        var page = await browser.Open("/earnings");
        page.Text.ShouldContain("33.00 EUR");
        page.Text.ShouldContain("for 2 orders under way");
        var paper = await browser.Open($"/earnings/{month}/EUR");
        paper.Text.ShouldContain("Opening balance");
        paper.Text.ShouldContain("Closing balance");
        var csv = await browser.Open($"/earnings/{month}/EUR/statement.csv");
        csv.Html.ShouldContain("opening");
        csv.Html.ShouldContain("order.completed,33.00,");
    }

    static async Task Ship(Someone seller, string order) => (await seller.Post($"{order}/dispatch",
        new { carrier = "dhl", trackingNumber = $"TRACK{order.Split('/')[^1].ToUpperInvariant()}0" })).Status
        .ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task Tells_nobody_of_others_money_and_staff_only_by_name()
    {
        var (name, seller) = await market.Seller();
        (await market.As(Party.Seller, market.Fresh("eve")).Get($"/v1/earnings?seller={name}")).Status
            .ShouldBe(HttpStatusCode.NotFound);
        (await market.As(Party.Agent, "gil").Get("/v1/earnings")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await market.As(Party.Agent, "gil").Get($"/v1/earnings?seller={name}"))["seller"].ShouldBe($"seller/{name}");
        (await market.As(Party.Warehouse, name).Get("/v1/earnings")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await seller.Get("/v1/earnings/statement?month=2026-13&currency=EUR")).Code.ShouldBe("api.no-month");
        (await seller.Get("/v1/earnings/statement?month=2026-01&currency=EUX")).Code.ShouldBe("api.no-currency");
        using var browser = await Seller(name);
        (await browser.Open("/earnings/2026-1/EUR")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.Open("/earnings")).Text.ShouldContain("What you earn will be here.");
        (await browser.Open("/earnings/1999-01/EUR")).Text.ShouldContain("0.00 EUR");
    }
}
