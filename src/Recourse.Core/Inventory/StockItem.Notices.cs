namespace Recourse.Inventory;

public static partial class StockItem
{
    /// <summary>What a seller is told of their stock.</summary>
    public static IEnumerable<Notice> Notices(StockItemId id, State? now, Event @event)
    {
        return @event switch
        {
            Event.LevelChanged { Level: StockLevel.Out } => [ToSeller("stock-out", ("sku", id.Sku.Code))],
            Event.LevelChanged { Was: StockLevel.Enough, Level: StockLevel.Low } e =>
                [ToSeller("stock-low", ("sku", id.Sku.Code), ("left", e.Left))],
            Event.LevelChanged or Event.Received or Event.Corrected or Event.AlertSet or Event.Watched
                or Event.Reserved or Event.Kept or Event.Released or Event.Sold or Event.Lapsed
                or Event.Promoted or Event.PromotionEnded or Event.Refilled or Event.LimitSet
                or Event.FoundShort or Event.WrittenOff or Event.MadeUp => Array.Empty<Notice>(),
        };

        Notice ToSeller(string code, params ImmutableArray<Named> facts) =>
            new(code, Matter.Deadlines, $"{id.Seller}", Party.Seller, id, facts);
    }
}
