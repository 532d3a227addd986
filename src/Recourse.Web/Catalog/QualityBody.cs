using Recourse.Catalog;
namespace Recourse.Web;

/// <summary>How complete a listing is, for its seller.</summary>
/// <param name="Score">From 0 to 100.</param>
/// <param name="Missing">What would make it better, what counts most first.</param>
public sealed record QualityBody(int Score, ImmutableArray<MissingBody> Missing)
{
    /// <summary>Of an offer, in the reader's words.</summary>
    internal static QualityBody Of(Offer offer, Texts texts, SpecRules specs)
    {
        var quality = ListingQuality.Of(offer, specs);
        return new(quality.Score, [.. quality.Missing.Select(s => new MissingBody(
            s.Code, s.Spec is { } spec
                ? texts.Fill($"listing-quality.{s.Code}", [("spec", NameOf(spec, texts))])
                : texts.Tell($"listing-quality.{s.Code}"), s.Points, s.Field))]);
    }

    /// <summary>What a specification is called; the seller's own are called as they say.</summary>
    internal static string NameOf(string spec, Texts texts) =>
        texts.Has($"spec.{spec}") ? texts.Tell($"spec.{spec}") : spec;
}

/// <summary>Something that buyers miss in a listing.</summary>
/// <param name="Points">By so much the score is higher with it.</param>
/// <param name="Field">Where it is mended, as requests call it.</param>
public sealed record MissingBody(string Code, string Detail, int Points, string Field);
