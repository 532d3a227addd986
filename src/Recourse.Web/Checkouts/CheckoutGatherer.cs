using Recourse.Adapters.Addresses;
using Recourse.Adapters.Gathering;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Runtime;
using Recourse.Ways;
namespace Recourse.Web;

/// <summary>
/// Gathers what a checkout must know: what each listing says at this moment, and what is odd about the address. Reads,
/// and nothing else.
/// </summary>
sealed class CheckoutGatherer(
    IPlatform platform, EarlierOrders earlier, RatesOfABasket rates, TermsGatherer terms)
{
    const string Source = "partition/listing", Look = "edge/address", Where = "edge/postcode";
    static readonly Actor Itself = new Actor.Operator("gatherer");

    /// <summary>What is to be known of a draft, with a quote for each of its lines.</summary>
    public async Task<CheckoutFacts> Gather(CheckoutDraft draft, CancellationToken cancel) =>
        Again(await Quotes(draft.Lines, draft.Country ?? "", cancel) with
        {
            Sellers = await terms.Of(draft, cancel),
        }, draft);

    /// <summary>The same quotes, and another look at the address and at what was bought before.</summary>
    public CheckoutFacts Again(CheckoutFacts facts, CheckoutDraft draft) => facts with
    {
        ShipTo = draft.ShipTo is not { } to ? null : new(
            AddressChecks.FaultsOf(AddressChecks.Of(to.ToAddress())), platform.Now, Look),
        Before = earlier.Of(draft.Lines, draft.Buyer),
        Area = draft.ShipTo is { } there && AreaOf(there) is { } area ? new(area, platform.Now, Where) : null,
    };

    /// <summary>What is far out is known by its postcode, which is not recorded.</summary>
    string? AreaOf(AddressBody there) => new Asked(Itself, platform.Now, platform.Rulebooks).InForce
        .Of<ShippingRules>().AreaOf(there.Country, there.Postcode);

    /// <summary>None at all for a basket that is too long to be looked at.</summary>
    async Task<CheckoutFacts> Quotes(ImmutableArray<BasketLine> lines, string country, CancellationToken cancel)
    {
        if (lines.Length > platform.Rulebooks[^1].Of<CheckoutRules>().MostLines) return new([]);
        var ids = lines.Select(l => l.Listing).Distinct().ToArray();
        var seen = await Task.WhenAll(ids.Select(id => platform.Read(id, Itself, cancel)));
        var asOf = platform.Now;
        var offers = ids.Zip(seen).ToDictionary(p => p.First, p => p.Second?.State as Listing.State);
        ImmutableArray<Fact<Quoted?>> quotes =
        [
            .. lines.Select(l => new Fact<Quoted?>(
                ListingQuotes.Of(offers[l.Listing], l.Sku, country), asOf, Source)),
        ];
        return new(quotes, Rates: await rates.For(quotes, country, cancel));
    }
}
