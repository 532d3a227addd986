using Recourse.Orders;
using static Recourse.Kernel.Message;
namespace Recourse.Inventory;

/// <summary>Units that are promised, and were not there when they were counted.</summary>
/// <param name="Reason">Why, one of the rulebook's.</param>
public sealed record Shortage(string Location, int Units, string Reason);

/// <summary>What one order lacks.</summary>
public sealed record OrderShort(OrderId Order, int Units);

public static partial class StockItem
{
    /// <summary>
    /// A count below what is promised: what nobody has a claim on goes at once. Of the rest its orders' sellers are
    /// warned, those with the most units first, so that few buyers are concerned.
    /// </summary>
    static Decision<Event> FindShort(State stock, Command.Correct c)
    {
        var (claimed, here) = (At(stock.Claimed, c.Location), At(stock.OnHand, c.Location));
        var left = claimed - c.Units;
        var orders = ImmutableArray.CreateBuilder<OrderShort>();
        foreach (var r in stock.Reservations.Values.Where(IsForGood)
            .OrderByDescending(r => At(r.From, c.Location)).ThenBy(r => r.Order))
        {
            var units = Math.Min(left, At(r.From, c.Location));
            if (units > 0) orders.Add(new(r.Order, units));
            left -= units;
        }
        // The others wait for their payment, or are set aside: nobody is promised them for good.
        if (left > 0) return BelowReserved(c.Units, c.Units + left);
        ImmutableArray<OrderId> fine =
            [.. stock.ShortOf.Where(o => orders.All(s => s.Order != o))];
        return
        [
            .. here != claimed ? [new Event.Corrected(c.Location, here, claimed, c.Reason, c.Note)]
                : (ReadOnlySpan<Event>)[],
            new Event.FoundShort(c.Location, claimed - c.Units, c.Reason, orders.ToImmutable()),
            .. fine.IsEmpty ? (ReadOnlySpan<Event>)[] : [new Event.MadeUp(fine)],
        ];
    }

    static bool IsForGood(Reservation r) => r is { Until: null, Promotion: null };

    /// <summary>What becomes free where units are missing was never there; once none is, its orders go on.</summary>
    static Decision<Event> WithShortage(State before, Decision<Event> decision)
    {
        if (before.ShortOf.IsEmpty || decision.Events.IsDefaultOrEmpty) return decision;
        var after = decision.Events.Aggregate(before, (s, e) => Evolve(s, e));
        List<Event> more = [];
        foreach (var missing in after.Missing)
        {
            var units = Math.Min(missing.Units, At(Free(after), missing.Location));
            if (units > 0) more.Add(new Event.WrittenOff(missing.Location, units, missing.Reason));
        }
        after = more.Aggregate(after, (s, e) => Evolve(s, e));
        if (after.Missing.IsEmpty && !after.ShortOf.IsEmpty) more.Add(new Event.MadeUp(after.ShortOf));
        return more.Count == 0 ? decision : [.. decision.Events, .. more];
    }

    static State FoundShort(State stock, Event.FoundShort e) => stock with
    {
        Missing = [.. Without(stock.Missing, e.Location), new(e.Location, e.Units, e.Reason)],
        ShortOf = [.. stock.ShortOf.Union(e.Orders.Select(o => o.Order)).Order()],
    };

    static State WrittenOff(State stock, Event.WrittenOff e) => Present(stock with
    {
        OnHand = Minus(stock.OnHand, [new(e.Location, e.Units)]), Corrected = stock.Corrected - e.Units,
        Missing = [.. stock.Missing.Select(m => m.Location == e.Location ? m with { Units = m.Units - e.Units } : m)],
    });

    /// <summary>No more can be missing than the books have there.</summary>
    static State Present(State stock) => stock.Missing.IsEmpty ? stock : stock with
    {
        Missing =
        [
            .. stock.Missing.Select(m => m with { Units = Math.Min(m.Units, At(stock.OnHand, m.Location)) })
                .Where(m => m.Units > 0),
        ],
    };

    static ImmutableArray<Shortage> Without(ImmutableArray<Shortage> all, string location) =>
        all.RemoveAll(m => m.Location == location);

    static IEnumerable<Intent> TellWhatIsShort(StockItemId id, Event @event) => @event switch
    {
        Event.FoundShort e => e.Orders.Select(o => new Intent.Send(To(
            o.Order, new Order.Command.Warn(Reason.StockDiscrepancy, id.Sku, o.Units)))),
        Event.MadeUp e => e.Orders.Select(o => new Intent.Send(To(
            o, new Order.Command.LiftWarning(Reason.StockDiscrepancy)))),
        _ => [],
    };
}
