using Recourse.Catalog;
namespace Recourse.Inventory;

/// <summary>A variant that a seller has counted or offered. How many there are, its stock item itself says.</summary>
/// <param name="Id">Text of the stock item's id.</param>
/// <param name="Seller">Text of the seller's id.</param>
/// <param name="Listing">Text of the listing's id that offered it last; null: none has.</param>
/// <param name="Title">What it is called there; empty: it was never offered.</param>
public sealed record StockRow(string Id, string Seller, string Sku, string? Listing, string Title);

/// <summary>What a seller keeps, by sku. Orders don't change it, so it costs them nothing.</summary>
public static class StockList
{
    /// <summary>The view.</summary>
    public static readonly View<StockRow> View = new()
    {
        Name = "stock-list", Version = 2,
        Hears =
        [
            typeof(StockItem.Event.Received), typeof(StockItem.Event.Corrected), typeof(Listing.Event),
        ],
        Keys = Keys, Fold = Fold,
        Index = (_, row) => [new(Scope.Index, row.Seller, Backwards(row.Sku))],
    };

    static IEnumerable<string> Keys(Recorded recorded) => recorded switch
    {
        { Id: StockItemId id, Event: StockItem.Event.Received or StockItem.Event.Corrected } => [$"{id}"],
        { Id: ListingId id, Event: Listing.Event @event } when OfferOf(@event) is { } offer =>
            offer.Variants.Select(v => $"{new StockItemId(id.Seller, v.Sku)}").Distinct(),
        _ => [],
    };

    static StockRow? Fold(string key, StockRow? row, Recorded recorded)
    {
        if (!StockItemId.TryParse(key, out var id)) return row;
        row ??= new(key, $"{id.Seller}", id.Sku.Code, null, "");
        if (recorded is not { Id: ListingId listing, Event: Listing.Event @event }
            || OfferOf(@event) is not { } offer) return row;
        var variant = offer.Variants.First(v => v.Sku == id.Sku);
        var title = variant.Title is "" || variant.Title == offer.Title ? offer.Title
            : $"{offer.Title}, {variant.Title}";
        return (row.Listing, row.Title) == ($"{listing}", title) ? row
            : row with { Listing = $"{listing}", Title = title };
    }

    static Offer? OfferOf(Listing.Event @event) => @event switch
    {
        Listing.Event.Published e => e.Offer,
        Listing.Event.Revised e   => e.Offer,
        Listing.Event.PriceHeld e => e.Offer,
        Listing.Event.GoodsHeld e => e.Offer,
        Listing.Event.Barred e    => e.Offer,
        Listing.Event.PriceConfirmed or Listing.Event.HoldLapsed or Listing.Event.RanOut or Listing.Event.CameBack
            or Listing.Event.SoldOut or Listing.Event.Restocked or Listing.Event.Paused or Listing.Event.Resumed
            or Listing.Event.Imported or Listing.Event.GoodsAnswered or Listing.Event.HoldOverturned
            or Listing.Event.HoldWarned => null,
    };

    // Lists show the greatest first, so what comes sooner in the alphabet must be greater.
    static string Backwards(string sku) => string.Concat(sku.Select(c => (char)('!' + '~' - c)).Append('~'));
}
