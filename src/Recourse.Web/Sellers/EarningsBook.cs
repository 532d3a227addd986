using Recourse.Ledger;
using Recourse.Orders;
using Recourse.Runtime;
using Recourse.Sellers;
namespace Recourse.Web;

/// <summary>Reads what a seller earns out of postings, balances and months; nothing is reckoned twice.</summary>
sealed class EarningsBook(Caller caller, IPlatform platform, SellerId seller)
{
    const int Page = 200, MostBalances = 20_000, MostMonths = 240, MostPostings = 100_000, OnList = 25;

    IViews Views => platform.Views;

    /// <summary>Every month, the newest first.</summary>
    public ImmutableArray<SellerMonth> Months() => [.. All(
        after => Views.List(SellerMonths.View, View.ByKey, SellerMonths.KeysOf(seller), after, Page), MostMonths)];

    /// <summary>As it stands now.</summary>
    public async Task<EarningsBody> Now()
    {
        var shown = await Positions.AreShown(platform, caller);
        var months = Months();
        var balances = All(
            after => Views.List(Balances.View, Scope.Index, $"{seller}", after, Page), MostBalances).ToList();
        var held = balances.Where(b => b.Account.StartsWith("escrow/", StringComparison.Ordinal))
            .ToLookup(b => b.Currency);
        var owed = balances.Where(b => b.Account == SellerMonths.PayableOf($"{seller}"))
            .ToDictionary(b => b.Currency, b => b.Minor);
        var currencies = months.SelectMany(m => m.Earned.Select(e => e.Currency)).Concat(held.Select(h => h.Key))
            .Concat(owed.Keys).Distinct().Order(StringComparer.Ordinal);
        return new(
            $"{seller}",
            [.. currencies.Select(c => new EarningsInBody(
                c, new(held[c].Sum(b => b.Minor), Currency.Of(c)), held[c].Count(),
                new(owed.GetValueOrDefault(c), Currency.Of(c)), Of(months, Currency.Of(c))))],
            await Next(OnList), !shown);
    }

    static ImmutableArray<EarningsMonthBody> Of(ImmutableArray<SellerMonth> months, Currency currency)
    {
        var bodies = ImmutableArray.CreateBuilder<EarningsMonthBody>();
        var closing = Money.Zero(currency);
        foreach (var month in months.Reverse())
        {
            if (month.Earned.FirstOrDefault(e => e.Currency == currency.Code) is not { } earned) continue;
            Money net = new(earned.Net + earned.PaidOut, currency), fees = new(earned.Fees, currency);
            closing += new Money(earned.Net, currency);
            bodies.Add(new(month.Month, net + fees, fees, net, closing));
        }
        bodies.Reverse();
        return bodies.ToImmutable();
    }

    /// <summary>Delivered orders, by when their money is released: what that brings, the decider says.</summary>
    public async Task<ImmutableArray<ReleaseBody>> Next(int most)
    {
        var rows = Views.List(
            OrderList.View, OrderList.ByDue, OrderList.DueFor($"{seller}", Party.Buyer), null, most).Rows;
        var seen = await Task.WhenAll(rows.Select(async row => OrderId.TryParse(row.Id, out var id)
            ? await platform.Read(id, caller.Who, caller.Cancel) : null));
        return [.. seen.Select(Release).OfType<ReleaseBody>()];
    }

    static ReleaseBody? Release(Seen? seen) =>
        seen is { State: Order.State.Delivered { Deal: var deal, Deadline: var deadline } }
        && OrderStakes.Of(seen) is { ToSeller: { } mine, Fee: { } fee }
            ? new($"{seen.Id}", deal.Total, fee, mine, deadline.Due) : null;

    /// <summary>A month's statement; the postings are read from the month's last one to its first.</summary>
    public EarningsStatement Statement(string month, Currency currency)
    {
        var months = Months();
        var earned = months.FirstOrDefault(m => m.Month == month)?.Earned
            .FirstOrDefault(e => e.Currency == currency.Code);
        IEnumerable<Posting> postings = earned is null ? [] : All(
                after => Views.List(Postings.View, Scope.Index, $"{seller}", after ?? Before(earned.Last), Page),
                MostPostings)
            .TakeWhile(p => p.Position >= earned.First);
        return EarningsStatement.Of($"{seller}", month, currency, months, postings);
    }

    /// <summary>Where the postings of a turn start in a list that shows the newest first.</summary>
    static string Before(long position) => Cursors.After("", Postings.KeyAfter(position));

    static IEnumerable<TRow> All<TRow>(Func<string?, Page<TRow>> list, int most)
    {
        string? after = null;
        for (var read = 0; read < most;)
        {
            var rows = list(after);
            foreach (var row in rows.Rows) yield return row;
            read += rows.Rows.Length;
            if ((after = rows.Next) is null) yield break;
        }
    }
}
