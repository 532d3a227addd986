using Shouldly;
using Xunit;
namespace Recourse.Tests;

public sealed class WhenViewsAreSlow : IDisposable
{
    const int MoreThanWait = 3_500, AtOnce = 100;
    static readonly Actor Ada = new Actor.Seller(new("ada"));

    readonly string _folder = TwoSilos.Folder();
    readonly ManualResetEventSlim _gate = new(true);

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _gate.Dispose();
    }

    [Fact]
    public async Task A_commit_waits_until_they_follow()
    {
        var stuck = new View<Jar.State>
        {
            Name = "stuck", Version = 1, Keys = Jar.Sweets.Keys,
            Fold = (key, row, r) =>
            {
                _gate.Wait();
                return Jar.Sweets.Fold(key, row, r);
            },
            Index = (_, _) => [],
        };
        await using var silos = await TwoSilos.Start(_folder, view: stuck);
        var views = silos.Store.Views;
        try
        {
            (await silos.One.Ask(new(new JarId("ada", "j"), new Jar.Command.Put(1), Ada)))
                .ShouldBeOfType<Outcome.Done>();
            (await views.CaughtUp(silos.One.Position, TimeSpan.FromMinutes(1))).ShouldBeTrue();
            views.Room = TimeSpan.Zero;
            _gate.Reset();
            for (var i = 0; i < MoreThanWait / AtOnce; i++)
                await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(
                    n => silos.One.Ask(new(new JarId("ada", $"j{n}"), new Jar.Command.Put(1), Ada))));
            views.Room = TimeSpan.FromHours(1);
            var commit = Task.Run(views.Pace);
            (await Task.WhenAny(commit, Task.Delay(200))).ShouldNotBe(commit, "they are further behind than that");
            _gate.Set();
            await commit.WaitAsync(TimeSpan.FromMinutes(1));
            (await views.CaughtUp(silos.One.Position, TimeSpan.FromMinutes(1))).ShouldBeTrue();
        }
        finally { _gate.Set(); }
    }
}
