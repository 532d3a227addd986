using System.Net;
using System.Text;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>Alerts, sold-out listings, imports taken back and counts of other systems, by page and by API.</summary>
public sealed class RunningOutOfStock(Market market) : IClassFixture<Market>
{
    static Task<Reply> Import(Someone who, string csv, string query = "") => who.Send(
        HttpMethod.Post, $"/v1/stock/import{query}", new StringContent(csv, Encoding.UTF8, "text/csv"),
        $"{Guid.NewGuid():n}");

    static Task Count(Someone seller, string code, int units) => seller.Post(
        $"/v1/stock/{code}/red/corrections", new { location = "main", units, reason = "counted" });

    Task Until(string code, string state) => Market.Until(
        async () => (await market.Stranger().Get($"/v1/listings/{code}/mug"))["state"] == state, state);

    [Fact, Trait("Capability", "INV-2")]
    public async Task Its_seller_is_alerted_once_at_the_number_that_they_chose()
    {
        var (code, seller) = await market.Seller();
        (await seller.Put($"/v1/stock/{code}/red/alert", new { units = 7 })).Json["alertAt"]!.GetValue<int>()
            .ShouldBe(7);
        await Count(seller, code, 8);
        await Count(seller, code, 6);
        await Count(seller, code, 5);
        await Market.Until(async () => (await seller.Get("/v1/inbox")).Text.Contains("stock-low"), "alert");
        var notices = (await seller.Get("/v1/inbox")).Json["items"]!.AsArray()
            .Where(i => i!["code"]!.ToString() == "stock-low").ToList();
        notices.Count.ShouldBe(1);
        (notices[0]!["title"]!.ToString(), notices[0]!["href"]!.ToString())
            .ShouldBe(("6 left of red", "/stock/items/red"));
        (await seller.Put($"/v1/stock/{code}/red/alert", new { units = -1 })).Status
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await seller.Put($"/v1/stock/{code}/red/alert", new { })).Json["alertIsOwn"]!.GetValue<bool>().ShouldBeFalse();

