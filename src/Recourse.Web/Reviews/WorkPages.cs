using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Reviews;
namespace Recourse.Web;

/// <summary>One queue of all that waits for the platform's people.</summary>
static class WorkPages
{
    public const string Path = "/queue";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, List).AsPage(Party.Staff);
        var one = pages.MapGroup($"{Path}/{{kind}}/{{owner}}/{{code}}");
        one.MapPost("/claim", (string kind, string owner, string code, FormWrite form, WorkDesk desk) =>
            Do(kind, owner, code, new Step.Claim(), form, desk)).AsPage(Party.Staff);
        one.MapPost("/release", (string kind, string owner, string code, FormWrite form, WorkDesk desk) =>
            Do(kind, owner, code, new Step.Release(), form, desk)).AsPage(Party.Staff);
        one.MapPost("/confirmation", (string kind, string owner, string code, FormWrite form, WorkDesk desk) =>
            Do(kind, owner, code, new Step.Confirm(), form, desk)).AsPage(Party.Staff);
        one.MapPost("/return", (string kind, string owner, string code, FormWrite form, WorkDesk desk) =>
            Do(kind, owner, code, new Step.SendBack(form["reason"]), form, desk)).AsPage(Party.Staff);
    }

    static async Task<IResult> List(
        Caller caller, WorkDesk desk, string? after, string? kind, bool? claimed, bool? confirm, bool? fitting)
    {
        kind = string.IsNullOrEmpty(kind) ? null : kind;
        var rows = await WorkEndpoints.List(caller, desk, after, null, kind, claimed, confirm, fitting);
        return rows.Body is not { } body ? rows : Pages.Show<WorkPage>(Reader.Of(caller.Http), new()
        {
            ["Rows"] = body, ["Who"] = caller.Who.Name,
            ["Chosen"] = fitting is true ? "fitting"
                : claimed is true ? "claimed" : confirm is true ? "confirm" : kind ?? "open",
            ["On"] = new[] { Topic.Of(WorkList.View, WorkList.ByDue, WorkList.Open) },
        });
    }

    /// <summary>Done, or too late: the thing's own page says how it stands. Never allowed: why.</summary>
    static async Task<IResult> Do(
        string kind, string owner, string code, Step step, FormWrite form, WorkDesk desk)
    {
        if (WorkDesk.IdOf(kind, owner, code) is not { } id) return Problems.NotFound;
        var answer = await desk.Do(id, step, form);
        return answer.Problem is { } no ? no : Results.LocalRedirect(StaffLinks.Of($"{id}")!);
    }
}
