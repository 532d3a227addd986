using System.Net;
using Xunit;
namespace Recourse.Tests;

/// <summary>Looking around, searching and filling a basket, also before signing in.</summary>
public sealed class TheShopWindow(Market market) : IClassFixture<Market>
{
    async Task<string> Offer(
        string title, string category = "", string sku = "one", int units = 3, string to = "DE")
    {
        var code = market.Fresh("oak");
        var who = market.As(Party.Seller, code);
        var put = await who.Put($"/v1/listings/{code}/it", new
        {
            title, category, shipsFrom = "PT",
            variants = new[] { new { sku, title = "moss", price = new { minor = 1990, currency = "EUR" } } },
            shipsTo = new[] { new { country = to, shippingPerUnit = new { minor = 300, currency = "EUR" } } },
        });
        put.Status.ShouldBe(HttpStatusCode.OK, put.Text);
        if (units > 0) await who.Post($"/v1/stock/{code}/{sku}/receipts", new { location = "main", units });
        await Shown(who, put);
        return code;
    }

    static async Task Shown(Someone who, Reply put) =>
        await who.Get($"/v1/listings?position={put.Headers.GetValues("Recourse-Position").Single()}");

    [Fact]
    public async Task Finds_by_how_words_of_the_title_begin_and_keeps_the_search_in_the_address()
    {
        var code = await Offer("Northern Kéttle of brass", "kitchen");
        using var visitor = new Shopper(market);
        foreach (var q in (string[])["kettle", "KET", "brass nor", "kéttle"])
            (await visitor.Browser.Open($"/shop?q={Uri.EscapeDataString(q)}")).Html
                .ShouldContain($"/shop/{code}/it", Case.Sensitive, q);
        (await visitor.Browser.Open("/shop?q=ettle")).Text
            .ShouldContain("Neither a title nor a description has these words");
        (await visitor.Browser.Open("/shop?q=kettle&category=toys")).Html.ShouldNotContain($"/shop/{code}/it");
        var page = await visitor.Browser.Open("/shop?q=kettle&category=kitchen");
        page.Html.ShouldContain($"/shop/{code}/it");
        page.Html.ShouldContain("value=\"kettle\"");
        (await market.Stranger().Get("/v1/listings?q=kettle")).Text.ShouldContain($"listing/{code}/it");
    }

    [Fact, Trait("Capability", "BUY-4")]
    public async Task Finds_words_of_descriptions_after_those_of_titles_also_page_by_page()
    {
        var code = market.Fresh("moss");
        var seller = market.As(Party.Seller, code);
        foreach (var (id, title, description) in ((string, string, string)[])
        [
            ("a", "Zitherbox one", "of beech"), ("b", "Plain box", "Plays like a zitherbox, in beech"),
            ("c", "Zitherbox two", ""), ("d", "Round box", "No strings"), ("e", "Odd box", "ZITHERBOX!"),
        ])
            (await seller.Put($"/v1/listings/{code}/{id}", new
            {
                title, description, shipsFrom = "PT",
                variants = new[] { new { sku = id, price = new { minor = 1990, currency = "EUR" } } },
                shipsTo = new[] { new { country = "DE", shippingPerUnit = new { minor = 300, currency = "EUR" } } },
            })).Status.ShouldBe(HttpStatusCode.OK);
        await market.Shown();
        (await Found("zitherbox", 50)).ShouldBe(["c", "a", "e", "b"]);
        (await Found("zitherbox", 1)).ShouldBe(["c", "a", "e", "b"]);
        (await Found("zither", 2)).ShouldBe(["c", "a", "e", "b"]);
        (await Found("beech zitherbox", 50)).ShouldBe(["b", "a"]);
        (await Found("zitherbox oak", 50)).ShouldBeEmpty();

        async Task<List<string>> Found(string q, int limit)
        {
            List<string> all = [];
            for (string? after = ""; after is not null;)
            {
                var page = await market.Stranger().Get($"/v1/listings?q={Uri.EscapeDataString(q)}&limit={limit}"
                    + (after is "" ? "" : $"&after={Uri.EscapeDataString(after)}"));
                all.AddRange(page.Json["items"]!.AsArray().Select(i => i!["id"]!.ToString().Split('/')[^1]));
                after = page.Json["next"]?.ToString();
            }
            return all;
        }
    }

