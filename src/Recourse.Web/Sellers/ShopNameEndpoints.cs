using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Runtime;
using Recourse.Sellers;
namespace Recourse.Web;

/// <summary>What a shop is called.</summary>
/// <param name="Seller">The text of its seller's id.</param>
/// <param name="Name">Left out: it is called by its code.</param>
public sealed record ShopNameBody(string Seller, string? Name);

/// <summary>What a shop is to be called, in any script.</summary>
public sealed record ShopNameRequest(string Name);

/// <summary>The name of a shop: everybody reads it, those who run the shop choose it.</summary>
static class ShopNameEndpoints
{
    const string Page = "/shop-name", Path = "/sellers/{seller}/name";

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet(Path, Get).ForAlsoStrangers(Access.AnyKey).WithName("getShopName").WithTags("Listings")
            .WithSummary("What a shop is called.");
        v1.MapPut(Path, Put).For(Party.Seller).WithName("putShopName").WithTags("Listings")
            .WithSummary("Call your shop so.");
    }

    public static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Page, (Caller caller, Shops shops, string? done) =>
            Show(caller, shops, null, null, done is "named")).AsPage(Party.Seller);
        pages.MapPost(Page, Choose).AsPage(Party.Seller);
    }

    static async Task<Answer<ShopNameBody>> Get(
        string seller, Caller caller, IPlatform platform, Shops shops)
    {
        if (!SellerId.TryParse($"seller/{seller}", out var id)) return Problems.NotFound;
        await Positions.AreShown(platform, caller);
        return new ShopNameBody($"{id}", shops.NameOf(id.Code));
    }

    static async Task<Answer<ShopNameBody>> Put(
        string seller, WriteOf<ShopNameRequest> write, IPlatform platform)
    {
        if (!SellerId.TryParse($"seller/{seller}", out var id)) return Problems.NotFound;
        var outcome = await Take(id, write.Body.Name, write, platform);
        return outcome is Outcome.Done { State: SellerAccount.State state } done
            ? Answer<ShopNameBody>.Of(new ShopNameBody($"{id}", state.Name), done) : Problems.Of(outcome);
    }

    static Task<Outcome> Take(SellerId id, string? name, Write write, IPlatform platform) =>
        ShopNaming.Take(
            id, name, platform, command => platform.Ask(write.To(id, command), write.By.Cancel), write.By.Cancel);

    static async Task<IResult> Choose(FormWrite form, IPlatform platform, Shops shops)
    {
        var outcome = await Take(((Actor.Seller)form.By.Who).Id, form["name"], form, platform);
        return outcome is Outcome.Done ? Results.LocalRedirect($"{Page}?done=named")
            : Show(form.By, shops, form["name"], Problems.Of(outcome), false);
    }

    static IResult Show(Caller caller, Shops shops, string? sent, Problem? refused, bool done)
    {
        var reader = Reader.Of(caller.Http);
        return Pages.Show<ShopNamePage>(reader, new()
        {
            ["Name"] = shops.NameOf(reader.Code!), ["Sent"] = sent, ["Done"] = done,
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
        }, refused?.Status ?? 200);
    }
}
