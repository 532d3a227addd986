namespace Recourse.Web;

/// <summary>How often something happened, by steps of real time. In memory, so it knows nothing from before.</summary>
sealed class Tally
{
    readonly long[] _counts;
    readonly int _seconds;
    readonly Lock _gate = new();
    long _newest;

    /// <param name="steps">How many steps it remembers.</param>
    /// <param name="seconds">How long each of them is.</param>
    public Tally(int steps, int seconds)
    {
        (_counts, _seconds) = (new long[steps], seconds);
        _newest = Step;
    }

    long Step => Environment.TickCount64 / 1_000 / _seconds;

    /// <summary>It happened.</summary>
    public void Add(long more = 1)
    {
        lock (_gate)
        {
            TurnTo(Step);
            _counts[_newest % _counts.Length] += more;
        }
    }

    /// <summary>How often in the last steps, with the one that is running.</summary>
    public long Last(int steps) => Newest(steps).Sum();

    /// <summary>How often in each of the last steps that are over, the oldest first.</summary>
    public ImmutableArray<long> Over(int steps) => [.. Newest(steps + 1)[..^1]];

    long[] Newest(int steps)
    {
        lock (_gate)
        {
            TurnTo(Step);
            var found = new long[steps];
            for (var i = 0; i < Math.Min(steps, _counts.Length); i++)
                found[steps - 1 - i] = _counts[(_newest - i + _counts.Length) % _counts.Length];
            return found;
        }
    }

    void TurnTo(long step)
    {
        for (var next = Math.Max(_newest + 1, step - _counts.Length + 1); next <= step; next++)
            _counts[next % _counts.Length] = 0;
        _newest = Math.Max(_newest, step);
    }
}

/// <summary>How long something took, the last times.</summary>
sealed class Spans(int most)
{
    readonly (long At, long Milliseconds)[] _ring = new (long, long)[most];
    readonly Lock _gate = new();
    long _next;

    /// <summary>It took so long.</summary>
    public void Add(TimeSpan span)
    {
        lock (_gate) _ring[_next++ % most] = (Environment.TickCount64, (long)span.TotalMilliseconds);
    }

    /// <summary>What 95 of 100 stayed below in the last seconds; 0: there were none.</summary>
    public long P95(int seconds)
    {
        var since = Environment.TickCount64 - seconds * 1_000L;
        lock (_gate)
        {
            var spans = _ring.AsSpan(0, (int)Math.Min(_next, most)).ToArray().Where(s => s.At >= since)
                .Select(s => s.Milliseconds).Order().ToArray();
            return spans is [] ? 0 : spans[(int)((spans.Length - 1) * 95L / 100)];
        }
    }
}
