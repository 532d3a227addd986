using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Inventory;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>All units of one variant.</summary>
/// <param name="Available">Units that nobody has a claim on.</param>
/// <param name="Reserved">Units kept for orders.</param>
public sealed record StockBody(
    StockItemId Id, int Available, int Reserved, ImmutableArray<ShelfBody> OnHand,
    ImmutableArray<ReservationBody> Reservations, long Received, long Corrected, long Sold);

/// <summary>Units at one location.</summary>
public sealed record ShelfBody(string Location, int Units);

/// <summary>Units kept for one order; until when, or until sold or released.</summary>
public sealed record ReservationBody(string Order, int Units, Instant? Until);

/// <summary>Units arrived.</summary>
public sealed record StockReceipt(string Location, int Units);

/// <summary>A count found so many units.</summary>
public sealed record StockCorrection(string Location, int Units, string Reason);

/// <summary>A seller's stock.</summary>
static class StockEndpoints
{
    public static void Map(IEndpointRouteBuilder v1)
    {
        var stock = v1.MapGroup("/stock").WithTags("Stock");
        stock.MapGet("/{seller}/{sku}", Get).For(Party.Seller | Party.Staff).WithName("getStock")
            .WithSummary("What lies where, and for whom it is kept.");
        stock.MapPost("/{seller}/{sku}/receipts", Receive).For(Party.Seller).WithName("receiveStock")
            .WithSummary("Units arrived.");
        stock.MapPost("/{seller}/{sku}/corrections", Correct).For(Party.Seller).WithName("correctStock")
            .WithSummary("A count differed from the books.");
    }

    static async Task<Answer<StockBody>> Get(string seller, string sku, Caller caller, IPlatform platform) =>
        StockItemId.TryParse($"stock/{seller}/{sku}", out var id)
        && await platform.Read(id, caller.Who, caller.Cancel) is { } seen
            ? Answer<StockBody>.Of(Of(id, (StockItem.State)seen.State), seen) : Problems.NotFound;

    static Task<Answer<StockBody>> Receive(
        string seller, string sku, WriteOf<StockReceipt> write, IPlatform platform) =>
        Ask(seller, sku, write, platform, new StockItem.Command.Receive(write.Body.Location, write.Body.Units));

    static Task<Answer<StockBody>> Correct(
        string seller, string sku, WriteOf<StockCorrection> write, IPlatform platform) =>
        Ask(seller, sku, write, platform, new StockItem.Command.Correct(
            write.Body.Location, write.Body.Units, write.Body.Reason));

    static async Task<Answer<StockBody>> Ask(
        string seller, string sku, Write write, IPlatform platform, StockItem.Command command)
    {
        if (!StockItemId.TryParse($"stock/{seller}/{sku}", out var id)) return Problems.NotFound;
        var outcome = await platform.Ask(write.To(id, command), write.By.Cancel);
        return outcome is Outcome.Done done
            ? Answer<StockBody>.Of(Of(id, (StockItem.State)done.State), done) : Problems.Of(outcome);
    }

    static StockBody Of(StockItemId id, StockItem.State s) => new(
        id, s.Available, s.Reserved, [.. s.OnHand.Select(h => new ShelfBody(h.Location, h.Units))],
        [.. s.Reservations.Values.Select(r => new ReservationBody($"{r.Order}", r.Units, r.Until))],
        s.Received, s.Corrected, s.Sold);
}
