using Recourse.Catalog;
using Recourse.Orders;
namespace Recourse.Inventory;

/// <summary>Units that are set aside for a sale price.</summary>
/// <param name="Code">Its name among the item's promotions.</param>
/// <param name="Listing">Where it is offered.</param>
/// <param name="Price">What one costs.</param>
/// <param name="From">From when (UTC).</param>
/// <param name="Until">Until when (UTC): what is left goes back then.</param>
/// <param name="Units">How many are set aside.</param>
/// <param name="MostPerBuyer">How many one buyer may take; null: as many as there are.</param>
/// <param name="For">The only one who can have them, as an instalment; null: anybody can.</param>
public sealed record PromotionTerms(
    string Code, ListingId Listing, Money Price, Instant From, Instant Until, int Units, int? MostPerBuyer,
    BuyerId? For = null);

/// <summary>What one order has of a promotion.</summary>
public sealed record PromotionShare(OrderId Order, BuyerId Buyer, int Units);

/// <summary>A promotion as it stands.</summary>
/// <param name="Aside">Units that nobody has taken yet.</param>
/// <param name="Shares">What orders have taken, also of what has left.</param>
/// <param name="Missing">Units of an instalment that are not there yet.</param>
public sealed record Promotion(
    PromotionTerms Terms, ImmutableArray<Shelf> Aside, ImmutableSortedDictionary<OrderId, PromotionShare> Shares,
    int Missing = 0)
{
    /// <summary>Units that can still be had at the sale price.</summary>
    public int Left => Aside.Sum(s => s.Units);

    /// <summary>Units that one buyer can still have of it.</summary>
    public int LeftFor(BuyerId buyer) => Terms.MostPerBuyer is not { } most ? Left
        : Math.Min(Left, Math.Max(most - Shares.Values.Where(s => s.Buyer == buyer).Sum(s => s.Units), 0));

    /// <summary>Whether units can be had of it then: when an instalment is over, its plan says.</summary>
    public bool RunsAt(Instant at) => Terms.From <= at && (Terms.For is not null || at < Terms.Until);
}

/// <summary>A sale price as an order claims it.</summary>
/// <param name="Code">Of which promotion.</param>
/// <param name="Price">What one costs.</param>
public sealed record PromotionClaim(string Code, ListingId Listing, Money Price);

/// <summary>Units that were ordered at a sale price.</summary>
/// <param name="Code">Of which promotion.</param>
public sealed record UnitsOnSale(string Code, int Units);

/// <summary>A sale price as somebody who wants to buy finds it.</summary>
/// <param name="Left">Units that can still be had.</param>
/// <param name="LeftForBuyer">Units that they can still have.</param>
/// <param name="MostPerBuyer">How many one buyer may take; null: as many as there are.</param>
/// <param name="IsOwn">Whether it is their instalment, which nobody else can have; null: it isn't.</param>
public sealed record SaleSeen(
    string Code, Money Price, int Left, int LeftForBuyer, int? MostPerBuyer, Instant Until, bool? IsOwn = null)
{
    /// <summary>Every code under which a sale price can be refused to an order.</summary>
    public static readonly ImmutableArray<string> Codes =
        ["promotion.over", "promotion.sold-out", "promotion.limit"];
}

/// <summary>How many of an item one buyer may have within a time.</summary>
public sealed record BuyerLimit(int Units, Duration Within);

/// <summary>Units that somebody has ordered, where it counts how many they have.</summary>
public sealed record Ordered(OrderId Order, BuyerId Buyer, int Units, Instant At);

public static partial class StockItem
{
    const int MostPromotions = 5, MostAside = 100_000;

