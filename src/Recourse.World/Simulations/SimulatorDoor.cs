using System.Security.Cryptography;
using System.Text;
using Recourse.Buyers;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Conversations;
using Recourse.Disputes;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Payouts;
using Recourse.Refunds;
using Recourse.Reasons;
using Recourse.Risk;
using Recourse.Runtime;
using Recourse.Sellers;
using Recourse.Tracking;
using Recourse.Verifying;
using Recourse.Wallets;
using Recourse.World.Invariants;
namespace Recourse.World.Simulations;

/// <summary>The simulator as a door: it gathers what the edge would, and notes what everybody is told.</summary>
public sealed partial class SimulatorDoor : IDoor
{
    readonly Simulator _simulator;
    readonly SimulatorPlatform _platform;
    readonly IEdge _edge;
    readonly Answers? _answers;
    readonly Dictionary<IId, (object Event, Fact<Appealed> Decision)> _decided = [];

    /// <summary>The door of a simulator that has not begun yet.</summary>
    /// <param name="edge">What gathers behind it.</param>
    /// <param name="answers">Who notes what is answered; null: nobody.</param>
    public SimulatorDoor(Simulator simulator, Func<IPlatform, IEdge> edge, Answers? answers = null)
    {
        (_simulator, _answers) = (simulator, answers);
        _platform = new(simulator, OrderList.View, BuyerHabits.View, LargeOrders.View, PriceBands.View,
            LaneCosts.View, SellerFunds.View);
        _edge = edge(_platform);
        simulator.Recorded += (_, turn) => Remember(turn);
        Seal = (buyer, address) => new($"{buyer}", Convert.ToBase64String(
            SHA256.HashData(simulator.Registry.Json.Write(typeof(Address), address))));
        SealWords = (owner, words) => new($"{owner}", Convert.ToBase64String(Encoding.UTF8.GetBytes(words.Text)));
    }

    /// <summary>How often what was gathered is old by the time that it is asked with.</summary>
    public double Dawdles { get; set; } = 0.1;

    /// <summary>How much of what screening can find wrong it finds; 1: as in a simulation.</summary>
    public double Suspects { get; init; } = 1;

    /// <inheritdoc/>
    public Instant Now => _simulator.Now;

    /// <inheritdoc/>
    public Random Chance => _simulator.Chance;

    /// <inheritdoc/>
    public void At(Instant instant, Action then) => _simulator.At(instant, then);

    /// <inheritdoc/>
    public void Ask(Ask ask, Action<Outcome> reply)
    {
        var json = _simulator.Registry.Json;
        if (ask.Command is Complaint complaint) { Lodge(ask, complaint, reply); return; }
        if (ask.Command is Reply answer) { Answer(ask, answer, reply); return; }
        if (ask.Command is Ruling ruling) { Rule(ask, ruling, reply); return; }
        if (ask.Command is Instead wish) ask = ask with { Command = Amend(ask.Who, wish) };
        // Whoever tries everything says it as a program would: without an address.
        var purchase = ask.Command as Purchase
            ?? (ask.Command is Checkout.Command.Open o ? new Purchase(o.Basket) : null);
        if (purchase is null)
        {
            var said = Platform.Hash(json.Write(_simulator.Registry.Of(ask.Target).Types.Command, ask.Command));
            Pass(Gathered(ask) is { } command ? ask with { Command = command, RequestHash = said } : ask, said, reply);
            return;
        }
        var hash = Platform.Hash(json.Write(typeof(Purchase), purchase));
        var gathered = ask with { Command = Open(((CheckoutId)ask.Target).Buyer, purchase), RequestHash = hash };
        if (Chance.NextDouble() >= Dawdles) Pass(gathered, hash, reply);
        else At(Now + Duration.FromMinutes(Chance.Next(1, 20)), () => Pass(gathered, hash, reply));
    }

    Order.Command.Amend Amend(Actor who, Instead wish) => new(
        wish.ShipTo is { } to && who is Actor.Buyer { Id: var buyer }
            ? wish.Changes with { Country = to.Country, ShipTo = Seal(buyer, to) } : wish.Changes,
        null!);

    Checkout.Command.Open Open(BuyerId buyer, Purchase wanted)
    {
        var (purchase, facts) = _edge.ToBuy(buyer, wanted);
        var shipTo = purchase.ShipTo is { } home ? Seal(buyer, home) : null;
        return new(purchase.Basket with { ShipTo = shipTo },
            facts with { Risk = Risk() });
    }

    Fact<RiskFacts> Risk() => new(Suspicion(), Now, "memory/risk");

