using System.Net;
using System.Text.Json.Nodes;
using Xunit;
namespace Recourse.Tests;

/// <summary>Sale prices and limits at the API and on pages.</summary>
[Trait("Capability", "INV-7")]
public sealed class SellingOnSale(Market market) : IClassFixture<Market>
{
    static object Sale(string seller, int units, int? mostPerBuyer = null, long price = 800) => new
    {
        code = "rush", listing = $"listing/{seller}/mug", price = new { minor = price, currency = "EUR" }, units,
        until = "2099-01-01T00:00:00Z", mostPerBuyer,
    };

    static object Ask(string seller, int quantity, long price, params string[] apply) => new
    {
        lines = new[]
        {
            new
            {
                listing = $"listing/{seller}/mug", sku = "red", quantity,
                unitPrice = new { minor = price, currency = "EUR" },
            },
        },
        country = "DE", shipTo = Market.Home, method = "pm_card_visa", apply,
    };

    static long Minor(JsonNode? money) => money!["minor"]!.GetValue<long>();

    async Task<(string Ana, Someone Seller)> OnSale(int units, int? mostPerBuyer = null)
    {
        var (ana, seller) = await market.Seller();
        var set = await seller.Post($"/v1/stock/{ana}/red/promotions", Sale(ana, units, mostPerBuyer));
        set.Status.ShouldBe(HttpStatusCode.OK, set.Text);
        (set.Json["available"]!.GetValue<int>(), set.Json["aside"]!.GetValue<int>()).ShouldBe((10 - units, units));
        return (ana, seller);
    }

    [Fact]
    public async Task The_price_holds_to_the_last_unit_and_then_the_normal_one_is_offered()
    {
        var (ana, _) = await OnSale(2);
        (await market.Stranger().Get($"/v1/listings/{ana}/mug/availability"))
            .Json["variants"]![0]!["sale"]!["left"]!.GetValue<int>().ShouldBe(2);
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        var paid = await bea.Post("/v1/checkouts", Ask(ana, 2, 800));
        paid.Status.ShouldBe(HttpStatusCode.Created, paid.Text);
        Minor(paid.Json["total"]).ShouldBe(2 * (800 + 400));

        var cem = market.As(Party.Buyer, market.Fresh("cem"));
        var refused = await cem.Post("/v1/checkouts", Ask(ana, 1, 800));
        (refused.Status, refused["code"]).ShouldBe((HttpStatusCode.UnprocessableEntity, "checkout.sale-sold-out"));
        var fix = refused.Json["findings"]![0]!["fixes"]![0]!;
        (fix["kind"]!.ToString(), Minor(fix["total"])).ShouldBe(("take-price", 1250 + 400));
        (await cem.Post("/v1/checkouts", Ask(ana, 1, 800, fix["id"]!.ToString()))).Status
            .ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task One_buyer_is_offered_their_share_or_the_normal_price()
    {
        var (ana, _) = await OnSale(4, mostPerBuyer: 1);
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        var quote = await bea.Post("/v1/checkouts/quotes", Ask(ana, 3, 800));
        var found = quote.Json["findings"]!.AsArray().Single(f => f!["code"]!.ToString() == "checkout.sale-limit")!;
        found["fixes"]!.AsArray().Take(2).Select(f => (f!["kind"]!.ToString(), Minor(f["total"])))
            .ShouldBe([("take", 800L + 400), ("take-price", 3L * 1650)]);
    }

    [Fact]
    public async Task A_sale_is_ended_and_what_is_left_goes_back()
    {
        var (ana, seller) = await OnSale(3);
        var ended = await seller.Post($"/v1/stock/{ana}/red/promotions/rush/end");
        (ended.Json["available"]!.GetValue<int>(), ended.Json["aside"]!.GetValue<int>()).ShouldBe((10, 0));
        (await seller.Post($"/v1/stock/{ana}/red/promotions", Sale(ana, 3, price: 1250)))["code"]
            .ShouldBe("stock.promotion-not-cheaper");
    }

    [Fact, Trait("Capability", "CHK-8")]
    public async Task A_limit_is_told_with_how_many_may_be_had()
    {
        var (ana, seller) = await market.Seller();
        (await seller.Put($"/v1/stock/{ana}/red/limit", new { units = 2, hours = 24 })).Status
            .ShouldBe(HttpStatusCode.OK);
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        var quote = await bea.Post("/v1/checkouts/quotes", Ask(ana, 5, 1250));
        var found = quote.Json["findings"]!.AsArray().Single(f => f!["code"]!.ToString() == "stock.limit")!;
        found["fixes"]![0]!["text"]!.ToString().ShouldBe("Take 2");
        (await bea.Post("/v1/checkouts", Ask(ana, 5, 1250, found["fixes"]![0]!["id"]!.ToString()))).Status
            .ShouldBe(HttpStatusCode.Created);
        var again = await bea.Post("/v1/checkouts", Ask(ana, 1, 1250));
        (again.Status, again["code"]).ShouldBe((HttpStatusCode.Conflict, "stock.limit"));
    }

    [Fact]
    public async Task A_seller_sets_it_up_on_a_page_and_a_buyer_pays_the_sale_price()
    {
        var (ana, _) = await market.Seller();
        using var shop = await Shopper.SignedIn(market, Party.Seller, ana);
        var page = await shop.Browser.Open("/stock/items/red");
        var set = await shop.Browser.Follow(await shop.Browser.Send(page, "/stock/items/red/promotions",
            ("sale", "new"), ("code", "rush"), ("listing", "mug"), ("price", "8.00"), ("units", "3"),
            ("until", "2098-12-31")));
        set.Text.ShouldContain("The sale is set");
        set.Text.ShouldContain("3 of 3 left");
        using var bea = await Shopper.SignedIn(market);
        (await bea.Browser.Open($"/shop/{ana}/mug")).Text.ShouldContain("On sale until");
        await bea.PutMugs(ana, 2);
        (await bea.GiveAddress()).Text.ShouldContain("Pay 24.00 EUR");
    }
}
