using System.Net;
using Xunit;
namespace Recourse.Tests;

/// <summary>Sellers that can't, methods that fail, buyers that change their minds.</summary>
public sealed class ACheckoutThatMeetsTrouble(Market market) : IClassFixture<Market>
{
    static string PathOf(Reply reply) => reply.Headers.Location!.ToString();

    [Fact]
    public async Task Tells_all_that_stands_in_the_way_and_goes_on_without_it()
    {
        var (ana, _) = await market.Seller();
        var (ben, _) = await market.Seller(units: 1);
        var buyer = market.As(Party.Buyer, market.Fresh("bea"));
        var stopped = await buyer.Post("/v1/checkouts", Market.Basket(2, "pm_card_visa", ana, ben));
        (stopped.Status, stopped.Code).ShouldBe((HttpStatusCode.Conflict, "stock.not-enough"));
        stopped.Json["refusals"]![0]!["facts"]!.AsArray().ShouldContain(f => f!["value"]!.ToString() == "1");

        var seen = await buyer.Get(PathOf(stopped));
        seen["state"].ShouldBe("stopped");
        seen.Action("checkout.proceed")!["allowed"]!.GetValue<bool>().ShouldBeTrue();
        seen.Action("checkout.pay")!["allowed"]!.GetValue<bool>().ShouldBeFalse();
        var proceeded = await buyer.Post($"{PathOf(stopped)}/proceed", ifMatch: seen.Version);
        (proceeded.Status, proceeded["state"]).ShouldBe((HttpStatusCode.OK, "authorised"), proceeded.Text);
        proceeded.Json["total"]!["minor"]!.GetValue<long>().ShouldBe(3300);
    }

    [Fact]
    public async Task Is_paid_with_another_method_after_one_failed()
    {
        var (ana, _) = await market.Seller();
        var buyer = market.As(Party.Buyer, market.Fresh("bea"));
        var basket = Market.Basket(1, "pm_card_chargeDeclinedInsufficientFunds", ana);
        var declined = await buyer.Post("/v1/checkouts", basket);
        (declined.Status, declined.Code).ShouldBe((HttpStatusCode.Conflict, "payment.declined-funds"), declined.Text);
        (await buyer.Get(PathOf(declined)))["state"].ShouldBe("declined");
        var paid = await buyer.Post($"{PathOf(declined)}/payment", new { method = "pm_card_visa" });
        (paid.Status, paid["state"]).ShouldBe((HttpStatusCode.OK, "authorised"), paid.Text);
    }

    [Fact]
    public async Task Says_no_more_of_a_stolen_card_than_the_bank_would()
    {
        var (ana, _) = await market.Seller();
        var buyer = market.As(Party.Buyer, market.Fresh("bea"));
        var declined = await buyer.Post("/v1/checkouts", Market.Basket(1, "pm_card_chargeDeclinedStolenCard", ana));
        declined.Code.ShouldBe("payment.declined-by-bank");
        declined.Text.ShouldNotContain("stolen");
        (await buyer.Get(PathOf(declined))).Text.ShouldNotContain("stolen");
        (await buyer.Get("/v1/events?limit=200")).Text.ShouldNotContain("\"value\":\"stolen");
        (await market.As(Party.Agent, "gil").Get(PathOf(declined))).Text.ShouldContain("stolen_card");
    }

    [Fact]
    public async Task Is_given_up_and_gives_back_what_was_kept()
    {
        var (ana, seller) = await market.Seller();
        var buyer = market.As(Party.Buyer, market.Fresh("bea"));
        var declined = await buyer.Post("/v1/checkouts", Market.Basket(1, "pm_card_chargeDeclined", ana));
        (await seller.Get($"/v1/stock/{ana}/red")).Json["available"]!.GetValue<int>().ShouldBe(9);
        var abandoned = await buyer.Post($"{PathOf(declined)}/abandon");
        (abandoned.Status, abandoned["state"]).ShouldBe((HttpStatusCode.OK, "abandoned"), abandoned.Text);
        await Market.Until(async () =>
            (await seller.Get($"/v1/stock/{ana}/red")).Json["available"]!.GetValue<int>() == 10, "stock");
    }

