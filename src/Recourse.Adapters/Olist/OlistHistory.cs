using Recourse.Adapters.Csv;
namespace Recourse.Olist;

/// <summary>
/// The Olist history as its eight files hold it (Brazilian E-Commerce Public Dataset), read whole into memory.
/// Every row of a file is either here or a fault: <see cref="Counts"/> says how many.
/// </summary>
/// <param name="Counts">By the file's name.</param>
/// <param name="Faults">In the files' order, then by line. With any, nothing should be taken over.</param>
public sealed record OlistHistory(
    ImmutableArray<OlistOrder> Orders, ImmutableArray<OlistItem> Items, ImmutableArray<OlistPayment> Payments,
    ImmutableArray<OlistReview> Reviews, ImmutableArray<OlistCustomer> Customers, ImmutableArray<OlistSeller> Sellers,
    ImmutableArray<OlistProduct> Products, ImmutableArray<OlistCategory> Categories,
    ImmutableSortedDictionary<string, OlistCount> Counts, ImmutableArray<OlistFault> Faults)
{
    /// <summary>Whose history it is, in our events.</summary>
    public const string Source = "olist";

    /// <summary>Largest file that is read, in bytes.</summary>
    public const long LargestFile = 512L << 20;

    /// <summary>Local times there are of this zone.</summary>
    public static DateTimeZone Zone => OlistFields.Zone;

    /// <summary>All amounts there are in this currency.</summary>
    public static Currency Currency => OlistFields.Currency;

    /// <summary>Reads the folder. What can't be read is a fault and no exception.</summary>
    public static OlistHistory Read(string dir) => Read(file =>
    {
        var path = Path.Combine(dir, file.Name);
        if (!File.Exists(path)) return (null, OlistCode.FileMissing);
        try
        {
            return new FileInfo(path).Length > LargestFile
                ? (null, OlistCode.FileUnreadable) : (File.ReadAllBytes(path), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, OlistCode.FileUnreadable);
        }
    });

    /// <summary>Reads files that are bytes already, by their names.</summary>
    public static OlistHistory Read(IReadOnlyDictionary<string, byte[]> files) => Read(file =>
        files.TryGetValue(file.Name, out var bytes) ? (bytes, null) : (null, OlistCode.FileMissing));

    static OlistHistory Read(Func<OlistFile, (byte[]? Bytes, string? Fault)> open)
    {
        var faults = ImmutableArray.CreateBuilder<OlistFault>();
        var counts = ImmutableSortedDictionary.CreateBuilder<string, OlistCount>(StringComparer.Ordinal);
        return new(
            Rows(OlistFile.Orders, f => new OlistOrder(
                f.Line, f.Text(0), f.Text(1), f.Text(2), f.At(3), f.At(4), f.At(5), f.At(6), f.At(7))),
            Rows(OlistFile.Items, f => new OlistItem(
                f.Line, f.Text(0), f.Number(1), f.Text(2), f.Text(3), f.At(4), f.Amount(5), f.Amount(6))),
            Rows(OlistFile.Payments, f => new OlistPayment(
                f.Line, f.Text(0), f.Number(1), f.Text(2), f.Number(3), f.Amount(4))),
            Rows(OlistFile.Reviews, f => new OlistReview(
                f.Line, f.Text(0), f.Text(1), f.Number(2), f.Text(3), f.Text(4), f.At(5), f.At(6))),
            Rows(OlistFile.Customers, f => new OlistCustomer(
                f.Line, f.Text(0), f.Text(1), f.Text(2), f.Text(3), f.Text(4))),
            Rows(OlistFile.Sellers, f => new OlistSeller(f.Line, f.Text(0), f.Text(1), f.Text(2), f.Text(3))),
            Rows(OlistFile.Products, f => new OlistProduct(f.Line, f.Text(0), f.Text(1), Columns(f))),
            Rows(OlistFile.Categories, f => new OlistCategory(f.Line, f.Text(0), f.Text(1))),
            counts.ToImmutable(), faults.ToImmutable());

        ImmutableArray<T> Rows<T>(OlistFile file, Func<OlistFields, T> make)
        {
            var (bytes, fault) = open(file);
            var (rows, count, found) = bytes is null
                ? ([], new(0, 0), [OlistFault.Of(fault!, file, 0)]) : RowsOf(file, bytes, make);
            faults.AddRange(found);
            counts[file.Name] = count;
            return rows;
        }
    }

    static (ImmutableArray<T> Rows, OlistCount Count, List<OlistFault> Faults) RowsOf<T>(
        OlistFile file, byte[] bytes, Func<OlistFields, T> make)
    {
        var (text, badLines) = CsvRows.Decode(bytes);
        var rows = CsvRows.Find(text, file.Columns.Length, badLines);
        if (HeaderFault(file, text, rows) is { } wrong) return ([], new(0, 0), [wrong]);
        List<OlistFault> faults = [.. rows.Where(r => r.Fault is not null).Select(r => OlistFault.Of(
            OlistCode.Of(r.Fault!.Value), file, r.Line, ("expected", file.Columns.Length)))];
        var faulty = faults.Count;
        var fields = new OlistFields(file, faults);
        var taken = ImmutableArray.CreateBuilder<T>(rows.Count);
        foreach (var (row, split) in rows.Where(r => r.Fault is null).Zip(CsvRows.Split(text, rows)).Skip(1))
        {
            var before = faults.Count;
            fields.Take(split, row.Line);
            var made = make(fields);
            if (faults.Count == before) taken.Add(made);
            else faulty++;
        }
        faults.Sort((a, b) => a.Line.CompareTo(b.Line));
        return (taken.ToImmutable(), new(rows.Count - 1, faulty), faults);
    }

    static OlistFault? HeaderFault(OlistFile file, string text, List<CsvRow> rows)
    {
        var expected = string.Join(',', file.Columns);
        if (rows is [{ Fault: CsvFault.Encoding } first, ..])
            return OlistFault.Of(OlistCode.EncodingWrong, file, first.Line);
        var found = rows is [var header, ..] ? text.Substring(header.Start, Math.Min(header.Length, 300)) : "";
        var isRight = rows is [{ Fault: null }, ..] && found.Replace("\"", "") == expected;
        return isRight ? null
            : OlistFault.Of(OlistCode.HeaderWrong, file, 1, ("expected", expected), ("found", found));
    }

    // Counts where the column holds one; an empty column is no fact.
    static ImmutableArray<Named> Columns(OlistFields f) =>
    [
        .. OlistFile.Products.Columns.Select((name, i) => i < 2
            ? new Named(name, f.Text(i))
            : new(name, f.Number(i) is { } number ? number : "")).Where(n => n.Value is not Value.Word { Text: "" }),
    ];
}
