using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
namespace Recourse.Web;

/// <summary>
/// The one place where it is checked who comes in: key or session, role, right, scope and rate, for every endpoint.
/// </summary>
sealed class Doorkeeper(
    RequestDelegate next, AccessKeys keys, Sessions sessions, RateLimits limits, Demo? demo = null)
{
    const string Bearer = "Bearer ";

    static readonly Problem NotAsThis = new(403, new Refusal("access.not-as-this", new("access.ask-or-switch")));

    public Task Invoke(HttpContext http)
    {
        var endpoint = http.GetEndpoint();
        if (endpoint is not RouteEndpoint)                                  // nothing there: 404, 405 or 415
        {
            if (Pages.IsWanted(http) && sessions.Find(http) is { } somebody) http.Features.Set(somebody);
            return next(http);
        }
        if (Refuse(http, endpoint) is { } problem) return problem.ExecuteAsync(http);
        return next(http);
    }

    Problem? Refuse(HttpContext http, Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<Access>() is not { } access) return Problems.Forbidden;
        var visitor = access.IsPage ? sessions.Find(http) : access.IsOpen ? null : KeyOf(http);
        if (access.IsOpen)
        {
            if (visitor is not null) http.Features.Set(visitor);
            return access.IsLimited ? Limit(http, PlaceOf(http)) : null;
        }
        if (visitor is null)
        {
            if (access.LetsStrangersIn && (access.IsPage || http.Request.Headers.Authorization.Count == 0))
                return Limit(http, PlaceOf(http));
            if (!access.IsPage) http.Response.Headers.WWWAuthenticate = "Bearer";
            return Limit(http, PlaceOf(http)) ?? Problems.NoKey;
        }
        if (Limit(http, visitor.Id) is { } tooMany) return tooMany;
        var reads = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if (!IsLetIn(visitor, access, Needs.Of(endpoint, reads), reads ? Scopes.Read : Scopes.Write))
        {
            if (!access.IsPage) return Problems.Forbidden;
            http.Features.Set(visitor);                                     // so that the page says who they are here
            return NotAsThis;
        }
        http.Features.Set(visitor);
        if (access.IsPage) demo?.Saw(visitor.Role);
        return null;
    }

    static bool IsLetIn(Visitor visitor, Access access, Right least, Scopes needed) =>
        (access.Roles & visitor.Role) != 0 && (visitor.Scopes & needed) != 0
        && (visitor.Role is not Party.Seller || visitor.Right >= least);

    /// <summary>Where somebody calls from, as far as that can be told.</summary>
    public static string PlaceOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "";

    Visitor? KeyOf(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            && keys.Find(header[Bearer.Length..].Trim()) is { } key ? Visitor.With(key) : null;
    }

    Problem? Limit(HttpContext http, string who)
    {
        var (left, wait) = limits.Take(who);
        var headers = http.Response.Headers;
        headers["RateLimit-Policy"] = limits.Policy;
        headers["RateLimit"] = string.Create(
            CultureInfo.InvariantCulture, $"\"default\";r={left};t={Math.Max(wait, 1)}");
        if (wait == 0) return null;
        headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        return Problems.TooManyRequests;
    }
}

/// <summary>Whoever was let in.</summary>
/// <param name="Id">What their requests are counted under.</param>
/// <param name="Right">For a seller's people, what they may do there.</param>
/// <param name="Person">Null: they came in with a key.</param>
/// <param name="Key">Null: they came in with an account.</param>
sealed record Visitor(
    Actor Who, Party Role, string Id, Right Right, Scopes Scopes, Person? Person = null, AccessKey? Key = null)
{
    public static Visitor With(AccessKey key) =>
        new(key.Actor, key.Role, key.Id, key.Right, key.Scopes, Key: key);

    public static Visitor As(Person person, Hat hat) =>
        new(hat.Actor, hat.Role, $"person/{person.Id}", hat.Right, Scopes.All, person);

    /// <summary>What they are here.</summary>
    public Hat Hat => new(Role, Who.Name[(Who.Name.IndexOf('/') + 1)..], Right);
}
