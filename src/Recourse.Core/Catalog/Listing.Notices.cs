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
            Event.HoldLapsed  => [ToSeller("price-dropped", Matter.Deadlines, null, ("listing", id.Code))],
            Event.SoldOut     => [ToSeller("listing-sold-out", Matter.Deadlines, null, ("listing", id.Code))],
            Event.Revised { Moves: [var first, ..] moves } => [ToSeller("price-moved", Matter.Deadlines, null,
                ("listing", id.Code), ("sku", first.Sku.Code), ("was", first.Was), ("now", first.Now),
                ("sources", first.Rate.Sources.Replace("+", ", ").ToUpperInvariant()),
                ("date", NodaTime.Text.LocalDatePattern.Iso.Format(first.Rate.Date)), ("prices", moves.Length))],
            Event.RanOut or Event.CameBack or Event.Restocked or Event.Published or Event.Revised
                or Event.PriceConfirmed or Event.GoodsAnswered or Event.Paused or Event.Resumed
                or Event.Imported => Array.Empty<Notice>(),
        };

        Notice ToSeller(string code, Matter topic, Statement? why, params ImmutableArray<Named> facts) =>
            new(code, topic, $"{id.Seller}", Party.Seller, id, facts, why);
    }
}
