using Recourse.Orders;
namespace Recourse.Inventory;

public static partial class StockItem
{
    /// <summary>So many that sums of them can't overflow.</summary>
    const int MostUnits = 1_000_000_000;

    static Reservation? Of(State stock, OrderId order) => stock.Reservations.GetValueOrDefault(order);

    static int At(ImmutableArray<Shelf> shelves, string location) =>
        shelves.Where(s => s.Location == location).Sum(s => s.Units);

    static ImmutableArray<Shelf> Free(State stock) =>
        [.. stock.OnHand.Select(s => s with { Units = s.Units - At(stock.Claimed, s.Location) })];

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

    static State Take(State stock, Event.Reserved e)
    {
        var before = Of(stock, e.Order);
        // What is set aside is claimed already.
        var all = before is null ? e.From : Plus(before.From, e.From);
        if (e.Claim is { } claim)
            return With(TakeOnSale(stock, e, claim), before, new(e.Order, all, e.Until, claim.Code));
        return With(stock, before, new(e.Order, all, e.Until, before?.Promotion)) with
        {
            Claimed = Plus(stock.Claimed, e.From),
        };
    }

    /// <summary>To what they came from: a promotion that still runs, or the shelves.</summary>
    static State GiveBack(State stock, OrderId order, ImmutableArray<Shelf> back, int? onSale = null)
    {
        var (before, units) = (stock.Reservations[order], back.Sum(s => s.Units));
        var given = Unnoted(Give(stock, order, back), order, units);
        if (PromotionOf(stock, before.Promotion) is not { } p || !p.Shares.TryGetValue(order, out var share))
            return given;
        // More can be given back than came from it, where units that had lapsed were taken again.
        var again = onSale ?? (share.Units >= units ? units : 0);
        if (again == 0) return given;
        var aside = Pick(back, again);
        return SetAsideAgain(given, p, order, aside) with { Claimed = Plus(given.Claimed, aside) };
    }

    /// <summary>
    /// How many of what an order gives back are set aside again, where only some of what it has came from a promotion;
    /// null: it is one or the other for all of it.
    /// </summary>
    static int? OnSaleOf(State stock, Reservation kept, Command.Release c, int units)
    {
        var share = PromotionOf(stock, kept.Promotion)?.Shares.GetValueOrDefault(kept.Order)?.Units ?? 0;
        if (share == 0 || share >= kept.Units) return null;
        var told = (c.OnSale ?? []).Where(p => p.Code == kept.Promotion).Sum(p => p.Units);
        return Math.Clamp(told, Math.Max(share + units - kept.Units, 0), Math.Min(units, share));
    }

    static State Give(State stock, OrderId order, ImmutableArray<Shelf> back)
    {
        var before = stock.Reservations[order];
        return With(stock, before, before with { From = Minus(before.From, back) }) with
        {
            Claimed = Minus(stock.Claimed, back),
        };
    }

    static int KeptBy(Reservation? some) => some is { Until: null } ? some.Units : 0;

    static State With(State stock, Reservation? before, Reservation after)
    {
        var (all, lapses) = (stock.Reservations, stock.Lapses);
        if (before?.Until is { } was) lapses = lapses.Remove(new(was, after.Order));
        if (after is { From.IsEmpty: false, Until: { } until }) lapses = lapses.Add(new(until, after.Order));
        return stock with
        {
            Reservations = after.From.IsEmpty ? all.Remove(after.Order) : all.SetItem(after.Order, after),
            Lapses = lapses, Kept = stock.Kept + KeptBy(after) - KeptBy(before),
        };
    }
}
