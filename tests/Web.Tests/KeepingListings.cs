using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>Listings, made and changed with a plain form.</summary>
public sealed class KeepingListings(Market market) : IClassFixture<Market>
{
    /// <summary>Once the lists show all that was done.</summary>
    async Task<Browser> Seller(string of)
    {
        await market.Shown();
        var browser = Browser.At(market.App);
        await browser.SignIn(market.App.Services.GetRequiredService<AccessKeys>().Create(Party.Seller, of));
        return browser;
    }

    static (string, string)[] Lamp(params (string Name, string Value)[] other)
    {
        (string Name, string Value)[] usual =
        [
            ("title", "Lâmpada & Cia"), ("category", "home"), ("code", ""), ("shipsFrom", "pt"), ("currency", "eur"),
            ("variants[0].sku", "lamp-red"), ("variants[0].title", "red"), ("variants[0].price", "12,50"),
            ("shipsTo[0].country", "pt"), ("shipsTo[0].shippingPerUnit", "4"), ("do", "save"),
        ];
        return [.. usual.Where(u => other.All(o => o.Name != u.Name)), .. other];
    }

    [Fact]
    public async Task Makes_one_once_however_often_the_form_is_sent_and_changes_it()
    {
        var name = market.Fresh("ana");
        using var ana = await Seller(name);
        var form = await ana.Open("/listings/new");
        var made = await ana.Send(form, "/listings/new", Lamp());
        made.Location.ShouldBe("/listings/lampada-cia?done=published");
        (await ana.Send(form, "/listings/new", Lamp())).Location.ShouldBe(made.Location);
        var seller = market.As(Party.Seller, name);
        var listing = await seller.Get($"/v1/listings/{name}/lampada-cia");
        listing.Json["offer"]!["variants"]![0]!["price"]!["minor"]!.GetValue<long>().ShouldBe(1250);
        listing.Json["offer"]!["shipsTo"]![0]!["shippingPerUnit"]!["minor"]!.GetValue<long>().ShouldBe(400);

        var page = await ana.Open(made.Location!);
        page.Text.ShouldContain("It is on offer.");
        page.Html.ShouldContain("value=\"12.50\"");
        var changed = await ana.Send(page, "/listings/lampada-cia", Lamp(
            ("variants[0].price", "13.00"),
            (FormWrite.VersionField, page.Field("/listings/lampada-cia", FormWrite.VersionField))));
        changed.Location.ShouldBe("/listings/lampada-cia?done=changed");
        (await seller.Get($"/v1/listings/{name}/lampada-cia")).Json["offer"]!["variants"]![0]!["price"]!["minor"]!
            .GetValue<long>().ShouldBe(1300);
    }

    [Fact]
    public async Task Shows_every_fault_at_its_field_at_once_and_keeps_what_was_typed()
    {
        using var ana = await Seller(market.Fresh("ana"));
        var form = await ana.Open("/listings/new");
        var reply = await ana.Send(form, "/listings/new", Lamp(
            ("title", ""), ("shipsFrom", "XX"), ("variants[0].price", "1.234,50"), ("variants[1].sku", "Big Lamp"),
            ("variants[1].title", "<script>alert(1)</script>"), ("variants[1].price", "12.505"),
            ("shipsTo[0].country", "ZZ")));
        reply.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        reply.Count("aria-invalid=\"true\"").ShouldBe(6);
        reply.Text.ShouldContain("6 things must be corrected");
        reply.Text.ShouldContain("Write the amount in digits, like 12.50");
        reply.Text.ShouldContain("EUR has 2 decimals");
        reply.Text.ShouldContain("There is no country XX.");
        reply.Html.ShouldContain("value=\"1.234,50\"");
        reply.Html.ShouldContain("&lt;script&gt;");
        reply.Html.ShouldNotContain("<script>alert");

        var mixed = await ana.Send(form, "/listings/new", Lamp(("currency", "EURO"), ("variants[0].price", "")));
        mixed.Text.ShouldContain("is no currency");
        mixed.Text.ShouldContain("Write the amount in digits");
    }

