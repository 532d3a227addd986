using System.Collections.Immutable;
using Recourse.Exchange;
using Shouldly;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>Rates that moved further than rates do wait for a person, and nothing is made of them meanwhile.</summary>
[Trait("Capability", "INV-4")]
public sealed class HoldingOddRates
{
    static readonly RateSourceId Ecb = new("ecb");
    static readonly LocalDate Tuesday = new(2026, 3, 3), Wednesday3 = new(2026, 3, 4);

    static RateSheet Sheet(LocalDate day, long usd, long jpy = 17_190) => new("ecb", day,
    [
        new(Currency.Eur, Currency.Of("USD"), new(usd, 10_000)), new(Currency.Eur, Currency.Of("JPY"), new(jpy, 100)),
    ]);

    static Asked At(int day, int hour, Actor? who = null) =>
        new(who ?? Operator, Instant.FromUtc(2026, 3, day, hour, 0), Published);

    static Decision<RateSource.Event> When(RateSource.State? state, RateSource.Command command, Asked asked) =>
        RateSource.Decide(Ecb, state, command, asked);

    static RateSource.State After(RateSource.State? state, RateSource.Command command, Asked asked) =>
        When(state, command, asked).Events.Aggregate(state, RateSource.Evolve)!;

    static RateSource.State Known => After(null, new RateSource.Command.Take(Sheet(Tuesday, 10_705)), At(3, 16));

    // A point that slipped: ten dollars for a euro.
    static RateSource.State Waiting =>
        After(Known, new RateSource.Command.Take(Sheet(Wednesday3, 107_050)), At(4, 16));

    [Fact]
    public void What_jumped_waits_with_what_is_odd_about_it_and_the_rates_before_go_on()
    {
        var state = Waiting;
        state.Sheet.Date.ShouldBe(Tuesday);
        var move = state.Doubt!.Moves.ShouldHaveSingleItem();
        (move.To.Code, move.Was.Numerator, move.Now.Numerator).ShouldBe(("USD", 10_705L, 107_050L));
        var held = new RateSource.Event.Held(state.Doubt);
        RateSource.Notices(Ecb, state, held).ShouldHaveSingleItem().Code.ShouldBe("rates-held");
    }

    [Fact]
    public void What_moves_as_rates_do_is_taken_at_once()
    {
        var state = After(Known, new RateSource.Command.Take(Sheet(Wednesday3, 12_310)), At(4, 16));
        (state.Sheet.Date, state.Doubt).ShouldBe((Wednesday3, null));
        // A hundredth of a percent further, in the other direction.
        When(Known, new RateSource.Command.Take(Sheet(Wednesday3, 9_098)), At(4, 16)).Events.ShouldHaveSingleItem()
            .ShouldBeOfType<RateSource.Event.Held>();
    }

    [Fact]
    public void Once_somebody_says_that_they_are_right_they_are_used()
    {
        var state = After(Waiting, new RateSource.Command.Confirm(Wednesday3), At(4, 17));
        (state.Sheet.Date, state.Doubt).ShouldBe((Wednesday3, null));
        When(state, new RateSource.Command.Confirm(Wednesday3), At(4, 17)).Events.ShouldBeEmpty();
        When(Waiting, new RateSource.Command.Confirm(Tuesday.PlusDays(-1)), At(4, 17)).Refusals
            .ShouldHaveSingleItem().Code.ShouldBe("rates.nothing-waits");
        When(Waiting, new RateSource.Command.Confirm(Wednesday3), At(4, 17, Seller)).Refusals
            .ShouldHaveSingleItem().Code.ShouldBe("rates.operators-only");
    }

    [Fact]
    public void What_was_dismissed_is_not_asked_about_again_and_can_be_taken_after_all()
    {
        var state = After(Waiting, new RateSource.Command.Dismiss(Wednesday3), At(4, 17));
        (state.Sheet.Date, state.Doubt).ShouldBe((Tuesday, null));
        When(state, new RateSource.Command.Take(Sheet(Wednesday3, 107_050)), At(4, 18)).Events.ShouldBeEmpty();
        After(state, new RateSource.Command.Confirm(Wednesday3), At(4, 18)).Sheet.Date.ShouldBe(Wednesday3);
        // Put right at the source, it is taken.
        After(state, new RateSource.Command.Take(Sheet(Wednesday3, 10_710)), At(4, 18)).Sheet.Date
            .ShouldBe(Wednesday3);
    }

    [Fact]
    public void What_nobody_says_anything_of_is_dropped_and_told_after_the_older_ones_went_stale()
    {
        var state = Waiting;
        var clock = new Actor.Clock();
        RateSource.Kind.NextWake(state).ShouldBe(state.Due);
        state = After(state, new RateSource.Command.Wake(state.Due), new(clock, state.Due, Published));
        state.Told.ShouldBeTrue();
        var due = RateSource.Kind.NextWake(state).ShouldNotBeNull();
        due.ShouldBe(state.Doubt!.Due);
        var dropped = When(state, new RateSource.Command.Wake(due), new(clock, due, Published)).Events
            .ShouldHaveSingleItem();
        RateSource.Notices(Ecb, state, dropped).ShouldHaveSingleItem().Code.ShouldBe("rates-lapsed");
        RateSource.Kind.NextWake(RateSource.Evolve(state, dropped)).ShouldBeNull();
    }

    [Fact]
    public void A_sheet_of_the_same_day_that_waits_goes_at_the_same_time_as_the_one_before_goes_stale()
    {
        var state = After(Known, new RateSource.Command.Take(Sheet(Tuesday, 107_050)), At(3, 17));
        state.Doubt!.Due.ShouldBe(state.Due);
        When(state, new RateSource.Command.Wake(state.Due), new(new Actor.Clock(), state.Due, Published)).Events
            .Select(e => e.GetType().Name).ShouldBe(["Dismissed", "WentStale"]);
    }

    [Fact]
    public void The_same_sheet_that_waits_is_not_held_twice_and_a_sound_newer_one_ends_the_wait()
    {
        When(Waiting, new RateSource.Command.Take(Sheet(Wednesday3, 107_050)), At(4, 18)).Events.ShouldBeEmpty();
        var state = After(Waiting, new RateSource.Command.Take(Sheet(new(2026, 3, 5), 10_800)), At(5, 16));
        (state.Sheet.Date, state.Doubt).ShouldBe((new LocalDate(2026, 3, 5), null));
    }
}
