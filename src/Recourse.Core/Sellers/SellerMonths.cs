using System.Globalization;
using Recourse.Ledger;
using Recourse.Orders;
using Recourse.Reasons;
namespace Recourse.Sellers;

/// <summary>A month of a seller (UTC): what was handed over, what ended by their own fault, what was earned.</summary>
/// <param name="Seller">Text of the seller's id.</param>
/// <param name="Month">As ISO 8601 has it: <c>2026-03</c>.</param>
/// <param name="Dispatched">Orders that were handed over; until the deadline, or they would have ended.</param>
/// <param name="NeverDispatched">Orders that ended because they were not handed over in time.</param>
/// <param name="OwnFault">Orders that ended, in part or whole, with marks for the seller.</param>
/// <param name="Marks">Those marks.</param>
/// <param name="Faults">Which orders they were, the newest first; the newest 50.</param>
public sealed record SellerMonth(
    string Seller, string Month, int Dispatched, int NeverDispatched, int OwnFault, long Marks,
    ImmutableArray<MarkedOrder> Faults, ImmutableArray<Earned> Earned);

/// <summary>An order that ended with marks for its seller, and the code of the statement that says why.</summary>
public sealed record MarkedOrder(string Order, string Code, long Marks, Instant At);

/// <summary>What a month brought in one currency, in minor units.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Net">By how much what the seller is owed has grown.</param>
/// <param name="Fees">What the platform kept.</param>
/// <param name="First">Position of the month's first posting.</param>
/// <param name="Last">Position of its last one.</param>
/// <param name="PaidOut">What of that growth went out to their bank, less what came back.</param>
public sealed record Earned(string Currency, long Net, long Fees, long First, long Last, long PaidOut = 0);

/// <summary>Sellers' months: one row for each, so that an order adds none.</summary>
public static class SellerMonths
{
    const int MostFaults = 50;

    /// <summary>The view; a seller's months are found by key, the newest first.</summary>
    public static readonly View<SellerMonth> View = new()
    {
        Name = "seller-months", Version = 4, HearsMoney = true,
        Hears = [typeof(Order.Event.Shipped), typeof(Order.Event.Settled), typeof(Order.Event.Overturned),
            typeof(ReasonCase.Event)],
        Keys = r => !Concerns(r) ? []
            : [.. SellersOf(r).Select(seller => Key(seller, MonthOf(r.At))).Union(MonthsOfMarks(r))],
        Fold = Fold,
    };

    /// <summary>A row's key.</summary>
    public static string Key(string seller, string month) => $"{seller}/{month}";

    /// <summary>How the keys of a seller's months begin.</summary>
    public static string KeysOf(SellerId seller) => $"{seller}/";

    /// <summary>The month of an instant, in UTC.</summary>
    public static string MonthOf(Instant at) => at.InUtc().Date.ToString("uuuu-MM", CultureInfo.InvariantCulture);

    /// <summary>What the seller is owed.</summary>
    public static string PayableOf(string seller) => $"{seller}/payable";

    /// <summary>What a movement pays out of what a seller is owed; below zero: it comes back.</summary>
    public static Money PaidOutBy(string seller, string from, string to, Money amount) =>
        from == PayableOf(seller) && IsPaying(to) ? amount
        : Money.Zero(amount.Currency) is var none && to == PayableOf(seller) && IsPaying(from) ? none - amount : none;

    static bool IsPaying(string account) => account.Contains("/paying/", StringComparison.Ordinal);

    /// <summary>What the platform kept of it.</summary>
    public static string FeesOf(string seller) => $"{seller}/fees";

    // Most movements are of no month, and there are several to an order.
    static bool Concerns(Recorded r)
    {
        if (r.Event is Order.Event.Shipped or Order.Event.Settled or Order.Event.Overturned
            or ReasonCase.Event) return true;
        foreach (var t in r.Transfers)
            if (IsEarned(t.From.Path) || IsEarned(t.To.Path)) return true;
        return false;
    }

    static IEnumerable<string> SellersOf(Recorded r)
    {
        if (r is { Id: ReasonCaseId reason, Event: ReasonCase.Event.Found }) return [$"{reason.Seller}"];
        string[] sellers =
        [
            .. r.Transfers.SelectMany(t => (string[])[t.From.Path, t.To.Path]).Where(IsEarned)
                .Select(Books.OwnerOf).OfType<string>(),
            .. r is { Id: OrderId id, Event: Order.Event.Shipped or Order.Event.Settled } ? [$"{id.Seller}"]
                : (string[])[],
        ];
        return sellers.Distinct();
    }

