using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Recourse.Adapters.Risk;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>How the platform does, for those who run it.</summary>
static class ControlEndpoints
{
    static readonly TimeSpan EndsAfter = TimeSpan.FromMinutes(5);

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/control", (Caller caller, ControlRoom room) => (Answer<ControlBody>)room.Now).For(Party.Operator)
            .WithTags("Running").WithName("getControl")
            .WithSummary("How the platform does now: every number with its normal band, and since when it is so.");
        v1.MapGet("/control/refusals", (Caller caller, Pulse pulse, string? code) =>
                (Answer<RefusalsBody>)Refusals(pulse, code)).For(Party.Operator).WithTags("Running")
            .WithName("listRefusedAsks").WithSummary("What was refused of late and why; kept in memory only.");
        v1.MapGet("/control/rules", (Caller caller, Screens screens, IPlatform platform) =>
                (Answer<FailingRulesBody>)Rules(screens, platform, caller.Texts)).For(Party.Operator)
            .WithTags("Running").WithName("listFailingRules")
            .WithSummary("Rules of screening that could not be tried, and were left out.");
        v1.MapGet("/control/faults", (Caller caller, FaultLog log, Pulse pulse) =>
                (Answer<FaultsBody>)Faults(log, pulse)).For(Party.Operator).WithTags("Running").WithName("listFaults")
            .WithSummary("What went wrong on our side: each kind once, in memory only.");
    }

    public static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/control", (Caller caller, ControlRoom room, string? wall) => Show(caller, room, wall))
            .AsPage(Party.Operator);
        pages.MapGet("/control/changes", Changes).AsPage(Party.Operator);
        pages.MapGet("/control/rules", ShowRules).AsPage(Party.Operator);
        pages.MapGet("/control/faults", (Caller caller, FaultLog log, Pulse pulse) => Pages.Show<FaultsPage>(
            Reader.Of(caller.Http), new() { ["Body"] = Faults(log, pulse) })).AsPage(Party.Operator);
        pages.MapGet("/control/refusals", (Caller caller, Pulse pulse, string? code) =>
            Pages.Show<RefusalsPage>(Reader.Of(caller.Http), new()
            {
                ["Body"] = Refusals(pulse, code), ["Code"] = string.IsNullOrEmpty(code) ? null : code,
            })).AsPage(Party.Operator);
    }

    static IResult ShowRules(Caller caller, Screens screens, IPlatform platform) =>
        Pages.Show<FailingRulesPage>(
            Reader.Of(caller.Http), new() { ["Body"] = Rules(screens, platform, caller.Texts) });

    static FailingRulesBody Rules(Screens screens, IPlatform platform, Texts texts)
    {
        var inForce = RulebookEndpoints.Current(platform).Version;
        return new(
        [
            .. screens.Alerts.OrderByDescending(a => a.Rulebook).ThenBy(a => a.Rule, StringComparer.Ordinal)
                .Select(a => new FailingRule(
                    a.Rule, a.Rulebook, a.Rulebook == inForce, a.Times,
                    texts.Tell($"console.failing.{Words.StateOf($"{a.Fault}")}"), a.Problem,
                    $"/rulebook?version={a.Rulebook}#{PathOf(a)}")),
        ]);
    }

    static FaultsBody Faults(FaultLog log, Pulse pulse) => new(
        pulse.Seconds,
        [.. log.All.Select(f => new FaultItem(f.Where, f.Text, f.Problem, f.Times, f.SecondsAgo))]);

    static string PathOf(RuleAlert alert) =>
        alert.Fault is RuleTrouble.NoModel ? alert.Rule : $"risk.rules.{alert.Rule}.when";

    /// <summary>The page; on a wall it stands alone, dark and large.</summary>
    public static IResult Show(Caller caller, ControlRoom room, string? wall) => Pages.Show<ControlPage>(
        Reader.Of(caller.Http), new() { ["Body"] = room.Now, ["IsWall"] = wall is not null });

    static RefusalsBody Refusals(Pulse pulse, string? code) => new(
        pulse.Seconds,
        [.. pulse.Reasons.Select(r => new CountBody(r.Code, r.Count, $"/control/refusals?code={r.Code}"))],
        [.. pulse.Refusals.Where(r => string.IsNullOrEmpty(code) || r.Codes.Contains(code))
            .Select(r => new RefusedItem(r.At, r.What, r.Of, r.By, r.Codes))]);

    static IResult Changes(Caller caller, ControlRoom room, IHostApplicationLifetime life) =>
        TypedResults.ServerSentEvents(Beats(room, caller.Cancel, life.ApplicationStopping));

    // It ends now and then, and comes back through the door.
    static async IAsyncEnumerable<SseItem<string>> Beats(
        ControlRoom room, CancellationToken hungUp, CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken gone = default)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(hungUp, stopping, gone);
        ends.CancelAfter(EndsAfter);
        while (!ends.IsCancellationRequested)
        {
            var next = room.Next;
            yield return new(room.Json, "now");
            try { await next.WaitAsync(ends.Token); }
            catch (OperationCanceledException) { }
        }
    }
}