    [Theory, InlineData("JPY", "1250", 1250L), InlineData("KWD", "12.5", 12500L), InlineData("USD", "0.01", 1L)]
    public async Task Reads_amounts_by_their_currency(string currency, string text, long minor)
    {
        var name = market.Fresh("ana");
        using var ana = await Seller(name);
        var made = await ana.Send(await ana.Open("/listings/new"), "/listings/new", Lamp(
            ("currency", currency), ("variants[0].price", text), ("shipsTo[0].shippingPerUnit", "0")));
        made.Location.ShouldBe("/listings/lampada-cia?done=published", made.Text);
        (await market.As(Party.Seller, name).Get($"/v1/listings/{name}/lampada-cia"))
            .Json["offer"]!["variants"]![0]!["price"]!["minor"]!.GetValue<long>().ShouldBe(minor);
    }

    [Fact]
    public async Task Adds_and_drops_rows_without_script_and_without_losing_any()
    {
        using var ana = await Seller(market.Fresh("ana"));
        var form = await ana.Open("/listings/new");
        var more = await ana.Send(form, "/listings/new", Lamp(("do", "add-variant")));
        more.Status.ShouldBe(HttpStatusCode.OK);
        more.Html.ShouldContain("name=\"variants[1].sku\"");
        more.Html.ShouldContain("value=\"lamp-red\"");
        var fewer = await ana.Send(more, "/listings/new", Lamp(
            ("variants[1].sku", "lamp-blue"), ("variants[1].title", ""), ("variants[1].price", "9"),
            ("do", "drop-variant-0")));
        fewer.Html.ShouldContain("value=\"lamp-blue\"");
        fewer.Html.ShouldNotContain("value=\"lamp-red\"");
        (await ana.Send(fewer, "/listings/new", Lamp(("do", "add-destination")))).Html
            .ShouldContain("name=\"shipsTo[1].country\"");
    }

    [Fact]
    public async Task Takes_no_others_place_and_overwrites_nobody_unseen()
    {
        var name = market.Fresh("ana");
        using var ana = await Seller(name);
        await ana.Send(await ana.Open("/listings/new"), "/listings/new", Lamp());
        var taken = await ana.Send(await ana.Open("/listings/new"), "/listings/new", Lamp(("title", "Lampada cia")));
        taken.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        taken.Text.ShouldContain("You have a listing at lampada-cia already.");

        var stale = await ana.Open("/listings/lampada-cia");
        var version = stale.Field("/listings/lampada-cia", FormWrite.VersionField);
        var fresh = await ana.Open("/listings/lampada-cia");
        await ana.Send(fresh, "/listings/lampada-cia", Lamp(
            ("title", "Theirs"), (FormWrite.VersionField, version)));
        var refused = await ana.Send(stale, "/listings/lampada-cia", Lamp(
            ("title", "Mine"), (FormWrite.VersionField, version)));
        refused.Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        refused.Text.ShouldContain("This has changed since you looked at it.");
        refused.Html.ShouldContain("value=\"Mine\"");
        var now = await ana.Send(refused, "/listings/lampada-cia", Lamp(("title", "Mine"),
            (FormWrite.VersionField, refused.Field("/listings/lampada-cia", FormWrite.VersionField))));
        now.Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Pauses_and_resumes_from_the_list_and_finds_by_state_and_words()
    {
        var (name, _) = await market.Seller();
        using var ana = await Seller(name);
        var list = await ana.Open("/listings");
        list.Text.ShouldContain("Mug");
        list.Text.ShouldContain("12.50 EUR");
        var paused = await ana.Send("/listings/mug/pause",
            (FormWrite.TokenField, list.Field("/listings", FormWrite.TokenField)),
            (FormWrite.KeyField, list.Field("/listings", FormWrite.KeyField)), ("from", "list"));
        paused.Location.ShouldBe("/listings?done=paused");
        (await ana.Open("/listings?state=paused")).Text.ShouldContain("Mug");
        (await ana.Open("/listings?state=offered")).Text.ShouldContain("No listing is so.");
        (await ana.Open("/listings?find=MU")).Text.ShouldContain("Mug");
        (await ana.Open("/listings?find=lamp")).Text.ShouldContain("No listing is so.");
        var page = await ana.Open("/listings/mug");
        (await ana.Send(page, "/listings/mug/resume")).Location.ShouldBe("/listings/mug?done=resumed");
        using var eve = await Seller(market.Fresh("eve"));
        (await eve.Open("/listings/mug")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await eve.Open("/listings")).Text.ShouldContain("What you sell will be here.");
    }
}
