using System.Globalization;
using System.Text.RegularExpressions;
namespace Recourse.Adapters.Reasons;

/// <summary>What stands in a cell, where it can be read in one way only; null: it can't.</summary>
static partial class CellReader
{
    static readonly ImmutableArray<string> Nothing = ["", "-", "null", "none", "n/a", "na", "nan", "\\n", "nil"];

    /// <summary>Whether it says nothing.</summary>
    public static bool IsEmpty(string cell) => Nothing.Contains(cell.Trim().ToLowerInvariant());

    [GeneratedRegex(@"^\d{4}[-/]\d{2}[-/]\d{2}([T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?)?"
        + @"( ?(Z|UTC|GMT|[+-]\d{2}(:?\d{2})?))?$",
        RegexOptions.IgnoreCase)]
    private static partial Regex IsTime { get; }

    /// <summary>Year first, with or without a zone: then it is UTC; or seconds or milliseconds since 1970.</summary>
    public static Instant? Time(string cell)
    {
        var text = cell.Trim();
        if (text.Length is 10 or 13 && text.All(char.IsAsciiDigit))
        {
            var number = long.Parse(text, CultureInfo.InvariantCulture);
            return text.Length == 10 ? Instant.FromUnixTimeSeconds(number) : Instant.FromUnixTimeMilliseconds(number);
        }
        if (!IsTime.IsMatch(text)) return null;
        text = text.Replace(',', '.').Replace('/', '-').ToUpperInvariant().Replace("UTC", "Z", StringComparison.Ordinal)
            .Replace("GMT", "Z", StringComparison.Ordinal);
        // A zone in hours alone or without its colon.
        var zone = text.LastIndexOfAny(['+', '-']);
        if (zone > 10 && !text[zone..].Contains(':', StringComparison.Ordinal))
            text = text.Length - zone > 3 ? text.Insert(zone + 3, ":") : $"{text}:00";
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var at)
            ? Instant.FromDateTimeOffset(at) : null;
    }

    /// <summary>A whole number, also written as <c>2.0</c>.</summary>
    public static long? Units(string cell) =>
        decimal.TryParse(cell.Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out var n) && n == decimal.Truncate(n) && Math.Abs(n) <= 1_000_000_000
            ? (long)n : null;

    /// <summary>
    /// An amount in parts (<see cref="TradeHistory.Parts"/>); a sign or code of a currency beside it is left out. One
    /// comma and three digits could be thousands, so that is none.
    /// </summary>
    public static long? Price(string cell)
    {
        var text = string.Concat(cell.Trim().Where(c => !char.IsLetter(c) && !char.IsWhiteSpace(c)
            && char.GetUnicodeCategory(c) is not UnicodeCategory.CurrencySymbol));
        var (dot, comma) = (text.LastIndexOf('.'), text.LastIndexOf(','));
        if (dot >= 0 && comma >= 0)
        {
            var (point, thousands) = dot > comma ? ('.', ",") : (',', ".");
            text = text.Replace(thousands, "", StringComparison.Ordinal).Replace(point, '.');
        }
        else if (comma >= 0)
        {
            if (text.Count(c => c == ',') > 1 || text.Length - comma - 1 == 3) return null;
            text = text.Replace(',', '.');
        }
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            && amount <= 1_000_000_000_000 ? (long)decimal.Round(amount * TradeHistory.Parts) : null;
    }
}
