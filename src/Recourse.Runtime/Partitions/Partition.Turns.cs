namespace Recourse.Runtime;

/// <summary>Turns: one aggregate and its siblings, all or nothing.</summary>
public sealed partial class Partition
{
    const int MostSteps = 64;
    static readonly Remedy Again = new("kernel.ask-again"), Look = new("kernel.look-again");
    static readonly Actor Time = new Actor.Clock();

    readonly Dictionary<IId, Entry> _draft = [];                            // what is being tried
    readonly Queue<(IId Target, object Command, Actor Who)> _steps = [];
    readonly List<IId> _missing = [];
    readonly List<Refusal> _refusals = [];
    readonly List<Happened> _events = [];
    readonly List<Sent> _sends = [];
    readonly List<Outside> _asks = [];
    readonly List<WakeAt> _wakes = [];
    string? _fault;

    /// <summary>What brought a turn about, besides an ask: it is owed a record even if nothing comes of it.</summary>
    readonly record struct Owed(Sent? Message = null, int From = 0, long? Answers = null, bool Wake = false)
    {
        public bool Record => Message is not null || Answers is not null;
    }

    void Ask(Input.Asked asked)
    {
        var ask = asked.Ask;
        if (!_cache.TryGetValue(ask.Target, out var entry)) { Await(asked, ask.Target); return; }
        Use(ask.Target);
        var key = ask.Key is null ? null : new Said($"{ask.Who.Name} {ask.Key}", ask.RequestHash ?? 0, 0, _at);
        if (key is not null && entry.Keys.FirstOrDefault(k => k.Key == key.Key) is { } said)
        {
            if (said.Hash == key.Hash) Tell(asked, entry with { Version = said.Version });
            else No(asked, [new Refusal("kernel.key-reused", new("kernel.new-key"), ("key", ask.Key!))]);
            return;
        }
        if (ask.IfVersion is { } expected && expected != entry.Version)
        {
            var stranger = registry.Of(ask.Target).PartyOf(ask.Target, entry.State, ask.Who) is null;
            No(asked, [stranger ? Refusal.NotFound
                : new Refusal("kernel.version-changed", Look, ("expected", expected), ("version", entry.Version))]);
            return;
        }
        switch (Attempt(asked, ask.Target, ask.Command, ask.Who, key, default))
        {
            case Took.Turn: Tell(asked, _cache[ask.Target]); break;
            case Took.Refused: No(asked, [.. _refusals]); break;
            case Took.Faulted: Hold(new Effect.Answer(asked.Ticket, new Outcome.Fault(_fault!))); break;
            case Took.Waits: break;
        }
    }

    void No(Input.Asked asked, ImmutableArray<Refusal> why) =>
        Hold(new Effect.Answer(asked.Ticket, new Outcome.Refused(why)));

    void Tell(Input.Asked asked, Entry entry)
    {
        if (entry.State is not { } state) No(asked, [Refusal.NotFound]);
        else if (asked.Ask.UntilSettled && !registry.Of(asked.Ask.Target).IsSettled(state))
            Of(_watchers, asked.Ask.Target).Add(asked.Ticket);
        else Hold(new Effect.Answer(asked.Ticket, new Outcome.Done(entry.Version, 0, state)));
    }

    /// <summary>One turn, all or nothing. What was told at least once is recorded even when it is refused.</summary>
    Took Attempt(Input cause, IId target, object command, Actor who, Said? key, Owed owed)
    {
        _draft.Clear(); _missing.Clear(); _refusals.Clear(); _fault = null;
        Discard();
        var rulebooks = published();
        try { Decide(target, command, who, rulebooks); }
        catch (Exception bug) when (bug is not OutOfMemoryException)
        {
            _fault = $"{bug.GetType().Name}: {bug.Message}";
        }
        _steps.Clear();
        if (_fault is not null)
        {
            Discard();
            if (owed.Record || owed.Wake) Append(target, command, who, null, owed, rulebooks);
            return Took.Faulted;
        }
        if (_missing.Count > 0) { Await(cause, _missing); return Took.Waits; }
        var refused = _refusals.Count > 0;
        if (!refused && _draft[target].State is null) key = null;           // there is nothing that could remember it
        if (refused && !owed.Record && !owed.Wake) return Took.Refused;
        if (refused) Refuse(owed.Message); else Take(target, key);
        if (_events.Count > 0 || owed.Record || refused || key is not null)
            Append(target, command, who, key, owed, rulebooks);
        return refused ? Took.Refused : Took.Turn;
    }

