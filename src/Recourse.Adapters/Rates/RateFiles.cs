using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using NodaTime.Text;
using Recourse.Adapters.Csv;
using Recourse.Exchange;
namespace Recourse.Adapters.Rates;

/// <summary>What is wrong with a file of rates.</summary>
/// <param name="Problems">In English, each with its line where there is one; at least one, at most
/// <see cref="RateFiles.MostProblems"/>.</param>
public sealed record RateFileFault(ImmutableArray<string> Problems)
{
    /// <summary>The first of them.</summary>
    public string Problem => Problems[0];
}

/// <summary>
/// Files of exchange rates as their sources publish them; of several days the newest counts.
/// <c>ecb</c>: euro foreign exchange reference rates, as XML (<c>eurofxref-daily.xml</c>, <c>-hist-90d.xml</c>) or CSV
/// (<c>eurofxref-hist.csv</c>): units of each currency for one euro. <c>nbp</c>: tables A and B of api.nbp.pl as JSON:
/// the middle rate in złoty for one unit of each currency.
/// </summary>
public static class RateFiles
{
    /// <summary>The European Central Bank.</summary>
    public const string Ecb = "ecb";

    /// <summary>Narodowy Bank Polski.</summary>
    public const string Nbp = "nbp";

    /// <summary>Those whose files can be read.</summary>
    public static readonly ImmutableArray<string> Sources = [Ecb, Nbp];

    /// <summary>Largest file that is read, in bytes: the whole history is 1 MB.</summary>
    public const int Largest = 16 << 20;

    /// <summary>So many problems of a file are told.</summary>
    public const int MostProblems = 50;

    const int LongestNumber = 18, MostDecimals = 10;

    static readonly Currency Zloty = Currency.Of("PLN");

    /// <summary>The newest day in a file.</summary>
    /// <param name="source">Whose file it is; null: what it looks like.</param>
    public static (RateSheet? Sheet, RateFileFault? Fault) Read(ReadOnlySpan<byte> bytes, string? source = null)
    {
        if (bytes.Length > Largest) return Wrong($"It is larger than {Largest >> 20} MB.");
        var (text, badLines) = CsvRows.Decode(bytes);
        if (badLines.Any()) return Wrong("It isn't UTF-8.");
        text = text.TrimStart('\uFEFF').TrimStart();
        try
        {
            return (source, text) switch
            {
                (null or Ecb, ['<', ..])               => FromXml(text),
                (null or Ecb, ['D', 'a', 't', 'e', ..]) => FromCsv(text),
                (null or Nbp, ['[', ..])               => FromTables(text),
                (null or Ecb or Nbp, _)                => Wrong("It is in none of the forms that are known."),
                _                                      => Wrong($"{source} is no source whose files are known."),
            };
        }
        catch (XmlException e) { return Wrong($"Is no XML: {e.Message}"); }
        catch (JsonException e) { return Wrong($"Is no JSON: {e.Message}"); }
    }

    static (RateSheet?, RateFileFault?) FromXml(string text)
    {
        var careful = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        using var reader = XmlReader.Create(new StringReader(text), careful);
        // The same element's name three times: around all, of a day, of a currency.
        var days = XDocument.Load(reader, LoadOptions.SetLineInfo).Descendants()
            .Where(c => c.Name.LocalName is "Cube" && c.Attribute("time") is not null)
            .Select(c => (Day: DateOf(c.Attribute("time")!.Value), Cube: c)).ToList();
        if (days.Any(d => d.Day is null)) return Wrong("The time of a Cube is no date such as 2026-11-25.");
        if (days.Count == 0) return Wrong("It has no Cube with a time.");
        var (day, cube) = days.MaxBy(d => d.Day!.Value);
        return SheetOf(Ecb, day!.Value, cube.Elements().Select(
            c => (c.Attribute("currency")?.Value ?? "", c.Attribute("rate")?.Value ?? "", LineOf(c))), FromEuro);
    }

    static int LineOf(XElement element) => ((IXmlLineInfo)element).LineNumber;

