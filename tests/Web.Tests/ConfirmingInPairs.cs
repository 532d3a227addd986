using System.Net;
using System.Text.Json.Nodes;
using Xunit;
namespace Recourse.Tests;

/// <summary>What is about more than one of the staff decides alone is decided by two, in one queue.</summary>
[Trait("Capability", "SUP-1")]
public sealed class ConfirmingInPairs(Market market) : IClassFixture<Market>
{
    static readonly object Reverse = new { verdict = "reverse", reason = "appeal.too-harsh" };

    static readonly Duration Day = Duration.FromHours(24);

    Someone Agent(string name) => market.As(Party.Agent, name);

    /// <summary>A buyer whose vase isn't sent appeals, and its seller has answered: the path of the appeal, that in the
    /// queue, and the buyer.</summary>
    async Task<(string Appeal, string Queue, Someone Buyer)> Appealed(long cents)
    {
        var (ana, seller) = await market.Seller();
        var listed = await seller.Put($"/v1/listings/{ana}/vase", Market.Mug(price: cents));
        listed.Status.ShouldBe(HttpStatusCode.OK, listed.Text);
        var buyer = market.As(Party.Buyer, market.Fresh("bea"));
        var opened = await buyer.Post("/v1/checkouts", new
        {
            lines = new[] { new { listing = $"listing/{ana}/vase", sku = "red", quantity = 1 } },
            country = "DE", method = "pm_card_visa", shipTo = Market.Home,
        });
        opened.Status.ShouldBe(HttpStatusCode.Created, opened.Text);
        var order = $"/v1/{opened.Json["orders"]![0]!["order"]!.ToString().Replace("order/", "orders/")}";
        await Market.Until(async () => (await buyer.Get(order))["state"] == "funded", "funding");
        var cancelled = await seller.Post($"{order}/cancellation", new
        {
            reason = "cancel.price-error",
            @case = new { evidence = new { kind = "price-list", source = "List 7" }, noWay = "There is no other." },
        });
        cancelled.Status.ShouldBe(HttpStatusCode.OK, cancelled.Text);
        var appeal = (await buyer.Get($"{order}/why")).Json["statements"]![0]!["appeal"]!;
        var (id, path) = (appeal["id"]!.ToString(), $"/v1/{appeal["id"]!.ToString().Replace("appeal/", "appeals/")}");
        var lodged = await buyer.Post(path, new { about = appeal["about"]!.ToString(), text = "It was a fair price." });
        lodged.Status.ShouldBe(HttpStatusCode.OK, lodged.Text);
        (await seller.Post($"{path}/answer", new { text = "The list says so." })).Status.ShouldBe(HttpStatusCode.OK);
        return (path, $"/v1/queue/{id}", buyer);
    }

    async Task<JsonNode?> InQueue(string queue, string of = "")
    {
        var all = (await Agent("lia").Get($"/v1/queue?limit=200{of}")).Json["items"]!.AsArray();
        return all.FirstOrDefault(i => $"/v1/queue/{i!["id"]}" == queue);
    }

    [Fact]
    public async Task Above_the_amount_another_confirms_and_until_then_nothing_happens()
    {
        var (appeal, queue, buyer) = await Appealed(1_200_00);
        (await Agent("lia").Get(queue)).Json["needsSecond"]!.GetValue<bool>().ShouldBeTrue();
        var proposed = await Agent("lia").Post($"{appeal}/decision", Reverse);
        (proposed.Status, proposed["state"]).ShouldBe((HttpStatusCode.OK, "open"), proposed.Text);
        (await Agent("gil").Post($"{appeal}/decision", Reverse)).Code.ShouldBe("review.proposed-already");
        (await Agent("lia").Post($"{queue}/confirmation")).Code.ShouldBe("review.your-own-proposal");
        (await buyer.Post($"{queue}/confirmation")).Status.ShouldBe(HttpStatusCode.Forbidden);
        // Whoever waits isn't told how somebody wants it decided.
        var told = await buyer.Get(appeal);
        told.Json["next"]!["then"]!.ToString().ShouldBe("appeal.reverse-unanswered");
        told.Text.ShouldNotContain("too-harsh");
        await Market.Until(async () =>
            (await InQueue(queue, "&toConfirm=true"))?["proposedBy"]?.ToString() == "agent/lia", "the queue");

        var read = (await Agent("gil").Get(queue)).Json;
        (read["proposal"]!["outcome"]!.ToString(), read["proposal"]!["reason"]!.ToString())
            .ShouldBe(("reverse", "appeal.too-harsh"));
        using (var reader = await market.Browse(Party.Agent, "gil"))
        {
            var page = await reader.Open(appeal["/v1".Length..]);
            page.Text.ShouldContain("Proposed: a second person confirms");
            page.Text.ShouldContain("Reverse the decision.");
            (await reader.Open("/queue?confirm=true")).Text.ShouldContain("A colleague is to confirm.");
        }
        // Two confirm at one moment: it is decided once.
        var both = await Task.WhenAll(
            Agent("gil").Post($"{queue}/confirmation"), Agent("kim").Post($"{queue}/confirmation"));
        both.Count(r => r.Status is HttpStatusCode.OK).ShouldBe(1, string.Join('\n', both.Select(r => r.Text)));
        both.Single(r => r.Status is not HttpStatusCode.OK).Code.ShouldBe("appeal.already-decided");
        (await buyer.Get(appeal))["state"].ShouldBe("reversed");
        await Market.Until(async () => await InQueue(queue) is null, "an empty queue");
    }

