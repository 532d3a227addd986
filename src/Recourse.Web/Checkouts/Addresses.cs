using Recourse.Adapters.Addresses;
namespace Recourse.Web;

/// <summary>
/// What can be taken as an address at all. Whether one is complete, and likely, is found by a checkout's checks.
/// </summary>
static class Addresses
{
    const int LongestLine = 200, MostLines = 5;

    public static IEnumerable<Refusal> Faults(AddressBody? address, string? country)
    {
        if (address is null) yield break;
        if (address.Country != country) yield return Bad("country");
        if (!IsText(address.Name)) yield return Bad("name");
        if (!IsText(address.City)) yield return Bad("city");
        if (address.Lines.IsDefault || address.Lines.Length > MostLines || !address.Lines.All(IsText))
            yield return Bad("lines");
        if (!IsText(address.District ?? "")) yield return Bad("district");
        if (!IsText(address.Region ?? "")) yield return Bad("region");
        if (!IsText(address.Postcode ?? "")) yield return Bad("postcode");
        if (!IsText(address.Phone ?? "")) yield return Bad("phone");
        foreach (var part in Enum.GetValues<AddressPart>())
            if (!address.Lines.IsDefault && CardNumbers.AreIn(AddressChecks.TextOf(address.ToAddress(), part)))
                yield return Problems.BadField("api.card-number", $"shipTo.{AddressChecks.FieldOf(part)}");
    }

    static Refusal Bad(string field) => Problems.BadField("api.bad-address", $"shipTo.{field}", ("most", LongestLine));

    static bool IsText(string? text) =>
        text is not null && text.Length <= LongestLine && !text.Any(char.IsControl);
}
