using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Recourse.Inventory;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>All units of one variant.</summary>
/// <param name="Available">Units that nobody has a claim on.</param>
/// <param name="Reserved">Units kept for orders.</param>
/// <param name="Level"><c>enough</c>, <c>low</c> or <c>out</c>.</param>
/// <param name="AlertAt">The seller is alerted once so few are left.</param>
/// <param name="AlertIsOwn">They chose that number themselves.</param>
/// <param name="Aside">Units set aside for sale prices that nobody has taken yet.</param>
/// <param name="Promotions">Sale prices that run or are to come.</param>
/// <param name="Missing">Units that are promised, and were not there when they were counted.</param>
/// <param name="Limit">How many one buyer may have; left out: as many as there are.</param>
public sealed record StockBody(
    StockItemId Id, int Available, int Reserved, ImmutableArray<ShelfBody> OnHand,
    ImmutableArray<ReservationBody> Reservations, long Received, long Corrected, long Sold, string Level,
    int AlertAt, bool AlertIsOwn, int Aside, ImmutableArray<PromotionBody> Promotions, BuyerLimitBody? Limit = null,
    int Missing = 0);

/// <summary>Units at one location.</summary>
public sealed record ShelfBody(string Location, int Units);

/// <summary>Units kept for one order; until when, or until sold or released.</summary>
public sealed record ReservationBody(string Order, int Units, Instant? Until);

/// <summary>Units arrived.</summary>
public sealed record StockReceipt(string Location, int Units);

/// <summary>A count found so many units.</summary>
/// <param name="Reason">Why it differed, one of the rulebook's (<c>stock.corrections</c>).</param>
/// <param name="Note">Anything more to say about it.</param>
/// <param name="Short">
/// Also what is promised to orders that are paid is missing: their seller is warned, and has ways to keep them.
/// Otherwise fewer than are promised are refused.
/// </param>
public sealed record StockCorrection(
    string Location, int Units, string Reason, string? Note = null, bool Short = false);

/// <summary>How few are few.</summary>
/// <param name="Units">Left out: as the rulebook has it.</param>
public sealed record StockAlert(int? Units = null);

/// <summary>What a seller keeps of one variant, in a list.</summary>
/// <param name="Id">Text of the stock item's id.</param>
/// <param name="Title">What it is called on offer; empty: it never was.</param>
/// <param name="Listing">The listing that offers it; left out: none.</param>
/// <param name="Free">Units that nobody has a claim on.</param>
/// <param name="Level"><c>enough</c>, <c>low</c> or <c>out</c>.</param>
public sealed record StockItemBody(
    string Id, string Sku, string Title, string? Listing, int OnHand, int Reserved, int Free,
    ImmutableArray<ShelfBody> Shelves, string Level);

/// <summary>A seller's stock.</summary>
static class StockEndpoints
{
    public static void Map(IEndpointRouteBuilder v1)
    {
        var stock = v1.MapGroup("/stock").WithTags("Stock");
        stock.MapGet("", List).For(Party.Seller | Party.Staff).WithName("listStock")
            .WithSummary("What a seller keeps, by sku; with sku what begins so.");
        stock.MapPost("/import", Import).For(Party.Seller).WithName("importStock")
            .WithMetadata(new RequestSizeLimitAttribute(CsvWrite.MostSent))
            .WithSummary("Count or receive many at once, out of CSV, or take over what another system says; with "
                + "dryRun nothing is recorded. What it answers as undo takes it back.");
        stock.MapGet("/export.csv", StockPages.Export).For(Party.Seller).WithName("exportStock")
            .WithSummary("All of it, as a CSV that can be imported again.").Produces<string>(200, "text/csv");
        stock.MapGet("/{seller}/{sku}", Get).For(Party.Seller | Party.Staff).WithName("getStock")
            .WithSummary("What lies where, and for whom it is kept.");
        stock.MapPost("/{seller}/{sku}/receipts", Receive).For(Party.Seller).WithName("receiveStock")
            .WithSummary("Units arrived.");
        stock.MapPost("/{seller}/{sku}/corrections", Correct).For(Party.Seller).WithName("correctStock")
            .WithSummary("A count differed from the books; reasons are the rulebook's.");
        stock.MapPut("/{seller}/{sku}/alert", SetAlert).For(Party.Seller).WithName("setStockAlert")
            .WithSummary("Be alerted once so few are left.");
        StockDeals.Map(stock);
    }

