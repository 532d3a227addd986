using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Recourse.Adapters.Pictures;
using Recourse.Catalog;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>A picture of what is offered.</summary>
/// <param name="Name">Under which it is kept.</param>
/// <param name="Alt">What is to be seen on it, for whoever doesn't see it.</param>
/// <param name="Width">In pixels; left out in a request.</param>
/// <param name="Height">In pixels; left out in a request.</param>
/// <param name="Href">Where it is; left out in a request.</param>
/// <param name="Small">Where it is for lists, 320 pixels at the most; left out in a request.</param>
public sealed record PictureBody(
    string Name, string Alt, int Width = 0, int Height = 0, string? Href = null, string? Small = null)
{
    internal static PictureBody Of(Picture p) =>
        new(p.Name, p.Alt, p.Width, p.Height, $"{PictureEndpoints.Path}/{p.Name}",
            $"{PictureEndpoints.Path}/{p.Name}/small");
}

/// <summary>Pictures of listings: sellers add and drop them, everybody sees them.</summary>
static class PictureEndpoints
{
    /// <summary>Where pictures are shown.</summary>
    public const string Path = "/pictures";

    // What a picture is named by is what it contains: it never changes.
    const string ForEver = "public, max-age=31536000, immutable";

    static readonly Refusal NoPicture = new("listing.not-a-picture", new("listing.add-picture")) { Field = "picture" };

    public static void MapApi(RouteGroupBuilder listings)
    {
        listings.MapPost("/{seller}/{code}/pictures", AddFile).For(Party.Seller).WithName("addPicture")
            .WithMetadata(new RequestSizeLimitAttribute(CsvWrite.MostSent))
            .WithSummary("Show one picture more (JPEG, PNG or WebP, to 4 MB), with words for whoever doesn't see it.");
        listings.MapPost("/{seller}/{code}/pictures/{name}/drop", Drop).For(Party.Seller).WithName("dropPicture")
            .WithSummary("Show a picture no longer.");
    }

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet($"{Path}/{{name}}", (string name, Caller caller, PictureFolder pictures) =>
            Show(name, isSmall: false, caller, pictures)).ForAnybody(limited: false);
        pages.MapGet($"{Path}/{{name}}/small", (string name, Caller caller, PictureFolder pictures) =>
            Show(name, isSmall: true, caller, pictures)).ForAnybody(limited: false);
        pages.MapPost("/listings/{code}/pictures", AddOnPage).AsPage(Party.Seller)
            .WithMetadata(new RequestSizeLimitAttribute(FormUpload.MostSent));
        pages.MapPost("/listings/{code}/pictures/{name}/drop", DropOnPage).AsPage(Party.Seller);
    }

    static IResult Show(string name, bool isSmall, Caller caller, PictureFolder pictures)
    {
        if (pictures.Find(name, isSmall) is not { } file) return Problems.NotFound;
        var headers = caller.Http.Response.Headers;
        headers.CacheControl = ForEver;
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        return Results.File(file, PictureFolder.MediaType);
    }

    /// <summary>A body with the pictures that it names, or what is wrong with them.</summary>
    public static (OfferBody Body, ImmutableArray<Refusal> Faults) Known(OfferBody body, PictureFolder pictures)
    {
        if (body.Pictures is not { } named) return (body, []);
        List<Refusal> faults = [];
        List<PictureBody> known = [];
        foreach (var (i, p) in named.Index())
            if (pictures.Known(p?.Name ?? "", p?.Alt ?? "") is { } picture) known.Add(PictureBody.Of(picture));
            else faults.Add(Listing.NoSuchPicture(i));
        return (body with { Pictures = [.. known] }, [.. faults]);
    }

    static Task<Answer<ListingBody>> AddFile(
        string seller, string code, string? alt, FileWrite write, IPlatform platform, PictureFolder pictures) =>
        Add(seller, code, alt, write, write.Bytes, platform, pictures);

    static async Task<Answer<ListingBody>> Add(
        string seller, string code, string? alt, Write write, byte[] content, IPlatform platform,
        PictureFolder pictures)
    {
        var command = await Command(seller, code, write, platform,
            peers => new Listing.Command.AddPicture(new(new('0', Picture.NameLength), alt ?? "", 1, 1), peers));
        if (command is not (Listing.Command.AddPicture add, { } id)) return Problems.NotFound;
        if (content.Length > PictureFolder.Largest) return Problems.TooLong(PictureFolder.Largest);
        // What could not be shown is not kept: it is tried first, without a file.
        if (await platform.Read(id, write.By.Who, write.By.Cancel) is { } seen
            && Listing.Decide(id, (Listing.State)seen.State, add, seen.Asked).Refusals
                is { IsDefaultOrEmpty: false } no)
            return Problems.Of([.. no.Select(InForm)]);
        if (pictures.Keep(content, alt!.Trim()) is not { } picture) return new Problem(415, NoPicture);
        pictures.Use(picture.Name, platform.Now);                           // nobody takes it away meanwhile
        return await ListingEndpoints.Ask(seller, code, write, platform, add with { Picture = picture });
    }

    // The fields of the form that adds one are not those of the listing.
    static Refusal InForm(Refusal no) => no.Field?.StartsWith("pictures[", StringComparison.Ordinal) is true
        ? no with { Field = no.Field.EndsWith("alt", StringComparison.Ordinal) ? "alt" : "picture" } : no;

    static async Task<Answer<ListingBody>> Drop(
        string seller, string code, string name, BareWrite write, IPlatform platform) =>
        await DropOf(seller, code, name, write, platform);

    static async Task<Answer<ListingBody>> DropOf(
        string seller, string code, string name, Write write, IPlatform platform) =>
        await Command(seller, code, write, platform, peers => new Listing.Command.DropPicture(name, peers))
            is (var command, not null) ? await ListingEndpoints.Ask(seller, code, write, platform, command)
            : Problems.NotFound;

    static async Task<(Listing.Command Command, ListingId? Id)> Command(
        string seller, string code, Write write, IPlatform platform,
        Func<Fact<PeerPrices>?, Listing.Command> made) =>
        ListingId.TryParse($"listing/{seller}/{code}", out var id)
        && await platform.Read(id, write.By.Who, write.By.Cancel) is { State: Listing.State state }
        && Listing.WantedOf(state) is { } wanted
            ? (made(HeldPrices.PeersOf(wanted, platform)), id) : (made(null), null);

    static async Task<IResult> AddOnPage(string code, FormUpload form, IPlatform platform, PictureFolder pictures) =>
        await Then(code, form, platform, "picture-added", form.File is not { } file
            ? Problems.Of([NoPicture])
            : file.Size > PictureFolder.Largest ? Problems.TooLong(PictureFolder.Largest)
            : await Add(ListingPages.CodeOf(form.By), code, form["alt"], form, file.Bytes, platform, pictures));

    static async Task<IResult> DropOnPage(string code, string name, FormWrite form, IPlatform platform) =>
        await Then(code, form, platform, "picture-dropped",
            await DropOf(ListingPages.CodeOf(form.By), code, name, form, platform));

    static async Task<IResult> Then(
        string code, FormWrite form, IPlatform platform, string done, Answer<ListingBody> answer)
    {
        if (answer.Problem is { } problem)
            return await ListingPages.ShowOf(code, form.By, platform, null, problem, null);
        if (answer.Position is { } position) await Positions.AreShown(platform, position, form.By.Cancel);
        return Results.LocalRedirect($"/listings/{code}?done={done}");
    }
}
