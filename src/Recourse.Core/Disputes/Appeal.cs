using System.Globalization;
using Recourse.Reviews;
namespace Recourse.Disputes;

/// <summary>
/// An appeal belongs to whom the decision went against: each of them has one appeal against a statement. A seller's is
/// told from a buyer's of the same name by how its code begins.
/// </summary>
/// <param name="OwnerCode">The code of whose it is.</param>
public readonly record struct AppealId(string OwnerCode, string Code) : IId<AppealId>
{
    const string OfSellers = "seller-";

    /// <summary>The appeal against a statement.</summary>
    public static AppealId Of(Subject subject, Statement why)
    {
        var code = Derived.Code(string.Create(CultureInfo.InvariantCulture,
            $"{subject.About} {subject.Name} {why.Code} {why.IssuedAt.ToUnixTimeTicks()}{NthOf(why)}"));
        return subject.Owner is SellerId seller ? new(seller.Code, OfSellers + code)
            : new(((BuyerId)subject.Owner).Code, code);
    }

    static string NthOf(Statement why) =>
        why.Nth is { } nth ? string.Create(CultureInfo.InvariantCulture, $" {nth}") : "";

    /// <summary>Whose it is.</summary>
    public IId Owner => Seller is { } seller ? seller : new BuyerId(OwnerCode);

    /// <summary>The buyer whose it is; null: it is a seller's.</summary>
    public BuyerId? Buyer => Seller is null ? new BuyerId(OwnerCode) : null;

    /// <summary>The seller whose it is; null: it is a buyer's.</summary>
    public SellerId? Seller => Code.StartsWith(OfSellers, StringComparison.Ordinal) ? new SellerId(OwnerCode) : null;

    /// <inheritdoc/>
    public static bool TryParse(string? text, out AppealId id)
    {
        var ok = Derived.Split(text, "appeal", 3) is [_, var o, var c] && Derived.IsCode(o) && Derived.IsCode(c);
        id = ok && text!.Split('/') is [_, var owner, var code] ? new(owner, code) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => $"appeal/{OwnerCode}/{Code}";
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
        /// <param name="Macro">Which macro the note comes from; null: none.</param>
        public sealed record Decide(
            Verdict Verdict, string Reason, Sealed<AppealWords>? Note = null, MacroUse? Macro = null) : Command;

        /// <summary>Whoever lodged it takes it back.</summary>
        public sealed record Withdraw : Command;

        /// <summary>Whom a reversal would cost something says what they think.</summary>
        public sealed record Answer(Sealed<AppealWords> Words) : Command;

        /// <summary>Somebody of the staff takes it on: nobody else decides it meanwhile.</summary>
        public sealed record Claim : Command;

        /// <summary>Whoever has taken it on, or a colleague for them, leaves it to others.</summary>
        public sealed record Release : Command;

        /// <summary>Somebody of the staff confirms what another has proposed, or sends it back.</summary>
        public sealed record Review(Step Step) : Command;

        /// <summary>Time.</summary>
        public sealed record Wake(Instant Due) : Command;
    }

    /// <summary>An appeal as it stands.</summary>
    public closed record State(Complaint Complaint)
    {
        /// <summary>An agent is to decide.</summary>
        /// <param name="ClaimedBy">Who has taken it on; null: nobody.</param>
        public sealed record Open(Complaint Complaint, Deadline Deadline, Actor? ClaimedBy = null) : State(Complaint)
        {
            /// <summary>The other side; null: a reversal costs nobody else, or it is older than this.</summary>
            public Hearing? Hearing { get; init; }

            /// <summary>When that lapses (UTC); null: never, or nobody has.</summary>
            public Instant? ClaimedUntil { get; init; }

            /// <summary>What is to be confirmed; null: nothing.</summary>
            public Proposal? Proposal { get; init; }

            /// <summary>What whoever proposed it tells the reader besides.</summary>
            public Sealed<AppealWords>? ProposedNote { get; init; }

            /// <summary>Which macro that comes from; null: none.</summary>
            public MacroUse? ProposedMacro { get; init; }

            /// <summary>How staff see to it.</summary>
            public Handling Handling => new(ClaimedBy, ClaimedUntil, Proposal);

            /// <summary>Who is waited for now.</summary>
            public Deadline Awaited => Hearing is { IsOpen: true } h ? h.Deadline : Handling.Awaited(Deadline);
        }

        /// <summary>The decision stands, and this is why.</summary>
        public sealed record Upheld(Complaint Complaint, Statement Why, Sealed<AppealWords>? Note)
            : State(Complaint)
        {
            /// <summary>Which macro the note comes from; null: none.</summary>
            public MacroUse? Macro { get; init; }
        }

        /// <summary>The decision was undone, and this is why.</summary>
        public sealed record Reversed(Complaint Complaint, Statement Why, Sealed<AppealWords>? Note)
            : State(Complaint)
        {
            /// <summary>Which macro the note comes from; null: none.</summary>
            public MacroUse? Macro { get; init; }
        }

        /// <summary>Taken back; it can be lodged again while there is time.</summary>
        public sealed record Withdrawn(Complaint Complaint) : State(Complaint);
    }

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>Somebody appeals.</summary>
        /// <param name="Hearing">Whom a reversal would cost something, and until when they are heard; null: nobody.
        /// </param>
        public sealed record Lodged(Complaint Complaint, Deadline Deadline, Hearing? Hearing = null) : Event;

        /// <summary>The other side has said what they think.</summary>
        public sealed record Answered(Sealed<AppealWords> Words) : Event;

        /// <summary>The other side let the time pass: it can be decided without them.</summary>
        public sealed record Unheard : Event;

        /// <summary>The agents were told that it is due.</summary>
        public sealed record Warned(Deadline Deadline) : Event;

        /// <summary>The decision stands.</summary>
        /// <param name="Macro">Which macro the note comes from; null: none.</param>
        public sealed record Upheld(Statement Why, Sealed<AppealWords>? Note = null, MacroUse? Macro = null)
            : Event, IAdverse;

        /// <summary>The decision is undone.</summary>
        /// <param name="Macro">Which macro the note comes from; null: none.</param>
        public sealed record Reversed(Statement Why, Sealed<AppealWords>? Note = null, MacroUse? Macro = null) : Event;

        /// <summary>Taken back by whoever lodged it.</summary>
        public sealed record Withdrawn : Event;

        /// <summary>Somebody of the staff has taken it on.</summary>
        /// <param name="Until">When that lapses (UTC); null: never, as it is older than this.</param>
        public sealed record Claimed(Actor Who, Instant? Until = null) : Event;

        /// <summary>Nobody has taken it on any more.</summary>
        public sealed record Released : Event;

        /// <summary>Something was proposed, sent back, or left too long.</summary>
        /// <param name="Note">What is proposed that the reader is told besides.</param>
        /// <param name="Macro">Which macro that comes from; null: none.</param>
        public sealed record Reviewed(Handled What, Sealed<AppealWords>? Note = null, MacroUse? Macro = null) : Event;
    }
}
