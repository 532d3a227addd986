using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>One order, acted on with plain forms.</summary>
public sealed class TheOrderPage(Market market) : IClassFixture<Market>
{
    async Task<Browser> As(Party role, string of)
    {
        var browser = Browser.At(market.App);
        await browser.SignIn(market.App.Services.GetRequiredService<AccessKeys>().Create(role, of));
        return browser;
    }

    async Task<(string Ana, string Bea, Someone Buyer, string Order, string Page)> Scene()
    {
        var (ana, _) = await market.Seller();
        var name = market.Fresh("bea");
        var (buyer, order) = await market.Bought(ana, buyer: name);
        return (ana, name, buyer, order, order["/v1".Length..]);
    }

    [Fact]
    public async Task Cancels_once_however_often_the_form_is_sent()
    {
        var (_, name, buyer, order, page) = await Scene();
        using var bea = await As(Party.Buyer, name);
        var before = await bea.Open(page);
        var act = $"{page}/cancellation";
        before.Text.ShouldContain("You changed your mind");
        before.Text.ShouldContain("you get everything back");
        var first = await bea.Send(before, act, ("reason", "cancel.changed-mind"));
        (first.Status, first.Location).ShouldBe((HttpStatusCode.Redirect, $"{page}?done=meant"));
        (await bea.Send(before, act, ("reason", "cancel.changed-mind"))).Location.ShouldBe($"{page}?done=meant");
        var waits = await bea.Open($"{page}?done=meant");
        waits.Text.ShouldContain("This order will be cancelled in");
        waits.Count("role=\"status\"").ShouldBeGreaterThan(0);
        waits.Count("data-toast").ShouldBe(1);
        waits.Count($"\"{act}\"").ShouldBe(0, "what waits is not offered again");
        (await bea.Open(page)).Count("data-toast").ShouldBe(0);

        market.Clock.Pass(Duration.FromSeconds(31));
        await Market.Until(async () => (await buyer.Get(order))["state"] == "cancelled", "its time");
        (await buyer.Get($"{order}/timeline")).Json["items"]!.AsArray()
            .Count(i => i!["event"]!.ToString() == "order.cancelled").ShouldBe(1);
        var after = await bea.Open(page);
        after.Text.ShouldContain("Why the order was cancelled");
        after.Text.ShouldNotContain("will be cancelled");
        after.Count(act).ShouldBe(0);
    }

    [Fact]
    public async Task Takes_back_what_was_cancelled_a_moment_ago()
    {
        var (ana, name, buyer, order, page) = await Scene();
        using var bea = await As(Party.Buyer, name);
        using var seller = await As(Party.Seller, ana);
        (await bea.Open(page)).Text.ShouldContain("For 30 s you can take that back.");
        await bea.Send(await bea.Open(page), $"{page}/cancellation", ("reason", "cancel.changed-mind"));

        var others = await seller.Open(page);
        others.Text.ShouldContain("This order will be cancelled in");
        others.Count($"{page}/cancellation/undo").ShouldBe(0, "it is not theirs to take back");
        await Market.Until(async () => (await bea.Open("/orders")).Text.Contains("unless that is taken back"), "list");
        (await seller.Open("/orders")).Text.ShouldContain("Being cancelled");

        var seen = await bea.Open(page);
        seen.Html.ShouldContain("data-command=\"Take the cancellation back\"");
        var undone = await bea.Send(seen, $"{page}/cancellation/undo");
        (undone.Status, undone.Location).ShouldBe((HttpStatusCode.Redirect, $"{page}?done=taken-back"));
        (await bea.Open($"{page}?done=taken-back")).Text.ShouldContain("Taken back. The order goes on.");
        (await bea.Open(page)).Text.ShouldContain("The cancellation was taken back.");
        (await buyer.Get(order))["state"].ShouldBe("funded");
    }

