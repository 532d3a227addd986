using System.Collections.Frozen;
namespace Recourse.Payouts;

/// <summary>International bank account numbers.</summary>
/// <remarks>Source: ISO 13616-1 (two letters, two check digits, as many more as the country has it), its registry of
/// 2025 for the lengths, and ISO 7064, modulo 97-10.</remarks>
public static class Iban
{
    static readonly FrozenDictionary<string, int> Lengths = (
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 "
        + "ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 "
        + "KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 "
        + "PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 "
        + "VA22 VG24 XK20 YE30").Split(' ').ToFrozenDictionary(
            c => c[..2], c => (c[2] - '0') * 10 + c[3] - '0', StringComparer.Ordinal);

    // EPC409-09 (October 2025): the countries of the Single Euro Payments Area.
    static readonly FrozenSet<string> Sepa = FrozenSet.ToFrozenSet(
        ("AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO "
            + "RS SE SI SK SM VA").Split(' '));

    /// <summary>Whether banks of that country take part in the Single Euro Payments Area.</summary>
    /// <param name="country">ISO 3166 alpha-2.</param>
    public static bool IsInSepa(string country) => Sepa.Contains(country);

    /// <summary>Whether accounts there have such numbers; elsewhere the bank's own and its code are needed.</summary>
    /// <param name="country">ISO 3166 alpha-2.</param>
    public static bool AreIn(string country) => Lengths.ContainsKey(country);

    /// <summary>Without blanks, in capitals.</summary>
    public static string Tidy(string text) =>
        string.Concat(text.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();

    /// <summary>Whether it is as long as the country has it, and its check digits are right.</summary>
    public static bool IsRight(string iban)
    {
        if (iban.Length < 4 || !Lengths.TryGetValue(iban[..2], out var length) || iban.Length != length) return false;
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
