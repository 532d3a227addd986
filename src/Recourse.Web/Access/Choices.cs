using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using NodaTime.TimeZones;
namespace Recourse.Web;

/// <summary>
/// How whoever asks wants to read: what their account says; without one, a cookie; else what their browser says. The
/// language that somebody chose before they came in stays until their account says another.
/// </summary>
static class Choices
{
    /// <summary>Choices of those who have no account.</summary>
    public const string Cookie = "recourse-reader";

    /// <summary>The browser's own time zone, written by script.</summary>
    public const string ZoneCookie = "recourse-zone";

    /// <summary>In which language statements of reasons are read, where that was chosen.</summary>
    public const string ReasonsCookie = "recourse-reasons";

    /// <summary>Themes that can be chosen.</summary>
    public static readonly ImmutableArray<string> Themes = ["light", "dark"];

    static readonly TimeSpan Year = TimeSpan.FromDays(365);

    // Where one zone is most of a country.
    static readonly ImmutableDictionary<string, string> ZoneOfCountry =
        (TzdbDateTimeZoneSource.Default.ZoneLocations ?? []).GroupBy(l => l.CountryCode)
            .Select(g => (g.Key, Zone: g.Count() == 1 ? g.First().ZoneId : g.FirstOrDefault(IsMost)?.ZoneId))
            .Where(c => c.Zone is not null)
            .ToImmutableDictionary(c => c.Key, c => c.Zone!, StringComparer.OrdinalIgnoreCase)
            .SetItem("BR", "America/Sao_Paulo");

    static bool IsMost(TzdbZoneLocation at) => at.Comment.StartsWith("most", StringComparison.OrdinalIgnoreCase)
        || at.Comment.Contains("mainland", StringComparison.OrdinalIgnoreCase);

    /// <summary>What was chosen.</summary>
    public static Preferences Of(HttpContext http) => http.Features.Get<Visitor>() is not { Person: { } person }
        ? InCookie(http)
        : person.Preferences with { Language = person.Preferences.Language ?? InCookie(http).Language };

    /// <summary>The language that was chosen for statements of reasons; null: none was.</summary>
    public static string? OfReasons(HttpContext http) => Texts.OfStatements.FirstOrDefault(
        l => l.Equals(http.Request.Cookies[ReasonsCookie], StringComparison.OrdinalIgnoreCase));

    /// <summary>Keeps the language for statements of reasons.</summary>
    public static void KeepReasons(HttpContext http, string language) =>
        http.Response.Cookies.Append(ReasonsCookie, language, ForAYear(http));

    static CookieOptions ForAYear(HttpContext http) => new()
    {
        MaxAge = Year, SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax, HttpOnly = true,
        Secure = http.Request.IsHttps, Path = "/",
    };

    static Preferences InCookie(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { Length: > 0 and < 400 } cookie) return new();
        var said = QueryHelpersOf(cookie);
        return Checked(said.GetValueOrDefault("language"), said.GetValueOrDefault("zone"),
            said.GetValueOrDefault("theme"), said.GetValueOrDefault("keys") is not "off",
            said.GetValueOrDefault("money"));
    }

    static Dictionary<string, string> QueryHelpersOf(string text) => text.Split('&').Select(p => p.Split('='))
        .Where(p => p.Length == 2).GroupBy(p => p[0])
        .ToDictionary(g => g.Key, g => Uri.UnescapeDataString(g.First()[1]));

    /// <summary>Only what there is.</summary>
    public static Preferences Checked(
        string? language, string? zone, string? theme, bool singleKeys, string? money) => new(
        Texts.Languages.FirstOrDefault(l => l.Equals(language, StringComparison.OrdinalIgnoreCase)),
        zone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is { } known ? known.Id : null,
        Themes.FirstOrDefault(t => t == theme), singleKeys, MoneyOf(money));

    /// <summary>A currency in circulation; null: it is none.</summary>
    public static string? MoneyOf(string? code) => Currency.TryParse(code, out var money) ? money.Code : null;

    /// <summary>Keeps choices of whoever has no account.</summary>
    public static void Keep(HttpContext http, Preferences p) => http.Response.Cookies.Append(Cookie, string.Join('&',
        new[]
        {
            ("language", p.Language), ("zone", p.Zone), ("theme", p.Theme), ("keys", p.SingleKeys ? null : "off"),
            ("money", p.Money),
        }.Where(c => c.Item2 is not null).Select(c => $"{c.Item1}={Uri.EscapeDataString(c.Item2!)}")),
        ForAYear(http));

    /// <summary>The time zone of whoever reads a page; null: nobody knows, or it is a program that asks.</summary>
    public static string? ZoneOf(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<Access>() is not { IsPage: true }) return null;
        return Of(http).Zone ?? OfBrowser(http) ?? OfLanguage(http.Request);
    }

    static string? OfBrowser(HttpContext http) =>
        http.Request.Cookies[ZoneCookie] is { Length: > 0 and < 100 } zone
            ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(Uri.UnescapeDataString(zone))?.Id : null;

    // "de-AT" is read in Austria, as far as anybody can tell; "en" could be anywhere.
    static string? OfLanguage(HttpRequest request)
    {
        var header = request.Headers.AcceptLanguage;
        if (header.Count == 0 || !StringWithQualityHeaderValue.TryParseList(header, out var wanted)) return null;
        return wanted.OrderByDescending(w => w.Quality ?? 1).Take(5)
            .Select(w => w.Value.ToString().Split('-')).Where(t => t.Length > 1)
            .Select(t => ZoneOfCountry.GetValueOrDefault(t[^1])).FirstOrDefault(z => z is not null);
    }
}
