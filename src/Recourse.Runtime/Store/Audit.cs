namespace Recourse.Runtime;

/// <summary>Something in a store that is not as the journal says.</summary>
/// <param name="Code">What kind of thing.</param>
/// <param name="Of">Which one.</param>
public sealed record Difference(string Code, string Of, string What);

/// <summary>Derives everything anew from the journal and compares it with what the store has.</summary>
public sealed class Audit(Store store, Registry registry, ImmutableArray<View> views)
{
    const int AtOnce = 2_000, MostTold = 100;
    static readonly Instant Ever = Instant.FromUtc(9000, 1, 1, 0, 0);

    readonly Dictionary<IId, Entry> _entries = [];
    readonly Dictionary<int, (int Epoch, long Sequence)> _last = [];
    readonly List<Difference> _found = [];

    /// <summary>Called with every turn, in order.</summary>
    public Action<long, Turn>? Also { get; init; }

    /// <summary>Called with how many turns have been read, of how many.</summary>
    public Action<long, long>? Progress { get; init; }

    /// <summary>Turns that were read.</summary>
    public long Turns { get; private set; }

    /// <summary>Aggregates that were folded.</summary>
    public int Aggregates => _entries.Count;

    /// <summary>Events that were folded.</summary>
    public long Events { get; private set; }

    /// <summary>All that differs; none: the store is as it should be. Nothing may be asked meanwhile.</summary>
    public async Task<ImmutableArray<Difference>> Run()
    {
        await store.Views.CaughtUp(store.Journal.Position, TimeSpan.FromMinutes(10));
        if (store.Views.Failure is { } failure) Tell("audit.views-stopped", "views", failure.Message);
        ReadAll();
        CompareStates();
        var temporary = Path.Combine(store.Folder, $"audit-{Environment.ProcessId}");
        Directory.CreateDirectory(temporary);
        try
        {
            CompareViews(Path.Combine(temporary, ViewFile.FolderName));
            CompareFollower(Path.Combine(temporary, IndexFile.FolderName));
        }
        finally { Directory.Delete(temporary, recursive: true); }
        return [.. _found];
    }

    void Tell(string code, string of, string what)
    {
        if (_found.Count < MostTold) _found.Add(new(code, of, what));
    }

    void ReadAll()
    {
        var end = store.Journal.Position;
        for (var position = 0L; position < end;)
        {
            var turns = store.Journal.Read(position, AtOnce);
            if (turns.Count == 0)
            {
                Tell("audit.turns-missing", $"{position + 1}", $"The journal ends at {position}, not at {end}.");
                return;
            }
            foreach (var (at, turn) in turns)
            {
                if (at != position + 1)
                    Tell("audit.turn-missing", $"{position + 1}", $"Turn {position + 1} is missing; {at} comes next.");
                position = at;
                Follow(at, turn);
            }
            Progress?.Invoke(position, end);
        }
    }

    void Follow(long position, Turn turn)
    {
        Turns++;
        var last = _last.GetValueOrDefault(turn.Partition);
        if (turn.Epoch < last.Epoch || turn.Sequence != (turn.Epoch == last.Epoch ? last.Sequence + 1 : 1))
            Tell("audit.sequence-broken", $"{position}",
                $"Partition {turn.Partition} goes from {last} to {(turn.Epoch, turn.Sequence)}.");
        _last[turn.Partition] = (turn.Epoch, turn.Sequence);
        foreach (var happened in turn.Events) Fold(position, turn, happened);
        if (turn.Key is { } key && _entries.TryGetValue(turn.Target, out var asked))
            _entries[turn.Target] = asked.Remember(key, turn.At);
        Also?.Invoke(position, turn);
    }

    void Fold(long position, Turn turn, Happened happened)
    {
        Events++;
        var kind = registry.Of(happened.Id);
        var entry = _entries.GetValueOrDefault(happened.Id) ?? Entry.Nothing;
        if (registry.PartitionOf(happened.Id) != turn.Partition)
            Tell("audit.wrong-partition", $"{happened.Id}", $"Turn {position} is partition {turn.Partition}'s.");
        var after = kind.Evolve(entry.State, happened.Event);
        _entries[happened.Id] = entry with { State = after, Version = entry.Version + 1 };
        ImmutableArray<Transfer> transfers = happened.Transfers.IsDefault ? [] : happened.Transfers;
        if (!kind.Transfers(happened.Id, after, happened.Event).SequenceEqual(transfers))
            Tell("audit.transfers-differ", $"{happened.Id}",
                $"Turn {position} moved money otherwise than its event {happened.Event.GetType().Name} says.");
    }