    public static async Task<Answer<Rows<StockItemBody>>> List(
        Caller caller, IPlatform platform, string? seller, string? sku, string? after, int? limit)
    {
        var shown = await Positions.AreShown(platform, caller);
        var whose = caller.IsStaff ? seller is null ? null : $"seller/{seller}" : caller.Scope;
        if (whose is null) return new Rows<StockItemBody>([], null, !shown);
        var page = sku is { Length: > 0 }
            ? platform.Views.List(StockList.View, View.ByKey, $"stock/{whose["seller/".Length..]}/{sku}", after,
                Positions.Limit(limit))
            : platform.Views.List(StockList.View, Scope.Index, whose, after, Positions.Limit(limit));
        return new Rows<StockItemBody>(
            [.. await Task.WhenAll(page.Rows.Select(r => Of(r, caller, platform)))], page.Next, !shown);
    }

    /// <summary>The list knows the names, and each stock item how many there are.</summary>
    public static async Task<StockItemBody> Of(StockRow row, Caller caller, IPlatform platform)
    {
        var state = StockItemId.TryParse(row.Id, out var id)
            ? (await platform.Read(id, caller.Who, caller.Cancel))?.State as StockItem.State : null;
        return new(
            row.Id, row.Sku, row.Title, row.Listing, state?.OnHand.Sum(s => s.Units) ?? 0, state?.Reserved ?? 0,
            state?.Available ?? 0, [.. (state?.OnHand ?? []).Select(h => new ShelfBody(h.Location, h.Units))],
            Words.StateOf($"{state?.Level ?? StockLevel.Enough}"));
    }

    public static async Task<Answer<StockBody>> Get(string seller, string sku, Caller caller, IPlatform platform) =>
        StockItemId.TryParse($"stock/{seller}/{sku}", out var id)
        && await platform.Read(id, caller.Who, caller.Cancel) is { } seen
            ? Answer<StockBody>.Of(Of(id, (StockItem.State)seen.State, platform), seen) : Problems.NotFound;

    static Task<Answer<StockBody>> Receive(
        string seller, string sku, WriteOf<StockReceipt> write, IPlatform platform) =>
        Ask(seller, sku, write, platform, new StockItem.Command.Receive(write.Body.Location, write.Body.Units));

    static Task<Answer<StockBody>> Correct(
        string seller, string sku, WriteOf<StockCorrection> write, IPlatform platform) =>
        Ask(seller, sku, write, platform, new StockItem.Command.Correct(
            write.Body.Location, write.Body.Units, write.Body.Reason, write.Body.Note, write.Body.Short ? true : null));

    static Task<Answer<StockBody>> SetAlert(
        string seller, string sku, WriteOf<StockAlert> write, IPlatform platform) =>
        Ask(seller, sku, write, platform, new StockItem.Command.AlertAt(write.Body.Units));

    static async Task<Answer<StockImportBody>> Import(
        CsvWrite write, IPlatform platform, string? mode, bool? dryRun)
    {
        if (mode is not null && !StockImport.Modes.Contains(mode))
            return Problems.Bad("api.no-such-mode", "mode", ("known", string.Join(", ", StockImport.Modes)));
        var file = StockFile.Read(write.Bytes);
        if (file.Whole is { } no) return Problems.Of([no]);
        var import = new StockImport(platform, write.By, write.Key, mode ?? StockImport.Modes[0]);
        return await import.Run(file, dryRun is true);
    }

    public static async Task<Answer<StockBody>> Ask(
        string seller, string sku, Write write, IPlatform platform, StockItem.Command command)
    {
        if (!StockItemId.TryParse($"stock/{seller}/{sku}", out var id)) return Problems.NotFound;
        var outcome = await platform.Ask(write.To(id, command), write.By.Cancel);
        return outcome is Outcome.Done done
            ? Answer<StockBody>.Of(Of(id, (StockItem.State)done.State, platform), done) : Problems.Of(outcome);
    }

    static StockBody Of(StockItemId id, StockItem.State s, IPlatform platform) => new(
        id, s.Available, s.Reserved, [.. s.OnHand.Select(h => new ShelfBody(h.Location, h.Units))],
        [.. s.Reservations.Values.Select(r => new ReservationBody($"{r.Order}", r.Units, r.Until))],
        s.Received, s.Corrected, s.Sold, Words.StateOf($"{s.Level}"),
        s.AlertAt ?? RulesOf(platform).AlertAt, s.AlertAt is not null, s.Aside, StockDeals.Of(s),
        StockDeals.Of(s.Limit), s.Missing.Sum(m => m.Units));

    /// <summary>The rules for stock that are in force.</summary>
    public static StockRules RulesOf(IPlatform platform) =>
        RulebookEndpoints.Current(platform).Of<StockRules>();
}
