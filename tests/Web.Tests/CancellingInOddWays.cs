using System.Net;
using Xunit;
namespace Recourse.Tests;

/// <summary>What people try who cancel: each is answered with the same code every time, and nothing is done twice.
/// </summary>
public sealed class CancellingInOddWays(Market market) : IClassFixture<Market>
{
    static object Reason(string reason = "cancel.changed-mind") => new { reason };

    static object Some(params ReadOnlySpan<(int Line, int Quantity)> some) => new
    {
        reason = "cancel.changed-mind",
        portions = some.ToArray().Select(p => new { line = p.Line, quantity = p.Quantity }),
    };

    static object Case(object? evidence) =>
        new { reason = "cancel.out-of-stock", @case = new { evidence, noWay = "There is no other." } };

    static async Task<int> Ended(Someone who, string order) =>
        (await who.Get($"{order}/timeline")).Json["items"]!.AsArray()
            .Count(i => i!["event"]!.ToString() is "order.cancelled" or "order.reduced");

    [Fact, Trait("Capability", "CAN-2")]
    public async Task A_seller_whose_evidence_is_missing_or_of_another_kind_is_told_which_is_needed()
    {
        var (ana, seller) = await market.Seller();
        var (_, order) = await market.Bought(ana);
        foreach (var (evidence, code, field) in ((object?, string, string)[])
        [
            (null, "order.evidence-missing", "case.evidence"),
            (new { kind = "horoscope", source = "Page 3" }, "order.evidence-of-wrong-kind", "case.evidence.kind"),
            (new { kind = "stock-count", source = " " }, "order.evidence-without-source", "case.evidence.source"),
        ])
        {
            var no = await seller.Post($"{order}/cancellation", Case(evidence));
            (no.Status, no.Code, no["field"]).ShouldBe((HttpStatusCode.UnprocessableEntity, code, field), no.Text);
        }
        (await Ended(seller, order)).ShouldBe(0);
    }

    [Fact, Trait("Capability", "CAN-1")]
    public async Task Cancelled_twice_and_from_two_tabs_it_ends_once()
    {
        var (ana, _) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        var seen = await buyer.Get(order);
        var both = await Task.WhenAll(
            buyer.Post($"{order}/cancellation", Reason()), buyer.Post($"{order}/cancellation", Reason()));
        both.ShouldAllBe(r => r.Status == HttpStatusCode.OK && r["state"] == "cancelled");
        (await buyer.Post($"{order}/cancellation", Reason()))["state"].ShouldBe("cancelled");
        // A tab that shows it as it was before is told so.
        (await buyer.Post($"{order}/cancellation", Reason(), ifMatch: seen.Version)).Status
            .ShouldBe(HttpStatusCode.PreconditionFailed);
        (await Ended(buyer, order)).ShouldBe(1);
    }

    [Fact, Trait("Capability", "CAN-6")]
    public async Task After_dispatch_nobody_cancels()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        await seller.Post($"{order}/dispatch", new { carrier = "dhl", trackingNumber = "TRACK000777" });
        foreach (var (who, body) in ((Someone, object)[])
            [(buyer, Reason()), (seller, Market.OutOfStock),
             (market.As(Party.Agent, "gil"), Reason("cancel.policy-breach"))])
        {
            var no = await who.Post($"{order}/cancellation", body);
            (no.Status, no.Code).ShouldBe((HttpStatusCode.Conflict, "order.already-shipped"), no.Text);
        }
        (await Ended(buyer, order)).ShouldBe(0);
    }

    [Fact, Trait("Capability", "CAN-7")]
    public async Task No_more_is_given_up_than_was_bought_and_no_line_twice()
    {
        var (ana, _) = await market.Seller();
        var (buyer, order) = await market.Bought(ana, quantity: 3);
        foreach (var (body, code) in ((object, string)[])
        [
            (Some((1, 4)), "order.not-that-many"), (Some((1, 2), (1, 2)), "order.not-that-many"),
            (Some((7, 1)), "order.not-that-many"), (Some((1, 0)), "order.not-that-many"),
            (Some(), "order.nothing-chosen"),
        ])
        {
            var no = await buyer.Post($"{order}/cancellation", body);
            (no.Status, no.Code, no["field"]).ShouldBe((HttpStatusCode.UnprocessableEntity, code, "portions"), no.Text);
        }
        (await buyer.Post($"{order}/cancellation", Some((1, 2)))).Json["units"]!.GetValue<int>().ShouldBe(1);
        (await buyer.Post($"{order}/cancellation", Some((1, 2)))).Code.ShouldBe("order.not-that-many", "one is left");
        (await buyer.Post($"{order}/cancellation", Some((1, 1))))["state"].ShouldBe("cancelled");
        // What is over is over: asking once more changes nothing.
        (await buyer.Post($"{order}/cancellation", Some((1, 1))))["state"].ShouldBe("cancelled");
        (await Ended(buyer, order)).ShouldBe(2);
    }

    [Fact, Trait("Capability", "CAN-1")]
    public async Task A_yes_after_its_time_comes_too_late()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        await seller.Post($"{order}/pick");
        await buyer.Post($"{order}/cancellation", Reason("cancel.too-slow"));
        market.Clock.Pass(Duration.FromDays(6));
        foreach (var who in (Someone[])[seller, market.As(Party.Agent, "gil")])
            (await who.Post($"{order}/request/approval")).Code.ShouldBe("order.too-late-to-answer");
        (await seller.Post($"{order}/request/refusal", Reason("refuse.packed-already"))).Code
            .ShouldBe("order.too-late-to-answer");
        await Market.Until(async () => await Ended(buyer, order) == 1, "silence is a yes");
    }

    [Fact, Trait("Capability", "CAN-1")]
    public async Task A_reason_is_given_by_those_only_whose_it_is()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        foreach (var (who, reason) in ((Someone, string)[])
            [(buyer, "cancel.out-of-stock"), (buyer, "cancel.policy-breach"), (seller, "cancel.changed-mind"),
             (market.As(Party.Agent, "gil"), "cancel.out-of-stock"), (buyer, "cancel.invented"), (buyer, "")])
        {
            var no = await who.Post($"{order}/cancellation", Reason(reason));
            (no.Status, no.Code, no["field"]).ShouldBe(
                (HttpStatusCode.UnprocessableEntity, "order.not-your-reason", "reason"), $"{reason}: {no.Text}");
        }
        (await Ended(buyer, order)).ShouldBe(0);
    }
}
