using Recourse.Orders;
using Recourse.Reviews;
namespace Recourse.Payouts;

/// <summary>What becomes of a seller's earnings in one currency.</summary>
/// <param name="Code">The currency, ISO 4217, in lower case.</param>
public readonly record struct EarningsId(SellerId Seller, string Code) : IId<EarningsId>
{
    /// <summary>A seller's earnings in that currency.</summary>
    public static EarningsId Of(SellerId seller, Currency currency) => new(seller, currency.Code.ToLowerInvariant());

    /// <summary>Its currency; null: there is no such currency.</summary>
    public Currency? Currency => Kernel.Currency.TryParse(Code.ToUpperInvariant(), out var c) ? c : null;

    /// <inheritdoc/>
    public static bool TryParse(string? text, out EarningsId id)
    {
        var ok = Derived.Split(text, "earnings", 3) is [_, var s, var c] && Derived.IsCode(s) && Derived.IsCode(c);
        id = ok && text!.Split('/') is [_, var seller, var code] ? new(new(seller), code) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => $"earnings/{Seller.Code}/{Code}";
}

/// <summary>Where a seller is paid to.</summary>
public sealed record PaidTo(Sealed<BankAccount> Account, AccountSeen Seen);

/// <summary>What the books say of a seller's earnings.</summary>
/// <param name="Payable">What they are owed; below zero: they owe it.</param>
/// <param name="PaidOut">What was ever paid out of it, less what came back, as far as these books know.</param>
/// <param name="Recent">What was earned within the time of the reserve.</param>
public sealed record FundsSeen(Money Payable, Money PaidOut, Money Recent);

/// <summary>What a bank took back, and is taken off a seller's earnings.</summary>
/// <param name="Reference">The provider's, of the dispute.</param>
/// <param name="IsRestored">It was given back since.</param>
/// <param name="Order">What had been paid for; null in what is older.</param>
public sealed record Chargeback(string Reference, Money Amount, bool IsRestored = false, OrderId? Order = null);

/// <summary>
/// A seller's earnings in one currency on their way to a bank account: by a schedule, less a reserve, unless they are
/// held. Below zero after a chargeback, they are made up for by what is earned next.
/// </summary>
public static partial class Earnings
{
    /// <summary>What can be asked.</summary>
    public closed record Command : ICommand<EarningsId>
    {
        /// <summary>The seller says where they are paid to.</summary>
        public sealed record PayTo(PaidTo To) : Command;

        /// <summary>The seller says when they want to be paid.</summary>
        public sealed record Plan(PayoutSchedule Schedule) : Command;

        /// <summary>What is due is paid out.</summary>
        /// <param name="Funds">What the books say; null: nobody looked.</param>
        public sealed record Run(Fact<FundsSeen>? Funds = null) : Command;

        /// <summary>Staff hold payouts back.</summary>
        /// <param name="Reason">By the rulebook's list.</param>
        /// <param name="Funds">What the books say: by what is owed one decides alone; null: nobody looked.</param>
        public sealed record Hold(string Reason, Fact<FundsSeen>? Funds = null) : Command;

        /// <summary>Staff let them go on, or an appeal that was right.</summary>
        /// <param name="Of">When the hold was placed that is lifted (UTC); null: whichever there is.</param>
        /// <param name="Funds">What the books say; null: nobody looked.</param>
        public sealed record Lift(Instant? Of = null, Fact<FundsSeen>? Funds = null) : Command;

        /// <summary>Somebody of the staff takes held payouts on, or confirms what another has proposed.</summary>
        public sealed record Review(Step Step) : Command;

        /// <summary>A bank took back from us what a buyer had paid for an order, and its seller bears it.</summary>
        /// <param name="Reference">The provider's, of the dispute.</param>
        /// <param name="Paid">What its buyer paid for it and hasn't had back; null: nobody looked.</param>
        public sealed record ChargeBack(
            string Reference, OrderId Order, Money Amount, Fact<Money>? Paid = null) : Command;

        /// <summary>What was taken off is given back: the bank decided for us after all, or an appeal was right.
        /// </summary>
        /// <param name="Reference">The provider's, of the dispute.</param>
        public sealed record Restore(string Reference) : Command;

        /// <summary>Said by a payout that came back.</summary>
        /// <param name="Closed">The account, which is closed; null: it came back for another reason.</param>
        public sealed record TakeBack(PayoutId Payout, Money Amount, Sealed<BankAccount>? Closed = null) : Command;

        /// <summary>Time.</summary>
        public sealed record Wake(Instant Due) : Command;
    }

    /// <summary>Earnings as they stand.</summary>
    /// <param name="PaidOut">What was ever paid out, less what came back.</param>
    /// <param name="Runs">How many payouts there ever were.</param>
    /// <param name="ChargedBack">Chargebacks that were booked.</param>
    public closed record State(
        Money PaidOut, int Runs, ImmutableArray<Chargeback> ChargedBack)
    {
        /// <summary>When its seller wants to be paid; null: as the rulebook has it.</summary>
        public PayoutSchedule? Schedule { get; init; }

        /// <summary>Since when less than their own amount waits (UTC); null: nothing does.</summary>
        public Instant? Waiting { get; init; }

        /// <summary>Nobody said where they are to go.</summary>
        public sealed record NoAccount(Money PaidOut, int Runs, ImmutableArray<Chargeback> ChargedBack)
            : State(PaidOut, Runs, ChargedBack);

        /// <summary>They go on by the schedule.</summary>
        /// <param name="Next">When the next payout is due (UTC).</param>
        public sealed record Scheduled(
            Money PaidOut, int Runs, ImmutableArray<Chargeback> ChargedBack, PaidTo To, Instant Next, Deadline Deadline)
            : State(PaidOut, Runs, ChargedBack);

        /// <summary>They are held back.</summary>
        /// <param name="Deadline">By when somebody looks whether they still are to be; null in what is older.</param>
        /// <param name="IsClosed">The account is closed: another is needed before they go on.</param>
        public sealed record Held(
            Money PaidOut, int Runs, ImmutableArray<Chargeback> ChargedBack, PaidTo To, Instant Next, Statement Why,
            Deadline? Deadline = null, bool IsClosed = false) : State(PaidOut, Runs, ChargedBack);

        /// <summary>How staff see to them.</summary>
        public Handling Handling { get; init; } = Handling.None;

        /// <summary>The chargeback that another is to confirm, or its restoration; null: neither.</summary>
        public Chargeback? ToConfirm { get; init; }

        /// <summary>Who is waited for until when; null: nobody.</summary>
        internal Deadline? Awaited => this switch
        {
            Scheduled s => s.Deadline,
            Held s      => s.Deadline,
            NoAccount   => null,
        };
    }

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>Said where they are paid to.</summary>
        /// <param name="Next">When the next payout is due (UTC).</param>
        public sealed record AccountSet(PaidTo To, Instant Next, Deadline Deadline, Currency Currency) : Event;

        /// <summary>What was due is on its way.</summary>
        /// <param name="Reserve">What was kept back.</param>
        public sealed record Ran(
            PayoutId Payout, Money Amount, Money Reserve, PaidTo To, Instant Next, Deadline Deadline) : Event;

        /// <summary>Nothing was due, less the reserve.</summary>
        /// <param name="Waiting">Since when less than the seller's own amount waits (UTC); null: nothing does.</param>
        public sealed record NothingDue(
            Money Payable, Money Reserve, Instant Next, Deadline Deadline, Instant? Waiting = null) : Event;

        /// <summary>Its seller said when they want to be paid.</summary>
        /// <param name="Next">When the next payout is due (UTC); null: no account is known.</param>
        public sealed record Planned(PayoutSchedule Schedule, Instant? Next = null, Deadline? Deadline = null) : Event;

        /// <summary>A payout was due and nobody ran it, or a hold still stands: people are called.</summary>
        public sealed record Called(Deadline Deadline) : Event;

        /// <summary>Payouts are held back.</summary>
        public sealed record Withheld(Statement Why, Deadline? Deadline = null) : Event, IAdverse;

        /// <summary>They go on.</summary>
        public sealed record Lifted(Instant Next, Deadline Deadline) : Event;

        /// <summary>A chargeback was taken off them.</summary>
        public sealed record ChargedBack(string Reference, OrderId Order, Money Amount, Statement Why)
            : Event, IAdverse;

        /// <summary>What was taken off for a chargeback is theirs again.</summary>
        public sealed record Restored(string Reference, Money Amount) : Event;

        /// <summary>A payout came back.</summary>
        public sealed record TakenBack(PayoutId Payout, Money Amount) : Event;

        /// <summary>One of the staff takes them on, or wants something done that another is to confirm.</summary>
        /// <param name="Of">The chargeback that it is about; null: none.</param>
        public sealed record Reviewed(Handled What, Chargeback? Of = null) : Event;

        /// <summary>The account that was named is closed: nothing goes there until another is.</summary>
        public sealed record AccountClosed : Event;
    }
}
