using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Recourse.Catalog;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>
/// Listings out of a file and into one: first what it would change, then, at a second press, the same once, and a third
/// that takes it back.
/// </summary>
static class ListingImportPages
{
    const int MostExported = 50_000, Batch = 200;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/listings/import", Get).AsPage(Party.Seller);
        pages.MapGet("/listings/template.csv", (Caller _) =>
                StockPages.Csv($"{ListingFile.Start(expects: false)}", "listings-template.csv"))
            .AsPage(Party.Seller);
        pages.MapGet("/listings/export.csv", Export).AsPage(Party.Seller);
        pages.MapPost("/listings/import", Try).AsPage(Party.Seller)
            .WithMetadata(new RequestSizeLimitAttribute(FormUpload.MostSent));
        pages.MapPost("/listings/import/apply", Apply).AsPage(Party.Seller)
            .WithMetadata(new RequestSizeLimitAttribute(FormUpload.MostSent));
    }

    public static void MapApi(RouteGroupBuilder listings)
    {
        listings.MapPost("/import", Import).For(Party.Seller).WithName("importListings")
            .WithMetadata(new RequestSizeLimitAttribute(CsvWrite.MostSent))
            .WithSummary("Offer or change many at once, out of CSV, a line a variant; with dryRun nothing is recorded. "
                + "What it answers as undo takes it back.");
        listings.MapGet("/export.csv", Export).For(Party.Seller).WithName("exportListings")
            .WithSummary("All of a seller's own, as a CSV that can be imported again.")
            .Produces<string>(200, "text/csv");
    }

    static async Task<Answer<ListingImportBody>> Import(CsvWrite write, IPlatform platform, bool? dryRun)
    {
        var file = ListingFile.Read(write.Bytes);
        if (file.Whole is { } no) return Problems.Of([no]);
        return await new ListingImport(platform, write.By, write.Key).Run(file, dryRun is true);
    }

    static async Task<IResult> Export(Caller caller, IPlatform platform)
    {
        await Positions.AreShown(platform, caller);
        var text = ListingFile.Start(expects: false);
        string? after = null;
        var lines = 0;
        do
        {
            var page = platform.Views.List(ShopWindow.View, Scope.Index, caller.Scope!, after, Batch);
            foreach (var row in page.Rows)
            {
                var (listing, state) = (ListingEndpoints.Of(row), ListingEndpoints.StateOf(row.State));
                foreach (var v in listing.Offer!.Variants)
                    ListingFile.Write(text, OrderTable.CodeOf(row.Id), listing.Offer, v,
                        state is "offered" or "paused" ? state : "", null);
                lines += listing.Offer.Variants.Length;
            }
            after = page.Next;
        } while (after is not null && lines < MostExported);
        return StockPages.Csv($"{text}", "listings.csv");
    }

    static IResult Get(Caller caller) => Ask(caller, null);

    static IResult Ask(Caller caller, Problem? refused)
    {
        var reader = Reader.Of(caller.Http);
        return Pages.Show<ListingImportPage>(reader, new()
        {
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
        }, refused?.Status ?? 200);
    }

    static async Task<IResult> Try(FormUpload form, IPlatform platform)
    {
        if (form.File is not { } sent) return Ask(form.By, Problems.Of([NoFile]));
        var file = ListingFile.Read(sent.Size > sent.Bytes.Length ? new byte[TableFile.MostBytes + 1] : sent.Bytes);
        if (file.Whole is { } no) return Ask(form.By, new Problem(sent.Size > TableFile.MostBytes ? 413 : 422, no));
        var body = await new ListingImport(platform, form.By, form.Key).Run(file, dryRun: true);
        return Show(form, body, sent.Name, StockImportPages.Pack(sent.Bytes));
    }

    static async Task<IResult> Apply(FormUpload form, IPlatform platform)
    {
        if (StockImportPages.Unpack(form["content"]) is not { } bytes) return Problems.Bad("page.form-is-broken");
        var file = ListingFile.Read(bytes);
        if (file.Whole is { } no) return Ask(form.By, Problems.Of([no]));
        var body = await new ListingImport(platform, form.By, form.Key).Run(file, dryRun: false);
        await Positions.AreShown(platform, form.By.Cancel);
        return Show(form, body, form["name"], null);
    }

    static IResult Show(FormUpload form, ListingImportBody body, string name, string? content) =>
        Pages.Show<ListingImportResult>(Reader.Of(form.By.Http), new()
        {
            ["Body"] = body, ["Name"] = name, ["Content"] = content,
            ["Undo"] = body.Undo is { } undo ? StockImportPages.Pack(Encoding.UTF8.GetBytes(undo)) : null,
        });

    static Refusal NoFile => new Refusal("listingfile.none", new("listingfile.choose")) { Field = "file" };
}
