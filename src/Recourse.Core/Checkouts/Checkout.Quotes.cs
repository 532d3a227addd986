using Recourse.Catalog;
namespace Recourse.Checkouts;

public static partial class Checkout
{
    /// <summary>What a listing says to a buyer in that country; null: there is no such listing or variant.</summary>
    public static Quoted? QuoteOf(Listing.State? state, Sku sku, string country) => state switch
    {
        Listing.State.Offered s => QuoteOf(s.Offer, sku, country, offered: true),
        Listing.State.Paused s  => QuoteOf(s.Offer, sku, country, offered: false),
        Listing.State.Imported or null => null,
    };

    static Quoted? QuoteOf(Offer offer, Sku sku, string country, bool offered)
    {
        if (offer.Variants.FirstOrDefault(v => v.Sku == sku) is not { } variant) return null;
        var title = variant.Title is "" ? offer.Title : $"{offer.Title}, {variant.Title}";
        return new(title, variant.Price, offer.ShipsTo.FirstOrDefault(d => d.Country == country)?.ShippingPerUnit,
            offered, offer.ShipsFrom, variant.Peg?.Base.Currency);
    }
}
