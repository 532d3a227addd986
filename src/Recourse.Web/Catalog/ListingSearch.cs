using Recourse.Catalog;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>
/// Looking for listings by words: first by those of their titles, then by all that is written of them. The longest word
/// is looked up, all else that is wanted is compared. Without words a seller's are looked through.
/// </summary>
static class ListingSearch
{
    /// <summary>Longest text to search for, in characters.</summary>
    public const int Longest = 200;

    // Two words that are each common and never together: no request looks through more than these.
    const int MostLookedAt = 2_000, Page = 200;

    // Before the place of a page that goes on in what is written, where titles have no more.
    const string InText = "text.";

    static readonly Remedy Shorten = new("listing.shorten-search");

    public static async Task<Answer<Rows<ListingBody>>> Of(
        string? q, string? seller, string? category, string? to, Caller caller, IPlatform platform, string? after,
        int? limit)
    {
        if (q?.Length > Longest)
            return Problems.Of(
                [new Refusal("listing.search-too-long", Shorten, ("most", Longest)) { Field = "q" }]);
        var words = ShopWindow.WordsOf(q ?? "");
        var (shown, most) = (await Positions.AreShown(platform, caller), Positions.Limit(limit));
        if (string.IsNullOrWhiteSpace(q))
            return Search(ShopWindow.BySeller, $"seller/{seller}", Fits, platform, after, most) with
            {
                CatchingUp = !shown,
            };
        var start = words.Select(ShopWindow.StartOf).OfType<string>().MaxBy(w => w.Length);
        var place = words.Where(w => ShopWindow.PlaceOf(w) is not null).MaxBy(w => w.Length);
        var isInText = after?.StartsWith(InText, StringComparison.Ordinal) is true;
        var rows = isInText || start is null ? new([], null, false)
            : Search(ShopWindow.ByWord, start, row => IsNamed(row) && Fits(row), platform, after, most);
        if (rows.Next is null && place is not null)
        {
            // A page that titles filled to the last place is followed by one of the rest.
            var left = most - rows.Items.Length;
            var rest = left == 0 ? new([], "", false)
                : Search(ShopWindow.ByText, ShopWindow.PlaceOf(place)!, row => !IsNamed(row)
                    && ShopWindow.IsToldOf(row.Offer, words) && Fits(row), platform,
                    isInText && after!.Length > InText.Length ? after[InText.Length..] : null, left);
            rows = new([.. rows.Items, .. rest.Items], rest.Next is null ? null : $"{InText}{rest.Next}", false);
        }
        return rows with { CatchingUp = !shown };

        bool IsNamed(ShopRow row) => ShopWindow.Matches(row.Offer.Title, words);

        bool Fits(ShopRow row) => (seller is null || row.Seller == $"seller/{seller}")
            && (category is null || row.Offer.Category == category)
            && (to is null || row.Offer.ShipsTo.Any(d => d.Country == to));
    }

    static Rows<ListingBody> Search(
        string index, string value, Func<ShopRow, bool> fits, IPlatform platform, string? after, int limit)
    {
        List<ListingBody> found = [];
        for (var looked = 0; ; )
        {
            // Never more at once than are wanted yet, so that the cursor stands behind the last one that was taken.
            var page = platform.Views.List(
                ShopWindow.View, index, value, after, Math.Min(Page, limit - found.Count));
            found.AddRange(page.Rows.Where(fits).Select(ListingEndpoints.Of));
            (after, looked) = (page.Next, looked + page.Rows.Length);
            if (after is null || found.Count >= limit || looked >= MostLookedAt) return new([.. found], after, false);
        }
    }
}
