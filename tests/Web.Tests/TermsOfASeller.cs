using System.Net;
using System.Text.Json.Nodes;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>Sellers declare to whom and where they sell and when they work; buyers read it in time.</summary>
public sealed class TermsOfASeller(Market market) : IClassFixture<Market>
{
    static readonly string[] NoCodes = [];

    static string[] Codes(Reply reply) =>
        [.. reply.Json["findings"]!.AsArray().Select(f => f!["code"]!.ToString())];

    static async Task<Reply> Declare(string code, Someone seller, object terms)
    {
        var put = await seller.Put($"/v1/sellers/{code}/terms", terms);
        put.Status.ShouldBe(HttpStatusCode.OK, put.Text);
        return put;
    }

    static Task<Reply> Quote(Someone bea, string seller, int quantity = 1, params string[] apply) =>
        bea.Post("/v1/checkouts/quotes", new
        {
            lines = new[] { new { listing = $"listing/{seller}/mug", sku = "red", quantity } }, country = "DE",
            shipTo = Market.Home, apply,
        });

    [Fact, Trait("Capability", "BUY-5")]
    public async Task Conditions_are_told_with_their_reason_and_settled_where_they_can_be()
    {
        var (ana, seller) = await market.Seller();
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        var terms = await Declare(ana, seller, new
        {
            most = new { units = 3, reason = "There are few of them." },
            records = new[]
            {
                new { above = new { minor = 60_00, currency = "EUR" }, honestOrders = 2, reason = "Not known yet." },
            },
        });
        terms.Json["number"]!.GetValue<int>().ShouldBe(1);
        var quote = await Quote(bea, ana, 4);
        Codes(quote).ShouldBe(["terms.too-many-units", "terms.record-needed"]);
        quote.Text.ShouldContain("There are few of them.");
        var take = quote.Json["findings"]![0]!["fixes"]![0]!;
        take["text"]!.ToString().ShouldBe("Take 3");
        (await bea.Post("/v1/checkouts", Market.Basket(4, sellers: ana))).Code.ShouldBe("terms.too-many-units");
        Codes(await Quote(bea, ana, 4, take["id"]!.ToString())).ShouldBe(NoCodes);
        (await bea.Post("/v1/checkouts", Market.Basket(3, sellers: ana))).Status.ShouldBe(HttpStatusCode.Created);

        await Declare(ana, seller, new { notSent = new[] { new { countries = new[] { "DE" }, reason = "No vans." } } });
        var refused = await bea.Post("/v1/checkouts", Market.Basket(1, sellers: ana));
        refused.Code.ShouldBe("terms.not-sent-there");
        refused.Text.ShouldContain("No vans.");
    }

    [Fact, Trait("Capability", "BUY-5")]
    public async Task What_is_declared_later_is_no_excuse_for_an_order_that_stands()
    {
        var (ana, seller) = await market.Seller();
        var (bea, order) = await market.Bought(ana);
        await Declare(ana, seller, new { notSent = new[] { new { countries = new[] { "DE" }, reason = "No vans." } } });
        (await bea.Get(order))["state"].ShouldBe("funded");
        const string Reason = "cancel.cannot-ship-there";
        var refused = await seller.Post($"{order}/cancellation", new { reason = Reason });
        (refused.Code, refused["field"]).ShouldBe(("order.knowable-before", "because"));
        (await seller.Get(order)).Action("order.cancel")!["choices"]!.AsArray()
            .Single(c => c!["needsNewer"]!.GetValue<bool>())!["code"]!.ToString().ShouldBe(Reason);
        market.Clock.PassUntil(market.Clock.Now + Duration.FromMinutes(1));
        var because = new { kind = "carrier-notice", since = $"{market.Clock.Now}", source = "DHL notice 4711" };
        var cancelled = await seller.Post($"{order}/cancellation", new
        {
            reason = Reason, because, @case = new { noWay = "There is no other way." },
        });
        cancelled.Status.ShouldBe(HttpStatusCode.OK, cancelled.Text);
        (await bea.Get(order)).Json["why"]!["facts"]!.AsArray().Select(f => $"{f!["text"]}")
            .ShouldContain("DHL notice 4711");
    }

