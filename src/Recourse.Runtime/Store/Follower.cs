using System.Runtime.InteropServices;
namespace Recourse.Runtime;

/// <summary>
/// A fold of the log: where each aggregate's turns are, what is owed on channels and to the outside, and when time
/// speaks. In memory since the last checkpoint, before that in a file that can be thrown away.
/// </summary>
public sealed partial class Follower : IDisposable
{
    const int CheckpointAfter = 20_000;

    /// <summary>How far ahead a partition knows its deadlines when it opens.</summary>
    public Duration Ahead { get; init; } = Duration.FromHours(1);

    readonly Registry _registry;
    readonly IndexFile _file;
    readonly Lock _gate = new();
    readonly Owings[] _owings = [.. Enumerable.Range(0, Registry.Partitions).Select(_ => new Owings())];
    Batch _tail = new(), _frozen = new();
    List<(int Partition, byte[] Body)>? _frozenOwed;
    long _position, _frozenPosition, _undelivered;
    int _entries, _checkpoints;
    TaskCompletionSource _told = New();

    /// <summary>On a file of its own.</summary>
    public Follower(Registry registry, IndexFile file)
    {
        (_registry, _file, file.Kinds, Known) = (registry, file, registry, new(file));
        _position = file.Load(_owings);
        _undelivered = _owings.Sum(o => o.Undelivered.Values.Sum(q => (long)q.Count));
    }

    /// <summary>What has come since a checkpoint.</summary>
    internal sealed class Batch
    {
        public Dictionary<IId, Places> Turns { get; } = [];
        public Dictionary<IId, Instant?> Wakes { get; } = [];
        public Dictionary<IId, (Runtime.Entry Entry, long Position)> Snapshots { get; } = [];
    }

    /// <summary>What a partition owes and is owed.</summary>
    internal sealed class Owings
    {
        public Dictionary<int, long> Seen { get; } = [];
        public Dictionary<int, long> Sent { get; } = [];
        public Dictionary<int, Queue<(long Number, long Position)>> Undelivered { get; } = [];
        public SortedDictionary<long, long> Calls { get; } = [];
        public long Called { get; set; }
        public Instant At { get; set; }
        public bool Any => Calls.Count > 0 || Undelivered.Values.Any(q => q.Count > 0);
    }

    /// <summary>Called with every turn that became durable, before anyone is told of it.</summary>
    public Action<long, Turn>? Also { get; set; }

    /// <summary>Reads what the file doesn't know yet.</summary>
    public void CatchUp(IJournal journal)
    {
        if (_position > journal.Position)
        {
            _file.Clear();
            Array.ForEach(_owings, Clear);
            _position = _undelivered = 0;
        }
        while (_position < journal.Position)
        {
            foreach (var (position, turn) in journal.Read(_position, 2_000)) Follow(position, turn);
            if (_entries >= CheckpointAfter) Checkpoint();
        }

        static void Clear(Owings o)
        {
            o.Seen.Clear(); o.Sent.Clear(); o.Undelivered.Clear(); o.Calls.Clear();
            (o.Called, o.At) = (0, default);
        }
    }

    /// <summary>One more durable turn.</summary>
    public void Follow(long position, Turn turn)
    {
        lock (_gate)
        {
            _position = position;
            _entries++;
            var own = _owings[turn.Partition];
            own.At = Instant.Max(own.At, turn.At);
            foreach (var happened in turn.Events) Note(happened.Id, position);
            if (turn.Key is not null) Note(turn.Target, position);          // it may have changed nothing else
            foreach (var wake in turn.Wakes) _tail.Wakes[wake.Id] = wake.At;
            foreach (var m in turn.Sent)
            {
                var to = _registry.PartitionOf(m.Target);
                own.Sent[to] = m.Number;
                if (!own.Undelivered.TryGetValue(to, out var queue)) own.Undelivered[to] = queue = [];
                queue.Enqueue((m.Number, position));
                _undelivered++;
            }
            foreach (var c in turn.Calls) { own.Called = c.Number; own.Calls[c.Number] = position; }
            if (turn.Answers is { } answered) own.Calls.Remove(answered);
            if (turn.Seen is { } seen)
            {
                own.Seen[seen.From] = seen.Number;
                if (_owings[seen.From].Undelivered.TryGetValue(turn.Partition, out var sent))
                    for (; sent.TryPeek(out var m) && m.Number <= seen.Number; sent.Dequeue()) _undelivered--;
            }
        }
        Also?.Invoke(position, turn);
    }

