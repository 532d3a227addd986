using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
namespace Recourse.Web;

/// <summary>
/// The reader's language, of those that there are: what they chose, else what their browser asks for. Statements of
/// reasons are read in more languages than pages.
/// </summary>
static class Languages
{
    /// <summary>The parameter of an address that says in which language statements of reasons are read.</summary>
    public const string Parameter = "lang";

    const int MostWanted = 20;

    /// <summary>In UTC, where no place is known.</summary>
    public static Texts Of(HttpRequest request) => In(request, DateTimeZone.Utc);

    /// <summary>For readers in that zone.</summary>
    public static Texts Of(HttpRequest request, string zone) =>
        In(request, DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZone.Utc);

    /// <summary>A language of statements that the address names and that there isn't; null: it names none such.
    /// </summary>
    public static Problem? Unknown(HttpRequest request) => Asked(request) is { } tag && Known(tag) is null
        ? Problems.Bad("api.no-such-language", Parameter,
            ("language", tag), ("known", string.Join(", ", Texts.OfStatements))) : null;

    static Texts In(HttpRequest request, DateTimeZone zone)
    {
        var page = TagOf(request);
        var reasons = ReasonsTagOf(request, page);
        var texts = Texts.In(page, zone);
        return reasons == page ? texts : texts.With(Texts.ForStatements(reasons, zone));
    }

    static string TagOf(HttpRequest request) => Choices.Of(request.HttpContext).Language
        ?? Wanted(request).Select(tag => Texts.Nearest(tag, Texts.Languages)).FirstOrDefault(l => l is not null)
        ?? Texts.Languages[0];

    static string ReasonsTagOf(HttpRequest request, string page) =>
        (Asked(request) is { } asked ? Known(asked) : null) ?? Choices.OfReasons(request.HttpContext)
        ?? Choices.Of(request.HttpContext).Language
        ?? Wanted(request).Select(Known).FirstOrDefault(l => l is not null) ?? page;

    static string? Known(string tag) => Texts.Nearest(tag, Texts.OfStatements);

    static string? Asked(HttpRequest request) =>
        request.Query[Parameter].ToString() is { Length: > 0 } tag ? tag : null;

    static IEnumerable<string> Wanted(HttpRequest request)
    {
        var header = request.Headers.AcceptLanguage;
        if (header.Count == 0 || !StringWithQualityHeaderValue.TryParseList(header, out var wanted)) return [];
        return wanted.Where(w => w.Quality is not 0).OrderByDescending(w => w.Quality ?? 1).Take(MostWanted)
            .Select(w => w.Value.ToString());
    }
}
