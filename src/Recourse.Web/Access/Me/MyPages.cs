using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
namespace Recourse.Web;

/// <summary>Somebody's own page: who they are here, how they read, what keeps their account safe, their data.</summary>
static class MyPages
{
    const string Path = "/me";
    const int Logged = 10, LogPage = 50;

    static readonly Problem NeedsAccount = new(403, Refused.NoAccount);

    public static void Map(IEndpointRouteBuilder pages)
    {
        var me = pages.MapGroup(Path);
        me.MapGet("", (HttpContext http, string? done) => Show(http, null, [], done)).AsPage(SignIn.People);
        me.MapPost("/choices", Choose).AsPage(SignIn.People).Needing(Right.Support);
        Person(me, "/hat", Wear);
        Person(me, "/shop", OpenShop);
        Person(me, "/password", SetPassword);
        Person(me, "/mail", AskMove);
        Person(me, "/mail/confirm", Move);
        Person(me, "/passkey", AddPasskey);
        Person(me, "/passkey/remove", RemovePasskey);
        Person(me, "/sign-out-everywhere", SignOutEverywhere);
        Person(me, "/session/end", EndSession);
        me.MapGet("/mail", AskMail).AsPage(SignIn.People);
        me.MapGet("/passkey", Passkey).AsPage(SignIn.People);
        me.MapGet("/log", Log).AsPage(SignIn.People);
        me.MapGet("/data", Export).AsPage(SignIn.People);
        MySecondPages.Map(me);
    }

    /// <summary>An act of whoever has an account: each may do so, whatever they are here as.</summary>
    internal static void Person(
        IEndpointRouteBuilder me, string path, Func<FormWrite, Visitor, IServiceProvider, Task<IResult>> act) =>
        me.MapPost(path, async (FormWrite form, HttpContext http) =>
            http.Features.Get<Visitor>() is { Person: not null } by ? await act(form, by, http.RequestServices)
                : NeedsAccount).AsPage(SignIn.People).Needing(Right.Support);

    static Visitor Of(HttpContext http) => http.Features.Get<Visitor>()!;

    internal static MyAccount Account(IServiceProvider services) => services.GetRequiredService<MyAccount>();

    internal static IResult Show(HttpContext http, FormWrite? form, ImmutableArray<Refusal> why, string? done)
    {
        var (reader, by) = (Reader.Of(http), Of(http));
        var services = http.RequestServices;
        var accounts = services.GetRequiredService<Accounts>();
        ImmutableArray<UserPasskeyInfo> passkeys = by.Person is null ? []
            : services.GetRequiredService<Passkeys>().Of(by.Person);
        return Pages.Show<MePage>(reader, new()
        {
            ["Sessions"] = by.Person is { } mine ? services.GetRequiredService<Sessions>().Of(mine) : [],
            ["Current"] = by.Person is { } own ? services.GetRequiredService<Sessions>().Current(http, own)?.Id : null,
            ["Person"] = by.Person, ["Hat"] = by.Hat, ["Passkeys"] = passkeys, ["Why"] = why, ["Sent"] = form?.Sent,
            ["Standing"] = Standings.Of(new Caller(http)),
            ["At"] = form is null ? null : $"{http.Request.Path}",
            ["Hats"] = by.Person is { } person ? accounts.HatsOf(person.Id) : [by.Hat],
            ["Log"] = by.Person is { } p ? accounts.Log(Accounts.LogOf(p), null, Logged) : [],
            ["Done"] = done is not null && reader.Texts.Has($"console.me.done-{done}") ? $"me.done-{done}" : null,
        }, why.IsEmpty ? 200 : 422);
    }

    /// <summary>Done: back to the page. Refused: the page says why, beside what was filled in.</summary>
    internal static IResult After(FormWrite form, Refusal? why, string done) =>
        why is null ? Results.LocalRedirect($"{Path}?done={done}") : Show(form.By.Http, form, [why], null);

    static async Task<IResult> Choose(FormWrite form, HttpContext http, MyAccount account)
    {
        if (form["zone"] is not "" && DateTimeZoneProviders.Tzdb.GetZoneOrNull(form["zone"]) is null)
            return Show(http, form, [Refused.BadZone], null);
        var chosen = Choices.Checked(form["language"], form["zone"], form["theme"], form["keys"] is not "off",
            form["money"]);
        if (Of(http).Person is { } person)
            return After(form, await account.Correct(person, form["name"], chosen), "choices");
        Choices.Keep(http, chosen);
        return After(form, null, "choices");
    }

