using System.ComponentModel;
using System.Diagnostics;
using Recourse.World.Invariants;
using Recourse.World.Simulations;
using Spectre.Console.Cli;
namespace Recourse.Cli;

/// <summary>One world that was lived.</summary>
/// <param name="Log">SHA-256 of the whole log: the same seed gives the same.</param>
/// <param name="Repeat">How to see it again.</param>
/// <param name="History">For what failed: the last turns of the shortest run in which it still fails.</param>
sealed record LivedWorld(
    int Seed, int Orders, long Turns, long Steps, ImmutableSortedDictionary<string, int> Faults,
    ImmutableSortedDictionary<string, int> Outcomes, ImmutableArray<Violation> Violations, string Log, string Repeat,
    ImmutableArray<string> History);

/// <summary>All worlds that were lived.</summary>
sealed record LivedWorlds(int Days, bool AllHolds, ImmutableArray<LivedWorld> Worlds);

/// <summary>Lives made-up worlds and checks that all holds.</summary>
sealed class SimulateCommand : AsyncCommand<SimulateCommand.Settings>
{
    const int MostSeeds = 1_000_000, MostDays = 3_650;

    /// <summary>Which.</summary>
    public sealed class Settings : CommandSettings
    {
        /// <summary>How many.</summary>
        [CommandOption("--seeds <N>"), DefaultValue(20), Description("How many worlds.")]
        public int Seeds { get; init; } = 20;

        /// <summary>How long.</summary>
        [CommandOption("--days <D>"), DefaultValue(60), Description("How many days people go on; then all is "
            + "brought to its end.")]
        public int Days { get; init; } = 60;

        /// <summary>The first.</summary>
        [CommandOption("--seed <S>"), DefaultValue(1), Description("The first seed; the same seed is the same world.")]
        public int Seed { get; init; } = 1;

        /// <summary>For programs.</summary>
        [CommandOption("--json"), Description("Prints JSON for programs instead of tables for people.")]
        public bool Json { get; init; }
    }

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancel)
    {
        if (settings.Seeds is < 1 or > MostSeeds || settings.Days is < 1 or > MostDays || settings.Seed < 0
            || settings.Seed > int.MaxValue - settings.Seeds)
            throw new Trouble("cli.bad-scenario", $"--seeds is 1 to {MostSeeds}, --days 1 to {MostDays}, and "
                + $"--seed 0 or "
                + "more.", Trouble.BadInput);
        var startedAt = Stopwatch.GetTimestamp();
        List<LivedWorld> worlds = [];
        await Out.Progress(settings.Json, "Simulating", progress =>
        {
            foreach (var result in Simulations.Run(WorldEdge.Editions, settings.Seeds, settings.Days, settings.Seed))
            {
                cancel.ThrowIfCancellationRequested();
                worlds.Add(Of(result));
                progress(worlds.Count, settings.Seeds);
            }
            return Task.CompletedTask;
        });
        var lived = new LivedWorlds(settings.Days, worlds.TrueForAll(w => w.Violations.IsEmpty), [.. worlds]);
        if (settings.Json) Out.Json(lived);
        else Show(lived, Stopwatch.GetElapsedTime(startedAt));
        return lived.AllHolds ? 0 : Trouble.Refused;
    }

    static LivedWorld Of(SimulationResult r) => new(
        r.Scenario.Seed, r.Orders, r.Turns, r.Steps, r.Faults, r.Outcomes, r.Violations, r.Log, r.Repeat,
        r.Shortened?.History ?? []);

    static void Show(LivedWorlds lived, TimeSpan took)
    {
        var ends = Out.Table("How orders ended", "end", "#orders");
        foreach (var (end, count) in Sums(lived, w => w.Outcomes)) ends.Row(end, Out.Count(count));
        Out.Show(ends);
        var faults = Out.Table("What went wrong on purpose", "fault", "#times");
        foreach (var (fault, count) in Sums(lived, w => w.Faults)) faults.Row(fault, Out.Count(count));
        Out.Show(faults);
        foreach (var world in lived.Worlds.Where(w => !w.Violations.IsEmpty))
        {
            Out.Line($"Seed {world.Seed}: {world.Repeat}");
            foreach (var v in world.Violations) Out.Line($"  invariant {v.Invariant} at {v.Position}: {v.Of}: "
                + $"{v.What}");
            foreach (var line in world.History) Out.Line($"    {line}");
        }
        Out.Line($"{Out.Count(lived.Worlds.Length)} worlds of {lived.Days} days, "
            + $"{Out.Count(lived.Worlds.Sum(w => w.Orders))} "
            + $"orders, {Out.Count(lived.Worlds.Sum(w => w.Turns))} turns, {took.TotalSeconds:0.0} s. "
            + (lived.AllHolds ? "Everything held."
                : $"{lived.Worlds.Count(w => !w.Violations.IsEmpty)} worlds in which something did NOT hold."));
    }

    static SortedDictionary<string, long> Sums(
        LivedWorlds lived, Func<LivedWorld, ImmutableSortedDictionary<string, int>> of)
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (what, count) in lived.Worlds.SelectMany(of)) sums[what] = sums.GetValueOrDefault(what) + count;
        return sums;
    }
}
