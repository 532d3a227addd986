using Recourse.Rulebooks;
namespace Recourse.Orders;

/// <summary>The rulebook's section on taxes that prices contain.</summary>
/// <param name="Contained">By where the goods go, ISO 3166 alpha-2; a country that isn't there has none that is told.
/// </param>
public sealed record TaxRules(ImmutableSortedDictionary<string, Ratio> Contained) : IRules
{
    /// <summary>Editions from before taxes were told.</summary>
    public static readonly TaxRules Before = new(ImmutableSortedDictionary<string, Ratio>.Empty);

    /// <summary>Reads the section.</summary>
    public static TaxRules Read(RuleReader r)
    {
        var map = r.Map("contained");
        foreach (var country in map.Names.Where(c => !Countries.Has(c))) map.Fault(country, "Must be a country.");
        var rates = map.Names.Distinct().ToImmutableSortedDictionary(c => c, map.Percent, StringComparer.Ordinal);
        map.Done();
        r.Done();
        return new(rates);
    }

    /// <summary>What of an amount, tax included, is tax; rounded for itself, so that units add up.</summary>
    public Money In(Money amount, string country)
    {
        if (!Contained.TryGetValue(country, out var rate) || rate.Numerator == 0) return amount with { Minor = 0 };
        return new Ratio(rate.Numerator, rate.Denominator + rate.Numerator).Of(amount, Rounding.HalfToEven);
    }
}
