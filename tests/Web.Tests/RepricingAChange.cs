using System.Net;
using System.Text.Json.Nodes;
using Xunit;
namespace Recourse.Tests;

/// <summary>A change at sale prices and with coupons, and what settles what is found in it: over the API.</summary>
[Trait("Capability", "ORD-2")]
public sealed class RepricingAChange(Market market) : IClassFixture<Market>
{
    static object Lines(int quantity, string[]? apply = null, long? total = null) => new
    {
        lines = new[] { new { line = 1, quantity } }, apply = apply ?? [],
        total = total is { } minor ? new { minor, currency = "EUR" } : null,
    };

    static long Minor(JsonNode? money) => money!["minor"]!.GetValue<long>();

    async Task<(Someone Buyer, string Order)> Bought(string seller, int quantity, string? coupon = null)
    {
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        var opened = await bea.Post("/v1/checkouts", new
        {
            lines = new[] { new { listing = $"listing/{seller}/mug", sku = "red", quantity } },
            country = "DE", method = "pm_card_visa", coupons = coupon is null ? [] : new[] { coupon },
            shipTo = Market.Home,
        });
        opened.Status.ShouldBe(HttpStatusCode.Created, opened.Text);
        var order = $"/v1/{opened.Json["orders"]![0]!["order"]!.ToString().Replace("order/", "orders/")}";
        await Market.Until(async () => (await bea.Get(order))["state"] == "funded", "funding");
        return (bea, order);
    }

    async Task<JsonNode> Stock(string seller) =>
        (await market.As(Party.Seller, seller).Get($"/v1/stock/{seller}/red")).Json;

    [Fact]
    public async Task More_of_what_was_bought_on_sale_costs_the_sale_price_while_there_is_some()
    {
        var (ana, seller) = await market.Seller();
        (await seller.Post($"/v1/stock/{ana}/red/promotions", new
        {
            code = "rush", listing = $"listing/{ana}/mug", price = new { minor = 800, currency = "EUR" }, units = 4,
            until = "2099-01-01T00:00:00Z", mostPerBuyer = 3,
        })).Status.ShouldBe(HttpStatusCode.OK);
        var (buyer, order) = await Bought(ana, 2);
        var one = await buyer.Post($"{order}/amendment/quote", Lines(3));
        (Minor(one.Json["more"]), Minor(one.Json["lines"]!.AsArray()[^1]!["unitPrice"]))
            .ShouldBe((1200, 800), one.Text);
        // Two more are more than one buyer may have at that price: they cost what they cost.
        var two = await buyer.Post($"{order}/amendment/quote", Lines(4));
        Minor(two.Json["more"]).ShouldBe(2 * 1650, two.Text);

        (await buyer.Post($"{order}/amendment", Lines(3, total: 3 * 1200))).Status.ShouldBe(HttpStatusCode.OK);
        await Market.Until(async () => (await buyer.Get(order)).Json["units"]!.GetValue<int>() == 3, "the difference");
        var stock = await Stock(ana);
        (stock["available"]!.GetValue<int>(), stock["aside"]!.GetValue<int>()).ShouldBe((6, 1), stock.ToJsonString());
        (await seller.Post($"/v1/stock/{ana}/red/promotions/rush/end")).Status.ShouldBe(HttpStatusCode.OK);
        var over = await buyer.Post($"{order}/amendment/quote", Lines(3));
        Minor(over.Json["more"]).ShouldBe(1650, over.Text);
        (await buyer.Post($"{order}/cancellation", new { reason = "cancel.changed-mind" }))["state"]
            .ShouldBe("cancelled");
        (await Stock(ana))["available"]!.GetValue<int>().ShouldBe(10);
    }

