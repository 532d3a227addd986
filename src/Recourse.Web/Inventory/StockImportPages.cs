using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>
/// Stock out of a file: first what it would change, then, at a second press, the same once. Between the two the file
/// lies in the page itself, so that nothing has to be kept here and a restart loses nothing.
/// </summary>
static class StockImportPages
{
    const string Template = "sku,location,units,reason\r\n";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/stock/import", Get).AsPage(Party.Seller);
        pages.MapGet("/stock/template.csv", (Caller _) => StockPages.Csv(Template, "stock-template.csv"))
            .AsPage(Party.Seller);
        pages.MapPost("/stock/import", Try).AsPage(Party.Seller)
            .WithMetadata(new RequestSizeLimitAttribute(FormUpload.MostSent));
        pages.MapPost("/stock/import/apply", Apply).AsPage(Party.Seller)
            .WithMetadata(new RequestSizeLimitAttribute(FormUpload.MostSent));
    }

    static IResult Get(Caller caller) => Ask(caller, null, null);

    static IResult Ask(Caller caller, Problem? refused, FormUpload? form)
    {
        var reader = Reader.Of(caller.Http);
        return Pages.Show<StockImportPage>(reader, new()
        {
            ["Mode"] = form?["mode"],
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
        }, refused?.Status ?? 200);
    }

    static async Task<IResult> Try(FormUpload form, IPlatform platform)
    {
        if (form.File is not { } sent)
            return Ask(form.By, Problems.Of([NoFile]), form);
        var file = StockFile.Read(sent.Size > sent.Bytes.Length ? new byte[TableFile.MostBytes + 1] : sent.Bytes);
        if (file.Whole is { } no)
            return Ask(form.By, new Problem(sent.Size > TableFile.MostBytes ? 413 : 422, no), form);
        var import = new StockImport(platform, form.By, form.Key, ModeOf(form));
        return Show(form, await import.Run(file, dryRun: true), sent.Name, Pack(sent.Bytes));
    }

    static async Task<IResult> Apply(FormUpload form, IPlatform platform)
    {
        if (Unpack(form["content"]) is not { } bytes) return Problems.Bad("page.form-is-broken");
        var file = StockFile.Read(bytes);
        if (file.Whole is { } no) return Ask(form.By, Problems.Of([no]), form);
        var import = new StockImport(platform, form.By, form.Key, ModeOf(form));
        var body = await import.Run(file, dryRun: false);
        await Positions.AreShown(platform, form.By.Cancel);
        return Show(form, body, form["name"], null);
    }

    static IResult Show(FormUpload form, StockImportBody body, string name, string? content) =>
        Pages.Show<StockImportResult>(Reader.Of(form.By.Http), new()
        {
            ["Body"] = body, ["Name"] = name, ["Content"] = content, ["Mode"] = body.Mode,
            ["Undo"] = body.Undo is { } undo ? Pack(Encoding.UTF8.GetBytes(undo)) : null,
        });

    static string ModeOf(FormUpload form) =>
        StockImport.Modes.Contains(form["mode"]) ? form["mode"] : StockImport.Modes[0];

    static Refusal NoFile => new Refusal("stockfile.none", new("stockfile.choose")) { Field = "file" };

    /// <summary>A file as a hidden field has it.</summary>
    public static string Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(bytes);
        return Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }

    /// <summary>Never more than a file may be, whatever it says that it is; null: it is no file of ours.</summary>
    public static byte[]? Unpack(string content)
    {
        try
        {
            using var packed = new MemoryStream(Convert.FromBase64String(content));
            using var gzip = new GZipStream(packed, CompressionMode.Decompress);
            var bytes = new byte[TableFile.MostBytes + 1];
            return bytes[..gzip.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is FormatException or InvalidDataException) { return null; }
    }
}