    static (RateSheet?, RateFileFault?) FromCsv(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries)
            .Select((l, n) => (Line: n + 1, Cells: l.Split(',', StringSplitOptions.TrimEntries)))
            .Where(l => l.Cells is not [""]).ToList();
        var (head, days) = (lines[0].Cells, lines[1..]);
        if (days.Count == 0) return Wrong("It has no line but the first.");
        ImmutableArray<string> problems =
        [
            .. days.Where(d => DateOf(d.Cells[0]) is null)
                .Select(d => $"Line {d.Line} doesn't start with a date such as 2026-11-25."),
            .. days.Where(d => d.Cells.Length != head.Length)
                .Select(d => $"Line {d.Line} has {d.Cells.Length} columns, and the first {head.Length}."),
        ];
        if (!problems.IsEmpty) return Wrong(problems);
        var newest = days.MaxBy(d => DateOf(d.Cells[0])!.Value);
        // The lines end in a comma; what isn't quoted on that day is N/A.
        return SheetOf(Ecb, DateOf(newest.Cells[0])!.Value,
            head.Zip(newest.Cells).Skip(1).Where(c => c.First is not "" && c.Second is not ("N/A" or ""))
                .Select(c => (c.First, c.Second, newest.Line)), FromEuro);
    }

    static Rate FromEuro(Currency currency, Ratio per) => new(Currency.Eur, currency, per);

    static (RateSheet?, RateFileFault?) FromTables(string text)
    {
        using var tables = JsonDocument.Parse(text);
        var days = tables.RootElement.EnumerateArray().Select(
            t => (Day: In(t, "effectiveDate", JsonValueKind.String) is { } d ? DateOf(d.GetString()!) : null, Table: t))
            .ToList();
        if (days.Count == 0 || days.Any(d => d.Day is null))
            return Wrong("A table has no effectiveDate such as 2026-11-25.");
        var (day, table) = days.MaxBy(d => d.Day!.Value);
        if (In(table, "rates", JsonValueKind.Array) is not { } rates) return Wrong("The newest table has no rates.");
        return SheetOf(Nbp, day!.Value, rates.EnumerateArray().Select(r => (
            In(r, "code", JsonValueKind.String)?.GetString() ?? "",
            In(r, "mid", JsonValueKind.Number)?.GetRawText() ?? "", 0)),
            (currency, per) => new(currency, Zloty, per));
    }

    static JsonElement? In(JsonElement of, string name, JsonValueKind kind) =>
        of.ValueKind is JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == kind
            ? value : null;

    static (RateSheet?, RateFileFault?) SheetOf(
        string source, LocalDate day, IEnumerable<(string Code, string Rate, int Line)> rates,
        Func<Currency, Ratio, Rate> make)
    {
        var all = ImmutableArray.CreateBuilder<Rate>();
        List<string> problems = [];
        foreach (var (code, text, line) in rates)
        {
            if (ExactOf(text) is not { } per)
            {
                problems.Add($"{(line > 0 ? $"Line {line}: " : "")}The rate of {code} is no number: "
                    + $"\"{Shortened(text)}\".");
                continue;
            }
            // A code that is in circulation no more, or not yet with us, is nothing that anybody asks for.
            if (Currency.TryParse(code, out var currency)) all.Add(make(currency, per));
        }
        if (problems.Count > 0) return Wrong([.. problems]);
        return all.Count == 0 ? Wrong("It has no rate.") : (new(source, day, all.ToImmutable()), null);
    }

    /// <summary>A number in decimal digits as the fraction that it is; null: it is none, or nothing.</summary>
    public static Ratio? ExactOf(string text)
    {
        var parts = text.Split('.');
        if (parts.Length > 2 || parts.Any(p => p is "" || !p.All(char.IsAsciiDigit))) return null;
        var decimals = parts is [_, var after] ? after.TrimEnd('0') : "";
        if (decimals.Length > MostDecimals || parts[0].Length + decimals.Length > LongestNumber) return null;
        var top = long.Parse(parts[0] + decimals, CultureInfo.InvariantCulture);
        var bottom = 1L;
        for (var i = 0; i < decimals.Length; i++) bottom *= 10;
        return top == 0 ? null : new(top, bottom);
    }

    static LocalDate? DateOf(string text) =>
        LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day } ? day : null;

    static string Shortened(string text) => text.Length > 40 ? text[..40] : text;

    static (RateSheet?, RateFileFault?) Wrong(params ImmutableArray<string> problems) =>
        (null, new([.. problems.Take(MostProblems)]));
}
