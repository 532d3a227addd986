using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Checkouts;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>A finding on one day: what buyers did about it in the baskets that they opened.</summary>
/// <param name="Code">Of the finding.</param>
/// <param name="Day">As ISO 8601 has it, in UTC.</param>
/// <param name="Fixed">Checkouts that were opened with a fix of it.</param>
/// <param name="Confirmed">Checkouts whose buyer said that it is right as it is.</param>
/// <param name="LeftOut">Checkouts of which it cost a part, while the rest was kept.</param>
/// <param name="Paid">Of such checkouts, whenever they were opened, those whose payment was accepted that day.</param>
/// <param name="Saved">What those came to, by currency; one that had several findings counts with each.</param>
public sealed record FindingDayBody(
    string Code, string Day, int Fixed, int Confirmed, int LeftOut, int Paid, ImmutableArray<Money> Saved);

/// <summary>What was found in looks at baskets. It isn't recorded: this is remembered, and no longer.</summary>
/// <param name="UpSeconds">For how long it has been counted, in seconds.</param>
/// <param name="Items">In how many looks, by the finding's code; the most frequent first.</param>
public sealed record FoundBody(long UpSeconds, ImmutableArray<CountBody> Items);

/// <summary>Which findings buyers saw, what they did about them, and what went on for it.</summary>
static class FindingEndpoints
{
    public const string Path = "/findings";

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet(Path, List).For(Party.Staff).WithName("listFindings").WithTags("Checkouts")
            .WithSummary("What buyers did about findings, by day and code, the newest day first.");
        v1.MapGet($"{Path}/looks", (Caller caller, Pulse pulse) => (Answer<FoundBody>)Looks(pulse)).For(Party.Staff)
            .WithName("countFindings").WithTags("Checkouts")
            .WithSummary("In how many looks at baskets something was found; kept in memory only.");
    }

    public static void MapPages(IEndpointRouteBuilder pages) => pages.MapGet(Path, Show).AsPage(Party.Staff);

    static async Task<Answer<Rows<FindingDayBody>>> List(
        Caller caller, IPlatform platform, string? code, string? after, int? limit)
    {
        var (index, value) = IndexOf(code);
        return await Positions.Page(platform, caller, FindingDays.View, index, value, after, limit, Of);
    }

    static (string Index, string Value) IndexOf(string? code) =>
        string.IsNullOrEmpty(code) ? (Scope.Index, Scope.All) : (FindingDays.ByCode, code);

    static FindingDayBody Of(FindingDay day) => new(
        day.Code, day.Day, day.Fixed, day.Confirmed, day.LeftOut, day.Paid,
        [.. day.Saved.Select(s => new Money(s.Minor, Currency.Of(s.Currency)))]);

    static FoundBody Looks(Pulse pulse) => new(
        pulse.Seconds,
        [.. pulse.Found.Select(f => new CountBody(f.Code, f.Looks, $"{Path}?code={Uri.EscapeDataString(f.Code)}"))]);

    static async Task<IResult> Show(Caller caller, IPlatform platform, Pulse pulse, string? code, string? after)
    {
        var (index, value) = IndexOf(code);
        var rows = await List(caller, platform, code, after, null);
        return rows.Body is not { } body ? rows : Pages.Show<FindingsPage>(Reader.Of(caller.Http), new()
        {
            ["Rows"] = body, ["Looks"] = Looks(pulse), ["Code"] = string.IsNullOrEmpty(code) ? null : code,
            ["On"] = new[] { Topic.Of(FindingDays.View, index, value) },
        });
    }
}