    [Fact]
    public async Task A_coupon_goes_with_it_and_where_it_cannot_the_fix_says_what_it_costs_without()
    {
        var (ana, seller) = await market.Seller();
        (await seller.Post("/v1/coupons", new
        {
            code = "spring", amountOff = new { minor = 500, currency = "EUR" }, currency = "EUR", uses = 1,
            leastSpend = new { minor = 2500, currency = "EUR" }, until = "2099-01-01T00:00:00Z",
        })).Status.ShouldBe(HttpStatusCode.Created);
        var (buyer, order) = await Bought(ana, 3, "spring");
        Minor((await buyer.Get(order)).Json["total"]).ShouldBe(3 * 1650 - 500);
        (await seller.Get($"/v1/coupons/{ana}/spring")).Json["coupon"]!["used"]!.GetValue<int>().ShouldBe(1);
        var number = (await buyer.Get(order)).Json["lines"]!.AsArray();
        object To(int units, params string[] apply) => new
        {
            apply, lines = number.Select((l, i) => new
            {
                line = l!["number"]!.GetValue<int>(), quantity = i == 0 ? units : 0,
            }).ToArray(),
        };

        var two = await buyer.Post($"{order}/amendment/quote", To(2));
        (Minor(two.Json["back"]), Minor(two.Json["discounts"]![0]!["off"])).ShouldBe((1650, 500), two.Text);

        var one = await buyer.Post($"{order}/amendment/quote", To(1));
        one.Json["now"].ShouldBeNull(one.Text);
        var finding = one.Json["findings"]!.AsArray().Single()!;
        (finding["code"]!.ToString(), finding["stops"]!.GetValue<bool>()).ShouldBe(("coupon.too-little", true));
        var fix = finding["fixes"]!.AsArray().Single()!;
        (fix["kind"]!.ToString(), Minor(fix["total"]), Minor(fix["change"]))
            .ShouldBe(("leave-coupon", 1650, 1650 - (3 * 1650 - 500)));
        var refused = await buyer.Post($"{order}/amendment", To(1));
        (refused.Status, refused["code"]).ShouldBe((HttpStatusCode.UnprocessableEntity, "coupon.too-little"));
        refused.Json["findings"]!.AsArray().Count.ShouldBe(1, refused.Text);

        var id = fix["id"]!.ToString();
        var then = await buyer.Post($"{order}/amendment/quote", To(1, id));
        (Minor(then.Json["now"]), then.Json["coupons"]!.AsArray().Count).ShouldBe((1650, 0), then.Text);
        var done = await buyer.Post($"{order}/amendment", To(1, id));
        (done.Status, Minor(done.Json["total"])).ShouldBe((HttpStatusCode.OK, 1650), done.Text);
        // Its use came back, for this buyer.
        (await seller.Get($"/v1/coupons/{ana}/spring")).Json["coupon"]!["used"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task What_is_too_much_is_told_with_as_much_as_there_is_and_leaving_it_as_it_was()
    {
        var (ana, _) = await market.Seller();
        var (buyer, order) = await Bought(ana, 4);
        var quote = await buyer.Post($"{order}/amendment/quote", Lines(99));
        var fixes = quote.Json["findings"]!.AsArray().Single(f => f!["code"]!.ToString() == "stock.not-enough")!
            ["fixes"]!.AsArray();
        fixes.Select(f => f!["kind"]!.ToString()).ShouldBe(["take", "leave-out"], quote.Text);
        Minor(fixes[0]!["total"]).ShouldBe(10 * 1650);
        var ten = await buyer.Post($"{order}/amendment", Lines(99, [fixes[0]!["id"]!.ToString()], 10 * 1650));
        ten.Status.ShouldBe(HttpStatusCode.OK, ten.Text);
        await Market.Until(async () => (await buyer.Get(order)).Json["units"]!.GetValue<int>() == 10, "the difference");
    }

    [Fact]
    public async Task A_large_order_is_no_change_that_only_needs_to_be_confirmed()
    {
        var (ana, _) = await market.Seller(units: 1_000);
        var (buyer, order) = await Bought(ana, 4);
        var quote = await buyer.Post($"{order}/amendment/quote", Lines(300));
        var first = quote.Json["findings"]!.AsArray()
            .Single(f => f!["code"]!.ToString() == "order.change-verify-first")!;
        first["fixes"]!.AsArray().Select(f => f!["kind"]!.ToString()).ShouldBe(["leave-out"], quote.Text);
        var asked = await buyer.Post($"{order}/amendment", new
        {
            lines = new[] { new { line = 1, quantity = 300 } },
            confirmed = new[] { first["id"]!.ToString(), "bulk.who-asks", "bulk.who-asks:lines[0].quantity" },
        });
        asked.Text.ShouldContain("order.change-verify-first");
        (await buyer.Get(order)).Json["units"]!.GetValue<int>().ShouldBe(4);
    }
}
