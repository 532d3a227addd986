using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Reasons;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Reasons that facts speak against: a seller's own, and all of them for staff.</summary>
static class ReasonPages
{
    public const string Path = "/reasons";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, List).AsPage(ReasonEndpoints.Readers);
        pages.MapGet($"{Path}/{{seller}}/{{code}}", (
            string seller, string code, Caller caller, IPlatform platform, Store store, string? done) =>
            Show(seller, code, caller, platform, store, null, null, done)).AsPage(ReasonEndpoints.Readers);
        pages.MapPost($"{Path}/{{seller}}/{{code}}/answer", Answer).AsPage(Party.Seller).Needing(Right.Support);
        pages.MapPost($"{Path}/{{seller}}/{{code}}/decision", Decide).AsPage(Party.Staff);
    }

    /// <summary>The page of a case.</summary>
    public static string HrefOf(ReasonCaseId id) => $"{Path}/{id.Seller.Code}/{id.Code}";

    static async Task<IResult> List(Caller caller, IPlatform platform, string? after, bool? all)
    {
        var isQueue = caller.IsStaff && all is not true;
        var rows = await ReasonEndpoints.List(caller, platform, after, null, isQueue ? true : null);
        return rows.Body is not { } body ? rows : Pages.Show<ReasonsPage>(Reader.Of(caller.Http), new()
        {
            ["Rows"] = body, ["IsQueue"] = isQueue, ["On"] = new[]
            {
                isQueue ? Topic.Of(ReasonList.View, ReasonList.ByDue, ReasonList.Open)
                    : Topic.Of(ReasonList.View, Scope.Index, caller.Scope!),
            },
        });
    }

    static async Task<IResult> Show(
        string seller, string code, Caller caller, IPlatform platform, Store store, Problem? refused, FormWrite? form,
        string? done)
    {
        var found = await ReasonEndpoints.Get(seller, code, caller, platform, store);
        if (found.Body is not { } body) return found;
        var reader = Reader.Of(caller.Http);
        return Pages.Show<ReasonPage>(reader, new()
        {
            ["Work"] = caller.IsStaff ? (await new WorkDesk(platform).Read(body.Id, caller))?.Body : null,
            ["Who"] = caller.Who.Name,
            ["Body"] = body, ["Done"] = done is "answered" or "decided" ? done : null, ["Text"] = form?["text"] ?? "",
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
        }, refused?.Status ?? 200);
    }

    static async Task<IResult> Answer(
        string seller, string code, FormUpload form, IPlatform platform, Store store, Exhibits exhibits) =>
        await Then(exhibits.Kept(form, out var file) is { } no ? no : await ReasonEndpoints.Say(
            seller, code, form, form["text"], file is null ? null : [file], platform, store), "answered", seller,
            code, form, platform, store);

    static async Task<IResult> Decide(
        string seller, string code, FormWrite form, IPlatform platform, Store store) =>
        await Then(await ReasonEndpoints.End(seller, code, form, form["verdict"], platform, store), "decided",
            seller, code, form, platform, store);

    static async Task<IResult> Then(
        Answer<ReasonBody> answer, string done, string seller, string code, FormWrite form, IPlatform platform,
        Store store) => answer.Problem is { } no
        ? await Show(seller, code, form.By, platform, store, no, form, null)
        : Results.LocalRedirect($"{HrefOf(answer.Body!.Id)}?done={done}");
}
