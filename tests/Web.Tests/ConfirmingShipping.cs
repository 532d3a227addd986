using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>What sending costs is guarded like a price, and what was shown before a rule is looked at again.</summary>
[Trait("Capability", "INV-3")]
public sealed class ConfirmingShipping(Market market) : IClassFixture<Market>
{
    static object Lamp(long shipping, long price = 12_50, string category = "", string description = "") => new
    {
        title = "Lamp", category, description, shipsFrom = "DE",
        variants = new[] { new { sku = "lamp", price = new { minor = price, currency = "EUR" } } },
        shipsTo = new[] { new { country = "DE", shippingPerUnit = new { minor = shipping, currency = "EUR" } } },
    };

    static long ShippingIn(Reply listing) =>
        listing.Json["offer"]!["shipsTo"]![0]!["shippingPerUnit"]!["minor"]!.GetValue<long>();

    async Task<(string Name, Someone Seller, string Path)> Lamps(Market of)
    {
        var name = of.Fresh("ana");
        var (seller, path) = (of.As(Party.Seller, name), $"/v1/listings/{name}/lamp");
        (await seller.Put(path, Lamp(4_90)))["state"].ShouldBe("offered");
        return (name, seller, path);
    }

    [Fact]
    public async Task A_slipped_zero_is_never_shown_and_one_call_corrects_it()
    {
        var (_, seller, path) = await Lamps(market);
        var held = await seller.Put(path, Lamp(49_00));
        (held["state"], ShippingIn(held)).ShouldBe(("offered", 4_90));
        var way = held.Json["held"]!["ways"]!.AsArray().Single()!;
        (way["country"]!.ToString(), way["code"]!.ToString(), way["suggested"]!["minor"]!.GetValue<long>())
            .ShouldBe(("DE", "shipping.extra-zero", 4_90L));
        held.Json["held"]!["statement"]!["rule"]!.ToString().ShouldBe("listings.shippingGuard");
        held.Json["held"]!["statement"]!["text"]!.ToString().ShouldContain("sending it to Germany for 49.00 EUR");
        ShippingIn(await market.Stranger().Get(path)).ShouldBe(4_90);

        var unknown = await seller.Post($"{path}/price/correction", Right("FR", 5_90));
        (unknown.Status, unknown.Code).ShouldBe((HttpStatusCode.UnprocessableEntity, "listing.no-way-to-correct"));
        var right = await seller.Post($"{path}/price/correction", Right("DE", 5_90));
        (ShippingIn(right), right.Json["held"]).ShouldBe((5_90L, (JsonNode?)null));
        ShippingIn(await market.Stranger().Get(path)).ShouldBe(5_90);
    }

    static object Right(string country, long price) =>
        new { ways = new[] { new { country, price = new { minor = price, currency = "EUR" } } } };

    [Fact]
    public async Task One_press_on_the_page_confirms_or_corrects_it()
    {
        var (name, seller, path) = await Lamps(market);
        await seller.Put(path, Lamp(49_00));
        using var ana = await market.Browse(Party.Seller, name);
        const string Settle = "/listings/lamp/price";
        var page = await ana.Open("/listings/lamp");
        page.Text.ShouldContain("Sending to Germany");
        page.Text.ShouldContain("looks like a zero too many: usual is 4.90 EUR.");
        page.Html.ShouldContain("name=\"ways[0].price\"");
        var bad = await ana.Send(page, Settle, ("ways[0].price", "4.905"), ("do", "correct"));
        bad.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        bad.Html.ShouldContain("value=\"4.905\"");
        (await ana.Send(bad, Settle, ("ways[0].price", "5.50"), ("do", "correct"))).Location
            .ShouldBe("/listings/lamp?done=price-correct");
        ShippingIn(await market.Stranger().Get(path)).ShouldBe(5_50);

        await seller.Put(path, Lamp(55_00));
        page = await ana.Open("/listings/lamp");
        (await ana.Send(page, Settle, ("shown", page.Field(Settle, "shown")), ("do", "confirm"))).Location
            .ShouldBe("/listings/lamp?done=price-confirm");
        ShippingIn(await market.Stranger().Get(path)).ShouldBe(55_00);
    }

    [Fact]
    public async Task What_was_published_before_a_rule_is_held_by_itself_with_statement_and_appeal()
    {
        await using var alone = new Market();
        await alone.InitializeAsync();
        var crowd = alone.Fresh("crowd");
        var seller = alone.As(Party.Seller, crowd);
        for (var n = 0; n < 20; n++)
            await seller.Put($"/v1/listings/{crowd}/lamp-{n}", Lamp(4_90, 10_00 + 25 * n, "lamps"));
        var path = $"/v1/listings/{crowd}/dear";
        (await seller.Put(path, Lamp(4_90, 40_00, "lamps")))["state"].ShouldBe("offered");
        await alone.Shown();

        var it = alone.As(Party.Operator, "it");
        var text = (await it.Get("/v1/rulebook"))["text"]!.Replace("peersTo: 500", "peersTo: 200");
        var from = alone.Clock.Now + Duration.FromMinutes(2);
        var edition = await it.Post("/v1/rulebook/editions", new { text, from = from.ToString() });
        edition.Status.ShouldBe(HttpStatusCode.Created, edition.Text);
        alone.Clock.PassUntil(from);

        await Market.Until(async () => (await seller.Get(path))["state"] == "held", "the second look");
        var held = (await seller.Get(path)).Json["held"]!;
        (held["meanwhile"]!.ToString(), held["statement"]!["code"]!.ToString(),
            held["statement"]!["outcome"]!.ToString())
            .ShouldBe(("hidden", "price.far-from-peers", "listing.hidden-until-confirmed"));
        held["statement"]!["remedies"]!.AsArray().Select(r => r!["code"]!.ToString()).ShouldContain("appeal.open");
        (await alone.Stranger().Get(path)).Status.ShouldBe(HttpStatusCode.NotFound);
        await Market.Until(async () => (await seller.Get("/v1/inbox")).Text.Contains("price-held"), "notice");
        (await alone.Stranger().Get($"/v1/listings/{crowd}/lamp-3")).Status.ShouldBe(HttpStatusCode.OK);
        (await seller.Post($"{path}/price/confirmation"))["state"].ShouldBe("offered");
        await alone.Shown();
        (await alone.App.Services.GetRequiredService<SecondLook>().Look(TestContext.Current.CancellationToken))
            .ShouldBe(0);
        (await alone.Stranger().Get(path)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact, Trait("Capability", "CHK-9")]
    public async Task What_a_description_names_is_a_question_that_quotes_it()
    {
        var (name, seller, path) = await Lamps(market);
        var held = await seller.Put(path, Lamp(4_90, description: "Oil lamp. Comes with a bottle of whisky. By hand."));
        var goods = held.Json["held"]!["goods"]!.AsArray().Single()!;
        (goods["goods"]!.ToString(), goods["word"]!.ToString(), goods["passage"]!.ToString())
            .ShouldBe(("alcohol", "whisky", "Comes with a bottle of whisky"));
        using var ana = await market.Browse(Party.Seller, name);
        var page = await ana.Open("/listings/lamp");
        page.Text.ShouldContain("Its description says “whisky”.");
        page.Text.ShouldContain("Comes with a bottle of whisky");
        (await ana.Send(page, "/listings/lamp/goods", ("do", "none"))).Location
            .ShouldBe("/listings/lamp?done=goods-answered");
        var shown = await market.Stranger().Get(path);
        shown.Json["offer"]!["description"]!.ToString().ShouldContain("whisky");
    }
}
