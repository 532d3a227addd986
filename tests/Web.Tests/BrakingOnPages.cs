using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Monitoring;
using Recourse.Runtime;
using Xunit;
namespace Recourse.Tests;

/// <summary>Unusually many orders are about to be cancelled by the clock: an operator decides for all.</summary>
[Trait("Capability", "MON-6")]
public sealed class BrakingOnPages(Market market) : IClassFixture<Market>
{
    async Task<string> Pulled(string? seller)
    {
        var (platform, now) = (market.App.Services.GetRequiredService<IPlatform>(), market.Clock.Now);
        var scope = new BrakeScope("cancel.never-dispatched", seller is null ? null : $"seller/{seller}");
        var id = BrakeId.Of(scope, now);
        (await platform.Ask(new(id, new Brake.Command.Pull(new(new(scope, 40, 1), now, "test")),
            new Actor.Operator("brake")), default)).ShouldBeOfType<Outcome.Done>();
        return $"/brakes/{id.Code}";
    }

    [Fact]
    public async Task Shows_what_letting_them_go_would_do_and_puts_them_off_at_a_word()
    {
        var (ana, _) = await market.Seller();
        var (_, order) = await market.Bought(ana, quantity: 2);
        var due = Due(await market.As(Party.Seller, ana).Get(order));
        market.Clock.Pass(due - market.Clock.Now - Duration.FromHours(1));
        var path = await Pulled(ana);
        using var olga = await market.Browse(Party.Operator, "olga");
        var page = await olga.Open(path);
        await Market.Until(
            async () => (page = await olga.Open(path)).Text.Contains(order.Split('/')[^1]), "the order in the dry run");
        page.Text.ShouldContain("33.00 EUR");

        var noDay = await olga.Send(page, $"{path}/decision", ("choice", "put-off"), ("until", "soon"));
        noDay.Status.ShouldNotBe(HttpStatusCode.OK, "that is no day");
        var later = (due + Duration.FromDays(5)).InUtc().Date;
        var done = await olga.Follow(await olga.Send(
            page, $"{path}/decision", ("choice", "put-off"), ("until", $"{later:uuuu-MM-dd}")));
        done.Status.ShouldBe(HttpStatusCode.OK);
        done.Text.ShouldNotContain("Let them take their course");
        using var lia = await market.Browse(Party.Agent, "lia");
        await Market.Until(async () => (await lia.Open("/brakes")).Html.Contains(path), "the brake in the list");
        (await lia.Send(await lia.Open("/brakes"), $"{path}/decision", ("choice", "let-go"))).Status
            .ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Is_nothing_that_buyers_or_sellers_read()
    {
        var path = await Pulled(null);
        var (ana, _) = await market.Seller();
        using var seller = await market.Browse(Party.Seller, ana);
        (await seller.Open(path)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await market.As(Party.Buyer, "bea").Get($"/v1{path}")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    static Instant Due(Reply order) => NodaTime.Text.InstantPattern.ExtendedIso
        .Parse(order.Json["next"]!["due"]!.ToString()).Value;
}
