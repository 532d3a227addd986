using Recourse.Catalog;
using Recourse.World.Inhabitants;
namespace Recourse.World.Demo;

/// <summary>A demo's people at a door: first at the simulator's, for the history, then at the public API.</summary>
public sealed class DemoTown
{
    /// <summary>Who decides again on what the other has decided.</summary>
    const string Colleague = "rui";

    /// <summary>Who decides brakes while nobody else does.</summary>
    const string Watchman = "vera";

    const int Units = 40, Welcomed = 3, Rush = 10, MostAsked = 100;
    static readonly Duration ShopsOpenFirst = Duration.FromHours(2);

    readonly IDoor _door;
    readonly DemoWorld _world;
    readonly ImmutableArray<Shopper> _shoppers;
    readonly ImmutableArray<Shopkeeper> _keepers;
    readonly Operator _giver;
    readonly ImmutableArray<Shopper> _clinics;

    /// <summary>They move in, and do nothing yet.</summary>
    /// <param name="agent">The code of whoever helps people.</param>
    /// <param name="isAttended">Whether a person sits at the operator's desk; null: nobody does.</param>
    public DemoTown(IDoor door, DemoWorld world, string agent, Func<bool>? isAttended = null)
    {
        (_door, _world) = (door, world);
        var plan = world.Plan;
        Town = new(door, new(plan.Sellers, plan.Buyers, Checkouts: 0, plan.Listings / plan.Sellers, [],
            SellersInBasket: 3, HotItem: 0, Units, Meddling: 0, Trouble: 0, Editions: 0), remembersThings: false);
        foreach (var (code, place) in Places.Carriers)
            Town.Add(new Carrier(door, code) { Place = place, Temper = DemoPlan.Temper });
        Town.Add(new Agent(door, agent) { Temper = DemoPlan.Temper });
        Town.Add(new Agent(door, Colleague) { Temper = DemoPlan.Temper });
        _keepers = [.. world.Sellers.Values.Select(
            s => new Shopkeeper(door, Town, world, s)
            {
                Temper = DemoPlan.Temper, IsDepot = s.Code == DemoWorld.Depot.Code,
            })];
        _shoppers = [.. world.Buyers.Values.Select(b => new Shopper(door, Town, world, b)
        {
            Temper = DemoPlan.Temper, Supplier = world.Clinics.Contains(b.Code) ? DemoWorld.Depot : null,
        })];
        _clinics = [.. _shoppers.Where(s => s.Supplier is not null)];
        _giver = new(door, "demo-town", shipped: "") { Temper = DemoPlan.Temper };
        Town.Add(new Treasurer(door, "treasury") { Temper = DemoPlan.Temper, Closing = _keepers[0].Id });
        Town.Add(new Operator(door, Watchman, shipped: "")
        {
            Temper = DemoPlan.Temper, IsAttended = isAttended ?? (() => false),
        });
        foreach (var keeper in _keepers) Town.Add(keeper);
        foreach (var shopper in _shoppers) Town.Add(shopper);
    }

    /// <summary>The town.</summary>
    public Town Town { get; }

    /// <summary>The first day: shops open, and people come.</summary>
    public void Open()
    {
        _giver.BringRates([]);
        _giver.KeepMacros();
        _door.At(_door.Now + Duration.FromMinutes(5), () =>
        {
            foreach (var keeper in _keepers) keeper.Open();
        });
        _door.At(_door.Now + ShopsOpenFirst, Live);
    }

    /// <summary>What happens again and again, until nobody begins anything new.</summary>
    void Live()
    {
        if (Town.IsClosing) return;
        Shop();
        Give();
        Again(DemoPlan.RatesEvery, () => _giver.BringRates(Town.Following));
        Again(DemoPlan.FlashEvery, Flash);
        Again(DemoPlan.HundredsEvery, () => Any(_clinics).OrderHundreds());
        Again(DemoPlan.GiftEvery, Give);
    }

    void Again(double days, Action what) =>
        _door.At(_door.Now + Duration.FromDays(days * (0.5 + _door.Chance.NextDouble())), () =>
        {
            if (Town.IsClosing) return;
            what();
            Again(days, what);
        });

    T Any<T>(ImmutableArray<T> all) => all[_door.Chance.Next(all.Length)];

    /// <summary>The platform gives a coupon for the goods of some shop; some use it at once.</summary>
    void Give()
    {
        var keeper = Any(_keepers);
        if (_giver.Welcome(keeper, Duration.FromDays(60)) is not { } coupon) return;
        for (var n = 0; n < Welcomed; n++)
            if (keeper.Anything is { } some) Send(some.Id, Duration.FromDays(2), coupon.Code);
    }

    /// <summary>Half a day at half the price, with few set aside, and more who come for it.</summary>
    void Flash()
    {
        if (Any(_keepers).Flash(_door.Chance.Next(4, 10)) is not { } listing) return;
        for (var n = 0; n < Rush; n++) Send(listing, Duration.FromHours(12));
    }

    /// <summary>Somebody to whom it is sent comes for it.</summary>
    void Send(ListingId listing, Duration within, string? coupon = null)
    {
        var sends = _world.WaresOf(listing.Seller.Code).First(w => w.Id == listing).Offer.ShipsTo;
        for (var tries = 0; tries < MostAsked; tries++)
            if (Any(_shoppers) is var who && sends.Any(d => d.Country == _world.Buyers[who.Id.Code].Country))
            {
                _door.At(_door.Now + within * _door.Chance.NextDouble(), () =>
                {
                    if (!Town.IsClosing) who.ComeFor(listing, coupon);
                });
                return;
            }
    }

    /// <summary>Another day: what is on offer is known, and what is under way is told of again.</summary>
    public void Reopen(IReadOnlyDictionary<ListingId, Offer> window, IEnumerable<News> underWay)
    {
        foreach (var (id, offer) in window) Town.Window[id] = offer;
        foreach (var keeper in _keepers)
            keeper.Reopen(_world.WaresOf(keeper.Id.Code).Where(w => window.ContainsKey(w.Id))
                .Select(w => (w.Id, window[w.Id])));
        foreach (var news in underWay) Town.Hear(news);
        Live();
    }

    /// <summary>One comes, and then another, as chance has it.</summary>
    void Shop()
    {
        if (Town.IsClosing) return;
        var wait = Duration.FromDays(-Math.Log(1 - _door.Chance.NextDouble()) / _world.Plan.OrdersADay);
        _door.At(_door.Now + wait, () =>
        {
            if (!Town.IsClosing) _shoppers[_door.Chance.Next(_shoppers.Length)].Shop();
            Shop();
        });
    }
}
