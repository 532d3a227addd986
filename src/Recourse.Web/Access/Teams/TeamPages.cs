using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
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
        pages.MapPost("/people/bar", (FormWrite form, PeopleDesk desk) => Do(form, desk.Bar, "barred"))
            .AsPage(Party.Operator);
        pages.MapPost("/people/admit", (FormWrite form, PeopleDesk desk) => Do(form, desk.Admit, "admitted"))
            .AsPage(Party.Operator);
        pages.MapPost("/people/sign-out", (FormWrite form, PeopleDesk desk) => Do(form, desk.SignOut, "signed-out"))
            .AsPage(Party.Operator);
        pages.MapPost("/people/second-factor", (FormWrite form, PeopleDesk desk) =>
            Do(form, desk.DropSecondFactor, "second-factor")).AsPage(Party.Operator);
    }

    static Visitor Of(HttpContext http) => http.Features.Get<Visitor>()!;

    static string PathOf(HttpContext http) => Of(http).Role is Party.Operator ? "/people" : "/staff";

    static IResult Show(HttpContext http, FormWrite? form, Refusal? why, string? done)
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
            var (people, next) = http.RequestServices.GetRequiredService<PeopleDesk>()
                .List(find, query["after"].FirstOrDefault() is { Length: > 0 } after ? after : null, null);
            with["Accounts"] = new Rows<AccountBody>(
                [.. people.Select(p => PeopleEndpoints.Of(p, accounts))], next, false);
            with["Find"] = find is { Length: > 0 } ? find : null;
        }
        return Pages.Show<TeamPage>(reader, with, why is null ? 200 : 422);
    }

    static IResult After(FormWrite form, Refusal? why, string done)
    {
        var http = form.By.Http;
        return why is null ? Results.LocalRedirect($"{PathOf(http)}?done={done}") : Show(http, form, why, null);
    }

    static IResult Invite(FormWrite form, Teams teams) => After(form, teams.Invite(
        Team.Of(Of(form.By.Http)), form["mail"], form["title"], Of(form.By.Http), form.By.Texts), "invited");

    static IResult Withdraw(FormWrite form, Teams teams) => After(form,
        teams.Withdraw(Team.Of(Of(form.By.Http)), form["id"], Of(form.By.Http)) ? null : Refused.NotInTeam,
        "withdrawn");

    static IResult Change(FormWrite form, Teams teams) => After(form, teams.Change(
        Team.Of(Of(form.By.Http)), form["person"], form["title"], Of(form.By.Http)), "title");

    static IResult Remove(FormWrite form, Teams teams) => After(form, teams.Remove(
        Team.Of(Of(form.By.Http)), form["person"], Of(form.By.Http)), "removed");

    static async Task<IResult> Do(FormWrite form, Func<string, Visitor, Task<Refusal?>> act, string done) =>
        After(form, await act(form["person"], Of(form.By.Http)), done);
}
