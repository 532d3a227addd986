using System.Globalization;
using System.Text;
using PhoneNumbers;
using Recourse.Checkouts;
using Recourse.Orders;
namespace Recourse.Adapters.Addresses;

/// <summary>Something odd about an address, and what was probably meant.</summary>
/// <param name="Instead">Null: nobody can know.</param>
/// <param name="Other">Where <paramref name="Instead"/> goes; null: where the trouble is.</param>
public sealed record AddressMark(
    AddressTrouble Trouble, AddressPart Part, string? Instead = null, AddressPart? Other = null);

/// <summary>Looks at an address as somebody would who knows how they are written where it goes.</summary>
public static class AddressChecks
{
    /// <summary>All that is odd about it.</summary>
    public static ImmutableArray<AddressMark> Of(Address address)
    {
        var format = AddressFormats.Of(address.Country);
        return
        [
            .. Missing(address, format), .. Unprintable(address), .. Name(address),
            .. Region(address, format), .. Postcode(address, format), .. Town(address, format), .. Phone(address),
        ];
    }

    /// <summary>As it is recorded: where something is odd, never what is written there.</summary>
    public static AddressCheck FaultsOf(IEnumerable<AddressMark> marks, string? phoneCountry = null) =>
        new([.. marks.Select(m => new AddressFault(m.Trouble, FieldOf(m.Part)))], phoneCountry);

    /// <summary>Where its phone number is from, ISO 3166 alpha-2; null: none is written, or nobody can say.</summary>
    public static string? PhoneCountryOf(Address address) =>
        string.IsNullOrWhiteSpace(address.Phone) || NumberOf(address) is not { } number ? null : RegionOf(number);

    /// <summary>What requests call a part of an address.</summary>
    public static string FieldOf(AddressPart part) => $"{char.ToLowerInvariant($"{part}"[0])}{$"{part}"[1..]}";

    /// <summary>What is written there.</summary>
    public static string? TextOf(Address address, AddressPart part) => part switch
    {
        AddressPart.Name     => address.Name,
        AddressPart.Lines    => address.Lines.IsDefaultOrEmpty ? null : string.Join('\n', address.Lines),
        AddressPart.District => address.District,
        AddressPart.City     => address.City,
        AddressPart.Region   => address.Region,
        AddressPart.Postcode => address.Postcode,
        AddressPart.Phone    => address.Phone,
    };

    /// <summary>The address with something else there; lines are cut where they were.</summary>
    public static Address With(Address address, AddressPart part, string text) => part switch
    {
        AddressPart.Name     => address with { Name = text },
        AddressPart.Lines    => address with { Lines = [.. text.Split('\n')] },
        AddressPart.District => address with { District = text is "" ? null : text },
        AddressPart.City     => address with { City = text },
        AddressPart.Region   => address with { Region = text is "" ? null : text },
        AddressPart.Postcode => address with { Postcode = text is "" ? null : text },
        AddressPart.Phone    => address with { Phone = text is "" ? null : text },
    };

    static IEnumerable<AddressMark> Missing(Address address, AddressFormat format) =>
        from part in format.Required
        where string.IsNullOrWhiteSpace(TextOf(address, part))
        select new AddressMark(AddressTrouble.Missing, part, part is AddressPart.Region
            ? RegionFor(address.Postcode, format)?.Key : null);

    /// <summary>Signs that no label shows: emoji, and what turns the direction of writing.</summary>
    static IEnumerable<AddressMark> Unprintable(Address address)
    {
        foreach (var part in Enum.GetValues<AddressPart>())
            if (TextOf(address, part) is { } text && Printable(text) is var printed && printed != text)
                yield return new(AddressTrouble.Unprintable, part, printed.Any(char.IsLetterOrDigit) ? printed : null);
    }

