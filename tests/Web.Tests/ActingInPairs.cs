using System.Net;
using System.Text.Json.Nodes;
using Recourse.Kernel;
using Xunit;
namespace Recourse.Tests;

/// <summary>What an agent wants done about more than one decides alone waits for a second, in the same queue.</summary>
[Trait("Capability", "SUP-1")]
public sealed class ActingInPairs(Market market) : IClassFixture<Market>
{
    Someone Agent(string name) => market.As(Party.Agent, name);

    /// <summary>A vase that is paid for: its seller's code and theirs, the buyer, and the path of the order.</summary>
    async Task<(string Shop, Someone Seller, Someone Buyer, string Order)> Sold(long cents)
    {
        var (ana, seller) = await market.Seller();
        (await seller.Put($"/v1/listings/{ana}/vase", Market.Mug(price: cents))).Status.ShouldBe(HttpStatusCode.OK);
        var buyer = market.As(Party.Buyer, market.Fresh("bea"));
        var opened = await buyer.Post("/v1/checkouts", new
        {
            lines = new[] { new { listing = $"listing/{ana}/vase", sku = "red", quantity = 1 } },
            country = "DE", method = "pm_card_visa", shipTo = Market.Home,
        });
        opened.Status.ShouldBe(HttpStatusCode.Created, opened.Text);
        var order = $"/v1/{opened.Json["orders"]![0]!["order"]!.ToString().Replace("order/", "orders/")}";
        await Market.Until(async () => (await buyer.Get(order))["state"] == "funded", "funding");
        return (ana, seller, buyer, order);
    }

    static string QueueOf(string order) => $"/v1/queue/order{order["/v1/orders".Length..]}";

    async Task<JsonNode?> InQueue(string queue, string of = "") =>
        (await Agent("lia").Get($"/v1/queue?limit=200{of}")).Json["items"]!.AsArray()
            .FirstOrDefault(i => queue.EndsWith(
                $"{i!["id"]}".Replace("earnings/", "payout/"), StringComparison.Ordinal));

    static readonly object Fraud = new { reason = "cancel.fraud-confirmed" };

