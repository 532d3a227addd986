using System.Net;
using Xunit;
namespace Recourse.Tests;

/// <summary>Buyer and seller of an order write to each other; agents read it with the case.</summary>
[Trait("Capability", "CAN-5")]
public sealed class TalkingToTheOtherSide(Market market) : IClassFixture<Market>
{
    [Fact]
    public async Task What_both_agree_on_is_kept_and_told_and_stands_with_the_case()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        (await buyer.Get($"{order}/messages")).Json["messages"]!.AsArray().ShouldBeEmpty();
        var asked = await buyer.Post($"{order}/messages", new { text = "Can it come next week?" });
        asked.Status.ShouldBe(HttpStatusCode.OK, asked.Text);
        await Market.Until(async () => (await seller.Get("/v1/inbox")).Text.Contains("message-written"), "the inbox");
        (await seller.Get("/v1/inbox")).Text.ShouldNotContain("next week");
        var offered = await seller.Post(
            $"{order}/messages", new { text = "I send it on Monday.", offer = "offer.send-later" });
        offered.Json["messages"]![1]!["mayAccept"]!.GetValue<bool>().ShouldBeFalse();
        (await seller.Post($"{order}/messages/2/acceptance")).Code.ShouldBe("conversation.your-own-offer");
        (await buyer.Get($"{order}/messages")).Json["messages"]![1]!["mayAccept"]!.GetValue<bool>().ShouldBeTrue();
        using (var reader = await market.Browse(Party.Seller, ana))
            (await reader.Open(order["/v1".Length..])).Text.ShouldContain("Can it come next week?");
        (await buyer.Post($"{order}/messages/2/acceptance")).Status.ShouldBe(HttpStatusCode.OK);
        await Market.Until(async () => (await seller.Get("/v1/inbox")).Text.Contains("message-agreed"), "the inbox");

