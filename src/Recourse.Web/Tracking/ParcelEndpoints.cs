using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Orders;
using Recourse.Runtime;
using Recourse.Tracking;
namespace Recourse.Web;

/// <summary>A parcel and all that was said of it, ordered by when it happened.</summary>
public sealed record ParcelBody(
    ParcelId Id, OrderId Order, string Carrier, string TrackingNumber, TrackingStatus Status,
    ImmutableArray<TrackingBody> Events);

/// <summary>One thing that a carrier says.</summary>
/// <param name="At">When it happened (UTC).</param>
/// <param name="Note">The carrier's own words.</param>
/// <param name="Place">Where.</param>
public sealed record TrackingBody(TrackingStatus Status, Instant At, string? Note = null, string? Place = null);

/// <summary>Parcels, and what carriers report.</summary>
static class ParcelEndpoints
{
    const Party Reporters = Party.Carrier | Party.Integration | Party.Staff;
    const Party Readers = Reporters | Party.Buyer | Party.Seller | Party.Warehouse;

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/parcels/{seller}/{code}", Get).For(Readers).WithName("getParcel").WithTags("Parcels")
            .WithSummary("One parcel, with what its carrier said.");
        v1.MapPost("/parcels/{seller}/{code}/events", Report).For(Reporters).WithName("reportParcel")
            .WithTags("Parcels").WithSummary("The carrier reports; delivery starts the time to object.");
        v1.MapPost("/tracking/{carrier}/{number}/events", ReportByNumber).For(Reporters).WithName("reportByNumber")
            .WithTags("Parcels").WithSummary("The same, by carrier and tracking number.");
    }

    static async Task<Answer<ParcelBody>> Get(string seller, string code, Caller caller, IPlatform platform) =>
        ParcelId.TryParse($"parcel/{seller}/{code}", out var id)
        && await platform.Read(id, caller.Who, caller.Cancel) is { } seen
            ? Answer<ParcelBody>.Of(Of(id, (Parcel.State)seen.State), seen) : Problems.NotFound;

    static async Task<Answer<ParcelBody>> Report(
        string seller, string code, WriteOf<TrackingBody> write, IPlatform platform) =>
        ParcelId.TryParse($"parcel/{seller}/{code}", out var id) ? await Ask(id, write, platform) : Problems.NotFound;

    /// <summary>Which parcels bear the number, the view says; whose they are, each says itself.</summary>
    static async Task<Answer<ParcelBody>> ReportByNumber(
        string carrier, string number, WriteOf<TrackingBody> write, IPlatform platform)
    {
        await Positions.AreShown(platform, write.By);
        if (platform.Views.Find(ParcelsByNumber.View, ParcelsByNumber.Key(carrier, number)) is not { } found)
            return Problems.NotFound;
        List<ParcelId> mine = [];
        foreach (var text in found.Parcels)
            if (ParcelId.TryParse(text, out var id)
                && await platform.Read(id, write.By.Who, write.By.Cancel) is not null)
                mine.Add(id);
        return mine switch
        {
            []       => Problems.NotFound,
            [var id] => await Ask(id, write, platform),
            _        => new Problem(409, new Refusal("api.several-parcels", new("api.name-the-parcel"),
                            ("parcels", string.Join(", ", mine)))),
        };
    }

    static async Task<Answer<ParcelBody>> Ask(ParcelId id, WriteOf<TrackingBody> write, IPlatform platform)
    {
        var b = write.Body;
        var outcome = await platform.Ask(
            write.To(id, new Parcel.Command.Report(new(b.Status, b.At, b.Note, b.Place))), write.By.Cancel);
        return outcome is Outcome.Done done
            ? Answer<ParcelBody>.Of(Of(id, (Parcel.State)done.State), done) : Problems.Of(outcome);
    }

    /// <summary>A parcel's state as a body.</summary>
    public static ParcelBody Of(ParcelId id, Parcel.State s) => new(
        id, id.Order, s.Handover.Carrier, s.Handover.TrackingNumber, s.Status,
        [.. s.Events.Select(e => new TrackingBody(e.Status, e.At, e.Note, e.Place))]);
}
