using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Catalog;
using Recourse.Orders;
using Recourse.Payouts;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Sellers' payouts for the platform's people: who is held or owes, and what can be done about one seller.
/// </summary>
static class SellerMoneyPages
{
    public const string Path = $"{PayoutPages.Path}/sellers";
    const string One = "/sellers/{seller}/payouts";
    const int PerPage = 100;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, All).AsPage(Party.Staff);
        pages.MapGet(One, (string seller, Caller caller, IPlatform platform, string? done) =>
            Show(seller, caller, platform, null, null, null, done)).AsPage(Party.Staff);
        pages.MapPost($"{One}/{{currency}}/hold", (string seller, string currency, FormWrite form,
            IPlatform platform) => Do(seller, currency, "hold", form, platform)).AsPage(Party.Staff);
        pages.MapPost($"{One}/{{currency}}/lift", (string seller, string currency, FormWrite form,
            IPlatform platform) => Do(seller, currency, "lift", form, platform)).AsPage(Party.Staff);
        pages.MapPost($"{One}/{{currency}}/chargeback", (string seller, string currency, FormWrite form,
            IPlatform platform) => Do(seller, currency, "chargeback", form, platform)).AsPage(Party.Operator);
        pages.MapPost($"{One}/{{currency}}/restore", (string seller, string currency, FormWrite form,
            IPlatform platform) => Do(seller, currency, "restore", form, platform)).AsPage(Party.Operator);
    }

    /// <summary>The page of a seller's payouts.</summary>
    public static string HrefOf(SellerId seller) => $"/sellers/{seller.Code}/payouts";

    static async Task<IResult> All(Caller caller, IPlatform platform, string? state, string? after)
    {
        state = string.IsNullOrEmpty(state) ? null : state;
        var rows = await ChargebackEndpoints.Sellers(caller, platform, state, after, PerPage);
        return rows.Body is not { } body ? rows : Pages.Show<PaidSellersPage>(Reader.Of(caller.Http), new()
        {
            ["Rows"] = body, ["State"] = state,
        });
    }

    static async Task<IResult> Show(
        string seller, Caller caller, IPlatform platform, Problem? refused, FormWrite? form, string? open, string? done)
    {
        if (!SellerId.TryParse($"seller/{seller}", out var id)) return Problems.NotFound;
        var currencies = await SellerPayoutEndpoints.Of(id, caller, platform);
        if (currencies.IsEmpty && platform.Views.List(ShopWindow.View, Scope.Index, $"{id}", null, 1).Rows is []
            && await platform.Read(id, caller.Who, caller.Cancel) is null) return Problems.NotFound;
        var reader = Reader.Of(caller.Http);
        var payouts = await PayoutEndpoints.List(caller, platform, null, PerPage, $"{id}");
        return Pages.Show<SellerMoneyPage>(reader, new()
        {
            ["Seller"] = id, ["Currencies"] = currencies, ["Payouts"] = payouts.Body,
            ["Chargebacks"] = await ChargebackEndpoints.Of(id, caller, platform, null, PerPage),
            ["Reasons"] = RulebookEndpoints.Current(platform).Of<PayoutRules>().Reasons.Keys.ToImmutableArray(),
            ["Sent"] = form?.Sent, ["Open"] = open, ["Who"] = caller.Who.Name,
            ["Work"] = await WorkOf(currencies, caller, platform),
            ["Done"] = done is "hold" or "lift" or "chargeback" or "restore" or "proposed" ? done : null,
            ["Faults"] = refused is null ? [] : refused.Why.Where(no => no.Field is not null)
                .Select(no => Words.Of(no, reader.Texts)).ToImmutableArray(),
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
        }, refused?.Status ?? 200);
    }

    /// <summary>What waits for staff, by the currency of the earnings.</summary>
    static async Task<ImmutableDictionary<EarningsId, WorkBody>> WorkOf(
        ImmutableArray<SellerPayoutsBody> currencies, Caller caller, IPlatform platform)
    {
        var work = ImmutableDictionary.CreateBuilder<EarningsId, WorkBody>();
        foreach (var c in currencies)
            if (await new WorkDesk(platform).Read(c.Id, caller) is { Body: var body }) work[c.Id] = body;
        return work.ToImmutable();
    }

    static async Task<IResult> Do(string seller, string currency, string act, FormWrite form, IPlatform platform)
    {
        if (SellerPayoutEndpoints.IdOf(seller, currency, form.By) is not { } id) return Problems.NotFound;
        var (command, fault) = Read(id, act, form, await SellerPayoutEndpoints.Looked(id, form.By, platform));
        var problem = command is null ? Problems.Of([fault!])
            : (await SellerPayoutEndpoints.Ask(id, form, command, platform)).Problem;
        return problem is null
            ? Results.LocalRedirect($"{HrefOf(id.Seller)}?done={await Done(id, act, form, platform)}")
            : problem.Status == 404 ? problem
            : await Show(seller, form.By, platform, problem, form, $"{act}-{id.Code}", null);
    }

    static async Task<string> Done(EarningsId id, string act, FormWrite form, IPlatform platform) =>
        await platform.Read(id, form.By.Who, form.By.Cancel) is { State: Earnings.State { Handling.Proposal: { } p } }
        && p.By == form.By.Who ? "proposed" : act;

    static (Earnings.Command? Command, Refusal? Fault) Read(
        EarningsId id, string act, FormWrite form, Fact<FundsSeen> funds)
    {
        switch (act)
        {
            case "hold":    return (new Earnings.Command.Hold(form["reason"], funds), null);
            case "lift":    return (new Earnings.Command.Lift(Funds: funds), null);
            case "restore": return (new Earnings.Command.Restore(form["reference"]), null);
        }
        var (amount, fault) = MoneyField.Read(form["amount"], id.Currency!.Value, "amount");
        if (fault is not null) return (null, fault);
        // An order's number alone is of this seller.
        var order = form["order"];
        return OrderId.TryParse(order.Contains('/') ? order : $"order/{id.Seller.Code}/{order}", out var of)
            ? (new Earnings.Command.ChargeBack(form["reference"], of, amount), null)
            : (null, new Refusal("earnings.no-such-order", Mend) { Field = "order" });
    }

    static readonly Remedy Mend = new("payout.mend");
}
