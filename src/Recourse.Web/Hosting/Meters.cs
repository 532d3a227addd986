using System.Diagnostics;
using System.Diagnostics.Metrics;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What is measured of this process, under the meter <c>Recourse</c>.</summary>
public sealed class Meters : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = "Recourse";

    readonly Meter _meter = new(Name);
    readonly Counter<long> _asks;
    readonly Histogram<double> _took;

    /// <summary>Watches a platform.</summary>
    public Meters(Platform platform)
    {
        _asks = _meter.CreateCounter<long>("recourse.asks", description: "Asks, by outcome");
        _took = _meter.CreateHistogram<double>("recourse.ask.duration", "s", "From ask to durable answer");
        _meter.CreateObservableGauge("recourse.position", () => platform.Position, description: "Newest durable turn");
        _meter.CreateObservableGauge("recourse.views.lag", () => platform.Position - platform.Views.Position,
            description: "Turns that the views don't show yet");
        _meter.CreateObservableGauge("recourse.asks.waiting",
            () => platform.Asking, description: "Asks without answer");
    }

    /// <summary>One ask is over.</summary>
    public void Asked(Outcome outcome, long startedAt)
    {
        var name = outcome switch
        {
            Outcome.Done    => "done",
            Outcome.Refused => "refused",
            Outcome.Unknown => "unknown",
            Outcome.Fault   => "fault",
            Outcome.Busy    => "busy",
        };
        _asks.Add(1, new KeyValuePair<string, object?>("outcome", name));
        _took.Record(Stopwatch.GetElapsedTime(startedAt).TotalSeconds);
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}

/// <summary>The platform, with each ask measured.</summary>
sealed class MeasuredPlatform(Platform platform, Meters meters, Pulse pulse) : IPlatform
{
    public Instant Now => platform.Now;
    public ImmutableArray<Rulebook> Rulebooks => platform.Rulebooks;
    public IViews Views => platform.Views;
    public long Position => platform.Position;

    public async Task<Outcome> Ask(Ask ask, CancellationToken cancel = default)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var outcome = await platform.Ask(ask, cancel);
        meters.Asked(outcome, startedAt);
        pulse.Hear(ask, outcome, Stopwatch.GetElapsedTime(startedAt), platform.Now);
        return outcome;
    }

    public Task<Seen?> Read(IId id, Actor who, CancellationToken cancel = default) => platform.Read(id, who, cancel);

    public Task<ImmutableArray<Recorded>?> History(IId id, Actor who, CancellationToken cancel = default) =>
        platform.History(id, who, cancel);

    public Task<ImmutableArray<Recorded>> Feed(long after, int turns, CancellationToken cancel = default) =>
        platform.Feed(after, turns, cancel);

    public Task Beyond(long position, TimeSpan limit, CancellationToken cancel = default) =>
        platform.Beyond(position, limit, cancel);
}
