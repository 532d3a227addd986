namespace Recourse.Catalog;

public static partial class Listing
{
    const int LongestTitle = 200, MostVariants = 100, MostDestinations = 250;

    /// <summary>All that is wrong with an offer: nobody should have to mend it one refusal at a time.</summary>
    static IEnumerable<Refusal> Faults(Offer offer)
    {
        if (!IsTitle(offer.Title)) yield return BadTitle("title");
        if (offer.Category is not "" && !Derived.IsCode(offer.Category)) yield return BadCategory;
        if (!Countries.Has(offer.ShipsFrom)) yield return NoSuchCountry("shipsFrom", offer.ShipsFrom);
        ImmutableArray<Variant> variants = offer.Variants.IsDefault ? [] : offer.Variants;
        ImmutableArray<Destination> shipsTo = offer.ShipsTo.IsDefault ? [] : offer.ShipsTo;
        if (variants.Length is 0 or > MostVariants)
            yield return BadCount("variants", variants.Length, MostVariants);
        if (shipsTo.Length is 0 or > MostDestinations)
            yield return BadCount("shipsTo", shipsTo.Length, MostDestinations);

        var currency = variants.FirstOrDefault()?.Price.Currency ?? default;
        foreach (var (i, v) in variants.Take(MostVariants).Index())
            foreach (var fault in Faults(v, $"variants[{i}]", currency)) yield return fault;
        foreach (var (i, d) in shipsTo.Take(MostDestinations).Index())
            foreach (var fault in Faults(d, $"shipsTo[{i}]", currency)) yield return fault;

        foreach (var (i, sku) in Repeated(variants.Select(v => v.Sku.Code)))
            yield return Twice($"variants[{i}].sku", sku);
        foreach (var (i, country) in Repeated(shipsTo.Select(d => d.Country)))
            yield return Twice($"shipsTo[{i}].country", country);
    }

    static IEnumerable<Refusal> Faults(Variant v, string field, Currency currency)
    {
        if (!Derived.IsCode(v.Sku.Code)) yield return BadSku($"{field}.sku");
        if (v.Title is not "" && !IsTitle(v.Title)) yield return BadTitle($"{field}.title");
        if (v.Price.Minor is < 1 or > Money.Most) yield return BadPrice($"{field}.price");
        if (IsTooFine(v.Price)) yield return TooFine($"{field}.price", v.Price);
        if (v.Price.Currency == default || v.Price.Currency != currency) yield return MixedCurrencies($"{field}.price");
    }

    static IEnumerable<Refusal> Faults(Destination d, string field, Currency currency)
    {
        if (!Countries.Has(d.Country)) yield return NoSuchCountry($"{field}.country", d.Country);
        if (d.ShippingPerUnit.Minor is < 0 or > Money.Most) yield return BadShipping($"{field}.shippingPerUnit");
        if (IsTooFine(d.ShippingPerUnit)) yield return TooFine($"{field}.shippingPerUnit", d.ShippingPerUnit);
        if (d.ShippingPerUnit.Currency == default || d.ShippingPerUnit.Currency != currency)
            yield return MixedCurrencies($"{field}.shippingPerUnit");
    }

    // Card networks take the third decimal of a dinar or rial only as 0 (docs.stripe.com/currencies, three-decimal
    // currencies). Whatever is paid, cut or refunded is a sum of these, so it is enough to look here.
    static bool IsTooFine(Money amount) => amount.Currency.Decimals == 3 && amount.Minor % 10 != 0;

    static bool IsTitle(string? text) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= LongestTitle && !text.Any(char.IsControl);

    static IEnumerable<(int Nth, string Text)> Repeated(IEnumerable<string> all)
    {
        HashSet<string> seen = [];
        foreach (var (i, text) in all.Index())
            if (text is not null && !seen.Add(text)) yield return (i, text);
    }
}
