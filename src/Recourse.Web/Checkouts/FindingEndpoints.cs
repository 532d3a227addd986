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

/// <summary>What was found in looks at baskets. It isn't recorded in the log, but counted in a file of its own.
/// </summary>
/// <param name="UpSeconds">For how long it has been counted, in seconds, also before the last start.</param>
/// <param name="Items">In how many looks, by the finding's code; the most frequent first.</param>
public sealed record FoundBody(long UpSeconds, ImmutableArray<CountBody> Items);

/// <summary>What stood in buyers' way on a day, and how often nothing came of it.</summary>
/// <param name="Code">Of the finding.</param>
/// <param name="Listing">On which listing; left out: on none.</param>
/// <param name="Day">As ISO 8601 has it, in UTC.</param>
/// <param name="Looks">Buyers who saw it; seen again within the hour is seen once.</param>
/// <param name="GaveUp">Of them, those who neither settled it nor opened a checkout within an hour.</param>
/// <param name="Refused">Checkouts that were asked for and not opened, where it stood in the way.</param>
public sealed record LookDayBody(string Code, string? Listing, string Day, int Looks, int GaveUp, int Refused = 0);

/// <summary>Looks by day, the newest first.</summary>
public sealed record LookDaysBody(ImmutableArray<LookDayBody> Items);

/// <summary>What was found on a listing in some time: how often, and nothing about whom.</summary>
/// <param name="Listing">The listing's id.</param>
/// <param name="Code">Of the finding.</param>
/// <param name="Text">The same in words.</param>
/// <param name="Looks">Buyers whom it stood in the way of, each day once an hour.</param>
/// <param name="GaveUp">Of them, those who went away.</param>
/// <param name="LeftOut">Checkouts that went on without it.</param>
/// <param name="Confirmed">Checkouts whose buyer said that it is right.</param>
/// <param name="Paid">Of such checkouts, those that were paid.</param>
/// <param name="Fixed">Checkouts whose buyer put it right.</param>
/// <param name="Saved">What their seller's part of what was paid came to, by currency.</param>
public sealed record ListingFindingBody(
    string Listing, string Code, string Text, int Looks, int GaveUp, int LeftOut, int Confirmed, int Paid, int Fixed,
    ImmutableArray<Money> Saved);

/// <summary>What was found on a seller's listings.</summary>
/// <param name="Days">In so many days up to today.</param>
public sealed record ListingFindingsBody(int Days, ImmutableArray<ListingFindingBody> Items);

