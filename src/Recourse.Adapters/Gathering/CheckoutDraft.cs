using Recourse.Checkouts;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Payments;
namespace Recourse.Adapters.Gathering;

/// <summary>What is to be bought and where it goes, before anything is recorded: what a fix changes.</summary>
/// <param name="Country">Null: it isn't known yet.</param>
/// <param name="Method">Null: it isn't chosen yet.</param>
/// <param name="Confirmed">Findings that the buyer says are right as they are.</param>
public sealed record CheckoutDraft(
    ImmutableArray<BasketLine> Lines, string? Country, Address? ShipTo, string? Method, string? MethodKind,
    ImmutableArray<string> Confirmed)
{
    /// <summary>So many units of a line are looked at.</summary>
    public const int MostUnits = 10_000;

    const string AnyMethod = "any";

    /// <summary>Codes of coupons.</summary>
    public ImmutableArray<string> Coupons { get; init; } = [];

    /// <summary>Who buys; null: nobody has signed in.</summary>
    public BuyerId? Buyer { get; init; }

    /// <summary>What is known of the method; null: none is chosen, or nobody looked.</summary>
    public Fact<MethodSeen>? Seen { get; init; }

    /// <summary>The mark of the device that it is bought with; null: it has none.</summary>
    public string? Device { get; init; }

    /// <summary>Codes of findings of which fixes made it what it is.</summary>
    public ImmutableArray<string> Fixed { get; init; } = [];

    /// <summary>
    /// The checkout that it is bought instead of, or by: what that keeps is to be had. Null: there is none.
    /// </summary>
    public CheckoutId? Instead { get; init; }

    /// <summary>What of it is paid from the buyer's wallet, at most; null: nothing.</summary>
    public Money? Wallet { get; init; }

    /// <summary>What of it can be bought.</summary>
    public CheckoutDraft Only(Rest rest) =>
        this with { Lines = rest.Basket.Lines, Coupons = rest.Basket.Coupons ?? [] };

    /// <summary>The place that it goes to, without who lives there; null: it isn't known yet.</summary>
    public string? Place => ShipTo is not { } a ? null
        : string.Join(' ', [.. a.Lines, a.District, a.City, a.Region, a.Postcode, a.Country]);

    /// <summary>As a checkout is asked for it.</summary>
    public Basket ToBasket(Sealed<Address>? shipTo) =>
        new(Lines, Country ?? "", shipTo, Method ?? AnyMethod, MethodKind, Confirmed.IsEmpty ? null : Confirmed,
            Coupons.IsEmpty ? null : Coupons, Fixed.IsEmpty ? null : Fixed, Wallet: Wallet);
}

/// <summary>What was gathered for a draft.</summary>
/// <param name="Stock">Empty: nobody asked.</param>
public sealed record CheckoutKnown(CheckoutFacts Facts, IReadOnlyDictionary<StockItemId, StockItem.State?> Stock)
{
    /// <summary>What the rulebook says of large orders.</summary>
    public BulkRules Bulk { get; init; } = BulkRules.Before;

    /// <summary>Where its units lie.</summary>
    public static StockItemId IdOf(BasketLine line) => new(line.Listing.Seller, line.Sku);

    /// <summary>What its listing says of a line; null: there is none.</summary>
    public Quoted? QuoteOf(int line) => line < Facts.Quotes.Length ? Facts.Quotes[line].Value : null;

    /// <summary>How many of it can be had; 0 also where nobody asked.</summary>
    public int LeftOf(BasketLine line) => Stock.GetValueOrDefault(IdOf(line))?.Available ?? 0;
}
