using System.Net;
using System.Xml.Linq;
using Xunit;
namespace Recourse.Tests;

/// <summary>Money that comes back, is spent again, and goes to a bank.</summary>
public sealed class TakingMoneyOut(Market market) : IClassFixture<Market>
{
    static object Eur(long minor) => new { minor, currency = "EUR" };
    static object Account(string iban = "DE89 3704 0044 0532 0130 00") => new { holder = "Bea Muster", iban };

    /// <summary>Has a mug's price and shipping (16.50) refunded into the buyer's wallet.</summary>
    /// <returns>The refund's address.</returns>
    internal static async Task<string> Filled(Market market, Someone buyer, string seller, string name)
    {
        var (_, order) = await market.Bought(seller, buyer: name);
        var checkout = (await buyer.Get(order))["checkout"]!.Split('/')[^1];
        var chosen = await buyer.Post($"/v1/payments/{name}/{checkout}/returns", new { toWallet = true });
        chosen.Status.ShouldBe(HttpStatusCode.OK, chosen.Text);
        market.Clock.Pass(Duration.FromMinutes(61));
        await Market.Until(async () => (await buyer.Get($"{order}/money"))["paymentState"] == "captured", "capture");
        await buyer.Post($"{order}/cancellation", new { reason = "cancel.changed-mind" });
        await Market.Until(async () => await BalanceOf(buyer, name) >= 1650, "a filled wallet");
        var refund = (await buyer.Get($"{order}/money")).Json["refunds"]![0]!["id"]!.ToString();
        return $"/v1/{refund.Replace("refund/", "refunds/")}";
    }

    static async Task<long> BalanceOf(Someone buyer, string name) =>
        (await buyer.Get($"/v1/wallets/{name}/eur")).Json["balance"]!["minor"]!.GetValue<long>();

    async Task<(string Name, Someone Buyer)> Fresh()
    {
        var name = market.Fresh("bea");
        return (name, market.As(Party.Buyer, name));
    }

    [Fact, Trait("Capability", "PAY-3"), Trait("Capability", "REF-1")]
    public async Task Goes_to_the_wallet_itemised_and_pays_the_next_purchase_with_a_card()
    {
        var (ana, _) = await market.Seller();
        var (name, buyer) = await Fresh();
        var refund = await buyer.Get(await Filled(market, buyer, ana, name));
        refund["state"].ShouldBe("inWallet", refund.Text);
        var items = refund.Json["items"]!;
        (items["goods"]!["minor"]!.GetValue<long>(), items["shipping"]!["minor"]!.GetValue<long>(),
            items["total"]!["minor"]!.GetValue<long>(), items["tax"]!["minor"]!.GetValue<long>())
            .ShouldBe((1250, 400, 1650, 263));                            // of which 19 % tax: 16.50 × 19/119
        await Market.Until(async () => (await buyer.Get($"/v1/wallets/{name}/eur/statement")).Json["items"]!.AsArray()
            .Count == 1, "a line of the statement");

        var much = await buyer.Post("/v1/checkouts", Basket(ana, Eur(1651), 2));
        (much.Status, much["code"]).ShouldBe((HttpStatusCode.UnprocessableEntity, "wallet.not-enough"), much.Text);
        var odd = await buyer.Post("/v1/checkouts", Basket(ana, new { minor = 5, currency = "USD" }, 2));
        odd["code"].ShouldBe("checkout.other-wallet", odd.Text);

        var paid = await buyer.Post("/v1/checkouts", Basket(ana, Eur(1000), 2));
        paid.Status.ShouldBe(HttpStatusCode.Created, paid.Text);
        (await BalanceOf(buyer, name)).ShouldBe(650);
        var order = $"/v1/{paid.Json["orders"]![0]!["order"]!.ToString().Replace("order/", "orders/")}";
        await Market.Until(async () => (await buyer.Get(order))["state"] == "funded", "funding");
        await buyer.Post($"{order}/cancellation", new { reason = "cancel.changed-mind" });
        await Market.Until(async () => await BalanceOf(buyer, name) == 1650, "the wallet's part back");
    }

