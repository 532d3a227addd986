using System.Globalization;
using System.Text;
namespace Recourse.Adapters.Addresses;

/// <summary>Text as it is compared: one width, no marks on letters, no case, single blanks.</summary>
static class Folded
{
    /// <summary>Folds a text.</summary>
    public static string Of(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
            switch (CharUnicodeInfo.GetUnicodeCategory(c))
            {
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.Format:
                    break;
                case UnicodeCategory.SpaceSeparator or UnicodeCategory.DashPunctuation
                    or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.OtherPunctuation:
                    if (folded.Length > 0 && folded[^1] != ' ') folded.Append(' ');
                    break;
                default:
                    folded.Append(char.ToUpperInvariant(c));
                    break;
            }
        return folded.ToString().TrimEnd();
    }

    /// <summary>Whether two folded texts are so near that one is the other mistyped.</summary>
    public static bool AreNear(string a, string b)
    {
        var most = Math.Min(a.Length, b.Length) switch { < 4 => 0, < 8 => 1, _ => 2 };
        return most > 0 && Math.Abs(a.Length - b.Length) <= most && Distance(a, b) <= most;
    }

    // Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
    static int Distance(string a, string b)
    {
        var (two, one, now) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++) one[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            now[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                now[j] = Math.Min(Math.Min(now[j - 1], one[j]) + 1, one[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    now[j] = Math.Min(now[j], two[j - 2] + 1);
            }
            (two, one, now) = (one, now, two);
        }
        return one[b.Length];
    }
}
