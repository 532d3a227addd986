namespace Recourse.Risk;

/// <summary>What one rule, or the buyer's history, adds to a score.</summary>
/// <param name="Code">The rule's id, or <see cref="Screening.CleanHistory"/>.</param>
/// <param name="Points">0: it is told and changes nothing.</param>
/// <param name="Facts">What it rests on.</param>
public sealed record Contribution(string Code, int Points, ImmutableArray<RiskValue> Facts);

/// <summary>What becomes of a purchase, with all that led to it.</summary>
/// <param name="Score">In 1/10,000; 0: nothing speaks against it.</param>
/// <param name="Model">The version of the learned model whose score took part; null: none did.</param>
public sealed record Screened(
    RiskOutcome Outcome, int Score, ImmutableArray<Contribution> Contributions, string? Model = null)
{
    /// <summary>The score and each fact that contributed, once, with who may read it.</summary>
    public ImmutableArray<StatedFact> Facts =>
    [
        new("score", Score, Party.Staff),
        .. from name in Contributions.SelectMany(c => c.Facts).DistinctBy(f => f.Name)
           select new StatedFact(
               name.Name, name.Value,
               RiskInput.PlaceOf(name.Name) is { } place ? RiskInput.All[place].SeenBy : Party.Staff),
    ];
}

/// <summary>What is known of the buyer's standing beside what screening counts.</summary>
/// <param name="IsVerified">They have shown who they are: they aren't asked again.</param>
/// <param name="ClearedUntil">Until when an appeal that was right speaks for them (UTC); null: none does.</param>
public sealed record Trust(bool IsVerified, Instant? ClearedUntil);

/// <summary>The judgement of one purchase: pure, out of recorded facts and an edition of the rulebook.</summary>
public static class Screening
{
    /// <summary>The highest score.</summary>
    public const int HighestScore = 10_000;

    /// <summary>The contribution of an account whose orders were all honest.</summary>
    public const string CleanHistory = "clean-history";

    const string First = "risk.verify-first", Held = "risk.held";

    /// <summary>The code of a statement that turns something down.</summary>
    public const string Refused = "risk.refused";

    /// <summary>The codes of statements, for what is more than accepted.</summary>
    public static readonly ImmutableArray<string> Reasons = [Held, Refused, First];

    /// <summary>
    /// The sum of what applies, less what a clean history takes off, gives the outcome; but never a worse one than the
    /// worst that any of these rules can lead to. What applies for the IP address alone is told and counts nothing.
    /// </summary>
    public static Screened Of(RiskFacts facts, RiskRules rules)
    {
        var contributions = ImmutableArray.CreateBuilder<Contribution>();
        var (sum, worst) = (0, RiskOutcome.Accept);
        string? model = null;
        foreach (var fired in facts.Rules.Fired)
        {
            if (rules.Rules.FirstOrDefault(r => r.Id == fired.Rule) is not { } rule) continue;
            var points = IsByIpAlone(fired) ? 0 : rule.Points;
            var byModel = fired.Inputs.Any(i => i.Name is RiskInput.ModelScore) ? facts.Model : null;
            contributions.Add(new(rule.Id, points, [.. fired.Inputs, .. AgainstBuyer(byModel, fired)]));
            sum += points;
            if (points != 0) model ??= byModel?.Model;
            if (points > 0 && rule.AtMost > worst) worst = rule.AtMost;
        }
        if (ForHistory(facts.Account, rules) is var less and > 0 && sum > 0)
        {
            contributions.Add(new(CleanHistory, -less, [new("account.honestOrders", facts.Account.HonestOrders)]));
            sum -= less;
        }
        var score = Math.Clamp(sum, 0, HighestScore);
        var byScore = score >= rules.RefuseFrom ? RiskOutcome.Refuse
            : score >= rules.HoldFrom ? RiskOutcome.Hold
            : score >= rules.VerifyFrom ? RiskOutcome.Verify : RiskOutcome.Accept;
        return new(byScore < worst ? byScore : worst, score, contributions.ToImmutable(), model);
    }

    /// <summary>What speaks against a purchase, and which edition judged; null: nothing was gathered, or nothing
    /// does.</summary>
    public static (Screened What, int Rulebook)? Against(Fact<RiskFacts>? known, Fact<Trust>? trust, Asked asked)
    {
        if (known?.Value is not { } risk) return null;
        var book = BookOf(risk, asked);
        var screened = Of(risk, book.Of<RiskRules>());
        return screened.Outcome switch
        {
            RiskOutcome.Accept => null,
            RiskOutcome.Verify when trust?.Value is { IsVerified: true } => null,
            RiskOutcome.Hold or RiskOutcome.Refuse or RiskOutcome.Verify
                when trust?.Value.ClearedUntil > asked.At => null,
            _ => (screened, book.Version),
        };
    }

    // The edition whose rules were tried; one that isn't published here can't have judged.
    static Rulebook BookOf(RiskFacts risk, Asked asked)
    {
        foreach (var book in asked.Published)
            if (book.Version == risk.Rules.Rulebook) return book;
        return asked.InForce;
    }

    // What a model said rests on facts of its own: those that spoke against the buyer.
    static IEnumerable<RiskValue> AgainstBuyer(ModelScore? model, FiredRule fired) =>
        from part in model?.Parts ?? []
        where part.Weight > 0 && !fired.Inputs.Contains(part.Fact)
        select part.Fact;

    /// <summary>Why it was not simply accepted; null: it was.</summary>
    /// <param name="rulebook">The edition that judged.</param>
    /// <param name="outcome">What was decided of what, e.g. of a checkout, as statements say it.</param>
    /// <param name="by">Who decided; null: screening itself.</param>
    /// <param name="isFavour">What is not granted was a favour to ask for: there is nothing to appeal.</param>
    public static Statement? Why(
        Screened screened, int rulebook, RiskRules rules, string outcome, Instant at, DecidedBy? by = null,
        bool isFavour = false)
    {
        var code = screened.Outcome switch
        {
            RiskOutcome.Accept => null,
            RiskOutcome.Verify => First,
            RiskOutcome.Hold   => Held,
            RiskOutcome.Refuse => Refused,
        };
        if (code is null) return null;
        var remedies = isFavour ? rules.Reasons[code].Remove(Statement.Appeal) : rules.Reasons[code];
        return new(
            code, outcome, screened.Facts, $"risk.reasons.{code}", rulebook, by ?? ByItself(screened), remedies, at,
            Statement.UntilIn(remedies, at + rules.AppealWithin));
    }

    /// <summary>Screening itself decided, and which model took part.</summary>
    public static DecidedBy ByItself(Screened screened) => new DecidedBy.Automated("risk", screened.Model);

    // Whoever once did not pay has no clean history, however many orders went well.
    static int ForHistory(AccountFacts account, RiskRules rules) => account.NonPayments > 0 ? 0
        : (int)Math.Min(rules.MostForHistory, (long)account.HonestOrders * rules.PerHonestOrder);

    static bool IsByIpAlone(FiredRule fired) => fired.ByIpAlone
        || (!fired.Inputs.IsEmpty && fired.Inputs.All(i => RiskInput.IsOfIp(i.Name)));
}
