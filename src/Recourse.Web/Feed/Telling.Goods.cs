using NodaTime.Text;
using Recourse.Buyers;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Conversations;
using Recourse.Coupons;
using Recourse.Disputes;
using Recourse.Exchange;
using Recourse.Instalments;
using Recourse.Inventory;
using Recourse.Monitoring;
using Recourse.Orders;
using Recourse.People;
using Recourse.Payments;
using Recourse.Reasons;
using Recourse.Refunds;
using Recourse.Reviews;
using Recourse.Rulebooks;
using Recourse.Payouts;
using Recourse.Runtime;
using Recourse.Sellers;
using Recourse.Tracking;
using Recourse.Verifying;
using Recourse.Wallets;
using Recourse.Ways;
namespace Recourse.Web;

static partial class Telling
{
    static StatedFact[] Of(StockItem.Event @event) => @event switch
    {
        StockItem.Event.Received e  => [new("location", e.Location, All), new("units", e.Units, All)],
        StockItem.Event.Corrected e =>
        [
            new("location", e.Location, All), new("was", e.Was, All), new("units", e.Units, All),
            new("reason", e.Reason, All), .. Maybe("note", e.Note),
        ],
        StockItem.Event.FoundShort e =>
            [new("location", e.Location, All), new("units", e.Units, All), new("orders", e.Orders.Length, All)],
        StockItem.Event.WrittenOff e => [new("location", e.Location, All), new("units", e.Units, All)],
        StockItem.Event.MadeUp e     => [new("orders", e.Orders.Length, All)],
        StockItem.Event.AlertSet e => e.Units is { } units ? [new("units", units, All)] : [],
        StockItem.Event.Watched e  => [new("listing", e.Listing.Code, All)],
        StockItem.Event.LevelChanged e => [new("level", $"{e.Level}", All), new("left", e.Left, All)],
        StockItem.Event.Reserved e => OfUnits(e.Order, e.From),
        StockItem.Event.Kept e     => [new("order", $"{e.Order}", All)],
        StockItem.Event.Released e => OfUnits(e.Order, e.To),
        StockItem.Event.Sold e     => OfUnits(e.Order, e.From),
        StockItem.Event.Lapsed e   => OfUnits(e.Order, e.To),
        StockItem.Event.Promoted e =>
        [
            new("code", e.Terms.Code, Seller), new("units", e.Terms.Units, Seller),
            new("price", e.Terms.Price, Seller), new("until", e.Terms.Until, Seller),
        ],
        StockItem.Event.PromotionEnded e =>
            [new("code", e.Code, Seller), new("units", e.Back.Sum(s => s.Units), Seller)],
        StockItem.Event.Refilled e =>
            [new("plan", $"{e.Plan}", Seller), new("units", e.Aside.Sum(s => s.Units), Seller)],
        StockItem.Event.LimitSet e => e.Limit is { } limit
            ? [new("units", limit.Units, Seller), new("hours", HoursOf(limit.Within), Seller)] : [],
    };

    static StatedFact[] Of(Brake.Event @event) => @event switch
    {
        Brake.Event.Pulled e      =>
            [new("count", e.What.Due, Staff), new("usual", e.What.Usual, Staff), new("until", e.Until, Staff)],
        Brake.Event.PutOffAgain e => [new("until", e.Until, Staff)],
        Brake.Event.Decided or Brake.Event.Lapsed => [],
    };

    static StatedFact[] Of(ReasonCase.Event @event) => @event switch
    {
        ReasonCase.Event.Raised e   =>
        [
            new("order", $"{e.What.Order}", Seller), new("reason", ReasonCase.WordOf(e.What.Reason), Seller),
            .. Of(e.Deadline),
        ],
        ReasonCase.Event.Answered e => Of(e.Deadline),
        ReasonCase.Event.Warned e   => Of(e.Deadline),
        ReasonCase.Event.Found e    =>
        [
            new("marks", e.Marks, Seller),
            .. e.Paid is { } paid ? [new StatedFact("compensation", paid.Amount, Trade)] : (ReadOnlySpan<StatedFact>)[],
        ],
        ReasonCase.Event.Overturned e => [new("marks", e.Marks, Seller)],
        ReasonCase.Event.Reviewed e => StepOf(e.What),
        ReasonCase.Event.Dismissed  => [],
    };

    static StatedFact[] Of(SupplyPlan.Event @event) => @event switch
    {
        SupplyPlan.Event.Opened e     =>
        [
            new("title", e.Terms.Title, All), new("asked", e.Terms.Asked, All),
            new("parts", e.Instalments.Length - 1, All), .. Of(e.Deadline),
        ],
        SupplyPlan.Event.StockAsked e => Of(e.Deadline),
        SupplyPlan.Event.SetAside e   => [new("units", e.Units, All)],
        SupplyPlan.Event.Offered e    => [new("units", e.Units, All), .. Of(e.Deadline)],
        SupplyPlan.Event.Ordered e    => [new("units", e.Units, All)],
        SupplyPlan.Event.Warned e     => Of(e.Deadline),
        SupplyPlan.Event.PutOff e     => Of(e.Deadline),
        SupplyPlan.Event.Settled e    => [new("units", e.Taken, All), .. Of(e.Deadline)],
        SupplyPlan.Event.Moved e      => e.Deadline is { } due ? Of(due) : [],
        SupplyPlan.Event.Completed e  => [new("units", e.Taken, All)],
        SupplyPlan.Event.Shortened or SupplyPlan.Event.Ended => [],
        SupplyPlan.Event.Overturned e => [new("units", e.Units, All)],
    };

    static StatedFact[] Of(Coupon.Event @event) => @event switch
    {
        Coupon.Event.Issued e    =>
            [new("from", e.Terms.From, Seller), new("until", e.Terms.Until, Seller), new("uses", e.Terms.Uses, Seller)],
        Coupon.Event.Taken e     => [UserOf(e.Order, e.Checkout), new("off", e.Off, Seller)],
        Coupon.Event.MadeGood e  => [new("order", $"{e.Order}", Seller)],
        Coupon.Event.PartGone e  => [new("order", $"{e.Part}", Seller)],
        Coupon.Event.GivenBack e => [new("order", $"{e.Order}", Seller)],
        Coupon.Event.Ended       => [],
    };

    // Of all shops a checkout has it.
    static StatedFact UserOf(OrderId order, CheckoutId? checkout) =>
        new("order", checkout is { } whole ? $"{whole}" : $"{order}", Seller);

    static long HoursOf(Duration time) => time.Days * 24L + time.Hours;

    static StatedFact[] OfUnits(OrderId order, ImmutableArray<Shelf> shelves) =>
        [new("order", $"{order}", All), new("units", shelves.Sum(s => s.Units), All)];
}
