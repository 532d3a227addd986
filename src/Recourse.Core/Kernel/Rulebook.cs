namespace Recourse.Kernel;

/// <summary>Published numbers, windows and reasons, in one edition. Each module owns the type of its section.</summary>
/// <param name="Version">Counts from 1.</param>
/// <param name="From">When it takes effect (UTC).</param>
/// <param name="Sections">One of each type.</param>
public sealed record Rulebook(int Version, Instant From, ImmutableArray<IRules> Sections)
{
    /// <summary>A module's own section.</summary>
    public T Of<T>() where T : class, IRules
    {
        foreach (var section in Sections)
            if (section is T found) return found;
        throw new InvalidOperationException($"Rulebook {Version} has no {typeof(T).Name}.");
    }
}

/// <summary>A module's section of the rulebook.</summary>
public interface IRules;