    /// <summary>A command with what it must know, as the edge adds it; null: it needs nothing.</summary>
    object? Gathered(Ask ask) => (ask.Target, ask.Command) switch
    {
        (_, SellerAccount.Command.TakeName c) => c with { TakenBy = OtherNamed(ask.Target, c.Name) },
        (_, Listing.Command.Publish c)        => c with { Peers = Peers(c.Offer), Rates = RatesFor(c.Offer) },
        (_, Listing.Command.CorrectPrice c)   => c with { Peers = Peers(Waiting(ask.Target)) },
        (_, Listing.Command.AnswerGoods c)    => c with { Peers = Peers(Waiting(ask.Target)) },
        (StockItemId item, StockItem.Command.Promote c) =>
            c with { Normal = new(NormalOf(item.Sku, c.Terms.Listing), Now, "partition/listing") },
        (_, Listing.Command.LookAgain c)      => c with { Peers = Peers(ShownAt(ask.Target)) },
        (_, Listing.Command.FollowRates c) => c with { Rates = _edge.Rates(), Peers = Peers(ShownAt(ask.Target)) },
        (BuyerId, BuyerAccount.Command.BlockMethods { Paid: { } paid } c) =>
            c with { Card = Peek(paid) is Checkout.State s ? _edge.PrintOf(s.Basket.Method) : null },
        (WalletId id, Wallet.Command.Withdraw c) => c with
        {
            Verified = new(Peek(new VerificationId(id.Buyer)) is Verification.State.Verified v && v.Until > Now, Now,
                "partition/verification"),
            To = SealAccount?.Invoke(c.To.Person, c.Seen) ?? c.To,
        },
        (EarningsId, Earnings.Command.PayTo c) when SealAccount is { } seal =>
            new Earnings.Command.PayTo(c.To with { Account = seal(c.To.Account.Person, c.To.Seen) }),
        (VerificationId id, Verification.Command.ShowDocument c) when Keep is { } keep =>
            new Verification.Command.ShowDocument(keep(id.Buyer, c.Document)),
        (_, Earnings.Command.ChargeBack c) when Order.PaidFor(Peek(c.Order) as Order.State) is { } paid =>
            c with { Paid = new(paid, Now, "partition/order") },
        (EarningsId id, Earnings.Command.Hold c) => c with { Funds = FundsOf(id) },
        (EarningsId id, Earnings.Command.Lift c) => c with { Funds = FundsOf(id) },
        (EarningsId id, Earnings.Command.Run) => new Earnings.Command.Run(FundsOf(id)),
        (RefundId id, Refund.Command.Recompute) => Peek(id) is Refund.State s
            ? new Refund.Command.Recompute(new(s.Owed.Return.Amount, Now, "journal")) : null,
        (OrderId id, Order.Command.Amend c) => c with
        {
            Facts = Peek(id) is Order.State.Dealt s && !c.Changes.Lines.IsDefault
                ? _edge.ToAmend(s.Deal, c.Changes) with { Risk = Risk() }
                : new([], new([], Now, "edge/checkout")),
        },
        (OrderId id, Order.Command.Cancel c) when ask.Who is Actor.Seller
            && Peek(ConversationId.Of(id)) is Conversation.State { EndWantedAt: { } at } =>
            c with { BuyersWord = new(at, Now, "partition/conversation") },
        (OrderId id, Order.Command.TakeIn) => new Order.Command.TakeIn(
            Peek(ParcelId.Of(id)) is Parcel.State { NotTakenAt: { } at } ? new(at, Now, "partition/parcel") : null),
        (ReasonCaseId id, ReasonCase.Command.Raise c) => c with { What = Flagged(c.What.Value.Order, c.What) },
        (_, Conversation.Command.Write c) =>
            c with { Words = new(c.Words.Person, Cipher(c.Words.Person, Phrases.In(c))) },
        (ReasonCaseId id, ReasonCase.Command.Answer) => new ReasonCase.Command.Answer(
            new($"{id.Seller}", Cipher($"{id.Seller}", Phrases.OfReason))),
        (CheckoutId id, Checkout.Command.Pay c) => _edge.ToPay(id.Buyer, c) with { Risk = Risk() },
        _ => null,
    };

    Fact<FundsSeen>? FundsOf(EarningsId id)
    {
        if (id.Currency is not { } currency) return null;
        var none = Money.Zero(currency);
        var row = _platform.All(SellerFunds.View)
            .FirstOrDefault(r => r.Seller == $"{id.Seller}" && r.Currency == currency.Code);
        return new(row?.Seen(Now - Duration.FromDays(14)) ?? new(none, none, none), Now, "view/seller-funds");
    }

    /// <summary>Of what a seller gave up; of anything else there is nothing to say.</summary>
    Fact<Flagged> Flagged(OrderId order, Fact<Flagged> said) => Peek(order) is not Order.State.Cancelled s
        || s.Why.By != new DecidedBy.Person(Party.Seller) ? said
        : new(new(order, s.Deal.Buyer, s.Why.Code, s.Why.IssuedAt,
            [new(SellerReason.HadEnough,
                [("sku", s.Settlement.Lines[0].Sku.Code), ("quantity", s.Settlement.Lines[0].Quantity), ("onHand", 9),
                    ("counted", s.Why.IssuedAt)])],
            s.Settlement.Lines), Now, "journal");

