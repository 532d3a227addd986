using Recourse.Ledger;
namespace Recourse.Sellers;

/// <summary>What one thing that happened meant for what a seller is owed.</summary>
/// <param name="Of">Text of the id of what it happened to.</param>
/// <param name="Event">What happened, e.g. <c>Order.Completed</c>.</param>
/// <param name="Gross">What it brought, before the fee; what is paid out brings nothing.</param>
/// <param name="Fee">What the platform kept of that.</param>
/// <param name="Net">By how much what the seller is owed has grown.</param>
/// <param name="Balance">What they are owed in all, from then on.</param>
public sealed record EarningsLine(
    Instant At, long Position, string Of, string Event, Money Gross, Money Fee, Money Net, Money Balance);

/// <summary>
/// A seller's month in one currency: what they were owed before, what happened, what they are owed after.
/// </summary>
/// <param name="Lines">In the order in which it happened.</param>
/// <param name="IsWhole">Whether the postings come to what the month's own sums say.</param>
public sealed record EarningsStatement(
    string Seller, string Month, Money Opening, ImmutableArray<EarningsLine> Lines, Money Gross, Money Fees,
    Money Closing, bool IsWhole)
{
    /// <summary>Out of the seller's months up to this one, and at least all postings of this one.</summary>
    public static EarningsStatement Of(
        string seller, string month, Currency currency, IEnumerable<SellerMonth> months, IEnumerable<Posting> postings)
    {
        var earned = months.Where(m => m.Seller == seller)
            .SelectMany(m => m.Earned.Where(e => e.Currency == currency.Code).Select(e => (m.Month, Earned: e)))
            .ToList();
        var opening = new Money(
            earned.Where(e => string.CompareOrdinal(e.Month, month) < 0).Sum(e => e.Earned.Net), currency);
        ImmutableArray<EarningsLine> lines = [.. LinesOf(seller, opening, postings.Where(p =>
            p.Amount.Currency == currency && SellerMonths.MonthOf(p.At) == month))];
        var (net, fees) = (lines.Select(l => l.Net).Sum(currency), lines.Select(l => l.Fee).Sum(currency));
        var said = earned.Where(e => e.Month == month).Select(e => e.Earned).ToList();
        return new(
            seller, month, opening, lines, lines.Select(l => l.Gross).Sum(currency), fees, opening + net,
            (said.Sum(e => e.Net), said.Sum(e => e.Fees)) == (net.Minor, fees.Minor));
    }

    static IEnumerable<EarningsLine> LinesOf(string seller, Money balance, IEnumerable<Posting> postings)
    {
        var currency = balance.Currency;
        var (payable, fees) = (SellerMonths.PayableOf(seller), SellerMonths.FeesOf(seller));
        foreach (var turn in postings.GroupBy(p => (p.Position, p.Of)).OrderBy(g => g.Key.Position)
            .ThenBy(g => g.Key.Of, StringComparer.Ordinal))
        {
            var (net, fee) = (Moved(turn, payable, currency), Moved(turn, fees, currency));
            if (net is null && fee is null) continue;
            var (mine, theirs) = (net ?? Money.Zero(currency), fee ?? Money.Zero(currency));
            balance += mine;
            var first = turn.First();
            var paid = turn.Select(p => SellerMonths.PaidOutBy(seller, p.From, p.To, p.Amount)).Sum(currency);
            yield return new(
                first.At, first.Position, first.Of, first.Event, mine + theirs + paid, theirs, mine, balance);
        }
    }

    static Money? Moved(IEnumerable<Posting> postings, string account, Currency currency)
    {
        Money? moved = null;
        foreach (var p in postings)
        {
            if (p.To == account) moved = (moved ?? Money.Zero(currency)) + p.Amount;
            if (p.From == account) moved = (moved ?? Money.Zero(currency)) - p.Amount;
        }
        return moved;
    }
}
