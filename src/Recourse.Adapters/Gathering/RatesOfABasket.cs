using Recourse.Checkouts;
using Recourse.Exchange;
using Recourse.Runtime;
namespace Recourse.Adapters.Gathering;

/// <summary>Gathers the exchange rates that a basket needs; most need none, and then nobody is asked.</summary>
public sealed class RatesOfABasket(IPlatform platform)
{
    /// <summary>Null: it needs none.</summary>
    public async Task<Fact<UsedRates>?> For(
        ImmutableArray<Fact<Quoted?>> quotes, string country, CancellationToken cancel)
    {
        var book = platform.InForce;
        var wanted = Wanted([.. quotes.Select(q => q.Value).OfType<Quoted>()], country, book).Distinct().ToList();
        if (wanted.Count == 0) return null;
        var table = await RateBook.Table(platform, cancel);
        var good = RateRules.GoodOf(table.Value, table.AsOf, book);
        return new(
            new([.. wanted.Select(w => good.Between(w.From, w.To) is { } mark ? new UsedRate(w.From, w.To, mark) : null)
                .OfType<UsedRate>()]), table.AsOf, table.Source);
    }

    static IEnumerable<(Currency From, Currency To)> Wanted(
        ImmutableArray<Quoted> quotes, string country, Rulebook book)
    {
        foreach (var quote in quotes)
            if (quote.Follows is { } follows) yield return (follows, quote.UnitPrice.Currency);
        if (book.Of<CheckoutRules>().Duties is not { } duties || !duties.To.TryGetValue(country, out var bands))
            yield break;
        foreach (var quote in quotes.Where(q => q.ShipsFrom is { } from && duties.IsBorder(from, country)))
            foreach (var limit in bands.Select(b => b.UpTo).OfType<Money>())
                if (limit.Currency != quote.UnitPrice.Currency) yield return (quote.UnitPrice.Currency, limit.Currency);
    }
}
