using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Runtime;
using Recourse.Wallets;
namespace Recourse.Web;

/// <summary>A buyer's money with the platform: what is there, what happened to it, and refunds on their way.</summary>
static class WalletPages
{
    public const string Path = "/wallet";
    public const string Refunds = "/my-refunds";
    public const string Payments = "/my-payments";
    const int PerPage = 50;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, All).AsPage(Party.Buyer);
        pages.MapGet($"{Path}/{{currency}}", (string currency, Caller caller, IPlatform platform, string? after,
            string? done) => One(currency, caller, platform, after, null, null, done is "withdrawn"))
            .AsPage(Party.Buyer);
        pages.MapGet($"{Path}/{{currency}}/statement.csv", WalletFiles.Csv).AsPage(Party.Buyer);
        pages.MapGet($"{Path}/{{currency}}/statement.pdf", WalletFiles.Pdf).AsPage(Party.Buyer);
        pages.MapPost($"{Path}/{{currency}}/withdraw", Withdraw).AsPage(Party.Buyer);
        pages.MapGet($"{Refunds}/{{code}}", (string code, Caller caller, IPlatform platform, string? done) =>
            Refund(code, caller, platform, null, done)).AsPage(Party.Buyer);
        pages.MapPost($"{Refunds}/{{code}}/{{act}}", Act).AsPage(Party.Buyer);
        pages.MapPost($"{Payments}/{{code}}/returns", ChooseReturns).AsPage(Party.Buyer);
    }

    /// <summary>The page of a refund, for its buyer.</summary>
    public static string HrefOf(RefundId id) => $"{Refunds}/{id.Code}";

    static async Task<IResult> All(Caller caller, IPlatform platform)
    {
        var wallets = await WalletEndpoints.List(caller, platform, null, null);
        if (wallets.Body is not { } body) return wallets;
        var refunds = await RefundEndpoints.List(caller, platform, null, PerPage);
        return Pages.Show<WalletsPage>(Reader.Of(caller.Http), new()
        {
            ["Rows"] = body, ["Refunds"] = refunds.Body,
        });
    }

    static async Task<IResult> One(
        string currency, Caller caller, IPlatform platform, string? after, Problem? refused, FormWrite? form, bool done)
    {
        if (WalletEndpoints.IdOf(caller.Buyer?.Code ?? "", currency, caller) is not { } id) return Problems.NotFound;
        var reader = Reader.Of(caller.Http);
        var lines = await WalletEndpoints.Statement(id.Buyer.Code, currency, caller, platform, after, PerPage);
        var all = await PayoutEndpoints.List(caller, platform, null, PerPage);
        var payouts = all.Body is not { } found ? null
            : found with { Items = [.. found.Items.Where(p => p.Amount.Currency == id.Currency)] };
        return Pages.Show<WalletPage>(reader, new()
        {
            ["Body"] = await WalletEndpoints.Of(id, caller, platform), ["Lines"] = lines.Body, ["Sent"] = form?.Sent,
            ["Payouts"] = payouts?.Items ?? [], ["Done"] = done,
            ["Backs"] = await PayoutEndpoints.CameBack(payouts, caller, platform),
            ["Verified"] = (await WalletEndpoints.Verified(id.Buyer, caller, platform)).Value,
            ["Faults"] = refused is null ? [] : refused.Why.Where(no => no.Field is not null)
                .Select(no => Words.Of(no, reader.Texts)).ToImmutableArray(),
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
        }, refused?.Status ?? 200);
    }

    static async Task<IResult> Withdraw(string currency, FormWrite form, IPlatform platform, Store store)
    {
        var caller = form.By;
        if (WalletEndpoints.IdOf(caller.Buyer?.Code ?? "", currency, caller) is not { } id) return Problems.NotFound;
        var (amount, fault) = MoneyField.Read(form["amount"], id.Currency!.Value, "amount");
        if (fault is not null)
            return await One(currency, caller, platform, null, Problems.Of([fault]), form, false);
        var answer = await WalletEndpoints.Withdraw(
            id, form, amount, BankAccounts.Read(form), platform, store);
        return answer.Problem is { } problem ? await One(currency, caller, platform, null, problem, form, false)
            : Results.LocalRedirect($"{Path}/{currency}?done=withdrawn");
    }

    static async Task<IResult> Refund(string code, Caller caller, IPlatform platform, Problem? refused, string? done)
    {
        var buyer = caller.Buyer?.Code ?? "";
        if (!RefundId.TryParse($"refund/{buyer}/{code}", out var id)
            || await platform.Read(id, caller.Who, caller.Cancel) is not { } seen
            || (await RefundTraces.Get(buyer, code, caller, platform)).Body is not { } trace) return Problems.NotFound;
        var reader = Reader.Of(caller.Http);
        return Pages.Show<BuyerRefundPage>(reader, new()
        {
            ["Body"] = RefundEndpoints.Of(seen, caller.Texts), ["Trace"] = trace,
            ["Done"] = done is "wallet" or "trace" or "divert" or "bank" or "recompute" ? done : null,
            ["Faults"] = refused is null ? [] : refused.Why.Where(no => no.Field is not null)
                .Select(no => Words.Of(no, reader.Texts)).ToImmutableArray(),
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
        }, refused?.Status ?? 200);
    }

    /// <summary>A choice that comes too late changes nothing, and the order's page shows how it stands.</summary>
    static async Task<IResult> ChooseReturns(string code, FormWrite form, IPlatform platform)
    {
        if (!PaymentId.TryParse($"payment/{form.By.Buyer?.Code}/{code}", out var id)) return Problems.NotFound;
        await platform.Ask(
            form.Choosing(form["to"]).To(id, new Payment.Command.ChooseReturns(form["to"] is "wallet")),
            form.By.Cancel);
        return Results.LocalRedirect(OrderId.TryParse(form["order"], out var order) ? OrderFile.HrefOf(order) : Path);
    }

    static async Task<IResult> Act(string code, string act, FormWrite form, IPlatform platform, Store store)
    {
        var buyer = form.By.Buyer?.Code ?? "";
        var problem = act switch
        {
            "wallet" => (await RefundEndpoints.Ask(
                buyer, code, form, new Refund.Command.TakeInWallet(), platform)).Problem,
            "divert" => (await RefundEndpoints.Ask(buyer, code, form.Choosing(form["to"]),
                new Refund.Command.Divert(form["to"] is "wallet"), platform)).Problem,
            "trace"  => (await RefundEndpoints.Ask(buyer, code, form, new Refund.Command.Trace(), platform)).Problem,
            "recompute" => await RefundTraces.Due(buyer, code, form.By, platform) is { } due
                ? (await RefundEndpoints.Ask(buyer, code, form, new Refund.Command.Recompute(due), platform)).Problem
                : Problems.NotFound,
            "bank"   => (await RefundEndpoints.TakeByBank(buyer, code, form,
                BankAccounts.Read(form), platform, store)).Problem,
            _        => Problems.NotFound,
        };
        return problem is null ? Results.LocalRedirect($"{Refunds}/{code}?done={act}")
            : problem.Status == 404 ? problem : await Refund(code, form.By, platform, problem, null);
    }
}
