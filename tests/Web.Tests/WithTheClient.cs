using Microsoft.Extensions.DependencyInjection;
using Recourse.Client;
using Xunit;
using AccessKeys = Recourse.Web.AccessKeys;
using Price = Recourse.Client.Money;
namespace Recourse.Tests;

/// <summary>As integrators speak to the platform.</summary>
[Trait("Capability", "OPS-1")]
public sealed class WithTheClient(Market market) : IClassFixture<Market>, IDisposable
{
    readonly HttpClient _http = new() { BaseAddress = new(market.App.Urls.First()) };

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    RecourseClient As(Party role, string of) =>
        new(_http, market.App.Services.GetRequiredService<AccessKeys>().Create(role, of)) { Language = "en" };

    async Task<(RecourseClient Seller, string Code)> Seller()
    {
        var code = market.Fresh("ana");
        var seller = As(Party.Seller, code);
        await seller.PutListingAsync(code, "mug", new()
        {
            Title = "Mug", ShipsFrom = "DE",
            Variants = [new() { Sku = "red", Price = Euros(1250) }],
            ShipsTo = [new() { Country = "DE", ShippingPerUnit = Euros(400) }],
        });
        await seller.ReceiveStockAsync(code, "red", new() { Location = "main", Units = 10 });
        return (seller, code);
    }

    static Price Euros(long minor) => new() { Minor = minor, Currency = "EUR" };

    static CheckoutRequest Basket(string seller, int quantity = 2) => new()
    {
        Lines = [new() { Listing = $"listing/{seller}/mug", Sku = "red", Quantity = quantity }],
        Country = "DE", Method = "pm_card_visa",
        ShipTo = new() { Name = "Bea", Lines = ["Hauptstr. 1"], City = "Berlin", Postcode = "10115", Country = "DE" },
    };

