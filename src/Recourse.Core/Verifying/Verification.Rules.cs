using Recourse.Payments;
using Recourse.Rulebooks;
namespace Recourse.Verifying;

/// <summary>The rulebook's section on becoming a verified customer.</summary>
/// <param name="ShowWithin">How long the buyer has to show something.</param>
/// <param name="WarnBefore">The buyer's full notice before that is over.</param>
/// <param name="ReviewWithin">By when somebody has looked at a document: it is promised.</param>
/// <param name="EscalateEvery">How often operations are told once that has passed.</param>
/// <param name="ValidFor">How long it is not asked again.</param>
/// <param name="MostTries">How often an amount can be named.</param>
/// <param name="MostAmounts">How many amounts can be asked for.</param>
/// <param name="LeastHundredths">The smallest amount, in hundredths of the currency's unit.</param>
/// <param name="MostHundredths">The largest amount, in hundredths of the currency's unit.</param>
/// <param name="Steps">Ways that are offered, in the order in which they are shown.</param>
/// <param name="ChallengeWithin">How long the buyer has on the bank's page.</param>
/// <param name="MostChallenges">How many bank's checks can be begun.</param>
/// <param name="StepsFor">Ways that are offered to those alone of whom this was found, by its code.</param>
/// <param name="Documents">Kinds of documents that show who somebody is.</param>
/// <param name="Reasons">Why a document isn't enough, and what its reader can do.</param>
public sealed record VerificationRules(
    Duration ShowWithin, Duration WarnBefore, Duration ReviewWithin, Duration EscalateEvery, Duration ValidFor,
    int MostTries, int MostAmounts, int LeastHundredths, int MostHundredths, Duration AppealWithin, Backoff AskAgain,
    ImmutableArray<string> Documents, ImmutableSortedDictionary<string, ImmutableArray<Remedy>> Reasons,
    ImmutableArray<ShownBy> Steps, Duration ChallengeWithin, int MostChallenges,
    ImmutableSortedDictionary<string, ImmutableArray<ShownBy>>? StepsFor = null) : IRules
{
    static readonly ImmutableArray<(string Word, ShownBy Step)> Words =
        [("bank", ShownBy.Bank), ("amount", ShownBy.Amount), ("document", ShownBy.Document)];

    /// <summary>Whether that way is offered.</summary>
    public bool Offers(ShownBy step) => Steps.Contains(step);

    /// <summary>
    /// The ways that are left to somebody of whom this was found: those that all of it leaves, or of several that have
    /// none in common a document. Null: all that are offered.
    /// </summary>
    public ImmutableArray<ShownBy>? WaysFor(ImmutableArray<string> reasons)
    {
        var left = Steps;
        foreach (var reason in reasons)
            if (StepsFor?.TryGetValue(reason, out var some) is true) left = [.. left.Where(some.Contains)];
        return left.Length == Steps.Length ? null : left.IsEmpty ? LastWay : left;
    }

    /// <summary>The ways that two have in common, each null where it leaves all.</summary>
    public ImmutableArray<ShownBy>? InCommon(ImmutableArray<ShownBy>? one, ImmutableArray<ShownBy>? other)
    {
        if (one is not { } a || other is not { } b) return one ?? other;
        ImmutableArray<ShownBy> both = [.. a.Where(b.Contains)];
        return both.IsEmpty ? LastWay : both;
    }

    ImmutableArray<ShownBy>? LastWay => Offers(ShownBy.Document) ? [ShownBy.Document] : null;

    /// <summary>Reads the section.</summary>
    public static VerificationRules Read(RuleReader r)
    {
        var rules = new VerificationRules(
            r.Elapsed("showWithin"), r.Elapsed("warnBefore"), r.Elapsed("reviewWithin"), r.Elapsed("escalateEvery"),
            r.Elapsed("validFor"), r.Number("mostTries", 1, 10), r.Number("mostAmounts", 1, 10),
            r.Number("leastHundredths", 1, 900), r.Number("mostHundredths", 1, 1_000), r.Elapsed("appealWithin"),
            Backoff.Read(r.Map("askAgain")), r.Texts("documents"), r.Map("reasons").Reasons(),
            // Editions from before banks could be asked offer the two ways that there were.
            r.Has("steps") ? r.Some("steps", Words) : [ShownBy.Amount, ShownBy.Document],
            r.Has("challengeWithin") ? r.Elapsed("challengeWithin") : Duration.FromMinutes(30),
            r.Has("mostChallenges") ? r.Number("mostChallenges", 1, 20) : 1, ReadStepsFor(r));
        if (rules.WarnBefore >= rules.ShowWithin) r.Fault("warnBefore", "Must be shorter than showWithin.");
        if (rules.MostHundredths < rules.LeastHundredths + 50)
            r.Fault("mostHundredths", "Must be at least 50 more than leastHundredths, or it is guessed.");
        r.Done();
        return rules;
    }

    static ImmutableSortedDictionary<string, ImmutableArray<ShownBy>>? ReadStepsFor(RuleReader r)
    {
        if (!r.Has("stepsFor")) return null;
        var map = r.Map("stepsFor");
        var all = map.Names.Distinct().ToImmutableSortedDictionary(
            code => code, code => map.Some(code, Words), StringComparer.Ordinal);
        foreach (var (code, steps) in all)
            if (steps.IsEmpty) map.Fault(code, "Must name at least one way: bank, amount or document.");
        map.Done();
        return all;
    }

    /// <summary>The buyer shows something, or it lapses.</summary>
    public Deadline ShowDue(Instant from) => new(
        Party.Buyer, Verification.LapseThen, Warn: from + ShowWithin - WarnBefore, from + ShowWithin);

    /// <summary>The buyer comes back from the bank, or the provider is asked whether they were there.</summary>
    public Deadline ChallengeDue(Instant from) =>
        new(Party.Buyer, Verification.ChallengeOverThen, Warn: null, from + ChallengeWithin);

    /// <summary>Somebody looks at the document.</summary>
    public Deadline ReviewDue(Instant from) =>
        new(Party.Agent, Verification.EscalateThen, Warn: null, from + ReviewWithin);

    /// <summary>Somebody should have looked: operations see to it.</summary>
    public Deadline EscalationDue(Instant from) =>
        new(Party.Operator, Verification.EscalateThen, Warn: null, from + EscalateEvery);

    /// <summary>Until when it is not asked again.</summary>
    public Instant ValidUntil(Instant from) => from + ValidFor;
}
