namespace Recourse.Reasons;

/// <summary>Something that a seller sells, by their own code for it.</summary>
public readonly record struct Item(string Seller, string Sku);

/// <summary>What an item cost, and how many units there were, from then on.</summary>
/// <param name="Price">In the smallest unit that the history knows; null: not known.</param>
/// <param name="Stock">On hand, those for orders included; null: not known.</param>
public sealed record ItemPoint(Item Item, Instant At, long? Price, long? Stock);

/// <summary>Units of one item in an order.</summary>
/// <param name="Price">Of one, in the smallest unit that the history knows.</param>
/// <param name="EndedAt">When it was cancelled (UTC); null: it wasn't.</param>
/// <param name="Reason">Why, by the seller: one of <see cref="SellerReason.All"/>, or in a file their own word, against
/// which nothing speaks but a wave; null: for no reason of theirs.</param>
/// <param name="IsKnown">False: what became of it isn't known, so it speaks for nothing.</param>
public sealed record Dealing(
    string Order, Item Item, long Quantity, long Price, string Country, Instant Placed, Instant? EndedAt,
    string? Reason, bool IsKnown = true)
{
    /// <summary>It was cancelled for a reason of the seller's.</summary>
    public bool IsOff => EndedAt is not null && Reason is not null;

    /// <summary>It was not cancelled.</summary>
    public bool Went => EndedAt is null && IsKnown;

    /// <summary>It tells whether there is a way to its country.</summary>
    public bool IsOfTheWay => Went || this is { IsOff: true, Reason: SellerReason.CannotShip };
}

/// <summary>What speaks against a seller's reason.</summary>
/// <param name="Code">One of those in <see cref="SellerReason"/>.</param>
/// <param name="Facts">Of what happened; prices as the history has them.</param>
/// <param name="EndedAt">When it was cancelled (UTC).</param>
public sealed record ReasonFlag(
    string Order, Item Item, string Reason, string Code, ImmutableArray<Named> Facts, Instant EndedAt);

/// <summary>What is known of one item, in the order of time.</summary>
sealed class ItemHistory
{
    readonly Instant[] _placed;
    readonly Instant[] _pointAt;
    readonly ItemPoint[] _points;
    readonly Lazy<ILookup<string, Dealing>> _ofOrder;
    readonly Dictionary<string, Dealing[]> _ways = [];
    readonly Instant[] _priceAt;
    readonly Instant[] _stockAt;

    public ItemHistory(IEnumerable<ItemPoint> points, IEnumerable<Dealing> dealings)
    {
        var sorted = points.OrderBy(p => p.At).ToList();
        Prices = [.. Changes(sorted)];
        Stocks = [.. sorted.Where(p => p.Stock is not null).Select(p => (p.At, p.Stock!.Value))];
        _points = [.. sorted];
        Dealings = [.. dealings.OrderBy(d => d.Placed)];
        (_priceAt, _stockAt) = ([.. Prices.Select(p => p.At)], [.. Stocks.Select(p => p.At)]);
        _pointAt = [.. sorted.Select(p => p.At)];
        _placed = [.. Dealings.Select(d => d.Placed)];
        _ofOrder = new(() => Dealings.ToLookup(d => d.Order));
    }

    public ImmutableArray<(Instant At, long Price)> Prices { get; }
    public ImmutableArray<(Instant At, long Units)> Stocks { get; }
    public ImmutableArray<Dealing> Dealings { get; }

    /// <summary>Those to one country that went or were said not to be sent there, in the order of placing.</summary>
    public IEnumerable<Dealing> OfTheWay(string country, Instant from, Instant to)
    {
        if (!_ways.TryGetValue(country, out var all))
            _ways[country] = all = [.. Dealings.Where(d => d.Country == country && d.IsOfTheWay)];
        var (low, high) = (0, all.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (all[middle].Placed < from) low = middle + 1;
            else high = middle;
        }
        for (; low < all.Length && all[low].Placed <= to; low++) yield return all[low];
    }

    /// <summary>The place of the last price that was set by then; below 0: none was.</summary>
    public int PriceBy(Instant at) => LastBy(_priceAt, at);

    /// <summary>The place of the last count by then; below 0: there was none.</summary>
    public int StockBy(Instant at) => LastBy(_stockAt, at);

    /// <summary>The price by then; null: not known.</summary>
    public long? PriceAt(Instant at) => PriceBy(at) is var i and >= 0 ? Prices[i].Price : null;

    static IEnumerable<(Instant At, long Price)> Changes(IEnumerable<ItemPoint> sorted)
    {
        long? last = null;
        foreach (var point in sorted)
            if (point.Price is { } price && price != last)
            {
                last = price;
                yield return (point.At, price);
            }
    }

    /// <summary>What became known after one instant and by another.</summary>
    public IEnumerable<ItemPoint> PointsIn(Instant after, Instant by)
    {
        for (var i = LastBy(_pointAt, after) + 1; i < _points.Length && _points[i].At <= by; i++)
            yield return _points[i];
    }

    /// <summary>Orders that were placed after one instant and by another.</summary>
    public IEnumerable<Dealing> PlacedIn(Instant after, Instant by)
    {
        for (var i = LastBy(_placed, after) + 1; i < Dealings.Length && Dealings[i].Placed <= by; i++)
            yield return Dealings[i];
    }

    /// <summary>Units that others took between, those not counted that had ended by then. What the same order kept is
    /// taken as well.</summary>
    public long TakenIn(Instant after, Instant by, Dealing? butNot) => PlacedIn(after, by)
        .Where(d => d != butNot && !(d.EndedAt <= by)).Sum(d => d.Quantity);

    /// <summary>Units that the same order gave up at the same instant.</summary>
    public long GivenUpWith(Dealing dealing) =>
        _ofOrder.Value[dealing.Order].Where(d => d.EndedAt == dealing.EndedAt).Sum(d => d.Quantity);

    static int LastBy(Instant[] all, Instant at)
    {
        var (low, high) = (0, all.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (all[middle] <= at) low = middle + 1;
            else high = middle;
        }
        return low - 1;
    }
}
