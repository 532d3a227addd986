using System.Net;
using Xunit;
namespace Recourse.Tests;

/// <summary>A bank says no, and the buyer tries further cards in the same checkout.</summary>
public sealed class TryingAnotherCard(Market market) : IClassFixture<Market>
{
    Someone Agent => market.As(Party.Agent, "gil");

    static string PathOf(Reply reply) => reply.Headers.Location!.ToString();

    // What was bought or declined a moment ago is remembered a moment later.
    static Task Remembered() => Task.Delay(400, TestContext.Current.CancellationToken);

    [Fact, Trait("Capability", "CHK-6"), Trait("Capability", "RSK-1")]
    public async Task Another_card_in_the_same_checkout_is_looked_at_before_it_is_charged()
    {
        var bea = market.Fresh("bea");
        var self = market.As(Party.Buyer, bea);
        var (ana, _) = await market.Seller();
        var no = await self.Post("/v1/checkouts", Market.Basket(1, $"pm_card_chargeDeclined.{bea}-a", ana));
        foreach (var card in (string[])["b", "c"])
        {
            await Remembered();
            (await self.Post($"{PathOf(no)}/payment", new { method = $"pm_card_chargeDeclined.{bea}-{card}" })).Code
                .ShouldBe("payment.declined-by-bank");
        }

        await Remembered();
        var held = await self.Post($"{PathOf(no)}/payment", new { method = $"pm_card_visa.{bea}-d" });
        (held.Status, held["state"]).ShouldBe((HttpStatusCode.Accepted, "inReview"), held.Text);
        held.Json["why"]!["code"]!.ToString().ShouldBe("risk.held");
        var screened = await Agent.Get(PathOf(no));
        screened.Json["screening"]!["contributions"]!.AsArray().Select(c => c!["rule"]!.ToString())
            .ShouldContain("cards-declined-one-by-one");
        screened.Json["screening"]!["method"]!["known"]!.GetValue<bool>().ShouldBeTrue();
        var payment = $"/v1/{screened["payment"]!.Replace("payment/", "payments/")}";
        (await self.Get(payment)).Json["tries"]!.AsArray().Count.ShouldBe(3, "nothing was charged");
        (await self.Post($"{PathOf(no)}/payment", new { method = $"pm_card_visa.{bea}-e" })).Code
            .ShouldBe("checkout.not-now", "one decision, one statement");

        var cleared = await Agent.Post($"{PathOf(no)}/clear");
        cleared["state"].ShouldBe("authorised", cleared.Text);
        (await self.Get(payment)).Json["tries"]!.AsArray().Count.ShouldBe(4);
        var then = (await Agent.Get(PathOf(no))).Json["screening"]!["then"]!;
        (then["code"]!.ToString(), then["by"]!.ToString()).ShouldBe(("review", "agent/gil"));
    }
}
