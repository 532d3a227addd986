using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Payouts;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Payouts: a seller's own, and all of them for whoever sends them to the bank.</summary>
static class PayoutPages
{
    public const string Path = "/payouts";
    public const string OfSeller = "/earnings/payouts";
    const int PerPage = 100;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(OfSeller, (Caller caller, IPlatform platform, string? done) =>
            Mine(caller, platform, null, null, null, done)).AsPage(Party.Seller);
        pages.MapPost($"{OfSeller}/{{currency}}/account", SetAccount).AsPage(Party.Seller);
        pages.MapPost($"{OfSeller}/{{currency}}/schedule", SetSchedule).AsPage(Party.Seller);
        pages.MapGet(Path, (Caller caller, IPlatform platform, string? state, string? after, string? done) =>
            All(caller, platform, state, after, null, done)).AsPage(Party.Staff);
        SellerMoneyPages.Map(pages);
        pages.MapPost($"{Path}/run", Run).AsPage(Party.Operator);
        pages.MapPost($"{Path}/file", MakeFile).AsPage(Party.Operator);
        pages.MapPost($"{Path}/{{owner}}/{{code}}/confirm", (string owner, string code, FormWrite form,
            IPlatform platform) => Answered(owner, code, form, new Payout.Command.Confirm(form["reference"]), platform))
            .AsPage(Party.Operator);
        pages.MapPost($"{Path}/{{owner}}/{{code}}/return", (string owner, string code, FormWrite form,
            IPlatform platform) => Answered(owner, code, form, new Payout.Command.Return(form["reason"]), platform))
            .AsPage(Party.Operator);
    }

    static async Task<IResult> Mine(
        Caller caller, IPlatform platform, Problem? refused, FormWrite? form, string? at, string? done)
    {
        var (reader, seller) = (Reader.Of(caller.Http), ((Actor.Seller)caller.Who).Id);
        var payouts = await PayoutEndpoints.List(caller, platform, null, PerPage);
        return Pages.Show<SellerPayoutsPage>(reader, new()
        {
            ["Currencies"] = await SellerPayoutEndpoints.Of(seller, caller, platform), ["Payouts"] = payouts.Body,
            ["Backs"] = await PayoutEndpoints.CameBack(payouts.Body, caller, platform),
            ["Chargebacks"] = await ChargebackEndpoints.Of(seller, caller, platform, null, PerPage),
            ["Sent"] = form?.Sent, ["At"] = at, ["Done"] = done is "account" or "schedule" ? done : null,
            ["Choices"] = RulebookEndpoints.Current(platform).Of<PayoutRules>().Choices,
            ["Faults"] = refused is null ? [] : refused.Why.Where(no => no.Field is not null)
                .Select(no => Words.Of(no, reader.Texts)).ToImmutableArray(),
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
        }, refused?.Status ?? 200);
    }

    static async Task<IResult> SetAccount(string currency, FormWrite form, IPlatform platform, Store store)
    {
        if (SellerPayoutEndpoints.IdOf(((Actor.Seller)form.By.Who).Id.Code, currency, form.By) is not { } id)
            return Problems.NotFound;
        var answer = await SellerPayoutEndpoints.SetAccount(
            id, form, BankAccounts.Read(form), platform, store);
        return answer.Problem is { } problem ? await Mine(form.By, platform, problem, form, $"account-{id.Code}", null)
            : Results.LocalRedirect($"{OfSeller}?done=account");
    }

    static async Task<IResult> SetSchedule(string currency, FormWrite form, IPlatform platform)
    {
        if (SellerPayoutEndpoints.IdOf(((Actor.Seller)form.By.Who).Id.Code, currency, form.By) is not { } id)
            return Problems.NotFound;
        var (body, fault) = PayoutSchedules.Read(form, id.Currency!.Value);
        var problem = fault is not null ? Problems.Of([fault])
            : (await PayoutSchedules.Set(id, form, body, platform)).Problem;
        return problem is null ? Results.LocalRedirect($"{OfSeller}?done=schedule")
            : await Mine(form.By, platform, problem, form, $"schedule-{id.Code}", null);
    }

    static async Task<IResult> All(
        Caller caller, IPlatform platform, string? state, string? after, Problem? refused, string? done)
    {
        state = string.IsNullOrEmpty(state) ? null : state;
        var rows = await PayoutEndpoints.List(caller, platform, after, PerPage, null, state);
        var reader = Reader.Of(caller.Http);
        return rows.Body is not { } body ? rows : Pages.Show<PayoutsPage>(reader, new()
        {
            ["Rows"] = body, ["State"] = state, ["Done"] = done,
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
        }, refused?.Status ?? 200);
    }

    static async Task<IResult> Run(FormWrite form, IPlatform platform)
    {
        var ran = await SellerPayoutEndpoints.RunAll(form, platform);
        return Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"{Path}?done=ran-{ran.Ran}"));
    }

    static async Task<IResult> MakeFile(FormWrite form, IPlatform platform, Store store)
    {
        var made = await PayoutEndpoints.Make(form, platform, store);
        return made.Body is { Files: var files }
            ? Results.LocalRedirect($"{Path}?state=sent&done=files-{string.Join('.', files.Select(f => f.Id))}")
            : await All(form.By, platform, null, null, made.Problem, null);
    }

    static async Task<IResult> Answered(
        string owner, string code, FormWrite form, Payout.Command command, IPlatform platform)
    {
        var answer = await PayoutEndpoints.Ask(owner, code, form, command, platform);
        return answer.Problem is { } problem
            ? problem.Status == 404 ? problem : await All(form.By, platform, null, null, problem, null)
            : Results.LocalRedirect($"{Path}?done=answered");
    }
}
