using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Instalments;
using Recourse.Orders;
using Recourse.Refunds;
using Recourse.Verifying;
namespace Recourse.World.Inhabitants;

/// <summary>
/// Everybody who lives there. They hear what happens and act on it; nobody remembers more than people do.
/// </summary>
public sealed class Town
{
    readonly Dictionary<BuyerId, Buyer> _buyers = [];
    readonly Dictionary<SellerId, Seller> _sellers = [];
    readonly Dictionary<string, Carrier> _carriers = [];
    readonly Dictionary<OrderId, BuyerId> _orders = [];
    readonly HashSet<IId> _known = [];
    readonly bool _remembersThings;
    ImmutableArray<string> _carrierCodes = [];
    Agent? _agent;

    /// <summary>Nobody lives there yet.</summary>
    /// <param name="remembersThings">Whether it keeps a list of everything, for who tries everything.</param>
    public Town(IDoor door, TownPlan plan, bool remembersThings = true)
    {
        (Plan, _remembersThings) = (plan, remembersThings);
        door.Follow(Hear);
    }

    /// <summary>A town whose people start to live now, until that instant.</summary>
    /// <param name="shipped">The text of the rulebook that operators start from.</param>
    /// <param name="peek">For who tries everything.</param>
    public static Town Of(IDoor door, TownPlan plan, Instant until, string shipped, Func<IId, object?> peek)
    {
        var town = new Town(door, plan);
        town.Add(new Carrier(door, "dhl"));
        town.Add(new Carrier(door, "correios"));
        town.Add(new Agent(door, "ana"));
        var meddler = new Meddler(door, town, peek);
        for (var i = 1; i <= plan.Sellers; i++) town.Add(new Seller(door, town, new($"shop-{i}")));
        for (var i = 1; i <= plan.Buyers; i++) town.Add(new Buyer(door, town, new($"b{i}")));
        if (plan.Clinics > 0) town.Add(new Depot(door, town));
        for (var i = 1; i <= plan.Clinics; i++) town.Add(new Clinic(door, town, new($"clinic-{i}")));
        foreach (var seller in town._sellers.Values) seller.Open();
        var buyers = town._buyers.Values.ToArray();
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
            door.At(door.Now + all * door.Chance.NextDouble(), meddler.Meddle);
        return town;
    }

    /// <summary>Someone moves in.</summary>
    public void Add(Buyer buyer) => _buyers[buyer.Id] = buyer;

    /// <summary>Someone moves in.</summary>
    public void Add(Seller seller) => _sellers[seller.Id] = seller;

    /// <summary>Someone moves in.</summary>
    public void Add(Carrier carrier)
    {
        _carriers[carrier.Code] = carrier;
        _carrierCodes = _carrierCodes.Add(carrier.Code);
    }

    /// <summary>Someone moves in.</summary>
    public void Add(Agent agent) => _agent = agent;

    /// <summary>How it is laid out.</summary>
    public TownPlan Plan { get; }

    /// <summary>What is on offer, as everybody sees it.</summary>
    public Dictionary<ListingId, Offer> Window { get; } = [];

    /// <summary>Everything that anybody has heard of.</summary>
    public List<IId> Things { get; } = [];

    /// <summary>Nobody starts anything new: what has begun is brought to its end.</summary>
    public bool IsClosing { get; private set; }

    /// <summary>Those who sell.</summary>
    public IReadOnlyCollection<SellerId> Sellers => _sellers.Keys;

    /// <summary>Those who buy.</summary>
    public IReadOnlyCollection<BuyerId> Buyers => _buyers.Keys;

    /// <summary>Those who carry.</summary>
    public ImmutableArray<string> CarrierCodes => _carrierCodes;

    /// <summary>Nobody starts anything new from now on.</summary>
    public void Close() => IsClosing = true;

    /// <summary>Who bought it.</summary>
    public Buyer? BuyerOf(OrderId order) =>
        _orders.TryGetValue(order, out var buyer) ? _buyers.GetValueOrDefault(buyer) : null;

    /// <summary>Everybody hears what happened, or what they had forgotten.</summary>
    public void Hear(News news)
    {
        if (_remembersThings && _known.Add(news.Id)) Things.Add(news.Id);
        switch (news.Id)
        {
            case ListingId listing:
                if (news.Offer is { } offer) Window[listing] = offer;
                _sellers.GetValueOrDefault(listing.Seller)?.Hear(listing, news);
                break;
            case CheckoutId checkout:
                _buyers.GetValueOrDefault(checkout.Buyer)?.Hear(checkout, news);
                _agent?.Hear(checkout, news);
                break;
            case VerificationId verification:
                _buyers.GetValueOrDefault(verification.Buyer)?.Hear(verification, news);
                _agent?.Hear(verification, news);
                break;
            case SupplyPlanId plan:
                foreach (var clinic in _buyers.Values.OfType<Clinic>()) clinic.Hear(plan, news);
                (_sellers.GetValueOrDefault(plan.Seller) as Depot)?.Hear(plan, news);
                break;
            case RefundId refund: _agent?.Hear(refund, news); break;
            case OrderId order: Hear(order, news); break;
        }
    }

    void Hear(OrderId order, News news)
    {
        if (news.Buyer is { } buyer) _orders[order] = buyer;
        BuyerOf(order)?.Hear(order, news);
        _sellers.GetValueOrDefault(order.Seller)?.Hear(order, news);
        _agent?.Hear(order, news);
        if (news.Carrier is { } carrier)
            foreach (var one in _carriers.Values) one.Hear(order, carrier);
        if (news.What is "order.completed" or "order.cancelled" or "order.lost") _orders.Remove(order);
    }
}
