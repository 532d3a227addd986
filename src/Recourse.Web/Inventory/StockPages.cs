using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Inventory;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>A seller's stock: what lies where, what is promised, and what is free.</summary>
static class StockPages
{
    const int PerPage = 50, MostMoves = 50, MostExported = 50_000, Batch = 200;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/stock", List).AsPage(Party.Seller);
        pages.MapGet("/stock/export.csv", Export).AsPage(Party.Seller);
        pages.MapGet("/stock/items/{sku}", Get).AsPage(Party.Seller);
        pages.MapPost("/stock/items/{sku}/receipts", Receive).AsPage(Party.Seller);
        pages.MapPost("/stock/items/{sku}/corrections", Correct).AsPage(Party.Seller);
        pages.MapPost("/stock/items/{sku}/alert", SetAlert).AsPage(Party.Seller);
        StockDeals.MapPages(pages);
    }

    static async Task<IResult> List(Caller caller, IPlatform platform, string? find, string? after)
    {
        var sku = find?.Trim().ToLowerInvariant();
        var sought = sku is { Length: > 0 } && Derived.IsCode(sku) ? sku : null;
        var rows = await StockEndpoints.List(caller, platform, null, sought, after, PerPage);
        if (rows.Body is not { } body) return rows;
        if (find is { Length: > 0 } && sought is null) body = new([], null, body.CatchingUp);
        return Pages.Show<StockPage>(Reader.Of(caller.Http), new()
        {
            ["Rows"] = body, ["Sought"] = string.IsNullOrWhiteSpace(find) ? null : find.Trim(), ["After"] = after,
        });
    }

    /// <summary>All of it as a table that can be changed and imported again.</summary>
    public static async Task<IResult> Export(Caller caller, IPlatform platform)
    {
        List<StockItemBody> all = [];
        string? after = null;
        do
        {
            var rows = (await StockEndpoints.List(caller, platform, null, null, after, Batch)).Body!;
            all.AddRange(rows.Items);
            after = rows.Next;
        } while (after is not null && all.Count < MostExported);
        return Csv(StockFile.Write(all), "stock.csv");
    }

    /// <summary>A table to save; with a mark that tells spreadsheets that it is UTF-8.</summary>
    public static IResult Csv(string text, string name) => new Table(text, name);

    sealed class Table(string text, string name) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.CacheControl = "no-store";
            return Results.File(
                [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)], "text/csv; charset=utf-8", name)
                .ExecuteAsync(httpContext);
        }
    }

    static Task<IResult> Get(string sku, Caller caller, IPlatform platform, string? done) =>
        Show(sku, caller, platform, null, null, done);

    static async Task<IResult> Show(
        string sku, Caller caller, IPlatform platform, Problem? refused, FormWrite? form, string? done)
    {
        if (!StockItemId.TryParse($"stock/{CodeOf(caller)}/{sku}", out var id)) return Problems.NotFound;
        var row = platform.Views.Find(StockList.View, $"{id}");
        var body = (await StockEndpoints.Get(CodeOf(caller), sku, caller, platform)).Body;
        if (row is null && body is null) return Problems.NotFound;
        var reader = Reader.Of(caller.Http);
        var moves = body is null ? [] : await platform.History(id, caller.Who, caller.Cancel) ?? [];
        return Pages.Show<StockItemPage>(reader, new()
        {
            ["Reasons"] = StockEndpoints.RulesOf(platform).Corrections,
            ["Usual"] = StockEndpoints.RulesOf(platform).AlertAt, ["Sku"] = sku, ["Row"] = row,
            ["Stock"] = body, ["Sent"] = form?.Sent,
            ["Moves"] = moves.Reverse().Where(r => r.Event is not StockItem.Event.Watched).Take(MostMoves)
                .Select(r => Telling.Of(r, Party.Seller, reader.Texts)).ToImmutableArray(),
            ["Faults"] = refused is null ? ImmutableArray<RefusalBody>.Empty
                : [.. refused.Why.Where(no => no.Field is not null).Select(no => Words.Of(no, reader.Texts))],
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
            ["Done"] = done is not null && reader.Texts.Has($"console.stock.done-{done}") ? $"stock.done-{done}" : null,
        }, refused?.Status ?? 200);
    }

    static Task<IResult> Receive(string sku, FormWrite form, IPlatform platform) => Act(sku, form, platform,
        "received", units => new StockItem.Command.Receive(form["location"], units));

    static Task<IResult> Correct(string sku, FormWrite form, IPlatform platform) => Act(sku, form, platform,
        "corrected", units => new StockItem.Command.Correct(
            form["location"], units, form["reason"], form["note"] is "" ? null : form["note"],
            form["short"] is "yes" ? true : null));

    /// <summary>Without a number, as the rulebook has it.</summary>
    static Task<IResult> SetAlert(string sku, FormWrite form, IPlatform platform) => form["units"] is ""
        ? Ask(sku, form, platform, "alert", new StockItem.Command.AlertAt(null))
        : Act(sku, form, platform, "alert", units => new StockItem.Command.AlertAt(units));

    static async Task<IResult> Act(
        string sku, FormWrite form, IPlatform platform, string done, Func<int, StockItem.Command> command)
    {
        if (!int.TryParse(form["units"], System.Globalization.NumberStyles.AllowLeadingSign,
            System.Globalization.CultureInfo.InvariantCulture, out var units))
            return await Show(sku, form.By, platform, Problems.Of([NoNumber(form["units"])]), form, null);
        return await Ask(sku, form, platform, done, command(units));
    }

    static async Task<IResult> Ask(
        string sku, FormWrite form, IPlatform platform, string done, StockItem.Command command)
    {
        var answer = await StockEndpoints.Ask(CodeOf(form.By), sku, form, platform, command);
        return await After(sku, form, platform, answer, done);
    }

    /// <summary>The item as it is then, or with all that was wrong.</summary>
    public static async Task<IResult> After(
        string sku, FormWrite form, IPlatform platform, Answer<StockBody> answer, string done) =>
        answer.Body is not null ? Results.LocalRedirect($"/stock/items/{sku}?done={done}")
            : await Again(sku, form, platform, answer.Problem!);

    /// <summary>The item with what was filled in, and all that was wrong.</summary>
    public static Task<IResult> Again(string sku, FormWrite form, IPlatform platform, Problem refused) =>
        Show(sku, form.By, platform, refused, form, null);

    public static Refusal NoNumber(string text) =>
        new("stock.no-number", new("stock.mend-units"), ("text", text.Length > 40 ? text[..40] + "…" : text))
        {
            Field = "units",
        };

    static string CodeOf(Caller caller) => ((Actor.Seller)caller.Who).Id.Code;
}
