using Recourse.Orders;
namespace Recourse.People;

/// <summary>Somebody with an account, whatever they are here as; their code is that of their account.</summary>
public readonly record struct PersonId(string Code) : IId<PersonId>
{
    /// <inheritdoc/>
    public static bool TryParse(string? text, out PersonId id)
    {
        var ok = Derived.Split(text, "person", 2) is [_, var code] && Derived.IsCode(code);
        id = ok ? new(text![7..]) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => $"person/{Code}";
}

/// <summary>What one of the platform's people is good at.</summary>
/// <param name="Kinds">Kinds of work, as the queue names them; none: all.</param>
/// <param name="Languages">BCP 47 tags; none: all.</param>
public sealed record Skills(ImmutableArray<string> Kinds, ImmutableArray<string> Languages)
{
    /// <summary>Whether it is for them; what nobody knows of it keeps it from nobody.</summary>
    public bool Fit(string kind, string? language) => (Kinds.IsEmpty || Kinds.Contains(kind))
        && (Languages.IsEmpty || language is null || Languages.Contains(language));

    /// <summary>Each once, in one order: the same skills are the same text.</summary>
    public Skills Tidied() => new(Tidy(Kinds), Tidy(Languages));

    /// <summary>Whether they are the same.</summary>
    public bool IsSame(Skills other) => Tidy(Kinds).SequenceEqual(Tidy(other.Kinds))
        && Tidy(Languages).SequenceEqual(Tidy(other.Languages));

    static ImmutableArray<string> Tidy(ImmutableArray<string> some) =>
        [.. (some.IsDefault ? [] : some).Distinct().Order(StringComparer.Ordinal)];
}

/// <summary>Whether the platform lets a person in. Names, addresses and passwords are no part of it.</summary>
public static partial class PersonAccount
{
    /// <summary>What can be asked.</summary>
    public closed record Command : ICommand<PersonId>
    {
        /// <summary>Keeps them out.</summary>
        /// <param name="Reason">One of the rulebook's.</param>
        /// <param name="Order">The order that it is about; null: it is about none.</param>
        public sealed record Block(string Reason, OrderId? Order) : Command;

        /// <summary>Lets them in again.</summary>
        /// <param name="IssuedAt">Only if it is by the statement of then (UTC) that they are kept out; null: by any.
        /// </param>
        public sealed record Admit(Instant? IssuedAt = null) : Command;

        /// <summary>Says what they are good at, where they work for the platform.</summary>
        public sealed record SetSkills(Skills Skills) : Command;

        /// <summary>Time; nothing waits here.</summary>
        public sealed record Wake(Instant Due) : Command;
    }

    /// <summary>Whether they are let in; a person of whom nothing is recorded is.</summary>
    /// <param name="Times">How often they were kept out.</param>
    public closed record State(int Times)
    {
        /// <summary>What they are good at; null: nobody has said.</summary>
        public Skills? Skills { get; init; }

        /// <summary>They are let in.</summary>
        public sealed record Admitted(int Times) : State(Times);

        /// <summary>They are kept out, and this is why.</summary>
        public sealed record Blocked(int Times, Statement Why) : State(Times);
    }

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>They are kept out from now on.</summary>
        public sealed record Blocked(Statement Why) : Event, IAdverse;

        /// <summary>They are let in again.</summary>
        public sealed record Admitted : Event;

        /// <summary>What they are good at from now on.</summary>
        public sealed record SkillsSet(Skills Skills) : Event;
    }
}
