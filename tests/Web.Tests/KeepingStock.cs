using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>Stock by hand and out of a file, by page and by API.</summary>
public sealed class KeepingStock(Market market) : IClassFixture<Market>
{
    /// <summary>Once the lists show all that was done.</summary>
    async Task<Browser> Seller(string of)
    {
        await market.Shown();
        var browser = Browser.At(market.App);
        await browser.SignIn(market.App.Services.GetRequiredService<AccessKeys>().Create(Party.Seller, of));
        return browser;
    }

    static Task<Reply> Import(Someone who, string csv, string query = "", string? key = null) => who.Send(
        HttpMethod.Post, $"/v1/stock/import{query}", new StringContent(csv, Encoding.UTF8, "text/csv"),
        key ?? $"{Guid.NewGuid():n}");

    static async Task<long> Red(Someone seller, string code, string what) =>
        (await seller.Get($"/v1/stock/{code}/red")).Json[what]!.GetValue<long>();

    [Fact]
    public async Task Receives_and_counts_by_hand()
    {
        var (name, seller) = await market.Seller();
        using var ana = await Seller(name);
        var list = await ana.Open("/stock");
        list.Text.ShouldContain("red");
        list.Text.ShouldContain("main 10");
        var page = await ana.Open("/stock/items/red");
        (await ana.Send(page, "/stock/items/red/receipts", ("location", "attic"), ("units", "5"))).Location
            .ShouldBe("/stock/items/red?done=received");
        var counted = await ana.Send(await ana.Open("/stock/items/red"), "/stock/items/red/corrections",
            ("location", "main"), ("units", "8"), ("reason", "damaged"), ("note", "two were broken"));
        counted.Location.ShouldBe("/stock/items/red?done=corrected");
        (await Red(seller, name, "available")).ShouldBe(13);
        var after = await ana.Open("/stock/items/red");
        after.Text.ShouldContain("A count at main found 8 instead of 10: damaged.");

        var wrong = await ana.Send(after, "/stock/items/red/corrections",
            ("location", "Main Hall"), ("units", "-1"), ("reason", ""));
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Text.ShouldContain("The location is not a code.");
        wrong.Text.ShouldContain("at least 0");
        wrong.Html.ShouldContain("value=\"Main Hall\"");
        (await ana.Send(after, "/stock/items/red/receipts", ("location", "main"), ("units", "a lot"))).Text
            .ShouldContain("is no whole number");
    }

