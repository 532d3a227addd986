using Recourse.Runtime;
namespace Recourse.World.Invariants;

/// <summary>Something that must hold did not.</summary>
/// <param name="Invariant">Its number in the list of invariants; 0: somebody met a bug.</param>
/// <param name="Position">The turn at which it was seen.</param>
/// <param name="Of">The aggregate at fault, where there is one.</param>
public sealed record Violation(int Invariant, long Position, string What, string? Of = null);

/// <summary>One event with the state on both sides of it.</summary>
public readonly record struct Step(
    long Position, Turn Turn, Happened Happened, Kind Kind, object? Before, object After)
{
    /// <summary>Whose event.</summary>
    public IId Id => Happened.Id;

    /// <summary>The event.</summary>
    public object Event => Happened.Event;
}

/// <summary>What a checker knows of the log so far; each invariant reads it and keeps its own notes.</summary>
public sealed class Known(Registry registry, Func<ImmutableArray<Rulebook>> rulebooks)
{
    /// <summary>The kinds.</summary>
    public Registry Registry => registry;

    /// <summary>Every edition that is published by now.</summary>
    public ImmutableArray<Rulebook> Rulebooks => rulebooks();

    /// <summary>States as the log has them.</summary>
    public Dictionary<IId, object> States { get; } = [];

    /// <summary>How many events each aggregate has had.</summary>
    public Dictionary<IId, long> Versions { get; } = [];

    /// <summary>Minor units by account and currency.</summary>
    public Dictionary<(string Account, Currency Currency), long> Balances { get; } = [];

    /// <summary>The newest turn.</summary>
    public long Position { get; set; }

    /// <summary>The latest instant that any turn had.</summary>
    public Instant At { get; set; }

    /// <summary>Whether everything is expected to have come to its end.</summary>
    public bool IsAtRest { get; set; }

    /// <summary>The edition of that version; null if it isn't known.</summary>
    public Rulebook? Edition(int version) => Rulebooks.FirstOrDefault(r => r.Version == version);
}

/// <summary>A family of invariants that is checked turn by turn.</summary>
public abstract class Invariant
{
    /// <summary>What the checker knows.</summary>
    protected Known Known { get; private set; } = null!;

    Action<Violation> _tell = null!;

    internal void Join(Known known, Action<Violation> tell) => (Known, _tell) = (known, tell);

    /// <summary>Reports a violation.</summary>
    protected void Wrong(int number, string what, IId? of = null) =>
        _tell(new(number, Known.Position, what, of?.ToString()));

    /// <summary>Reports a violation unless it holds.</summary>
    protected void Must(bool holds, int number, string what, IId? of = null)
    {
        if (!holds) Wrong(number, what, of);
    }

    /// <summary>Before a turn's events.</summary>
    public virtual void Before(long position, Turn turn) { }

    /// <summary>One event: states and balances are those after it.</summary>
    public virtual void See(in Step step) { }

    /// <summary>After a turn's events.</summary>
    public virtual void After(long position, Turn turn) { }

    /// <summary>At the end of the log.</summary>
    public virtual void Finish() { }
}
