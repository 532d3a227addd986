using System.Text;
using Recourse.Rulebooks;
namespace Recourse.Ways;

/// <summary>A class of goods with rules of its own.</summary>
/// <param name="Un">Its UN numbers, where it is dangerous to carry.</param>
/// <param name="IsSold">False: nobody may offer it here.</param>
/// <param name="NotTo">Countries that don't let it in.</param>
/// <param name="Needs">A word for what its sale needs; null: nothing.</param>
/// <param name="Words">Words that name such goods, each in small letters and without accents.</param>
/// <param name="Unless">Phrases in which such a word means something else.</param>
public sealed record GoodsClass(
    string Code, ImmutableArray<string> Un, bool IsSold, ImmutableArray<string> NotTo, string? Needs,
    ImmutableArray<string> Words, ImmutableArray<string> Unless);

/// <summary>A class of goods, and what names it.</summary>
/// <param name="Passage">The sentence that the word stands in, as it was written.</param>
public readonly record struct GoodsMention(GoodsClass Class, string Word, string Passage);

/// <summary>The rulebook's section on goods.</summary>
public sealed record GoodsRules(ImmutableSortedDictionary<string, GoodsClass> Classes) : IRules
{
    /// <summary>Of editions from before there were any.</summary>
    public static readonly GoodsRules Before = new(ImmutableSortedDictionary<string, GoodsClass>.Empty);

    /// <summary>The word for a class, which no title is likely to be.</summary>
    public static string WordOf(string code) => $"goods-{code}";

    /// <summary>The classes that a title names plainly, each with the word that says so.</summary>
    public IEnumerable<GoodsMention> NamedIn(string title)
    {
        var spoken = Spoken(title);
        foreach (var goods in Classes.Values)
            if (Prose.Named(spoken, goods, Prose.Denies) is { } word) yield return new(goods, word, title);
    }

    /// <summary>
    /// The classes that a text in whole sentences names. Whoever describes a thing names much that it isn't: what it
    /// is for, what it goes with, what it is free of. Words beside a name that say so are heeded.
    /// </summary>
    public IEnumerable<GoodsMention> NamedInProse(string text)
    {
        foreach (var sentence in Prose.SentencesOf(text))
        {
            var spoken = Spoken(sentence);
            foreach (var goods in Classes.Values)
                if (Prose.Named(spoken, goods, Prose.IsBeside) is { } word) yield return new(goods, word, sentence);
        }
    }

    /// <summary>Words in small letters and without accents, a blank between each.</summary>
    static string Spoken(string text)
    {
        var spoken = new StringBuilder();
        foreach (var c in string.Concat(text.EnumerateRunes()).Normalize(NormalizationForm.FormD))
            if (char.IsLetterOrDigit(c)) spoken.Append(char.ToLowerInvariant(c));
            else if (char.GetUnicodeCategory(c) is not System.Globalization.UnicodeCategory.NonSpacingMark
                && spoken.Length > 0 && spoken[^1] is not ' ') spoken.Append(' ');
        return spoken.ToString().TrimEnd();
    }

    /// <summary>Reads the section <c>goods</c>.</summary>
    public static GoodsRules Read(RuleReader section)
    {
        var classes = ImmutableSortedDictionary.CreateBuilder<string, GoodsClass>(StringComparer.Ordinal);
        foreach (var (code, map) in ShippingRules.Each(section))
        {
            classes[code] = new(
                code, map.Has("un") ? map.Texts("un") : [], map.One("sold", ShippingRules.YesOrNo),
                map.Has("notTo")
                    ? [.. map.Texts("notTo").Select(c => ShippingRules.CountryIn(map, c, "notTo"))] : [],
                map.Has("needs") ? map.Text("needs") : null,
                map.Has("words") ? [.. map.Texts("words").Select(Spoken)] : [],
                map.Has("unless") ? [.. map.Texts("unless").Select(Spoken)] : []);
            map.Done();
        }
        return new(classes.ToImmutable());
    }
}
