using Recourse.Runtime;
namespace Recourse.World.Invariants;

/// <summary>
/// Invariant 19 (and 28): each recorded command, at its recorded state and under its recorded rulebook, decides the
/// whole recorded turn again, to the byte.
/// </summary>
/// <param name="stored">A turn's bytes as the store has them; null: they are made anew.</param>
public sealed class ReplayDecidesTheSame(Func<long, byte[]>? stored) : Invariant
{
    readonly Dictionary<IId, object> _draft = [];
    readonly Queue<(IId Target, object Command, Actor Who)> _steps = [];
    TurnJson? _json;
    Turn? _again;

    /// <inheritdoc/>
    public override void Before(long position, Turn turn)
    {
        _again = null;
        if (turn.Command is null || turn.Fault is not null) return;
        try { _again = Again(turn); }
        catch (Exception bug) when (bug is not OutOfMemoryException)
        {
            Wrong(19, $"{turn.Command.GetType().Name} can't be decided again: {bug.Message}", turn.Target);
        }
    }

    /// <inheritdoc/>
    public override void After(long position, Turn turn)
    {
        if (_again is null) return;
        _json ??= new(Known.Registry);
        var (was, now) = (stored?.Invoke(position) ?? _json.Write(turn), _json.Write(_again));
        Must(was.AsSpan().SequenceEqual(now), 19, $"{turn.Command!.GetType().Name} decides another turn now: "
            + $"{System.Text.Encoding.UTF8.GetString(now)} instead of {System.Text.Encoding.UTF8.GetString(was)}",
            turn.Target);
    }

    Turn Again(Turn turn)
    {
        _draft.Clear();
        _steps.Clear();
        List<Happened> events = [];
        List<Intent> wanted = [];
        List<IId> from = [];
        List<Refusal> refusals = [];
        ImmutableArray<Rulebook> books = [.. Known.Rulebooks.Where(r => r.Version <= turn.Rulebook)];
        _steps.Enqueue((turn.Target, turn.Command!, turn.Who));
        while (_steps.TryDequeue(out var next))
        {
            var (id, command, who) = next;
            var kind = Known.Registry.Of(id);
            var state = StateOf(id);
            if (kind.PartyOf(id, state, who) is null) { refusals.Add(Refusal.NotFound); continue; }
            var decision = kind.Decide(id, state, command, new Asked(who, turn.At, books));
            if (!decision.Refusals.IsDefaultOrEmpty) { refusals.AddRange(decision.Refusals); continue; }
            foreach (var happened in decision.Events)
            {
                _draft[id] = state = kind.Evolve(state, happened);
                events.Add(new(id, happened, [.. kind.Transfers(id, state, happened)]));
                foreach (var intent in kind.React(id, state, happened))
                    if (intent is Intent.Require { Message: var m })
                        _steps.Enqueue((m.Target, m.Command, new Actor.Aggregate(id.ToString()!)));
                    else { wanted.Add(intent); from.Add(id); }
            }
        }
        return refusals.Count > 0 ? Refused(turn, refusals) : Accepted(turn, books, events, wanted, from);
    }

    object? StateOf(IId id) => _draft.TryGetValue(id, out var state) ? state : Known.States.GetValueOrDefault(id);

    /// <summary>A refusal may carry back what the sender said should be asked then; the log has it as it was.</summary>
    static Turn Refused(Turn turn, List<Refusal> refusals) => turn with
    {
        Events = [], Calls = [], Wakes = [], Refusals = [.. refusals],
        Sent = [.. turn.Sent.Select(m => m with { Command = ((IIfRefused)m.Command).With([.. refusals]) })],
    };

    Turn Accepted(
        Turn turn, ImmutableArray<Rulebook> books, List<Happened> events, List<Intent> wanted, List<IId> from)
    {
        Sent[] sent = [.. wanted.Zip(from).Where(w => w.First is Intent.Send).Select((w, i) =>
            w.First is Intent.Send s ? new Sent(Number(turn.Sent, i), w.Second, s.Message.Target, s.Message.Command,
                s.IfRefused) : null!)];
        Outside[] calls = [.. wanted.Zip(from).Where(w => w.First is Intent.Call).Select((w, i) =>
            w.First is Intent.Call c ? new Outside(
                i < turn.Calls.Length ? turn.Calls[i].Number : 0, w.Second, c.Request)
                : null!)];
        List<WakeAt> wakes = [];
        foreach (var (id, after) in _draft)
        {
            var kind = Known.Registry.Of(id);
            var was = Known.States.TryGetValue(id, out var before) ? kind.NextWake(before) : null;
            if (kind.NextWake(after) is var next && next != was) wakes.Add(new(id, next));
        }
        return turn with
        {
            Rulebook = new Asked(turn.Who, turn.At, books).InForce.Version,
            Events = [.. events], Sent = sent, Calls = calls, Wakes = [.. wakes], Refusals = [],
        };
    }

    static long Number(Sent[] all, int nth) => nth < all.Length ? all[nth].Number : 0;
}