    /// <summary>As the edge does, from the names that there are.</summary>
    Fact<SellerId>? OtherNamed(IId seller, string name)
    {
        var skeleton = ShopName.Skeleton(name);
        foreach (var (id, state) in _simulator.States)
            if (id is SellerId other && !other.Equals(seller) && state is SellerAccount.State { Name: { } taken }
                && ShopName.Skeleton(taken) == skeleton) return new(other, Now, "view/shop-names");
        return null;
    }

    const int EnoughPeers = 20;

    Offer? ShownAt(IId listing) => (Peek(listing) as Listing.State.Live)?.Offer;

    Offer? Waiting(IId listing) => (Peek(listing) as Listing.State.Live)?.Doubt?.Offer;

    Money? NormalOf(Sku sku, ListingId listing) =>
        ShownAt(listing)?.Variants.FirstOrDefault(v => v.Sku == sku)?.Price;

    Fact<Exchange.RateTable>? RatesFor(Offer? offer) =>
        offer is { FollowsRates: true } ? _edge.Rates() : null;

    /// <summary>As the edge does, from what is asked in the category and on its lanes.</summary>
    Fact<PeerPrices>? Peers(Offer? offer)
    {
        if (offer is not { Category.Length: > 0, Variants.IsDefaultOrEmpty: false }) return null;
        ImmutableArray<LaneCostRow> rows = [.. _platform.All(LaneCosts.View)];
        ImmutableArray<LanePeers> lanes =
        [
            .. ShippingGuard.WaysOf(offer).Select(way => LaneCosts.Of(
                way, offer.Unit?.Grams, rows.Where(
                    r => r.Lane == LaneCosts.LaneOf(offer.ShipsFrom, way.Country, offer.Classes)), EnoughPeers)),
        ];
        return new(PriceBands.Of(
            offer.Category, _platform.All(PriceBands.View).Where(b => b.Category == offer.Category)) with
        {
            Lanes = lanes,
        }, Now, "view/price-bands");
    }

    void Remember(Turn turn)
    {
        foreach (var happened in turn.Events)
            if (happened.Event is IAdverse { Why: { AppealUntil: not null } why })
                _decided[happened.Id] = (happened.Event, new(
                    Appealed.Of(happened.Event, why, turn.Who.Name), turn.At, "journal"));
    }

    void Pass(Ask ask, ulong hash, Action<Outcome> reply)
    {
        var pending = _answers?.Asked(ask, hash);
        _simulator.Ask(ask, outcome =>
        {
            if (pending is not null) _answers!.Heard(pending, outcome);
            reply(outcome);
        });
    }

    /// <summary>Most are as ordinary as people are; some are to be verified, held or refused.</summary>
    RiskFacts Suspicion() => RiskFacts.Ordinary with
    {
        Rules = RuleResults.None with { Fired = [.. Fired().Select(r => new FiredRule(r, [], ByIpAlone: false))] },
    };

    string[] Fired() => Chance.NextDouble() >= Suspects ? [] : Chance.Next(100) switch
    {
        < 8  => ["bought-as-it-signed-up"],
        < 14 => ["many-cards-by-an-account"],
        < 17 => ["many-accounts-on-a-device", "another-new-account-on-a-device", "many-new-accounts-on-a-device"],
        _    => [],
    };

    /// <inheritdoc/>
    public void Look(BuyerId who, Purchase purchase, Action<Purchase, ImmutableArray<Finding>> found)
    {
        var (now, all) = _edge.Look(who, purchase);
        found(now, all);
    }

    /// <inheritdoc/>
    public void Look(OrderId order, Actor who, Action<ImmutableArray<Portion>> standing)
    {
        var state = Peek(order);
        if (state is Order.State.Dealt { Deal: var deal }
            && _simulator.Registry.Of(order).PartyOf(order, state, who) is not null) standing(deal.Everything);
    }

    /// <inheritdoc/>
    public void LookClosely(OrderId order, Actor who, Action<ImmutableArray<Standing>> standing)
    {
        var state = Peek(order);
        if (state is Order.State.Dealt { Deal: var deal }
            && _simulator.Registry.Of(order).PartyOf(order, state, who) is not null)
            standing([.. deal.Lines.Select(l => new Standing(l.Number, l.Quantity, l.Listing, l.Sku))]);
    }

    /// <summary>Looks at anything, as nobody outside can: for who tries everything.</summary>
    public object? Peek(IId id) => _simulator.States.GetValueOrDefault(id);

    /// <inheritdoc/>
    public void Follow(Action<News> heard) => _simulator.Recorded += (_, turn) =>
    {
        foreach (var happened in turn.Events) heard(News.Of(happened.Id, happened.Event, Peek(happened.Id)));
    };
}
