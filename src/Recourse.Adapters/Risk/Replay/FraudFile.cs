using System.Globalization;
using Recourse.Adapters.Csv;
namespace Recourse.Adapters.Risk.Replay;

/// <summary>A purchase of a labelled history.</summary>
/// <param name="Ip">Null where the file has none.</param>
/// <param name="IsFraud">What turned out, a month later.</param>
public sealed record LabelledPurchase(
    string User, Instant SignedUpAt, Instant BoughtAt, Money Amount, string Device, string? Ip, bool IsFraud);

/// <summary>A row that can't be used, and why.</summary>
/// <param name="Line">Its first line, from 1.</param>
public sealed record BadRow(string File, int Line, string Problem);

/// <summary>
/// A labelled history of purchases as CSV: <c>user_id</c>, <c>signup_time</c>, <c>purchase_time</c>,
/// <c>purchase_value</c>, <c>device_id</c>, <c>class</c> (1: fraud) and, where known, <c>ip_address</c>, by the names
/// in its first line and in any order. Other columns are not looked at: who people are, and how old, is no reason.
/// </summary>
public static class FraudFile
{
    /// <summary>Largest file that is read, in bytes.</summary>
    public const long Largest = 512L << 20;

    static readonly ImmutableArray<string> Needed =
        ["user_id", "signup_time", "purchase_time", "purchase_value", "device_id", "class"];

    static readonly string[] Times =
    [
        "M/d/yy H:mm", "M/d/yy H:mm:ss", "M/d/yyyy H:mm", "M/d/yyyy H:mm:ss", "yyyy-M-d H:mm", "yyyy-M-d H:mm:ss",
        "yyyy-M-dTH:mm:ss", "yyyy-M-dTH:mm:ssZ",
    ];

    static readonly Currency Usd = Currency.Of("USD");

    /// <summary>All files of this kind in a folder, and what can't be used of them; null: there is none.</summary>
    public static (ImmutableArray<LabelledPurchase> Purchases, ImmutableArray<BadRow> Bad)? ReadFolder(string folder)
    {
        var purchases = ImmutableArray.CreateBuilder<LabelledPurchase>();
        var bad = ImmutableArray.CreateBuilder<BadRow>();
        var any = false;
        foreach (var file in Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(file);
            if (new FileInfo(file).Length > Largest) bad.Add(new(name, 1, $"Is larger than {Largest >> 20} MB."));
            else if (Read(name, File.ReadAllBytes(file)) is { } read)
            {
                any = true;
                purchases.AddRange(read.Purchases);
                bad.AddRange(read.Bad);
            }
            else bad.Add(new(name, 1, $"Is no labelled history: its first line needs {string.Join(", ", Needed)}."));
        }
        return any ? (purchases.ToImmutable(), bad.ToImmutable()) : null;
    }

    /// <summary>One file; null: its first line doesn't name the columns.</summary>
    public static (ImmutableArray<LabelledPurchase> Purchases, ImmutableArray<BadRow> Bad)? Read(
        string file, ReadOnlySpan<byte> bytes)
    {
        var (text, badLines) = CsvRows.Decode(bytes);
        var head = text.AsSpan()[..(text.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? end : text.Length)];
        ImmutableArray<string> columns = [.. head.ToString().Split(',').Select(c => c.Trim().Trim('"'))];
        if (Needed.Any(n => !columns.Contains(n))) return null;

        var purchases = ImmutableArray.CreateBuilder<LabelledPurchase>();
        var bad = ImmutableArray.CreateBuilder<BadRow>();
        var rows = CsvRows.Find(text, columns.Length, badLines);
        var places = new Places(columns);
        using var fields = CsvRows.Split(text, rows).GetEnumerator();
        foreach (var row in rows)
        {
            if (row.Fault is { } fault)
            {
                bad.Add(new(file, row.Line, Words(fault, columns.Length)));
                continue;
            }
            fields.MoveNext();
            if (row.Line == 1) continue;
            var (purchase, problem) = places.Of(fields.Current);
            if (purchase is not null) purchases.Add(purchase);
            else bad.Add(new(file, row.Line, problem!));
        }
        return (purchases.ToImmutable(), bad.ToImmutable());
    }

    internal static string Words(CsvFault fault, int columns) => fault switch
    {
        CsvFault.ColumnCount => $"Doesn't have {columns} columns.",
        CsvFault.Quotes      => "A quote doesn't open or close a whole field.",
        CsvFault.TooLong     => "Is too long to be a row.",
        CsvFault.Encoding    => "Isn't UTF-8.",
    };

    static Instant? Time(string text) =>
        DateTime.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal
            | DateTimeStyles.AdjustToUniversal, out var time) ? Instant.FromDateTimeUtc(time) : null;

    static Money? Amount(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var whole)
            && whole <= 1_000_000_000 ? new((long)decimal.Round(whole * 100), Usd) : null;

    /// <summary>Where the columns stand.</summary>
    sealed class Places(ImmutableArray<string> columns)
    {
        readonly int[] _needed = [.. Needed.Select(n => columns.IndexOf(n))];
        readonly int _ip = columns.IndexOf("ip_address");

        public (LabelledPurchase? Purchase, string? Problem) Of(string[] row)
        {
            var (user, device, label) = (row[_needed[0]].Trim(), row[_needed[4]].Trim(), row[_needed[5]].Trim());
            if (user is "") return (null, "Has no user_id.");
            if (Time(row[_needed[1]].Trim()) is not { } signedUp) return (null, "signup_time is no time.");
            if (Time(row[_needed[2]].Trim()) is not { } bought) return (null, "purchase_time is no time.");
            if (bought < signedUp) return (null, "Was bought before the account was made.");
            if (Amount(row[_needed[3]].Trim()) is not { } amount) return (null, "purchase_value is no amount.");
            if (device is "") return (null, "Has no device_id.");
            if (label is not ("0" or "1")) return (null, "class must be 0 or 1.");
            var ip = _ip < 0 || row[_ip].Trim() is "" ? null : row[_ip].Trim();
            return (new(user, signedUp, bought, amount, device, ip, label is "1"), null);
        }
    }
}
