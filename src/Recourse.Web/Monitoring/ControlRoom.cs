using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>
/// Looks at the platform once a second while somebody watches, for all of them together; now and then if nobody does,
/// so that it can be said since when something is so.
/// </summary>
sealed partial class ControlRoom(IServiceProvider services, ILogger<ControlRoom> log) : BackgroundService
{
    const long WatchedForMilliseconds = 15_000, FreshForMilliseconds = 1_000, SureAfterMilliseconds = 5_000,
        SeldomEvery = 15;
    static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    readonly Lock _gate = new();
    readonly Dictionary<string, (string Raw, long RawSince, string Tone, long Since)> _tones = [];
    Gauging? _gauging;
    (ControlBody Body, string Json, long At)? _now;
    TaskCompletionSource _next = NewSource();
    long _wantedAt;

    /// <summary>How it is, no older than a second.</summary>
    public ControlBody Now => Visit().Body;

    /// <summary>The same as JSON, made once for everybody.</summary>
    public string Json => Visit().Json;

    /// <summary>Ends with the next look.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    (ControlBody Body, string Json, long At) Visit()
    {
        Volatile.Write(ref _wantedAt, Environment.TickCount64);
        return Look(FreshForMilliseconds);
    }

    (ControlBody Body, string Json, long At) Look(long freshFor)
    {
        lock (_gate)
        {
            if (_now is { } now && Environment.TickCount64 - now.At < freshFor) return now;
            _gauging ??= new(services);
            var body = _gauging.Look(Tone);
            var json = JsonSerializer.Serialize(body, services.GetRequiredService<ApiJson>().Options);
            return (_now = (body, json, Environment.TickCount64)).Value;
        }
    }

    /// <summary>
    /// A number that leaves its band for a moment is no news: it has to stay outside for some seconds.
    /// </summary>
    (string Tone, long ForSeconds) Tone(string name, string raw)
    {
        var now = Environment.TickCount64;
        if (!_tones.TryGetValue(name, out var was)) was = (raw, now, raw is "bad" or "warn" ? "good" : raw, now);
        if (was.Raw != raw) was = was with { Raw = raw, RawSince = now };
        var isSure = raw is "good" or "quiet" || now - was.RawSince >= SureAfterMilliseconds;
        if (was.Tone != raw && isSure) was = was with { Tone = raw, Since = was.RawSince };
        _tones[name] = was;
        return (was.Tone, (now - was.Since) / 1_000);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat);
        for (var beats = 1L; await timer.WaitForNextTickAsync(stoppingToken); beats++)
        {
            var isWatched = Environment.TickCount64 - Volatile.Read(ref _wantedAt) < WatchedForMilliseconds;
            if (!isWatched && beats % SeldomEvery != 0) continue;
            try { Look(freshFor: 0); }
            catch (Exception e) when (e is not OutOfMemoryException) { LogBlind(log, e); }
            Interlocked.Exchange(ref _next, NewSource()).TrySetResult();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The control room sees nothing at the moment")]
    static partial void LogBlind(ILogger log, Exception why);

    static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
