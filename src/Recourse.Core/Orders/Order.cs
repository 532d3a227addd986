using Recourse.Checkouts;
using Recourse.Coupons;
using Recourse.Disputes;
using Recourse.Payments;
using Recourse.Reviews;
namespace Recourse.Orders;

/// <summary>An order belongs to its seller and is born of a checkout, one for each seller in it.</summary>
public readonly record struct OrderId(SellerId Seller, string Code) : IId<OrderId>, IComparable<OrderId>
{
    /// <inheritdoc/>
    public int CompareTo(OrderId other) =>
        string.CompareOrdinal(Code, other.Code) is var c and not 0
            ? c : string.CompareOrdinal(Seller.Code, other.Seller.Code);

    /// <summary>The order that a checkout places with a seller.</summary>
    public static OrderId Of(CheckoutId checkout, SellerId seller) => new(seller, Derived.Code($"{checkout} {seller}"));

    /// <inheritdoc/>
    public static bool TryParse(string? text, out OrderId id)
    {
        var ok = Derived.Split(text, "order", 3) is [_, var s, var c] && Derived.IsCode(s) && Derived.IsCode(c);
        id = ok && text!.Split('/') is [_, var seller, var code] ? new(new(seller), code) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => $"order/{Seller.Code}/{Code}";
}

/// <summary>One sale, and the gatekeeper of what excludes each other: cancelled or dispatched, never both.</summary>
public static partial class Order
{
    /// <summary>Each case holds exactly what is known by then; null is no order yet.</summary>
    public closed record State
    {
        /// <summary>Born of a checkout of ours.</summary>
        public closed record Dealt(Deal Deal) : State;

        /// <summary>Someone must act. An open order in which nobody is waited for can't be written.</summary>
        public closed record Open(Deal Deal, Deadline Deadline) : Dealt(Deal);

        /// <summary>Nothing has left yet. What somebody means to cancel lapses when the order moves on.</summary>
        /// <param name="Meant">A cancellation that comes in a moment; null: none does.</param>
        /// <param name="TakenBackBy">Who has taken the last one back; null: nobody, or something came after it.</param>
        public closed record Cancellable(Deal Deal, Deadline Deadline, Meant? Meant, Actor? TakenBackBy)
            : Open(Deal, Deadline);

        /// <summary>Stock is kept; the checkout is to pay.</summary>
        public sealed record Placed(Deal Deal, Deadline Deadline, Meant? Meant = null, Actor? TakenBackBy = null)
            : Cancellable(Deal, Deadline, Meant, TakenBackBy);

        /// <summary>The money is in escrow; the seller is to dispatch.</summary>
        /// <param name="PickedAt">When the first of it was taken from its shelf (UTC); null: nobody said so.</param>
        /// <param name="Wish">What its buyer has asked for; null: nothing.</param>
        /// <param name="Keeping">What its seller wants to give up, and its buyer is asked about; null: nothing.</param>
        /// <param name="Warnings">What is wrong with it, one of a reason; null: nothing.</param>
        public sealed record Funded(
            Deal Deal, Deadline Deadline, PaymentId Payment, Meant? Meant = null, Actor? TakenBackBy = null,
            Instant? PickedAt = null, Wish? Wish = null, Keeping? Keeping = null,
            ImmutableArray<Warning>? Warnings = null)
            : Cancellable(Deal, Deadline, Meant, TakenBackBy)
        {
            /// <summary>How staff see to what one of them wants done.</summary>
            public Handling Handling { get; init; } = Handling.None;

            /// <summary>What staff have ended of it so far; null: nothing.</summary>
            public Money? ByStaff { get; init; }

            /// <summary>Of a cancellation that another is to confirm: of what; null: none is.</summary>
            public ToConfirm? ToConfirm { get; init; }

            /// <summary>Whether nothing is to be sent yet: its seller's time stands still.</summary>
            public bool IsHeld => Warnings?.Any(w => w.Holds) is true;

            /// <summary>When what is wrong is told (UTC); null: all of it was.</summary>
            public Instant? TellsAt => Warnings?.Min(w => w.Deadline.Warn);

            /// <summary>What was warned of for a reason; null: nothing.</summary>
            public Warning? WarningOf(string? reason) => Warnings?.FirstOrDefault(w => w.Reason == reason);
        }

        /// <summary>The parcel left: from here goods come back by a return, not by a cancellation.</summary>
        public closed record Dispatched(Deal Deal, Deadline Deadline, PaymentId Payment, Handover Handover)
            : Open(Deal, Deadline);

        /// <summary>On its way.</summary>
        /// <param name="Recall">What became of its buyer's wish to have it back; null: there was none.</param>
        public sealed record Shipped(
            Deal Deal, Deadline Deadline, PaymentId Payment, Handover Handover, Recall? Recall = null)
            : Dispatched(Deal, Deadline, Payment, Handover);

        /// <summary>With the buyer, who may still object.</summary>
        /// <param name="IsExtended">Its buyer has asked for more time.</param>
        public sealed record Delivered(
            Deal Deal, Deadline Deadline, PaymentId Payment, Handover Handover, Instant DeliveredAt,
            bool IsExtended = false)
            : Dispatched(Deal, Deadline, Payment, Handover)
        {
            /// <summary>Whether something about it is contested: then nobody is paid yet.</summary>
            public bool IsContested => Deal.Contested is { IsEmpty: false };
        }

        /// <summary>The seller is paid.</summary>
        public sealed record Completed(Deal Deal, Money ToSeller, Money Fee, Handover Handover) : Dealt(Deal);

        /// <summary>Ended early; the deal is the one that was given up.</summary>
        public sealed record Cancelled(Deal Deal, Settlement Settlement, Statement Why) : Dealt(Deal);

        /// <summary>Taken over from a history.</summary>
        public sealed record Imported(ImportedOrder Facts) : State;
    }

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>Stock and price are taken.</summary>
        /// <param name="Marks">What the purchase is made over, for its coupon; null: it has none.</param>
        public sealed record Placed(Deal Deal, Deadline Deadline, ImmutableArray<Mark>? Marks = null) : Event;

        /// <summary>The money is in escrow.</summary>
        public sealed record Funded(Money Held, PaymentId Payment, Deadline Deadline) : Event;

        /// <summary>The parcel was handed over.</summary>
        public sealed record Shipped(Handover Handover, Deadline Deadline) : Event;

        /// <summary>The carrier delivered.</summary>
        public sealed record Delivered(Instant DeliveredAt, Deadline Deadline) : Event;

        /// <summary>The seller is paid, less the fee.</summary>
        /// <param name="Borne">What the platform makes good to them besides; null: nothing.</param>
        public sealed record Completed(Money ToSeller, Money Fee, Money? Borne = null) : Event;

        /// <summary>Whoever is waited for was told what happens, and when.</summary>
        /// <param name="Warnings">What else they are to put right, told with it; null: nothing.</param>
        public sealed record Warned(Deadline Deadline, ImmutableArray<Warning>? Warnings = null) : Event;

        /// <summary>It would have ended by the clock together with unusually many: that is put off.</summary>
        /// <param name="Warnings">With what they have longer for, too; null: nothing.</param>
        public sealed record PutOff(Deadline Deadline, ImmutableArray<Warning>? Warnings = null) : Event;

        /// <summary>Something is wrong with it, and is told soon.</summary>
        public sealed record WarningGiven(Warning Warning) : Event;

        /// <summary>Whoever is to put right what is wrong was told, of all of it at once.</summary>
        /// <param name="Warnings">As they stand now.</param>
        /// <param name="Deadline">When it is to be sent, where that was told with it; null: it wasn't.</param>
        /// <param name="RequestDue">When its seller is to answer its buyer (UTC); null: nothing is asked.</param>
        public sealed record WarningsTold(
            ImmutableArray<Warning> Warnings, Deadline? Deadline = null, Instant? RequestDue = null) : Event;

        /// <summary>Whoever was warned has said something that staff hear.</summary>
        public sealed record WarningAnswered(string Reason, string Word, Instant At, Deadline Deadline) : Event;

        /// <summary>It goes on as if nothing had been wrong.</summary>
        /// <param name="Because">A code, e.g. <c>order.warning-put-right</c>.</param>
        /// <param name="Deadline">When it is to be sent now, where it had been held; null: it hadn't.</param>
        public sealed record WarningLifted(Warning Warning, string Because, Deadline? Deadline = null) : Event;

        /// <summary>Somebody means to cancel it, or some units of it: that comes by itself, in a moment.</summary>
        public sealed record CancellationMeant(Meant Meant) : Event;

        /// <summary>They have thought better of it.</summary>
        public sealed record CancellationTakenBack(Actor Who) : Event;

        /// <summary>The seller wants to give it up, or some units; the buyer is offered ways to keep it.</summary>
        public sealed record KeepingOffered(Keeping Keeping, Deadline Deadline) : Event;

        /// <summary>The buyer keeps it in that way.</summary>
        /// <param name="Deal">As it stands now.</param>
        /// <param name="Replaced">Lines that others take the place of; null: none.</param>
        /// <param name="Instead">Those others.</param>
        public sealed record Kept(
            KeepWay Way, Deal Deal, Deadline Deadline, ImmutableArray<Line>? Replaced = null,
            ImmutableArray<Line>? Instead = null) : Event;

        /// <summary>The seller goes on with it after all.</summary>
        public sealed record KeepingWithdrawn(Deadline Deadline) : Event;

        /// <summary>Ended early, in part or in whole: never without what goes back, and why.</summary>
        public closed record Settled(Settlement Settlement, Statement Why) : Event, IAdverse;

        /// <summary>Some units are given up; the others go on.</summary>
        /// <param name="Deadline">What is waited for now, where that changes by it; null: as before.</param>
        public sealed record Reduced(Deal Left, Settlement Settlement, Statement Why, Deadline? Deadline = null)
            : Settled(Settlement, Why);

        /// <summary>Given up before dispatch.</summary>
        public sealed record Cancelled(Settlement Settlement, Statement Why) : Settled(Settlement, Why);

        /// <summary>Dispatched, and not delivered in time.</summary>
        public sealed record Lost(Settlement Settlement, Statement Why) : Settled(Settlement, Why);

        /// <summary>It was on its way, and has come back.</summary>
        public sealed record CameBack(Settlement Settlement, Statement Why) : Settled(Settlement, Why);

        /// <summary>The first of it was taken from its shelf.</summary>
        public sealed record Picked(Instant At) : Event;

        /// <summary>Its buyer asks to cancel what is being picked.</summary>
        public sealed record CancellationAsked(Wish.ToCancel Wish) : Event;

        /// <summary>Its buyer asks to change what is being picked.</summary>
        public sealed record AmendmentAsked(Wish.ToAmend Wish) : Event;

        /// <summary>Its buyer asks to change it, and somebody of the platform looks at that first.</summary>
        public sealed record AmendmentHeld(Wish.ToAmend Wish, Statement Why) : Event, IAdverse;

        /// <summary>It is to be changed once more is paid: what is new of it is kept.</summary>
        public sealed record DifferenceAsked(Wish.ToPay Wish) : Event;

        /// <summary>Its seller said no, staff did for them, or screening; or it was sent meanwhile.</summary>
        public sealed record WishRefused(Wish Wish, Statement Why) : Event, IAdverse;

        /// <summary>Nobody waits for it any more.</summary>
        /// <param name="Because">A code, e.g. <c>order.withdrawn</c>.</param>
        public sealed record WishEnded(Wish Wish, string Because) : Event;

        /// <summary>It is another order from now on.</summary>
        /// <param name="After">With new lines, without what gave way.</param>
        /// <param name="Payment">What paid the difference; null: nothing more was to pay.</param>
        /// <param name="From">What gives the difference back; null: there is none.</param>
        public sealed record Amended(
            Deal After, Amendment What, Statement Why, PaymentId? Payment = null,
            ImmutableArray<PaidBack>? From = null) : Event;

        /// <summary>The carrier is asked to bring it back.</summary>
        public sealed record RecallAsked(Recall Recall, Handover Handover) : Event;

        /// <summary>The carrier brings it back.</summary>
        public sealed record RecallAccepted(Deadline Deadline) : Event;

        /// <summary>It goes on as if nobody had asked.</summary>
        /// <param name="Because">A code, e.g. <c>order.carrier-silent</c>.</param>
        public sealed record RecallOver(string Because) : Event;

        /// <summary>Its buyer has more time.</summary>
        public sealed record Extended(Deadline Deadline) : Event;

        /// <summary>Something about it is contested: its seller is not paid meanwhile.</summary>
        public sealed record Contested(AppealId Appeal) : Event;

        /// <summary>That is decided.</summary>
        /// <param name="Deadline">When its seller is paid now; null: that is not the next thing.</param>
        public sealed record Uncontested(AppealId Appeal, Deadline? Deadline = null) : Event;

        /// <summary>Its seller would have been paid, and something about it is contested.</summary>
        public sealed record Postponed(Deadline Deadline) : Event;

        /// <summary>One of the staff wants something done that another is to confirm, or what became of that.</summary>
        /// <param name="Of">What a cancellation is proposed of; null: it is none.</param>
        public sealed record Reviewed(Handled What, ToConfirm? Of = null) : Event;

        /// <summary>Taken over from a history.</summary>
        public sealed record Imported(ImportedOrder Facts) : Event;

        /// <summary>
        /// On appeal it was found that it should not have ended so. It stays as it is: its buyer has what was given up
        /// set aside anew, its seller has marks taken off, and a parcel that they sent made good.
        /// </summary>
        /// <param name="DecidedAt">When it had been decided (UTC).</param>
        /// <param name="MadeGood">What the platform pays the seller for it; null: nothing.</param>
        /// <param name="Marks">What doesn't count against the seller any more.</param>
        /// <param name="Paid">What its buyer is paid, since it had left by then; null: nothing.</param>
        public sealed record Overturned(
            AppealId Appeal, Settlement Gone, Instant DecidedAt, Money? MadeGood = null, long Marks = 0,
            Compensation? Paid = null) : Event;
    }
}
