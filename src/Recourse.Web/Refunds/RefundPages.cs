using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Refunds;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Money on its way back: those that need people, and each with all that happened to it.</summary>
static class RefundPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/refunds", List).AsPage(Party.Staff);
        pages.MapGet(
            "/refunds/{buyer}/{code}", (string buyer, string code, Caller caller, IPlatform platform, string? done) =>
            Show(buyer, code, caller, platform, null, done is "retried" or "traced" or "proposed" ? done : null))
            .AsPage(Party.Staff);
        pages.MapPost("/refunds/{buyer}/{code}/retry", Retry).AsPage(Party.Staff);
        pages.MapPost("/refunds/{buyer}/{code}/trace/close", CloseTrace).AsPage(Party.Staff);
    }

    static async Task<IResult> List(Caller caller, IPlatform platform, string? of, string? waits, string? after)
    {
        (of, waits) = (string.IsNullOrEmpty(of) ? null : of, string.IsNullOrEmpty(waits) ? null : waits);
        var rows = await RefundEndpoints.List(caller, platform, after, null, of, waits);
        return rows.Body is not { } body ? rows : Pages.Show<RefundsPage>(Reader.Of(caller.Http), new()
        {
            ["Rows"] = body, ["Of"] = of, ["Waits"] = waits,
            ["On"] = new[]
            {
                waits is null ? Topic.Of(RefundList.View, Scope.Index, Positions.ScopeOf(caller, of)!)
                    : Topic.Of(RefundList.View, RefundList.ByWaiting, $"{Words.PartyOf(waits)}"),
            },
        });
    }

    static async Task<IResult> Show(
        string buyer, string code, Caller caller, IPlatform platform, Problem? refused, string? done)
    {
        if (!RefundId.TryParse($"refund/{buyer}/{code}", out var id)
            || await platform.Read(id, caller.Who, caller.Cancel) is not { } seen) return Problems.NotFound;
        var reader = Reader.Of(caller.Http);
        return Pages.Show<RefundPage>(reader, new()
        {
            ["Body"] = RefundEndpoints.Of(seen, caller.Texts), ["Done"] = done,
            ["Payment"] = $"{((Refund.State)seen.State).Owed.Payment}",
            ["Work"] = (await new WorkDesk(platform).Read(id, caller))?.Body, ["Who"] = caller.Who.Name,
            ["Record"] = await HistoryEndpoints.Of([id], caller, platform, caller.Texts),
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
        }, refused?.Status ?? 200);
    }

    static async Task<IResult> Retry(string buyer, string code, FormWrite form, IPlatform platform)
    {
        if (!RefundId.TryParse($"refund/{buyer}/{code}", out var id)) return Problems.NotFound;
        var outcome = await platform.Ask(form.To(id, new Refund.Command.Retry()), form.By.Cancel);
        return outcome is Outcome.Done done
            ? Results.LocalRedirect($"/refunds/{buyer}/{code}?done={Done(done.State, form.By, "retried")}")
            : await Show(buyer, code, form.By, platform, Problems.Of(outcome), null);
    }

    static async Task<IResult> CloseTrace(string buyer, string code, FormWrite form, IPlatform platform)
    {
        var answer = await RefundEndpoints.Ask(
            buyer, code, form, form["lost"] is "yes" ? new Refund.Command.CloseTrace(null, Lost: true)
                : new Refund.Command.CloseTrace(form["reference"]), platform);
        return answer.Problem is not { } problem
            ? Results.LocalRedirect($"/refunds/{buyer}/{code}?done={await DoneNow(buyer, code, form.By, platform)}")
            : problem.Status == 404 ? problem : await Show(buyer, code, form.By, platform, problem, null);
    }

    static async Task<string> DoneNow(string buyer, string code, Caller caller, IPlatform platform) =>
        RefundId.TryParse($"refund/{buyer}/{code}", out var id)
            ? Done((await platform.Read(id, caller.Who, caller.Cancel))?.State, caller, "traced") : "traced";

    static string Done(object? state, Caller caller, string done) =>
        state is Refund.State { Handling.Proposal: { } p } && p.By == caller.Who ? "proposed" : done;
}
