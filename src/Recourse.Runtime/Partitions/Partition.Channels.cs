namespace Recourse.Runtime;

/// <summary>What comes from elsewhere and from time: said at least once, done once.</summary>
public sealed partial class Partition
{
    const int MostRepeated = 500, Patience = 5;
    static readonly Duration Retry = Duration.FromHours(1);

    sealed class Channel
    {
        public long Number, Accepted;
        public int Quiet;                                                   // ticks since the other side moved on
        public readonly Queue<(Sent Message, long Sequence)> Queue = [];
    }

    readonly Dictionary<int, Channel> _in = [], _out = [];
    readonly Dictionary<long, Outside> _calls = [];
    readonly Dictionary<IId, Instant> _due = [];                            // within the horizon
    readonly PriorityQueue<WakeAt, Instant> _heap = new();
    HashSet<IId>? _moved;                                                   // since wakes were asked for
    Instant _horizon;

    void Receive(Input.Delivered batch)
    {
        var channel = Of(_in, batch.From);
        foreach (var m in batch.Messages)
            if (m.Number == channel.Accepted + 1) { channel.Queue.Enqueue((m, 0)); channel.Accepted++; }
        for (; channel.Queue.TryPeek(out var next); channel.Queue.Dequeue(), channel.Number = next.Message.Number)
        {
            var m = next.Message;
            var who = new Actor.Aggregate(m.From.ToString()!);
            if (Attempt(batch with { Messages = [] }, m.Target, m.Command, who, null, new(m, batch.From))
                is Took.Waits) return;
        }
        Hold(new Effect.Acknowledge(batch.From, channel.Number));           // a repeat is acknowledged again
    }

    void Forget(Input.Acknowledged i)
    {
        var channel = Of(_out, i.By);
        for (; channel.Queue.TryPeek(out var m) && m.Message.Number <= i.Number; channel.Queue.Dequeue())
            channel.Quiet = 0;
    }

    void Hear(Input.Answered i)
    {
        if (!_calls.ContainsKey(i.Call.Number)) return;                     // it was heard before
        var took = i.Command is null
            ? Note(i.Call)
            : Attempt(i, i.Call.From, i.Command, new Actor.Outside("provider"), null, new(Answers: i.Call.Number));
        if (took is not Took.Waits) _calls.Remove(i.Call.Number);
    }

    /// <summary>The outside has nothing to say: the call is over.</summary>
    Took Note(Outside call)
    {
        _draft.Clear(); _refusals.Clear(); Discard();
        _fault = null;
        Append(call.From, null, new Actor.Outside("provider"), null, new(Answers: call.Number), published());
        return Took.Turn;
    }

    /// <summary>Wakes from the log; whatever has moved on since they were asked for is newer than they are.</summary>
    void Fetched(Input.Wakes wakes)
    {
        foreach (var w in wakes.Due)
            if (_moved?.Contains(w.Id) is not true) SetWake(w.Id, w.At);
        _moved = null;
    }

    void SetWake(IId id, Instant? at)
    {
        _moved?.Add(id);
        if (at is not { } due || due > _horizon) { _due.Remove(id); return; }
        _due[id] = due;
        _heap.Enqueue(new(id, due), due);
    }

    void Tick(Input.Tick tick)
    {
        Input[] stuck = [.. _stuck];
        _stuck.Clear();
        foreach (var input in stuck) Step(input, _effects);
        while (_heap.TryPeek(out var next, out var when) && when <= _at)
        {
            _heap.Dequeue();
            if (!_due.TryGetValue(next.Id, out var due) || due != next.At) continue;        // it moved on
            switch (Attempt(tick, next.Id, registry.Of(next.Id).Wake(due), Time, null, new(Wake: true)))
            {
                case Took.Waits: _heap.Enqueue(next, when); return;
                case Took.Turn: if (_due.GetValueOrDefault(next.Id) == due) _due.Remove(next.Id); break;
                case Took.Refused or Took.Faulted: _heap.Enqueue(next, _at + Retry); break;
            }
        }
        if (_moved is null && _horizon - _at < ahead / 2)
        {
            Hold(new Effect.FetchWakes(_horizon, _at + ahead));             // once the log holds all up to now
            (_horizon, _moved) = (_at + ahead, []);
        }
        foreach (var (to, channel) in _out)
        {
            if (channel.Queue.Count == 0 || ++channel.Quiet < Patience) continue;
            channel.Quiet = 0;
            Sent[] again = [.. channel.Queue.TakeWhile(m => m.Sequence <= _durable).Take(MostRepeated)
                .Select(m => m.Message)];
            if (again.Length > 0) _effects.Add(new Effect.Deliver(to, again));
        }
    }
}
