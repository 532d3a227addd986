using Recourse.Adapters.Risk;
using Recourse.Web;
namespace Recourse.Tests;

/// <summary>Staff see beside an order what a learned model made of its purchase; nobody else does.</summary>
[Trait("Capability", "RSK-1")]
public sealed class WhatAModelSaid
{
    static readonly TimeSpan Ahead = TimeSpan.FromSeconds(66);

    /// <summary>Sees little in anybody: nothing follows from what it says.</summary>
    static readonly RiskModel Mild = ModelFile.Named(new(
        new(Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2026, 2, 1, 0, 0), 900, 90, "by hand", 1), -3_000,
        [new("account.purchases24h", [0], [0, 400]), new("device.accounts30d", [1], [-50, 900])], Measured: null));

    // An edition changes the rules for everybody: this demo is the test's own.
    [Fact]
    public async Task The_card_of_an_order_tells_its_version_score_and_each_part_in_words()
    {
        await using var demo = new TheDemo();
        await demo.InitializeAsync();
        var rui = demo.Api(Party.Operator, "rui");
        await rui.AddModelAsync(new() { Text = System.Text.Encoding.UTF8.GetString(ModelFile.Write(Mild)) });
        var shipped = (await rui.GetEditionAsync(1)).Body.Text;
        // By the demo's own clock.
        var first = await Deal.Make(demo);
        var now = (await first.AsBuyer.GetOrderAsync(first.Seller, first.Code)).Body.PlacedAt;
        await rui.PublishEditionAsync(new()
        {
            Text = shipped.Replace("\nrisk:\n", $"\nrisk:\n  model: {Mild.Version}\n", StringComparison.Ordinal),
            From = now + Ahead,
        });
        await Task.Delay(Ahead + TimeSpan.FromSeconds(1));
        var deal = await Deal.Make(demo);

        foreach (var width in (int[])[1440, 390])
        {
            await using var gil = await demo.Visit(Party.Agent, "gil", new Look(width));
            await gil.Open(deal.Page);
            await gil.Sees(Mild.Version);
            var card = gil.Page.Locator("section.screening");
            await Assertions.Expect(card).ToContainTextAsync("Your purchases in a day");
            (await card.Locator("table[aria-labelledby=model-parts] tbody tr").CountAsync()).ShouldBe(1);
            (await Axe.Of(gil.Page, again: false, isGallery: false)).ShouldBeEmpty();
            gil.Wrong.ShouldBeEmpty();
        }
        await using var bea = await demo.Visit(Party.Buyer, deal.Buyer);
        await bea.Open(deal.Page);
        (await bea.Page.ContentAsync()).ShouldNotContain(Mild.Version);
    }
}
