using System.Runtime.InteropServices;
namespace Recourse.Runtime;

/// <summary>
/// All owners that hash to one number. Inputs in, effects out: no await, no clock, no chance.
/// A turn changes the cached state at once; what anyone is told waits for the last append queued by then.
/// </summary>
/// <param name="published">Every edition of the rulebook, as known here now.</param>
/// <param name="ahead">How far ahead it knows its deadlines; it asks for more when half of that has passed.</param>
/// <param name="mostCached">How many aggregates it keeps when nobody needs them.</param>
public sealed partial class Partition(
    int number, Registry registry, Func<ImmutableArray<Rulebook>> published, Duration ahead, int mostCached = 512)
{
    enum Took { Turn, Refused, Faulted, Waits }

    readonly record struct Held(long Sequence, Effect Effect);

    readonly Dictionary<IId, Entry> _cache = [];                            // what is true
    readonly Dictionary<IId, long> _used = [];                              // when, counted in uses
    readonly HashSet<IId> _saves = [];
    readonly Dictionary<IId, List<Input>> _waiting = [];                    // for a load
    readonly Dictionary<IId, List<object>> _watchers = [];                  // for a state that settles
    readonly Queue<Held> _held = [];                                        // until that append is durable
    readonly List<Input> _early = [];                                       // what came before it was open
    readonly List<Input> _stuck = [];                                       // what waits for a readable history
    List<Effect> _effects = [];
    long _sequence, _durable, _position, _called, _uses;
    Instant _at;
    int _epoch;
    bool _open, _opening;

    /// <summary>Asks and reads that are waiting for something.</summary>
    public int Waiting => _early.Count + _waiting.Count + _held.Count;

    /// <summary>Messages that another partition has not acted on yet.</summary>
    public bool Owes => _out.Values.Any(c => c.Queue.Count > 0);

    /// <summary>Does one thing; what it wants is added to the effects.</summary>
    public void Step(Input input, List<Effect> effects)
    {
        _effects = effects;
        switch (input)
        {
            case Input.Opened i: Open(i.From); break;
            case Input.Appended i: if (i.Epoch == _epoch) Release(i.Sequence, i.Position); break;
            case Input.AppendFailed i: if (i.Epoch == _epoch && _open) Drop(); break;
            case Input.OpenFailed: if (!_open) Excuse(); break;
            case Input.Fenced i: if (i.Epoch == _epoch && _open) Leave(); break;
            case var i when !_open: Wait(i); break;
            case Input.Asked i: Pass(i.At); Ask(i); break;
            case Input.Read i: Pass(i.At); Read(i); break;
            case Input.Delivered i: Pass(i.At); Receive(i); break;
            case Input.Answered i: Pass(i.At); Hear(i); break;
            case Input.Tick i: Pass(i.At); Tick(i); break;
            case Input.Acknowledged i: Forget(i); break;
            case Input.Wakes i: Fetched(i); break;
            case Input.Loaded i: Resume(i); break;
            case Input.LoadFailed i: Stick(i); break;
        }
    }

    void Pass(Instant now) => _at = Instant.Max(_at, now);                  // time never goes back here

    void Read(Input.Read read)
    {
        if (!_cache.TryGetValue(read.Target, out var entry)) { Await(read, read.Target); return; }
        Use(read.Target);
        Hold(new Effect.Show(read.Ticket, read, entry.State is { } state
            && registry.Of(read.Target).PartyOf(read.Target, state, read.Who) is { } party
            ? new(read.Target, state, entry.Version, _position, party, new(read.Who, _at, published())) : null));
    }

    void Await(Input cause, IId id)
    {
        if (_waiting.TryAdd(id, [])) _effects.Add(new Effect.Load(id));
        _waiting[id].Add(cause);                                            // then the whole turn is tried again
    }

    /// <summary>
    /// All are fetched at once, and it waits for one of them only: or it would be tried once for each.
    /// </summary>
    void Await(Input cause, List<IId> missing)
    {
        foreach (var id in missing)
            if (_waiting.TryAdd(id, [])) _effects.Add(new Effect.Load(id));
        _waiting[missing[0]].Add(cause);
    }

    void Resume(Input.Loaded loaded)
    {
        if (!_waiting.Remove(loaded.Id, out var causes)) return;            // wanted by an epoch that is gone
        _cache.TryAdd(loaded.Id, loaded.Entry);
        Use(loaded.Id);
        foreach (var cause in causes) Step(cause, _effects);
        Evict();
    }

    /// <summary>Its history can't be read. Who asks hears so; what is owed is tried again with time.</summary>
    void Stick(Input.LoadFailed failed)
    {
        if (!_waiting.Remove(failed.Id, out var causes)) return;
        foreach (var cause in causes)
            switch (cause)
            {
                case Input.Asked a: Hold(new Effect.Answer(a.Ticket, new Outcome.Fault(failed.What))); break;
                case Input.Read r: Hold(new Effect.Answer(r.Ticket, new Outcome.Fault(failed.What))); break;
                default: _stuck.Add(cause); break;
            }
    }

    void Hold(Effect what)
    {
        if (_sequence == _durable) Emit(what);
        else _held.Enqueue(new(_sequence, what));
    }

    void Emit(Effect what) => _effects.Add(
        what is Effect.Answer { Outcome: Outcome.Done done } answer
            ? answer with { Outcome = done with { Position = _position } } : what);

    void Release(long sequence, long position)
    {
        (_durable, _position) = (Math.Max(_durable, sequence), Math.Max(_position, position));
        Dictionary<int, List<Sent>> ready = [];                             // one delivery per target and commit
        while (_held.TryPeek(out var held) && held.Sequence <= _durable)
            if (_held.Dequeue().Effect is Effect.Deliver d) Of(ready, d.To).AddRange(d.Messages);
            else Emit(held.Effect);
        foreach (var (to, messages) in ready) _effects.Add(new Effect.Deliver(to, [.. messages]));
        if (_saves.Count > 0) Save();
        Evict();
    }

    /// <summary>Only what is durable is worth a snapshot: it holds everything up to the position.</summary>
    void Save()
    {
        foreach (var id in _saves.Where(id => _cache[id].Sequence <= _durable).ToArray())
        {
            _saves.Remove(id);
            _cache[id] = _cache[id] with { Saved = _cache[id].Version };
            _effects.Add(new Effect.Save(id, _cache[id], _position));
        }
    }

    void Use(IId id) => _used[id] = ++_uses;

    /// <summary>
    /// What was used longest ago goes. While a turn waits for something to be loaded, more may stay: what it has
    /// already.
    /// </summary>
    void Evict()
    {
        var most = _waiting.Count == 0 ? mostCached + mostCached / 4 : 2 * mostCached + 4 * MostSteps;
        if (_cache.Count <= most) return;
        var idle = _cache.Where(c => c.Value.Sequence <= _durable && !_saves.Contains(c.Key)
            && !_watchers.ContainsKey(c.Key)).Select(c => c.Key).OrderBy(id => _used.GetValueOrDefault(id)).ToList();
        foreach (var id in idle.Take(_cache.Count - most * 4 / 5))
        {
            _cache.Remove(id);
            _used.Remove(id);
        }
    }

    /// <summary>An append failed. Nobody was told, so it did not happen: forget, open under the next epoch.</summary>
    void Drop()
    {
        Disown();
        (_open, _opening) = (false, true);
        _effects.Add(new Effect.Open(_epoch));
    }

    /// <summary>Fenced by another host: nobody was told, and whoever asks again is led there.</summary>
    void Leave()
    {
        Disown();
        Excuse();
        _early.Clear();
        (_open, _opening) = (false, true);
        _effects.Add(new Effect.Leave());
    }

    /// <summary>Whoever waits until it is open hears that nobody knows when that will be.</summary>
    void Excuse()
    {
        foreach (var input in _early)
            if (input is Input.Asked asked) _effects.Add(new Effect.Answer(asked.Ticket, new Outcome.Unknown()));
            else if (input is Input.Read read) _effects.Add(new Effect.Answer(read.Ticket, new Outcome.Unknown()));
        _early.RemoveAll(i => i is Input.Asked or Input.Read);
    }

    void Disown()
    {
        foreach (var held in _held)
            switch (held.Effect)
            {
                case Effect.Answer a: _effects.Add(a with { Outcome = new Outcome.Unknown() }); break;
                case Effect.Show s: _early.Add(s.Again); break;
                case Effect.Open or Effect.Load or Effect.Append or Effect.Deliver or Effect.Acknowledge
                    or Effect.Call or Effect.Save or Effect.FetchWakes or Effect.Leave: break;
            }
        foreach (var ticket in _watchers.Values.SelectMany(t => t))
            _effects.Add(new Effect.Answer(ticket, new Outcome.Unknown()));
        _early.AddRange(_waiting.Values.SelectMany(w => w).Where(i => i is Input.Asked or Input.Read));
        _cache.Clear(); _held.Clear(); _watchers.Clear(); _waiting.Clear(); _used.Clear(); _saves.Clear();
        _in.Clear(); _out.Clear(); _calls.Clear(); _due.Clear(); _heap.Clear(); _stuck.Clear();
        _moved = null;
    }

    void Wait(Input input)
    {
        if (input is not Input.Tick) _early.Add(input);
        if (!_opening) _effects.Add(new Effect.Open(_epoch));
        _opening = true;
    }

    void Open(Opening from)
    {
        (_open, _opening, _epoch, _called, _sequence, _durable) = (true, false, from.Epoch, from.Called, 0, 0);
        (_position, _horizon) = (from.Position, from.Horizon);
        Pass(from.At);
        foreach (var (p, seen) in from.Seen) { var c = Of(_in, p); c.Number = c.Accepted = seen; }
        foreach (var (p, sent) in from.Sent) Of(_out, p).Number = sent;
        foreach (var m in from.Undelivered)
        {
            var c = Of(_out, registry.PartitionOf(m.Target));
            c.Quiet = Patience;
            c.Queue.Enqueue((m, 0));
        }
        foreach (var c in from.Unanswered) { _calls[c.Number] = c; _effects.Add(new Effect.Call(c)); }
        foreach (var w in from.Due) SetWake(w.Id, w.At);
        Input[] early = [new Input.Tick(from.At), .. _early];               // the tick repeats what is owed
        _early.Clear();
        foreach (var input in early) Step(input, _effects);
    }

    static TValue Of<TKey, TValue>(Dictionary<TKey, TValue> all, TKey key) where TKey : notnull where TValue : new()
        => CollectionsMarshal.GetValueRefOrAddDefault(all, key, out _) ??= new();
}