    static string Printable(string text)
    {
        var printed = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.OtherSymbol or UnicodeCategory.Surrogate
                    or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
                && rune.Value is not (0xFE0F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069)
                    or (>= 0x1F3FB and <= 0x1F3FF)) || rune.Value is '°' or '№')
                printed.Append(rune);
        return printed.Length == text.Length ? text : string.Join(' ', $"{printed}".Split(
            ' ', StringSplitOptions.RemoveEmptyEntries));
    }

    static IEnumerable<AddressMark> Name(Address address)
    {
        if (!string.IsNullOrWhiteSpace(address.Name) && NameShapes.Of(address.Name) is { } trouble)
            yield return new(trouble, AddressPart.Name);
    }

    static IEnumerable<AddressMark> Region(Address address, AddressFormat format)
    {
        if (format.Regions.IsEmpty || string.IsNullOrWhiteSpace(address.Region)
            || format.RegionOf(address.Region) is not null) yield break;
        var wanted = Folded.Of(address.Region);
        var near = format.Regions.Where(r => Folded.AreNear(wanted, Folded.Of(r.Name))
            || r.Latin is { } latin && Folded.AreNear(wanted, Folded.Of(latin))).Take(2).ToList();
        yield return new(AddressTrouble.NoSuchRegion, AddressPart.Region,
            (near is [var one] ? one : RegionFor(address.Postcode, format))?.Key);
    }

    static IEnumerable<AddressMark> Postcode(Address address, AddressFormat format)
    {
        if (format.Postcode is not { } form || string.IsNullOrWhiteSpace(address.Postcode)) yield break;
        var written = Narrow(address.Postcode);
        if (!form.IsMatch(written))
        {
            yield return new(AddressTrouble.PostcodeForm, AddressPart.Postcode, Mended(written, format));
            yield break;
        }
        if (format.RegionOf(address.Region) is { Postcodes: { } there } region && !there.IsMatch(written))
            yield return RegionFor(written, format) is { } other && other != region
                ? new(AddressTrouble.PostcodeElsewhere, AddressPart.Postcode, other.Key, AddressPart.Region)
                : new(AddressTrouble.PostcodeElsewhere, AddressPart.Postcode);
    }

    /// <summary>In one width and with one kind of dash: a Japanese keyboard has several.</summary>
    static string Narrow(string text) => string.Concat(text.Normalize(NormalizationForm.FormKC).Trim()
        .Select(c => c is 'ー' || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.DashPunctuation
            ? '-' : c));

    /// <summary>The same signs as the country's post writes them; null: they don't make a postcode.</summary>
    static string? Mended(string written, AddressFormat format)
    {
        var signs = string.Concat(written.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        IEnumerable<string> bare =
        [
            signs,
            .. signs.StartsWith(format.Country, StringComparison.Ordinal) ? [signs[format.Country.Length..]]
                : (string[])[],
            signs.TrimStart([.. "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]),
            signs.Replace('O', '0').Replace('I', '1').Replace('L', '1'),
        ];
        foreach (var one in bare.Distinct())
            foreach (var shape in format.Examples.Append(one))
                if (Shaped(one, shape) is { } text && format.Postcode!.IsMatch(text)) return text;
        return null;
    }

    /// <summary>Signs with the blanks and dashes of an example between them.</summary>
    static string? Shaped(string signs, string example)
    {
        if (example.Count(char.IsLetterOrDigit) != signs.Length) return null;
        var next = 0;
        return string.Concat(example.Select(c => char.IsLetterOrDigit(c) ? signs[next++] : c));
    }

    /// <summary>The one region whose postcodes begin so.</summary>
    static Region? RegionFor(string? postcode, AddressFormat format) =>
        postcode is not null && format.Postcode is { } form && Narrow(postcode) is var written && form.IsMatch(written)
        && format.Regions.Where(r => r.Postcodes?.IsMatch(written) ?? false).Take(2).ToList() is [var only]
            ? only : null;

    /// <summary>One of the region's towns, mistyped. Lists of towns are never whole, so nothing else is said.</summary>
    static IEnumerable<AddressMark> Town(Address address, AddressFormat format)
    {
        if (string.IsNullOrWhiteSpace(address.City) || format.RegionOf(address.Region) is not { } region) yield break;
        var towns = AddressFormats.TownsOf(address.Country, region);
        var written = Folded.Of(address.City);
        if (towns.IsEmpty || towns.Any(t => Folded.Of(t) == written)) yield break;
        var near = towns.Where(t => Folded.AreNear(Folded.Of(t), written)).Take(2).ToList();
        if (near is [var one]) yield return new(AddressTrouble.TownMistyped, AddressPart.City, one);
    }

    static IEnumerable<AddressMark> Phone(Address address)
    {
        if (string.IsNullOrWhiteSpace(address.Phone)) yield break;
        if (NumberOf(address) is not { } number) yield return new(AddressTrouble.PhoneForm, AddressPart.Phone, "");
        else if (RegionOf(number) is { } region && region != address.Country)
            yield return new(AddressTrouble.PhoneElsewhere, AddressPart.Phone);
    }

    static PhoneNumber? NumberOf(Address address)
    {
        var book = PhoneNumberUtil.GetInstance();
        try
        {
            var number = book.Parse(address.Phone, address.Country);
            return book.IsPossibleNumberWithReason(number) is PhoneNumberUtil.ValidationResult.IS_POSSIBLE
                ? number : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    static string? RegionOf(PhoneNumber number) => PhoneNumberUtil.GetInstance().GetRegionCodeForNumber(number);
}
