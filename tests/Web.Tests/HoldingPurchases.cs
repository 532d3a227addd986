using System.Net;
using System.Net.Http.Headers;
using Xunit;
namespace Recourse.Tests;

/// <summary>Purchases that screening verifies or holds, from all sides.</summary>
[Trait("Capability", "CHK-5")]
public sealed class HoldingPurchases(HoldingPurchases.Wary wary) : IClassFixture<HoldingPurchases.Wary>
{
    // One pixel.
    internal static readonly byte[] Picture = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    /// <summary>A market whose rulebook looks at the second purchase within an hour, and holds the third.</summary>
    public sealed class Wary : IAsyncLifetime
    {
        internal Market Market { get; } = new();

        /// <inheritdoc/>
        public async ValueTask InitializeAsync()
        {
            await Market.InitializeAsync();
            var it = Market.As(Party.Operator, "it");
            var text = (await it.Get("/v1/rulebook"))["text"]!
                .Replace("when: account.purchases1h >= 8 || device.purchases1h >= 12", "when: account.purchases1h == 2",
                    StringComparison.Ordinal)
                .Replace("fires: [account.purchases1h=8, device.purchases1h=12]", "fires: [account.purchases1h=2]",
                    StringComparison.Ordinal)
                .Replace("staysQuiet: [account.purchases1h=7 device.purchases1h=11]",
                    "staysQuiet: [account.purchases1h=1]", StringComparison.Ordinal)
                .Replace("when: account.cards24h >= 4", "when: account.purchases1h >= 3", StringComparison.Ordinal)
                .Replace("fires: [account.cards24h=4]", "fires: [account.purchases1h=3]", StringComparison.Ordinal)
                .Replace("staysQuiet: [account.cards24h=3]", "staysQuiet: [account.purchases1h=2]",
                    StringComparison.Ordinal);
            var from = Market.Clock.Now + Duration.FromMinutes(2);
            var published = await it.Post("/v1/rulebook/editions", new { text, from = from.ToString() });
            published.Status.ShouldBe(HttpStatusCode.Created, published.Text);
            Market.Clock.PassUntil(from);
        }

        /// <inheritdoc/>
        public ValueTask DisposeAsync() => Market.DisposeAsync();
    }

    Market Market => wary.Market;

    static string PathOf(Reply reply) => reply.Headers.Location!.ToString();

    /// <summary>Buys so often; the last answer.</summary>
    async Task<(Someone Buyer, string Code, Reply Last)> Buys(int times)
    {
        var (ana, _) = await Market.Seller();
        var code = Market.Fresh("bea");
        var buyer = Market.As(Party.Buyer, code);
        for (var i = 1; ; i++)
        {
            // What was bought a moment ago is remembered a moment later.
            await Task.Delay(300, TestContext.Current.CancellationToken);
            var reply = await buyer.Post("/v1/checkouts", Market.Basket(1, sellers: ana));
            if (i == times) return (buyer, code, reply);
            ((int)reply.Status).ShouldBeLessThan(300, reply.Text);
        }
    }

    internal static Task<Reply> Shows(Someone buyer, string code, byte[] file) => buyer.Send(
        HttpMethod.Post, $"/v1/verifications/{code}/document?kind=passport", Body(file), $"{Guid.NewGuid():n}");

    internal static HttpContent Body(byte[] file)
    {
        var body = new ByteArrayContent(file);
        body.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        return body;
    }

