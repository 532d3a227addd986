using Recourse.Orders;
namespace Recourse.Tracking;

/// <summary>Which parcels bear a number; more than one is a matter to look into.</summary>
/// <param name="Parcels">Texts of the parcels' ids, the first to be registered first; the oldest 20.</param>
public sealed record ParcelNumber(string Carrier, string Number, ImmutableArray<string> Parcels);

/// <summary>How a carrier's report finds its parcel.</summary>
public static class ParcelsByNumber
{
    const int Most = 20;

    /// <summary>The view; by key a parcel is found by how its number starts.</summary>
    public static readonly View<ParcelNumber> View = new()
    {
        Name = "parcels-by-number", Version = 2, Hears = [typeof(Parcel.Event.Registered)],
        Keys = recorded => recorded is { Event: Parcel.Event.Registered { Handover: var h } }
            ? [Key(h.Carrier, h.TrackingNumber)] : [],
        Fold = Fold,
    };

    /// <summary>The row's key for a number as somebody wrote it.</summary>
    public static string Key(string carrier, string number) => $"{Handover.Tidy(number)}/{carrier}";

    static ParcelNumber Fold(string key, ParcelNumber? row, Recorded recorded)
    {
        var handover = ((Parcel.Event.Registered)recorded.Event).Handover;
        row ??= new(handover.Carrier, handover.TrackingNumber, []);
        return row.Parcels.Length < Most ? row with { Parcels = row.Parcels.Add($"{recorded.Id}") } : row;
    }
}
