using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Adapters.Gathering;
using Recourse.Catalog;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>The shop window, for everybody.</summary>
static class ShopPages
{
    public const string Path = "/shop";
    const int OnPage = 24, MostShops = 6;
    const Party Lookers = SignIn.People;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, List).AsPageAlsoForStrangers(Lookers);
        pages.MapGet($"{Path}/{{seller}}/{{code}}", Get).AsPageAlsoForStrangers(Lookers);
    }

    /// <summary>The address of a listing's page.</summary>
    public static string HrefOf(string listing) => $"{Path}/{listing["listing/".Length..]}";

    static async Task<IResult> List(
        Caller caller, IPlatform platform, Shops shops, Destinations destinations, string? q, string? category,
        string? seller, string? to, string? after)
    {
        var there = await destinations.Of(caller.Http, Said(to));
        (q, category, seller) = (Said(q), Said(category), Said(seller));
        var found = await ListingEndpoints.List(
            caller, platform, seller, category, null, q, there.Only, after, OnPage);
        var reader = Reader.Of(caller.Http);
        return Pages.Show<ShopPage>(reader, new()
        {
            ["Found"] = found.Body ?? new Rows<ListingBody>([], null, false),
            ["Categories"] = ListingEndpoints.Categories(platform).Body!.Categories,
            ["Shops"] = q is null || (seller ?? after) is not null ? ImmutableArray<string>.Empty
                : Named(shops, q, platform),
            ["Words"] = q, ["Category"] = category, ["Seller"] = seller, ["After"] = after,
            ["To"] = there,
            ["Refused"] = found.Problem is { } no ? Problems.Body(no, reader.Texts, caller.Http) : null,
        }, found.Problem?.Status ?? 200);
    }

    /// <summary>Shops that are called so and have something on offer.</summary>
    static ImmutableArray<string> Named(Shops shops, string text, IPlatform platform) =>
    [
        .. shops.Find(text, MostShops).Select(row => row.Seller).Where(seller =>
            !platform.Views.List(ShopWindow.View, ShopWindow.BySeller, seller, null, 1).Rows.IsEmpty),
    ];

    static async Task<IResult> Get(
        string seller, string code, Caller caller, IPlatform platform, Destinations destinations,
        TermsGatherer terms)
    {
        var listing = await ListingEndpoints.Get(seller, code, caller, platform);
        if (listing.Body is not { Offer: not null } body) return listing.Problem ?? Problems.NotFound;
        var there = await ListingEndpoints.GetAvailability(seller, code, caller, platform, terms);
        return there.Body is not { } availability ? there.Problem ?? Problems.NotFound
            : Pages.Show<ShopListingPage>(Reader.Of(caller.Http), new()
            {
                ["Listing"] = body, ["Availability"] = availability,
                ["To"] = await destinations.Of(caller.Http, null),
            });
    }

    static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
