using Recourse.Runtime;
using Recourse.World.Simulations;
using Xunit;
namespace Recourse.Tests;

public sealed class LivingManyLives(ITestOutputHelper output)
{
    /// <summary>Seeds that once failed, and what was mended. Whatever the world learns since, they stay.</summary>
    public static TheoryData<int, string> KeptSeeds => new()
    {
        { 1, "funding an order ran into a program that the compiler had broken" },
        { 4, "an ask that changed nothing was not remembered by its key" },
        { 12, "a seller could end an order as if its payment had been lost" },
        { 26, "an operator could speak as if they were the clock" },
        { 29, "who declined twice late in the day was warned twice" },
        { 45, "a turn that waited for several things was tried twice as often for each" },
        { 154, "a turn that needed more than the cache could hold waited for ever" },
        { 1161, "two claims in one commit were both told the newest epoch" },
        { 2128, "two hosts that claimed a partition at once were told the same epoch" },
        { 2532, "the same, in another partition" },
    };

    [Theory, MemberData(nameof(KeptSeeds))]
    public void A_seed_that_once_failed_holds(int seed, string mended)
    {
        Assert.NotEmpty(mended);
        Holds(Simulations.Run(new(seed), Lives.Editions));
    }

    [Fact]
    public void Every_seed_holds()
    {
        var (seeds, days) = Lives.IsQuick ? (12, 30) : (300, 60);
        var (orders, turns, faults, time) = (0L, 0L, 0L, Duration.Zero);
        var gate = new Lock();
        Parallel.For(1_000, 1_000 + seeds, seed =>
        {
            var result = Simulations.Run(new(seed, days), Lives.Editions);
            Holds(result);
            lock (gate)
            {
                orders += result.Orders;
                turns += result.Turns;
                faults += result.Faults.Values.Sum();
                time += result.Simulated;
            }
        });
        var years = time.TotalDays / 365;
        output.WriteLine($"{seeds} seeds, {years:F1} years, {orders} orders, {turns} turns, {faults} faults");
        Assert.True(orders > seeds, "Nobody bought anything.");
    }

    [Fact]
    public void Without_faults_all_goes_well_too() =>
        Holds(Simulations.Run(new(Seed: 3, Days: 20, Faults: Faults.None), Lives.Editions));

    [Theory, InlineData(5), InlineData(17)]
    public void The_same_seed_lives_the_same_life_byte_for_byte(int seed)
    {
        var scenario = new Scenario(seed, Days: 20);
        using SimulationRun first = new(scenario, Lives.Editions), second = new(scenario, Lives.Editions);
        Assert.Equal(first.Run().Log, second.Run().Log);
        Assert.Equal(first.Journal.Position, second.Journal.Position);
    }

    [Fact]
    public void Another_seed_lives_another_life()
    {
        using SimulationRun first = new(new(5, Days: 5), Lives.Editions), second = new(new(6, Days: 5), Lives.Editions);
        Assert.NotEqual(first.Run().Log, second.Run().Log);
    }

    static void Holds(SimulationResult result) =>
        Assert.True(result.Violations.IsEmpty, result.Violations.IsEmpty ? "" : Lives.Tell(result));
}