    [Fact]
    public async Task Never_counts_below_what_is_promised_to_buyers()
    {
        var (name, seller) = await market.Seller();
        await market.Bought(name, 4);
        var reply = await Import(seller, "sku,location,units\nred,main,3\n");
        reply.Json["findings"]![0]!["code"]!.ToString().ShouldBe("stock.below-reserved");
        (await Import(seller, "sku,location,units\nred,main,4\n")).Json["changed"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Says_what_a_file_would_change_and_then_does_it_once()
    {
        var (name, seller) = await market.Seller();
        const string File = "location;sku;units\r\nmain;red;7\r\nattic;red;2\r\nmain;blue;1\r\n";
        var tried = await Import(seller, File, "?dryRun=true");
        tried.Status.ShouldBe(HttpStatusCode.OK, tried.Text);
        (tried.Json["changed"]!.GetValue<int>(), tried.Json["refused"]!.GetValue<int>()).ShouldBe((2, 1));
        tried.Json["findings"]![0]!["code"]!.ToString().ShouldBe("stockfile.unknown-sku");
        tried.Json["findings"]![0]!["line"]!.GetValue<int>().ShouldBe(4);
        (await Red(seller, name, "available")).ShouldBe(10);

        var key = $"{Guid.NewGuid():n}";
        (await Import(seller, File, "", key)).Json["changed"]!.GetValue<int>().ShouldBe(2);
        (await Red(seller, name, "available")).ShouldBe(9);
        var again = await Import(seller, File, "", key);
        (again.Json["changed"]!.GetValue<int>(), again.Json["unchanged"]!.GetValue<int>()).ShouldBe((0, 2));

        var arrival = $"{Guid.NewGuid():n}";
        for (var i = 0; i < 3; i++) await Import(seller, "sku,location,units\nred,main,5\n", "?mode=arrival", arrival);
        (await Red(seller, name, "received")).ShouldBe(15);
    }

    [Fact]
    public async Task Says_of_every_line_what_is_wrong_with_it()
    {
        var (_, seller) = await market.Seller();
        var reply = await Import(seller, """
            sku,location,units,reason
            red,main,12,counted
            red,main,13,again
            red,"main,1,open
            red,main
            Red One,main,1,
            red,Upper Floor,1,
            red,attic,-3,
            red,attic,1.5,
            red,attic,99999999999,
            =HYPERLINK("x"),attic,1,
            red,attic,=1+1,
            green,main,4,
            red,cellar,4,@cmd
            """, "?dryRun=true");
        reply.Status.ShouldBe(HttpStatusCode.OK, reply.Text);
        reply.Json["findings"]!.AsArray()
            .Select(f => (f!["line"]!.GetValue<int>(), f["code"]!.ToString()["stockfile.".Length..])).ShouldBe([
                (3, "twice"), (4, "quotes-unbalanced"), (5, "column-count"), (6, "bad-sku"), (7, "bad-location"),
                (8, "negative"), (9, "no-number"), (10, "too-many-units"), (11, "quotes-unbalanced"), (12, "formula"),
                (13, "unknown-sku"), (14, "formula"),
            ]);
        reply.Json["changed"]!.GetValue<int>().ShouldBe(1);
        foreach (var f in reply.Json["findings"]!.AsArray()) f!["text"]!.ToString().ShouldNotStartWith("stockfile.");
    }

    public static TheoryData<string, byte[], string> Unreadable => new()
    {
        { "nothing", [], "stockfile.empty" },
        { "a spreadsheet", [.. "PK\u0003\u0004rest"u8], "stockfile.not-csv" },
        { "UTF-16", [0xFF, 0xFE, 0x73, 0x00], "stockfile.not-text" },
        { "other columns", [.. "article,count\n1,2\n"u8], "stockfile.wrong-columns" },
        { "a column twice", [.. "sku,sku,location,units\n1,2,3,4\n"u8], "stockfile.wrong-columns" },
        { "a header alone", [.. "sku,location,units\n"u8], "stockfile.no-lines" },
        { "too many lines", Encoding.UTF8.GetBytes("sku,location,units\n" + string.Concat(
            Enumerable.Repeat("red,main,1\n", 10_001))), "stockfile.too-many-lines" },
    };

    [Theory, MemberData(nameof(Unreadable))]
    public async Task Refuses_as_a_whole_what_is_no_such_file(string what, byte[] bytes, string code)
    {
        var (_, seller) = await market.Seller();
        using var body = new ByteArrayContent(bytes);
        body.Headers.ContentType = new("text/csv");
        var reply = await seller.Send(HttpMethod.Post, "/v1/stock/import", body, $"{Guid.NewGuid():n}");
        (reply.Status, reply.Code).ShouldBe((HttpStatusCode.Conflict, code), what);
        (await Import(seller, new string('x', (4 << 20) + 100))).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await seller.Post("/v1/stock/import", new { })).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Marks_lines_that_are_not_UTF_8()
    {
        var (_, seller) = await market.Seller();
        using var body = new ByteArrayContent([.. "sku,location,units,reason\nred,main,9,gez"u8, 0xE4, .. "hlt\n"u8]);
        body.Headers.ContentType = new("text/csv");
        var reply = await seller.Send(HttpMethod.Post, "/v1/stock/import?dryRun=true", body, $"{Guid.NewGuid():n}");
        reply.Json["findings"]![0]!["code"]!.ToString().ShouldBe("stockfile.not-utf8");
    }

    [Fact]
    public async Task Imports_through_the_page_in_two_steps_and_once()
    {
        var (name, seller) = await market.Seller();
        using var ana = await Seller(name);
        var form = await ana.Open("/stock/import");
        var tried = await Upload(ana, form, "sku,location,units\nred,main,7\ngreen,main,1\n", "stock <b>.csv");
        tried.Status.ShouldBe(HttpStatusCode.OK);
        tried.Text.ShouldContain("One change is ready");
        tried.Text.ShouldContain("You have neither listed nor ever received green.");
        tried.Html.ShouldNotContain("<b>.csv");
        (await Red(seller, name, "available")).ShouldBe(10);
        for (var i = 0; i < 2; i++)
        {
            var done = await Apply(ana, tried);
            done.Status.ShouldBe(HttpStatusCode.OK, done.Text);
        }
        (await Red(seller, name, "available")).ShouldBe(7);
        (await seller.Get($"/v1/stock/{name}/red")).Json["corrected"]!.GetValue<long>().ShouldBe(-3);
    }

    [Fact]
    public async Task Answers_a_file_that_is_far_too_large_with_a_page()
    {
        var (name, _) = await market.Seller();
        using var ana = await Seller(name);
        var form = await ana.Open("/stock/import");
        var reply = await Upload(ana, form, new Endless(64L << 20), "huge.csv");
        reply.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        reply.Text.ShouldContain("The file is larger than 4 MB.");
        reply.Text.ShouldContain("Nothing was changed.");
        (await Upload(ana, form, "", "empty.csv")).Text.ShouldContain("The file is empty.");
        (await ana.Send(form, "/stock/import", ("mode", "count"))).Text.ShouldContain("No file was chosen.");
    }

    [Fact]
    public async Task Exports_what_can_be_imported_again()
    {
        var (name, seller) = await market.Seller();
        using var ana = await Seller(name);
        var csv = await ana.Open("/stock/export.csv");
        csv.Message.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        csv.Html.ShouldContain("red,main,10,0,10,Mug");
        (await Import(seller, csv.Html, "?dryRun=true")).Json["unchanged"]!.GetValue<int>().ShouldBe(1);
        (await ana.Open("/stock/template.csv")).Html.ShouldContain("sku,location,units,reason");
        (await seller.Get("/v1/stock")).Json["items"]![0]!["free"]!.GetValue<int>().ShouldBe(10);
        (await seller.Get("/v1/stock?sku=re")).Json["items"]!.AsArray().Count.ShouldBe(1);
        (await seller.Get("/v1/stock?sku=blue")).Json["items"]!.AsArray().Count.ShouldBe(0);
        using var eve = await Seller(market.Fresh("eve"));
        (await eve.Open("/stock/export.csv")).Html.ShouldNotContain("red");
        (await eve.Open("/stock/items/red")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    static Task<PageReply> Upload(Browser who, PageReply form, string text, string name) =>
        Upload(who, form, new MemoryStream(Encoding.UTF8.GetBytes(text)), name);

    static async Task<PageReply> Upload(Browser who, PageReply form, Stream file, string name)
    {
        using var body = new MultipartFormDataContent();
        foreach (var field in (string[])[FormWrite.TokenField, FormWrite.KeyField])
            body.Add(new StringContent(form.Field("/stock/import", field)), field);
        body.Add(new StringContent("count"), "mode");
        var content = new StreamContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        body.Add(content, "file", name);
        return await who.Send("/stock/import", body);
    }

    static async Task<PageReply> Apply(Browser who, PageReply page)
    {
        using var body = new MultipartFormDataContent();
        foreach (var field in (string[])[FormWrite.TokenField, FormWrite.KeyField, "content", "name", "mode"])
            body.Add(new StringContent(page.Field("/stock/import/apply", field)), field);
        return await who.Send("/stock/import/apply", body);
    }

    /// <summary>So many bytes that nobody ever holds at once.</summary>
    sealed class Endless(long length) : MemoryStream
    {
        long _left = length;

        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var n = (int)Math.Min(_left, buffer.Length);
            buffer.Span[..n].Fill((byte)'x');
            _left -= n;
            return new(n);
        }
    }
}
