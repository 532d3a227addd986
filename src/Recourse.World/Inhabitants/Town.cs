using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Conversations;
using Recourse.Coupons;
using Recourse.Disputes;
using Recourse.Instalments;
using Recourse.Monitoring;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Payouts;
using Recourse.Reasons;
using Recourse.Refunds;
using Recourse.Tracking;
using Recourse.Verifying;
using Recourse.Wallets;
namespace Recourse.World.Inhabitants;

/// <summary>
/// Everybody who lives there. They hear what happens and act on it; nobody remembers more than people do.
/// </summary>
public sealed class Town
{
    const int MostKnown = 8;

    // A warehouse of things that are wanted in hundreds.
    static readonly SellerId Depot = new("depot");

    readonly Dictionary<BuyerId, Buyer> _buyers = [];
    readonly Dictionary<SellerId, Seller> _sellers = [];
    readonly Dictionary<string, Carrier> _carriers = [];
    readonly Dictionary<OrderId, BuyerId> _orders = [];
    readonly HashSet<IId> _known = [];
    readonly bool _remembersThings;
    ImmutableArray<string> _carrierCodes = [];
    readonly Dictionary<SellerId, ImmutableArray<string>> _coupons = [];
    ImmutableArray<Agent> _agents = [];
    Treasurer? _treasurer;
    Operator? _operator;

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
        town.Add(new Agent(door, "ben"));
        var meddler = new Meddler(door, town, peek);
        for (var i = 1; i <= plan.Sellers; i++) town.Add(new Seller(door, town, new($"shop-{i}")));
        for (var i = 1; i <= plan.Buyers; i++) town.Add(
            new Buyer(door, town, new($"b{i}")) { IsFickle = i == 2 && plan.HasFickle });
        if (plan.Clinics > 0) town.Add(new Seller(door, town, Depot) { IsDepot = true });
        for (var i = 1; i <= plan.Clinics; i++) town.Add(
            new Buyer(door, town, new($"clinic-{i}")) { Supplier = Depot });
        var op = new Operator(door, "olga", shipped);
        town.Add(new Treasurer(door, "tom"));
        op.BringRates([]);
        op.KeepMacros();
        foreach (var seller in town._sellers.Values) door.At(door.Now + Duration.FromMinutes(2), seller.Open);
        var buyers = town._buyers.Values.ToArray();
        var all = until - door.Now;
        for (var i = 0; i < plan.Checkouts; i++)
        {
            // Some baskets come at once: a rush.
            var buyer = buyers[door.Chance.Next(buyers.Length)];
            var after = door.Chance.Next(5) == 0 ? all * 0.3 : all * door.Chance.NextDouble();
            door.At(door.Now + Duration.FromMinutes(10) + after, buyer.Shop);
        }
        for (var i = 1; i <= plan.Editions; i++) door.At(door.Now + all * i / (plan.Editions + 1), op.Publish);
        for (var i = 1; i <= plan.Gifts; i++) door.At(door.Now + all * door.Chance.NextDouble(), () =>
            op.Treat(town._sellers.Values.ElementAt(door.Chance.Next(town._sellers.Count))));
        for (var day = 1; day < all.TotalDays; day += door.Chance.Next(1, 5))
            door.At(door.Now + Duration.FromDays(day), () =>
            {
                op.BringRates(town.Following);
                op.LookAgain([.. town.Window.Keys]);
                op.ReviseMacro();
            });
        if (plan.StandsStill) door.At(door.Now + all * 0.3, () =>
        {
            town.StillUntil = door.Now + Duration.FromDays(7);
            op.Brake(() => [.. town._orders.Keys], () => [.. town.Things.OfType<CheckoutId>()]);
        });
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
    public void Add(Treasurer treasurer) => _treasurer = treasurer;

    /// <summary>Someone moves in, who decides brakes.</summary>
    public void Add(Operator one) => _operator = one;

    /// <summary>Someone moves in.</summary>
    public void Add(Agent agent) => _agents = _agents.Add(agent);

    /// <summary>How it is laid out.</summary>
    public TownPlan Plan { get; }

    /// <summary>What is on offer, as everybody sees it.</summary>
    public Dictionary<ListingId, Offer> Window { get; } = [];

    /// <summary>What of it follows exchange rates.</summary>
    public IEnumerable<ListingId> Following =>
        [.. Window.Where(w => w.Value.FollowsRates).Select(w => w.Key)];

    /// <summary>Codes of coupons for a shop that people know; some have ended.</summary>
    public ImmutableArray<string> CouponsOf(SellerId seller) => _coupons.GetValueOrDefault(seller, []);

    /// <summary>Everything that anybody has heard of.</summary>
    public List<IId> Things { get; } = [];

