using System.Globalization;
using NodaTime.Text;
namespace Recourse.Rulebooks;

/// <summary>The rulebook's section on business days, by country.</summary>
/// <param name="Default">For countries that have none of their own.</param>
/// <param name="ByCountry">By ISO 3166 alpha-2.</param>
public sealed record Calendars(
    BusinessCalendar Default, ImmutableDictionary<string, BusinessCalendar> ByCountry) : IRules
{
    const string Fallback = "default";
    const int LongestRange = 31;

    static readonly LocalDatePattern Iso = LocalDatePattern.Iso;
    static readonly LocalTimePattern HourAndMinute = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>A country's calendar.</summary>
    public BusinessCalendar Of(string country) => ByCountry.GetValueOrDefault(country, Default);

    /// <summary>Reads the section <c>calendars</c>.</summary>
    public static Calendars Read(RuleReader section)
    {
        var calendars = ImmutableDictionary.CreateBuilder<string, BusinessCalendar>();
        var fallback = ReadOne(section.Map(Fallback));
        foreach (var country in section.Names.Where(n => n is not Fallback).Distinct().ToList())
        {
            if (!Countries.Has(country)) section.Fault(country, "Must be default or a country such as BR.");
            calendars[country] = ReadOne(section.Map(country));
        }
        section.Done();
        return new(fallback, calendars.ToImmutable());
    }

    static BusinessCalendar ReadOne(RuleReader section)
    {
        var (zone, closes) = (section.Text("zone"), section.Text("closesAt"));
        if (zone is not "" && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null)
            section.Fault("zone", $"\"{zone}\" must be a time zone such as America/Sao_Paulo.");
        var time = HourAndMinute.Parse(closes);
        if (closes is not "" && !time.Success)
            section.Fault("closesAt", $"\"{closes}\" must be a time of day such as 18:00.");
        var holidays = section.Many(
            "holidays", ReadHoliday,
            "a day such as 12-25, easter-2, monday-3-01 (the third in January), 2027-02-06 or 2027-02-05..2027-02-11");
        LocalDate? known = section.Has("knownUntil") ? section.Day("knownUntil") : null;
        section.Done();
        return new(zone, time.Success ? time.Value : default, holidays, known);
    }

    /// <summary>The days that a word of the rulebook stands for; null: it is no such word.</summary>
    static IEnumerable<Holiday>? ReadHoliday(string text)
    {
        if (text.StartsWith("easter", StringComparison.Ordinal)) return One(ReadEaster(text["easter".Length..]));
        return text.Split("..") switch
        {
            [var from, var to] => ReadRange(Iso.Parse(from), Iso.Parse(to)),
            [{ Length: 5 }]    => One(ReadFixed(text)),
            [{ Length: 10 } day] when Iso.Parse(day) is { Success: true } date => [new Holiday.Once(date.Value)],
            _                  => One(ReadWeekday(text.Split('-'))),
        };

        static IEnumerable<Holiday>? One(Holiday? day) => day is null ? null : [day];
    }

    static Holiday? ReadEaster(string offset)
    {
        if (offset is "") return new Holiday.Easter(0);
        return offset[0] is '+' or '-' && offset.Length is 2 or 3
            && int.TryParse(offset, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days)
            ? new Holiday.Easter(days) : null;
    }

    // A leap year, so that 29 February can be written; it comes when it comes.
    static Holiday? ReadFixed(string text) =>
        Iso.Parse($"2024-{text}") is { Success: true, Value: var day } ? new Holiday.Fixed(day.Month, day.Day) : null;

    static Holiday? ReadWeekday(string[] parts) =>
        parts is [var weekday, var nth, { Length: 2 } month]
        && Weekdays.IndexOf(weekday) is >= 0 and var day
        && (nth is "last" ? "5" : nth) is [>= '1' and <= '5' and var digit]
        && int.TryParse(month, NumberStyles.None, CultureInfo.InvariantCulture, out var m) && m is >= 1 and <= 12
            ? new Holiday.Weekday(m, digit - '0', (IsoDayOfWeek)(day + 1)) : null;

    static IEnumerable<Holiday>? ReadRange(ParseResult<LocalDate> from, ParseResult<LocalDate> to)
    {
        if (!from.Success || !to.Success || from.Value > to.Value) return null;
        var days = Period.DaysBetween(from.Value, to.Value) + 1;
        return days > LongestRange ? null
            : Enumerable.Range(0, days).Select(d => new Holiday.Once(from.Value.PlusDays(d)));
    }

    static readonly ImmutableArray<string> Weekdays =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
}