    [Fact, Trait("Capability", "PAY-3")]
    public async Task Pays_a_purchase_whole_without_a_method_and_asks_for_one_for_the_rest()
    {
        var (ana, _) = await market.Seller();
        var (name, buyer) = await Fresh();
        await Filled(market, buyer, ana, name);
        var much = await buyer.Post("/v1/checkouts", Whole(ana, Eur(1650), 2));
        (much.Status, much["code"]).ShouldBe((HttpStatusCode.UnprocessableEntity, "checkout.method-for-the-rest"));
        (await buyer.Post("/v1/checkouts", Whole(ana, null, 1)))["code"].ShouldBe("checkout.no-method");
        (await BalanceOf(buyer, name)).ShouldBe(1650);
        var paid = await buyer.Post("/v1/checkouts", Whole(ana, Eur(1650), 1));
        paid.Status.ShouldBe(HttpStatusCode.Created, paid.Text);
        paid["state"].ShouldBe("authorised", paid.Text);
        (await BalanceOf(buyer, name)).ShouldBe(0);
    }

    [Fact, Trait("Capability", "PAY-3")]
    public async Task Is_withdrawn_or_spent_where_both_are_asked_for_at_one_moment_and_never_both()
    {
        var (ana, _) = await market.Seller();
        var (name, buyer) = await Fresh();
        await Filled(market, buyer, ana, name);
        await ServingAClinic.Verify(market, buyer, name);
        var replies = await Task.WhenAll(
            buyer.Post("/v1/checkouts", Whole(ana, Eur(1650), 1)),
            buyer.Post($"/v1/wallets/{name}/eur/withdrawals", new { amount = Eur(1650), account = Account() }),
            buyer.Post($"/v1/wallets/{name}/eur/withdrawals", new { amount = Eur(1000), account = Account() }));
        replies.Count(r => r.Status == HttpStatusCode.Created).ShouldBe(1);
        replies.Where(r => r.Status != HttpStatusCode.Created).ShouldAllBe(r => r["code"] == "wallet.not-enough");
        (await BalanceOf(buyer, name)).ShouldBe(replies[2].Status == HttpStatusCode.Created ? 650 : 0);
    }

    [Fact, Trait("Capability", "PAY-3")]
    public async Task Answers_each_of_two_withdrawals_with_its_own_payout_also_when_one_is_said_again()
    {
        var (ana, _) = await market.Seller();
        var (name, buyer) = await Fresh();
        await Filled(market, buyer, ana, name);
        await ServingAClinic.Verify(market, buyer, name);
        var address = $"/v1/wallets/{name}/eur/withdrawals";
        var keys = new[] { market.Fresh("key"), market.Fresh("key"), market.Fresh("key") };
        long[] amounts = [500, 300, 200];
        for (var times = 0; times < 2; times++)
        {
            var replies = await Task.WhenAll(keys.Zip(amounts).Select(
                w => buyer.Post(address, new { amount = Eur(w.Second), account = Account() }, w.First)));
            replies.Select(r => r.Json["amount"]!["minor"]!.GetValue<long>()).ShouldBe(amounts);
            replies.Select(r => r["id"]).Distinct().Count().ShouldBe(3);
        }
        (await BalanceOf(buyer, name)).ShouldBe(650);
    }

    static object Whole(string seller, object? wallet, int quantity) => new
    {
        lines = new[] { new { listing = $"listing/{seller}/mug", sku = "red", quantity } }, country = "DE",
        shipTo = Market.Home, wallet,
    };

    [Fact, Trait("Capability", "PAY-3")]
    public async Task Is_offered_on_the_page_as_the_way_to_pay_where_it_is_enough()
    {
        var (ana, _) = await market.Seller();
        using var bea = await Shopper.SignedIn(market);
        await Filled(market, bea.Api, ana, bea.Name!);
        await bea.PutMugs(ana);
        var page = await bea.GiveAddress();
        page.Text.ShouldContain("Your wallet Pays all of it, 16.50 EUR");
        var paid = await bea.Browser.Follow(await bea.Press(page, "wallet"));
        paid.Text.ShouldContain("Paid");
        (await BalanceOf(bea.Api, bea.Name!)).ShouldBe(0);

        await bea.PutMugs(ana);
        (await bea.Browser.Open("/checkout?currency=EUR")).Text.ShouldNotContain("Your wallet Pays");
    }

    static object Basket(string seller, object wallet, int quantity) => new
    {
        lines = new[] { new { listing = $"listing/{seller}/mug", sku = "red", quantity } }, country = "DE",
        method = "pm_card_visa", shipTo = Market.Home, wallet,
    };