    static Decision<Event> Promote(StockItemId id, State stock, Command.Promote c, Asked asked)
    {
        var terms = c.Terms;
        if (stock.Promotions.FirstOrDefault(p => p.Terms.Code == terms.Code) is { } same)
            return same.Terms == terms ? [] : PromotionExists(terms.Code);
        ImmutableArray<Refusal> faults = [.. Faults()];
        return faults.IsEmpty ? [new Event.Promoted(terms, Pick(Free(stock), terms.Units))] : faults;

        IEnumerable<Refusal> Faults()
        {
            if (!Derived.IsCode(terms.Code)) yield return BadPromotion("code");
            if (terms.Listing.Seller != id.Seller) yield return BadPromotion("listing");
            if (terms.Price.Minor is < 1 or > Money.Most) yield return BadPromotion("price");
            if (c.Normal is { Value: null }) yield return NotOfferedThere(id.Sku.Code);
            if (c.Normal?.Value is { } normal
                && (normal.Currency != terms.Price.Currency || normal.Minor <= terms.Price.Minor))
                yield return NotCheaper(normal);
            if (terms.Until <= terms.From || terms.Until <= asked.At) yield return BadPromotion("until");
            if (terms.MostPerBuyer is < 1 || terms.MostPerBuyer > terms.Units)
                yield return BadPromotion("mostPerBuyer");
            if (stock.Promotions.Count(p => p.Terms.For is null) >= MostPromotions) yield return TooManyPromotions;
            if (terms.Units is < 1 or > MostAside) yield return BadUnits(terms.Units, least: 1);
            else if (terms.Units > stock.Available)
                yield return NotEnough(id, terms.Units, stock.Available) with { Field = "units" };
        }
    }

    static Decision<Event> EndPromotion(State stock, string code) =>
        PromotionOf(stock, code) is not { } p ? []
            : p.Terms.For is not null ? OfAPlan(code) : [new Event.PromotionEnded(code, p.Aside)];

    /// <summary>
    /// How a sale price stands for somebody who looks at that listing, their own instalment first; null: there is none
    /// now.
    /// </summary>
    public static SaleSeen? SaleFor(State? stock, ListingId listing, BuyerId buyer, Instant at) =>
        stock?.Promotions.Where(p => p.Terms.Listing == listing && p.RunsAt(at)
                && (p.Terms.For is null || p.Terms.For == buyer && p.Left > 0))
            .OrderBy(p => p.Terms.For is null).FirstOrDefault() is { Terms: var t } p
            ? new(t.Code, t.Price, p.Left, p.LeftFor(buyer), t.MostPerBuyer, t.Until, t.For is null ? null : true)
            : null;

    /// <summary>Why so many can't be had at a sale price; null: they can.</summary>
    static Refusal? FaultOf(State stock, PromotionClaim claim, BuyerId? buyer, int units, Instant at)
    {
        if (PromotionOf(stock, claim.Code) is not { } p || !p.RunsAt(at) || p.Terms.Listing != claim.Listing
            || !IsPriceOf(p.Terms, claim.Price) || (p.Terms.For is { } only && only != buyer))
            return PromotionOver(claim.Code);
        return units > p.Left ? PromotionSoldOut(units, p.Left)
            : buyer is { } who && units > p.LeftFor(who) ? PromotionLimit(p.Terms.MostPerBuyer ?? 0, p.LeftFor(who))
            : null;
    }

    /// <summary>Where an order is changed: what is more at the sale price is set aside for it, like the rest.</summary>
    static Decision<Event> KeepMore(
        StockItemId id, State stock, Command.Keep c, Reservation? kept, int missing, Asked asked)
    {
        var (at, buyer) = (asked.At, c.Buyer!.Value);
        var onSale = c.Claim is null ? 0 : Math.Clamp(c.OnSale, 0, missing);
        var isOwn = onSale == missing && PromotionOf(stock, c.Claim?.Code) is { Terms.For: not null };
        if (!isOwn && LimitFault(id, stock, buyer, missing, onSale > 0, asked) is { } limit) return limit;
        if (missing - onSale > stock.Available) return NotEnough(id, missing - onSale, stock.Available);
        if (onSale > 0 && (FaultOf(stock, c.Claim!, buyer, onSale, at) ?? OfAnotherSale(stock, kept, c.Claim!))
            is { } fault) return fault;
        var counts = CountsFor(stock, missing, asked);
        return
        [
            .. onSale == 0 ? (ReadOnlySpan<Event>)[]
                : [new Event.Reserved(
                    c.Order, Pick(PromotionOf(stock, c.Claim!.Code)!.Aside, onSale), Until: null, c.Claim, buyer, at)],
            .. onSale == missing ? (ReadOnlySpan<Event>)[]
                : [new Event.Reserved(
                    c.Order, Pick(Free(stock), missing - onSale), Until: null, null, counts ? buyer : null,
                    counts ? at : null)],
        ];
    }

