using System.Globalization;
using NodaTime.Text;
using Recourse.Ledger;
using Recourse.Sellers;
namespace Recourse.Payouts;

/// <summary>A seller's earnings in one currency, as the books have them.</summary>
/// <param name="Seller">Text of the seller's id.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Payable">What they are owed, in minor units; below zero: they owe it.</param>
/// <param name="PaidOut">What was ever paid out, less what came back.</param>
/// <param name="Days">What each of the newest days with any brought, the oldest first.</param>
/// <param name="Next">When the next payout is due (UTC); null: none is planned.</param>
/// <param name="HeldSince">When payouts were held back (UTC); null: they aren't.</param>
public sealed record FundsRow(
    string Seller, string Currency, long Payable, long PaidOut, ImmutableArray<EarnedOn> Days, Instant? Next,
    Instant? HeldSince = null)
{
    /// <summary>Until when which part of the reserve is kept back (UTC), if nothing else is earned.</summary>
    public IEnumerable<(Instant Until, Money Amount)> Kept(Instant now, PayoutRules rules)
    {
        var (currency, from) = (Kernel.Currency.Of(Currency), SellerFunds.DayOf(now - rules.ReserveFor));
        var days = Days.Where(d => string.CompareOrdinal(d.Day, from) >= 0).ToList();
        var left = new Money(days.Sum(d => d.Minor), currency);
        var (kept, free) = (Earnings.ReserveOf(left, rules), Money.Zero(currency));
        foreach (var day in days)
        {
            left -= new Money(day.Minor, currency);
            var then = Earnings.ReserveOf(left, rules);
            (kept, free) = (then, free + kept - then);
            // A day that brought less than nothing lets nothing go: what comes after it lets go less.
            if (free.Minor <= 0) continue;
            yield return (SellerFunds.EndOf(day.Day) + rules.ReserveFor, free);
            free = Money.Zero(currency);
        }
    }

    /// <summary>As a payout is decided by.</summary>
    /// <param name="since">From when earnings count for the reserve (UTC).</param>
    public FundsSeen Seen(Instant since)
    {
        var currency = Kernel.Currency.Of(Currency);
        var from = SellerFunds.DayOf(since);
        return new(new(Payable, currency), new(PaidOut, currency),
            new(Days.Where(d => string.CompareOrdinal(d.Day, from) >= 0).Sum(d => d.Minor), currency));
    }
}

/// <summary>What a day brought.</summary>
/// <param name="Day">UTC, ISO 8601.</param>
public sealed record EarnedOn(string Day, long Minor);

/// <summary>What sellers are owed, when they are paid, whose payouts are held, and who owes.</summary>
public static class SellerFunds
{
    const int MostDays = 120;

    /// <summary>The index by how they stand; its values are <see cref="Open"/>, <see cref="NoAccount"/>,
    /// <see cref="Held"/> and <see cref="Owing"/>; how many there are is kept.</summary>
    public const string ByTrouble = "trouble";

    /// <summary>There is anything: a balance, or a hold.</summary>
    public const string Open = "open";

    /// <summary>Something is owed, and nobody said where it is to go.</summary>
    public const string NoAccount = "no-account";

    /// <summary>Payouts are held back.</summary>
    public const string Held = "held";

    /// <summary>They are below zero.</summary>
    public const string Owing = "owing";

    /// <summary>The view; a seller's rows are found by key.</summary>
    public static readonly View<FundsRow> View = new()
    {
        Name = "seller-funds", Version = 3,
        Keys = r => [.. KeysOf(r).Distinct()],
        Fold = Fold,
        Index = (_, row) =>
        [
            new(Scope.Index, row.Seller, ""), new(Scope.Index, Scope.All, row.Seller),
            .. StandingOf(row).Select(s => new Found(ByTrouble, s, row.Seller)),
        ],
        Counted = f => f.Index is ByTrouble,
    };

    static IEnumerable<string> StandingOf(FundsRow row)
    {
        if (row.Payable != 0 || row.HeldSince is not null) yield return Open;
        if (row is { Payable: > 0, Next: null, HeldSince: null }) yield return NoAccount;
        if (row.HeldSince is not null) yield return Held;
        if (row.Payable < 0) yield return Owing;
    }

    /// <summary>A row's key.</summary>
    public static string Key(string seller, string currency) => $"{seller}/{currency}";

    internal static Instant EndOf(string day) =>
        LocalDatePattern.Iso.Parse(day).Value.PlusDays(1).AtMidnight().InUtc().ToInstant();

    internal static string DayOf(Instant at) =>
        at.InUtc().Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    static bool IsPayable(string path) => path.StartsWith("seller/", StringComparison.Ordinal)
        && path.EndsWith("/payable", StringComparison.Ordinal);

    static IEnumerable<string> KeysOf(Recorded r)
    {
        foreach (var t in r.Transfers)
            foreach (var path in (string[])[t.From.Path, t.To.Path])
                if (IsPayable(path)) yield return Key(Books.OwnerOf(path)!, t.Amount.Currency.Code);
        if (r is { Id: EarningsId { Currency: { } currency } id, Event: Earnings.Event })
            yield return Key($"{id.Seller}", currency.Code);
    }

    static FundsRow Fold(string key, FundsRow? row, Recorded r)
    {
        var slash = key.LastIndexOf('/');
        row ??= new(key[..slash], key[(slash + 1)..], 0, 0, [], null);
        var payable = SellerMonths.PayableOf(row.Seller);
        foreach (var t in r.Transfers.Where(t => t.Amount.Currency.Code == row.Currency))
        {
            if (t.From.Path == payable) row = Moved(row, -t.Amount.Minor, r);
            if (t.To.Path == payable) row = Moved(row, t.Amount.Minor, r);
        }
        return r.Event is not Earnings.Event e ? row : e switch
        {
            Earnings.Event.Withheld => row with { Next = null, HeldSince = r.At },
            Earnings.Event.Lifted l => row with { Next = l.Next, HeldSince = null },
            _                       => row.HeldSince is null ? row with { Next = NextOf(e, row.Next) } : row,
        };
    }

    static FundsRow Moved(FundsRow row, long minor, Recorded r)
    {
        row = row with { Payable = row.Payable + minor };
        if (r.Event is Earnings.Event.Ran or Earnings.Event.TakenBack)
            return row with { PaidOut = row.PaidOut - minor };
        var day = DayOf(r.At);
        var same = row.Days.FirstOrDefault(d => d.Day == day);
        return row with
        {
            Days =
            [
                .. row.Days.Where(d => d.Day != day).TakeLast(MostDays - 1), new(day, (same?.Minor ?? 0) + minor),
            ],
        };
    }

    static Instant? NextOf(Earnings.Event e, Instant? was) => e switch
    {
        Earnings.Event.AccountSet a => a.Next,
        Earnings.Event.Ran a        => a.Next,
        Earnings.Event.NothingDue a => a.Next,
        Earnings.Event.Lifted a     => a.Next,
        Earnings.Event.Planned a    => a.Next ?? was,
        Earnings.Event.Withheld or Earnings.Event.AccountClosed => null,
        Earnings.Event.Called or Earnings.Event.ChargedBack or Earnings.Event.Restored
            or Earnings.Event.TakenBack or Earnings.Event.Reviewed => was,
    };
}
