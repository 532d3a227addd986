using Recourse.Orders;
namespace Recourse.Olist;

/// <summary>What an order's rows say against each other. Nothing is corrected, nothing guessed.</summary>
internal static class OlistContradictions
{
    const string Delivered = "delivered", Cancelled = "canceled", Shipped = "shipped";

    static readonly ImmutableHashSet<string> BeforeHandOver =
        ["created", "approved", "processing", "invoiced", "unavailable"];

    static readonly ImmutableHashSet<string> Statuses = [.. BeforeHandOver, Shipped, Delivered, Cancelled];

    /// <summary>What holds for the whole basket, and so for each of its parts.</summary>
    public static IEnumerable<Finding> OfBasket(OlistBasket b)
    {
        var o = b.Order;
        return Order(b.Purchased, o).Concat(Status(o)).Concat(Promise(b.Purchased, o));
    }

    /// <summary>What is about payments, reviews and numbers, and stands on the first part with them.</summary>
    public static IEnumerable<Finding> OfFirstPart(OlistBasket b, ImmutableHashSet<string> sharedReviews) =>
        Items(b).Concat(Payments(b)).Concat(Reviews(b, sharedReviews));

    /// <summary>What is about one seller's items.</summary>
    public static IEnumerable<Finding> OfPart(OlistBasket b, ImmutableArray<OlistItem> items, OlistBaskets all)
    {
        foreach (var seller in items.Select(i => i.Seller).Distinct())
        {
            if (!all.Sellers.ContainsKey(seller)) yield return new(OlistCode.SellerUnknown, [("seller", seller)]);
            if (!OlistIds.IsOurs(seller)) yield return OlistRows.Odd(OlistFile.Items, 3, seller);
        }
        foreach (var product in items.Select(i => i.Product).Distinct())
        {
            if (!all.Products.ContainsKey(product)) yield return new(OlistCode.ProductUnknown, [("product", product)]);
            if (!OlistIds.IsOurs(product)) yield return OlistRows.Odd(OlistFile.Items, 2, product);
        }
        if (items.Min(i => i.DispatchBy) is not { } limit) yield break;
        if (b.Order.HandedOver is { } handed && handed > limit)
            yield return Gap(OlistCode.HandedOverAfterLimit, ("limit", limit), ("handed", handed));
        if (b.Order.Approved is { } approved && limit < approved)
            yield return Gap(OlistCode.LimitBeforeApproval, ("limit", limit), ("approved", approved));
        if (items.Max(i => i.DispatchBy) is { } last && b.Order.Promised is { } promised && Days(promised, last) > 0)
            yield return new(OlistCode.LimitAfterPromise, [("promised", promised), ("limit", last)]);
    }

    /// <summary>Whole days of the calendar there from one instant's day to the other's.</summary>
    public static int Days(Instant from, Instant to) =>
        Period.DaysBetween(from.InZone(OlistHistory.Zone).Date, to.InZone(OlistHistory.Zone).Date);

    // Pairs of instants that stand the wrong way round.
    static IEnumerable<Finding> Order(Instant purchased, OlistOrder o)
    {
        ImmutableArray<(string Code, (string Name, Instant? At) First, (string Name, Instant? At) Then)> pairs =
        [
            (OlistCode.ApprovedBeforePurchase,   ("purchased", purchased),  ("approved", o.Approved)),
            (OlistCode.HandedOverBeforePurchase, ("purchased", purchased),  ("handed", o.HandedOver)),
            (OlistCode.HandedOverBeforeApproval, ("approved", o.Approved),  ("handed", o.HandedOver)),
            (OlistCode.DeliveredBeforePurchase,  ("purchased", purchased),  ("delivered", o.Delivered)),
            (OlistCode.DeliveredBeforeApproval,  ("approved", o.Approved),  ("delivered", o.Delivered)),
            (OlistCode.DeliveredBeforeHandOver,  ("handed", o.HandedOver),  ("delivered", o.Delivered)),
        ];
        foreach (var (code, first, then) in pairs)
            if (first.At is { } should && then.At is { } did && did < should)
                yield return Gap(code, (then.Name, did), (first.Name, should));
    }

