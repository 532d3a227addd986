using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
using SkiaSharp;
using Xunit;
namespace Recourse.Tests;

/// <summary>Pictures, descriptions and specifications: kept by sellers, seen by everybody.</summary>
[Trait("Capability", "INV-6")]
public sealed class PicturesOfListings(Market market) : IClassFixture<Market>
{
    static byte[] Photo(int width = 1_600, int height = 900, SKEncodedImageFormat format = SKEncodedImageFormat.Png)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(SKColors.Teal);
        using var data = bitmap.Encode(format, 80);
        return data.ToArray();
    }

    static Task<Reply> Adds(Someone seller, string of, byte[] file, string alt = "A mug", string? key = null) =>
        seller.Send(HttpMethod.Post, $"/v1/listings/{of}/mug/pictures?alt={Uri.EscapeDataString(alt)}",
            Body(file), key ?? $"{Guid.NewGuid():n}");

    static ByteArrayContent Body(byte[] file)
    {
        var body = new ByteArrayContent(file);
        body.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        return body;
    }

    static JsonArray Pictures(Reply reply) => reply.Json["offer"]!["pictures"]!.AsArray();

    async Task<PageReply> Look(string path)
    {
        using var nobody = Browser.At(market.App);
        return await nobody.Open(path);
    }

    [Fact]
    public async Task Are_drawn_anew_in_two_sizes_and_shown_to_everybody_from_here_alone()
    {
        var (ana, seller) = await market.Seller();
        var before = (await seller.Get($"/v1/listings/{ana}/mug")).Json["quality"]!["score"]!.GetValue<int>();
        var added = await Adds(seller, ana, Photo());
        added.Status.ShouldBe(HttpStatusCode.OK, added.Text);
        var picture = Pictures(added).Single()!;
        (picture["width"]!.GetValue<int>(), picture["height"]!.GetValue<int>()).ShouldBe((960, 540));
        added.Json["quality"]!["score"]!.GetValue<int>().ShouldBe(before + 15);          // a second one is missed

        var page = await Look($"/shop/{ana}/mug");
        page.Html.ShouldContain($"src=\"{picture["href"]}\"");
        page.Html.ShouldContain("alt=\"A mug\"");
        foreach (var (href, longest) in ((string, int)[])[($"{picture["href"]}", 960), ($"{picture["small"]}", 320)])
        {
            using var http = new HttpClient { BaseAddress = new(market.App.Urls.First()) };
            using var shown = await http.GetAsync(href, TestContext.Current.CancellationToken);
            shown.StatusCode.ShouldBe(HttpStatusCode.OK);
            shown.Content.Headers.ContentType!.MediaType.ShouldBe("image/webp");
            shown.Headers.CacheControl!.ToString().ShouldContain("immutable");
            shown.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            shown.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("sandbox");
            using var drawn = SKBitmap.Decode(await shown.Content.ReadAsByteArrayAsync(
                TestContext.Current.CancellationToken));
            Math.Max(drawn.Width, drawn.Height).ShouldBe(longest);
        }
        (await Look("/pictures/..%2Fjournal.db")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Look($"/pictures/{new string('a', 40)}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_no_picture_is_not_kept_and_words_for_it_are_needed()
    {
        var (ana, seller) = await market.Seller();
        (await Adds(seller, ana, "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8.ToArray()))
            .Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await Adds(seller, ana, Photo()[..200])).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await Adds(seller, ana, Photo(8, 8))).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        var silent = await Adds(seller, ana, Photo(), alt: " ");
        silent.Code.ShouldBe("listing.bad-alt");
        silent["field"].ShouldBe("alt");
        (await Adds(market.As(Party.Seller, market.Fresh("eve")), ana, Photo())).Status
            .ShouldBe(HttpStatusCode.NotFound);
        Pictures(await seller.Get($"/v1/listings/{ana}/mug")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Stay_as_they_are_until_they_are_named_in_another_order_or_dropped()
    {
        var (ana, seller) = await market.Seller();
        await Adds(seller, ana, Photo(), key: "first");
        await Adds(seller, ana, Photo(), key: "first");
        var added = await Adds(seller, ana, Photo(300, 300), "From above");
        var names = Pictures(added).Select(p => $"{p!["name"]}").ToArray();
        names.Length.ShouldBe(2);
        var offer = (JsonObject)added.Json["offer"]!.DeepClone();
        offer.Remove("pictures");
        offer["description"] = "A mug.\nNo more.";
        offer["specs"] = new JsonArray(new JsonObject { ["name"] = "material", ["value"] = "Clay" });
        var told = await seller.Send(HttpMethod.Put, $"/v1/listings/{ana}/mug", JsonContentOf(offer), "told");
        Pictures(told).Count.ShouldBe(2);
        var page = await Look($"/shop/{ana}/mug");
        page.Text.ShouldContain("No more.");
        page.Text.ShouldContain("Material");

        offer["pictures"] = new JsonArray(
            new JsonObject { ["name"] = names[1], ["alt"] = "Above" },
            new JsonObject { ["name"] = names[0], ["alt"] = "Front" });
        var turned = await seller.Send(HttpMethod.Put, $"/v1/listings/{ana}/mug", JsonContentOf(offer), "turned");
        Pictures(turned).Select(p => $"{p!["name"]} {p["alt"]} {p["width"]}")
            .ShouldBe([$"{names[1]} Above 300", $"{names[0]} Front 960"]);
        offer["pictures"] = new JsonArray(new JsonObject { ["name"] = new string('e', 40), ["alt"] = "None" });
        (await seller.Send(HttpMethod.Put, $"/v1/listings/{ana}/mug", JsonContentOf(offer), "none")).Code
            .ShouldBe("listing.no-such-picture");
        var dropped = await seller.Post($"/v1/listings/{ana}/mug/pictures/{names[0]}/drop", null);
        Pictures(dropped).Single()!["name"]!.GetValue<string>().ShouldBe(names[1]);
    }

    static HttpContent JsonContentOf(JsonNode body) =>
        new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json"));

    [Fact]
    public async Task Are_added_and_dropped_on_the_listings_own_page()
    {
        var (ana, _) = await market.Seller();
        await market.Shown();
        using var browser = Browser.At(market.App);
        await browser.SignIn(market.App.Services.GetRequiredService<AccessKeys>().Create(Party.Seller, ana));
        var page = await browser.Open("/listings/mug");
        var none = await Send(page, [], "A mug");
        none.Text.ShouldContain("This is no JPEG");
        var added = await Send(page, Photo(), "A mug in a hand");
        added.Location.ShouldBe("/listings/mug?done=picture-added");
        var after = await browser.Follow(added);
        after.Html.ShouldContain("alt=\"A mug in a hand\"");
        var drop = after.Html[after.Html.IndexOf("/listings/mug/pictures/", StringComparison.Ordinal)..];
        var action = drop[..drop.IndexOf('"', StringComparison.Ordinal)];
        var gone = await browser.Send(after, action);
        gone.Location.ShouldBe("/listings/mug?done=picture-dropped");
        (await browser.Follow(gone)).Html.ShouldNotContain("A mug in a hand");

        async Task<PageReply> Send(PageReply form, byte[] file, string alt)
        {
            using var body = new MultipartFormDataContent();
            foreach (var field in (string[])[FormWrite.TokenField, FormWrite.KeyField])
                body.Add(new StringContent(form.Field("/listings/mug/pictures", field)), field);
            body.Add(new StringContent(alt), "alt");
            body.Add(new ByteArrayContent(file), "picture", "mug.png");
            return await browser.Send("/listings/mug/pictures", body);
        }
    }

    [Fact]
    public async Task That_nobody_shows_any_more_leave_the_folder_after_their_time()
    {
        var (ana, seller) = await market.Seller();
        var kept = $"{Pictures(await Adds(seller, ana, Photo(800, 600)))[0]!["name"]}";
        var dropped = $"{Pictures(await Adds(seller, ana, Photo(700, 600)))[1]!["name"]}";
        var sweep = market.App.Services.GetRequiredService<PictureSweep>();
        (await seller.Post($"/v1/listings/{ana}/mug/pictures/{dropped}/drop")).Status.ShouldBe(HttpStatusCode.OK);
        await sweep.Once(TestContext.Current.CancellationToken);
        (await Status(dropped)).ShouldBe(HttpStatusCode.OK);

        market.Clock.Pass(Duration.FromDays(91));
        await Market.Until(async () =>
        {
            await sweep.Once(TestContext.Current.CancellationToken);
            return await Status(dropped) is HttpStatusCode.NotFound;
        }, "it goes");
        (await Status(kept)).ShouldBe(HttpStatusCode.OK);
        // Who puts it back sends it again.
        Pictures(await Adds(seller, ana, Photo(700, 600)))[1]!["name"]!.ToString().ShouldBe(dropped);
        (await Status(dropped)).ShouldBe(HttpStatusCode.OK);

        async Task<HttpStatusCode> Status(string name)
        {
            using var http = new HttpClient { BaseAddress = new(market.App.Urls.First()) };
            using var shown = await http.GetAsync($"/pictures/{name}", TestContext.Current.CancellationToken);
            return shown.StatusCode;
        }
    }
}
