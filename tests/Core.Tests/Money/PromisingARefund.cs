using Recourse.Adapters.Rulebooks;
using Recourse.Refunds;
using Recourse.Rulebooks;
using Xunit;
namespace Recourse.Tests;

[Trait("Capability", "REF-2")]
public sealed class PromisingARefund
{
    static readonly RefundRules Rules = RulebookFile.Shipped().Of<RefundRules>();
    static readonly Calendars Calendars = RulebookFile.Shipped().Of<Calendars>();

    static (LocalDate Day, bool IsProvisional) Promised(string country, string? kind, int year, int month, int day)
    {
        var (by, vague) = Rules.PromiseOf(Instant.FromUtc(year, month, day, 10, 0), country, kind, Calendars);
        return (by.InZone(DateTimeZoneProviders.Tzdb[Calendars.Of(country).Zone]).Date, vague);
    }

    [Fact]
    public void Counts_days_on_which_the_buyers_country_and_the_providers_both_work()
    {
        // From Monday 1 June 2026. Corpus Christi, the 4th, is free in Brazil and Portugal; 10 June in Portugal alone.
        Assert.Equal((new LocalDate(2026, 6, 17), false), Promised("BR", null, 2026, 6, 1));
        // In Germany the 4th and the 10th are ordinary days, and still nobody settles.
        Assert.Equal((new LocalDate(2026, 6, 17), false), Promised("DE", null, 2026, 6, 1));
        Assert.Equal((new LocalDate(2026, 6, 17), false), Promised("PT", null, 2026, 6, 1));
    }

    [Fact]
    public void Takes_each_kind_of_method_its_own_time()
    {
        Assert.Equal(new LocalDate(2026, 3, 9), Promised("BR", "pix", 2026, 3, 4).Day);
        Assert.Equal(new LocalDate(2026, 3, 18), Promised("BR", "card", 2026, 3, 4).Day);
        Assert.Equal(new LocalDate(2026, 4, 1), Promised("BR", "boleto", 2026, 3, 4).Day);
    }

    [Fact]
    public void Says_that_a_day_is_provisional_where_the_calendar_ends()
    {
        Assert.False(Promised("CN", null, 2026, 11, 2).IsProvisional);
        Assert.True(Promised("CN", null, 2027, 3, 1).IsProvisional);
        Assert.False(Promised("BR", null, 2040, 3, 1).IsProvisional);                     // its days follow rules
    }
}
