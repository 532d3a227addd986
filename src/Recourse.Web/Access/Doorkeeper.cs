using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
namespace Recourse.Web;

/// <summary>
/// The one place where it is checked who comes in: key or session, role, scope and rate, for every endpoint.
/// </summary>
sealed class Doorkeeper(RequestDelegate next, AccessKeys keys, Sessions sessions, RateLimits limits)
{
    const string Bearer = "Bearer ";

    public Task Invoke(HttpContext http)
    {
        var endpoint = http.GetEndpoint();
        if (endpoint is not RouteEndpoint)                                  // nothing there: 404, 405 or 415
        {
            if (Pages.IsWanted(http) && sessions.Find(http) is { } key) Know(http, key);
            return next(http);
        }
        if (Refuse(http, endpoint.Metadata.GetMetadata<Access>()) is { } problem) return problem.ExecuteAsync(http);
        return next(http);
    }

    Problem? Refuse(HttpContext http, Access? access)
    {
        if (access is null) return Problems.Forbidden;
        var shown = access.IsPage ? sessions.Find(http) : access.IsOpen ? null : KeyOf(http);
        if (access.IsOpen)
        {
            if (shown is not null) Know(http, shown);
            return access.IsLimited ? Limit(http, PlaceOf(http)) : null;
        }
        if (shown is not { } key)
        {
            if (access.LetsStrangersIn && (access.IsPage || http.Request.Headers.Authorization.Count == 0))
                return Limit(http, PlaceOf(http));
            if (!access.IsPage) http.Response.Headers.WWWAuthenticate = "Bearer";
            return Limit(http, PlaceOf(http)) ?? Problems.NoKey;
        }
        if (Limit(http, key.Id) is { } tooMany) return tooMany;
        var needed = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)
            ? Scopes.Read : Scopes.Write;
        Know(http, key);                                                    // also a refusal is told to somebody
        return (access.Roles & key.Role) == 0 || (key.Scopes & needed) == 0 ? Problems.Forbidden : null;
    }

    static void Know(HttpContext http, AccessKey key) => http.Features.Set(new Visitor(key.Actor, key.Role));

    static string PlaceOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "";

    AccessKey? KeyOf(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? keys.Find(header[Bearer.Length..].Trim()) : null;
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
sealed record Visitor(Actor Who, Party Role);
