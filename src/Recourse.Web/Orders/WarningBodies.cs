using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What is wrong with an order, and ends it unless it is put right.</summary>
/// <param name="Reason">For which reason of the rulebook it would end.</param>
/// <param name="Text">What is wrong, in words.</param>
/// <param name="To">Who is to put it right, by role.</param>
/// <param name="IsYours">Whether that is the reader.</param>
/// <param name="Units">How many things it is about.</param>
/// <param name="Since">When it was found (UTC).</param>
/// <param name="ToldAt">When they were told (UTC); left out: in a moment.</param>
/// <param name="Until">Until when it is to be put right (UTC).</param>
/// <param name="Holds">Nothing is sent meanwhile, and the seller's deadline stands still.</param>
/// <param name="Answer">What they said, for themselves and staff; left out: nothing.</param>
/// <param name="HeardBy">Until when staff look at that (UTC); left out: nothing is to be heard.</param>
/// <param name="Effect">What happens otherwise.</param>
/// <param name="Ways">What puts it right, for whoever is to.</param>
public sealed record WarningBody(
    string Reason, string Text, string To, bool IsYours, ImmutableArray<PortionBody> Portions, int Units,
    Instant Since, Instant? ToldAt, Instant Until, bool Holds, string? Answer, Instant? HeardBy, string Effect,
    ImmutableArray<Hint> Ways);

/// <summary>An answer to a warning.</summary>
/// <param name="Word">To 300 characters, on one line.</param>
public sealed record WarningAnswer(string? Word);

/// <summary>Warnings as they are shown.</summary>
static class WarningBodies
{
    /// <summary>What is wrong with an order, as one reader may know it.</summary>
    public static ImmutableArray<WarningBody> Of(Seen seen, Order.State state, Texts texts)
    {
        if (state is not Order.State.Funded { Warnings: { } open, Deal: var deal }) return [];
        var rules = seen.Asked.Edition(deal.Rulebook).Of<OrderRules>().OfWarnings;
        return [.. open.Select(w => Of(w, rules.For(w.Reason), seen, texts))];
    }

    static WarningBody Of(Warning w, WarningRule rule, Seen seen, Texts texts)
    {
        var isYours = seen.As == w.To;
        return new(
            w.Reason, texts.Show((Value)Warning.WordOf(w.Reason)), Words.Of(w.To), isYours,
            [.. w.Portions.Select(p => new PortionBody(p.Line, p.Quantity))], w.Portions.Sum(p => p.Quantity), w.At,
            w.ToldAt, w.Until, w.Holds, isYours || (seen.As & Party.Staff) != 0 ? w.Answer : null,
            w.AnsweredAt is null ? null : w.Deadline.Due, Words.Next(w.Deadline, seen.As, texts)!.Effect,
            isYours && w.AnsweredAt is null ? [.. WaysOf(w, rule).Select(way => new Hint(
                way, texts.Tell($"console.warnings.way-{way}")))] : []);
    }

    static IEnumerable<string> WaysOf(Warning w, WarningRule rule)
    {
        if (w.Reason is Reason.StockDiscrepancy) yield return "count";
        if (rule.MendedBy.HasFlag(Mends.Address)) yield return "address";
        if (rule.MendedBy.HasFlag(Mends.Service)) yield return "service";
        if (rule.MendedBy.HasFlag(Mends.Ways)) yield return "ways";
        if (rule.MendedBy.HasFlag(Mends.Pick)) yield return "pick";
        if (!w.Holds && w.To is Party.Seller) yield return "dispatch";
        yield return rule.MendedBy.HasFlag(Mends.Answer) ? "answer" : "heard";
    }

    /// <summary>What can be done of them now.</summary>
    public static IEnumerable<ActionBody?> Actions(
        Seen seen, Func<string, string, Order.Command, Type, ActionBody?> attempt)
    {
        if ((seen.State as Order.State.Funded)?.Warnings is not { } open) yield break;
        foreach (var w in open)
        {
            if (seen.As == w.To)
                yield return attempt("order.answer-warning", $"warnings/{w.Reason}/answer",
                    new Order.Command.AnswerWarning(w.Reason, "…"), typeof(Order.Event.WarningAnswered));
            if ((seen.As & Party.Staff) == 0) continue;
            yield return attempt("order.lift-warning", $"warnings/{w.Reason}/lifting",
                new Order.Command.LiftWarning(w.Reason), typeof(Order.Event.WarningLifted));
            yield return attempt("order.uphold-warning", $"warnings/{w.Reason}/upholding",
                new Order.Command.UpholdWarning(w.Reason), typeof(Order.Event.Cancelled));
        }
    }
}
