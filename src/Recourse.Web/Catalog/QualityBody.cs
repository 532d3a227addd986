using Recourse.Catalog;
namespace Recourse.Web;

/// <summary>How complete a listing is, for its seller.</summary>
/// <param name="Score">From 0 to 100.</param>
/// <param name="Missing">What would make it better, what counts most first.</param>
public sealed record QualityBody(int Score, ImmutableArray<MissingBody> Missing)
{
    /// <summary>Of an offer, in the reader's words.</summary>
    internal static QualityBody Of(Offer offer, Texts texts)
    {
        var quality = ListingQuality.Of(offer);
        return new(quality.Score, [.. quality.Missing.Select(s => new MissingBody(
            s.Code, texts.Tell($"listing-quality.{s.Code}"), s.Points, s.Field))]);
    }
}

/// <summary>Something that buyers miss in a listing.</summary>
/// <param name="Points">By so much the score is higher with it.</param>
/// <param name="Field">Where it is mended, as requests call it.</param>
public sealed record MissingBody(string Code, string Detail, int Points, string Field);
