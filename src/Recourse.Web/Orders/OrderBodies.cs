using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Refunds;
namespace Recourse.Web;

/// <summary>An order, as its reader may know it.</summary>
/// <param name="Units">Things that still stand; for what ended early, what stood last.</param>
/// <param name="Total">Goods and shipping; amounts are left out for who packs.</param>
/// <param name="ShipTo">Name and address, for those who need it; left out for the others and once erased.</param>
/// <param name="Next">Who must act, until when, and what happens otherwise; left out: nobody.</param>
/// <param name="Why">The last statement of reasons; left out: nothing went against anybody.</param>
/// <param name="Imported">What another system knew; only for orders taken over from a history.</param>
/// <param name="Actions">What the reader may do now, and why not the rest.</param>
/// <param name="AtStake">
/// What it comes to if the deadline passes, for its seller and staff; left out: nobody is waited for.
/// </param>
/// <param name="Meant">A cancellation that comes in a moment unless it is taken back; left out: none does.</param>
/// <param name="Screening">What screening made of its purchase, for staff; left out: it was never screened.</param>
/// <param name="PickedAt">
/// When the first of it was taken from its shelf (UTC): from then on its seller has a say; left out: nobody said so.
/// </param>
/// <param name="Request">What its buyer has asked for; left out: nothing.</param>
/// <param name="Recall">How far bringing it back has come; left out: nobody asked for it.</param>
/// <param name="IsContested">Something about it is contested: its seller is not paid meanwhile.</param>
/// <param name="Keeping">
/// What its seller wants to give up, and the ways in which its buyer can keep it; left out: nothing.
/// </param>
public sealed record OrderBody(
    OrderId Id, string State, string StateText, BuyerId? Buyer, SellerId Seller, CheckoutId? Checkout,
    ImmutableArray<LineBody> Lines, int Units, Money? Goods, Money? Shipping, Money? Total, string? Country,
    AddressBody? ShipTo, Instant PlacedAt, HandoverBody? Handover, Instant? DeliveredAt, NextStep? Next, EndBody? End,
    StatementBody? Why, ImportedBody? Imported, int? Rulebook, ImmutableArray<ActionBody> Actions,
    StakesBody? AtStake = null, MeantBody? Meant = null, ScreeningBody? Screening = null,
    Instant? PickedAt = null, RequestBody? Request = null, RecallBody? Recall = null, bool IsContested = false,
    KeepingBody? Keeping = null)
{
    /// <summary>What coupons took off the goods that still stand, in the order in which they came off.</summary>
    public ImmutableArray<DiscountBody> Discounts { get; init; } = [];

    /// <summary>About what it comes to in the currency that was asked for; left out: none was.</summary>
    public ReadingBody? Reading { get; init; }

    /// <summary>What is wrong with it, all of it together; none: nothing is.</summary>
    public ImmutableArray<WarningBody> Warnings { get; init; } = [];

    /// <summary>How its buyer can give back what was sent; for others, and before it is sent, none.</summary>
    public ImmutableArray<WayBackBody> WaysBack { get; init; } = [];
}

/// <summary>A cancellation that somebody has decided on, and may still take back.</summary>
/// <param name="By">Who, by role.</param>
/// <param name="IsYours">Whether the reader can take it back.</param>
/// <param name="Reason">A code of the rulebook; left out for who packs.</param>
/// <param name="ReasonText">What it means for the reader, in their language.</param>
/// <param name="Units">How many things it is about.</param>
/// <param name="IsWhole">Whether nothing is left of the order then.</param>
/// <param name="Due">When it takes effect (UTC).</param>
public sealed record MeantBody(
    string By, bool IsYours, string? Reason, string? ReasonText, ImmutableArray<PortionBody> Portions, int Units,
    bool IsWhole, Instant Due);

/// <summary>Units of one variant in an order.</summary>
/// <param name="UnitPrice">What is paid for one.</param>
/// <param name="Off">What a coupon took off the price of one; left out: nothing.</param>
/// <param name="By">How it is sent, as it was promised; left out: in the seller's own way.</param>
public sealed record LineBody(
    int Number, string Listing, string Sku, string Title, int Quantity, Money? UnitPrice, Money? ShippingPerUnit,
    Money? Off = null, SendingBody? By = null);

/// <summary>The way that a buyer chose, and the days that they were promised then.</summary>
/// <param name="Service">The code of a carrier's service.</param>
/// <param name="Text">What it is called.</param>
/// <param name="Tracked">Left out: the rulebook of that day doesn't know the service.</param>
/// <param name="ArrivesFrom">When it is there at best (UTC), if it is handed over on the promised day.</param>
/// <param name="ArrivesBy">And at the latest (UTC).</param>
/// <param name="AsOf">When that was promised (UTC).</param>
public sealed record SendingBody(
    string Service, string Text, bool? Tracked, Instant ArrivesFrom, Instant ArrivesBy, Instant AsOf);

