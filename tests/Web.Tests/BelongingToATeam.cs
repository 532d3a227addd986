using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>A shop's people with their rights, the platform's, and keys for programs.</summary>
public sealed class BelongingToATeam(Market market) : IClassFixture<Market>
{
    string Address(string name) => $"{market.Fresh(name)}@example.org";

    Task<Browser> Owner() => market.App.Person(market.Mail, Address("ana"), "Ana Owner", "Blue mugs");

    Browser Stranger() => market.App.Stranger();

    /// <summary>Somebody whom the owner has invited, and who has taken it.</summary>
    async Task<(Browser Browser, string Address)> Member(Browser owner, string title, string name = "Max Member")
    {
        var address = Address("max");
        (await owner.Does("/staff", "/staff/invite", ("mail", address), ("title", title))).Location
            .ShouldBe("/staff?done=invited");
        var browser = Stranger();
        (await Join(browser, await market.Mail.Link(address), name)).Location.ShouldBe("/");
        return (browser, address);
    }

    static async Task<PageReply> Join(Browser browser, string link, string name)
    {
        var page = await browser.Open(link);
        return await browser.Send(page, "/join", ("code", page.Field("/join", "code")), ("name", name),
            ("password", Visitors.Password));
    }

    [Fact]
    public async Task Begins_with_an_invitation_to_one_address_that_works_once()
    {
        using var ana = await Owner();
        var address = Address("max");
        await ana.Does("/staff", "/staff/invite", ("mail", address), ("title", "warehouse"));
        (await ana.Open("/staff")).Text.ShouldContain(address);
        var link = await market.Mail.Link(address);
        using var eve = await market.App.Person(market.Mail, Address("eve"));
        var refused = await eve.Open(link);
        refused.Status.ShouldBe(HttpStatusCode.Forbidden);
        refused.Text.ShouldContain("for another address than yours");
        (await eve.Forces("/join", ("code", link.Split('=')[^1]))).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var max = Stranger();
        (await Join(max, link, "Max Packer")).Location.ShouldBe("/");
        (await max.Open("/me")).Text.ShouldContain("Warehouse");
        using var late = Stranger();
        (await late.Open(link)).Text.ShouldContain("This invitation was used, withdrawn, or is too old.");
        (await ana.Open("/staff")).Text.ShouldContain("Max Packer");
    }

