using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Adapters.Evidence;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>Photos and PDFs beside what somebody says: kept under their own key, shown to them and to staff.</summary>
[Trait("Capability", "CAN-2")]
public sealed class BringingEvidence(Market market) : IClassFixture<Market>
{
    static readonly byte[] Pdf = [.. "%PDF-1.4\n% made up\n"u8];

    static Task<Reply> Keeps(Someone who, byte[] file, string type = "application/pdf")
    {
        var body = new ByteArrayContent(file);
        body.Headers.ContentType = new MediaTypeHeaderValue(type);
        return who.Send(HttpMethod.Post, "/v1/evidence", body, $"{Guid.NewGuid():n}");
    }

    /// <summary>The name of a file that somebody brought.</summary>
    internal static async Task<string> Kept(Someone who) => (await Keeps(who, Pdf))["file"]!;

    /// <summary>A seller shows it with a case, and takes that back.</summary>
    internal static async Task InTwoMinds(Someone seller, string order, string file)
    {
        await seller.Post($"{order}/cancellation", GivenUp(file, undoable: true));
        await seller.Post($"{order}/cancellation/undo");
    }

    internal static object GivenUp(string? file, bool undoable = false) => new
    {
        reason = "cancel.out-of-stock", undoable,
        @case = new
        {
            evidence = new { kind = "stock-count", source = "Count 7", file }, noWay = "There is no other.",
        },
    };

    [Fact]
    public async Task A_sellers_file_is_seen_by_them_and_by_staff_and_by_nobody_else()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        var kept = await Keeps(seller, Pdf);
        (kept.Status, kept["mediaType"]).ShouldBe((HttpStatusCode.OK, "application/pdf"), kept.Text);
        var file = kept["file"]!;
        var ended = await seller.Post($"{order}/cancellation", GivenUp(file));
        ended["state"].ShouldBe("cancelled", ended.Text);

