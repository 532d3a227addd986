using System.Collections.Frozen;
using System.Globalization;
using System.Text;
namespace Recourse.Adapters.Banking;

/// <summary>
/// Text in the letters that every bank of SEPA takes: a to z, digits, the blank and <c>/ - ? : ( ) . , ' +</c>.
/// </summary>
/// <remarks>
/// Source: EPC217-08 (best practices for its extended letters), ISO 843 for Greek, ISO 9 without its marks for
/// Cyrillic. What there is nothing for becomes a point, as it says there.
/// </remarks>
public static class SepaLetters
{
    const string Marks = "/-?:().,'+ ";

    static readonly FrozenDictionary<char, string> Others = new Dictionary<char, string>
    {
        ['ß'] = "ss", ['ẞ'] = "SS", ['Æ'] = "AE", ['æ'] = "ae", ['Œ'] = "OE", ['œ'] = "oe", ['Ø'] = "O", ['ø'] = "o",
        ['Ł'] = "L", ['ł'] = "l", ['Đ'] = "D", ['đ'] = "d", ['Ð'] = "D", ['ð'] = "d", ['Þ'] = "TH", ['þ'] = "th",
        ['ı'] = "i", ['Ħ'] = "H", ['ħ'] = "h", ['ĸ'] = "k", ['Ŋ'] = "N", ['ŋ'] = "n", ['Ŧ'] = "T", ['ŧ'] = "t",
        ['&'] = "+", ['@'] = "(at)", ['_'] = "-", ['€'] = "EUR", ['!'] = ".", ['"'] = "'", ['’'] = "'", ['‘'] = "'",
        ['`'] = "'", ['´'] = "'", ['–'] = "-", ['—'] = "-", ['*'] = ".", [';'] = ",", ['<'] = "(", ['>'] = ")",
        ['['] = "(", [']'] = ")", ['{'] = "(", ['}'] = ")", ['\\'] = "/", ['|'] = "/", ['~'] = "-", ['^'] = ".",
        ['α'] = "a", ['β'] = "v", ['γ'] = "g", ['δ'] = "d", ['ε'] = "e", ['ζ'] = "z", ['η'] = "i", ['θ'] = "th",
        ['ι'] = "i", ['κ'] = "k", ['λ'] = "l", ['μ'] = "m", ['ν'] = "n", ['ξ'] = "x", ['ο'] = "o", ['π'] = "p",
        ['ρ'] = "r", ['σ'] = "s", ['ς'] = "s", ['τ'] = "t", ['υ'] = "y", ['φ'] = "f", ['χ'] = "ch", ['ψ'] = "ps",
        ['ω'] = "o", ['а'] = "a", ['б'] = "b", ['в'] = "v", ['г'] = "g", ['д'] = "d", ['е'] = "e", ['ж'] = "z",
        ['з'] = "z", ['и'] = "i", ['й'] = "y", ['к'] = "k", ['л'] = "l", ['м'] = "m", ['н'] = "n", ['о'] = "o",
        ['п'] = "p",
        ['р'] = "r", ['с'] = "s", ['т'] = "t", ['у'] = "u", ['ф'] = "f", ['х'] = "h", ['ц'] = "c", ['ч'] = "c",
        ['ш'] = "s", ['щ'] = "sht", ['ъ'] = "a", ['ы'] = "y", ['ь'] = "y", ['э'] = "e", ['ю'] = "yu", ['я'] = "ya",
        ['ђ'] = "d", ['є'] = "ye", ['і'] = "i", ['ј'] = "j", ['љ'] = "lj", ['њ'] = "nj", ['ћ'] = "c", ['џ'] = "dz",
    }.ToFrozenDictionary();

    /// <summary>The text in those letters.</summary>
    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        // Half a letter is none: taken as runes, it becomes a sign that has no letter here.
        foreach (var rune in string.Concat(text.EnumerateRunes()).Normalize().EnumerateRunes())
            plain.Append(rune.IsBmp ? Of((char)rune.Value) : ".");
        return plain.ToString();
    }

    static string Of(char c)
    {
        if (char.IsAsciiLetterOrDigit(c) || Marks.Contains(c)) return $"{c}";
        if (char.IsWhiteSpace(c) || char.IsControl(c)) return " ";
        if (char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark) return "";
        if (Others.TryGetValue(c, out var other)) return other;
        if (Others.TryGetValue(char.ToLowerInvariant(c), out var small)) return small.ToUpperInvariant();
        var bare = $"{c}".Normalize(NormalizationForm.FormD)[0];
        return bare == c ? "." : Of(bare);
    }
}
