using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Monitoring;
using Recourse.Orders;
using Recourse.Reasons;
using Recourse.Runtime;
using Xunit;
namespace Recourse.Tests;

public sealed partial class WhoMayDoWhat
{
    static object Account => new { holder = "Bea", iban = "DE89370400440532013000" };

    /// <summary>The same of calls about money that goes out.</summary>
    static readonly Dictionary<string, object> OfMoney = new()
    {
        ["withdrawFromWallet"] = new { amount = new { minor = 1, currency = "EUR" }, account = Account },
        ["takeRefundByBank"] = Account, ["putPayoutAccount"] = Account,
        ["putPayoutSchedule"] = new { every = "daily" },
        ["closeRefundTrace"] = new { reference = "ARN" }, ["chooseReturns"] = new { toWallet = true },
        ["divertRefund"] = new { toWallet = true },
        ["confirmPayout"] = new { reference = "bank-1" }, ["returnPayout"] = new { reason = "AC04" },
        ["holdSellerPayouts"] = new { reason = "payout.disputes-open" },
        ["restoreChargeback"] = new { reference = "dp" },
        ["bookChargeback"] = new
        {
            reference = "dp", order = "order/nobody/x", amount = new { minor = 1, currency = "EUR" },
        },
    };

    static WhoMayDoWhat()
    {
        foreach (var (name, body) in OfMoney) Bodies[name] = body;
    }

    /// <summary>A verified buyer of many mugs, and the code of the plan for the rest of them.</summary>
    async Task<(string Clinic, string Plan)> Planned(string seller)
    {
        var name = market.Fresh("clinic");
        var clinic = market.As(Party.Buyer, name);
        await ServingAClinic.Verify(market, clinic, name);
        var line = new
        {
            listing = $"listing/{seller}/mug", sku = "red", quantity = 200, later = new { units = 200, parts = 1 },
        };
        var paid = await clinic.Post("/v1/checkouts", new
        {
            lines = new[] { line }, country = "DE", method = "pm_card_visa", shipTo = Market.Home,
        });
        paid.Status.ShouldBe(HttpStatusCode.Created, paid.Text);
        var id = default(string);
        await Market.Until(async () => (id = (await clinic.Get("/v1/plans")).Json["items"]!.AsArray()
            .SingleOrDefault()?["id"]!.ToString()) is not null, "a plan");
        return (name, id!.Split('/')[^1]);
    }

    /// <summary>The code of a verified buyer's withdrawal, and the file that it stands in.</summary>
    async Task<(string Payout, string File)> PaidOut(string seller, string name)
    {
        var buyer = market.As(Party.Buyer, name);
        await TakingMoneyOut.Filled(market, buyer, seller, name);
        var paid = await buyer.Post($"/v1/wallets/{name}/eur/withdrawals", Bodies["withdrawFromWallet"]);
        paid.Status.ShouldBe(HttpStatusCode.Created, paid.Text);
        var file = await market.As(Party.Operator, "olga").Post("/v1/payouts/files");
        return (paid["id"]!.Split('/')[^1], file.Json["files"]![0]!["id"]!.ToString()!);
    }

    /// <summary>A reason that was found false, and a brake, both by the code of an order.</summary>
    async Task Looked(string order, string buyer, Someone seller, string brought)
    {
        var (platform, now) = (market.App.Services.GetRequiredService<IPlatform>(), market.Clock.Now);
        OrderId.TryParse(order.Replace("/v1/orders/", "order/"), out var id).ShouldBeTrue(order);
        var reason = order.Replace("/orders/", "/reasons/");
        var line = new Line(
            1, new(id.Seller, "mug"), new("red"), "Mug", 1, new(1250, Currency.Eur), new(0, Currency.Eur));
        await platform.Ask(new(ReasonCaseId.Of(id), new ReasonCase.Command.Raise(new(new(
            id, new(buyer), "cancel.out-of-stock", now, [new("reason.had-enough", [("sku", "red")])], [line]), now,
            "test")),
            new Actor.Operator("reasons")), default);
        (await seller.Post($"{reason}/answer", new { text = "It wasn't there.", files = new[] { brought } })).Status
            .ShouldBe(HttpStatusCode.OK);
        (await market.As(Party.Agent, "lia").Post($"{reason}/decision", new { verdict = "false" })).Status
            .ShouldBe(HttpStatusCode.OK);
        await platform.Ask(new(new BrakeId(id.Code), new Brake.Command.Pull(new(
            new(new("cancel.never-dispatched"), 40, 1), now, "test")), new Actor.Operator("brake")), default);
    }
}
