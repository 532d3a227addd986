using Recourse.Catalog;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What to order instead of what ended early: on offer now, sent there, and no dearer.</summary>
static class Alternatives
{
    const int Most = 3, MostLooked = 200;
    static readonly Remedy Again = new("order.buy-again"), Elsewhere = new("order.buy-elsewhere");

    /// <summary>For each line the fittest first: the same thing, the same words, then the lowest price.</summary>
    public static ImmutableArray<InsteadBody> For(
        ImmutableArray<Order.Event.Settled> ends, Deal deal, IPlatform platform) =>
    [
        .. from end in ends
           where end.Why.Remedies.Contains(Again) || end.Why.Remedies.Contains(Elsewhere)
           from line in end.Settlement.Lines.DistinctBy(l => (l.Listing, l.Sku))
           from instead in For(line, deal, platform)
           select instead,
    ];

    static IEnumerable<InsteadBody> For(Line line, Deal deal, IPlatform platform)
    {
        var own = platform.Views.Find(ShopWindow.View, $"{line.Listing}");
        var words = ShopWindow.WordsOf(line.Title).Where(w => w.Length > 2).ToHashSet();
        var rows = platform.Views.List(
            ShopWindow.View, ShopWindow.ByCountry, ShopWindow.To(deal.Country, own?.Offer.Category ?? ""), null,
            MostLooked).Rows;
        return rows
            .SelectMany(row => row.Offer.Variants.Select(v => (Row: row, Variant: v)))
            .Where(o => o.Variant.Price.Currency == line.UnitPrice.Currency
                && o.Variant.Price.Minor <= line.UnitPrice.Minor)
            .Select(o => (o.Row, o.Variant, IsSame: o.Row.Id == $"{line.Listing}" && o.Variant.Sku == line.Sku,
                Shared: ShopWindow.WordsOf($"{o.Row.Offer.Title} {o.Variant.Title}").Count(words.Contains)))
            .Where(o => o.IsSame || o.Shared > 0)
            .OrderByDescending(o => o.IsSame).ThenByDescending(o => o.Shared).ThenBy(o => o.Variant.Price.Minor)
            .ThenBy(o => o.Row.Id, StringComparer.Ordinal)
            .DistinctBy(o => o.Row.Id).Take(Most)
            .Select(o => new InsteadBody(
                line.Number, o.Row.Id, o.Variant.Sku.Code, o.Row.Offer.Title, SellerOf(o.Row),
                o.Row.Seller == $"{line.Listing.Seller}", o.Variant.Price));
    }

    static SellerId SellerOf(ShopRow row) => SellerId.TryParse(row.Seller, out var id) ? id : default;
}
