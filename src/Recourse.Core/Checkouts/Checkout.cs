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
}
