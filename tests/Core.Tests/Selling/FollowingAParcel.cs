using CsCheck;
using Recourse.Orders;
using Recourse.Tracking;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

[Trait("Capability", "TRK-1")]
public sealed class FollowingAParcel
{
    static readonly ParcelId Id = ParcelId.Of(Sold);
    static readonly Parcel.State Left = Parcel.Evolve(
        null, new Parcel.Event.Registered(new("dhl", "RR473124829GB", Wednesday), Ana));

    static TrackingEvent Said(TrackingStatus status, int hour, string? note = null) =>
        new(status, Wednesday + Duration.FromHours(hour), note, Place: null);

    static Decision<Parcel.Event> Report(Parcel.State? state, TrackingEvent said, Actor? who = null) =>
        Parcel.Decide(Id, state, new Parcel.Command.Report(said), new Asked(who ?? Carrier, Wednesday, Published));

    static Parcel.State After(IEnumerable<TrackingEvent> reports) => reports.Aggregate(Left, (state, said) =>
        Report(state, said).Events.Aggregate(state, (s, e) => Parcel.Evolve(s, e)));

    static readonly Gen<TrackingEvent> Anything = Gen.Select(
        Gen.Enum<TrackingStatus>(), Gen.Int[0, 20], Gen.OneOf("", "left the depot", "Ünder wegs"),
        (status, hour, note) => Said(status, hour, note is "" ? null : note));

    [Fact]
    public void Shows_the_same_whatever_the_order_and_however_often_a_report_comes() => (
        from reports in Anything.Array[1, 12]
        from again in Gen.Shuffle((TrackingEvent[])[.. reports, .. reports.Take(5)])
        select (reports, again)).Sample((reports, again) =>
        {
            var (one, other) = (After(reports), After(again));
            Assert.Equal(one.Events, other.Events);
            Assert.Equal(one.Status, other.Status);
        });

    [Fact]
    public void Stays_delivered_whatever_a_carrier_says_later() => Assert.Equal(TrackingStatus.Delivered,
        After([Said(TrackingStatus.Delivered, 5), Said(TrackingStatus.InTransit, 9)]).Status);

    [Fact]
    public void Tells_its_order_of_the_first_delivery_only()
    {
        var state = Left;
        List<Order.Command> told = [];
        foreach (var said in (TrackingEvent[])[Said(TrackingStatus.InTransit, 1), Said(TrackingStatus.Delivered, 5),
            Said(TrackingStatus.Delivered, 5), Said(TrackingStatus.Delivered, 6)])
        {
            foreach (var e in Report(state, said).Events)
            {
                state = Parcel.Evolve(state, e);
                told.AddRange(Parcel.React(Id, state, e).OfType<Intent.Require>()
                    .Select(r => (Order.Command)r.Message.Command));
            }
        }
        Assert.Equal([new Order.Command.ConfirmDelivery(Wednesday + Duration.FromHours(5))], told);
        Assert.Equal(3, state.Events.Length);
    }

    [Theory]
    [InlineData(25, 0, 0, "parcel.bad-instant")]
    [InlineData(-24 * 365 * 27, 0, 0, "parcel.bad-instant")]
    [InlineData(0, 301, 0, "parcel.too-long")]
    [InlineData(0, 0, 101, "parcel.too-long")]
    public void Refuses_what_can_not_be(int hours, int note, int place, string code)
    {
        var said = Said(TrackingStatus.InTransit, hours, new('x', note)) with { Place = new('x', place) };
        Assert.Equal(code, Assert.Single(Report(Left, said).Refusals).Code);
    }

    [Fact]
    public void Refuses_a_status_that_does_not_exist() =>
        Assert.Equal("parcel.bad-status", Assert.Single(Report(Left, Said((TrackingStatus)99, 0)).Refusals).Code);

    [Fact]
    public void Hears_its_own_carrier_and_the_platforms_people_and_nobody_else()
    {
        var said = Said(TrackingStatus.InTransit, 1);
        foreach (var who in (Actor[])[Carrier, Agent, Operator, Import])
            Assert.Single(Report(Left, said, who).Events);
        foreach (var who in (Actor[])[Seller, Buyer, Warehouse, Clock])
            Assert.Equal("parcel.not-now", Assert.Single(Report(Left, said, who).Refusals).Code);
        foreach (var who in (Actor[])[new Actor.Carrier("ups"), Stranger, OtherSeller, TheCheckout])
            Assert.Equal("kernel.not-found", Assert.Single(Report(Left, said, who).Refusals).Code);
        Assert.Equal("kernel.not-found", Assert.Single(Report(null, said).Refusals).Code);
    }

    [Fact]
    public void Is_seen_by_its_buyer_and_its_seller()
    {
        Assert.Equal(Party.Buyer, Parcel.PartyOf(Id, Left, Buyer));
        Assert.Equal(Party.Seller, Parcel.PartyOf(Id, Left, Seller));
        Assert.Null(Parcel.PartyOf(Id, Left, Stranger));
    }

    [Fact]
    public void Keeps_a_bounded_number_of_reports_and_still_hears_of_the_delivery()
    {
        var reports = Enumerable.Range(0, 1_000).Select(i => Said(TrackingStatus.InTransit, 0, $"{i}"));
        var many = Left with { Events = [.. reports] };
        Assert.Equal("parcel.too-many-reports",
            Assert.Single(Report(many, Said(TrackingStatus.InTransit, 1)).Refusals).Code);
        Assert.Single(Report(many, Said(TrackingStatus.Delivered, 1)).Events);
    }
}
