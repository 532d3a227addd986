using System.Net;
using Xunit;
namespace Recourse.Tests;

/// <summary>Cancelled before the money was taken, and after.</summary>
[Trait("Capability", "CAN-1")]
public sealed class AnOrderItsBuyerCancels(Market market) : IClassFixture<Market>
{
    [Fact]
    public async Task Costs_nothing_before_the_money_is_taken()
    {
        var (ana, _) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        var before = await buyer.Get(order);
        before.Action("order.cancel")!["allowed"]!.GetValue<bool>().ShouldBeTrue();
        before.Action("order.dispatch").ShouldBeNull();

        var cancelled = await buyer.Post(
            $"{order}/cancellation", new { reason = "cancel.changed-mind" }, ifMatch: before.Version);
        cancelled.Status.ShouldBe(HttpStatusCode.OK, cancelled.Text);
        cancelled["state"].ShouldBe("cancelled");
        cancelled.Json["why"]!["decidedBy"]!.ToString().ShouldBe("buyer");
        cancelled.Action("order.cancel")!["allowed"]!.GetValue<bool>().ShouldBeFalse();

        await Market.Until(async () =>
            (await buyer.Get($"{order}/money")).Text.Contains("money was taken", StringComparison.Ordinal)
            || (await buyer.Get($"{order}/money")).Text.Contains("is never collected", StringComparison.Ordinal),
            "release");
        (await buyer.Get($"{order}/money")).Json["refunds"]!.AsArray().ShouldBeEmpty();
        market.Clock.Pass(Duration.FromMinutes(61));
        await Market.Until(async () => (await buyer.Get($"{order}/money"))["paymentState"] == "voided", "void");
    }

    [Fact]
    public async Task Can_be_taken_back_for_a_moment_where_that_was_asked_for()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        var ask = new { reason = "cancel.changed-mind", undoable = true };
        (await buyer.Get(order)).Action("order.cancel")!["undoSeconds"]!.GetValue<int>().ShouldBe(30);
        (await buyer.Get(order)).Action("order.take-back")!["allowed"]!.GetValue<bool>().ShouldBeFalse();

        var meant = await buyer.Post($"{order}/cancellation", ask);
        meant["state"].ShouldBe("funded", meant.Text);
        var (mine, theirs) = (meant.Json["meant"]!, (await seller.Get(order)).Json["meant"]!);
        (mine["by"]!.ToString(), mine["isYours"]!.GetValue<bool>(), theirs["isYours"]!.GetValue<bool>())
            .ShouldBe(("buyer", true, false));
        (mine["reason"]!.ToString(), mine["isWhole"]!.GetValue<bool>()).ShouldBe(("cancel.changed-mind", true));
        meant.Action("order.take-back")!["allowed"]!.GetValue<bool>().ShouldBeTrue();
        var packer = await market.As(Party.Warehouse, ana).Get(order);
        packer.Json["meant"]!.AsObject().ContainsKey("reason").ShouldBeFalse("who packs needs no reasons");

        var no = await seller.Post($"{order}/cancellation/undo");
        (no.Status, no["code"]).ShouldBe((HttpStatusCode.Conflict, "order.not-yours-to-take-back"));
        (await buyer.Post($"{order}/cancellation/undo")).Json.AsObject().ContainsKey("meant").ShouldBeFalse();
        (await buyer.Post($"{order}/cancellation/undo")).Status.ShouldBe(HttpStatusCode.OK, "said twice, done once");
        var events = (await buyer.Get($"{order}/timeline")).Json["items"]!.AsArray()
            .Select(i => $"{i!["event"]} {i["by"]}").ToList();
        events[^2..].ShouldBe(["order.cancellation-meant buyer", "order.cancellation-taken-back buyer"]);
    }

    [Fact]
    public async Task Happens_by_itself_and_is_still_what_its_buyer_decided()
    {
        var (ana, _) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        await buyer.Post($"{order}/cancellation", new { reason = "cancel.changed-mind", undoable = true });
        market.Clock.Pass(Duration.FromSeconds(31));
        await Market.Until(async () => (await buyer.Get(order))["state"] == "cancelled", "its time");
        (await buyer.Get(order)).Json["why"]!["decidedBy"]!.ToString().ShouldBe("buyer");
        (await buyer.Get($"{order}/timeline")).Json["items"]!.AsArray()
            .Single(i => i!["event"]!.ToString() == "order.cancelled")!["by"]!.ToString().ShouldBe("buyer");
        var late = await buyer.Post($"{order}/cancellation/undo");
        (late.Status, late["code"]).ShouldBe((HttpStatusCode.Conflict, "order.too-late-to-take-back"));
    }

    [Fact]
    public async Task Gives_the_money_back_once_it_was_taken()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana, quantity: 2);
        market.Clock.Pass(Duration.FromMinutes(61));
        await Market.Until(async () => (await buyer.Get($"{order}/money"))["paymentState"] == "captured", "capture");

        var part = new { reason = "cancel.too-slow", portions = new[] { new { line = 1, quantity = 1 } } };
        (await buyer.Post($"{order}/cancellation", part))["state"].ShouldBe("funded");
        (await buyer.Post($"{order}/cancellation", new { reason = "cancel.too-slow" }))["state"].ShouldBe("cancelled");
        await Market.Until(async () => (await buyer.Get($"{order}/money")).Json["refunds"]!.AsArray()
            .Count(r => r!["state"]!.ToString() == "paid") == 2, "two refunds");

        var money = (await buyer.Get($"{order}/money")).Json;
        var refund = money["refunds"]![0]!;
        refund["amount"]!["minor"]!.GetValue<long>().ShouldBe(1650);
        refund["reference"]!.ToString().ShouldStartWith("re_");
        Instant.FromDateTimeOffset(DateTimeOffset.Parse(refund["promised"]!.ToString()))
            .ShouldBeGreaterThan(market.Clock.Now);
        (await buyer.Get($"/v1/{refund["id"]!.ToString().Replace("refund/", "refunds/")}"))["state"].ShouldBe("paid");
        (await seller.Get($"/v1/{refund["id"]!.ToString().Replace("refund/", "refunds/")}"))
            .Status.ShouldBe(HttpStatusCode.Forbidden);

        var why = await buyer.Get($"{order}/why");
        why.Json["statements"]!.AsArray().Count.ShouldBe(2);
        var agent = market.As(Party.Agent, "gil");
        (await agent.Get($"/v1/ledger/statement?of={order["/v1/".Length..].Replace("orders/", "order/")}")).Status
            .ShouldBe(HttpStatusCode.OK);
        await Market.Until(async () =>
            (await agent.Get($"/v1/ledger/accounts?prefix=escrow/order/{ana}")).Json["items"]!
            .AsArray().All(a => a!["amount"]!["minor"]!.GetValue<long>() == 0), "empty escrow");
        (await buyer.Get("/v1/refunds")).Json["items"]!.AsArray().Count.ShouldBe(2);
    }
}
