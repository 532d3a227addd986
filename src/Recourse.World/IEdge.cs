using Recourse.Checkouts;
using Recourse.Exchange;
using Recourse.Orders;
namespace Recourse.World;

/// <summary>What somebody wants to buy: the address is in the open, as it is until the edge seals it.</summary>
/// <param name="Basket">Its own address is not looked at.</param>
/// <param name="ShipTo">Null: it goes to a country only.</param>
/// <param name="Device">The mark of what it is bought with; null: it has none.</param>
/// <param name="Apply">Ids of fixes: it is asked for as it is with them.</param>
public sealed record Purchase(
    Basket Basket, Address? ShipTo = null, string? Device = null, ImmutableArray<string>? Apply = null);

/// <summary>Something that was found in a purchase, as its buyer is told it.</summary>
/// <param name="Stops">It can't be paid as it is.</param>
/// <param name="Fixes">Ids of what settles it in one step, the likeliest first.</param>
public sealed record Finding(string Id, string Code, bool Stops, ImmutableArray<string> Fixes);

/// <summary>
/// The edge's part in a checkout, for a world that can't see the edge: what it gathers, it gathers by its own code.
/// </summary>
public interface IEdge
{
    /// <summary>A purchase with its fixes, and what a checkout must know for it, but what screening knows.</summary>
    (Purchase Purchase, CheckoutFacts Facts) ToBuy(BuyerId buyer, Purchase purchase);

    /// <summary>A purchase with its fixes, and all that is found in it.</summary>
    (Purchase Purchase, ImmutableArray<Finding> Findings) Look(BuyerId buyer, Purchase purchase);

    /// <summary>How a payment method is known again, as nobody can tell which it is; null: it can't be.</summary>
    string? PrintOf(string method);

    /// <summary>Another try to pay with what it must know, but what screening knows.</summary>
    Checkout.Command.Pay ToPay(BuyerId buyer, Checkout.Command.Pay pay);

    /// <summary>What a change of an order must know.</summary>
    AmendFacts ToAmend(Deal deal, Changes changes);

    /// <summary>What is known of exchange rates.</summary>
    Fact<RateTable> Rates();
}
