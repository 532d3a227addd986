using Recourse.Cli;
using Recourse.Runtime;
using Recourse.World.Invariants;
using Recourse.World.Simulations;
using Xunit;
namespace Recourse.Tests;

/// <summary>A log, and all that it takes to follow it.</summary>
sealed record Lived(ImmutableArray<Turn> Turns, ImmutableArray<Rulebook> Rulebooks, Registry Registry);

/// <summary>Worlds to look at.</summary>
static class Lives
{
    public static readonly Editions Editions = WorldEdge.Editions;

    public static readonly bool IsQuick = Environment.GetEnvironmentVariable("RECOURSE_QUICK") == "1";

    /// <summary>One that went well, as its log has it.</summary>
    public static readonly Lazy<Lived> Log = new(() =>
    {
        using var run = new SimulationRun(new(Seed: 25), Editions);
        Assert.Empty(run.Run().Violations);
        return new([.. run.Journal.Read(0, int.MaxValue).Select(t => t.Turn)], run.Rulebooks, run.Registry);
    });

    /// <summary>What the checker says of such a log.</summary>
    public static ImmutableArray<Violation> Check(IEnumerable<Turn> turns, params ImmutableArray<Invariant> more)
    {
        var (_, rulebooks, registry) = Log.Value;
        var checker = new Checker(registry, () => rulebooks,
            [.. Checker.Everyday(Duration.FromDays(4)), .. Checker.Dearest(), .. more]);
        var position = 0L;
        foreach (var turn in turns) checker.Follow(++position, turn);
        checker.Finish(atRest: true);
        return [.. checker.Violations];
    }

    /// <summary>What failed, how to see it again, and the shortest history that was found.</summary>
    public static string Tell(SimulationResult result) =>
        $"Seed {result.Scenario.Seed} of {result.Scenario.Days} days: {result.Violations[0]}\n{result.Repeat}\n"
        + $"{result.Shortened?.Scenario.Town}, {result.Shortened?.Scenario.Days} days: {result.Shortened?.Violation}\n"
        + string.Join('\n', result.Shortened?.History ?? []);
}
