using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>A clinic orders 5,000 of what there are 4,000 of: it says who it is and is served in instalments.</summary>
[Trait("Capability", "CHK-8")]
public sealed class ServingAClinic(Market market) : IClassFixture<Market>
{
    static object Wants(
        string seller, int quantity, string[]? apply = null, string[]? confirmed = null, object? later = null) => new
    {
        lines = new[]
        {
            new
            {
                listing = $"listing/{seller}/mug", sku = "red", quantity,
                unitPrice = new { minor = 1250, currency = "EUR" }, later,
            },
        },
        country = "DE", shipTo = Market.Home, method = "pm_card_visa", apply, confirmed,
    };

    static JsonNode Found(Reply quote, string code) =>
        quote.Json["findings"]!.AsArray().Single(f => f!["code"]!.ToString() == code)!;

    static JsonNode FixOf(JsonNode found, string kind) =>
        found["fixes"]!.AsArray().Single(f => f!["kind"]!.ToString() == kind)!;

    static string IdOf(JsonNode fix) => fix["id"]!.ToString();

    internal static async Task Verify(Market market, Someone buyer, string code)
    {
        await buyer.Post($"/v1/verifications/{code}/start");
        (await HoldingPurchases.Shows(buyer, code, HoldingPurchases.Picture)).Status.ShouldBe(HttpStatusCode.OK);
        (await market.As(Party.Agent, "gil").Post($"/v1/verifications/{code}/accept"))["state"].ShouldBe("verified");
    }

    static async Task<string> PlanOf(Someone buyer)
    {
        var id = default(string);
        await Market.Until(
            async () => (id = (await buyer.Get("/v1/plans")).Json["items"]!.AsArray().SingleOrDefault()?["id"]!
                .ToString()) is not null, "a plan");
        return $"/v1/{id!.Replace("plan/", "plans/", StringComparison.Ordinal)}";
    }

    async Task<(Someone Buyer, string Plan)> Begun(string seller)
    {
        var code = market.Fresh("clinic");
        var buyer = market.As(Party.Buyer, code);
        await Verify(market, buyer, code);
        var quote = await buyer.Post("/v1/checkouts/quotes", Wants(seller, 5_000));
        var split = FixOf(Found(quote, "stock.over-share"), "in-parts");
        var paid = await buyer.Post("/v1/checkouts", Wants(seller, 5_000, [IdOf(split)]));
        paid.Status.ShouldBe(HttpStatusCode.Created, paid.Text);
        return (buyer, await PlanOf(buyer));
    }

    async Task Offered(Someone buyer, string plan)
    {
        market.Clock.PassUntil(Instant.FromDateTimeOffset(
            (await buyer.Get(plan)).Json["next"]!["due"]!.GetValue<DateTimeOffset>()));
        await Market.Until(async () => (await buyer.Get(plan))["state"] == "offered", "an instalment");
    }

    [Fact]
    public async Task It_is_asked_who_it_is_keeps_its_share_meanwhile_and_gets_the_rest_in_instalments()
    {
        var (ana, _) = await market.Seller(units: 4_000);
        var code = market.Fresh("clinic");
        var buyer = market.As(Party.Buyer, code);

        var quote = await buyer.Post("/v1/checkouts/quotes", Wants(ana, 5_000));
        var who = Found(quote, "bulk.who-asks");
        (who["gravity"]!.ToString(), who["wayOut"]!["code"]!.ToString()).ShouldBe(("step", "verification.start"));
        var split = FixOf(Found(quote, "stock.over-share"), "in-parts");
        split["text"]!.ToString()
            .ShouldBe("1,200 now, 3,800 more in 4 instalments, the first after 7 days");
        split["total"]!["minor"]!.GetValue<long>().ShouldBe(1_200 * 1_650);
        split["instalments"]!.AsArray().Select(i => i!["units"]!.GetValue<int>()).ShouldBe([950, 950, 950, 950]);

        (await buyer.Post("/v1/checkouts", Wants(ana, 5_000, [IdOf(split)])))["code"].ShouldBe("bulk.who-asks");
        var asked = await buyer.Post(
            "/v1/checkouts", Wants(ana, 5_000, [IdOf(split), IdOf(FixOf(who, "confirm"))]));
        (asked.Status, asked["state"]).ShouldBe((HttpStatusCode.Accepted, "verifying"), asked.Text);
        asked.Json["why"]!["code"]!.ToString().ShouldBe("bulk.show-who-you-are");
        (await market.Stranger().Get($"/v1/listings/{ana}/mug/availability")).Status.ShouldBe(HttpStatusCode.OK);

        await Verify(market, buyer, code);
        var plan = await PlanOf(buyer);
        var begun = await buyer.Get(plan);
        (begun["state"], begun.Json["asked"]!.GetValue<int>(), begun.Json["taken"]!.GetValue<int>(),
            begun.Json["ahead"]!.GetValue<int>()).ShouldBe(("planned", 5_000, 1_200, 3_800), begun.Text);

        await Offered(buyer, plan);
        var ready = await buyer.Get(plan);
        (ready.Json["ready"]!.GetValue<int>(), ready.Json["next"]!["owner"]!.ToString()).ShouldBe((950, "buyer"));
        var second = await buyer.Post("/v1/checkouts", Wants(ana, 950));
        second.Status.ShouldBe(HttpStatusCode.Created, second.Text);
        await Market.Until(async () => (await buyer.Get(plan)).Json["taken"]!.GetValue<int>() == 2_150, "taking");
        await Market.Until(async () => (await buyer.Get(plan))["state"] == "planned", "the next");
    }

