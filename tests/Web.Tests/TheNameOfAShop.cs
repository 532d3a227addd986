using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>A seller names their shop, and everybody reads the name where they read a code before.</summary>
public sealed class TheNameOfAShop(Market market) : IClassFixture<Market>
{
    async Task<(string Code, Someone Seller)> Named(string name)
    {
        var (code, seller) = await market.Seller();
        var put = await seller.Put($"/v1/sellers/{code}/name", new { name });
        put.Status.ShouldBe(HttpStatusCode.OK, put.Text);
        put["name"].ShouldBe(name);
        await market.Shown();
        return (code, seller);
    }

    [Fact]
    public async Task Is_chosen_on_a_page_and_kept_while_it_is_mended()
    {
        var (code, _) = await market.Seller();
        using var ana = await market.Browse(Party.Seller, code);
        var start = await ana.Open("/");
        start.Text.ShouldContain($"buyers read {code}");
        start.Html.ShouldContain("href=\"/shop-name\"");
        var refused = await ana.Does("/shop-name", "/shop-name", ("name", "www.best-mugs.example"));
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Text.ShouldContain("A name is no address");
        refused.Html.ShouldContain("value=\"www.best-mugs.example\"");
        (await ana.Does("/shop-name", "/shop-name", ("name", " Mugs &  More "))).Location
            .ShouldBe("/shop-name?done=named");
        var named = await ana.Open("/shop-name?done=named");
        named.Html.ShouldContain("value=\"Mugs &amp; More\"");
        named.Text.ShouldContain("The shop has its name.");
        var again = await ana.Open("/");
        again.Text.ShouldNotContain($"buyers read {code}");
        again.Text.ShouldContain("Mugs & More");
    }

    [Fact]
    public async Task Is_read_by_everybody_where_the_code_stood_and_by_staff_beside_it()
    {
        var (code, seller) = await Named("Làntern <b>House</b>");
        using var bea = await Shopper.SignedIn(market);
        List<(string What, PageReply Page)> pages =
        [
            ("shop", await bea.Browser.Open("/shop")), ("of one shop", await bea.Browser.Open($"/shop?seller={code}")),
            ("listing", await bea.Browser.Open($"/shop/{code}/mug")),
        ];
        await bea.PutMugs(code);
        pages.Add(("basket", await bea.Browser.Open("/basket")));
        var review = await bea.GiveAddress();
        pages.Add(("review", review));
        var paid = await bea.Browser.Follow(await bea.Press(review));
        pages.Add(("paid", paid));
        var order = Regex.Match(paid.Html, "href=\"(/orders/[^\"]+/[^\"]+)\"").Groups[1].Value;
        await Market.Until(async () => (await bea.Api.Get($"/v1{order}"))["state"] == "funded", "funding");
        await market.Shown();
        pages.AddRange(
        [
            ("order", await bea.Browser.Open(order)), ("orders", await bea.Browser.Open("/orders")),
            ("start", await bea.Browser.Open("/")),
        ]);
        foreach (var (what, page) in pages)
        {
            page.Text.ShouldContain("Làntern <b>House</b>", Case.Sensitive, what);
            page.Html.ShouldNotContain("<b>House");
            page.Text.ShouldNotContain($"{code} ", Case.Sensitive, what);
        }
        using var packer = await market.Browse(Party.Warehouse, code);
        (await packer.Open($"{order}/slip")).Text.ShouldContain("Làntern <b>House</b>");
        using var gil = await market.Browse(Party.Agent, "gil");
        foreach (var path in (string[])
            [order, $"/sellers/{code}", $"/orders?of=seller/{code}", $"/search?q={Desks.Last(order)}"])
            (await gil.Open(path)).Text.ShouldContain($"Làntern <b>House</b> (", Case.Sensitive, path);
        (await gil.Open(order)).Text.ShouldContain($"Làntern <b>House</b> ({code})");
        (await seller.Get($"/v1/sellers/{code}/name"))["seller"].ShouldBe($"seller/{code}");
    }

    [Fact]
    public async Task Is_found_by_its_words_by_buyers_and_by_staff()
    {
        var (code, _) = await Named("Copper Hill");
        var empty = market.Fresh("empty");
        await market.As(Party.Seller, empty).Put($"/v1/sellers/{empty}/name", new { name = "Copper Kettle" });
        await market.Shown();
        using var visitor = new Shopper(market);
        foreach (var q in (string[])["copper", "hil cop", "CÓPPER"])
            (await visitor.Browser.Open($"/shop?q={Uri.EscapeDataString(q)}")).Html
                .ShouldContain($"href=\"/shop?seller={code}\"", Case.Sensitive, q);
        (await visitor.Browser.Open("/shop?q=copper")).Html.ShouldNotContain(empty, Case.Sensitive, "nothing on offer");
        var found = await market.As(Party.Agent, "gil").Get("/v1/search?q=copper");
        found.Text.ShouldContain($"seller/{code}");
        found.Text.ShouldContain("the shop Copper Hill");
    }

