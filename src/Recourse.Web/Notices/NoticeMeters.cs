using System.Diagnostics.Metrics;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What is measured of telling people, under the same meter as everything else.</summary>
sealed class NoticeMeters : IDisposable
{
    readonly Meter _meter = new(Meters.Name);
    readonly Counter<long> _mailed, _delivered;

    public NoticeMeters(IPlatform platform, NoticeFile notices, HookFile hooks)
    {
        _mailed = _meter.CreateCounter<long>("recourse.mail.tries", description: "Letters handed over, by outcome");
        _delivered = _meter.CreateCounter<long>(
            "recourse.webhook.tries", description: "Calls of endpoints, by outcome");
        _meter.CreateObservableGauge("recourse.notices.lag",
            () => Math.Max(0, platform.Position - notices.Position), description: "Turns that nobody was told of yet");
        _meter.CreateObservableGauge(
            "recourse.mail.waiting", () => notices.Letters().Count, description: "Letters not handed over yet");
        _meter.CreateObservableGauge("recourse.webhook.waiting", () => hooks.Waiting().Count,
            description: "Events that endpoints don't have yet");
        _meter.CreateObservableGauge("recourse.webhook.failing",
            () => hooks.Hooks.Count(h => h.State is HookState.Failing), description: "Endpoints that were given up");
    }

    /// <summary>A letter was tried.</summary>
    public void Mailed(string outcome) => _mailed.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>An endpoint was tried.</summary>
    public void Delivered(string outcome) =>
        _delivered.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
