using Recourse.Client;
using Price = Recourse.Client.Money;
namespace Recourse.Tests;

/// <summary>An order that is paid for, with a buyer and a seller of its own.</summary>
public sealed record Deal(string Seller, string Buyer, string Code, RecourseClient AsSeller, RecourseClient AsBuyer)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Where its page is.</summary>
    public string Page => $"/orders/{Seller}/{Code}";

    /// <summary>Made at the API, as anybody would.</summary>
    public static async Task<Deal> Make(TheDemo demo, string title = "Mug", long price = 1250)
    {
        var (ana, bea) = (demo.Fresh("ana"), demo.Fresh("bea"));
        var (seller, buyer) = (demo.Api(Party.Seller, ana), demo.Api(Party.Buyer, bea));
        await seller.PutListingAsync(ana, "mug", new()
        {
            Title = title, ShipsFrom = "DE",
            Variants = [new() { Sku = "red", Price = Euros(price) }],
            ShipsTo = [new() { Country = "DE", ShippingPerUnit = Euros(400) }],
        });
        await seller.ReceiveStockAsync(ana, "red", new() { Location = "main", Units = 10 });
        var opened = await buyer.OpenCheckoutAsync(new()
        {
            Lines = [new() { Listing = $"listing/{ana}/mug", Sku = "red", Quantity = 1 }],
            Country = "DE", Method = "pm_card_visa",
            ShipTo = new()
            {
                Name = "Bea Muster", Lines = ["Hauptstr. 1"], City = "Berlin", Postcode = "10115", Country = "DE",
            },
        });
        var code = opened.Body.Orders.Single().Order.Split('/')[^1];
        var deal = new Deal(ana, bea, code, seller, buyer);
        for (var until = DateTime.UtcNow + Patience; !await deal.IsListed("funded"); await Task.Delay(50))
            (DateTime.UtcNow < until).ShouldBeTrue("it was never paid for");
        return deal;
    }

    async Task<bool> IsListed(string state) => (await AsBuyer.ListOrdersAsync(state)).Body.Items.Count > 0;

    static Price Euros(long minor) => new() { Minor = minor, Currency = "EUR" };

    /// <summary>What state it is in.</summary>
    public async Task<string> State() => (await AsBuyer.GetOrderAsync(Seller, Code)).Body.State;

    /// <summary>How often something happened to it.</summary>
    public async Task<int> Count(string what) =>
        (await AsBuyer.GetTimelineAsync(Seller, Code)).Body.Items.Count(i => i.Event == what);

    /// <summary>Its buyer ends it, elsewhere.</summary>
    public Task Cancel() => AsBuyer.CancelOrderAsync(Seller, Code, new() { Reason = "cancel.changed-mind" });

    /// <summary>A tracking number that no other parcel has.</summary>
    public string Number => $"TRACK{Code[^6..].ToUpperInvariant()}77";

    /// <summary>Its seller hands the parcel over, elsewhere.</summary>
    public Task Dispatch() =>
        AsSeller.DispatchOrderAsync(Seller, Code, new() { Carrier = "dhl", TrackingNumber = Number });
}
