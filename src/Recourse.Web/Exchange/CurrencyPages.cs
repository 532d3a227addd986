using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
namespace Recourse.Web;

/// <summary>Choosing a currency to read prices in too, also before anybody has signed in.</summary>
static class CurrencyPages
{
    public const string Path = "/currency";

    public static void Map(IEndpointRouteBuilder pages) => pages.MapPost(Path, Choose).AsPage();

    /// <summary>Back to where it was chosen; what is no currency is none.</summary>
    static async Task<IResult> Choose(FormWrite form, HttpContext http, MyAccount account)
    {
        var choices = Choices.Of(http) with { Money = Choices.MoneyOf(form["money"]) };
        if (http.Features.Get<Visitor>()?.Person is not { } person) Choices.Keep(http, choices);
        else if (await account.Correct(person, person.Name, choices) is { } why) return Problems.Of([why]);
        return Results.LocalRedirect(SignIn.PathOf(http.Request.Headers.Referer) ?? SignIn.Local(form["then"]) ?? "/");
    }
}