    void Note(IId id, long position)
    {
        ref var places = ref CollectionsMarshal.GetValueRefOrAddDefault(_tail.Turns, id, out var isKnown);
        if (!isKnown) places.IsNew = Known.Add(id);
        places.Add(position);
    }

    /// <summary>Hears of each commit: the position before it, and its turns.</summary>
    public Action<long, List<(long Position, Turn Turn)>>? Committed { get; set; }

    /// <summary>A commit has been followed: wakes whoever waits for a position.</summary>
    public void Told(long before, List<(long Position, Turn Turn)> turns)
    {
        if (_entries >= CheckpointAfter && Interlocked.CompareExchange(ref _checkpoints, 1, 0) == 0)
            Task.Run(TryCheckpoint);
        Committed?.Invoke(before, turns);
        Interlocked.Exchange(ref _told, New()).TrySetResult();
    }

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the next commit.</summary>
    public Task Next => Volatile.Read(ref _told).Task;

    /// <summary>Every partition that owes something, or whose time comes within the hour.</summary>
    public IEnumerable<int> Owing(Instant now)
    {
        lock (_gate)
            return [.. Enumerable.Range(0, Registry.Partitions).Where(p => _owings[p].Any)
                .Union(_file.PartitionsDue(now + Ahead))
                .Union(_tail.Wakes.Where(w => w.Value <= now + Ahead).Select(w => _registry.PartitionOf(w.Key)))];
    }

    /// <summary>What a partition is told when it opens.</summary>
    public Opening Open(int partition, int epoch, IJournal journal)
    {
        Owings own;
        List<(long Number, long Position)> sent, calls;
        lock (_gate)
        {
            own = _owings[partition];
            sent = [.. own.Undelivered.Values.SelectMany(q => q)];
            calls = [.. own.Calls.Select(c => (c.Key, c.Value))];
            var horizon = own.At + Ahead;
            return new(
                epoch, own.At, _position, new Dictionary<int, long>(own.Seen), new Dictionary<int, long>(own.Sent),
                own.Called, [.. Messages().OrderBy(m => m.Number)], [.. Calls()],
                Wakes(partition, null, horizon), horizon);
        }

        IEnumerable<Sent> Messages() =>
            from turn in journal.At([.. sent.Select(s => s.Position).Distinct()])
            from m in turn.Turn.Sent
            where sent.Contains((m.Number, turn.Position))
            select m;

        IEnumerable<Outside> Calls() =>
            from turn in journal.At([.. calls.Select(c => c.Position).Distinct()])
            from c in turn.Turn.Calls
            where own.Calls.ContainsKey(c.Number)
            select c;
    }

    /// <summary>Wakes of a partition after one instant (null: however late) up to another.</summary>
    public WakeAt[] Wakes(int partition, Instant? after, Instant until)
    {
        lock (_gate)
        {
            Dictionary<IId, Instant?> found = [];
            foreach (var (id, at) in _file.Wakes(partition, after, until)) found[_registry.Stored(id)] = at;
            foreach (var (id, at) in _frozen.Wakes.Concat(_tail.Wakes))
                if (_registry.PartitionOf(id) == partition) found[id] = at;
            return [.. found.Where(f => f.Value is { } at && at <= until && (after is null || at > after))
                .Select(f => new WakeAt(f.Key, f.Value))];
        }
    }

