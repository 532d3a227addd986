using System.Net;
using System.Text;
using Xunit;
namespace Recourse.Tests;

/// <summary>Whatever is wrong has a clear answer with a code, and loses nothing.</summary>
public sealed class BadInput(Market market) : IClassFixture<Market>
{
    const string Line = """{"listing":"listing/ana/mug","sku":"red","quantity":1}""";
    const string Price = "lines[0].unitPrice";
    static readonly string Coloured = Line.Insert(1, "\"colour\":1,");

    /// <summary>Bodies of a checkout: what is wrong, the body, the status, the code, the field.</summary>
    public static TheoryData<string, string, int, string, string?> Checkouts => new()
    {
        { "nothing", "", 400, "api.bad-json", null },
        { "null", "null", 400, "api.no-body", null },
        { "no JSON", "{", 400, "api.bad-json", null },
        { "a list", "[]", 400, "api.bad-json", null },
        { "rubbish after it", Basket(Line) + "x", 400, "api.bad-json", null },
        { "a comment", "/* */" + Basket(Line), 400, "api.bad-json", null },
        { "an unknown field", Basket(Line).Insert(1, "\"colour\":1,"), 400, "api.unknown-field", "colour" },
        { "an unknown field within", Basket(Coloured), 400, "api.unknown-field", "lines[0].colour" },
        { "a missing field", """{"lines":[],"method":"x"}""", 400, "api.missing-field", "country" },
        { "a field twice", Basket(Line).Insert(1, "\"country\":\"DE\","), 400, "api.bad-json", "country" },
        { "null for text", Basket(Line).Replace("\"DE\"", "null"), 400, "api.bad-json", "country" },
        { "null for a line", Basket(Line, "null"), 400, "api.missing-field", "lines[1]" },
        { "null in a list", Basket(Line).Insert(1, "\"confirmed\":[null],"), 400, "api.missing-field", "confirmed[0]" },
        { "a number for text", Basket(Line).Replace("\"DE\"", "1"), 400, "api.bad-json", "country" },
        { "text for a number", Basket(Line.Replace(":1}", ":\"1\"}")), 400, "api.bad-json", "lines[0].quantity" },
        { "a fraction", Basket(Line.Replace(":1}", ":1.5}")), 400, "api.bad-json", "lines[0].quantity" },
        { "more than fits", Basket(Line.Replace(":1}", ":99999999999}")), 400, "api.bad-json", "lines[0].quantity" },
        { "no id", Basket(Line.Replace("listing/ana/mug", "mug")), 400, "api.bad-json", "lines[0].listing" },
        { "an id in capitals", Basket(Line.Replace("ana", "Ana")), 400, "api.bad-json", "lines[0].listing" },
        { "half a surrogate", Basket(Line).Replace("\"DE\"", "\"\\ud800\""), 400, "api.bad-json", "country" },
        { "deep nesting", new string('[', 100) + new string(']', 100), 400, "api.bad-json", null },
        { "no lines", Basket(), 422, "checkout.bad-line-count", "lines" },
        { "below zero", Basket(Line.Replace(":1}", ":-1}")), 422, "checkout.bad-quantity", "lines[0].quantity" },
        { "very many", Basket(Line.Replace(":1}", ":2147483647}")), 422, "checkout.bad-quantity", "lines[0].quantity" },
        { "nothing of it", Basket(Line.Replace(":1}", ":0}")), 422, "checkout.bad-quantity", "lines[0].quantity" },
        { "an unknown listing", Basket(Line), 422, "checkout.unknown-item", "lines[0].sku" },
        { "no such country", Basket(Line).Replace("\"DE\"", "\"QQ\""), 422, "checkout.no-such-country", "country" },
        { "no method", Basket(Line).Replace("\"pm\"", "\"\""), 422, "checkout.no-method", "method" },
        { "an unknown currency", Basket(Priced("1", "\"QQQ\"")), 400, "api.bad-json", Price },
        { "an amount that overflows", Basket(Priced("99999999999999999999", "\"EUR\"")), 400, "api.bad-json", Price },
        { "half an amount", Basket(Line.Insert(1, "\"unitPrice\":{\"minor\":1},")), 400, "api.bad-json", Price },
    };

    static string Basket(params string[] lines) =>
        $$"""{"lines":[{{string.Join(',', lines)}}],"country":"DE","method":"pm"}""";

    static string Priced(string minor, string currency) =>
        Line.Insert(1, $$"""
            "unitPrice":{"minor":{{minor}},"currency":{{currency}}},
            """.Trim());

