using System.Buffers;
using System.Text;
using System.Text.Unicode;
using nietras.SeparatedValues;
namespace Recourse.Adapters.Csv;

/// <summary>What keeps a row from being one.</summary>
public enum CsvFault
{
    /// <summary>It has more or fewer columns.</summary>
    ColumnCount,

    /// <summary>A quote doesn't open or close a whole field.</summary>
    Quotes,

    /// <summary>It is too long to be one.</summary>
    TooLong,

    /// <summary>It isn't UTF-8.</summary>
    Encoding,
}

/// <summary>Where a row stands, and what is wrong with it.</summary>
/// <param name="Line">Its first line, from 1.</param>
/// <param name="Fault">Null for a row that can be read.</param>
public readonly record struct CsvRow(int Start, int Length, int Line, CsvFault? Fault);

/// <summary>
/// The rows of a CSV text (RFC 4180, quoted line breaks included). Sep splits and unescapes; it takes any quote for
/// good, so that one that never closes would swallow the rest of the file: rows are therefore bounded here first,
/// and a row that doesn't fit is only its own first line. Reading goes on with the next.
/// </summary>
public static class CsvRows
{
    /// <summary>Longest row, in characters.</summary>
    public const int Longest = 1 << 20;

    /// <summary>The text of a file, and the lines that aren't UTF-8.</summary>
    public static (string Text, ImmutableHashSet<int> BadLines) Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[Encoding.UTF8.Preamble.Length..];
        var text = Encoding.UTF8.GetString(bytes);
        if (Utf8.IsValid(bytes)) return (text, []);
        var bad = ImmutableHashSet.CreateBuilder<int>();
        for (var line = 1; !bytes.IsEmpty;)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var used) is not OperationStatus.Done) bad.Add(line);
            bytes = bytes[used..];
            if (rune.Value == '\n' || (rune.Value == '\r' && !bytes.StartsWith("\n"u8))) line++;
        }
        return (text, bad.ToImmutable());
    }

    /// <summary>Every row with its line; empty lines hold nothing and are none.</summary>
    public static List<CsvRow> Find(
        string text, int columns, ImmutableHashSet<int> badLines, char separator = ',')
    {
        List<CsvRow> rows = [];
        for (var (at, line) = (0, 1); at < text.Length;)
        {
            var (end, found, fault) = Bound(text, at, columns, separator);
            var lines = LinesIn(text.AsSpan(at..end));
            if (fault is null && found != columns) fault = CsvFault.ColumnCount;
            if (fault is not null) (end, lines) = (EndOfLine(text, at), 1);
            if (!badLines.IsEmpty && Enumerable.Range(line, lines).Any(badLines.Contains))
                fault = CsvFault.Encoding;
            if (end > at) rows.Add(new(at, end - at, line, fault));
            at = SkipBreak(text, end);
            line += lines;
        }
        return rows;
    }

    /// <summary>The fields of all rows without fault, in order.</summary>
    public static IEnumerable<string[]> Split(string text, List<CsvRow> rows, char separator = ',')
    {
        var good = text;
        if (rows.Exists(r => r.Fault is not null))
            good = string.Join('\n', rows.Where(r => r.Fault is null).Select(r => text.Substring(r.Start, r.Length)));
        using var reader = Sep.New(separator).Reader(o => o with
        {
            HasHeader = false, Unescape = true, DisableColCountCheck = true,
        }).FromText(good);
        foreach (var row in reader)
        {
            if (row.ColCount == 1 && row.Span.IsEmpty) continue;
            var fields = new string[row.ColCount];
            for (var i = 0; i < fields.Length; i++) fields[i] = row[i].ToString();
            yield return fields;
        }
    }

    // Where the row ends, and how many columns it has; too many columns end it early.
    static (int End, int Columns, CsvFault? Fault) Bound(string text, int start, int columns, char separator)
    {
        for (var (at, found) = (start, 1); ; at++, found++)
        {
            if (found > columns) return (at, found, CsvFault.ColumnCount);
            at = at < text.Length && text[at] == '"'
                ? AfterQuoted(text, at, separator) : AfterPlain(text, at, separator);
            if (at < 0) return (start, found, CsvFault.Quotes);
            if (at - start > Longest) return (start, found, CsvFault.TooLong);
            if (at == text.Length || text[at] != separator) return (at, found, null);
        }
    }

    static int AfterPlain(string text, int at, char separator)
    {
        var length = text.AsSpan(at).IndexOfAny([separator, '\r', '\n', '"']);
        return length < 0 ? text.Length : text[at + length] == '"' ? -1 : at + length;
    }

    static int AfterQuoted(string text, int at, char separator)
    {
        for (at++; ; at += 2)
        {
            var length = text.AsSpan(at).IndexOf('"');
            if (length < 0) return -1;
            at += length;
            if (at + 1 == text.Length || text[at + 1] == separator || text[at + 1] is '\r' or '\n') return at + 1;
            if (text[at + 1] != '"') return -1;
        }
    }

    static int EndOfLine(string text, int at)
    {
        var length = text.AsSpan(at).IndexOfAny('\r', '\n');
        return length < 0 ? text.Length : at + length;
    }

    static int SkipBreak(string text, int at) =>
        at >= text.Length ? at : text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? at + 2 : at + 1;

    static int LinesIn(ReadOnlySpan<char> row)
    {
        var lines = 1;
        for (int at; (at = row.IndexOfAny('\r', '\n')) >= 0; lines++)
            row = row[(row[at..].StartsWith("\r\n") ? at + 2 : at + 1)..];
        return lines;
    }
}
