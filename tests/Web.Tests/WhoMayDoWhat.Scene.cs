using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Monitoring;
using Recourse.Orders;
using Recourse.Reasons;
using Recourse.Runtime;
using Shouldly;
namespace Recourse.Tests;

public sealed partial class WhoMayDoWhat
{
    /// <summary>A reason that was found false, and a brake, both by the code of an order.</summary>
    async Task Looked(string order, string buyer, Someone seller)
    {
        var (platform, now) = (market.App.Services.GetRequiredService<IPlatform>(), market.Clock.Now);
        OrderId.TryParse(order.Replace("/v1/orders/", "order/"), out var id).ShouldBeTrue(order);
        var reason = order.Replace("/orders/", "/reasons/");
        var line = new Line(
            1, new(id.Seller, "mug"), new("red"), "Mug", 1, new(1250, Currency.Eur), new(0, Currency.Eur));
        await platform.Ask(new(ReasonCaseId.Of(id), new ReasonCase.Command.Raise(new(new(
            id, new(buyer), "cancel.out-of-stock", now, [new("reason.had-enough", [("sku", "red")])], [line]), now,
            "test")),
            new Actor.Operator("reasons")), default);
        (await seller.Post($"{reason}/answer", new { text = "It wasn't there." })).Status.ShouldBe(HttpStatusCode.OK);
        (await market.As(Party.Agent, "lia").Post($"{reason}/decision", new { verdict = "false" })).Status
            .ShouldBe(HttpStatusCode.OK);
        await platform.Ask(new(new BrakeId(id.Code), new Brake.Command.Pull(new(
            new(new("cancel.never-dispatched"), 40, 1), now, "test")), new Actor.Operator("brake")), default);
    }

    /// <summary>The code of an appeal against a block.</summary>
    async Task<string> Appealed(Someone buyer, string name)
    {
        var until = NodaTime.Text.InstantPattern.ExtendedIso.Format(market.Clock.Now + Duration.FromDays(3));
        var blocked = await market.As(Party.Agent, "lia").Post(
            $"/v1/buyers/{name}/blocks", new { reason = "method.unusual-use", until });
        var id = blocked.Json["blocks"]![0]!["appeal"]!["id"]!.ToString();
        var lodged = await buyer.Post($"/v1/{id.Replace("appeal/", "appeals/")}",
            new { about = $"buyer/{name}", text = "It was me." });
        lodged.Status.ShouldBe(HttpStatusCode.OK, lodged.Text);
        return id.Split('/')[^1];
    }
}
