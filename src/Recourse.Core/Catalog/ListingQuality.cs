namespace Recourse.Catalog;

/// <summary>Something that buyers miss in a listing.</summary>
/// <param name="Code">Its words are <c>listing-quality.{Code}</c>.</param>
/// <param name="Points">By so much the listing is better with it.</param>
/// <param name="Field">Where it is mended, as requests call it.</param>
/// <param name="Spec">Which specification it is; null: it is something else.</param>
public sealed record Shortfall(string Code, int Points, string Field, string? Spec = null);

/// <summary>How complete a listing is, from 0 to 100, and what would make it better, what counts most first.</summary>
public sealed record ListingQuality(int Score, ImmutableArray<Shortfall> Missing)
{
    const int ShortestTitle = 20, FewestWords = 3, ShortestDescription = 80, FewestPictures = 2, SpecPoints = 20;

    /// <summary>Of what buyers see of an offer, or would.</summary>
    public static ListingQuality Of(Offer offer, SpecRules rules)
    {
        ImmutableArray<Shortfall> missing =
            [.. Written(offer).Concat(Shown(offer)).Concat(Unsaid(offer, rules)).OrderByDescending(s => s.Points)];
        return new(100 - missing.Sum(s => s.Points), missing);
    }

    static IEnumerable<Shortfall> Written(Offer offer)
    {
        if (offer.Title.Length < ShortestTitle || ShopWindow.WordsOf(offer.Title).Length < FewestWords)
            yield return new("title-short", 15, "title");
        if (IsShouting(offer.Title)) yield return new("title-shouts", 5, "title");
        if (offer.Category is "") yield return new("no-category", 15, "category");
        if ((offer.Description ?? "").Length < ShortestDescription) yield return new("few-words", 10, "description");
        if (Unnamed(offer) is { } nth) yield return new("variant-unnamed", 5, $"variants[{nth}].title");
        if (offer.ShipsTo.All(d => d.Country != offer.ShipsFrom)) yield return new("not-sent-at-home", 5, "shipsTo");
        if (offer.Unit?.Sides is null)
            yield return new("not-measured", 5, offer.Unit is null ? "unit.grams" : "unit.length");
    }

    static IEnumerable<Shortfall> Shown(Offer offer)
    {
        if (offer.Seen.IsEmpty) yield return new("no-picture", 20, "pictures");
        else if (offer.Seen.Length < FewestPictures) yield return new("one-picture", 5, "pictures");
    }

    /// <summary>What buyers of such things want to know, each a share of the same points.</summary>
    static IEnumerable<Shortfall> Unsaid(Offer offer, SpecRules rules)
    {
        var asked = rules.Of(offer.Category);
        var shares = asked.IsEmpty ? [] : Shares(SpecPoints, asked.Length);
        foreach (var (name, points) in asked.Zip(shares))
            if (!offer.Said.Any(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
                yield return new("spec-missing", points, $"specs.{name}", name);
    }

    static IEnumerable<int> Shares(int all, int among) =>
        Enumerable.Range(0, among).Select(i => all / among + (i < all % among ? 1 : 0));

    /// <summary>The first variant of several that nobody can tell from another; null: they can.</summary>
    static int? Unnamed(Offer offer)
    {
        if (offer.Variants.Length < 2) return null;
        HashSet<string> seen = [];
        foreach (var (i, v) in offer.Variants.Index())
            if (v.Title is "" || !seen.Add(v.Title.ToUpperInvariant())) return i;
        return null;
    }

    // Letters without a case, as in Arabic or Japanese, shout at nobody.
    static bool IsShouting(string title)
    {
        var (large, small) = (title.Count(char.IsUpper), title.Count(char.IsLower));
        return large >= ShortestTitle / 2 && large > 4 * small;
    }
}
