using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>Pages over HTTP, as a browser without script meets them.</summary>
public sealed class TheConsole(Market market) : IClassFixture<Market>
{
    string Key(Party role, string of, Scopes scopes = Scopes.All) =>
        market.App.Services.GetRequiredService<AccessKeys>().Create(role, of, scopes);

    async Task<Browser> As(Party role, string of, Scopes scopes = Scopes.All)
    {
        var browser = Browser.At(market.App);
        var reply = await browser.SignIn(Key(role, of, scopes));
        (reply.Status, reply.Location).ShouldBe((HttpStatusCode.Redirect, "/"));
        return browser;
    }

    Browser Stranger() => Browser.At(market.App);

    static string PageOf(string order) => order["/v1".Length..];

    [Fact]
    public async Task Has_pages_that_are_whole_documents_for_everybody_who_has_pages()
    {
        var (ana, seller) = await market.Seller();
        var name = market.Fresh("bea");
        var (_, order) = await market.Bought(ana, buyer: name);
        var (bea, other) = await market.Bought(ana, buyer: name);
        await bea.Post($"{other}/cancellation", new { reason = "cancel.changed-mind" });
        (Party Role, string Of)[] people =
        [
            (Party.Buyer, name), (Party.Seller, ana), (Party.Warehouse, ana), (Party.Agent, "gil"),
            (Party.Operator, "opal"),
        ];
        foreach (var (role, of) in people)
        {
            using var browser = await As(role, of);
            foreach (var path in (string[])
                [
                    "/", "/orders", "/orders?state=funded", PageOf(order), PageOf(other), "/design", "/sign-in", "/go",
                    "/shortcuts",
                ])
                IsWhole(await browser.Open(path), $"{role} {path}");
        }
        using var stranger = Stranger();
        IsWhole(await stranger.Open("/sign-in"), "sign-in");
        IsWhole(await stranger.Open("/design"), "design");
    }

    internal static void IsWhole(PageReply page, string what)
    {
        page.Status.ShouldBe(HttpStatusCode.OK, what);
        page.Html.ShouldStartWith("<!DOCTYPE html>", Case.Sensitive, what);
        (page.Count("<h1"), page.Count("<main"), page.Count("class=\"skip\"")).ShouldBe((1, 1, 1), what);
        page.Count(" style=|<style|<script(?! type=\"module\" src=)| on[a-z]+=").ShouldBe(0, what);
        page.Text.ShouldNotContain("console.", Case.Sensitive, $"{what}: a text is missing");
        var policy = page.Message.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'self'");
        policy.ShouldNotContain("unsafe");
        page.Message.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        page.Message.Headers.CacheControl!.NoStore.ShouldBeTrue(what);
    }

    [Fact]
    public async Task Shows_nobody_what_is_not_theirs()
    {
        var (ana, _) = await market.Seller();
        var (_, order) = await market.Bought(ana);
        var page = PageOf(order);
        foreach (var role in (Party[])[Party.Buyer, Party.Seller, Party.Warehouse])
        {
            using var other = await As(role, market.Fresh("other"));
            var reply = await other.Open(page);
            reply.Status.ShouldBe(HttpStatusCode.NotFound, $"{role}");
            reply.Html.ShouldNotContain("Muster");
            (await other.Open("/orders")).Html.ShouldNotContain(order.Split('/')[^1]);
        }
        using var stranger = Stranger();
        var gone = await stranger.Open(page);
        (gone.Status, gone.Location).ShouldBe(
            (HttpStatusCode.Redirect, $"/sign-in?then={Uri.EscapeDataString(page)}"));
    }

    [Fact]
    public async Task Lets_each_role_do_only_what_the_API_lets_it()
    {
        var (ana, _) = await market.Seller();
        var name = market.Fresh("bea");
        var (_, order) = await market.Bought(ana, buyer: name);
        var page = PageOf(order);
        (Party Role, string Of, string Path)[] refused =
        [
            (Party.Buyer, name, "dispatch"), (Party.Seller, ana, "receipt"), (Party.Agent, "gil", "dispatch"),
            (Party.Agent, "gil", "receipt"), (Party.Warehouse, ana, "cancellation"),
            (Party.Operator, "opal", "receipt"),
        ];
        foreach (var (role, of, path) in refused)
        {
            using var browser = await As(role, of);
            var any = await browser.Open("/");
            var reply = await browser.Send($"{page}/{path}",
                (FormWrite.TokenField, any.Field("/sign-out", FormWrite.TokenField)),
                (FormWrite.KeyField, FormWrite.NewKey()), ("reason", "cancel.changed-mind"), ("carrier", "dhl"),
                ("number", "TRACK000777"));
            reply.Status.ShouldBe(HttpStatusCode.Forbidden, $"{role} {path}");
        }
        using var packer = await As(Party.Warehouse, ana);
        var packed = await packer.Open(page);
        packed.Html.ShouldNotContain("EUR", Case.Sensitive);
        using var reader = await As(Party.Buyer, name, Scopes.Read);
        var seen = await reader.Open(page);
        (await reader.Send(seen, $"{page}/cancellation", ("reason", "cancel.changed-mind"))).Status
            .ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Keeps_browsers_out_of_the_API_and_keys_out_of_pages()
    {
        using var browser = await As(Party.Agent, "gil");
        (await browser.Open("/v1/orders")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await market.As(Party.Agent, "gil").Get("/orders")).Status.ShouldBe(HttpStatusCode.Redirect);
        using var program = Stranger();
        var refused = await program.SignIn(Key(Party.Carrier, "dhl"));
        (refused.Status, refused.Count("aria-invalid")).ShouldBe((HttpStatusCode.UnprocessableEntity, 1));
        (await program.SignIn("rk_nonsense")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Ends_a_session_with_its_key_and_when_somebody_signs_out()
    {
        var keys = market.App.Services.GetRequiredService<AccessKeys>();
        var key = Key(Party.Agent, "gil");
        using var revoked = Stranger();
        await revoked.SignIn(key);
        (await revoked.Open("/orders")).Status.ShouldBe(HttpStatusCode.OK);
        keys.Revoke(AccessKeys.IdOf(key));
        (await revoked.Open("/orders")).Location.ShouldBe("/sign-in?then=%2Forders");

        using var leaving = await As(Party.Agent, "gil");
        (await leaving.Send(await leaving.Open("/"), "/sign-out")).Location.ShouldBe("/sign-in");
        (await leaving.Open("/orders")).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory, InlineData("//evil.example"), InlineData("/\\evil.example"), InlineData("https://evil.example")]
    public async Task Leads_nobody_elsewhere_after_signing_in(string then)
    {
        using var browser = Stranger();
        (await browser.SignIn(Key(Party.Agent, "gil"), then)).Location.ShouldBe("/");
    }

    [Fact]
    public void Says_of_every_page_that_it_is_one() =>
        market.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText is "/" || e.RoutePattern.RawText!.StartsWith("/orders/"))
            .ShouldAllBe(e => e.Metadata.GetMetadata<Access>()!.IsPage && !e.Metadata.GetMetadata<Access>()!.IsOpen);
}