/// <summary>With whom the parcel left.</summary>
public sealed record HandoverBody(string Carrier, string TrackingNumber, Instant At);

/// <summary>How it ended in money.</summary>
/// <param name="ToSeller">What the seller got.</param>
/// <param name="Fee">What the platform kept.</param>
/// <param name="ToBuyer">What goes back to the buyer.</param>
public sealed record EndBody(Money? ToSeller, Money? Fee, Money? ToBuyer);

/// <summary>An order as another system kept it.</summary>
public sealed record ImportedBody(
    string Source, string Number, string Status, Instant? Approved, Instant? HandedOver, Instant? Delivered,
    Instant? Promised, ImmutableArray<FindingBody> Findings);

/// <summary>Something in taken-over data that doesn't fit.</summary>
public sealed record FindingBody(string Code, string Text, ImmutableArray<FactBody> Facts);

/// <summary>An order in a list.</summary>
/// <param name="Title">Of its first line.</param>
/// <param name="Lines">How many lines it has.</param>
/// <param name="CancelsAt">When a cancellation takes effect that can still be taken back; left out: none does.</param>
public sealed record OrderItem(
    string Id, string State, string Buyer, string Seller, Money? Total, int Units, Instant PlacedAt, NextStep? Next,
    string? Why, bool IsImported, int Findings, string Title, int Lines,
    Instant? CancelsAt = null)
{
    /// <summary>About what it comes to in the currency that was asked for; left out: none was.</summary>
    public ReadingBody? Reading { get; init; }

    /// <summary>Of an order of a history: the code of what most probably ended it, inferred and decided by nobody
    /// here; left out: nothing is inferred.</summary>
    public string? Inferred { get; init; }
}

/// <summary>What happened to an order and what belongs to it, oldest first.</summary>
public sealed record TimelineBody(OrderId Order, ImmutableArray<TimelineItem> Items);

/// <summary>One thing that happened.</summary>
/// <param name="Of">To what: the text of its id.</param>
/// <param name="Event">What, e.g. <c>order.funded</c>.</param>
/// <param name="By">Who did it, by role.</param>
/// <param name="Text">In the reader's language.</param>
/// <param name="Why">The statement of reasons, where it went against somebody.</param>
public sealed record TimelineItem(
    Instant At, long Position, string Of, string Event, string By, string Text, ImmutableArray<FactBody> Facts,
    StatementBody? Why);

/// <summary>Where the money of an order went.</summary>
/// <param name="Held">What stands in escrow for it now.</param>
/// <param name="Refunds">What goes or went back after it was taken.</param>
/// <param name="Reference">The payment's reference at the provider.</param>
/// <param name="BackToWallet">Whether its buyer wants refunds in their wallet.</param>
public sealed record MoneyBody(
    OrderId Order, Money? Held, string? Payment, string? PaymentState, string? Reference,
    ImmutableArray<MoneyStep> Steps, ImmutableArray<RefundBody> Refunds, bool BackToWallet = false);

/// <summary>One movement of money.</summary>
/// <param name="Text">What it was, in plain words.</param>
public sealed record MoneyStep(
    Instant At, string From, string To, Money Amount, string Event, string Of, string Text);

/// <summary>Ends an order, or some units of it, before dispatch.</summary>
/// <param name="Reason">A code of the rulebook.</param>
/// <param name="Portions">Which units; left out: all.</param>
/// <param name="Undoable">
/// Not at once: it takes effect after the seconds that <c>order.cancel</c> names among the order's actions, unless
/// whoever asked takes it back before.
/// </param>
/// <param name="Because">
/// What has come up since the order was placed; left out: nothing. Needed where a seller says that it can't be sent.
/// </param>
/// <param name="Case">
/// What a seller shows for the reason, and the ways to keep the order that its buyer is offered before it goes through;
/// the reason's choice among the order's actions says what it needs.
/// </param>
public sealed record CancellationRequest(
    string Reason, ImmutableArray<PortionBody>? Portions = null, bool Undoable = false, NewerFactBody? Because = null,
    SellersCaseBody? Case = null);

/// <summary>What has come up since an order was placed, and keeps it from being sent.</summary>
/// <param name="Kind">
/// <c>carrier-notice</c>, <c>lane-closed</c>, <c>law-changed</c> or <c>unsafe-there</c>.
/// </param>
/// <param name="Since">From when it is so (UTC): after the order was placed.</param>
/// <param name="Source">Where its buyer can read it; to 200 characters.</param>
public sealed record NewerFactBody(string Kind, Instant Since, string Source);

/// <summary>Some units of one line.</summary>
public sealed record PortionBody(int Line, int Quantity);

/// <summary>The parcel is handed over.</summary>
/// <param name="Carrier">The carrier's code.</param>
/// <param name="TrackingNumber">As printed on the label.</param>
public sealed record DispatchRequest(string Carrier, string TrackingNumber);
