using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>What people are told in the console: once, to the right person, in their words.</summary>
public sealed class TheInbox(Market market) : IClassFixture<Market>
{
    static async Task<List<JsonNode>> Of(Someone who, string path = "/v1/inbox")
    {
        var reply = await who.Get(path);
        reply.Status.ShouldBe(HttpStatusCode.OK, reply.Text);
        return [.. reply.Json["items"]!.AsArray().Select(i => i!)];
    }

    static Task Until(Someone who, string code, int times = 1) => Market.Until(
        async () => (await Of(who)).Count(i => $"{i["code"]}" == code) >= times, code);

    static string Codes(List<JsonNode> items) => string.Join(' ', items.Select(i => $"{i["code"]}").Reverse());

    [Fact]
    public async Task Tells_each_side_of_an_order_its_own_news_once()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        await seller.Post($"{order}/dispatch", new { carrier = "dhl", trackingNumber = "JD014600006281230704" });
        var parcel = order.Replace("/orders/", "/parcels/");
        await market.As(Party.Carrier, "dhl").Post(
            $"{parcel}/events", new { status = "delivered", at = market.Clock.Now.ToString() });
        await buyer.Post($"{order}/receipt");
        await Until(seller, "payout-released");
        await Until(buyer, "order-delivered");
        Codes(await Of(buyer)).ShouldBe("order-paid order-dispatched order-delivered");
        Codes(await Of(seller)).ShouldBe("sale-paid sale-delivered payout-released");
        var paid = (await Of(buyer))[^1];
        paid["title"]!.ToString().ShouldBe("Your order is paid");
        paid["text"]!.ToString().ShouldContain("16.50 EUR is kept safe");
        (paid["goods"]!.ToString(), paid["href"]!.ToString()).ShouldBe(("Mug", order["/v1".Length..]));
        var dispatched = (await Of(buyer)).Single(i => $"{i["code"]}" == "order-dispatched");
        dispatched["text"]!.ToString().ShouldContain("dhl, number JD014600006281230704");
    }

    [Fact]
    public async Task Speaks_the_language_of_its_reader()
    {
        var (ana, _) = await market.Seller();
        var (buyer, _) = await market.Bought(ana);
        await Until(buyer, "order-paid");
        (await Of(buyer.Reading("pt-BR")))[0]["title"]!.ToString().ShouldBe("Seu pedido está pago");
    }

    [Theory, InlineData("es", "Tu pedido está pagado"), InlineData("fr", "Votre commande est payée"),
     InlineData("zh-Hans", "您的订单已付款")]
    public async Task Speaks_the_languages_of_statements(string language, string title)
    {
        var (ana, _) = await market.Seller();
        var (buyer, _) = await market.Bought(ana);
        await Until(buyer, "order-paid");
        var paid = (await Of(buyer.Reading(language))).Single(i => $"{i["code"]}" == "order-paid");
        ($"{paid["title"]}", $"{paid["language"]}").ShouldBe((title, language));
    }

    [Fact]
    public async Task Leads_from_a_decision_straight_to_why()
    {
        var (ana, seller) = await market.Seller();
        var name = market.Fresh("bea");
        var (buyer, order) = await market.Bought(ana, buyer: name);
        await seller.Post($"{order}/cancellation", Market.OutOfStock);
        await Until(buyer, "order-cancelled");
        using var browser = await market.Browse(Party.Buyer, name);
        var page = await browser.Open("/inbox");
        var why = $"{order["/v1".Length..]}/why";
        page.Html.ShouldContain($"href=\"{why}\"");
        page.Html.ShouldContain("href=\"/rulebook?version=1#orders.reasons.cancel.out-of-stock\"");
        (await browser.Open(why)).Text.ShouldContain("out of stock");
    }

    [Fact]
    public async Task Tells_of_a_decision_with_its_reasons_to_each_side_in_its_words()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        await seller.Post($"{order}/cancellation", Market.OutOfStock);
        await Until(buyer, "order-cancelled");
        await Until(seller, "sale-cancelled");
        var mine = (await Of(buyer)).Single(i => $"{i["code"]}" == "order-cancelled");
        mine["text"]!.ToString().ShouldContain("Going back to you: 16.50 EUR");
        mine["statement"]!["rule"]!.ToString().ShouldBe("orders.reasons.cancel.out-of-stock");
        var marks = mine["statement"]!["facts"]!.AsArray().Single(f => $"{f!["name"]}" == "marks")!;
        marks["withheld"]!.GetValue<bool>().ShouldBeTrue();
        var theirs = (await Of(seller)).Single(i => $"{i["code"]}" == "sale-cancelled");
        theirs["text"]!.ToString().ShouldContain("Marks on your record");
        await Until(buyer, "money-released");
    }

    [Fact]
    public async Task Is_nobody_elses_and_tells_nothing_of_the_other_side()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, _) = await market.Bought(ana);
        await Until(buyer, "order-paid");
        await Until(seller, "sale-paid");
        (await Of(market.As(Party.Buyer, market.Fresh("bob")))).ShouldBeEmpty();
        (await Of(market.As(Party.Seller, market.Fresh("sam")))).ShouldBeEmpty();
        (await market.As(Party.Warehouse, ana).Get("/v1/inbox")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await market.As(Party.Carrier, "dhl").Get("/v1/inbox")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await market.Stranger().Get("/v1/inbox")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await seller.Get("/v1/inbox")).Text.ShouldNotContain("Muster");
    }

    [Fact]
    public async Task Remembers_what_was_read()
    {
        var (ana, seller) = await market.Seller();
        await market.Bought(ana);
        await market.Bought(ana);
        await Until(seller, "sale-paid", 2);
        var inbox = await seller.Get("/v1/inbox");
        inbox["unread"].ShouldBe("2");
        var older = inbox.Json["items"]!.AsArray()[1]!["position"]!.GetValue<long>();
        var left = await seller.Post("/v1/inbox/read", new { upTo = older });
        left["unread"].ShouldBe("1");
        // What was read stays read, and nobody reads what isn't there yet.
        (await seller.Post("/v1/inbox/read", new { upTo = 0 }))["unread"].ShouldBe("1");
        (await seller.Post("/v1/inbox/read", new { upTo = long.MaxValue }))["unread"].ShouldBe("0");
        await market.Bought(ana);
        await Until(seller, "sale-paid", 3);
        (await seller.Get("/v1/inbox"))["unread"].ShouldBe("1");
    }

    [Fact]
    public async Task Comes_in_pages()
    {
        var (ana, seller) = await market.Seller();
        for (var i = 0; i < 3; i++) await market.Bought(ana);
        await Until(seller, "sale-paid", 3);
        List<string> ids = [];
        for (string? after = ""; after is not null;)
        {
            var page = await seller.Get($"/v1/inbox?limit=1&after={after}");
            ids.AddRange(page.Json["items"]!.AsArray().Select(i => i!["id"]!.ToString()));
            after = page["next"];
        }
        ids.Count.ShouldBe(3);
        ids.Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task Leaves_out_what_its_reader_does_not_want_but_never_money_and_decisions()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        var chosen = await buyer.Put("/v1/me/notifications",
            new { inbox = new[] { "money", "decisions", "orders" }, mail = Array.Empty<string>(), language = "pt-BR" });
        chosen.Status.ShouldBe(HttpStatusCode.OK, chosen.Text);
        (await buyer.Get("/v1/me/notifications"))["language"].ShouldBe("pt-BR");
        var refused = await buyer.Put("/v1/me/notifications",
            new { inbox = new[] { "orders" }, mail = Array.Empty<string>(), language = "en" });
        (refused.Status, refused.Code).ShouldBe((HttpStatusCode.UnprocessableEntity, "notifications.must-stay"));
        await seller.Post($"{order}/dispatch", new { carrier = "dhl", trackingNumber = "JD014600006281230705" });
        var parcel = order.Replace("/orders/", "/parcels/");
        await market.As(Party.Carrier, "dhl").Post(
            $"{parcel}/events", new { status = "delivered", at = market.Clock.Now.ToString() });
        await Until(seller, "sale-delivered");
        Codes(await Of(buyer)).ShouldBe("order-paid");
    }

    [Fact]
    public async Task Shows_the_platforms_people_refunds_that_need_them()
    {
        var (ana, _) = await market.Seller();
        var buyer = market.As(Party.Buyer, market.Fresh("bea"));
        var opened = await buyer.Post("/v1/checkouts", Market.Basket(1, "pm_standin_refund-fails", ana));
        var order = $"/v1/{opened.Json["orders"]![0]!["order"]!.ToString().Replace("order/", "orders/")}";
        await Until(buyer, "order-paid");
        market.Clock.Pass(Duration.FromMinutes(61));
        await Market.Until(async () => (await buyer.Get($"{order}/money"))["paymentState"] == "captured", "capture");
        await buyer.Post($"{order}/cancellation", new { reason = "cancel.changed-mind" });
        var (gil, gus) = (market.As(Party.Agent, market.Fresh("gil")), market.As(Party.Agent, market.Fresh("gus")));
        await Until(gil, "staff-refund-failed");
        var mine = (await Of(gil)).First(i => $"{i["code"]}" == "staff-refund-failed");
        mine["title"]!.ToString().ShouldBe("Refund failed: 16.50 EUR");
        mine["href"]!.ToString().ShouldBe(order["/v1".Length..]);
        // One inbox for all of them; what each has read is their own.
        await gil.Post("/v1/inbox/read", new { upTo = mine["position"]!.GetValue<long>() });
        (await Of(gil))[0]["read"]!.GetValue<bool>().ShouldBeTrue();
        (await Of(gus))[0]["read"]!.GetValue<bool>().ShouldBeFalse();
        (await gil.Get("/v1/me/notifications")).Status.ShouldBe(HttpStatusCode.Forbidden);
        await Until(buyer, "refund-failed");
        Codes(await Of(buyer)).ShouldBe("order-paid order-cancelled refund-opened refund-failed");
        (await Of(buyer))[0]["text"]!.ToString().ShouldContain("There is nothing that you have to do.");
    }

    [Fact]
    public async Task Tells_a_buyer_that_the_payment_failed_and_until_when_there_is_time()
    {
        var (ana, seller) = await market.Seller();
        var buyer = market.As(Party.Buyer, market.Fresh("bea"));
        await buyer.Post("/v1/checkouts", Market.Basket(1, "pm_card_chargeDeclined", ana));
        await Until(buyer, "payment-declined");
        var told = (await Of(buyer)).Single();
        told["text"]!.ToString().ShouldContain("Pay with another method by");
        told["statement"].ShouldNotBeNull();
        (await Of(seller)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_a_page_with_the_number_of_what_is_unread_in_the_navigation()
    {
        var (ana, seller) = await market.Seller();
        await market.Bought(ana);
        await Until(seller, "sale-paid");
        using var browser = Browser.At(market.App);
        await browser.SignIn(market.App.Services.GetRequiredService<AccessKeys>().Create(Party.Seller, ana));
        var page = await browser.Open("/inbox");
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Text.ShouldContain("New order, to dispatch by");
        page.Count("class=\"badge\"").ShouldBe(1);
        var read = await browser.Send(page, "/inbox/read", ("up-to", page.Field("/inbox/read", "up-to")));
        read.Location.ShouldBe("/inbox");
        page = await browser.Open("/inbox");
        page.Count("class=\"badge\"").ShouldBe(0);
        page.Count("data-unread").ShouldBe(0);
        page.Text.ShouldNotContain("console.");
    }

    [Fact]
    public async Task Lets_people_choose_on_a_page()
    {
        var name = market.Fresh("bea");
        using var browser = Browser.At(market.App);
        await browser.SignIn(market.App.Services.GetRequiredService<AccessKeys>().Create(Party.Buyer, name));
        var page = await browser.Open("/me/notifications");
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Text.ShouldNotContain("console.");
        page.Count("checked").ShouldBe(8);
        var saved = await browser.Send(
            page, "/me/notifications", ("mail-Money", "on"), ("inbox-Orders", "on"), ("language", "pt-BR"));
        saved.Location.ShouldBe("/me/notifications?done=saved");
        var choice = await market.As(Party.Buyer, name).Get("/v1/me/notifications");
        choice.Json["mail"]!.AsArray().Select(t => $"{t}").ShouldBe(["money"]);
        choice.Json["inbox"]!.AsArray().Select(t => $"{t}").ShouldBe(["orders", "money", "decisions"]);
        choice["language"].ShouldBe("pt-BR");
        var odd = await browser.Send(await browser.Open("/me/notifications"), "/me/notifications", ("language", "xx"));
        odd.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        odd.Text.ShouldContain("There is no language xx");
    }
}
