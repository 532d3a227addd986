using Recourse.Web;
using Shouldly;
using Xunit;
namespace Recourse.Tests;

/// <summary>The demo's clock, with a real time that stands until a test lets it pass.</summary>
public sealed class AClockWithAPace : IDisposable
{
    const long Minute = 60_000;
    static readonly Instant Start = Instant.FromUtc(2027, 3, 1, 9, 0);

    readonly Folder _folder = new();
    long _real = 1_000;

    DemoClock Open(double? pace = null) => new(_folder.Path, Start, pace, () => _real);

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Runs_a_day_a_minute_unless_told_otherwise()
    {
        using var clock = Open();
        _real += Minute;
        clock.Now.ShouldBe(Start + Duration.FromDays(1));
        clock.Pace = 2;
        _real += Minute;
        clock.Now.ShouldBe(Start + Duration.FromDays(3));
        Should.Throw<ArgumentOutOfRangeException>(() => clock.Pace = double.NaN);
    }

    [Fact]
    public void Stands_while_it_is_paused_and_steps_by_a_day()
    {
        using var clock = Open();
        clock.Pause();
        _real += Minute;
        (clock.Now, clock.Gait).ShouldBe((Start, Gait.Paused));
        clock.Step();
        clock.Gait.ShouldBe(Gait.Stepping);
        _real += Minute;
        (clock.Now, clock.Gait).ShouldBe((Start + Duration.FromDays(1), Gait.Paused));
        clock.GoOn();
        _real += Minute;
        (clock.Now, clock.Gait).ShouldBe((Start + Duration.FromDays(2), Gait.Running));
    }

    [Fact]
    public void Takes_its_time_after_a_visitors_act()
    {
        using var clock = Open();
        clock.Visit();
        _real += Minute;
        (clock.Now, clock.Gait).ShouldBe((Start + Duration.FromMinutes(1), Gait.Visited));
        _real += 2 * Minute;
        (clock.Now, clock.Gait).ShouldBe((Start + Duration.FromMinutes(2) + Duration.FromDays(1), Gait.Running));
        clock.Visit();
        clock.GoOn();
        clock.Gait.ShouldBe(Gait.Running);
    }

    [Fact]
    public void Goes_on_after_a_restart_to_the_millisecond()
    {
        Instant left;
        using (var clock = Open(pace: 3))
        {
            _real += 12_345;
            left = clock.Now;
        }
        _real += 100 * Minute;
        using var again = Open();
        (again.Now, again.Pace).ShouldBe((left, 3));
    }

    [Fact]
    public void Never_goes_back_however_it_ends()
    {
        var (last, chance) = (Start, new Random(11));
        for (var life = 0; life < 200; life++)
        {
            var clock = Open();                                             // the one before was never closed
            clock.Now.ShouldBeGreaterThanOrEqualTo(last);
            for (var i = chance.Next(1, 12); i > 0; i--)
            {
                Act(clock, chance);
                _real += chance.Next(0, 40_000) - (chance.Next(9) == 0 ? 20_000 : 0);
                var now = clock.Now;
                now.ShouldBeGreaterThanOrEqualTo(last);
                last = now;
            }
        }
    }

    static void Act(DemoClock clock, Random chance)
    {
        switch (chance.Next(8))
        {
            case 0: clock.Pause(); break;
            case 1: clock.GoOn(); break;
            case 2: clock.Step(); break;
            case 3: clock.Visit(); break;
            case 4: clock.Pace = 0.01 + chance.NextDouble() * 20; break;
        }
    }
}