    [Fact]
    public async Task Can_be_joined_with_an_account_that_one_has_and_then_one_chooses_as_whom_to_be_there()
    {
        using var ana = await Owner();
        var address = Address("bea");
        using var bea = await market.App.Person(market.Mail, address);
        await ana.Does("/staff", "/staff/invite", ("mail", address), ("title", "manager"));
        var link = await market.Mail.Link(address, 2);
        using var elsewhere = Stranger();
        (await elsewhere.Open(link)).Location.ShouldBe($"/sign-in?then={Uri.EscapeDataString(link)}");
        var page = await bea.Open(link);
        (await bea.Send(page, "/join", ("code", page.Field("/join", "code")))).Location.ShouldBe("/");
        (await bea.Open("/keys")).Status.ShouldBe(HttpStatusCode.OK);
        var me = await bea.Open("/me");
        var buyer = Regex.Match(me.Html, "name=\"hat\" value=\"(buyer/[^\"]+)\"").Groups[1].Value;
        (await bea.Send(me, "/me/hat", ("hat", buyer))).Location.ShouldBe("/");
        (await bea.Open("/keys")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await bea.Forces("/me/hat", ("hat", "operator/opal"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await bea.Forces("/me/hat", ("hat", $"seller/{await ana.CodeOfShop()}x"))).Status
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Gives_each_title_its_rights_and_no_other()
    {
        using var ana = await Owner();
        var shop = await ana.CodeOfShop();
        var people = new Dictionary<string, Browser> { ["owner"] = ana };
        foreach (var title in (string[])["manager", "support", "warehouse"])
            people[title] = (await Member(ana, title)).Browser;
        (string Path, string MayOpen)[] pages =
        [
            ("/", "owner manager support warehouse"), ("/orders", "owner manager support warehouse"),
            ("/me", "owner manager support warehouse"), ("/me/log", "owner manager support warehouse"),
            ("/staff", "owner manager"), ("/keys", "owner manager"), ("/people", ""),
        ];
        (string Path, string MayDo)[] acts =
        [
            ("/staff/invite", "owner"), ("/staff/title", "owner"), ("/staff/remove", "owner"),
            ("/staff/withdraw", "owner"), ("/keys", "owner manager"), ("/keys/revoke", "owner manager"),
            ("/people/block", ""), ("/people/invite", ""), ("/people/admit", ""), ("/people/sign-out", ""),
            ("/people/second-factor", ""), ("/me/choices", "owner manager support warehouse"),
            ($"/orders/{shop}/none/cancellation", "owner manager support"),
            ($"/orders/{shop}/none/dispatch", "owner manager warehouse"),
        ];
        List<string> wrong = [];
        foreach (var (title, browser) in people)
        {
            foreach (var (path, may) in pages)
                if ((await browser.Open(path)).Status is HttpStatusCode.Forbidden == may.Split(' ').Contains(title))
                    wrong.Add($"{title} opens {path}");
            foreach (var (path, may) in acts)
                if ((await browser.Forces(path)).Status is HttpStatusCode.Forbidden == may.Split(' ').Contains(title))
                    wrong.Add($"{title} does {path}");
        }
        wrong.ShouldBeEmpty();
        using var buyer = await market.App.Person(market.Mail, Address("bea"));
        foreach (var path in (string[])["/staff", "/keys", "/people"])
            (await buyer.Open(path)).Status.ShouldBe(HttpStatusCode.Forbidden, path);
        using var stranger = Stranger();
        foreach (var path in (string[])["/staff", "/keys", "/people", "/me", "/me/data"])
            (await stranger.Open(path)).Location.ShouldBe($"/sign-in?then={Uri.EscapeDataString(path)}");
        foreach (var (_, browser) in people) browser.Dispose();
    }

    [Fact]
    public async Task Is_over_with_the_next_request_once_an_owner_says_so()
    {
        using var ana = await Owner();
        var (max, _) = await Member(ana, "manager", "Max Manager");
        (await max.Open("/keys")).Status.ShouldBe(HttpStatusCode.OK);
        var person = (await ana.Open("/staff")).Field("/staff/remove", "person");
        var staff = await ana.Open("/staff");
        var max1 = Regex.Matches(staff.Html, "name=\"person\" value=\"([^\"]+)\"").Select(m => m.Groups[1].Value)
            .Distinct().Single(p => p != person);
        (await ana.Forces("/staff/title", ("person", max1), ("title", "support"))).Location
            .ShouldBe("/staff?done=title");
        (await max.Open("/keys")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await max.Open("/orders")).Status.ShouldBe(HttpStatusCode.OK);
        (await ana.Forces("/staff/remove", ("person", max1))).Location.ShouldBe("/staff?done=removed");
        (await max.Open("/staff")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await max.Open("/me")).Text.ShouldContain("Removed from the team");
        foreach (var (act, title) in ((string, string)[])[("title", "support"), ("remove", "")])
            (await ana.Forces($"/staff/{act}", ("person", person), ("title", title))).Text
                .ShouldContain("Nobody else could decide about the team.");
        using var other = await Owner();
        (await other.Forces("/staff/remove", ("person", person))).Text.ShouldContain("does not belong to the team");
        max.Dispose();
    }

    [Fact]
    public async Task Gives_programs_keys_that_are_shown_once_and_end_when_revoked()
    {
        using var ana = await Owner();
        var shop = await ana.CodeOfShop();
        var page = await ana.Open("/keys");
        (string, string)[] fields = [("name", "Stock system"), ("scopes", "read")];
        var made = await ana.Send(page, "/keys", fields);
        var secret = Regex.Match(made.Html, "rk_[0-9a-f]{64}").Value;
        secret.ShouldNotBeEmpty();
        (await ana.Send(page, "/keys", fields)).Html.ShouldNotContain(secret, Case.Sensitive, "sent twice");
        var list = await ana.Open("/keys");
        list.Html.ShouldNotContain(secret);
        list.Count("/keys/revoke").ShouldBe(1);
        var program = market.Stranger(secret);
        var caller = await program.Get("/v1/caller");
        (caller["role"], caller["of"], caller["right"], caller["scopes"]).ShouldBe(("seller", shop, "manager", "read"));
        (await program.Post($"/v1/stock/{shop}/red/receipts", new { location = "main", units = 1 })).Status
            .ShouldBe(HttpStatusCode.Forbidden, "it may only read");
        (await ana.Open("/keys")).Text.ShouldContain("last used");
        var id = secret[..11];
        using var eve = await Owner();
        (await eve.Forces("/keys/revoke", ("id", id))).Text.ShouldContain("There is no such key of yours.");
        (await ana.Forces("/keys/revoke", ("id", id))).Location.ShouldBe("/keys?done=revoked");
        await Market.Until(async () => (await program.Get("/v1/caller")).Status is HttpStatusCode.Unauthorized, "end");
        var log = (await ana.Open("/me/log")).Text;
        log.ShouldContain("Key made");
        log.ShouldContain("Key revoked");
    }

    [Fact]
    public async Task Is_the_same_for_programs_as_on_pages()
    {
        using var ana = await Owner();
        var shop = await ana.CodeOfShop();
        var owner = market.As(Party.Seller, shop);
        var made = await owner.Post("/v1/keys", new { name = "Till", scopes = "all" }, idempotency: "one");
        var manager = market.Stranger(made["secret"]);
        (await owner.Post("/v1/keys", new { name = "Till", scopes = "all" }, idempotency: "one")).Text
            .ShouldNotContain("secret\":\"rk_");
        var address = Address("nora");
        (await manager.Post("/v1/staff/invitations", new { mail = address, title = "owner" })).Status
            .ShouldBe(HttpStatusCode.Forbidden, "no program decides who belongs to a shop");
        (await owner.Post("/v1/staff/invitations", new { mail = address, title = "boss" })).Code
            .ShouldBe("access.no-such-title");
        (await owner.Post("/v1/staff/invitations", new { mail = address, title = "support" })).Status
            .ShouldBe(HttpStatusCode.OK);
        var staff = (await manager.Get("/v1/staff")).Json;
        staff["invitations"]!.AsArray().Single()!["mail"]!.ToString().ShouldBe(address);
        staff["members"]!.AsArray().Single()!["title"]!.ToString().ShouldBe("owner");
        var id = staff["invitations"]![0]!["id"]!.ToString();
        (await market.As(Party.Seller, "other").Post($"/v1/staff/invitations/{id}/withdrawal")).Status
            .ShouldBe(HttpStatusCode.NotFound);
        (await owner.Post($"/v1/staff/invitations/{id}/withdrawal")).Status.ShouldBe(HttpStatusCode.OK);
        using var nora = Stranger();
        (await nora.Open(await market.Mail.Link(address))).Text.ShouldContain("This invitation was used, withdrawn");
    }

    [Fact]
    public async Task Lets_operators_keep_somebody_out_and_let_them_in_again()
    {
        var address = Address("bea");
        using var bea = await market.App.Person(market.Mail, address);
        using var opal = Stranger();
        await opal.SignIn(market.App.Services.GetRequiredService<AccessKeys>().Create(Party.Operator, "opal"));
        var found = await opal.Open($"/people?find={address[..8]}");
        found.Text.ShouldContain(address);
        var person = found.Field("/people/block", "person");
        var operators = market.As(Party.Operator, "opal");
        person = (await operators.Get($"/v1/people?find={address}")).Json["items"]![0]!["person"]!.ToString();
        (await opal.Forces("/people/block", ("person", person), ("reason", "block.whim"))).Text
            .ShouldContain("block.whim is no reason to lock an account");
        (await opal.Forces("/people/block", ("person", person), ("reason", "block.fraud"), ("order", "order/no/no")))
            .Text.ShouldContain("There is no such order.");
        (await bea.Open("/me")).Status.ShouldBe(HttpStatusCode.OK);
        (await opal.Forces("/people/block", ("person", person), ("reason", "block.fraud"))).Location
            .ShouldBe("/people?done=blocked");
        (await bea.Open("/me")).Status.ShouldBe(HttpStatusCode.Redirect);
        var door = await bea.Enter(address);
        door.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        foreach (var said in (string[])["An operator has locked this account.", "was used to get money or goods",
            "Orders and refunds that are under way go on.", "people.reasons.block.fraud", "You can appeal until"])
            door.Text.ShouldContain(said);
        (await bea.Enter(address, "a wrong password")).Text.ShouldNotContain("locked");
        var kept = (await operators.Get($"/v1/people?find={address}")).Json["items"]![0]!;
        kept["state"]!.ToString().ShouldBe("blocked");
        kept["why"]!["code"]!.ToString().ShouldBe("block.fraud");
        kept["why"]!["decidedBy"]!.ToString().ShouldBe("operator");
        (await opal.Open($"/people?find={address[..8]}")).Text.ShouldContain("block.fraud");
        (await operators.Post($"/v1/people/{person}/block", new { reason = "block.whim" })).Code
            .ShouldBe("person.no-such-reason");
        (await operators.Post("/v1/people/nobody/block", new { reason = "block.fraud" })).Status
            .ShouldBe(HttpStatusCode.NotFound);
        (await operators.Post($"/v1/people/{person}/admission")).Status.ShouldBe(HttpStatusCode.OK);
        (await bea.Enter(address)).Location.ShouldBe("/");
        (await bea.Open("/me")).Text.ShouldContain("Let in again by an operator");
        (await opal.Forces("/people/sign-out", ("person", person))).Location.ShouldBe("/people?done=signed-out");
        (await bea.Open("/me")).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Tells_why_to_somebody_who_is_kept_out_before_they_ever_came_in()
    {
        var address = Address("eva");
        using var eva = Stranger();
        await eva.Register(address);
        var operators = market.As(Party.Operator, "opal");
        var person = (await operators.Get($"/v1/people?find={address}")).Json["items"]![0]!["person"]!.ToString();
        (await operators.Post($"/v1/people/{person}/block", new { reason = "block.second-account" })).Status
            .ShouldBe(HttpStatusCode.OK);
        await eva.Enter(address);
        var door = await eva.Confirm(await market.Mail.Link(address, 2));
        door.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        door.Text.ShouldContain("This is another account of somebody whose account is locked.");
        (await eva.Open("/me")).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Keeps_those_who_decide_apart_from_those_who_trade()
    {
        using var ana = await Owner();
        var mail = (await ana.Open("/me")).Text;
        var address = Regex.Match(mail, @"\bana-\d+@example\.org").Value;
        var operators = market.As(Party.Operator, "opal");
        (await operators.Post("/v1/staff/invitations", new { mail = address, title = "agent" })).Status
            .ShouldBe(HttpStatusCode.OK);
        (await ana.Open(await market.Mail.Link(address, 2))).Text.ShouldContain("buys or sells here");
        var gil = Address("gil");
        await operators.Post("/v1/staff/invitations", new { mail = gil, title = "agent" });
        using var agent = Stranger();
        (await Join(agent, await market.Mail.Link(gil), "Gil Agent")).Location.ShouldBe("/");
        (await agent.Open("/me")).Text.ShouldNotContain("Buys, and follows orders.");
        (await agent.Open("/orders")).Status.ShouldBe(HttpStatusCode.OK);
        (await agent.Open("/people")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}
