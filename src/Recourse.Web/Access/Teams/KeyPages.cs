using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
namespace Recourse.Web;

/// <summary>Keys for programs, made and revoked by people.</summary>
static class KeyPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/keys", (HttpContext http, KeyDesk desk, string? done) =>
            Show(http, desk, [], null, null, done is "revoked")).AsPage(KeyDesk.Makers).Needing(Right.Manager);
        pages.MapPost("/keys", Make).AsPage(KeyDesk.Makers).Needing(Right.Manager);
        pages.MapPost("/keys/revoke", Revoke).AsPage(KeyDesk.Makers).Needing(Right.Manager);
    }

    static Visitor Of(HttpContext http) => http.Features.Get<Visitor>()!;

    static IResult Show(
        HttpContext http, KeyDesk desk, ImmutableArray<Refusal> why, FormWrite? form, MadeKeyBody? made,
        bool isRevoked) =>
        Pages.Show<KeysPage>(Reader.Of(http), new()
        {
            ["Keys"] = desk.Of(Of(http)).Select(desk.BodyOf).ToImmutableArray(),
            ["Why"] = why, ["Sent"] = form?.Sent, ["Made"] = made, ["IsRevoked"] = isRevoked,
        }, why.IsEmpty ? 200 : 422);

    /// <summary>The secret is in this answer and nowhere else, so there is nothing to lead on to.</summary>
    static IResult Make(FormWrite form, KeyDesk desk)
    {
        var http = form.By.Http;
        var scopes = form["scopes"] is "all" ? Scopes.All : form["scopes"] is "read" ? Scopes.Read : Scopes.None;
        var (key, token, why) = desk.Make(form["name"], form["role"], form["of"], scopes, form, Of(http));
        return key is null ? Show(http, desk, why, form, null, false)
            : Show(http, desk, [], null, new(desk.BodyOf(key), token), false);
    }

    static IResult Revoke(FormWrite form, KeyDesk desk) =>
        desk.Revoke(form["id"], Of(form.By.Http)) is { } why ? Show(form.By.Http, desk, [why], form, null, false)
            : Results.LocalRedirect("/keys?done=revoked");
}
