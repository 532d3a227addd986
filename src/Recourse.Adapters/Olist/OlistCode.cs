using Recourse.Adapters.Csv;
namespace Recourse.Olist;

/// <summary>Every code of a taken-over history, with what it says. Each has words in each language.</summary>
public static class OlistCode
{
    // A file or a row that can't be read.

    /// <summary>A file of the history isn't there.</summary>
    public const string FileMissing = "olist.file-missing";

    /// <summary>The file is there and can't be opened.</summary>
    public const string FileUnreadable = "olist.file-unreadable";

    /// <summary>The first line isn't the header that the file must have.</summary>
    public const string HeaderWrong = "olist.header-wrong";

    /// <summary>The row has more or fewer columns than the header.</summary>
    public const string ColumnCountWrong = "olist.column-count-wrong";

    /// <summary>A quote opens or closes where no field does, or never closes.</summary>
    public const string QuotesUnbalanced = "olist.quotes-unbalanced";

    /// <summary>The row holds bytes that aren't UTF-8.</summary>
    public const string EncodingWrong = "olist.encoding-wrong";

    /// <summary>The row is longer than any real one could be.</summary>
    public const string RowTooLong = "olist.row-too-long";

    /// <summary>No <c>yyyy-mm-dd hh:mm:ss</c>.</summary>
    public const string DateUnreadable = "olist.date-unreadable";

    /// <summary>Before 2000 or after 2100.</summary>
    public const string DateOutOfRange = "olist.date-out-of-range";

    /// <summary>No whole number.</summary>
    public const string NumberUnreadable = "olist.number-unreadable";

    /// <summary>No amount.</summary>
    public const string AmountUnreadable = "olist.amount-unreadable";

    // A row that is kept as a finding, with all its columns, because it can't be more.

    /// <summary>A field that the row can't do without is empty.</summary>
    public const string FieldEmpty = "olist.field-empty";

    /// <summary>Below zero.</summary>
    public const string AmountNegative = "olist.amount-negative";

    /// <summary>More digits after the point than the currency has.</summary>
    public const string AmountTooFine = "olist.amount-too-fine";

    /// <summary>More than any order can hold.</summary>
    public const string AmountTooLarge = "olist.amount-too-large";

    /// <summary>The same thing again; the first row counts.</summary>
    public const string RowRepeated = "olist.row-repeated";

    /// <summary>The row names an order that isn't in the history.</summary>
    public const string OrderUnknown = "olist.order-unknown";

    /// <summary>A score that isn't 1 to 5.</summary>
    public const string ScoreOdd = "olist.score-odd";

    /// <summary>A category's English name, and no product is of that category.</summary>
    public const string CategoryUnused = "olist.category-unused";

    /// <summary>The findings that hold a whole row.</summary>
    public static readonly ImmutableHashSet<string> KeepARow =
    [
        FieldEmpty, AmountNegative, AmountTooFine, AmountTooLarge, RowRepeated, OrderUnknown, ScoreOdd, CategoryUnused,
    ];

    // What names nobody, or names them oddly.

    /// <summary>An id that isn't one of ours in spelling; ours is derived from it.</summary>
    public const string IdOdd = "olist.id-odd";

    /// <summary>The order's customer isn't in the history.</summary>
    public const string BuyerUnknown = "olist.buyer-unknown";

    /// <summary>An item's seller isn't in the history.</summary>
    public const string SellerUnknown = "olist.seller-unknown";

    /// <summary>An item's product isn't in the history.</summary>
    public const string ProductUnknown = "olist.product-unknown";

    /// <summary>A product's category has no English name.</summary>
    public const string CategoryUntranslated = "olist.category-untranslated";

    // What contradicts itself.

    /// <summary>The order has no items.</summary>
    public const string WithoutItems = "olist.without-items";

    /// <summary>The order has no payments.</summary>
    public const string WithoutPayments = "olist.without-payments";

    /// <summary>What was paid isn't what the items and their freight add up to.</summary>
    public const string PaymentsDiffer = "olist.payments-differ";

    /// <summary>A payment of no known method.</summary>
    public const string MethodNotDefined = "olist.method-not-defined";

    /// <summary>A payment of zero.</summary>
    public const string PaymentOfNothing = "olist.payment-of-nothing";

    /// <summary>The payments' numbers don't run from 1 without a gap.</summary>
    public const string PaymentNumbersSkip = "olist.payment-numbers-skip";

    /// <summary>The items' numbers don't run from 1 without a gap.</summary>
    public const string ItemNumbersSkip = "olist.item-numbers-skip";

    /// <summary>Approved before it was bought.</summary>
    public const string ApprovedBeforePurchase = "olist.approved-before-purchase";

    /// <summary>Handed to the carrier before it was bought.</summary>
    public const string HandedOverBeforePurchase = "olist.handed-over-before-purchase";

    /// <summary>Handed to the carrier before the payment was approved.</summary>
    public const string HandedOverBeforeApproval = "olist.handed-over-before-approval";

