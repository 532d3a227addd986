using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;
namespace Recourse.Tests;

/// <summary>What a shop is told, and what an order decided, is appealed from where it is told.</summary>
[Trait("Capability", "DSP-4")]
public sealed class AppealingOfTrade(Market market) : IClassFixture<Market>
{
    static string PathOf(JsonNode statement) =>
        $"/v1/{statement["appeal"]!["id"]!.ToString().Replace("appeal/", "appeals/")}";

    static object Words(JsonNode statement, string text = "That is not so.") =>
        new { about = statement["appeal"]!["about"]!.ToString(), text };

    Someone Agent(string name) => market.As(Party.Agent, name);

    static readonly object Reverse = new { verdict = "reverse", reason = "appeal.facts-were-wrong" };

    [Fact]
    public async Task A_price_that_was_held_wrongly_is_shown_once_an_agent_says_so()
    {
        var (ana, seller) = await market.Seller();
        var path = $"/v1/listings/{ana}/mug";
        var held = await seller.Put(path, Market.Mug(price: 125_00));
        var why = held.Json["held"]!["statement"]!;
        var lodged = await seller.Post(PathOf(why), Words(why));
        (lodged.Status, lodged["state"], lodged["subject"])
            .ShouldBe((HttpStatusCode.OK, "open", "listing"), lodged.Text);
        (await seller.Get(path)).Json["held"]!["statement"]!["appeal"]!["state"]!.ToString().ShouldBe("open");
        (await seller.Get("/v1/appeals")).Json["items"]!.AsArray().Count.ShouldBeLessThanOrEqualTo(1);

        // A buyer of the shop's name is somebody else, and so is another shop.
        foreach (var other in (Someone[])[market.As(Party.Buyer, ana), market.As(Party.Seller, market.Fresh("eve"))])
        {
            (await other.Get(PathOf(why))).Status.ShouldBe(HttpStatusCode.NotFound);
            (await other.Post($"{PathOf(why)}/withdrawal")).Status.ShouldBe(HttpStatusCode.NotFound);
        }
        (await Agent("gil").Post($"{PathOf(why)}/decision", Reverse))["state"].ShouldBe("reversed");
        await Market.Until(async () => (await seller.Get(path)).Json["held"] is null, "the price");
        (await market.Stranger().Get(path)).Text.ShouldContain("12500");
        await Market.Until(async () => (await seller.Get("/v1/inbox")).Text.Contains("appeal-reversed"), "the news");
    }

