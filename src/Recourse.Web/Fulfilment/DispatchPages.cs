using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Which of the orders to hand over a page shows; it lives in its address.</summary>
/// <param name="Due">One of <see cref="Dues"/>; null: whenever.</param>
/// <param name="Country">Where they go; null: anywhere.</param>
/// <param name="Page">From 1.</param>
public sealed record DispatchFilter(string? Due, string? Country, int Page)
{
    /// <summary>By when, as addresses say it.</summary>
    public static readonly ImmutableArray<string> Dues = ["overdue", "today", "tomorrow", "later"];

    /// <summary>The address with other filters.</summary>
    public string Href(string? due, string? country, int page = 1)
    {
        string?[] parts =
        [
            due is null ? null : $"due={due}", country is null ? null : $"country={country}",
            page == 1 ? null : $"page={page.ToString(CultureInfo.InvariantCulture)}",
        ];
        var query = string.Join('&', parts.OfType<string>());
        return query is "" ? "/dispatch" : $"/dispatch?{query}";
    }

    /// <summary>By the reader's own calendar.</summary>
    public static string DueOf(OrderRow row, Reader reader)
    {
        var due = row.Awaited!.Due;
        return due <= reader.Now ? "overdue"
            : Period.DaysBetween(reader.Now.InZone(reader.Zone).Date, due.InZone(reader.Zone).Date) switch
            {
                0 => "today",
                1 => "tomorrow",
                _ => "later",
            };
    }
}

/// <summary>What the page of orders to hand over shows.</summary>
/// <param name="Counts">How many there are by due day, whatever is chosen.</param>
/// <param name="Countries">How many go where, whatever is chosen.</param>
/// <param name="Number">How many are chosen.</param>
/// <param name="IsAll">Whether these are all; else the first 2,000 were looked at.</param>
public sealed record DispatchView(
    DispatchFilter Filter, ImmutableArray<ToDispatchBody> Rows, ImmutableDictionary<string, int> Counts,
    ImmutableArray<(string Country, int Number)> Countries, int Number, int Pages, bool IsAll, bool CatchingUp,
    ImmutableArray<string> Carriers);

/// <summary>Orders to hand over, as a list: one at a time or many in one form.</summary>
static class DispatchPages
{
    const int PerPage = 25;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/dispatch", Get).AsPage(OrderEndpoints.Shippers);
        pages.MapPost("/dispatch", Dispatch).AsPage(OrderEndpoints.Shippers);
    }

    static Task<IResult> Get(
        Caller caller, IPlatform platform, Store store, string? due, string? country, int? page) =>
        Show(caller, platform, store, FilterOf(due, country, page), null, null, null);

    static DispatchFilter FilterOf(string? due, string? country, int? page) => new(
        due is not null && DispatchFilter.Dues.Contains(due) ? due : null,
        string.IsNullOrEmpty(country) ? null : country, Math.Clamp(page ?? 1, 1, 1_000));

    static async Task<IResult> Show(
        Caller caller, IPlatform platform, Store store, DispatchFilter filter, DispatchesBody? answers,
        FormWrite? form, Problem? refused)
    {
        var shown = await Positions.AreShown(platform, caller);
        var reader = Reader.Of(caller.Http);
        var (all, isAll) = ToDispatch.All(caller, platform);
        ImmutableArray<OrderRow> chosen = [.. all.Where(r =>
            (filter.Due is null || DispatchFilter.DueOf(r, reader) == filter.Due)
            && (filter.Country is null || r.Country == filter.Country))];
        var pages = Math.Max(1, (chosen.Length + PerPage - 1) / PerPage);
        filter = filter with { Page = Math.Min(filter.Page, pages) };
        var view = new DispatchView(
            filter, await ToDispatch.Of(
                chosen.Skip((filter.Page - 1) * PerPage).Take(PerPage), caller, platform, store.People),
            all.GroupBy(r => DispatchFilter.DueOf(r, reader)).ToImmutableDictionary(g => g.Key, g => g.Count()),
            [.. all.Where(r => r.Country is not null).GroupBy(r => r.Country!)
                .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => (g.Key, g.Count()))],
            chosen.Length, pages, isAll, !shown, await CarriersUsed.Of(caller, platform));
        return Pages.Show<DispatchPage>(reader, new()
        {
            ["View"] = view, ["Answers"] = answers, ["Sent"] = form?.Sent,
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
        }, refused?.Status ?? 200);
    }

    static async Task<IResult> Dispatch(FormWrite form, IPlatform platform, Store store)
    {
        var filter = FilterOf(form["due"], form["country"], int.TryParse(form["page"], out var page) ? page : 1);
        var lines = DispatchLines.Of(form);
        if (Dispatching.TooMany(lines.Count) is { } no)
            return await Show(form.By, platform, store, filter, null, form, Problems.Of([no]));
        if (lines.Count == 0)
            return await Show(form.By, platform, store, filter, null, form, Problems.Of([Nothing]));
        var answers = await Dispatching.Of(form, lines, platform);
        await Positions.AreShown(platform, form.By.Cancel);
        return await Show(form.By, platform, store, filter, answers, form, null);
    }

    static Refusal Nothing =>
        new("dispatch.nothing-filled-in", new("dispatch.fill-in")) { Field = "number" };
}

