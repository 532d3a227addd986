using Recourse.Catalog;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>
/// Looking for listings by words of their titles: the longest word is looked up, all else that is wanted is compared.
/// Without words a seller's are looked through.
/// </summary>
static class ListingSearch
{
    /// <summary>Longest text to search for, in characters.</summary>
    public const int Longest = 200;

    // Two words that are each common and never together: no request looks through more than these.
    const int MostLookedAt = 2_000, Page = 200;

    static readonly Remedy Shorten = new("listing.shorten-search");

    public static async Task<Answer<Rows<ListingBody>>> Of(
        string? q, string? seller, string? category, string? to, Caller caller, IPlatform platform, string? after,
        int? limit)
    {
        if (q?.Length > Longest)
            return Problems.Of(
                [new Refusal("listing.search-too-long", Shorten, ("most", Longest)) { Field = "q" }]);
        var words = ShopWindow.WordsOf(q ?? "");
        var shown = await Positions.AreShown(platform, caller);
        var start = words.Select(ShopWindow.StartOf).OfType<string>().MaxBy(w => w.Length);
        var (index, value) = string.IsNullOrWhiteSpace(q) ? (ShopWindow.BySeller, $"seller/{seller}")
            : (ShopWindow.ByWord, start);
        return value is null ? new Rows<ListingBody>([], null, !shown)
            : Search(index, value, Fits, platform, after, Positions.Limit(limit)) with { CatchingUp = !shown };

        bool Fits(ShopRow row) => ShopWindow.Matches(row.Offer.Title, words)
            && (seller is null || row.Seller == $"seller/{seller}")
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
