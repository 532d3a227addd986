using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
namespace Recourse.Web;

/// <summary>
/// What a browser keeps for whoever sits before it, sealed. A buyer's is theirs alone; a visitor's goes over to the
/// buyer that they turn out to be.
/// </summary>
sealed class OwnCookies(IDataProtectionProvider protection)
{
    // A browser keeps no more than 4,096 bytes of a cookie with its name and attributes.
    const int Longest = 3_500;

    readonly IDataProtector _seal = protection.CreateProtector("own.v1");

    /// <summary>What is kept under a name for this reader; null: nothing that could be read.</summary>
    public string? Read(HttpContext http, string name) => Open(http, NameFor(http, name));

    /// <summary>What a visitor left before they signed in; null: nothing, or nobody has signed in.</summary>
    public string? ReadLeft(HttpContext http, string name) =>
        NameFor(http, name) == name ? null : Open(http, name);

    /// <summary>Keeps a text; false: it is too long to be kept.</summary>
    /// <param name="age">For how long; null: until the browser is closed.</param>
    public bool Write(HttpContext http, string name, string text, TimeSpan? age)
    {
        var own = NameFor(http, name);
        var value = _seal.CreateProtector(own).Protect(text);
        if (value.Length > Longest) return false;
        http.Response.Cookies.Append(own, value, Options(http, age));
        if (own != name) http.Response.Cookies.Delete(name, Options(http, null));
        return true;
    }

    /// <summary>Whoever comes after finds nothing that was left.</summary>
    public static void Forget(HttpContext http)
    {
        foreach (var name in (ReadOnlySpan<string>)[Baskets.Cookie, AddressDrafts.Cookie, Destinations.Cookie])
            http.Response.Cookies.Delete(name, Options(http, null));
    }

    string? Open(HttpContext http, string name)
    {
        if (http.Request.Cookies[name] is not { Length: > 0 and <= Longest } value) return null;
        try { return _seal.CreateProtector(name).Unprotect(value); }
        catch (CryptographicException) { return null; }
    }

    static string NameFor(HttpContext http, string name) =>
        http.Features.Get<Visitor>()?.Who is Actor.Buyer { Id.Code: var code } ? $"{name}-{code}" : name;

    static CookieOptions Options(HttpContext http, TimeSpan? age) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/", MaxAge = age,
        IsEssential = true,
    };
}
