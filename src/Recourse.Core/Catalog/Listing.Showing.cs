namespace Recourse.Catalog;

/// <summary>Something that is said of a thing in few words.</summary>
/// <param name="Name">
/// One of the rulebook's, such as <c>material</c>, which has words in each language; or the seller's own.
/// </param>
public sealed record Spec(string Name, string Value);

/// <summary>A picture that is kept outside of the log.</summary>
/// <param name="Name">What it is kept under: made of what it contains.</param>
/// <param name="Alt">What is to be seen on it, for whoever doesn't see it.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
public sealed record Picture(string Name, string Alt, int Width, int Height)
{
    /// <summary>How long a name is: hexadecimal digits in small letters.</summary>
    public const int NameLength = 40;

    /// <summary>Whether a text can be the name of one.</summary>
    public static bool IsName(string? text) => text?.Length is NameLength && text.All(char.IsAsciiHexDigitLower);
}

public static partial class Listing
{
    const int LongestDescription = 4_000, MostSpecs = 40, LongestSpec = 200, LongestAlt = 200, MostPictures = 8;

    /// <summary>What was to be shown last, whether or not it is; null: nothing ever was.</summary>
    public static Offer? WantedOf(State? state) => state switch
    {
        State.Live { Doubt: { } d } => d.Offer,
        State.Unconfirmed s         => s.Draft,
        State.Barred s              => s.Draft,
        State.Live s                => s.Offer,
        State.Imported or null      => null,
    };

    /// <summary>Pictures of which a change says nothing stay; what says nothing is left out.</summary>
    static Offer Described(Offer offer, State? state) => offer with
    {
        Description = offer.Description?.ReplaceLineEndings("\n").Trim() is { Length: > 0 } text ? text : null,
        Specs = offer.Said.IsDefaultOrEmpty ? null
            : [.. offer.Said.Select(s => new Spec(s.Name?.Trim() ?? "", s.Value?.Trim() ?? ""))],
        Pictures = (offer.Pictures ?? WantedOf(state)?.Pictures) is { IsDefaultOrEmpty: false } seen ? seen : null,
    };

    static Decision<Event> ChangePictures(
        ListingId id, State? state, Func<ImmutableArray<Picture>, ImmutableArray<Picture>> change,
        Fact<PeerPrices>? peers, Asked asked, Party party)
    {
        if (state is null) return Refusal.NotFound;
        if (WantedOf(state) is not { } wanted) return NotNow(state, party);
        return Publish(id, state, wanted with { Pictures = change(wanted.Seen) }, peers, rates: null, asked, wanted);
    }

    static Decision<Event> Drop(ListingId id, State? state, Command.DropPicture c, Asked asked, Party party) =>
        ChangePictures(id, state, seen => seen.RemoveAll(p => p.Name == c.Name), c.Peers, asked, party);

    // Said twice, done once: the same picture again is the same picture with its newer words.
    static Decision<Event> Add(ListingId id, State? state, Command.AddPicture c, Asked asked, Party party) =>
        ChangePictures(
            id, state, seen => seen.Any(p => p.Name == c.Picture.Name)
                ? [.. seen.Select(p => p.Name == c.Picture.Name ? c.Picture : p)] : seen.Add(c.Picture),
            c.Peers, asked, party);

    /// <summary>All that is wrong with what is told and shown of it.</summary>
    static IEnumerable<Refusal> ShowingFaults(Offer offer)
    {
        if (offer.Description is { } text
            && (text.Length > LongestDescription || text.Any(c => char.IsControl(c) && c is not '\n')))
            yield return new Refusal("listing.bad-description", Mend, ("most", LongestDescription))
                { Field = "description" };
        if (offer.Said.Length > MostSpecs) yield return BadCount("specs", offer.Said.Length, MostSpecs);
        foreach (var (i, s) in offer.Said.Take(MostSpecs).Index())
        {
            if (!IsText(s.Name, Derived.Longest)) yield return BadSpec($"specs[{i}].name");
            if (!IsText(s.Value, LongestSpec)) yield return BadSpec($"specs[{i}].value");
        }
        foreach (var (i, name) in Repeated(offer.Said.Select(s => s.Name.ToUpperInvariant())))
            yield return Twice($"specs[{i}].name", offer.Said[i].Name);
        if (offer.Seen.Length > MostPictures) yield return BadCount("pictures", offer.Seen.Length, MostPictures);
        foreach (var (i, p) in offer.Seen.Take(MostPictures).Index())
        {
            if (!Picture.IsName(p.Name) || p.Width < 1 || p.Height < 1) yield return NoSuchPicture(i);
            if (!IsText(p.Alt, LongestAlt))
                yield return new Refusal("listing.bad-alt", Mend, ("most", LongestAlt))
                    { Field = $"pictures[{i}].alt" };
        }
        foreach (var (i, name) in Repeated(offer.Seen.Select(p => p.Name))) yield return Twice($"pictures[{i}]", name);
    }

    static bool IsText(string? text, int most) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= most && !text.Any(char.IsControl);

    static Refusal BadSpec(string field) => new("listing.bad-spec", Mend, ("most", LongestSpec)) { Field = field };

    /// <summary>A picture is named that isn't kept.</summary>
    /// <param name="nth">From 0.</param>
    public static Refusal NoSuchPicture(int nth) =>
        new("listing.no-such-picture", new("listing.add-picture")) { Field = $"pictures[{nth}]" };

    static bool IsShownAlike(Offer a, Offer b) =>
        a.Description == b.Description && a.Said.SequenceEqual(b.Said) && a.Seen.SequenceEqual(b.Seen);
}
