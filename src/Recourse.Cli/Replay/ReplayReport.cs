using Recourse.Olist;
using Recourse.Orders;
namespace Recourse.Cli;

/// <summary>One order, how it ended in fact and how it ends here.</summary>
/// <param name="There">The history's own status.</param>
/// <param name="Here">The state here, in our word.</param>
/// <param name="Reason">The statement's code here; null: it ended well.</param>
/// <param name="Told">The reason in words, as the buyer reads it; null: it ended well.</param>
/// <param name="KnewThere">When the buyer knew in fact; null: the history tells no such instant.</param>
/// <param name="Deadlines">Who was warned and whose deadline ended it, in order.</param>
public sealed record ReplayRow(
    string Order, string Number, string There, HistoricalEnding Ending, string Here, string? Reason, string? Told,
    Instant PurchasedAt, Instant? KnewThere, Instant? KnewHere, Instant? MoneyBackHere, long ToSeller, long ToBuyer,
    ImmutableArray<string> Deadlines);

/// <summary>How many orders went from one end to another.</summary>
public sealed record ReplayTotal(string There, string Here, string? Reason, int Orders, int? MedianDaysToKnow);

/// <summary>Who was warned, or whose deadline ended an order, and how often.</summary>
public sealed record ReplayDeadline(string What, string For, int Count);

/// <summary>A replay, to be read.</summary>
/// <param name="Refused">What people did then and could not do here.</param>
/// <param name="Open">Orders that have not ended: there should be none.</param>
public sealed record ReplayReport(
    int Baskets, int Orders, ImmutableArray<ReplayTotal> Totals, ImmutableArray<ReplayDeadline> Deadlines,
    ImmutableSortedDictionary<string, int> Refused, int Open, int LeftOpenThere, int LeftOpenThereEndedHere,
    int? MedianDaysToMoneyBack, ImmutableArray<NotReplayable> NotReplayable, long Turns,
    ImmutableArray<string> Violations, ImmutableArray<ReplayRow> Rows)
{
    /// <summary>Reads a finished run.</summary>
    public static ReplayReport Of(
        ReplayScript script, ReplayRun run, ImmutableArray<string> violations, Texts texts)
    {
        var facts = script.Ends.ToDictionary(e => e.Number);
        var baskets = script.Steps.OfType<ReplayStep.OpenCheckout>().ToList();
        ImmutableArray<ReplayRow> rows =
            [.. baskets.SelectMany(b => b.Orders.Select(o => Row(o, facts[b.Number], run.Ends.Of(o), texts)))];
        var open = run.Orders.Count(o => o.State is Order.State.Open);
        var left = rows.Where(r => r.Ending is HistoricalEnding.NeverDelivered or HistoricalEnding.LeftOpen).ToList();
        return new(
            baskets.Count, rows.Length, Sum(rows), Count(rows),
            run.Refused.ToImmutableSortedDictionary(StringComparer.Ordinal), open, left.Count,
            left.Count(r => r.Here is not ("Placed" or "Funded" or "Shipped" or "Delivered")),
            Median(rows.Where(r => r.MoneyBackHere is not null).Select(r => r.MoneyBackHere!.Value - r.KnewHere)),
            script.Not, run.Journal.Position, violations, rows);
    }

    static ReplayRow Row(OrderId order, HistoricalEnd there, ReplayEnd here, Texts texts) => new(
        order.ToString(), there.Number, there.Status, there.Ending, here.State ?? "NeverPlaced", here.Why?.Code,
        here.Why is { } why ? texts.Tell(why, Party.Buyer) : null, there.PurchasedAt, there.BuyerKnewAt,
        here.BuyerKnewAt, here.MoneyBackAt, here.ToSeller, here.ToBuyer,
        [
            .. here.Warned.Select(w => $"warned {w.Owner} {w.At.InUtc().Date:uuuu-MM-dd}"),
            .. here.EndedByClockFor is { } owner
                ? (string[])[$"deadline of {owner} {here.EndedAt?.InUtc().Date:uuuu-MM-dd}"] : [],
        ]);

    static ImmutableArray<ReplayTotal> Sum(IEnumerable<ReplayRow> rows) =>
    [
        .. from r in rows
           group r by (r.Ending, r.Here, r.Reason) into g
           orderby g.Key.Ending, g.Count() descending
           select new ReplayTotal($"{g.Key.Ending}", g.Key.Here, g.Key.Reason, g.Count(),
               Median(g.Select(r => r.KnewHere - r.PurchasedAt))),
    ];

    static ImmutableArray<ReplayDeadline> Count(IEnumerable<ReplayRow> rows) =>
    [
        .. from r in rows
           from d in r.Deadlines
           let words = d.Split(' ')
           let what = words is ["warned", ..] ? "warned in time" : "deadline passed"
           let whom = words is ["warned", var w, ..] ? w : words[2]
           group d by (what, whom) into g
           orderby g.Key.what descending, g.Key.whom
           select new ReplayDeadline(g.Key.what, g.Key.whom, g.Count()),
    ];

    static int? Median(IEnumerable<Duration?> spans)
    {
        var days = spans.Where(s => s is not null).Select(s => s!.Value.Days).Order().ToList();
        return days.Count == 0 ? null : days[days.Count / 2];
    }
}
