using Recourse.Catalog;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Sellers;
using Recourse.Ways;
namespace Recourse.Checkouts;

/// <summary>One basket on its way to being paid; each seller in it becomes an order.</summary>
public readonly record struct CheckoutId(BuyerId Buyer, string Code) : IId<CheckoutId>
{
    /// <inheritdoc/>
    public static bool TryParse(string? text, out CheckoutId id)
    {
        var ok = Derived.Split(text, "checkout", 3) is [_, var b, var c] && Derived.IsCode(b) && Derived.IsCode(c);
        id = ok && text!.Split('/') is [_, var buyer, var code] ? new(new(buyer), code) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => $"checkout/{Buyer.Code}/{Code}";
}

/// <summary>What the buyer wants.</summary>
/// <param name="UnitPrice">What they were shown; null: whatever it is now.</param>
/// <param name="Service">How it is to be sent; null: in the cheapest way that will do.</param>
public sealed record BasketLine(
    ListingId Listing, Sku Sku, int Quantity, Money? UnitPrice, string? Service = null);

/// <summary>All that the buyer asks for in one go.</summary>
/// <param name="Lines">1 to 500.</param>
/// <param name="Country">Where it goes, ISO 3166 alpha-2.</param>
/// <param name="Method">The provider's token of a payment method; never a card number.</param>
/// <param name="MethodKind">Of which kind it is, e.g. <c>boleto</c>: some are paid later than others.</param>
/// <param name="Confirmed">Findings that the buyer says are right as they are; null: none.</param>
public sealed record Basket(
    ImmutableArray<BasketLine> Lines, string Country, Sealed<Address>? ShipTo, string Method,
    string? MethodKind = null, ImmutableArray<string>? Confirmed = null);

/// <summary>What a listing said when the basket was looked at.</summary>
/// <param name="ShippingPerUnit">To the basket's country; null: it doesn't go there.</param>
/// <param name="ShipsFrom">Where the goods lie, ISO 3166 alpha-2; null in what is older than this.</param>
/// <param name="Follows">The currency of what its price follows; null: it follows nothing.</param>
/// <param name="Unit">What one unit weighs; null: its seller doesn't say.</param>
/// <param name="Goods">Classes of goods with rules of their own that are in it; null or none: ordinary goods.</param>
/// <param name="Options">The ways to send it to that country; null or none: the seller's own.</param>
public sealed record Quoted(
    string Title, Money UnitPrice, Money? ShippingPerUnit, bool Offered, string? ShipsFrom = null,
    Currency? Follows = null, Measures? Unit = null, ImmutableArray<string>? Goods = null,
    ImmutableArray<ShippingOption>? Options = null)
{
    /// <summary>Classes of goods with rules of their own that are in it.</summary>
    public ImmutableArray<string> Classes => Goods ?? [];

    /// <summary>The ways to send it there that are named.</summary>
    public ImmutableArray<ShippingOption> Named => Options ?? [];
}

/// <summary>
/// What a checkout must know from elsewhere: one quote for each line, in the lines' order; null where there is no such
/// listing or variant.
/// </summary>
/// <param name="ShipTo">What a look at the address found; null: there is none, or nobody looked.</param>
/// <param name="Before">What was bought before; null: nothing that it should be seen beside, or nobody looked.</param>
/// <param name="Rates">Exchange rates that it needs; null: none, or nobody looked.</param>
/// <param name="Area">The remote area that the address is in; null: none.</param>
/// <param name="Sellers">What sellers in it have declared; who isn't among them has declared nothing.</param>
public sealed record CheckoutFacts(
    ImmutableArray<Fact<Quoted?>> Quotes, Fact<AddressCheck>? ShipTo = null, Fact<BoughtBefore>? Before = null,
    Fact<UsedRates>? Rates = null, Fact<string>? Area = null, ImmutableArray<Fact<SellerFacts>>? Sellers = null)
{
    /// <summary>What a seller has declared; null: nothing.</summary>
    public SellerFacts? Of(SellerId seller)
    {
        foreach (var fact in Sellers ?? [])
            if (fact.Value.Seller == seller) return fact.Value;
        return null;
    }
}

/// <summary>A seller's terms, and what it takes to apply them.</summary>
/// <param name="HonestOrders">How many orders of the buyer ended well, up to what is asked for; null: who buys isn't
/// known yet, or nothing is asked.</param>
/// <param name="Waiting">How many orders wait to be sent by the seller; null: they set no limit.</param>
public sealed record SellerFacts(SellerId Seller, SellerTerms Terms, int? HonestOrders = null, int? Waiting = null);

/// <summary>What one seller answered. Exactly one of total and refusals is there once they have.</summary>
public sealed record Part(OrderId Order, Money Asked, Money? Total, ImmutableArray<Refusal> Refusals)
{
    /// <summary>Still waiting for the seller's answer.</summary>
    public bool IsAwaited => Total is null && Refusals.IsEmpty;
}

/// <summary>Sellers reserve, the provider authorises, the sellers are funded; or everything is given back.</summary>
public static partial class Checkout
{
    /// <summary>What can be asked of a checkout.</summary>
    public closed record Command : ICommand<CheckoutId>
    {
        /// <summary>Starts it; refused with everything that the gathered facts say against it.</summary>
        public sealed record Open(Basket Basket, CheckoutFacts Facts) : Command;

        /// <summary>Said by an order: stock and price are taken.</summary>
        public sealed record ConfirmReserved(OrderId Order, Money Total) : Command;

        /// <summary>What came back from a seller that refuses.</summary>
        public sealed record HearRefusal(OrderId Order, ImmutableArray<Refusal> Why) : Command, IIfRefused
        {
            /// <inheritdoc/>
            public IIfRefused With(ImmutableArray<Refusal> why) => this with { Why = why };
        }

        /// <summary>The buyer goes on without the orders that were refused.</summary>
        public sealed record Proceed : Command;

        /// <summary>The buyer pays, with another method than the one that failed or with the same.</summary>
        /// <param name="Kind">Of which kind it is; null: one that is paid at once.</param>
        public sealed record Pay(string Method, string? Kind = null) : Command;

        /// <summary>The buyer gives it up before it is paid.</summary>
        public sealed record Abandon : Command;

        /// <summary>Said by the payment: the money is held.</summary>
        public sealed record ConfirmAuthorised : Command;

        /// <summary>Said by the payment: this method failed, and why.</summary>
        public sealed record HearDecline(Statement Why) : Command;

        /// <summary>Said by an order that ended before it was paid.</summary>
        public sealed record HearEnded(OrderId Order) : Command;

        /// <summary>Time.</summary>
        public sealed record Wake(Instant Due) : Command;
    }

    /// <summary>A checkout as it stands. Its payment has the same owner and code.</summary>
    public closed record State(Basket Basket, Currency Currency, ImmutableArray<Part> Parts)
    {
        /// <summary>What the sellers that keep their part add up to.</summary>
        public Money Total => Parts.Where(p => p.Total is not null).Select(p => p.Total!.Value).Sum(Currency);

        /// <summary>Somebody must act.</summary>
        /// <param name="PayBy">Until when it is to be paid (UTC), however often the method is changed.</param>
        public closed record Open(
            Basket Basket, Currency Currency, ImmutableArray<Part> Parts, Deadline Deadline, Instant PayBy)
            : State(Basket, Currency, Parts);

        /// <summary>Sellers have not all answered.</summary>
        public sealed record Reserving(
            Basket Basket, Currency Currency, ImmutableArray<Part> Parts, Deadline Deadline, Instant PayBy)
            : Open(Basket, Currency, Parts, Deadline, PayBy);

        /// <summary>Some seller refused: the buyer goes on without, or gives up.</summary>
        public sealed record Stopped(
            Basket Basket, Currency Currency, ImmutableArray<Part> Parts, Deadline Deadline, Instant PayBy)
            : Open(Basket, Currency, Parts, Deadline, PayBy);

        /// <summary>The provider was asked.</summary>
        public sealed record Paying(
            Basket Basket, Currency Currency, ImmutableArray<Part> Parts, Deadline Deadline, Instant PayBy,
            int Attempt) : Open(Basket, Currency, Parts, Deadline, PayBy);

        /// <summary>The method failed: the buyer tries another.</summary>
        public sealed record Declined(
            Basket Basket, Currency Currency, ImmutableArray<Part> Parts, Deadline Deadline, Instant PayBy,
            int Attempt, Statement Why) : Open(Basket, Currency, Parts, Deadline, PayBy);

        /// <summary>The money is held: the orders go on by themselves.</summary>
        public sealed record Authorised(Basket Basket, Currency Currency, ImmutableArray<Part> Parts)
            : State(Basket, Currency, Parts);

        /// <summary>Given up; what was taken was given back.</summary>
        /// <param name="Attempt">How often payment was tried; 0: there is no payment.</param>
        public sealed record Abandoned(
            Basket Basket, Currency Currency, ImmutableArray<Part> Parts, int Attempt, Statement Why)
            : State(Basket, Currency, Parts);
    }

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>Each seller is asked for its part.</summary>
        public sealed record Opened(
            Basket Basket, CheckoutFacts Facts, Currency Currency, ImmutableArray<Request> Requests,
            Deadline Deadline, Instant PayBy) : Event;

        /// <summary>A seller keeps its part.</summary>
        public sealed record Reserved(OrderId Order, Money Total) : Event;

        /// <summary>A seller can't, for all these reasons.</summary>
        public sealed record Refused(OrderId Order, ImmutableArray<Refusal> Why) : Event;

        /// <summary>A seller's answer did not come in time: the checkout goes on without that part.</summary>
        public sealed record Missed(OrderId Order, Refusal Why) : Event;

        /// <summary>All have answered and some refused.</summary>
        public sealed record Stopped(Deadline Deadline) : Event;

        /// <summary>The payment is asked to authorise what the parts add up to.</summary>
        public sealed record PaymentAsked(
            string Method, int Attempt, ImmutableArray<Share> Shares, Deadline Deadline, string? Kind = null) : Event;

        /// <summary>The method failed.</summary>
        public sealed record Declined(Statement Why, Deadline Deadline) : Event, IAdverse;

        /// <summary>The money is held.</summary>
        public sealed record Authorised : Event;

        /// <summary>Whoever is waited for was told what happens, and when.</summary>
        public sealed record Warned(Deadline Deadline) : Event;

        /// <summary>An order ended before it was paid.</summary>
        public sealed record Dropped(OrderId Order, Refusal Why) : Event;

        /// <summary>Given up.</summary>
        public sealed record Abandoned(Statement Why) : Event, IAdverse;
    }
}
