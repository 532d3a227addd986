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
        quality["score"]!.GetValue<int>().ShouldBe(40);                     // "Mug", and no category
        quality["missing"]!.AsArray().Select(m => $"{m!["code"]} {m["field"]}").ShouldBe(
            ["title-short title", "no-category category"]);
        (await market.Stranger().Get($"/v1/listings/{ana}/mug")).Json["quality"].ShouldBeNull();

        await market.Shown();
        using var browser = Browser.At(new(market.App.Urls.First()));
        await browser.SignIn(market.App.Services.GetRequiredService<AccessKeys>().Create(Party.Seller, ana));
        (await browser.Open("/listings")).Html.ShouldContain("/listings/mug#f-title");
        var page = await browser.Open("/listings/mug");
        page.Text.ShouldContain("This listing is 40 of 100 complete");
        page.Html.ShouldContain("href=\"#f-category\"");
    }
}
