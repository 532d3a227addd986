using System.Security.Cryptography;
using Recourse.Runtime;
using Recourse.World.Inhabitants;
using Recourse.World.Invariants;
namespace Recourse.World.Simulations;

/// <summary>What a world can't see of the platform: how rulebooks are read, and what the edge does.</summary>
/// <param name="Shipped">Edition 1.</param>
/// <param name="Text">Its text, which operators start from.</param>
/// <param name="Read">An edition out of its version, its instant and its text; null: it has faults.</param>
/// <param name="Edge">The edge of a platform.</param>
public sealed record Editions(
    Rulebook Shipped, string Text, Func<int, Instant, string, Rulebook?> Read, Func<IPlatform, IEdge> Edge);

/// <summary>What is simulated.</summary>
/// <param name="Days">How long people go on; afterwards everything is brought to its end.</param>
/// <param name="Town">Who lives there; null: as the seed says.</param>
/// <param name="Faults">What goes wrong; null: as usual.</param>
public sealed record Scenario(int Seed, int Days = 60, TownPlan? Town = null, Faults? Faults = null)
{
    // Making a registry means making JSON for all types anew: the program's own is made once.
    static readonly Registry Usual = new(Modules.Kinds);

    /// <summary>The kinds; others than the program's, to see that a planted fault is found.</summary>
    public Registry Registry { get; init; } = Usual;
}

/// <summary>What became of one seed.</summary>
/// <param name="Steps">Things done by the simulator.</param>
/// <param name="Simulated">How much time passed, the end included.</param>
/// <param name="Faults">What went wrong on purpose, by kind.</param>
/// <param name="Outcomes">How orders ended, by state.</param>
/// <param name="Answers">What askers were told, by kind.</param>
/// <param name="Log">SHA-256 of the whole log.</param>
public sealed record SimulationResult(
    Scenario Scenario, int Orders, long Turns, long Steps, Duration Simulated,
    ImmutableSortedDictionary<string, int> Faults, ImmutableSortedDictionary<string, int> Outcomes,
    ImmutableSortedDictionary<string, int> Answers, ImmutableArray<Violation> Violations, string Log)
{
    /// <summary>A shorter run in which the same invariant fails; null where nothing failed.</summary>
    public Shortened? Shortened { get; init; }

    /// <summary>How to see it again.</summary>
    public string Repeat => $"./recourse simulate --seeds 1 --seed {Scenario.Seed} --days {Scenario.Days}";

    internal static string HashOf(MemoryJournal journal)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var p = 1L; p <= journal.Position; p++) hash.AppendData(journal.Bytes(p));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>The smallest history that was found in which the same invariant fails.</summary>
/// <param name="History">The last turns that touch the aggregate at fault, one a line.</param>
public sealed record Shortened(Scenario Scenario, Violation Violation, ImmutableArray<string> History);
