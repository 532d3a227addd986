using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Disputes;
using Recourse.Orders;
using Recourse.Payments;
namespace Recourse.Web;

/// <summary>A basket of one or several sellers, and how it is paid.</summary>
/// <param name="Country">Where it goes, ISO 3166 alpha-2.</param>
/// <param name="ShipTo">Name and address; kept under the buyer's own key.</param>
/// <param name="Method">The provider's token of a payment method, never a card number; left out: the wallet pays it
/// whole.</param>
/// <param name="MethodKind">Of which kind it is, e.g. <c>boleto</c>: some may be paid later than others.</param>
/// <param name="Confirmed">Ids of findings that the buyer says are right as they are.</param>
/// <param name="Apply">Ids of fixes of what was found: the basket is bought as it is with them.</param>
/// <param name="Coupons">Codes of coupons.</param>
/// <param name="Instead">A stopped checkout that this is bought instead of: what it keeps is given back first.</param>
public sealed record CheckoutRequest(
    ImmutableArray<CheckoutLine> Lines, string Country, string? Method = null, AddressBody? ShipTo = null,
    string? MethodKind = null, ImmutableArray<string>? Confirmed = null, ImmutableArray<string>? Apply = null,
    ImmutableArray<string>? Coupons = null, CheckoutId? Instead = null)
{
    /// <summary>What is paid of it from the buyer's wallet, at most; left out: nothing.</summary>
    public Money? Wallet { get; init; }
}

/// <summary>Units of one variant.</summary>
/// <param name="Listing">The listing's id, e.g. <c>listing/ana/mug</c>.</param>
public sealed record CheckoutLine(ListingId Listing, string Sku, int Quantity)
{
    /// <summary>What the buyer was shown; left out: whatever it is now.</summary>
    public Money? UnitPrice { get; init; }

    /// <summary>How it is to be sent, as the quote names it; left out: in the cheapest way that will do.</summary>
    public string? Service { get; init; }

    /// <summary>What is to follow in instalments, as a fix offers it; left out: nothing.</summary>
    public LaterBody? Later { get; init; }
}

/// <summary>More of a line, which follows once its units are paid for.</summary>
/// <param name="Units">How many more.</param>
/// <param name="Parts">In how many instalments.</param>
public sealed record LaterBody(int Units, int Parts)
{
    internal static LaterBody? Of(Later? later) => later is null ? null : new(later.Units, later.Parts);

    internal Later ToLater() => new(Units, Parts);
}

/// <summary>Another way to pay.</summary>
/// <param name="Method">The provider's token of a payment method.</param>
/// <param name="Kind">Of which kind it is, e.g. <c>boleto</c>; left out: one that is paid at once.</param>
public sealed record PaymentRequest(string Method, string? Kind = null);

/// <summary>A checkout, as its reader may know it.</summary>
/// <param name="Orders">One for each seller.</param>
/// <param name="Total">What the sellers that keep their part add up to.</param>
/// <param name="PayBy">Until when it is to be paid (UTC).</param>
/// <param name="Next">Who must act; left out: nobody.</param>
/// <param name="Why">The last statement of reasons, where something went against the buyer.</param>
/// <param name="Lines">What was asked for.</param>
/// <param name="Actions">What the reader may do now, and why not the rest.</param>
/// <param name="Coupons">Codes of coupons that were asked for.</param>
/// <param name="WithoutDiscounts">
/// What it comes to without the coupons that stand in the way; left out: none does.
/// </param>
/// <param name="LeftOut">
/// Why lines, or coupons, are no part of it: each names its place in what was asked for. Empty: all of it is.
/// </param>
/// <param name="Appeal">The id under which what screening decided is appealed; left out: there is nothing to.</param>
/// <param name="Screening">What screening made of it, for staff; left out: it was never screened.</param>
/// <param name="Card">The card that it is paid with; left out: it is none, or isn't told.</param>
public sealed record CheckoutBody(
    CheckoutId Id, string State, string StateText, ImmutableArray<CheckoutPart> Orders, Money Total, Money Asked,
    string Country, AddressBody? ShipTo, Instant? PayBy, NextStep? Next, StatementBody? Why, PaymentId Payment,
    ImmutableArray<CheckoutLine> Lines, ImmutableArray<ActionBody> Actions, ImmutableArray<string> Coupons,
    Money? WithoutDiscounts, ImmutableArray<RefusalBody> LeftOut, AppealId? Appeal = null,
    ScreeningBody? Screening = null, CardBody? Card = null)
{
    /// <summary>What is paid of it from the wallet, at most; left out: nothing.</summary>
    public Money? Wallet { get; init; }

    /// <summary>About what it comes to in the currency that was asked for; left out: none was.</summary>
    public ReadingBody? Reading { get; init; }
}

/// <summary>One seller's part.</summary>
/// <param name="Total">What the seller keeps it at; left out while it isn't known, or was refused.</param>
/// <param name="Refusals">Why the seller can't.</param>
public sealed record CheckoutPart(OrderId Order, Money Asked, Money? Total, ImmutableArray<RefusalBody> Refusals);

/// <summary>A checkout in a list.</summary>
public sealed record CheckoutItem(
    string Id, string State, Instant OpenedAt, Money Total, ImmutableArray<string> Orders, Instant? WaitsUntil);

/// <summary>Whom and where.</summary>
/// <param name="City">Empty where addresses have none, as in Singapore.</param>
/// <param name="Country">ISO 3166 alpha-2.</param>
/// <param name="Region">State, province, prefecture: by its key, its name or its ISO 3166-2 code.</param>
/// <param name="Phone">For the carrier, as it is dialled in that country or with + and the country's code.</param>
/// <param name="District">What belongs to a town and stands beside it.</param>
public sealed record AddressBody(
    string Name, ImmutableArray<string> Lines, string City, string Country, string? Region = null,
    string? Postcode = null, string? Phone = null, string? District = null)
{
    internal static AddressBody? Of(Address? a) =>
        a is null ? null : new(a.Name, a.Lines, a.City, a.Country, a.Region, a.Postcode, a.Phone, a.District);

    internal Address ToAddress() => new(Name, Lines, City, Region, Postcode, Country, Phone, District);
}