        await seller.Post($"{order}/cancellation", new
        {
            reason = "cancel.price-error",
            @case = new { evidence = new { kind = "price-list", source = "List 7" }, noWay = "There is no other." },
        });
        var appeal = (await buyer.Get($"{order}/why")).Json["statements"]![0]!["appeal"]!;
        var id = appeal["id"]!.ToString();
        (await buyer.Post($"/v1/{id.Replace("appeal/", "appeals/")}",
            new { about = appeal["about"]!.ToString(), text = "We had agreed." })).Status.ShouldBe(HttpStatusCode.OK);
        var facts = (await market.As(Party.Agent, "lia").Get($"/v1/queue/{id}")).Json["case"]!["facts"]!.AsArray();
        facts.Single(f => $"{f!["code"]}" == "case.agreed")!["text"]!.ToString()
            .ShouldContain("Send it some days later");
    }

    [Fact, Trait("Capability", "SUP-1")]
    public async Task Support_writes_to_both_or_to_one_alone_with_words_that_are_kept()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        var (agent, name) = (market.As(Party.Agent, "lia"), market.Fresh("looking"));
        (await market.As(Party.Operator, "it").Put($"/v1/macros/{name}", new
        {
            texts = new[] { new { language = "en", text = "We look into order {order} over {amount}." } },
        })).Status.ShouldBe(HttpStatusCode.OK);
        var told = await agent.Post($"{order}/messages", new { macro = name, text = "Thank you." });
        told.Status.ShouldBe(HttpStatusCode.OK, told.Text);
        var alone = await agent.Post($"{order}/messages", new { text = "Is that your card?", to = "buyer" });
        alone.Status.ShouldBe(HttpStatusCode.OK, alone.Text);
        (await agent.Post($"{order}/messages", new { text = "Hm", to = "warehouse" })).Status
            .ShouldBe(HttpStatusCode.BadRequest);

        var (own, theirs) = (await buyer.Get($"{order}/messages"), await seller.Get($"{order}/messages"));
        own.Json["messages"]!.AsArray().Count.ShouldBe(2);
        (own.Json["messages"]![0]!["by"]!.ToString(), own.Json["messages"]![1]!["to"]!.ToString())
            .ShouldBe(("agent", "buyer"));
        own.Json["messages"]![0]!["text"]!.ToString().ShouldEndWith(".\n\nThank you.");
        theirs.Json["messages"]!.AsArray().ShouldHaveSingleItem();
        foreach (var read in (Reply[])[own, theirs])
        {
            read.Text.ShouldNotContain(name, customMessage: "which macro it was is for staff");
            read.Text.ShouldNotContain("lia");
        }
        theirs.Text.ShouldNotContain("your card");
        (await seller.Get("/v1/events?after=0&limit=500")).Json["events"]!.AsArray()
            .Count(e => $"{e!["event"]}" == "conversation.written" && order.EndsWith(
                $"{e["of"]}"["conversation".Length..], StringComparison.Ordinal)).ShouldBe(1);
        var seen = (await agent.Get($"{order}/messages")).Json["messages"]!.AsArray();
        (seen[0]!["who"]!.ToString(), seen[0]!["macro"]!.ToJsonString())
            .ShouldBe(("agent/lia", $$"""{"code":"{{name}}","version":1}"""));
        await Market.Until(
            async () => (await buyer.Get("/v1/inbox")).Text.Contains("message-from-staff"), "the inbox");
        (await buyer.Post($"{order}/messages", new { text = "It is." })).Status.ShouldBe(HttpStatusCode.OK);
        await Market.Until(async () => (await agent.Get("/v1/inbox")).Text.Contains("staff-message"), "staff's inbox");
        await Market.Until(async () => (await market.As(Party.Operator, "it").Get("/v1/service")).Json["macros"]!
            .AsArray().Any(m => $"{m!["code"]}" == name), "the figures");

        using var page = await market.Browse(Party.Agent, "lia");
        var path = order["/v1".Length..];
        var filled = await page.Open($"{path}?macro={name}&to=seller");
        filled.Text.ShouldContain("We look into order");
        await page.Send(filled, $"{path}/messages", ("text", "We look into it."), ("to", "seller"),
            ("macro", filled.Field($"{path}/messages", "macro")),
            ("macro-version", filled.Field($"{path}/messages", "macro-version")));
        var last = (await agent.Get($"{order}/messages")).Json["messages"]!.AsArray()[^1]!;
        (last["to"]!.ToString(), last["macro"]!["code"]!.ToString()).ShouldBe(("seller", name));
        using var shop = await market.Browse(Party.Seller, ana);
        (await shop.Open(path)).Text.ShouldContain("Recourse, agent");
    }

    [Fact]
    public async Task Nobody_else_reads_or_writes_and_what_is_too_long_is_refused()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        (await buyer.Post($"{order}/messages", new { text = "A secret of ours." })).Status.ShouldBe(HttpStatusCode.OK);
        var (eve, other) = (market.As(Party.Buyer, market.Fresh("eve")), (await market.Seller()).Seller);
        foreach (var stranger in new[] { eve, other })
        {
            (await stranger.Get($"{order}/messages")).Status.ShouldBe(HttpStatusCode.NotFound);
            (await stranger.Post($"{order}/messages", new { text = "Hello" })).Status.ShouldBe(HttpStatusCode.NotFound);
        }
        (await market.As(Party.Warehouse, ana).Get($"{order}/messages")).Status.ShouldBe(HttpStatusCode.Forbidden);
        var agent = market.As(Party.Agent, "lia");
        (await agent.Get($"{order}/messages")).Text.ShouldContain("A secret of ours.");
        (await agent.Post($"{order}/messages", new { text = "End it?", offer = "offer.end-order" })).Code
            .ShouldBe("conversation.only-the-two");
        (await seller.Post($"{order}/messages", new { text = "Psst", to = "seller" })).Code
            .ShouldBe("conversation.only-the-two");
        (await seller.Post($"{order}/messages", new { text = new string('x', 2_001) })).Code
            .ShouldBe("conversation.bad-text");
        (await seller.Post($"{order}/messages", new { text = "No", offer = "offer.my-soul" })).Code
            .ShouldBe("conversation.no-such-offer");
    }
}
