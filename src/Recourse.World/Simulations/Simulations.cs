using Recourse.Runtime;
using Recourse.World.Inhabitants;
namespace Recourse.World.Simulations;

/// <summary>Many seeds, one after the other; what fails is made small before it is shown.</summary>
public static class Simulations
{
    const int MostTries = 40;

    /// <summary>Runs seeds, and tells of each.</summary>
    public static IEnumerable<SimulationResult> Run(
        Editions editions, int seeds, int days = 60, int firstSeed = 1, Action<SimulationResult>? progress = null)
    {
        for (var seed = firstSeed; seed < firstSeed + seeds; seed++)
        {
            var result = Run(new(seed, days), editions);
            progress?.Invoke(result);
            yield return result;
        }
    }

    /// <summary>Runs one; a failure is shortened.</summary>
    public static SimulationResult Run(Scenario scenario, Editions editions)
    {
        using var run = new SimulationRun(scenario, editions);
        var result = run.Run();
        return result.Violations.IsEmpty ? result : result with { Shortened = Shorten(result, editions) };
    }

    /// <summary>Fewer people and less time, as long as the same invariant fails.</summary>
    static Shortened Shorten(SimulationResult failed, Editions editions)
    {
        var number = failed.Violations[0].Invariant;
        var best = failed.Scenario with { Town = failed.Scenario.Town ?? TownPlan.Of(failed.Scenario.Seed) };
        var tries = 0;
        for (var isSmaller = true; isSmaller;)
        {
            isSmaller = false;
            foreach (var smaller in Smaller(best))
            {
                if (++tries > MostTries) break;
                using var run = new SimulationRun(smaller, editions);
                if (run.Run().Violations is not [var first, ..] || first.Invariant != number) continue;
                (best, isSmaller) = (smaller, true);
                break;
            }
        }
        using var last = new SimulationRun(best, editions);
        var violation = last.Run().Violations[0];
        return new(best, violation, last.History(violation));
    }

    static IEnumerable<Scenario> Smaller(Scenario of)
    {
        foreach (var town in of.Town!.Smaller()) yield return of with { Town = town };
        if (of.Days > 2) yield return of with { Days = of.Days / 2 };
        if (of.Faults != Faults.None) yield return of with { Faults = Faults.None };
    }
}
