using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recourse.Monitoring;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>
/// Looks ahead at what the clock would cancel, beside what it usually does: by trigger, by seller and by country. Where
/// it is out of the ordinary the brake is put on before any of it ends.
/// </summary>
public sealed partial class BrakeWatch(IPlatform platform, ILogger<BrakeWatch> log) : BackgroundService
{
    const int Page = 200, MostRows = 50_000;
    static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    static readonly Duration Rest = Duration.FromSeconds(30);               // by the platform's clock, which may be fast
    static readonly Actor Itself = new Actor.Operator("brake");

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var last = platform.Now; !stoppingToken.IsCancellationRequested;)
        {
            try
            {
                await Task.Delay(Beat, stoppingToken);
                if (platform.Now < last + Rest) continue;
                last = platform.Now;
                await Look(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
            catch (Exception e) when (e is not OutOfMemoryException) { LogFailure(log, e); }
        }
    }

    /// <summary>Looks now; how many brakes are on.</summary>
    public async Task<int> Look(CancellationToken cancel)
    {
        await Positions.AreShown(platform, cancel);
        var (now, rules) = (platform.Now, platform.InForce.Of<BrakeRules>());
        var ahead = Of(platform, now + rules.Ahead);
        var known = Known();
        if (ahead.Count >= rules.Floor)
            foreach (var rush in Rushes(ahead, rules, now))
                if (!known.Any(b => IsBraked(b, rush.Scope, now, rules)))
                    await platform.Ask(new(BrakeId.Of(rush.Scope, now), new Brake.Command.Pull(
                        new(rush, now, "view/orders")), Itself), cancel);
        await Positions.AreShown(platform, cancel);
        known = Known();
        foreach (var row in ahead)
            if (known.Where(b => b.Until > now && Covers(b.What.Scope, row)).Max(b => b.Until) is { } until
                && OrderId.TryParse(row.Id, out var id))
                await platform.Ask(new(id, new Order.Command.PutOff(until), Itself), cancel);
        return known.Count(b => b.State is nameof(Brake.State.On));
    }

    /// <summary>Whether something like it is on, or was let go a while ago.</summary>
    static bool IsBraked(BrakeRow b, BrakeScope scope, Instant now, BrakeRules rules) =>
        (b.State is nameof(Brake.State.On) || now - b.PulledAt < rules.PauseFor + rules.DecideWithin || b.Until > now)
        && b.What.Scope.Trigger == scope.Trigger
        && (b.What.Scope.Seller is null || b.What.Scope.Seller == scope.Seller)
        && (b.What.Scope.Country is null || b.What.Scope.Country == scope.Country);

    static bool Covers(BrakeScope scope, OrderRow row) => row.Awaited is { } d
        && scope.Covers(d.Then, row.Seller, row.Country);

    ImmutableArray<BrakeRow> Known() => platform.Views.List(BrakeList.View, Scope.Index, Scope.All, null, Page).Rows;

    /// <summary>What the clock would cancel by an instant, the soonest first.</summary>
    internal static List<OrderRow> Of(IPlatform platform, Instant by)
    {
        List<OrderRow> rows = [];
        for (string? after = null; ;)
        {
            var page = platform.Views.List(OrderList.View, OrderList.ByDue, OrderList.DueFor(Scope.All, Party.None),
                after,
                Page);
            rows.AddRange(page.Rows.Where(r => r.Awaited is { } d && d.Due <= by
                && d.Then.StartsWith("cancel.", StringComparison.Ordinal)));
            if ((after = page.Next) is null || page.Rows[^1].Awaited?.Due > by || rows.Count >= MostRows) return rows;
        }
    }

    IEnumerable<Rush> Rushes(List<OrderRow> ahead, BrakeRules rules, Instant now)
    {
        var before = Before(now - rules.LookBack - rules.LookBack);
        foreach (var trigger in ahead.GroupBy(r => r.Awaited!.Then))
        {
            var all = new BrakeScope(trigger.Key);
            if (Out(all, trigger.Count()) is { } rush)
            {
                yield return rush;
                continue;
            }
            foreach (var one in trigger.GroupBy(r => r.Seller))
                if (Out(all with { Seller = one.Key }, one.Count()) is { } ofSeller) yield return ofSeller;
            foreach (var one in trigger.Where(r => r.Country is not null).GroupBy(r => r.Country))
                if (Out(all with { Country = one.Key }, one.Count()) is { } ofCountry) yield return ofCountry;
        }

        Rush? Out(BrakeScope scope, int due)
        {
            // Twice as far back as is reckoned with, since orders are listed by when they were placed.
            var usual = before.Count(r => scope.Covers(r.Statement!, r.Seller, r.Country)) / 2;
            return rules.IsOut(due, usual) ? new(scope, due, rules.Usual(usual)) : null;
        }
    }

    List<OrderRow> Before(Instant since)
    {
        List<OrderRow> rows = [];
        for (string? after = null; ;)
        {
            var page = platform.Views.List(
                OrderList.View, OrderList.ByState, nameof(Order.State.Cancelled), after, Page);
            rows.AddRange(page.Rows.Where(r => r.Statement is not null && r.PlacedAt >= since));
            if ((after = page.Next) is null || page.Rows[^1].PlacedAt < since || rows.Count >= MostRows) return rows;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Automatic cancellations could not be watched.")]
    static partial void LogFailure(ILogger log, Exception e);
}
