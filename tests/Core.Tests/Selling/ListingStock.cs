using Recourse.Catalog;
using Recourse.Inventory;
using Recourse.Orders;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

public sealed class ListingStock
{
    static Recorded Happened(IId id, object e) => new(1, 0, Wednesday, Seller, 1, id, e, []);

    static object? Fold(string key, params Recorded[] all) => all.Where(r => StockList.View.KeysOf(r).Contains(key))
        .Aggregate((object?)null, (row, r) => StockList.View.Apply(key, row, r));

    [Fact, Trait("Capability", "INV-2")]
    public void A_variant_is_listed_once_it_was_offered_or_received_and_orders_change_nothing()
    {
        var offered = Happened(Crockery, new Listing.Event.Published(Wares));
        var received = Happened(CupsInStock, new StockItem.Event.Received("main", 5));
        var row = Assert.IsType<StockRow>(Fold($"{CupsInStock}", received, offered));
        Assert.Equal(("cup", $"{Crockery}", "Crockery, A cup"), (row.Sku, row.Listing, row.Title));
        Assert.Null(Assert.IsType<StockRow>(Fold($"{CupsInStock}", received)).Listing);
        Assert.NotNull(Fold($"{PotsInStock}", offered));
        Assert.Empty(StockList.View.KeysOf(Happened(
            CupsInStock, new StockItem.Event.Reserved(Sold, [new("main", 1)], null))));
        Assert.Empty(StockList.View.KeysOf(Happened(Crockery, new Listing.Event.Paused())));
    }

    [Fact]
    public void Lists_show_skus_by_their_alphabet()
    {
        string[] skus = ["a", "ab", "abc", "b-1", "b-10", "b-2", "b.1", "z9"];
        var sorts = skus.ToDictionary(
            s => s, s => StockList.View.FoundBy("", new StockRow("", "seller/shop", s, null, "")).Single().Sort);
        Assert.Equal(skus.Order(StringComparer.Ordinal), skus.OrderByDescending(s => sorts[s], StringComparer.Ordinal));
    }

    [Fact, Trait("Capability", "TRK-4")]
    public void A_number_that_is_on_somebody_elses_parcel_is_refused_and_others_sellers_orders_are_not_named()
    {
        var mine = new OrderId(Shop, "other");
        var ship = new Order.Command.Ship("dhl", "RR473124829GB", new(mine, Wednesday, "test"));
        var refused = Assert.Single(Given.Funded.When(Seller, ship).ThenRefused("order.number-used"));
        Assert.Contains(refused.Facts, f => f.Value is Value.Word { Text: "other" });
        var theirs = ship with { UsedBy = new(new(new("rival"), "secret"), Wednesday, "test") };
        var hidden = Assert.Single(Given.Funded.When(Seller, theirs).ThenRefused("order.number-used-elsewhere"));
        Assert.DoesNotContain(hidden.Facts, f => f.Value is Value.Word { Text: "secret" });
        // What has left is asked nothing any more.
        Assert.Empty(Given.Shipped.When(Seller, ship).Last.Refusals);
    }
}
