using System.Globalization;
namespace Recourse.Disputes;

/// <summary>An appeal belongs to whom the decision went against; one statement has one appeal.</summary>
public readonly record struct AppealId(BuyerId Owner, string Code) : IId<AppealId>
{
    /// <summary>The appeal against a statement.</summary>
    public static AppealId Of(Subject subject, Statement against) => new(subject.Owner, Derived.Code(string.Create(
        CultureInfo.InvariantCulture,
        $"{subject.About} {subject.Name} {against.Code} {against.IssuedAt.ToUnixTimeTicks()}")));

    /// <inheritdoc/>
    public static bool TryParse(string? text, out AppealId id)
    {
        var ok = Derived.Split(text, "appeal", 3) is [_, var o, var c] && Derived.IsCode(o) && Derived.IsCode(c);
        id = ok && text!.Split('/') is [_, var owner, var code] ? new(new(owner), code) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => $"appeal/{Owner.Code}/{Code}";
}

/// <summary>How an appeal is decided.</summary>
public enum Verdict
{
    /// <summary>The decision stands.</summary>
    Uphold,

    /// <summary>The decision is undone, as if it had not been.</summary>
    Reverse,
}

/// <summary>Somebody else looks again at what was decided, by a day that is told.</summary>
public static partial class Appeal
{
    /// <summary>What can be asked of an appeal.</summary>
    public closed record Command : ICommand<AppealId>
    {
        /// <summary>Whom it went against says why it is wrong.</summary>
        /// <param name="Decision">The statement as it stands on record, and who decided.</param>
        public sealed record Lodge(Subject Subject, Fact<Appealed> Decision, Sealed<AppealWords> Words) : Command;

        /// <summary>An agent who did not decide before decides now.</summary>
        /// <param name="Reason">One of the rulebook's, for that verdict.</param>
        /// <param name="Note">What the agent tells the reader besides; null: nothing.</param>
        public sealed record Decide(Verdict Verdict, string Reason, Sealed<AppealWords>? Note = null) : Command;

        /// <summary>Whoever lodged it takes it back.</summary>
        public sealed record Withdraw : Command;

        /// <summary>Time.</summary>
        public sealed record Wake(Instant Due) : Command;
    }

    /// <summary>An appeal as it stands.</summary>
    public closed record State(Complaint Complaint)
    {
        /// <summary>An agent is to decide.</summary>
        public sealed record Open(Complaint Complaint, Deadline Deadline) : State(Complaint);

        /// <summary>The decision stands, and this is why.</summary>
        public sealed record Upheld(Complaint Complaint, Statement Why, Sealed<AppealWords>? Note)
            : State(Complaint);

        /// <summary>The decision was undone, and this is why.</summary>
        public sealed record Reversed(Complaint Complaint, Statement Why, Sealed<AppealWords>? Note)
            : State(Complaint);

        /// <summary>Taken back; it can be lodged again while there is time.</summary>
        public sealed record Withdrawn(Complaint Complaint) : State(Complaint);
    }

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>Somebody appeals.</summary>
        public sealed record Lodged(Complaint Complaint, Deadline Deadline) : Event;

        /// <summary>The agents were told that it is due.</summary>
        public sealed record Warned(Deadline Deadline) : Event;

        /// <summary>The decision stands.</summary>
        public sealed record Upheld(Statement Why, Sealed<AppealWords>? Note = null) : Event, IAdverse;

        /// <summary>The decision is undone.</summary>
        public sealed record Reversed(Statement Why, Sealed<AppealWords>? Note = null) : Event;

        /// <summary>Taken back by whoever lodged it.</summary>
        public sealed record Withdrawn : Event;
    }
}