    [Fact]
    public async Task Says_that_it_is_too_late_to_take_it_back()
    {
        var (_, name, buyer, order, page) = await Scene();
        using var bea = await As(Party.Buyer, name);
        await bea.Send(await bea.Open(page), $"{page}/cancellation", ("reason", "cancel.changed-mind"));
        var seen = await bea.Open(page);
        market.Clock.Pass(Duration.FromSeconds(31));
        await Market.Until(async () => (await buyer.Get(order))["state"] == "cancelled", "its time");
        var late = await bea.Send(seen, $"{page}/cancellation/undo");
        late.Status.ShouldBe(HttpStatusCode.Conflict);
        late.Text.ShouldContain("too late to take it back");
    }

    [Fact]
    public async Task Hands_over_and_is_confirmed()
    {
        var (ana, name, buyer, order, page) = await Scene();
        using var seller = await As(Party.Seller, ana);
        var sent = await seller.Send(
            await seller.Open(page), $"{page}/dispatch", ("carrier", "dhl"), ("number", "TRACK000123"));
        sent.Location.ShouldBe($"{page}?done=dispatched");
        using var bea = await As(Party.Buyer, name);
        var way = await bea.Open(page);
        way.Text.ShouldContain("TRACK000123");
        (await bea.Send(way, $"{page}/receipt")).Location.ShouldBe($"{page}?done=confirmed");
        (await buyer.Get(order))["state"].ShouldBe("completed");
        (await bea.Open(page)).Text.ShouldContain("Nothing is left to do");
    }

    [Fact]
    public async Task Says_why_not_and_keeps_what_was_filled_in_when_somebody_acted_first()
    {
        var (ana, _, buyer, order, page) = await Scene();
        using var seller = await As(Party.Seller, ana);
        var stale = await seller.Open(page);
        await buyer.Post($"{order}/cancellation", new { reason = "cancel.changed-mind" });
        var reply = await seller.Send(stale, $"{page}/dispatch", ("carrier", "dhl"), ("number", "TRACK000123"));
        reply.Status.ShouldBe(HttpStatusCode.Conflict);
        reply.Text.ShouldContain("Nothing was done");
        reply.Text.ShouldContain("Cancelled");
        (reply.Count("<h1"), reply.Count("<main")).ShouldBe((1, 1));

        var (ana2, _, _, _, page2) = await Scene();
        using var other = await As(Party.Seller, ana2);
        var wrong = await other.Send(
            await other.Open(page2), $"{page2}/dispatch", ("carrier", "dhl"), ("number", "<script>1</script>"));
        ((int)wrong.Status).ShouldBeInRange(400, 499);
        wrong.Html.ShouldContain("&lt;script&gt;1&lt;/script&gt;");
        wrong.Html.ShouldNotContain("<script>1");
    }

    [Fact]
    public async Task Needs_a_form_of_its_own()
    {
        var (_, name, buyer, order, page) = await Scene();
        using var bea = await As(Party.Buyer, name);
        var act = $"{page}/cancellation";
        var seen = await bea.Open(page);
        var key = seen.Field(act, FormWrite.KeyField);
        (await bea.Send(act, (FormWrite.KeyField, key), ("reason", "cancel.changed-mind"))).Status
            .ShouldBe(HttpStatusCode.BadRequest);
        using var other = await As(Party.Buyer, market.Fresh("eve"));
        var foreign = (await other.Open("/")).Field("/sign-out", FormWrite.TokenField);
        var forged = await bea.Send(
            act, (FormWrite.TokenField, foreign), (FormWrite.KeyField, key), ("reason", "cancel.changed-mind"));
        forged.Status.ShouldBe(HttpStatusCode.BadRequest);
        (await bea.Send(act, (FormWrite.TokenField, seen.Field(act, FormWrite.TokenField)))).Status
            .ShouldBe(HttpStatusCode.BadRequest);
        (await buyer.Get(order))["state"].ShouldBe("funded");
    }