        using var ana = await market.Browse(Party.Seller, code);
        const string Alert = "/stock/items/red/alert";
        (await ana.Send(await ana.Open("/stock/items/red"), Alert, ("alert", "set"), ("units", "4"))).Location
            .ShouldBe("/stock/items/red?done=alert");
        var page = await ana.Open("/stock/items/red");
        page.Html.ShouldContain("value=\"4\"");
        (await ana.Send(page, Alert, ("alert", "set"), ("units", "few"))).Text.ShouldContain("is no whole number");
    }

    [Fact, Trait("Capability", "INV-2")]
    public async Task What_is_sold_out_leaves_the_window_by_itself_and_comes_back_with_stock()
    {
        var (code, seller) = await market.Seller();
        await Count(seller, code, 0);
        await Until(code, "soldOut");
        await market.Shown();
        (await market.Stranger().Get($"/v1/listings?seller={code}")).Json["items"]!.AsArray().ShouldBeEmpty();
        using var ana = await market.Browse(Party.Seller, code);
        (await ana.Open("/listings?state=soldOut")).Text.ShouldContain("Mug");
        (await ana.Open("/listings?state=paused")).Text.ShouldContain("No listing is so.");
        await Market.Until(async () => (await seller.Get("/v1/inbox")).Text.Contains("listing-sold-out"), "notice");
        // Whoever kept it in their basket hears how many there are.
        var late = market.As(Party.Buyer, market.Fresh("bea"));
        (await late.Post("/v1/checkouts", Market.Basket(sellers: code))).Code.ShouldBe("stock.not-enough");

        await seller.Post($"/v1/stock/{code}/red/receipts", new { location = "main", units = 3 });
        await Until(code, "offered");
        await market.Shown();
        (await market.Stranger().Get($"/v1/listings?seller={code}")).Json["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact, Trait("Capability", "INV-2")]
    public async Task What_its_seller_paused_does_not_come_back_by_itself()
    {
        var (code, seller) = await market.Seller();
        await Count(seller, code, 0);
        await Until(code, "soldOut");
        (await seller.Post($"/v1/listings/{code}/mug/pause"))["state"].ShouldBe("paused");
        await Count(seller, code, 5);
        var history = $"/v1/history?of=listing/{code}/mug";
        await Market.Until(async () =>
            (await market.As(Party.Operator, "olga").Get(history)).Text.Contains("listing.came-back"), "stock");
        (await seller.Get($"/v1/listings/{code}/mug"))["state"].ShouldBe("paused");
        (await seller.Post($"/v1/listings/{code}/mug/resume"))["state"].ShouldBe("offered");
    }

    [Fact, Trait("Capability", "INV-2")]
    public async Task A_count_needs_a_reason_of_the_rulebook()
    {
        var (code, seller) = await market.Seller();
        var path = $"/v1/stock/{code}/red/corrections";
        var no = await seller.Post(path, new { location = "main", units = 9, reason = "because" });
        (no.Status, no.Code).ShouldBe((HttpStatusCode.UnprocessableEntity, "stock.no-such-reason"));
        (await seller.Post(path, new { location = "main", units = 9, reason = "damaged", note = "fell down" })).Status
            .ShouldBe(HttpStatusCode.OK);
        using var ana = await market.Browse(Party.Seller, code);
        var page = await ana.Open("/stock/items/red");
        page.Text.ShouldContain("found 9 instead of 10: damaged.");
        page.Html.ShouldContain("<option value=\"own-use\"");
        // A file may say more than a code.
        await Import(seller, "sku,location,units,reason\nred,main,8,the cat\n");
        (await ana.Open("/stock/items/red")).Text.ShouldContain("found 8 instead of 9: counted. the cat");
    }

    [Fact, Trait("Capability", "INV-2")]
    public async Task An_import_is_taken_back_where_nothing_has_moved_since()
    {
        var (code, seller) = await market.Seller();
        await seller.Post($"/v1/stock/{code}/red/receipts", new { location = "attic", units = 4 });
        var done = await Import(seller, "sku,location,units\nred,main,70\nred,attic,40\n");
        var undo = done["undo"]!;
        await seller.Post($"/v1/stock/{code}/red/receipts", new { location = "attic", units = 1 });
        var back = await Import(seller, undo);
        (back.Json["changed"]!.GetValue<int>(), back.Json["findings"]![0]!["code"]!.ToString())
            .ShouldBe((1, "stockfile.moved-since"));
        var stock = (await seller.Get($"/v1/stock/{code}/red")).Json["onHand"]!.AsArray()
            .Select(s => $"{s!["location"]} {s["units"]}");
        stock.ShouldBe(["attic 41", "main 10"]);
        (await Import(seller, undo)).Json["refused"]!.GetValue<int>().ShouldBe(1);

        var arrived = await Import(seller, "sku,location,units\nred,main,5\n", "?mode=arrival");
        (await Import(seller, arrived["undo"]!)).Json["changed"]!.GetValue<int>().ShouldBe(1);
        (await seller.Get($"/v1/stock/{code}/red")).Json["onHand"]![1]!["units"]!.GetValue<int>().ShouldBe(10);
    }

    [Fact, Trait("Capability", "INV-2")]
    public async Task Another_systems_counts_are_explained_by_orders_under_way_and_the_rest_is_adopted_in_one_step()
    {
        var (code, seller) = await market.Seller();
        var (_, order) = await market.Bought(code, 4);
        var same = await Import(seller, "sku,location,units\nred,main,6\n", "?mode=drift&dryRun=true");
        (same.Json["changed"]!.GetValue<int>(), same.Json["explained"]!.AsArray().Count).ShouldBe((0, 1));
        var line = same.Json["explained"]![0]!["drift"]!;
        (line["explained"]!.GetValue<int>(), line["orders"]![0]!.ToString())
            .ShouldBe((4, order["/v1/".Length..].Replace("orders/", "order/")));

        var off = await Import(seller, "sku,location,units\nred,main,3\n", "?mode=drift&dryRun=true");
        var change = off.Json["changes"]![0]!;
        (change["was"]!.GetValue<int>(), change["will"]!.GetValue<int>()).ShouldBe((10, 7));
        var adopted = await Import(seller, "sku,location,units\nred,main,3\n", "?mode=drift");
        adopted.Json["changed"]!.GetValue<int>().ShouldBe(1);
        (await seller.Get($"/v1/stock/{code}/red")).Json["available"]!.GetValue<int>().ShouldBe(3);
        (await Import(seller, "sku,location,units\nred,main,3\n", "?mode=drift")).Json["changed"]!.GetValue<int>()
            .ShouldBe(0);
        (await Import(seller, adopted["undo"]!)).Json["changed"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact, Trait("Capability", "INV-2")]
    public async Task Both_are_done_on_the_page()
    {
        var (code, seller) = await market.Seller();
        await market.Bought(code, 4);
        await market.Shown();
        using var ana = await market.Browse(Party.Seller, code);
        var form = await ana.Open("/stock/import");
        form.Text.ShouldContain("What my own system has");
        var shown = await Upload(ana, form, "drift", "sku,location,units\nred,main,3\n");
        foreach (var text in (string[])["Where your system differs", "4 for orders under way", "One change is ready"])
            shown.Text.ShouldContain(text);
        var done = await Apply(ana, shown);
        done.Text.ShouldContain("Take it back");
        (await seller.Get($"/v1/stock/{code}/red")).Json["available"]!.GetValue<int>().ShouldBe(3);
        (await Apply(ana, done)).Text.ShouldContain("One change is made.");
        (await seller.Get($"/v1/stock/{code}/red")).Json["available"]!.GetValue<int>().ShouldBe(6);
    }

    static async Task<PageReply> Upload(Browser who, PageReply form, string mode, string text)
    {
        using var body = new MultipartFormDataContent();
        foreach (var field in (string[])[FormWrite.TokenField, FormWrite.KeyField])
            body.Add(new StringContent(form.Field("/stock/import", field)), field);
        body.Add(new StringContent(mode), "mode");
        body.Add(new StringContent(text, Encoding.UTF8, "text/csv"), "file", "mine.csv");
        return await who.Send("/stock/import", body);
    }

    static async Task<PageReply> Apply(Browser who, PageReply page)
    {
        using var body = new MultipartFormDataContent();
        foreach (var field in (string[])[FormWrite.TokenField, FormWrite.KeyField, "content", "name", "mode"])
            body.Add(new StringContent(page.Field("/stock/import/apply", field)), field);
        return await who.Send("/stock/import/apply", body);
    }
}