/// <summary>Which findings buyers saw, what they did about them, and what went on for it.</summary>
static class FindingEndpoints
{
    public const string Path = "/findings";

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet(Path, List).For(Party.Staff).WithName("listFindings").WithTags("Checkouts")
            .WithSummary("What buyers did about findings, by day and code, the newest day first.");
        v1.MapGet($"{Path}/looks", (Caller caller, LookBook book, IPlatform platform) =>
            (Answer<FoundBody>)Looks(book, platform.Now)).For(Party.Staff)
            .WithName("countFindings").WithTags("Checkouts")
            .WithSummary("In how many looks at baskets something was found, also before the last start.");
        v1.MapGet($"{Path}/days", (Caller caller, LookBook book) => (Answer<LookDaysBody>)Days(book))
            .For(Party.Staff).WithName("listLookDays").WithTags("Checkouts")
            .WithSummary("What stood in buyers' way by day, and how many went away for it.");
        v1.MapGet("/listings/findings", (Caller caller, IPlatform platform, LookBook book, string? listing) =>
            (Answer<ListingFindingsBody>)Own(caller, platform, book, listing)).For(Party.Seller)
            .WithName("listOwnFindings").WithTags("Listings").WithSummary(
                "What was found on one's listings in 30 days, what buyers did and what it saved; with listing=CODE on "
                + "one of them.");
    }

    const int DaysTold = 30, MostRows = 1_000;

    static LookDaysBody Days(LookBook book) => new(
    [
        .. book.Days.GroupBy(d => (d.Day, d.Code)).Take(PerTable).Select(g => new LookDayBody(
            g.Key.Code, null, g.Key.Day, g.Sum(d => d.Looks), g.Sum(d => d.GaveUp),
            g.Sum(d => d.Refused))),
    ]);

    const int PerTable = 100;

    /// <summary>Of a seller's own listings, what costs most first.</summary>
    /// <param name="listing">The last part of a listing's id; null: all.</param>
    public static ListingFindingsBody Own(Caller caller, IPlatform platform, LookBook book, string? listing = null)
    {
        var oldest = ListingFindings.DayOf(platform.Now - Duration.FromDays(DaysTold));
        var mine = $"listing/{ListingPages.CodeOf(caller)}/";
        var looks = book.Days.Where(d => IsOf(d.Listing) && IsLate(d.Day)).ToLookup(d => (d.Listing, d.Code));
        var deeds = platform.Views.List(ListingFindings.View, Scope.Index, caller.Scope!, null, MostRows).Rows
            .Where(d => IsOf(d.Listing) && IsLate(d.Day)).ToLookup(d => (d.Listing, d.Code));
        return new(DaysTold,
        [
            .. looks.Select(g => g.Key).Union(deeds.Select(g => g.Key)).Select(key => new ListingFindingBody(
                    key.Listing, key.Code, caller.Texts.Has($"found.{key.Code}")
                        ? caller.Texts.Tell($"found.{key.Code}") : key.Code,
                    looks[key].Sum(d => d.Looks), looks[key].Sum(d => d.GaveUp), deeds[key].Sum(d => d.LeftOut),
                    deeds[key].Sum(d => d.Confirmed), deeds[key].Sum(d => d.Paid), deeds[key].Sum(d => d.Fixed),
                    [
                        .. deeds[key].SelectMany(d => d.Saved).GroupBy(s => s.Currency, s => s.Minor)
                            .OrderBy(s => s.Key, StringComparer.Ordinal)
                            .Select(s => new Money(s.Sum(), Currency.Of(s.Key))),
                    ]))
                .OrderByDescending(b => b.GaveUp + b.LeftOut).ThenByDescending(b => b.Looks)
                .ThenBy(b => b.Listing, StringComparer.Ordinal),
        ]);

        bool IsOf(string id) => listing is null ? id.StartsWith(mine, StringComparison.Ordinal)
            : id == $"{mine}{listing}";

        bool IsLate(string day) => string.CompareOrdinal(day, oldest) >= 0;
    }

    static IResult ShowOwn(Caller caller, IPlatform platform, LookBook book, string? listing) =>
        Pages.Show<ListingFindingsPage>(Reader.Of(caller.Http), new()
        {
            ["Body"] = Own(caller, platform, book, NullIfEmpty(listing)), ["Listing"] = NullIfEmpty(listing),
        });

    static string? NullIfEmpty(string? text) => text is "" ? null : text;

    public static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, Show).AsPage(Party.Staff);
        pages.MapGet(OwnPath, ShowOwn).AsPage(Party.Seller);
    }

    /// <summary>Where a seller reads what was found on their listings.</summary>
    public const string OwnPath = "/listings/findings";

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

    static FoundBody Looks(LookBook book, Instant now) => new(
        book.Since is { } since ? Math.Max(0, (long)(now - since).TotalSeconds) : 0,
        [.. book.Found.Select(f => new CountBody(f.Code, f.Looks, $"{Path}?code={Uri.EscapeDataString(f.Code)}"))]);

    static async Task<IResult> Show(
        Caller caller, IPlatform platform, LookBook book, string? code, string? after)
    {
        var (index, value) = IndexOf(code);
        var rows = await List(caller, platform, code, after, null);
        return rows.Body is not { } body ? rows : Pages.Show<FindingsPage>(Reader.Of(caller.Http), new()
        {
            ["Rows"] = body, ["Looks"] = Looks(book, platform.Now), ["Days"] = Days(book).Items,
            ["Code"] = string.IsNullOrEmpty(code) ? null : code,
            ["On"] = new[] { Topic.Of(FindingDays.View, index, value) },
        });
    }
}