    [Fact]
    public async Task Whose_outcome_is_unclear_says_where_to_look()
    {
        var (ana, _) = await market.Seller();
        var buyer = market.As(Party.Buyer, market.Fresh("bea"));
        var unclear = await buyer.Post("/v1/checkouts", Market.Basket(1, "pm_standin_timeout-before", ana));
        unclear.Status.ShouldBe(HttpStatusCode.Accepted, unclear.Text);
        unclear["state"].ShouldBe("paying");
        await Market.Until(async () =>
        {
            market.Clock.Pass(Duration.FromSeconds(15));
            return (await buyer.Get(PathOf(unclear)))["state"] == "authorised";
        }, "the answer");
    }

    [Fact]
    public async Task Paid_elsewhere_says_until_when_and_warns_before()
    {
        var (ana, _) = await market.Seller();
        var buyer = market.As(Party.Buyer, market.Fresh("bea"));
        var slip = await buyer.Post("/v1/checkouts", new
        {
            lines = new[] { new { listing = $"listing/{ana}/mug", sku = "red", quantity = 1 } },
            country = "DE", method = "pm_standin_requires-action", methodKind = "boleto", shipTo = Market.Home,
        });
        slip.Status.ShouldBe(HttpStatusCode.Accepted, slip.Text);
        var next = slip.Json["next"]!;
        next["owner"]!.ToString().ShouldBe("buyer");
        var due = next["due"]!.GetValue<DateTimeOffset>();
        due.ShouldBeGreaterThan(market.Clock.Now.ToDateTimeOffset().AddDays(4));
        next["warnedAt"]!.GetValue<DateTimeOffset>().ShouldBe(due.AddHours(-6));
        var wrong = await buyer.Post("/v1/checkouts", new
        {
            lines = new[] { new { listing = $"listing/{ana}/mug", sku = "red", quantity = 1 } },
            country = "DE", method = "pm_card_visa", methodKind = "Bank slip", shipTo = Market.Home,
        });
        wrong.Code.ShouldBe("checkout.no-such-kind-of-method");
    }

    [Fact]
    public async Task Refuses_prices_that_have_changed_since_they_were_shown()
    {
        var (ana, seller) = await market.Seller();
        await seller.Put($"/v1/listings/{ana}/mug", Market.Mug(price: 1300));
        var basket = $$$"""
            {"lines":[{"listing":"listing/{{{ana}}}/mug","sku":"red","quantity":1,
            "unitPrice":{"minor":1250,"currency":"EUR"}}],"country":"DE","method":"pm_card_visa"}
            """;
        var reply = await market.As(Party.Buyer, market.Fresh("bea")).Post("/v1/checkouts", basket);
        (reply.Status, reply.Code).ShouldBe((HttpStatusCode.UnprocessableEntity, "checkout.price-differs"));
        reply["field"].ShouldBe("lines[0].unitPrice");
        reply["detail"]!.ShouldContain("13.00 EUR");
    }

    [Fact]
    public async Task Sells_nothing_that_is_paused()
    {
        var (ana, seller) = await market.Seller();
        (await seller.Post($"/v1/listings/{ana}/mug/pause"))["state"].ShouldBe("paused");
        var buyer = market.As(Party.Buyer, market.Fresh("bea"));
        (await buyer.Get($"/v1/listings/{ana}/mug")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await buyer.Post("/v1/checkouts", Market.Basket(sellers: ana))).Code.ShouldBe("checkout.not-offered");
        var resumed = await seller.Post($"/v1/listings/{ana}/mug/resume");
        resumed["state"].ShouldBe("offered");
        var position = resumed.Headers.GetValues("Recourse-Position").Single();
        var listed = await buyer.Get($"/v1/listings?seller={ana}&position={position}");
        listed.Json["items"]!.AsArray().Count.ShouldBe(1);
        listed.Json["catchingUp"]!.GetValue<bool>().ShouldBeFalse();
        (await buyer.Get("/v1/listings?position=999999999")).Json["catchingUp"]!.GetValue<bool>().ShouldBeTrue();
    }
}
