using System.Globalization;
using Recourse.Catalog;
using Recourse.Exchange;
using Recourse.Ways;
namespace Recourse.Web;

/// <summary>What one unit weighs and how large it is, as its fields have it: grams and millimetres.</summary>
public sealed record UnitFields(string Grams = "", string Length = "", string Width = "", string Height = "")
{
    static readonly Remedy Mend = new("listing.mend-fields");

    internal static UnitFields Of(Measures? unit) => unit is null ? new()
        : new(Show(unit.Grams), Show(unit.Sides?.Length), Show(unit.Sides?.Width), Show(unit.Sides?.Height));

    internal static UnitFields Of(FormWrite form) =>
        new(form["unit.grams"], form["unit.length"], form["unit.width"], form["unit.height"]);

    internal Measures? Read(List<Refusal> faults)
    {
        if (this == new UnitFields()) return null;
        var grams = Number(Grams, "unit.grams", faults);
        return (Length, Width, Height) is ("", "", "") ? new(grams)
            : new(grams, new(Number(Length, "unit.length", faults), Number(Width, "unit.width", faults),
                Number(Height, "unit.height", faults)));
    }

    static string Show(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>A whole number; what is none is a fault, and 1.</summary>
    internal static int Number(string text, string field, List<Refusal> faults)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        faults.Add(new Refusal("listing.number-unreadable", Mend) { Field = field });
        return 1;
    }
}

/// <summary>A way to send it to a country, as its fields have it.</summary>
public sealed record WayFields(
    string Country = "", string Service = "", string Price = "", string From = "", string To = "")
{
    /// <summary>What its cost follows.</summary>
    public PegInput Peg { get; init; } = new();

    /// <summary>Whether nothing was typed.</summary>
    public bool IsBlank => Country is "" && Price is "" && From is "" && To is "" && Peg.Base is "";

    internal static WayFields Of(string country, OptionBody o) => new(
        country, o.Service, MoneyField.Show(o.PerUnit), o.FromDays.ToString(CultureInfo.InvariantCulture),
        o.ToDays.ToString(CultureInfo.InvariantCulture)) { Peg = PegInput.Of(o.Peg) };

    internal static WayFields Of(FormWrite form, string at) => new(
        form[$"{at}.country"].ToUpperInvariant(), form[$"{at}.service"], form[$"{at}.perUnit"], form[$"{at}.fromDays"],
        form[$"{at}.toDays"]) { Peg = PegInput.Of(form, at) };
}

public sealed partial record ListingForm
{
    /// <summary>Countries with ways of their own; one that stands among the others too has them all the same.</summary>
    Offer WithWays(
        Offer offer, Func<string, string, Money> amount, Func<PegInput, string, Peg> pegged, Currency currency,
        List<Refusal> faults)
    {
        var shipsTo = offer.ShipsTo.ToList();
        foreach (var (k, w) in Ways.Index())
        {
            var option = new ShippingOption(
                w.Service, w.Peg.Base is not "" ? new(10, currency)
                    : amount(w.Price is "" ? "0" : w.Price, $"ways[{k}].perUnit"),
                w.From is "" ? 0 : UnitFields.Number(w.From, $"ways[{k}].fromDays", faults),
                UnitFields.Number(w.To, $"ways[{k}].toDays", faults),
                w.Peg.Base is "" ? null : pegged(w.Peg, $"ways[{k}]"));
            var at = shipsTo.FindIndex(d => d.Country == w.Country);
            if (at < 0) shipsTo.Add(new(w.Country, option.PerUnit, [option]));
            else shipsTo[at] = shipsTo[at] with { Options = [.. shipsTo[at].Named, option] };
        }
        return offer with { ShipsTo = [.. shipsTo] };
    }

    /// <summary>What its fields say of it, each under its name; and one more of a name of its own.</summary>
    static ImmutableArray<Spec> SpecsOf(FormWrite form) =>
    [
        .. form.Sent.Where(f => f.Key.StartsWith(SpecField, StringComparison.Ordinal))
            .OrderBy(f => f.Key, StringComparer.Ordinal)
            .Select(f => new Spec(f.Key[SpecField.Length..], f.Value.Trim())),
        .. form["spec.name"] is "" && form["spec.value"] is "" ? (ReadOnlySpan<Spec>)[]
            : [new(form["spec.name"], form["spec.value"])],
    ];

    /// <summary>How the fields of specifications begin.</summary>
    public const string SpecField = "specs.";

    /// <summary>The same with a field for everything that is asked of its category.</summary>
    public ListingForm Asking(SpecRules rules) => this with
    {
        Specs =
        [
            .. rules.Of(Category).Select(n => Specs.FirstOrDefault(s => s.Name == n) ?? new(n, "")),
            .. Specs.Where(s => !rules.Of(Category).Contains(s.Name)),
        ],
    };

    /// <summary>Where in the form something is that the listing's own rules say of its offer.</summary>
    string? FieldOf(string? field, Offer offer)
    {
        if (field?.Split('[', ']') is ["specs", var n, _]
            && int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < offer.Said.Length)
            return $"{SpecField}{offer.Said[at].Name}";
        if (field?.Split('[', ']') is not ["shipsTo", var nth, .. var rest]
            || !int.TryParse(nth, NumberStyles.None, CultureInfo.InvariantCulture, out var i)
            || i >= offer.ShipsTo.Length) return field is "unit.sides" ? "unit.length" : field;
        var rows = Ways.Index().Where(w => w.Item.Country == offer.ShipsTo[i].Country).Select(w => w.Index).ToList();
        return rest switch
        {
            [".options", var j, var part] when int.TryParse(j, out var k) && k < rows.Count => $"ways[{rows[k]}]{part}",
            [var part] when i >= ShipsTo.Length && rows.Count > 0 => $"ways[{rows[0]}]{part}",
            _ => field,
        };
    }
}
