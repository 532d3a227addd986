using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Client;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Refunds;
using Recourse.Runtime;
using Recourse.Sellers;
using Recourse.Tracking;
using Recourse.Verifying;
namespace Recourse.World.Demo;

using Amount = Recourse.Client.Money;

/// <summary>What people ask, as calls of the public API.</summary>
static class Calls
{
    /// <summary>Makes the call; the position at which it was written, if anything was.</summary>
    public static async Task<long?> Make(RecourseClient client, Ask ask, string key, Func<BuyerId, Address> homeOf) =>
        (ask.Target, ask.Command) switch
        {
            (CheckoutId id, Checkout.Command.Open c) => (await client.OpenCheckoutAsync(
                Request(c.Basket, homeOf(id.Buyer)), key)).Position,
            (CheckoutId id, Checkout.Command.Pay c) => (await client.PayCheckoutAsync(
                id.Buyer.Code, id.Code, new() { Method = c.Method, Kind = c.Kind }, key)).Position,
            (CheckoutId id, Checkout.Command.Proceed) =>
                (await client.ProceedWithCheckoutAsync(id.Buyer.Code, id.Code, key)).Position,
            (CheckoutId id, Checkout.Command.Abandon) =>
                (await client.AbandonCheckoutAsync(id.Buyer.Code, id.Code, key)).Position,
            (CheckoutId id, Checkout.Command.Clear) =>
                (await client.ClearCheckoutAsync(id.Buyer.Code, id.Code, key)).Position,
            (CheckoutId id, Checkout.Command.TurnDown) =>
                (await client.TurnDownCheckoutAsync(id.Buyer.Code, id.Code, key)).Position,
            (VerificationId id, Verification.Command c) => await Make(client, id, c, key),
            (OrderId id, Order.Command.Ship c) => (await client.DispatchOrderAsync(id.Seller.Code, id.Code,
                new() { Carrier = c.Carrier, TrackingNumber = c.TrackingNumber }, key)).Position,
            (OrderId id, Order.Command.Cancel c) => (await client.CancelOrderAsync(id.Seller.Code, id.Code, new()
            {
                Reason = c.Reason,
                Portions = [.. c.Portions.Select(p => new PortionBody { Line = p.Line, Quantity = p.Quantity })],
                Undoable = c.Undoable is true,
            }, key)).Position,
            (OrderId id, Order.Command.TakeBack) =>
                (await client.TakeCancellationBackAsync(id.Seller.Code, id.Code, key)).Position,
            (OrderId id, Order.Command.ConfirmReceipt) =>
                (await client.ConfirmReceiptAsync(id.Seller.Code, id.Code, key)).Position,
            (ParcelId id, Parcel.Command.Report c) => (await client.ReportParcelAsync(
                id.Seller.Code, id.Code, Said(c.Tracking), key)).Position,
            (RefundId id, Refund.Command.Retry) =>
                (await client.RetryRefundAsync(id.Buyer.Code, id.Code, key)).Position,
            (ListingId id, Listing.Command.Publish c) => (await client.PutListingAsync(
                id.Seller.Code, id.Code, BodyOf(c.Offer), key)).Position,
            (ListingId id, Listing.Command.ConfirmPrice) =>
                (await client.ConfirmPriceAsync(id.Seller.Code, id.Code, key)).Position,
            (ListingId id, Listing.Command.CorrectPrice c) => (await client.CorrectPriceAsync(id.Seller.Code, id.Code,
                new()
                {
                    Prices = [.. c.Prices.Select(p => new PriceBody { Sku = p.Sku.Code, Price = AmountOf(p.Price) })],
                }, key)).Position,
            (ListingId id, Listing.Command.Pause) =>
                (await client.PauseListingAsync(id.Seller.Code, id.Code, key)).Position,
            (ListingId id, Listing.Command.Resume) =>
                (await client.ResumeListingAsync(id.Seller.Code, id.Code, key)).Position,
            (SellerId id, SellerAccount.Command.TakeName c) =>
                (await client.PutShopNameAsync(id.Code, new() { Name = c.Name }, key)).Position,
            (StockItemId id, StockItem.Command.Receive c) => (await client.ReceiveStockAsync(
                id.Seller.Code, id.Sku.Code, new() { Location = c.Location, Units = c.Units }, key)).Position,
            (StockItemId id, StockItem.Command.AlertAt c) => (await client.SetStockAlertAsync(
                id.Seller.Code, id.Sku.Code, new() { Units = c.Units }, key)).Position,
            (StockItemId id, StockItem.Command.Correct c) => (await client.CorrectStockAsync(
                id.Seller.Code, id.Sku.Code, new() { Location = c.Location, Units = c.Units, Reason = c.Reason },
                key)).Position,
            _ => throw new InvalidOperationException($"{ask.Command} has no call."),
        };