    /// <summary>Handed to the carrier, and the payment was never approved.</summary>
    public const string HandedOverUnapproved = "olist.handed-over-unapproved";

    /// <summary>Handed to the carrier after the last day of one of its items.</summary>
    public const string HandedOverAfterLimit = "olist.handed-over-after-limit";

    /// <summary>Handed to the carrier, by a status that comes before that.</summary>
    public const string HandedOverByStatusNot = "olist.handed-over-by-status-not";

    /// <summary>Delivered before it was bought.</summary>
    public const string DeliveredBeforePurchase = "olist.delivered-before-purchase";

    /// <summary>Delivered before the payment was approved.</summary>
    public const string DeliveredBeforeApproval = "olist.delivered-before-approval";

    /// <summary>Delivered before the carrier had it.</summary>
    public const string DeliveredBeforeHandOver = "olist.delivered-before-hand-over";

    /// <summary>Delivered, and no carrier ever had it.</summary>
    public const string DeliveredWithoutHandOver = "olist.delivered-without-hand-over";

    /// <summary>Delivered by its status, and no instant says so.</summary>
    public const string DeliveredWithoutDate = "olist.delivered-without-date";

    /// <summary>Delivered by an instant, and not by its status.</summary>
    public const string DeliveredByStatusNot = "olist.delivered-by-status-not";

    /// <summary>Delivered on a later day than was promised.</summary>
    public const string DeliveredLate = "olist.delivered-late";

    /// <summary>By its status with a carrier, and no instant says so.</summary>
    public const string ShippedWithoutHandOver = "olist.shipped-without-hand-over";

    /// <summary>Cancelled, and the carrier had it.</summary>
    public const string CancelledAfterHandOver = "olist.cancelled-after-hand-over";

    /// <summary>Cancelled, and the buyer has it.</summary>
    public const string CancelledThoughDelivered = "olist.cancelled-though-delivered";

    /// <summary>A status that isn't one of the eight.</summary>
    public const string StatusUnknown = "olist.status-unknown";

    /// <summary>No day of delivery was promised.</summary>
    public const string WithoutPromise = "olist.without-promise";

    /// <summary>Promised for a day before it was bought.</summary>
    public const string PromisedBeforePurchase = "olist.promised-before-purchase";

    /// <summary>The last day to dispatch was over before the payment was approved.</summary>
    public const string LimitBeforeApproval = "olist.limit-before-approval";

    /// <summary>The last day to dispatch comes after the promised day of delivery.</summary>
    public const string LimitAfterPromise = "olist.limit-after-promise";

    /// <summary>More than one review.</summary>
    public const string SeveralReviews = "olist.several-reviews";

    /// <summary>The same review stands on several orders.</summary>
    public const string ReviewShared = "olist.review-shared";

    /// <summary>Reviewed before it was bought.</summary>
    public const string ReviewedBeforePurchase = "olist.reviewed-before-purchase";

    /// <summary>Reviewed before it was delivered.</summary>
    public const string ReviewedBeforeDelivery = "olist.reviewed-before-delivery";

    // How it ended, where it did not end well.

    /// <summary>Cancelled; by whom and why isn't told.</summary>
    public const string EndedCancelled = "olist.ended-cancelled";

    /// <summary>Cancelled, and the payment had never been approved.</summary>
    public const string EndedCancelledUnapproved = "olist.ended-cancelled-unapproved";

    /// <summary>The seller could not supply it.</summary>
    public const string EndedUnavailable = "olist.ended-unavailable";

    /// <summary>With the carrier, and no delivery is told.</summary>
    public const string EndedOnItsWay = "olist.ended-on-its-way";

    /// <summary>Approved, and never handed to a carrier.</summary>
    public const string EndedUndispatched = "olist.ended-undispatched";

    /// <summary>Never approved, and nothing after that.</summary>
    public const string EndedUnapproved = "olist.ended-unapproved";

    /// <summary>Paid for and not delivered; whether money went back isn't told.</summary>
    public const string RefundNotTold = "olist.refund-not-told";

    /// <summary>Payments and reviews of the basket stand on its first part.</summary>
    public const string PaidOnFirstPart = "olist.paid-on-first-part";

    // What can't be lived again.

    /// <summary>Nothing to buy is known.</summary>
    public const string NotReplayableWithoutItems = "olist.not-replayable-without-items";

    /// <summary>Nobody who bought is known.</summary>
    public const string NotReplayableWithoutBuyer = "olist.not-replayable-without-buyer";

    /// <summary>What keeps a row from being one, as a code.</summary>
    internal static string Of(CsvFault fault) => fault switch
    {
        CsvFault.ColumnCount => ColumnCountWrong,
        CsvFault.Quotes      => QuotesUnbalanced,
        CsvFault.TooLong     => RowTooLong,
        CsvFault.Encoding    => EncodingWrong,
    };
}
