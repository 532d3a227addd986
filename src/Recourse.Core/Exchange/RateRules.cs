using Recourse.Rulebooks;
namespace Recourse.Exchange;

/// <summary>Until when a source's rates are good.</summary>
/// <param name="StaleAfter">From the day that they are of.</param>
/// <param name="Country">Whose business days count.</param>
/// <param name="HeldFrom">
/// A sheet with a rate that moved further than this waits for a person; null: none does (editions from before).
/// </param>
public sealed record RateSourceRules(Window StaleAfter, string Country, Ratio? HeldFrom = null);

/// <summary>The rulebook's section on exchange rates.</summary>
/// <param name="Sources">By the source's code; rates of others aren't taken.</param>
public sealed record RateRules(ImmutableSortedDictionary<string, RateSourceRules> Sources) : IRules
{
    /// <summary>Of editions from before there were any.</summary>
    public static readonly RateRules Before = new(ImmutableSortedDictionary<string, RateSourceRules>.Empty);

    /// <summary>Reads the section <c>rates</c>.</summary>
    public static RateRules Read(RuleReader section)
    {
        var sources = section.Map("sources");
        foreach (var code in sources.Names.Where(code => !Derived.IsCode(code)))
            sources.Fault(code, "Must be a source such as ecb.");
        var rules = new RateRules(sources.Names.Distinct().ToImmutableSortedDictionary(
            code => code, code => ReadSource(sources.Map(code)), StringComparer.Ordinal));
        sources.Done();
        section.Done();
        return rules;
    }

    static RateSourceRules ReadSource(RuleReader r)
    {
        var rules = new RateSourceRules(r.Stretch("staleAfter"), r.Text("country"),
            r.Has("heldFrom") ? r.Percent("heldFrom") : null);
        if (rules.Country is not "" && !Countries.Has(rules.Country))
            r.Fault("country", "Must be a country such as DE.");
        r.Done();
        return rules;
    }

    /// <summary>Until when rates of that day are good; null: the source isn't one of the rulebook's.</summary>
    public static Instant? GoodUntil(string source, LocalDate date, Rulebook book) =>
        book.Of<RateRules>().Sources.GetValueOrDefault(source) is not { } rules ? null
            : rules.StaleAfter.EndFrom(
                date.AtMidnight().InZoneStrictly(DateTimeZone.Utc).ToInstant() + Duration.FromHours(12),
                book.Of<Calendars>().Of(rules.Country));

    /// <summary>What of a table is still good.</summary>
    public static RateTable GoodOf(RateTable table, Instant at, Rulebook book) =>
        new([.. table.Sheets.Where(s => GoodUntil(s.Source, s.Date, book) > at)]);
}
