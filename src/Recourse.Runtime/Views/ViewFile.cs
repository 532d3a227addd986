using RocksDbSharp;
namespace Recourse.Runtime;

/// <summary>
/// All views in one folder: one thread folds the log into rows, with the checkpoint in the same commit. It lets turns
/// gather for a moment, since a row that many of them change is then written once, unless somebody waits for them.
/// </summary>
public sealed class ViewFile : IViews, IDisposable
{
    const int MostAtOnce = 2_000, MostHeard = 8_000, MostWaiting = 3_000;
    static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(50);

    /// <summary>The folder's name in a store's.</summary>
    public const string FolderName = "views";

    readonly StoreJson _json;
    readonly SortedStore _store;
    readonly ViewTable[] _tables;
    readonly CancellationTokenSource _stop = new();
    IJournal _journal = null!;
    Follower _follower = null!;
    Thread? _thread;
    readonly AutoResetEvent _wanted = new(false), _room = new(false);
    readonly Heard _heard = new(MostHeard);
    long _position, _wantedPosition;
    volatile bool _hears;
    (long After, Task<List<(long Position, Turn Turn)>> Turns)? _ahead;
    TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Opens or creates it; views of another version start anew.</summary>
    /// <param name="bytes">Memory for what is read often.</param>
    public ViewFile(string folder, StoreJson json, ImmutableArray<View> views, int bytes)
    {
        _json = json;
        _store = new(folder, bytes);
        _tables = [.. views.Select(v => new ViewTable(_store, v, json))];
        _position = _tables.Select(t => t.Position).DefaultIfEmpty(0).Min();
    }

    /// <inheritdoc/>
    public long Position => Volatile.Read(ref _position);

    /// <summary>
    /// Hears where rows that were just committed are and were found; null: nobody asks, and nothing is gathered.
    /// </summary>
    public Action<List<(View View, Found Found)>>? Changed { get; set; }

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
            if (Failure is not null) _store.Reopen();
            var turns = CatchUp(_journal);
            Failure = null;
            return turns;
        }
        catch (Exception e) when (SortedStore.IsOfDisk(e))
        {
            (Failure, _hears) = (e, false);
            foreach (var table in _tables) table.Forget();
            _stop.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(1));
            return 0;
        }
    }

    /// <summary>Folds what has come; how many turns that was.</summary>
    public int CatchUp(IJournal journal)
    {
        if (_tables.Length == 0 || Position >= journal.Position) return 0;
        var turns = Read(journal);
        if (turns.Count == 0) return 0;
        foreach (var (position, turn) in turns)
            foreach (var recorded in Recordings.Of(position, turn))
                foreach (var table in _tables)
                    if (table.Position < position) table.Fold(recorded);
        using var batch = new WriteBatch();
        var (told, changed) = (Changed, new List<(View, Found)>());
        foreach (var table in _tables) table.Save(batch, turns[^1].Position, told is null ? null : changed);
        _store.Write(batch);
        foreach (var table in _tables) table.Commit();
        Volatile.Write(ref _position, turns[^1].Position);
        _room.Set();
        Interlocked.Exchange(ref _moved, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        if (changed.Count > 0) told!(changed);
        return turns.Count;
    }

    /// <summary>What was just heard; else what the journal has, its next turns being read beside the folding.</summary>
    List<(long Position, Turn Turn)> Read(IJournal journal)
    {
        var heard = _heard.After(Position);
        _hears = heard is not null;
        if (heard is not null) return heard;
        var turns = _ahead is { } ahead && ahead.After == Position
            ? ahead.Turns.GetAwaiter().GetResult() : journal.Read(Position, MostAtOnce);
        _ahead = null;
        if (turns.Count == MostAtOnce && turns[^1].Position is var next)
            _ahead = (next, Task.Run(() => journal.Read(next, MostAtOnce)));
        return turns;
    }

    /// <summary>The longest moment that a commit gives the views.</summary>
    public TimeSpan Room { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Called before a commit: gives the views a moment where they hear turns faster than they fold them. Else they
    /// would have to read them back, which costs twice as much, and fall behind ever further.
    /// </summary>
    public void Pace()
    {
        for (var until = Environment.TickCount64 + (long)Room.TotalMilliseconds;
            _hears && _journal.Position - Position > MostWaiting && Environment.TickCount64 < until;)
            _room.WaitOne(Room / 10);
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

    T With<T>(Func<ViewReader, T> read) => _store.Read((db, moment) => read(new(db, moment, _json)));

    /// <summary>Ends the thread.</summary>
    public void Stop()
    {
        _stop.Cancel();
        _thread?.Join();
        _ahead?.Turns.ContinueWith(_ => { }, TaskScheduler.Default).Wait();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        _store.Dispose();
        _stop.Dispose();
        _wanted.Dispose();
        _room.Dispose();
    }
}
