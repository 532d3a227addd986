using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
namespace Recourse.Runtime;

/// <summary>One thread writes what all partitions have queued as one transaction: a row a turn, one fsync.</summary>
public sealed class SqliteJournal : IJournal
{
    /// <summary>Raised when an older program could not read what this one writes.</summary>
    public const int Format = 1;

    /// <summary>The file's name in a store's folder.</summary>
    public const string FileName = "journal.db";

    const int MostBatched = 4096, BytesPerRow = 100;
    const long BytesBetweenCheckpoints = 16 << 20, FailureLastsMilliseconds = 30_000;

    internal const string Schema = """
        CREATE TABLE IF NOT EXISTS turn(position INTEGER PRIMARY KEY, body BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS partition(number INTEGER PRIMARY KEY, epoch INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        """;

    readonly record struct Queued(IShell By, Turn? Turn, byte[] Body, int AboveEpoch);

    readonly string _path;
    readonly TurnJson _json;
    readonly Follower _follower;
    readonly Lock _gate = new();
    readonly AutoResetEvent _work = new(false);
    readonly long[] _next = new long[Registry.Partitions];                  // the only sequence that is let through
    readonly int[] _epoch = new int[Registry.Partitions];
    readonly Db _db;
    readonly Prepared _begin, _commit, _rollback, _insert, _claim;
    readonly ConcurrentBag<(Db Db, Prepared After, Prepared At)> _readers = [];
    readonly Thread _thread;
    List<Queued> _queue = [], _spare = [];
    long _position, _logged, _refusedAt;
    string? _refusal;
    Task? _checkpoint;
    volatile bool _closing;

    /// <summary>Opens or creates it; the follower catches up with it and follows from there.</summary>
    public SqliteJournal(string path, TurnJson json, Follower follower)
    {
        (_path, _json, _follower) = (path, json, follower);
        _db = new Db(path, durable: true);
        _db.Execute("PRAGMA wal_autocheckpoint=0");
        _db.Execute(Schema);
        CheckFormat();
        (_begin, _commit, _rollback) = (_db.Prepare("BEGIN IMMEDIATE"), _db.Prepare("COMMIT"), _db.Prepare("ROLLBACK"));
        _insert = _db.Prepare("INSERT INTO turn VALUES(?1, ?2)");
        _claim = _db.Prepare("REPLACE INTO partition VALUES(?1, ?2)");
        using (var epochs = _db.Prepare("SELECT number, epoch FROM partition"))
            while (epochs.Step()) _epoch[epochs.Long(0)] = (int)epochs.Long(1);
        using (var last = _db.Prepare("SELECT max(position) FROM turn"))
            if (last.Step()) _position = last.Long(0);
        Array.Fill(_next, -1);                                              // nobody holds anything yet
        follower.CatchUp(this);
        _thread = new Thread(Write) { IsBackground = true, Name = "journal" };
        _thread.Start();
    }

    /// <summary>Called before a commit, by its thread: whoever can't follow so fast waits a moment there.</summary>
    public Action? Pace { get; set; }

    /// <summary>Called by its thread with turns in hand: keeps what they need, or throws and they fail.</summary>
    /// <exception cref="SqliteException">It can't be kept.</exception>
    public Action? First { get; set; }

    /// <inheritdoc/>
    public long Position => Volatile.Read(ref _position);

    /// <summary>A named value of the store itself; null if it was never set.</summary>
    public string? Meta(string name)
    {
        using var get = _db.Prepare("SELECT value FROM meta WHERE name = ?1");
        return get.Bind(1, name).Step() ? get.Text(0) : null;
    }

    /// <summary>A named value of a store that is not open here; null: there is no such store, or it has none.</summary>
    public static string? MetaOf(string path, string name)
    {
        if (!File.Exists(path)) return null;
        using var db = new Db(path, durable: true);
        db.Execute(Schema);
        using var get = db.Prepare("SELECT value FROM meta WHERE name = ?1");
        return get.Bind(1, name).Step() ? get.Text(0) : null;
    }

