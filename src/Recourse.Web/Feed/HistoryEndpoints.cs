using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Ledger;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What was recorded of one thing, the newest first.</summary>
/// <param name="More">There is more than is told at once; <c>before</c> the last position it goes on.</param>
public sealed record HistoryBody(string Of, ImmutableArray<RecordedBody> Items, bool More);

/// <summary>One event as it is recorded.</summary>
/// <param name="Nth">Which event of its turn, from 0.</param>
/// <param name="Who">The actor's name, e.g. <c>agent/ines</c>.</param>
/// <param name="Rulebook">The edition that was in force.</param>
/// <param name="Told">What it says.</param>
/// <param name="Transfers">What it meant in money.</param>
public sealed record RecordedBody(
    int Nth, string Who, int Rulebook, TimelineItem Told, ImmutableArray<PostingBody> Transfers);

/// <summary>The log of one thing, event by event, for the platform's people.</summary>
static class HistoryEndpoints
{
    const int Most = 300;

    public static void Map(IEndpointRouteBuilder v1) =>
        v1.MapGet("/history", Get).For(Party.Staff).WithName("getHistory").WithTags("Events")
            .WithSummary("Everything recorded of one thing: position, who, rulebook, facts and postings.");

    public static void MapPages(IEndpointRouteBuilder pages) => pages.MapGet("/history", Show).AsPage(Party.Staff);

    static async Task<IResult> Show(Caller caller, IPlatform platform, Registry registry, string? of, long? before)
    {
        var history = await Get(caller, platform, registry, of, before);
        return history.Body is { } body
            ? Pages.Show<HistoryPage>(Reader.Of(caller.Http), new() { ["Body"] = body }) : history;
    }

    /// <summary>Of one thing, by its id.</summary>
    static async Task<Answer<HistoryBody>> Get(
        Caller caller, IPlatform platform, Registry registry, string? of, long? before)
    {
        if (registry.Parse(of) is not { } id) return Problems.NotFound;
        if (await platform.History(id, caller.Who, caller.Cancel) is not { } history) return Problems.NotFound;
        Recorded[] wanted = [.. history.Where(r => before is null || r.Position < before).Reverse().Take(Most + 1)];
        var more = wanted.Length > Most;                                    // a turn is told whole, here or next
        return new HistoryBody(of!,
            [.. wanted.Take(Most).Where(r => !more || r.Position != wanted[Most].Position)
                .Select(r => Of(r, caller, caller.Texts))], more);
    }

    /// <summary>Of several things together, the newest first.</summary>
    public static async Task<ImmutableArray<RecordedBody>> Of(
        IEnumerable<IId> ids, Caller caller, IPlatform platform, Texts texts)
    {
        List<Recorded> all = [];
        foreach (var id in ids) all.AddRange(await platform.History(id, caller.Who, caller.Cancel) ?? []);
        return
        [
            .. all.OrderByDescending(r => r.Position).ThenByDescending(r => r.Nth).Take(Most)
                .Select(r => Of(r, caller, texts)),
        ];
    }

    static RecordedBody Of(Recorded r, Caller caller, Texts texts) => new(
        r.Nth, r.Who.Name, r.Rulebook, Telling.Of(r, caller.Role, texts),
        [.. r.Transfers.Select(t => new PostingBody(
            r.Position, r.At, t.From.Path, t.To.Path, t.Amount, Books.NameOf(r.Event), $"{r.Id}"))]);
}