    /// <summary>Folds an aggregate from its newest snapshot, or from the start.</summary>
    public Entry Load(IId id, IJournal journal) => Cold(id, journal).Entry;

    /// <summary>The same, and how many turns had to be read for it.</summary>
    public (Entry Entry, int Read) Cold(IId id, IJournal journal)
    {
        List<long> positions;
        Entry entry;
        lock (_gate)
        {
            (entry, var from) = Snapshot(id);
            positions = Positions(id, from);
        }
        var kind = _registry.Of(id);
        foreach (var (_, turn) in journal.At(positions)) entry = Fold(kind, id, entry, turn);
        return (entry, positions.Count);
    }

    /// <summary>One turn's part in one aggregate.</summary>
    public static Entry Fold(Kind kind, IId id, Entry entry, Turn turn)
    {
        foreach (var happened in turn.Events)
            if (happened.Id.Equals(id))
                entry = entry with { State = kind.Evolve(entry.State, happened.Event), Version = entry.Version + 1 };
        return turn.Key is { } key && turn.Target.Equals(id) ? entry.Remember(key, turn.At) : entry;
    }

    /// <summary>Ids that were ever heard of.</summary>
    public KnownIds Known { get; }

    /// <summary>Where an aggregate's turns are.</summary>
    public List<long> Positions(IId id)
    {
        lock (_gate) return Positions(id, 0);
    }

    /// <summary>A batch that was just saved is for a moment both in the file and here.</summary>
    List<long> Positions(IId id, long after)
    {
        var positions = _file.Positions(id.ToString()!, after);
        foreach (var batch in (Batch[])[_frozen, _tail])
        {
            if (!batch.Turns.TryGetValue(id, out var more)) continue;
            var last = positions.Count > 0 ? positions[^1] : after;
            foreach (var position in more.All)
                if (position > last) positions.Add(position);
        }
        return positions;
    }

    (Entry Entry, long Position) Snapshot(IId id)
    {
        if (_tail.Snapshots.TryGetValue(id, out var held) || _frozen.Snapshots.TryGetValue(id, out held)) return held;
        return _file.Snapshot(_registry.Of(id), id.ToString()!) ?? (Runtime.Entry.Nothing, 0);
    }

    /// <summary>Keeps a snapshot with the next checkpoint.</summary>
    public void Save(IId id, Entry entry, long position)
    {
        lock (_gate) _tail.Snapshots[id] = (entry with { Sequence = 0 }, position);
    }

    readonly Lock _checkpointing = new();

    /// <summary>What the index's file could not take; null if all is well. It is tried again.</summary>
    public Exception? Failure { get; private set; }

    async Task TryCheckpoint()
    {
        try { Checkpoint(); }
        catch (Exception e) when (SortedStore.IsOfDisk(e)) { await Task.Delay(1_000); }
        finally { Volatile.Write(ref _checkpoints, 0); }
    }

    /// <summary>Writes to the file what has come since the last time; what failed then comes first.</summary>
    public void Checkpoint()
    {
        lock (_checkpointing)
        {
            if (_frozenOwed is not null) SaveFrozen();
            lock (_gate)
            {
                if (_entries == 0 && _tail.Snapshots.Count == 0) return;
                _frozenOwed = [.. _owings.Select((own, p) => (p, IndexFile.Pack(own)))];
                (_frozen, _tail, _frozenPosition, _entries) = (_tail, new(), _position, 0);
            }
            SaveFrozen();
        }
    }

    void SaveFrozen()
    {
        try { _file.Save(_frozen, _frozenOwed!, _frozenPosition, id => _registry.PartitionOf(id)); }
        catch (Exception e) when (SortedStore.IsOfDisk(e))
        {
            Failure = e;
            lock (_gate) _entries = Math.Max(_entries, CheckpointAfter);    // the next commit tries again
            throw;
        }
        lock (_gate) (_frozen, _frozenOwed) = (new(), null);
        Failure = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Checkpoint();
        Known.Save();
        _file.Dispose();
    }
}
