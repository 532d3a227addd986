namespace Recourse.Reasons;

public static partial class FalseReasons
{
    const int FewestSpans = 5;

    /// <summary>Whether what is ordered is less the next time that a history says how many there are; some only tell
    /// what their sellers wrote into a listing.</summary>
    static bool FallsByOrders(IEnumerable<ItemHistory> items)
    {
        var (spans, same) = (0, 0);
        foreach (var item in items)
            for (var i = 1; i < item.Stocks.Length; i++)
                if (item.TakenIn(item.Stocks[i - 1].At, item.Stocks[i].At, null) > 0)
                {
                    spans++;
                    if (item.Stocks[i].Units == item.Stocks[i - 1].Units) same++;
                }
        return spans < FewestSpans || 2 * same < spans;
    }

    sealed partial class Look
    {
        /// <summary>
        /// The last count before less what was ordered since; what is known of the time after it must not speak against
        /// that.
        /// </summary>
        ReasonFlag? HadEnough(Dealing d)
        {
            var at = d.EndedAt!.Value;
            if (item.StockBy(at) is not (var i and >= 0)) return null;
            var (countedAt, units) = item.Stocks[i];
            var (left, wanted) = (units - Taken(countedAt, at, d), item.GivenUpWith(d));
            var isAmple = left >= 2 * wanted;
            if (left < wanted || IsFoundEmpty(d, i)) return null;
            if (i + 1 < item.Stocks.Length ? IsDoubted(d, i, isAmple) : IsSilent(at - countedAt, i, isAmple))
                return null;
            return Flag(d, SellerReason.HadEnough, ("onHand", left), ("counted", countedAt));
        }

        /// <summary>Whether the next count casts doubt on the one before the cancellation.</summary>
        /// <param name="known">The place of the last count before it.</param>
        /// <param name="isAmple">Whether there was more than a few that nobody finds could explain.</param>
        bool IsDoubted(Dealing d, int known, bool isAmple)
        {
            var ((countedAt, units), (nextAt, next)) = (item.Stocks[known], item.Stocks[known + 1]);
            var age = d.EndedAt!.Value - countedAt;
            var balance = next + Taken(countedAt, nextAt, d) - units;
            if (balance == 0) return age > rules.StaleAfter && !isAmple;
            if (age > rules.StaleAfter || IsSoldOutFor(d, countedAt, nextAt)) return true;
            // More than before: something came in between, and before that there may have been nothing.
            return age > rules.FreshFor && (balance > 0 ? !isAmple : next < d.Quantity);
        }

        /// <summary>Whether no count came for longer than before. Where they come often, one that never came would have
        /// said more.</summary>
        bool IsSilent(Duration age, int last, bool isAmple) => age > rules.FreshFor && (!isAmple
            || Enumerable.Range(1, last).Any() && age > Enumerable.Range(1, last)
                .Max(i => item.Stocks[i].At - item.Stocks[i - 1].At));

        /// <summary>Whether who ordered it next, or just before, didn't get it either.</summary>
        bool IsSoldOutFor(Dealing d, Instant since, Instant nextAt)
        {
            var around = item.PlacedIn(since, Instant.Min(nextAt, d.EndedAt!.Value + rules.CountedWithin))
                .Where(o => o != d && (o.Went || o.Reason is SellerReason.OutOfStock)).ToList();
            return around.FindLast(o => o.Placed <= d.Placed) is { IsOff: true }
                || around.Find(o => o.Placed > d.Placed) is { IsOff: true };
        }

        /// <summary>Whether a count soon after it found too few, and orders don't tell where the others went.</summary>
        /// <param name="known">The place of the last count before it.</param>
        bool IsFoundEmpty(Dealing d, int known)
        {
            var (countedAt, units) = item.Stocks[known];
            for (var i = known + 1; i < item.Stocks.Length; i++)
            {
                var (at, found) = item.Stocks[i];
                if (at - d.EndedAt!.Value > rules.CountedWithin) return false;
                if (found < d.Quantity && found + Taken(countedAt, at, d) < units) return true;
            }
            return false;
        }

        long Taken(Instant after, Instant by, Dealing butNot) => isTaken ? item.TakenIn(after, by, butNot) : 0;
    }
}
