using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
namespace Recourse.Web;

/// <summary>Choosing a language, also before anybody has signed in.</summary>
static class LanguagePages
{
    public const string Path = "/language";

    public static void Map(IEndpointRouteBuilder pages) => pages.MapPost(Path, Choose).AsPage();

    /// <summary>Back to where it was chosen, with what stood in its address.</summary>
    static async Task<IResult> Choose(FormWrite form, HttpContext http, MyAccount account)
    {
        if (Texts.OfStatements.Contains(form["reasons"])) Choices.KeepReasons(http, form["reasons"]);
        if (Texts.Languages.Contains(form["language"]))
        {
            var choices = Choices.Of(http) with { Language = form["language"] };
            if (http.Features.Get<Visitor>()?.Person is not { } person) Choices.Keep(http, choices);
            else if (await account.Correct(person, person.Name, choices) is { } why) return Problems.Of([why]);
        }
        return Results.LocalRedirect(SignIn.PathOf(http.Request.Headers.Referer) ?? SignIn.Local(form["then"]) ?? "/");
    }
}
