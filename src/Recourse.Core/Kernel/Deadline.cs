namespace Recourse.Kernel;

/// <summary>Whom everybody waits for, until when, and what happens then. The owner is warned first.</summary>
/// <param name="Owner">Who must act.</param>
/// <param name="Then">The code of what happens when it passes.</param>
/// <param name="Warn">When the owner is warned (UTC); null: was, or needs no warning.</param>
/// <param name="Due">When it passes (UTC).</param>
public sealed record Deadline(Party Owner, string Then, Instant? Warn, Instant Due)
{
    /// <summary>The only instant at which a wake means anything.</summary>
    public Instant Next => Warn ?? Due;

    /// <summary>However late a warning comes, it leaves the full notice.</summary>
    public Deadline Warned(Instant at, Duration notice) =>
        this with { Warn = null, Due = Instant.Max(Due, at + notice) };
}

/// <summary>A stretch of time as the rulebook writes it.</summary>
public closed record Window
{
    /// <summary>Minutes of elapsed time.</summary>
    public sealed record Minutes(int Count) : Window;

    /// <summary>Hours of elapsed time.</summary>
    public sealed record Hours(int Count) : Window;

    /// <summary>Calendar days, to the same instant of day.</summary>
    public sealed record Days(int Count) : Window;

    /// <summary>Whole business days after the day of the start, until closing time.</summary>
    public sealed record BusinessDays(int Count) : Window;

    /// <summary>What it takes at most, over the longest holidays: a business day counts as four days.</summary>
    public Duration AtMost => this switch
    {
        Minutes w      => Duration.FromMinutes(w.Count),
        Hours w        => Duration.FromHours(w.Count),
        Days w         => Duration.FromDays(w.Count),
        BusinessDays w => Duration.FromDays(4 * w.Count),
    };

    /// <summary>When a stretch that starts then is over (UTC).</summary>
    public Instant EndFrom(Instant start, BusinessCalendar calendar) => this switch
    {
        Minutes w      => start + Duration.FromMinutes(w.Count),
        Hours w        => start + Duration.FromHours(w.Count),
        Days w         => start + Duration.FromDays(w.Count),
        BusinessDays w => calendar.CloseOf(start, w.Count),
    };
}

/// <summary>When people of a country work.</summary>
/// <param name="Zone">IANA time zone.</param>
/// <param name="ClosesAt">When a business day ends, local time.</param>
/// <param name="Holidays">Which days are free, by rule: they hold for any year.</param>
/// <param name="KnownUntil">Until when those are known that no rule tells; null: all follow rules.</param>
public sealed record BusinessCalendar(
    string Zone, LocalTime ClosesAt, ImmutableArray<Holiday> Holidays, LocalDate? KnownUntil = null)
{
    const int MostDays = 3_660;

    /// <summary>Closing time of the first business day from then on; that instant, if it is on one.</summary>
    public Instant OpenFrom(Instant at) =>
        IsOpen(at.InZone(DateTimeZoneProviders.Tzdb[Zone]).Date) ? at : CloseOf(at, 1);

    /// <summary>Noon of the first business day from that one on: nearly everywhere it is that day then.</summary>
    public Instant NoonFrom(LocalDate day)
    {
        for (var looked = 0; !IsOpen(day) && looked < MostDays; looked++) day = day.PlusDays(1);
        return day.At(LocalTime.Noon).InZoneLeniently(DateTimeZoneProviders.Tzdb[Zone]).ToInstant();
    }

    /// <summary>Days on which people work here and there too; known as far as both are.</summary>
    public BusinessCalendar And(BusinessCalendar there) => this with
    {
        Holidays = [.. Holidays, .. there.Holidays],
        KnownUntil = KnownUntil is not { } here ? there.KnownUntil
            : there.KnownUntil is { } other && other < here ? other : here,
    };

    /// <summary>Whether free days of that time may not be known yet.</summary>
    public bool IsBeyond(Instant at) =>
        KnownUntil is { } last && at.InZone(DateTimeZoneProviders.Tzdb[Zone]).Date > last;

    /// <summary>Closing time of the business day that is so many business days later.</summary>
    public Instant CloseOf(Instant start, int daysLater)
    {
        var zone = DateTimeZoneProviders.Tzdb[Zone];
        var day = start.InZone(zone).Date;
        // However it is closed, it ends: nobody is away for ten years.
        for (var looked = 0; daysLater > 0 && looked < MostDays; looked++)
            if (IsOpen(day = day.PlusDays(1))) daysLater--;
        return day.At(ClosesAt).InZoneLeniently(zone).ToInstant();
    }

    /// <summary>Neither weekend nor holiday.</summary>
    public bool IsOpen(LocalDate day) =>
        day.DayOfWeek < IsoDayOfWeek.Saturday && !Holidays.Any(h => h.IsOn(day));
}

/// <summary>A day that is free each year.</summary>
public closed record Holiday
{
    /// <summary>The same date each year.</summary>
    public sealed record Fixed(int Month, int Day) : Holiday;

    /// <summary>So many days after (or before) Easter Sunday of the Gregorian calendar.</summary>
    public sealed record Easter(int Offset) : Holiday;

    /// <summary>The first, second, … such weekday of a month; 5 is the last one.</summary>
    public sealed record Weekday(int Month, int Nth, IsoDayOfWeek Day) : Holiday;

    /// <summary>On one date only, where no rule is known.</summary>
    public sealed record Once(LocalDate Date) : Holiday;

    /// <summary>All days from one to another, both included.</summary>
    public sealed record Between(LocalDate From, LocalDate To) : Holiday;

    /// <summary>A day of each week.</summary>
    public sealed record EachWeek(IsoDayOfWeek Day) : Holiday;

    /// <summary>Whether that day is free.</summary>
    public bool IsOn(LocalDate day) => this switch
    {
        Fixed h   => day.Month == h.Month && day.Day == h.Day,
        Easter h  => EasterOf(day.Year).PlusDays(h.Offset) == day,
        Weekday h => day.Month == h.Month && day.DayOfWeek == h.Day && (h.Nth == 5
            ? day.PlusDays(7).Month != h.Month
            : (day.Day + 6) / 7 == h.Nth),
        Once h    => h.Date == day,
        Between h => day >= h.From && day <= h.To,
        EachWeek h => day.DayOfWeek == h.Day,
    };

    /// <summary>Easter Sunday by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, ch. 8).</summary>
    public static LocalDate EasterOf(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var (d, e) = (b / 4, b % 4);
        var g = (8 * b + 13) / 25;
        var h = (19 * a + b - d - g + 15) % 30;
        var (i, k) = (c / 4, c % 4);
        var l = (32 + 2 * e + 2 * i - h - k) % 7;
        var m = (a + 11 * h + 19 * l) / 433;
        var month = (h + l - 7 * m + 90) / 25;
        return new(year, month, (h + l - 7 * m + 33 * month + 19) % 32);
    }
}