    [Fact]
    public async Task An_order_that_its_seller_ended_is_set_aside_for_its_buyer_again()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana, quantity: 2);
        (await seller.Post($"{order}/cancellation", Market.OutOfStock)).Status
            .ShouldBe(HttpStatusCode.OK);
        var told = (await buyer.Get($"{order}/why")).Json["statements"]!.AsArray()[^1]!;
        (await seller.Get($"{order}/why")).Json["statements"]!.AsArray()[^1]!["appealUntil"].ShouldBeNull();
        (await seller.Get($"{order}/why")).Text.ShouldNotContain("appeal.open");
        var lodged = await buyer.Post(PathOf(told), Words(told, "They still offer it."));
        (lodged.Status, lodged["subject"]).ShouldBe((HttpStatusCode.OK, "order"), lodged.Text);

        // It would cost its seller something: they are heard first, and read neither the buyer's words nor more.
        (await Agent("gil").Post($"{PathOf(told)}/decision", Reverse)).Code.ShouldBe("appeal.other-side-first");
        await Market.Until(async () => (await seller.Get("/v1/inbox")).Text.Contains("appeal-asks-you"), "the news");
        await market.Shown();
        (await seller.Get("/v1/appeals")).Json["items"]!.AsArray().Count.ShouldBe(1);
        (await seller.Get(PathOf(told))).Text.ShouldNotContain("They still offer it.");
        (await seller.Post($"{PathOf(told)}/withdrawal")).Status.ShouldBe(HttpStatusCode.Conflict);
        (await market.As(Party.Seller, market.Fresh("eve")).Post(
            $"{PathOf(told)}/answer", new { text = "Me too." })).Status.ShouldBe(HttpStatusCode.NotFound);
        (await seller.Post($"{PathOf(told)}/answer", new { text = " " })).Status
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
        var answered = await seller.Post($"{PathOf(told)}/answer", new { text = "It was the last of them." });
        (answered.Status, answered.Json["hearing"]!["state"]!.ToString()).ShouldBe((HttpStatusCode.OK, "answered"));
        (await buyer.Get(PathOf(told))).Text.ShouldNotContain("the last of them");
        (await Agent("gil").Get(PathOf(told))).Text.ShouldContain("the last of them");
        (await Agent("gil").Post($"{PathOf(told)}/claim")).Status.ShouldBe(HttpStatusCode.OK);
        await market.Shown();
        (await Agent("gil").Get("/v1/appeals?claimed=true")).Text.ShouldContain(lodged["id"]!);
        (await Agent("lia").Get("/v1/appeals?claimed=true")).Text.ShouldNotContain(lodged["id"]!);
        using (var desk = await market.Browse(Party.Agent, "gil"))
            (await desk.Open("/appeals?claimed=1")).Html.ShouldContain(PathOf(told)["/v1".Length..]);
        (await buyer.Get("/v1/appeals?claimed=true")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Agent("gil").Post($"{PathOf(told)}/decision", Reverse)).Status.ShouldBe(HttpStatusCode.OK);

        var plan = default(JsonNode);
        await Market.Until(async () => (plan = (await buyer.Get("/v1/plans")).Json["items"]!.AsArray()
            .SingleOrDefault()) is not null, "what is set aside");
        var path = $"/v1/{plan!["id"]!.ToString().Replace("plan/", "plans/")}";
        await Market.Until(async () => (await buyer.Get(path))["state"] == "offered", "the units");
        (await buyer.Get(path)).Json["ready"]!.GetValue<int>().ShouldBe(2);
        (await buyer.Get(order))["state"].ShouldBe("cancelled");
        (await buyer.Get($"{order}/timeline")).Text.ShouldContain("order.overturned");
    }

    [Fact]
    public async Task Whoever_meant_a_cancellation_that_the_clock_carried_out_does_not_decide_about_it()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        await market.EndedFor("cancel.policy-breach", order, Agent("lia"));
        var told = (await buyer.Get($"{order}/why")).Json["statements"]!.AsArray()[^1]!;
        await buyer.Post(PathOf(told), Words(told));
        (await Agent("lia").Post($"{PathOf(told)}/decision", Reverse)).Code.ShouldBe("appeal.your-own-decision");
        await seller.Post($"{PathOf(told)}/answer", new { text = "I wanted to send it." });
        (await Agent("gil").Post($"{PathOf(told)}/decision", Reverse)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Staff_see_who_has_taken_an_appeal_on_and_nobody_else_does()
    {
        var (ana, seller) = await market.Seller();
        var held = await seller.Put($"/v1/listings/{ana}/mug", Market.Mug(price: 125_00));
        var why = held.Json["held"]!["statement"]!;
        await seller.Post(PathOf(why), Words(why));
        (await seller.Post($"{PathOf(why)}/claim")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await Agent("gil").Post($"{PathOf(why)}/claim"))["claimedBy"].ShouldBe("agent/gil");
        (await Agent("lia").Post($"{PathOf(why)}/decision", Reverse)).Code.ShouldBe("appeal.claimed-by-other");
        (await seller.Get(PathOf(why))).Json["claimedBy"].ShouldBeNull();
        await Market.Until(async () => (await Agent("lia").Get("/v1/appeals?open=true")).Text.Contains("agent/gil"),
            "the list");

        using var lia = await Shopper.SignedIn(market, Party.Agent, "lia");
        (await lia.Browser.Open("/appeals")).Text.ShouldContain("gil");
        var path = PathOf(why)[3..];
        var file = await lia.Browser.Open(path);
        file.Text.ShouldContain("gil has taken it on");
        var left = await lia.Browser.Follow(await lia.Browser.Send(file, $"{path}/release"));
        left.Text.ShouldContain("It is left to others.");
        var taken = await lia.Browser.Follow(await lia.Browser.Send(left, $"{path}/claim"));
        taken.Text.ShouldContain("You have taken it on.");
        await Market.Until(async () => (await lia.Browser.Open("/appeals")).Html.Contains("<td>You</td>"), "the list");
    }

    [Fact]
    public async Task The_reason_card_of_a_listing_and_of_an_order_leads_to_the_appeal()
    {
        var (ana, seller) = await market.Seller();
        await seller.Put($"/v1/listings/{ana}/mug", Market.Mug(price: 125_00));
        using var shop = await Shopper.SignedIn(market, Party.Seller, ana);
        var href = AppealOn(await shop.Browser.Open("/listings/mug"));
        href.ShouldNotBeEmpty();
        var page = await shop.Browser.Follow(await shop.Browser.Send(
            await shop.Browser.Open(href), href.Split('?')[0],
            ("about", $"listing/{ana}/mug"), ("text", "It is gilded.")));
        page.Text.ShouldContain("Your appeal is in");
        (await shop.Browser.Open("/listings/mug")).Text.ShouldContain("You have appealed this decision");

        using var bea = await Shopper.SignedIn(market);
        var (_, order) = await market.Bought(ana, buyer: bea.Name);
        await market.EndedFor("cancel.policy-breach", order, market.As(Party.Operator, "rui"));
        AppealOn(await bea.Browser.Open(order[3..])).ShouldNotBeEmpty();
        AppealOn(await shop.Browser.Open(order[3..])).ShouldNotBeEmpty();
    }

    static string AppealOn(PageReply page) =>
        WebUtility.HtmlDecode(Regex.Match(page.Html, "href=\"(/appeals/[^\"?]+\\?about=[^\"]+)\"").Groups[1].Value);
}