    /// <summary>A named value of the store itself, for ever: what it was set to first, which is this if it never was.
    /// </summary>
    public string Kept(string name, string first)
    {
        // Of its own: what the writer has begun can still be undone.
        using var db = new Db(_path, durable: true);
        using var set = db.Prepare("INSERT OR IGNORE INTO meta VALUES(?1, ?2)");
        set.Bind(1, name).Bind(2, first).Run();
        using var get = db.Prepare("SELECT value FROM meta WHERE name = ?1");
        return get.Bind(1, name).Step() ? get.Text(0) : first;
    }

    void CheckFormat()
    {
        if (Meta("format") is not { } format)
            _db.Execute($"INSERT INTO meta VALUES('format', '{Format}'), ('partitions', '{Registry.Partitions}')");
        else if (int.Parse(format, System.Globalization.CultureInfo.InvariantCulture) > Format)
            throw new StoreException("store.newer-version",
                $"{_path} was written by a newer Recourse (format {format}; this one knows {Format}). Use that one.");
    }

    /// <inheritdoc/>
    public void Append(IShell by, List<Turn> turns)
    {
        var bodies = turns.ConvertAll(t => new Queued(by, t, _json.Write(t), 0));
        lock (_gate) _queue.AddRange(bodies);
        _work.Set();
    }

    /// <inheritdoc/>
    public void Claim(IShell by, int aboveEpoch)
    {
        lock (_gate) _queue.Add(new(by, null, [], aboveEpoch));
        _work.Set();
    }

    void Write()
    {
        while (!_closing && _work.WaitOne())
        {
            while (true)
            {
                Pace?.Invoke();
                List<Queued> batch;
                lock (_gate)
                {
                    if (_queue.Count == 0) break;
                    (batch, _queue, _spare) = (_queue, _spare, []);
                }
                try { Commit(batch); }
                catch (SqliteException e) { Fail(batch, e); }
                Checkpoint(batch);
                batch.Clear();
                lock (_gate) _spare = batch;
            }
        }
    }

    /// <summary>
    /// Another connection copies the write-ahead log into the file while writing goes on; what has come meanwhile is
    /// little, and copied here, so that the log starts anew.
    /// </summary>
    void Checkpoint(List<Queued> batch)
    {
        foreach (var queued in batch) _logged += queued.Body.Length + BytesPerRow;
        if (_logged < BytesBetweenCheckpoints) return;
        _checkpoint ??= Task.Run(() => Try(() => With(r => { CopyLog(r.Db); return true; })));
        if (!_checkpoint.IsCompleted) return;
        Try(() => CopyLog(_db));
        (_checkpoint, _logged) = (null, 0);
    }

    static void CopyLog(Db db) => db.Execute("PRAGMA wal_checkpoint(PASSIVE)");

    /// <summary>One that fails, or can't even be begun, is tried again after the next commits.</summary>
    static void Try(Action copy)
    {
        try { copy(); }
        catch (SqliteException) { }
    }

    void Commit(List<Queued> batch)
    {
        First?.Invoke();
        _begin.Run();
        var (position, written) = (_position, new List<(long Position, Queued Of)>(Math.Min(batch.Count, MostBatched)));
        List<Queued> fenced = [];
        foreach (var queued in batch)
            if (Insert(queued, ref position))                                // a claim hears the epoch that it got
                written.Add((position, queued.Turn is null ? queued with { AboveEpoch = EpochOf(queued) } : queued));
            else fenced.Add(queued);
        _commit.Run();
        Dictionary<IShell, Turn> last = [];
        List<(long, Turn)> turns = new(written.Count);
        foreach (var (at, of) in written)
            if (of.Turn is { } turn)
            {
                _follower.Follow(at, turn);
                last[of.By] = turn;
                turns.Add((at, turn));
            }
        var before = _position;
        Volatile.Write(ref _position, position);
        _refusal = null;
        foreach (var (_, of) in written)
            if (of.Turn is null) of.By.Post(new Input.Opened(_follower.Open(of.By.Number, of.AboveEpoch, this)));
        foreach (var (by, turn) in last) by.Post(new Input.Appended(turn.Epoch, turn.Sequence, position));
        foreach (var of in fenced) of.By.Post(Fence(of.Turn!));
        _follower.Told(before, turns);
    }

