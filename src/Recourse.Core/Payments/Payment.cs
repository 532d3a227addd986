using Recourse.Checkouts;
using Recourse.Orders;
namespace Recourse.Payments;

/// <summary>The money of one checkout, with the checkout's own code.</summary>
public readonly record struct PaymentId(BuyerId Buyer, string Code) : IId<PaymentId>
{
    /// <summary>The payment of a checkout.</summary>
    public static PaymentId Of(CheckoutId checkout) => new(checkout.Buyer, checkout.Code);

    /// <summary>The payment of what an order costs more since it was changed.</summary>
    /// <param name="nth">Which of its changes that cost more, from 1.</param>
    public static PaymentId OfAmendment(OrderId order, BuyerId buyer, int nth) =>
        new(buyer, $"{Amends}{Derived.Code($"{order} {nth}")}");

    const string Amends = "amend-";

    /// <summary>Whether it pays a change, and no checkout.</summary>
    public bool IsOfAmendment => Code.StartsWith(Amends, StringComparison.Ordinal);

    /// <summary>The checkout that it pays; of a change there is none of that name.</summary>
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
/// <param name="Heard">Which of the order's early endings were heard; 0: it did not take its funding.</param>
/// <param name="Wallet">What of the amount is paid from the wallet; null: nothing is.</param>
public sealed record Stake(
    OrderId Order, Money Amount, Money Released, Money Refunded, ImmutableArray<int> Heard, Money? Wallet = null)
{
    /// <summary>What of the amount is paid with the method.</summary>
    public Money ByMethod => Wallet is { } wallet ? Amount - wallet : Amount;

    /// <summary>
    /// What of so much that is given back goes to the method: in proportion, rounded down, so that the method's part is
    /// gone only with the last of it; and alike however many returns it takes.
    /// </summary>
    public Money BackToMethod(Money back) => Amount.Minor == 0 ? back
        : new Ratio(ByMethod.Minor, Amount.Minor).Of(back, Rounding.TowardZero);

    /// <summary>What of the method's part is still wanted.</summary>
    public Money WantedByMethod => ByMethod - BackToMethod(Released);

    /// <summary>The wallet's part of what was given back last.</summary>
    /// <param name="last">How much that was; it is among what was given back.</param>
    public Money WalletsPartOf(Money last)
    {
        var all = Released + Refunded;
        return last - (BackToMethod(all) - BackToMethod(all - last));
    }

    /// <summary>What is still wanted for this order.</summary>
    public Money Wanted => Amount - Released;

    /// <summary>What it can still give back.</summary>
    public Money Left => Amount - Released - Refunded;
}

/// <summary>What an order gives back, and why.</summary>
/// <param name="Nth">Which of its early endings, from 1; 0: it did not take its funding.</param>
/// <param name="Gone">What ended, line by line; null: it isn't known.</param>
public sealed record Return(OrderId Order, int Nth, Money Amount, Statement Why, Settlement? Gone = null);

/// <summary>How a payment is tried.</summary>
/// <param name="Attempt">Counts from 1; each is one intent at the provider.</param>
/// <param name="Method">The provider's token of a payment method.</param>
/// <param name="Country">Where the goods go, ISO 3166 alpha-2.</param>
/// <param name="PaidUntil">Until when the buyer can pay elsewhere (UTC); null: it is paid at once.</param>
/// <param name="AskedAt">When the provider was first asked (UTC); null in what is older than this.</param>
/// <param name="Wallet">What of it all is paid from the buyer's wallet; null: nothing is.</param>
/// <param name="BackToWallet">The buyer wants what is refunded in their wallet; null: as it was paid.</param>
/// <param name="Kind">Of which kind the method is; null: it isn't known.</param>
public sealed record Terms(
    int Attempt, string Method, string Country, Currency Currency, Instant? PaidUntil = null,
    Instant? AskedAt = null, Money? Wallet = null, bool? BackToWallet = null, string? Kind = null);

/// <summary>One provider intent per attempt, authorised, captured once at the grace period's end, or voided.</summary>
public static partial class Payment
{
    /// <summary>What can be asked of a payment.</summary>
    public closed record Command : ICommand<PaymentId>
    {
        /// <summary>Asked by the checkout; another attempt is possible once the last one was declined.</summary>
        /// <param name="Country">Where the goods go, ISO 3166 alpha-2: refunds are promised by its calendar.</param>
        /// <param name="PaidUntil">Until when the buyer can pay elsewhere (UTC); null: it is paid at once.</param>
        /// <param name="Wallet">What is kept for it in the buyer's wallet; null: nothing is.</param>
        /// <param name="Kind">Of which kind the method is; null: it isn't known.</param>
        public sealed record Authorise(
            int Attempt, string Method, string Country, ImmutableArray<Share> Shares, Instant? PaidUntil = null,
            Money? Wallet = null, string? Kind = null) : Command;

        /// <summary>The buyer says where refunds go from now on.</summary>
        public sealed record ChooseReturns(bool ToWallet) : Command;

        /// <summary>What the provider answered to a call, or that it didn't.</summary>
        public sealed record HearAnswer(ProviderCall Call, ProviderAnswer Answer) : Command;

        /// <summary>What the provider says by itself (a webhook): may come first, late, twice or never.</summary>
        public sealed record HearReport(ProviderReport Report) : Command;

        /// <summary>An order gives money back: released if not captured, refunded if captured.</summary>
        public sealed record GiveBack(Return Return) : Command;

        /// <summary>An order that had ended already doesn't take its funding.</summary>
        public sealed record HearFundingRefused(OrderId Order, ImmutableArray<Refusal> Why) : Command, IIfRefused
        {
            /// <inheritdoc/>
            public IIfRefused With(ImmutableArray<Refusal> why) => this with { Why = why };
        }

        /// <summary>An order that can't be ended any more keeps its money: the platform bears what was lost.</summary>
        public sealed record HearLossRefused(OrderId Order, ImmutableArray<Refusal> Why) : Command, IIfRefused
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
    public closed record State(Terms Terms, ImmutableArray<Stake> Stakes)
    {
        /// <summary>What all orders still want.</summary>
        public Money Wanted => Stakes.Select(s => s.Wanted).Sum(Terms.Currency);

        /// <summary>What of that is the method's.</summary>
        public Money WantedByMethod => Stakes.Select(s => s.WantedByMethod).Sum(Terms.Currency);

        /// <summary>What the method is to pay of all.</summary>
        public Money ByMethod => Stakes.Select(s => s.ByMethod).Sum(Terms.Currency);

        /// <summary>What all orders wanted at first.</summary>
        public Money Amount => Stakes.Select(s => s.Amount).Sum(Terms.Currency);

        /// <summary>Somebody must act: the provider, or we at an hour.</summary>
        public closed record Open(Terms Terms, ImmutableArray<Stake> Stakes, Deadline Deadline)
            : State(Terms, Stakes);

        /// <summary>Asked; no answer yet, or an unknown one: asked again with the same key until it is known.</summary>
        /// <param name="Repeats">How often it was asked again.</param>
        /// <param name="IsAbandoned">Nobody wants it any more: what turns out authorised is voided.</param>
        public sealed record Authorising(
            Terms Terms, ImmutableArray<Stake> Stakes, Deadline Deadline, int Repeats, bool IsAbandoned)
            : Open(Terms, Stakes, Deadline);

        /// <summary>The provider holds, or held, the amount under an intent.</summary>
        public closed record Held(Terms Terms, ImmutableArray<Stake> Stakes, Deadline Deadline, string Intent)
            : Open(Terms, Stakes, Deadline);

        /// <summary>Held until the grace period ends.</summary>
        public sealed record Authorised(Terms Terms, ImmutableArray<Stake> Stakes, Deadline Deadline, string Intent)
            : Held(Terms, Stakes, Deadline, Intent);

        /// <summary>Capture was asked for; what is given back meanwhile waits.</summary>
        public sealed record Capturing(
            Terms Terms, ImmutableArray<Stake> Stakes, Deadline Deadline, string Intent, Money Asked, int Repeats,
            ImmutableArray<Return> Waiting) : Held(Terms, Stakes, Deadline, Intent);

        /// <summary>Void was asked for.</summary>
        public sealed record Voiding(
            Terms Terms, ImmutableArray<Stake> Stakes, Deadline Deadline, string Intent, int Repeats)
            : Held(Terms, Stakes, Deadline, Intent);

        /// <summary>The provider has the money for us.</summary>
        public sealed record Captured(Terms Terms, ImmutableArray<Stake> Stakes, string Intent, Money Taken)
            : State(Terms, Stakes);

        /// <summary>This attempt failed; another may follow.</summary>
        public sealed record Declined(Terms Terms, ImmutableArray<Stake> Stakes, Statement Why)
            : State(Terms, Stakes);

        /// <summary>Nothing was taken, and nothing will be.</summary>
        public sealed record Voided(Terms Terms, ImmutableArray<Stake> Stakes) : State(Terms, Stakes);

        /// <summary>Authorised, and the provider would not capture it.</summary>
        public sealed record Failed(Terms Terms, ImmutableArray<Stake> Stakes, string Intent, Statement Why)
            : State(Terms, Stakes);
    }

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>The provider is asked to authorise.</summary>
        public sealed record Asked(
            int Attempt, string Method, string Country, ImmutableArray<Share> Shares, Deadline Deadline,
            Instant? PaidUntil = null, Instant? AskedAt = null, Money? Wallet = null, string? Kind = null) : Event;

        /// <summary>The buyer said where refunds go from now on.</summary>
        public sealed record ReturnsChosen(bool ToWallet) : Event;

        /// <summary>The running call's outcome is unknown: asked again at the deadline, with the same key.</summary>
        public sealed record Unanswered(string Why, Deadline Deadline) : Event;

        /// <summary>The running call is repeated, with the same key.</summary>
        public sealed record AskedAgain(Deadline Deadline) : Event;

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
        /// <param name="IsLater">By message instead of in the same turn, where very many were queued.</param>
        public sealed record RefundOwed(Return Return, string Intent, bool IsLater = false) : Event;

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
