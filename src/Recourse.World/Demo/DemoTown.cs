using Recourse.Catalog;
using Recourse.World.Inhabitants;
namespace Recourse.World.Demo;

/// <summary>A demo's people at a door: first at the simulator's, for the history, then at the public API.</summary>
public sealed class DemoTown
{
    const int Units = 40;
    static readonly Duration ShopsOpenFirst = Duration.FromHours(2);

    readonly IDoor _door;
    readonly DemoWorld _world;
    readonly ImmutableArray<Shopper> _shoppers;
    readonly ImmutableArray<Shopkeeper> _keepers;

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
        _keepers = [.. world.Sellers.Values.Select(
            s => new Shopkeeper(door, Town, world, s) { Temper = DemoPlan.Temper })];
        _shoppers = [.. world.Buyers.Values.Select(
            b => new Shopper(door, Town, world, b) { Temper = DemoPlan.Temper })];
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
    }

    /// <summary>Another day: what is on offer is known, and what is under way is told of again.</summary>
    public void Reopen(IReadOnlyDictionary<ListingId, Offer> window, IEnumerable<News> underWay)
    {
        foreach (var (id, offer) in window) Town.Window[id] = offer;
        foreach (var keeper in _keepers)
            keeper.Reopen(_world.WaresOf(keeper.Id.Code).Where(w => window.ContainsKey(w.Id))
                .Select(w => (w.Id, window[w.Id])));
        foreach (var news in underWay) Town.Hear(news);
        Shop();
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
