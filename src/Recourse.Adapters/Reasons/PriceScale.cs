using System.Globalization;
using Recourse.Reasons;
namespace Recourse.Adapters.Reasons;

/// <summary>
/// Orders may be written in other units than listings (cents beside euros), or with the price of all units: what fits
/// the prices that were listed when they were placed tells it.
/// </summary>
static class PriceScale
{
    const int Fewest = 5;

    // By how much an order's price is multiplied, in thousandths.
    static readonly ImmutableArray<long> Factors = [1_000, 10, 100_000, 1, 1_000_000];

    /// <summary>Orders with the price of one unit in the units of the listings, and what had to be changed.</summary>
    public static (ImmutableArray<Dealing> Dealings, ImmutableArray<string> Notes) Fit(
        List<ItemPoint> points, List<Dealing> dealings)
    {
        var listed = points.Where(p => p.Price is not null).GroupBy(p => p.Item)
            .ToDictionary(g => g.Key, g => g.OrderBy(p => p.At).ToList());
        var known = dealings.Select(d => (Order: d, Listed: ListedAt(d, listed))).Where(k => k.Listed is not null)
            .Select(k => (k.Order, Listed: k.Listed!.Value)).ToList();
        List<string> notes = [];
        var factor = FactorOf(known);
        if (factor != 1_000)
            notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"Prices in {TradeFiles.Orders} are in other units than "
                + $"in {TradeFiles.Listings}: they are multiplied by {factor / 1_000m:0.###}."));
        var several = known.Where(k => k.Order.Quantity > 1).ToList();
        var (one, all) = (several.Count(k => IsAbout(Scaled(k.Order.Price, factor), k.Listed)),
            several.Count(k => IsAbout(Scaled(k.Order.Price, factor), k.Listed * k.Order.Quantity)));
        var areTotals = all >= Fewest && all > 4 * one;
        if (areTotals)
            notes.Add($"Prices in {TradeFiles.Orders} are of all units of a row: they are divided by quantity.");
        return ([.. dealings.Select(d => d with
        {
            Price = Scaled(d.Price, factor) / (areTotals ? d.Quantity : 1),
        })], [.. notes]);
    }

    static long FactorOf(List<(Dealing Order, long Listed)> known)
    {
        var single = known.Where(k => k.Order.Quantity == 1).ToList();
        if (single.Count < Fewest) single = known;
        var fits = Factors.Select(f => (Factor: f, Count: single.Count(
            k => IsAbout(Scaled(k.Order.Price, f), k.Listed)))).ToList();
        var best = fits.MaxBy(f => f.Count);
        return best.Count >= Fewest && 2 * best.Count >= single.Count && best.Count > 4 * fits[0].Count
            ? best.Factor : 1_000;
    }

    static long Scaled(long price, long factor) => (long)((Int128)price * factor / 1_000);

    static bool IsAbout(long a, long b) => Int128.Abs((Int128)a - b) * 50 <= b;

    static long? ListedAt(Dealing d, Dictionary<Item, List<ItemPoint>> listed)
    {
        if (!listed.TryGetValue(d.Item, out var points)) return null;
        var (low, high) = (0, points.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (points[middle].At <= d.Placed) low = middle + 1;
            else high = middle;
        }
        return low == 0 ? null : points[low - 1].Price;
    }
}
