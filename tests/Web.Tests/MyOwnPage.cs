using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Runtime;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>How somebody reads, and what becomes of their data.</summary>
public sealed class MyOwnPage(Market market) : IClassFixture<Market>
{
    string Address(string name = "bea") => $"{market.Fresh(name)}@example.org";

    [Fact]
    public async Task Decides_language_time_zone_colours_and_keys_of_every_page()
    {
        using var bea = await market.App.Person(market.Mail, Address());
        (await bea.Does("/me", "/me/choices", ("name", "Beatriz"), ("language", "pt-BR"), ("zone", "Asia/Tokyo"),
            ("theme", "dark"), ("keys", "off"))).Location.ShouldBe("/me?done=choices");
        var page = await bea.Open("/me?done=choices");
        foreach (var part in (string[])
            ["lang=\"pt-BR\"", "data-theme=\"dark\"", "data-keys=\"off\"", "Beatriz", "Salvo."])
            page.Html.ShouldContain(part);
        page.Text.ShouldContain("Asia/Tokyo");
        (await bea.Does("/me", "/me/choices", ("name", "Beatriz"), ("zone", "Nowhere/Town"))).Text
            .ShouldContain("Não existe esse fuso horário.");
        // The choice at the foot of each page is the same one.
        await bea.Does("/me", "/language", ("language", "ar"), ("then", "/me"));
        (await bea.Open("/me")).Html.ShouldContain("lang=\"ar\"");
        await bea.Does("/me", "/me/choices", ("name", "Beatriz"), ("language", "en"), ("keys", "on"));
        (await bea.Open("/me")).Html.ShouldContain("lang=\"en\"");
    }

    [Fact]
    public async Task Keeps_choices_of_whoever_comes_with_a_key_in_the_browser()
    {
        using var gil = market.App.Stranger();
        gil.Language = "de-AT";
        await gil.SignIn(market.App.Services.GetRequiredService<AccessKeys>().Create(Party.Agent, "gil"));
        (await gil.Open("/me")).Text.ShouldContain("Europe/Vienna");
        (await gil.Does("/me", "/me/choices", ("zone", "America/Sao_Paulo"), ("theme", "light"), ("language", ""),
            ("keys", "on"))).Location.ShouldBe("/me?done=choices");
        var page = await gil.Open("/me");
        page.Text.ShouldContain("America/Sao_Paulo");
        page.Html.ShouldContain("data-theme=\"light\"");
        (await gil.Open("/me/data")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await gil.Open("/me/erasure")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Gives_everything_away_and_erases_it_while_the_books_still_balance()
    {
        var address = Address();
        using var bea = await market.App.Person(market.Mail, address);
        var id = (await Data(bea))["account"]!["id"]!.ToString();
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana, buyer: id);
        var data = await Data(bea);
        data["orders"]!.AsArray().Single()!["shipTo"]!["name"]!.ToString().ShouldBe("Bea Muster");
        data["accessLog"]!.AsArray().Count.ShouldBeGreaterThan(1);
        data["account"]!["mail"]!.ToString().ShouldBe(address);
        data.ToJsonString().ShouldNotContain("Hash");
        (await bea.Open("/me/erasure")).Text.ShouldContain("Still open: orders 1");
        (await bea.Forces("/me/erasure", ("sure", "yes"), ("password", Visitors.Password))).Text
            .ShouldContain("Still open: orders 1");
        await buyer.Post($"{order}/cancellation", new { reason = "cancel.changed-mind" });
        await Market.Until(async () => !(await bea.Open("/me/erasure")).Text.Contains("Still open"), "the end");
        (await bea.Does("/me/erasure", "/me/erasure", ("sure", "yes"), ("password", "a wrong password"))).Text
            .ShouldContain("The password is wrong.");
        (await bea.Does("/me/erasure", "/me/erasure", ("password", Visitors.Password))).Text
            .ShouldContain("Tick the box");
        (await bea.Does("/me/erasure", "/me/erasure", ("sure", "yes"), ("password", Visitors.Password))).Text
            .ShouldContain("Your account is erased");
        (await bea.Open("/me")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await bea.Enter(address)).Text.ShouldContain("is wrong");
        (await seller.Get(order)).Text.ShouldNotContain("Muster");
        (await market.As(Party.Operator, "opal").Get($"/v1/people?find={address}")).Json["items"]!.AsArray()
            .ShouldBeEmpty();
        (await market.As(Party.Agent, "gil").Get(order))["state"].ShouldBe("cancelled");
        using var again = await Again(address);
        (await again.Open("/me")).Status.ShouldBe(HttpStatusCode.OK);
    }

    async Task<Browser> Again(string address)
    {
        var browser = market.App.Stranger();
        await browser.Register(address);
        await browser.Confirm(await market.Mail.Link(address, 3));
        return browser;
    }

    static async Task<JsonNode> Data(Browser browser) => JsonNode.Parse((await browser.Open("/me/data")).Html)!;

    [Fact]
    public async Task Is_not_erased_while_a_shop_needs_its_owner()
    {
        using var ana = await market.App.Person(market.Mail, Address("ana"), "Ana Owner", "Red mugs");
        var shop = await ana.CodeOfShop();
        var seller = market.As(Party.Seller, shop);
        (await seller.Put($"/v1/listings/{shop}/mug", Market.Mug())).Status.ShouldBe(HttpStatusCode.OK);
        await Market.Until(
            async () => (await ana.Open("/me/erasure")).Text.Contains("decide about Red mugs"), "the shop");
        (await ana.Forces("/me/erasure", ("sure", "yes"), ("password", Visitors.Password))).Status
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
    }
}

/// <summary>A store of one's own that nobody runs yet, and where everything ends soon.</summary>
public sealed class AStoreThatIsNew : IAsyncLifetime
{
    readonly string _folder = Path.Combine(Path.GetTempPath(), $"recourse-{Guid.NewGuid():n}");
    readonly Letterbox _mail = new();
    WebApplication _app = null!;

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => Start([]);