    // One order has units of one promotion that runs, so that it is known where they go back to.
    static Refusal? OfAnotherSale(State stock, Reservation? kept, PromotionClaim claim) =>
        kept?.Promotion is { } other && other != claim.Code && PromotionOf(stock, other) is not null
            ? PromotionOver(claim.Code) : null;

    /// <summary>More than one buyer can have of it; null: it isn't.</summary>
    static Refusal? LimitFault(StockItemId id, State stock, BuyerId buyer, int units, bool isOnSale, Asked asked)
    {
        if (LeftFor(stock, buyer, asked.At) is { } most && units > most)
            return OverLimit(id, stock.Limit!, units, most);
        return !isOnSale && ShareSeenBy(stock, buyer, units, asked.InForce.Of<BulkRules>(), asked.At) is { } share
            && units > share.Left ? OverShare(id, units, share) : null;
    }

    static bool CountsFor(State stock, int units, Asked asked) => stock.Limit is not null || stock.IsScarce
        || units >= asked.InForce.Of<BulkRules>().CountedFrom;

    // An instalment costs no more than was agreed; where the listing has become cheaper, it costs that.
    static bool IsPriceOf(PromotionTerms terms, Money price) => price == terms.Price
        || (terms.For is not null && price.Currency == terms.Price.Currency && price.Minor < terms.Price.Minor);

    /// <summary>What one buyer can still have of an item with a limit; null: it has none.</summary>
    public static int? LeftFor(State stock, BuyerId buyer, Instant at) => stock.Limit is not { } limit ? null
        : Math.Max(limit.Units - stock.Recent.Where(o => o.Buyer == buyer && o.At > at - limit.Within)
            .Sum(o => o.Units), 0);

    static Decision<Event> LimitBuyers(State stock, BuyerLimit? limit) =>
        limit is { Units: < 1 or > MostAside } || limit?.Within <= Duration.Zero
            || limit?.Within > Duration.FromDays(366) ? BadLimit
            : stock.Limit == limit ? [] : [new Event.LimitSet(limit)];

    static State With(State stock, Promotion before, Promotion after) =>
        stock with { Promotions = stock.Promotions.Replace(before, after) };

    static Promotion? PromotionOf(State stock, string? code) =>
        code is null ? null : stock.Promotions.FirstOrDefault(p => p.Terms.Code == code);

    static State Promoted(State stock, Event.Promoted e) => stock with
    {
        Claimed = Plus(stock.Claimed, e.Aside),
        Promotions = stock.Promotions.Add(
            new(e.Terms, e.Aside, ImmutableSortedDictionary<OrderId, PromotionShare>.Empty,
                e.Terms.For is null ? 0 : e.Terms.Units - e.Aside.Sum(s => s.Units))),
    };

    static State PromotionEnded(State stock, Event.PromotionEnded e) => stock with
    {
        Claimed = Minus(stock.Claimed, e.Back),
        Promotions = stock.Promotions.RemoveAll(p => p.Terms.Code == e.Code),
    };

