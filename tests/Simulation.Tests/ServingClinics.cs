using Recourse.Instalments;
using Recourse.World.Inhabitants;
using Recourse.World.Simulations;
using Xunit;
namespace Recourse.Tests;

/// <summary>Many want hundreds of one thing at once, of which there are too few.</summary>
[Trait("Capability", "CHK-8")]
public sealed class ServingClinics(ITestOutputHelper output)
{
    [Fact]
    public void In_a_surge_they_are_served_in_instalments_and_every_invariant_holds()
    {
        SortedDictionary<string, int> happened = new(StringComparer.Ordinal);
        for (var seed = 1; seed <= (Lives.IsQuick ? 6 : 40); seed++)
        {
            var town = TownPlan.Of(seed) with { Clinics = 5, Checkouts = 80, Meddling = 0.5 };
            using var run = new SimulationRun(new(seed, Days: 40, town), Lives.Editions);
            var wrong = run.Run().Violations;
            Assert.True(wrong.IsEmpty, wrong.IsEmpty ? ""
                : $"Seed {seed}: {wrong[0]}\n{string.Join('\n', run.History(wrong[0]))}");
            foreach (var e in run.Journal.Read(0, int.MaxValue).SelectMany(t => t.Turn.Events))
                if (e.Id is SupplyPlanId)
                    happened[e.Event.GetType().Name] = happened.GetValueOrDefault(e.Event.GetType().Name) + 1;
        }
        output.WriteLine(string.Join(", ", happened.Select(h => $"{h.Value} × {h.Key}")));
        Assert.Superset(
            new HashSet<string>(["Opened", "Offered", "Ordered", "Settled", "Completed", "SetAside", "Shortened"]),
            new HashSet<string>(happened.Keys));
    }
}
