using System.Globalization;
using System.Text;
namespace Recourse.Web;

/// <summary>A line of a file of stock that can be read.</summary>
/// <param name="Expected">Only if so many lie there; null: however many do.</param>
sealed record StockLine(int Line, string Sku, string Location, int Units, string Reason, int? Expected);

/// <summary>Something that is wrong with a line; its column stands in the refusal.</summary>
sealed record LineFault(int Line, Refusal Why);

/// <summary>A file of stock, read: its good lines, and all that is wrong with the others.</summary>
/// <param name="Whole">What keeps all of it from being read; null: nothing.</param>
/// <param name="Count">Lines, without the header.</param>
sealed record StockFile(
    Refusal? Whole, ImmutableArray<StockLine> Lines, ImmutableArray<LineFault> Faults, int Count)
{
    const int LongestReason = 200, MostUnits = 1_000_000_000;

    /// <summary>What a line must say; and what it may. What our own export adds is passed over.</summary>
    public static readonly ImmutableArray<string> Needed = ["sku", "location", "units"], Allowed =
        [.. Needed, "reason", "expected", "reserved", "free", "title"];

    static readonly Remedy MendLine = new("stockfile.mend-line");

    /// <summary>Reads a file as somebody sent it.</summary>
    public static StockFile Read(ReadOnlySpan<byte> bytes)
    {
        var table = TableFile.Open(bytes, Needed, Allowed);
        return table.Whole is { } why ? new(why, [], [], 0) : new Reader(table).Read();
    }

    /// <summary>Reads lines one after the other; what stood there before makes a repetition one.</summary>
    sealed class Reader(TableFile table)
    {
        readonly List<StockLine> _lines = [];
        readonly List<LineFault> _faults = [.. table.BrokenLines];
        readonly Dictionary<(string, string), int> _seen = [];

        public StockFile Read()
        {
            foreach (var (line, field) in table.Lines) Take(line, field);
            return new(null, [.. _lines], [.. _faults.OrderBy(f => f.Line)], table.Count);
        }

        void Take(int line, Func<string, string> field)
        {
            var before = _faults.Count;
            var (sku, location, reason) = (field("sku"), field("location"), field("reason"));
            foreach (var (name, value) in new[] { ("sku", sku), ("location", location), ("reason", reason) })
                if (TableFile.Formula(name, value) is { } formula) _faults.Add(new(line, formula));
            if (_faults.Count == before && !Derived.IsCode(sku))
                Fault("sku", new("stockfile.bad-sku", MendLine, ("text", TableFile.Shortened(sku))));
            if (_faults.Count == before && !Derived.IsCode(location))
                Fault("location", new("stockfile.bad-location", MendLine, ("text", TableFile.Shortened(location))));
            if (reason.Length > LongestReason)
                Fault("reason", new("stockfile.reason-too-long", MendLine, ("most", LongestReason)));
            var units = Units("units", field("units"));
            var expected = field("expected") is { Length: > 0 } text ? Units("expected", text) : (int?)null;
            if (_faults.Count == before && !_seen.TryAdd((sku, location), line))
                Fault("sku", new("stockfile.twice", MendLine, ("sku", sku), ("location", location),
                    ("first", _seen[(sku, location)])));
            if (_faults.Count == before) _lines.Add(new(line, sku, location, units, reason, expected));

            void Fault(string column, Refusal why) => _faults.Add(new(line, why with { Field = column }));

            int Units(string column, string text)
            {
                var digits = text.StartsWith('-') ? text[1..] : text;
                if (!digits.All(char.IsAsciiDigit) && TableFile.Formula(column, text) is { } formula)
                    _faults.Add(new(line, formula));
                else if (digits is "" || !digits.All(char.IsAsciiDigit))
                    Fault(column, new("stockfile.no-number", MendLine, ("text", TableFile.Shortened(text))));
                else if (text.StartsWith('-') && digits.Any(d => d is not '0'))
                    Fault(column, new("stockfile.negative", MendLine, ("text", TableFile.Shortened(text))));
                else if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var units)
                    || units > MostUnits)
                    Fault(column, new("stockfile.too-many-units", MendLine, ("text", TableFile.Shortened(text)),
                        ("most", MostUnits)));
                else return units;
                return 0;
            }
        }
    }

    /// <summary>A table of stock, as it can be imported again.</summary>
    public static string Write(IEnumerable<StockItemBody> items)
    {
        var text = new StringBuilder("sku,location,units,reserved,free,title\r\n");
        foreach (var item in items)
            foreach (var shelf in item.Shelves.IsEmpty ? [new ShelfBody("main", 0)] : item.Shelves)
                text.Append(CultureInfo.InvariantCulture,
                    $"{TableFile.Guarded(item.Sku)},{TableFile.Guarded(shelf.Location)},{shelf.Units},")
                    .Append(CultureInfo.InvariantCulture, $"{item.Reserved},{item.Free},")
                    .Append(TableFile.Quoted(TableFile.Guarded(item.Title))).Append("\r\n");
        return text.ToString();
    }

    /// <summary>A table that takes changes back, where nothing has moved since.</summary>
    public static string WriteUndo(IEnumerable<StockChangeBody> changes)
    {
        var text = new StringBuilder("sku,location,units,expected,reason\r\n");
        foreach (var c in changes)
            text.Append(CultureInfo.InvariantCulture,
                $"{TableFile.Guarded(c.Sku)},{TableFile.Guarded(c.Location)},{c.Was},{c.Will},undone\r\n");
        return text.ToString();
    }
}
