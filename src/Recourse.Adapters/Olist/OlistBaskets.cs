using Recourse.Orders;
namespace Recourse.Olist;

/// <summary>A finding about a row of no order: it is kept on a listing of its own.</summary>
/// <param name="Line">The row's first line, from 1.</param>
public sealed record OlistStray(string File, int Line, Finding Finding);

/// <summary>An order there with all rows that are its own; items of several sellers make several orders.</summary>
/// <param name="Items">By their numbers.</param>
/// <param name="Kept">Findings about single rows and ids.</param>
internal sealed record OlistBasket(
    OlistOrder Order, Instant Purchased, BuyerId Buyer, bool IsBuyerKnown, ImmutableArray<OlistItem> Items,
    ImmutableArray<OlistPayment> Payments, ImmutableArray<OlistReview> Reviews, ImmutableArray<Finding> Kept)
{
    /// <summary>Its items by seller; the seller of the lowest number comes first.</summary>
    public IEnumerable<IGrouping<string, OlistItem>> Parts => Items.GroupBy(i => i.Seller);
}

/// <summary>Ids of ours for ids there: the same spelling wherever it is one of ours.</summary>
internal static class OlistIds
{
    /// <summary>The seller of what nobody is known to have sold.</summary>
    public static readonly SellerId NoSeller = new("unknown");

    /// <summary>The buyer of what nobody is known to have bought.</summary>
    public static readonly BuyerId NoBuyer = new("unknown");

    /// <summary>Whether ours is spelt as theirs.</summary>
    public static bool IsOurs(string id) => Derived.IsCode(id) && id != NoSeller.Code;

    /// <summary>A part of an id: theirs, or derived from theirs where that isn't a spelling of ours.</summary>
    public static string Code(string id) => IsOurs(id) ? id : Derived.Code($"{OlistHistory.Source} {id}");
}

/// <summary>Puts every row where it belongs: at its order, at its person or product, or among the strays.</summary>
internal sealed class OlistBaskets
{
    readonly List<OlistStray> _strays = [];
    readonly Dictionary<string, Gathered> _gathered = [];

    OlistBaskets(OlistHistory history)
    {
        Customers = First(OlistFile.Customers, history.Customers, c => c.Id, c => c.Person is "" ? 1 : null, Hidden);
        Sellers = First(OlistFile.Sellers, history.Sellers, s => s.Id, _ => null, Hidden);
        Products = First(OlistFile.Products, history.Products, p => p.Id, _ => null, p => p.Columns);
        Categories = First(OlistFile.Categories, history.Categories, c => c.Name, c => c.English is "" ? 1 : null,
            c => OlistRows.Columns(c));
        Odd(OlistFile.Customers, 1, Customers.Values, c => c.Person);
        Odd(OlistFile.Sellers, 0, Sellers.Values, s => s.Id);
        Odd(OlistFile.Products, 0, Products.Values, p => p.Id);
        PlaceOrders(history);
        PlaceRows(history);
        All =
        [
            .. _gathered.Values.Select(Close).OrderBy(b => b.Purchased).ThenBy(b => b.Order.Id, StringComparer.Ordinal),
        ];
        SharedReviews =
            [.. All.SelectMany(b => b.Reviews).CountBy(r => r.Id).Where(r => r.Value > 1).Select(r => r.Key)];
        var used = Products.Values.Select(p => p.Category).ToHashSet();
        foreach (var unused in Categories.Values.Where(c => !used.Contains(c.Name)))
            Stray(OlistFile.Categories, unused.Line, OlistCode.CategoryUnused, 0, OlistRows.Columns(unused));
    }

    /// <summary>Every order, by when it was bought, then by id.</summary>
    public ImmutableArray<OlistBasket> All { get; }

    /// <summary>By their ids there; repeated rows are strays.</summary>
    public SortedDictionary<string, OlistCustomer> Customers { get; }

    /// <inheritdoc cref="Customers"/>
    public SortedDictionary<string, OlistSeller> Sellers { get; }

    /// <inheritdoc cref="Customers"/>
    public SortedDictionary<string, OlistProduct> Products { get; }

    /// <inheritdoc cref="Customers"/>
    public SortedDictionary<string, OlistCategory> Categories { get; }

    /// <summary>Ids of reviews that stand on several orders.</summary>
    public ImmutableHashSet<string> SharedReviews { get; }

    /// <summary>What belongs to no order, in the files' order, then by line.</summary>
    public ImmutableArray<OlistStray> Strays =>
    [
        .. OlistFile.All.SelectMany(f => _strays.Where(s => s.File == f.Name).OrderBy(s => s.Line)),
    ];

    /// <summary>All of a history.</summary>
    public static OlistBaskets Of(OlistHistory history) => new(history);

    void PlaceOrders(OlistHistory history)
    {
        foreach (var order in history.Orders)
        {
            if (order.Id is "")
                Stray(OlistFile.Orders, order.Line, OlistCode.FieldEmpty, 0, OlistRows.Columns(order));
            else if (order.Purchased is not { } purchased)
                Stray(OlistFile.Orders, order.Line, OlistCode.FieldEmpty, 3, OlistRows.Columns(order));
            else if (_gathered.TryGetValue(order.Id, out var first))
                first.Kept.Add(OlistRows.Keep(
                    OlistFile.Orders, order.Line, OlistCode.RowRepeated, 0, OlistRows.Columns(order)));
            else
            {
                var made = _gathered[order.Id] = new(order, purchased);
                if (!OlistIds.IsOurs(order.Id)) made.Kept.Add(OlistRows.Odd(OlistFile.Orders, 0, order.Id));
                if (!Customers.ContainsKey(order.Customer))
                    made.Kept.Add(new(OlistCode.BuyerUnknown, [("customer", order.Customer)]));
            }
        }
    }

