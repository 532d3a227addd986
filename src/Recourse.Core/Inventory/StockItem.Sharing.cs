using Recourse.Instalments;
using Recourse.Orders;
using static Recourse.Kernel.Message;
namespace Recourse.Inventory;

/// <summary>A buyer's share of an item, as somebody who wants to buy finds it.</summary>
/// <param name="Left">Units that they can have now.</param>
/// <param name="Free">Units that nobody has a claim on.</param>
/// <param name="Within">What they had within so long was counted.</param>
public sealed record ShareSeen(int Left, int Free, Duration Within);

/// <summary>Scarce goods: how much one buyer may have, and whose turn it is when more comes in.</summary>
public static partial class StockItem
{
    // More in one turn would make it too long; whoever is left has their turn with the next units.
    const int MostRefilled = 20;

    /// <summary>
    /// How many units of what is free one buyer can have now, so many wanted; null: as many as there are. It counts for
    /// large orders, and for all while instalments wait for what isn't there.
    /// </summary>
    public static int? ShareFor(State stock, BuyerId buyer, int units, BulkRules rules, Instant at)
    {
        var had = HadBy(stock, buyer, rules, at);
        return stock.IsScarce || (long)had + units >= rules.FromUnits
            ? Math.Max(rules.ShareOf((long)stock.Available + had) - had, 0) : null;
    }

    /// <summary>The same as it is told; null too where nothing is free.</summary>
    public static ShareSeen? ShareSeenBy(State? stock, BuyerId buyer, int units, BulkRules rules, Instant at) =>
        stock is { Available: > 0 and var free } && ShareFor(stock, buyer, units, rules, at) is { } share
            ? new(Math.Min(share, free), free, rules.Within) : null;

    /// <summary>Units that somebody has ordered lately, and those that are set aside for them.</summary>
    static int HadBy(State stock, BuyerId buyer, BulkRules rules, Instant at) =>
        stock.Recent.Where(o => o.Buyer == buyer && o.At > at - rules.Within).Sum(o => o.Units)
        + stock.Promotions.Where(p => p.Terms.For == buyer).Sum(p => p.Left);

    static Decision<Event> SetAside(StockItemId id, State stock, Command.SetAside c)
    {
        if (PromotionOf(stock, c.Plan.Code) is not null) return [];                       // said twice, done once
        if (c.Terms.Units < 1) return BadUnits(c.Terms.Units, least: 1);
        return c.Terms is { For: not null } && c.Terms.Code == c.Plan.Code && c.Terms.Listing.Seller == id.Seller
            ? [new Event.Promoted(c.Terms, [])] : BadPromotion("code");
    }

    static Decision<Event> PutBack(State stock, SupplyPlanId plan) =>
        PromotionOf(stock, plan.Code) is { Terms.For: not null } p
            ? [new Event.PromotionEnded(plan.Code, p.Aside)] : [];

    /// <summary>
    /// Whatever becomes free goes to the instalments that wait for it, in the order of asking; to none more than their
    /// share while others wait.
    /// </summary>
    static Decision<Event> WithRefills(State before, Decision<Event> decision, Asked asked)
    {
        if (decision.Events.IsDefaultOrEmpty || !decision.Events.Any(MayFree)) return decision;
        var (after, rules) = (decision.Events.Aggregate(before, (s, e) => Evolve(s, e)), asked.InForce.Of<BulkRules>());
        if (!after.IsScarce) return decision;
        List<Event> refills = [];
        foreach (var waiting in after.Promotions.Where(p => p.Missing > 0))
        {
            var units = Math.Min(waiting.Missing, TurnOf(after, waiting, rules, asked.At));
            if (units < 1) continue;
            Event refill = new Event.Refilled(
                new(waiting.Terms.Listing.Seller, waiting.Terms.Code), Pick(Free(after), units));
            after = Evolve(after, refill);
            refills.Add(refill);
            if (refills.Count == MostRefilled) break;
        }
        return [.. decision.Events, .. refills];
    }

    static int TurnOf(State stock, Promotion waiting, BulkRules rules, Instant at)
    {
        if (stock.Promotions.Count(p => p.Missing > 0) == 1) return stock.Available;      // nobody else waits
        var had = HadBy(stock, waiting.Terms.For!.Value, rules, at);
        return Math.Clamp(rules.ShareOf((long)stock.Available + had) - had, 0, stock.Available);
    }

    static bool MayFree(Event @event) => @event switch
    {
        Event.Received or Event.Corrected or Event.Released or Event.Lapsed or Event.Promoted
            or Event.PromotionEnded => true,
        Event.AlertSet or Event.Watched or Event.LevelChanged or Event.Reserved or Event.Kept or Event.Sold
            or Event.Refilled or Event.LimitSet or Event.FoundShort or Event.WrittenOff or Event.MadeUp => false,
    };

    static State Refilled(State stock, Event.Refilled e)
    {
        var p = PromotionOf(stock, e.Plan.Code)!;
        var after = p with { Aside = Plus(p.Aside, e.Aside), Missing = p.Missing - e.Aside.Sum(s => s.Units) };
        return With(stock, p, after) with { Claimed = Plus(stock.Claimed, e.Aside) };
    }

    /// <summary>Whose instalment those units go back to; null: nobody's.</summary>
    static SupplyPlanId? PlanOf(StockItemId id, State stock, Reservation kept) =>
        PromotionOf(stock, kept.Promotion) is { Terms: { For: not null, Code: var code } }
            ? new SupplyPlanId(id.Seller, code) : null;

    static IEnumerable<Intent> TellThePlan(StockItemId id, State after, Event @event)
    {
        var code = @event switch
        {
            Event.Refilled e => e.Plan.Code,
            Event.Released e => e.Plan?.Code,
            Event.Lapsed e   => e.Plan?.Code,
            Event.Reserved e => e.Claim?.Code,
            Event.Kept e     => Of(after, e.Order)?.Promotion,
            Event.Received or Event.Corrected or Event.AlertSet or Event.Watched or Event.LevelChanged or Event.Sold
                or Event.Promoted or Event.PromotionEnded or Event.LimitSet or Event.FoundShort or Event.WrittenOff
                or Event.MadeUp => null,
        };
        if (PromotionOf(after, code) is not { Terms.For: not null } p) yield break;
        var kept = p.Shares.Values.Where(s => Of(after, s.Order) is null or { Until: null }).Sum(s => s.Units);
        yield return new Intent.Require(To(
            new SupplyPlanId(id.Seller, p.Terms.Code),
            new SupplyPlan.Command.HearStock(p.Left, p.Shares.Values.Sum(s => s.Units), kept)));
    }

    /// <summary>It is more than one buyer can have now.</summary>
    public static Refusal OverShare(StockItemId id, int wanted, ShareSeen share) => new(
        "stock.over-share", Fewer, ("sku", id.Sku.Code), ("wanted", wanted), ("left", share.Left),
        ("free", share.Free), ("hours", (long)share.Within.TotalHours));
}
