using System.Globalization;
using System.Text;
namespace Recourse.Catalog;

/// <summary>A listing as buyers and its seller see it.</summary>
/// <param name="Id">Text of the listing's id.</param>
/// <param name="Seller">Text of the seller's id.</param>
/// <param name="IsOffered">False while it is paused: then only its seller and staff find it.</param>
/// <param name="Position">Its place in the order of first being shown.</param>
public sealed record ShopRow(string Id, string Seller, Offer Offer, bool IsOffered, long Position);

/// <summary>What is on offer.</summary>
public static class ShopWindow
{
    /// <summary>Everything on offer, under the value <see cref="Scope.All"/>.</summary>
    public const string OnOffer = "offered";

    /// <summary>What is on offer in a category.</summary>
    public const string ByCategory = "category";

    /// <summary>What a seller has on offer.</summary>
    public const string BySeller = "seller";

    /// <summary>What is on offer and sent to a country; see <see cref="To"/>.</summary>
    public const string ByCountry = "country";

    /// <summary>What is on offer under a title with a word that starts so; see <see cref="WordsOf"/>.</summary>
    public const string ByWord = "word";

    // Whoever types finds after two letters; more words than these make no title easier to find.
    const int ShortestStart = 2, LongestStart = 12, MostWords = 12;

    /// <summary>The view.</summary>
    public static readonly View<ShopRow> View = new()
    {
        Name = "shop-window", Version = 3,
        Keys = recorded => recorded is { Id: ListingId id, Event: Listing.Event and not Listing.Event.Imported }
            ? [$"{id}"] : [],
        Fold = Fold, Index = Index,
    };

    static ShopRow? Fold(string key, ShopRow? row, Recorded recorded) => (Listing.Event)recorded.Event switch
    {
        Listing.Event.Published e => new(key, $"{((ListingId)recorded.Id).Seller}", e.Offer, true, recorded.Position),
        Listing.Event.Revised e   => row! with { Offer = e.Offer },
        Listing.Event.Paused      => row! with { IsOffered = false },
        Listing.Event.Resumed     => row! with { IsOffered = true },
        Listing.Event.Imported    => row,
    };

    static IEnumerable<Found> Index(string key, ShopRow row)
    {
        var sort = $"{row.Position:D19}";
        yield return new(Scope.Index, row.Seller, sort);
        yield return new(Scope.Index, Scope.All, sort);
        if (!row.IsOffered) yield break;
        yield return new(OnOffer, Scope.All, sort);
        yield return new(BySeller, row.Seller, sort);
        if (row.Offer.Category is not "") yield return new(ByCategory, row.Offer.Category, sort);
        foreach (var to in row.Offer.ShipsTo)
        {
            yield return new(ByCountry, To(to.Country), sort);
            if (row.Offer.Category is not "") yield return new(ByCountry, To(to.Country, row.Offer.Category), sort);
        }
        foreach (var start in StartsIn(row.Offer.Title))
            yield return new(ByWord, start, sort);
    }

    /// <summary>Where to find what is sent to a country, all of it or that of a category.</summary>
    public static string To(string country, string category = "") => $"{country}/{category}";

    /// <summary>All starts of words under which a text is found.</summary>
    public static IEnumerable<string> StartsIn(string text) => WordsOf(text).SelectMany(StartsOf).Distinct();

    static IEnumerable<string> StartsOf(string word) =>
        Enumerable.Range(ShortestStart, Math.Max(0, Math.Min(word.Length, LongestStart) - ShortestStart + 1))
            .Select(length => word[..length]);

    /// <summary>The start under which a word that was typed is found; null: it is too short to look for.</summary>
    public static string? StartOf(string word) =>
        word.Length < ShortestStart ? null : word[..Math.Min(word.Length, LongestStart)];

    /// <summary>Whether a text has, for each of these words, one that starts so.</summary>
    public static bool Matches(string text, ImmutableArray<string> words)
    {
        var own = WordsOf(text);
        return words.All(w => own.Any(t => t.StartsWith(w, StringComparison.Ordinal)));
    }

    /// <summary>The words of a text, in small letters and without accents.</summary>
    public static ImmutableArray<string> WordsOf(string text)
    {
        List<string> words = [];
        var word = new StringBuilder();
        // By runes, since half a surrogate pair can't be normalised.
        foreach (var c in string.Concat(text.EnumerateRunes()).Normalize(NormalizationForm.FormD).Append(' '))
        {
            if (char.IsLetterOrDigit(c)) word.Append(char.ToLowerInvariant(c));
            else if (char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark) { }
            else if (word.Length > 0)
            {
                words.Add($"{word}");
                word.Clear();
            }
        }
        return [.. words.Distinct().Take(MostWords)];
    }
}
