using Recourse.Adapters.Addresses;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Risk;
using Recourse.Runtime;
using Recourse.Ways;
namespace Recourse.Adapters.Gathering;

/// <summary>
/// Gathers what a checkout must know: what each listing says at this moment, and what is odd about the address. Reads,
/// and nothing else.
/// </summary>
public sealed class CheckoutGatherer(
    IPlatform platform, BuyerChecks buyers, CouponGatherer coupons, EarlierOrders earlier, RatesOfABasket rates,
    TermsGatherer terms)
{
    const string Source = "partition/listing", Look = "edge/address", Where = "edge/postcode";
    static readonly Actor Itself = new Actor.Operator("gatherer");
    static readonly BuyerId Nobody = new("nobody");

    /// <summary>
    /// What is to be known of a draft, with a quote for each of its lines, none at all if it is too long to be looked
    /// at; of who asks, what concerns their buying.
    /// </summary>
    /// <param name="buyer">Who asks; null: nobody who buys.</param>
    public async Task<CheckoutKnown> Gather(CheckoutDraft draft, BuyerId? buyer, CancellationToken cancel)
    {
        var isLong = draft.Lines.Length > platform.InForce.Of<CheckoutRules>().MostLines;
        var stock = isLong ? [] : await Stock(draft, cancel);
        var facts = (isLong ? new([]) : await Quotes(draft, stock, cancel)) with { Method = draft.Seen };
        if (buyer is { } who)
        {
            var (trust, check) = await buyers.Of(who, draft.Method, draft.Seen?.Value.Card, cancel);
            facts = facts with { Trust = trust, Buyer = check };
        }
        return new(await Again(facts, draft, cancel), stock) { Bulk = platform.InForce.Of<BulkRules>() };
    }

    /// <summary>The same quotes, and another look at the address and what depends on it.</summary>
    public async Task<CheckoutFacts> Again(CheckoutFacts facts, CheckoutDraft draft, CancellationToken cancel) =>
        facts with
    {
        Coupons = await coupons.Gather(draft, facts.Method?.Value.Card, cancel),
        Sellers = await terms.Of(draft, cancel),
        Rates = await rates.For(facts.Quotes, draft.Country ?? "", cancel),
        ShipTo = draft.ShipTo is not { } to ? null : new(
            AddressChecks.FaultsOf(AddressChecks.Of(to), AddressChecks.PhoneCountryOf(to)), platform.Now, Look),
        Before = earlier.Of(draft),
        Area = draft.ShipTo is { } there && AreaOf(there) is { } area ? new(area, platform.Now, Where) : null,
        State = draft.ShipTo is { } place && StateOf(place) is { } state ? new(state, platform.Now, Look) : null,
    };

    /// <summary>Only where what is due at the border differs by it is it recorded.</summary>
    string? StateOf(Address there) =>
        platform.InForce.Of<CheckoutRules>().Duties?.IsByState(there.Country) is true
        && AddressFormats.Of(there.Country).RegionOf(there.Region) is { } region ? region.Iso ?? region.Key : null;

    /// <summary>What is far out is known by its postcode, which is not recorded.</summary>
    string? AreaOf(Address there) => platform.InForce
        .Of<ShippingRules>().AreaOf(there.Country, there.Postcode);

    async Task<CheckoutFacts> Quotes(
        CheckoutDraft draft, Dictionary<StockItemId, StockItem.State?> stock, CancellationToken cancel)
    {
        var (lines, country) = (draft.Lines, draft.Country ?? "");
        var ids = lines.Select(l => l.Listing).Distinct().ToArray();
        var seen = await Task.WhenAll(ids.Select(id => platform.Read(id, Itself, cancel)));
        var asOf = platform.Now;
        var offers = ids.Zip(seen).ToDictionary(p => p.First, p => p.Second?.State as Listing.State);
        return new(
        [
            .. lines.Select(l => new Fact<Quoted?>(
                ListingQuotes.Of(offers[l.Listing], l.Sku, country) is { } quote
                    ? WithStock(quote, l, draft, stock.GetValueOrDefault(CheckoutKnown.IdOf(l)), asOf) : null, asOf,
                Source)),
        ]);
    }

    /// <summary>With the sale price or instalment that there is, and how much of it one buyer can have.</summary>
    Quoted WithStock(Quoted quote, BasketLine line, CheckoutDraft draft, StockItem.State? stock, Instant now)
    {
        if (stock is null) return quote;
        var (buyer, rules) = (draft.Buyer ?? Nobody, platform.InForce.Of<BulkRules>());
        var wanted = draft.Lines.Where(l => CheckoutKnown.IdOf(l) == CheckoutKnown.IdOf(line))
            .Sum(l => (long)Math.Max(l.Quantity, 0));
        return quote with
        {
            Sale = StockItem.SaleFor(stock, line.Listing, buyer, now),
            Share = StockItem.ShareSeenBy(stock, buyer, (int)Math.Min(wanted, int.MaxValue), rules, now),
        };
    }

    /// <summary>
    /// What there is of each variant, once a checkout that gives way has given back what it keeps. It is only looked
    /// at: its seller reserves it.
    /// </summary>
    async Task<Dictionary<StockItemId, StockItem.State?>> Stock(CheckoutDraft draft, CancellationToken cancel)
    {
        StockItemId[] ids =
            [.. draft.Lines.Where(l => Derived.IsCode(l.Sku.Code)).Select(CheckoutKnown.IdOf).Distinct()];
        var seen = await Task.WhenAll(ids.Select(id => platform.Read(id, Itself, cancel)));
        return ids.Zip(seen).ToDictionary(p => p.First, p => Without(
            p.First, p.Second?.State as StockItem.State, draft.Instead is { } old && old.Buyer == draft.Buyer
                ? OrderId.Of(old, p.First.Seller) : null));
    }

    StockItem.State? Without(StockItemId id, StockItem.State? stock, OrderId? order)
    {
        if (order is not { } gone || stock?.Reservations.GetValueOrDefault(gone) is not { } kept) return stock;
        var given = StockItem.Decide(id, stock, new StockItem.Command.Release(gone, kept.Units),
            new(new Actor.Aggregate($"{gone}"), platform.Now, platform.Rulebooks));
        return given.Events.IsDefault ? stock : given.Events.Aggregate(stock, StockItem.Evolve);
    }
}
