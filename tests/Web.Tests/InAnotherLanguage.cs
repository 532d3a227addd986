using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>The buyer's pages in the other languages, chosen or asked for.</summary>
public sealed partial class InAnotherLanguage(Market market) : IClassFixture<Market>
{
    /// <summary>Letters of the Latin script; what is left once data is taken out is English.</summary>
    [GeneratedRegex("[A-Za-z]{3,}")]
    private static partial Regex Latin();

    static readonly string[] Data =
    [
        "Recourse", "English", "Português", "Portugu", "EUR", "Mug", "Bea", "Muster", "Hauptstr", "Berlin", "Visa",
        "Mastercard", "UTC", "Europe", "red", "dhl", "Ctrl",
    ];

    static IEnumerable<string> EnglishIn(PageReply page, params string[] data)
    {
        var text = page.Text;
        // Codes and references are data too: words with digits, dots, dashes or underscores.
        text = Regex.Replace(text, @"[\w./-]*[\d._/-][\w./-]*", " ");
        foreach (var name in data.Concat(Data)) text = text.Replace(name, " ");
        return Latin().Matches(text).Select(m => m.Value).Distinct();
    }

    [Fact]
    public async Task Speaks_Arabic_from_right_to_left_on_every_page_of_a_buyer()
    {
        var (ana, seller) = await market.Seller();
        using var bea = await Shopper.SignedIn(market);
        bea.Browser.Language = "ar";
        List<(string What, PageReply Page)> pages =
        [
            ("shop", await bea.Browser.Open("/shop")), ("nothing found", await bea.Browser.Open("/shop?q=zzz")),
            ("long search", await bea.Browser.Open($"/shop?q={new string('x', 300)}")),
            ("listing", await bea.Browser.Open($"/shop/{ana}/mug")),
            ("empty basket", await bea.Browser.Open("/basket")), ("empty start", await bea.Browser.Open("/")),
        ];
        await bea.PutMugs(ana, 3);
        pages.Add(("basket", await bea.Browser.Open("/basket")));
        pages.Add(("address", await bea.Browser.Open("/checkout/address")));
        pages.Add(("bad address", await bea.GiveAddress(("name", ""), ("country", ""))));
        pages.Add(("findings", await bea.GiveAddress(("country", "FR"))));
        var review = await bea.GiveAddress();
        pages.Add(("review", review));
        var declined = await bea.Browser.Follow(await bea.Press(review, "pm_card_chargeDeclinedInsufficientFunds"));
        pages.Add(("declined", declined));
        pages.Add(("start", await bea.Browser.Open("/")));
        var at = Shopper.CheckoutOn(declined);
        var paid = await bea.Browser.Follow(
            await bea.Browser.Send(declined, $"{at}/payment", ("method", "pm_card_visa")));
        pages.Add(("paid", paid));
        var order = Regex.Match(paid.Html, "href=\"(/orders/[^\"]+/[^\"]+)\"").Groups[1].Value;
        await Market.Until(async () =>
            (await bea.Api.Get($"/v1{order}"))["state"] == "funded", "funding");
        pages.Add(("order", await bea.Browser.Open(order)));
        await seller.Post($"/v1{order}/dispatch", new { carrier = "dhl", trackingNumber = "TRACK000123" });
        pages.Add(("shipped", await bea.Browser.Open(order)));
        pages.Add(("refused", await bea.Browser.Send(
            await bea.Browser.Open(order), $"{order}/cancellation", ("reason", "cancel.changed-mind"))));
        pages.Add(("orders", await bea.Browser.Open("/orders")));
        pages.Add(("missing", await bea.Browser.Open("/orders/no/such")));
        await bea.Browser.Send(await bea.Browser.Open("/"), "/sign-out");
        pages.Add(("sign in", await bea.Browser.Open("/sign-in")));
        var silent = await bea.SignIn();
        pages.Add(("waiting", await bea.Buy("pm_standin_timeout-before", 1, ana)));
        silent.Status.ShouldBe(HttpStatusCode.Redirect);
        foreach (var (what, page) in pages)
        {
            page.Html.ShouldContain("<html lang=\"ar\" dir=\"rtl\">", Case.Sensitive, what);
            EnglishIn(page, ana, bea.Name!, ana.ToUpperInvariant()).ShouldBeEmpty(what);
        }
    }

