using System.Net;
using System.Text.Json.Nodes;
using Xunit;
namespace Recourse.Tests;

/// <summary>A passkey is made on one's own page, and comes in without a password.</summary>
public sealed class ComingInWithAPasskey(Market market) : IClassFixture<Market>
{
    string Origin => market.App.Urls.First();

    static async Task<(JsonNode Options, string State)> Asked(Browser browser, string path)
    {
        var body = JsonNode.Parse((await browser.Open(path)).Html)!;
        return (JsonNode.Parse(body["options"]!.ToString())!, body["state"]!.ToString());
    }

    async Task<(Browser Browser, string Address)> Person(Authenticator device)
    {
        var address = $"{market.Fresh("bea")}@example.org";
        var bea = await market.App.Person(market.Mail, address);
        var (options, state) = await Asked(bea, "/me/passkey");
        (await bea.Does("/me", "/me/passkey", ("name", "my phone"), ("state", state),
            ("credential", device.Create(options)))).Location.ShouldBe("/me?done=passkey");
        return (bea, address);
    }

    static async Task<PageReply> Enter(Browser browser, Authenticator device)
    {
        var (options, state) = await Asked(browser, "/sign-in/passkey");
        return await browser.Does("/sign-in", "/sign-in/passkey", ("state", state), ("then", "/orders"),
            ("credential", device.Get(options)));
    }

    [Fact]
    public async Task Works_without_typing_and_shows_in_the_log()
    {
        var phone = new Authenticator(Origin);
        var (bea, address) = await Person(phone);
        using (bea) (await bea.Open("/me")).Text.ShouldContain("my phone");
        (await market.Mail.Nth(address, 2)).Subject.ShouldBe("A passkey was added");
        using var desk = market.App.Stranger();
        (await Enter(desk, phone)).Location.ShouldBe("/orders");
        (await desk.Open("/me")).Text.ShouldContain("Signed in with a passkey");
    }

    [Fact]
    public async Task Is_refused_from_another_site_another_device_and_after_it_was_removed()
    {
        var phone = new Authenticator(Origin);
        var (bea, _) = await Person(phone);
        using var desk = market.App.Stranger();
        (await Enter(desk, new(Origin))).Text.ShouldContain("This passkey is not known here.");
        var (options, state) = await Asked(desk, "/sign-in/passkey");
        var (others, _) = await Asked(desk, "/sign-in/passkey");
        (await desk.Does("/sign-in", "/sign-in/passkey", ("state", state), ("credential", phone.Get(others)))).Text
            .ShouldContain("not known here", Case.Sensitive, "another challenge");
        (await desk.Does("/sign-in", "/sign-in/passkey", ("state", "made up"), ("credential", phone.Get(options))))
            .Text.ShouldContain("took too long");
        (await desk.Does("/sign-in", "/sign-in/passkey", ("state", state), ("credential", "{}"))).Status
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await bea.Open("/me");
        (await bea.Send(page, "/me/passkey/remove", ("id", page.Field("/me/passkey/remove", "id")))).Location
            .ShouldBe("/me?done=passkey-removed");
        (await Enter(desk, phone)).Text.ShouldContain("not known here");
        bea.Dispose();
    }

    [Fact]
    public async Task Is_not_made_from_another_site()
    {
        var address = $"{market.Fresh("bea")}@example.org";
        using var bea = await market.App.Person(market.Mail, address);
        var (options, state) = await Asked(bea, "/me/passkey");
        (await bea.Does("/me", "/me/passkey", ("name", "x"), ("state", state),
            ("credential", new Authenticator("https://evil.example").Create(options)))).Text
            .ShouldContain("not known here");
    }
}
