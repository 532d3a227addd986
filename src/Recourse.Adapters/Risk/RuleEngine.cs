using System.Collections.Concurrent;
using Recourse.Risk;
namespace Recourse.Adapters.Risk;

/// <summary>What keeps a rule from being tried.</summary>
public enum RuleTrouble
{
    /// <summary>It divides by zero, or takes the rest of it.</summary>
    DividesByZero,

    /// <summary>A number in it gets larger than can be counted with.</summary>
    TooLarge,

    /// <summary>It can't be read any more, or comes to neither yes nor no.</summary>
    Unusable,

    /// <summary>Something else.</summary>
    Other,

    /// <summary>It is no rule but the edition's model, which isn't here: see <see cref="ModelShelf"/>.</summary>
    NoModel,
}

/// <summary>A rule that could not be tried: its fault, told at the first time and at each tenfold.</summary>
/// <param name="Times">How often so far.</param>
/// <param name="Problem">As whoever tried it says it, on one line.</param>
public sealed record RuleAlert(int Rulebook, string Rule, long Times, string Problem, RuleTrouble Fault);

/// <summary>
/// Tries an edition's model and rules on the facts of a purchase. What fails is left out, counted and told of: it never
/// stands in anybody's way. It can be asked by many at once.
/// </summary>
public sealed class RuleEngine
{
    /// <summary>What stands for the model among what could not be tried.</summary>
    public const string OfModel = "risk.model";

    static readonly int ScorePlace = RiskInput.PlaceOf(RiskInput.ModelScore)!.Value;

    readonly int _rulebook;
    readonly string? _version;
    readonly ModelShelf? _models;
    readonly Rule _model = new(OfModel);
    readonly ImmutableArray<Rule> _rules;
    readonly Action<RuleAlert> _alert;

    /// <summary>For the rules of an edition.</summary>
    /// <param name="models">Where the edition's model is; null: there are none here.</param>
    public RuleEngine(Rulebook book, Action<RuleAlert> alert, ModelShelf? models = null)
    {
        var section = book.Of<RiskRules>();
        (_rulebook, _version, _models, _alert) = (book.Version, section.Model, models, alert);
        _rules = [.. section.Rules.Select(r => new Rule(r))];
    }

    /// <summary>How often each rule could not be tried, by its id; those that always could are left out.</summary>
    public ImmutableSortedDictionary<string, long> Failures => _rules.Add(_model).Where(r => r.Failed > 0)
        .ToImmutableSortedDictionary(r => r.Id, r => Interlocked.Read(ref r.Failed), StringComparer.Ordinal);

    /// <summary>
    /// The facts with what model and rules make of them. A model that scored them before and is gone since has said
    /// what it said.
    /// </summary>
    public RiskFacts Judge(RiskFacts facts)
    {
        var values = RiskInput.ValuesOf(facts);
        var score = _version is null ? null
            : _models?.Find(_version)?.ScoreOf(values) ?? (facts.Model?.Model == _version ? facts.Model : null);
        if (score?.Score != facts.Model?.Score) values = values.SetItem(ScorePlace, score?.Score ?? 0);
        return facts with { Model = score, Rules = Results(values, score) };
    }

    RuleResults Results(ImmutableArray<long> values, ModelScore? score)
    {
        var fired = ImmutableArray.CreateBuilder<FiredRule>();
        var (quiet, skipped) =
            (ImmutableArray.CreateBuilder<string>(_rules.Length), ImmutableArray.CreateBuilder<string>());
        if (_version is not null && score is null)
        {
            skipped.Add(OfModel);
            Count(_model, RuleTrouble.NoModel, $"The model {_version} isn't here.");
        }
        ImmutableArray<long>? ipAlone = null;
        foreach (var rule in _rules)
        {
            try
            {
                var condition = rule.Condition ?? throw new UnusableCondition(rule.Problem!);
                if (!condition.Holds(values)) quiet.Add(rule.Id);
                else fired.Add(new(rule.Id, condition.Look(values), IsByIpAlone(condition, values, ref ipAlone)));
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                skipped.Add(rule.Id);
                Count(rule, FaultOf(e), CelCondition.OneLine(e.Message));
            }
        }
        return new(_rulebook, fired.ToImmutable(), quiet.ToImmutable(), skipped.ToImmutable());
    }

    // Would it apply to an ordinary purchase over the same IP address, too?
    static bool IsByIpAlone(CelCondition condition, ImmutableArray<long> values, ref ImmutableArray<long>? ipAlone)
    {
        if (!condition.Inputs.Any(i => RiskInput.IsOfIp(RiskInput.All[i].Name))) return false;
        if (condition.IsAboutIpOnly) return true;
        ipAlone ??= [.. RiskInput.ValuesOf(RiskFacts.Ordinary).Select((ordinary, i) =>
            RiskInput.IsOfIp(RiskInput.All[i].Name) ? values[i] : ordinary)];
        return condition.Holds(ipAlone.Value);
    }

    void Count(Rule rule, RuleTrouble fault, string problem)
    {
        var times = Interlocked.Increment(ref rule.Failed);
        var tenfold = times;
        while (tenfold % 10 == 0) tenfold /= 10;
        if (tenfold == 1) _alert(new(_rulebook, rule.Id, times, problem, fault));
    }

    // The library wraps what went wrong in what it was doing.
    static RuleTrouble FaultOf(Exception e) => e switch
    {
        DivideByZeroException                                => RuleTrouble.DividesByZero,
        OverflowException                                    => RuleTrouble.TooLarge,
        _ when e.Message.Contains("zero", StringComparison.OrdinalIgnoreCase) => RuleTrouble.DividesByZero,
        UnusableCondition                                    => RuleTrouble.Unusable,
        { InnerException: { } inner }                        => FaultOf(inner),
        _                                                    => RuleTrouble.Other,
    };

    sealed class Rule
    {
        public readonly string Id;
        public readonly CelCondition? Condition;
        public readonly string? Problem;
        public long Failed;

        public Rule(string id) => Id = id;

        public Rule(RiskRule rule) : this(rule.Id)
        {
            try { Condition = CelCondition.Of(rule.When); }
            catch (UnusableCondition e) { Problem = e.Message; }
        }
    }
}

/// <summary>
/// What screening knows of a purchase: what it remembers, and what an edition's model and rules make of it. The one way
/// to it, for checkouts and replays alike.
/// </summary>
public sealed class Screener(RiskMemory memory, Action<RuleAlert> alert, ModelShelf? models = null)
{
    readonly ConcurrentDictionary<int, RuleEngine> _engines = [];

    /// <summary>The facts of a purchase that is being tried, to be recorded with it; remembers nothing.</summary>
    public RiskFacts FactsOf(PurchaseAttempt attempt, Rulebook book) =>
        EngineOf(book).Judge(memory.FactsOf(attempt)) with
        {
            Links = new(attempt.Device, attempt.Ip, attempt.Card, attempt.Address),
        };

    /// <summary>The same, of a purchase that is remembered from now on.</summary>
    public RiskFacts Follow(PurchaseAttempt attempt, Rulebook book) => EngineOf(book).Judge(memory.Follow(attempt));

    /// <summary>How often each rule of an edition could not be tried.</summary>
    public ImmutableSortedDictionary<string, long> FailuresOf(Rulebook book) => EngineOf(book).Failures;

    RuleEngine EngineOf(Rulebook book) => _engines.GetOrAdd(book.Version, _ => new(book, alert, models));
}
