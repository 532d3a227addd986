using Recourse.Runtime;
namespace Recourse.World.Invariants;

/// <summary>Follows a log, live or stored, and says what did not hold.</summary>
public sealed class Checker
{
    const int MostViolations = 100;

    readonly Known _known;
    readonly ImmutableArray<Invariant> _invariants;
    readonly List<Violation> _violations = [];

    /// <summary>With the invariants that are wanted.</summary>
    public Checker(
        Registry registry, Func<ImmutableArray<Rulebook>> rulebooks, params ImmutableArray<Invariant> invariants)
    {
        (_known, _invariants) = (new(registry, rulebooks), invariants);
        foreach (var invariant in invariants)
            invariant.Join(_known, v => { if (_violations.Count < MostViolations) _violations.Add(v); });
    }

    /// <summary>All that can be seen in a log, cheap enough to be asked after every turn.</summary>
    /// <param name="patience">How late a wake may be; null: however late, as in a store that was switched off.</param>
    public static ImmutableArray<Invariant> Everyday(Duration? patience = null) =>
    [
        new LogOrder(), new MoneyAddsUp(), new NothingBelowZero(), new PaymentLimits(), new PartialReturns(),
        new OneOutcome(), new OneEnd(), new OpenSteps(patience), new MeantActs(),
        new AskedFirst(), new WarnedFirst(), new TwoDecide(), new WordsBorneOut(),
        new NothingKnowableLater(), new StockAddsUp(),
        new ReservationsEnd(), new CompleteStatements(), new KeysOnce(), new SaidOnce(),
    ];

    /// <summary>The dearest, for the end of a run or a store that is verified.</summary>
    /// <param name="stored">A turn's bytes as the store has them; null: they are made anew.</param>
    public static ImmutableArray<Invariant> Dearest(Func<long, byte[]>? stored = null) =>
        [new ReplayDecidesTheSame(stored), new EverythingIsTold()];

    /// <summary>What the log says so far.</summary>
    public Known Known => _known;

    /// <summary>What did not hold.</summary>
    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>One more durable turn; turns come in order.</summary>
    public void Follow(long position, Turn turn)
    {
        if (position != _known.Position + 1)
            Tell(new(29, position, $"position {position} follows {_known.Position}"));
        (_known.Position, _known.At) = (position, Instant.Max(_known.At, turn.At));
        foreach (var invariant in _invariants) invariant.Before(position, turn);
        foreach (var happened in turn.Events) See(position, turn, happened);
        foreach (var invariant in _invariants) invariant.After(position, turn);
    }

    void See(long position, Turn turn, Happened happened)
    {
        var kind = _known.Registry.Of(happened.Id);
        var before = _known.States.GetValueOrDefault(happened.Id);
        object after;
        try { after = kind.Evolve(before, happened.Event); }
        catch (Exception corrupt) when (corrupt is not OutOfMemoryException)
        {
            Tell(new(28, position, $"history can't be folded: {corrupt.Message}", happened.Id.ToString()));
            return;
        }
        _known.States[happened.Id] = after;
        _known.Versions[happened.Id] = _known.Versions.GetValueOrDefault(happened.Id) + 1;
        if (!happened.Transfers.IsDefaultOrEmpty)
            foreach (var t in happened.Transfers)
            {
                Move(t.From, t.Amount, -1);
                Move(t.To, t.Amount, 1);
            }
        var step = new Step(position, turn, happened, kind, before, after);
        foreach (var invariant in _invariants) invariant.See(step);
    }

    void Move(Account account, Money amount, int sign)
    {
        var key = (account.Path, amount.Currency);
        _known.Balances[key] = _known.Balances.GetValueOrDefault(key) + sign * amount.Minor;
    }

    /// <summary>The end of the log.</summary>
    /// <param name="atRest">Whether nothing may be under way any more.</param>
    public void Finish(bool atRest = false)
    {
        _known.IsAtRest = atRest;
        foreach (var invariant in _invariants) invariant.Finish();
    }

    /// <summary>Reports what was seen elsewhere.</summary>
    public void Tell(Violation violation)
    {
        if (_violations.Count < MostViolations) _violations.Add(violation);
    }
}
