using System.Diagnostics;
using Microsoft.Extensions.Logging;
namespace Recourse.Web;

/// <summary>Something that went wrong on our side, each kind once.</summary>
/// <param name="Where">Which part of the platform logged it.</param>
/// <param name="Text">As it was logged last.</param>
/// <param name="Problem">What was thrown, and where; empty: nothing.</param>
/// <param name="Times">How often since the process began.</param>
/// <param name="At">When last, as this process's stopwatch has it.</param>
sealed record Fault(string Where, string Text, string Problem, long Times, long At)
{
    /// <summary>How long ago, in seconds.</summary>
    public long SecondsAgo => (long)Stopwatch.GetElapsedTime(At).TotalSeconds;
}

/// <summary>Errors that this process logged, for people who don't read logs; in memory since it began.</summary>
sealed class FaultLog : ILoggerProvider
{
    const int Most = 200, Longest = 300;
    static readonly TimeSpan Recent = TimeSpan.FromDays(1);

    readonly Lock _lock = new();
    readonly Dictionary<(string Where, string Kind), Fault> _all = [];

    /// <summary>The latest first.</summary>
    public ImmutableArray<Fault> All
    {
        get { lock (_lock) return [.. _all.Values.OrderByDescending(f => f.At)]; }
    }

    /// <summary>How many kinds there were within a day.</summary>
    public int OfLate
    {
        get { lock (_lock) return _all.Values.Count(f => Stopwatch.GetElapsedTime(f.At) < Recent); }
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Ear(this, categoryName);

    /// <inheritdoc/>
    public void Dispose() { }

    void Hear(string where, string kind, string text, Exception? bug)
    {
        lock (_lock)
        {
            var key = (where, kind);
            var before = _all.GetValueOrDefault(key);
            if (before is null && _all.Count >= Most) _all.Remove(_all.MinBy(f => f.Value.At).Key);
            _all[key] = new(
                where, Cut(text), bug is null ? "" : Cut($"{bug.GetType().Name}: {Origin(bug)}"),
                (before?.Times ?? 0) + 1, Stopwatch.GetTimestamp());
        }
    }

    // What an exception says may hold what a person wrote; where it was thrown doesn't.
    static string Origin(Exception bug) => new StackTrace(bug).GetFrames()
        .Select(f => f.GetMethod()).FirstOrDefault(m => m?.DeclaringType?.Namespace?.StartsWith(
            nameof(Recourse), StringComparison.Ordinal) is true) is { } method
        ? $"{method.DeclaringType!.FullName}.{method.Name}" : bug.Source ?? "";

    static string Cut(string text) => text.Length <= Longest ? text : $"{text[..Longest]}…";

    sealed class Ear(FaultLog log, string where) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is LogLevel.Error or LogLevel.Critical;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            var text = formatter(state, exception);
            var kind = (state as IReadOnlyList<KeyValuePair<string, object?>>)?
                .LastOrDefault(p => p.Key is "{OriginalFormat}").Value?.ToString() ?? text;
            log.Hear(where, $"{kind} {exception?.GetType().Name}", text, exception);
        }
    }
}