    /// <summary>Nobody starts anything new: what has begun is brought to its end.</summary>
    public bool IsClosing { get; private set; }

    /// <summary>Until then nobody sends anything (UTC).</summary>
    public Instant StillUntil { get; private set; }

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
        Review(news);
        switch (news.Id)
        {
            case ListingId listing:
                if (news.Offer is { } offer) Window[listing] = offer;
                _sellers.GetValueOrDefault(listing.Seller)?.Hear(listing, news);
                break;
            case CouponId coupon when news.What is "coupon.issued":
                _coupons[coupon.Seller] = [.. CouponsOf(coupon.Seller).TakeLast(MostKnown - 1), coupon.Code];
                break;
            case BuyerId buyer: _buyers.GetValueOrDefault(buyer)?.Hear(news); break;
            case CheckoutId checkout:
                _buyers.GetValueOrDefault(checkout.Buyer)?.Hear(checkout, news);
                AgentOf(checkout)?.Hear(checkout, news);
                break;
            case VerificationId verification:
                _buyers.GetValueOrDefault(verification.Buyer)?.Hear(verification, news);
                AgentOf(verification)?.Hear(verification, news);
                break;
            case AppealId appeal:
                AgentOf(appeal)?.Hear(appeal, news);
                if (news.Seller is { } other) _sellers.GetValueOrDefault(other)?.Hear(appeal, news);
                break;
            case SupplyPlanId plan:
                if (news.Buyer is { } planned) _buyers.GetValueOrDefault(planned)?.Hear(plan, news);
                _sellers.GetValueOrDefault(plan.Seller)?.Hear(plan, news);
                break;
            case PaymentId payment:
                _buyers.GetValueOrDefault(payment.Buyer)?.Hear(payment, news);
                AgentOf(payment)?.Hear(payment, news);
                break;
            case RefundId refund:
                _buyers.GetValueOrDefault(refund.Buyer)?.Hear(refund, news);
                AgentOf(refund)?.Hear(refund, news);
                break;
            case WalletId wallet: _buyers.GetValueOrDefault(wallet.Buyer)?.Hear(wallet, news); break;
            case BrakeId brake: _operator?.Hear(brake, news); break;
            case PayoutId payout: _treasurer?.Hear(payout, news); break;
            case EarningsId earnings:
                _treasurer?.Hear(earnings, news);
                _sellers.GetValueOrDefault(earnings.Seller)?.Hear(earnings, news);
                break;
            case OrderId order: Hear(order, news); break;
            case ConversationId talk:
                if (news.Buyer is { } writes) _buyers.GetValueOrDefault(writes)?.Hear(talk, news);
                _sellers.GetValueOrDefault(talk.Seller)?.Hear(talk, news);
                AgentOf(talk)?.Hear(talk, news);
                break;
            case ParcelId parcel when news.What is "parcel.recall-asked":
                foreach (var one in _carriers.Values) one.HearRecall(parcel);
                break;
            case ReasonCaseId reason:
                _sellers.GetValueOrDefault(reason.Seller)?.Hear(reason, news);
                AgentOf(reason)?.Hear(reason, news);
                break;
        }
    }

    /// <summary>What one proposes, another looks at; sometimes they do so themselves, and are told that they may not.
    /// </summary>
    void Review(News news)
    {
        if (_agents.IsEmpty || !news.What.EndsWith(".reviewed", StringComparison.Ordinal)) return;
        var n = $"{news.Id}".Sum(c => c);
        _agents[n % _agents.Length].Review(news.Id, odds: 0.05);
        if (_agents.Length > 1) _agents[(n + 1) % _agents.Length].Review(news.Id, odds: 0.8);
    }

    /// <summary>Who looks at it: who decides again on what they decided is told that they may not.</summary>
    Agent? AgentOf(IId id) => _agents.IsEmpty ? null : _agents[$"{id}".Sum(c => c) % _agents.Length];

    void Hear(OrderId order, News news)
    {
        if (news.Buyer is { } buyer) _orders[order] = buyer;
        BuyerOf(order)?.Hear(order, news);
        _sellers.GetValueOrDefault(order.Seller)?.Hear(order, news);
        AgentOf(order)?.Hear(order, news);
        if (_remembersThings && news.What is "order.cancelled") AgentOf(order)?.Audit(order);
        if (news.Carrier is { } carrier)
            foreach (var one in _carriers.Values) one.Hear(order, carrier);
        if (news.What is "order.completed") _treasurer?.Hear(order);
        if (news.What is "order.completed" or "order.cancelled" or "order.lost" or "order.came-back")
            _orders.Remove(order);
    }
}