    [Fact]
    public async Task Who_is_to_show_that_it_is_them_shows_a_document_and_their_order_goes_on()
    {
        var (buyer, code, asked) = await Buys(2);
        (asked.Status, asked["state"]).ShouldBe((HttpStatusCode.Accepted, "verifying"), asked.Text);
        asked.Json["why"]!["code"]!.ToString().ShouldBe("risk.verify-first");
        asked.Json["next"]!["owner"]!.ToString().ShouldBe("buyer");

        (await Shows(buyer, code, "GIF89a"u8.ToArray())).Code.ShouldBe("verification.no-picture");
        var shown = await Shows(buyer, code, Picture);
        (shown.Status, shown["state"]).ShouldBe((HttpStatusCode.OK, "inReview"), shown.Text);
        await Market.Until(
            async () => (await buyer.Get(PathOf(asked))).Json["next"]?["owner"]?.ToString() == "agent", "the review");

        var agent = Market.As(Party.Agent, "gil");
        await Market.Until(
            async () => (await agent.Get("/v1/verifications")).Text.Contains(code, StringComparison.Ordinal),
            "the list");
        (await agent.Get($"/v1/verifications/{code}/document")).Status.ShouldBe(HttpStatusCode.OK);
        (await buyer.Get($"/v1/verifications/{code}/document")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await agent.Post($"/v1/verifications/{code}/accept"))["state"].ShouldBe("verified");
        await Market.Until(async () => (await buyer.Get(PathOf(asked)))["state"] == "authorised", "paying");
    }

    static object Elsewhere => new
    {
        shipTo = new
        {
            name = "Bea Muster", lines = new[] { "Nebenstr. 7" }, city = "Berlin", postcode = "10115", country = "DE",
        },
    };

    [Fact, Trait("Capability", "ORD-2")]
    public async Task A_change_to_another_address_is_screened_as_a_purchase_is()
    {
        var (ana, seller) = await Market.Seller();
        var name = Market.Fresh("bea");
        var (buyer, order) = await Market.Bought(ana, buyer: name);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        await buyer.Post("/v1/checkouts", Market.Basket(1, sellers: ana));
        await Market.Until(async () => (await buyer.Post($"{order}/amendment", Elsewhere)).Code
            is "order.change-verify-first", "the second try to buy is remembered");
        (await buyer.Get(order)).Json["units"].ShouldNotBeNull();

        // A third try within the hour: now somebody looks first.
        await buyer.Post("/v1/checkouts", Market.Basket(1, sellers: ana));
        await Market.Until(async () => (await buyer.Post($"{order}/amendment", Elsewhere)).Json["request"] is not null,
            "the third is remembered");
        var held = await buyer.Get(order);
        held.Json["request"]!["kind"]!.ToString().ShouldBe("amendment", held.Text);
        (await buyer.Get($"{order}/why")).Json["statements"]!.AsArray().Single()!["code"]!.ToString()
            .ShouldBe("risk.held");
        (await seller.Post($"{order}/request/approval")).Code.ShouldBe("order.change-looked-at");
        (await seller.Get(order)).Json["request"]!["isYours"]!.GetValue<bool>().ShouldBeFalse();
        var agent = Market.As(Party.Agent, "gil");
        (await agent.Get(order)).Json["request"]!["answers"]!.AsArray().Select(a => a!["code"]!.ToString())
            .ShouldBe(["risk.refused"]);
        (await agent.Post($"{order}/request/approval")).Status.ShouldBe(HttpStatusCode.OK);
        var moved = await buyer.Get(order);
        moved.Json["shipTo"]!["lines"]![0]!.ToString().ShouldBe("Nebenstr. 7", moved.Text);
    }

    [Fact]
    public async Task Who_shows_too_little_is_told_why_and_nothing_is_charged()
    {
        var (buyer, code, asked) = await Buys(2);
        (await Shows(buyer, code, Picture)).Status.ShouldBe(HttpStatusCode.OK);
        var agent = Market.As(Party.Agent, "gil");
        (await agent.Post($"/v1/verifications/{code}/reject", new { reason = "because" })).Code
            .ShouldBe("verification.no-such-reason");
        var no = await agent.Post($"/v1/verifications/{code}/reject", new { reason = "verification.unreadable" });
        no["state"].ShouldBe("rejected", no.Text);
        await Market.Until(async () => (await buyer.Get(PathOf(asked)))["state"] == "turnedDown", "the end");
        (await buyer.Get($"/v1/verifications/{code}")).Json["why"]!["code"]!.ToString()
            .ShouldBe("verification.unreadable");
    }

