using System.Runtime.CompilerServices;
namespace Recourse.Kernel;

/// <summary>The events that now become true, or every reason why they can't.</summary>
[CollectionBuilder(typeof(Decision), nameof(Decision.Accept))]
public sealed record Decision<TEvent>(ImmutableArray<TEvent> Events, ImmutableArray<Refusal> Refusals)
{
    /// <summary>Nothing happens, and this is why.</summary>
    public static implicit operator Decision<TEvent>(Refusal refusal) => new([], [refusal]);

    /// <summary>Nothing happens, and this is all that stands in the way.</summary>
    public static implicit operator Decision<TEvent>(ImmutableArray<Refusal> refusals) => new([], refusals);

    /// <summary>Makes a collection expression of events a decision.</summary>
    public ImmutableArray<TEvent>.Enumerator GetEnumerator() => Events.GetEnumerator();
}

/// <summary>Builds decisions.</summary>
public static class Decision
{
    /// <summary>These events become true; none: it was said before, or there is nothing to do.</summary>
    public static Decision<TEvent> Accept<TEvent>(ReadOnlySpan<TEvent> events) => new([.. events], []);
}

/// <summary>"Impossible now", with what would work instead. Told to the asker, recorded nowhere.</summary>
/// <param name="Code">Stable, <c>area.kebab-phrase</c>.</param>
/// <param name="WayOut">What the asker can do.</param>
/// <param name="Facts">What it rests on, for the sentence that is told.</param>
public sealed record Refusal(string Code, Remedy WayOut, params ImmutableArray<Named> Facts)
{
    /// <summary>Which field of the request is at fault, as the asker wrote it (<c>lines[2].quantity</c>).</summary>
    public string? Field { get; init; }

    /// <summary>Also the answer to a stranger, who must not learn that the thing exists.</summary>
    public static readonly Refusal NotFound = new("kernel.not-found", new Remedy("home.look"));
}

/// <summary>A fact under its name.</summary>
public readonly record struct Named(string Name, Value Value)
{
    /// <summary>So that facts are written as pairs.</summary>
    public static implicit operator Named((string Name, Value Value) pair) => new(pair.Name, pair.Value);
}

/// <summary>What the reader can do next; the code names the action.</summary>
public readonly record struct Remedy(string Code)
{
    /// <summary>As rulebooks write it, e.g. <c>support.ask</c>; null: it is none.</summary>
    public static Remedy? Read(string text) =>
        text.Split('.') is [var area, var rest] && Derived.IsCode(area) && Derived.IsCode(rest) ? new(text) : null;
}

/// <summary>Events that no decider could have written: a bug or a broken disk, never a business "no".</summary>
public sealed class CorruptHistory(object? state, object @event) : Exception($"{@event} can't follow {state}.");

/// <summary>Reading history.</summary>
public static class History
{
    /// <summary>The state that must have been there before this event.</summary>
    public static T Was<T>(this object? state, object @event) =>
        state is T expected ? expected : throw new CorruptHistory(state, @event);
}
