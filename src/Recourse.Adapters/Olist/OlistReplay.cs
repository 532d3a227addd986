using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Tracking;
using Recourse.Ways;
namespace Recourse.Olist;

/// <summary>What is assumed where the history is silent. All of it is here.</summary>
public static class OlistAssumption
{
    /// <summary>
    /// A cancellation has no instant there. A buyer who cancelled before hand-over, and a seller who could not
    /// supply, are taken to have said so a day after the payment was approved: earlier than nearly every limit to
    /// dispatch, so that the platform is not credited with an end that people would have brought about anyway.
    /// Without an approval nobody says anything.
    /// </summary>
    public static readonly Duration CancelsAfterApproval = Duration.FromHours(24);

    /// <summary>
    /// The carrier isn't named there, nor is a tracking number; the order's own number stands for it.
    /// </summary>
    public const string Carrier = "unnamed";

    /// <summary>Where the seller's units lie isn't told.</summary>
    public const string Location = "main";

    /// <summary>All buyers and sellers live in Brazil.</summary>
    public const string Country = "BR";

    /// <summary>The history's word for a bank slip: paid elsewhere, within days.</summary>
    public const string Slip = "boleto";

    /// <summary>Who answers for the payment method.</summary>
    public const string Provider = "provider";

    /// <summary>
    /// Some parcels left before the payment was approved. A seller can't report an order that isn't paid: they are
    /// taken to report it when it is. A delivery is likewise reported no earlier than the hand-over.
    /// </summary>
    public static Instant ReportedAt(Instant happened, Instant? possibleFrom) =>
        possibleFrom is { } from ? Instant.Max(happened, from) : happened;
}

/// <summary>The same history lived as ordinary commands: what people, provider and carriers did, and when.</summary>
/// <remarks>
/// Price and freight of one product differ from sale to sale, and freight is a listing's, not a variant's. So a
/// listing has one variant, and its seller publishes it at the sold price and freight at the very instant of the
/// purchase, right before the checkout, wherever it differs from what is published. That is what a price is there:
/// known only from sales. Should one basket hold one product at two prices, the second is a listing of its own.
/// </remarks>
public static class OlistReplay
{
    /// <summary>The script.</summary>
    public static ReplayScript Of(OlistHistory history)
    {
        var all = OlistBaskets.Of(history);
        var not = all.All.Select(b => (Basket: b, Code: WhyNot(b))).Where(n => n.Code is not null)
            .Select(n => new NotReplayable(n.Basket.Order.Id, n.Basket.Order.Status, n.Code!));
        ImmutableArray<Lived> lived =
            [.. all.All.Where(b => WhyNot(b) is null).Select(b => new Lived(b, [.. LinesOf(b)]))];
        return new(
            [.. Shop(lived, all).Concat(lived.SelectMany(People)).OrderBy(s => s.At)],
            [.. lived.Select(l => End(l.Of))], [.. not]);
    }

    /// <summary>Why nothing can be asked for it here; null: it can.</summary>
    internal static string? WhyNot(OlistBasket b) =>
        b.Items.IsEmpty ? OlistCode.NotReplayableWithoutItems
        : !b.IsBuyerKnown ? OlistCode.NotReplayableWithoutBuyer
        : null;

    /// <summary>What was bought; equal items of a seller are one line.</summary>
    internal static IEnumerable<Sold> LinesOf(OlistBasket b)
    {
        var nth = new Dictionary<(string, string), int>();
        foreach (var same in b.Items.GroupBy(i => (i.Seller, i.Product, i.Price.Money, i.Freight.Money)))
        {
            var item = same.First();
            var count = nth[(item.Seller, item.Product)] = nth.GetValueOrDefault((item.Seller, item.Product)) + 1;
            var code = OlistIds.Code(item.Product);
            if (count > 1) code = Derived.Code($"{code} {count}");
            yield return new(
                new(new(OlistIds.Code(item.Seller)), code), item.Product, same.Count(), item.Price.Money!.Value,
                item.Freight.Money!.Value);
        }
    }

    // What sellers did: stock before the first sale, and an offer wherever price or freight is another.
    static IEnumerable<ReplayStep> Shop(ImmutableArray<Lived> lived, OlistBaskets all)
    {
        var units = lived.SelectMany(l => l.Lines).GroupBy(l => l.Listing)
            .ToDictionary(g => g.Key, g => g.Sum(l => l.Quantity));
        var shown = new Dictionary<ListingId, (Money, Money)>();
        foreach (var (basket, lines) in lived)
        {
            var number = basket.Order.Id;
            foreach (var line in lines)
            {
                var who = new Actor.Seller(line.Listing.Seller);
                if (!shown.TryGetValue(line.Listing, out var before))
                    yield return new ReplayStep.ReceiveStock(
                        basket.Purchased, who, number, new(line.Listing.Seller, line.Sku), OlistAssumption.Location,
                        units[line.Listing]);
                if (before == (line.Price, line.Freight)) continue;
                shown[line.Listing] = (line.Price, line.Freight);
                yield return new ReplayStep.OfferListing(
                    basket.Purchased, who, number, line.Listing, OfferOf(line, all));
            }
            yield return Checkout(basket, lines);
        }
    }

    /// <summary>As its seller must have offered what was sold.</summary>
    internal static Offer OfferOf(Sold line, OlistBaskets all)
    {
        var category = all.Products.GetValueOrDefault(line.Product)?.Category ?? "";
        var name = all.Categories.GetValueOrDefault(category)?.English ?? category;
        var title = $"{(name is "" ? "product" : name.Replace('_', ' '))} {line.Listing.Code}";
        title = title[..Math.Min(title.Length, 200)];
        return new(
            title, category, [new(line.Sku, title, line.Price)], OlistAssumption.Country,
            [new(OlistAssumption.Country, line.Freight)], UnitOf(all.Products.GetValueOrDefault(line.Product)));
    }

