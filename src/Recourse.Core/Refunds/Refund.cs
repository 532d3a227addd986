using Recourse.Orders;
using Recourse.Payments;
using Recourse.Reviews;
namespace Recourse.Refunds;

/// <summary>What one early ending of one order gives back after capture.</summary>
public readonly record struct RefundId(BuyerId Buyer, string Code) : IId<RefundId>
{
    /// <summary>The refund of an order's nth early ending.</summary>
    public static RefundId Of(BuyerId buyer, OrderId order, int nth) => new(buyer, Derived.Code($"{order} {nth}"));

    /// <summary>The refund of what a payment gives back.</summary>
    public static RefundId Of(PaymentId payment, Return r) => payment.IsOfAmendment && r.Nth == 0
        ? new(payment.Buyer, Derived.Code($"{payment}")) : Of(payment.Buyer, r.Order, r.Nth);

    /// <inheritdoc/>
    public static bool TryParse(string? text, out RefundId id)
    {
        var ok = Derived.Split(text, "refund", 3) is [_, var b, var c] && Derived.IsCode(b) && Derived.IsCode(c);
        id = ok && text!.Split('/') is [_, var buyer, var code] ? new(new(buyer), code) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => $"refund/{Buyer.Code}/{Code}";
}

/// <summary>What is given back, for what, and by when it was promised.</summary>
/// <param name="Promised">The end of the promised business day (UTC).</param>
/// <param name="ToWallet">What of it went to the wallet when it was opened; null: nothing did.</param>
/// <param name="Items">What it is made of; null: that isn't known.</param>
/// <param name="IsProvisional">Free days of the promised time aren't all known yet; null: they are.</param>
public sealed record Owed(
    Return Return, PaymentId Payment, string Intent, Instant Promised, Money? ToWallet = null, Itemised? Items = null,
    bool? IsProvisional = null)
{
    /// <summary>How much goes by the method that paid.</summary>
    public Money Amount => ToWallet is { } wallet ? Return.Amount - wallet : Return.Amount;
}

/// <summary>Money on its way back to the original method, promised as a date; a late one escalates by itself.</summary>
public static partial class Refund
{
    /// <summary>What can be asked of a refund.</summary>
    public closed record Command : ICommand<RefundId>
    {
        /// <summary>Required by the payment that took the money.</summary>
        /// <param name="Country">Where the goods were to go: by its calendar the day is promised.</param>
        /// <param name="ToWallet">What of it goes to the wallet; null: nothing does.</param>
        /// <param name="Kind">Of which kind the method is that paid; null: it isn't known.</param>
        public sealed record Open(
            Return Return, PaymentId Payment, string Intent, string Country, Money? ToWallet = null,
            string? Kind = null) : Command;

        /// <summary>The buyer takes it in their wallet, since it can't go back as it was paid.</summary>
        public sealed record TakeInWallet : Command;

        /// <summary>The buyer doesn't see what is said to be back: somebody traces it.</summary>
        public sealed record Trace : Command;

        /// <summary>An agent has traced it.</summary>
        /// <param name="Reference">By which the buyer's bank finds it, such as an acquirer reference number.</param>
        /// <param name="Lost">The provider has said that it never went out: it is owed again.</param>
        public sealed record CloseTrace(string? Reference, bool Lost = false) : Command;

        /// <summary>The buyer thinks that the amount is wrong: it is worked out again.</summary>
        /// <param name="Due">What was to be given back by what is on record; null: nobody looked.</param>
        public sealed record Recompute(Fact<Money>? Due = null) : Command;

        /// <summary>The buyer says beforehand where it goes if it can't go back as it was paid.</summary>
        /// <param name="ToWallet">Into the wallet, by itself; false: they are asked then.</param>
        public sealed record Divert(bool ToWallet) : Command;

        /// <summary>What the provider answered, or that it didn't.</summary>
        public sealed record HearAnswer(ProviderCall Call, ProviderAnswer Answer) : Command;

        /// <summary>What the provider says by itself.</summary>
        public sealed record HearReport(ProviderReport Report) : Command;

        /// <summary>An agent has it tried again, after it failed.</summary>
        public sealed record Retry : Command;

        /// <summary>Somebody of the staff takes it on, or confirms what another has proposed.</summary>
        public sealed record Review(Step Step) : Command;

        /// <summary>Time.</summary>
        public sealed record Wake(Instant Due) : Command;
    }

    /// <summary>A refund as it stands.</summary>
    /// <param name="Attempt">Counts from 1; each has a key of its own at the provider.</param>
    /// <param name="Spent">The provider's references of attempts that failed: late reports of them are old.</param>
    public closed record State(Owed Owed, int Attempt, ImmutableArray<string> Spent)
    {
        /// <summary>Somebody must act.</summary>
        /// <param name="EscalateAt">When people are called next (UTC); at first the promised day.</param>
        public closed record Open(
            Owed Owed, int Attempt, ImmutableArray<string> Spent, Deadline Deadline, Instant EscalateAt)
            : State(Owed, Attempt, Spent);

        /// <summary>The provider was asked; the outcome is not known yet.</summary>
        /// <param name="Repeats">How often it was asked again.</param>
        public sealed record Requested(
            Owed Owed, int Attempt, ImmutableArray<string> Spent, Deadline Deadline, Instant EscalateAt, int Repeats)
            : Open(Owed, Attempt, Spent, Deadline, EscalateAt);

        /// <summary>The provider has taken it in.</summary>
        public sealed record Pending(
            Owed Owed, int Attempt, ImmutableArray<string> Spent, Deadline Deadline, Instant EscalateAt,
            string Reference) : Open(Owed, Attempt, Spent, Deadline, EscalateAt);

        /// <summary>The provider can't give it back this way: an agent is to find another.</summary>
        public sealed record Failed(
            Owed Owed, int Attempt, ImmutableArray<string> Spent, Deadline Deadline, Instant EscalateAt,
            Statement Why) : Open(Owed, Attempt, Spent, Deadline, EscalateAt);

        /// <summary>The provider says that it is back; it may still take that back.</summary>
        public sealed record Paid(
            Owed Owed, int Attempt, ImmutableArray<string> Spent, string Reference, Instant At)
            : State(Owed, Attempt, Spent)
        {
            /// <summary>By which the buyer's bank finds it; null: nobody has said.</summary>
            public string? Arn { get; init; }

            /// <summary>When the provider is asked whether it is still so; null: it isn't any more.</summary>
            public Deadline? Check { get; init; }

            /// <summary>How often it was asked that.</summary>
            public int Looks { get; init; }
        }

        /// <summary>The provider says that it is back, and the buyer doesn't see it: somebody traces it.</summary>
        public sealed record Tracing(
            Owed Owed, int Attempt, ImmutableArray<string> Spent, string Reference, Instant At, Deadline Deadline,
            string? Arn = null) : State(Owed, Attempt, Spent);

        /// <summary>It is in the buyer's wallet.</summary>
        public sealed record InWallet(Owed Owed, int Attempt, ImmutableArray<string> Spent, Instant At)
            : State(Owed, Attempt, Spent);

        /// <summary>How staff see to it.</summary>
        public Handling Handling { get; init; } = Handling.None;

        /// <summary>What was found missing of it and paid since; null: nothing was.</summary>
        public Money? Corrected { get; init; }

        /// <summary>The buyer takes it in their wallet should it not go back as it was paid.</summary>
        public bool IsDiverted { get; init; }

        /// <summary>What was paid into the wallet because it was late; null: nothing was.</summary>
        public Money? Compensated { get; init; }
    }

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>Promised to the buyer, and the provider is asked.</summary>
        public sealed record Opened(Owed Owed, Deadline Deadline) : Event;

        /// <summary>The outcome is unknown: asked again at the deadline, with the same key.</summary>
        public sealed record Unanswered(string Why, Deadline Deadline) : Event;

        /// <summary>The running call is repeated, with the same key.</summary>
        public sealed record AskedAgain(Deadline Deadline) : Event;

        /// <summary>The provider has taken it in.</summary>
        public sealed record Accepted(string Reference, Deadline Deadline) : Event;

        /// <summary>It is back.</summary>
        /// <param name="Arn">By which the buyer's bank finds it; null: the provider doesn't say.</param>
        /// <param name="Check">When the provider is asked whether it is still so; null: it isn't.</param>
        public sealed record Paid(string Reference, Instant At, string? Arn = null, Deadline? Check = null) : Event;

        /// <summary>The promised day has come, and no bank could find it: the provider is asked how it stands.
        /// </summary>
        public sealed record LookedFor(Deadline Deadline) : Event;

        /// <summary>The provider still says that it is back.</summary>
        /// <param name="Arn">By which the buyer's bank finds it; null: the provider doesn't say.</param>
        public sealed record Seen(string? Arn = null) : Event;

        /// <summary>The buyer has said where it goes if it can't go back as it was paid.</summary>
        public sealed record Diverted(bool ToWallet) : Event;

        /// <summary>It is in the buyer's wallet: as they wanted, or since it could not go back as it was paid.
        /// </summary>
        /// <param name="Amount">What has gone there by this; what went when it was opened is not in it.</param>
        public sealed record MovedToWallet(Money Amount, Instant At) : Event;

        /// <summary>The buyer doesn't see it, or the provider can't say where it is: an agent traces it by the
        /// deadline.</summary>
        /// <param name="Because">Why it was opened by itself, a code; null: its buyer asked.</param>
        public sealed record TraceOpened(Deadline Deadline, string? Because = null) : Event;

        /// <summary>Nobody traced it in time: operators are called.</summary>
        public sealed record TraceLate(Deadline Deadline) : Event;

        /// <summary>Traced: by that reference the buyer's bank finds it.</summary>
        public sealed record TraceClosed(string Reference) : Event;

        /// <summary>Worked out again: nothing was missing.</summary>
        /// <param name="Due">What was to be given back.</param>
        public sealed record Confirmed(Money Due) : Event;

        /// <summary>Worked out again: something was missing, and it is in the buyer's wallet.</summary>
        /// <param name="Due">What was to be given back.</param>
        public sealed record Corrected(Money Due, Money Missing) : Event;

        /// <summary>It is late, and that is compensated: into the wallet.</summary>
        public sealed record Compensated(Compensation What) : Event;

        /// <summary>It can't be given back this way.</summary>
        /// <param name="Reference">The provider's refund, where one was made.</param>
        public sealed record Failed(string? Reference, Statement Why, Deadline Deadline) : Event, IAdverse;

        /// <summary>It had been said to be back, and it never arrived: it is owed again.</summary>
        /// <param name="Next">When people are called, if it is still not back (UTC).</param>
        public sealed record Reversed(string Reference, Statement Why, Instant Next, Deadline Deadline)
            : Event, IAdverse;

        /// <summary>One of the staff takes it on, or wants something done that another is to confirm.</summary>
        public sealed record Reviewed(Handled What) : Event;

        /// <summary>An agent has it tried again.</summary>
        public sealed record Retried(int Attempt, Deadline Deadline) : Event;

        /// <summary>The promised day has passed: the platform's people are called, before the buyer asks.</summary>
        /// <param name="Next">When they are called again, if it is still not back.</param>
        public sealed record Escalated(Instant Next, Deadline Deadline) : Event;
    }
}
