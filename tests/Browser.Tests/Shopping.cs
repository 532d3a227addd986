using Recourse.Client;
using Recourse.World.Demo;
namespace Recourse.Tests;

/// <summary>What somebody of the demo buys where they live.</summary>
static class Shopping
{
    const int Asked = 2;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>One thing that can be had; the page of its order once it is paid for.</summary>
    public static async Task<string> For(TheDemo demo, string buyer)
    {
        var world = new DemoWorld(DemoPlan.Small);
        var (country, home) = (world.Buyers[buyer].Country, world.HomeOf(buyer));
        var client = demo.Api(Party.Buyer, buyer);
        foreach (var listing in world.Zones[DemoWorld.CurrencyOf(country)])
        {
            var offer = world.WaresOf(listing.Seller.Code).Single(w => w.Id == listing).Offer;
            if (offer.ShipsTo.Any(d => d.Country == country)
                && await Bought(client, $"{listing}", offer.Variants[0].Sku.Code, home) is { } page) return page;
        }
        throw new InvalidOperationException($"Nothing that {buyer} could buy.");
    }

    /// <summary>The same, of a seller, by whoever lives where they send it.</summary>
    public static async Task From(TheDemo demo, string seller)
    {
        var world = new DemoWorld(DemoPlan.Small);
        foreach (var (listing, offer) in world.WaresOf(seller))
            foreach (var buyer in world.Buyers.Values.Where(b => offer.ShipsTo.Any(d => d.Country == b.Country)
                && DemoWorld.CurrencyOf(b.Country) == offer.Variants[0].Price.Currency.Code).Take(Asked))
                if (await Bought(demo.Api(Party.Buyer, buyer.Code), $"{listing}", offer.Variants[0].Sku.Code,
                    world.HomeOf(buyer.Code)) is not null) return;
        throw new InvalidOperationException($"Nothing that could be bought of {seller}.");
    }

    /// <summary>Null: it is sold out, or no longer offered so.</summary>
    static async Task<string?> Bought(RecourseClient client, string listing, string sku, Orders.Address home)
    {
        try { return await Paid(client, await Order(client, listing, sku, home)); }
        catch (RecourseException) { return null; }
    }

    static async Task<string> Order(RecourseClient client, string listing, string sku, Orders.Address home)
    {
        var opened = await client.OpenCheckoutAsync(new()
        {
            Lines = [new() { Listing = listing, Sku = sku, Quantity = 1 }], Country = home.Country,
            Method = "pm_card_visa",
            ShipTo = new()
            {
                Name = home.Name, Lines = [.. home.Lines], City = home.City, Country = home.Country,
                Region = home.Region, Postcode = home.Postcode,
            },
        });
        return opened.Body.Orders.Single().Order;
    }

    static async Task<string> Paid(RecourseClient client, string order)
    {
        for (var until = DateTime.UtcNow + Patience; DateTime.UtcNow < until; await Task.Delay(50))
            if ((await client.ListOrdersAsync("funded")).Body.Items.Any(i => i.Id == order))
                return order.Replace("order/", "/orders/", StringComparison.Ordinal);
        throw new InvalidOperationException($"{order} was never paid for.");
    }
}
