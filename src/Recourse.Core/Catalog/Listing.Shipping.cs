using Recourse.Ways;
namespace Recourse.Catalog;

public static partial class Listing
{
    const int MostOptions = 10, MostDays = 120, HeaviestGrams = 2_000_000, LongestSide = 20_000;

    /// <summary>Each class once and in order; of ways to send, the cheapest is what shipping costs.</summary>
    static Offer Tidied(Offer offer) => offer with
    {
        Goods = offer.Classes is { IsDefaultOrEmpty: false } goods ? [.. goods.Distinct().Order(StringComparer.Ordinal)]
            : null,
        ShipsTo = offer.ShipsTo.IsDefault ? [] : [.. offer.ShipsTo.Select(Tidied)],
    };

    // Amounts in several currencies are told as a fault, and can't be compared.
    static Destination Tidied(Destination d) =>
        d.Named.IsDefaultOrEmpty ? d with { Options = null }
        : d.Named.Any(o => o.PerUnit.Currency != d.Named[0].PerUnit.Currency) ? d
        : d with { ShippingPerUnit = d.Named.Select(o => o.PerUnit).MinBy(m => m.Minor) };

    /// <summary>All that is wrong with what a thing is, and with the ways to send it.</summary>
    static IEnumerable<Refusal> ShippingFaults(Offer offer, Rulebook book)
    {
        if (offer.Unit is { } unit)
        {
            if (unit.Grams is < 1 or > HeaviestGrams) yield return BadMeasures("unit.grams");
            if (unit.Sides is { } box && (box.Longest > LongestSide || Math.Min(box.Length, box.Width) < 1
                || box.Height < 1)) yield return BadMeasures("unit.sides");
        }
        var currency = offer.Variants.IsDefaultOrEmpty ? default : offer.Variants[0].Price.Currency;
        foreach (var (i, d) in offer.ShipsTo.Take(MostDestinations).Index())
        {
            if (d.Named.Length > MostOptions)
                yield return BadCount($"shipsTo[{i}].options", d.Named.Length, MostOptions);
            foreach (var (j, option) in d.Named.Take(MostOptions).Index())
                foreach (var fault in Faults(option, offer, d, $"shipsTo[{i}].options[{j}]", currency, book))
                    yield return fault;
            foreach (var (j, service) in Repeated(d.Named.Select(o => o.Service)))
                yield return Twice($"shipsTo[{i}].options[{j}].service", service);
        }
    }

    static IEnumerable<Refusal> Faults(
        ShippingOption o, Offer offer, Destination to, string field, Currency currency, Rulebook book)
    {
        if (o.PerUnit.Minor is < 0 or > Money.Most) yield return BadShipping($"{field}.perUnit");
        if (IsTooFine(o.PerUnit)) yield return TooFine($"{field}.perUnit", o.PerUnit);
        if (o.PerUnit.Currency == default || o.PerUnit.Currency != currency)
            yield return MixedCurrencies($"{field}.perUnit");
        if (o.FromDays < 0 || o.ToDays < Math.Max(1, o.FromDays) || o.ToDays > MostDays)
            yield return BadDays($"{field}.toDays");
        var rules = book.Of<ShippingRules>();
        if (o.Service is null || !rules.Services.TryGetValue(o.Service, out var service))
        {
            yield return NoSuchService($"{field}.service", o.Service ?? "");
            yield break;
        }
        // What nobody may offer is told as that, whoever would carry it.
        var classes = book.Of<GoodsRules>().Classes;
        foreach (var goods in offer.Classes.Where(g => !service.Carrier.Takes.Contains(g)
            && classes.GetValueOrDefault(g ?? "") is not { IsSold: false }))
            yield return ServiceTakesNot($"{field}.service", o.Service, goods);
        // One unit alone has to fit; how many go into one parcel is seen when somebody buys them.
        if (offer.Unit?.Grams > service.MostGrams)
            yield return ServiceTooSmall($"{field}.service", o.Service, isHeavy: true);
        if (offer.Unit?.Sides is { } box && !service.Fits(box))
            yield return ServiceTooSmall($"{field}.service", o.Service, isHeavy: false);
    }
}
