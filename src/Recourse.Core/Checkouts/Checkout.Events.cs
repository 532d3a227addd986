using Recourse.Catalog;
using Recourse.Coupons;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Reviews;
using Recourse.Risk;
namespace Recourse.Checkouts;

public static partial class Checkout
{
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