    int EpochOf(Queued claim) => _epoch[claim.By.Number];

    Input Fence(Turn turn) => turn.Epoch == _epoch[turn.Partition]
        ? new Input.AppendFailed(turn.Epoch) : new Input.Fenced(turn.Epoch);

    bool Insert(Queued queued, ref long position)
    {
        var p = queued.By.Number;
        if (queued.Turn is { } t)
        {
            if ((t.Epoch, t.Sequence) != (_epoch[p], _next[p])) return false;           // fenced before
            _next[p]++;
            _insert.Bind(1, ++position).Bind(2, queued.Body).Run();
            return true;
        }
        (_epoch[p], _next[p]) = (Math.Max(_epoch[p], queued.AboveEpoch) + 1, 1);        // the next epoch starts here
        _claim.Bind(1, p).Bind(2, _epoch[p]).Run();
        return true;
    }

    /// <summary>What is queued behind a failed turn must fail too, so the fence closes here and at once.</summary>
    void Fail(List<Queued> batch, SqliteException why)
    {
        try { _rollback.Run(); } catch (SqliteException) { }                // SQLite may have rolled back by itself
        (_refusal, _refusedAt) = (why.Message, Environment.TickCount64);
        foreach (var q in batch.Where(q => q.Turn is not null)) _next[q.By.Number] = -1;
        foreach (var q in batch)
            if (q.Turn is null)
            {
                q.By.Post(new Input.OpenFailed());
                Again(q);
            }
            else q.By.Post(new Input.AppendFailed(q.Turn.Epoch));
    }

    /// <summary>A claim that failed is tried again, not in a hot loop.</summary>
    void Again(Queued claim) => Task.Delay(200)
        .ContinueWith(_ => Claim(claim.By, claim.AboveEpoch), TaskScheduler.Default);

    /// <summary>Why the disk would not write lately; null if it did since, or nobody has tried for a while.</summary>
    public string? Failure =>
        Environment.TickCount64 - Volatile.Read(ref _refusedAt) < FailureLastsMilliseconds ? _refusal : null;

    /// <inheritdoc/>
    public List<(long Position, Turn Turn)> Read(long after, int most) => With(r =>
    {
        List<(long, Turn)> turns = [];
        r.After.Bind(1, after).Bind(2, most);
        while (r.After.Step()) turns.Add((r.After.Long(0), _json.Read(r.After.Bytes(1))));
        return turns;
    });

    /// <inheritdoc/>
    public List<(long Position, Turn Turn)> At(IReadOnlyList<long> positions) => With(r =>
    {
        List<(long, Turn)> turns = new(positions.Count);
        foreach (var position in positions)
        {
            if (!r.At.Bind(1, position).Step())
                throw new StoreException("store.row-missing", $"The journal has no turn {position}: restore a backup.");
            turns.Add((position, _json.Read(r.At.Bytes(0))));
            r.At.Reset();
        }
        return turns;
    });

    T With<T>(Func<(Db Db, Prepared After, Prepared At), T> read)
    {
        if (!_readers.TryTake(out var reader))
        {
            var db = new Db(_path, durable: true);
            reader = (db, db.Prepare("SELECT position, body FROM turn WHERE position > ?1 ORDER BY position LIMIT ?2"),
                db.Prepare("SELECT body FROM turn WHERE position = ?1"));
        }
        try { return read(reader); }
        finally { _readers.Add(reader); }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _closing = true;
        _work.Set();
        _thread.Join();
        _checkpoint?.Wait();
        foreach (var reader in _readers) reader.Db.Dispose();
        _db.Dispose();
        _work.Dispose();
    }
}
