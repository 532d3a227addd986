using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What was found for a text, by kind.</summary>
public sealed record SearchBody(string Query, ImmutableArray<SearchGroup> Groups);

/// <summary>Things of one kind.</summary>
/// <param name="Kind">One of <c>orders</c>, <c>payments</c>, <c>refunds</c>, <c>parcels</c>, <c>people</c>,
/// <c>accounts</c>, <c>others</c>.</param>
public sealed record SearchGroup(string Kind, ImmutableArray<SearchHit> Hits);

/// <summary>One thing.</summary>
/// <param name="State">Left out: it has none.</param>
/// <param name="Detail">What it is, in a line.</param>
/// <param name="Href">Its page.</param>
/// <param name="Why">Why it was found: a code, and the same in words.</param>
public sealed record SearchHit(string Id, string? State, string Detail, string Href, Hint Why);

/// <summary>One box for everything that people quote: ids, codes, references, tracking numbers.</summary>
static class SearchEndpoints
{
    /// <summary>Longest text that is looked for.</summary>
    public const int Longest = 200;

    public static void Map(IEndpointRouteBuilder v1) =>
        v1.MapGet("/search", Get).For(Party.Staff).WithName("search").WithTags("Search")
            .WithSummary("Orders, payments, refunds, parcels and people by id, code, reference or tracking number, and "
                + "shops by name.");

    public static void MapPages(IEndpointRouteBuilder pages) => pages.MapGet("/search", Show).AsPage(Party.Staff);

    static async Task<Answer<SearchBody>> Get(
        Caller caller, IPlatform platform, Registry registry, Shops shops, string? q)
    {
        var text = (q ?? "").Trim();
        if (text.Length > Longest) return TooLong(text);
        await Positions.AreShown(platform, caller);
        return new SearchBody(text, await new Searching(caller, platform, registry, shops).For(text));
    }

    static Problem TooLong(string text) =>
        Problems.Bad("search.too-long", "q", ("most", Longest), ("length", text.Length));

    static async Task<IResult> Show(Caller caller, IPlatform platform, Registry registry, Shops shops, string? q)
    {
        var reader = Reader.Of(caller.Http);
        var text = (q ?? "").Trim();
        var found = text.Length > Longest ? null
            : await new Searching(caller, platform, registry, shops).For(text) as object;
        return Pages.Show<SearchPage>(reader, new()
        {
            ["Query"] = text.Length > Longest ? text[..Longest] : text,
            ["Groups"] = found ?? ImmutableArray<SearchGroup>.Empty,
            ["Refused"] = found is null ? Problems.Body(TooLong(text), reader.Texts, caller.Http) : null,
        }, found is null ? 400 : 200);
    }
}
