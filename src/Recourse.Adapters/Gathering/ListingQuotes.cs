using Recourse.Catalog;
using Recourse.Checkouts;
namespace Recourse.Adapters.Gathering;

/// <summary>What listings say to whoever would buy: gathered for a checkout, live or replayed.</summary>
public static class ListingQuotes
{
    /// <summary>To a buyer in that country; null: there is no such listing or variant.</summary>
    public static Quoted? Of(Listing.State? state, Sku sku, string country) => state switch
    {
        Listing.State.Offered s => Of(s.Offer, sku, country, offered: true),
        Listing.State.Paused s  => Of(s.Offer, sku, country, offered: false),
        Listing.State.Imported or null => null,
    };

    static Quoted? Of(Offer offer, Sku sku, string country, bool offered)
    {
        if (offer.Variants.FirstOrDefault(v => v.Sku == sku) is not { } variant) return null;
        var title = variant.Title is "" ? offer.Title : $"{offer.Title}, {variant.Title}";
        var there = offer.ShipsTo.FirstOrDefault(d => d.Country == country);
        return new(title, variant.Price, there?.ShippingPerUnit, offered, offer.ShipsFrom,
            Follows: variant.Peg?.Base.Currency, Unit: offer.Unit, Goods: offer.Goods, Options: there?.Options);
    }
}
