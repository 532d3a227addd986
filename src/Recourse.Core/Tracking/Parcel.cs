using Recourse.Orders;
namespace Recourse.Tracking;

/// <summary>The parcel of an order, with the order's own code.</summary>
public readonly record struct ParcelId(SellerId Seller, string Code) : IId<ParcelId>
{
    /// <summary>The parcel of an order.</summary>
    public static ParcelId Of(OrderId order) => new(order.Seller, order.Code);

    /// <summary>The order that it carries.</summary>
    public OrderId Order => new(Seller, Code);

    /// <inheritdoc/>
    public static bool TryParse(string? text, out ParcelId id)
    {
        var ok = Derived.Split(text, "parcel", 3) is [_, var s, var c] && Derived.IsCode(s) && Derived.IsCode(c);
        id = ok && text!.Split('/') is [_, var seller, var code] ? new(new(seller), code) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => $"parcel/{Seller.Code}/{Code}";
}

/// <summary>Where a parcel is, in the nine statuses that trackers share.</summary>
/// <remarks>Source: AfterShip's delivery statuses, read 2026-11-24.</remarks>
public enum TrackingStatus
{
    /// <summary>Nothing is known of it yet.</summary>
    Pending,

    /// <summary>The carrier was told of it and waits for it.</summary>
    InfoReceived,

    /// <summary>The carrier has it.</summary>
    InTransit,

    /// <summary>It comes today.</summary>
    OutForDelivery,

    /// <summary>Nobody took it in; the carrier tries again.</summary>
    AttemptFail,

    /// <summary>It waits to be fetched.</summary>
    AvailableForPickup,

    /// <summary>Something is wrong: damaged, held at customs, on its way back, refused.</summary>
    Exception,

    /// <summary>Nothing was heard of it for long.</summary>
    Expired,

    /// <summary>It has arrived.</summary>
    Delivered,
}

/// <summary>One thing that a carrier said. The same thing said twice is one thing.</summary>
/// <param name="At">When it happened, by the carrier's clock (UTC).</param>
/// <param name="Note">The carrier's own words; at most 300 characters.</param>
/// <param name="Place">Where, as the carrier wrote it; at most 100 characters.</param>
public sealed record TrackingEvent(TrackingStatus Status, Instant At, string? Note, string? Place);

/// <summary>One timeline out of whatever the carrier sends: any permutation or repetition gives the same.</summary>
public static partial class Parcel
{
    /// <summary>What can be asked of a parcel.</summary>
    public closed record Command : ICommand<ParcelId>
    {
        /// <summary>Required by the order that is dispatched.</summary>
        public sealed record Register(Handover Handover, BuyerId Buyer) : Command;

        /// <summary>The carrier reports.</summary>
        public sealed record Report(TrackingEvent Tracking) : Command;

        /// <summary>Required by the order: its buyer wants it brought back.</summary>
        /// <param name="Due">By when its carrier is to answer (UTC).</param>
        public sealed record Recall(Instant Due) : Command;

        /// <summary>The carrier says whether it is brought back.</summary>
        /// <param name="Note">The carrier's own words; at most 300 characters.</param>
        public sealed record AnswerRecall(bool IsStopped, string? Note = null) : Command;

        /// <summary>Time; the order waits, not the parcel.</summary>
        public sealed record Wake(Instant Due) : Command;
    }

    /// <summary>All that was said, ordered by when it happened.</summary>
    /// <param name="Buyer">To whom it goes.</param>
    /// <param name="RecallDue">By when its carrier says whether it is brought back (UTC); null: nobody asked.</param>
    /// <param name="IsStopped">What they said; null: nothing yet.</param>
    public sealed record State(
        Handover Handover, BuyerId Buyer, ImmutableArray<TrackingEvent> Events, Instant? RecallDue = null,
        bool? IsStopped = null)
    {
        /// <summary>The furthest that the carrier said; delivered stays delivered.</summary>
        public TrackingStatus Status =>
            Events.Any(e => e.Status is TrackingStatus.Delivered) ? TrackingStatus.Delivered
            : Events.IsEmpty ? TrackingStatus.Pending : Events[^1].Status;

        /// <summary>When its carrier first said that it could not be handed over (UTC); null: they never did.</summary>
        public Instant? NotTakenAt => Events.FirstOrDefault(e => e.Status is TrackingStatus.AttemptFail
            or TrackingStatus.AvailableForPickup or TrackingStatus.Exception)?.At;
    }

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>It left with a carrier.</summary>
        public sealed record Registered(Handover Handover, BuyerId Buyer) : Event;

        /// <summary>The carrier said something new.</summary>
        public sealed record Reported(TrackingEvent Tracking) : Event;

        /// <summary>Its carrier is asked to bring it back.</summary>
        public sealed record RecallAsked(Instant Due) : Event;

        /// <summary>Its carrier brings it back, or doesn't.</summary>
        public sealed record RecallAnswered(bool IsStopped, string? Note = null) : Event;
    }
}
