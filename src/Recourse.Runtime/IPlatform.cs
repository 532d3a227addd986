namespace Recourse.Runtime;

/// <summary>All that an edge (page, endpoint, command line) knows of what carries decisions out.</summary>
public interface IPlatform
{
    /// <summary>The platform's clock (UTC).</summary>
    Instant Now { get; }

    /// <summary>Every edition of the rulebook, oldest first.</summary>
    ImmutableArray<Rulebook> Rulebooks { get; }

    /// <summary>The edition that is in force.</summary>
    Rulebook InForce => new Asked(new Actor.Clock(), Now, Rulebooks).InForce;

    /// <summary>Views to look things up in.</summary>
    IViews Views { get; }

    /// <summary>Asks, and waits until what was decided is durable.</summary>
    Task<Outcome> Ask(Ask ask, CancellationToken cancel = default);

    /// <summary>Null if there is no such thing or it is none of the reader's business: nobody can tell which.</summary>
    Task<Seen?> Read(IId id, Actor who, CancellationToken cancel = default);

    /// <summary>What happened to one aggregate, oldest first; null as with <see cref="Read"/>.</summary>
    Task<ImmutableArray<Recorded>?> History(IId id, Actor who, CancellationToken cancel = default);

    /// <summary>What was recorded after a position, in order, at most so many turns; for everybody's feed.</summary>
    Task<ImmutableArray<Recorded>> Feed(long after, int turns, CancellationToken cancel = default);

    /// <summary>The position of the newest durable turn.</summary>
    long Position { get; }

    /// <summary>Ends when something beyond that position is durable, or after the limit.</summary>
    Task Beyond(long position, TimeSpan limit, CancellationToken cancel = default);
}

/// <summary>A command on its way in.</summary>
/// <param name="Key">Idempotency key, per actor; null for what is safe to say twice.</param>
/// <param name="UntilSettled">Wait for the outcome of the whole flow, not just for the first turn.</param>
/// <param name="RequestHash">Hash of what the asker sent, without gathered facts; null: of the command.</param>
/// <param name="IfVersion">Refused as <c>kernel.version-changed</c> if the aggregate has moved on from it.</param>
public sealed record Ask(
    IId Target, object Command, Actor Who, string? Key = null, bool UntilSettled = false, long? IfVersion = null,
    ulong? RequestHash = null);

/// <summary>What became of an ask.</summary>
public closed record Outcome
{
    /// <summary>Durable. The version and state are the aggregate's; readers of views wait for the position.</summary>
    public sealed record Done(long Version, long Position, object State) : Outcome;

    /// <summary>Nothing was recorded, for all these reasons.</summary>
    public sealed record Refused(ImmutableArray<Refusal> Why) : Outcome;

    /// <summary>It may have been recorded: the same ask with the same key finds out.</summary>
    public sealed record Unknown : Outcome;

    /// <summary>A bug of ours stopped it; nothing was recorded.</summary>
    public sealed record Fault(string What) : Outcome;

    /// <summary>Too many wait already; nothing was recorded.</summary>
    public sealed record Busy(int RetryAfterSeconds) : Outcome;
}

/// <summary>A state as someone sees it, with what it takes to try a decision on it.</summary>
public sealed record Seen(IId Id, object State, long Version, long Position, Party As, Asked Asked);

/// <summary>Rows of views.</summary>
public interface IViews
{
    /// <summary>How far the views have come.</summary>
    long Position { get; }

    /// <summary>True once they show the position; false if they don't within the limit ("catching up").</summary>
    Task<bool> CaughtUp(long position, TimeSpan limit, CancellationToken cancel = default);

    /// <summary>One row.</summary>
    TRow? Find<TRow>(View<TRow> view, string key) where TRow : class;

    /// <summary>
    /// Rows under an index value, greatest sort key first, then greatest key, after a cursor. The index may be
    /// <see cref="View.ByKey"/>.
    /// </summary>
    /// <param name="least">The least sort key that is wanted; null: any.</param>
    Page<TRow> List<TRow>(
        View<TRow> view, string index, string value, string? after = null, int limit = 50, string? least = null)
        where TRow : class;

    /// <summary>How many rows stand under a value of an index that is counted; kept, not counted.</summary>
    long Count(View view, string index, string value);

    /// <summary>How many rows stand under an index value from a sort key on; it stops at so many.</summary>
    int CountFrom(View view, string index, string value, string least, int most);
}

/// <summary>Some rows, and where the next ones start; null: there are no more.</summary>
public sealed record Page<TRow>(ImmutableArray<TRow> Rows, string? Next);

/// <summary>Where rows go on.</summary>
public static class Cursors
{
    /// <summary>After that place in an index, whether or not a row is there.</summary>
    public static string After(string sort, string key) =>
        Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{sort}\n{key}"));

    /// <summary>The place that a cursor tells; one that nobody wrote starts at the beginning.</summary>
    public static (string? Sort, string? Key) Read(string? cursor)
    {
        if (cursor is null) return (null, null);
        Span<byte> bytes = stackalloc byte[1024];
        return Convert.TryFromBase64String(cursor, bytes, out var n)
            && System.Text.Encoding.UTF8.GetString(bytes[..n]).Split('\n') is [var sort, var key]
                ? (sort, key) : (null, null);
    }
}
