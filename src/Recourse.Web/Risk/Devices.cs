using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
namespace Recourse.Web;

/// <summary>
/// A mark by which a browser is known again, also by whoever signs in there next: chance, and nothing about the person.
/// </summary>
static class Devices
{
    /// <summary>Its cookie.</summary>
    public const string Cookie = "device";

    const int Bytes = 16;
    static readonly TimeSpan Lasts = TimeSpan.FromDays(400);           // no browser keeps a cookie for longer

    /// <summary>The browser's mark; null: it has none.</summary>
    public static string? Of(HttpContext http) =>
        http.Request.Cookies[Cookie] is { Length: 2 * Bytes } mark && mark.All(char.IsAsciiHexDigitLower) ? mark : null;

    /// <summary>Gives a browser a mark unless it has one.</summary>
    public static void Mark(HttpContext http)
    {
        if (Of(http) is null)
            http.Response.Cookies.Append(Cookie, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes)), new()
            {
                HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/", MaxAge = Lasts,
                IsEssential = true,
            });
    }
}
