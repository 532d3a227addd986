using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Disputes;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Appeals: one's own, the agents' queue, and each with what was decided and what is said.</summary>
static class AppealPages
{
    public const string Path = "/appeals";

    public static void Map(IEndpointRouteBuilder pages)
    {
        var appeals = pages.MapGroup(Path);
        appeals.MapGet("", List).AsPage(AppealEndpoints.Readers);
        appeals.MapGet("/{owner}/{code}", (
            string owner, string code, Caller caller, AppealDesk desk, string? about, string? done, string? macro) =>
            Show(owner, code, caller, desk, about, null, null, done, macro)).AsPage(AppealEndpoints.Readers);
        appeals.MapPost("/{owner}/{code}", Lodge).AsPage(AppealEndpoints.Lodgers);
        appeals.MapPost("/{owner}/{code}/claim", (string owner, string code, FormWrite form, AppealDesk desk) =>
            Take(owner, code, form, desk, desk.Claim, "claimed")).AsPage(Party.Staff);
        appeals.MapPost("/{owner}/{code}/release", (string owner, string code, FormWrite form, AppealDesk desk) =>
            Take(owner, code, form, desk, desk.Release, "released")).AsPage(Party.Staff);
        appeals.MapPost("/{owner}/{code}/answer", Answer).AsPage(Party.Seller);
        appeals.MapPost("/{owner}/{code}/withdrawal", Withdraw).AsPage(AppealEndpoints.Lodgers);
        appeals.MapPost("/{owner}/{code}/decision", Decide).AsPage(Party.Staff);
    }

    /// <summary>The page of a statement's appeal, or the form where it is written.</summary>
    public static string HrefOf(AppealRef appeal) => appeal.State is null
        ? $"{HrefOf(appeal.Id)}?about={Uri.EscapeDataString(appeal.About)}" : HrefOf(appeal.Id);

    /// <summary>The page of an appeal.</summary>
    public static string HrefOf(AppealId id) => $"{Path}/{id.OwnerCode}/{id.Code}";

    static async Task<IResult> List(
        Caller caller, IPlatform platform, string? all, string? of, string? after, string? claimed)
    {
        of = string.IsNullOrEmpty(of) ? null : of;
        var isOwn = caller.IsStaff && of is null && !string.IsNullOrEmpty(claimed);
        var isQueue = caller.IsStaff && of is null && string.IsNullOrEmpty(all) && !isOwn;
        var rows = await AppealEndpoints.List(caller, platform, after, null, of, isQueue, isOwn);
        return rows.Body is not { } body ? rows : Pages.Show<AppealsPage>(Reader.Of(caller.Http), new()
        {
            ["Rows"] = body, ["IsQueue"] = isQueue, ["IsOwn"] = isOwn, ["Of"] = of, ["Who"] = caller.Who.Name,
            ["On"] = new[]
            {
                isQueue || isOwn ? Topic.Of(AppealList.View, AppealList.ByDue, AppealList.Open)
                    : Topic.Of(AppealList.View, Scope.Index, Positions.ScopeOf(caller, of)!),
            },
        });
    }

