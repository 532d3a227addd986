using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>Packing: one parcel after the other, with a scanner that types and presses Enter.</summary>
public sealed class TheWarehousesDesk(Market market) : IClassFixture<Market>
{
    async Task<Browser> Packer(string of)
    {
        var browser = Browser.At(market.App);
        await browser.SignIn(market.App.Services.GetRequiredService<AccessKeys>().Create(Party.Warehouse, of));
        return browser;
    }

    static string CodeOf(string order) => order.Split('/')[^1];

    string Number() => $"TRACK{market.Fresh("0").Replace("-", "")}990000";

    async Task<PageReply> Shown(Browser packer, string order)
    {
        await market.Shown();
        for (var tries = 0; tries < 100; tries++)
        {
            var page = await packer.Open($"/pack?order={order}");
            if (page.Html.Contains("name=\"number\"")) return page;
            await Task.Delay(50);
        }
        throw new InvalidOperationException($"{order} was never to be packed");
    }

    [Fact]
    public async Task Shows_one_parcel_and_the_field_has_the_focus()
    {
        var (ana, _) = await market.Seller();
        var (_, order) = await market.Bought(ana, 2);
        using var packer = await Packer(ana);
        await Shown(packer, CodeOf(order));
        foreach (var path in (string[])["/", "/pack"])
        {
            var page = await packer.Open(path);
            page.Html.ShouldContain("data-desk=\"warehouse\"");
            (page.Count("<h1"), page.Count(" autofocus")).ShouldBe((1, 1));
            page.Text.ShouldContain("2 × Mug");
            page.Text.ShouldContain("Hauptstr. 1");
            page.Text.ShouldNotContain("EUR", Case.Sensitive);
        }
    }

    [Fact]
    public async Task Says_that_a_parcel_may_not_have_to_go()
    {
        var (ana, _) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        using var packer = await Packer(ana);
        (await Shown(packer, CodeOf(order))).Text.ShouldNotContain("will be cancelled");
        await buyer.Post($"{order}/cancellation", new { reason = "cancel.changed-mind", undoable = true });
        var page = await Shown(packer, CodeOf(order));
        page.Html.ShouldContain("class=\"card meant\"");
        page.Html.ShouldNotContain("cancellation/undo");
        page.Text.ShouldNotContain("changed their mind");
    }

    [Fact]
    public async Task Goes_on_to_the_next_one_with_one_word_and_hands_over_once()
    {
        var (ana, seller) = await market.Seller();
        var (_, one) = await market.Bought(ana);
        var (_, two) = await market.Bought(ana);
        using var packer = await Packer(ana);
        await Shown(packer, CodeOf(two));
        var page = await Shown(packer, CodeOf(one));
        var number = Number();
        (string, string)[] typed = [("order", CodeOf(one)), ("carrier", "dhl"), ("number", number)];
        var done = await packer.Send(page, "/pack", typed);
        done.Location.ShouldBe($"/pack?done={CodeOf(one)}&carrier=dhl");
        (await packer.Send(page, "/pack", typed)).Location.ShouldBe(done.Location);
        (await seller.Get($"{one}/timeline")).Json["items"]!.AsArray()
            .Count(i => i!["event"]!.ToString() == "order.shipped").ShouldBe(1);

        var next = await packer.Open(done.Location!);
        next.Html.ShouldContain("class=\"answer\" data-tone=\"good\" role=\"status\"");
        next.Text.ShouldContain(number);
        next.Html.ShouldContain($"value=\"{CodeOf(two)}\"");
        next.Html.ShouldContain("value=\"dhl\"");                           // the next one mostly goes with them too
    }

    [Fact]
    public async Task Stops_at_a_number_that_is_on_another_parcel_and_says_why()
    {
        var (ana, seller) = await market.Seller();
        var (_, one) = await market.Bought(ana);
        var (_, two) = await market.Bought(ana);
        var number = Number();
        await seller.Post($"{one}/dispatch", new { carrier = "dhl", trackingNumber = number });
        using var packer = await Packer(ana);
        var page = await Shown(packer, CodeOf(two));
        PageReply? stop = null;
        await Market.Until(async () =>
        {
            stop = await packer.Send(page, "/pack", ("order", CodeOf(two)), ("carrier", "DHL"), ("number", number));
            return stop.Status is not HttpStatusCode.Redirect;
        }, "stop");
        stop!.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        stop.Html.ShouldContain("role=\"alert\"");
        stop.Text.ShouldContain($"is already the parcel of order {CodeOf(one)}");
        stop.Text.ShouldContain("Keep the parcel");
        stop.Count(" autofocus").ShouldBe(1);
        (await seller.Get(two))["state"].ShouldBe("funded");

        var right = await packer.Send(stop, "/pack", ("order", CodeOf(two)), ("carrier", "dhl"), ("number", Number()));
        right.Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Says_so_when_the_order_was_cancelled_meanwhile()
    {
        var (ana, _) = await market.Seller();
        var (bea, order) = await market.Bought(ana);
        using var packer = await Packer(ana);
        var page = await Shown(packer, CodeOf(order));
        await bea.Post($"{order}/cancellation", new { reason = "cancel.changed-mind" });
        var stop = await packer.Send(page, "/pack", ("order", CodeOf(order)), ("carrier", "dhl"), ("number", Number()));
        stop.Status.ShouldBe(HttpStatusCode.Conflict);
        stop.Text.ShouldContain("cancelled");
        stop.Text.ShouldContain("Next parcel");
    }

    [Fact]
    public async Task Sets_one_aside_and_comes_back_to_it()
    {
        var (ana, _) = await market.Seller();
        var (_, one) = await market.Bought(ana);
        var (_, two) = await market.Bought(ana);
        using var packer = await Packer(ana);
        await Shown(packer, CodeOf(one));
        await Shown(packer, CodeOf(two));
        var first = await packer.Open("/pack");
        var (now, other) = first.Html.Contains($"value=\"{CodeOf(one)}\"") ? (one, two) : (two, one);
        (await packer.Open($"/pack?after={CodeOf(now)}")).Html.ShouldContain($"value=\"{CodeOf(other)}\"");
        (await packer.Open($"/pack?after={CodeOf(other)}")).Html.ShouldContain($"value=\"{CodeOf(now)}\"");
    }

    [Fact]
    public async Task Packs_nothing_of_others_and_says_when_nothing_waits()
    {
        var (ana, _) = await market.Seller();
        var (_, order) = await market.Bought(ana);
        using var packer = await Packer(market.Fresh("other"));
        var page = await packer.Open($"/pack?order=order/{ana}/{CodeOf(order)}&done={ana}/{CodeOf(order)}");
        page.Text.ShouldContain("Nothing is waiting to be packed.");
        page.Html.ShouldNotContain("Muster");
        var any = await packer.Open("/orders");
        (await packer.Send("/pack",
            (FormWrite.TokenField, any.Field("/sign-out", FormWrite.TokenField)),
            (FormWrite.KeyField, FormWrite.NewKey()), ("order", $"order/{ana}/{CodeOf(order)}"), ("carrier", "dhl"),
            ("number", Number()))).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