    [Theory, MemberData(nameof(Checkouts))]
    public async Task Of_a_checkout_is_told(string what, string body, int status, string code, string? field)
    {
        var reply = await market.As(Party.Buyer, market.Fresh("bea")).Post("/v1/checkouts", body);
        ((int)reply.Status).ShouldBe(status, $"{what}: {reply.Text}");
        var first = reply.Json["refusals"]!.AsArray().First(r => r!["code"]!.ToString() == code)!;
        first["field"]?.ToString().ShouldBe(field, $"{what}: {reply.Text}");
        reply["traceId"].ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Of_ten_thousand_lines_is_refused_at_once()
    {
        var (ana, _) = await market.Seller();
        var body = Basket([.. Enumerable.Repeat(Line.Replace("ana", ana), 10_000)]);
        var reply = await market.As(Party.Buyer, market.Fresh("bea")).Post("/v1/checkouts", body);
        reply.Code.ShouldBe("checkout.bad-line-count", reply.Text[..Math.Min(500, reply.Text.Length)]);
    }

    [Fact]
    public async Task That_is_too_long_or_no_JSON_is_not_read()
    {
        var buyer = market.As(Party.Buyer, market.Fresh("bea"));
        var endless = Basket(Line) + new string(' ', 2_000_000);
        (await buyer.Post("/v1/checkouts", endless)).Code.ShouldBe("api.body-too-long");
        var text = new StringContent("hello", Encoding.UTF8, "text/plain");
        (await buyer.Send(HttpMethod.Post, "/v1/checkouts", text, "k")).Code.ShouldBe("api.not-json");
        (await buyer.Send(HttpMethod.Post, "/v1/checkouts", null, "k")).Code.ShouldBe("api.not-json");
    }

    [Fact]
    public async Task Of_a_basket_that_mixes_currencies_names_both_and_keeps_what_is_of_the_first()
    {
        var (ana, _) = await market.Seller();
        var (ben, _) = await market.Seller(currency: "USD");
        var buyer = market.As(Party.Buyer, market.Fresh("bea"));
        var reply = await buyer.Post("/v1/checkouts", Market.Basket(1, "pm_card_visa", ana, ben));
        (reply.Status, reply.Code, reply["field"])
            .ShouldBe((HttpStatusCode.Conflict, "checkout.mixed-currencies", "lines[1]"));
        reply["detail"]!.ShouldContain("EUR");
        reply["detail"]!.ShouldContain("USD");
        var kept = await buyer.Get(reply.Location!);
        (kept["state"], kept.Json["total"]!["currency"]!.ToString()).ShouldBe(("stopped", "EUR"));
    }

    [Fact]
    public async Task Of_an_offer_is_told_all_at_once()
    {
        var ana = market.Fresh("ana");
        var bad = new
        {
            title = "", shipsFrom = "XX",
            variants = new[] { new { sku = "A B", price = new { minor = -1, currency = "EUR" } } },
            shipsTo = new[] { new { country = "DE", shippingPerUnit = new { minor = 1, currency = "USD" } } },
        };
        var reply = await market.As(Party.Seller, ana).Put($"/v1/listings/{ana}/mug", bad);
        reply.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        reply.Json["refusals"]!.AsArray().Count.ShouldBeGreaterThanOrEqualTo(5);
    }

    [Fact]
    public async Task That_repeats_a_key_with_another_body_is_refused_and_with_the_same_is_done_once()
    {
        var (ana, seller) = await market.Seller(units: 0 + 10);
        var path = $"/v1/stock/{ana}/red/receipts";
        var first = await seller.Post(path, new { location = "main", units = 5 }, "the-key");
        var again = await seller.Post(path, new { location = "main", units = 5 }, "the-key");
        (again.Status, again.Version).ShouldBe((HttpStatusCode.OK, first.Version));
        again.Json["available"]!.GetValue<int>().ShouldBe(15);
        var other = await seller.Post(path, new { location = "main", units = 6 }, "the-key");
        (other.Status, other.Code).ShouldBe((HttpStatusCode.UnprocessableEntity, "kernel.key-reused"));
        (await seller.Get($"/v1/stock/{ana}/red")).Json["available"]!.GetValue<int>().ShouldBe(15);
    }

    [Fact]
    public async Task That_repeats_a_checkout_finds_the_same_one()
    {
        var (ana, _) = await market.Seller();
        var buyer = market.As(Party.Buyer, market.Fresh("bea"));
        var first = await buyer.Post("/v1/checkouts", Market.Basket(sellers: ana), "once");
        var again = await buyer.Post("/v1/checkouts", Market.Basket(sellers: ana), "once");
        again.Status.ShouldBe(HttpStatusCode.Created, again.Text);
        again["id"].ShouldBe(first["id"]);
        (await buyer.Post("/v1/checkouts", Market.Basket(2, sellers: ana), "once")).Code.ShouldBe("kernel.key-reused");
        var position = again.Headers.GetValues("Recourse-Position").Single();
        (await buyer.Get($"/v1/orders?position={position}")).Json["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task That_rests_on_an_old_version_is_refused()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        var seen = await buyer.Get(order);
        await seller.Post($"{order}/dispatch", new { carrier = "dhl", trackingNumber = "TRACK000777" });
        var why = new { reason = "cancel.changed-mind" };
        var late = await buyer.Post($"{order}/cancellation", why, ifMatch: seen.Version);
        (late.Status, late.Code).ShouldBe((HttpStatusCode.PreconditionFailed, "kernel.version-changed"));
        var now = await buyer.Post($"{order}/cancellation", new { reason = "cancel.changed-mind" });
        (now.Status, now.Code).ShouldBe((HttpStatusCode.Conflict, "order.already-shipped"));
        now["detail"]!.ShouldContain("dhl");
        (await buyer.Post($"{order}/cancellation", why, ifMatch: "soon")).Code.ShouldBe("api.bad-version");
    }

    [Fact]
    public async Task Without_a_key_of_its_own_no_write_is_taken()
    {
        var buyer = market.As(Party.Buyer, market.Fresh("bea"));
        var json = new StringContent(Basket(Line), Encoding.UTF8, "application/json");
        (await buyer.Send(HttpMethod.Post, "/v1/checkouts", json)).Code.ShouldBe("api.no-idempotency-key");
        var longest = new string('x', 200);
        (await buyer.Post("/v1/checkouts", Basket(Line), longest)).Code.ShouldBe("api.bad-idempotency-key");
    }

    [Fact]
    public async Task Of_a_path_or_method_is_a_problem_too()
    {
        var buyer = market.As(Party.Buyer, market.Fresh("bea"));
        (await buyer.Get("/v1/nowhere")).Code.ShouldBe("api.no-such-path");
        (await buyer.Get("/v1/orders/a%2fb/c")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await buyer.Get("/v1/orders/ana/" + new string('x', 200))).Code.ShouldBe("kernel.not-found");
        (await buyer.Send(HttpMethod.Delete, "/v1/orders", null)).Code.ShouldBe("api.method-not-allowed");
        (await buyer.Get("/v1/orders?limit=many")).Code.ShouldBe("api.bad-parameter");
        (await buyer.Get("/v1/orders?limit=many")).Json["field"]!.ToString().ShouldBe("limit");
        (await buyer.Get("/v1/orders?state=lost-in-space")).Code.ShouldBe("api.no-such-state");
        (await buyer.Get("/v1/orders?after=%F0%9F%90%88&limit=-5")).Status.ShouldBe(HttpStatusCode.OK);
        (await buyer.Get("/v1/orders?position=99999999999999999999")).Status.ShouldBe(HttpStatusCode.OK);
        (await buyer.Get("/v1/ledger/statement")).Code.ShouldBe("api.bad-parameter");
    }

    [Fact]
    public async Task Of_a_rulebook_is_told_with_its_lines()
    {
        var it = market.As(Party.Operator, "opal");
        var shipped = (await it.Get("/v1/rulebook"))["text"]!;
        var typo = shipped.Replace("dispatchWithin: 3 business days", "dispatchWithin: 3 busy days");
        var from = (market.Clock.Now + Duration.FromMinutes(5)).ToString();
        var reply = await it.Post("/v1/rulebook/editions", new { text = typo, from });
        (reply.Status, reply.Code).ShouldBe((HttpStatusCode.UnprocessableEntity, "rulebook.fault"));
        reply.Json["refusals"]![0]!["facts"]!.AsArray().First(f => f!["name"]!.ToString() == "line")!["value"]!
            .GetValue<long>().ShouldBeGreaterThan(1);
        (await it.Post("/v1/rulebook/editions", new { text = shipped, from = "2000-01-01T00:00:00Z" })).Code
            .ShouldBe("rulebook.too-soon");
    }

    [Fact]
    public async Task Of_a_verdict_is_told_with_those_that_there_are()
    {
        var reply = await market.As(Party.Agent, "gil").Post("/v1/appeals/bea/x/decision",
            new { verdict = "reversed", reason = "appeal.too-harsh" });
        (reply.Status, reply.Code, reply["field"])
            .ShouldBe((HttpStatusCode.BadRequest, "appeal.no-such-verdict", "verdict"), reply.Text);
        reply["detail"]!.ShouldContain("uphold, reverse");
    }

    [Fact]
    public async Task Of_a_report_that_is_not_the_providers_is_not_believed() =>
        (await market.Stranger().Post("/v1/provider/webhooks", new { id = "evt_1" })).Code
            .ShouldBe("payments.report-forged");
}