    // Grams and centimetres; of a few nobody knows what they weigh, or it is 0 there.
    static Measures? UnitOf(OlistProduct? product)
    {
        var (grams, length, width, height) = (Number("product_weight_g"), Number("product_length_cm"),
            Number("product_width_cm"), Number("product_height_cm"));
        return grams is 0 ? null
            : new(grams, length > 0 && width > 0 && height > 0 ? new(10 * length, 10 * width, 10 * height) : null);

        int Number(string column) => product?.Columns.FirstOrDefault(c => c.Name == column).Value
            is Value.Count { Number: > 0 and <= 100_000 and var number } ? (int)number : 0;
    }

    static ReplayStep.OpenCheckout Checkout(OlistBasket b, ImmutableArray<Sold> lines)
    {
        var (id, currency) = (CheckoutOf(b), OlistHistory.Currency);
        return new(
            b.Purchased, new Actor.Buyer(b.Buyer), b.Order.Id, id,
            new([.. lines.Select(l => new BasketLine(l.Listing, l.Sku, l.Quantity, l.Price))],
                OlistAssumption.Country, null, OlistAssumption.Provider, MethodOf(b)),
            [.. SellersOf(b).Select(s => OrderId.Of(id, s))],
            lines.Select(l => (l.Price + l.Freight) * l.Quantity).Sum(currency), b.Order.Approved);
    }

    /// <summary>The slowest of several payments of one order says how long is waited: a slip.</summary>
    internal static string MethodOf(OlistBasket b) => b.Payments.IsEmpty ? "not_defined"
        : b.Payments.Any(p => p.Method == OlistAssumption.Slip) ? OlistAssumption.Slip : b.Payments[0].Method;

    // What comes after the purchase.
    static IEnumerable<ReplayStep> People(Lived lived)
    {
        var (b, o) = (lived.Of, lived.Of.Order);
        var checkout = CheckoutOf(b);
        if (o.Approved is { } approved)
            yield return new ReplayStep.AnswerPayment(
                Instant.Max(approved, b.Purchased), new Actor.Outside(OlistAssumption.Provider), o.Id,
                PaymentId.Of(checkout), Checkout(b, lived.Lines).Total);
        foreach (var seller in SellersOf(b))
        {
            var order = OrderId.Of(checkout, seller);
            if (o.HandedOver is { } handed)
            {
                var told = OlistAssumption.ReportedAt(handed, Instant.Max(o.Approved ?? b.Purchased, b.Purchased));
                yield return new ReplayStep.Dispatch(
                    told, new Actor.Seller(seller), o.Id, order, OlistAssumption.Carrier, order.Code, handed);
                if (o.Delivered is { } delivered)
                    yield return new ReplayStep.ReportDelivered(
                        OlistAssumption.ReportedAt(delivered, told), new Actor.Carrier(OlistAssumption.Carrier), o.Id,
                        ParcelId.Of(order), new(TrackingStatus.Delivered, delivered, null, null));
            }
            else if (o.Approved is { } paid && Ending(b) is HistoricalEnding.Cancelled or HistoricalEnding.Unavailable)
            {
                var at = Instant.Max(paid, b.Purchased) + OlistAssumption.CancelsAfterApproval;
                yield return Ending(b) is HistoricalEnding.Cancelled
                    ? new ReplayStep.CancelByBuyer(at, new Actor.Buyer(b.Buyer), o.Id, order)
                    : new ReplayStep.CancelBySeller(at, new Actor.Seller(seller), o.Id, order);
            }
        }
    }

    static HistoricalEnd End(OlistBasket b) => new(
        b.Order.Id, b.Order.Status, Ending(b),
        b.Payments.Select(p => p.Amount.Money!.Value).Sum(OlistHistory.Currency), b.Purchased, b.Order.Promised,
        b.Order.HandedOver, b.Order.Delivered, b.Order.Delivered, null);

    static HistoricalEnding Ending(OlistBasket b) => b.Order switch
    {
        { Status: "canceled", HandedOver: not null } => HistoricalEnding.CancelledAfterHandOver,
        { Status: "canceled" }                       => HistoricalEnding.Cancelled,
        { Status: "unavailable" }                    => HistoricalEnding.Unavailable,
        { Delivered: { } at, Promised: { } day } when OlistContradictions.Days(day, at) > 0
                                                     => HistoricalEnding.DeliveredLate,
        { Delivered: not null }                      => HistoricalEnding.Delivered,
        { Status: "delivered" }                      => HistoricalEnding.DeliveredUndated,
        { HandedOver: not null }                     => HistoricalEnding.NeverDelivered,
        _                                            => HistoricalEnding.LeftOpen,
    };

    /// <summary>Its checkout here.</summary>
    internal static CheckoutId CheckoutOf(OlistBasket b) => new(b.Buyer, OlistIds.Code(b.Order.Id));

    static IEnumerable<SellerId> SellersOf(OlistBasket b) => b.Parts.Select(p => new SellerId(OlistIds.Code(p.Key)));

    sealed record Lived(OlistBasket Of, ImmutableArray<Sold> Lines);

    /// <summary>Units of one product at one price.</summary>
    internal sealed record Sold(ListingId Listing, string Product, int Quantity, Money Price, Money Freight)
    {
        public Sku Sku => new(Listing.Code);
    }
}
