using Recourse.Orders;
using Recourse.Payments;
namespace Recourse.Refunds;

/// <summary>What one early ending of one order gives back after capture.</summary>
public readonly record struct RefundId(BuyerId Buyer, string Code) : IId<RefundId>
{
    /// <summary>The refund of an order's nth early ending.</summary>
    public static RefundId Of(BuyerId buyer, OrderId order, int nth) => new(buyer, Derived.Code($"{order} {nth}"));

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
public sealed record Owed(Return Return, PaymentId Payment, string Intent, Instant Promised)
{
    /// <summary>How much.</summary>
    public Money Amount => Return.Amount;
}

/// <summary>Money on its way back to the original method, promised as a date; a late one escalates by itself.</summary>
public static partial class Refund
{
    /// <summary>What can be asked of a refund.</summary>
    public closed record Command : ICommand<RefundId>
    {
        /// <summary>Required by the payment that took the money.</summary>
        public sealed record Open(Return Return, PaymentId Payment, string Intent) : Command;

        /// <summary>What the provider answered, or that it didn't.</summary>
        public sealed record HearAnswer(ProviderCall Call, ProviderAnswer Answer) : Command;

        /// <summary>What the provider says by itself.</summary>
        public sealed record HearReport(ProviderReport Report) : Command;

        /// <summary>An agent has it tried again, after it failed.</summary>
        public sealed record Retry : Command;

        /// <summary>Time.</summary>
        public sealed record Wake(Instant Due) : Command;
    }

    /// <summary>A refund as it stands.</summary>
    public closed record State(Owed Owed, int Attempt)
    {
        /// <summary>Somebody must act.</summary>
        public closed record Open(Owed Owed, int Attempt, Deadline Deadline) : State(Owed, Attempt);

        /// <summary>The provider was asked; the outcome is not known yet.</summary>
        public sealed record Requested(Owed Owed, int Attempt, Deadline Deadline, int Unanswered)
            : Open(Owed, Attempt, Deadline);

        /// <summary>The provider has taken it in.</summary>
        public sealed record Pending(Owed Owed, int Attempt, Deadline Deadline, string Reference)
            : Open(Owed, Attempt, Deadline);

        /// <summary>The provider can't give it back this way: an agent is to find another.</summary>
        public sealed record Failed(Owed Owed, int Attempt, Deadline Deadline, Statement Why)
            : Open(Owed, Attempt, Deadline);

        /// <summary>The provider says that it is back.</summary>
        public sealed record Paid(Owed Owed, int Attempt, string Reference, Instant At) : State(Owed, Attempt);
    }

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>Promised to the buyer, and the provider is asked.</summary>
        public sealed record Opened(Owed Owed, Deadline Deadline) : Event;

        /// <summary>The outcome is unknown: asked again at the deadline, with the same key.</summary>
        public sealed record Unanswered(string Why, Deadline Deadline) : Event;

        /// <summary>The provider has taken it in.</summary>
        public sealed record Accepted(string Reference, Deadline Deadline) : Event;

        /// <summary>It is back.</summary>
        public sealed record Paid(string Reference) : Event;

        /// <summary>It can't be given back this way.</summary>
        public sealed record Failed(string Code, Statement Why, Deadline Deadline) : Event, IAdverse;

        /// <summary>An agent has it tried again.</summary>
        public sealed record Retried(int Attempt, Deadline Deadline) : Event;

        /// <summary>The promised day has passed: the platform's people are called, before the buyer asks.</summary>
        public sealed record Escalated(Deadline Deadline) : Event;
    }
}
