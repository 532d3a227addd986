using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using RocksDbSharp;
namespace Recourse.Runtime;

/// <summary>
/// All views in one folder: one thread folds the log into rows, with the checkpoint in the same commit. It lets turns
/// gather for a moment, since a row that many of them change is then written once, unless somebody waits for them.
/// </summary>
public sealed class ViewFile : IViews, IDisposable
{
    const int MostAtOnce = 2_000, MostHeard = 8_000, MostWaiting = 3_000, Many = 100;
    static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(50), Rest = TimeSpan.FromMilliseconds(250);

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
    readonly Dictionary<(Type Event, bool Moves), ViewTable[]> _hearing = [];
    long _position, _folded, _wantedPosition, _unsavedSince;
    int _unsaved;
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
        _position = _folded = _tables.Select(t => t.Position).DefaultIfEmpty(0).Min();
    }

    /// <inheritdoc/>
    public long Position => Volatile.Read(ref _position);

    /// <summary>How far it has folded, which readers don't see before it is written.</summary>
    long Folded => Volatile.Read(ref _folded);

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
                var turns = TryCatchUp();
                if (turns < 0 || turns >= MostAtOnce) continue;
                if (turns == 0 && _unsaved == 0) next.Wait(TimeSpan.FromSeconds(1), _stop.Token);
                if (Volatile.Read(ref _wantedPosition) <= Position) _wanted.WaitOne(Gather);
            }
        }
        catch (OperationCanceledException) { }
        catch (Exception bug) when (bug is not OutOfMemoryException) { Failure = bug; }
    }

    /// <summary>A disk that is full or away may come back; a bug doesn't go away by trying.</summary>
    /// <returns>How many turns were folded; below 0: it failed.</returns>
    int TryCatchUp()
    {
        try
        {
            if (Failure is not null) _store.Reopen();
            var turns = Fold(_journal);
            if (_unsaved > 0 && IsDue(turns)) Save();
            Failure = null;
            return turns;
        }
        catch (Exception e) when (SortedStore.IsOfDisk(e))
        {
            (Failure, _hears) = (e, false);
            foreach (var table in _tables) table.Forget();
            (_folded, _unsaved, _ahead) = (Position, 0, null);
            _stop.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(1));
            return -1;
        }
    }

    /// <summary>
    /// Turns are folded as they come, so that they can be let go; where many come, rows are written more rarely, since
    /// most of those that a purchase makes change again within a moment.
    /// </summary>
    bool IsDue(int turns) => turns < Many || _unsaved >= MostAtOnce
        || Volatile.Read(ref _wantedPosition) > Position || Stopwatch.GetElapsedTime(_unsavedSince) >= Rest;

    /// <summary>Folds what has come and writes it; how many turns that was.</summary>
    public int CatchUp(IJournal journal)
    {
        var turns = Fold(journal);
        if (_unsaved > 0) Save();
        return turns;
    }

    int Fold(IJournal journal)
    {
        if (_tables.Length == 0 || Folded >= journal.Position) return 0;
        var turns = Read(journal);
        if (turns.Count == 0) return 0;
        foreach (var (position, turn) in turns)
            for (var nth = 0; nth < turn.Events.Length; nth++) Fold(position, turn, nth);
        if (_unsaved == 0) _unsavedSince = Stopwatch.GetTimestamp();
        _unsaved += turns.Count;
        Volatile.Write(ref _folded, turns[^1].Position);
        _room.Set();
        return turns.Count;
    }

    void Fold(long position, Turn turn, int nth)
    {
        ref var happened = ref turn.Events[nth];
        var hearing = HearingOf(happened.Event.GetType(), !happened.Transfers.IsDefaultOrEmpty);
        if (hearing.Length == 0) return;
        var recorded = Recordings.Of(position, turn, nth);
        foreach (var table in hearing)
            if (table.Position < position) table.Fold(recorded);
    }

    /// <summary>The views that look for rows in such an event.</summary>
    ViewTable[] HearingOf(Type @event, bool moves)
    {
        ref var hearing = ref CollectionsMarshal.GetValueRefOrAddDefault(_hearing, (@event, moves), out _);
        return hearing ??= [.. _tables.Where(t => t.View.IsHeard(@event, moves))];
    }

    void Save()
    {
        using var batch = new WriteBatch();
        var (told, changed, position) = (Changed, new List<(View, Found)>(), _folded);
        foreach (var table in _tables) table.Save(batch, position, told is null ? null : changed);
        _store.Write(batch);
        foreach (var table in _tables) table.Commit();
        _unsaved = 0;
        Volatile.Write(ref _position, position);
        Interlocked.Exchange(ref _moved, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        if (changed.Count > 0) told!(changed);
    }

    /// <summary>What was just heard; else what the journal has, its next turns being read beside the folding.</summary>
    List<(long Position, Turn Turn)> Read(IJournal journal)
    {
        var heard = _heard.After(Folded);
        _hears = heard is not null;
        if (heard is not null) return heard;
        var turns = _ahead is { } ahead && ahead.After == Folded
            ? ahead.Turns.GetAwaiter().GetResult() : journal.Read(Folded, MostAtOnce);
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
            _hears && _journal.Position - Folded > MostWaiting && Environment.TickCount64 < until;)
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
    public TRow? Find<TRow>(View<TRow> view, string key) where TRow : class =>
        (TRow?)_store.Get(SortedStore.Key(ViewTable.RowAt(view, key)), new RowReader(view, _json));

    /// <inheritdoc/>
    public Page<TRow> List<TRow>(
        View<TRow> view, string index, string value, string? after = null, int limit = 50, string? least = null)
        where TRow : class => With(r => r.List(view, index, value, after, limit, least));

    /// <inheritdoc/>
    public long Count(View view, string index, string value) =>
        _store.Get(ViewTable.CountAt(view, index, value)) is { } number
            ? BinaryPrimitives.ReadInt64LittleEndian(number) : 0;

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
