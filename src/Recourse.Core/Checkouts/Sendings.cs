using Recourse.Catalog;
using Recourse.Orders;
using Recourse.Ways;
namespace Recourse.Checkouts;

/// <summary>
/// How each line of a basket is sent, and what keeps it from that. What one seller sends goes into one parcel: its
/// weight is that of all their lines.
/// </summary>
public sealed class Sendings(Basket basket, CheckoutFacts facts, Rulebook book, Instant at)
{
    readonly ShippingRules _rules = book.Of<ShippingRules>();
    Dictionary<SellerId, long>? _grams;

    /// <summary>How a line is sent; null: it isn't sent there, or nobody knows it.</summary>
    public Way? WayOf(int line)
    {
        if (QuoteOf(line) is not { ShippingPerUnit: { } own } quote) return null;
        return quote.Named.IsDefaultOrEmpty
            ? new(Service: null, own, Money.Zero(own.Currency), FromDays: null, ToDays: null)
            : _rules.WayOf(Chosen(line, quote), facts.Area?.Value);
    }

    /// <summary>All ways to send a line that nothing keeps it from, the cheapest first.</summary>
    public ImmutableArray<Way> OpenTo(int line) => QuoteOf(line) is not { ShippingPerUnit: not null } quote ? []
        : [.. quote.Named.Where(o => ObstacleTo(line, quote, o.Service) is null)
            .Select(o => _rules.WayOf(o, facts.Area?.Value)).OrderBy(w => w.PerUnit.Minor).ThenBy(w => w.ToDays)];

    /// <summary>What keeps a line from the way that was chosen for it; null: nothing.</summary>
    public Obstacle? ObstacleTo(int line) => QuoteOf(line) is { ShippingPerUnit: not null } quote
        ? ObstacleTo(line, quote, quote.Named.IsDefaultOrEmpty ? null : Chosen(line, quote).Service) : null;

    /// <summary>Whether the buyer named a way that isn't offered there.</summary>
    public bool IsUnknownWay(int line) => basket.Lines[line].Service is { } named
        && QuoteOf(line) is { ShippingPerUnit: not null } quote && quote.Named.All(o => o.Service != named);

    /// <summary>How many units of a line its way can carry, with all else in the parcel.</summary>
    public int Fitting(int line)
    {
        if (QuoteOf(line) is not { Unit: { } unit } || WayOf(line)?.Service is not { } service
            || !_rules.Services.TryGetValue(service, out var s)) return 0;
        var others = GramsOf(basket.Lines[line].Listing.Seller) - GramsOf(line);
        return (int)Math.Clamp((s.MostGrams - others) / unit.Grams, 0, int.MaxValue);
    }

    /// <summary>What goes into a seller's parcel weighs so much, as far as it is known.</summary>
    public long GramsOf(SellerId seller)
    {
        if (_grams is null)
        {
            _grams = [];
            for (var i = 0; i < basket.Lines.Length; i++)
            {
                var of = basket.Lines[i].Listing.Seller;
                _grams[of] = _grams.GetValueOrDefault(of) + GramsOf(i);
            }
        }
        return _grams.GetValueOrDefault(seller);
    }

    /// <summary>The units of a line weigh so much; 0: nobody knows.</summary>
    public long GramsOf(int line) =>
        (long)(QuoteOf(line)?.Unit?.Grams ?? 0) * Math.Max(0, basket.Lines[line].Quantity);

    /// <summary>A parcel with a line in it.</summary>
    public ParcelPlan PlanOf(int line)
    {
        var quote = QuoteOf(line);
        return new(quote?.ShipsFrom, basket.Country ?? "", quote?.Classes ?? [],
            GramsOf(basket.Lines[line].Listing.Seller), quote?.Unit?.Sides);
    }

    /// <summary>Goods in a line that its carrier doesn't take; empty: there are none.</summary>
    public string UntakenIn(int line) => WayOf(line)?.Service is { } service
        && _rules.Services.TryGetValue(service, out var s)
            ? QuoteOf(line)!.Classes.FirstOrDefault(g => !s.Carrier.Takes.Contains(g)) ?? "" : "";

    /// <summary>The lane that keeps a line from going there; null: none.</summary>
    public ClosedLane? LaneOf(int line) => _rules.LaneOf(WayOf(line)?.Service, PlanOf(line), at);

    Quoted? QuoteOf(int line) => line < facts.Quotes.Length ? facts.Quotes[line].Value : null;

    Obstacle? ObstacleTo(int line, Quoted quote, string? service) =>
        service is null && _rules.Closed.IsEmpty ? null
            : _rules.ObstacleTo(service, PlanOf(line) with { Goods = quote.Classes }, at);

    /// <summary>The one that the buyer named; else the cheapest that will do, or the one that carries most.</summary>
    ShippingOption Chosen(int line, Quoted quote)
    {
        if (basket.Lines[line].Service is { } named
            && quote.Named.FirstOrDefault(o => o.Service == named) is { } option) return option;
        var byCost = quote.Named.OrderBy(o => _rules.WayOf(o, facts.Area?.Value).PerUnit.Minor)
            .ThenBy(o => o.ToDays).ToList();
        return byCost.Find(o => ObstacleTo(line, quote, o.Service) is null)
            ?? byCost.Where(o => ObstacleTo(line, quote, o.Service) is Obstacle.TooHeavy)
                .MaxBy(o => _rules.Services[o.Service].MostGrams)
            ?? byCost[0];
    }
}
