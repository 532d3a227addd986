using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>Many listings at once out of a file: looked at first, done once, and taken back.</summary>
public sealed class ImportingListings(Market market) : IClassFixture<Market>
{
    const string Header = "code,title,category,sku,variant,price,currency,shipsfrom,shipsto,state\n";

    static Task<Reply> Import(Someone who, string csv, string query = "", string? key = null) => who.Send(
        HttpMethod.Post, $"/v1/listings/import{query}", new StringContent(csv, Encoding.UTF8, "text/csv"),
        key ?? $"{Guid.NewGuid():n}");

    static int Of(Reply reply, string what) => reply.Json[what]!.GetValue<int>();

    [Fact, Trait("Capability", "INV-2")]
    public async Task Good_lines_are_applied_bad_ones_told_and_nothing_recorded_before_it_was_seen()
    {
        var (name, seller) = await market.Seller();
        var file = Header + """
            lamp,Lamp,home,lamp-red,red,12.50,EUR,DE,DE:4.00 FR:6,
            lamp,,,lamp-blue,blue,12.90,EUR,,,
            mug,,,red,,13.00,EUR,,,
            vase,Vase,,vase,,abc,EUR,DE,DE:4,
            bowl,,,bowl,,3.00,EUR,,,
            tray,Tray,,tray,,3.00,XXX,DE,DE:1,
            =x,Jug,,jug,,3.00,EUR,DE,DE:1,
            plate,Plate,,plate,,3.00,EUR,DE,DE,
            """;
        var tried = await Import(seller, file, "?dryRun=true");
        tried.Status.ShouldBe(HttpStatusCode.OK, tried.Text);
        (Of(tried, "new"), Of(tried, "changed"), Of(tried, "refused")).ShouldBe((1, 1, 5));
        tried.Json["findings"]!.AsArray().Select(f => (f!["line"]!.GetValue<int>(), f["column"]!.ToString())).ShouldBe(
            [
                (5, "price"), (6, "title"), (6, "shipsfrom"), (6, "shipsto"), (7, "currency"), (8, "code"),
                (9, "shipsto"),
            ]);
        foreach (var f in tried.Json["findings"]!.AsArray())
            f!["text"]!.ToString().ShouldNotStartWith("listing");
        (await seller.Get($"/v1/listings/{name}/lamp")).Status.ShouldBe(HttpStatusCode.NotFound);

        var key = $"{Guid.NewGuid():n}";
        var done = await Import(seller, file, "", key);
        (Of(done, "new"), Of(done, "changed")).ShouldBe((1, 1));
        var again = await Import(seller, file, "", key);
        (Of(again, "new"), Of(again, "changed"), Of(again, "unchanged")).ShouldBe((0, 0, 2));
        var lamp = (await seller.Get($"/v1/listings/{name}/lamp")).Json["offer"]!;
        (lamp["variants"]!.AsArray().Count, lamp["shipsTo"]!.AsArray().Count, lamp["category"]!.ToString())
            .ShouldBe((2, 2, "home"));
        (await seller.Get($"/v1/listings/{name}/mug")).Json["offer"]!["title"]!.ToString().ShouldBe("Mug");
    }

    [Fact, Trait("Capability", "INV-2")]
    public async Task What_was_done_is_taken_back_unless_somebody_changed_it_since()
    {
        var (name, seller) = await market.Seller();
        var done = await Import(seller, Header + """
            mug,Cup,,red,,14.00,EUR,,,
            mug,,,blue,blue,14.00,EUR,,,
            lamp,Lamp,,lamp,,12.50,EUR,DE,DE:4.00,
            """);
        (Of(done, "new"), Of(done, "changed")).ShouldBe((1, 1));
        var back = await Import(seller, done["undo"]!);
        back.Json["findings"]!.AsArray().ShouldBeEmpty(back.Text);
        var mug = (await seller.Get($"/v1/listings/{name}/mug")).Json["offer"]!;
        (mug["title"]!.ToString(), mug["variants"]!.AsArray().Count,
            mug["variants"]![0]!["price"]!["minor"]!.GetValue<long>()).ShouldBe(("Mug", 1, 12_50L));
        (await seller.Get($"/v1/listings/{name}/lamp"))["state"].ShouldBe("paused");

        var other = await Import(seller, Header + "mug,,,red,,14.00,EUR,,,\n");
        await seller.Put($"/v1/listings/{name}/mug", Market.Mug(price: 15_00));
        var late = await Import(seller, other["undo"]!);
        late.Json["findings"]![0]!["code"]!.ToString().ShouldBe("listingfile.moved-since");
        (await seller.Get($"/v1/listings/{name}/mug")).Text.ShouldContain("1500");
    }

    [Fact, Trait("Capability", "INV-3")]
    public async Task A_slip_in_a_file_is_held_and_the_rest_of_it_is_not()
    {
        var (name, seller) = await market.Seller();
        var file = Header + "mug,,,red,,125.00,EUR,,,\nlamp,Lamp,,lamp,,12.50,EUR,DE,DE:4.00,\n";
        Of(await Import(seller, file, "?dryRun=true"), "held").ShouldBe(1);
        Of(await Import(seller, file), "held").ShouldBe(1);
        (await market.Stranger().Get($"/v1/listings/{name}/mug")).Text.ShouldContain("1250,");
        (await market.Stranger().Get($"/v1/listings/{name}/lamp"))["state"].ShouldBe("offered");
    }

