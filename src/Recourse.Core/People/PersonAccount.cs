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

        /// <summary>Time; nothing waits here.</summary>
        public sealed record Wake(Instant Due) : Command;
    }

    /// <summary>Whether they are let in; a person of whom nothing is recorded is.</summary>
    /// <param name="Times">How often they were kept out.</param>
    public closed record State(int Times)
    {
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
    }
}