    static async Task<long?> Make(
        RecourseClient client, VerificationId id, Verification.Command command, string key) => command switch
    {
        Verification.Command.Start => (await client.StartVerificationAsync(id.Buyer.Code, key)).Position,
        Verification.Command.ShowDocument c => (await client.ShowDocumentAsync(
            id.Buyer.Code, new(new MemoryStream(Picture), "it.png", "image/png"), c.Document.Kind, key)).Position,
        Verification.Command.AskForAmount c => (await client.AskForAmountAsync(
            id.Buyer.Code, new() { Method = c.Method, Currency = c.Amount.Currency.Code }, key)).Position,
        Verification.Command.NameAmount c => (await client.NameAmountAsync(
            id.Buyer.Code, new() { Amount = AmountOf(new(c.Minor, Kernel.Currency.Eur)) }, key)).Position,
        Verification.Command.Accept => (await client.AcceptDocumentAsync(id.Buyer.Code, key)).Position,
        Verification.Command.Reject c =>
            (await client.RejectDocumentAsync(id.Buyer.Code, new() { Reason = c.Reason }, key)).Position,
        _ => throw new InvalidOperationException($"{command} has no call."),
    };

    // One pixel: whoever looks at it in the demo decides by chance.
    static readonly byte[] Picture = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    static CheckoutRequest Request(Basket basket, Address home) => new()
    {
        Country = basket.Country, Method = basket.Method, MethodKind = basket.MethodKind,
        Lines = [.. basket.Lines.Select(l => new CheckoutLine
        {
            Listing = $"{l.Listing}", Sku = l.Sku.Code, Quantity = l.Quantity,
            UnitPrice = l.UnitPrice is { } price ? AmountOf(price) : null,
        })],
        ShipTo = new()
        {
            Name = home.Name, Lines = [.. home.Lines], City = home.City, Country = home.Country,
            Postcode = home.Postcode, Region = home.Region,
        },
    };

    static TrackingBody Said(TrackingEvent t) => new()
    {
        Status = Enum.Parse<Recourse.Client.TrackingStatus>($"{t.Status}", ignoreCase: true),
        At = t.At.ToDateTimeOffset(), Note = t.Note, Place = t.Place,
    };

    static Amount AmountOf(Recourse.Kernel.Money money) =>
        new() { Minor = money.Minor, Currency = money.Currency.Code };

    static Recourse.Kernel.Money MoneyOf(Amount amount) => new(amount.Minor, Currency.Of(amount.Currency));

    static OfferBody BodyOf(Offer offer) => new()
    {
        Title = offer.Title, Category = offer.Category, ShipsFrom = offer.ShipsFrom,
        Variants = [.. offer.Variants.Select(
            v => new VariantBody { Sku = v.Sku.Code, Title = v.Title, Price = AmountOf(v.Price) })],
        ShipsTo = [.. offer.ShipsTo.Select(
            d => new DestinationBody { Country = d.Country, ShippingPerUnit = AmountOf(d.ShippingPerUnit) })],
    };

    /// <summary>An offer as it is shown.</summary>
    public static Offer OfferOf(OfferBody body) => new(
        body.Title, body.Category ?? "",
        [.. body.Variants.Select(v => new Variant(new(v.Sku), v.Title ?? "", MoneyOf(v.Price)))], body.ShipsFrom,
        [.. body.ShipsTo.Select(d => new Destination(d.Country, MoneyOf(d.ShippingPerUnit)))]);
}
