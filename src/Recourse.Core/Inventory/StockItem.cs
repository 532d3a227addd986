using Recourse.Catalog;
using Recourse.Instalments;
using Recourse.Orders;
namespace Recourse.Inventory;

/// <summary>All units of one variant, wherever they lie.</summary>
public readonly record struct StockItemId(SellerId Seller, Sku Sku) : IId<StockItemId>
{
    /// <inheritdoc/>
    public static bool TryParse(string? text, out StockItemId id)
    {
        var ok = Derived.Split(text, "stock", 3) is [_, var s, var c] && Derived.IsCode(s) && Derived.IsCode(c);
        id = ok && text!.Split('/') is [_, var seller, var code] ? new(new(seller), new(code)) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => $"stock/{Seller.Code}/{Sku.Code}";
}

/// <summary>Units at one location of the seller.</summary>
public sealed record Shelf(string Location, int Units);

/// <summary>Units that are kept for one order, and from where; null: kept until sold or released.</summary>
/// <param name="Promotion">Of which promotion they are; null: of none.</param>
public sealed record Reservation(OrderId Order, ImmutableArray<Shelf> From, Instant? Until, string? Promotion = null)
{
    /// <summary>Units in all.</summary>
    public int Units => From.Sum(s => s.Units);
}

/// <summary>A reservation expires.</summary>
public readonly record struct Lapse(Instant At, OrderId Order) : IComparable<Lapse>
{
    /// <inheritdoc/>
    public int CompareTo(Lapse other) =>
        At.CompareTo(other.At) is var c and not 0 ? c : Order.CompareTo(other.Order);
}

/// <summary>Whether there is enough of something.</summary>
public enum StockLevel
{
    /// <summary>More than few.</summary>
    Enough,

    /// <summary>So few that the seller is alerted.</summary>
    Low,

    /// <summary>None that isn't promised for good.</summary>
    Out,
}

/// <summary>Stock that is never oversold: on hand = available + reserved, and none of them goes below zero.</summary>
public static partial class StockItem
{
    /// <summary>What can be asked of a stock item.</summary>
    public closed record Command : ICommand<StockItemId>
    {
        /// <summary>Units arrived at a location.</summary>
        public sealed record Receive(string Location, int Units) : Command;

        /// <summary>A count found so many units at a location.</summary>
        /// <param name="Reason">Why it differed, one of the rulebook's.</param>
        /// <param name="Note">Anything more to say about it.</param>
        /// <param name="Short">Also what is promised to orders that are paid is missing; null: that is refused.</param>
        public sealed record Correct(
            string Location, int Units, string Reason, string? Note = null, bool? Short = null) : Command;

        /// <summary>Alerts the seller once so few are left; null: as the rulebook has it.</summary>
        public sealed record AlertAt(int? Units) : Command;

        /// <summary>A listing wants to know whether anything is left.</summary>
        public sealed record Watch(ListingId Listing) : Command;

        /// <summary>Sets units aside for a sale price.</summary>
        /// <param name="Normal">What the listing asks for one; of no value: it doesn't offer it.</param>
        public sealed record Promote(PromotionTerms Terms, Fact<Money?>? Normal = null) : Command;

        /// <summary>Ends a promotion before its time.</summary>
        public sealed record EndPromotion(string Code) : Command;

        /// <summary>
        /// Sets units aside for an instalment of somebody who ordered much: what there is now, and the rest of it as
        /// it comes in, after those who asked before.
        /// </summary>
        public sealed record SetAside(SupplyPlanId Plan, PromotionTerms Terms) : Command;

        /// <summary>Nothing is set aside for that instalment any more.</summary>
        public sealed record PutBack(SupplyPlanId Plan) : Command;

        /// <summary>Limits how many one buyer may have within a time; null: no longer.</summary>
        public sealed record LimitBuyers(BuyerLimit? Limit) : Command;

        /// <summary>Keeps units for an order that is being placed; refused if not enough is available.</summary>
        /// <param name="Claim">The sale price that they are ordered at; null: the normal one.</param>
        public sealed record Reserve(
            OrderId Order, int Units, Instant Until, BuyerId? Buyer = null, PromotionClaim? Claim = null) : Command;

        /// <summary>
        /// The order is funded: its units no longer expire; taken again if they had lapsed. Or it is changed, and needs
        /// more of them.
        /// </summary>
        /// <param name="Units">How many it has in all then.</param>
        /// <param name="Buyer">Whose limits count for what is missing; null: nobody's.</param>
        /// <param name="Claim">The sale price that some of what is missing is ordered at; null: the normal one.</param>
        /// <param name="OnSale">How many of what is missing that is.</param>
        public sealed record Keep(
            OrderId Order, int Units, BuyerId? Buyer = null, PromotionClaim? Claim = null, int OnSale = 0) : Command;

        /// <summary>Gives units back, as many of them as are still kept.</summary>
        /// <param name="OnSale">How many of them were ordered at which sale price; null: none.</param>
        public sealed record Release(OrderId Order, int Units, ImmutableArray<UnitsOnSale>? OnSale = null) : Command;

        /// <summary>The units left with a parcel.</summary>
        public sealed record Sell(OrderId Order, int Units) : Command;

        /// <summary>Time: lapsed reservations are given back.</summary>
        public sealed record Wake(Instant Due) : Command;
    }

    /// <summary>What lies where, and for whom it is kept. What has ended leaves.</summary>
    /// <param name="Claimed">What reservations and promotions add up to, so that nobody has to.</param>
    /// <param name="Lapses">When reservations expire, the next one first.</param>
    /// <param name="Kept">Units kept for orders until they are sold or released.</param>
    /// <param name="AlertAt">How few are few; null: as the rulebook has it.</param>
    /// <param name="Watching">Listings that want to know whether anything is left.</param>
    /// <param name="Promotions">What is set aside for sale prices; those that have ended leave.</param>
    /// <param name="Limit">How many one buyer may have; null: as many as there are.</param>
    /// <param name="Recent">What counts towards that limit, and towards a buyer's share.</param>
    /// <param name="Missing">What is promised, and was not there when it was counted.</param>
    /// <param name="ShortOf">Orders whose seller was warned of that.</param>
    public sealed record State(
        ImmutableArray<Shelf> OnHand, ImmutableArray<Shelf> Claimed,
        ImmutableSortedDictionary<OrderId, Reservation> Reservations, ImmutableSortedSet<Lapse> Lapses,
        long Received, long Corrected, long Sold,
        int Kept, StockLevel Level, int? AlertAt, ImmutableArray<ListingId> Watching,
        ImmutableArray<Promotion> Promotions, BuyerLimit? Limit, ImmutableArray<Ordered> Recent,
        ImmutableArray<Shortage> Missing, ImmutableArray<OrderId> ShortOf)
    {
        /// <summary>Units that nobody has a claim on.</summary>
        public int Available => OnHand.Sum(s => s.Units) - Claimed.Sum(s => s.Units);

        /// <summary>Units that are not promised for good: some of them may wait for a buyer to pay.</summary>
        public int Left => OnHand.Sum(s => s.Units) - Kept;

        /// <summary>Units kept for orders.</summary>
        public int Reserved => Claimed.Sum(s => s.Units) - Aside;

        /// <summary>Units set aside, for sale prices or for instalments, that nobody has taken yet.</summary>
        public int Aside => Promotions.Sum(p => p.Left);

        /// <summary>Whether instalments wait for units that aren't there.</summary>
        public bool IsScarce => Promotions.Any(p => p.Missing > 0);
    }

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>Units arrived.</summary>
        public sealed record Received(string Location, int Units) : Event;

        /// <summary>A count differed from the books.</summary>
        public sealed record Corrected(string Location, int Was, int Units, string Reason, string? Note = null) : Event;

        /// <summary>Fewer were counted than are promised.</summary>
        public sealed record FoundShort(
            string Location, int Units, string Reason, ImmutableArray<OrderShort> Orders) : Event;

        /// <summary>Units that were missing are promised no longer: they leave the books.</summary>
        public sealed record WrittenOff(string Location, int Units, string Reason) : Event;

        /// <summary>Nothing that those orders are promised is missing any more.</summary>
        public sealed record MadeUp(ImmutableArray<OrderId> Orders) : Event;

        /// <summary>The seller wants to be alerted at so few; null: as the rulebook has it.</summary>
        public sealed record AlertSet(int? Units) : Event;

        /// <summary>A listing is told whether anything is left.</summary>
        public sealed record Watched(ListingId Listing) : Event;

        /// <summary>Few are left, or none, or enough again.</summary>
        /// <param name="AlertAt">How few counted as few.</param>
        public sealed record LevelChanged(StockLevel Was, StockLevel Level, int Left, int AlertAt) : Event;

        /// <summary>Units are kept for an order; null: until sold or released.</summary>
        /// <param name="Claim">At which sale price; null: at the normal one.</param>
        /// <param name="Buyer">For whom, where that counts.</param>
        /// <param name="At">When, where that counts.</param>
        public sealed record Reserved(
            OrderId Order, ImmutableArray<Shelf> From, Instant? Until, PromotionClaim? Claim = null,
            BuyerId? Buyer = null, Instant? At = null) : Event;

        /// <summary>The units of an order no longer expire.</summary>
        public sealed record Kept(OrderId Order) : Event;

        /// <summary>Units went back.</summary>
        /// <param name="Plan">To whose instalment; null: to what anybody can have.</param>
        /// <param name="OnSale">How many of them are set aside again; null: all, if the order had so many.</param>
        public sealed record Released(
            OrderId Order, ImmutableArray<Shelf> To, SupplyPlanId? Plan = null, int? OnSale = null) : Event;

        /// <summary>Units left.</summary>
        public sealed record Sold(OrderId Order, ImmutableArray<Shelf> From) : Event;

        /// <summary>A reservation expired before its order was funded.</summary>
        /// <param name="Plan">To whose instalment its units went back; null: to what anybody can have.</param>
        public sealed record Lapsed(OrderId Order, ImmutableArray<Shelf> To, SupplyPlanId? Plan = null) : Event;

        /// <summary>Units are set aside for a sale price, or are to be for an instalment.</summary>
        public sealed record Promoted(PromotionTerms Terms, ImmutableArray<Shelf> Aside) : Event;

        /// <summary>A promotion is over: what was left of it went back.</summary>
        public sealed record PromotionEnded(string Code, ImmutableArray<Shelf> Back) : Event;

        /// <summary>More units are set aside for an instalment.</summary>
        public sealed record Refilled(SupplyPlanId Plan, ImmutableArray<Shelf> Aside) : Event;

        /// <summary>One buyer may have so many within a time; null: as many as there are.</summary>
        public sealed record LimitSet(BuyerLimit? Limit) : Event;
    }
}
