using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Refunds;
namespace Recourse.World.Inhabitants;

/// <summary>
/// Everybody who lives there. They hear what happens and act on it; nobody remembers more than people do.
/// </summary>
public sealed class Town
{
    readonly IDoor _door;
    readonly Dictionary<BuyerId, Buyer> _buyers = [];
    readonly Dictionary<SellerId, Seller> _sellers = [];
    readonly ImmutableArray<Carrier> _carriers;
    readonly Agent _agent;
    readonly Meddler _meddler;
    readonly Dictionary<OrderId, BuyerId> _orders = [];

    /// <summary>They move in, and start to live until that instant.</summary>
    /// <param name="shipped">The text of the rulebook that operators start from.</param>
    public Town(IDoor door, TownPlan plan, Instant until, string shipped)
    {
        (_door, Plan) = (door, plan);
        _carriers = [new(door, "dhl"), new(door, "correios")];
        _agent = new(door, "ana");
        _meddler = new(door, this);
        for (var i = 1; i <= plan.Sellers; i++) _sellers[new($"shop-{i}")] = new(door, this, new($"shop-{i}"));
        for (var i = 1; i <= plan.Buyers; i++) _buyers[new($"b{i}")] = new(door, this, new($"b{i}"));
        door.Follow(Hear);
        foreach (var seller in _sellers.Values) seller.Open();
        var buyers = _buyers.Values.ToArray();
        var all = until - door.Now;
        for (var i = 0; i < plan.Checkouts; i++)
        {
            // Some baskets come at once: a rush.
            var buyer = buyers[door.Chance.Next(buyers.Length)];
            var after = door.Chance.Next(5) == 0 ? all * 0.3 : all * door.Chance.NextDouble();
            door.At(door.Now + Duration.FromMinutes(10) + after, buyer.Shop);
        }
        var op = new Operator(door, "olga", shipped);
        for (var i = 1; i <= plan.Editions; i++) door.At(door.Now + all * i / (plan.Editions + 1), op.Publish);
        for (var i = 0; i < plan.Meddling * all.TotalDays; i++)
            door.At(door.Now + all * door.Chance.NextDouble(), _meddler.Meddle);
    }

    /// <summary>How it is laid out.</summary>
    public TownPlan Plan { get; }

    /// <summary>What is on offer, as everybody sees it.</summary>
    public Dictionary<ListingId, Offer> Window { get; } = [];

    /// <summary>Everything that anybody has heard of.</summary>
    public List<IId> Things { get; } = [];

    readonly HashSet<IId> _known = [];

    /// <summary>Nobody starts anything new: what has begun is brought to its end.</summary>
    public bool IsClosing { get; private set; }

    /// <summary>Those who sell.</summary>
    public IReadOnlyCollection<SellerId> Sellers => _sellers.Keys;

    /// <summary>Those who buy.</summary>
    public IReadOnlyCollection<BuyerId> Buyers => _buyers.Keys;

    /// <summary>Nobody starts anything new from now on.</summary>
    public void Close() => IsClosing = true;

    /// <summary>Who bought it.</summary>
    public Buyer? BuyerOf(OrderId order) =>
        _orders.TryGetValue(order, out var buyer) ? _buyers.GetValueOrDefault(buyer) : null;

    void Hear(IId id, object @event)
    {
        if (_known.Add(id)) Things.Add(id);
        switch (id)
        {
            case ListingId listing: Hear(listing, @event); break;
            case CheckoutId checkout: _buyers.GetValueOrDefault(checkout.Buyer)?.Hear(checkout, @event); break;
            case RefundId refund: _agent.Hear(refund, @event); break;
            case OrderId order: Hear(order, @event); break;
        }
    }

    void Hear(ListingId listing, object @event)
    {
        switch (@event)
        {
            case Listing.Event.Published e: Window[listing] = e.Offer; break;
            case Listing.Event.Revised e: Window[listing] = e.Offer; break;
        }
    }

    void Hear(OrderId order, object @event)
    {
        if (@event is Order.Event.Placed placed) _orders[order] = placed.Deal.Buyer;
        BuyerOf(order)?.Hear(order, @event);
        _sellers.GetValueOrDefault(order.Seller)?.Hear(order, @event);
        _agent.Hear(order, @event);
        if (@event is Order.Event.Shipped shipped)
            foreach (var carrier in _carriers) carrier.Hear(order, shipped.Handover);
    }
}
