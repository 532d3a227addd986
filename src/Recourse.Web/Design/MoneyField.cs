using System.Globalization;
namespace Recourse.Web;

/// <summary>An amount as people type it, in one currency.</summary>
static class MoneyField
{
    /// <summary>An amount as a field shows it: digits and a point, and nothing between thousands.</summary>
    public static string Show(Money money)
    {
        var digits = money.Minor.ToString($"D{money.Currency.Decimals + 1}", CultureInfo.InvariantCulture);
        return money.Currency.Decimals == 0 ? digits
            : $"{digits[..^money.Currency.Decimals]}.{digits[^money.Currency.Decimals..]}";
    }

    /// <summary>
    /// The amount, or why it is none. Point and comma both stand before the decimals, and nothing separates thousands:
    /// what could mean two amounts is asked for again.
    /// </summary>
    public static (Money Amount, Refusal? Fault) Read(string text, Currency currency, string field)
    {
        var tidy = text.Trim();
        var at = tidy.IndexOfAny(['.', ',']);
        var (whole, part) = at < 0 ? (tidy, "") : (tidy[..at], tidy[(at + 1)..]);
        var example = new Value.Word(Show(new(1250 * Power(currency.Decimals) / 100, currency)));
        if (whole is "" || !whole.All(char.IsAsciiDigit) || !part.All(char.IsAsciiDigit) || (at >= 0 && part is ""))
            return (default, new Refusal("listing.amount-unreadable", Mend, ("example", example)) { Field = field });
        if (part.Length > currency.Decimals)
            return (default, new Refusal(
                "listing.amount-too-fine", Mend, ("currency", currency.Code), ("decimals", currency.Decimals),
                ("example", example)) { Field = field });
        return long.TryParse(whole + part.PadRight(currency.Decimals, '0'), NumberStyles.None,
            CultureInfo.InvariantCulture, out var minor) && minor <= Money.Most
            ? (new(minor, currency), null)
            : (default, new Refusal("listing.amount-too-large", Mend) { Field = field });
    }

    static readonly Remedy Mend = new("listing.mend-field");

    static long Power(int decimals) => decimals switch { 0 => 1, 2 => 100, 3 => 1_000, _ => 10_000 };
}
