using Recourse.Rulebooks;
namespace Recourse.Disputes;

/// <summary>What becomes of an appeal that nobody decided in time.</summary>
public enum Unanswered
{
    /// <summary>The decision is undone: whoever waits can't help it.</summary>
    Reverse,

    /// <summary>The agents are told again, and again.</summary>
    Remind,
}

/// <summary>Why an appeal can be decided so.</summary>
/// <param name="Remedies">What its reader can do next.</param>
public sealed record AppealReason(Verdict Verdict, ImmutableArray<Remedy> Remedies);

/// <summary>The rulebook's section on appeals.</summary>
/// <param name="DecideWithin">From lodging to the decision.</param>
/// <param name="WarnBefore">The agents' full notice before that.</param>
/// <param name="FurtherWithin">How long what was decided can be taken further.</param>
/// <param name="HearWithin">How long whom a reversal would cost something is heard; null: the edition is older.</param>
/// <param name="SuggestFrom">From so many comparable cases on, a way to decide is suggested to agents.</param>
/// <param name="SuggestShare">If at least that share of them was decided so.</param>
/// <param name="FilesKept">How long a file is kept that was brought as proof while nothing names it; null: the edition
/// is older.</param>
public sealed record AppealRules(
    Duration DecideWithin, Duration WarnBefore, Unanswered Unanswered, Duration FurtherWithin,
    ImmutableSortedDictionary<string, AppealReason> Reasons, Duration? HearWithin = null,
    int SuggestFrom = AppealRules.FewestCases, Ratio? SuggestShare = null, Duration? FilesKept = null) : IRules
{
    const int FewestCases = 5;
    static readonly Duration KeptBefore = Duration.FromDays(30);

    /// <summary>So long is a file kept that nothing names.</summary>
    public Duration KeepsFilesFor => FilesKept ?? KeptBefore;

    static readonly ImmutableArray<(string, Unanswered)> Ends =
        [("reverse", Unanswered.Reverse), ("remind", Unanswered.Remind)];

    static readonly ImmutableArray<(string, Verdict)> Verdicts =
        [("uphold", Verdict.Uphold), ("reverse", Verdict.Reverse)];

    /// <summary>What holds under editions from before there were appeals: nobody upholds anything.</summary>
    public static readonly AppealRules Before = new(
        Duration.FromDays(7), Duration.FromDays(1), Unanswered.Reverse, Duration.FromDays(184),
        ImmutableSortedDictionary.Create<string, AppealReason>(StringComparer.Ordinal).Add(
            Appeal.Late, new(Verdict.Reverse, [new("kernel.nothing-needed")])));

    /// <summary>Reads the section.</summary>
    public static AppealRules Read(RuleReader r)
    {
        var rules = new AppealRules(
            r.Elapsed("decideWithin"), r.Elapsed("warnBefore"), r.One("unanswered", Ends), r.Elapsed("furtherWithin"),
            ReadReasons(r.Map("reasons")), r.Has("hearWithin") ? r.Elapsed("hearWithin") : null,
            r.Has("suggestFrom") ? r.Number("suggestFrom", least: 1, most: 1_000) : FewestCases,
            r.Has("suggestShare") ? r.Percent("suggestShare") : null,
            r.Has("filesKept") ? r.Elapsed("filesKept") : null);
        if (rules.HearWithin >= rules.DecideWithin - rules.WarnBefore)
            r.Fault("hearWithin", "Must be over before the agents are warned.");
        if (rules.WarnBefore >= rules.DecideWithin) r.Fault("warnBefore", "Must be shorter than decideWithin.");
        r.Done();
        return rules;
    }

    static ImmutableSortedDictionary<string, AppealReason> ReadReasons(RuleReader section)
    {
        var reasons = ImmutableSortedDictionary.CreateBuilder<string, AppealReason>(StringComparer.Ordinal);
        foreach (var code in section.Names.Distinct().ToList())
        {
            if (code.Split('.') is not ["appeal", var rest] || !Derived.IsCode(rest))
                section.Fault(code, "Must be a code such as appeal.facts-were-wrong.");
            var reason = section.Map(code);
            reasons[code] = new(reason.One("verdict", Verdicts), reason.Remedies());
            reason.Done();
        }
        if (!reasons.TryGetValue(Appeal.Late, out var late) || late.Verdict is not Verdict.Reverse)
            section.Fault(Appeal.Late, "Must be there, with the verdict reverse: it is the program's own.");
        if (reasons.Values.All(reason => reason.Verdict is Verdict.Reverse))
            section.Fault(Appeal.Late, "Must not be alone: there must be a reason to uphold a decision.");
        section.Done();
        return reasons.ToImmutable();
    }

    /// <summary>
    /// How comparable cases let one decide; null: there are too few, or they don't agree. An agent decides all the
    /// same.
    /// </summary>
    /// <param name="cases">How often what is appealed was decided for each reason.</param>
    public string? Suggested(IReadOnlyDictionary<string, long> cases)
    {
        var known = cases.Where(c => c.Key is not Appeal.Late && Reasons.ContainsKey(c.Key) && c.Value > 0).ToList();
        var all = known.Sum(c => c.Value);
        if (all == 0) return null;
        var side = known.GroupBy(c => Reasons[c.Key].Verdict).MaxBy(g => g.Sum(c => c.Value))!;
        return !AreMost(side.Sum(c => c.Value), all) ? null
            : side.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).First().Key;
    }

    /// <summary>How most comparable cases were decided; null: there are too few, or they don't agree.</summary>
    /// <param name="cases">How often each way.</param>
    public string? MostlySo(IReadOnlyDictionary<string, long> cases)
    {
        var most = cases.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).FirstOrDefault();
        return AreMost(most.Value, cases.Values.Sum()) ? most.Key : null;
    }

    bool AreMost(long some, long all) => all >= SuggestFrom && (SuggestShare ?? new Ratio(2, 3)) is var share
        && (Int128)some * share.Denominator >= (Int128)all * share.Numerator;

    /// <summary>What an agent can choose from for a verdict.</summary>
    public IEnumerable<string> ReasonsFor(Verdict verdict) =>
        Reasons.Where(r => r.Value.Verdict == verdict && r.Key is not Appeal.Late).Select(r => r.Key);

    /// <summary>An agent decides by then, or what the rulebook says happens.</summary>
    public Deadline DecisionDue(Instant from) =>
        new(Party.Agent, Then, Warn: from + DecideWithin - WarnBefore, from + DecideWithin);

    /// <summary>Nobody did, and they are told again.</summary>
    public Deadline StillDue(Instant from) => new(Party.Agent, Then, Warn: null, from + WarnBefore);

    string Then => Unanswered is Unanswered.Reverse ? "appeal.reverse-unanswered" : "appeal.remind";
}
