using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Coming in with password, passkey or access key, and going.</summary>
static class SignIn
{
    /// <summary>Where.</summary>
    public const string Path = "/sign-in";

    /// <summary>For whom there are pages.</summary>
    public const Party People = Party.Buyer | Party.Seller | Party.Warehouse | Party.Staff;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, (HttpContext http, string? then) => Page(http, then, null)).AsPage();
        pages.MapPost(Path, Enter).AsPage();
        pages.MapPost($"{Path}/code", Second).AsPage();
        pages.MapPost(AtTheDoor.Path, AtTheDoor.Lodge).AsPage()
            .WithMetadata(new RequestSizeLimitAttribute(AtTheDoor.MostSent));
        pages.MapGet($"{Path}/passkey", (HttpContext http, Passkeys passkeys) => passkeys.ToEnter(http)).AsPage();
        pages.MapPost($"{Path}/passkey", ByPasskey).AsPage();
        pages.MapPost("/sign-out", Leave).AsPage();
    }

    /// <summary>The path of an address of ours; null: none that could be trusted.</summary>
    public static string? PathOf(StringValues address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) ? Local(uri.PathAndQuery) : null;

    static async Task<IResult> Enter(
        FormWrite form, HttpContext http, AccessKeys keys, Sessions sessions, Entrance entrance)
    {
        if (form["access-key"] is not "") return WithKey(form, http, keys, sessions);
        return Went(await entrance.Enter(form["mail"], form["password"], http), form, http, sessions);
    }

    static IResult WithKey(FormWrite form, HttpContext http, AccessKeys keys, Sessions sessions)
    {
        var key = keys.Find(form["access-key"]);
        if (key is null) return Page(http, form["then"], null, "sign-in.no-such-key");
        if ((key.Role & People) == 0) return Page(http, form["then"], null, "sign-in.key-for-programs");
        sessions.Open(http, key);
        return Results.LocalRedirect(Local(form["then"]) ?? "/");
    }

    static async Task<IResult> Second(FormWrite form, HttpContext http, Sessions sessions, Entrance entrance) =>
        Went(await entrance.Second(form["pending"], form["code"], http), form, http, sessions);

    static async Task<IResult> ByPasskey(FormWrite form, HttpContext http, Sessions sessions, Passkeys passkeys) =>
        Went(await passkeys.Enter(form["credential"], form["state"], http), form, http, sessions);

    /// <summary>Where somebody is led who has shown who they are, or has tried to.</summary>
    public static IResult Went(Entered entered, FormWrite form, HttpContext http, Sessions sessions)
    {
        if (entered.Person is { } person)
        {
            sessions.Open(http, person);
            return Results.LocalRedirect(Local(form["then"]) ?? "/");
        }
        return entered.Pending is { } pending ? AskCode(http, pending, form["then"], entered.Why)
            : entered is { KeptOut: not null, Pass: { } pass } ? new AtTheDoor(pass)
            : Page(http, form["then"], entered.Why, mail: form["mail"]);
    }

    static IResult AskCode(HttpContext http, string pending, string then, Refusal? why)
    {
        var reader = Reader.Of(http);
        return AskPage.Show(reader, new(reader.Say("code.title"), reader.Say("code.lead"), $"{Path}/code",
            reader.Say("sign-in.act"))
        {
            Fields = [new("code", reader.Say("code.label"), Complete: "one-time-code", Hint: reader.Say("code.hint"))],
            Hidden = [("pending", pending), ("then", Local(then))],
            Links = [(Path, reader.Say("code.back"))], Why = why is null ? [] : [why],
        });
    }

    static IResult Leave(FormWrite form, HttpContext http, Sessions sessions)
    {
        sessions.End(http);
        OwnCookies.Forget(http);
        return Results.LocalRedirect(Path);
    }

    /// <summary>The page where one comes in.</summary>
    public static IResult Page(
        HttpContext http, string? then, Refusal? why, string? keyFault = null, string? mail = null) =>
        Pages.Show<SignInPage>(
            Reader.Of(http),
            new()
            {
                ["Then"] = Local(then), ["Why"] = why, ["KeyFault"] = keyFault, ["Mail"] = mail,
                ["Personas"] = Personas(http),
            },
            why is null && keyFault is null ? 200 : 422);

    /// <summary>In a demo, whom to be; elsewhere nobody.</summary>
    static ImmutableArray<PersonaBody> Personas(HttpContext http) =>
        http.RequestServices.GetService<Demo>()?.Personas(
            http.RequestServices.GetRequiredService<IPlatform>(), http.RequestServices.GetRequiredService<Store>(),
            http.RequestServices.GetRequiredService<Shops>(), Languages.Of(http.Request)) ?? [];

    /// <summary>A path of ours; null for all else: "//elsewhere" and "/\elsewhere" are other sites.</summary>
    public static string? Local(string? path) =>
        path is ['/', not ('/' or '\\'), ..] or "/" && !path.Any(char.IsControl) ? path : null;
}
