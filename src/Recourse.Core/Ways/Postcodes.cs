using System.Globalization;
namespace Recourse.Ways;

/// <summary>
/// Postcodes by how they begin: <c>995</c> and <c>25845-25847</c> by digits, <c>HS</c> and <c>AB31-AB38</c> by letters
/// and the number of a British district.
/// </summary>
public readonly record struct Postcodes(string Letters, string From, string To)
{
    const int Inward = 3;

    /// <summary>As a rulebook writes them; null: it is none.</summary>
    public static Postcodes? Read(string text)
    {
        var (from, to) = text.Split('-') switch
        {
            [var one]           => (one, one),
            [var low, var high] => (low, high),
            _                   => ("", ""),
        };
        var letters = LettersOf(from);
        if (from is "" || LettersOf(to) != letters) return null;
        var (first, last) = (from[letters.Length..], to[letters.Length..]);
        var sound = first.All(char.IsAsciiDigit) && last.All(char.IsAsciiDigit) && first.Length <= 9
            && last.Length <= 9 && (first is "") == (last is "")
            && (letters is not "" || first.Length == last.Length && first.Length > 0)
            && (first is "" || Number(first) <= Number(last));
        return sound ? new(letters, first, last) : null;
    }

    /// <summary>Whether a postcode, however it is written, is one of them.</summary>
    public bool Has(string postcode) => HasTidy(Tidy(postcode));

    /// <summary>Letters, which are large then, and digits.</summary>
    internal static string Tidy(string postcode) =>
        string.Concat(postcode.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    /// <inheritdoc cref="Has"/>
    internal bool HasTidy(string tidy)
    {
        if (!tidy.StartsWith(Letters, StringComparison.Ordinal)
            || tidy.Length > Letters.Length && char.IsAsciiLetterUpper(tidy[Letters.Length])) return false;
        if (Letters is "")
            return tidy.Length >= From.Length && string.CompareOrdinal(tidy[..From.Length], From) >= 0
                && string.CompareOrdinal(tidy[..From.Length], To) <= 0;
        if (From is "") return true;
        if (tidy.Length <= Letters.Length + Inward) return false;
        var district = string.Concat(tidy[Letters.Length..^Inward].TakeWhile(char.IsAsciiDigit));
        return district.Length is > 0 and <= 9 && Number(district) >= Number(From) && Number(district) <= Number(To);
    }

    static string LettersOf(string text) => string.Concat(text.TakeWhile(char.IsAsciiLetterUpper));

    static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
