using Recourse.Catalog;
using Recourse.Orders;
namespace Recourse.Checkouts;

/// <summary>Units that a buyer ordered of one variant.</summary>
/// <param name="Checkout">Code of the checkout.</param>
/// <param name="At">When (UTC).</param>
public sealed record BoughtLine(string Checkout, ListingId Listing, Sku Sku, int Quantity, Instant At);

/// <summary>How many are ordered of a listing at a time.</summary>
/// <param name="Second">What one order at least went beyond: a single one may have been a slip.</param>
public sealed record UsualUnits(ListingId Listing, int Second);

/// <summary>What was bought before that a basket should be seen beside.</summary>
/// <param name="Lines">What the buyer ordered lately of the same variants, the newest first.</param>
/// <param name="MostUnits">The most that the buyer ever ordered of one thing; 0: nothing yet.</param>
/// <param name="Others">What is ordered at a time of listings that are wanted in large numbers.</param>
public sealed record BoughtBefore(
    ImmutableArray<BoughtLine> Lines, int MostUnits, ImmutableArray<UsualUnits> Others);

/// <summary>A buyer's latest lines.</summary>
/// <param name="Lines">The newest first, without what was not to be had, or given up before it was paid.</param>
/// <param name="MostUnits">Of one thing at a time, ever.</param>
public sealed record BuyerHabit(ImmutableArray<BoughtLine> Lines, int MostUnits);

/// <summary>What buyers ordered lately, by the code of the buyer: one row tells all of one buyer.</summary>
public static class BuyerHabits
{
    /// <summary>So many lines are kept of each.</summary>
    public const int MostKept = 40;

    /// <summary>The view.</summary>
    public static readonly View<BuyerHabit> View = new()
    {
        Name = "buyer-habits", Version = 1,
        Hears =
        [
            typeof(Checkout.Event.Opened), typeof(Checkout.Event.Refused), typeof(Checkout.Event.Missed),
            typeof(Checkout.Event.AskedForLess), typeof(Checkout.Event.Dropped), typeof(Checkout.Event.Abandoned),
            typeof(Checkout.Event.TurnedDown),
        ],
        Keys = r => r is
        {
            Id: CheckoutId id, Event: Checkout.Event.Opened or Checkout.Event.Refused or Checkout.Event.Missed
                or Checkout.Event.AskedForLess or Checkout.Event.Dropped or Checkout.Event.Abandoned
                or Checkout.Event.TurnedDown,
        } ? [id.Buyer.Code] : [],
        Fold = (_, row, r) => r is { Id: CheckoutId id, Event: Checkout.Event e } ? Fold(row, id, e, r.At) : row,
    };

    static BuyerHabit? Fold(BuyerHabit? row, CheckoutId id, Checkout.Event @event, Instant at) => @event switch
    {
        Checkout.Event.Opened e    => And(row, id, [.. Checkout.LinesWithout(e.Basket, e.LeftOut)], at),
        Checkout.Event.Refused e   => Without(row, id, e.Order.Seller),
        Checkout.Event.AskedForLess { Request: var less } => And(
            Without(row, id, less.Seller), id,
            [.. less.Lines.Select(l => new BasketLine(l.Listing, l.Sku, l.Quantity, l.UnitPrice))], at),
        Checkout.Event.Missed e    => Without(row, id, e.Order.Seller),
        Checkout.Event.Dropped e   => Without(row, id, e.Order.Seller),
        Checkout.Event.Abandoned   => Without(row, id, seller: null),
        Checkout.Event.TurnedDown  => Without(row, id, seller: null),
        Checkout.Event.NotOpened or Checkout.Event.SellersAsked or Checkout.Event.Reserved or Checkout.Event.Stopped
            or Checkout.Event.AskedAgain or Checkout.Event.VerificationAsked or Checkout.Event.ProofSent
            or Checkout.Event.HeldForReview or Checkout.Event.Overturned or Checkout.Event.PaymentAsked
            or Checkout.Event.Declined or Checkout.Event.Authorised or Checkout.Event.Warned
            or Checkout.Event.PutOff => row,
    };

    /// <summary>The row with a basket more.</summary>
    public static BuyerHabit And(BuyerHabit? row, CheckoutId id, ImmutableArray<BasketLine> lines, Instant at) => new(
        [
            .. lines.Select(l => new BoughtLine(id.Code, l.Listing, l.Sku, l.Quantity, at))
                .Concat(row?.Lines ?? []).Take(MostKept),
        ],
        lines.Select(l => l.Quantity).Append(row?.MostUnits ?? 0).Max());

    static BuyerHabit? Without(BuyerHabit? row, CheckoutId id, SellerId? seller) => row is null ? null
        : row with
        {
            Lines = row.Lines.RemoveAll(
                l => l.Checkout == id.Code && (seller is not { } s || l.Listing.Seller == s)),
        };
}

/// <summary>The largest numbers in which a listing was ordered.</summary>
public sealed record LargeUnits(int First, int Second);

/// <summary>
/// In which numbers listings are ordered, by the text of the listing's id. Small ones aren't kept: they are usual of
/// anything, and nearly all orders are.
/// </summary>
public static class LargeOrders
{
    /// <summary>More than so many units at once are kept.</summary>
    public const int From = 5;

    /// <summary>The view.</summary>
    public static readonly View<LargeUnits> View = new()
    {
        Name = "large-orders", Version = 1, Hears = [typeof(Order.Event.Placed)],
        Keys = r => r is { Id: OrderId, Event: Order.Event.Placed e }
            ? e.Deal.Lines.Where(l => l.Quantity > From).Select(l => $"{l.Listing}").Distinct() : [],
        Fold = (key, row, r) => r.Event is not Order.Event.Placed e ? row
            : And(row, e.Deal.Lines.Where(l => $"{l.Listing}" == key).Max(l => l.Quantity)),
    };

    /// <summary>The row with an order more.</summary>
    public static LargeUnits And(LargeUnits? row, int units) => row is null ? new(units, 0)
        : units > row.First ? new(units, row.First) : row with { Second = Math.Max(row.Second, units) };
}