    static IEnumerable<Finding> Status(OlistOrder o)
    {
        if (!Statuses.Contains(o.Status)) yield return new(OlistCode.StatusUnknown, [("status", o.Status)]);
        if (o.HandedOver is { } handed)
        {
            if (o.Approved is null) yield return new(OlistCode.HandedOverUnapproved, [("handed", handed)]);
            if (BeforeHandOver.Contains(o.Status))
                yield return new(OlistCode.HandedOverByStatusNot, [("handed", handed), ("status", o.Status)]);
            if (o.Status is Cancelled) yield return new(OlistCode.CancelledAfterHandOver, [("handed", handed)]);
        }
        else if (o.Status is Shipped) yield return new(OlistCode.ShippedWithoutHandOver, [("status", o.Status)]);
        else if (o.Status is Delivered || o.Delivered is not null)
            yield return new(OlistCode.DeliveredWithoutHandOver, [("status", o.Status)]);
        if (o.Delivered is { } delivered)
        {
            if (o.Status is Cancelled) yield return new(OlistCode.CancelledThoughDelivered, [("delivered", delivered)]);
            else if (o.Status is not Delivered)
                yield return new(OlistCode.DeliveredByStatusNot, [("delivered", delivered), ("status", o.Status)]);
        }
        else if (o.Status is Delivered) yield return new(OlistCode.DeliveredWithoutDate, [("status", o.Status)]);
    }

    // A promise is a day: what comes on that day is in time.
    static IEnumerable<Finding> Promise(Instant purchased, OlistOrder o)
    {
        if (o.Promised is not { } promised) yield return new(OlistCode.WithoutPromise, [("purchased", purchased)]);
        else if (Days(purchased, promised) < 0)
            yield return new(OlistCode.PromisedBeforePurchase, [("promised", promised), ("purchased", purchased)]);
        else if (o.Delivered is { } delivered && Days(promised, delivered) is > 0 and var late)
            yield return new(
                OlistCode.DeliveredLate, [("promised", promised), ("delivered", delivered), ("days", late)]);
    }

    static IEnumerable<Finding> Items(OlistBasket b)
    {
        if (b.Items.IsEmpty) yield return new(OlistCode.WithoutItems, [("status", b.Order.Status)]);
        else if (Skips(b.Items.Select(i => i.Number!.Value)))
            yield return new(OlistCode.ItemNumbersSkip, [("numbers", Numbers(b.Items.Select(i => i.Number)))]);
    }

    static IEnumerable<Finding> Payments(OlistBasket b)
    {
        if (b.Payments.IsEmpty)
        {
            yield return new(OlistCode.WithoutPayments, [("status", b.Order.Status)]);
            yield break;
        }
        var paid = b.Payments.Select(p => p.Amount.Money!.Value).Sum(OlistHistory.Currency);
        var price = b.Items.Select(i => i.Price.Money!.Value).Sum(OlistHistory.Currency);
        var freight = b.Items.Select(i => i.Freight.Money!.Value).Sum(OlistHistory.Currency);
        if (!b.Items.IsEmpty && paid != price + freight)
            yield return new(OlistCode.PaymentsDiffer,
                [("paid", paid), ("items", price), ("freight", freight), ("difference", paid - price - freight)]);
        foreach (var odd in b.Payments.Where(p => p.Method is "not_defined"))
            yield return new(
                OlistCode.MethodNotDefined, [("number", odd.Number!.Value), ("paid", odd.Amount.Money!.Value)]);
        if (b.Payments.Count(p => p.Amount.Money is { Minor: 0 }) is > 0 and var nothing)
            yield return new(OlistCode.PaymentOfNothing, [("payments", nothing)]);
        if (Skips(b.Payments.Select(p => p.Number!.Value)))
            yield return new(OlistCode.PaymentNumbersSkip, [("numbers", Numbers(b.Payments.Select(p => p.Number)))]);
    }

    static IEnumerable<Finding> Reviews(OlistBasket b, ImmutableHashSet<string> shared)
    {
        if (b.Reviews.Length > 1) yield return new(OlistCode.SeveralReviews, [("reviews", b.Reviews.Length)]);
        foreach (var review in b.Reviews.Where(r => shared.Contains(r.Id)))
            yield return new(OlistCode.ReviewShared, [("review", review.Id)]);
        if (b.Reviews.Min(r => r.Answered) is not { } answered) yield break;
        if (answered < b.Purchased)
            yield return Gap(OlistCode.ReviewedBeforePurchase, ("answered", answered), ("purchased", b.Purchased));
        if (b.Order.Delivered is { } delivered && answered < delivered)
            yield return Gap(OlistCode.ReviewedBeforeDelivery, ("answered", answered), ("delivered", delivered));
    }

    static bool Skips(IEnumerable<int> numbers) => numbers.Select((n, i) => n != i + 1).Any(off => off);

    static string Numbers(IEnumerable<int?> numbers) => string.Join(", ", numbers);

    static Finding Gap(string code, (string Name, Instant At) earlier, (string Name, Instant At) later) => new(code,
    [
        (earlier.Name, earlier.At), (later.Name, later.At), ("minutes", (long)(later.At - earlier.At).TotalMinutes),
    ]);
}
