using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>A seller sees how complete each listing is, and comes to what is missing; nobody else does.</summary>
[Trait("Capability", "INV-6")]
public sealed class HowCompleteAListingIs(Market market) : IClassFixture<Market>
{
    [Fact]
    public async Task Each_thing_that_is_missing_leads_to_where_it_is_mended()
    {
        var (ana, seller) = await market.Seller();
        var quality = (await seller.Get($"/v1/listings/{ana}/mug")).Json["quality"]!;
        quality["score"]!.GetValue<int>().ShouldBe(15);                     // "Mug", and nothing more
        quality["missing"]!.AsArray().Select(m => $"{m!["code"]} {m["field"]}").ShouldBe(
        [
            "no-picture pictures", "title-short title", "no-category category", "few-words description",
            "spec-missing specs.material", "spec-missing specs.dimensions", "not-measured unit.grams",
        ]);
        (await market.Stranger().Get($"/v1/listings/{ana}/mug")).Json["quality"].ShouldBeNull();

        await market.Shown();
        using var browser = Browser.At(market.App);
        await browser.SignIn(market.App.Services.GetRequiredService<AccessKeys>().Create(Party.Seller, ana));
        (await browser.Open("/listings")).Html.ShouldContain("/listings/mug#f-pictures");
        var page = await browser.Open("/listings/mug");
        page.Text.ShouldContain("This listing is 15 of 100 complete");
        foreach (var field in quality["missing"]!.AsArray().Select(m => FormField.IdOf($"{m!["field"]}")))
        {
            page.Html.ShouldContain($"href=\"#{field}\"");
            page.Html.ShouldContain($"id=\"{field}\"");
        }
    }
}
