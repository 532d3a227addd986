using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Coming in with an access key, and going.</summary>
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
        pages.MapPost("/sign-out", Leave).AsPage();
    }

    /// <summary>The path of an address of ours; null: none that could be trusted.</summary>
    public static string? PathOf(StringValues address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) ? Local(uri.PathAndQuery) : null;

    static IResult Enter(FormWrite form, HttpContext http, AccessKeys keys, Sessions sessions)
    {
        var key = keys.Find(form["access-key"]);
        if (key is null) return Page(http, form["then"], "sign-in.no-such-key");
        if ((key.Role & People) == 0) return Page(http, form["then"], "sign-in.key-for-programs");
        sessions.Open(http, key);
        return Results.LocalRedirect(Local(form["then"]) ?? "/");
    }

    static IResult Leave(FormWrite form, HttpContext http)
    {
        Sessions.Close(http);
        OwnCookies.Forget(http);
        return Results.LocalRedirect(Path);
    }

    static IResult Page(HttpContext http, string? then, string? fault) => Pages.Show<SignInPage>(
        Reader.Of(http), new() { ["Then"] = Local(then), ["Fault"] = fault, ["Personas"] = Personas(http) },
        fault is null ? 200 : 422);

    /// <summary>In a demo, whom to be; elsewhere nobody.</summary>
    static ImmutableArray<PersonaBody> Personas(HttpContext http) =>
        http.RequestServices.GetService<Demo>()?.Personas(
            http.RequestServices.GetRequiredService<IPlatform>(), Languages.Of(http.Request)) ?? [];

    /// <summary>A path of ours; null: a browser would go elsewhere, as to "//elsewhere" and "/\elsewhere".</summary>
    public static string? Local(string? path) =>
        path is ['/', not ('/' or '\\'), ..] && !path.Any(char.IsControl) ? path : null;
}
