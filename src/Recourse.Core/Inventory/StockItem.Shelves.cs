using Recourse.Orders;
namespace Recourse.Inventory;

public static partial class StockItem
{
    /// <summary>So many that sums of them can't overflow.</summary>
    const int MostUnits = 1_000_000_000;

    static Reservation? Of(State stock, OrderId order) => stock.Reservations.FirstOrDefault(r => r.Order == order);

    static int At(ImmutableArray<Shelf> shelves, string location) =>
        shelves.Where(s => s.Location == location).Sum(s => s.Units);

    static int ReservedAt(State stock, string location) => stock.Reservations.Sum(r => At(r.From, location));

    static ImmutableArray<Shelf> Free(State stock)
    {
        Dictionary<string, int> reserved = [];
        foreach (var s in stock.Reservations.SelectMany(r => r.From))
            reserved[s.Location] = reserved.GetValueOrDefault(s.Location) + s.Units;
        return [.. stock.OnHand.Select(s => s with { Units = s.Units - reserved.GetValueOrDefault(s.Location) })];
    }

    /// <summary>The fullest shelves first, so that few parcels are needed; by name where they are equal.</summary>
    static ImmutableArray<Shelf> Pick(ImmutableArray<Shelf> from, int units)
    {
        var picked = ImmutableArray.CreateBuilder<Shelf>();
        foreach (var s in from.OrderByDescending(s => s.Units).ThenBy(s => s.Location, StringComparer.Ordinal))
        {
            if (units == 0) break;
            var taken = Math.Min(s.Units, units);
            if (taken > 0) picked.Add(s with { Units = taken });
            units -= taken;
        }
        return picked.ToImmutable();
    }

    static ImmutableArray<Shelf> Plus(ImmutableArray<Shelf> shelves, ImmutableArray<Shelf> more) =>
    [
        .. shelves.Concat(more).GroupBy(s => s.Location, (location, all) => new Shelf(location, all.Sum(s => s.Units)))
            .Where(s => s.Units != 0).OrderBy(s => s.Location, StringComparer.Ordinal),
    ];

    static ImmutableArray<Shelf> Minus(ImmutableArray<Shelf> shelves, ImmutableArray<Shelf> fewer) =>
        Plus(shelves, [.. fewer.Select(s => s with { Units = -s.Units })]);

    static ImmutableArray<Reservation> Take(ImmutableArray<Reservation> all, Event.Reserved e)
    {
        var before = all.FirstOrDefault(r => r.Order == e.Order);
        return before is null
            ? all.Add(new(e.Order, e.From, e.Until))
            : all.Replace(before, before with { From = Plus(before.From, e.From), Until = e.Until });
    }

    static ImmutableArray<Reservation> Give(
        ImmutableArray<Reservation> all, OrderId order, ImmutableArray<Shelf> back)
    {
        var before = all.First(r => r.Order == order);
        var left = before with { From = Minus(before.From, back) };
        return left.From.IsEmpty ? all.Remove(before) : all.Replace(before, left);
    }
}
