using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Catalog;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What is offered. All prices are in one currency.</summary>
/// <param name="Category">The marketplace's category code; left out: none.</param>
/// <param name="ShipsFrom">ISO 3166 alpha-2.</param>
public sealed record OfferBody(
    string Title, ImmutableArray<VariantBody> Variants, string ShipsFrom, ImmutableArray<DestinationBody> ShipsTo,
    string Category = "");

/// <summary>A variant and its price for one unit.</summary>
public sealed record VariantBody(string Sku, Money Price, string Title = "");

/// <summary>A country that it ships to, and what shipping one unit there costs.</summary>
public sealed record DestinationBody(string Country, Money ShippingPerUnit);

/// <summary>A listing.</summary>
public sealed record ListingBody(string Id, string Seller, string State, OfferBody? Offer);

/// <summary>Listings: sellers keep them, everybody with a key looks at what is on offer.</summary>
static class ListingEndpoints
{
    static readonly Actor TheWindow = new Actor.Operator("shop-window");

    public static void Map(IEndpointRouteBuilder v1)
    {
        var listings = v1.MapGroup("/listings").WithTags("Listings");
        listings.MapGet("", List).For(Access.AnyKey).WithName("listListings")
            .WithSummary("What is on offer; a seller's own with mine=true, also what is paused.");
        listings.MapGet("/{seller}/{code}", Get).For(Access.AnyKey).WithName("getListing").WithSummary("One listing.");
        listings.MapPut("/{seller}/{code}", Put).For(Party.Seller).WithName("putListing")
            .WithSummary("Offer it, or change what is offered.");
        listings.MapPost("/{seller}/{code}/pause", Pause).For(Party.Seller).WithName("pauseListing")
            .WithSummary("Take it out of the shop window for a while.");
        listings.MapPost("/{seller}/{code}/resume", Resume).For(Party.Seller).WithName("resumeListing")
            .WithSummary("Put it back.");
    }

    static async Task<Answer<Rows<ListingBody>>> List(
        Caller caller, IPlatform platform, string? seller, string? category, bool? mine, string? after, int? limit)
    {
        var (index, value) = (mine, seller, category) switch
        {
            (true, _, _)               =>
                (Scope.Index, caller.Role is Party.Seller || caller.IsStaff ? caller.Scope : null),
            (_, { } code, _)           => (ShopWindow.BySeller, $"seller/{code}"),
            (_, null, { } named)       => (ShopWindow.ByCategory, named),
            (_, null, null)            => (ShopWindow.OnOffer, (string?)Scope.All),
        };
        return await Positions.Page(platform, caller, ShopWindow.View, index, value, after, limit, row =>
            Of(row));
    }

    public static async Task<Answer<ListingBody>> Get(string seller, string code, Caller caller, IPlatform platform)
    {
        if (!ListingId.TryParse($"listing/{seller}/{code}", out var id)) return Problems.NotFound;
        if (await platform.Read(id, caller.Who, caller.Cancel) is { } own)
            return Answer<ListingBody>.Of(Of(id, own.State), own);
        return await platform.Read(id, TheWindow, caller.Cancel) is { State: Listing.State.Offered } shown
            ? Answer<ListingBody>.Of(Of(id, shown.State), shown) : Problems.NotFound;
    }

    static Task<Answer<ListingBody>> Put(string seller, string code, WriteOf<OfferBody> write, IPlatform platform)
    {
        var b = write.Body;
        return Ask(seller, code, write, platform, new Listing.Command.Publish(new(
            b.Title, b.Category, [.. b.Variants.Select(v => new Variant(new(v.Sku), v.Title, v.Price))], b.ShipsFrom,
            [.. b.ShipsTo.Select(d => new Destination(d.Country, d.ShippingPerUnit))])));
    }

    static Task<Answer<ListingBody>> Pause(string seller, string code, BareWrite write, IPlatform platform) =>
        Ask(seller, code, write, platform, new Listing.Command.Pause());

    static Task<Answer<ListingBody>> Resume(string seller, string code, BareWrite write, IPlatform platform) =>
        Ask(seller, code, write, platform, new Listing.Command.Resume());

    public static async Task<Answer<ListingBody>> Ask(
        string seller, string code, Write write, IPlatform platform, Listing.Command command)
    {
        if (!ListingId.TryParse($"listing/{seller}/{code}", out var id)) return Problems.NotFound;
        var outcome = await platform.Ask(write.To(id, command), write.By.Cancel);
        return outcome is Outcome.Done done ? Answer<ListingBody>.Of(Of(id, done.State), done) : Problems.Of(outcome);
    }

    public static ListingBody Of(ShopRow row) =>
        new(row.Id, row.Seller, row.IsOffered ? "offered" : "paused", Of(row.Offer));

    static ListingBody Of(ListingId id, object state) => new($"{id}", $"{id.Seller}", Words.StateOf(state), state switch
    {
        Listing.State.Offered s => Of(s.Offer),
        Listing.State.Paused s  => Of(s.Offer),
        _                       => null,
    });

    static OfferBody Of(Offer o) => new(
        o.Title, [.. o.Variants.Select(v => new VariantBody(v.Sku.Code, v.Price, v.Title))], o.ShipsFrom,
        [.. o.ShipsTo.Select(d => new DestinationBody(d.Country, d.ShippingPerUnit))], o.Category);
}