    /// <summary>Units that were set aside are an order's now.</summary>
    static State TakeOnSale(State stock, Event.Reserved e, PromotionClaim claim)
    {
        var p = stock.Promotions.First(p => p.Terms.Code == claim.Code);
        var share = new PromotionShare(e.Order, e.Buyer ?? new(""),
            e.From.Sum(s => s.Units) + (p.Shares.GetValueOrDefault(e.Order)?.Units ?? 0));
        return With(stock, p, p with { Aside = Minus(p.Aside, e.From), Shares = p.Shares.SetItem(e.Order, share) });
    }

    /// <summary>Units that an order gives back are set aside again, while the promotion runs.</summary>
    static State SetAsideAgain(State stock, Promotion p, OrderId order, ImmutableArray<Shelf> back)
    {
        var share = p.Shares[order];
        var left = share.Units - back.Sum(s => s.Units);
        return With(stock, p, p with
        {
            Aside = Plus(p.Aside, back),
            Shares = left > 0 ? p.Shares.SetItem(order, share with { Units = left }) : p.Shares.Remove(order),
        });
    }

    // What is too old to count is forgotten with the next order. At a sale price it counts towards a limit alone.
    static State Noted(State stock, Event.Reserved e)
    {
        if (e is not { Buyer: { } buyer, At: { } at }) return stock;
        if (stock.Limit is null && PromotionOf(stock, e.Claim?.Code) is { Terms.For: null }) return stock;
        var since = at - Duration.Max(stock.Limit?.Within ?? Duration.Zero, BulkRules.LongestWithin);
        return stock with
        {
            Recent =
            [
                .. stock.Recent.Where(o => o.At > since),
                new(e.Order, buyer, e.From.Sum(s => s.Units), at),
            ],
        };
    }

    // What was ordered last is given back first.
    static State Unnoted(State stock, OrderId order, int units)
    {
        var left = stock.Recent.ToBuilder();
        for (var i = left.Count - 1; i >= 0 && units > 0; i--)
        {
            if (left[i].Order != order) continue;
            var some = Math.Min(left[i].Units, units);
            (left[i], units) = (left[i] with { Units = left[i].Units - some }, units - some);
        }
        return stock.Recent.IsEmpty ? stock : stock with { Recent = [.. left.Where(o => o.Units > 0)] };
    }

    static readonly Remedy AtFullPrice = new("promotion.full-price"), OtherPromotion = new("stock.mend-promotion");

    static Refusal BadPromotion(string field) => new("stock.bad-promotion", OtherPromotion) { Field = field };

    /// <summary>No listing of theirs by that code offers it.</summary>
    public static Refusal NotOfferedThere(string sku) =>
        new("stock.promotion-not-offered", OtherPromotion, ("sku", sku)) { Field = "listing" };

    static Refusal NotCheaper(Money normal) =>
        new("stock.promotion-not-cheaper", OtherPromotion, ("normal", normal)) { Field = "price" };
    static Refusal TooManyPromotions => new("stock.too-many-promotions", Look, ("most", MostPromotions));

    static Refusal PromotionExists(string code) =>
        new("stock.promotion-exists", OtherPromotion, ("code", code)) { Field = "code" };

    static Refusal OfAPlan(string code) => new("stock.of-a-plan", new("plan.end"), ("code", code));

    static Refusal BadLimit => new("stock.bad-limit", Mend, ("most", MostAside)) { Field = "units" };

    static Refusal PromotionOver(string code) => new("promotion.over", AtFullPrice, ("code", code));

    static Refusal PromotionSoldOut(int wanted, int left) =>
        new("promotion.sold-out", AtFullPrice, ("wanted", wanted), ("left", left));

    static Refusal PromotionLimit(int most, int left) =>
        new("promotion.limit", AtFullPrice, ("most", most), ("left", left));

    static Refusal OverLimit(StockItemId id, BuyerLimit limit, int wanted, int left) =>
        new("stock.limit", Fewer, ("sku", id.Sku.Code), ("most", limit.Units),
            ("hours", limit.Within.Days * 24L + limit.Within.Hours), ("wanted", wanted), ("left", left));
}
