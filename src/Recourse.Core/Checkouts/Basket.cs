using Recourse.Catalog;
using Recourse.Inventory;
using Recourse.Orders;
namespace Recourse.Checkouts;

/// <summary>What the buyer wants.</summary>
/// <param name="UnitPrice">What they were shown; null: whatever it is now.</param>
/// <param name="Service">How it is to be sent; null: in the cheapest way that will do.</param>
/// <param name="Later">What is to follow in instalments; null: nothing.</param>
public sealed record BasketLine(
    ListingId Listing, Sku Sku, int Quantity, Money? UnitPrice, string? Service = null, Later? Later = null);

/// <summary>All that the buyer asks for in one go.</summary>
/// <param name="Lines">1 to 500.</param>
/// <param name="Country">Where it goes, ISO 3166 alpha-2.</param>
/// <param name="Method">The provider's token of a payment method, never a card number; what the wallet pays whole
/// needs none, and has <see cref="Recourse.Payments.Payment.FromWallet"/>.</param>
/// <param name="MethodKind">Of which kind it is, e.g. <c>boleto</c>: some are paid later than others.</param>
/// <param name="Confirmed">Findings that the buyer says are right as they are; null: none.</param>
/// <param name="Coupons">Codes of coupons, as the buyer wants them used; null: none.</param>
/// <param name="Fixed">Findings of which fixes made it what it is, see <c>FixedOf</c>; null: none.</param>
/// <param name="Card">Keyed fingerprint of the card that the method is; null: it is none, or isn't known.</param>
/// <param name="Wallet">What of it the buyer pays from their wallet, at most; null: nothing.</param>
public sealed record Basket(
    ImmutableArray<BasketLine> Lines, string Country, Sealed<Address>? ShipTo, string Method,
    string? MethodKind = null, ImmutableArray<string>? Confirmed = null, ImmutableArray<string>? Coupons = null,
    ImmutableArray<string>? Fixed = null, string? Card = null, Money? Wallet = null);
