using Recourse.Orders;
using Recourse.Tracking;
namespace Recourse.World.Inhabitants;

/// <summary>A carrier: reports in odd order, twice, contradicts itself, or says nothing.</summary>
public sealed class Carrier(IDoor door, string code) : Inhabitant(door, code)
{
    readonly Actor.Carrier _who = new(code);

    /// <summary>Who.</summary>
    public string Code => _who.Code;

    /// <summary>Where most of their depots are.</summary>
    public string Place { get; init; } = "Lisboa";

    /// <summary>A parcel left with a carrier, this one or another.</summary>
    public void Hear(OrderId order, string carrier)
    {
        if (carrier != _who.Code)
        {
            if (Whim(0.03)) Report(order, TrackingStatus.Delivered, Door.Now, Duration.FromDays(1));
            return;
        }
        var at = Door.Now;
        foreach (var status in (TrackingStatus[])[
            TrackingStatus.InfoReceived, TrackingStatus.InTransit, TrackingStatus.OutForDelivery,
            TrackingStatus.AttemptFail])
            if (status is TrackingStatus.AttemptFail ? Whim(0.5) : Luck(0.5))
                Report(order, status, at += Duration.FromHours(Chance.Next(1, 60)), Duration.FromDays(2));
        if (Whim(0.13)) return;                                             // never delivered
        at += Duration.FromHours(Chance.Next(1, Whim(0.1) ? 900 : 150));
        Report(order, TrackingStatus.Delivered, at, Duration.FromDays(3));
        if (Whim(0.1)) Report(order, TrackingStatus.Delivered, at, Duration.FromDays(6));
        if (Whim(0.05)) Report(order, TrackingStatus.Exception, at + Duration.FromHours(5), Duration.FromDays(6));
        if (Whim(0.03)) Report(order, TrackingStatus.Delivered, at + Duration.FromDays(900), Duration.FromDays(1));
    }

    /// <summary>A parcel, theirs or another's, is to be brought back: some can, some can't, some never say.</summary>
    public void HearRecall(ParcelId parcel)
    {
        if (Luck(0.8)) Later(Duration.FromDays(3), () =>
            Say(_who, parcel, new Parcel.Command.AnswerRecall(Luck(0.6), Luck(0.3) ? "As asked." : null)));
    }

    void Report(OrderId order, TrackingStatus status, Instant at, Duration late) => Door.At(
        Instant.Min(at, Door.Now + Duration.FromDays(60)) + late * (Chance.NextDouble() * Chance.NextDouble()),
        () => Say(_who, ParcelId.Of(order),
            new Parcel.Command.Report(new(status, at, $"{status}", Luck(0.5) ? Place : null))));
}
