using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
namespace Recourse.Tests;

/// <summary>Somebody before the shop window, with a browser without script.</summary>
public sealed class Shopper(Market market) : IDisposable
{
    /// <summary>The browser.</summary>
    public Browser Browser { get; } = Browser.At(market.App);

    /// <summary>Who has signed in.</summary>
    public string? Name { get; private set; }

    /// <summary>The same buyer at the API.</summary>
    public Someone Api => market.As(Party.Buyer, Name!);

    /// <summary>A buyer who has signed in.</summary>
    public static async Task<Shopper> SignedIn(Market market, Party role = Party.Buyer, string? of = null)
    {
        var shopper = new Shopper(market);
        await shopper.SignIn(role, of);
        return shopper;
    }

    /// <summary>Signs in, and says where that leads.</summary>
    public async Task<PageReply> SignIn(Party role = Party.Buyer, string? of = null, string then = "/")
    {
        Name = of ?? market.Fresh("bea");
        return await Browser.SignIn(market.App.Services.GetRequiredService<AccessKeys>().Create(role, Name), then);
    }

    /// <summary>Puts mugs of a seller into the basket.</summary>
    public async Task<PageReply> PutMugs(string seller, int quantity = 1)
    {
        var page = await Browser.Open($"/shop/{seller}/mug");
        page.Status.ShouldBe(HttpStatusCode.OK);
        return await Browser.Send(page, "/basket/add",
            ("listing", $"listing/{seller}/mug"), ("sku", "red"), ("quantity", $"{quantity}"));
    }

    /// <summary>Says where it goes, and looks at what is to be paid.</summary>
    public async Task<PageReply> GiveAddress(params (string Name, string Value)[] changed)
    {
        var page = await Browser.Open("/checkout/address");
        var fields = new Dictionary<string, string>
        {
            ["name"] = "Bea Muster", ["line1"] = "Hauptstr. 1", ["postcode"] = "10115", ["city"] = "Berlin",
            ["country"] = "DE",
        };
        foreach (var (name, value) in changed) fields[name] = value;
        return await Browser.Follow(await Browser.Send(
            page, "/checkout/address", [.. fields.Select(f => (f.Key, f.Value))]));
    }

    /// <summary>Presses the fixes of those ids, all at once.</summary>
    public async Task<PageReply> Apply(PageReply review, params string[] fixes)
    {
        foreach (var fix in fixes) review.Html.ShouldContain($"value=\"{WebUtility.HtmlEncode(fix)}\"");
        return await Browser.Follow(await Browser.Send(review, "/checkout/apply",
            [("currency", "EUR"), .. fixes.Select(f => ("fix", f))]));
    }

    /// <summary>Presses the button that pays, on that page.</summary>
    public Task<PageReply> Press(PageReply review, string method = "pm_card_visa") => Browser.Send(
        review, "/checkout/pay", ("method", method), ("seen", review.Field("/checkout/pay", "seen")),
        ("currency", review.Field("/checkout/pay", "currency")));

    /// <summary>Puts mugs in, gives an address, pays, and looks at what came of it.</summary>
    public async Task<PageReply> Buy(string method, int quantity, params string[] sellers)
    {
        foreach (var seller in sellers) await PutMugs(seller, quantity);
        return await Browser.Follow(await Press(await GiveAddress(), method));
    }

    /// <summary>The address of a checkout's page, out of the form that is on it.</summary>
    public static string CheckoutOn(PageReply page) =>
        Regex.Match(page.Html, "action=\"(/checkouts/[^\"]+)/(payment|proceed|abandon)\"").Groups[1].Value;

    /// <inheritdoc/>
    public void Dispose() => Browser.Dispose();
}