/// <summary>The lines of the form: those with a number, and those that were pasted.</summary>
static class DispatchLines
{
    const string Number = "number:", Carrier = "carrier:";

    /// <summary>The field of a row's tracking number.</summary>
    public static string NumberOf(string code) => $"{Number}{code}";

    /// <summary>The field of a row's carrier.</summary>
    public static string CarrierOf(string code) => $"{Carrier}{code}";

    public static List<DispatchLineRequest> Of(FormWrite form)
    {
        var all = form["carrier"];
        List<DispatchLineRequest> lines = [];
        foreach (var (name, value) in form.Sent.Where(f => f.Key.StartsWith(Number, StringComparison.Ordinal))
            .OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            if (string.IsNullOrWhiteSpace(value)) continue;
            var code = name[Number.Length..];
            lines.Add(new(code, form[CarrierOf(code)] is { Length: > 0 } own ? own : all, value.Trim()));
        }
        return [.. lines, .. Pasted(form["pasted"], all)];
    }

    /// <summary>"code carrier number" or "code number", with blanks, tabs, commas or semicolons between.</summary>
    static IEnumerable<DispatchLineRequest> Pasted(string text, string carrier)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var separated = line.Split([',', ';', '\t'], StringSplitOptions.TrimEntries);
            var parts = separated.Length > 1 ? separated : line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
            yield return parts switch
            {
                [var code, var number]              => new(code, carrier, number),
                [var code, var by, var number, ..]  => new(code, by is "" ? carrier : by, number),
                _                                   => new(line, carrier, ""),
            };
        }
    }
}

/// <summary>Whom a seller handed parcels to lately, the last one first: what a field proposes.</summary>
static class CarriersUsed
{
    const int Looked = 12;

    public static async Task<ImmutableArray<string>> Of(Caller caller, IPlatform platform)
    {
        if (caller.Scope is not { } scope) return [];
        var rows = platform.Views.List(OrderList.View, OrderList.ByState,
            OrderList.StateOf(scope, nameof(Order.State.Shipped)), null, Looked).Rows;
        var seen = await Task.WhenAll(rows.Select(r => OrderId.TryParse(r.Id, out var id)
            ? platform.Read(id, caller.Who, caller.Cancel) : Task.FromResult<Seen?>(null)));
        return [.. seen.Select(s => (s?.State as Order.State.Dispatched)?.Handover).OfType<Handover>()
            .OrderByDescending(h => h.At).Select(h => h.Carrier).Distinct()];
    }
}