    [Fact]
    public async Task What_is_set_aside_is_nobody_else_s_and_so_is_the_plan()
    {
        var (ana, seller) = await market.Seller(units: 4_000);
        var (buyer, plan) = await Begun(ana);
        await Offered(buyer, plan);
        var stock = await seller.Get($"/v1/stock/{ana}/red");
        (stock.Json["aside"]!.GetValue<int>(), stock.Json["available"]!.GetValue<int>(),
            stock.Json["promotions"]!.AsArray().Count).ShouldBe((950, 1_850, 0), stock.Text);

        var other = market.As(Party.Buyer, market.Fresh("eve"));
        (await other.Get(plan)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.Post($"{plan}/end", new { })).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.Get("/v1/plans")).Json["items"]!.AsArray().ShouldBeEmpty();
        (await other.Post($"{plan}/bring-forward")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await market.As(Party.Seller, market.Fresh("ana")).Get(plan)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await market.As(Party.Agent, "gil").Get(plan))["state"].ShouldBe("offered");
    }

    [Fact]
    public async Task Its_seller_brings_it_forward_shortens_it_with_a_reason_and_either_side_ends_it()
    {
        var (ana, seller) = await market.Seller(units: 4_000);
        var (buyer, plan) = await Begun(ana);
        (await seller.Post($"{plan}/bring-forward"))["state"].ShouldBe("offered");
        (await seller.Post($"{plan}/shorten", new { left = 100, reason = "because" }))["code"]
            .ShouldBe("plan.no-such-reason");
        var shorter = await seller.Post($"{plan}/shorten", new { left = 1_000, reason = "plan.supply-fell-short" });
        shorter.Json["instalments"]!.AsArray().Select(i => i!["units"]!.GetValue<int>())
            .ShouldBe([1_200, 950, 950, 50], shorter.Text);
        var over = await buyer.Post($"{plan}/end", new { });
        (over["state"], over.Json["why"]!["code"]!.ToString()).ShouldBe(("ended", "plan.changed-mind"), over.Text);
        (await seller.Get($"/v1/stock/{ana}/red")).Json["aside"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task Its_buyer_puts_what_is_still_to_come_on_other_days()
    {
        var (ana, seller) = await market.Seller(units: 4_000);
        var (buyer, plan) = await Begun(ana);
        DateTimeOffset[] Days(Reply of) => [.. of.Json["instalments"]!.AsArray().Skip(1)
            .Select(i => i!["from"]!.GetValue<DateTimeOffset>())];

        var before = Days(await buyer.Get(plan));
        var moved = await buyer.Post($"{plan}/move", new { from = before[0].AddDays(10) });
        moved.Status.ShouldBe(HttpStatusCode.OK, moved.Text);
        Days(moved).ShouldBe(before.Select(d => d.AddDays(10)));
        var early = await buyer.Post($"{plan}/move", new { from = before[0] });
        (early.Status, early["code"], early["field"])
            .ShouldBe((HttpStatusCode.UnprocessableEntity, "plan.not-later", "from"));
        (await buyer.Post($"{plan}/move", new { from = "2099-01-01T00:00:00Z" }))["code"].ShouldBe("plan.too-far");
        (await buyer.Post($"{plan}/move", new { from = "some day" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await seller.Post($"{plan}/move", new { from = before[0].AddDays(20) })).Status
            .ShouldBe(HttpStatusCode.Forbidden);
        await Market.Until(async () => (await seller.Get("/v1/inbox")).Text.Contains("sale-plan-moved"), "the news");

        using var browser = Browser.At(market.App);
        await browser.SignIn(market.App.Services.GetRequiredService<AccessKeys>().Create(
            Party.Buyer, (await buyer.Get(plan))["buyer"]!["buyer/".Length..]));
        var path = plan.Replace("/v1/plans", "/instalments");
        var page = await browser.Open(path);
        page.Text.ShouldContain("All that has not begun comes later");
        (await browser.Send(page, $"{path}/move", ("from", $"{before[0].AddDays(15):yyyy-MM-dd}"))).Location
            .ShouldEndWith("?done=moved");
        var wrong = await browser.Send(await browser.Open(path), $"{path}/move", ("from", "never"));
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Text.ShouldContain("It must be later than");
    }

    [Fact]
    public async Task For_which_business_it_buys_is_told_as_far_as_each_may_know()
    {
        var (ana, seller) = await market.Seller(units: 4_000);
        var (buyer, plan) = await Begun(ana);
        var path = $"/v1/buyers/{(await buyer.Get(plan))["buyer"]!.Split('/')[1]}/business";
        (await buyer.Get(path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await buyer.Put(path, new { name = "4242 4242 4242 4242", taxId = "DE123456789", purpose = "x" })).Code
            .ShouldBe("api.card-number");
        (await buyer.Put(path, new { name = "", taxId = "DE123456789", purpose = "x" })).Code
            .ShouldBe("buyer.bad-business");
        var said = await buyer.Put(path, new { name = "St. Anna", taxId = "DE123456789", purpose = "Two wards" });
        said.Status.ShouldBe(HttpStatusCode.OK, said.Text);

        var sold = await seller.Get(plan);
        sold.Json["business"]!["name"]!.ToString().ShouldBe("St. Anna");
        sold.Text.ShouldNotContain("DE123456789");
        (await market.As(Party.Agent, "gil").Get(plan)).Json["business"]!["taxId"]!.ToString().ShouldBe("DE123456789");
        using var shop = await Shopper.SignedIn(market, Party.Seller, ana);
        var page = await shop.Browser.Open(plan.Replace("/v1/plans", "/instalments", StringComparison.Ordinal));
        page.Text.ShouldContain("Two wards");
        page.Text.ShouldNotContain("DE123456789");
    }

    [Fact]
    public async Task Nobody_makes_up_instalments_of_their_own()
    {
        var (ana, _) = await market.Seller(units: 4_000);
        var buyer = market.As(Party.Buyer, market.Fresh("bea"));
        var made = await buyer.Post("/v1/checkouts", Wants(ana, 2, later: new { units = 500, parts = 1 }));
        (made.Status, made["code"]).ShouldBe((HttpStatusCode.UnprocessableEntity, "bulk.bad-instalments"), made.Text);
    }

    [Fact]
    public async Task On_pages_one_press_splits_it_and_one_puts_an_instalment_into_the_basket()
    {
        var (ana, _) = await market.Seller(units: 4_000);
        using var clinic = await Shopper.SignedIn(market);
        await Verify(market, clinic.Api, clinic.Name!);
        await clinic.PutMugs(ana, 5_000);
        var review = await clinic.GiveAddress();
        review.Text.ShouldContain("1,200 now, 3,800 more in 4 instalments");
        review = await clinic.Apply(review, "stock.over-share:lines[0].quantity#in-parts");
        review.Text.ShouldContain("3,800 more follow in 4 instalments");
        review.Text.ShouldContain("Pay 19,800.00 EUR");
        await clinic.Browser.Follow(await clinic.Press(review));

        var plan = await PlanOf(clinic.Api);
        var path = plan.Replace("/v1/plans", "/instalments", StringComparison.Ordinal);
        (await clinic.Browser.Open("/instalments")).Text.ShouldContain("5,000");
        using var shop = await Shopper.SignedIn(market, Party.Seller, ana);
        var brought = await shop.Browser.Follow(await shop.Browser.Send(
            await shop.Browser.Open(path), $"{path}/bring-forward"));
        brought.Text.ShouldContain("Set aside, to be ordered");

        var page = await clinic.Browser.Open(path);
        page.Text.ShouldContain("950 are set aside for you");
        var pay = await clinic.Browser.Follow(await clinic.Browser.Send(page, $"{path}/order"));
        pay.Text.ShouldContain("Pay 15,675.00 EUR");
        await clinic.Browser.Follow(await clinic.Press(pay));
        await Market.Until(async () => (await clinic.Api.Get(plan)).Json["taken"]!.GetValue<int>() == 2_150, "taking");
    }
}
