using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
namespace Recourse.Web;

/// <summary>Pages on the way to an account: register, confirm, a new password.</summary>
static class EntryPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/register", (HttpContext http) => AskRegister(http, isShop: false, null, [])).AsPage();
        pages.MapGet("/register/shop", (HttpContext http) => AskRegister(http, isShop: true, null, [])).AsPage();
        pages.MapPost("/register", (FormWrite form, HttpContext http, Registration registration) =>
            Register(form, http, registration, isShop: false)).AsPage();
        pages.MapPost("/register/shop", (FormWrite form, HttpContext http, Registration registration) =>
            Register(form, http, registration, isShop: true)).AsPage();
        pages.MapGet("/confirm", (HttpContext http, string? of, string? code) => AskConfirm(http, of, code, null))
            .AsPage();
        pages.MapPost("/confirm", Confirm).AsPage();
        pages.MapGet("/reset", (HttpContext http) => AskReset(http, null, null)).AsPage();
        pages.MapPost("/reset", Reset).AsPage();
        pages.MapGet("/reset/new", StartNew).AsPage();
        pages.MapPost("/reset/new", SetNew).AsPage();
    }

    static IResult AskRegister(HttpContext http, bool isShop, Applicant? was, ImmutableArray<Refusal> why)
    {
        var reader = Reader.Of(http);
        var (kind, path) = isShop ? ("shop", "/register/shop") : ("buyer", "/register");
        ImmutableArray<AskField> shop = isShop
            ? [new("shop", reader.Say("account.shop"), Value: was?.Shop, Complete: "organization")] : [];
        return AskPage.Show(reader, new(reader.Say($"register.title-{kind}"), reader.Say($"register.lead-{kind}"), path,
            reader.Say("register.act"))
        {
            Fields =
            [
                .. shop, new("name", reader.Say("account.name"), Value: was?.Name, Complete: "name"),
                new("mail", reader.Say("account.mail"), "email", was?.Mail, "email"), NewPassword(reader),
            ],
            Links =
            [
                isShop ? ("/register", reader.Say("register.as-buyer"))
                    : ("/register/shop", reader.Say("register.as-shop")),
                (SignIn.Path, reader.Say("register.known")),
            ],
            Why = why,
        });
    }

    /// <summary>The field for a password that is chosen.</summary>
    public static AskField NewPassword(Reader reader) => new("password", reader.Say("account.new-password"), "password",
        Complete: "new-password", Hint: reader.Say("account.password-hint", ("least", (long)Refused.LeastPassword)));

    static async Task<IResult> Register(FormWrite form, HttpContext http, Registration registration, bool isShop)
    {
        var who = new Applicant(form["name"], form["mail"], form["password"], isShop ? form["shop"] : null);
        var why = await registration.Register(who, http);
        if (!why.IsEmpty) return AskRegister(http, isShop, who, why);
        return LookInMail(http, "register", who.Mail);
    }

    /// <summary>The same answer for every address.</summary>
    static IResult LookInMail(HttpContext http, string after, string mail)
    {
        var reader = Reader.Of(http);
        return Told.Show(reader, new(reader.Say("mail-sent.title"), reader.Say($"mail-sent.after-{after}",
            ("mail", mail)), SignIn.Path, reader.Say("mail-sent.on"), "send"));
    }

    static IResult AskConfirm(HttpContext http, string? of, string? code, Refusal? why)
    {
        var reader = Reader.Of(http);
        return AskPage.Show(reader, new(reader.Say("confirm.title"), reader.Say("confirm.lead"), "/confirm",
            reader.Say("confirm.act"))
        {
            Fields = [new("password", reader.Say("account.password"), "password", null, "current-password")],
            Hidden = [("of", of), ("code", code)], Links = [("/reset", reader.Say("sign-in.forgot"))],
            Why = why is null ? [] : [why],
        });
    }

    static async Task<IResult> Confirm(FormWrite form, HttpContext http, Registration registration, Sessions sessions)
    {
        var entered = await registration.Confirm(form["of"], form["code"], form["password"], http);
        return entered.Why == Refused.OldLink ? OldLink(http)
            : entered.Why is null || entered.KeptOut is not null ? SignIn.Went(entered, form, http, sessions)
            : AskConfirm(http, form["of"], form["code"], entered.Why);
    }

    static IResult OldLink(HttpContext http)
    {
        var reader = Reader.Of(http);
        return Told.Show(reader, Refused.OldLink, SignIn.Path, reader.Say("mail-sent.on"));
    }

    static IResult AskReset(HttpContext http, string? mail, Refusal? why)
    {
        var reader = Reader.Of(http);
        return AskPage.Show(reader, new(reader.Say("reset.title"), reader.Say("reset.lead"), "/reset",
            reader.Say("reset.act"))
        {
            Fields = [new("mail", reader.Say("account.mail"), "email", mail, "username")],
            Links = [(SignIn.Path, reader.Say("code.back"))], Why = why is null ? [] : [why],
        });
    }

    static async Task<IResult> Reset(FormWrite form, HttpContext http, Registration registration) =>
        await registration.AskReset(form["mail"], http) is { } why ? AskReset(http, form["mail"], why)
            : LookInMail(http, "reset", form["mail"]);

    static async Task<IResult> StartNew(HttpContext http, Registration registration, string? of, string? code) =>
        await registration.Resetting(of ?? "", code ?? "") is { } person
            ? AskNew(http, of!, code!, person.Mail, null) : OldLink(http);

    static IResult AskNew(HttpContext http, string of, string code, string mail, Refusal? why)
    {
        var reader = Reader.Of(http);
        return AskPage.Show(reader, new(reader.Say("new-password.title"),
            reader.Say("new-password.lead", ("mail", mail)), "/reset/new", reader.Say("new-password.act"))
        {
            Fields = [NewPassword(reader)], Hidden = [("of", of), ("code", code), ("username", mail)],
            Why = why is null ? [] : [why],
        });
    }

    static async Task<IResult> SetNew(FormWrite form, HttpContext http, Registration registration)
    {
        var (of, code) = (form["of"], form["code"]);
        var why = await registration.Reset(of, code, form["password"], http);
        if (why is not null)
            return await registration.Resetting(of, code) is { } person
                ? AskNew(http, of, code, person.Mail, why) : OldLink(http);
        Sessions.Close(http);
        var reader = Reader.Of(http);
        return Told.Show(reader, new(reader.Say("new-password.done"), reader.Say("new-password.done-text"),
            SignIn.Path, reader.Say("mail-sent.on")));
    }
}
