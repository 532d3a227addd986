using System.Globalization;
using Recourse.Risk;
namespace Recourse.Adapters.Risk.Replay;

/// <summary>
/// Lives a labelled history again: each purchase is screened at its instant, by what was known then, with the very
/// facts, rules and scores that checkouts get. How it turned out is heard 30 days later.
/// </summary>
public static class FraudReplay
{
    /// <summary>How long it takes until a purchase is known to be honest or fraud.</summary>
    public static readonly Duration LabelsAfter = Duration.FromDays(30);

    /// <summary>Screens all of it, in the order of purchases.</summary>
    public static FraudReport Of(
        ImmutableArray<LabelledPurchase> purchases, ImmutableArray<BadRow> bad, Rulebook book,
        Action<RuleAlert> alert, ModelShelf? models = null)
    {
        var memory = new RiskMemory();
        var (screener, rules) = (new Screener(memory, alert, models), book.Of<RiskRules>());
        var (first, second) = (FraudTally.Empty, FraudTally.Empty);
        var months = new SortedDictionary<string, FraudTally>(StringComparer.Ordinal);
        var applied = new SortedDictionary<string, RuleTally>(StringComparer.Ordinal);
        foreach (var (i, purchase) in Lived(purchases, memory).Index())
        {
            var screened = Screening.Of(screener.Follow(AttemptOf(purchase), book), rules);
            if (2 * i < purchases.Length) first = first.And(screened.Outcome, purchase.IsFraud);
            else second = second.And(screened.Outcome, purchase.IsFraud);
            var month = purchase.BoughtAt.ToString("uuuu-MM", CultureInfo.InvariantCulture);
            months[month] = months.GetValueOrDefault(month, FraudTally.Empty).And(screened.Outcome, purchase.IsFraud);
            foreach (var rule in screened.Contributions) Count(applied, rule.Code, purchase.IsFraud);
        }
        return new(
            FraudFigures.Of(first + second), FraudFigures.Of(first), FraudFigures.Of(second),
            [.. months.Select(m => FraudFigures.Of(m.Value, m.Key))],
            [.. applied.Values], screener.FailuresOf(book), bad,
            rules.Model is { } version && models?.Find(version) is { } model ? new(version, model.Trained) : null);
    }

    /// <summary>
    /// The purchases in the order of time, each when the memory has heard how those before it turned out, as far as
    /// that is known by then. To be remembered by whoever is given them.
    /// </summary>
    internal static IEnumerable<LabelledPurchase> Lived(
        ImmutableArray<LabelledPurchase> purchases, RiskMemory memory)
    {
        Queue<LabelledPurchase> unknown = [];
        foreach (var purchase in purchases.OrderBy(p => p.BoughtAt))
        {
            while (unknown.TryPeek(out var old) && old.BoughtAt + LabelsAfter <= purchase.BoughtAt)
                Settle(memory, unknown.Dequeue());
            yield return purchase;
            unknown.Enqueue(purchase);
        }
    }

    /// <summary>A purchase as screening is asked about it.</summary>
    internal static PurchaseAttempt AttemptOf(LabelledPurchase p) =>
        new(p.BoughtAt, p.User, p.SignedUpAt, p.Amount, p.Device, p.Ip);

    static void Settle(RiskMemory memory, LabelledPurchase p) =>
        memory.HearEnd(p.User, p.IsFraud ? PurchaseEnd.NonPayment : PurchaseEnd.Honest, p.Amount);

    static void Count(SortedDictionary<string, RuleTally> applied, string rule, bool isFraud)
    {
        var tally = applied.GetValueOrDefault(rule, new(rule, 0, 0));
        applied[rule] = isFraud ? tally with { Fraud = tally.Fraud + 1 } : tally with { Honest = tally.Honest + 1 };
    }
}