    void Decide(IId target, object command, Actor who, ImmutableArray<Rulebook> rulebooks)
    {
        _steps.Enqueue((target, command, who));
        for (var steps = 0; _steps.TryDequeue(out var next); steps++)
            if (steps < MostSteps) Decide(next.Target, next.Command, new Asked(next.Who, _at, rulebooks));
            else { _refusals.Add(new("kernel.too-much-at-once", Again, ("most", MostSteps))); break; }
    }

    void Decide(IId id, object command, Asked asked)
    {
        var entry = _draft.GetValueOrDefault(id) ?? _cache.GetValueOrDefault(id);
        if (entry is null) { if (!_missing.Contains(id)) _missing.Add(id); return; }
        var kind = registry.Of(id);
        if (kind.PartyOf(id, entry.State, asked.Who) is null) { _refusals.Add(Refusal.NotFound); return; }
        var decision = kind.Decide(id, entry.State, command, asked);
        if (!decision.Refusals.IsDefaultOrEmpty)                            // the others are still tried: tell all
        {
            _refusals.AddRange(decision.Refusals);
            return;
        }
        foreach (var happened in decision.Events)
        {
            var state = kind.Evolve(entry.State, happened);
            entry = entry with { State = state, Version = entry.Version + 1 };
            _events.Add(new(id, happened, [.. kind.Transfers(id, state, happened)]));
            foreach (var intent in kind.React(id, state, happened)) Want(id, intent);
        }
        _draft[id] = entry;
    }

    void Want(IId id, Intent intent)
    {
        switch (intent)
        {
            case Intent.Require { Message: var m }:
                _steps.Enqueue((m.Target, m.Command, new Actor.Aggregate(id.ToString()!)));
                break;
            case Intent.Send i: _sends.Add(new(0, id, i.Message.Target, i.Message.Command, i.IfRefused)); break;
            case Intent.Call i: _asks.Add(new(0, id, i.Request)); break;
        }
    }

    void Discard() { _events.Clear(); _sends.Clear(); _asks.Clear(); _wakes.Clear(); }

    void Refuse(Sent? message)
    {
        Discard();
        if (message?.IfRefused is { } instead)
            _sends.Add(new(0, message.Target, message.From, instead.With([.. _refusals]), null));
    }

    void Take(IId target, Said? key)
    {
        if (key is not null)                                                // also of an ask that changes nothing
            _draft[target] = _draft[target].Remember(key with { Version = _draft[target].Version }, _at);
        foreach (var (id, draft) in _draft)
        {
            var before = _cache[id];
            if (ReferenceEquals(before, draft)) continue;
            var kind = registry.Of(id);
            var (was, next) = (before.State is { } s ? kind.NextWake(s) : null, kind.NextWake(draft.State!));
            if (was != next) _wakes.Add(new(id, next));
            _cache[id] = draft with { Sequence = _sequence + 1 };
            Use(id);
            var size = kind.SizeOf(draft.State!) + draft.Keys.Length;
            if (draft.Version - draft.Saved >= Math.Max(64, size)) _saves.Add(id);
            if (!_watchers.ContainsKey(id) || !kind.IsSettled(draft.State!)) continue;
            _watchers.Remove(id, out var tickets);
            foreach (var ticket in tickets!)
                _held.Enqueue(new(_sequence + 1, new Effect.Answer(
                    ticket, new Outcome.Done(draft.Version, 0, draft.State!))));
        }
    }

    void Append(IId target, object? command, Actor who, Said? key, Owed owed, ImmutableArray<Rulebook> rulebooks)
    {
        var version = _draft.TryGetValue(target, out var entry) ? entry.Version : 0;
        var turn = new Turn(
            number, _epoch, ++_sequence, _at, who, key is null ? null : key with { Version = version }, target, command,
            new Asked(who, _at, rulebooks).InForce.Version, [.. _events],
            [.. _sends.Select(m => m with { Number = ++Of(_out, registry.PartitionOf(m.Target)).Number })],
            [.. _asks.Select(c => c with { Number = ++_called })], [.. _wakes], [.. _refusals],
            owed.Message is null ? null : new(owed.From, owed.Message.Number), owed.Answers, _fault);
        _effects.Add(new Effect.Append(turn));
        foreach (var m in turn.Sent)
        {
            var to = registry.PartitionOf(m.Target);
            Of(_out, to).Queue.Enqueue((m, turn.Sequence));
            Hold(new Effect.Deliver(to, [m]));
        }
        foreach (var c in turn.Calls) { _calls[c.Number] = c; Hold(new Effect.Call(c)); }
        foreach (var w in turn.Wakes) SetWake(w.Id, w.At);
    }
}
