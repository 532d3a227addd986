using System.Collections.Concurrent;
namespace Recourse.Runtime;

/// <summary>
/// All views in one file: one thread folds the log into rows, with the checkpoint in the same commit. It lets turns
/// gather for a moment, since a page that many of them change is then written once, unless somebody waits for them.
/// </summary>
public sealed class ViewFile : IViews, IDisposable
{
    const int MostAtOnce = 2_000, MostHeard = 8_000, CacheMegabytes = 64, PagesBetweenCheckpoints = 8_000;
    static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(50);

    readonly string _path;
    readonly StoreJson _json;
    readonly Db _db;
    readonly ViewTable[] _tables;
    readonly ConcurrentBag<ViewReader> _readers = [];
    readonly CancellationTokenSource _stop = new();
    IJournal _journal = null!;
    Follower _follower = null!;
    Thread? _thread;
    readonly AutoResetEvent _wanted = new(false);
    readonly Heard _heard = new(MostHeard);
    long _position, _wantedPosition;
    TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Opens or creates it; views of another version start anew.</summary>
    public ViewFile(string path, StoreJson json, ImmutableArray<View> views)
    {
        (_path, _json) = (path, json);
        _db = new Db(path, durable: false, CacheMegabytes);
        _db.Execute($"PRAGMA wal_autocheckpoint={PagesBetweenCheckpoints}");
        _db.Execute("CREATE TABLE IF NOT EXISTS checkpoint(view TEXT PRIMARY KEY, version INTEGER, position INTEGER) "
            + "WITHOUT ROWID");
        _tables = [.. views.Select(v => new ViewTable(_db, v, json))];
        _position = _tables.Select(t => t.Position).DefaultIfEmpty(0).Min();
    }

    /// <inheritdoc/>
    public long Position => Volatile.Read(ref _position);

    /// <summary>What the views' thread can't do; null if all is well.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Starts to follow.</summary>
    public void Run(IJournal journal, Follower follower)
    {
        (_journal, _follower) = (journal, follower);
        follower.Committed += _heard.Add;
        _thread = new Thread(Follow) { IsBackground = true, Name = "views" };
        _thread.Start();
    }

    void Follow()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                var next = _follower.Next;
                if (TryCatchUp() > 0) continue;
                next.Wait(TimeSpan.FromSeconds(1), _stop.Token);
                if (Volatile.Read(ref _wantedPosition) <= Position) _wanted.WaitOne(Gather);
            }
        }
        catch (OperationCanceledException) { }
        catch (Exception bug) when (bug is not OutOfMemoryException) { Failure = bug; }
    }

    /// <summary>A disk that is full or away may come back; a bug doesn't go away by trying.</summary>
    int TryCatchUp()
    {
        try
        {
            var turns = CatchUp(_journal);
            Failure = null;
            return turns;
        }
        catch (Microsoft.Data.Sqlite.SqliteException e)
        {
            Failure = e;
            _db.RollBack();
            foreach (var table in _tables) table.Forget();
            _stop.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(1));
            return 0;
        }
    }

    /// <summary>Folds what has come; how many turns that was.</summary>
    public int CatchUp(IJournal journal)
    {
        if (_tables.Length == 0 || Position >= journal.Position) return 0;
        var turns = _heard.After(Position) ?? journal.Read(Position, MostAtOnce);
        if (turns.Count == 0) return 0;
        _db.Execute("BEGIN IMMEDIATE");
        foreach (var (position, turn) in turns)
            foreach (var recorded in Recordings.Of(position, turn))
                foreach (var table in _tables)
                    if (table.Position < position) table.Fold(recorded);
        foreach (var table in _tables) table.Save(turns[^1].Position);
        _db.Execute("COMMIT");
        foreach (var table in _tables) table.Commit();
        Volatile.Write(ref _position, turns[^1].Position);
        Interlocked.Exchange(ref _moved, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        return turns.Count;
    }

    /// <inheritdoc/>
    public async Task<bool> CaughtUp(long position, TimeSpan limit, CancellationToken cancel = default)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timeout.CancelAfter(limit);
        while (true)
        {
            var moved = Volatile.Read(ref _moved).Task;
            if (Position >= position) return true;
            Want(position);
            try { await moved.WaitAsync(timeout.Token); }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested) { return Position >= position; }
        }
    }

    void Want(long position)
    {
        for (var wanted = Volatile.Read(ref _wantedPosition); wanted < position;)
        {
            var was = Interlocked.CompareExchange(ref _wantedPosition, position, wanted);
            if (was == wanted) break;
            wanted = was;
        }
        _wanted.Set();
    }

    /// <inheritdoc/>
    public TRow? Find<TRow>(View<TRow> view, string key) where TRow : class => With(r => r.Find(view, key));

    /// <inheritdoc/>
    public Page<TRow> List<TRow>(
        View<TRow> view, string index, string value, string? after = null, int limit = 50, string? least = null)
        where TRow : class => With(r => r.List(view, index, value, after, limit, least));

    /// <inheritdoc/>
    public long Count(View view, string index, string value) => With(r => r.Count(view, index, value));

    /// <inheritdoc/>
    public int CountFrom(View view, string index, string value, string least, int most) =>
        With(r => r.CountFrom(view, index, value, least, most));

    /// <summary>How far each view has come.</summary>
    public IEnumerable<(View View, long Position)> Progress => _tables.Select(t => (t.View, t.Position));

    /// <summary>Every row of a view, by key.</summary>
    public IEnumerable<(string Key, TRow Row)> All<TRow>(View<TRow> view) where TRow : class => With(r => r.All(view));

    /// <summary>A view's rows as text, by key: what a rebuilt one must equal.</summary>
    public List<string> Dump(View view) => With(r => r.Dump(view));

    T With<T>(Func<ViewReader, T> read)
    {
        if (!_readers.TryTake(out var reader)) reader = new(new Db(_path, durable: false), _json);
        try { return read(reader); }
        finally { _readers.Add(reader); }
    }

    /// <summary>Ends the thread.</summary>
    public void Stop()
    {
        _stop.Cancel();
        _thread?.Join();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        foreach (var reader in _readers) reader.Dispose();
        _db.Dispose();
        _stop.Dispose();
        _wanted.Dispose();
    }
}

/// <summary>
/// Turns that were just committed, so that they need not be read back. Of more than it holds it keeps none.
/// </summary>
sealed class Heard(int most)
{
    readonly Lock _gate = new();
    List<(long Position, Turn Turn)> _turns = [];
    long _before, _upTo;

    public void Add(long before, List<(long Position, Turn Turn)> turns)
    {
        if (turns.Count == 0) return;
        lock (_gate)
        {
            if (_turns.Count == 0 || _upTo != before || _turns.Count + turns.Count > most) Restart(before);
            _turns.AddRange(turns);
            _upTo = turns[^1].Position;
        }
    }

    void Restart(long before) => (_turns, _before) = ([], before);

    /// <summary>All that came after a position; null: not all of it is here.</summary>
    public List<(long Position, Turn Turn)>? After(long position)
    {
        lock (_gate)
        {
            if (_turns.Count == 0 || _before > position || _upTo <= position) return null;
            var (turns, before) = (_turns, _before);
            Restart(_upTo);
            return before == position ? turns : turns.FindAll(t => t.Position > position);
        }
    }
}
