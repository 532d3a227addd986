using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime.Text;
using Recourse.Instalments;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What comes in instalments: a buyer's own, a seller's promises, and all of them for staff.</summary>
static class PlanPages
{
    public const string Path = "/instalments";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, List).AsPage(PlanEndpoints.Readers);
        pages.MapGet($"{Path}/{{seller}}/{{code}}", (
            string seller, string code, Caller caller, IPlatform platform, Store store, string? done) =>
            Show(seller, code, caller, platform, store, null, null, done)).AsPage(PlanEndpoints.Readers);
        pages.MapPost($"{Path}/{{seller}}/{{code}}/order", PutInBasket).AsPage(Party.Buyer);
        pages.MapPost($"{Path}/{{seller}}/{{code}}/bring-forward", BringForward).AsPage(Party.Seller);
        pages.MapPost($"{Path}/{{seller}}/{{code}}/move", Move).AsPage(Party.Buyer);
        pages.MapPost($"{Path}/{{seller}}/{{code}}/shorten", Shorten).AsPage(Party.Seller);
        pages.MapPost($"{Path}/{{seller}}/{{code}}/end", End).AsPage(PlanEndpoints.Readers);
    }

    /// <summary>The page of a plan.</summary>
    public static string HrefOf(SupplyPlanId id) => $"{Path}/{id.Seller.Code}/{id.Code}";

    static async Task<IResult> List(Caller caller, IPlatform platform, string? after)
    {
        var rows = await PlanEndpoints.List(caller, platform, after, null);
        return rows.Body is not { } body ? rows : Pages.Show<PlansPage>(Reader.Of(caller.Http), new()
        {
            ["Rows"] = body, ["On"] = new[] { Topic.Of(PlanList.View, Scope.Index, caller.Scope!) },
        });
    }

    static async Task<IResult> Show(
        string seller, string code, Caller caller, IPlatform platform, Store store, Problem? refused, FormWrite? form,
        string? done)
    {
        var plan = await PlanEndpoints.Get(seller, code, caller, platform, store);
        if (plan.Body is not { } body) return plan;
        var reader = Reader.Of(caller.Http);
        return Pages.Show<PlanPage>(reader, new()
        {
            ["Body"] = body, ["Done"] = done is "moved" or "forward" or "shortened" or "ended" ? done : null,
            ["Record"] = caller.IsStaff ? await HistoryEndpoints.Of([body.Id], caller, platform, caller.Texts) : [],
            ["Sent"] = form?.Sent, ["Faults"] = FaultsOf(refused, reader),
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
        }, refused?.Status ?? 200);
    }

    static ImmutableArray<RefusalBody> FaultsOf(Problem? refused, Reader reader) => refused is null ? []
        : [.. refused.Why.Where(no => no.Field is not null).Select(no => Words.Of(no, reader.Texts))];

    /// <summary>What is set aside for them goes into the basket, and they to where it is paid.</summary>
    static async Task<IResult> PutInBasket(
        string seller, string code, FormWrite form, IPlatform platform, Store store, Baskets baskets)
    {
        var plan = await PlanEndpoints.Get(seller, code, form.By, platform, store);
        if (plan.Body is not { } body) return plan;
        var item = new BasketItem(body.Listing, body.Sku, Math.Max(body.Ready, 1), body.Price);
        if (body.Ready < 1 || !baskets.Keep(form.By.Http, baskets.Of(form.By.Http).With(item, body.Ready)))
            return Results.LocalRedirect(HrefOf(body.Id));
        return Results.LocalRedirect($"{CheckoutPages.Path}?currency={body.Price.Currency.Code}");
    }

    static Task<IResult> BringForward(string seller, string code, FormWrite form, IPlatform platform, Store store) =>
        Then(seller, code, form, new SupplyPlan.Command.BringForward(), platform, store, "forward");

    /// <summary>The day begins where its buyer is; what is no day is refused with the rest.</summary>
    static Task<IResult> Move(string seller, string code, FormWrite form, IPlatform platform, Store store)
    {
        var zone = Reader.Of(form.By.Http).Zone;
        var from = LocalDatePattern.Iso.Parse(form["from"]) is { Success: true, Value: var day }
            ? day.AtStartOfDayInZone(zone).ToInstant() : Instant.MinValue;
        return Then(seller, code, form.Choosing(form["from"]), new SupplyPlan.Command.Move(from), platform, store,
            "moved");
    }

    static Task<IResult> Shorten(string seller, string code, FormWrite form, IPlatform platform, Store store) =>
        Then(seller, code, form.Choosing($"{form["left"]} {form["reason"]}"), new SupplyPlan.Command.Shorten(
            int.TryParse(form["left"], NumberStyles.None, CultureInfo.InvariantCulture, out var left) ? left : -1,
            form["reason"]), platform, store, "shortened");

    static Task<IResult> End(string seller, string code, FormWrite form, IPlatform platform, Store store) =>
        Then(seller, code, form.Choosing(form["reason"]),
            new SupplyPlan.Command.End(form["reason"] is "" ? null : form["reason"]), platform, store, "ended");

    static async Task<IResult> Then(
        string seller, string code, FormWrite form, SupplyPlan.Command command, IPlatform platform, Store store,
        string done)
    {
        var answer = await PlanEndpoints.Ask(seller, code, form, command, platform);
        return answer.Body is { } body ? Results.LocalRedirect($"{HrefOf(body.Id)}?done={done}")
            : PlanEndpoints.IdOf(seller, code) is null ? Problems.NotFound
            : await Show(seller, code, form.By, platform, store, answer.Problem, form, null);
    }
}
