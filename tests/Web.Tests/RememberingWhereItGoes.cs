using System.Net;
using Xunit;
namespace Recourse.Tests;

/// <summary>Where a changed order goes counts for later purchases.</summary>
public sealed class RememberingWhereItGoes(Market market) : IClassFixture<Market>
{
    [Fact, Trait("Capability", "ORD-2")]
    public async Task An_address_that_an_order_was_changed_to_is_remembered_as_a_checkouts_is()
    {
        var (ana, _) = await market.Seller();
        var street = $"{market.Fresh("Weg")} 9";
        var home = new
        {
            name = "Bea Muster", lines = new[] { street }, city = "Berlin", postcode = "10115", country = "DE",
        };
        foreach (var who in (string[])["bea", "cem", "dan", "eda"])
        {
            var (buyer, order) = await market.Bought(ana, buyer: market.Fresh(who));
            var moved = await buyer.Post($"{order}/amendment", new { shipTo = home });
            moved.Status.ShouldBe(HttpStatusCode.OK, moved.Text);
        }
        await Task.Delay(500, TestContext.Current.CancellationToken);
        var fifth = await market.As(Party.Buyer, market.Fresh("eve")).Post("/v1/checkouts", new
        {
            lines = new[] { new { listing = $"listing/{ana}/mug", sku = "red", quantity = 1 } }, country = "DE",
            method = "pm_card_visa", shipTo = home,
        });
        var seen = await market.As(Party.Agent, "gil").Get(fifth.Headers.Location!.ToString());
        seen.Json["screening"]!["contributions"]!.AsArray().Select(c => c!["rule"]!.ToString())
            .ShouldContain("many-accounts-at-an-address", seen.Text);
    }
}
