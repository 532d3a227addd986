using System.Net;
using System.Text.RegularExpressions;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>Registering, confirming, coming in, and what happens to whoever guesses.</summary>
public sealed class HavingAnAccount(Market market) : IClassFixture<Market>
{
    string Address(string name = "bea") => $"{market.Fresh(name)}@example.org";

    Browser Stranger() => market.App.Stranger();

    Task<Browser> Person(string address) => market.App.Person(market.Mail, address);

    [Fact]
    public async Task Begins_with_a_letter_and_the_password_that_was_chosen()
    {
        var address = Address();
        using var bea = Stranger();
        var told = await bea.Register(address);
        told.Text.ShouldContain(address);
        (await bea.Enter(address)).Text.ShouldContain("This address is not confirmed yet.");
        var link = await market.Mail.Link(address);
        using (var other = Stranger())
            (await other.Confirm(link, "not what was chosen")).Text.ShouldContain("The password is wrong.");
        (await bea.Open(link)).Status.ShouldBe(HttpStatusCode.OK, "opening a link confirms nothing by itself");
        (await bea.Confirm(link)).Location.ShouldBe("/");
        var page = await bea.Open("/me");
        page.Text.ShouldContain("Bea Muster");
        page.Text.ShouldContain("Address confirmed");
        (await bea.Confirm(link)).Text.ShouldContain("This link was used, or is too old.");
        using var again = Stranger();
        (await again.Enter(address.ToUpperInvariant())).Location.ShouldBe("/");
        (await again.Open("/orders")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Asks_for_what_is_needed_and_keeps_what_was_filled_in()
    {
        using var bea = Stranger();
        var reply = await bea.Register("bea@nowhere", "Bea <b>x</b>", "sesame-7");
        reply.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        reply.Text.ShouldContain("This is not a mail address.");
        reply.Text.ShouldContain("A password has at least 10 characters.");
        reply.Html.ShouldContain("value=\"bea@nowhere\"");
        reply.Html.ShouldNotContain("<b>x</b>");
        reply.Html.ShouldNotContain("sesame-7");
        (await bea.Register(Address(), password: "passwordpassword")).Text.ShouldContain("among the first");
        (await bea.Register(Address(), name: "Win at www.evil.example")).Text.ShouldContain("is no address");
        (await bea.Register("bea@example.org\r\nBcc: x@example.org")).Status
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Never_says_whether_an_address_has_one()
    {
        var (known, unknown) = (Address(), Address("nobody"));
        using var bea = await Person(known);
        using var stranger = Stranger();
        var (one, other) = (await stranger.Register(known, "Eve"), await stranger.Register(unknown, "Eve"));
        one.Text.Replace(known, "").ShouldBe(other.Text.Replace(unknown, ""));
        (await market.Mail.Nth(known, 2)).Subject.ShouldBe("You have an account");
        var nobody = Address("nobody");
        var (mine, theirs) = (await Asked(stranger, known), await Asked(stranger, nobody));
        mine.Text.Replace(known, "").ShouldBe(theirs.Text.Replace(nobody, ""));
        (await stranger.Enter(known, "a wrong password")).Text.ShouldContain("Mail address or password is wrong.");
        (await stranger.Enter(nobody, "a wrong password")).Text.ShouldContain("Mail address or password is wrong.");
        (await stranger.Enter(known)).Location.ShouldBe("/", "the account is as it was");
    }

    static async Task<PageReply> Asked(Browser browser, string address) =>
        await browser.Send(await browser.Open("/reset"), "/reset", ("mail", address));

    [Fact]
    public async Task Is_locked_after_wrong_passwords_and_says_until_when_and_how_that_is_lifted()
    {
        var (known, unknown) = (Address(), Address("nobody"));
        using var bea = await Person(known);
        using var thief = Stranger();
        foreach (var address in (string[])[known, unknown])
        {
            for (var i = 0; i < 4; i++) (await thief.Enter(address, "a wrong password")).Text.ShouldContain("is wrong");
            var locked = await thief.Enter(address, "a wrong password");
            locked.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
            locked.Text.ShouldContain("No password is tried for another 15 min.");
            locked.Text.ShouldContain("set a new password: that also lifts a lock-out");
        }
        (await thief.Enter(known)).Text
            .ShouldContain("Too many wrong passwords", Case.Sensitive, "not even the right one");
        (await bea.Open("/me")).Text.ShouldContain("Locked out after too many wrong passwords");
        await Asked(thief, known);
        var link = await market.Mail.Link(known, 2);
        using var owner = Stranger();
        var form = await owner.Open(link);
        var done = await owner.Send(form, "/reset/new", ("of", form.Field("/reset/new", "of")),
            ("code", form.Field("/reset/new", "code")), ("password", "eight yellow doors"));
        done.Text.ShouldContain("The new password is set");
        (await owner.Enter(known, "eight yellow doors")).Location.ShouldBe("/");
        (await bea.Open("/me")).Location.ShouldBe("/sign-in?then=%2Fme", "a new password ends all sessions");
        (await owner.Open(link)).Text.ShouldContain("This link was used, or is too old.");
    }

    [Fact]
    public async Task Counts_every_wrong_password_however_many_come_at_once()
    {
        var address = Address();
        using var bea = await Person(address);
        using var thief = Stranger();
        var page = await thief.Open("/sign-in");
        var tries = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => thief.Send("/sign-in",
            (FormWrite.TokenField, page.Field("/sign-in", FormWrite.TokenField)),
            (FormWrite.KeyField, FormWrite.NewKey()), ("mail", address), ("password", $"a wrong password {i}"))));
        tries.Count(t => t.Text.Contains("Mail address or password is wrong.")).ShouldBe(4);
        tries.Count(t => t.Text.Contains("Too many wrong passwords.")).ShouldBe(8);
    }

    [Theory, InlineData("//evil.example"), InlineData("/\\evil.example"), InlineData("https://evil.example"),
     InlineData("javascript:alert(1)"), InlineData("/\tevil")]
    public async Task Leads_nobody_elsewhere(string then)
    {
        var address = Address();
        using (await Person(address)) { }
        using var bea = Stranger();
        (await bea.Enter(address, then: then)).Location.ShouldBe("/");
        (await bea.Open($"/sign-in?then={Uri.EscapeDataString(then)}")).Count("(value|href|action)=\"[^\"]*evil")
            .ShouldBe(0);
    }

    [Fact]
    public async Task Is_kept_by_a_cookie_that_no_script_and_no_other_site_gets()
    {
        var address = Address();
        using (await Person(address)) { }
        using var bea = Stranger();
        var cookie = (await bea.Enter(address)).Message.Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith("recourse-session=", StringComparison.Ordinal)).ToLowerInvariant();
        foreach (var flag in (string[])["httponly", "samesite=lax", "path=/", "max-age="]) cookie.ShouldContain(flag);
        cookie.ShouldNotContain(address.ToLowerInvariant());
        using var forger = Stranger();
        (await forger.Send("/sign-in", ("mail", address), ("password", Visitors.Password))).Status
            .ShouldBe(HttpStatusCode.BadRequest, "a form that is not ours");
    }

