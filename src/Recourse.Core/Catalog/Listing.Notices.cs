using Recourse.Exchange;
namespace Recourse.Catalog;

public static partial class Listing
{
    /// <summary>What a seller is told of a listing that they didn't do themselves.</summary>
    public static IEnumerable<Notice> Notices(ListingId id, State? now, Event @event)
    {
        return @event switch
        {
            Event.PriceHeld e => [ToSeller("price-held", Matter.Decisions, e.Why)],
            Event.GoodsHeld e => [ToSeller("goods-held", Matter.Decisions, e.Why)],
            Event.Barred e    => [ToSeller("listing-barred", Matter.Decisions, e.Why)],
            Event.HoldWarned e => [ToSeller(
                "hold-lapses-soon", Matter.Deadlines, null, ("listing", id.Code), ("due", e.Deadline.Due))],
            Event.HoldLapsed when now is State.Unconfirmed =>
                [ToSeller("listing-unconfirmed", Matter.Deadlines, null, ("listing", id.Code))],
            Event.HoldLapsed  => [ToSeller("price-dropped", Matter.Deadlines, null, ("listing", id.Code))],
            Event.SoldOut     => [ToSeller("listing-sold-out", Matter.Deadlines, null, ("listing", id.Code))],
            Event.Revised e   => [.. PricesMoved(e), .. WaysMoved(e)],
            Event.RanOut or Event.CameBack or Event.Restocked or Event.Published
                or Event.PriceConfirmed or Event.GoodsAnswered or Event.HoldOverturned or Event.Paused or Event.Resumed
                or Event.Imported => Array.Empty<Notice>(),
        };

        IEnumerable<Notice> PricesMoved(Event.Revised e) => e.Moves is not [var first, ..] ? [] :
            [ToSeller("price-moved", Matter.Deadlines, null,
                ("listing", id.Code), ("sku", first.Sku.Code), ("was", first.Was), ("now", first.Now),
                ("sources", SourcesOf(first.Rate)), ("date", DayOf(first.Rate)), ("prices", e.Moves.Value.Length))];

        IEnumerable<Notice> WaysMoved(Event.Revised e) => e.Ways is not [var first, ..] ? [] :
            [ToSeller("way-moved", Matter.Deadlines, null,
                ("listing", id.Code), ("service", first.Service), ("country", first.Country), ("was", first.Was),
                ("now", first.Now), ("sources", SourcesOf(first.Rate)), ("date", DayOf(first.Rate)),
                ("ways", e.Ways.Value.Length))];

        Notice ToSeller(string code, Matter topic, Statement? why, params ImmutableArray<Named> facts) =>
            new(code, topic, $"{id.Seller}", Party.Seller, id, facts, why);
    }

    static string SourcesOf(RateMark rate) => rate.Sources.Replace("+", ", ").ToUpperInvariant();
    static string DayOf(RateMark rate) => NodaTime.Text.LocalDatePattern.Iso.Format(rate.Date);
}