    void CompareStates()
    {
        foreach (var (id, entry) in _entries)
        {
            var kind = registry.Of(id);
            var has = store.Follower.Load(id, store.Journal);
            if (has.Version != entry.Version || has.State is not { } state
                || Text(kind, state) != Text(kind, entry.State!)
                || !has.Keys.SequenceEqual(entry.Keys))
                Tell("audit.state-differs", $"{id}",
                    $"The journal says version {entry.Version}, the store has version {has.Version} or another "
                        + $"content.");
        }
    }

    string Text(Kind kind, object state) =>
        System.Text.Encoding.UTF8.GetString(registry.Json.Write(kind.Types.State, state));

    void CompareViews(string path)
    {
        using var rebuilt = new ViewFile(path, registry.Json, views, 3 * (Store.Usually << 18));
        while (rebuilt.CatchUp(store.Journal) > 0) { }
        foreach (var view in views)
        {
            var (has, should) = (store.Views.Dump(view), rebuilt.Dump(view));
            if (has.SequenceEqual(should)) continue;
            var differing = has.Except(should).Concat(should.Except(has)).ToList();
            Tell("audit.view-differs", view.Name,
                $"{differing.Count} rows come out otherwise when it is rebuilt: "
                    + $"{differing.FirstOrDefault() ?? "their order"}");
        }
    }

    void CompareFollower(string path)
    {
        using var rebuilt = new Follower(registry, new IndexFile(path, registry.Json, Store.Usually << 18));
        rebuilt.CatchUp(store.Journal);
        foreach (var id in _entries.Keys)
            if (!store.Follower.Positions(id).SequenceEqual(rebuilt.Positions(id)))
                Tell("audit.index-differs", $"{id}", "The index has its turns elsewhere than the journal.");
        for (var p = 0; p < Registry.Partitions; p++)
            if (Owed(store.Follower, p) != Owed(rebuilt, p))
                Tell("audit.owed-differs", $"partition {p}", "What it owes is not what the journal says.");
        CompareWakes(rebuilt);
    }

    string Owed(Follower follower, int partition)
    {
        var open = follower.Open(partition, 0, store.Journal);
        return System.Text.Json.JsonSerializer.Serialize(new
        {
            open.At,
            Seen = open.Seen.OrderBy(s => s.Key).Select(s => $"{s.Key}:{s.Value}"),
            Sent = open.Sent.OrderBy(s => s.Key).Select(s => $"{s.Key}:{s.Value}"),
            open.Called,
            Undelivered = open.Undelivered.Select(m => $"{m.From}>{m.Target}:{m.Number}").Order(),
            Unanswered = open.Unanswered.Select(c => $"{c.From}:{c.Number}").Order(),
        }, registry.Json.Options);
    }

    void CompareWakes(Follower rebuilt)
    {
        var (has, should) = (Wakes(store.Follower), Wakes(rebuilt));
        foreach (var id in has.Keys.Union(should.Keys).Union(_entries.Keys))
        {
            var (recorded, told) = (has.GetValueOrDefault(id), should.GetValueOrDefault(id));
            var next = _entries.TryGetValue(id, out var entry) ? registry.Of(id).NextWake(entry.State!) : null;
            if (recorded != told || told != next)
                Tell("audit.wake-differs", $"{id}",
                    $"Its next time is {Say(recorded)} in the store, {Say(told)} in the journal, {Say(next)} by "
                        + $"its state.");
        }

        static Dictionary<IId, Instant?> Wakes(Follower follower) => Enumerable.Range(0, Registry.Partitions)
            .SelectMany(p => follower.Wakes(p, null, Ever)).ToDictionary(w => w.Id, w => w.At);

        static string Say(Instant? at) => at?.ToString() ?? "none";
    }
}
