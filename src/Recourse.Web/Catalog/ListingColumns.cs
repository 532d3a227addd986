using System.Globalization;
using Recourse.Catalog;
using Recourse.Exchange;
using Recourse.Ways;
namespace Recourse.Web;

/// <summary>What a column of a table says.</summary>
/// <param name="Is">False: nothing, and it stays as it is.</param>
/// <param name="Value">Null: there is to be none.</param>
readonly record struct Said<T>(bool Is, T? Value) where T : class
{
    /// <summary>What is said, or else what was.</summary>
    public T? Or(T? was) => Is ? Value : was;
}

/// <summary>Columns of a table of listings that hold more than one thing; what can't be read is null.</summary>
static class ListingColumns
{
    /// <summary>What says that there is to be none.</summary>
    public const string None = "none";

    /// <summary>Reads a column; false: it can't be read.</summary>
    public static bool Read<T>(string text, Func<string, T?> read, out Said<T> said) where T : class
    {
        said = text is "" ? default : new(true, text is None ? null : read(text));
        return text is "" or None || said.Value is not null;
    }

    /// <summary>Grams, and the sides of the box in millimetres: <c>350 120x90x60</c>.</summary>
    public static Measures? Packed(string text)
    {
        if (text.Split(' ') is not [var grams, .. var rest] || rest.Length > 1 || Number(grams) is not { } g)
            return null;
        if (rest is not [var box]) return new(g);
        return box.Split('x') is [var a, var b, var c] && (Number(a), Number(b), Number(c)) is ({ } l, { } w, { } h)
            ? new(g, new(l, w, h)) : null;
    }

    /// <summary>The same as it is written.</summary>
    public static string Show(Measures? unit) => unit is null ? ""
        : unit.Sides is { } s ? $"{unit.Grams} {s.Length}x{s.Width}x{s.Height}" : $"{unit.Grams}";

    /// <summary>
    /// What a price follows: <c>USD 10.00 2.5% 100/99</c>, with how far a rate may move and how it ends.
    /// </summary>
    public static Peg? Follows(string text)
    {
        if (text.Split(' ') is not [var money, var amount, var buffer, var ending]
            || !Currency.TryParse(money.ToUpperInvariant(), out var currency)) return null;
        var (peg, faults) = PegField.Read(
            new(amount, currency.Code, buffer, ending), currency, "follows");
        return faults.IsEmpty && PegField.EndingOf(ending) is not null ? peg : null;
    }

    /// <summary>The same as it is written.</summary>
    public static string Show(PegBody? peg) => peg is null ? ""
        : $"{peg.Base.Currency.Code} {MoneyField.Show(peg.Base)} {PegField.Show(peg.Buffer)}% {peg.Step}/{peg.At}";

    /// <summary>Names with values: <c>material=Clay | size=M</c>.</summary>
    public static SpecBody[]? Specs(string text)
    {
        var parts = text.Split('|').Select(p => p.Split('=', 2)).ToList();
        return !parts.TrueForAll(p => p.Length == 2) ? null
            : [.. parts.Select(p => new SpecBody(p[0].Trim(), p[1].Trim()))];
    }

    /// <summary>The same as it is written; what can't be written so is left out, and stays as it is.</summary>
    public static string Show(ImmutableArray<SpecBody> specs) =>
        specs.Any(s => s.Name.Contains('=') || $"{s.Name}{s.Value}".Contains('|')) ? ""
            : string.Join(" | ", specs.Select(s => $"{s.Name}={s.Value}"));

    /// <summary>One line of text, with <c>\\n</c> for a new one.</summary>
    public static string Show(string description) => description.Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>The text of one line.</summary>
    public static string Description(string text) => text.Replace("\\n", "\n", StringComparison.Ordinal);

    /// <summary>A way to send it: <c>DE:dhl-parcel:4.90:1-3</c>, with the business days that it takes.</summary>
    public static ShippingOption? Way(string service, Money cost, string days) =>
        days.Split('-') is [var from, var to] && (Number(from), Number(to)) is ({ } f, { } t)
            ? new(service, cost, f, t) : null;

    /// <summary>A destination as it is written.</summary>
    public static IEnumerable<string> Show(DestinationBody d) => d.Options.IsEmpty
        ? [$"{d.Country}:{MoneyField.Show(d.ShippingPerUnit)}"]
        : d.Options.Select(o =>
            $"{d.Country}:{o.Service}:{MoneyField.Show(o.PerUnit)}:{o.FromDays}-{o.ToDays}");

    static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;
}
