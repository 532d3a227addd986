using Recourse.Adapters.Addresses;
using Recourse.Adapters.Gathering;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Ways;
namespace Recourse.Olist;

/// <summary>A purchase as it was known at its instant. How it ended isn't in it.</summary>
/// <param name="Lines">What was bought, and as it must have been offered.</param>
/// <param name="Kind">Of which kind the payment was.</param>
/// <param name="Place">Where the buyer lives; null: nobody knows.</param>
internal sealed record PastPurchase(
    CheckoutId Checkout, Instant At, ImmutableArray<(BasketLine Line, Offer Offer)> Lines, string Kind,
    OlistCustomer? Place);

/// <summary>
/// What a marketplace with these purchases would have known: what each listing had been offered at, what was asked in
/// its category, what buyers had bought. It only ever looks back.
/// </summary>
internal sealed class PastMarket(Rulebook book)
{
    const string Source = "history";

    readonly Dictionary<ListingId, Listing.State?> _listings = [];
    readonly Dictionary<string, PriceBandRow> _bands = [];
    readonly Dictionary<string, BuyerHabit> _habits = [];
    readonly Dictionary<ListingId, LargeUnits> _large = [];
    long _position;

    /// <summary>All that a live checkout would have found; then it is remembered that it was bought.</summary>
    public ImmutableArray<Checkout.Finding> Look(PastPurchase purchase)
    {
        var held = purchase.Lines.SelectMany(l => Offer(l.Line.Listing, l.Offer, purchase.At)).ToList();
        var basket = new Basket(
            [.. purchase.Lines.Select(l => l.Line)], OlistAssumption.Country, ShipTo: null, OlistAssumption.Provider,
            purchase.Kind);
        var asked = new Asked(new Actor.Buyer(purchase.Checkout.Buyer), purchase.At, [book]);
        ImmutableArray<Checkout.Finding> found =
            [.. held, .. Checkout.Findings(basket, FactsOf(basket, purchase), asked)];
        // It was sold at that price, so its seller had meant it; and it was bought, however that ended.
        foreach (var (line, _) in purchase.Lines) Confirm(line.Listing, purchase.At);
        Remember(purchase, basket);
        return found;
    }

    // Nobody declared terms there, so no seller's are known.
    CheckoutFacts FactsOf(Basket basket, PastPurchase purchase)
    {
        var before = new BoughtBefore(
            [.. (_habits.GetValueOrDefault(purchase.Checkout.Buyer.Code)?.Lines ?? [])
                .Where(b => basket.Lines.Any(l => l.Listing == b.Listing && l.Sku == b.Sku))],
            _habits.GetValueOrDefault(purchase.Checkout.Buyer.Code)?.MostUnits ?? 0,
            [.. basket.Lines.Select(l => l.Listing).Distinct().Where(_large.ContainsKey)
                .Select(l => new UsualUnits(l, _large[l].Second))]);
        return new(
            [.. basket.Lines.Select(l => new Fact<Quoted?>(
                ListingQuotes.Of(_listings.GetValueOrDefault(l.Listing), l.Sku, basket.Country), purchase.At, Source))],
            purchase.Place is { } place ? new(AddressOf(place), purchase.At, Source) : null,
            new(before, purchase.At, Source),
            Area: purchase.Place is { } there && AreaOf(there) is { } area ? new(area, purchase.At, Source) : null);
    }

    /// <summary>
    /// Of an address the history knows region, town and the first five digits of the postcode, the rest of which is
    /// taken to be zeros; only what is odd about these is found.
    /// </summary>
    static AddressCheck AddressOf(OlistCustomer place) => AddressChecks.FaultsOf(AddressChecks.Of(new Address(
        "", [], place.City, place.Region, $"{place.Postcode}-000", OlistAssumption.Country, Phone: null))
        .Where(m => m.Part is AddressPart.City or AddressPart.Region or AddressPart.Postcode
            && m.Trouble is not AddressTrouble.Missing));

    string? AreaOf(OlistCustomer place) =>
        book.Of<ShippingRules>().AreaOf(OlistAssumption.Country, $"{place.Postcode}-000");

    /// <summary>Its seller offers it so; what the price guard has against that.</summary>
    IEnumerable<Checkout.Finding> Offer(ListingId id, Offer offer, Instant at)
    {
        var peers = PriceBands.Of(offer.Category, _bands.Values.Where(b => b.Category == offer.Category));
        var state = Ask(id, new Listing.Command.Publish(offer, new(peers, at, Source)), at);
        if (state is not Listing.State.Live { Doubt: { } doubt }) yield break;
        foreach (var price in doubt.Prices)
            yield return new(new(price.Code, new("listing.settle-price"), ("title", price.Title),
                ("price", price.Price), ("sku", price.Sku.Code), ("low", price.Low), ("high", price.High),
                ("percent", price.Percent)), Gravity.Blocking);
    }

    void Confirm(ListingId id, Instant at)
    {
        if (_listings.GetValueOrDefault(id) is Listing.State.Live { Doubt: not null })
            Ask(id, new Listing.Command.ConfirmPrice(), at);
    }

    Listing.State? Ask(ListingId id, Listing.Command command, Instant at)
    {
        var (state, who) = (_listings.GetValueOrDefault(id), new Actor.Seller(id.Seller));
        foreach (var happened in Listing.Decide(id, state, command, new(who, at, [book])).Events)
        {
            state = Listing.Evolve(state, happened);
            var recorded = new Recorded(++_position, 0, at, who, book.Version, id, happened, []);
            foreach (var key in PriceBands.View.Keys(recorded))
                if (PriceBands.View.Fold(key, _bands.GetValueOrDefault(key), recorded) is { } band) _bands[key] = band;
                else _bands.Remove(key);
        }
        return _listings[id] = state;
    }

    void Remember(PastPurchase purchase, Basket basket)
    {
        var buyer = purchase.Checkout.Buyer.Code;
        _habits[buyer] = BuyerHabits.And(
            _habits.GetValueOrDefault(buyer), purchase.Checkout, basket.Lines, purchase.At);
        foreach (var line in basket.Lines.Where(l => l.Quantity > LargeOrders.From))
            _large[line.Listing] = LargeOrders.And(_large.GetValueOrDefault(line.Listing), line.Quantity);
    }
}
