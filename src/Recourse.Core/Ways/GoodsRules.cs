using System.Text;
using Recourse.Rulebooks;
namespace Recourse.Ways;

/// <summary>A class of goods with rules of its own.</summary>
/// <param name="Un">Its UN numbers, where it is dangerous to carry.</param>
/// <param name="IsSold">False: nobody may offer it here.</param>
/// <param name="NotTo">Countries that don't let it in.</param>
/// <param name="Needs">A word for what its sale needs; null: nothing.</param>
/// <param name="Words">Words of titles that name such goods, each in small letters and without accents.</param>
public sealed record GoodsClass(
    string Code, ImmutableArray<string> Un, bool IsSold, ImmutableArray<string> NotTo, string? Needs,
    ImmutableArray<string> Words);

/// <summary>The rulebook's section on goods.</summary>
public sealed record GoodsRules(ImmutableSortedDictionary<string, GoodsClass> Classes) : IRules
{
    /// <summary>Of editions from before there were any.</summary>
    public static readonly GoodsRules Before = new(ImmutableSortedDictionary<string, GoodsClass>.Empty);

    /// <summary>The word for a class, which no title is likely to be.</summary>
    public static string WordOf(string code) => $"goods-{code}";

    /// <summary>The classes that a title names plainly, each with the word that says so.</summary>
    public IEnumerable<(GoodsClass Class, string Word)> NamedIn(string title)
    {
        var spoken = $" {Spoken(title)} ";
        foreach (var goods in Classes.Values)
            if (goods.Words.FirstOrDefault(w => spoken.Contains($" {w} ", StringComparison.Ordinal)) is { } word)
                yield return (goods, word);
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
                map.Has("words") ? [.. map.Texts("words").Select(Spoken)] : []);
            map.Done();
        }
        return new(classes.ToImmutable());
    }
}