    [Fact]
    public async Task A_cancellation_above_the_limit_is_proposed_and_done_once_another_confirms()
    {
        var (_, seller, buyer, order) = await Sold(1_200_00);
        var queue = QueueOf(order);
        (await Agent("lia").Get(queue)).Json["actions"]!.AsArray().ShouldBeEmpty("nothing is proposed");
        var effects = (await Agent("lia").Get(order)).Json["actions"]!.AsArray()
            .Single(a => $"{a!["name"]}" == "order.cancel")!["choices"]!.AsArray()
            .Single(c => $"{c!["code"]}" == "cancel.fraud-confirmed")!["effects"]!.ToJsonString();
        effects.ShouldContain("confirms it by");
        effects.ShouldContain("120400", customMessage: "and then the money goes back");

        var proposed = await Agent("lia").Post($"{order}/cancellation", Fraud);
        (proposed.Status, proposed["state"]).ShouldBe((HttpStatusCode.OK, "funded"), proposed.Text);
        (await Agent("lia").Post($"{queue}/confirmation")).Code.ShouldBe("review.your-own-proposal");
        (await Agent("gil").Post($"{order}/cancellation", Fraud)).Code.ShouldBe("review.proposed-already");
        (await buyer.Post($"{queue}/confirmation")).Status.ShouldBe(HttpStatusCode.Forbidden);
        await Market.Until(async () =>
            (await InQueue(queue, "&toConfirm=true"))?["proposedBy"]?.ToString() == "agent/lia", "the queue");
        (await InQueue(queue, "&kind=order"))!["stake"]!["minor"]!.GetValue<long>().ShouldBe(1_204_00);

        // Whose order it is learns nothing of what staff weigh among themselves.
        foreach (var side in (Someone[])[buyer, seller])
        {
            (await side.Get($"{order}/timeline")).Text.ShouldNotContain("order.reviewed");
            (await side.Get("/v1/events?after=0&limit=500")).Text.ShouldNotContain("order.reviewed");
            (await side.Get(order)).Text.ShouldNotContain("review.");
        }
        (await Agent("gil").Get($"{order}/timeline")).Text.ShouldContain("order.reviewed");

        var read = (await Agent("gil").Get(queue)).Json;
        (read["proposal"]!["outcome"]!.ToString(), read["proposal"]!["reason"]!.ToString())
            .ShouldBe(("cancel", "cancel.fraud-confirmed"));
        read["proposal"]!["reasonText"]!.ToString().ShouldBe("Fraud was confirmed.");
        var both = await Task.WhenAll(
            Agent("gil").Post($"{queue}/confirmation"), Agent("kim").Post($"{queue}/confirmation"));
        both.Count(r => r.Status is HttpStatusCode.OK).ShouldBe(1, string.Join('\n', both.Select(r => r.Text)));
        (await buyer.Get(order))["state"].ShouldBe("cancelled");
        await Market.Until(async () => await InQueue(queue) is null, "an empty queue");

        // Neither of the two looks again at what they decided.
        var appeal = (await buyer.Get($"{order}/why")).Json["statements"]![0]!["appeal"]!;
        var path = $"/v1/{appeal["id"]!.ToString().Replace("appeal/", "appeals/")}";
        (await buyer.Post(path, new { about = appeal["about"]!.ToString(), text = "It was me." })).Status
            .ShouldBe(HttpStatusCode.OK);
        (await Agent("lia").Post($"{path}/claim")).Code.ShouldBe("appeal.your-own-decision");
        (await Agent("ned").Post($"{path}/claim")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task On_pages_one_proposes_and_another_confirms_or_sends_back()
    {
        var (_, _, buyer, order) = await Sold(1_300_00);
        var page = order["/v1".Length..];
        using var lia = await market.Browse(Party.Agent, "lia");
        using var gil = await market.Browse(Party.Agent, "gil");
        var proposed = await lia.Follow(await lia.Send(
            await lia.Open(page), $"{page}/cancellation", ("reason", "cancel.policy-breach")));
        proposed.Text.ShouldContain("Proposed. A colleague confirms it.");
        proposed.Text.ShouldContain("You have proposed it yourself.");
        var seen = await gil.Open(page);
        seen.Text.ShouldContain("Proposed: a second person confirms");
        var row = (await gil.Open("/queue?kind=order")).Html;
        row.ShouldContain($">{page.Split('/')[^1]}</bdi>");
        row.ShouldContain("Cancel it, with a warning first");
        var work = $"/queue/order{page["/orders".Length..]}";
        var back = await gil.Follow(await gil.Send(seen, $"{work}/return", ("reason", "review.facts-missing")));
        back.Text.ShouldNotContain("Proposed: a second person confirms");
        (await buyer.Get($"{order}/timeline")).Text.ShouldNotContain("warning-given");

        await lia.Send(await lia.Open(page), $"{page}/cancellation", ("reason", "cancel.policy-breach"));
        await gil.Send(await gil.Open(page), $"{work}/confirmation");
        (await buyer.Get($"{order}/timeline")).Text.ShouldContain("warning-given");
        (await buyer.Get(order))["state"].ShouldBe("funded", "it was only warned of");
        (await lia.Open("/queue?kind=order")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_nobody_confirms_goes_to_operators_and_then_is_not_done()
    {
        var (_, _, buyer, order) = await Sold(1_400_00);
        var queue = QueueOf(order);
        (await Agent("lia").Post($"{order}/cancellation", Fraud)).Status.ShouldBe(HttpStatusCode.OK);
        market.Clock.PassUntil(market.Clock.Now + Duration.FromHours(25));
        await Market.Until(async () => (await InQueue(queue))?["isEscalated"]?.GetValue<bool>() is true, "operators");
        market.Clock.PassUntil(market.Clock.Now + Duration.FromHours(24));
        await Market.Until(async () => await InQueue(queue) is null, "an empty queue");
        (await Agent("gil").Get(queue)).Json["actions"]!.AsArray().ShouldBeEmpty();
        (await buyer.Get(order))["state"].ShouldBe("funded");
    }

    [Fact]
    public async Task Held_payouts_are_taken_on_and_above_the_limit_held_and_let_go_on_by_two()
    {
        var (ana, seller, buyer, order) = await Sold(1_500_00);
        (await seller.Post($"{order}/dispatch", new { carrier = "dhl", trackingNumber = "TRACK00A150" })).Status
            .ShouldBe(HttpStatusCode.OK);
        (await buyer.Post($"{order}/receipt")).Status.ShouldBe(HttpStatusCode.OK);
        (await seller.Put($"/v1/sellers/{ana}/payouts/eur/account", new
        {
            holder = "Ana", iban = "DE89 3704 0044 0532 0130 00",
        })).Status.ShouldBe(HttpStatusCode.OK);
        await Market.Until(async () => (await seller.Get($"/v1/sellers/{ana}/payouts")).Json["items"]!.AsArray()
            is [{ } one] && one["payable"]!["minor"]!.GetValue<long>() > 1_000_00, "earnings");
        var (money, queue) = ($"/v1/sellers/{ana}/payouts/eur", $"/v1/queue/payout/{ana}/eur");

        (await Agent("lia").Post($"{money}/hold", new { reason = "payout.disputes-open" }))["state"]
            .ShouldBe("scheduled");
        (await seller.Get("/v1/inbox")).Text.ShouldNotContain("earnings-held");
        await Market.Until(async () => await InQueue(queue, "&toConfirm=true") is not null, "the queue");
        (await Agent("gil").Post($"{queue}/confirmation")).Status.ShouldBe(HttpStatusCode.OK);
        (await seller.Get($"/v1/sellers/{ana}/payouts")).Json["items"]![0]!["state"]!.ToString().ShouldBe("held");

        (await Agent("kim").Post($"{queue}/claim"))["claimedBy"].ShouldBe("agent/kim");
        (await Agent("lia").Post($"{money}/lift")).Code.ShouldBe("review.claimed-by-other");
        await Market.Until(
            async () => (await InQueue(queue))?["claimedBy"]?.ToString() == "agent/kim", "the claim in the queue");
        using (var page = await market.Browse(Party.Agent, "kim"))
            (await page.Open($"/sellers/{ana}/payouts")).Text
                .ShouldContain("This is about more than one decides alone.");
        (await Agent("kim").Post($"{money}/lift"))["state"].ShouldBe("held");
        (await Agent("lia").Post($"{queue}/return", new { reason = "review.other-outcome" })).Status
            .ShouldBe(HttpStatusCode.OK);
        (await Agent("kim").Post($"{money}/lift"))["state"].ShouldBe("held");
        (await Agent("lia").Post($"{queue}/confirmation")).Status.ShouldBe(HttpStatusCode.OK);
        (await seller.Get($"/v1/sellers/{ana}/payouts")).Json["items"]![0]!["state"]!.ToString().ShouldBe("scheduled");
    }

    [Fact]
    public async Task Operators_read_how_often_somebody_confirmed_and_sent_back()
    {
        var (_, _, _, order) = await Sold(1_600_00);
        var (queue, name, olga) = (QueueOf(order), market.Fresh("sam"), market.As(Party.Operator, "olga"));
        (await Agent("lia").Post($"{order}/cancellation", Fraud)).Status.ShouldBe(HttpStatusCode.OK);
        (await Agent(name).Post($"{queue}/return", new { reason = "review.facts-missing" })).Status
            .ShouldBe(HttpStatusCode.OK);
        (await Agent("lia").Post($"{order}/cancellation", Fraud)).Status.ShouldBe(HttpStatusCode.OK);
        (await Agent(name).Post($"{queue}/confirmation")).Status.ShouldBe(HttpStatusCode.OK);
        var own = default(JsonNode);
        await Market.Until(async () => (own = (await olga.Get("/v1/service?days=2")).Json["people"]!.AsArray()
            .FirstOrDefault(p => $"{p!["who"]}" == $"agent/{name}")?["figures"])?["confirmed"]?.GetValue<int>() == 1,
            "the figures");
        own!["sentBack"]!.GetValue<int>().ShouldBe(1);
        (await olga.Get("/v1/service?days=2")).Json["queues"]!.AsArray()
            .Single(q => $"{q!["kind"]}" == "order")!["figures"]!["confirmed"]!.GetValue<int>().ShouldBeGreaterThan(0);
    }
}
