using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recourse.Adapters.Rates;
using Recourse.Exchange;
using Recourse.Rulebooks;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Where a source's rates are fetched.</summary>
/// <param name="At">When they are first looked for each day, on the clocks of the source's country.</param>
public sealed record RateFetch(string Source, Uri Url, LocalTime At);

/// <summary>How fetching a source's rates goes; in memory since the process began.</summary>
/// <param name="Next">When it is tried next (UTC).</param>
/// <param name="Tried">When it was tried last (UTC); null: not yet.</param>
/// <param name="Came">When it last brought what could be used (UTC); null: not yet.</param>
/// <param name="Failures">How often it failed since then.</param>
/// <param name="Problem">What was wrong the last time, in English; null: nothing.</param>
/// <param name="Unchanged">How often it brought nothing new since the hour that is configured.</param>
/// <param name="Version">Of the source, when it last brought what could be used.</param>
public sealed record FetchLook(
    RateFetch Of, Instant Next, Instant? Tried = null, Instant? Came = null, int Failures = 0, string? Problem = null,
    int Unchanged = 0, long? Version = null);

/// <summary>
/// Fetches rates from where configuration says, each source by itself; without configuration it calls nobody. What
/// fails is tried again, ever more slowly.
/// </summary>
public sealed partial class RateFetcher : BackgroundService
{
    static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);
    static readonly Duration FirstWait = Duration.FromMinutes(1), LongestWait = Duration.FromHours(1);
    static readonly Actor Itself = new Actor.Operator("rates");

    // Sources are late now and then: so often it is looked again within the day.
    const int MostUnchanged = 3;

    readonly IPlatform _platform;
    readonly RateFollower _follower;
    readonly ILogger<RateFetcher> _log;
    readonly RateFeed _feed;
    readonly ConcurrentDictionary<string, FetchLook> _looks = [];

    /// <summary>Ready to be started.</summary>
    public RateFetcher(
        IPlatform platform, Settings settings, HostOptions options, RateFollower follower, ILogger<RateFetcher> log)
    {
        (_platform, _follower, _log, _feed) = (platform, follower, log, new(options.RatePatience));
        foreach (var one in settings.Rates) _looks[one.Source] = new(one, platform.Now);
    }

    /// <summary>How it goes with each source that is fetched.</summary>
    public ImmutableArray<FetchLook> Looks =>
        [.. _looks.Values.OrderBy(l => l.Of.Source, StringComparer.Ordinal)];

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_looks.Keys.Select(source => Keep(source, stoppingToken)));

    async Task Keep(string source, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (_platform.Now >= _looks[source].Next) await One(_looks[source], stop);
                await Task.Delay(Beat, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
            catch (Exception e) when (e is not OutOfMemoryException) { Fail(_looks[source], e.Message); }
        }
    }

    async Task One(FetchLook look, CancellationToken stop)
    {
        switch (await _feed.Fetch(look.Of.Source, look.Of.Url, stop))
        {
            case RateAnswer.Failed no:
                Fail(look, no.Why);
                break;
            case RateAnswer.Read { Sheet: var sheet }:
                Hear(look, await _platform.Ask(
                    new(new RateSourceId(look.Of.Source), new RateSource.Command.Take(sheet), Itself), stop));
                break;
        }
    }

    void Hear(FetchLook look, Outcome outcome)
    {
        if (outcome is not Outcome.Done { State: RateSource.State state } done)
        {
            Fail(look, outcome is Outcome.Refused { Why: var why }
                ? string.Join(' ', why.Select(Texts.In("en", DateTimeZone.Utc).Tell)) : $"{outcome}");
            return;
        }
        var now = _platform.Now;
        var isNew = done.Version != look.Version;
        var unchanged = isNew ? 0 : look.Unchanged + 1;
        var isDone = isNew || unchanged > MostUnchanged;
        _looks[look.Of.Source] = look with
        {
            Tried = now, Came = now, Failures = 0, Problem = null, Unchanged = isDone ? 0 : unchanged,
            Version = done.Version, Next = isDone ? NextAt(look.Of, now) : now + LongestWait,
        };
        if (isNew) _follower.Look();
    }

    void Fail(FetchLook look, string why)
    {
        var (now, wait) = (_platform.Now, FirstWait);
        for (var i = 0; i < look.Failures && wait < LongestWait; i++) wait += wait;
        _looks[look.Of.Source] = look with
        {
            Tried = now, Failures = look.Failures + 1, Problem = why, Next = now + Duration.Min(wait, LongestWait),
        };
        LogFailure(_log, look.Of.Source, look.Of.Url, why);
    }

    /// <summary>The next time that it is that hour there.</summary>
    Instant NextAt(RateFetch of, Instant now)
    {
        var book = _platform.InForce;
        var country = book.Of<RateRules>().Sources.GetValueOrDefault(of.Source)?.Country ?? "";
        var zone = DateTimeZoneProviders.Tzdb[book.Of<Calendars>().Of(country).Zone];
        var today = (now.InZone(zone).Date + of.At).InZoneLeniently(zone).ToInstant();
        return today > now ? today : (now.InZone(zone).Date.PlusDays(1) + of.At).InZoneLeniently(zone).ToInstant();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _feed.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Rates of {Source} could not be fetched from {From}: {Why}")]
    static partial void LogFailure(ILogger log, string source, Uri from, string why);
}
