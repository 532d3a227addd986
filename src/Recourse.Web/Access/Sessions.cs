using System.Security.Claims;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
namespace Recourse.Web;

/// <summary>
/// Who sits in front of a browser: a sealed cookie names the access key that they came in with, or their account, its
/// stamp, what they are here as and the session itself. It ends with the key or the stamp, after half a day without a
/// visit, after a month in any case, when they sign out, or when it is ended from another one.
/// </summary>
sealed class Sessions(IDataProtectionProvider protection, AccessKeys keys, Accounts accounts, Settings settings)
{
    /// <summary>The cookie's name.</summary>
    public const string Cookie = "recourse-session";

    static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    readonly ITimeLimitedDataProtector _seal = protection.CreateProtector("session.v2").ToTimeLimitedDataProtector();

    /// <summary>From now on the browser comes in with this key.</summary>
    public void Open(HttpContext http, AccessKey key) => Open(http, key.Id);

    /// <summary>From now on the browser comes in as this person and that; null: as what may most.</summary>
    public void Open(HttpContext http, Person person, Hat? hat = null) => Put(
        http, person, hat ?? accounts.HatsOf(person.Id)[0], Person.NewId(), DateTimeOffset.UtcNow);

    /// <summary>The same session goes on under a new stamp or hat.</summary>
    public void Renew(HttpContext http, Person person, Hat hat)
    {
        if (Current(http, person) is { } session) Put(http, person, hat, session.Id, session.Begun);
        else Open(http, person, hat);
    }

    void Put(HttpContext http, Person person, Hat hat, string id, DateTimeOffset begun)
    {
        var now = DateTimeOffset.UtcNow;
        accounts.PutSession(person, new(id, person.Stamp, begun, now, Entrance.From(http)),
            now - settings.SessionLasts - SeenEvery, now - Longest);
        Open(http, TextOf(person, hat, id));
    }

    static string TextOf(Person person, Hat hat, string id) => $"{person.Id} {person.Stamp} {hat.Text} {id}";

    /// <summary>The session of this browser; null: it has none of that person's.</summary>
    public Session? Current(HttpContext http, Person person) =>
        Read(http)?.Parts is [var who, _, _, var id] && who == person.Id ? accounts.SessionOf(id, who) : null;

    /// <summary>All that go on, the last seen first.</summary>
    public ImmutableArray<Session> Of(Person person)
    {
        var now = DateTimeOffset.UtcNow;
        return [.. accounts.SessionsOf(person.Id).Where(s => s.Stamp == person.Stamp && s.Begun + Longest > now
            && s.Seen + settings.SessionLasts + SeenEvery > now)];
    }

    /// <summary>Signs out for good: whoever has kept the cookie comes in with it no more.</summary>
    public void End(HttpContext http)
    {
        if (Read(http)?.Parts is [var who, _, _, var id]) accounts.EndSession(id, who);
        Close(http);
    }

    // Nobody's every step is written down.
    TimeSpan SeenEvery => settings.SessionLasts / 100;

    void Open(HttpContext http, string text) => http.Response.Cookies.Append(
        Cookie, _seal.Protect(text, settings.SessionLasts), Options(http, settings.SessionLasts));

    /// <summary>The browser forgets its session, which has ended.</summary>
    public static void Close(HttpContext http) => http.Response.Cookies.Delete(Cookie, Options(http, null));

    sealed record Held(ImmutableArray<string> Parts, DateTimeOffset Ends);

    Held? Read(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { Length: > 0 } cookie) return null;
        try
        {
            return new([.. _seal.Unprotect(cookie, out var ends).Split(' ')], ends);
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
            else Open(http, TextOf(visitor.Person!, visitor.Hat, held.Parts[3]));
        }
        // What guards forms against other sites binds them to whoever this is, and as what they are here.
        var name = visitor.Key is null ? $"{visitor.Id} {visitor.Hat.Text}" : visitor.Id;
        http.User = new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, name)], Cookie));
        return visitor;
    }

    Visitor? VisitorOf(Held held)
    {
        if (held.Parts is [var id]) return keys.OfId(id) is { } key ? Visitor.With(key) : null;
        if (held.Parts is not [var who, var stamp, var wears, var session]
            || accounts.OfId(who) is not { BlockedAt: null } person || person.Stamp != stamp
            || accounts.SessionOf(session, who) is not { } found || found.Begun + Longest < DateTimeOffset.UtcNow)
            return null;
        if (DateTimeOffset.UtcNow - found.Seen > SeenEvery) accounts.SeeSession(session, DateTimeOffset.UtcNow);
        var hats = accounts.HatsOf(who);
        return Visitor.As(person, hats.FirstOrDefault(h => h.Text == wears) ?? hats[^1]);
    }

    static CookieOptions Options(HttpContext http, TimeSpan? age) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/", MaxAge = age,
        IsEssential = true,
    };
}
