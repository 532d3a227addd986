using Recourse.Catalog;
using Recourse.Conversations;
using Recourse.Disputes;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Sellers;
namespace Recourse.World.Inhabitants;

/// <summary>Someone who sells, with a warehouse that is sometimes of another mind.</summary>
public partial class Seller(IDoor door, Town town, SellerId id) : Inhabitant(door, id.Code)
{
    /// <summary>Where their things lie.</summary>
    protected static readonly ImmutableArray<string> Places = ["main", "attic", "harbour"];

    static readonly ImmutableArray<string> WhyCounted = ["counted", "damaged", "found", "lost", "mistake"];

    /// <summary>Who.</summary>
    public SellerId Id => id;

    readonly Actor.Seller _who = new(id);
    readonly Actor.Warehouse _hands = new(id);
    readonly List<(ListingId Id, Offer Offer)> _offers = [];
    readonly HashSet<ListingId> _slips = [];
    int _parcels, _slipped;

    /// <summary>Fills the shelves and the shop window.</summary>
    public void Open()
    {
        if (ShopName() is { } name) Say(_who, id, new SellerAccount.Command.TakeName(name));
        foreach (var (listing, offer) in Wares())
        {
            _offers.Add((listing, offer));
            Say(_who, listing, new Listing.Command.Publish(offer));
            foreach (var v in offer.Variants) Receive(v.Sku);
        }
        Live();
    }

    /// <summary>Takes up again what was opened before: shelves and window are as they were left.</summary>
    public void Reopen(IEnumerable<(ListingId Id, Offer Offer)> offers)
    {
        _offers.AddRange(offers);
        if (_offers.Count > 0) Live();
    }

    void Live() => Later(Duration.FromDays(4), Chores);

    /// <summary>What they call their shop; null: nothing.</summary>
    protected virtual string? ShopName() =>
        Luck(0.5) ? $"Shop {Chance.Next(1, 8)}" : Whim(0.2) ? "www.shop.example" : null;

    /// <summary>What they sell, one after the other.</summary>
    protected virtual IEnumerable<(ListingId Id, Offer Offer)> Wares()
    {
        for (var n = 1; n <= town.Plan.Listings; n++)
        {
            var currency = Currency.Of(Pick(town.Plan.Currencies));
            var named = Luck(0.4);
            var offer = new Offer($"{(Whim(0.05) ? "Perfume" : "Item")} {n} of {id.Code}", "things",
                [.. Enumerable.Range(1, Chance.Next(1, 3)).Select(v => new Variant(
                    new($"sku-{n}-{v}"), $"Variant {v}", Cost(Chance.Next(1, 20_000), currency), Peg(currency)))],
                "PT",
                [.. Pick(Destinations).Select(c => new Destination(
                    c, Cost(Chance.Next(0, 900), currency), named ? Ways(currency) : null))],
                Luck(0.6) ? new(Chance.Next(50, 6_000), Luck(0.5) ? new(400, 300, 200) : null) : null,
                Luck(0.1) ? [Pick(Goods)] : null);
            yield return (new(id, $"item-{n}"), offer);
        }
    }

    // Of a dinar cards take two decimals only; some sellers forget it.
    static Money Cost(int amount, Currency currency) =>
        new(currency.Decimals == 3 && amount % 50 != 7 ? amount * 10L : amount, currency);

    static readonly ImmutableArray<ImmutableArray<string>> Destinations = [["PT", "BR"], ["BR"], ["US", "DE", "JP"]];

    void Receive(Sku sku) => Say(_who, new StockItemId(id, sku),
        new StockItem.Command.Receive(Pick(Places), Whim(0.02) ? int.MaxValue : Arriving));

    /// <summary>How many units come in at a time.</summary>
    protected virtual int Arriving => Chance.Next(1, IsDepot ? 900 : town.Plan.Units + 1);

