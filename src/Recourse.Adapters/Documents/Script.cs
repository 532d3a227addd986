using System.Globalization;
using System.Text;
namespace Recourse.Adapters.Documents;

/// <summary>
/// Text as it is drawn from left to right: Arabic letters in the forms that join, in the order of the eye, numbers and
/// Latin words within them as they are.
/// </summary>
/// <remarks>
/// Source: The Unicode Standard 16, chapter 9.2 (Arabic joining) and Annex 9 (rules W7, N1, N2, I1 to L4), without
/// embeddings: what a line of a document has. Vowel signs are left out, as in print.
/// </remarks>
public static class Script
{
    // From U+0621 on: the letter alone in Presentation Forms-B, and how many forms follow there (1, 2 or 4).
    static readonly ImmutableArray<(char Alone, int Forms)> Letters =
    [
        ('\uFE80', 1), ('\uFE81', 2), ('\uFE83', 2), ('\uFE85', 2), ('\uFE87', 2), ('\uFE89', 4), ('\uFE8D', 2),
        ('\uFE8F', 4), ('\uFE93', 2), ('\uFE95', 4), ('\uFE99', 4), ('\uFE9D', 4), ('\uFEA1', 4), ('\uFEA5', 4),
        ('\uFEA9', 2), ('\uFEAB', 2), ('\uFEAD', 2), ('\uFEAF', 2), ('\uFEB1', 4), ('\uFEB5', 4), ('\uFEB9', 4),
        ('\uFEBD', 4), ('\uFEC1', 4), ('\uFEC5', 4), ('\uFEC9', 4), ('\uFECD', 4),
    ];

    // From U+0641 on.
    static readonly ImmutableArray<(char Alone, int Forms)> More =
    [
        ('\uFED1', 4), ('\uFED5', 4), ('\uFED9', 4), ('\uFEDD', 4), ('\uFEE1', 4), ('\uFEE5', 4), ('\uFEE9', 4),
        ('\uFEED', 2), ('\uFEEF', 2), ('\uFEF1', 4),
    ];

    const char Lam = '\u0644', Stretch = '\u0640';

    // Lam with the alef after it is one sign.
    static readonly Dictionary<char, char> LamAlef = new()
    {
        ['\u0622'] = '\uFEF5', ['\u0623'] = '\uFEF7', ['\u0625'] = '\uFEF9', ['\u0627'] = '\uFEFB',
    };

    enum Way { Left, Right, Number, Neutral }

    /// <summary>The text as it is drawn.</summary>
    /// <param name="fromRight">The document is read from right to left.</param>
    public static string Drawn(string text, bool fromRight)
    {
        var tidy = string.Concat(string.Concat(text.EnumerateRunes()).Normalize(NormalizationForm.FormC)
            .Where(c => char.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.Control))
            .Where(c => c is not (>= '\u064B' and <= '\u0652' or '\u0670')));
        return !tidy.Any(IsFromRight) ? tidy : Ordered(Joined(tidy), fromRight);
    }

    static bool IsFromRight(char c) =>
        c is >= '\u0590' and <= '\u08FF' or >= '\uFB1D' and <= '\uFDFF' or >= '\uFE70' and <= '\uFEFC'
        && !char.IsDigit(c);

    static (char Alone, int Forms)? FormsOf(char c) => c switch
    {
        >= '\u0621' and <= '\u063A' => Letters[c - '\u0621'],
        >= '\u0641' and <= '\u064A' => More[c - '\u0641'],
        _                           => null,
    };

    static bool JoinsNext(char c) => c is Stretch || FormsOf(c) is { Forms: 4 };
    static bool JoinsBefore(char c) => c is Stretch || FormsOf(c) is { Forms: > 1 };

    static string Joined(string text)
    {
        var joined = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var before = i > 0 && JoinsNext(text[i - 1]) && JoinsBefore(c);
            if (c is Lam && i + 1 < text.Length && LamAlef.TryGetValue(text[i + 1], out var both))
            {
                joined.Append((char)(both + (before ? 1 : 0)));
                i++;
                continue;
            }
            var next = i + 1 < text.Length && JoinsNext(c) && JoinsBefore(text[i + 1]);
            // In the block: alone, at the end, at the start, between.
            joined.Append(FormsOf(c) is not { } forms ? c
                : (char)(forms.Alone + (before ? next ? 3 : 1 : next ? 2 : 0)));
        }
        return joined.ToString();
    }

    static Way WayOf(char c) => char.IsDigit(c) ? Way.Number : IsFromRight(c) ? Way.Right
        : char.IsLetter(c) ? Way.Left : Way.Neutral;

    static string Ordered(string text, bool fromRight)
    {
        Way[] ways = [.. text.Select(WayOf)];
        JoinNumbers(text, ways);
        var whole = fromRight ? Way.Right : Way.Left;
        var strong = whole;
        for (var i = 0; i < ways.Length; i++)
        {
            if (ways[i] is Way.Left or Way.Right) strong = ways[i];
            // Rule W7: after Latin words a number is of them.
            if (ways[i] is Way.Number && strong is Way.Left) ways[i] = Way.Left;
        }
        for (var i = 0; i < ways.Length; i++)
        {
            if (ways[i] is not Way.Neutral) continue;
            var end = i;
            while (end < ways.Length && ways[end] is Way.Neutral) end++;
            // A number that isn't of Latin words counts as from the right.
            var (before, after) = (i == 0 ? whole : SideOf(ways[i - 1]),
                end == ways.Length ? whole : SideOf(ways[end]));
            Array.Fill(ways, before == after ? before : whole, i, end - i);
            i = end;
        }
        var levels = ways.Select(w => w is Way.Right ? 1 : w is Way.Number || fromRight ? 2 : 0).ToArray();
        var signs = text.Select((c, i) => levels[i] == 1 ? Mirrored(c) : c).ToArray();
        for (var level = 2; level > 0; level--)
            for (var i = 0; i < signs.Length; i++)
            {
                var end = i;
                while (end < signs.Length && levels[end] >= level) end++;
                if (end == i) continue;
                Array.Reverse(signs, i, end - i);
                Array.Reverse(levels, i, end - i);
                i = end - 1;
            }
        return new(signs);
    }

    static Way SideOf(Way way) => way is Way.Number ? Way.Right : way;

    // What stands in a number belongs to it: 1,234.56, 2026-03, 14:02 and a sign before it.
    static void JoinNumbers(string text, Way[] ways)
    {
        for (var i = 0; i < ways.Length; i++)
        {
            var isNext = i + 1 < ways.Length && char.IsDigit(text[i + 1]);
            if (ways[i] is Way.Neutral or Way.Right && isNext && (text[i] is '\u2212' or '-'
                || i > 0 && char.IsDigit(text[i - 1]) && text[i] is '.' or ',' or ':' or '/' or '\u066B' or '\u066C'
                    or '\u00A0' or '\u202F')) ways[i] = Way.Number;
        }
    }

    static char Mirrored(char c) => c switch
    {
        '(' => ')', ')' => '(', '[' => ']', ']' => '[', '<' => '>', '>' => '<', '\u00AB' => '\u00BB',
        '\u00BB' => '\u00AB', _ => c,
    };
}
