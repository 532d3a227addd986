namespace Recourse.Payouts;

/// <summary>How often earnings are paid out.</summary>
public closed record Rhythm
{
    /// <summary>On each business day.</summary>
    public sealed record Daily : Rhythm;

    /// <summary>On one day of each week.</summary>
    public sealed record Weekly(IsoDayOfWeek On) : Rhythm;

    /// <summary>On one day of each month.</summary>
    /// <param name="Day">From 1; a month that has fewer days: its last.</param>
    public sealed record Monthly(int Day) : Rhythm;

    /// <summary>Its name, as the rulebook and programs write it.</summary>
    public string Name => this switch { Daily => "daily", Weekly => "weekly", Monthly => "monthly" };

    /// <summary>Whether there is such a day.</summary>
    public bool IsRight => this switch
    {
        Daily     => true,
        Weekly w  => w.On is >= IsoDayOfWeek.Monday and <= IsoDayOfWeek.Sunday,
        Monthly m => m.Day is >= 1 and <= 31,
    };

    /// <summary>The first day after that one, whether anybody works on it or not.</summary>
    public LocalDate After(LocalDate day) => this switch
    {
        Daily     => day.PlusDays(1),
        Weekly w  => day.Next(w.On),
        Monthly m => In(day, m.Day) is var now && now > day ? now : In(day.PlusMonths(1), m.Day),
    };

    static LocalDate In(LocalDate month, int day) => new(
        month.Year, month.Month, Math.Min(day, month.Calendar.GetDaysInMonth(month.Year, month.Month)));
}

/// <summary>When a seller wants to be paid.</summary>
/// <param name="Above">Only from that amount on; null: whatever is due.</param>
public sealed record PayoutSchedule(Rhythm Every, Money? Above = null)
{
    /// <summary>When the first payout after that is due (UTC): on a day on which banks work.</summary>
    public Instant After(Instant at, BusinessCalendar banks) =>
        banks.NoonFrom(Every.After(at.InZone(DateTimeZoneProviders.Tzdb[banks.Zone]).Date));
}
