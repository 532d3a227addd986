using System.Security.Claims;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
namespace Recourse.Web;

/// <summary>
/// Who sits in front of a browser: a sealed cookie names the access key that they came in with. It ends with the key,
/// after half a day without a visit, or when they sign out.
/// </summary>
sealed class Sessions(IDataProtectionProvider protection, AccessKeys keys)
{
    /// <summary>The cookie's name.</summary>
    public const string Cookie = "recourse-session";

    static readonly TimeSpan EndsAfter = TimeSpan.FromHours(12), RenewedAfter = TimeSpan.FromHours(1);
    readonly ITimeLimitedDataProtector _seal = protection.CreateProtector("session.v1").ToTimeLimitedDataProtector();

    /// <summary>From now on the browser comes in with this key.</summary>
    public void Open(HttpContext http, AccessKey key) => http.Response.Cookies.Append(
        Cookie, _seal.Protect(key.Id, EndsAfter), Options(http, EndsAfter));

    /// <summary>Signs out.</summary>
    public static void Close(HttpContext http) => http.Response.Cookies.Delete(Cookie, Options(http, null));

    /// <summary>The key that somebody has signed in with; null: nobody has.</summary>
    public AccessKey? Find(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { Length: > 0 } cookie) return null;
        try
        {
            if (keys.OfId(_seal.Unprotect(cookie, out var ends)) is not { } key) return null;
            if (ends - DateTimeOffset.UtcNow < EndsAfter - RenewedAfter) Open(http, key);
            // What guards forms against other sites binds them to whoever this is.
            http.User = new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, key.Id)], Cookie));
            return key;
        }
        catch (System.Security.Cryptography.CryptographicException) { return null; }
    }

    static CookieOptions Options(HttpContext http, TimeSpan? age) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/", MaxAge = age,
        IsEssential = true,
    };
}
