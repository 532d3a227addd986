namespace Recourse.Web;

/// <summary>What somebody before the door is told.</summary>
/// <param name="Place">How many are before them, themselves counted; 0: they may come in.</param>
/// <param name="Seconds">After how many seconds it is their turn.</param>
/// <param name="Ticket">What keeps their place; null: the line is too long to stand in.</param>
public readonly record struct Turnstile(int Place, int Seconds, string? Ticket)
{
    /// <summary>Whether they may come in.</summary>
    public bool IsOpen => Place == 0;
}

/// <summary>
/// First come, first served: whoever comes gets the next instant at which the door lets one in, and a ticket that keeps
/// it. So place and time are known at once, and nobody who comes later is let in sooner. Of this process alone.
/// </summary>
/// <param name="perSecond">How many are let in each second.</param>
/// <param name="atOnce">How many may come at once after a quiet time.</param>
public sealed class FairQueue(double perSecond, int atOnce)
{
    /// <summary>Longer than this nobody stands in line.</summary>
    public static readonly Duration MostWait = Duration.FromMinutes(10);

    // Who comes back later than this has lost their place.
    static readonly Duration KeptFor = Duration.FromMinutes(2);
    const int MostTickets = 200_000, MostLines = 100_000;

    readonly Lock _gate = new();
    readonly Duration _each = Duration.FromSeconds(1 / perSecond);
    readonly Dictionary<string, Instant> _next = [];
    readonly Dictionary<string, (string Who, Instant Due)> _tickets = [];
    readonly Queue<(string Ticket, Instant Until)> _old = [];

    /// <summary>Asks to be let in to a line.</summary>
    /// <param name="who">A ticket is theirs alone.</param>
    /// <param name="ticket">One that they were given; null: they come for the first time.</param>
    public Turnstile Ask(string line, string who, string? ticket, Instant now)
    {
        lock (_gate)
        {
            Forget(now);
            if (ticket is not null && Find(ticket, who, out var due))
            {
                if (due > now) return Waiting(due - now, ticket);
                _tickets.Remove(ticket);                                    // a place is taken once
                return default;
            }
            return Come(line, who, now);
        }
    }

    /// <summary>Whether somebody has that ticket.</summary>
    public bool Knows(string ticket, string who)
    {
        lock (_gate) return Find(ticket, who, out _);
    }

    Turnstile Come(string line, string who, Instant now)
    {
        // After a quiet time so many may come at once, and no more.
        var earliest = now - _each * (atOnce - 1);
        var due = _next.TryGetValue(line, out var next) && next > earliest ? next : earliest;
        if (due - now > MostWait || _tickets.Count >= MostTickets) return Waiting(due - now, null);
        if (_next.Count >= MostLines) _next.Clear();
        _next[line] = due + _each;
        if (due <= now) return default;
        var ticket = $"{Guid.NewGuid():n}";
        _tickets[ticket] = (who, due);
        _old.Enqueue((ticket, due + KeptFor));
        return Waiting(due - now, ticket);
    }

    Turnstile Waiting(Duration wait, string? ticket)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        return new(Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds * perSecond)), seconds, ticket);
    }

    bool Find(string ticket, string who, out Instant due)
    {
        var found = _tickets.TryGetValue(ticket, out var kept) && kept.Who == who;
        due = kept.Due;
        return found;
    }

    // Tickets of different lines grow old in another order than they were given: each by its own end, soon after.
    void Forget(Instant now)
    {
        while (_old.TryPeek(out var oldest) && oldest.Until < now) _tickets.Remove(_old.Dequeue().Ticket);
    }
}
