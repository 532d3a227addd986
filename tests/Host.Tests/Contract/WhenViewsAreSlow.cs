using System.Diagnostics;
using Shouldly;
using Xunit;
namespace Recourse.Tests;

public sealed class WhenViewsAreSlow : IDisposable
{
    const int Asks = 24_000, AtOnce = 256, Most = 8_000;
    static readonly TimeSpan Slow = TimeSpan.FromMicroseconds(400);

    // Folds slower than turns come.
    static readonly View<Jar.State> Dawdling = new()
    {
        Name = "dawdling", Version = 1, Keys = Jar.Sweets.Keys,
        Fold = (key, row, recorded) =>
        {
            var from = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(from) < Slow) Thread.SpinWait(50);
            return Jar.Sweets.Fold(key, row, recorded);
        },
    };

    readonly string _folder = TwoSilos.Folder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>What is held of them in memory would overflow, and they would have to read the journal back.</summary>
    [Fact]
    public async Task Commits_give_them_a_moment_and_all_is_shown_in_the_end()
    {
        await using var silos = await TwoSilos.Start(_folder, view: Dawdling);
        var (next, behind) = (0, 0L);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async n =>
        {
            var jar = new JarId($"o{n}", "j");
            while (Interlocked.Increment(ref next) <= Asks)
            {
                (await silos.One.Ask(new(jar, new Jar.Command.Put(1), new Actor.Seller(new($"o{n}")))))
                    .ShouldBeOfType<Outcome.Done>();
                var now = silos.One.Position - silos.One.Views.Position;
                for (var most = Volatile.Read(ref behind); now > most; most = Volatile.Read(ref behind))
                    Interlocked.CompareExchange(ref behind, now, most);
            }
        }));
        behind.ShouldBeLessThan(Most);
        behind.ShouldBeGreaterThan(500, "they are slow");
        (await silos.One.Views.CaughtUp(silos.One.Position, TimeSpan.FromSeconds(30))).ShouldBeTrue();
    }
}
