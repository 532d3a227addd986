using Recourse.Buyers;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Risk;
using Recourse.Runtime;
using Recourse.Sellers;
using Recourse.Verifying;
using Recourse.World.Invariants;
namespace Recourse.World.Simulations;

/// <summary>The simulator as a door: it gathers what the edge would, and notes what everybody is told.</summary>
/// <param name="answers">Who notes it; null: nobody.</param>
public sealed class SimulatorDoor(Simulator simulator, Answers? answers = null) : IDoor
{
    SortedDictionary<string, PriceBandRow>? _bands;

    /// <summary>A buyer's address under their key; null: baskets go to a country only.</summary>
    public Func<BuyerId, Sealed<Address>?> Home { get; init; } = _ => null;

    /// <summary>How often what was gathered is old by the time that it is asked with.</summary>
    public double Dawdles { get; set; } = 0.1;

    /// <summary>How much of what screening can find wrong it finds; 1: as in a simulation.</summary>
    public double Suspects { get; init; } = 1;

    /// <inheritdoc/>
    public Instant Now => simulator.Now;

    /// <inheritdoc/>
    public Random Chance => simulator.Chance;

    /// <inheritdoc/>
    public void At(Instant instant, Action then) => simulator.At(instant, then);

    /// <inheritdoc/>
    public void Ask(Ask ask, Action<Outcome> reply)
    {
        var json = simulator.Registry.Json;
        if (ask.Command is not Checkout.Command.Open open)
        {
            var said = Platform.Hash(json.Write(simulator.Registry.Of(ask.Target).Types.Command, ask.Command));
            Pass(ask.Command switch
            {
                SellerAccount.Command.TakeName c => ask with
                {
                    Command = c with { TakenBy = OtherNamed(ask.Target, c.Name) }, RequestHash = said,
                },
                Listing.Command.Publish c => ask with
                {
                    Command = c with { Peers = Peers(c.Offer) }, RequestHash = said,
                },
                Listing.Command.CorrectPrice c => ask with
                {
                    Command = c with { Peers = Peers(Waiting(ask.Target)) }, RequestHash = said,
                },
                _ => ask,
            }, said, reply);
            return;
        }
        var hash = Platform.Hash(json.Write(typeof(Basket), open.Basket));
        var basket = open.Basket with { ShipTo = Home(((CheckoutId)ask.Target).Buyer) };
        var facts = Gather(((CheckoutId)ask.Target).Buyer, basket);
        var gathered = ask with { Command = open with { Basket = basket, Facts = facts }, RequestHash = hash };
        if (Chance.NextDouble() >= Dawdles) Pass(gathered, hash, reply);
        else At(Now + Duration.FromMinutes(Chance.Next(1, 20)), () => Pass(gathered, hash, reply));
    }

    /// <summary>As the edge does, from the names that there are.</summary>
    Fact<SellerId>? OtherNamed(IId seller, string name)
    {
        var skeleton = ShopName.Skeleton(name);
        foreach (var (id, state) in simulator.States)
            if (id is SellerId other && !other.Equals(seller) && state is SellerAccount.State { Name: { } taken }
                && ShopName.Skeleton(taken) == skeleton) return new(other, Now, "view/shop-names");
        return null;
    }

    Offer? Waiting(IId listing) => (simulator.States.GetValueOrDefault(listing) as Listing.State.Live)?.Doubt?.Offer;

    /// <summary>As the edge does, from what is asked in the category.</summary>
    Fact<PeerPrices>? Peers(Offer? offer)
    {
        if (offer is not { Category.Length: > 0, Variants.IsDefaultOrEmpty: false }) return null;
        if (_bands is null)
        {
            _bands = [];
            simulator.Recorded += Note;
        }
        return new(PriceBands.Of(offer.Category, _bands.Values.Where(b => b.Category == offer.Category)), Now,
            "view/price-bands");
    }

    void Note(long position, Turn turn)
    {
        var bands = _bands ??= [];
        foreach (var recorded in Recordings.Of(position, turn))
            foreach (var key in PriceBands.View.KeysOf(recorded))
                if (PriceBands.View.Apply(key, bands.GetValueOrDefault(key), recorded) is PriceBandRow row)
                    bands[key] = row;
                else bands.Remove(key);
    }

    void Pass(Ask ask, ulong hash, Action<Outcome> reply)
    {
        var pending = answers?.Asked(ask, hash);
        simulator.Ask(ask, outcome =>
        {
            if (pending is not null) answers!.Heard(pending, outcome);
            reply(outcome);
        });
    }

    /// <summary>As the edge's gatherer does, from what the shop window shows.</summary>
    CheckoutFacts Gather(BuyerId buyer, Basket basket) => new(
        [
            .. basket.Lines.Select(line => new Fact<Quoted?>(
                Quote(buyer, line, basket.Country), Now, "view/shop-window")),
        ],
        Risk: new(Suspicion(), Now, "memory/risk"), Trust: new(TrustIn(buyer), Now, "partition/buyer"));

    Trust TrustIn(BuyerId buyer) => new(
        simulator.States.GetValueOrDefault(new VerificationId(buyer)) is Verification.State.Verified v && v.Until > Now,
        (simulator.States.GetValueOrDefault(buyer) as BuyerAccount.State)?.ClearedUntil);

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

    Quoted? Quote(BuyerId buyer, BasketLine line, string country)
    {
        var (offer, offered) = simulator.States.GetValueOrDefault(line.Listing) switch
        {
            Listing.State.Offered s => (s.Offer, true),
            Listing.State.Paused s  => (s.Offer, false),
            _ => (null, false),
        };
        if (offer?.Variants.FirstOrDefault(v => v.Sku == line.Sku) is not { } variant) return null;
        var there = offer.ShipsTo.FirstOrDefault(d => d.Country == country);
        var stock = simulator.States.GetValueOrDefault(
            new StockItemId(line.Listing.Seller, line.Sku)) as StockItem.State;
        return new(offer.Title, variant.Price, there?.ShippingPerUnit, offered, offer.ShipsFrom,
            StockItem.SaleFor(stock, line.Listing, buyer, Now), Share: StockItem.ShareSeenBy(
                stock, buyer, line.Quantity, simulator.Rulebooks.Last(b => b.From <= Now).Of<BulkRules>(), Now));
    }

    /// <inheritdoc/>
    public void Look(OrderId order, Actor who, Action<ImmutableArray<Portion>> standing)
    {
        var state = simulator.States.GetValueOrDefault(order);
        if (state is Order.State.Dealt { Deal: var deal }
            && simulator.Registry.Of(order).PartyOf(order, state, who) is not null) standing(deal.Everything);
    }

    /// <summary>Looks at anything, as nobody outside can: for who tries everything.</summary>
    public object? Peek(IId id) => simulator.States.GetValueOrDefault(id);

    /// <inheritdoc/>
    public void Follow(Action<News> heard) => simulator.Recorded += (_, turn) =>
    {
        foreach (var happened in turn.Events) heard(News.Of(happened.Id, happened.Event));
    };
}
