using Recourse.Rulebooks;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

[Trait("Capability", "POL-1")]
public sealed class PublishingARulebook
{
    static readonly RulebookLog.State Second = new([new(2, Wednesday + Duration.FromDays(1), "second")]);

    static Decision<RulebookLog.Event> Publish(
        RulebookLog.State? state, Duration ahead, Actor? who = null, string text = "new") => RulebookLog.Decide(
        default, state, new RulebookLog.Command.Publish(text, Wednesday + ahead),
        new Asked(who ?? Operator, Wednesday, Published));

    static string Refused(Decision<RulebookLog.Event> decision) => Assert.Single(decision.Refusals).Code;

    [Fact]
    public void Counts_editions_from_the_shipped_one_on()
    {
        Assert.Equal(2, Assert.IsType<RulebookLog.Event.Published>(
            Assert.Single(Publish(null, Duration.FromSeconds(60)).Events)).Edition.Version);
        Assert.Equal(3, Assert.IsType<RulebookLog.Event.Published>(
            Assert.Single(Publish(Second, Duration.FromDays(2)).Events)).Edition.Version);
    }

    [Fact]
    public void Takes_effect_so_far_ahead_that_everybody_has_heard_of_it() =>
        Assert.Equal("rulebook.too-soon", Refused(Publish(null, Duration.FromSeconds(59))));

    [Fact]
    public void Never_comes_before_an_edition_that_was_published_already() =>
        Assert.Equal("rulebook.not-after-the-last", Refused(Publish(Second, Duration.FromDays(1))));

    [Fact]
    public void Said_twice_is_done_once()
    {
        var twice = Publish(Second, Duration.FromDays(1), text: "second");
        Assert.True(twice is { Events.IsEmpty: true, Refusals.IsEmpty: true });
    }

    [Fact]
    public void Is_for_operators_and_readable_by_everybody_with_an_account()
    {
        Assert.Equal("rulebook.operators-only", Refused(Publish(null, Duration.FromDays(1), Agent)));
        Assert.Equal("rulebook.operators-only", Refused(Publish(null, Duration.FromDays(1), Seller)));
        Assert.Equal("kernel.not-found", Refused(Publish(null, Duration.FromDays(1), TheCheckout)));
        Assert.Equal(Party.Buyer, RulebookLog.PartyOf(default, null, Buyer));
    }

    [Fact]
    public void Needs_a_text_that_is_one() =>
        Assert.Equal("rulebook.bad-text", Refused(Publish(null, Duration.FromDays(1), text: new('x', 262_145))));
}

public sealed class CountingBusinessDays
{
    static readonly Calendars Calendars = Published[0].Of<Calendars>();

    static LocalDate Day(int year, int month, int day) => new(year, month, day);

    [Theory]
    [InlineData(2016, 3, 27)]
    [InlineData(2018, 4, 1)]
    [InlineData(2024, 3, 31)]
    [InlineData(2026, 4, 5)]
    [InlineData(2038, 4, 25)]
    public void Easter_is_when_the_church_says(int year, int month, int day) =>
        Assert.Equal(Day(year, month, day), Holiday.EasterOf(year));

    [Theory]
    [InlineData("BR", "2026-02-16", "2026-02-17", "2026-04-03", "2026-04-21", "2026-06-04", "2026-09-07", "2026-11-20")]
    [InlineData("DE", "2026-04-03", "2026-04-06", "2026-05-14", "2026-05-25", "2026-10-03")]
    [InlineData("PT", "2026-04-25", "2026-06-04", "2026-06-10", "2026-12-08")]
    [InlineData("US", "2026-01-19", "2026-02-16", "2026-05-25", "2026-07-03", "2026-09-07", "2026-11-26")]
    [InlineData("GB", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-28")]
    [InlineData("CN", "2018-02-15", "2026-02-17", "2026-02-23", "2026-10-07", "2027-02-08")]
    [InlineData("JP", "2026-01-12", "2026-05-06", "2026-07-20", "2026-09-22", "2026-11-23")]
    [InlineData("ZA", "2026-12-25", "2027-01-01")]
    public void Holidays_are_those_of_the_country(string country, params string[] days) =>
        Assert.All(days, day => Assert.False(
            Calendars.Of(country).IsOpen(NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value), day));

    [Fact]
    public void Other_days_of_the_week_are_open()
    {
        Assert.True(Calendars.Of("DE").IsOpen(Day(2026, 11, 20)));
        Assert.True(Calendars.Of("US").IsOpen(Day(2026, 5, 18)));
        Assert.False(Calendars.Of("DE").IsOpen(Day(2026, 11, 21)));
    }

    [Theory]
    [InlineData("DE", "2026-04-08T16:00:00Z")]
    [InlineData("BR", "2026-04-07T21:00:00Z")]
    [InlineData("US", "2026-04-06T22:00:00Z")]
    public void Three_business_days_end_at_closing_time_there(string country, string then) => Assert.Equal(
        then, new Window.BusinessDays(3).EndFrom(Wednesday, Calendars.Of(country)).ToString());
}
