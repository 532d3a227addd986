namespace Recourse.Catalog;

/// <summary>Which pictures a listing shows, or would.</summary>
/// <param name="Listing">Text of the listing's id.</param>
/// <param name="Shown">Names of pictures of what was shown last, whether or not it still is.</param>
/// <param name="Waiting">Of what waits for its seller, or waited when it lapsed or was barred.</param>
public sealed record PictureUse(string Listing, ImmutableArray<string> Shown, ImmutableArray<string> Waiting);

/// <summary>Who shows which pictures; those that nobody does can go.</summary>
public static class PictureUses
{
    /// <summary>Listings with a picture, by its name.</summary>
    public const string ByPicture = "picture";

    /// <summary>The view.</summary>
    public static readonly View<PictureUse> View = new()
    {
        Name = "picture-uses", Version = 1,
        Keys = r => r is { Id: ListingId id, Event: Listing.Event e } && OfferIn(e) is { } offer
            && (!offer.Seen.IsEmpty || e is Listing.Event.Revised) ? [$"{id}"] : [],
        Fold = (key, row, r) => Fold(row ?? new(key, [], []), (Listing.Event)r.Event)
            is { } now && (now.Shown.Length, now.Waiting.Length) != (0, 0) ? now : null,
        Index = (key, row) => row.Shown.Concat(row.Waiting).Distinct().Select(name => new Found(ByPicture, name, key)),
    };

    static PictureUse Fold(PictureUse row, Listing.Event @event) => @event switch
    {
        Listing.Event.Published e => row with { Shown = NamesIn(e.Offer), Waiting = [] },
        // What the platform moves leaves what lapsed to be shown on appeal.
        Listing.Event.Revised { Moves: null, Ways: null } e => row with { Shown = NamesIn(e.Offer), Waiting = [] },
        Listing.Event.Revised e   => row with { Shown = NamesIn(e.Offer) },
        Listing.Event.PriceHeld e => row with { Waiting = NamesIn(e.Offer) },
        Listing.Event.GoodsHeld e => row with { Waiting = NamesIn(e.Offer) },
        Listing.Event.Barred e    => row with { Waiting = NamesIn(e.Offer) },
        _                         => row,
    };

    static ImmutableArray<string> NamesIn(Offer offer) => [.. offer.Seen.Select(p => p.Name)];

    static Offer? OfferIn(Listing.Event @event) => @event switch
    {
        Listing.Event.Published e => e.Offer,
        Listing.Event.Revised e   => e.Offer,
        Listing.Event.PriceHeld e => e.Offer,
        Listing.Event.GoodsHeld e => e.Offer,
        Listing.Event.Barred e    => e.Offer,
        _                         => null,
    };
}
