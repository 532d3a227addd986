using System.Net;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>More come than can be let in at once: each has a place and a time, and nobody overtakes.</summary>
[Trait("Capability", "CHK-8")]
public sealed class ComingAllAtOnce
{
    static readonly Instant Noon = Instant.FromUtc(2026, 3, 4, 12, 0);

    [Fact]
    public void At_fifty_times_the_rate_each_is_let_in_at_the_time_they_were_told()
    {
        var queue = new FairQueue(perSecond: 10, atOnce: 20);
        var asked = Enumerable.Range(0, 500).Select(n => (Who: $"buyer/{n}",
            Turn: queue.Ask("*", $"buyer/{n}", null, Noon + Duration.FromMilliseconds(2 * n)))).ToList();
        asked.Count(a => a.Turn.IsOpen).ShouldBeInRange(20, 20 + 10);

        var waiting = asked.Where(a => !a.Turn.IsOpen).ToList();
        waiting.Select(a => a.Turn.Place).ShouldBe(waiting.Select(a => a.Turn.Place).Order());
        waiting.ShouldAllBe(a => a.Turn.Ticket != null && a.Turn.Seconds >= 1);
        waiting[^1].Turn.Seconds.ShouldBeInRange(46, 49);                   // 500, ten a second, less twenty at once

        // Second after second, ten come in, in the order in which they came.
        List<string> entered = [];
        for (var second = 2; second <= 60; second++)
        {
            var now = Noon + Duration.FromSeconds(second);
            var letIn = waiting.Where(a => !entered.Contains(a.Who)
                && queue.Ask("*", a.Who, a.Turn.Ticket, now).IsOpen).Select(a => a.Who).ToList();
            letIn.Count.ShouldBeLessThanOrEqualTo(21);
            entered.AddRange(letIn);
        }
        entered.ShouldBe(waiting.Select(a => a.Who));
    }

    [Fact]
    public void Who_comes_later_stands_behind_and_a_ticket_lets_in_once_and_nobody_else()
    {
        var queue = new FairQueue(perSecond: 1, atOnce: 1);
        queue.Ask("*", "ana", null, Noon).IsOpen.ShouldBeTrue();
        var bob = queue.Ask("*", "bob", null, Noon);
        var eve = queue.Ask("*", "eve", null, Noon);
        (bob.Place, eve.Place).ShouldBe((1, 2));
        queue.Ask("*", "eve", bob.Ticket, Noon + Duration.FromSeconds(1)).IsOpen.ShouldBeFalse();
        queue.Ask("*", "bob", bob.Ticket, Noon + Duration.FromSeconds(1)).IsOpen.ShouldBeTrue();
        queue.Ask("*", "bob", bob.Ticket, Noon + Duration.FromSeconds(1)).IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void A_line_that_is_too_long_takes_nobody_in_and_says_so()
    {
        var queue = new FairQueue(perSecond: 1, atOnce: 1);
        for (var n = 0; n < 601; n++) queue.Ask("*", $"buyer/{n}", null, Noon);
        var late = queue.Ask("*", "late", null, Noon);
        (late.IsOpen, late.Ticket).ShouldBe((false, null));
        queue.Ask("other", "late", null, Noon).IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task At_the_door_of_a_hot_listing_a_place_is_told_and_kept()
    {
        await using var market = new Market(o => o with { CheckoutsPerSecondOfListing = 1 });
        await market.InitializeAsync();
        var (ana, _) = await market.Seller(units: 90);
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        // Two seconds' worth come at once, and then one each second.
        for (var n = 0; n < 2; n++) await bea.Post("/v1/checkouts", Market.Basket(sellers: ana));
        Reply waits;
        var tries = 0;
        do waits = await bea.Post("/v1/checkouts", Market.Basket(sellers: ana));
        while (waits.Status is HttpStatusCode.Created && ++tries < 20);
        (waits.Status, waits["code"]).ShouldBe((HttpStatusCode.TooManyRequests, "checkout.in-line"));
        waits.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 2);
        waits.Headers.GetValues("Queue-Ticket").Single().ShouldStartWith($"listing/{ana}/mug=");
        (await bea.Get("/v1/orders")).Status.ShouldBe(HttpStatusCode.OK);   // the door is no other's
        market.Clock.Pass(Duration.FromSeconds(5));
        (await bea.Post("/v1/checkouts", Market.Basket(sellers: ana))).Status.ShouldBe(HttpStatusCode.Created);
    }
}
