using System.Net;
using System.Text.Json.Nodes;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>From any order that was cancelled, one press to why, in the reader's own language of six.</summary>
[Trait("Capability", "SUP-2")]
public sealed class SayingWhy(Market market) : IClassFixture<Market>
{
    async Task<(Someone Buyer, string Name, Someone Seller, string Ana, string Order)> OutOfStock()
    {
        var (ana, seller) = await market.Seller();
        var name = market.Fresh("bea");
        var (buyer, order) = await market.Bought(ana, buyer: name);
        var ended = await seller.Post($"{order}/cancellation", Market.OutOfStock);
        ended["state"].ShouldBe("cancelled", ended.Text);
        return (buyer, name, seller, ana, order);
    }

    [Theory]
    [InlineData("en", "The seller says that it is out of stock. Going back to you: 16.50 EUR.", "Goods")]
    [InlineData("es", "El vendedor dice que está agotado. Se te devuelve: 16,50 EUR.", "Artículos")]
    [InlineData("fr", "Le vendeur dit que l'article est épuisé. Somme qui vous est rendue\u00a0: 16,50 EUR.",
        "Articles")]
    [InlineData("zh-Hans", "卖家称已缺货。退还给您：16.50 EUR。", "商品")]
    [InlineData("pt-BR", "O vendedor informa que o item está esgotado.", "Produtos")]
    [InlineData("ar", "يقول البائع إن المنتج نفد.", "البضائع")]
    public async Task Is_told_in_the_readers_language(string language, string words, string goods)
    {
        var (buyer, _, seller, _, order) = await OutOfStock();
        foreach (var why in (Reply[])[await buyer.Get($"{order}/why?lang={language}"),
            await buyer.Reading($"{language},en;q=0.5").Get($"{order}/why")])
        {
            why.Status.ShouldBe(HttpStatusCode.OK, why.Text);
            var statement = why.Json["statements"]![0]!;
            statement["text"]!.ToString().ShouldContain(words);
            statement["language"]!.ToString().ShouldBe(language);
            why["text"].ShouldBe(statement["text"]!.ToString());
            statement["facts"]!.AsArray().Single(f => f!["name"]!.ToString() == "goods")!["label"]!.ToString()
                .ShouldBe(goods);
            var marks = statement["facts"]!.AsArray().Single(f => f!["name"]!.ToString() == "marks")!;
            marks["withheld"]!.GetValue<bool>().ShouldBeTrue("marks are between seller and platform");
            marks["value"].ShouldBeNull();
        }
        (await seller.Get($"{order}/why?lang={language}")).Json["statements"]![0]!["facts"]!.AsArray()
            .Single(f => f!["name"]!.ToString() == "marks")!["value"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Is_refused_in_a_language_that_there_is_not_and_names_those_that_there_are()
    {
        var (buyer, name, _, _, order) = await OutOfStock();
        var no = await buyer.Get($"{order}/why?lang=tlh");
        (no.Status, no.Code, no["field"]).ShouldBe((HttpStatusCode.BadRequest, "api.no-such-language", "lang"));
        no["detail"]!.ShouldContain("en, zh-Hans, es, pt-BR, fr, ar");
        (await buyer.Get($"{order}/why?lang=zh-CN"))["text"]!.ShouldContain("卖家称已缺货");
        using var reader = await market.Browse(Party.Buyer, name);
        (await reader.Open($"{order["/v1".Length..]}/why?lang=tlh")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Is_one_press_away_from_lists_and_stays_in_the_language_that_was_chosen()
    {
        var (_, name, _, ana, order) = await OutOfStock();
        var path = order["/v1".Length..];
        foreach (var (role, who, list) in ((Party, string, string)[])[(Party.Buyer, name, "/"),
            (Party.Buyer, name, "/orders"), (Party.Seller, ana, "/orders"), (Party.Agent, "gil", "/orders")])
        {
            using var reader = await market.Browse(role, who);
            await Market.Until(async () => (await reader.Open(list)).Html.Contains($"href=\"{path}/why\""),
                $"a link for {role}");
            var page = await reader.Open($"{path}/why");
            page.Status.ShouldBe(HttpStatusCode.OK);
            page.Text.ShouldContain(role is Party.Seller ? "You said that it is out of stock" : "out of stock");
            page.Html.ShouldContain("/rulebook?version=1#orders.reasons.cancel.out-of-stock");
            var chosen = await reader.Follow(await reader.Send(page, "/language", ("reasons", "fr")));
            var french = await reader.Open($"{path}/why");
            french.Html.ShouldContain("lang=\"fr\"");
            french.Text.ShouldContain("épuisé");
            (await reader.Open(path)).Text.ShouldContain("épuisé", Case.Sensitive, "on the order's page too");
            chosen.Status.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Is_nobody_elses_business()
    {
        var (_, _, _, _, order) = await OutOfStock();
        (await market.As(Party.Buyer, market.Fresh("eve")).Get($"{order}/why")).Status
            .ShouldBe(HttpStatusCode.NotFound);
        (await market.As(Party.Buyer, market.Fresh("eve")).Get($"{order}/ripple")).Status
            .ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Tells_of_a_purchase_that_a_bank_declined()
    {
        var (ana, _) = await market.Seller();
        var name = market.Fresh("bea");
        var buyer = market.As(Party.Buyer, name);
        var declined = await buyer.Post(
            "/v1/checkouts", Market.Basket(1, "pm_card_chargeDeclinedInsufficientFunds", ana));
        var at = declined.Location!;
        var why = await buyer.Get($"{at}/why?lang=es");
        why["text"]!.ShouldContain("no cubre ahora");
        using var reader = await market.Browse(Party.Buyer, name);
        var page = await reader.Open($"{at["/v1".Length..]}/why?lang=fr");
        page.Text.ShouldContain("ne couvre pas");
        (await market.As(Party.Seller, ana).Get($"{at}/why")).Status.ShouldBe(HttpStatusCode.Forbidden);

        var order = default(string)!;
        await Market.Until(async () => (order = (await buyer.Get("/v1/orders")).Json["items"]!.AsArray()
            .FirstOrDefault()?["id"]!.ToString()!) is not null, "the order in the list");
        (await buyer.Get($"/v1/{order.Replace("order/", "orders/")}/why?lang=fr"))["text"]!
            .ShouldContain("ne couvre pas", Case.Sensitive, "what keeps an order from going on is told there too");
        (await market.As(Party.Seller, ana).Get($"/v1/{order.Replace("order/", "orders/")}/why"))
            .Json["statements"]!.AsArray().ShouldBeEmpty("a buyer's bank is none of a seller's business");
    }

    [Fact, Trait("Capability", "MON-4")]
    public async Task Shows_what_an_early_end_causes_and_what_to_order_instead()
    {
        var (ana, other) = await market.Seller();
        await market.Seller();
        var (buyer, order) = await market.Bought(ana, quantity: 2);
        (await buyer.Get($"{order}/ripple")).Json["items"]!.AsArray().ShouldBeEmpty("it goes on");
        await other.Post($"{order}/cancellation", Market.OutOfStock);

        var shop = (await other.Get($"{order}/ripple")).Json;
        shop["items"]!.AsArray().Select(i => i!["kind"]!.ToString()).ShouldBe(["money", "stock", "way", "figures"]);
        shop["items"]![1]!["text"]!.ToString().ShouldBe("2 items of Mug can be sold again.");
        shop["items"]![3]!["text"]!.ToString().ShouldContain("1 mark");
        Minor(shop["forecast"]!["revenue"]).ShouldBe(2300);
        Minor(shop["forecast"]!["fee"]).ShouldBe(200);
        Minor(shop["forecast"]!["handling"]).ShouldBe(75);
        Minor(shop["forecast"]!["total"]).ShouldBe(2575);
        shop["instead"]!.AsArray().ShouldBeEmpty("that is for the buyer");

        var mine = default(JsonNode)!;
        await Market.Until(async () => (mine = (await buyer.Get($"{order}/ripple")).Json)["instead"]!.AsArray()
            .Count > 1, "the shop window");
        mine["items"]!.AsArray().Select(i => i!["kind"]!.ToString()).ShouldBe(["money"]);
        mine.AsObject().ContainsKey("forecast").ShouldBeFalse("what it costs others is theirs");
        mine["instead"]!.AsArray()[1]!["sameSeller"]!.GetValue<bool>().ShouldBeFalse();
        mine["instead"]!.AsArray()[0]!["sameSeller"]!.GetValue<bool>().ShouldBeTrue();
        mine["instead"]!.AsArray().ShouldAllBe(i => Minor(i!["price"]) <= 1250);
    }

    static long Minor(JsonNode? money) => money!["minor"]!.GetValue<long>();
}
