using Recourse.Orders;
using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Rulebooks;
using Recourse.Runtime;
using Recourse.World.Inhabitants;
using Recourse.World.Invariants;
namespace Recourse.World.Simulations;

/// <summary>One seed, lived from the first listing to the end of the last order.</summary>
public sealed class SimulationRun : IDisposable
{
    const long MostSteps = 200_000;

    static readonly Instant Start = Instant.FromUtc(2027, 2, 1, 9, 0);
    static readonly Duration LongestEnd = Duration.FromDays(150), Patience = Duration.FromDays(4);

    readonly Scenario _scenario;
    readonly Editions _editions;
    readonly Registry _registry;
    readonly Simulator _simulator;
    readonly Provider _provider;
    readonly Town _town;
    readonly Answers _answers = new();
    readonly ViewsFold _views = new(Modules.Views, restAfter: 256);
    readonly Checker _checker;
    readonly SimulatorDoor _door;
    readonly HashSet<IId> _underWay = [];
    long _steps;

    /// <summary>Sets the scene.</summary>
    public SimulationRun(Scenario scenario, Editions editions)
    {
        (_scenario, _editions, _registry) = (scenario, editions, scenario.Registry);
        Provider provider = null!;
        _simulator = new(scenario.Seed, _registry, [editions.Shipped],
            Start.Plus(Duration.FromDays(scenario.Seed % 400)),
            scenario.Faults ?? new(), (call, answer) => provider.Hear(call, answer));
        _checker = new(_registry, () => _simulator.Rulebooks, [
            .. Checker.Everyday(Patience), _answers, _views, new ClearingEqualsStatement(() => provider.Statement())]);
        _door = new(_simulator, editions.Edge, _answers);
        _provider = provider = new(_door);
        _simulator.Recorded += Follow;
        _town = Town.Of(_door, scenario.Town ?? TownPlan.Of(scenario.Seed),
            _simulator.Now + Duration.FromDays(scenario.Days), editions.Text, _door.Peek);
    }

    /// <summary>The log, to read or to save.</summary>
    public MemoryJournal Journal => _simulator.Journal;

    /// <summary>Every edition that was published.</summary>
    public ImmutableArray<Rulebook> Rulebooks => _simulator.Rulebooks;

    /// <summary>The kinds.</summary>
    public Registry Registry => _registry;

    void Follow(long position, Turn turn)
    {
        _checker.Follow(position, turn);
        foreach (var e in turn.Events)
        {
            if (OneEnd.IsUnderWay(_checker.Known.States[e.Id])) _underWay.Add(e.Id);
            else _underWay.Remove(e.Id);
            if (e.Event is RulebookLog.Event.Published { Edition: var edition }
                && _editions.Read(edition.Version, edition.From, edition.Text) is { } rulebook)
                _simulator.Rulebooks = _simulator.Rulebooks.Add(rulebook);
        }
        if (turn.Events.Length > 0 && ReportOf(turn.Command) is { } report && _provider.Lies.Contains(report.EventId))
            _checker.Tell(new(25, position, $"report {report.EventId} was a lie, and counted", $"{turn.Target}"));
    }

    static ProviderReport? ReportOf(object? command) => command switch
    {
        Payment.Command.HearReport c => c.Report,
        Refund.Command.HearReport c  => c.Report,
        _ => null,
    };

    /// <summary>Lives it to the end, or to the first turn at which something did not hold.</summary>
    public SimulationResult Run()
    {
        var start = _simulator.Now;
        var end = start + Duration.FromDays(_scenario.Days);
        var done = Until(end);
        _town.Close();
        _simulator.Misbehaves = _provider.Misbehaves = false;
        var last = end + LongestEnd;
        for (var day = end; done && day < last && (_underWay.Count > 0 || day < end + Duration.FromDays(10));)
            done = Until(day += Duration.FromDays(1));
        _checker.Finish(atRest: done);
        if (done) LookAtTheWhole();
        var states = _checker.Known.States.Values.OfType<Order.State>().ToList();
        var faults = _simulator.Happened.Concat(_provider.Happened);
        return new(_scenario, states.Count, _simulator.Journal.Position, _steps, _simulator.Now - start,
            faults.ToImmutableSortedDictionary(f => f.Key, f => f.Value),
            states.GroupBy(s => s.GetType().Name).ToImmutableSortedDictionary(g => g.Key, g => g.Count()),
            _answers.Counts.ToImmutableSortedDictionary(), [.. _checker.Violations],
            SimulationResult.HashOf(_simulator.Journal));
    }

    bool Until(Instant end)
    {
        while (_checker.Violations.Count == 0 && _simulator.Next(end))
            if (++_steps > MostSteps) _checker.Tell(new(0, _simulator.Journal.Position, "goes round without end"));
        return _checker.Violations.Count == 0;
    }

    /// <summary>What is too dear for every turn: the stored log, read back and lived again.</summary>
    void LookAtTheWhole()
    {
        var rebuilt = new ViewsFold(Modules.Views, restAfter: 0);
        var again = new Checker(_registry, () => _simulator.Rulebooks, [
            .. Checker.Dearest(_simulator.Journal.Bytes), rebuilt]);
        for (var p = 0L; p < _simulator.Journal.Position; p += 500)
            foreach (var (position, turn) in _simulator.Journal.Read(p, 500)) again.Follow(position, turn);
        again.Finish(atRest: true);
        foreach (var violation in again.Violations.Concat(_views.Compare(rebuilt))) _checker.Tell(violation);
    }

    /// <summary>The last turns that touch an aggregate, one a line.</summary>
    public ImmutableArray<string> History(Violation violation, int most = 40)
    {
        var about = violation.Of?.Split('/') is [_, _, var code, ..] ? code : null;
        return [.. Enumerable.Range(1, (int)Math.Min(violation.Position, _simulator.Journal.Position))
            .Select(p => (Position: p, Turn: _simulator.Journal.At([p])[0].Turn))
            .Where(t => about is null || t.Turn.Events.Any(e => Touches(e.Id, about)) || Touches(t.Turn.Target, about))
            .Select(t => Line(t.Position, t.Turn)).TakeLast(most)];
    }

    /// <summary>A checkout and its payment, and an order and its parcel, have one code.</summary>
    static bool Touches(IId id, string code) => id.ToString()!.EndsWith($"/{code}", StringComparison.Ordinal);

    string Line(long position, Turn turn) =>
        $"{position} {turn.At} {turn.Who.Name} → {turn.Target}: {turn.Command?.GetType().Name} ⇒ "
        + string.Join(", ", turn.Events.Select(e => $"{e.Id.ToString()!.Split('/')[0]}.{e.Event.GetType().Name}"))
        + string.Join(", ", (turn.Refusals.IsDefault ? [] : turn.Refusals).Select(r => $" no: {r.Code}"))
        + (turn.Fault is null ? "" : $" fault: {turn.Fault}");

    /// <inheritdoc/>
    public void Dispose() => _simulator.Dispose();
}