    [Fact]
    public async Task Ends_everywhere_at_once_when_its_owner_says_so()
    {
        var address = Address();
        using var phone = await Person(address);
        using var desk = Stranger();
        await desk.Enter(address);
        (await desk.Open("/orders")).Status.ShouldBe(HttpStatusCode.OK);
        (await phone.Does("/me", "/me/sign-out-everywhere")).Location.ShouldBe("/sign-in");
        (await desk.Open("/orders")).Location.ShouldBe("/sign-in?then=%2Forders");
        (await phone.Open("/orders")).Location.ShouldBe("/sign-in?then=%2Forders");
        (await desk.Enter(address)).Location.ShouldBe("/");
        (await desk.Open("/me")).Text.ShouldContain("Signed out everywhere");
    }

    [Fact]
    public async Task Lists_where_it_is_signed_in_and_ends_each_by_itself()
    {
        const string Phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Safari/604.1";
        var address = Address();
        using var desk = await Person(address);
        using var phone = Stranger();
        phone.Agent = Phone;
        await phone.Enter(address);
        var page = await desk.Open("/me");
        page.Text.ShouldContain("Safari on iPhone");
        page.Text.ShouldContain("A program that doesn't say its name");
        (page.Count("/me/session/end"), page.Count("This one")).ShouldBe((2, 1));
        (await phone.Open("/me")).Count("This one").ShouldBe(1);
        var others = Regex.Match(page.Html, "Safari on iPhone.*?name=\"id\" value=\"([a-z0-9]+)\"",
            RegexOptions.Singleline).Groups[1].Value;
        using var eve = await Person(Address("eve"));
        (await eve.Forces("/me/session/end", ("id", others))).Text.ShouldContain("This session has ended already.");
        (await phone.Open("/orders")).Status.ShouldBe(HttpStatusCode.OK);
        (await desk.Send(page, "/me/session/end", ("id", others))).Location.ShouldBe("/me?done=session-ended");
        (await phone.Open("/orders")).Location.ShouldBe("/sign-in?then=%2Forders");
        var left = await desk.Open("/me");
        left.Count("/me/session/end").ShouldBe(1);
        left.Text.ShouldContain("Session ended");
        (await desk.Send(left, "/me/session/end", ("id", left.Field("/me/session/end", "id")))).Location
            .ShouldBe("/sign-in");
        (await desk.Open("/orders")).Location.ShouldBe("/sign-in?then=%2Forders");
    }

