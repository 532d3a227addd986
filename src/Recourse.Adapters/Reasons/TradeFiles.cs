using System.Globalization;
using Recourse.Adapters.Csv;
using Recourse.Adapters.Risk.Replay;
using Recourse.Reasons;
namespace Recourse.Adapters.Reasons;

/// <summary>A history of trade as two files, and what of them can't be used.</summary>
/// <param name="Notes">How prices were read where that was not as they stand there.</param>
public sealed record TradeHistory(
    ImmutableArray<ItemPoint> Points, ImmutableArray<Dealing> Dealings, ImmutableArray<BadRow> Bad,
    ImmutableArray<string> Notes)
{
    /// <summary>Prices are kept in so many parts of what is written.</summary>
    public const long Parts = 10_000;

    /// <summary>A price as it was written.</summary>
    public static Value Show(Item item, long price) =>
        ((decimal)price / Parts).ToString("0.00##", CultureInfo.InvariantCulture);

    /// <summary>Every flag of it.</summary>
    public ImmutableArray<ReasonFlag> Flags(FinderRules rules) => FalseReasons.Find(Points, Dealings, rules, Show);
}

/// <summary>
/// Reads <c>listings.csv</c> (at, seller, sku, price, stock) and <c>orders.csv</c> (order, seller, sku, quantity,
/// price, country, placed, cancelled, reason): columns by their names, in any order, others are not looked at. What can
/// be read in one way only is taken; a row that can't is reported by its line, and the others count.
/// </summary>
public static class TradeFiles
{
    /// <summary>The names of the two files.</summary>
    public const string Listings = "listings.csv", Orders = "orders.csv";

    static readonly ImmutableArray<string> ListingColumns = ["at", "seller", "sku", "price", "stock"];

    static readonly ImmutableArray<string> OrderColumns =
        ["order", "seller", "sku", "quantity", "price", "country", "placed", "cancelled", "reason"];

    static readonly ImmutableDictionary<string, string> Also = new Dictionary<string, string>
    {
        ["order_id"] = "order", ["orderid"] = "order", ["seller_id"] = "seller", ["qty"] = "quantity",
        ["unit_price"] = "price", ["time"] = "at", ["timestamp"] = "at", ["placed_at"] = "placed",
        ["canceled"] = "cancelled", ["cancelled_at"] = "cancelled", ["canceled_at"] = "cancelled",
        ["cancel_reason"] = "reason", ["on_hand"] = "stock",
    }.ToImmutableDictionary();

    /// <summary>Whether a folder has such a history.</summary>
    public static bool AreIn(string folder) => File.Exists(Path.Combine(folder, Orders));

    /// <summary>The history in a folder; without listings only what orders say of each other is known.</summary>
    public static TradeHistory Read(string folder)
    {
        List<BadRow> bad = [];
        List<ItemPoint> points = [];
        List<Dealing> dealings = [];
        foreach (var (line, row) in Rows(folder, Listings, ListingColumns, bad))
            if (PointOf(row, out var problem) is { } point) points.Add(point);
            else bad.Add(new(Listings, line, problem));
        HashSet<Dealing> seen = [];
        foreach (var (line, row) in Rows(folder, Orders, OrderColumns, bad))
        {
            if (DealingOf(row, out var problem) is not { } dealing) bad.Add(new(Orders, line, problem!));
            else
            {
                if (problem is not null) bad.Add(new(Orders, line, problem));
                if (seen.Add(dealing)) dealings.Add(dealing);
            }
        }
        var (read, notes) = PriceScale.Fit(points, dealings);
        return new([.. points], read, [.. bad.OrderBy(b => b.File, StringComparer.Ordinal).ThenBy(b => b.Line)], notes);
    }

