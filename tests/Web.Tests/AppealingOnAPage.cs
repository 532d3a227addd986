using System.Net;
using System.Text.RegularExpressions;
using NodaTime.Text;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>From the block on one's own page to the appeal, the agents' queue and the end, with plain forms.</summary>
[Trait("Capability", "DSP-4")]
public sealed class AppealingOnAPage(Market market) : IClassFixture<Market>
{
    async Task<Shopper> Blocked()
    {
        var bea = await Shopper.SignedIn(market);
        var until = InstantPattern.ExtendedIso.Format(market.Clock.Now + Duration.FromDays(7));
        (await market.As(Party.Agent, "lia").Post(
            $"/v1/buyers/{bea.Name}/blocks", new { reason = "method.unusual-use", until })).Status
            .ShouldBe(HttpStatusCode.OK);
        return bea;
    }

    static string AppealOn(PageReply page) =>
        WebUtility.HtmlDecode(Regex.Match(page.Html, "href=\"(/appeals/[^\"?]+\\?about=[^\"]+)\"").Groups[1].Value);

    [Fact]
    public async Task Every_page_that_stops_a_buyer_says_why_and_leads_to_the_appeal()
    {
        var (ana, _) = await market.Seller();
        using var bea = await Blocked();
        await bea.PutMugs(ana);
        var review = await bea.GiveAddress();
        foreach (var page in (PageReply[])[review, await bea.Browser.Open("/me"), await bea.Browser.Open("/standing")])
        {
            page.Status.ShouldBe(HttpStatusCode.OK);
            page.Text.ShouldContain("All payment methods are blocked");
            page.Text.ShouldContain("used in an unusual way");
            page.Html.ShouldContain("href=\"/verification\"");
            AppealOn(page).ShouldNotBeEmpty();
        }
        review.Text.ShouldNotContain("Pay 16.50 EUR");
    }

    [Fact]
    public async Task Is_written_decided_by_a_colleague_and_told()
    {
        using var bea = await Blocked();
        var href = AppealOn(await bea.Browser.Open("/standing"));
        var form = await bea.Browser.Open(href);
        form.Text.ShouldContain("What was decided");
        var path = href.Split('?')[0];
        var page = await bea.Browser.Follow(await bea.Browser.Send(
            form, path, ("about", $"buyer/{bea.Name}"), ("text", "It was me, on my holiday.")));
        page.Text.ShouldContain("Your appeal is in");
        page.Text.ShouldContain("It was me, on my holiday.");
        (await bea.Browser.Open("/standing")).Text.ShouldContain("You have appealed this decision");

        using var gil = await Shopper.SignedIn(market, Party.Agent, "gil");
        (await gil.Browser.Open("/appeals?position=0")).Status.ShouldBe(HttpStatusCode.OK);
        var file = await gil.Browser.Open(path);
        file.Text.ShouldContain("It was me, on my holiday.");
        file.Text.ShouldContain("Blocked until");
        var decided = await gil.Browser.Follow(await gil.Browser.Send(file, $"{path}/decision",
            ("verdict", "reverse"), ("reason", "appeal.facts-were-wrong"), ("note", "Sorry for that.")));
        decided.Text.ShouldContain("The appeal is decided.");

        var told = await bea.Browser.Open(path);
        told.Text.ShouldContain("Sorry for that.");
        told.Text.ShouldContain("The decision is undone");
        (await bea.Browser.Open("/standing")).Text.ShouldContain("Nothing stands against you.");
    }

    [Fact]
    public async Task Whoever_decided_before_reads_that_somebody_else_must()
    {
        using var bea = await Blocked();
        var href = AppealOn(await bea.Browser.Open("/standing"));
        await bea.Browser.Send(await bea.Browser.Open(href), href.Split('?')[0],
            ("about", $"buyer/{bea.Name}"), ("text", "It was me."));
        using var lia = await Shopper.SignedIn(market, Party.Agent, "lia");
        var file = await lia.Browser.Open(href.Split('?')[0]);
        file.Text.ShouldContain("somebody else looks at it again");
        file.Html.ShouldNotContain($"action=\"{href.Split('?')[0]}/decision\"");
    }

    [Fact]
    public async Task Nothing_that_was_written_is_lost_where_it_is_too_long()
    {
        using var bea = await Blocked();
        var href = AppealOn(await bea.Browser.Open("/standing"));
        var refused = await bea.Browser.Send(await bea.Browser.Open(href), href.Split('?')[0],
            ("about", $"buyer/{bea.Name}"), ("text", new string('x', 4_001)));
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Html.ShouldContain(new string('x', 4_001));
        refused.Text.ShouldContain("at most 4,000 characters");
    }

    [Fact]
    public async Task Staff_block_and_lift_on_the_buyers_page()
    {
        var (ana, _) = await market.Seller();
        var (_, order) = await market.Bought(ana, buyer: "cleo");
        order.ShouldNotBeEmpty();
        await market.Shown();
        using var lia = await Shopper.SignedIn(market, Party.Agent, "lia");
        var page = await lia.Browser.Open("/buyers/cleo?position=0");
        page.Text.ShouldContain("Nothing stands against them.");
        await lia.Browser.Send(page, "/buyers/cleo/blocks",
            ("checkout", ""), ("reason", "method.charged-back"), ("days", "7"));
        var blocked = await lia.Browser.Open("/buyers/cleo");
        blocked.Text.ShouldContain("All payment methods are blocked");
        await lia.Browser.Send(blocked, "/buyers/cleo/blocks/all/lift");
        (await lia.Browser.Open("/buyers/cleo")).Text.ShouldContain("Nothing stands against them.");
    }
}
