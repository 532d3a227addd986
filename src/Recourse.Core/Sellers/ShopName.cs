using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
namespace Recourse.Sellers;

/// <summary>What a shop may be called, in any script, and when two names look alike.</summary>
public static partial class ShopName
{
    /// <summary>The longest name, in characters.</summary>
    public const int Longest = 60;

    // More marks on one letter than any script has run over the lines above.
    const int MostMarks = 4;

    static readonly Remedy Other = new("seller.choose-other-name");

    // Letters that are taken for each other, the first for what follows it, once all are small and without accents.
    static readonly FrozenDictionary<Rune, string> Alike = ("""
        аa вb еe кk мrn нh оo рp сc тt уy хx ѕs іl јj ԁd һh ԛq ԝw
        αa βb εe ηn ιl κk νv οo ρp τt υu χx
        0o 1l il ıl mrn ßss æae œoe øo đd ħh łl
        """).Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
        .ToFrozenDictionary(pair => pair.EnumerateRunes().First(), pair => pair[1..]);

    static readonly string Ours = Skeleton("Recourse");

    [GeneratedRegex(@"://|\bwww\.|[\p{L}\p{N}]\.\p{L}{2}|\S@\S", RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    /// <summary>All that keeps a text from being a shop's name; none: it may be one.</summary>
    public static ImmutableArray<Refusal> Faults(string? text)
    {
        var name = Tidied(text);
        if (name is "") return [Empty];
        return
        [
            .. new[]
            {
                name.EnumerateRunes().Any(Rune.IsLetterOrDigit) ? null : Empty,
                name.EnumerateRunes().Count() > Longest ? TooLong : null,
                IsReadable(name) ? null : Unreadable,
                Link().IsMatch(name.Normalize(NormalizationForm.FormKC)) ? HasLink : null,
                Skeleton(name).Contains(Ours, StringComparison.Ordinal) ? LooksLikeUs : null,
            }.OfType<Refusal>(),
        ];
    }

    static Refusal Empty => new("seller.name-empty", Other) { Field = "name" };
    static Refusal TooLong => new("seller.name-too-long", Other, ("most", Longest)) { Field = "name" };
    static Refusal Unreadable => new("seller.name-unreadable", Other) { Field = "name" };
    static Refusal HasLink => new("seller.name-link", Other) { Field = "name" };
    static Refusal LooksLikeUs => new("seller.name-platform", Other) { Field = "name" };

    /// <summary>Another shop is called so, or nearly so.</summary>
    internal static Refusal Taken(string name) =>
        new("seller.name-taken", Other, ("name", name)) { Field = "name" };

    /// <summary>A name as it is kept: composed, with single blanks, and none around it.</summary>
    public static string Tidied(string? text) => string.Join(' ', Whole(text ?? "").Normalize(NormalizationForm.FormC)
        .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    // Half a surrogate pair can't be normalised.
    static string Whole(string text) => string.Concat(text.EnumerateRunes());

    static bool IsReadable(string name)
    {
        var marks = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            marks = IsMark(rune) ? marks + 1 : 0;
            if (marks > MostMarks || IsUnseen(rune)) return false;
        }
        return true;
    }

    // Joiners are part of how some scripts are spelled; the fillers count as letters and show nothing.
    static bool IsUnseen(Rune rune) => rune.Value is 0xFFFD or 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800
        || rune.Value is not (0x200C or 0x200D) && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
            or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator;

    static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark
        or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    // Accents of Latin, Greek and Cyrillic, and what Hebrew and Arabic may leave out. Elsewhere marks are vowels.
    static bool IsAccent(Rune rune) =>
        rune.Value is >= 0x300 and <= 0x36F or >= 0x591 and <= 0x5C7 or >= 0x64B and <= 0x652;

    /// <summary>
    /// The name as it looks: without case, accents, blanks and signs, and with one letter for all that are taken for
    /// each other. Names with the same skeleton are one name to whoever reads them.
    /// </summary>
    public static string Skeleton(string text)
    {
        var skeleton = new StringBuilder();
        foreach (var rune in Whole(text).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (IsAccent(rune) || !Rune.IsLetterOrDigit(rune) && !IsMark(rune)) continue;
            var small = Rune.ToLowerInvariant(rune);
            skeleton.Append(Alike.GetValueOrDefault(small) ?? $"{small}");
        }
        return $"{skeleton}";
    }
}
