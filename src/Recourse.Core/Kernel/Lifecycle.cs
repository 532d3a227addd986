namespace Recourse.Kernel;

/// <summary>From where (null: nothing), on which event, to where, who may, and after what the clock does.</summary>
public sealed record Arrow(Type? From, Type On, Type To, Party By, string? After = null);

/// <summary>A life as a table: the decider obeys it, tests walk it, pages grey out by it, docs draw it.</summary>
public sealed record Lifecycle(params ImmutableArray<Arrow> Arrows)
{
    /// <summary>Whether this party can ever cause that event.</summary>
    public bool Offers(Type on, Party by) => Arrows.Any(a => a.On == on && (a.By & by) != 0);

    /// <summary>Whether this party can cause that event now.</summary>
    public bool Allows(object? from, Type on, Party by)
    {
        var type = from?.GetType();
        foreach (var a in Arrows)
            if (a.From == type && a.On == on && (a.By & by) != 0) return true;
        return false;
    }

    /// <summary>Whether this party can cause these events now, one after the other.</summary>
    public bool Allows<TState, TEvent>(
        TState? from, ImmutableArray<TEvent> events, Func<TState?, TEvent, TState> evolve, Party by)
        where TState : class where TEvent : notnull
    {
        foreach (var e in events)
        {
            if (!Allows(from, e.GetType(), by)) return false;
            from = evolve(from, e);
        }
        return true;
    }

    /// <summary>The table as a state diagram.</summary>
    public string ToMermaid() => string.Join('\n',
    [
        "stateDiagram-v2",
        .. Arrows.Select(a => $"    {a.From?.Name ?? "[*]"} --> {a.To.Name}: {a.On.Name} by {a.By}{When(a)}"),
        .. Arrows.Select(a => a.To).Except(Arrows.Select(a => a.From)).Select(end => $"    {end?.Name} --> [*]"),
    ]);

    static string When(Arrow a) => a.After is null ? "" : $" (after {a.After})";

    /// <summary>A row that starts somewhere.</summary>
    public static Arrow Row<TFrom, TOn, TTo>(Party by, string? after = null) =>
        new(typeof(TFrom), typeof(TOn), typeof(TTo), by, after);

    /// <summary>A row that starts from nothing.</summary>
    public static Arrow Start<TOn, TTo>(Party by) => new(null, typeof(TOn), typeof(TTo), by);
}