        var agent = market.As(Party.Agent, "gil");
        foreach (var reader in (Someone[])[seller, agent])
        {
            var shown = await reader.Get($"{order}/files/{file}");
            shown.Status.ShouldBe(HttpStatusCode.OK, shown.Text);
            shown.Text.ShouldStartWith("%PDF-");
            shown.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("sandbox");
        }
        (await buyer.Get($"{order}/files/{file}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        var (_, other) = await market.Seller();
        (await other.Get($"{order}/files/{file}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await buyer.Get($"{order}/why")).Text.ShouldNotContain(file, Case.Sensitive);
        (await seller.Get($"{order}/files/{new string('0', 40)}")).Status.ShouldBe(HttpStatusCode.NotFound);
        using var page = await market.Browse(Party.Seller, ana);
        var html = (await page.Open(order["/v1".Length..])).Html;
        html.ShouldContain($"/files/{file}");
    }

    [Fact]
    public async Task What_is_no_photo_or_too_large_or_not_ones_own_is_not_taken()
    {
        var (ana, seller) = await market.Seller();
        (await Keeps(seller, "GIF89a"u8.ToArray(), "image/png")).Code.ShouldBe("evidence.not-taken");
        (await Keeps(seller, [.. Pdf, .. new byte[5 << 20]])).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await Keeps(market.As(Party.Agent, "gil"), Pdf)).Status.ShouldBe(HttpStatusCode.Forbidden);
        var (_, other) = await market.Seller();
        var theirs = (await Keeps(other, Pdf))["file"]!;
        var (_, order) = await market.Bought(ana);
        foreach (var file in (string[])[theirs, new string('a', 40), "../../etc/passwd"])
        {
            var no = await seller.Post($"{order}/cancellation", GivenUp(file));
            (no.Code, no["field"]).ShouldBe(("evidence.no-such-file", "case.evidence.file"), file);
        }
    }

    [Fact]
    public async Task An_appeal_takes_files_that_staff_read_and_its_page_shows_them()
    {
        var (ana, _) = await market.Seller();
        var name = market.Fresh("bea");
        var buyer = market.As(Party.Buyer, name);
        await market.Bought(ana, buyer: name);
        var until = NodaTime.Text.InstantPattern.ExtendedIso.Format(market.Clock.Now + Duration.FromDays(3));
        var agent = market.As(Party.Agent, "lia");
        await agent.Post($"/v1/buyers/{name}/blocks", new { reason = "method.unusual-use", until });
        var why = (await buyer.Get($"/v1/buyers/{name}/standing")).Text;
        var appeal = System.Text.RegularExpressions.Regex.Match(why, "appeal/([^\"/]+/[^\"/]+)").Groups[1].Value;
        appeal.ShouldNotBeEmpty(why);
        var file = (await Keeps(buyer, HoldingPurchases.Picture, "image/png"))["file"]!;
        var many = Enumerable.Repeat(file, 6);
        var about = $"buyer/{name}";
        (await buyer.Post($"/v1/appeals/{appeal}", new { about, text = "It was me.", files = many })).Code
            .ShouldBe("evidence.too-many");
        (await buyer.Post($"/v1/appeals/{appeal}", new { about, text = "It was me.", files = new[] { "none" } })).Code
            .ShouldBe("evidence.no-such-file");
        var lodged = await buyer.Post(
            $"/v1/appeals/{appeal}", new { about, text = "It was me.", files = new[] { file } });
        lodged["state"].ShouldBe("open", lodged.Text);
        var href = lodged.Json["files"]![0]!["href"]!.ToString();
        (await market.As(Party.Agent, "gil").Get(href)).Status.ShouldBe(HttpStatusCode.OK);
        (await buyer.Get(href)).Status.ShouldBe(HttpStatusCode.OK);
        (await market.As(Party.Buyer, market.Fresh("eve")).Get(href)).Status.ShouldBe(HttpStatusCode.NotFound);
        using var page = await market.Browse(Party.Agent, "gil");
        (await page.Open($"/appeals/{appeal}")).Html.ShouldContain($"/files/{file}");
    }

    [Fact]
    public async Task What_nothing_names_leaves_the_folder_after_its_time_and_what_something_does_stays()
    {
        var (ana, seller) = await market.Seller();
        var files = market.App.Services.GetRequiredService<EvidenceFolder>();
        var sweep = market.App.Services.GetRequiredService<EvidenceSweep>();
        var (_, order) = await market.Bought(ana);
        var (forgotten, shown) = (await Kept(seller), await Kept(seller));
        (await seller.Post($"{order}/cancellation", GivenUp(shown)))["state"].ShouldBe("cancelled");

        // In words that only their writer's key opens.
        var name = market.Fresh("bea");
        var buyer = market.As(Party.Buyer, name);
        await market.Bought(ana, buyer: name);
        var until = NodaTime.Text.InstantPattern.ExtendedIso.Format(market.Clock.Now + Duration.FromDays(3));
        await market.As(Party.Agent, "lia").Post(
            $"/v1/buyers/{name}/blocks", new { reason = "method.unusual-use", until });
        var why = (await buyer.Get($"/v1/buyers/{name}/standing")).Text;
        var appeal = System.Text.RegularExpressions.Regex.Match(why, "appeal/([^\"/]+/[^\"/]+)").Groups[1].Value;
        var sealedIn = await Kept(buyer);
        (await buyer.Post($"/v1/appeals/{appeal}", new
        {
            about = $"buyer/{name}", text = "It was me.", files = new[] { sealedIn },
        }))["state"].ShouldBe("open");

        await sweep.Once(TestContext.Current.CancellationToken);
        files.Names().ShouldContain(forgotten);
        market.Clock.Pass(Duration.FromDays(31));
        await Market.Until(async () =>
        {
            await sweep.Once(TestContext.Current.CancellationToken);
            return !files.Names().Contains(forgotten);
        }, "it goes");
        files.Names().ShouldContain(shown);
        files.Names().ShouldContain(sealedIn);
        (await seller.Get($"{order}/files/{shown}")).Status.ShouldBe(HttpStatusCode.OK);
    }
}