    [Fact]
    public async Task Belongs_to_one_shop_and_is_free_again_once_that_is_called_otherwise()
    {
        var (ana, first) = await Named("Blue Door");
        var (ben, second) = await market.Seller();
        foreach (var name in (string[])["Blue Door", "blue-d00r", "Bluе Dооr"])
        {
            var taken = await second.Put($"/v1/sellers/{ben}/name", new { name });
            taken.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, name);
            taken["code"].ShouldBe("seller.name-taken");
        }
        (await first.Put($"/v1/sellers/{ana}/name", new { name = "BLUE DOOR" })).Status.ShouldBe(HttpStatusCode.OK);
        (await first.Put($"/v1/sellers/{ana}/name", new { name = "Green Door" })).Status.ShouldBe(HttpStatusCode.OK);
        (await second.Put($"/v1/sellers/{ben}/name", new { name = "Blue Door" })).Status.ShouldBe(HttpStatusCode.OK);
        (await second.Put($"/v1/sellers/{ana}/name", new { name = "Mine" })).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Goes_to_one_of_several_shops_that_want_it_in_one_moment()
    {
        List<(string Code, Someone Seller)> shops = [];
        while (shops.Count < 8) shops.Add(await market.Seller());
        var said = await Task.WhenAll(shops.Select(
            s => s.Seller.Put($"/v1/sellers/{s.Code}/name", new { name = "Harbour Light" })));
        said.Count(r => r.Status is HttpStatusCode.OK).ShouldBe(1);
        said.Count(r => r.Status is not HttpStatusCode.OK && r["code"] == "seller.name-taken").ShouldBe(7);
    }

    [Fact]
    public async Task Is_no_code_of_a_shop_that_has_no_name()
    {
        var (nameless, _) = await market.Seller();
        var (ben, seller) = await market.Seller();
        await market.Shown();
        var name = nameless.Replace('-', ' ').ToUpperInvariant();
        var taken = await seller.Put($"/v1/sellers/{ben}/name", new { name });
        taken["code"].ShouldBe("seller.name-taken");
    }

    [Fact]
    public async Task Is_kept_when_the_platform_starts_again()
    {
        var (code, _) = await Named("Old Bridge");
        await market.Restart();
        using var visitor = new Shopper(market);
        (await visitor.Browser.Open($"/shop/{code}/mug")).Text.ShouldContain("Old Bridge");
    }

    [Fact]
    public async Task Comes_with_opening_a_shop_and_is_asked_again_where_it_is_taken()
    {
        await Named("Fig & Sail");
        using var bea = await market.App.Person(market.Mail, $"{market.Fresh("bea")}@example.org", shop: "Loom House");
        var shop = await bea.CodeOfShop();
        (await market.Stranger().Get($"/v1/sellers/{shop}/name"))["name"].ShouldBe("Loom House");
        var refused = await bea.Does("/me", "/me/shop", ("shop", "FIG & SAIL"));
        refused.Text.ShouldContain("Another shop is called");
        (await bea.Does("/me", "/me/shop", ("shop", "Second Loom"))).Location.ShouldBe("/");
        (await bea.Open("/me")).Text.ShouldContain("Second Loom");
    }

    [Fact]
    public async Task Is_looked_at_by_support_and_changed_by_those_who_run_the_shop()
    {
        var (code, _) = await Named("Paper Oak");
        using var ana = await market.App.Person(market.Mail, $"{market.Fresh("ana")}@example.org");
        var accounts = market.App.Services.GetRequiredService<Accounts>();
        var me = Regex.Match((await ana.Open("/me/data")).Html, "\"id\": ?\"([a-z0-9]+)\"").Groups[1].Value;
        accounts.Give(me, new(Party.Seller, code, Right.Support));
        await ana.Does("/me", "/me/hat", ("hat", $"seller/{code}"));
        var page = await ana.Open("/shop-name");
        (page.Status, page.Count("name=\"name\"")).ShouldBe((HttpStatusCode.OK, 0));
        page.Text.ShouldContain("Paper Oak");
        (await ana.Forces("/shop-name", ("name", "Other"))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}
