using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
namespace Recourse.Web;

/// <summary>
/// The reader's language, of those that there are: what they chose, else what their browser asks for.
/// </summary>
static class Languages
{
    static readonly ImmutableDictionary<string, Texts> InUtc =
        Texts.Languages.ToImmutableDictionary(l => l, l => Texts.In(l, DateTimeZone.Utc));

    /// <summary>In UTC, where no place is known.</summary>
    public static Texts Of(HttpRequest request) => InUtc[TagOf(request)];

    /// <summary>For readers in that zone.</summary>
    public static Texts Of(HttpRequest request, string zone) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is { } known ? Texts.In(TagOf(request), known) : Of(request);

    static string TagOf(HttpRequest request)
    {
        if (Choices.Of(request.HttpContext).Language is { } chosen) return chosen;
        var header = request.Headers.AcceptLanguage;
        if (header.Count == 0 || !StringWithQualityHeaderValue.TryParseList(header, out var wanted))
            return Texts.Languages[0];
        foreach (var tag in wanted.Where(w => w.Quality is not 0).OrderByDescending(w => w.Quality ?? 1).Take(20))
        {
            var name = tag.Value.ToString();
            var prefix = name.Split('-')[0];
            foreach (var language in Texts.Languages)
                if (language.Equals(name, StringComparison.OrdinalIgnoreCase)
                    || language.Split('-')[0].Equals(prefix, StringComparison.OrdinalIgnoreCase)) return language;
        }
        return Texts.Languages[0];
    }
}
