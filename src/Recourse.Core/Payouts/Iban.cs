using System.Collections.Frozen;
namespace Recourse.Payouts;

/// <summary>International bank account numbers.</summary>
/// <remarks>Source: ISO 13616-1 (two letters, two check digits, up to 30 more) and ISO 7064, modulo 97-10.</remarks>
public static class Iban
{
    const int Shortest = 15, Longest = 34;

    // It has numbers, and no code of its own in ISO 3166.
    const string Kosovo = "XK";

    // EPC409-09 (October 2025): the countries of the Single Euro Payments Area.
    static readonly FrozenSet<string> Sepa = FrozenSet.ToFrozenSet(
        ("AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO "
            + "RS SE SI SK SM VA").Split(' '));

    /// <summary>Whether banks of that country take part in the Single Euro Payments Area.</summary>
    /// <param name="country">ISO 3166 alpha-2.</param>
    public static bool IsInSepa(string country) => Sepa.Contains(country);

    /// <summary>Without blanks, in capitals.</summary>
    public static string Tidy(string text) =>
        string.Concat(text.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();

    /// <summary>Whether it has the shape of one, of a country that there is, and its check digits are right.</summary>
    public static bool IsRight(string iban)
    {
        if (iban.Length is < Shortest or > Longest) return false;
        if (!Countries.Has(iban[..2]) && iban[..2] is not Kosovo) return false;
        if (!char.IsAsciiDigit(iban[2]) || !char.IsAsciiDigit(iban[3])) return false;
        var rest = 0;
        foreach (var c in iban[4..] + iban[..4])
        {
            if (char.IsAsciiDigit(c)) rest = (rest * 10 + c - '0') % 97;
            else if (c is >= 'A' and <= 'Z') rest = (rest * 100 + c - 'A' + 10) % 97;
            else return false;
        }
        return rest == 1;
    }

    /// <summary>Whether it has the shape of a bank's code, ISO 9362.</summary>
    public static bool IsBic(string bic) => bic.Length is 8 or 11 && bic[..6].All(char.IsAsciiLetterUpper)
        && bic[6..].All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));
}
