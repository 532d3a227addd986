using Recourse.Catalog;
using static Recourse.Kernel.Message;
namespace Recourse.Inventory;

public static partial class StockItem
{
    static Decision<Event> AlertAt(State stock, Command.AlertAt c) =>
        c.Units is < 0 or > MostUnits ? BadUnits(c.Units.Value, least: 0)
        : stock.AlertAt == c.Units ? [] : [new Event.AlertSet(c.Units)];

    static Decision<Event> Watch(State stock, Command.Watch c) =>
        stock.Watching.Contains(c.Listing) || stock.Watching.Length >= MostWatching
            ? [] : [new Event.Watched(c.Listing)];

    /// <summary>What changes how many are left also says whether these are few.</summary>
    static Decision<Event> WithLevel(State before, Decision<Event> decision, Asked asked)
    {
        if (decision.Events.IsDefaultOrEmpty || !decision.Events.Any(ChangesLevel)) return decision;
        var after = decision.Events.Aggregate(before, (s, e) => Evolve(s, e));
        var alertAt = after.AlertAt ?? asked.InForce.Of<StockRules>().AlertAt;
        var level = after.Left <= 0 ? StockLevel.Out : after.Left <= alertAt ? StockLevel.Low : StockLevel.Enough;
        // What has just come in is news to nobody, however little it is.
        var isWorse = level > before.Level;
        return level == before.Level || isWorse && after.Left >= before.Left && after.AlertAt == before.AlertAt
            ? decision : [.. decision.Events, new Event.LevelChanged(before.Level, level, after.Left, alertAt)];
    }

    // Units that wait for a payment may come back.
    static bool ChangesLevel(Event @event) => @event switch
    {
        Event.Received or Event.Corrected or Event.WrittenOff or Event.Kept or Event.Released or Event.Sold
            or Event.AlertSet => true,
        Event.Reserved e => e.Until is null,
        Event.Lapsed or Event.Watched or Event.LevelChanged or Event.Promoted or Event.PromotionEnded
            or Event.Refilled or Event.LimitSet or Event.FoundShort or Event.MadeUp => false,
    };

    /// <summary>What follows elsewhere.</summary>
    public static IEnumerable<Intent> React(StockItemId id, State after, Event @event) =>
        [.. TellListings(id, after, @event), .. TellThePlan(id, after, @event), .. TellWhatIsShort(id, @event)];

    static IEnumerable<Intent> TellListings(StockItemId id, State after, Event @event) => @event switch
    {
        Event.LevelChanged { Was: StockLevel.Out } => after.Watching.Select(l => Tell(l, id, isGone: false)),
        Event.LevelChanged { Level: StockLevel.Out } => after.Watching.Select(l => Tell(l, id, isGone: true)),
        Event.Watched e when after.Level is StockLevel.Out => [Tell(e.Listing, id, isGone: true)],
        _ => [],
    };

    static Intent Tell(ListingId listing, StockItemId id, bool isGone) =>
        new Intent.Send(To(listing, new Listing.Command.HearStock(id.Sku, isGone)));
}
