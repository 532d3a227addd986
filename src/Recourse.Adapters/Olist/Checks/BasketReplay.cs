using Recourse.Checkouts;
namespace Recourse.Olist;

/// <summary>
/// Sends the baskets of a history through the checks of a checkout, each by what was known at its instant, and only
/// then looks at how they ended.
/// </summary>
public static class BasketReplay
{
    /// <summary>At most so many in 10,000 of those that ended well may have been stopped.</summary>
    public const int GoalPer10000 = 50;

    /// <summary>All of it, in the order of purchases.</summary>
    public static BasketReport Of(OlistHistory history, Rulebook book)
    {
        var all = OlistBaskets.Of(history);
        var market = new PastMarket(book);
        var rows = ImmutableArray.CreateBuilder<BasketRow>(all.All.Length);
        foreach (var basket in all.All)
        {
            var notChecked = OlistReplay.WhyNot(basket);
            var found = notChecked is null ? market.Look(PurchaseOf(basket, all)) : [];
            rows.Add(new(
                basket.Order.Id, basket.Order.Status, basket.Purchased, notChecked,
                [.. found.DistinctBy(f => f.Id).Select(f => new BasketFound(
                    f.What.Code, f.Gravity, f.What.Field, f.What.Facts))]));
        }
        return BasketReport.Of(rows.ToImmutable());
    }

    static PastPurchase PurchaseOf(OlistBasket basket, OlistBaskets all) => new(
        OlistReplay.CheckoutOf(basket), basket.Purchased,
        [
            .. OlistReplay.LinesOf(basket).Select(l => (
                new BasketLine(l.Listing, l.Sku, l.Quantity, l.Price), OlistReplay.OfferOf(l, all))),
        ],
        OlistReplay.MethodOf(basket), all.Customers.GetValueOrDefault(basket.Order.Customer));
}
