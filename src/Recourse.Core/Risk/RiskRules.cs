using Recourse.Rulebooks;
namespace Recourse.Risk;

/// <summary>A rule of the rulebook. Its condition is evaluated outside, before the turn; what it means is said here.
/// </summary>
/// <param name="When">The condition, in the Common Expression Language.</param>
/// <param name="Points">What it adds to the score; less than 0: it speaks for the buyer.</param>
/// <param name="AtMost">The worst that this rule can lead to.</param>
/// <param name="Cases">By which its author shows what it does.</param>
public sealed record RiskRule(
    string Id, string When, int Points, RiskOutcome AtMost, ImmutableArray<RuleCase> Cases);

/// <summary>A test case of a rule.</summary>
/// <param name="Text">As it is written.</param>
/// <param name="Given">What differs from an ordinary purchase.</param>
public sealed record RuleCase(string Text, ImmutableArray<RiskValue> Given, bool Fires);

/// <summary>The rulebook's section on risk.</summary>
/// <param name="VerifyFrom">The score from which buyers show that it is them.</param>
/// <param name="HoldFrom">The score from which a person looks.</param>
/// <param name="RefuseFrom">The score from which it doesn't go on.</param>
/// <param name="PerHonestOrder">What each honest order takes off the score.</param>
/// <param name="MostForHistory">What all of them take off at most.</param>
/// <param name="ReviewWithin">By when somebody has looked at what is held.</param>
/// <param name="VerifyWithin">How long a buyer has to show that it is them.</param>
/// <param name="WarnBefore">The buyer's full notice before that is over.</param>
/// <param name="ClearedFor">How long an appeal that was right speaks for the buyer.</param>
/// <param name="Unreviewed">What becomes of it if nobody did.</param>
/// <param name="AppealWithin">How long an outcome can be appealed.</param>
/// <param name="Reasons">What the reader of a statement can do, by its code.</param>
/// <param name="Model">The version of the learned model whose score rules can ask for; null: none.</param>
public sealed record RiskRules(
    int VerifyFrom, int HoldFrom, int RefuseFrom, int PerHonestOrder, int MostForHistory, Duration ReviewWithin,
    Duration VerifyWithin, Duration WarnBefore, Duration ClearedFor, RiskOutcome Unreviewed, Duration AppealWithin,
    ImmutableSortedDictionary<string, ImmutableArray<Remedy>> Reasons,
    ImmutableArray<RiskRule> Rules, string? Model = null) : IRules
{
    const int Highest = Screening.HighestScore, MostRules = 200;

    static readonly ImmutableArray<(string, RiskOutcome)> Outcomes =
    [
        ("accept", RiskOutcome.Accept), ("verify", RiskOutcome.Verify), ("hold", RiskOutcome.Hold),
        ("refuse", RiskOutcome.Refuse),
    ];

    static readonly ImmutableArray<(string, RiskOutcome)> Ends =
        [("accept", RiskOutcome.Accept), ("refuse", RiskOutcome.Refuse)];

    /// <summary>By when a purchase that is held now has been looked at, and by whom.</summary>
    public Deadline ReviewDue(Instant from) => new(
        Party.Agent, Unreviewed is RiskOutcome.Accept ? "risk.accept-unreviewed" : "risk.refuse-unreviewed",
        Warn: null, from + ReviewWithin);

    /// <summary>By when the buyer has shown that it is them, or the purchase is given up.</summary>
    /// <param name="then">What happens then.</param>
    public Deadline VerificationDue(Instant from, string then) => new(
        Party.Buyer, then, Warn: from + VerifyWithin - WarnBefore, from + VerifyWithin);

    /// <summary>Reads the section.</summary>
    public static RiskRules Read(RuleReader r)
    {
        var history = r.Map("cleanHistory");
        var rules = new RiskRules(
            r.Number("verifyFrom", 1, Highest), r.Number("holdFrom", 1, Highest), r.Number("refuseFrom", 1, Highest),
            history.Number("perHonestOrder", 0, Highest), history.Number("atMost", 0, Highest),
            r.Elapsed("reviewWithin"), Later(r, "verifyWithin", 72), Later(r, "warnBefore", 24),
            Later(r, "clearedFor", 720), r.One("unreviewed", Ends), r.Elapsed("appealWithin"),
            ReadReasons(r.Map("reasons")), ReadRules(r.Map("rules")),
            r.Has("model") ? r.Text("model") : null);
        history.Done();
        if (rules.HoldFrom < rules.VerifyFrom) r.Fault("holdFrom", "Must not be less than verifyFrom.");
        if (rules.WarnBefore >= rules.VerifyWithin) r.Fault("warnBefore", "Must be shorter than verifyWithin.");
        if (rules.Model is { } model && !IsVersion(model))
            r.Fault("model", "Must be a model's version: 16 digits and letters from a to f.");
        if (rules.RefuseFrom < rules.HoldFrom) r.Fault("refuseFrom", "Must not be less than holdFrom.");
        r.Done();
        return rules;
    }

    static bool IsVersion(string text) => text.Length == 16 && text.All(char.IsAsciiHexDigitLower);

    // Editions from before purchases waited for it have no such stretch.
    static Duration Later(RuleReader r, string name, int hours) =>
        r.Has(name) ? r.Elapsed(name) : Duration.FromHours(hours);

    static ImmutableSortedDictionary<string, ImmutableArray<Remedy>> ReadReasons(RuleReader section)
    {
        var reasons = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<Remedy>>(StringComparer.Ordinal);
        foreach (var code in Screening.Reasons)
        {
            var reason = section.Map(code);
            reasons[code] = reason.Remedies();
            reason.Done();
        }
        section.Done();
        return reasons.ToImmutable();
    }

    static ImmutableArray<RiskRule> ReadRules(RuleReader section)
    {
        var ids = section.Names.Distinct().ToList();
        if (ids.Count > MostRules) section.Fault(ids[MostRules], $"Must not be more than {MostRules} rules.");
        foreach (var id in ids.Where(id => !Derived.IsCode(id)))
            section.Fault(id, "Must be a name such as many-accounts-on-a-device.");
        ImmutableArray<RiskRule> rules = [.. ids.Select(id => ReadRule(id, section.Map(id)))];
        section.Done();
        return rules;
    }

    static RiskRule ReadRule(string id, RuleReader r)
    {
        var rule = new RiskRule(
            id, r.Text("when"), r.Number("points", -Highest, Highest), r.One("atMost", Outcomes),
            [.. ReadCases(r, "fires", fires: true), .. ReadCases(r, "staysQuiet", fires: false)]);
        r.Done();
        return rule;
    }

    static IEnumerable<RuleCase> ReadCases(RuleReader r, string name, bool fires)
    {
        var cases = r.Many(
            name, text => ReadCase(text, fires), "facts such as device.accounts24h=3, with blanks between");
        if (r.Has(name) && cases.IsEmpty) r.Fault(name, "Must have at least one test case.");
        return cases;
    }

    static IEnumerable<RuleCase>? ReadCase(string text, bool fires)
    {
        var given = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(RiskInput.Read).ToList();
        return given.Count == 0 || given.Contains(null) ? null : [new(text, [.. given.OfType<RiskValue>()], fires)];
    }
}