    static async Task<IResult> Show(
        string owner, string code, Caller caller, AppealDesk desk, string? about, Problem? refused,
        FormWrite? form, string? done, string? macro = null)
    {
        if (AppealEndpoints.IdOf(owner, code) is not { } id) return Problems.NotFound;
        var reader = Reader.Of(caller.Http);
        var problem = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http);
        var seen = await desk.Read(id, caller);
        if (seen is null || about is { Length: > 0 } && seen.State is Appeal.State.Withdrawn)
            return await ShowForm(id, caller, desk, about ?? "", problem, form);
        var isDeciding = caller.IsStaff && seen.State is Appeal.State.Open;
        var filled = isDeciding && macro is { Length: > 0 } ? await desk.Filled(macro, seen, caller) : null;
        if (filled?.Problem is { } no) problem = Problems.Body(refused = no, reader.Texts, caller.Http);
        return Pages.Show<AppealPage>(reader, new()
        {
            ["Body"] = desk.BodyOf(seen, caller.Texts), ["Who"] = caller.Who.Name,
            ["Refused"] = problem, ["Sent"] = form?.Sent, ["Done"] = done,
            ["Record"] = caller.IsStaff ? await desk.RecordOf(seen, caller) : [],
            ["Case"] = caller.IsStaff ? await desk.CaseOf(seen, caller) : null,
            ["Work"] = caller.IsStaff ? await desk.WorkOf(seen, caller) : null,
            ["Macros"] = isDeciding ? await desk.Macros(seen, caller) : ImmutableArray<string>.Empty,
            ["Filled"] = filled?.Body,
        }, refused?.Status ?? 200);
    }

    static async Task<IResult> ShowForm(
        AppealId id, Caller caller, AppealDesk desk, string about, ProblemBody? problem, FormWrite? form)
    {
        if (caller.IsStaff || await desk.Find(id, about, caller.Who, caller.Cancel) is not { } found)
            return Problems.NotFound;
        return Pages.Show<AppealFormPage>(Reader.Of(caller.Http), new()
        {
            ["Href"] = HrefOf(id), ["About"] = about, ["Refused"] = problem, ["Sent"] = form?.Sent,
            ["Days"] = (long)desk.Rules.DecideWithin.TotalDays,
            ["Against"] = Words.Of(found.Decision.Value.Why, caller.Role, caller.Texts),
        }, problem?.Status ?? 200);
    }

    static async Task<IResult> Lodge(
        string owner, string code, FormUpload form, AppealDesk desk, Exhibits exhibits) =>
        AppealEndpoints.IdOf(owner, code) is not { } id ? Problems.NotFound
        : await After(exhibits.Kept(form, out var file) is { } no ? no
            : await desk.Lodge(id, form["about"], form["text"], FilesOf(file), form), "lodged", id, form, desk);

    static async Task<IResult> Answer(
        string owner, string code, FormUpload form, AppealDesk desk, Exhibits exhibits) =>
        AppealEndpoints.IdOf(owner, code) is not { } id ? Problems.NotFound
        : await After(exhibits.Kept(form, out var file) is { } no ? no
            : await desk.Answer(id, form["answer"], FilesOf(file), form), "answered", id, form, desk);

    static ImmutableArray<string>? FilesOf(string? file) => file is null ? null : [file];

    static async Task<IResult> Withdraw(
        string owner, string code, FormWrite form, AppealDesk desk) =>
        AppealEndpoints.IdOf(owner, code) is not { } id ? Problems.NotFound
        : await After(await desk.Withdraw(id, form), "withdrawn", id, form, desk);

    static async Task<IResult> Take(
        string owner, string code, FormWrite form, AppealDesk desk,
        Func<AppealId, Write, Task<Answer<AppealBody>>> act, string done) =>
        AppealEndpoints.IdOf(owner, code) is not { } id ? Problems.NotFound
        : await After(await act(id, form), done, id, form, desk);

    // The reason says which way.
    static async Task<IResult> Decide(
        string owner, string code, FormWrite form, AppealDesk desk) =>
        AppealEndpoints.IdOf(owner, code) is not { } id ? Problems.NotFound
        : await desk.Decide(id, form["verdict"], form["reason"], form["note"], macro: null, form,
            MacroChoice.UsedIn(form)) is var answer
            // Beyond what one decides alone it was only proposed.
            ? await After(answer, answer.Body is { State: "open" } ? "proposed" : "decided", id, form, desk)
            : Problems.NotFound;

    /// <summary>Done: back to the page. Refused: the page says why, with what was written.</summary>
    static async Task<IResult> After(
        Answer<AppealBody> answer, string done, AppealId id, FormWrite form, AppealDesk desk) =>
        answer.Problem is not { } problem ? Results.LocalRedirect($"{HrefOf(id)}?done={done}")
        : problem == Problems.NotFound ? problem
        : await Show(id.OwnerCode, id.Code, form.By, desk, form["about"], problem, form, null);
}
