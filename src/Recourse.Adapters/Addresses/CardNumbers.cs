using System.Text.RegularExpressions;
namespace Recourse.Adapters.Addresses;

/// <summary>Card numbers that were typed where they don't belong: they are neither stored nor logged.</summary>
public static partial class CardNumbers
{
    /// <summary>Whether a text holds one: 13 to 19 digits of a network's range with the right check digit.</summary>
    /// <remarks>ISO/IEC 7812-1: Luhn's formula; ranges 2 to 6 are those of payment cards.</remarks>
    public static bool AreIn(string? text) =>
        text is not null && text.Length >= 13 && Runs().Matches(text).Any(m => IsOne(m.Value));

    static bool IsOne(string run)
    {
        var digits = run.Where(char.IsAsciiDigit).Select(c => c - '0').ToArray();
        if (digits.Length is < 13 or > 19 || digits[0] is < 2 or > 6) return false;
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] * (i % 2 == 0 ? 1 : 2);
            sum += digit > 9 ? digit - 9 : digit;
        }
        return sum % 10 == 0;
    }

    [GeneratedRegex(@"(?<![\d+])\d(?:[ \-]?\d){12,18}(?!\d)")]
    private static partial Regex Runs();
}