    static IEnumerable<(int Line, string[] Row)> Rows(
        string folder, string file, ImmutableArray<string> needed, List<BadRow> bad)
    {
        var path = Path.Combine(folder, file);
        if (!File.Exists(path))
        {
            bad.Add(new(file, 1, "Is not there."));
            yield break;
        }
        if (new FileInfo(path).Length > FraudFile.Largest)
        {
            bad.Add(new(file, 1, $"Is larger than {FraudFile.Largest >> 20} MB."));
            yield break;
        }
        var (text, badLines) = CsvRows.Decode(File.ReadAllBytes(path));
        var head = text[..(text.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? end : text.Length)];
        var separator = ((ReadOnlySpan<char>)[',', ';', '\t']).ToArray().MaxBy(c => head.Count(x => x == c));
        ImmutableArray<string> columns = [.. head.Split(separator).Select(NameOf)];
        if (needed.Where(n => !columns.Contains(n)).ToList() is { Count: > 0 } missing)
        {
            bad.Add(new(file, 1, $"Its first line doesn't name {string.Join(", ", missing)}."));
            yield break;
        }
        var rows = CsvRows.Find(text, columns.Length, badLines, separator);
        int[] places = [.. needed.Select(n => columns.IndexOf(n))];
        using var fields = CsvRows.Split(text, rows, separator).GetEnumerator();
        foreach (var row in rows)
        {
            if (row.Fault is { } fault)
            {
                bad.Add(new(file, row.Line, FraudFile.Words(fault, columns.Length)));
                continue;
            }
            if (!fields.MoveNext()) yield break;
            if (row.Line == 1) continue;
            yield return (row.Line, [.. places.Select(p => fields.Current[p].Trim())]);
        }
    }

    static string NameOf(string column)
    {
        var name = column.Trim().Trim('"').Trim().ToLowerInvariant().Replace(' ', '_').Replace('-', '_');
        return Also.GetValueOrDefault(name, name);
    }

    static ItemPoint? PointOf(string[] row, out string problem)
    {
        problem = "";
        if (CellReader.Time(row[0]) is not { } at) return No("at is no time that can be read in one way only.",
            out problem);
        if (row[1] is "" || row[2] is "") return No("Has no seller or no sku.", out problem);
        var (hasPrice, hasStock) = (!CellReader.IsEmpty(row[3]), !CellReader.IsEmpty(row[4]));
        var (price, stock) = (CellReader.Price(row[3]), CellReader.Units(row[4]));
        if (hasPrice && price is null or 0)
            return No("price is no amount that can be read in one way only.", out problem);
        if (hasStock && stock is null) return No("stock is no whole number.", out problem);
        if (!hasPrice && !hasStock) return No("Says neither price nor stock.", out problem);
        return new(new(row[1], row[2]), at, hasPrice ? price : null, hasStock ? Math.Max(0, stock!.Value) : null);
    }

    static ItemPoint? No(string why, out string problem)
    {
        problem = why;
        return null;
    }

    // A row may be of use and odd at once: then it is read, and what is odd is reported.
    static Dealing? DealingOf(string[] row, out string? problem)
    {
        problem = FaultOf(row);
        if (problem is not null) return null;
        var placed = CellReader.Time(row[6])!.Value;
        Instant? ended = CellReader.IsEmpty(row[7]) ? null : CellReader.Time(row[7]);
        var isSaid = !CellReader.IsEmpty(row[8]);
        if (ended is null && isSaid) problem = "Has a reason and no time of cancellation: it is judged as neither.";
        return new(
            row[0], new(row[1], row[2]), CellReader.Units(row[3])!.Value, CellReader.Price(row[4])!.Value,
            row[5].ToUpperInvariant(), placed, ended, ended is null ? null : SellerReason.InFile(row[8]),
            IsKnown: ended is not null || !isSaid);
    }

    static string? FaultOf(string[] row)
    {
        if (row[0] is "" || row[1] is "" || row[2] is "") return "Has no order, no seller or no sku.";
        if (CellReader.Units(row[3]) is not >= 1) return "quantity is no whole number from 1.";
        if (CellReader.Price(row[4]) is not > 0) return "price is no amount that can be read in one way only.";
        if (CellReader.Time(row[6]) is not { } placed) return "placed is no time that can be read in one way only.";
        if (CellReader.IsEmpty(row[7])) return null;
        if (CellReader.Time(row[7]) is not { } ended) return "cancelled is no time that can be read in one way only.";
        return ended < placed ? "Was cancelled before it was placed." : null;
    }
}
