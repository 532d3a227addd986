using Microsoft.Data.Sqlite;
namespace Recourse.Runtime;

/// <summary>A journal in memory whose commits happen when its driver says so, and fail when it says so.</summary>
public sealed class MemoryJournal(TurnJson json) : IJournal
{
    readonly record struct Queued(IShell By, Turn? Turn, int AboveEpoch);

    readonly List<byte[]> _log = [];
    readonly List<Turn?> _read = [];
    readonly long[] _next = Enumerable.Repeat(-1L, Registry.Partitions).ToArray();
    readonly int[] _epoch = new int[Registry.Partitions];
    readonly List<Queued> _queue = [];

    /// <summary>Called when something is queued and nothing was.</summary>
    public Action Wanted { get; set; } = () => { };

    /// <inheritdoc/>
    public long Position => _log.Count;

    /// <inheritdoc/>
    public void Append(IShell by, List<Turn> turns)
    {
        foreach (var turn in turns) Queue(new(by, turn, 0));
    }

    /// <inheritdoc/>
    public void Claim(IShell by, int aboveEpoch) => Queue(new(by, null, aboveEpoch));

    void Queue(Queued queued)
    {
        _queue.Add(queued);
        if (_queue.Count == 1) Wanted();
    }

    /// <summary>The process died: what was queued is gone, and nobody holds a partition.</summary>
    public void Forget()
    {
        _queue.Clear();
        Array.Fill(_next, -1);
    }

    /// <summary>
    /// Makes what is queued durable, or fails as a whole. What the shells are to hear comes back, so that the driver
    /// may lose it.
    /// </summary>
    public List<Action> Commit(Follower follower, bool fails)
    {
        Queued[] batch = [.. _queue];
        _queue.Clear();
        List<Action> told = [];
        if (fails) { Fail(batch, told); return told; }
        List<(long Position, Queued Of)> written = [];
        foreach (var queued in batch)
            if (Insert(queued))                                             // a claim hears the epoch that it got
                written.Add((_log.Count, queued with { AboveEpoch = _epoch[queued.By.Number] }));
            else told.Add(() => queued.By.Post(queued.Turn!.Epoch == _epoch[queued.By.Number]
                ? new Input.AppendFailed(queued.Turn.Epoch) : new Input.Fenced(queued.Turn.Epoch)));
        Dictionary<IShell, Turn> last = [];
        foreach (var (position, of) in written)
            if (of.Turn is { } turn) { follower.Follow(position, turn); last[of.By] = turn; }
        var at = Position;
        foreach (var of in written.Select(w => w.Of).Where(of => of.Turn is null))
            told.Add(() => of.By.Post(new Input.Opened(follower.Open(of.By.Number, of.AboveEpoch, this))));
        foreach (var (by, turn) in last) told.Add(() => by.Post(new Input.Appended(turn.Epoch, turn.Sequence, at)));
        return told;
    }

    bool Insert(Queued queued)
    {
        var p = queued.By.Number;
        if (queued.Turn is { } t)
        {
            if ((t.Epoch, t.Sequence) != (_epoch[p], _next[p])) return false;
            _next[p]++;
            _log.Add(json.Write(t));
            _read.Add(null);
            return true;
        }
        (_epoch[p], _next[p]) = (Math.Max(_epoch[p], queued.AboveEpoch) + 1, 1);
        return true;
    }

    void Fail(Queued[] batch, List<Action> told)
    {
        foreach (var q in batch)
            if (q.Turn is null)
            {
                Queue(q);
                told.Add(() => q.By.Post(new Input.OpenFailed()));
            }
            else
            {
                _next[q.By.Number] = -1;
                told.Add(() => q.By.Post(new Input.AppendFailed(q.Turn.Epoch)));
            }
    }

    /// <inheritdoc/>
    public List<(long Position, Turn Turn)> Read(long after, int most) =>
        [.. Enumerable.Range((int)after, (int)Math.Min(most, Position - after))
            .Select(i => (i + 1L, Of(i)))];

    /// <inheritdoc/>
    public List<(long Position, Turn Turn)> At(IReadOnlyList<long> positions) =>
        [.. positions.Select(p => (p, Of((int)p - 1)))];

    // Read from its bytes, but once: caches here are tiny on purpose, so that the same turns are asked for again.
    Turn Of(int place) => _read[place] ??= json.Read(_log[place]);

    /// <summary>A turn as it is stored.</summary>
    public byte[] Bytes(long position) => _log[(int)position - 1];

    /// <summary>Writes the whole log as a journal file that a platform can open. The file must not exist yet.</summary>
    /// <param name="marks">More values of the store itself, by name.</param>
    public void Save(string path, Action<long> progress, params ImmutableArray<(string Name, string Value)> marks)
    {
        using var db = new Db(path, durable: true);
        db.Execute(SqliteJournal.Schema);
        db.Execute($"""
            INSERT INTO meta VALUES('format', '{SqliteJournal.Format}'), ('partitions', '{Registry.Partitions}')
            """);
        using var mark = db.Prepare("INSERT INTO meta VALUES(?1, ?2)");
        foreach (var (name, value) in marks) mark.Bind(1, name).Bind(2, value).Run();
        using var insert = db.Prepare("INSERT INTO turn VALUES(?1, ?2)");
        using var epoch = db.Prepare("INSERT INTO partition VALUES(?1, ?2)");
        db.Execute("BEGIN");
        for (var i = 0; i < _log.Count; i++)
        {
            insert.Bind(1, i + 1L).Bind(2, _log[i]).Run();
            if (i % 1000 == 0) progress(i);
        }
        for (var p = 0; p < Registry.Partitions; p++) epoch.Bind(1, p).Bind(2, _epoch[p]).Run();
        db.Execute("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
        SqliteConnection.ClearAllPools();
    }

    /// <inheritdoc/>
    public void Dispose() { }
}
