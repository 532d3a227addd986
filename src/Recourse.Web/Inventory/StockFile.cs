using System.Globalization;
using System.Text;
using Recourse.Adapters.Csv;
namespace Recourse.Web;

/// <summary>A line of a file of stock that can be read.</summary>
sealed record StockLine(int Line, string Sku, string Location, int Units, string Reason);

/// <summary>Something that is wrong with a line; its column stands in the refusal.</summary>
sealed record LineFault(int Line, Refusal Why);

/// <summary>
/// A file of stock, read: its good lines, and all that is wrong with the others. Separated by commas, semicolons or
/// tabs; columns in any order; what our own export adds is passed over.
/// </summary>
/// <param name="Whole">What keeps all of it from being read; null: nothing.</param>
/// <param name="Count">Lines, without the header.</param>
sealed record StockFile(
    Refusal? Whole, ImmutableArray<StockLine> Lines, ImmutableArray<LineFault> Faults, int Count)
{
    public const int MostBytes = FormUpload.MostKept, MostLines = 10_000;
    const int LongestReason = 200, MostUnits = 1_000_000_000;

    /// <summary>What a line must say; and what it may.</summary>
    public static readonly ImmutableArray<string> Needed = ["sku", "location", "units"], Allowed =
        [.. Needed, "reason", "reserved", "free", "title"];

    static readonly Remedy MendLine = new("stockfile.mend-line"), SaveAsCsv = new("stockfile.save-as-csv"),
        Split = new("stockfile.split"), UseTemplate = new("stockfile.use-template");

    static ReadOnlySpan<byte> OldSpreadsheet => [0xD0, 0xCF, 0x11];
    static ReadOnlySpan<byte> LittleEndian => [0xFF, 0xFE];
    static ReadOnlySpan<byte> BigEndian => [0xFE, 0xFF];

    /// <summary>Reads a file as somebody sent it.</summary>
    public static StockFile Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MostBytes)
            return None(new Refusal("stockfile.too-large", Split, ("most", MostBytes >> 20)));
        if (bytes.IsEmpty) return None(new Refusal("stockfile.empty", UseTemplate));
        if (bytes.StartsWith("PK\u0003\u0004"u8) || bytes.StartsWith("%PDF"u8) || bytes.StartsWith(OldSpreadsheet))
            return None(new Refusal("stockfile.not-csv", SaveAsCsv));
        if (bytes.Contains((byte)0) || bytes.StartsWith(LittleEndian) || bytes.StartsWith(BigEndian))
            return None(new Refusal("stockfile.not-text", SaveAsCsv));
        var (text, badLines) = CsvRows.Decode(bytes);
        var header = text[..(text.AsSpan().IndexOfAny('\r', '\n') is >= 0 and var end ? end : text.Length)];
        var separator = new[] { ',', ';', '\t' }.MaxBy(c => header.Count(h => h == c));
        string[] columns = [.. header.Split(separator).Select(c => c.Trim().Trim('"').Trim().ToLowerInvariant())];
        if (!IsHeader(columns))
            return None(new Refusal("stockfile.wrong-columns", UseTemplate,
                ("expected", string.Join(", ", Needed)), ("found", Shortened(header))));
        var rows = CsvRows.Find(text, columns.Length, badLines, separator);
        if (rows.Count - 1 > MostLines)
            return None(new Refusal(
                "stockfile.too-many-lines", Split, ("lines", rows.Count - 1), ("most", MostLines)));
        return rows.Count < 2 ? None(new Refusal("stockfile.no-lines", UseTemplate))
            : new Reader(columns).Read(text, rows, separator);
    }

    static StockFile None(Refusal why) => new(why, [], [], 0);

    static bool IsHeader(string[] columns) => Needed.All(columns.Contains) && columns.All(Allowed.Contains)
        && columns.Distinct().Count() == columns.Length;

    static string Shortened(string text) => text.Length > 80 ? text[..80] + "…" : text;

    /// <summary>Reads lines one after the other; what stood there before makes a repetition one.</summary>
    sealed class Reader(string[] columns)
    {
        readonly List<StockLine> _lines = [];
        readonly List<LineFault> _faults = [];
        readonly Dictionary<(string, string), int> _seen = [];

        public StockFile Read(string text, List<CsvRow> rows, char separator)
        {
            foreach (var row in rows.Skip(1).Where(r => r.Fault is not null))
                _faults.Add(new(row.Line, OfRow(row.Fault!.Value)));
            foreach (var (row, fields) in rows.Where(r => r.Fault is null)
                .Zip(CsvRows.Split(text, rows, separator)).Skip(1)) Take(row.Line, fields);
            return new(null, [.. _lines], [.. _faults.OrderBy(f => f.Line)], rows.Count - 1);
        }

        Refusal OfRow(CsvFault fault) => fault switch
        {
            CsvFault.ColumnCount => new("stockfile.column-count", MendLine, ("expected", columns.Length)),
            CsvFault.Quotes      => new("stockfile.quotes-unbalanced", MendLine),
            CsvFault.TooLong     => new("stockfile.line-too-long", MendLine),
            _                    => new("stockfile.not-utf8", SaveAsCsv),
        };

        void Take(int line, string[] fields)
        {
            var before = _faults.Count;
            var (sku, location, reason) = (Field("sku"), Field("location"), Field("reason"));
            foreach (var (name, value) in new[] { ("sku", sku), ("location", location), ("reason", reason) })
                if (IsFormula(value))
                    Fault(name, Formula(name, value));
            if (_faults.Count == before && !Derived.IsCode(sku))
                Fault("sku", new("stockfile.bad-sku", MendLine, ("text", Shortened(sku))));
            if (_faults.Count == before && !Derived.IsCode(location))
                Fault("location", new("stockfile.bad-location", MendLine, ("text", Shortened(location))));
            if (reason.Length > LongestReason)
                Fault("reason", new("stockfile.reason-too-long", MendLine, ("most", LongestReason)));
            var units = Units(Field("units"));
            if (_faults.Count == before && !_seen.TryAdd((sku, location), line))
                Fault("sku", new("stockfile.twice", MendLine, ("sku", sku), ("location", location),
                    ("first", _seen[(sku, location)])));
            if (_faults.Count == before) _lines.Add(new(line, sku, location, units, reason));

            string Field(string name) =>
                Array.IndexOf(columns, name) is >= 0 and var at ? Unguarded(fields[at].Trim()) : "";

            static Refusal Formula(string column, string text) =>
                new("stockfile.formula", MendLine, ("column", column), ("text", Shortened(text)));

            void Fault(string column, Refusal why) => _faults.Add(new(line, why with { Field = column }));

            int Units(string text)
            {
                var digits = text.StartsWith('-') ? text[1..] : text;
                if (IsFormula(text) && !digits.All(char.IsAsciiDigit))
                    Fault("units", Formula("units", text));
                else if (digits is "" || !digits.All(char.IsAsciiDigit))
                    Fault("units", new("stockfile.no-number", MendLine, ("text", Shortened(text))));
                else if (text.StartsWith('-') && digits.Any(d => d is not '0'))
                    Fault("units", new("stockfile.negative", MendLine, ("text", Shortened(text))));
                else if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var units)
                    || units > MostUnits)
                    Fault("units", new("stockfile.too-many-units", MendLine, ("text", Shortened(text)),
                        ("most", MostUnits)));
                else return units;
                return 0;
            }
        }
    }

    /// <summary>What a spreadsheet would reckon with instead of showing it.</summary>
    static bool IsFormula(string text) =>
        text is ['=' or '+' or '@', ..] || text is ['-', _, ..] && !Derived.IsCode(text);

    /// <summary>A text as a spreadsheet shows it, whatever it begins with.</summary>
    public static string Guarded(string text) =>
        text is ['=' or '+' or '@' or '-' or '\t' or '\r', ..] ? $"'{text}" : text;

    static string Unguarded(string text) => text is ['\'', '=' or '+' or '@' or '-', ..] ? text[1..] : text;

    /// <summary>A field of a table.</summary>
    public static string Quoted(string text) => text.AsSpan().IndexOfAny(",;\t\"\r\n") < 0 ? text
        : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A table of stock, as it can be imported again.</summary>
    public static string Write(IEnumerable<StockItemBody> items)
    {
        var text = new StringBuilder("sku,location,units,reserved,free,title\r\n");
        foreach (var item in items)
            foreach (var shelf in item.Shelves.IsEmpty ? [new ShelfBody("main", 0)] : item.Shelves)
                text.Append(CultureInfo.InvariantCulture,
                    $"{Guarded(item.Sku)},{Guarded(shelf.Location)},{shelf.Units},{item.Reserved},{item.Free},")
                    .Append(Quoted(Guarded(item.Title))).Append("\r\n");
        return text.ToString();
    }
}
