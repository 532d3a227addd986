using System.Collections.Concurrent;
using System.Diagnostics;
namespace Recourse.Web;

/// <summary>A bucket for each key, filled steadily: bursts of ten seconds' worth, then the average.</summary>
public sealed class RateLimits(Settings settings)
{
    const int BurstSeconds = 10, MostBuckets = 100_000;

    // Trying a password or a code costs people little and a guesser much.
    const int TriesAtOnce = 20, RequestsToATry = 600, LettersAtOnce = 5, RequestsToALetter = 60_000;

    readonly double _perSecond = settings.RequestsPerMinute / 60.0;
    readonly double _most = Math.Max(1, settings.RequestsPerMinute / 60.0 * BurstSeconds);
    readonly ConcurrentDictionary<string, Bucket> _buckets = [];
    int _many;                                                              // counting them locks all of them

    sealed class Bucket(double tokens)
    {
        public double Tokens = tokens;
        public long At = Stopwatch.GetTimestamp();
    }

    /// <summary>What the limit is, as the header <c>RateLimit-Policy</c> says it.</summary>
    public string Policy { get; } = $"\"default\";q={settings.RequestsPerMinute};w=60";

    /// <summary>One request: how many are left, and how many seconds to wait; 0: it may pass.</summary>
    public (long Left, int Wait) Take(string who) => Take(who, _perSecond, _most);

    /// <summary>One try at a secret: how many seconds to wait; 0: it may be tried.</summary>
    public int Try(string who) => Take($"try {who}", _perSecond / RequestsToATry, TriesAtOnce).Wait;

    /// <summary>A letter to somebody that anybody can ask for: seconds to wait; 0: it may be sent.</summary>
    public int Letter(string to) => Take($"letter {to}", _perSecond / RequestsToALetter, LettersAtOnce).Wait;

    (long Left, int Wait) Take(string who, double perSecond, double most)
    {
        if (!_buckets.TryGetValue(who, out var bucket))
        {
            if (Interlocked.Increment(ref _many) > MostBuckets)             // a flood of strangers starts anew
            {
                _buckets.Clear();
                Volatile.Write(ref _many, 0);
            }
            bucket = _buckets.GetOrAdd(who, static (_, most) => new(most), most);
        }
        lock (bucket)
        {
            var now = Stopwatch.GetTimestamp();
            bucket.Tokens = Math.Min(
                most, bucket.Tokens + Stopwatch.GetElapsedTime(bucket.At, now).TotalSeconds * perSecond);
            bucket.At = now;
            if (bucket.Tokens < 1) return (0, (int)Math.Ceiling((1 - bucket.Tokens) / perSecond));
            bucket.Tokens--;
            return ((long)bucket.Tokens, 0);
        }
    }
}
