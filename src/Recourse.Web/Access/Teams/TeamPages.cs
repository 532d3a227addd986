using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Recourse.People;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Who belongs to a shop, or to the platform; for operators also everybody's account.</summary>
static class TeamPages
{
    const int Logged = 20;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/staff", (HttpContext http, string? done) => Show(http, null, null, done)).AsPage(Party.Seller)
            .Needing(Right.Manager);
        pages.MapGet("/people", (HttpContext http, string? done) => Show(http, null, null, done))
            .AsPage(Party.Operator);
        foreach (var (path, role) in (ReadOnlySpan<(string, Party)>)
            [("/staff", Party.Seller), ("/people", Party.Operator)])
        {
            pages.MapPost($"{path}/invite", Invite).AsPage(role).Needing(Right.Owner);
            pages.MapPost($"{path}/withdraw", Withdraw).AsPage(role).Needing(Right.Owner);
            pages.MapPost($"{path}/title", Change).AsPage(role).Needing(Right.Owner);
            pages.MapPost($"{path}/remove", Remove).AsPage(role).Needing(Right.Owner);
        }
        pages.MapPost("/people/skills", SetSkills).AsPage(Party.Operator);
        pages.MapPost("/people/block", (FormWrite form, PeopleDesk desk) =>
            Do(form, desk.Block(form["person"], form["reason"], form["order"], form), "blocked"))
            .AsPage(Party.Operator);
        pages.MapPost("/people/admit", (FormWrite form, PeopleDesk desk) =>
            Do(form, desk.Admit(form["person"], form), "admitted")).AsPage(Party.Operator);
        pages.MapPost("/people/sign-out", (FormWrite form, PeopleDesk desk) =>
            Do(form, desk.SignOut(form["person"], form), "signed-out")).AsPage(Party.Operator);
        pages.MapPost("/people/second-factor", (FormWrite form, PeopleDesk desk) =>
            Do(form, desk.DropSecondFactor(form["person"], form), "second-factor")).AsPage(Party.Operator);
    }

    static Visitor Of(HttpContext http) => http.Features.Get<Visitor>()!;

    static string PathOf(HttpContext http) => Of(http).Role is Party.Operator ? "/people" : "/staff";

    static async Task<IResult> Show(HttpContext http, FormWrite? form, Refusal? why, string? done)
    {
        var (reader, by) = (Reader.Of(http), Of(http));
        var (team, accounts) = (Team.Of(by), http.RequestServices.GetRequiredService<Accounts>());
        var with = new Dictionary<string, object?>
        {
            ["Team"] = team, ["Staff"] = TeamEndpoints.Of(team, accounts), ["Path"] = PathOf(http),
            ["Log"] = accounts.Log(team.Log, null, Logged), ["Why"] = why, ["Sent"] = form?.Sent,
            ["Mine"] = by.Person?.Id,
            ["Done"] = done is not null && reader.Texts.Has($"console.team.done-{done}") ? $"team.done-{done}" : null,
        };
        if (team.Seller is null)
        {
            var query = http.Request.Query;
            var find = query["find"].FirstOrDefault();
            var desk = http.RequestServices.GetRequiredService<PeopleDesk>();
            with["Accounts"] = await PeopleEndpoints.Of(
                desk.List(find, query["after"].FirstOrDefault() is { Length: > 0 } after ? after : null, null),
                accounts, http.RequestServices.GetRequiredService<IPlatform>(), new(http));
            with["Reasons"] = desk.Reasons;
            with["Skills"] = await SkillsOf((StaffBody)with["Staff"]!, http);
            with["Find"] = find is { Length: > 0 } ? find : null;
        }
        return Pages.Show<TeamPage>(reader, with, why is null ? 200 : 422);
    }

    static async Task<ImmutableDictionary<string, SkillsBody>> SkillsOf(StaffBody staff, HttpContext http)
    {
        var (platform, caller) = (http.RequestServices.GetRequiredService<IPlatform>(), new Caller(http));
        Dictionary<string, SkillsBody> skills = [];
        foreach (var m in staff.Members)
            if (PersonId.TryParse($"person/{m.Person}", out var id))
                skills[m.Person] = SkillsBody.Of((await platform.Read(id, caller.Who, caller.Cancel))?.State);
        return skills.ToImmutableDictionary();
    }

    static async Task<IResult> After(FormWrite form, Refusal? why, string done)
    {
        var http = form.By.Http;
        return why is null ? Results.LocalRedirect($"{PathOf(http)}?done={done}") : await Show(http, form, why, null);
    }

    static Task<IResult> Invite(FormWrite form, Teams teams) => After(form, teams.Invite(
        Team.Of(Of(form.By.Http)), form["mail"], form["title"], Of(form.By.Http), form.By.Texts), "invited");

    static Task<IResult> Withdraw(FormWrite form, Teams teams) => After(form,
        teams.Withdraw(Team.Of(Of(form.By.Http)), form["id"], Of(form.By.Http)) ? null : Refused.NotInTeam,
        "withdrawn");

    static Task<IResult> Change(FormWrite form, Teams teams) => After(form, teams.Change(
        Team.Of(Of(form.By.Http)), form["person"], form["title"], Of(form.By.Http)), "title");

    static Task<IResult> Remove(FormWrite form, Teams teams) => After(form, teams.Remove(
        Team.Of(Of(form.By.Http)), form["person"], Of(form.By.Http)), "removed");

    static async Task<IResult> SetSkills(FormWrite form, IPlatform platform)
    {
        var answer = await PeopleEndpoints.SetSkills(
            form["person"], form, new([.. form.All("kind")], [.. form.All("language")]), platform);
        return await After(form, answer.Problem?.Why[0], "skills");
    }

    static async Task<IResult> Do(FormWrite form, Task<Problem?> act, string done) =>
        await After(form, (await act)?.Why[0], done);
}
