namespace Recourse.Catalog;

/// <summary>Something that buyers miss in a listing.</summary>
/// <param name="Code">Its words are <c>listing-quality.{Code}</c>.</param>
/// <param name="Points">By so much the listing is better with it.</param>
/// <param name="Field">Where it is mended, as requests call it.</param>
public sealed record Shortfall(string Code, int Points, string Field);

/// <summary>How complete a listing is, from 0 to 100, and what would make it better, what counts most first.</summary>
public sealed record ListingQuality(int Score, ImmutableArray<Shortfall> Missing)
{
    const int ShortestTitle = 20, FewestWords = 3;

    /// <summary>Of what buyers see of an offer, or would.</summary>
    public static ListingQuality Of(Offer offer)
    {
        ImmutableArray<Shortfall> missing = [.. Shortfalls(offer).OrderByDescending(s => s.Points)];
        return new(100 - missing.Sum(s => s.Points), missing);
    }

    static IEnumerable<Shortfall> Shortfalls(Offer offer)
    {
        if (offer.Title.Length < ShortestTitle || ShopWindow.WordsOf(offer.Title).Length < FewestWords)
            yield return new("title-short", 30, "title");
        if (IsShouting(offer.Title)) yield return new("title-shouts", 10, "title");
        if (offer.Category is "") yield return new("no-category", 30, "category");
        if (Unnamed(offer) is { } nth) yield return new("variant-unnamed", 20, $"variants[{nth}].title");
        if (offer.ShipsTo.All(d => d.Country != offer.ShipsFrom)) yield return new("not-sent-at-home", 10, "shipsTo");
    }

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