    // Marks are taken off where they were put on.
    static string[] MonthsOfMarks(Recorded r) =>
        r is { Id: OrderId id, Event: Order.Event.Overturned { Marks: > 0, DecidedAt: var at } }
            ? [Key($"{id.Seller}", MonthOf(at))]
        : r is { Id: ReasonCaseId reason, Event: ReasonCase.Event.Overturned { Marks: > 0, DecidedAt: var found } }
            ? [Key($"{reason.Seller}", MonthOf(found))] : [];

    static bool IsEarned(string account) => account.StartsWith("seller/", StringComparison.Ordinal)
        && (account.EndsWith("/payable", StringComparison.Ordinal)
            || account.EndsWith("/fees", StringComparison.Ordinal));

    static SellerMonth? Fold(string key, SellerMonth? row, Recorded r)
    {
        var slash = key.LastIndexOf('/');
        var before = row ?? new(key[..slash], key[(slash + 1)..], 0, 0, 0, 0, [], []);
        var after = Count(before, r);
        if (r.At is var at && MonthOf(at) != before.Month) return ReferenceEquals(before, after) ? row : after;
        foreach (var currency in r.Transfers.Select(t => t.Amount.Currency).Distinct())
            after = Earn(after, currency, r);
        return ReferenceEquals(before, after) ? row : after;
    }

    static SellerMonth Count(SellerMonth row, Recorded r) => r.Event switch
    {
        Order.Event.Shipped => row with { Dispatched = row.Dispatched + 1 },
        Order.Event.Settled { Why: var why } => Mark(row, new(
            $"{r.Id}", why.Code, why.Facts.Select(f => f is { Name: "marks", Value: Value.Count n } ? n.Number : 0)
                .Sum(), r.At)),
        ReasonCase.Event.Found e => Mark(row, new($"{r.Id}", e.Why.Code, e.Marks, r.At)),
        Order.Event.Overturned { Marks: > 0 } e when MonthOf(e.DecidedAt) == row.Month =>
            Unmark(row, $"{r.Id}", e.DecidedAt, e.Marks),
        ReasonCase.Event.Overturned { Marks: > 0 } e when MonthOf(e.DecidedAt) == row.Month =>
            Unmark(row, $"{r.Id}", e.DecidedAt, e.Marks),
        _ => row,
    };

    static SellerMonth Unmark(SellerMonth row, string order, Instant decidedAt, long marks)
    {
        var faults = row.Faults.RemoveAll(f => f.Order == order && f.At == decidedAt);
        var code = row.Faults.Except(faults).FirstOrDefault()?.Code;
        return row with
        {
            NeverDispatched = row.NeverDispatched - (code is Reason.NeverDispatched ? 1 : 0),
            OwnFault = row.OwnFault - 1, Marks = row.Marks - marks, Faults = faults,
        };
    }

    static SellerMonth Mark(SellerMonth row, MarkedOrder fault) => fault.Marks == 0 ? row : row with
    {
        NeverDispatched = row.NeverDispatched + (fault.Code is Reason.NeverDispatched ? 1 : 0),
        OwnFault = row.OwnFault + 1, Marks = row.Marks + fault.Marks,
        Faults = [fault, .. row.Faults.Take(MostFaults - 1)],
    };

    static SellerMonth Earn(SellerMonth row, Currency currency, Recorded r)
    {
        var (net, fees) = (Moved(r, PayableOf(row.Seller), currency), Moved(r, FeesOf(row.Seller), currency));
        if (net is null && fees is null) return row;
        var was = row.Earned.FirstOrDefault(e => e.Currency == currency.Code)
            ?? new Earned(currency.Code, 0, 0, r.Position, r.Position);
        var now = was with
        {
            Net = was.Net + (net ?? 0), Fees = was.Fees + (fees ?? 0), Last = r.Position,
            PaidOut = was.PaidOut + r.Transfers.Where(t => t.Amount.Currency == currency)
                .Sum(t => PaidOutBy(row.Seller, t.From.Path, t.To.Path, t.Amount).Minor),
        };
        return row with
        {
            Earned = [.. row.Earned.Remove(was).Add(now).OrderBy(e => e.Currency, StringComparer.Ordinal)],
        };
    }

    /// <summary>What came to an account less what left it; null: nothing moved there.</summary>
    static long? Moved(Recorded r, string account, Currency currency)
    {
        long? moved = null;
        foreach (var (from, to, amount) in r.Transfers.Where(t => t.Amount.Currency == currency))
        {
            if (to.Path == account) moved = (moved ?? 0) + amount.Minor;
            if (from.Path == account) moved = (moved ?? 0) - amount.Minor;
        }
        return moved;
    }
}
