using Recourse.Disputes;
using Recourse.Orders;
using Recourse.Reviews;
namespace Recourse.Reasons;

/// <summary>What is looked into of a seller's reason: one for each order, and for each part that one gave up.</summary>
public readonly record struct ReasonCaseId(SellerId Seller, string Code) : IId<ReasonCaseId>
{
    /// <summary>That of an order.</summary>
    public static ReasonCaseId Of(OrderId order) => new(order.Seller, order.Code);

    /// <summary>That of an order which went on: of what its nth early ending gave up.</summary>
    public static ReasonCaseId Of(OrderId order, int nth) => new(order.Seller, $"{order.Code}-{nth}");

    /// <inheritdoc/>
    public static bool TryParse(string? text, out ReasonCaseId id)
    {
        var ok = Derived.Split(text, "reason", 3) is [_, var s, var c] && Derived.IsCode(s) && Derived.IsCode(c);
        id = ok && text!.Split('/') is [_, var seller, var code] ? new(new(seller), code) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => $"reason/{Seller.Code}/{Code}";
}

/// <summary>One thing that speaks against a reason.</summary>
public sealed record Contradiction(string Code, ImmutableArray<Named> Facts);

/// <summary>A cancellation whose reason facts speak against.</summary>
/// <param name="Reason">As the seller gave it.</param>
/// <param name="Gone">What was given up by it.</param>
/// <param name="Nth">Which early ending of an order that went on; null: it ended with all of it.</param>
public sealed record Flagged(
    OrderId Order, BuyerId Buyer, string Reason, Instant CancelledAt, ImmutableArray<Contradiction> Against,
    ImmutableArray<Line> Gone, int? Nth = null)
{
    /// <summary>The case that it opens.</summary>
    public ReasonCaseId Case => Nth is { } nth ? ReasonCaseId.Of(Order, nth) : ReasonCaseId.Of(Order);

    /// <summary>What was given up, at its price; null: nothing has one.</summary>
    public Money? Worth => Gone.IsDefaultOrEmpty ? null : Gone.Select(l => l.Goods).Sum(Gone[0].UnitPrice.Currency);
}

/// <summary>What a seller says to it; only ever stored sealed.</summary>
/// <param name="Files">Names of files that they bring as proof; null: none.</param>
public sealed record SellersWords(string Text, ImmutableArray<string>? Files = null)
{
    /// <summary>Longest answer, in characters.</summary>
    public const int Longest = 2_000;
}

/// <summary>
/// A flag accuses nobody: the seller is heard, and somebody decides. Who says nothing is judged by what was recorded;
/// whom nobody decides about in time is believed.
/// </summary>
public static partial class ReasonCase
{
    /// <summary>What can be asked.</summary>
    public closed record Command : ICommand<ReasonCaseId>
    {
        /// <summary>Said by whoever looks through cancellations: facts speak against this one.</summary>
        public sealed record Raise(Fact<Flagged> What) : Command;

        /// <summary>The seller says what it was.</summary>
        public sealed record Answer(Sealed<SellersWords> Words) : Command;

        /// <summary>Somebody of the staff decides.</summary>
        public sealed record Decide(bool IsFalse) : Command;

        /// <summary>Somebody of the staff takes it on, or confirms what another has proposed.</summary>
        public sealed record Review(Step Step) : Command;

        /// <summary>Said by an appeal that was right.</summary>
        public sealed record Overturn(AppealId Appeal) : Command;

        /// <summary>Time.</summary>
        public sealed record Wake(Instant Due) : Command;
    }

    /// <summary>As it stands.</summary>
    public closed record State(Flagged What)
    {
        /// <summary>Somebody must act.</summary>
        public closed record Open(Flagged What, Deadline Deadline) : State(What)
        {
            /// <summary>How staff see to it.</summary>
            public Handling Handling { get; init; } = Handling.None;
        }

        /// <summary>The seller is to answer.</summary>
        public sealed record Raised(Flagged What, Deadline Deadline) : Open(What, Deadline);

        /// <summary>Somebody is to decide.</summary>
        public sealed record Answered(Flagged What, Deadline Deadline, Sealed<SellersWords> Words) : Open(What,
            Deadline);

        /// <summary>The reason was false, and this is why.</summary>
        public sealed record Found(Flagged What, Statement Why, Sealed<SellersWords>? Words) : State(What)
        {
            /// <summary>What its buyer was paid for it; null: nothing.</summary>
            public Compensation? Paid { get; init; }
        }

        /// <summary>The seller is believed.</summary>
        public sealed record Dismissed(Flagged What, Sealed<SellersWords>? Words) : State(What);

        /// <summary>It had been found false, and on appeal it wasn't.</summary>
        public sealed record Overturned(Flagged What, Statement Why) : State(What);
    }

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>Facts speak against a reason; the seller is heard.</summary>
        public sealed record Raised(Flagged What, Deadline Deadline) : Event;

        /// <summary>Whoever is waited for was told what happens, and when.</summary>
        public sealed record Warned(Deadline Deadline) : Event;

        /// <summary>The seller said what it was.</summary>
        public sealed record Answered(Sealed<SellersWords> Words, Deadline Deadline) : Event;

        /// <summary>The reason was false.</summary>
        /// <param name="Marks">What it counts against the seller.</param>
        /// <param name="Reinstates">Whether the buyer has it set aside anew, at the price of the order.</param>
        /// <param name="Paid">What the buyer is paid for it; null: nothing.</param>
        public sealed record Found(Statement Why, int Marks, bool Reinstates, Compensation? Paid = null)
            : Event, IAdverse;

        /// <summary>The seller is believed.</summary>
        public sealed record Dismissed : Event;

        /// <summary>Somebody of the staff has taken it on, proposed something, or confirmed nothing in time.</summary>
        public sealed record Reviewed(Handled What) : Event;

        /// <summary>On appeal it wasn't false: the marks are taken off.</summary>
        /// <param name="MadeGood">What the seller had to bear for it, and the platform does now; null: nothing.</param>
        public sealed record Overturned(AppealId Appeal, Instant DecidedAt, int Marks, Money? MadeGood = null) : Event;
    }
}
