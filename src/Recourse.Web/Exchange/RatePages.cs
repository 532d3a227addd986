using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Recourse.Adapters.Rates;
using Recourse.Exchange;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Exchange rates for those who run the platform: what is in force, what waits, and files of more.</summary>
static class RatePages
{
    public const string Path = "/rates";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, (Caller caller, RateDesk desk, string? done) => Show(caller, desk, null, done))
            .AsPage(Party.Operator);
        pages.MapGet($"{Path}/pair", Pair).AsPage(Party.Operator);
        pages.MapPost($"{Path}/file", Try).AsPage(Party.Operator)
            .WithMetadata(new RequestSizeLimitAttribute(FormUpload.MostSent));
        pages.MapPost($"{Path}/file/apply", Apply).AsPage(Party.Operator)
            .WithMetadata(new RequestSizeLimitAttribute(FormUpload.MostSent));
        pages.MapPost($"{Path}/{{source}}", Say).AsPage(Party.Operator);
    }

    static async Task<IResult> Show(Caller caller, RateDesk desk, Problem? refused, string? done)
    {
        var reader = Reader.Of(caller.Http);
        var sources = await desk.Sources(caller);
        var (following, isAll) = desk.Following(null, null);
        return Pages.Show<RatesPage>(reader, new()
        {
            ["Sources"] = sources, ["Silent"] = desk.Silent(sources).ToImmutableArray(), ["Following"] = following,
            ["IsAll"] = isAll, ["Done"] = done is "taken" or "held" or "known" or "dismissed" ? done : null,
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
        }, refused?.Status ?? 200);
    }

    static async Task<IResult> Pair(Caller caller, RateDesk desk, string? from, string? to)
    {
        var reader = Reader.Of(caller.Http);
        var isPair = Currency.TryParse((from ?? "").Trim().ToUpperInvariant(), out var a)
            & Currency.TryParse((to ?? "").Trim().ToUpperInvariant(), out var b) && a != b;
        var (following, isAll) = isPair ? desk.Following(a, b) : ([], true);
        return Pages.Show<RatePairPage>(reader, new()
        {
            ["From"] = isPair ? a.Code : from, ["To"] = isPair ? b.Code : to, ["IsPair"] = isPair,
            ["Points"] = isPair ? await desk.History(a, b, caller) : [], ["Following"] = following, ["IsAll"] = isAll,
        }, isPair ? 200 : 422);
    }

    static async Task<IResult> Try(FormUpload form, RateDesk desk)
    {
        if (form.File is not { } sent) return await Show(form.By, desk, Problems.Of([NoFile]), null);
        if (sent.Size > sent.Bytes.Length)
            return await Show(form.By, desk, RateEndpoints.Unreadable(TooLarge, "file") with { Status = 413 }, null);
        var (sheet, fault) = RateFiles.Read(sent.Bytes);
        return sheet is null ? await Show(form.By, desk, RateEndpoints.Unreadable(fault!, "file"), null)
            : Pages.Show<RatePreviewPage>(Reader.Of(form.By.Http), new()
            {
                ["Preview"] = await desk.Preview(sheet, form.By), ["Name"] = sent.Name,
                ["Content"] = StockImportPages.Pack(sent.Bytes),
            });
    }

    static async Task<IResult> Apply(FormUpload form, IPlatform platform, RateFollower follower, RateDesk desk)
    {
        if (StockImportPages.Unpack(form["content"]) is not { } bytes) return Problems.Bad("page.form-is-broken");
        var (sheet, fault) = RateFiles.Read(bytes);
        if (sheet is null) return await Show(form.By, desk, RateEndpoints.Unreadable(fault!, "file"), null);
        var answer = await RateEndpoints.Say(
            sheet.Source, form, new RateSource.Command.Take(sheet), platform, follower);
        if (answer.Body is not { } body) return await Show(form.By, desk, answer.Problem, null);
        var day = RateLooks.Machine(sheet.Date);
        return Results.LocalRedirect($"{Path}?done={(body.Held?.Date == day ? "held" : "taken")}");
    }

    static async Task<IResult> Say(
        string source, FormWrite form, IPlatform platform, RateFollower follower, RateDesk desk)
    {
        var isRight = form["do"] is "confirm";
        var answer = await RateEndpoints.Say(
            source, form.Choosing(form["do"]), form["date"],
            day => isRight ? new RateSource.Command.Confirm(day) : new RateSource.Command.Dismiss(day), platform,
            follower);
        return answer.Body is null ? await Show(form.By, desk, answer.Problem, null)
            : Results.LocalRedirect($"{Path}?done={(isRight ? "taken" : "dismissed")}");
    }

    static readonly RateFileFault TooLarge = new([$"It is larger than {FormUpload.MostKept >> 20} MB."]);
    static Refusal NoFile => new Refusal("rates.file-missing", new("rates.choose-file")) { Field = "file" };
}
