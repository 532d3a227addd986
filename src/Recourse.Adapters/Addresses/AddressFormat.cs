using System.Text.RegularExpressions;
namespace Recourse.Adapters.Addresses;

/// <summary>A part of an address, in the order in which a person is asked for none of them twice.</summary>
public enum AddressPart
{
    /// <summary>Whom it goes to.</summary>
    Name,

    /// <summary>Street, number and what else leads to the door.</summary>
    Lines,

    /// <summary>A district or village that belongs to a town.</summary>
    District,

    /// <summary>Town or city.</summary>
    City,

    /// <summary>State, province, prefecture: whatever the country is divided into.</summary>
    Region,

    /// <summary>Postcode.</summary>
    Postcode,

    /// <summary>Phone number, which no country's post asks for.</summary>
    Phone,
}

/// <summary>What a country is divided into.</summary>
/// <param name="Key">As an envelope has it, e.g. <c>SP</c>.</param>
/// <param name="Name">In the country's own language.</param>
/// <param name="Latin">In Latin letters, where the name is not; null: it is.</param>
/// <param name="Iso">The part of ISO 3166-2 behind the country; null: the source has none.</param>
/// <param name="Postcodes">How postcodes there begin; null: not told.</param>
public sealed record Region(string Key, string Name, string? Latin, string? Iso, Regex? Postcodes);

/// <summary>How addresses of a country are written.</summary>
/// <param name="Parts">What stands in one, from the first line to the last, the name and the lines always.</param>
/// <param name="Required">Without which nothing arrives.</param>
/// <param name="RegionWord">What regions are called there, e.g. <c>prefecture</c>.</param>
/// <param name="PostcodeWord"><c>zip</c> or <c>postal</c>.</param>
/// <param name="Postcode">A whole postcode; null: there are none, or of any form.</param>
/// <param name="Examples">Postcodes that exist.</param>
/// <param name="Regions">All of them; empty: they don't matter to the post, or aren't known.</param>
public sealed record AddressFormat(
    string Country, ImmutableArray<AddressPart> Parts, ImmutableArray<AddressPart> Required, string RegionWord,
    string PostcodeWord, Regex? Postcode, ImmutableArray<string> Examples,
    ImmutableArray<Region> Regions)
{
    /// <summary>The region that somebody means, by its key, its name in either script or its ISO code.</summary>
    public Region? RegionOf(string? text) =>
        text is null ? null : Regions.FirstOrDefault(r => IsOf(r, Folded.Of(text)));

    static bool IsOf(Region region, string folded) =>
        folded.Length > 0 && (folded == Folded.Of(region.Key) || folded == Folded.Of(region.Name)
            || $"CO {folded}" == Folded.Of(region.Key)                                       // Ireland's counties
            || region.Latin is { } latin && folded == Folded.Of(latin)
            || region.Iso is { } iso && folded == Folded.Of(iso));
}
