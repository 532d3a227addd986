namespace Recourse.Rulebooks;

/// <summary>The rulebook's section on when people work, by country.</summary>
public sealed record Calendars(
    BusinessCalendar Default, ImmutableDictionary<string, BusinessCalendar> ByCountry) : IRules
{
    /// <summary>The calendar of a country (ISO 3166 alpha-2).</summary>
    public BusinessCalendar Of(string country) => ByCountry.GetValueOrDefault(country, Default);
}
