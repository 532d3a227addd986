using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NodaTime.Text;
using Recourse.Ledger;
using Recourse.Orders;
using Recourse.Payouts;
using Recourse.Refunds;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>
/// Reads every number of the control room from where it is cheap: kept counts, ends of indexes, memory. None of it
/// grows with the store.
/// </summary>
sealed class Gauging(IServiceProvider services)
{
    /// <summary>Further than this nobody counts: what is shown is "so many or more".</summary>
    public const int MostCounted = 1_000;

    const string Escrow = "escrow";
    const int MostRefusals = 8, FewAsks = 20;

    readonly Platform _platform = services.GetRequiredService<Platform>();
    readonly Store _store = services.GetRequiredService<Store>();
    readonly Pulse _pulse = services.GetRequiredService<Pulse>();
    readonly Screens _screens = services.GetRequiredService<Screens>();
    readonly FaultLog _faults = services.GetRequiredService<FaultLog>();
    readonly RateFollower _rates = services.GetRequiredService<RateFollower>();
    readonly RateFetcher _fetcher = services.GetRequiredService<RateFetcher>();
    readonly Dictionary<string, (long Position, long Since)> _oldest = [];
    (Instant Now, long At, TimeSpan Cpu)? _before;
    double _pace = 1;

    readonly record struct Reading(string Name, string Tile, long Value, long? Low, long? High, string Href);

    /// <summary>Everything, with what its name's tone has been for how long.</summary>
    public ControlBody Look(Func<string, string, (string Tone, long ForSeconds)> tone)
    {
        var (now, cpu) = (_platform.Now, Advance());
        GaugeBody[] gauges =
        [
            .. Readings(now, cpu).Select(r =>
            {
                var (shown, forSeconds) = tone(r.Name, ToneOf(r));
                return new GaugeBody(r.Name, r.Tile, r.Value, r.Low, r.High, shown, forSeconds, r.Href);
            }),
        ];
        return new(
            now, _pulse.Seconds, [.. gauges],
            [.. OrderEndpoints.States.Select(s => new CountBody(
                Words.StateOf(s), _platform.Views.Count(OrderList.View, OrderList.ByState, s),
                $"/orders?state={Words.StateOf(s)}"))],
            [.. _platform.Views.List(AccountTotals.View, View.ByKey, $"{Escrow}/").Rows.Select(HeldOf)
                .OrderBy(h => h.Amount.Currency.Code, StringComparer.Ordinal)],
            [.. _pulse.Reasons.Take(MostRefusals).Select(r => new CountBody(
                r.Code, r.Count, $"/control/refusals?code={r.Code}"))],
            _pulse.OrdersByMinute.Over(60), First());
    }

    static HeldBody HeldOf(AccountTotal t)
    {
        var currency = Currency.Of(t.Currency);
        return new(new(t.Minor, currency), currency.Decimals, $"/ledger?prefix={t.Kind}&currency={t.Currency}");
    }

    FirstDue? First() => _platform.Views.List(OrderList.View, OrderList.ByDue, Scope.All, null, 1).Rows is [var row]
        ? new(row.Id, Words.StateOf(row.State), Words.Of(row.Awaited!.Owner), row.Awaited.Due,
            $"/orders/{row.Id["order/".Length..]}") : null;

    IEnumerable<Reading> Readings(Instant now, long cpu)
    {
        foreach (var r in OfOrders(now)) yield return r;
        foreach (var r in OfRefusals()) yield return r;
        foreach (var r in OfTheProvider()) yield return r;
        foreach (var r in OfThePipes()) yield return r;
        yield return new("cpu", "load", cpu, 0, 85, "/runtime");
        yield return new("memory", "load", Environment.WorkingSet >> 20, null, null, "/runtime");
        yield return new("asks-waiting", "load", _platform.Asking, 0, 1_000, "/runtime");
        yield return new("ask-p95", "load", _pulse.AskSpans.P95(Pulse.Recent), 0, 500, "/runtime");
    }

    IEnumerable<Reading> OfOrders(Instant now)
    {
        // A random arrival keeps within three deviations of its own mean, nearly always.
        var minutes = _pulse.OrdersByMinute.Over((int)Math.Min(60, _pulse.Seconds / 60));
        var mean = minutes.Length < 10 ? 0 : minutes.Average();
        var spread = 3 * Math.Sqrt(mean) + 1;
        (long? low, long? high) = minutes.Length < 10 ? ((long?)null, (long?)null)
            : ((long)Math.Floor(Math.Max(0, mean - spread)), (long)Math.Ceiling(mean + spread));
        yield return new("orders-minute", "orders", _pulse.Orders.Last(60), low, high, "/orders");

        // The clock acts within moments of its own time, which goes faster in a demo.
        var late = now - Duration.FromSeconds(Math.Max(60, 10 * _pace));
        yield return Due("due-overdue", late, high: 0);
        yield return Due("due-hour", now + Duration.FromHours(1), high: null);
        yield return Waiting("refunds-agent", Party.Agent, high: 0);
        yield return Waiting("refunds-operator", Party.Operator, high: 0);
        yield return Sellers("payouts-held", SellerFunds.Held);
        yield return Sellers("payouts-owing", SellerFunds.Owing);
        yield return new("failing-rules", "people", _screens.Failing, 0, 0, "/control/rules");
        yield return new("faults", "people", _faults.OfLate, 0, 0, "/control/faults");
        // Stale, held for somebody, or not to be fetched: the page says which.
        yield return new(
            "rates", "people", _rates.Known.Where(s => s.Due <= now || s.Doubt is not null).Select(s => s.Sheet.Source)
                .Union(_fetcher.Looks.Where(l => l.Failures > 0).Select(l => l.Of.Source)).Count(), 0, 0,
            RatePages.Path);
    }

