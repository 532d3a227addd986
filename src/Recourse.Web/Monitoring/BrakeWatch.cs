using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recourse.Checkouts;
using Recourse.Monitoring;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>
/// Looks ahead at what the clock would end, beside what it usually does: by trigger, by seller, by country and by
/// method of payment. Where it is out of the ordinary the brake is put on before any of it ends.
/// </summary>
public sealed partial class BrakeWatch(IPlatform platform, ILogger<BrakeWatch> log) : BackgroundService
{
    const int Page = 200;
    static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    static readonly Duration Rest = Duration.FromSeconds(30);              // by the platform's clock, which may be fast
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
        var ahead = EndsAhead.By(platform, now + rules.Ahead);
        var known = Known();
        if (ahead.Count >= rules.Floor)
            foreach (var rush in Rushes(ahead, rules, now))
                if (!known.Any(b => IsBraked(b, rush.Scope, now, rules)))
                    await platform.Ask(new(BrakeId.Of(rush.Scope, now), new Brake.Command.Pull(
                        new(rush, now, "view/orders")), Itself), cancel);
        await Positions.AreShown(platform, cancel);
        known = Known();
        foreach (var end in ahead)
            if (known.Where(b => b.Until > now && end.IsIn(b.What.Scope)).Max(b => b.Until) is { } until)
                await PutOff(end, until, cancel);
        return known.Count(b => b.State is nameof(Brake.State.On));
    }

    async Task PutOff(Ending end, Instant until, CancellationToken cancel)
    {
        if (OrderId.TryParse(end.Id, out var order))
            await platform.Ask(new(order, new Order.Command.PutOff(until), Itself), cancel);
        else if (CheckoutId.TryParse(end.Id, out var checkout))
            await platform.Ask(new(checkout, new Checkout.Command.PutOff(until), Itself), cancel);
    }

    /// <summary>Whether something like it is on, or was let go a while ago.</summary>
    static bool IsBraked(BrakeRow b, BrakeScope scope, Instant now, BrakeRules rules) =>
        (b.State is nameof(Brake.State.On) || now - b.PulledAt < rules.PauseFor + rules.DecideWithin || b.Until > now)
        && b.What.Scope.Covers(scope);

    ImmutableArray<BrakeRow> Known() => platform.Views.List(BrakeList.View, Scope.Index, Scope.All, null, Page).Rows;

    IEnumerable<Rush> Rushes(List<Ending> ahead, BrakeRules rules, Instant now)
    {
        var before = EndsAhead.Since(platform, now - rules.LookBack - rules.LookBack);
        foreach (var trigger in ahead.GroupBy(r => r.Trigger))
        {
            var all = new BrakeScope(trigger.Key);
            if (Out(all, trigger.Count()) is { } rush)
            {
                yield return rush;
                continue;
            }
            foreach (var one in trigger.Where(r => r.Seller is not null).GroupBy(r => r.Seller))
                if (Out(all with { Seller = one.Key }, one.Count()) is { } ofSeller) yield return ofSeller;
            foreach (var one in trigger.Where(r => r.Country is not null).GroupBy(r => r.Country))
                if (Out(all with { Country = one.Key }, one.Count()) is { } ofCountry) yield return ofCountry;
            foreach (var one in trigger.Where(r => r.Method is not null).GroupBy(r => r.Method))
                if (Out(all with { Method = one.Key }, one.Count()) is { } ofMethod) yield return ofMethod;
        }

        Rush? Out(BrakeScope scope, int due)
        {
            // Twice as far back as is reckoned with, since they are listed by when they began.
            var usual = before.Count(e => e.IsIn(scope)) / 2;
            return rules.IsOut(due, usual) ? new(scope, due, rules.Usual(usual)) : null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Automatic cancellations could not be watched.")]
    static partial void LogFailure(ILogger log, Exception e);
}
