using Recourse.Catalog;
using Recourse.Coupons;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Reviews;
using Recourse.Risk;
namespace Recourse.Checkouts;

/// <summary>One basket on its way to being paid; each seller in it becomes an order.</summary>
public readonly record struct CheckoutId(BuyerId Buyer, string Code) : IId<CheckoutId>
{
    /// <inheritdoc/>
    public static bool TryParse(string? text, out CheckoutId id)
    {
        var ok = Derived.Split(text, "checkout", 3) is [_, var b, var c] && Derived.IsCode(b) && Derived.IsCode(c);
        id = ok && text!.Split('/') is [_, var buyer, var code] ? new(new(buyer), code) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => $"checkout/{Buyer.Code}/{Code}";
}

/// <summary>Sellers reserve, the provider authorises, the sellers are funded; or everything is given back.</summary>
public static partial class Checkout
{
    /// <summary>What can be asked of a checkout.</summary>
    public closed record Command : ICommand<CheckoutId>
    {
        /// <summary>
        /// Starts it, without the lines that the gathered facts speak against; refused with all that they say where
        /// nothing of it can be had so.
        /// </summary>
        public sealed record Open(Basket Basket, CheckoutFacts Facts) : Command;

        /// <summary>Said by an order: stock and price are taken.</summary>
        public sealed record ConfirmReserved(OrderId Order, Money Total) : Command;

        /// <summary>What came back from a seller that refuses.</summary>
        public sealed record HearRefusal(OrderId Order, ImmutableArray<Refusal> Why) : Command, IIfRefused
        {
            /// <inheritdoc/>
            public IIfRefused With(ImmutableArray<Refusal> why) => this with { Why = why };
        }

        /// <summary>Said by a coupon of all shops: this checkout has a use of it.</summary>
        public sealed record HearCouponTaken(CouponId Coupon) : Command;

        /// <summary>What came back from a coupon of all shops that can't be used after all.</summary>
        public sealed record HearCouponRefused(CouponId Coupon, ImmutableArray<Refusal> Why) : Command, IIfRefused
        {
            /// <inheritdoc/>
            public IIfRefused With(ImmutableArray<Refusal> why) => this with { Why = why };
        }

        /// <summary>The buyer goes on without what was left out and the orders that were refused.</summary>
        public sealed record Proceed : Command;

        /// <summary>The buyer orders without coupons that stand in the way: those sellers are asked again.</summary>
        public sealed record LeaveDiscounts : Command;

        /// <summary>The buyer pays, with another method than the one that failed or with the same.</summary>
        /// <param name="Kind">Of which kind it is; null: one that is paid at once.</param>
        /// <param name="Buyer">What the buyer's account says; null: nothing stands there, or nobody looked.</param>
        /// <param name="Seen">What is known of the method; null: nobody looked.</param>
        /// <param name="Risk">What screening knows of the purchase with it; null: nobody asked.</param>
        /// <param name="Trust">What speaks for the buyer; null: nobody asked.</param>
        public sealed record Pay(
            string Method, string? Kind = null, Fact<BuyerCheck>? Buyer = null, Fact<MethodSeen>? Seen = null,
            Fact<RiskFacts>? Risk = null, Fact<Trust>? Trust = null) : Command;

        /// <summary>The buyer gives it up before it is paid.</summary>
        /// <param name="For">
        /// What is opened instead: only what waits for the buyer's word is given up for it. Null: nothing is.
        /// </param>
        public sealed record Abandon(CheckoutId? For = null) : Command;

        /// <summary>Somebody has looked at what screening held: it goes on.</summary>
        public sealed record Clear : Command;

        /// <summary>Somebody has looked at what screening held: it does not go on.</summary>
        public sealed record TurnDown : Command;

        /// <summary>Somebody of the staff takes on what screening held, or confirms what another proposed.</summary>
        public sealed record Review(Step Step) : Command;

        /// <summary>Said by the buyer's verification: they have shown that it is them.</summary>
        /// <param name="Card">With that card alone, by its fingerprint; null: with whatever they pay.</param>
        public sealed record HearVerified(string? Card = null) : Command;

        /// <summary>Said by the buyer's verification: what they showed was not enough.</summary>
        public sealed record HearNotVerified : Command;

        /// <summary>Said by the brake: it doesn't end by the clock before then.</summary>
        public sealed record PutOff(Instant Until) : Command;

        /// <summary>Said by the buyer's verification: a person looks at what they showed.</summary>
        /// <param name="Until">By when (UTC).</param>
        public sealed record HearProofSent(Instant Until) : Command;

        /// <summary>Said by an appeal that was right.</summary>
        public sealed record Overturn(string Appeal) : Command;

        /// <summary>Said by the payment: the money is held.</summary>
        public sealed record ConfirmAuthorised : Command;

        /// <summary>Said by the payment: this method failed, and why.</summary>
        public sealed record HearDecline(Statement Why) : Command;

        /// <summary>Said by an order that ended before it was paid.</summary>
        public sealed record HearEnded(OrderId Order) : Command;

        /// <summary>Time.</summary>
        public sealed record Wake(Instant Due) : Command;
    }

    /// <summary>A checkout as it stands. Its payment has the same owner and code.</summary>
    public closed record State(Basket Basket, Currency Currency, ImmutableArray<Part> Parts)
    {
        /// <summary>What the sellers that keep their part add up to.</summary>
        public Money Total => Parts.Where(p => p.Total is not null).Select(p => p.Total!.Value).Sum(Currency);

        /// <summary>Why lines, or coupons, were left out of it when it was opened, each with its place.</summary>
        public ImmutableArray<Refusal> LeftOut { get; init; } = [];

        /// <summary>The coupon of all shops that it takes a use of; null: none.</summary>
        public CouponId? Taken { get; init; }

        /// <summary>What screening gave as reasons, and a person has looked at and let go on.</summary>
        public ImmutableArray<string> Cleared { get; init; } = [];

        /// <summary>Somebody must act.</summary>
        /// <param name="PayBy">Until when it is to be paid (UTC), however often the method is changed.</param>
        public closed record Open(
            Basket Basket, Currency Currency, ImmutableArray<Part> Parts, Deadline Deadline, Instant PayBy)
            : State(Basket, Currency, Parts);

        /// <summary>Sellers have not all answered.</summary>
        /// <param name="Gate">What comes before paying; null: nothing.</param>
        /// <param name="Facts">What was known when it was opened; null: it is asked again, without discounts.</param>
        public sealed record Reserving(
            Basket Basket, Currency Currency, ImmutableArray<Part> Parts, Deadline Deadline, Instant PayBy,
            Gate? Gate = null, CheckoutFacts? Facts = null) : Open(Basket, Currency, Parts, Deadline, PayBy)
        {
            /// <summary>What sellers are asked for once a coupon of all shops has answered; null: they were.</summary>
            public ImmutableArray<Request>? Unasked { get; init; }
        }

        /// <summary>A line was left out or a seller refused: the buyer goes on without, or gives up.</summary>
        /// <param name="Gate">What comes before paying; null: nothing.</param>
        public sealed record Stopped(
            Basket Basket, Currency Currency, ImmutableArray<Part> Parts, Deadline Deadline, Instant PayBy,
            Gate? Gate = null) : Open(Basket, Currency, Parts, Deadline, PayBy);

        /// <summary>Everything is kept, and the provider isn't asked yet: screening wants more.</summary>
        public closed record Waiting(
            Basket Basket, Currency Currency, ImmutableArray<Part> Parts, Deadline Deadline, Instant PayBy, Gate Gate,
            Statement Why) : Open(Basket, Currency, Parts, Deadline, PayBy)
        {
            /// <summary>Which try to pay it is that waits, from 1.</summary>
            public int Attempt { get; init; } = 1;
        }

        /// <summary>The buyer shows that it is them.</summary>
        public sealed record Verifying(
            Basket Basket, Currency Currency, ImmutableArray<Part> Parts, Deadline Deadline, Instant PayBy, Gate Gate,
            Statement Why) : Waiting(Basket, Currency, Parts, Deadline, PayBy, Gate, Why);

        /// <summary>A person looks at it.</summary>
        public sealed record InReview(
            Basket Basket, Currency Currency, ImmutableArray<Part> Parts, Deadline Deadline, Instant PayBy, Gate Gate,
            Statement Why) : Waiting(Basket, Currency, Parts, Deadline, PayBy, Gate, Why)
        {
            /// <summary>How staff see to it.</summary>
            public Handling Handling { get; init; } = Handling.None;
        }

        /// <summary>The provider was asked.</summary>
        public sealed record Paying(
            Basket Basket, Currency Currency, ImmutableArray<Part> Parts, Deadline Deadline, Instant PayBy,
            int Attempt) : Open(Basket, Currency, Parts, Deadline, PayBy);

        /// <summary>The method failed: the buyer tries another.</summary>
        public sealed record Declined(
            Basket Basket, Currency Currency, ImmutableArray<Part> Parts, Deadline Deadline, Instant PayBy,
            int Attempt, Statement Why) : Open(Basket, Currency, Parts, Deadline, PayBy);

        /// <summary>The money is held: the orders go on by themselves.</summary>
        public sealed record Authorised(Basket Basket, Currency Currency, ImmutableArray<Part> Parts)
            : State(Basket, Currency, Parts);

        /// <summary>Given up; what was taken was given back.</summary>
        /// <param name="Attempt">How often payment was tried; 0: there is no payment.</param>
        public sealed record Abandoned(
            Basket Basket, Currency Currency, ImmutableArray<Part> Parts, int Attempt, Statement Why)
            : State(Basket, Currency, Parts);

        /// <summary>Not accepted; nothing was charged, and what was taken was given back.</summary>
        /// <param name="Appeal">The appeal that showed that this was wrong; null: none did.</param>
        public sealed record TurnedDown(
            Basket Basket, Currency Currency, ImmutableArray<Part> Parts, Statement Why, string? Appeal = null)
            : State(Basket, Currency, Parts);
    }

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>Each seller is asked for its part.</summary>
        /// <param name="LeftOut">Why some of it is asked of no seller, each with its place; null: nothing is.</param>
        public sealed record Opened(
            Basket Basket, CheckoutFacts Facts, Currency Currency, ImmutableArray<Request> Requests,
            Deadline Deadline, Instant PayBy, Gate? Gate = null, ImmutableArray<Refusal>? LeftOut = null) : Event;

        /// <summary>Screening refuses it: no seller is asked for anything.</summary>
        public sealed record NotOpened(Basket Basket, CheckoutFacts Facts, Currency Currency, Statement Why)
            : Event, IAdverse;

        /// <summary>A coupon of all shops has answered: sellers are asked.</summary>
        /// <param name="IsTaken">The checkout has a use of it; false: only those are asked that it is not for.</param>
        public sealed record SellersAsked(CouponId Coupon, bool IsTaken, ImmutableArray<Request> Requests) : Event;

        /// <summary>A seller keeps its part.</summary>
        public sealed record Reserved(OrderId Order, Money Total) : Event;

        /// <summary>A seller can't, for all these reasons.</summary>
        public sealed record Refused(OrderId Order, ImmutableArray<Refusal> Why) : Event;

        /// <summary>A seller can't with some lines: it is asked for its others, and those are left out.</summary>
        /// <param name="LeftOut">Why, each with its place; what was left out before stays so.</param>
        /// <param name="Answered">What was found by that.</param>
        public sealed record AskedForLess(
            Request Request, ImmutableArray<Refusal> LeftOut, ImmutableArray<Answered> Answered) : Event;

        /// <summary>A seller's answer did not come in time: the checkout goes on without that part.</summary>
        public sealed record Missed(OrderId Order, Refusal Why) : Event;

        /// <summary>All have answered; some refused, or lines were left out.</summary>
        public sealed record Stopped(Deadline Deadline) : Event;

        /// <summary>The payment is asked to authorise what the parts add up to.</summary>
        /// <param name="Cleared">What made it go on, where it had to wait.</param>
        /// <param name="Seen">What is known of another method than the first; null: it is the first, it waited, or
        /// nobody looked.</param>
        /// <param name="Risk">What screening knew of it with that method; null as before.</param>
        /// <param name="Trust">What spoke for the buyer then; null as before.</param>
        /// <param name="ClearedBefore">Reasons for which screening would have kept it waiting, and that a person had
        /// cleared in this checkout before; null: there were none.</param>
        /// <param name="Wallet">What of it the buyer's wallet pays; null: nothing.</param>
        public sealed record PaymentAsked(
            string Method, int Attempt, ImmutableArray<Share> Shares, Deadline Deadline, string? Kind = null,
            ClearedBy? Cleared = null, Fact<MethodSeen>? Seen = null, Fact<RiskFacts>? Risk = null,
            Fact<Trust>? Trust = null, ImmutableArray<string>? ClearedBefore = null,
            Money? Wallet = null) : Event;

        /// <summary>The buyer is asked to show that it is them.</summary>
        /// <param name="With">The other method that is why; null: it is the first.</param>
        public sealed record VerificationAsked(Statement Why, Deadline Deadline, NextTry? With = null)
            : Event, IAdverse;

        /// <summary>The buyer has shown something, and a person looks at it.</summary>
        public sealed record ProofSent(Deadline Deadline) : Event;

        /// <summary>A person is to look at it.</summary>
        /// <param name="With">The other method that is why; null: it is the first.</param>
        public sealed record HeldForReview(Statement Why, Deadline Deadline, NextTry? With = null) : Event, IAdverse;

        /// <summary>Somebody of the staff has taken it on, proposed something, or confirmed nothing in time.</summary>
        public sealed record Reviewed(Handled What) : Event;

        /// <summary>It was kept waiting, or was to be paid with another method, and does not go on.</summary>
        /// <param name="With">That method; null: it was kept waiting.</param>
        public sealed record TurnedDown(Statement Why, NextTry? With = null) : Event, IAdverse;

        /// <summary>An appeal showed that it should have gone on.</summary>
        public sealed record Overturned(string Appeal) : Event;

        /// <summary>The method failed.</summary>
        /// <param name="Card">The keyed fingerprint of the card that it is; null: it is none, or isn't known.</param>
        public sealed record Declined(Statement Why, Deadline Deadline, string? Card = null) : Event, IAdverse;

        /// <summary>The money is held.</summary>
        /// <param name="Answered">What had been found in it and was settled; null: nothing.</param>
        /// <param name="Total">What it came to, if anything had been.</param>
        public sealed record Authorised(ImmutableArray<Answered>? Answered = null, Money? Total = null) : Event;

        /// <summary>Whoever is waited for was told what happens, and when.</summary>
        public sealed record Warned(Deadline Deadline) : Event;

        /// <summary>It would have ended by the clock together with unusually many: that is put off.</summary>
        public sealed record PutOff(Deadline Deadline) : Event;

        /// <summary>Sellers that refused because of a coupon are asked for their part without it.</summary>
        public sealed record AskedAgain(ImmutableArray<Request> Requests, Deadline Deadline) : Event;

        /// <summary>An order ended before it was paid.</summary>
        public sealed record Dropped(OrderId Order, Refusal Why) : Event;

        /// <summary>Given up.</summary>
        /// <param name="Unpaid">The buyer chose to pay later, was asked to, and did not; null: something else was so,
        /// or it is older than this.</param>
        public sealed record Abandoned(Statement Why, bool? Unpaid = null) : Event, IAdverse;
    }
}
