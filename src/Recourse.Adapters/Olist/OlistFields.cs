using System.Globalization;
using NodaTime.Text;
namespace Recourse.Olist;

/// <summary>The fields of one row as what they mean; what can't be read so is a fault.</summary>
internal sealed class OlistFields(OlistFile file, List<OlistFault> faults)
{
    /// <summary>Local times there are Brazil's.</summary>
    public static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["America/Sao_Paulo"];

    /// <summary>All money there.</summary>
    public static readonly Currency Currency = Currency.Of("BRL");

    static readonly LocalDateTimePattern Written =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd HH':'mm':'ss");

    static readonly Instant Earliest = Instant.FromUtc(2000, 1, 1, 0, 0);
    static readonly Instant Latest = Instant.FromUtc(2100, 1, 1, 0, 0);

    string[] _fields = [];

    /// <summary>The row's first line.</summary>
    public int Line { get; private set; }

    /// <summary>Goes on to a row.</summary>
    public void Take(string[] fields, int line) => (_fields, Line) = (fields, line);

    /// <summary>As it is written.</summary>
    public string Text(int column) => _fields[column];

    /// <summary>A local time there, in UTC; null if empty. A time that the clock skipped is the one after it.</summary>
    public Instant? At(int column)
    {
        if (_fields[column] is "") return null;
        var read = Written.Parse(_fields[column]);
        if (!read.Success) return Fault<Instant>(OlistCode.DateUnreadable, column);
        var at = read.Value.InZoneLeniently(Zone).ToInstant();
        return at < Earliest || at >= Latest ? Fault<Instant>(OlistCode.DateOutOfRange, column) : at;
    }

    /// <summary>A whole number; null if empty.</summary>
    public int? Number(int column) =>
        _fields[column] is "" ? null
        : int.TryParse(_fields[column], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
        : Fault<int>(OlistCode.NumberUnreadable, column);

    /// <summary>An amount: digits, and a point with digits. What is one and isn't money says why.</summary>
    public OlistAmount Amount(int column)
    {
        var text = _fields[column];
        if (text is "") return new(text, null, OlistCode.FieldEmpty);
        var isNegative = text[0] == '-';
        var parts = (isNegative ? text[1..] : text).Split('.');
        if (parts.Length > 2 || !parts.All(p => p is not "" && p.All(char.IsAsciiDigit)))
        {
            Fault<int>(OlistCode.AmountUnreadable, column);
            return new(text, null, OlistCode.AmountUnreadable);
        }
        var cents = parts is [_, var after] ? after : "";
        if (cents.Length > Currency.Decimals) return new(text, null, OlistCode.AmountTooFine);
        var digits = (parts[0] + cents.PadRight(Currency.Decimals, '0')).TrimStart('0').PadLeft(1, '0');
        if (digits.Length > 18) return new(text, null, OlistCode.AmountTooLarge);
        var minor = long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return minor > Money.Most ? new(text, null, OlistCode.AmountTooLarge)
            : isNegative && minor > 0 ? new(text, null, OlistCode.AmountNegative)
            : new(text, new(minor, Currency), null);
    }

    T? Fault<T>(string code, int column) where T : struct
    {
        faults.Add(OlistFault.Of(code, file, Line, ("field", file.Columns[column]), ("text", _fields[column])));
        return null;
    }
}