    [Fact, Trait("Capability", "SUP-1")]
    public async Task A_document_is_taken_on_so_that_nobody_else_decides_it_meanwhile()
    {
        var (buyer, code, _) = await Buys(2);
        (await Shows(buyer, code, Picture)).Status.ShouldBe(HttpStatusCode.OK);
        var (lia, gil) = (Market.As(Party.Agent, "lia"), Market.As(Party.Agent, "gil"));
        var path = $"/v1/queue/document/{code}/document";
        (await buyer.Post($"{path}/claim")).Status.ShouldBe(HttpStatusCode.Forbidden);
        var taken = await lia.Post($"{path}/claim");
        taken["claimedBy"].ShouldBe("agent/lia", taken.Text);
        (await gil.Post($"{path}/claim")).Code.ShouldBe("review.claimed-by-other");
        (await gil.Post($"/v1/verifications/{code}/accept")).Code.ShouldBe("review.claimed-by-other");
        (await lia.Post($"{path}/confirmation")).Code.ShouldBe("review.nothing-proposed");
        await Market.Until(async () => (await lia.Get("/v1/queue?claimed=true&limit=200")).Text
            .Contains($"verification/{code}", StringComparison.Ordinal), "the claim");
        using (var desk = await Market.Browse(Party.Agent, "gil"))
        {
            var page = await desk.Open($"/verifications/{code}");
            page.Text.ShouldContain("lia");
            var left = await desk.Send(page, $"/queue/document/{code}/document/release");
            left.Location.ShouldBe($"/verifications/{code}");
        }
        (await gil.Post($"/v1/verifications/{code}/accept"))["state"].ShouldBe("verified");
        (await gil.Get(path)).Json["actions"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_looked_at_a_document_decides_no_appeal_that_comes_of_it()
    {
        var (buyer, code, asked) = await Buys(2);
        (await Shows(buyer, code, Picture)).Status.ShouldBe(HttpStatusCode.OK);
        var gil = Market.As(Party.Agent, "gil");
        await gil.Post($"/v1/verifications/{code}/reject", new { reason = "verification.unreadable" });
        await Market.Until(async () => (await buyer.Get(PathOf(asked)))["state"] == "turnedDown", "the end");
        var decision = new { verdict = "reverse", reason = "appeal.facts-were-wrong" };
        foreach (var (page, about) in ((string, string)[])
            [(PathOf(asked), PathOf(asked)[4..].Replace("checkouts/", "checkout/", StringComparison.Ordinal)),
             ($"/v1/verifications/{code}", $"verification/{code}")])
        {
            var appeal = (await buyer.Get(page))["appeal"]!.Replace(
                "appeal/", "/v1/appeals/", StringComparison.Ordinal);
            var lodged = await buyer.Post(appeal, new { about, text = "The number can be read well." });
            lodged["state"].ShouldBe("open", lodged.Text);
            (await gil.Post($"{appeal}/decision", decision)).Code.ShouldBe("appeal.your-own-decision");
            (await Market.As(Party.Agent, "lia").Post($"{appeal}/decision", decision))["state"].ShouldBe("reversed");
        }
        (await buyer.Get($"/v1/verifications/{code}"))["state"].ShouldBe("verified");
    }

    [Fact]
    public async Task A_small_amount_can_be_named_and_is_told_to_nobody()
    {
        var (buyer, code, _) = await Buys(2);
        var held = await buyer.Post(
            $"/v1/verifications/{code}/amount", new { method = "pm_card_visa", currency = "EUR" });
        held.Status.ShouldBe(HttpStatusCode.OK, held.Text);
        await Market.Until(
            async () => (await buyer.Get($"/v1/verifications/{code}"))["state"] == "naming", "the amount is held");
        var wrong = await buyer.Post(
            $"/v1/verifications/{code}/amount/name", new { amount = new { minor = 1, currency = "EUR" } });
        wrong.Json["triesLeft"]!.GetValue<int>().ShouldBe(2, wrong.Text);
        wrong.Text.ShouldNotContain("\"minor\"");
    }

    [Fact]
    public async Task What_is_held_is_looked_at_and_goes_on_or_does_not()
    {
        var agent = Market.As(Party.Agent, "gil");
        var (buyer, _, held) = await Held();
        (held.Status, held["state"]).ShouldBe((HttpStatusCode.Accepted, "inReview"), held.Text);
        held.Text.ShouldNotContain("\"score\",\"value\"");
        await Market.Until(async () => (await agent.Get("/v1/checkouts/in-review")).Text
            .Contains(held["id"]!, StringComparison.Ordinal), "the list");
        (await buyer.Post($"{PathOf(held)}/clear")).Status.ShouldBe(HttpStatusCode.Forbidden);
        var cleared = await agent.Post($"{PathOf(held)}/clear");
        cleared["state"].ShouldBe("authorised", cleared.Text);

        var (other, _, second) = await Held();
        var no = await agent.Post($"{PathOf(second)}/turn-down");
        no["state"].ShouldBe("turnedDown", no.Text);
        var read = await other.Get(PathOf(second));
        (read["state"], read.Json["why"]!["code"]!.ToString()).ShouldBe(("turnedDown", "risk.refused"));
    }

    [Fact, Trait("Capability", "SUP-1")]
    public async Task How_most_held_purchases_like_it_were_decided_is_suggested()
    {
        var agent = Market.As(Party.Agent, "gil");
        for (var n = 0; n < 5; n++)
        {
            var (_, _, held) = await Held();
            (await agent.Post($"{PathOf(held)}/clear"))["state"].ShouldBe("authorised");
        }
        var (_, _, last) = await Held();
        var queued = $"/v1/queue/{last["id"]!.Replace("checkout/", "purchase/", StringComparison.Ordinal)}";
        await Market.Until(async () => (await agent.Get(queued)).Json["case"]!["precedents"]!.AsArray()
            .Sum(p => p!["cases"]!.GetValue<int>()) >= 5, "what was decided");
        (await agent.Get(queued)).Json["case"]!["suggested"]!["verdict"]!.ToString().ShouldBe("clear");
        using var desk = await Market.Browse(Party.Agent, "gil");
        (await desk.Open($"/{PathOf(last)["/v1/checkouts/".Length..].Insert(0, "payments/")}")).Text
            .ShouldContain("Suggested: Let it go on.");
    }

    [Fact, Trait("Capability", "SUP-1")]
    public async Task Who_proposes_how_a_purchase_is_decided_comes_back_to_it()
    {
        var (buyer, _, _) = await Buys(2);
        var (ana, seller) = await Market.Seller();
        (await seller.Put($"/v1/listings/{ana}/vase", Market.Mug(price: 1_200_00))).Status
            .ShouldBe(HttpStatusCode.OK);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        var held = await buyer.Post("/v1/checkouts", new
        {
            lines = new[] { new { listing = $"listing/{ana}/vase", sku = "red", quantity = 1 } },
            country = "DE", method = "pm_card_visa", shipTo = Market.Home,
        });
        held["state"].ShouldBe("inReview", held.Text);
        using var desk = await Market.Browse(Party.Agent, "gil");
        var own = PathOf(held)["/v1/checkouts".Length..];
        var proposed = await desk.Send(await desk.Open($"/payments{own}"), $"/checkouts{own}/clear");
        proposed.Location.ShouldBe($"/payments{own}");
        (await desk.Follow(proposed)).Text.ShouldContain("Proposed: a second person confirms");
        (await buyer.Get(PathOf(held)))["state"].ShouldBe("inReview");
    }

    // The second purchase waits for its buyer; the third is held.
    async Task<(Someone Buyer, string Code, Reply Last)> Held() => await Buys(3);

    [Fact]
    public async Task Their_pages_open()
    {
        var (_, code, asked) = await Buys(2);
        var desk = await Market.Browse(Party.Buyer, code);
        (await desk.Open("/verification")).Status.ShouldBe(HttpStatusCode.OK);
        (await desk.Open(PathOf(asked).Replace("/v1", "", StringComparison.Ordinal))).Text
            .ShouldContain("Show that it is you");
    }
}
