using Recourse.Client;
using Recourse.Monitoring;
namespace Recourse.Tests;

/// <summary>More would end by the clock than usual: an operator sees what, and decides for all of it.</summary>
[Trait("Capability", "MON-6")]
public sealed class AtTheBrake(TheDemo demo)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>A purchase of their own that waits for another card, in a country where nobody else buys.</summary>
    async Task<string> Waiting(string country, string city, string postcode)
    {
        var (ana, bea) = (demo.Fresh("ana"), demo.Fresh("bea"));
        var (seller, buyer) = (demo.Api(Party.Seller, ana), demo.Api(Party.Buyer, bea));
        var price = new Client.Money { Minor = 1250, Currency = "EUR" };
        await seller.PutListingAsync(ana, "mug", new()
        {
            Title = "Mug", ShipsFrom = country, Variants = [new() { Sku = "red", Price = price }],
            ShipsTo = [new() { Country = country, ShippingPerUnit = price }],
        });
        await seller.ReceiveStockAsync(ana, "red", new() { Location = "main", Units = 10 });
        var declined = await Should.ThrowAsync<RecourseException>(() => buyer.OpenCheckoutAsync(new()
        {
            Lines = [new() { Listing = $"listing/{ana}/mug", Sku = "red", Quantity = 1 }],
            Country = country, Method = "pm_card_chargeDeclined",
            ShipTo = new()
            {
                Name = "Bea Muster", Lines = ["Hauptstr. 1"], City = city, Postcode = postcode, Country = country,
            },
        }));
        declined.Code.ShouldBe("payment.declined-by-bank");
        return declined.Headers["Location"].Single().Split('/')[^1];
    }

    [Theory]
    [InlineData(By.Mouse, "LU", "Luxembourg", "1111")]
    [InlineData(By.Keyboard, "SI", "Ljubljana", "1000")]
    [InlineData(By.Touch, "EE", "Tallinn", "10111")]
    public async Task An_operator_sees_what_would_end_and_puts_it_off(
        By by, string country, string city, string postcode)
    {
        var code = await Waiting(country, city, postcode);
        var page = await demo.Brake(new("checkout.give-up", Country: country));
        var olga = demo.Fresh("olga");
        await using var guest = await demo.Visit(Party.Operator, olga, by);
        await Listed(guest, page, code);
        var day = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(40);
        await guest.Choose("[data-brake] input[value='put-off']");
        await guest.Fill("[name=until]", by is By.Keyboard ? $"{day:MMddyyyy}" : $"{day:yyyy-MM-dd}");
        (await Axe.Of(guest.Page, again: false, isGallery: false)).ShouldBeEmpty();
        await guest.Press("[data-brake] button.main");
        await guest.Sees("It is decided for all of them.");
        await Decided(guest, page, olga, day);
    }

    [Theory]
    [InlineData(By.Mouse, "LV", "Riga", "LV-1010")]
    [InlineData(By.Keyboard, "LT", "Vilnius", "01103")]
    public async Task An_operator_lets_all_of_it_take_its_course(By by, string country, string city, string postcode)
    {
        var code = await Waiting(country, city, postcode);
        var page = await demo.Brake(new("checkout.give-up", Country: country));
        var olga = demo.Fresh("olga");
        await using var guest = await demo.Visit(Party.Operator, olga, by);
        await Listed(guest, page, code);
        await guest.Choose("[data-brake] input[value='let-go']");
        await Assertions.Expect(guest.Page.Locator("[name=until]")).ToBeHiddenAsync();
        await guest.Press("[data-brake] button.main");
        await guest.Sees("It is decided for all of them.");
        await Decided(guest, page, olga, null);
    }

    /// <summary>From the list to the page with what would end.</summary>
    static async Task Listed(Guest guest, string page, string code)
    {
        var row = guest.Page.Locator($"main a[href='{page}']");
        for (var until = DateTime.UtcNow + Patience; await row.CountAsync() == 0; await Task.Delay(200))
        {
            (DateTime.UtcNow < until).ShouldBeTrue("it is never listed");
            await guest.Open("/brakes");
        }
        await guest.Press(row.First);
        var would = guest.Page.Locator("section:has(#dry-run)");
        await Assertions.Expect(would.Locator("tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(would.Locator($"a[href$='{code}']")).ToBeVisibleAsync();
    }

    async Task Decided(Guest guest, string page, string olga, DateOnly? until)
    {
        (await guest.Page.Locator("[data-brake]").CountAsync()).ShouldBe(0);
        var brake = (await demo.Api(Party.Operator, olga).GetBrakeAsync(page.Split('/')[^1])).Body;
        brake.State.ShouldBe("off");
        DateTime? put = brake.Until?.UtcDateTime, meant = until?.ToDateTime(TimeOnly.MinValue);
        put.ShouldBe(meant);
        guest.Wrong.ShouldBeEmpty();
    }
}