    [Fact]
    public async Task Speaks_Arabic_on_the_way_to_an_account_and_on_ones_own_page()
    {
        var (mail, name) = ($"{market.Fresh("bea")}@example.org", "Bea Muster");
        using var bea = market.App.Stranger();
        bea.Language = "ar";
        List<(string What, PageReply Page)> pages =
        [
            ("register", await bea.Open("/register")), ("open a shop", await bea.Open("/register/shop")),
            ("bad shop", await bea.Register("x", "", "short", "www.shop.example")),
            ("registered", await bea.Register(mail, name)),
            ("forgotten", await bea.Open("/reset")), ("old link", await bea.Open("/reset/new?of=x&code=y")),
        ];
        var link = await market.Mail.Link(mail);
        pages.Add(("confirm", await bea.Open(link)));
        (await bea.Confirm(link)).Location.ShouldBe("/");
        pages.Add(("me", await bea.Open("/me?done=choices")));
        pages.Add(("log", await bea.Open("/me/log")));
        pages.Add(("erasure", await bea.Open("/me/erasure")));
        pages.Add(("wrong password", await bea.Does("/me", "/me/password", ("old", "no"), ("password", "short"))));
        pages.Add(("bad zone", await bea.Does("/me", "/me/choices", ("name", ""), ("zone", "Nowhere/Town"))));
        await bea.Does("/me", "/me/second-factor/start");
        var second = await bea.Open("/me/second-factor");
        var secret = Regex.Match(second.Html, "secret=([A-Z2-7]+)").Groups[1].Value.Chunk(4).Select(c => new string(c));
        pages.Add(("second factor", second));
        var code = market.App.Services.GetRequiredService<Accounts>().Invite(
            mail, new(Party.Seller, "ana-1"), name, TimeSpan.FromDays(1));
        pages.Add(("join", await bea.Open($"/join?code={code}")));
        using var max = market.App.Stranger();
        max.Language = "ar";
        var invited = market.App.Services.GetRequiredService<Accounts>().Invite(
            "max@example.org", new(Party.Warehouse, "ana-1"), name, TimeSpan.FromDays(1));
        pages.Add(("join anew", await max.Open($"/join?code={invited}")));
        pages.Add(("join refused", await max.Send(
            pages[^1].Page, "/join", ("code", invited), ("name", ""), ("password", "short"))));
        pages.Add(("no invitation", await max.Open("/join?code=nothing")));
        await bea.Does("/reset", "/reset", ("mail", mail));
        var reset = await max.Open(await market.Mail.Link(mail, 2));
        pages.Add(("new password", reset));
        pages.Add(("set", await max.Send(reset, "/reset/new", ("of", reset.Field("/reset/new", "of")),
            ("code", reset.Field("/reset/new", "code")), ("password", "eight yellow doors"))));
        foreach (var (what, page) in pages)
        {
            page.Html.ShouldContain("<html lang=\"ar\" dir=\"rtl\">", Case.Sensitive, what);
            EnglishIn(page, [mail, "example", "Nowhere", "português", "Brasil", .. secret]).ShouldBeEmpty(what);
        }
        (await market.Mail.Nth(mail, 1)).Subject.ShouldNotContain("Confirm");
    }

    [Fact]
    public async Task Tells_of_a_cancelled_order_in_Arabic()
    {
        var (ana, _) = await market.Seller();
        var name = market.Fresh("bea");
        var (api, order) = await market.Bought(ana, 2, name);
        await api.Post($"{order}/cancellation", new { reason = "cancel.changed-mind" });
        using var bea = await Shopper.SignedIn(market, of: name);
        bea.Browser.Language = "ar-EG,en;q=0.5";
        var page = await bea.Browser.Open(order["/v1".Length..]);
        page.Text.ShouldContain("غيّرت رأيك");
        EnglishIn(page, ana, name).ShouldBeEmpty();
        page.Text.ShouldContain("\u2067٣٣٫٠٠ EUR\u2069");                   // set apart, so that nothing turns it round
    }

    [Fact]
    public async Task Is_chosen_before_signing_in_and_goes_before_what_the_browser_asks_for()
    {
        using var visitor = new Shopper(market);
        visitor.Browser.Language = "en";
        var door = await visitor.Browser.Open("/sign-in");
        door.Html.ShouldContain("lang=\"en\" dir=\"ltr\"");
        var chosen = await visitor.Browser.Send(door, "/language", ("language", "pt-BR"), ("then", "/shop"));
        chosen.Location.ShouldBe("/shop");
        (await visitor.Browser.Open("/shop")).Text.ShouldContain("Loja");
        await visitor.SignIn();
        (await visitor.Browser.Open("/")).Html.ShouldContain("<html lang=\"pt-BR\" dir=\"ltr\">");
        await visitor.Browser.Send(await visitor.Browser.Open("/"), "/language", ("language", "xx"),
            ("then", "//evil.example"));
        (await visitor.Browser.Open("/")).Html.ShouldContain("<html lang=\"pt-BR\"");
    }

    [Fact]
    public async Task Counts_as_each_language_does()
    {
        var (ana, _) = await market.Seller(units: 3);
        using var visitor = new Shopper(market);
        foreach (var (language, text) in ((string, string)[])
            [("en", "3 left"), ("pt", "Restam 3"), ("ar", "بقيت ٣ قطع")])
        {
            visitor.Browser.Language = language;
            (await visitor.Browser.Open($"/shop/{ana}/mug")).Text.ShouldContain(text);
        }
    }
}
