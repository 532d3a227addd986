using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>Wallet, refund and payouts on pages.</summary>
public sealed partial class LookingAtMyMoney(Market market) : IClassFixture<Market>
{
    async Task<Browser> As(Party role, string of)
    {
        var browser = Browser.At(market.App);
        await browser.SignIn(market.App.Services.GetRequiredService<AccessKeys>().Create(role, of));
        return browser;
    }

    static PageReply Fine(PageReply page)
    {
        page.Status.ShouldBe(HttpStatusCode.OK, page.Text[..Math.Min(600, page.Text.Length)]);
        page.Text.ShouldNotContain("console.");
        return page;
    }

    [Fact, Trait("Capability", "REF-3"), Trait("Capability", "PAY-3")]
    public async Task Shows_a_buyer_where_it_is_and_lets_them_withdraw_it()
    {
        var (ana, _) = await market.Seller();
        var name = market.Fresh("bea");
        var bea = market.As(Party.Buyer, name);
        var refund = await TakingMoneyOut.Filled(market, bea, ana, name);
        using var browser = await As(Party.Buyer, name);
        await Market.Until(async () => (await browser.Open("/wallet")).Text.Contains("16.50 EUR"), "the wallet's page");
        Fine(await browser.Open("/wallet")).Text.ShouldContain("Refund of 16.50 EUR");
        var wallet = Fine(await browser.Open("/wallet/eur"));
        wallet.Text.ShouldContain("Came into the wallet");
        (await browser.Open("/wallet/eur/statement.csv")).Html.ShouldMatch(
            ",wallet.received,16.50,EUR,[^,]*,16.50\r\n");
        (await browser.Open("/wallet/eur/statement.pdf")).Html.ShouldStartWith("%PDF-1.");
        wallet.Text.ShouldContain("Before the first withdrawal you show who you are");
        (await browser.Open("/wallet/xxy")).Status.ShouldBe(HttpStatusCode.NotFound);

        var path = $"/my-refunds/{refund.Split('/')[^1]}";
        var page = Fine(await browser.Open(path));
        foreach (var text in (string[])
            ["16.50 EUR is in your wallet", "12.50 EUR", "Shipping", "Of which tax 2.63 EUR"])
            page.Text.ShouldContain(text);
        Fine(await browser.Follow(await browser.Send(page, $"{path}/recompute"))).Text
            .ShouldContain("the amount is right");

        (string, string)[] account = [("account.holder", "Bea"), ("account.iban", "DE89 3704 0044 0532 0130 01")];
        var bad = await browser.Send(wallet, "/wallet/eur/withdraw", [("amount", "5.00"), .. account]);
        bad.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        bad.Text.ShouldContain("This is no IBAN");
        bad.Html.ShouldContain("value=\"5.00\"");
        await ServingAClinic.Verify(market, bea, name);
        account[1] = ("account.iban", "DE89 3704 0044 0532 0130 00");
        var done = await browser.Follow(
            await browser.Send(bad, "/wallet/eur/withdraw", [("amount", "5.00"), .. account]));
        Fine(done).Text.ShouldContain("on its way to your bank");

        using var op = await As(Party.Operator, "olga");
        await Market.Until(async () => (await op.Open("/payouts?state=ready")).Text.Contains("5.00 EUR"), "a payout");
        var made = await op.Follow(await op.Send(Fine(await op.Open("/payouts")), "/payouts/file"));
        Fine(made).Html.ShouldContain("/pain.001");
        var confirm = System.Text.RegularExpressions.Regex.Match(made.Html, "/payouts/[^\"]+/confirm").Value;
        var noted = Fine(await op.Follow(await op.Send(made, confirm, ("reference", "bank-1"))));
        noted.Text.ShouldContain("Noted.");
        var now = Fine(await browser.Open("/wallet/eur"));
        now.Text.ShouldContain("ending in 3000");
        now.Text.ShouldNotContain("Before the first withdrawal");
        (await browser.Open("/wallet/eur/statement.csv")).Html.ShouldContain(",wallet.withdrawn,-5.00,EUR,");

        // The bank sends back what it had said to be there.
        var payout = confirm.Replace("/payouts/", "/v1/payouts/").Replace("/confirm", "/return");
        (await market.As(Party.Operator, "olga").Post(payout, new { reason = "AC04" }))["state"].ShouldBe("back");
        await Market.Until(
            async () => (await browser.Open("/wallet/eur")).Text.Contains("16.50 EUR You can pay"), "what came back");
        Fine(await browser.Open("/wallet/eur")).Text.ShouldContain("Why a withdrawal came back");
    }

    [Fact, Trait("Capability", "REF-3")]
    public async Task Lets_a_buyer_have_a_refund_traced_and_an_agent_answer()
    {
        var (ana, _) = await market.Seller();
        var name = market.Fresh("bea");
        var (bea, order) = await market.Bought(ana, buyer: name);
        market.Clock.Pass(Duration.FromMinutes(61));
        await Market.Until(async () => (await bea.Get($"{order}/money"))["paymentState"] == "captured", "capture");
        await bea.Post($"{order}/cancellation", new { reason = "cancel.changed-mind" });
        await Market.Until(async () => (await bea.Get($"{order}/money")).Json["refunds"]!.AsArray()
            .Any(r => r!["state"]!.ToString() == "paid"), "a refund");
        var code = (await bea.Get($"{order}/money")).Json["refunds"]![0]!["id"]!.ToString().Split('/')[^1];
        using var browser = await As(Party.Buyer, name);
        Fine(await browser.Open(order["/v1".Length..])).Html.ShouldContain($"/my-refunds/{code}");
        var page = Fine(await browser.Open($"/my-refunds/{code}"));
        page.Text.ShouldContain("is back with you");
        var traced = await browser.Follow(await browser.Send(page, $"/my-refunds/{code}/trace"));
        Fine(traced).Text.ShouldContain("An agent traces");

        using var agent = await As(Party.Agent, "gil");
        var (file, close) = ($"/refunds/{name}/{code}", $"/refunds/{name}/{code}/trace/close");
        var answered = await agent.Follow(
            await agent.Send(Fine(await agent.Open(file)), close, ("reference", "74537600000000000000001")));
        Fine(answered).Text.ShouldContain("The buyer is told.");
        Fine(await browser.Open($"/my-refunds/{code}")).Text.ShouldContain("74537600000000000000001");
    }

    [Fact, Trait("Capability", "REF-1")]
    public async Task Lets_a_buyer_choose_on_the_order_where_refunds_go()
    {
        var (ana, _) = await market.Seller();
        var name = market.Fresh("bea");
        var (bea, order) = await market.Bought(ana, buyer: name);
        using var browser = await As(Party.Buyer, name);
        var page = Fine(await browser.Open(order["/v1".Length..]));
        page.Text.ShouldContain("go back as you paid");
        var checkout = (await bea.Get(order))["checkout"]!.Split('/')[^1];
        var chosen = await browser.Follow(await browser.Send(page, $"/my-payments/{checkout}/returns",
            ("to", "wallet"), ("order", order["/v1/".Length..].Replace("orders/", "order/"))));
        Fine(chosen).Text.ShouldContain("go to your wallet");
    }
}
