using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
namespace Recourse.Web;

/// <summary>Taking an invitation; the first operator's has no address, and comes from the machine itself.</summary>
static class JoinPages
{
    const string Path = "/join";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, (HttpContext http, Accounts accounts, Teams teams, string? code) =>
            Look(http, accounts, teams, code ?? "")).AsPage();
        pages.MapPost(Path, Take).AsPage();
    }

    /// <summary>
    /// The way in for the first operator of a store; null: there are operators. An older one ends with it.
    /// </summary>
    public static string? SetUp(Accounts accounts, AccessKeys keys, PublicAddress address, TimeSpan lasts)
    {
        if (accounts.HasOperator || keys.HasOperator) return null;
        foreach (var old in accounts.Invitations(null).Where(i => i.Mail is null)) accounts.End(old.Id);
        return address.Of($"{Path}?code={accounts.Invite(null, new(Party.Operator, ""), "", lasts)}");
    }

    static IResult Look(HttpContext http, Accounts accounts, Teams teams, string code)
    {
        if (accounts.Invited(code) is not { } invitation) return Old(http, Refused.OldInvitation);
        if (http.Features.Get<Visitor>()?.Person is { } person)
            return teams.MayTake(invitation, person) is { } why ? Old(http, why, 403)
                : AskToTake(http, invitation, code, person);
        return teams.IsKnown(invitation)
            ? Results.LocalRedirect($"{SignIn.Path}?then={Uri.EscapeDataString($"{Path}?code={code}")}")
            : AskWho(http, invitation, code, null, []);
    }

    static IResult Old(HttpContext http, Refusal why, int status = 422)
    {
        var reader = Reader.Of(http);
        return Told.Show(reader, why, "/", reader.Say("error.home"), status);
    }

    static string Lead(Reader reader, Invitation i) => i.Mail is null ? reader.Say("join.lead-first") : reader.Say(
        "join.lead", ("by", i.By),
        ("team", i.Hat.Role is Party.Agent or Party.Operator ? new Team(null).Name : reader.ShopOf(i.Hat.Of)),
        ("title", reader.Say($"title.{i.Hat.Title}")), ("may", reader.Say($"title.{i.Hat.Title}-may")));

    static IResult AskToTake(HttpContext http, Invitation invitation, string code, Person person)
    {
        var reader = Reader.Of(http);
        return AskPage.Show(reader, new(reader.Say("join.title"), Lead(reader, invitation), Path,
            reader.Say("join.take", ("name", person.Name))) { Hidden = [("code", code)] });
    }

    static IResult AskWho(
        HttpContext http, Invitation invitation, string code, FormWrite? form, ImmutableArray<Refusal> why)
    {
        var reader = Reader.Of(http);
        ImmutableArray<AskField> mail = invitation.Mail is null
            ? [new("mail", reader.Say("account.mail"), "email", form?["mail"], "email")] : [];
        return AskPage.Show(reader, new(reader.Say(invitation.Mail is null ? "join.title-first" : "join.title"),
            Lead(reader, invitation), Path, reader.Say("join.act"))
        {
            Fields =
            [
                new("name", reader.Say("account.name"), Value: form?["name"], Complete: "name"), .. mail,
                EntryPages.NewPassword(reader),
            ],
            Hidden = [("code", code), ("username", invitation.Mail)], Why = why,
        });
    }

    static async Task<IResult> Take(
        FormWrite form, HttpContext http, Accounts accounts, Teams teams, Entrance entrance, Sessions sessions)
    {
        if (accounts.Invited(form["code"]) is not { } invitation) return Old(http, Refused.OldInvitation);
        if (http.Features.Get<Visitor>()?.Person is { } person)
        {
            var (hat, why) = teams.Take(invitation, person, http);
            if (hat is null) return Old(http, why!, why == Refused.NotYourInvitation ? 403 : 422);
            sessions.Renew(http, person, hat);
            return Results.LocalRedirect("/");
        }
        if (teams.IsKnown(invitation)) return Look(http, accounts, teams, form["code"]);
        if (entrance.TooOften(http) is { } tooOften) return AskWho(http, invitation, form["code"], form, [tooOften]);
        var joined = await teams.Join(
            invitation, form["name"], invitation.Mail ?? form["mail"], form["password"], http);
        if (joined.Person is null) return AskWho(http, invitation, form["code"], form, joined.Why);
        sessions.Open(http, joined.Person, joined.Hat);
        return Results.LocalRedirect("/");
    }
}