    [Fact]
    public async Task Answers_an_absurd_search_politely()
    {
        using var visitor = new Shopper(market);
        var page = await visitor.Browser.Open($"/shop?q={new string('x', 10_000)}");
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Text.ShouldContain("A search has at most 200 characters.");
        page.Count("<h1").ShouldBe(1);
        var script = await visitor.Browser.Open($"/shop?q={Uri.EscapeDataString("<script>alert(1)</script>\"'")}");
        script.Status.ShouldBe(HttpStatusCode.OK);
        script.Html.ShouldNotContain("<script>alert");
        (await visitor.Browser.Open("/shop?after=nonsense&category=%00")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Leads_from_a_thing_to_its_category_if_it_has_one()
    {
        var (sorted, other) = (await Offer("Copper pan", "kitchen"), await Offer("Odd thing"));
        using var visitor = new Shopper(market);
        (await visitor.Browser.Open($"/shop/{sorted}/it")).Html.ShouldContain("href=\"/shop?category=kitchen\"");
        (await visitor.Browser.Open($"/shop/{other}/it")).Html.ShouldNotContain("href=\"/shop?category=\"");
    }

    [Fact]
    public async Task Shows_one_thing_with_what_is_left_where_it_goes_and_when_it_leaves()
    {
        var code = await Offer("Quiet <b>lamp</b>", "home");
        using var visitor = new Shopper(market);
        var page = await visitor.Browser.Open($"/shop/{code}/it");
        foreach (var text in (string[])["19.90 EUR", "3 left", "Germany", "3.00 EUR", "Portugal", "sent by", "moss"])
            page.Text.ShouldContain(text);
        page.Html.ShouldContain("Quiet &lt;b&gt;lamp");
        page.Count("<img").ShouldBe(0);
        (await visitor.Browser.Open("/shop/nobody/it")).Status.ShouldBe(HttpStatusCode.NotFound);
        var none = await Offer("Sold lamp", units: 0);
        (await visitor.Browser.Open($"/shop/{none}/it")).Text.ShouldContain("Sold out");
    }

    [Fact]
    public async Task Shows_what_is_sent_to_where_the_reader_chose_until_they_want_to_see_everything()
    {
        var near = await Offer("Danish sail", "sport", to: "DK");
        var far = await Offer("Danish kite", "sport", to: "CL");
        using var visitor = new Shopper(market);
        foreach (var query in (string[])["?", "?category=sport&", "?q=danish&", "?q=danish&category=sport&"])
        {
            (await visitor.Browser.Open($"/shop{query}to=all")).Html
                .ShouldContain($"/shop/{far}/it", Case.Sensitive, query);
            var chosen = await visitor.Browser.Open($"/shop{query}to=DK");
            chosen.Html.ShouldContain($"/shop/{near}/it", Case.Sensitive, query);
            chosen.Html.ShouldNotContain($"/shop/{far}/it", Case.Sensitive, query);
            var remembered = await visitor.Browser.Open($"/shop{query}");
            remembered.Html.ShouldContain("value=\"DK\" selected", Case.Sensitive, query);
            remembered.Html.ShouldNotContain($"/shop/{far}/it", Case.Sensitive, query);
            remembered.Text.ShouldContain("See everything");
        }
        var of = await visitor.Browser.Open($"/shop?seller={far}");
        of.Text.ShouldContain("Nothing of this is sent to Denmark.");
        var all = await visitor.Browser.Open($"/shop?seller={far}&to=all");
        all.Text.ShouldContain("Not sent to Denmark");
        (await visitor.Browser.Open($"/shop/{far}/it")).Text.ShouldContain("Not sent to Denmark");
        (await visitor.Browser.Open($"/shop/{near}/it")).Text.ShouldNotContain("Not sent");
        (await visitor.Browser.Open($"/shop?seller={far}")).Html.ShouldContain($"/shop/{far}/it");
    }

    [Fact]
    public async Task Shows_a_buyer_what_is_sent_to_their_address_and_nobody_guesses_for_others()
    {
        var far = await Offer("Chilean kite", to: "CL");
        var (ana, _) = await market.Seller();
        using var bea = await Shopper.SignedIn(market);
        (await bea.Browser.Open("/shop?q=chilean")).Html.ShouldContain($"/shop/{far}/it");
        await bea.PutMugs(ana);
        await bea.GiveAddress();
        var page = await bea.Browser.Open("/shop?q=chilean");
        page.Html.ShouldNotContain($"/shop/{far}/it");
        page.Html.ShouldContain("value=\"DE\" selected");
        using var gil = await Shopper.SignedIn(market, Party.Agent, "gil");
        (await gil.Browser.Open("/shop?q=chilean")).Html.ShouldContain($"/shop/{far}/it");
        (await gil.Browser.Open("/shop?q=chilean&to=%3Cscript%3E")).Status.ShouldBe(HttpStatusCode.OK);
        var api = market.Stranger();
        (await api.Get("/v1/listings?q=chilean&to=CL")).Text.ShouldContain(far);
        (await api.Get("/v1/listings?to=CL")).Text.ShouldContain(far);
        (await api.Get($"/v1/listings?seller={far}&to=DE")).Text.ShouldNotContain(far);
        (await api.Get("/v1/listings?to=de")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Keeps_a_basket_from_before_signing_in_and_shows_it_to_nobody_else()
    {
        var (ana, _) = await market.Seller();
        using var visitor = new Shopper(market);
        (await visitor.PutMugs(ana, 2)).Location.ShouldBe("/basket?done=added");
        (await visitor.Browser.Open("/basket?done=added")).Text.ShouldContain("25.00 EUR");
        await visitor.SignIn();
        var mine = await visitor.Browser.Open("/basket");
        mine.Text.ShouldContain("25.00 EUR");
        await visitor.PutMugs(ana);
        (await visitor.Browser.Open("/basket")).Text.ShouldContain("37.50 EUR");
        await visitor.Browser.Send(await visitor.Browser.Open("/"), "/sign-out");
        (await visitor.Browser.Open("/basket")).Text.ShouldContain("Your basket is empty");
        await visitor.SignIn();
        (await visitor.Browser.Open("/basket")).Text.ShouldContain("Your basket is empty");
    }

    [Fact]
    public async Task Puts_in_once_what_is_sent_twice_and_undoes_a_removal()
    {
        var (ana, _) = await market.Seller();
        using var bea = await Shopper.SignedIn(market);
        var page = await bea.Browser.Open($"/shop/{ana}/mug");
        for (var times = 0; times < 2; times++)
            await bea.Browser.Send(page, "/basket/add", ("listing", $"listing/{ana}/mug"), ("sku", "red"),
                ("quantity", "1"));
        var basket = await bea.Browser.Open("/basket");
        basket.Text.ShouldContain("12.50 EUR");
        basket.Text.ShouldNotContain("25.00 EUR");
        var item = basket.Field("/basket/change", "item");
        var removed = await bea.Browser.Follow(await bea.Browser.Send(
            basket, "/basket/change", ("item", item), ("then", "/basket"), ("quantity", "0")));
        removed.Text.ShouldContain("Your basket is empty");
        removed.Text.ShouldContain("Taken out.");
        var back = await bea.Browser.Follow(await bea.Browser.Send(
            removed, "/basket/change", ("item", removed.Field("/basket/change", "item")), ("then", "/basket")));
        back.Text.ShouldContain("12.50 EUR");
    }

    [Fact]
    public async Task Agrees_with_two_tabs_and_refuses_what_is_no_basket()
    {
        var (ana, _) = await market.Seller();
        var (ben, _) = await market.Seller();
        using var bea = await Shopper.SignedIn(market);
        await bea.PutMugs(ana);
        var old = await bea.Browser.Open("/basket");                        // a tab that doesn't know of the other's
        await bea.PutMugs(ben);
        await bea.Browser.Send(old, "/basket/change", ("item", old.Field("/basket/change", "item")),
            ("then", "/basket"), ("quantity", "3"));
        (await bea.Browser.Open("/basket")).Text.ShouldContain("50.00 EUR");
        foreach (var (sku, quantity, status) in ((string, string, HttpStatusCode)[])
            [("red", "0", HttpStatusCode.UnprocessableEntity), ("red", "-1", HttpStatusCode.UnprocessableEntity),
             ("red", "99999999999", HttpStatusCode.UnprocessableEntity), ("blue", "1", HttpStatusCode.NotFound)])
            (await bea.Browser.Send(await bea.Browser.Open($"/shop/{ana}/mug"), "/basket/add",
                ("listing", $"listing/{ana}/mug"), ("sku", sku), ("quantity", quantity))).Status
                .ShouldBe(status, $"{sku} {quantity}");
        var odd = await bea.Browser.Send(await bea.Browser.Open("/basket"), "/basket/change",
            ("item", "<script>~x~y~1~1~EUR"), ("then", "//evil.example"), ("quantity", "2"));
        odd.Location.ShouldBe("/basket");
        (await bea.Browser.Open("/basket?was=<script>&was=a~b~c~1~1~EUR")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Is_for_everybody_to_look_at_and_for_buyers_to_buy()
    {
        var (ana, _) = await market.Seller();
        foreach (var role in (Party[])[Party.Seller, Party.Warehouse, Party.Agent, Party.Operator])
        {
            using var other = await Shopper.SignedIn(market, role, role is Party.Seller ? ana : market.Fresh("it"));
            var page = await other.Browser.Open($"/shop/{ana}/mug");
            (page.Status, page.Count("/basket/add")).ShouldBe((HttpStatusCode.OK, 0), $"{role}");
            foreach (var path in (string[])["/basket", "/checkout", "/checkout/address"])
                (await other.Browser.Open(path)).Status.ShouldBe(HttpStatusCode.Forbidden, $"{role} {path}");
            var token = page.Field("/sign-out", Recourse.Web.FormWrite.TokenField);
            foreach (var path in (string[])["/basket/add", "/basket/change", "/checkout/apply", "/checkout/pay"])
                (await other.Browser.Send(path, (Recourse.Web.FormWrite.TokenField, token),
                    (Recourse.Web.FormWrite.KeyField, Recourse.Web.FormWrite.NewKey()))).Status
                    .ShouldBe(HttpStatusCode.Forbidden, $"{role} {path}");
        }
    }
}
