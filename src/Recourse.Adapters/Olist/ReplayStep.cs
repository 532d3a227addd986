using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Tracking;
namespace Recourse.Olist;

/// <summary>What somebody did, then. Whether it is still possible here is for the platform to say.</summary>
/// <param name="At">When (UTC).</param>
/// <param name="Who">Who does it.</param>
/// <param name="Number">Which order there it belongs to.</param>
public closed record ReplayStep(Instant At, Actor Who, string Number)
{
    /// <summary>The seller offers it at the price and shipping that it is about to be bought at.</summary>
    public sealed record OfferListing(Instant At, Actor Who, string Number, ListingId Listing, Offer Offer)
        : ReplayStep(At, Who, Number);

    /// <summary>The seller has all units that are ever going to be bought.</summary>
    public sealed record ReceiveStock(
        Instant At, Actor Who, string Number, StockItemId Item, string Location, int Units)
        : ReplayStep(At, Who, Number);

    /// <summary>The buyer buys.</summary>
    /// <param name="Orders">The orders that it is to become, by seller; the first is of the lowest item number.</param>
    /// <param name="Total">What they add up to.</param>
    /// <param name="ApprovedAt">When the provider is going to authorise; null: never, and the buyer lets it be.</param>
    public sealed record OpenCheckout(
        Instant At, Actor Who, string Number, CheckoutId Checkout, Basket Basket, ImmutableArray<OrderId> Orders,
        Money Total, Instant? ApprovedAt) : ReplayStep(At, Who, Number);

    /// <summary>The provider authorises.</summary>
    public sealed record AnswerPayment(Instant At, Actor Who, string Number, PaymentId Payment, Money Amount)
        : ReplayStep(At, Who, Number);

    /// <summary>The seller says that the parcel left.</summary>
    /// <param name="HandedOverAt">When it did; not after <paramref name="At"/>.</param>
    public sealed record Dispatch(
        Instant At, Actor Who, string Number, OrderId Order, string Carrier, string TrackingNumber,
        Instant HandedOverAt) : ReplayStep(At, Who, Number);

    /// <summary>The carrier says that it was delivered.</summary>
    /// <param name="Tracking">With the instant of delivery; not after <paramref name="At"/>.</param>
    public sealed record ReportDelivered(
        Instant At, Actor Who, string Number, ParcelId Parcel, TrackingEvent Tracking) : ReplayStep(At, Who, Number);

    /// <summary>The buyer no longer wants it.</summary>
    public sealed record CancelByBuyer(Instant At, Actor Who, string Number, OrderId Order)
        : ReplayStep(At, Who, Number);

    /// <summary>The seller can't supply it.</summary>
    public sealed record CancelBySeller(Instant At, Actor Who, string Number, OrderId Order)
        : ReplayStep(At, Who, Number);
}

/// <summary>How an order ended in fact.</summary>
public enum HistoricalEnding
{
    /// <summary>Delivered on the promised day or before.</summary>
    Delivered,

    /// <summary>Delivered on a later day than was promised.</summary>
    DeliveredLate,

    /// <summary>Delivered by its status; when isn't told.</summary>
    DeliveredUndated,

    /// <summary>Handed over, and no delivery is told.</summary>
    NeverDelivered,

    /// <summary>Cancelled before a carrier had it.</summary>
    Cancelled,

    /// <summary>Cancelled, and a carrier had it.</summary>
    CancelledAfterHandOver,

    /// <summary>The seller could not supply it.</summary>
    Unavailable,

    /// <summary>Never handed over, never cancelled.</summary>
    LeftOpen,
}

/// <summary>What became of one order there, for the comparison.</summary>
/// <param name="Status">The status there, in its own word.</param>
/// <param name="BuyerKnewAt">When the buyer knew how it ends: the delivery; null: no instant is told.</param>
/// <param name="MoneyBackAt">When the money was back: never told there, so always null.</param>
public sealed record HistoricalEnd(
    string Number, string Status, HistoricalEnding Ending, Money Paid, Instant PurchasedAt, Instant? PromisedAt,
    Instant? HandedOverAt, Instant? DeliveredAt, Instant? BuyerKnewAt, Instant? MoneyBackAt);

/// <summary>An order there that can't be lived again, and why.</summary>
public sealed record NotReplayable(string Number, string Status, string Code);

/// <summary>A history as what people did, in the order of time, and how it ended in fact.</summary>
/// <param name="Steps">Steps of one instant stand in the order in which they must have come to rest.</param>
/// <param name="Ends">Every order that is lived again, by when it was bought.</param>
public sealed record ReplayScript(
    ImmutableArray<ReplayStep> Steps, ImmutableArray<HistoricalEnd> Ends, ImmutableArray<NotReplayable> Not);
