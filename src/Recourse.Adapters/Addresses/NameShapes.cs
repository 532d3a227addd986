using System.Globalization;
using System.Text.RegularExpressions;
using Recourse.Checkouts;
namespace Recourse.Adapters.Addresses;

/// <summary>
/// Whether something can be a person's or a firm's name. Names may be short, single, long or in any script: what is
/// asked about is what nobody is called, and what leaves out whom a carrier should ask for.
/// </summary>
/// <remarks>W3C, "Personal names around the world" (w3.org/International/questions/qa-personal-names).</remarks>
static partial class NameShapes
{
    // What people type who don't want to say their name. Words that are somebody's name (Null, Na, Guest) aren't here.
    static readonly HashSet<string> Nobody = new(StringComparer.Ordinal)
    {
        "TEST", "TESTE", "TESTER", "TESTING", "PRUEBA", "ASDF", "ASDFG", "ASDFGH", "ASDFGHJ", "QWER", "QWERT",
        "QWERTY", "QWERTZ", "AZERTY", "ZXCV", "ZXCVB", "SDFG", "DFGH", "FGHJ", "HJKL", "JKL", "XCVB", "NONE",
        "UNKNOWN", "ANONYMOUS", "ANONYM", "ANONIMO", "NOBODY", "NONAME", "CUSTOMER", "CLIENTE", "KUNDE", "COMPRADOR",
        "BUYER", "USER", "USERNAME", "USUARIO", "ADMIN", "FIRSTNAME", "LASTNAME", "SURNAME", "FULLNAME", "NAME", "NOME",
        "VORNAME", "NACHNAME", "NOMBRE", "APELLIDO", "SOBRENOME", "FIRST", "LAST", "YOUR", "MY", "NO", "N", "A",
        "FOO", "BAR", "BLA", "BLABLA",
        "LOREM", "IPSUM",
    };

    // Alone, these could be anybody's: "A. N." are initials, "My" and "No" are names.
    static readonly HashSet<string> OnlyTogether =
        new(StringComparer.Ordinal) { "FIRST", "LAST", "YOUR", "MY", "NO", "N", "A", "BAR" };

    static readonly HashSet<string> Titles = new(StringComparer.Ordinal)
    {
        "MR", "MRS", "MS", "MISS", "MX", "DR", "PROF", "HERR", "FRAU", "SR", "SRA", "SRTA", "SENHOR", "SENHORA",
        "SENOR", "SENORA", "MME", "MLLE", "MONSIEUR", "MADAME", "SIG", "SIGNORA", "SIGNOR", "ENG", "ING",
    };

    // Family names of one letter are O, I, U (Korean, Burmese), E (Chinese), Y (Vietnamese), A.
    const string WholeNames = "OIUEYA";

    /// <summary>What is odd about a name; null: nothing.</summary>
    public static AddressTrouble? Of(string name)
    {
        var letters = name.Count(char.IsLetter);
        if (letters == 0 || name.Contains('@', StringComparison.Ordinal) || Link().IsMatch(name)
            || Number().IsMatch(name))
            return AddressTrouble.NameImplausible;
        var words = Folded.Of(name).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (IsNobody(words) || IsOneLetterOverAndOver(words, letters)) return AddressTrouble.NameImplausible;
        return words.All(Titles.Contains) || AreInitials(words, name) ? AddressTrouble.NameIncomplete : null;
    }

    static bool IsNobody(string[] words) =>
        words.All(Nobody.Contains)
        && (words.Length > 1 ? !words.All(w => w.Length == 1) : !OnlyTogether.Contains(words[0]));

    static bool IsOneLetterOverAndOver(string[] words, int letters)
    {
        var all = string.Concat(words).Where(char.IsAsciiLetter).ToList();
        return letters >= 3 && all.Count == letters && all.Distinct().Count() == 1;
    }

    // Of one script only: one sign is a whole name in many others.
    static bool AreInitials(string[] words, string name) =>
        words.All(w => w.Length == 1 && char.IsAsciiLetter(w[0]))
        && (words.Length > 1 || name.Contains('.', StringComparison.Ordinal)
            || !WholeNames.Contains(name.Trim(), StringComparison.Ordinal));

    [GeneratedRegex(@"https?:|www\.|\.(?:com|net|org|br|de)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    [GeneratedRegex(@"\d{3}")]
    private static partial Regex Number();
}