    async ValueTask Start(Dictionary<string, string?> settings)
    {
        _app = RecourseHost.Build(new()
        {
            DataFolder = _folder, RequestsPerMinute = 1_000_000, Mailer = _mail,
            Configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build(),
        });
        await _app.StartAsync();
    }

    async Task StartAgain(params (string Name, string Value)[] settings)
    {
        await Stop();
        await Start(settings.ToDictionary(s => $"Recourse:People:{s.Name}", s => (string?)s.Value));
    }

    async Task Stop()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Stop();
        Directory.Delete(_folder, recursive: true);
    }

    static string PathOf(string link) => new Uri(link).PathAndQuery;

    [Fact]
    public async Task Is_set_up_once_by_whoever_has_the_newest_link()
    {
        var old = PathOf(AccessRoom.SetUpLink(_app.Services)!);
        var link = PathOf(AccessRoom.SetUpLink(_app.Services)!);
        using var olga = _app.Stranger();
        (await olga.Open(old)).Text.ShouldContain("This invitation was used, withdrawn, or is too old.");
        var page = await olga.Open(link);
        page.Text.ShouldContain("Set up the first operator");
        (string, string)[] fields = [("code", page.Field("/join", "code")), ("name", "Olga"),
            ("mail", "olga@example.org"), ("password", Visitors.Password)];
        (await olga.Send(page, "/join", fields)).Location.ShouldBe("/");
        (await olga.Open("/people")).Text.ShouldContain("Olga");
        (await olga.Send(page, "/join", fields)).Status.ShouldBe(HttpStatusCode.BadRequest, "made for a stranger");
        using var thief = _app.Stranger();
        (await thief.Open(link)).Text.ShouldContain("This invitation was used");
        AccessRoom.SetUpLink(_app.Services).ShouldBeNull();
        (await olga.Open("/me/erasure")).Text.ShouldContain("Without you nobody could decide about Recourse.");
        await StartAgain();
        AccessRoom.SetUpLink(_app.Services).ShouldBeNull("it is remembered");
        using var again = _app.Stranger();
        (await again.Enter("olga@example.org")).Location.ShouldBe("/");
    }

    [Fact]
    public async Task Lets_sessions_links_invitations_and_lock_outs_end_in_time()
    {
        await StartAgain(("SessionLasts", "00:00:06"), ("LinksLast", "00:00:06"), ("InvitationsLast", "00:00:06"),
            ("LockOutLasts", "00:00:06"));
        using var late = _app.Stranger();
        await late.Register("late@example.org");
        var link = await _mail.Link("late@example.org");
        var code = _app.Services.GetRequiredService<Accounts>().Invite(
            "max@example.org", new(Party.Warehouse, "ana"), "Ana", TimeSpan.FromSeconds(6));
        (await late.Open($"/join?code={code}")).Status.ShouldBe(HttpStatusCode.OK);
        await Task.Delay(6_500, TestContext.Current.CancellationToken);
        (await late.Confirm(link)).Text.ShouldContain("This link was used, or is too old.");
        (await late.Open($"/join?code={code}")).Text.ShouldContain("too old");
        using var bea = await _app.Person(_mail, "bea@example.org");
        for (var i = 0; i < 5; i++) await late.Enter("bea@example.org", "a wrong password");
        (await late.Enter("bea@example.org")).Text.ShouldContain("Too many wrong passwords");
        await Task.Delay(6_500, TestContext.Current.CancellationToken);
        (await late.Enter("bea@example.org")).Location.ShouldBe("/");
        await Task.Delay(6_500, TestContext.Current.CancellationToken);
        (await late.Open("/me")).Location.ShouldBe("/sign-in?then=%2Fme");
    }

    [Fact]
    public async Task Sends_links_to_where_it_is_whatever_a_request_says()
    {
        using var http = new HttpClient { BaseAddress = new(_app.Urls.First()) };
        http.DefaultRequestHeaders.Host = "evil.example";
        using var eve = new Browser(http);
        await eve.Register("eve@example.org");
        (await _mail.Nth("eve@example.org")).Text.ShouldNotContain("evil.example");
    }

    [Fact]
    public async Task Slows_down_whoever_tries_too_much()
    {
        await Stop();
        _app = RecourseHost.Build(new() { DataFolder = _folder, Mailer = _mail });
        await _app.StartAsync();
        using var thief = _app.Stranger();
        var page = await thief.Open("/sign-in");
        List<string> told = [];
        for (var i = 0; i < 22; i++) told.Add((await thief.Enter($"someone-{i}@example.org", "a wrong password")).Text);
        told.Count(t => t.Contains("Too many tries from where you are.")).ShouldBeGreaterThan(0);
        told.Take(18).ShouldAllBe(t => t.Contains("is wrong"));
    }
}