    [Fact]
    public async Task Takes_nobody_in_with_the_cookie_of_a_session_that_was_signed_out()
    {
        var address = Address();
        using var bea = await Person(address);
        using var desk = Stranger();
        var cookie = (await desk.Enter(address)).Message.Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith("recourse-session=", StringComparison.Ordinal)).Split(';')[0];
        using var thief = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new(market.App.Urls.First()),
        };
        thief.DefaultRequestHeaders.Add("Cookie", cookie);
        (await thief.GetAsync("/orders", TestContext.Current.CancellationToken)).StatusCode
            .ShouldBe(HttpStatusCode.OK);
        await desk.Does("/me", "/sign-out");
        (await thief.GetAsync("/orders", TestContext.Current.CancellationToken)).StatusCode
            .ShouldBe(HttpStatusCode.Redirect);
        (await bea.Open("/orders")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Changes_its_password_and_ends_the_other_sessions_only()
    {
        var address = Address();
        using var phone = await Person(address);
        using var desk = Stranger();
        await desk.Enter(address);
        (await phone.Does("/me", "/me/password", ("old", "not it at all"), ("password", "eight yellow doors")))
            .Text.ShouldContain("The password is wrong.");
        (await phone.Does("/me", "/me/password", ("old", Visitors.Password), ("password", "eight yellow doors")))
            .Location.ShouldBe("/me?done=password");
        (await phone.Open("/me")).Status.ShouldBe(HttpStatusCode.OK);
        (await desk.Open("/me")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await market.Mail.Nth(address, 2)).Subject.ShouldBe("Your password was changed");
        (await desk.Enter(address)).Text.ShouldContain("is wrong");
    }

    [Fact]
    public async Task Moves_to_another_address_by_a_link_that_was_sent_there()
    {
        var (old, next) = (Address(), Address("new"));
        using var bea = await Person(old);
        (await bea.Does("/me", "/me/mail", ("mail", next), ("password", Visitors.Password))).Location
            .ShouldBe("/me?done=mail-sent");
        var page = await bea.Open(await market.Mail.Link(next));
        (string, string)[] fields = [("to", page.Field("/me/mail/confirm", "to")),
            ("code", page.Field("/me/mail/confirm", "code"))];
        using var eve = await Person(Address("eve"));
        (await eve.Forces("/me/mail/confirm", fields)).Text.ShouldContain("This link was used, or is too old.");
        (await bea.Send(page, "/me/mail/confirm", fields)).Location.ShouldBe("/me?done=mail");
        (await market.Mail.Nth(old, 2)).Subject.ShouldBe("Your address was changed");
        using var again = Stranger();
        (await again.Enter(old)).Text.ShouldContain("is wrong");
        (await again.Enter(next)).Location.ShouldBe("/");
    }

    /// <summary>What a phone reads off the picture.</summary>
    static string Scanned(string html)
    {
        const int Quiet = 4;
        var size = int.Parse(Regex.Match(html, "class=\"qr\" viewBox=\"0 0 ([0-9]+)").Groups[1].Value,
            System.Globalization.CultureInfo.InvariantCulture);
        var matrix = new ZXing.Common.BitMatrix(size - 2 * Quiet);
        foreach (var run in Regex.Matches(html, "M([0-9]+) ([0-9]+)h([0-9]+)v1H").Select(m => m.Groups.Values
            .Skip(1).Select(g => int.Parse(g.Value, System.Globalization.CultureInfo.InvariantCulture)).ToArray()))
            matrix.setRegion(run[0] - Quiet, run[1] - Quiet, run[2], 1);
        return new ZXing.QrCode.Internal.Decoder().decode(matrix, null).Text;
    }

    [Fact]
    public async Task Can_ask_for_a_code_besides_the_password()
    {
        var address = Address();
        using var bea = await Person(address);
        (await bea.Does("/me", "/me/second-factor/start")).Location.ShouldBe("/me/second-factor");
        var page = await bea.Open("/me/second-factor");
        var secret = Regex.Match(page.Html, "secret=([A-Z2-7]+)").Groups[1].Value;
        Scanned(page.Html).ShouldStartWith("otpauth://totp/Recourse:");
        Scanned(page.Html).ShouldContain($"secret={secret}&issuer=Recourse");
        (await bea.Send(page, "/me/second-factor", ("code", "000000"))).Text.ShouldContain("not the one of now");
        var on = await bea.Send(page, "/me/second-factor", ("code", Visitors.CodeNow(secret)));
        on.Text.ShouldContain("The second factor is on");
        var spare = Regex.Match(on.Html, "<li>([A-Z0-9-]{8,})</li>").Groups[1].Value;

        using var desk = Stranger();
        var asked = await desk.Enter(address, then: "/orders");
        asked.Text.ShouldContain("Your account also asks for a code.");
        (await desk.Open("/orders")).Status.ShouldBe(HttpStatusCode.Redirect, "half way in is not in");
        (string, string)[] pending = [("pending", asked.Field("/sign-in/code", "pending")), ("then", "/orders")];
        (await desk.Send(asked, "/sign-in/code", [.. pending, ("code", "123456")])).Text
            .ShouldContain("not the one of now");
        (await desk.Send(asked, "/sign-in/code", [.. pending, ("code", Visitors.CodeNow(secret))])).Location
            .ShouldBe("/orders");
        using var lost = Stranger();
        asked = await lost.Enter(address);
        pending = [("pending", asked.Field("/sign-in/code", "pending"))];
        (await lost.Send(asked, "/sign-in/code", [.. pending, ("code", spare)])).Location.ShouldBe("/");
        (await lost.Send(asked, "/sign-in/code", [.. pending, ("code", spare)])).Status
            .ShouldNotBe(HttpStatusCode.Redirect, "a spare code works once");
        (await lost.Does("/me", "/me/second-factor/end", ("password", Visitors.Password))).Location
            .ShouldBe("/me?done=second-factor-off");
    }
}
