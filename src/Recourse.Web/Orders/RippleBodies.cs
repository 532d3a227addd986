using Recourse.Orders;
namespace Recourse.Web;

/// <summary>What an early end causes beyond the order itself, as far as its reader may know.</summary>
/// <param name="Items">One thing after another; empty: nothing of it ended early.</param>
/// <param name="Forecast">What it costs, for its seller and staff; left out: nothing, or not told.</param>
/// <param name="Instead">What its buyer could order instead at the same price or less.</param>
public sealed record RippleBody(
    OrderId Order, ImmutableArray<RippleItem> Items, ForecastBody? Forecast, ImmutableArray<InsteadBody> Instead);

/// <summary>One thing that an early end causes.</summary>
/// <param name="Kind"><c>stock</c>, <c>way</c>, <c>coupon</c>, <c>figures</c>, <c>money</c> or <c>record</c>.</param>
/// <param name="Text">In the reader's language.</param>
/// <param name="Of">The text of the id of what it happens to; left out: nothing with one.</param>
public sealed record RippleItem(string Kind, string Text, string? Of = null);

/// <summary>What an early end costs, at the prices of the order and the rules that it was placed under.</summary>
/// <param name="Revenue">What its seller would have had for the goods, less fee.</param>
/// <param name="Fee">What the platform would have had.</param>
/// <param name="Handling">Work that was for nothing, as the rulebook estimates it; left out: it doesn't.</param>
/// <param name="Total">All of it.</param>
public sealed record ForecastBody(Money Revenue, Money Fee, Money? Handling, Money Total);

/// <summary>Something on offer, for what was not to be had.</summary>
/// <param name="Line">The line of the order that it could stand for.</param>
/// <param name="Listing">The text of the listing's id.</param>
/// <param name="SameSeller">It is of the same seller.</param>
public sealed record InsteadBody(
    int Line, string Listing, string Sku, string Title, SellerId Seller, bool SameSeller, Money Price);