    [Fact, Trait("Capability", "FUL-5")]
    public async Task Days_away_are_in_the_day_that_a_buyer_is_promised_everywhere()
    {
        var (ana, seller) = await market.Seller();
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        var today = market.Clock.Now.InUtc().Date;
        var usual = (await Quote(bea, ana)).Json["lines"]![0]!["dispatchDue"]!.ToString();
        await Declare(ana, seller, new
        {
            absences = new[] { new { from = $"{today:uuuu-MM-dd}", to = $"{today.PlusDays(20):uuuu-MM-dd}",
                reason = "Spring Festival" } },
        });
        var quote = await Quote(bea, ana);
        Codes(quote).ShouldBe(["terms.away"]);
        quote.Text.ShouldContain("Spring Festival");
        var due = quote.Json["lines"]![0]!["dispatchDue"]!.ToString();
        string.CompareOrdinal(due, usual).ShouldBeGreaterThan(0);
        (await market.Stranger().Get($"/v1/listings/{ana}/mug/availability"))["dispatchDue"].ShouldBe(due);
        var (buyer, order) = await market.Bought(ana);
        (await buyer.Get(order)).Json["next"]!["due"]!.ToString().ShouldBe(due);
    }

    [Fact, Trait("Capability", "CHK-8")]
    public async Task Beyond_a_days_worth_of_parcels_the_promised_day_moves_on()
    {
        var (ana, seller) = await market.Seller(units: 20);
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        await Declare(ana, seller, new { parcelsADay = 1 });
        var first = (await Quote(bea, ana)).Json["lines"]![0]!["dispatchDue"]!.ToString();
        for (var n = 0; n < 3; n++) await market.Bought(ana);
        await market.Shown();
        var fourth = await Quote(bea, ana);
        Codes(fourth).ShouldBe(["terms.busy"]);
        string.CompareOrdinal(fourth.Json["lines"]![0]!["dispatchDue"]!.ToString(), first).ShouldBeGreaterThan(0);
    }

    [Fact, Trait("Capability", "FUL-5")]
    public async Task A_seller_declares_them_on_a_page_and_nothing_typed_is_lost()
    {
        var (code, seller) = await market.Seller();
        using var ana = await market.Browse(Party.Seller, code);
        (await ana.Open("/listings")).Html.ShouldContain("href=\"/terms\"");
        (string, string)[] Form(string reason, string doing) =>
        [
            ("absences[0].from", "2030-02-02"), ("absences[0].to", "2030-02-09"), ("absences[0].reason", reason),
            ("daysOff", "friday"), ("parcelsADay", "12"), ("notSent[0].countries", "ru by"), ("notSent[0].goods", ""),
            ("notSent[0].reason", "No flights"), ("most.units", ""), ("most.reason", ""), ("do", doing),
        ];
        var more = await ana.Does("/terms", "/terms", Form("", "add-record"));
        more.Html.ShouldContain("name=\"records[0].above\"");
        more.Html.ShouldContain("value=\"2030-02-09\"");
        var refused = await ana.Does("/terms", "/terms", Form("", "save"));
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Html.ShouldContain("id=\"f-absences-0--reason-fault\"");
        (await ana.Does("/terms", "/terms", Form("Spring Festival", "save"))).Location.ShouldBe("/terms?done=saved");
        var terms = (await seller.Get($"/v1/sellers/{code}/terms")).Json;
        (terms["parcelsADay"]!.GetValue<int>(), terms["daysOff"]![0]!.ToString(),
            terms["notSent"]![0]!["countries"]![1]!.ToString(), terms["absences"]![0]!["reason"]!.ToString())
            .ShouldBe((12, "friday", "BY", "Spring Festival"));
        (await market.As(Party.Seller, market.Fresh("rival")).Get($"/v1/sellers/{code}/terms")).Status
            .ShouldBe(HttpStatusCode.NotFound);
        (await ana.Open("/terms?done=saved")).Text.ShouldContain("Your terms are saved.");
    }
}
