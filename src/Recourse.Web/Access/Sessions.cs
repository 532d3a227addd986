using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
namespace Recourse.Web;

/// <summary>
/// Who sits in front of a browser: a sealed cookie names the access key that they came in with, or their account, its
/// stamp and what they are here as. It ends with the key or the stamp, after half a day without a visit, after a month
/// in any case, or when they sign out.
/// </summary>
sealed class Sessions(IDataProtectionProvider protection, AccessKeys keys, Accounts accounts, Settings settings)
{
    /// <summary>The cookie's name.</summary>
    public const string Cookie = "recourse-session";

    static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    readonly ITimeLimitedDataProtector _seal = protection.CreateProtector("session.v1").ToTimeLimitedDataProtector();

    /// <summary>From now on the browser comes in with this key.</summary>
    public void Open(HttpContext http, AccessKey key) => Open(http, key.Id);

    /// <summary>From now on the browser comes in as this person and that; null: as what may most.</summary>
    public void Open(HttpContext http, Person person, Hat? hat = null) => Open(http, TextOf(
        person, hat ?? accounts.HatsOf(person.Id)[0], DateTimeOffset.UtcNow));

    /// <summary>The same session goes on under a new stamp or hat.</summary>
    public void Renew(HttpContext http, Person person, Hat hat) => Open(http, TextOf(
        person, hat, Read(http) is { } held ? held.Since : DateTimeOffset.UtcNow));

    static string TextOf(Person person, Hat hat, DateTimeOffset since) => string.Create(
        CultureInfo.InvariantCulture, $"{person.Id} {person.Stamp} {hat.Text} {since.ToUnixTimeSeconds()}");

    void Open(HttpContext http, string text) => http.Response.Cookies.Append(
        Cookie, _seal.Protect(text, settings.SessionLasts), Options(http, settings.SessionLasts));

    /// <summary>Signs out.</summary>
    public static void Close(HttpContext http) => http.Response.Cookies.Delete(Cookie, Options(http, null));

    sealed record Held(ImmutableArray<string> Parts, DateTimeOffset Since, DateTimeOffset Ends);

    Held? Read(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { Length: > 0 } cookie) return null;
        try
        {
            ImmutableArray<string> parts = [.. _seal.Unprotect(cookie, out var ends).Split(' ')];
            return parts is [_, _, _, var since]
                ? new(parts, DateTimeOffset.FromUnixTimeSeconds(long.Parse(since, CultureInfo.InvariantCulture)), ends)
                : new(parts, default, ends);
        }
        catch (System.Security.Cryptography.CryptographicException) { return null; }
    }

    /// <summary>Whoever has signed in; null: nobody has.</summary>
    public Visitor? Find(HttpContext http)
    {
        if (Read(http) is not { } held || VisitorOf(held) is not { } visitor) return null;
        if (held.Ends - DateTimeOffset.UtcNow < settings.SessionLasts * 0.9)
        {
            if (visitor.Key is { } key) Open(http, key);
            else Open(http, TextOf(visitor.Person!, visitor.Hat, held.Since));
        }
        // What guards forms against other sites binds them to whoever this is, and as what they are here.
        var name = visitor.Key is null ? $"{visitor.Id} {visitor.Hat.Text}" : visitor.Id;
        http.User = new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, name)], Cookie));
        return visitor;
    }

    Visitor? VisitorOf(Held held)
    {
        if (held.Parts is [var id]) return keys.OfId(id) is { } key ? Visitor.With(key) : null;
        if (held.Parts is not [var who, var stamp, var wears, _] || held.Since + Longest < DateTimeOffset.UtcNow
            || accounts.OfId(who) is not { BlockedAt: null } person || person.Stamp != stamp) return null;
        var hats = accounts.HatsOf(who);
        return Visitor.As(person, hats.FirstOrDefault(h => h.Text == wears) ?? hats[^1]);
    }

    static CookieOptions Options(HttpContext http, TimeSpan? age) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/", MaxAge = age,
        IsEssential = true,
    };
}