    Reading Sellers(string name, string trouble) => new(
        name, "held", _platform.Views.Count(SellerFunds.View, SellerFunds.ByTrouble, trouble), null, null,
        $"{SellerMoneyPages.Path}?state={trouble}");

    Reading Due(string name, Instant by, long? high) => new(
        name, "deadlines",
        _platform.Views.CountFrom(OrderList.View, OrderList.ByDue, Scope.All, OrderList.DueBy(by), MostCounted),
        high, high, $"/orders?dueBefore={InstantPattern.ExtendedIso.Format(by)}");

    Reading Waiting(string name, Party who, long? high) => new(
        name, "people", _platform.Views.Count(RefundList.View, RefundList.ByWaiting, $"{who}"), high, high,
        $"/refunds?waits={Words.Of(who)}");

    IEnumerable<Reading> OfRefusals()
    {
        var (asks, refused) = (_pulse.Asks.Last(Pulse.Recent), _pulse.Refused.Last(Pulse.Recent));
        yield return new("refused-share", "refusals", asks == 0 ? 0 : refused * 100 / asks, asks < FewAsks ? null : 0,
            asks < FewAsks ? null : 25, "/control/refusals");
        yield return new("asks", "refusals", asks, null, null, "/control/refusals");
    }

    IEnumerable<Reading> OfTheProvider()
    {
        const string Tile = "provider", Href = "/runtime#provider";
        var calls = _pulse.Calls.Last(Pulse.Recent);
        yield return new("provider-calls", Tile, calls, null, null, Href);
        yield return new("provider-unknown", Tile, _pulse.UnknownCalls.Last(Pulse.Recent), 0, calls / 20, Href);
        yield return new("provider-failed", Tile, _pulse.FailedCalls.Last(Pulse.Recent), 0, 0, Href);
        var looks = _pulse.Looks.Last(Pulse.Recent);
        yield return new(
            "provider-looks-silent", Tile, _pulse.UnansweredLooks.Last(Pulse.Recent), 0, Math.Max(2, looks / 10), Href);
        yield return new("provider-p95", Tile, _pulse.CallSpans.P95(Pulse.Recent), 0, 2_000, Href);
    }

    IEnumerable<Reading> OfThePipes()
    {
        const string Tile = "pipes", Href = "/runtime";
        var owed = _store.Follower.Backlog();
        yield return new("views-lag", Tile, Math.Max(0, _platform.Position - _store.Views.Position), 0, 2_000, Href);
        yield return new("messages", Tile, owed.Messages, 0, 1_000, Href);
        yield return new("oldest-message", Tile, Age("message", owed.OldestMessage), 0, 60, Href);
        yield return new("calls-open", Tile, owed.Calls, null, null, Href);
        yield return new("oldest-call", Tile, Age("call", owed.OldestCall), 0, 60, Href);
    }

    /// <summary>For how many seconds of real time it has been the oldest: the log's clock may run faster.</summary>
    long Age(string of, long? position)
    {
        var now = Environment.TickCount64;
        if (position is not { } p) { _oldest.Remove(of); return 0; }
        if (!_oldest.TryGetValue(of, out var was) || was.Position != p) _oldest[of] = was = (p, now);
        return (now - was.Since) / 1_000;
    }

    /// <summary>How busy all processors were since the last look, in percent; learns how fast time goes.</summary>
    long Advance()
    {
        var (now, at, cpu) = (_platform.Now, Environment.TickCount64, Environment.CpuUsage.TotalTime);
        var before = _before;
        _before = (now, at, cpu);
        if (before is not { } b || at - b.At < 100) return 0;
        _pace = Math.Max(1, (now - b.Now).TotalMilliseconds / (at - b.At));
        return (long)Math.Round(
            (cpu - b.Cpu).TotalMilliseconds * 100 / (at - b.At) / Environment.ProcessorCount, MidpointRounding.ToEven);
    }

    static string ToneOf(Reading r)
    {
        if (r is { Low: null, High: null }) return "quiet";
        var (low, high) = (r.Low ?? long.MinValue, r.High ?? long.MaxValue);
        if (r.Value >= low && r.Value <= high) return "good";
        return r.Value > high ? high == 0 || r.Value > 3 * high ? "bad" : "warn" : r.Value == 0 ? "bad" : "warn";
    }
}