    [Fact, Trait("Capability", "INV-2")]
    public async Task What_is_exported_changes_nothing_when_it_is_imported_and_nobody_gets_others()
    {
        var (name, seller) = await market.Seller();
        await Import(seller, Header + "lamp,\"Lamp; \"\"blue\"\"\",home,lamp,,12.50,EUR,DE,DE:4.00 FR:0,paused\n");
        await market.Shown();
        var csv = await seller.Get("/v1/listings/export.csv");
        csv.Text.ShouldContain("\"Lamp; \"\"blue\"\"\"");
        var tried = await Import(seller, csv.Text, "?dryRun=true");
        (Of(tried, "unchanged"), csv.Text.Split("\r\n").Length).ShouldBe((2, 4));
        (await market.As(Party.Seller, market.Fresh("eve")).Get("/v1/listings/export.csv")).Text
            .ShouldNotContain("Lamp");
        (await Import(seller, "code,title\nx,y\n")).Code.ShouldBe("stockfile.wrong-columns");
    }

    [Fact, Trait("Capability", "INV-2")]
    public async Task All_of_it_is_done_on_the_page()
    {
        var (name, seller) = await market.Seller();
        using var ana = await market.Browse(Party.Seller, name);
        var form = await ana.Open("/listings/import");
        using var file = new MultipartFormDataContent();
        foreach (var field in (string[])[FormWrite.TokenField, FormWrite.KeyField])
            file.Add(new StringContent(form.Field("/listings/import", field)), field);
        file.Add(new StringContent(
            Header + "mug,,,red,,13.00,EUR,,,\nvase,,,vase,,1.00,EUR,,,\n", Encoding.UTF8, "text/csv"),
            "file", "a.csv");
        var shown = await ana.Send("/listings/import", file);
        foreach (var text in (string[])["1 listing ready", "12.50 EUR → 13.00 EUR", "A title has 1 to 200"])
            shown.Text.ShouldContain(text);
        var done = await Apply(ana, shown);
        (await seller.Get($"/v1/listings/{name}/mug")).Text.ShouldContain("1300,");
        (await Apply(ana, done)).Text.ShouldContain("13.00 EUR → 12.50 EUR");
        (await seller.Get($"/v1/listings/{name}/mug")).Text.ShouldContain("1250,");
        (await ana.Open("/listings/template.csv")).Html.ShouldContain("code,title,category");
        (await ana.Open("/listings/export.csv")).Html.ShouldContain("mug,Mug,,red");
    }

    static async Task<PageReply> Apply(Browser who, PageReply page)
    {
        using var body = new MultipartFormDataContent();
        foreach (var field in (string[])[FormWrite.TokenField, FormWrite.KeyField, "content", "name"])
            body.Add(new StringContent(page.Field("/listings/import/apply", field)), field);
        return await who.Send("/listings/import/apply", body);
    }

    [Fact, Trait("Capability", "INV-5")]
    public async Task A_table_says_ways_measures_goods_and_more_and_taking_it_back_gives_all_of_it_back()
    {
        var (ana, seller) = await market.Seller();
        async Task<JsonNode> Offer() => (await seller.Get($"/v1/listings/{ana}/mug")).Json["offer"]!;
        var before = (await Offer()).ToJsonString();
        var done = await Import(seller, "code,sku,price,currency,shipsto,packed,goods,specs,description\n"
            + "mug,red,,EUR,DE:dhl-parcel:4.90:1-3 DE:post-parcel:3.50:2-5 FR:7,350 120x90x60,knives,"
            + "material=Clay | capacity=0.4 l,Two lines.\\nOf it.\n");
        done.Status.ShouldBe(HttpStatusCode.OK, done.Text);
        done.Json["changed"]!.GetValue<int>().ShouldBe(1, done.Text);
        var offer = await Offer();
        offer["shipsTo"]![0]!["options"]!.AsArray().Select(o => $"{o!["service"]} {o["toDays"]}")
            .ShouldBe(["dhl-parcel 3", "post-parcel 5"]);
        (offer["unit"]!["sides"]!["width"]!.GetValue<int>(), $"{offer["goods"]![0]}").ShouldBe((90, "knives"));
        offer["specs"]!.AsArray().Select(p => $"{p!["name"]}: {p["value"]}")
            .ShouldBe(["material: Clay", "capacity: 0.4 l"]);
        $"{offer["description"]}".ShouldBe("Two lines.\nOf it.");

        (await Import(seller, done["undo"]!)).Json["changed"]!.GetValue<int>().ShouldBe(1);
        (await Offer()).ToJsonString().ShouldBe(before);
        const string Odd = "code,sku,price,currency,packed,specs\nmug,red,,EUR,350 1x2,material\n";
        (await Import(seller, Odd)).Json["findings"]!.AsArray().Select(f => $"{f!["column"]}")
            .ShouldBe(["packed", "specs"], ignoreOrder: true);
    }
}
