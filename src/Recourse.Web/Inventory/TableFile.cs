using Recourse.Adapters.Csv;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>
/// A table as somebody sent it: text with a header whose columns are known, separated by commas, semicolons or tabs, in
/// any order; or why it is none.
/// </summary>
/// <param name="Whole">What keeps all of it from being read; null: nothing.</param>
/// <param name="Rows">The header first.</param>
sealed record TableFile(Refusal? Whole, string Text, string[] Columns, List<CsvRow> Rows, char Separator)
{
    public const int MostBytes = FormUpload.MostKept, MostLines = 10_000;
    const int BusyTries = 20;
    static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    static readonly Remedy MendLine = new("stockfile.mend-line"), SaveAsCsv = new("stockfile.save-as-csv"),
        Split = new("stockfile.split"), UseTemplate = new("stockfile.use-template");

    static ReadOnlySpan<byte> OldSpreadsheet => [0xD0, 0xCF, 0x11];
    static ReadOnlySpan<byte> LittleEndian => [0xFF, 0xFE];
    static ReadOnlySpan<byte> BigEndian => [0xFE, 0xFF];

    /// <summary>Opens a file: every column that is needed must be there, and none that isn't known.</summary>
    public static TableFile Open(
        ReadOnlySpan<byte> bytes, ImmutableArray<string> needed, ImmutableArray<string> allowed)
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
        string[] columns = [.. header.Split(separator).Select(NameOf)];
        if (!needed.All(columns.Contains) || !columns.All(c => allowed.Contains(c))
            || columns.Distinct().Count() != columns.Length)
            return None(new Refusal("stockfile.wrong-columns", UseTemplate,
                ("expected", string.Join(", ", needed)), ("found", Shortened(header))));
        var rows = CsvRows.Find(text, columns.Length, badLines, separator);
        if (rows.Count - 1 > MostLines)
            return None(new Refusal(
                "stockfile.too-many-lines", Split, ("lines", rows.Count - 1), ("most", MostLines)));
        return rows.Count < 2 ? None(new Refusal("stockfile.no-lines", UseTemplate))
            : new(null, text, columns, rows, separator);
    }

    static TableFile None(Refusal why) => new(why, "", [], [], ',');

    static string NameOf(string column) => column.Trim().Trim('"').Trim().ToLowerInvariant();

    /// <summary>Lines, without the header.</summary>
    public int Count => Math.Max(0, Rows.Count - 1);

    /// <summary>The lines that are none, with why.</summary>
    public IEnumerable<LineFault> BrokenLines => Rows.Skip(1).Where(r => r.Fault is not null)
        .Select(r => new LineFault(r.Line, OfRow(r.Fault!.Value)));

    /// <summary>The fields of the other lines, each under its column's name; what is left out is empty.</summary>
    public IEnumerable<(int Line, Func<string, string> Field)> Lines => Rows.Where(r => r.Fault is null)
        .Zip(CsvRows.Split(Text, Rows, Separator)).Skip(1)
        .Select(r => (r.First.Line, (Func<string, string>)(name =>
            Array.IndexOf(Columns, name) is >= 0 and var at ? Unguarded(r.Second[at].Trim()) : "")));

    Refusal OfRow(CsvFault fault) => fault switch
    {
        CsvFault.ColumnCount => new("stockfile.column-count", MendLine, ("expected", Columns.Length)),
        CsvFault.Quotes      => new("stockfile.quotes-unbalanced", MendLine),
        CsvFault.TooLong     => new("stockfile.line-too-long", MendLine),
        _                    => new("stockfile.not-utf8", SaveAsCsv),
    };

    /// <summary>A text that is told, not all of it.</summary>
    public static string Shortened(string text) => text.Length > 80 ? text[..80] + "…" : text;

    /// <summary>What a spreadsheet would reckon with instead of showing it; null: it wouldn't.</summary>
    public static Refusal? Formula(string column, string text) =>
        IsFormula(text) ? new("stockfile.formula", MendLine, ("column", column), ("text", Shortened(text)))
            { Field = column } : null;

    /// <summary>Whether a spreadsheet would reckon with it.</summary>
    public static bool IsFormula(string text) =>
        text is ['=' or '+' or '@', ..] || text is ['-', _, ..] && !Derived.IsCode(text);

    /// <summary>A text as a spreadsheet shows it, whatever it begins with.</summary>
    public static string Guarded(string text) =>
        text is ['=' or '+' or '@' or '-' or '\t' or '\r', ..] ? $"'{text}" : text;

    static string Unguarded(string text) => text is ['\'', '=' or '+' or '@' or '-', ..] ? text[1..] : text;

    /// <summary>A field of a table.</summary>
    public static string Quoted(string text) => text.AsSpan().IndexOfAny(",;\t\"\r\n") < 0 ? text
        : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Asks for what a line wants, again while there is too much to do: a file is many asks.</summary>
    public static async Task<Outcome> Patiently(IPlatform platform, Ask ask, CancellationToken cancel)
    {
        for (var tries = 0; ; tries++)
        {
            var outcome = await platform.Ask(ask, cancel);
            if (outcome is not Outcome.Busy || tries == BusyTries) return outcome;
            await Task.Delay(BetweenTries, cancel);
        }
    }
}
