using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>A seller's payouts on pages.</summary>
public sealed partial class LookingAtMyMoney
{
    [Fact, Trait("Capability", "PAY-4")]
    public async Task Shows_a_seller_when_they_are_paid_and_gives_the_statement_as_pdf()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        await seller.Post($"{order}/dispatch", new { carrier = "dhl", trackingNumber = "TRACK000778" });
        await buyer.Post($"{order}/receipt");
        using var browser = await As(Party.Seller, ana);
        await Market.Until(
            async () => (await browser.Open("/earnings/payouts")).Text.Contains("15.50 EUR"), "earnings");
        var page = Fine(await browser.Open("/earnings/payouts"));
        page.Text.ShouldContain("Say where you are paid to");
        var bad = await browser.Send(
            page, "/earnings/payouts/eur/account", ("account.holder", ""), ("account.iban", "x"));
        bad.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var set = await browser.Follow(await browser.Send(page, "/earnings/payouts/eur/account",
            ("account.holder", "Ana"), ("account.iban", "GB82 WEST 1234 5698 7654 32")));
        Fine(set).Text.ShouldContain("ending in 5432");
        set.Text.ShouldContain("Paid once a week");
        const string plan = "/earnings/payouts/eur/schedule";
        var wrong = await browser.Send(set, plan, ("every", "monthly"), ("day", "32"), ("above", "5.00"));
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Text.ShouldContain("There is no such day");
        wrong.Html.ShouldContain("value=\"5.00\"");
        Fine(await browser.Follow(await browser.Send(wrong, plan, ("every", "monthly"), ("day", "31"),
            ("above", "5.00")))).Text.ShouldContain("Paid every month on day 31. If a bank is closed then, on the "
                + "next business day. Only from 5.00 EUR on.");
        var told = await seller.Get($"/v1/sellers/{ana}/payouts");
        var (next, arrives) = (told.Json["items"]![0]!["next"]!, told.Json["items"]![0]!["arrives"]!);
        string.CompareOrdinal(arrives.ToString(), next.ToString()).ShouldBeGreaterThan(0, told.Text);
        (await seller.Put($"/v1/sellers/{ana}/payouts/eur/schedule", new { every = "hourly" }))["code"]
            .ShouldBe("earnings.no-such-rhythm");
        (await seller.Put($"/v1/sellers/{ana}/payouts/eur/schedule", new { every = "weekly", weekday = "friday" }))
            .Json["schedule"]!["weekday"]!.ToString().ShouldBe("friday");
        Fine(await browser.Open("/earnings")).Html.ShouldContain("/earnings/payouts");
        var month = NodaTime.Text.LocalDatePattern.Iso.Format(market.Clock.Now.InUtc().Date)[..7];
        (await browser.Open($"/earnings/{month}/EUR/statement.pdf")).Html.ShouldStartWith("%PDF-1.");
        Fine(await browser.Open($"/earnings/{month}/EUR")).Html.ShouldContain("statement.pdf");
    }

    /// <summary>A seller with 15.50 EUR earned, who is paid to an account.</summary>
    async Task<(string Seller, string Order, Browser Browser)> Earned(string tracking)
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        await seller.Post($"{order}/dispatch", new { carrier = "dhl", trackingNumber = tracking });
        await buyer.Post($"{order}/receipt");
        await seller.Put($"/v1/sellers/{ana}/payouts/eur/account", new
        {
            holder = "Ana", iban = "GB82 WEST 1234 5698 7654 32",
        });
        var browser = await As(Party.Seller, ana);
        await Market.Until(
            async () => (await browser.Open("/earnings/payouts")).Text.Contains("15.50 EUR"), "earnings");
        return (ana, order, browser);
    }

    [Fact, Trait("Capability", "PAY-4")]
    public async Task Tells_a_seller_that_their_account_is_closed_and_pays_to_another()
    {
        var (ana, _, mine) = await Earned("TRACK000792");
        using var browser = mine;
        var (seller, op) = (market.As(Party.Seller, ana), market.As(Party.Operator, "olga"));
        await seller.Put($"/v1/sellers/{ana}/payouts/eur/schedule", new { every = "daily" });
        var next = (await seller.Get($"/v1/sellers/{ana}/payouts")).Json["items"]![0]!["next"]!.ToString();
        market.Clock.Pass(
            NodaTime.Text.InstantPattern.ExtendedIso.Parse(next).Value - market.Clock.Now + Duration.FromMinutes(1));
        await op.Post("/v1/payouts/run");
        string? payout = null;
        await Market.Until(async () => (payout = (await op.Get($"/v1/payouts?of=seller/{ana}")).Json["items"]!.AsArray()
            .FirstOrDefault()?["id"]?.ToString()) is not null, "a payout");
        await op.Post("/v1/payouts/files");
        (await op.Post($"/v1/{payout!.Replace("payout/", "payouts/")}/return", new { reason = "AC04" }))["state"]
            .ShouldBe("back");
        await Market.Until(
            async () => (await browser.Open("/earnings/payouts")).Text.Contains("until you name another account"),
            "what came back");
        var told = Fine(await browser.Open("/earnings/payouts"));
        foreach (var text in (string[])
            ["Why a payout came back", "13.95 EUR came back", "is closed (AC04)", "15.50 EUR", "No account"])
            told.Text.ShouldContain(text);
        var named = await browser.Follow(await browser.Send(told, "/earnings/payouts/eur/account",
            ("account.holder", "Ana"), ("account.iban", "DE89 3704 0044 0532 0130 00")));
        Fine(named).Text.ShouldContain("ending in 3000");
        named.Text.ShouldNotContain("until you name another account");
        named.Text.ShouldContain("Paid on each business day.");
    }

    [Fact, Trait("Capability", "PAY-4")]
    public async Task Lets_staff_hold_a_sellers_payouts_and_tells_the_seller_why()
    {
        var (ana, _, mine) = await Earned("TRACK000780");
        using var browser = mine;
        using var agent = await As(Party.Agent, "gil");
        Fine(await agent.Open($"/sellers/{ana}")).Html.ShouldContain($"/sellers/{ana}/payouts");
        var page = Fine(await agent.Open($"/sellers/{ana}/payouts"));
        page.Text.ShouldContain("What is due waits until the hold is lifted");
        page.Html.ShouldNotContain("/eur/chargeback", customMessage: "an agent books none");
        var none = await agent.Send(page, $"/sellers/{ana}/payouts/eur/hold", ("reason", "no-such"));
        none.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var held = Fine(await agent.Follow(await agent.Send(
            page, $"/sellers/{ana}/payouts/eur/hold", ("reason", "payout.account-in-doubt"))));
        foreach (var text in (string[])
            ["The seller is told why.", "not clear that the named account", "Looked at again by"])
            held.Text.ShouldContain(text);
        await Market.Until(
            async () => (await agent.Open("/payouts/sellers?state=held")).Html.Contains($"/sellers/{ana}/payouts"),
            "a row of the held");

        var told = Fine(await browser.Open("/earnings/payouts"));
        foreach (var text in (string[])
            ["Why payouts are held", "not clear that the named account", "Looked at again by"])
            told.Text.ShouldContain(text);
        told.Html.ShouldContain("/appeals/");
        var named = await browser.Follow(await browser.Send(told, "/earnings/payouts/eur/account",
            ("account.holder", "Ana"), ("account.iban", "DE89 3704 0044 0532 0130 00")));
        Fine(named).Text.ShouldContain("ending in 3000");
        named.Text.ShouldContain("Why payouts are held");
        Fine(await agent.Follow(await agent.Send(
            Fine(await agent.Open($"/sellers/{ana}/payouts")), $"/sellers/{ana}/payouts/eur/lift"))).Text
            .ShouldContain("Payouts go on.");
        (await agent.Open("/sellers/no-such-shop/payouts")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.Open($"/sellers/{ana}/payouts")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact, Trait("Capability", "PAY-4"), Trait("Capability", "DSP-4")]
    public async Task Takes_a_chargeback_off_tells_why_and_gives_it_back_after_an_appeal()
    {
        var (ana, order, mine) = await Earned("TRACK000781");
        using var browser = mine;
        using var op = await As(Party.Operator, "olga");
        var page = Fine(await op.Open($"/sellers/{ana}/payouts"));
        var post = $"/sellers/{ana}/payouts/eur/chargeback";
        var bad = await op.Send(page, post, ("reference", "dp_1"), ("order", "a b"), ("amount", "20"));
        bad.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        bad.Text.ShouldContain("This is no order number");
        var booked = Fine(await op.Follow(await op.Send(page, post,
            ("reference", "dp_1"), ("order", order.Split('/')[^1]), ("amount", "16.50"))));
        foreach (var text in (string[])["Chargebacks", "Taken off", "Below zero", "Give it back"])
            booked.Text.ShouldContain(text);
        await Market.Until(
            async () => (await op.Open("/payouts/sellers?state=owing")).Html.Contains($"/sellers/{ana}/payouts"),
            "a row of those below zero");

        var told = Fine(await browser.Open("/earnings/payouts"));
        told.Text.ShouldNotContain("Give it back");
        // From what, of which order, in which statement, and what makes up for it.
        foreach (var text in (string[])["You owe it", "Why it was taken off", "Why it is below zero",
            "Orders that are delivered now are not enough"])
            told.Text.ShouldContain(text);
        told.Html.ShouldContain(order.Replace("/v1/orders/", "/orders/"));
        told.Html.ShouldMatch("/earnings/[0-9]{4}-[0-9]{2}/EUR");
        var (_, next) = await market.Bought(ana);
        await market.As(Party.Seller, ana).Post(
            $"{next}/dispatch", new { carrier = "dhl", trackingNumber = "TRACK000791" });
        (await market.As(Party.Carrier, "dhl").Post($"/v1/parcels/{ana}/{next.Split('/')[^1]}/events", new
        {
            status = "delivered", at = $"{market.Clock.Now}",
        })).Status.ShouldBe(HttpStatusCode.OK);
        await Market.Until(
            async () => (await browser.Open("/earnings/payouts")).Text.Contains(
                "With these orders it is made up for by"), "what makes up for it");
        var sums = (await market.As(Party.Operator, "olga").Get("/v1/payouts/sellers/sums")).Json["items"]!.AsArray()
            .Single(s => s!["currency"]!.ToString() == "EUR")!;
        ((long)sums["owing"]!["minor"]!).ShouldBeLessThan(0);
        var form = System.Text.RegularExpressions.Regex.Match(told.Html, "/appeals/[^\"]+").Value;
        var lodged = await browser.Follow(await browser.Send(
            Fine(await browser.Open(System.Net.WebUtility.HtmlDecode(form))), form.Split('?')[0],
            ("about", $"earnings/{ana}/eur"), ("text", "The buyer has the parcel.")));
        Fine(lodged).Text.ShouldContain("Chargeback taken off earnings");
        var gil = market.As(Party.Agent, "gil");
        var decided = await gil.Post($"/v1{form.Split('?')[0]}/decision", new
        {
            verdict = "reverse", reason = "appeal.facts-were-wrong",
        });
        decided["state"].ShouldBe("reversed", decided.Text);
        await Market.Until(
            async () => (await browser.Open("/earnings/payouts")).Text.Contains("Given back on"), "what is given back");
        (await market.As(Party.Seller, ana).Get($"/v1/sellers/{ana}/chargebacks")).Json["items"]![0]!["restoredAt"]
            .ShouldNotBeNull();
        (await market.As(Party.Seller, "eve").Get($"/v1/sellers/{ana}/chargebacks")).Status
            .ShouldBe(HttpStatusCode.NotFound);
        Fine(await op.Open($"/sellers/{ana}/payouts")).Text.ShouldContain("15.50 EUR");
    }
}