    void PlaceRows(OlistHistory history)
    {
        Place(OlistFile.Items, history.Items, i => i.Order, i => $"{i.Number}", OlistRows.Problem,
            (at, i) => at.Holds(i.Price, i.Freight), (at, i) => at.Items.Add(i), i => OlistRows.Columns(i));
        Place(OlistFile.Payments, history.Payments, p => p.Order, p => $"{p.Number}", OlistRows.Problem,
            (at, p) => at.Pays(p.Amount), (at, p) => at.Payments.Add(p), p => OlistRows.Columns(p));
        Place(OlistFile.Reviews, history.Reviews, r => r.Order, r => r.Id, OlistRows.Problem,
            (_, _) => true, (at, r) => at.Reviews.Add(r), r => OlistRows.Columns(r));
    }

    void Place<T>(
        OlistFile file, ImmutableArray<T> rows, Func<T, string> orderOf, Func<T, string> key,
        Func<T, (string Code, int Column)?> problem, Func<Gathered, T, bool> fits, Action<Gathered, T> take,
        Func<T, ImmutableArray<Named>> columns) where T : OlistRow
    {
        var seen = new HashSet<(string, string)>();
        var orderColumn = file.Columns.IndexOf("order_id");
        foreach (var row in rows)
        {
            var order = orderOf(row);
            if (!_gathered.TryGetValue(order, out var at))
                Stray(
                    file, row.Line, order is "" ? OlistCode.FieldEmpty : OlistCode.OrderUnknown, orderColumn,
                    columns(row));
            else if (problem(row) is var (code, column))
                at.Kept.Add(OlistRows.Keep(file, row.Line, code, column, columns(row)));
            else if (!seen.Add((order, key(row))))
                at.Kept.Add(OlistRows.Keep(file, row.Line, OlistCode.RowRepeated, 0, columns(row)));
            else if (!fits(at, row))
                at.Kept.Add(OlistRows.Keep(
                    file, row.Line, OlistCode.AmountTooLarge, file.Columns.Length - 1, columns(row)));
            else take(at, row);
        }
    }

    OlistBasket Close(Gathered g)
    {
        var known = Customers.TryGetValue(g.Order.Customer, out var customer);
        return new(
            g.Order, g.Purchased, known ? new(OlistIds.Code(customer!.Person)) : OlistIds.NoBuyer, known,
            [.. g.Items.OrderBy(i => i.Number)], [.. g.Payments.OrderBy(p => p.Number)],
            [.. g.Reviews.OrderBy(r => r.Asked).ThenBy(r => r.Id, StringComparer.Ordinal)], [.. g.Kept]);
    }

    SortedDictionary<string, T> First<T>(
        OlistFile file, ImmutableArray<T> rows, Func<T, string> id, Func<T, int?> empty,
        Func<T, ImmutableArray<Named>> columns) where T : OlistRow
    {
        var first = new SortedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var row in rows)
            if ((id(row) is "" ? 0 : empty(row)) is { } column)
                Stray(file, row.Line, OlistCode.FieldEmpty, column, columns(row));
            else if (!first.TryAdd(id(row), row))
                Stray(file, row.Line, OlistCode.RowRepeated, 0, columns(row));
        return first;
    }

    void Odd<T>(OlistFile file, int column, IEnumerable<T> rows, Func<T, string> id) where T : OlistRow
    {
        foreach (var row in rows.Where(r => !OlistIds.IsOurs(id(r))))
            _strays.Add(new(file.Name, row.Line, OlistRows.Odd(file, column, id(row))));
    }

    void Stray(OlistFile file, int line, string code, int column, ImmutableArray<Named> columns) =>
        _strays.Add(new(file.Name, line, OlistRows.Keep(file, line, code, column, columns)));

    // Where people live is only ever stored sealed, so a finding names their record and no more.
    static ImmutableArray<Named> Hidden(OlistCustomer c) =>
        [("customer_id", c.Id), ("customer_unique_id", c.Person), ("place", new Value.Withheld())];

    static ImmutableArray<Named> Hidden(OlistSeller s) => [("seller_id", s.Id), ("place", new Value.Withheld())];

    sealed class Gathered(OlistOrder order, Instant purchased)
    {
        long _items, _paid;

        public OlistOrder Order { get; } = order;
        public Instant Purchased { get; } = purchased;
        public List<OlistItem> Items { get; } = [];
        public List<OlistPayment> Payments { get; } = [];
        public List<OlistReview> Reviews { get; } = [];
        public List<Finding> Kept { get; } = [];

        public bool Holds(OlistAmount price, OlistAmount freight) =>
            Fits(ref _items, price.Money!.Value.Minor + freight.Money!.Value.Minor);

        public bool Pays(OlistAmount amount) => Fits(ref _paid, amount.Money!.Value.Minor);

        static bool Fits(ref long sum, long more)
        {
            var fits = sum + more <= Money.Most;
            if (fits) sum += more;
            return fits;
        }
    }
}