    static Task<IResult> Wear(FormWrite form, Visitor by, IServiceProvider services)
    {
        var hat = services.GetRequiredService<Accounts>().HatsOf(by.Person!.Id)
            .FirstOrDefault(h => h.Text == form["hat"]);
        if (hat is null) return Task.FromResult(Show(form.By.Http, form, [Refused.NotInTeam], null));
        services.GetRequiredService<Sessions>().Renew(form.By.Http, by.Person, hat);
        return Task.FromResult(Results.LocalRedirect("/"));
    }

    static async Task<IResult> OpenShop(FormWrite form, Visitor by, IServiceProvider services)
    {
        if ((by.Role & Party.Staff) != 0) return Problems.Forbidden;
        var (code, why) = await services.GetRequiredService<Registration>().OpenShop(
            by.Person!, form["shop"], form.Key);
        if (!why.IsEmpty) return Show(form.By.Http, form, why, null);
        services.GetRequiredService<Sessions>().Renew(form.By.Http, by.Person!, new(Party.Seller, code));
        return Results.LocalRedirect("/");
    }

    static async Task<IResult> SetPassword(FormWrite form, Visitor by, IServiceProvider services) => After(form,
        await Account(services).SetPassword(by, form["old"], form["password"], form.By.Http), "password");

    static async Task<IResult> AskMove(FormWrite form, Visitor by, IServiceProvider services) => After(form,
        await Account(services).AskMove(by.Person!, form["mail"], form["password"], form.By.Http), "mail-sent");

    static IResult AskMail(HttpContext http, string? to, string? code)
    {
        var reader = Reader.Of(http);
        return Of(http).Person is null ? NeedsAccount : AskPage.Show(reader, new(reader.Say("move.title"),
            reader.Say("move.lead", ("mail", to ?? "")), $"{Path}/mail/confirm", reader.Say("move.act"))
        { Hidden = [("to", to), ("code", code)] });
    }

    static async Task<IResult> Move(FormWrite form, Visitor by, IServiceProvider services) => After(form,
        await Account(services).Move(by, form["to"], form["code"], form.By.Http), "mail");

    static async Task<IResult> Passkey(HttpContext http, Passkeys passkeys) =>
        Of(http).Person is { } person ? TypedResults.Ok(await passkeys.ToAdd(person, http)) : NeedsAccount;

    static async Task<IResult> AddPasskey(FormWrite form, Visitor by, IServiceProvider services)
    {
        var why = await services.GetRequiredService<Passkeys>().Add(
            by.Person!, form["credential"], form["state"], form["name"], form.By.Http);
        if (why is null) services.GetRequiredService<Letters>().Tell(by.Person!, "passkey-made", form.By.Http);
        return After(form, why, "passkey");
    }

    static async Task<IResult> RemovePasskey(FormWrite form, Visitor by, IServiceProvider services)
    {
        await services.GetRequiredService<Passkeys>().Remove(by.Person!, form["id"], form.By.Http);
        return After(form, null, "passkey-removed");
    }

    static Task<IResult> EndSession(FormWrite form, Visitor by, IServiceProvider services)
    {
        var isThis = services.GetRequiredService<Sessions>().Current(form.By.Http, by.Person!)?.Id == form["id"];
        var why = Account(services).EndSession(by, form["id"], form.By.Http);
        if (why is not null || !isThis) return Task.FromResult(After(form, why, "session-ended"));
        Sessions.Close(form.By.Http);
        return Task.FromResult(Results.LocalRedirect(SignIn.Path));
    }

    static async Task<IResult> SignOutEverywhere(FormWrite form, Visitor by, IServiceProvider services) =>
        await Account(services).SignOutEverywhere(by.Person!, form.By.Http) is { } why ? After(form, why, "")
            : Results.LocalRedirect(SignIn.Path);

    static IResult Log(HttpContext http, Accounts accounts, long? before)
    {
        if (Of(http).Person is not { } person) return NeedsAccount;
        var entries = accounts.Log(Accounts.LogOf(person), before, LogPage);
        return Pages.Show<MyLogPage>(Reader.Of(http), new()
        {
            ["Entries"] = entries, ["Next"] = entries.Length == LogPage ? entries[^1].Number : null,
        });
    }

    /// <summary>A file, and nobody's but theirs.</summary>
    static async Task<IResult> Export(HttpContext http, MyData data)
    {
        if (Of(http).Person is not { } person) return NeedsAccount;
        var all = await data.Of(person, http);
        http.Response.Headers.CacheControl = "no-store";
        return Results.File(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(all, ApiJson.Of(http)),
            "application/json", $"recourse-{person.Id}.json");
    }
}
