using System.Globalization;
using System.Text;
namespace Recourse.Catalog;

/// <summary>A listing as buyers and its seller see it.</summary>
/// <param name="Id">Text of the listing's id.</param>
/// <param name="Seller">Text of the seller's id.</param>
/// <param name="IsOffered">False while it is paused, sold out or held: then only its seller and staff find it.</param>
/// <param name="Position">Its place in the order of first being shown.</param>
/// <param name="State">The listing's state, by the name of its type.</param>
/// <param name="Held">Prices that wait for its seller; null: none do.</param>
public sealed record ShopRow(
    string Id, string Seller, Offer Offer, bool IsOffered, long Position, string State, HeldRow? Held = null);

/// <summary>Prices that wait for their seller.</summary>
/// <param name="IsNew">Nothing was shown before.</param>
/// <param name="Goods">Goods that its words name; null or none: it waits for its prices.</param>
/// <param name="Ways">What sending it costs, where that looks wrong; null: nowhere.</param>
/// <param name="Meanwhile">What buyers see; null: what was shown before.</param>
public sealed record HeldRow(
    ImmutableArray<PriceDoubt> Prices, bool IsNew, Instant HeldAt, Instant Due,
    ImmutableArray<GoodsNamed>? Goods = null, ImmutableArray<WayDoubt>? Ways = null, Meanwhile? Meanwhile = null);

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

    /// <summary>What is on offer under a title with a word that starts so; see <see cref="StartOf"/>.</summary>
    public const string ByWord = "word";

    /// <summary>What is on offer with such a word in what is written of it; see <see cref="PlaceOf"/>.</summary>
    public const string ByText = "text";

    /// <summary>A seller's listings whose prices wait for them, the soonest due first.</summary>
    public const string ByHeld = "held";

    // Whoever types finds after two letters; more words than these make no title easier to find.
    const int ShortestStart = 2, LongestStart = 12, MostWords = 12;

    // Of all that is written of a thing, words are found by their first letters and then compared.
    const int Letters = 4, ShortestPlace = 3, MostOfText = 1_000, MostPlaces = 150;

    /// <summary>The view.</summary>
    public static readonly View<ShopRow> View = new()
    {
        Name = "shop-window", Version = 6, Hears = [typeof(Listing.Event)],
        Keys = recorded => recorded is { Id: ListingId id, Event: Listing.Event and not Listing.Event.Imported }
            ? [$"{id}"] : [],
        Fold = Fold, Index = Index,
    };

    static ShopRow? Fold(string key, ShopRow? row, Recorded recorded) => (Listing.Event)recorded.Event switch
    {
        Listing.Event.Published e => new(
            key, OwnerOf(recorded), e.Offer, true, recorded.Position, nameof(Listing.State.InWindow)),
        Listing.Event.Revised e   => row! with { Offer = e.Offer, Held = null },
        Listing.Event.PriceHeld e => Hold(key, row, recorded, e.Offer,
            new(e.Prices, false, recorded.At, e.Deadline.Due, null, e.Ways, e.Meanwhile)),
        Listing.Event.GoodsHeld e => Hold(key, row, recorded, e.Offer,
            new([], false, recorded.At, e.Deadline.Due, e.Goods, null, e.Meanwhile)),
        Listing.Event.GoodsAnswered => row! with { Held = null },
        Listing.Event.Barred e => (row ?? new(key, OwnerOf(recorded), e.Offer, false, recorded.Position, "")) with
        {
            Offer = e.Offer, IsOffered = false, State = nameof(Listing.State.Barred), Held = null,
        },
        Listing.Event.PriceConfirmed or Listing.Event.HoldOverturned => row! with { Held = null },
        Listing.Event.HoldLapsed  => row!.State is nameof(Listing.State.Held)
            || row.Held?.Meanwhile is Meanwhile.Hidden or Meanwhile.UntilDue
            ? row with { Held = null, IsOffered = false, State = nameof(Listing.State.Unconfirmed) }
            : row with { Held = null },
        Listing.Event.SoldOut     => row! with { IsOffered = false, State = nameof(Listing.State.SoldOut) },
        Listing.Event.Restocked   => row! with { IsOffered = true, State = nameof(Listing.State.InWindow) },
        // Whoever is warned late has their full notice.
        Listing.Event.HoldWarned e => row! with
        {
            Held = row.Held is { } h ? h with { Due = e.Deadline.Due } : null,
        },
        Listing.Event.RanOut or Listing.Event.CameBack => row,
        Listing.Event.Paused      => row! with { IsOffered = false, State = nameof(Listing.State.Away) },
        Listing.Event.Resumed     => row! with { IsOffered = true, State = nameof(Listing.State.InWindow) },
        Listing.Event.Imported    => row,
    };

    static string OwnerOf(Recorded recorded) => $"{((ListingId)recorded.Id).Seller}";

    static ShopRow Hold(string key, ShopRow? row, Recorded recorded, Offer offer, HeldRow held)
    {
        row ??= new(key, OwnerOf(recorded), offer, false, recorded.Position, nameof(Listing.State.Held));
        if (held.Meanwhile is Meanwhile.Hidden && (row.IsOffered || row.State is nameof(Listing.State.SoldOut)))
            row = row with { IsOffered = false, State = nameof(Listing.State.Held) };
        var isNew = row.State
            is nameof(Listing.State.Held) or nameof(Listing.State.Unconfirmed) or nameof(Listing.State.Barred);
        return row with
        {
            Held = held with { IsNew = isNew }, Offer = isNew ? offer : row.Offer,
            State = isNew ? nameof(Listing.State.Held) : row.State,
        };
    }

    static IEnumerable<Found> Index(string key, ShopRow row)
    {
        var sort = $"{row.Position:D19}";
        yield return new(Scope.Index, row.Seller, sort);
        yield return new(Scope.Index, Scope.All, sort);
        // Lists show the greatest first, so what is due sooner must be greater.
        if (row.Held is { } held)
            yield return new(ByHeld, row.Seller, $"{long.MaxValue - held.Due.ToUnixTimeTicks():D19}");
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
        foreach (var place in WordsOf(TextOf(row.Offer), MostOfText).Select(PlaceOf).OfType<string>().Distinct()
            .Take(MostPlaces))
            yield return new(ByText, place, sort);
    }

    /// <summary>All that is written of a thing, its title first.</summary>
    public static string TextOf(Offer offer) => string.Join('\n',
    [
        offer.Title, .. offer.Variants.Select(v => v.Title), .. offer.Said.Select(s => s.Value),
        offer.Description ?? "",
    ]);

    /// <summary>Under which start a word of a text is found; null: it is too short to look for.</summary>
    public static string? PlaceOf(string word) =>
        word.Length < ShortestPlace ? null : word[..Math.Min(word.Length, Letters)];

    /// <summary>Whether a thing has, for each of these words, one that starts so in what is written of it.</summary>
    public static bool IsToldOf(Offer offer, ImmutableArray<string> words)
    {
        var own = WordsOf(TextOf(offer), MostOfText);
        return words.All(w => own.Any(t => t.StartsWith(w, StringComparison.Ordinal)));
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

    /// <summary>The words of a title, in small letters and without accents.</summary>
    public static ImmutableArray<string> WordsOf(string text) => WordsOf(text, MostWords);

    static ImmutableArray<string> WordsOf(string text, int most)
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
        return [.. words.Distinct().Take(most)];
    }
}
