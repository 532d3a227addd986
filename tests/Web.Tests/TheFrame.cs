using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>What is round every page: all pages, keys, problems, weight.</summary>
public sealed class TheFrame(Market market) : IClassFixture<Market>
{
    async Task<Browser> As(Party role, string of)
    {
        var browser = Browser.At(market.App);
        await browser.SignIn(market.App.Services.GetRequiredService<AccessKeys>().Create(role, of));
        return browser;
    }

    [Fact]
    public async Task Lists_for_each_role_the_pages_that_let_it_in_and_none_that_does_not()
    {
        var (ana, _) = await market.Seller();
        (Party Role, string Of)[] people =
        [
            (Party.Buyer, market.Fresh("bea")), (Party.Seller, ana), (Party.Warehouse, ana), (Party.Agent, "gil"),
            (Party.Operator, "opal"),
        ];
        foreach (var (role, of) in people)
        {
            using var browser = await As(role, of);
            var all = await browser.Open("/go");
            var doors = Regex.Matches(all.Html[all.Html.IndexOf("class=\"doors\"", StringComparison.Ordinal)..],
                "<li><a href=\"([^\"]+)\"").Select(m => m.Groups[1].Value).ToList();
            doors.ShouldContain("/orders");
            doors.ShouldBeUnique($"{role}");
            foreach (var door in doors) (await browser.Open(door)).Status.ShouldBe(HttpStatusCode.OK, $"{role} {door}");
            (await browser.Open("/shortcuts")).Text.ShouldContain("Ctrl K");
        }
    }

    [Fact]
    public async Task Tells_who_is_lost_where_they_can_go()
    {
        using var bea = await As(Party.Buyer, market.Fresh("bea"));
        var lost = await bea.Open("/nowhere");
        lost.Status.ShouldBe(HttpStatusCode.NotFound);
        (lost.Count("<h1"), lost.Count("href=\"/go\"")).ShouldBe((1, 2));
        lost.Html.ShouldContain("href=\"/orders\"", Case.Sensitive, "they are still signed in");

        var any = await bea.Open("/");
        var refused = await bea.Send("/orders/ana/x/dispatch",
            (FormWrite.TokenField, any.Field("/sign-out", FormWrite.TokenField)),
            (FormWrite.KeyField, FormWrite.NewKey()), ("carrier", "dhl"), ("number", "TRACK000001"));
        refused.Status.ShouldBe(HttpStatusCode.Forbidden);
        refused.Html.ShouldContain("href=\"/sign-in\"");
        refused.Html.ShouldContain("href=\"/orders\"");
    }

    [Fact]
    public async Task Says_so_when_a_browser_keeps_no_cookies()
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new(market.App.Urls.First()),
        };
        using var browser = new Browser(http);
        var reply = await browser.SignIn("rk_something");
        reply.Status.ShouldBe(HttpStatusCode.BadRequest);
        reply.Text.ShouldContain("keeps no cookies");
        reply.Html.ShouldNotContain("rk_something");
    }

    [Theory, InlineData("br"), InlineData("gzip")]
    public async Task Sends_pages_compressed_and_no_secret_twice_the_same(string encoding)
    {
        using var agent = await As(Party.Agent, "gil");
        agent.Encoding = encoding;
        var (first, second) = (await agent.Open("/orders"), await agent.Open("/orders"));
        first.Message.Content.Headers.ContentEncoding.ShouldBe([encoding]);
        first.Message.Headers.Vary.ShouldContain("Accept-Encoding");
        first.Html.ShouldContain("<html");
        first.Field("/sign-out", FormWrite.TokenField).ShouldNotBe(second.Field("/sign-out", FormWrite.TokenField));
        first.Field("/sign-out", FormWrite.KeyField).ShouldNotBe(second.Field("/sign-out", FormWrite.KeyField));
    }

    [Fact]
    public async Task Weighs_less_than_130_kilobytes_when_it_is_opened_for_the_first_time()
    {
        var (ana, _) = await market.Seller();
        var (_, order) = await market.Bought(ana);
        using var agent = await As(Party.Agent, "gil");
        agent.Encoding = "br";
        foreach (var path in (string[])["/", "/orders", order["/v1".Length..], "/go"])
        {
            var page = await agent.Open(path);
            var assets = Regex.Matches(page.Html, "\"(/assets/[^\"#]+)").Select(m => m.Groups[1].Value).Distinct()
                .Where(a => !a.EndsWith("palette.js", StringComparison.Ordinal)).ToList();
            assets.Count.ShouldBeInRange(4, 7, path);
            var weight = page.Bytes;
            foreach (var asset in assets)
            {
                var reply = await agent.Open(asset);
                reply.Message.Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromDays(365), asset);
                (asset.EndsWith("woff2", StringComparison.Ordinal)
                    || reply.Message.Content.Headers.ContentEncoding.Contains("br")).ShouldBeTrue(asset);
                weight += reply.Bytes;
            }
            weight.ShouldBeLessThan(130_000, path);
        }
    }
}
