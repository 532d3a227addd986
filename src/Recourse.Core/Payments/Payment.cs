using Recourse.Checkouts;
using Recourse.Orders;
namespace Recourse.Payments;

/// <summary>The money of one checkout, with the checkout's own code.</summary>
public readonly record struct PaymentId(BuyerId Buyer, string Code) : IId<PaymentId>
{
    /// <summary>The payment of a checkout.</summary>
    public static PaymentId Of(CheckoutId checkout) => new(checkout.Buyer, checkout.Code);

    /// <summary>The checkout that it pays.</summary>
    public CheckoutId Checkout => new(Buyer, Code);

    /// <inheritdoc/>
    public static bool TryParse(string? text, out PaymentId id)
    {
        var ok = Derived.Split(text, "payment", 3) is [_, var b, var c] && Derived.IsCode(b) && Derived.IsCode(c);
        id = ok && text!.Split('/') is [_, var buyer, var code] ? new(new(buyer), code) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => $"payment/{Buyer.Code}/{Code}";
}

/// <summary>What one order needs.</summary>
public sealed record Share(OrderId Order, Money Amount);

/// <summary>An order's share and what became of it: amount ≥ released (before capture) + refunded (after).</summary>
public sealed record Stake(OrderId Order, Money Amount, Money Released, Money Refunded)
{
    /// <summary>What is still wanted for this order.</summary>
    public Money Wanted => Amount - Released;
}

/// <summary>What an order gives back, and why.</summary>
public sealed record Return(OrderId Order, int Nth, Money Amount, Statement Why);

/// <summary>One provider intent per attempt, authorised, captured once at the grace period's end, or voided.</summary>
public static partial class Payment
{
    /// <summary>What can be asked of a payment.</summary>
    public closed record Command : ICommand<PaymentId>
    {
        /// <summary>Asked by the checkout; another attempt is possible once the last one was declined.</summary>
        public sealed record Authorise(int Attempt, string Method, ImmutableArray<Share> Shares) : Command;

        /// <summary>What the provider answered to a call, or that it didn't.</summary>
        public sealed record HearAnswer(ProviderCall Call, ProviderAnswer Answer) : Command;

        /// <summary>What the provider says by itself (a signed webhook): first, late, twice or never.</summary>
        public sealed record HearReport(ProviderReport Report) : Command;

        /// <summary>An order gives money back: released if not captured, refunded if captured.</summary>
        public sealed record GiveBack(Return Return) : Command;

        /// <summary>An order that had ended already doesn't take its funding.</summary>
        public sealed record HearFundingRefused(OrderId Order, ImmutableArray<Refusal> Why) : Command, IIfRefused
        {
            /// <inheritdoc/>
            public IIfRefused With(ImmutableArray<Refusal> why) => this with { Why = why };
        }

        /// <summary>Asked by the checkout that is given up: nothing is wanted any more.</summary>
        public sealed record Abandon : Command;

        /// <summary>Time.</summary>
        public sealed record Wake(Instant Due) : Command;
    }

    /// <summary>A payment as it stands.</summary>
    public closed record State(int Attempt, string Method, Currency Currency, ImmutableArray<Stake> Stakes)
    {
        /// <summary>What all orders still want.</summary>
        public Money Wanted => Stakes.Select(s => s.Wanted).Sum(Currency);

        /// <summary>What all orders wanted at first.</summary>
        public Money Amount => Stakes.Select(s => s.Amount).Sum(Currency);

        /// <summary>Somebody must act: the provider, or we at an hour.</summary>
        public closed record Open(
            int Attempt, string Method, Currency Currency, ImmutableArray<Stake> Stakes, Deadline Deadline)
            : State(Attempt, Method, Currency, Stakes);

        /// <summary>Asked; no answer yet, or an unknown one: asked again with the same key until it is known.</summary>
        /// <param name="Unanswered">How often the outcome was unknown.</param>
        /// <param name="IsAbandoned">Nobody wants it any more: what turns out authorised is voided.</param>
        public sealed record Authorising(
            int Attempt, string Method, Currency Currency, ImmutableArray<Stake> Stakes, Deadline Deadline,
            int Unanswered, bool IsAbandoned) : Open(Attempt, Method, Currency, Stakes, Deadline);

        /// <summary>Held until the grace period ends.</summary>
        public sealed record Authorised(
            int Attempt, string Method, Currency Currency, ImmutableArray<Stake> Stakes, Deadline Deadline,
            string Intent) : Open(Attempt, Method, Currency, Stakes, Deadline);

        /// <summary>Capture was asked for; what is given back meanwhile waits.</summary>
        public sealed record Capturing(
            int Attempt, string Method, Currency Currency, ImmutableArray<Stake> Stakes, Deadline Deadline,
            string Intent, Money Asked, int Unanswered, ImmutableArray<Return> Waiting)
            : Open(Attempt, Method, Currency, Stakes, Deadline);

        /// <summary>Void was asked for.</summary>
        public sealed record Voiding(
            int Attempt, string Method, Currency Currency, ImmutableArray<Stake> Stakes, Deadline Deadline,
            string Intent, int Unanswered) : Open(Attempt, Method, Currency, Stakes, Deadline);

        /// <summary>The provider has the money for us.</summary>
        public sealed record Captured(
            int Attempt, string Method, Currency Currency, ImmutableArray<Stake> Stakes, string Intent,
            Money Taken) : State(Attempt, Method, Currency, Stakes);

        /// <summary>This attempt failed; another may follow.</summary>
        public sealed record Declined(
            int Attempt, string Method, Currency Currency, ImmutableArray<Stake> Stakes, Statement Why)
            : State(Attempt, Method, Currency, Stakes);

        /// <summary>Nothing was taken, and nothing will be.</summary>
        public sealed record Voided(int Attempt, string Method, Currency Currency, ImmutableArray<Stake> Stakes)
            : State(Attempt, Method, Currency, Stakes);

        /// <summary>Authorised, and the provider would not capture it.</summary>
        public sealed record Failed(
            int Attempt, string Method, Currency Currency, ImmutableArray<Stake> Stakes, string Intent,
            Statement Why) : State(Attempt, Method, Currency, Stakes);
    }

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>The provider is asked to authorise.</summary>
        public sealed record Asked(
            int Attempt, string Method, ImmutableArray<Share> Shares, Deadline Deadline) : Event;

        /// <summary>The outcome of the running call is unknown: asked again when due, with the same key.</summary>
        public sealed record Unanswered(string Why, Deadline Deadline) : Event;

        /// <summary>Held; captured when the grace period ends.</summary>
        public sealed record Authorised(string Intent, Deadline Deadline) : Event;

        /// <summary>The provider would not authorise.</summary>
        public sealed record Declined(Statement Why) : Event, IAdverse;

        /// <summary>An order gave back before capture: that part is never captured.</summary>
        public sealed record Released(OrderId Order, int Nth, Money Amount) : Event;

        /// <summary>An order did not take its funding: that part is never captured.</summary>
        public sealed record Unfunded(OrderId Order, Money Amount) : Event;

        /// <summary>An order gave back while capture was under way.</summary>
        public sealed record ReturnQueued(Return Return) : Event;

        /// <summary>An order gave back after capture: a refund is opened.</summary>
        public sealed record RefundOwed(Return Return, string Intent) : Event;

        /// <summary>Capture is asked for.</summary>
        public sealed record CaptureAsked(Money Amount, Deadline Deadline) : Event;

        /// <summary>The provider has the money for us.</summary>
        public sealed record Captured(Money Amount) : Event;

        /// <summary>The provider would not capture: the orders are told.</summary>
        public sealed record CaptureFailed(Money Amount, Statement Why) : Event, IAdverse;

        /// <summary>Nobody wants it any more while the outcome is unknown: voided if it turns out authorised.</summary>
        public sealed record Abandoned : Event;

        /// <summary>Nothing is wanted any more: void is asked for.</summary>
        /// <param name="Intent">The provider's intent that is given up.</param>
        public sealed record VoidAsked(string Intent, Deadline Deadline) : Event;

        /// <summary>The authorisation is gone.</summary>
        public sealed record Voided : Event;
    }
}
