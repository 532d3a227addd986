using System.Net;
using Shouldly;
using Xunit;
namespace Recourse.Tests;

/// <summary>What the platform finds wrong with an order is told first, all of it at once, with ways to put it right.
/// </summary>
[Trait("Capability", "CAN-4")]
public sealed class BeingWarnedFirst(Market market) : IClassFixture<Market>
{
    const string Silent = "cancel.seller-unresponsive", Breach = "cancel.policy-breach",
        Address = "cancel.address-unusable", Carried = "cancel.cannot-be-carried";

    Someone Agent => market.As(Party.Agent, "lia");

    async Task<Reply> Warned(string order, params string[] reasons)
    {
        foreach (var reason in reasons)
        {
            var asked = await Agent.Post($"{order}/cancellation", new { reason });
            (asked.Status, asked["state"]).ShouldBe((HttpStatusCode.OK, "funded"), asked.Text);
        }
        market.Clock.Pass(Duration.FromMinutes(16));
        var told = default(Reply);
        await Market.Until(async () => (told = await Agent.Get(order)).Json["warnings"]!.AsArray()
            .All(w => w!["toldAt"] is not null), "the letter");
        return told!;
    }

    [Fact]
    public async Task An_agent_reads_before_that_it_is_a_warning_and_what_comes_of_it()
    {
        var (ana, _) = await market.Seller();
        var (_, order) = await market.Bought(ana);
        var choices = (await Agent.Get(order)).Action("order.cancel")!["choices"]!.AsArray();
        var silent = choices.Single(c => c!["code"]!.ToString() == Silent)!["effects"]!.AsArray();
        silent[0]!["for"]!.ToString().ShouldBe("seller");
        silent[0]!["text"]!.ToString().ShouldContain("to put it right");
        silent.ShouldContain(e => e!["amount"] != null);
        choices.Single(c => c!["code"]!.ToString() == "cancel.fraud-confirmed")!["effects"]!.ToJsonString()
            .ShouldNotContain("to put it right");
    }

    [Fact]
    public async Task Several_things_are_one_entry_in_the_inbox_and_one_card()
    {
        var (ana, seller) = await market.Seller();
        var (_, order) = await market.Bought(ana);
        await Warned(order, Silent, Carried);
        await Market.Until(async () => (await seller.Get("/v1/inbox")).Text.Contains("sale-warned"), "the letter");
        var letter = (await seller.Get("/v1/inbox")).Json["items"]!.AsArray()
            .Where(i => i!["code"]!.ToString() == "sale-warned").ShouldHaveSingleItem()!;
        letter["text"]!.ToString().ShouldContain("the seller hasn’t answered us; the carrier can’t take it");

        using var shop = await market.Browse(Party.Seller, ana);
        var page = await shop.Open(order[3..]);
        page.Text.ShouldContain("This needs you");
        page.Text.ShouldContain("The carrier can’t take it");
        var done = await shop.Follow(await shop.Send(
            page, $"{order[3..]}/warnings/{Silent}/answer", ("word", "We were closed and send it now.")));
        done.Text.ShouldContain("Answered.");
        done.Html.ShouldNotContain($"warnings/{Silent}/answer");
        (await seller.Get(order)).Json["warnings"]!.AsArray().ShouldHaveSingleItem()!["reason"]!.ToString()
            .ShouldBe(Carried);
    }

    [Fact]
    public async Task A_buyer_corrects_the_address_and_it_goes_on()
    {
        var (ana, seller) = await market.Seller();
        var (bea, order) = await market.Bought(ana);
        var told = await Warned(order, Address);
        told.Json["next"]!["owner"]!.ToString().ShouldBe("buyer");
        (await seller.Post($"{order}/dispatch", new { carrier = "dhl", trackingNumber = "TRACK000778" })).Code
            .ShouldBe("order.held-by-warning");
        (await bea.Get(order)).Json["warnings"]![0]!["ways"]!.AsArray().Select(w => $"{w!["code"]}")
            .ShouldBe(["address", "heard"]);
        await Market.Until(async () => (await bea.Get("/v1/inbox")).Text.Contains("order-warned"), "the letter");
        var right = await bea.Post($"{order}/amendment", new
        {
            shipTo = new
            {
                name = "Bea Muster", lines = new[] { "Hauptstr. 8" }, city = "Berlin", postcode = "10115",
                country = "DE",
            },
        });
        right.Status.ShouldBe(HttpStatusCode.OK, right.Text);
        right.Json["warnings"]!.AsArray().ShouldBeEmpty();
        right.Json["next"]!["owner"]!.ToString().ShouldBe("seller");
        (await seller.Post($"{order}/dispatch", new { carrier = "dhl", trackingNumber = "TRACK000779" })).Status
            .ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_answer_is_heard_on_the_page_of_the_order_and_what_is_upheld_names_the_warning()
    {
        var (ana, seller) = await market.Seller();
        var (bea, order) = await market.Bought(ana);
        await Warned(order, Breach);
        (await Agent.Post($"{order}/warnings/{Breach}/upholding")).Code.ShouldBe("order.warning-not-answered");
        (await bea.Post($"{order}/warnings/{Breach}/answer", new { word = "No." })).Code
            .ShouldBe("order.warning-not-yours");
        (await seller.Post($"{order}/warnings/{Breach}/answer", new { word = "It is a mug." })).Status
            .ShouldBe(HttpStatusCode.OK);
        (await bea.Get(order)).Text.ShouldNotContain("It is a mug.");
        using var lia = await market.Browse(Party.Agent, "lia");
        var page = await lia.Open(order[3..]);
        page.Text.ShouldContain("It is a mug.");
        var done = await lia.Follow(await lia.Send(page, $"{order[3..]}/warnings/{Breach}/upholding"));
        done.Text.ShouldContain("Cancelled as warned.");
        var why = (await bea.Get($"{order}/why")).Json["statements"]!.AsArray()[^1]!;
        why["text"]!.ToString().ShouldContain("There was a warning on");
    }

    [Fact]
    public async Task Whose_time_is_up_reads_in_the_statement_when_they_were_warned()
    {
        var (ana, seller) = await market.Seller();
        var (_, order) = await market.Bought(ana);
        await market.EndedFor(Silent, order, Agent);
        var why = (await seller.Get($"{order}/why")).Json["statements"]!.AsArray()[^1]!;
        why["text"]!.ToString().ShouldContain("gave time until");
        why["decidedBy"]!.ToJsonString().ShouldNotContain("agent");
        (await seller.Get($"{order}/timeline")).Text.ShouldContain("order.warnings-told");
    }

    [Fact]
    public async Task Support_lifts_it_and_the_order_goes_on()
    {
        var (ana, seller) = await market.Seller();
        var (_, order) = await market.Bought(ana);
        await Warned(order, Breach);
        (await seller.Post($"{order}/warnings/{Breach}/lifting")).Status.ShouldBe(HttpStatusCode.Forbidden);
        var lifted = await Agent.Post($"{order}/warnings/{Breach}/lifting");
        lifted.Json["warnings"]!.AsArray().ShouldBeEmpty(lifted.Text);
        await Market.Until(async () => (await seller.Get("/v1/inbox")).Text.Contains("sale-warning-lifted"), "it");
    }
}
