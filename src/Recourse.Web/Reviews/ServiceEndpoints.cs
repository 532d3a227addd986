using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Reviews;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>How the platform's people served those who waited.</summary>
/// <param name="From">The first day that counts (UTC).</param>
/// <param name="Queues">By kind of work.</param>
/// <param name="People">By who decided, the busiest first.</param>
/// <param name="IsWhole">All that was decided since then is counted; false: only the newest of it.</param>
public sealed record ServedBody(
    LocalDate From, ImmutableArray<QueueFigures> Queues, ImmutableArray<PersonFigures> People, bool IsWhole)
{
    /// <summary>Macros that were used, the most used first.</summary>
    public ImmutableArray<MacroFigures> Macros { get; init; } = [];
}

/// <summary>How often a macro was used, in messages and decisions.</summary>
/// <param name="Uses">In all.</param>
/// <param name="Version">The newest of its words that were.</param>
public sealed record MacroFigures(string Code, int Uses, int Version);

/// <summary>Figures of a queue.</summary>
/// <param name="Waiting">How many wait now.</param>
/// <param name="MostUrgent">By when the most urgent of them is due (UTC); left out: none waits.</param>
/// <param name="Oldest">Since when the oldest of the 200 most urgent waits (UTC); left out: none waits.</param>
public sealed record QueueFigures(
    string Kind, string KindText, long Waiting, Instant? MostUrgent, Instant? Oldest, FiguresBody Figures);

/// <summary>Figures of one of the platform's people.</summary>
/// <param name="Who">E.g. <c>agent/ines</c>.</param>
public sealed record PersonFigures(string Who, FiguresBody Figures);

/// <summary>Figures of what was decided.</summary>
/// <param name="Decided">How many.</param>
/// <param name="ByClock">How many of them the rulebook decided, since nobody had in time.</param>
/// <param name="Undone">How many an appeal showed to be wrong.</param>
/// <param name="Confirmed">How many proposals of others were confirmed.</param>
/// <param name="SentBack">How many were sent back.</param>
/// <param name="FirstAnswerMinutes">Half of them were first seen to within that; left out: none was.</param>
/// <param name="DecisionMinutes">Half of them were decided within that; left out: none was.</param>
public sealed record FiguresBody(
    int Decided, int ByClock, int Undone, int Confirmed, int SentBack, long? FirstAnswerMinutes, long? DecisionMinutes)
{
    internal static FiguresBody Of(Service s) => new(
        s.Decided, s.ByClock, s.Undone, s.Confirmed, s.SentBack, (long?)s.FirstAnswer?.TotalMinutes,
        (long?)s.ToDecision?.TotalMinutes);
}

/// <summary>Service figures, for operators.</summary>
static class ServiceEndpoints
{
    public const string Path = "/service";

    const int MostDays = 31, MostADay = 1_000, MostLookedAt = 200;

    public static void Map(IEndpointRouteBuilder v1) =>
        v1.MapGet("/service", Get).For(Party.Operator).WithTags("Work").WithName("getService")
            .WithSummary("How quickly and how well people decide, by queue and by who decided.");

    public static void MapPages(IEndpointRouteBuilder pages) => pages.MapGet(Path, async (
        Caller caller, IPlatform platform, int? days) => (await Get(caller, platform, days)).Body is { } body
            ? Pages.Show<ServicePage>(Reader.Of(caller.Http), new() { ["Of"] = body, ["Days"] = DaysOf(days) })
            : Problems.NotFound).AsPage(Party.Operator);

    static int DaysOf(int? days) => Math.Clamp(days ?? 7, 1, MostDays);

    /// <summary>The figures.</summary>
    /// <param name="days">Of so many days, today's the last; 7 where nothing is said, at most 31.</param>
    static async Task<Answer<ServedBody>> Get(Caller caller, IPlatform platform, int? days = null)
    {
        await Positions.AreShown(platform, caller);
        var today = platform.Now.InUtc().Date;
        List<WorkRow> rows = [];
        List<MacroDay> macros = [];
        var isWhole = true;
        for (var n = 0; n < DaysOf(days); n++)
        {
            var day = WorkList.DayOf(today.PlusDays(-n).AtStartOfDayInZone(DateTimeZone.Utc).ToInstant());
            var page = platform.Views.List(WorkList.View, WorkList.ByDay, day, null, MostADay);
            rows.AddRange(page.Rows);
            isWhole &= page.Next is null;
            macros.AddRange(platform.Views.List(MacroUses.View, MacroUses.ByDay, day, null, MostADay).Rows);
        }
        return new ServedBody(
            today.PlusDays(1 - DaysOf(days)), [.. WorkList.Kinds.Select(k => Of(k, rows, caller.Texts, platform))],
            [
                .. rows.Select(r => r.DecidedBy).Concat(rows.SelectMany(r => r.Seconds ?? []).Select(s => s.Who))
                    .OfType<string>().Distinct()
                    .Select(who => new PersonFigures(who, FiguresBody.Of(Service.By(who, rows))))
                    .OrderByDescending(p => p.Figures.Decided).ThenBy(p => p.Who, StringComparer.Ordinal),
            ], isWhole)
        {
            Macros =
            [
                .. macros.GroupBy(m => m.Code)
                    .Select(g => new MacroFigures(g.Key, g.Sum(m => m.Uses), g.Max(m => m.Version)))
                    .OrderByDescending(m => m.Uses).ThenBy(m => m.Code, StringComparer.Ordinal),
            ],
        };
    }

    static QueueFigures Of(string kind, List<WorkRow> rows, Texts texts, IPlatform platform)
    {
        var waiting = platform.Views.List(WorkList.View, WorkList.ByDue, kind, null, MostLookedAt).Rows;
        return new(
            kind, texts.Tell($"work.kinds.{kind}"), platform.Views.Count(WorkList.View, WorkList.ByDue, kind),
            waiting is [{ Due: var due }, ..] ? due : null,
            waiting.IsEmpty ? null : waiting.Min(r => r.Since),
            FiguresBody.Of(Service.Of([.. rows.Where(r => r.Kind == kind)])));
    }
}
