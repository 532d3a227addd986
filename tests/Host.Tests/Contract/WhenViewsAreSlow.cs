using Shouldly;
using Xunit;
namespace Recourse.Tests;

public sealed class WhenViewsAreSlow : IDisposable
{
    const int MoreThanWait = 3_500, AtOnce = 100, ManyTimes = 8;
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

    [Fact]
    public async Task What_came_all_at_once_is_written_though_nobody_waits_for_it_and_nothing_follows()
    {
        await using var silos = await TwoSilos.Start(_folder);
        for (var i = 0; i < ManyTimes; i++)
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(
                n => silos.One.Ask(new(new JarId("ada", $"j{n}"), new Jar.Command.Put(1), Ada))));
        var last = silos.One.Position;
        for (var tries = 0; silos.Store.Views.Position < last; tries++)
        {
            tries.ShouldBeLessThan(200, "rows are kept back for a moment, not for good");
            await Task.Delay(50);
        }
        for (var n = 0; n < AtOnce; n++)
            silos.Store.Views.Find(Jar.Sweets, $"{new JarId("ada", $"j{n}")}")!.Sweets.ShouldBe(ManyTimes);
    }
}
