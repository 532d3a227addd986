using Recourse.Catalog;
using Recourse.World.Inhabitants;
namespace Recourse.World.Demo;

/// <summary>A demo's people at a door: first at the simulator's, for the history, then at the public API.</summary>
public sealed class DemoTown
{
    /// <summary>Who decides again on what the other has decided.</summary>
    const string Colleague = "rui";

    const int Units = 40;
    static readonly Duration ShopsOpenFirst = Duration.FromHours(2);

    readonly IDoor _door;
    readonly DemoWorld _world;
    readonly ImmutableArray<Shopper> _shoppers;
    readonly ImmutableArray<Shopkeeper> _keepers;
    readonly Operator _giver;

    /// <summary>They move in, and do nothing yet.</summary>
    /// <param name="agent">The code of whoever helps people.</param>
    public DemoTown(IDoor door, DemoWorld world, string agent)
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
            s => new Shopkeeper(door, Town, world, s) { Temper = DemoPlan.Temper })];
        _shoppers = [.. world.Buyers.Values.Select(
            b => new Shopper(door, Town, world, b) { Temper = DemoPlan.Temper })];
        _giver = new(door, "demo-town", shipped: "") { Temper = DemoPlan.Temper };
        foreach (var keeper in _keepers) Town.Add(keeper);
        foreach (var shopper in _shoppers) Town.Add(shopper);
    }

    /// <summary>The town.</summary>
    public Town Town { get; }

    /// <summary>The first day: shops open, and people come.</summary>
    public void Open()
    {
        foreach (var keeper in _keepers) keeper.Open();
        _door.At(_door.Now + ShopsOpenFirst, Shop);
        Give();
    }

    /// <summary>Now and then the platform gives a coupon for the goods of some shop.</summary>
    void Give() => _door.At(_door.Now + Duration.FromDays(DemoPlan.GiftEvery * (0.5 + _door.Chance.NextDouble())), () =>
    {
        if (Town.IsClosing) return;
        _giver.Treat(_keepers[_door.Chance.Next(_keepers.Length)]);
        Give();
    });

    /// <summary>Another day: what is on offer is known, and what is under way is told of again.</summary>
    public void Reopen(IReadOnlyDictionary<ListingId, Offer> window, IEnumerable<News> underWay)
    {
        foreach (var (id, offer) in window) Town.Window[id] = offer;
        foreach (var keeper in _keepers)
            keeper.Reopen(_world.WaresOf(keeper.Id.Code).Where(w => window.ContainsKey(w.Id))
                .Select(w => (w.Id, window[w.Id])));
        foreach (var news in underWay) Town.Hear(news);
        Shop();
        Give();
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