    [Fact]
    public async Task What_was_only_proposed_on_a_page_is_not_said_to_be_decided()
    {
        var (appeal, _, _) = await Appealed(1_200_00);
        using var lia = await market.Browse(Party.Agent, "lia");
        var path = appeal["/v1".Length..];
        var said = await lia.Follow(await lia.Send(await lia.Open(path), $"{path}/decision",
            ("verdict", "reverse"), ("reason", "appeal.too-harsh"), ("note", "")));
        said.Text.ShouldContain("It is proposed. A colleague confirms it.");
        said.Text.ShouldContain("A colleague confirms what was proposed.");
        said.Text.ShouldNotContain("The appeal is decided.");
    }

    [Fact]
    public async Task It_is_sent_back_for_a_reason_and_goes_to_operators_if_nobody_confirms()
    {
        var (appeal, queue, _) = await Appealed(1_300_00);
        (await Agent("lia").Post($"{appeal}/decision", Reverse)).Status.ShouldBe(HttpStatusCode.OK);
        (await Agent("gil").Post($"{queue}/return", new { reason = "because" })).Code.ShouldBe("review.no-such-reason");
        var back = await Agent("gil").Post($"{queue}/return", new { reason = "review.other-reason" });
        back.Status.ShouldBe(HttpStatusCode.OK, back.Text);
        back.Json.AsObject().ContainsKey("proposal").ShouldBeFalse();
        (await Agent("gil").Post($"{queue}/confirmation")).Code.ShouldBe("review.nothing-proposed");

        (await Agent("gil").Post($"{appeal}/decision", Reverse)).Status.ShouldBe(HttpStatusCode.OK);
        market.Clock.PassUntil(market.Clock.Now + Day);
        await Market.Until(async () => (await InQueue(queue))?["isEscalated"]?.GetValue<bool>() is true, "operators");
        (await market.As(Party.Operator, "olga").Post($"{queue}/confirmation")).Status.ShouldBe(HttpStatusCode.OK);
        (await Agent("gil").Get(appeal))["state"].ShouldBe("reversed");
    }

    [Fact]
    public async Task What_somebody_takes_on_is_theirs_until_it_lapses()
    {
        var (appeal, queue, _) = await Appealed(90_00);
        (await Agent("lia").Get(queue)).Json["needsSecond"]!.GetValue<bool>().ShouldBeFalse();
        var taken = await Agent("lia").Post($"{queue}/claim");
        taken["claimedBy"].ShouldBe("agent/lia", taken.Text);
        (await Agent("gil").Post($"{appeal}/decision", Reverse)).Code.ShouldBe("appeal.claimed-by-other");
        await Market.Until(
            async () => (await InQueue(queue, "&claimed=true"))?["claimedBy"]?.ToString() == "agent/lia", "the claim");
        market.Clock.PassUntil(market.Clock.Now + Day);
        (await InQueue(queue))!["claimedBy"].ShouldBeNull();
        (await Agent("gil").Post($"{appeal}/decision", Reverse))["state"].ShouldBe("reversed");
    }

    [Fact]
    public async Task Whose_skills_operators_have_said_reads_first_what_fits_them()
    {
        var (_, queue, _) = await Appealed(80_00);
        var (olga, name) = (market.As(Party.Operator, "olga"), market.Fresh("nia"));
        await Market.Until(async () => await InQueue(queue) is not null, "the queue");
        (await Fits(name)).ShouldBeTrue("nobody has said what they are good at");
        (await Agent(name).Put($"/v1/people/{name}/skills", Skills("appeal"))).Status
            .ShouldBe(HttpStatusCode.Forbidden);
        (await olga.Put($"/v1/people/{name}/skills", Skills("cooking"))).Code.ShouldBe("person.no-such-skill");
        (await olga.Put($"/v1/people/{name}/skills", Skills("document"))).Status.ShouldBe(HttpStatusCode.OK);
        (await Fits(name)).ShouldBeFalse();
        (await olga.Put($"/v1/people/{name}/skills", Skills("appeal"))).Status.ShouldBe(HttpStatusCode.OK);
        (await Fits(name)).ShouldBeTrue();
        (await Agent(name).Get($"/v1/people/{name}/skills")).Json["kinds"]![0]!.ToString().ShouldBe("appeal");

        static object Skills(string kind) => new { kinds = new[] { kind }, languages = Array.Empty<string>() };

        async Task<bool> Fits(string agent) => (await Agent(agent).Get("/v1/queue?fitting=true&limit=200"))
            .Json["items"]!.AsArray().Any(i => $"/v1/queue/{i!["id"]}" == queue);
    }

    [Fact]
    public async Task Operators_read_how_quickly_and_by_whom_it_was_decided()
    {
        var (appeal, queue, _) = await Appealed(70_00);
        var name = market.Fresh("ned");
        market.Clock.PassUntil(market.Clock.Now + Duration.FromMinutes(30));
        (await Agent(name).Post($"{queue}/claim")).Status.ShouldBe(HttpStatusCode.OK);
        market.Clock.PassUntil(market.Clock.Now + Duration.FromMinutes(30));
        (await Agent(name).Post($"{appeal}/decision", Reverse))["state"].ShouldBe("reversed");
        var olga = market.As(Party.Operator, "olga");
        var own = default(JsonNode);
        await Market.Until(async () => (own = (await olga.Get("/v1/service?days=2")).Json["people"]!.AsArray()
            .FirstOrDefault(p => $"{p!["who"]}" == $"agent/{name}")) is not null, "the figures");
        own!["figures"]!["decided"]!.GetValue<int>().ShouldBe(1);
        own["figures"]!["firstAnswerMinutes"]!.GetValue<int>().ShouldBeInRange(30, 59);
        own["figures"]!["decisionMinutes"]!.GetValue<int>().ShouldBeInRange(60, 119);
        (await Agent(name).Get("/v1/service")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var reader = await market.Browse(Party.Operator, "olga");
        (await reader.Open("/service?days=7")).Text.ShouldContain(name);
    }
}