    void Chores()
    {
        Later(Duration.FromDays(8), Chores);
        if (town.IsClosing) return;
        var (listing, offer) = Pick(_offers);
        var sku = Pick(offer.Variants).Sku;
        if (Luck(0.7)) Receive(sku);
        if (Luck(0.3))
            Say(_who, new StockItemId(id, sku),
                new StockItem.Command.Correct(Pick(Places), Chance.Next(-1, 12), Pick(WhyCounted)));
        if (Whim(0.15)) FindFewer(sku);
        if (Luck(0.1))
            Say(_who, new StockItemId(id, sku), new StockItem.Command.AlertAt(Luck(0.3) ? null : Chance.Next(5)));
        if (Whim(0.3)) Revise(listing, offer);
        if (Whim(0.1)) Say(_who, listing, new Listing.Command.Pause());
        if (Luck(0.5)) Later(Duration.FromDays(1), () => Say(_who, listing, new Listing.Command.Resume()));
        Deal(listing, offer, sku);
    }

    void Revise(ListingId listing, Offer offer)
    {
        var now = offer with
        {
            Variants = [.. offer.Variants.Select(
                v => v with { Price = v.Price + Rise(v.Price) })],
            ShipsTo = [.. offer.ShipsTo.Select(Dearer)],
        };
        _offers[_offers.FindIndex(o => o.Id == listing)] = (listing, now);
        var isSlip = Whim(0.1);
        if (isSlip) _slips.Add(listing);
        Say(_who, listing, new Listing.Command.Publish(isSlip ? Slip(now) : now));
    }

    /// <summary>What sending there costs from now on.</summary>
    protected virtual Destination Dearer(Destination to) => to.Named.IsEmpty && Luck(0.3)
        ? to with { ShippingPerUnit = Cost(Chance.Next(0, 900), to.ShippingPerUnit.Currency) } : to;

    /// <summary>One price with a zero too many, or too few; or what sending costs somewhere.</summary>
    Offer Slip(Offer right)
    {
        var (nth, more) = (Chance.Next(right.Variants.Length), Luck(0.6));
        if (++_slipped % 4 == 0
            && right.ShipsTo.FirstOrDefault(d => d.Named.IsEmpty && d.ShippingPerUnit.Minor > 0) is { } to)
            return right with
            {
                ShipsTo = right.ShipsTo.Replace(to, to with
                {
                    ShippingPerUnit = new(to.ShippingPerUnit.Minor * 10, to.ShippingPerUnit.Currency),
                }),
            };
        return right with
        {
            Variants = [.. right.Variants.Select((v, i) => i != nth ? v : v with
            {
                Price = new(more ? v.Price.Minor * 10 : Math.Max(10, v.Price.Minor / 100 * 10), v.Price.Currency),
            })],
        };
    }

    /// <summary>Something happened to one of their listings.</summary>
    public void Hear(ListingId listing, News news)
    {
        if (news.What is "listing.goods-held") Later(Duration.FromHours(20), () => Say(_who, listing,
            new Listing.Command.AnswerGoods(Luck(0.5) ? ["perfume"] : [])));
        if (news.What is "listing.price-held" or "listing.goods-held" or "listing.barred" && Whim(0.1))
            Complain(_who, id, listing);
        if (news.What is not "listing.price-held" || Luck(0.1)) return;             // some never look
        Later(Duration.FromHours(20), () =>
        {
            if (!_slips.Remove(listing)) Say(_who, listing, new Listing.Command.ConfirmPrice());
            else if (_offers.FirstOrDefault(o => o.Id == listing).Offer is { } right)
                Say(_who, listing, new Listing.Command.CorrectPrice(
                    [.. right.Variants.Select(v => new SkuPrice(v.Sku, v.Price))],
                    Ways: [.. ShippingGuard.WaysOf(right)]));
        });
    }

    /// <summary>Somebody's appeal would cost them something: some say what they think, also too late; most don't.
    /// </summary>
    public void Hear(AppealId appeal, News news)
    {
        if (news.What is "appeal.lodged" && Luck(0.4))
            Later(Duration.FromDays(4), () => Say(_who, appeal, new Reply("There was none left, and there is none.")));
    }

    /// <summary>By how much something gets dearer.</summary>
    protected virtual Money Rise(Money price) => Cost(Chance.Next(1, 300), price.Currency);