    [Fact, Trait("Capability", "PAY-3")]
    public async Task Is_withdrawn_once_its_buyer_has_shown_who_they_are()
    {
        var (ana, _) = await market.Seller();
        var (name, buyer) = await Fresh();
        await Filled(market, buyer, ana, name);
        var address = $"/v1/wallets/{name}/eur/withdrawals";
        var early = await buyer.Post(address, new { amount = Eur(500), account = Account() });
        (early.Status, early["code"]).ShouldBe((HttpStatusCode.Conflict, "wallet.verify-first"), early.Text);
        await ServingAClinic.Verify(market, buyer, name);
        var bad = await buyer.Post(address, new { amount = Eur(500), account = Account("DE00 1234") });
        bad["code"].ShouldBe("payout.bad-iban", bad.Text);
        foreach (var (iban, bic, number, code) in ((string?, string?, string?, string)[])
        [
            ("BR1800360305000010009795493C1", null, null, "payout.no-bic"),
            (null, null, "123456789", "payout.no-bic"), (null, "COBADEFF", "123456789", "payout.iban-needed"),
            (null, "CHASUS33", "12-34", "payout.bad-number"), (null, "CHASZZ33", "1234", "payout.bad-bic"),
        ])
            (await buyer.Post(address, new
            {
                amount = Eur(500), account = new { holder = "Bea", iban, bic, number },
            }))["code"].ShouldBe(code);
        (await buyer.Post(address, new { amount = Eur(1651), account = Account() }))["code"]
            .ShouldBe("wallet.not-enough");

        var paid = await buyer.Post(address, new { amount = Eur(500), account = Account() });
        paid.Status.ShouldBe(HttpStatusCode.Created, paid.Text);
        (await BalanceOf(buyer, name)).ShouldBe(1150);
        paid.Text.ShouldNotContain("0532", customMessage: "the account's number is told to nobody");

        var op = market.As(Party.Operator, "olga");
        var file = await op.Post("/v1/payouts/files");
        file.Status.ShouldBe(HttpStatusCode.Created, file.Text);
        var xml = XDocument.Parse((await op.Get(file.Json["files"]![0]!["href"]!.ToString())).Text);
        xml.Descendants().Where(e => e.Name.LocalName is "InstdAmt").Select(e => e.Value).ShouldContain("5.00");
        xml.Descendants().Where(e => e.Name.LocalName is "IBAN").Select(e => e.Value)
            .ShouldContain("DE89370400440532013000");
        var payout = $"/v1/{paid["id"]!.Replace("payout/", "payouts/")}";
        (await op.Post($"{payout}/return", new { reason = "nothing" }))["code"].ShouldBe("payout.bad-reason");
        (await op.Post($"{payout}/return", new { reason = "AC04" }))["state"].ShouldBe("back");
        await Market.Until(async () => await BalanceOf(buyer, name) == 1650, "what came back");
        using var browser = await market.Browse(Party.Buyer, name);
        var why = $"{payout["/v1".Length..]}/why";
        await Market.Until(async () => (await browser.Open("/wallet/eur")).Html.Contains($"href=\"{why}\""),
            "the way from the list to why");
        (await browser.Open(why)).Text.ShouldContain("AC04");
        (await buyer.Get(payout)).Json["why"]!["code"]!.ToString().ShouldBe("payout.account-closed");
        (await op.Post("/v1/payouts/files"))["code"].ShouldBe("payout.none-ready");

        await IsPaidInFilesOfTheirOwn(buyer, address, op);
    }

    /// <summary>Within SEPA and outside of it.</summary>
    static async Task IsPaidInFilesOfTheirOwn(Someone buyer, string address, Someone op)
    {
        (await buyer.Post(address, new { amount = Eur(100), account = Account() })).Status
            .ShouldBe(HttpStatusCode.Created);
        var abroad = await buyer.Post(address, new
        {
            amount = Eur(200), account = new { holder = "Bea", bic = "CHASUS33", number = "123456789" },
        });
        (abroad["country"], abroad["ending"]).ShouldBe(("US", "6789"), abroad.Text);
        var both = (await op.Post("/v1/payouts/files")).Json["files"]!.AsArray();
        both.Select(f => f!["scheme"]!.ToString()).ShouldBe(["sepa", "other"]);
        var other = (await op.Get(both[1]!["href"]!.ToString())).Text;
        other.ShouldContain("<BICFI>CHASUS33</BICFI>");
        other.ShouldContain("<Id>123456789</Id>");
        other.ShouldNotContain("SEPA");
    }

    [Fact, Trait("Capability", "REF-3")]
    public async Task Tells_where_it_is_and_works_it_out_again()
    {
        var (ana, _) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        market.Clock.Pass(Duration.FromMinutes(61));
        await Market.Until(async () => (await buyer.Get($"{order}/money"))["paymentState"] == "captured", "capture");
        await buyer.Post($"{order}/cancellation", new { reason = "cancel.changed-mind" });
        await Market.Until(async () => (await buyer.Get($"{order}/money")).Json["refunds"]!.AsArray()
            .Any(r => r!["state"]!.ToString() == "paid"), "a refund");
        var refund = $"/v1/{(await buyer.Get($"{order}/money")).Json["refunds"]![0]!["id"]!.ToString()
            .Replace("refund/", "refunds/")}";

