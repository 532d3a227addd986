using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Rulebooks;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What would a basket cost, and what stands in its way?</summary>
/// <param name="Country">Where it would go, ISO 3166 alpha-2; left out: shipping isn't told.</param>
public sealed record QuoteRequest(ImmutableArray<CheckoutLine> Lines, string? Country = null);

/// <summary>A basket as it stands now. Nothing is reserved, and nothing recorded.</summary>
/// <param name="Goods">Left out where the lines are not all of one currency.</param>
/// <param name="Total">Goods and shipping; left out where either isn't known.</param>
/// <param name="Refusals">All that a checkout would be refused for now.</param>
public sealed record QuoteBody(
    ImmutableArray<QuotedLine> Lines, Money? Goods, Money? Shipping, Money? Total,
    ImmutableArray<RefusalBody> Refusals);

/// <summary>A line as its listing has it now; what isn't known there is left out.</summary>
/// <param name="Left">How many can be bought; left out: plenty, or it isn't known.</param>
/// <param name="DispatchDue">By when the seller must hand over what is paid for now (UTC).</param>
public sealed record QuotedLine(
    ListingId Listing, string Sku, int Quantity, string? Title, Money? UnitPrice, Money? ShippingPerUnit,
    bool Offered, int? Left, Instant? DispatchDue);

/// <summary>
/// Tries a checkout without opening one: the deciders that would refuse it are asked what they would say.
/// </summary>
sealed class CheckoutQuotes(IPlatform platform, CheckoutGatherer gatherer)
{
    // Whoever hasn't signed in can ask as well: prices and stock are the same for everybody.
    static readonly CheckoutId Nobodys = new(new("nobody"), "quote");
    static readonly Actor Nobody = new Actor.Buyer(Nobodys.Buyer), Itself = new Actor.Operator("quotes");
    const string AnyMethod = "any";

    public async Task<QuoteBody> Of(QuoteRequest request, Texts texts, CancellationToken cancel)
    {
        ImmutableArray<BasketLine> lines = request.Lines.IsDefault ? []
            : [.. request.Lines.Select(l => new BasketLine(l.Listing, new(l.Sku), l.Quantity, l.UnitPrice))];
        var facts = await gatherer.Gather(lines, request.Country ?? "", cancel);
        var stock = await Stock(facts.Quotes.Length == lines.Length ? lines : [], cancel);
        ImmutableArray<QuotedLine> quoted = facts.Quotes.Length != lines.Length ? []
            : [.. lines.Zip(facts.Quotes, (line, quote) => Of(line, quote.Value, stock))];
        ImmutableArray<Refusal> why = request.Country is null ? []
            : [.. Refusals(new(lines, request.Country, null, AnyMethod), facts, stock)];
        return Sum(quoted, [.. why.Select(no => Words.Of(no, texts))]);
    }

    async Task<Dictionary<StockItemId, StockItem.State?>> Stock(
        ImmutableArray<BasketLine> lines, CancellationToken cancel)
    {
        var ids = lines.Select(IdOf).Where(id => Derived.IsCode(id.Sku.Code)).Distinct().ToArray();
        var seen = await Task.WhenAll(ids.Select(id => platform.Read(id, Itself, cancel)));
        return ids.Zip(seen).ToDictionary(p => p.First, p => p.Second?.State as StockItem.State);
    }

    static StockItemId IdOf(BasketLine line) => new(line.Listing.Seller, line.Sku);

    QuotedLine Of(BasketLine line, Quoted? quote, Dictionary<StockItemId, StockItem.State?> stock)
    {
        var left = stock.GetValueOrDefault(IdOf(line))?.Available ?? 0;
        return new(
            line.Listing, line.Sku.Code, line.Quantity, quote?.Title, quote?.UnitPrice, quote?.ShippingPerUnit,
            quote?.Offered ?? false, left > ListingEndpoints.MostTold ? null : left,
            quote?.ShipsFrom is { } from ? ListingEndpoints.DispatchDue(platform, from) : null);
    }

    IEnumerable<Refusal> Refusals(
        Basket basket, CheckoutFacts facts, Dictionary<StockItemId, StockItem.State?> stock)
    {
        var asked = new Asked(Nobody, platform.Now, platform.Rulebooks);
        var decision = Checkout.Kind.Decide(Nobodys, null, new Checkout.Command.Open(basket, facts), asked);
        foreach (var no in decision.Refusals.IsDefault ? [] : decision.Refusals) yield return no;
        foreach (var wanted in basket.Lines.Index().GroupBy(l => IdOf(l.Item)).Where(g => stock.ContainsKey(g.Key)))
        {
            var order = OrderId.Of(Nobodys, wanted.Key.Seller);
            var reserve = new StockItem.Command.Reserve(
                order, wanted.Sum(l => Math.Clamp(l.Item.Quantity, 0, BasketItem.MostUnits)), asked.At);
            var kept = StockItem.Kind.Decide(
                wanted.Key, stock[wanted.Key], reserve, asked with { Who = new Actor.Aggregate($"{order}") });
            foreach (var no in kept.Refusals.IsDefault ? [] : kept.Refusals)
                yield return no with { Field = $"lines[{wanted.First().Index}].quantity" };
        }
    }

    static QuoteBody Sum(ImmutableArray<QuotedLine> lines, ImmutableArray<RefusalBody> why)
    {
        var known = lines.Where(l => l.UnitPrice is not null && l.Quantity is > 0 and <= BasketItem.MostUnits).ToList();
        if (known.Select(l => l.UnitPrice!.Value.Currency).Distinct().Take(2).ToList() is not [var currency])
            return new(lines, null, null, null, why);
        var goods = known.Select(l => l.UnitPrice!.Value * l.Quantity).Sum(currency);
        if (known.Any(l => l.ShippingPerUnit?.Currency != currency)) return new(lines, goods, null, null, why);
        var shipping = known.Select(l => l.ShippingPerUnit!.Value * l.Quantity).Sum(currency);
        return new(lines, goods, shipping, goods + shipping, why);
    }
}