    /// <summary>Something happened to one of their orders.</summary>
    public void Hear(OrderId order, News news)
    {
        Answer(order, news);
        PutRight(order, news);
        Lie(order, news);
        switch (news.What)
        {
            case "order.placed" when Whim(0.02): Cancel(order, Duration.FromMinutes(1)); break;
            case "order.funded": Plan(order, Chance.Next(100)); break;
            case "order.warned" when Luck(0.5): Ship(order, Duration.FromHours(30)); break;
            case "order.cancellation-meant" when Whim(0.3): Meddle(order); break;
            case "order.kept" when Luck(0.8): Ship(order, Duration.FromHours(40)); break;
            case "order.keeping-offered" when Whim(0.1): ThinkBetter(order); break;
            case "order.reduced" when Luck(0.2): Ship(order, Duration.Zero); break;
            case "order.cancelled" or "order.lost" when Whim(0.1): Complain(_who, id, order); break;
            case "order.completed" when Luck(0.3): SayWhereToPay(); break;
        }
    }

    static readonly ImmutableArray<string?> Offers =
        [null, null, "offer.send-later", "offer.part-back", "offer.end-order", "no-such-offer"];

    /// <summary>Something was written about an order: some answer, and offer something.</summary>
    public void Hear(ConversationId talk, News news)
    {
        if (news is { What: "conversation.written", Buyer: { } buyer } && Luck(0.3))
            Later(Duration.FromHours(20), () => Write(_who, talk, buyer, Pick(Offers)));
    }

    /// <summary>Tries to take back what may be somebody else's.</summary>
    void Meddle(OrderId order) =>
        Later(Duration.FromSeconds(20), () => Say(_who, order, new Order.Command.TakeBack()));

    void Plan(OrderId order, int mood)
    {
        var trouble = (100 - mood) / Math.Max(Temper, 0.01);                // 30 of 100, with the usual temper
        if (trouble > 30) Ship(order, Duration.FromHours(60));
        else if (trouble > 20) Door.At(Door.Now + Duration.FromDays(3), () => Ship(order, Duration.FromDays(5)));
        else if (trouble > 13) Cancel(order, Duration.FromDays(3));
        else if (trouble > 8) AtOnce(order);                                // two people, one moment
    }

    void AtOnce(OrderId order)
    {
        var at = Door.Now + Duration.FromHours(Chance.Next(1, 48));
        Door.At(at, () => Ship(order, Duration.Zero));
        Door.At(at, () => Cancel(order, Duration.Zero));
        if (town.BuyerOf(order) is { } buyer) Door.At(at, () => buyer.Cancel(order, Duration.Zero));
    }

    void Ship(OrderId order, Duration within) => Later(within, () =>
    {
        if (Door.Now < town.StillUntil) return;
        var number = Whim(0.03) ? "1 Z" : TrackingNumber(++_parcels);
        var ship = new Order.Command.Ship(Whim(0.03) ? "No Such" : Carrier(), number);
        Say(Luck(0.6) ? _hands : _who, order, ship);
        if (Whim(0.06)) Say(_who, order, ship with { TrackingNumber = $"OTHER{_parcels:D8}" });
    });

    /// <summary>Whom they hand a parcel to.</summary>
    protected virtual string Carrier() => Pick(town.CarrierCodes);

    /// <summary>What is on the label of their nth parcel.</summary>
    protected virtual string TrackingNumber(int nth) => $"TRACK {nth:D8}";

    void Cancel(OrderId order, Duration within) => Later(within, () => Door.Look(order, _who, standing =>
    {
        var portions = Luck(0.7) ? standing : [.. standing.Take(1)];
        var reason = Luck(0.7) ? "cancel.out-of-stock" : Pick(OtherReasons);
        // Some name what has come up since, and some only say that they can't.
        Cancel(_who, order, reason, portions,
            reason is "cancel.cannot-ship-there" && Luck(0.6) ? Notice() : null, CaseFor(reason, portions));
    }));

    NewerFact Notice() => new(
        Pick(NewerFact.Kinds), Door.Now - Duration.FromMinutes(Chance.Next(0, 600)), $"Notice {Chance.Next(1_000)}");
}