        var trace = await buyer.Get($"{refund}/trace");
        trace["where"].ShouldBe("back", trace.Text);
        trace.Json["steps"]!.AsArray().Select(s => s!["code"]!.ToString())
            .ShouldBe(["ended", "asked", "paid", "provider-back"]);
        (trace["said"], trace["owner"]).ShouldBe(("back", null), trace.Text);
        trace.Json["references"]!.AsArray().ShouldNotBeEmpty();
        (await buyer.Post($"{refund}/recompute"))["state"].ShouldBe("paid");

        var asked = await buyer.Post($"{refund}/trace");
        (asked["state"], asked.Json["next"]!["owner"]!.ToString()).ShouldBe(("tracing", "agent"), asked.Text);
        var agent = market.As(Party.Agent, "gil");
        (await agent.Post($"{refund}/trace/close", new { reference = "74537600000000000000001" }))["arn"]
            .ShouldBe("74537600000000000000001");
        (await market.As(Party.Buyer, "eve").Get($"{refund}/trace")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact, Trait("Capability", "PAY-4")]
    public async Task Pays_a_seller_by_the_schedule_unless_it_is_held()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        await seller.Post($"{order}/dispatch", new { carrier = "dhl", trackingNumber = "TRACK000777" });
        await buyer.Post($"{order}/receipt");
        var set = await seller.Put($"/v1/sellers/{ana}/payouts/eur/account", Account());
        set.Status.ShouldBe(HttpStatusCode.OK, set.Text);
        set["ending"].ShouldBe("3000");
        await Market.Until(async () => await Owed(seller, ana) > 0, "earnings");

        var op = market.As(Party.Operator, "olga");
        var agent = market.As(Party.Agent, "gil");
        var held = await agent.Post($"/v1/sellers/{ana}/payouts/eur/hold", new { reason = "payout.disputes-open" });
        held["state"].ShouldBe("held", held.Text);
        var appeal = (await seller.Get($"/v1/sellers/{ana}/payouts")).Json["items"]![0]!["why"]!["appeal"]!;
        appeal.ShouldNotBeNull();
        await Market.Until(async () => await IsQueued(), "the queue: somebody looks whether they still are to be held");
        (await agent.Post($"/v1/sellers/{ana}/payouts/eur/lift"))["state"].ShouldBe("scheduled");
        await Market.Until(async () => !await IsQueued(), "an empty queue");
        market.Clock.Pass(Duration.FromDays(22));
        var before = await Owed(seller, ana);
        (await op.Post("/v1/payouts/run")).Status.ShouldBe(HttpStatusCode.OK);
        await Market.Until(async () => await Owed(seller, ana) == 0, "a payout");
        await Market.Until(
            async () => (await seller.Get("/v1/payouts")).Json["items"]!.AsArray().Count == 1, "a row");
        (await seller.Get("/v1/payouts")).Json["items"]![0]!["amount"]!["minor"]!.GetValue<long>().ShouldBe(before);

        var charged = await op.Post($"/v1/sellers/{ana}/payouts/eur/chargebacks", new
        {
            reference = "dp_1", order = order["/v1/".Length..].Replace("orders/", "order/"), amount = Eur(700),
        });
        charged.Json["payable"]!["minor"]!.GetValue<long>().ShouldBe(-700, charged.Text);
        foreach (var (reference, of, amount, code) in ((string, string, long, string)[])
            [("dp_1", order, 701, "earnings.booked-otherwise"), ("dp_2", order, 951, "earnings.more-than-was-paid"),
                ("dp_2", $"/v1/orders/{ana}/none", 1, "earnings.no-such-order")])
        {
            var no = await op.Post($"/v1/sellers/{ana}/payouts/eur/chargebacks", new
            {
                reference, order = of["/v1/".Length..].Replace("orders/", "order/"), amount = Eur(amount),
            });
            no.Code.ShouldBe(code, no.Text);
        }

        async Task<bool> IsQueued() => (await agent.Get("/v1/queue?kind=payout&limit=200"))
            .Json["items"]!.AsArray().Any(i => $"{i!["of"]}" == $"seller/{ana}");
    }

    static async Task<long> Owed(Someone seller, string code) =>
        (await seller.Get($"/v1/sellers/{code}/payouts")).Json["items"]!.AsArray().FirstOrDefault()?["payable"]
            ?["minor"]?.GetValue<long>() ?? 0;
}
