namespace Recourse.Rulebooks;

/// <summary>The platform's one rulebook, in its editions.</summary>
public readonly record struct RulebookId : IId<RulebookId>
{
    /// <inheritdoc/>
    public static bool TryParse(string? text, out RulebookId id)
    {
        id = default;
        return text == "rulebook/platform";
    }

    /// <inheritdoc/>
    public override string ToString() => "rulebook/platform";
}

/// <summary>An edition as it was published.</summary>
/// <param name="Version">Counts from 2: edition 1 was shipped with the program when the store was made.</param>
/// <param name="Text">The YAML, checked at the edge.</param>
public sealed record Edition(int Version, Instant From, string Text);

/// <summary>Publishing editions. They take effect at least 60 s ahead, so that all silos decide by the same.</summary>
public static partial class RulebookLog
{
    /// <summary>What can be asked.</summary>
    public closed record Command : ICommand<RulebookId>
    {
        /// <summary>Published by an operator, for an instant at least 60 seconds ahead.</summary>
        public sealed record Publish(string Text, Instant From) : Command;

        /// <summary>Time; nothing waits here.</summary>
        public sealed record Wake(Instant Due) : Command;
    }

    /// <summary>Every edition after the shipped one, oldest first.</summary>
    public sealed record State(ImmutableArray<Edition> Editions);

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>A new edition.</summary>
        public sealed record Published(Edition Edition) : Event;
    }
}
