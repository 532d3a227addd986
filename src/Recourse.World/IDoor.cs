using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Conversations;
using Recourse.Disputes;
using Recourse.Instalments;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.World;

/// <summary>Something that happened, as whoever follows the feed hears it.</summary>
/// <param name="What">As the feed writes it: <c>order.funded</c>.</param>
/// <param name="Buyer">Who bought; said of an order that is placed, and of what is to follow in instalments.</param>
/// <param name="Carrier">Who took it; said of an order that is dispatched.</param>
/// <param name="Offer">What is offered now; said of a listing.</param>
/// <param name="Line">What can be ordered of instalments now.</param>
public sealed record News(
    IId Id, string What, BuyerId? Buyer = null, string? Carrier = null, Offer? Offer = null, BasketLine? Line = null,
    SellerId? Seller = null)
{
    /// <summary>Told of an event as it is stored.</summary>
    /// <param name="now">The state after it.</param>
    public static News Of(IId id, object @event, object? now)
    {
        var kind = id.ToString()!;
        var what = $"{kind[..kind.IndexOf('/', StringComparison.Ordinal)]}.{Closed.NameOf(@event.GetType().Name)}";
        return @event switch
        {
            Order.Event.Placed e      => new(id, what, Buyer: e.Deal.Buyer),
            Order.Event.Shipped e     => new(id, what, Carrier: e.Handover.Carrier),
            Listing.Event.Published e => new(id, what, Offer: e.Offer),
            Listing.Event.Revised e   => new(id, what, Offer: e.Offer),
            SupplyPlan.Event when now is SupplyPlan.State s => new(id, what, Buyer: s.Terms.Buyer, Line: new(
                s.Terms.Listing, s.Terms.Sku, (s as SupplyPlan.State.Open)?.Current.Units ?? 0, UnitPrice: null)),
            Appeal.Event.Lodged e     => new(id, what, Seller: e.Hearing?.Of),
            Conversation.Event.Written e => new(id, what, Buyer: e.Buyer),
            _                         => new(id, what),
        };
    }
}

/// <summary>
/// The platform as people meet it: they ask, they hear what happened, and time passes. The simulator is one door; a
/// demo's clients over the public API are another.
/// </summary>
public interface IDoor
{
    /// <summary>The platform's time (UTC).</summary>
    Instant Now { get; }

    /// <summary>The only chance that inhabitants have.</summary>
    Random Chance { get; }

    /// <summary>Does something at an instant.</summary>
    void At(Instant instant, Action then);

    /// <summary>
    /// Asks. What a command must know from elsewhere is left out of it: whoever keeps the door gathers it.
    /// </summary>
    void Ask(Ask ask, Action<Outcome> reply);

    /// <summary>Looks at a purchase as it is with its fixes, and at what is found in it; nothing is asked.</summary>
    void Look(BuyerId who, Purchase purchase, Action<Purchase, ImmutableArray<Finding>> found);

    /// <summary>What still stands of an order, for whom it is to be seen; nobody else hears anything.</summary>
    void Look(OrderId order, Actor who, Action<ImmutableArray<Portion>> standing);

    /// <summary>The same, with what it is.</summary>
    void LookClosely(OrderId order, Actor who, Action<ImmutableArray<Standing>> standing);

    /// <summary>Tells of everything that happens from now on.</summary>
    void Follow(Action<News> heard);
}
