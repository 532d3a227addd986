using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Reasons;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>
/// Looks through what sellers cancelled, by the same rules as <c>recourse reasons audit</c>: once a count that soon
/// after would have said that a shelf was empty, and until the time is over in which the item may be sold dearer. What
/// speaks against a reason is raised once; a restart looks at all of it again, which changes nothing.
/// </summary>
public sealed partial class ReasonAuditor(IPlatform platform, Store store, ILogger<ReasonAuditor> log)
    : BackgroundService
{
    const int Page = 200, MostTurns = 20_000;
    static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);
    // By the platform's clock, which may be fast.
    static readonly Duration OftenEnough = Duration.FromHours(1), OldestPlaced = Duration.FromDays(60);
    static readonly Actor Itself = new Actor.Operator("reasons");

    Instant _looked;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Beat, stoppingToken);
                if (platform.Now - _looked >= OftenEnough) await Look(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
            catch (Exception e) when (e is not OutOfMemoryException) { LogFailure(log, e); }
        }
    }

    /// <summary>Looks now; how many were raised.</summary>
    public async Task<int> Look(CancellationToken cancel)
    {
        await Positions.AreShown(platform, cancel);
        var (now, rules) = (platform.Now, platform.InForce.Of<ReasonRules>().Find);
        var raised = await LookAtWhole(rules, now, cancel) + await LookAtParts(rules, now, cancel);
        _looked = now;
        return raised;
    }

    async Task<int> LookAtWhole(FinderRules rules, Instant now, CancellationToken cancel)
    {
        var raised = 0;
        for (string? after = null; ;)
        {
            var page = platform.Views.List(
                OrderList.View, OrderList.ByState, nameof(Order.State.Cancelled), after, Page);
            foreach (var row in page.Rows)
                if (SellerReason.Of(row.Statement) is not null && OrderId.TryParse(row.Id, out var id)
                    && await platform.Read(id, Itself, cancel) is { State: Order.State.Cancelled s }
                    && await Look(id, s.Deal.Buyer, s.Settlement, s.Why, null, rules, now, cancel)) raised++;
            // The newest are listed first; what was placed long ago was cancelled long ago.
            if ((after = page.Next) is null || page.Rows[^1].PlacedAt < now - OldestPlaced) return raised;
        }
    }

    /// <summary>Of orders that went on the register has what they gave up, the newest first.</summary>
    async Task<int> LookAtParts(FinderRules rules, Instant now, CancellationToken cancel)
    {
        var raised = 0;
        foreach (var reason in SellerReason.All)
            for (string? after = null; ;)
            {
                var page = platform.Views.List(
                    ReasonRegister.View, ReasonRegister.ByCode, reason, after, Page);
                foreach (var row in page.Rows)
                    if (row is { Kind: "order", Outcome: "order.reduced" } && OrderId.TryParse(row.Of, out var id)
                        && await PartOf(id, row.IssuedAt, cancel) is var (buyer, e)
                        && await Look(id, buyer, e.Settlement, e.Why, e.Settlement.Nth, rules, now, cancel)) raised++;
                if ((after = page.Next) is null || page.Rows[^1].IssuedAt < now - OldestPart(rules)) break;
            }
        return raised;
    }

    async Task<(BuyerId Buyer, Order.Event.Reduced What)?> PartOf(OrderId id, Instant at, CancellationToken cancel) =>
        await platform.Read(id, Itself, cancel) is { State: Order.State.Dealt { Deal.Buyer: var buyer } }
        && (await platform.History(id, Itself, cancel))?.Select(r => r.Event).OfType<Order.Event.Reduced>()
            .FirstOrDefault(e => e.Why.IssuedAt == at) is { } part ? (buyer, part) : null;

    static Duration OldestPart(FinderRules rules) => rules.DearerWithin + 2 * OftenEnough;

    async Task<bool> Look(
        OrderId id, BuyerId buyer, Settlement gone, Statement why, int? nth, FinderRules rules, Instant now,
        CancellationToken cancel)
    {
        if (why.By != new DecidedBy.Person(Party.Seller) || !gone.IsPaid) return false;
        var age = now - why.IssuedAt;
        var what = new Flagged(id, buyer, why.Code, why.IssuedAt, [], gone.Lines, nth);
        if (age < rules.CountedWithin || age > OldestPart(rules)
            || await platform.Read(what.Case, Itself, cancel) is not null) return false;
        var flags = TradeLog.Of(LogOf(id, gone)).Flags(rules)
            .Where(f => f.Order == $"{id}" && f.EndedAt == why.IssuedAt).ToList();
        if (flags.Count == 0) return false;
        what = what with
        {
            Against = [.. flags.Select(f => new Contradiction(f.Code, f.Facts)).DistinctBy(c => c.Code)],
        };
        var outcome = await platform.Ask(
            new(what.Case, new ReasonCase.Command.Raise(new(what, now, "journal")), Itself), cancel);
        return outcome is Outcome.Done;
    }

    /// <summary>All that happened to its items, and to what was ordered of them: each turn of an item has its orders'.
    /// </summary>
    IEnumerable<Recorded> LogOf(OrderId id, Settlement gone)
    {
        var positions = gone.Lines.Select(l => (IId)new StockItemId(id.Seller, l.Sku)).Distinct()
            .Concat(gone.Lines.Select(l => (IId)l.Listing).Distinct())
            .SelectMany(store.Follower.Positions).Distinct().Order().TakeLast(MostTurns).ToList();
        return store.Journal.At(positions).SelectMany(t => Recordings.Of(t.Position, t.Turn));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Cancellations could not be looked through.")]
    static partial void LogFailure(ILogger log, Exception e);
}
