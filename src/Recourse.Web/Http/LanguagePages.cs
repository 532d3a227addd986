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
    static IResult Choose(FormWrite form, HttpContext http)
    {
        Languages.Choose(http, form["language"]);
        return Results.LocalRedirect(SignIn.PathOf(http.Request.Headers.Referer) ?? SignIn.Local(form["then"]) ?? "/");
    }
}