    [Fact]
    public async Task A_file_is_sent_as_it_is()
    {
        var (seller, ana) = await Seller();
        var rows = await seller.ImportStockAsync(
            new(new MemoryStream("sku,location,units\nred,main,7\n"u8.ToArray()), "stock.csv"), dryRun: true);
        rows.Status.ShouldBe(200);

        var bea = market.Fresh("bea");
        var buyer = As(Party.Buyer, bea);
        await buyer.StartVerificationAsync(bea);
        var png = Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        var shown = await buyer.ShowDocumentAsync(
            bea, new(new MemoryStream(png), "passport.png", "image/png"), "passport");
        shown.Body.State.ShouldBe("inReview");

        // And read back as it was: a file, and not a text in JSON.
        var agent = As(Party.Agent, "lia");
        var document = await agent.GetVerificationDocumentAsync(bea);
        document.Body.ShouldBe(png);
        document.Headers.Single(h => h.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Value
            .ShouldBe(["image/png"]);
        var none = await Should.ThrowAsync<RecourseException>(() => agent.GetVerificationDocumentAsync("nobody"));
        (none.StatusCode, none.Code).ShouldBe((404, "kernel.not-found"));
        ana.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_table_is_answered_as_its_text_and_can_be_sent_back_as_it_came()
    {
        var (seller, ana) = await Seller();
        string listings = await seller.ExportListingsAsync();
        listings.ShouldStartWith("code,");
        listings.ShouldContain("mug");
        var back = await seller.ImportListingsAsync(
            new(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(listings)), "listings.csv"), dryRun: true);
        back.Body.Unchanged.ShouldBe(1);
        string stock = await seller.ExportStockAsync();
        stock.ShouldContain("red");
        ana.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task An_order_goes_from_checkout_to_paid_out_and_says_why_and_where_the_money_went()
    {
        var (seller, ana) = await Seller();
        var buyer = As(Party.Buyer, market.Fresh("bea"));
        var opened = await buyer.OpenCheckoutAsync(Basket(ana), idempotencyKey: "basket-1");
        (opened.Status, opened.Body.State).ShouldBe((201, "authorised"));
        var again = await buyer.OpenCheckoutAsync(Basket(ana), idempotencyKey: "basket-1");
        again.Body.Id.ShouldBe(opened.Body.Id, "the same key is done once");
        opened.Position.ShouldNotBeNull();
        buyer.Position.ShouldBeGreaterThanOrEqualTo(opened.Position.Value, "lists wait for what was written");
        (await buyer.ListCheckoutsAsync()).Body.Items.ShouldContain(c => c.Id == opened.Body.Id);

        var id = opened.Body.Orders.Single().Order;
        var (_, code) = Id.Split(id);
        await Market.Until(async () => (await buyer.GetOrderAsync(ana, code)).Body.State == "funded", "funding");
        var dispatched = await seller.DispatchOrderAsync(
            ana, code, new() { Carrier = "dhl", TrackingNumber = "TRACK000123" });
        dispatched.Body.State.ShouldBe("shipped");
        ParcelBody parcel = await As(Party.Carrier, "dhl").ReportParcelAsync(
            ana, code, new() { Status = TrackingStatus.Delivered, At = market.Clock.Now.ToDateTimeOffset() });
        parcel.Status.ShouldBe(TrackingStatus.Delivered);

        OrderBody delivered = await buyer.GetOrderAsync(ana, code);
        delivered.Next!.Owner.ShouldBe("buyer");
        (await buyer.ConfirmReceiptAsync(ana, code)).Body.State.ShouldBe("completed");
        WhyBody why = await buyer.GetWhyAsync(ana, code);
        (why.EndedWell, why.Statements.Count).ShouldBe((true, 0));
        MoneyBody money = await seller.GetMoneyTrailAsync(ana, code);
        money.Steps.Where(s => s.From == $"escrow/{id}").Sum(s => s.Amount.Minor).ShouldBe(3300);
        money.Steps.ShouldContain(s => s.To == $"seller/{ana}/payable");
    }

    [Fact]
    public async Task A_refusal_says_its_code_the_field_and_the_way_out()
    {
        var (seller, ana) = await Seller();
        var buyer = As(Party.Buyer, market.Fresh("bea"));
        var few = await Should.ThrowAsync<RecourseException>(() => buyer.OpenCheckoutAsync(Basket(ana, 11)));
        (few.StatusCode, few.Code, few.WayOut!.Code).ShouldBe((409, "stock.not-enough", "checkout.take-fewer"));
        few.Refusals.Single().Facts.ShouldContain(f => f.Name == "available" && f.Text == "10");
        few.Message.ShouldContain("10");

        var order = (await buyer.OpenCheckoutAsync(Basket(ana))).Body.Orders.Single().Order;
        var (_, code) = Id.Split(order);
        await Market.Until(async () => (await buyer.GetOrderAsync(ana, code)).Body.State == "funded", "funding");
        var bad = await Should.ThrowAsync<RecourseException>(() => seller.DispatchOrderAsync(
            ana, code, new() { Carrier = "dhl", TrackingNumber = "?" }));
        (bad.StatusCode, bad.Code, bad.Field).ShouldBe((422, "order.bad-tracking-number", "trackingNumber"));
        bad.PassesByItself.ShouldBeFalse();

        var gone = await Should.ThrowAsync<RecourseException>(() => buyer.GetOrderAsync(ana, "none"));
        gone.StatusCode.ShouldBe(404);
        var nobody = await Should.ThrowAsync<RecourseException>(() => new RecourseClient(_http).ListOrdersAsync());
        nobody.Code.ShouldBe("api.no-key");
    }

    [Fact]
    public async Task The_feed_is_followed_and_gone_on_with_where_one_left_off()
    {
        var (seller, ana) = await Seller();
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var (seen, next) = (new List<string>(), 0L);
        await foreach (var page in seller.FollowEventsAsync(next, enough.Token))
        {
            (seen, next) = ([.. seen, .. page.Events.Select(e => e.Event)], page.Next);
            if (seen.Contains("stock.received")) break;
        }
        await seller.PauseListingAsync(ana, "mug");
        await foreach (var page in seller.FollowEventsAsync(next, enough.Token))
        {
            page.Events.ShouldNotContain(e => seen.Contains(e.Event));
            if (page.Events.Any(e => e.Event == "listing.paused")) return;
        }
    }
}
