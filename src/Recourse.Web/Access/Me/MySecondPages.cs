using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
namespace Recourse.Web;

/// <summary>Steps of their own: the second factor, and being erased.</summary>
static class MySecondPages
{
    public static void Map(RouteGroupBuilder me)
    {
        me.MapGet("/second-factor", (HttpContext http) => ShowSecret(http, null)).AsPage(SignIn.People);
        MyPages.Person(me, "/second-factor/start", Start);
        MyPages.Person(me, "/second-factor", Confirm);
        MyPages.Person(me, "/second-factor/end", End);
        me.MapGet("/erasure", (HttpContext http, MyData data) => AskErase(http, data, null)).AsPage(SignIn.People);
        MyPages.Person(me, "/erasure", Erase);
    }

    static async Task<IResult> Start(FormWrite form, Visitor by, IServiceProvider services)
    {
        await MyPages.Account(services).StartSecondFactor(by, form.By.Http);
        return Results.LocalRedirect("/me/second-factor");
    }

    static IResult ShowSecret(HttpContext http, Refusal? why) =>
        http.Features.Get<Visitor>()?.Person is not { HasSecondFactor: false, AuthenticatorKey: { } key } person
            ? Results.LocalRedirect("/me")
            : Pages.Show<SecondFactorPage>(Reader.Of(http), new()
            {
                ["Secret"] = key, ["Mail"] = person.Mail, ["Why"] = why,
            }, why is null ? 200 : 422);

    static async Task<IResult> Confirm(FormWrite form, Visitor by, IServiceProvider services)
    {
        var (codes, why) = await MyPages.Account(services).ConfirmSecondFactor(by, form["code"], form.By.Http);
        return why is not null ? ShowSecret(form.By.Http, why)
            : Pages.Show<SecondFactorPage>(Reader.Of(form.By.Http), new() { ["Codes"] = codes });
    }

    static async Task<IResult> End(FormWrite form, Visitor by, IServiceProvider services) => MyPages.After(form,
        await MyPages.Account(services).EndSecondFactor(by, form["password"], form.By.Http), "second-factor-off");

    static async Task<IResult> AskErase(HttpContext http, MyData data, ImmutableArray<Refusal>? why)
    {
        var reader = Reader.Of(http);
        if (http.Features.Get<Visitor>()?.Person is not { } person) return new Problem(403, Refused.NoAccount);
        var hindrances = await data.Hindrances(person, http.RequestAborted);
        return Pages.Show<ErasurePage>(reader, new() { ["Hindrances"] = hindrances, ["Why"] = why ?? [] },
            why is null ? 200 : 422);
    }

    static async Task<IResult> Erase(FormWrite form, Visitor by, IServiceProvider services)
    {
        var (http, data) = (form.By.Http, services.GetRequiredService<MyData>());
        if (form["sure"] is not "yes") return await AskErase(http, data, [Refused.NotErased]);
        if (await MyPages.Account(services).Prove(by.Person!, form["password"], http) is { } why)
            return await AskErase(http, data, [why]);
        var mail = by.Person!.Mail;
        if (await data.Erase(by.Person, http.RequestAborted) is not [] and var hindrances)
            return await AskErase(http, data, hindrances);
        services.GetRequiredService<Letters>().Tell(by.Person, "erased", http, mail);
        Sessions.Close(http);
        http.Features.Set<Visitor>(null);
        var reader = Reader.Of(http);
        return Told.Show(reader, new(reader.Say("erasure.done"), reader.Say("erasure.done-text"), SignIn.Path,
            reader.Say("mail-sent.on")));
    }
}