    [Fact]
    public async Task Shows_script_in_names_as_text()
    {
        const string Script = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
        var (ana, seller) = await market.Seller();
        var listing = new
        {
            title = Script, shipsFrom = "DE",
            variants = new[] { new { sku = "red", price = new { minor = 1250, currency = "EUR" } } },
            shipsTo = new[] { new { country = "DE", shippingPerUnit = new { minor = 400, currency = "EUR" } } },
        };
        (await seller.Put($"/v1/listings/{ana}/mug", listing)).Status.ShouldBe(HttpStatusCode.OK);
        var name = market.Fresh("bea");
        var (_, order) = await market.Bought(ana, buyer: name);
        using var bea = await As(Party.Buyer, name);
        var page = await bea.Open(order["/v1".Length..]);
        page.Html.ShouldNotContain("<script>alert");
        page.Html.ShouldNotContain("<img");
        page.Html.ShouldContain("&lt;script&gt;alert(1)");
        var sought = await bea.Open($"/orders?find={Uri.EscapeDataString(Script)}");
        sought.Html.ShouldNotContain("<script>alert");
        sought.Text.ShouldContain("is no order");
    }

    [Fact]
    public async Task Reads_in_the_language_of_its_reader()
    {
        var (_, name, _, _, page) = await Scene();
        using var bea = await As(Party.Buyer, name);
        bea.Language = "pt-BR";
        var reply = await bea.Open(page);
        reply.Html.ShouldContain("<html lang=\"pt-BR\"");
        reply.Text.ShouldContain("Onde está o dinheiro");
        reply.Text.ShouldNotContain("Where the money is");
    }

    [Fact]
    public async Task Says_before_an_act_what_it_would_do_and_to_whom()
    {
        var (ana, name, buyer, order, page) = await Scene();
        using var bea = await As(Party.Buyer, name);
        var sheet = await bea.Open(page);
        sheet.Text.ShouldContain("What this would do");
        sheet.Text.ShouldContain("gets it back 16.50 EUR");
        var cancel = (await buyer.Get(order)).Action("order.cancel")!;
        cancel["choices"]!.AsArray().Single(c => c!["code"]!.ToString() == "cancel.changed-mind")!["effects"]![0]!
            .ToJsonString().ShouldBe(
                """{"for":"buyer","text":"gets it back","amount":{"minor":1650,"currency":"EUR"}}""");
        await market.As(Party.Seller, ana).Post(
            $"{order}/dispatch", new { carrier = "dhl", trackingNumber = "TRACK000777" });
        // What the seller is left with is the seller's affair; that they are paid is not.
        var receipt = await bea.Open(page);
        receipt.Text.ShouldContain("is paid");
        receipt.Text.ShouldNotContain("keeps its fee");
        using var packer = await As(Party.Warehouse, ana);
        (await packer.Open(page)).Text.ShouldNotContain("gets it back");
    }

    [Fact]
    public async Task Tells_what_happened_meanwhile_when_a_form_is_stale()
    {
        var (ana, _, buyer, order, page) = await Scene();
        using var seller = await As(Party.Seller, ana);
        var stale = await seller.Open(page);
        await buyer.Post($"{order}/cancellation", new { reason = "cancel.changed-mind" });
        var act = $"{page}/dispatch";
        var reply = await seller.Send(stale, act, ("carrier", "dhl"), ("number", "TRACK000124"),
            (FormWrite.SeenField, stale.Field(act, FormWrite.SeenField)));
        reply.Status.ShouldBe(HttpStatusCode.Conflict);
        reply.Text.ShouldContain("Meanwhile");
        reply.Html.ShouldContain($"data-at=\"{page}\"", Case.Sensitive, "reloading must not send it again");
    }

    [Fact]
    public async Task Keeps_what_was_typed_into_a_form_that_cannot_be_taken()
    {
        var (ana, _, _, _, page) = await Scene();
        using var seller = await As(Party.Seller, ana);
        var reply = await seller.Send($"{page}/dispatch",
            (FormWrite.KeyField, FormWrite.NewKey()), ("carrier", "hermes"), ("number", "H123456789"));
        reply.Status.ShouldBe(HttpStatusCode.BadRequest);
        reply.Text.ShouldContain("What you filled in");
        reply.Text.ShouldContain("H123456789");
        (reply.Count("<h1"), reply.Count("<main")).ShouldBe((1, 1));
    }
}
