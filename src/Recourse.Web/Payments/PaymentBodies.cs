using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Refunds;
namespace Recourse.Web;

/// <summary>The payment of a checkout, as its buyer and staff may know it.</summary>
/// <param name="Amount">What the orders wanted at first.</param>
/// <param name="Wanted">What they still want.</param>
/// <param name="Captured">What the provider took; left out: nothing.</param>
/// <param name="Reference">The provider's, of the attempt that counts.</param>
/// <param name="Shares">What each order needs, and what became of it.</param>
/// <param name="Tries">Every attempt, the first one first.</param>
/// <param name="Refunds">What goes or went back after it was taken.</param>
/// <param name="Why">Why the last attempt failed; left out: it didn't.</param>
public sealed record PaymentBody(
    PaymentId Id, CheckoutId Checkout, string State, string StateText, Money Amount, Money Wanted, Money? Captured,
    string? Reference, ImmutableArray<ShareBody> Shares, ImmutableArray<TryBody> Tries,
    ImmutableArray<RefundBody> Refunds, NextStep? Next, StatementBody? Why);

/// <summary>An order's part in a payment.</summary>
/// <param name="Released">Given back before it was taken.</param>
/// <param name="Refunded">Given back after it.</param>
public sealed record ShareBody(OrderId Order, Money Amount, Money Released, Money Refunded);

/// <summary>One attempt at the provider.</summary>
/// <param name="Method">The provider's token of a payment method.</param>
/// <param name="Outcome">What came of it so far: <c>authorising</c>, <c>authorised</c>, <c>declined</c>,
/// <c>captured</c>, <c>voided</c>, <c>failed</c>.</param>
/// <param name="Reference">The provider's; left out: it has given none.</param>
/// <param name="Repeats">How often it was asked again, since the outcome was unknown.</param>
/// <param name="ClearAt">When its outcome was known; left out: it isn't.</param>
/// <param name="Card">The card that the method is, as its provider tells now; left out: it is none, or isn't told.
/// </param>
public sealed record TryBody(
    int Attempt, string Method, Money Amount, Instant AskedAt, string Outcome, string? Reference, int Repeats,
    Instant? ClearAt, StatementBody? Why, CardBody? Card = null);

/// <summary>A card, as people know theirs.</summary>
/// <param name="Brand">As the provider writes it, e.g. <c>visa</c>.</param>
/// <param name="LastFour">The last digits of its number.</param>
/// <param name="ExpiresIn">The last month in which it is good, e.g. <c>2041-06</c>; left out: nobody says.</param>
/// <param name="Text">All of it, in words.</param>
public sealed record CardBody(string Brand, string LastFour, string? ExpiresIn, string Text);

/// <summary>A payment in a list.</summary>
public sealed record PaymentItem(
    string Id, string Buyer, string State, Money Amount, Money Captured, Money GivenBack, int Attempt, Instant AskedAt,
    ImmutableArray<string> Orders, ImmutableArray<string> References, string? WaitsFor);
