using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using RocksDbSharp;
namespace Recourse.Runtime;

/// <summary>
/// One view's rows while they are being written. Its keys start with its name: then comes <c>c</c>, the checkpoint,
/// <c>r</c> and a row's key, <c>f</c> and where a row is found, or <c>n</c> and what is counted. Parts are kept apart
/// by the character 0, which sorts before all others.
/// </summary>
sealed class ViewTable
{
    const int MostRecent = 300, Separators = 3;

    readonly View _view;
    readonly SortedStore _store;
    readonly Dictionary<string, (object? Before, object? Now)> _changed = [];
    readonly Dictionary<(string Index, string Value), long> _counts = [];
    readonly RowReader _rows;
    readonly JsonBuffer _body;
    readonly byte[] _starts, _founds;
    byte[] _key = new byte[256];
    long _committed;

    // What was just written is often folded again; two generations, of which the older is let go.
    Dictionary<string, object> _recent = [], _older = [];

    public ViewTable(SortedStore store, View view, StoreJson json)
    {
        (_store, _view, _rows, _body) = (store, view, new(view, json), new(json));
        (_starts, _founds) = (SortedStore.Key(RowAt(view, "")), SortedStore.Key($"{view.Table}\0f"));
        var checkpoint = store.Read((db, options) => db.Get(Checkpoint(view), readOptions: options));
        if (checkpoint is not null && BinaryPrimitives.ReadInt32LittleEndian(checkpoint) == view.Version)
            Position = _committed = BinaryPrimitives.ReadInt64LittleEndian(checkpoint.AsSpan(sizeof(int)));
        else if (checkpoint is not null) Drop();
    }

    /// <summary>How far it has come.</summary>
    public long Position { get; private set; }

    /// <summary>Its view.</summary>
    public View View => _view;

    static byte[] Checkpoint(View view) => SortedStore.Key($"{view.Table}\0c");

    /// <summary>Where a row stands, or where all of them start.</summary>
    public static string RowAt(View view, string key) => $"{view.Table}\0r{key}";

    /// <summary>Where the rows under a value start.</summary>
    public static string FoundAt(View view, string index, string value) => $"{view.Table}\0f{index}\0{value}\0";

    /// <summary>Where it stands how many rows are under a value.</summary>
    public static byte[] CountAt(View view, string index, string value) =>
        SortedStore.Key($"{view.Table}\0n{index}\0{value}");

    /// <summary>Overwritten by the next.</summary>
    ReadOnlySpan<byte> At(in Found f, string key)
    {
        var longest = _founds.Length
            + Encoding.UTF8.GetMaxByteCount(f.Index.Length + f.Value.Length + f.Sort.Length + key.Length + Separators);
        if (_key.Length < longest) _key = new byte[longest * 2];
        _founds.CopyTo(_key, 0);
        var length = _founds.Length;
        foreach (var part in (ReadOnlySpan<string>)[f.Index, f.Value, f.Sort])
        {
            length += Encoding.UTF8.GetBytes(part, _key.AsSpan(length));
            _key[length++] = 0;
        }
        return _key.AsSpan(0, length + Encoding.UTF8.GetBytes(key, _key.AsSpan(length)));
    }

    /// <summary>Overwritten by the next.</summary>
    ReadOnlySpan<byte> Row(string key)
    {
        var longest = _starts.Length + Encoding.UTF8.GetMaxByteCount(key.Length);
        if (_key.Length < longest) _key = new byte[longest * 2];
        _starts.CopyTo(_key, 0);
        return _key.AsSpan(0, _starts.Length + Encoding.UTF8.GetBytes(key, _key.AsSpan(_starts.Length)));
    }

    void Drop()
    {
        using var batch = new WriteBatch();
        var (from, to) = (SortedStore.Key($"{_view.Table}\0"), SortedStore.Key($"{_view.Table}\u0001"));
        batch.DeleteRange(from, (ulong)from.Length, to, (ulong)to.Length);
        _store.Write(batch);
    }

    public void Fold(Recorded recorded)
    {
        foreach (var key in _view.KeysOf(recorded))
        {
            ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(_changed, key, out var isKnown);
            if (!isKnown && !_view.Begins(recorded.Event))
                row.Now = row.Before = Recent(key) ?? _store.Get(Row(key), _rows);
            row.Now = _view.Apply(key, row.Now, recorded);
        }
    }

    object? Recent(string key) => _recent.GetValueOrDefault(key) ?? _older.GetValueOrDefault(key);

    void Remember(string key, object? row)
    {
        _older.Remove(key);
        if (row is null) { _recent.Remove(key); return; }
        if (!_view.IsWrittenOnce) _recent[key] = row;
    }

    /// <summary>What lives long is moved about by the collector: only what may soon change again is kept.</summary>
    void Age()
    {
        if (_recent.Count < MostRecent) return;
        (_older, _recent) = (_recent, _older);
        _recent.Clear();
    }

    /// <summary>What was folded since the last save was not kept.</summary>
    public void Forget()
    {
        _recent.Clear();
        _older.Clear();
        _changed.Clear();
        _counts.Clear();
        Position = _committed;
    }

    /// <summary>What was saved is kept.</summary>
    public void Commit() => _committed = Position;

    /// <param name="changed">Told where changed rows are and were found; null: nobody asks.</param>
    public void Save(WriteBatch batch, long position, List<(View View, Found Found)>? changed)
    {
        foreach (var (key, (before, now)) in _changed)
        {
            if (ReferenceEquals(before, now)) continue;
            var was = before is null ? [] : Places(_view.FoundBy(key, before));
            var found = now is null ? [] : Places(_view.FoundBy(key, now));
            foreach (ref readonly var f in was)
            {
                if (found.Contains(f)) continue;
                batch.Delete(At(f, key));
                Count(f, -1);
            }
            foreach (ref readonly var f in found)
            {
                if (was.Contains(f)) continue;
                batch.Put(At(f, key), default);
                Count(f, 1);
            }
            if (now is null) batch.Delete(Row(key));
            else batch.Put(Row(key), _body.Write(_view.Row, now));
            Remember(key, now);
            if (changed is not null) Tell(key, was, found, changed);
        }
        _changed.Clear();
        Age();
        SaveCounts(batch);
        Position = Math.Max(Position, position);
        var checkpoint = new byte[sizeof(int) + sizeof(long)];
        BinaryPrimitives.WriteInt32LittleEndian(checkpoint, _view.Version);
        BinaryPrimitives.WriteInt64LittleEndian(checkpoint.AsSpan(sizeof(int)), Position);
        batch.Put(Checkpoint(_view), checkpoint);
    }

    static ReadOnlySpan<Found> Places(IEnumerable<Found> found) =>
        found is List<Found> list ? CollectionsMarshal.AsSpan(list) : (Found[])[.. found];

    void Tell(string key, ReadOnlySpan<Found> was, ReadOnlySpan<Found> found, List<(View View, Found Found)> changed)
    {
        changed.Add((_view, new(View.ByKey, key, "")));
        foreach (var f in was) changed.Add((_view, f));
        foreach (var f in found)
            if (!was.Contains(f)) changed.Add((_view, f));
    }

    void Count(in Found f, int more)
    {
        if (_view.IsCounted(f))
            _counts[(f.Index, f.Value)] = _counts.GetValueOrDefault((f.Index, f.Value)) + more;
    }

    void SaveCounts(WriteBatch batch)
    {
        foreach (var ((index, value), more) in _counts)
        {
            if (more == 0) continue;
            var (at, number) = (CountAt(_view, index, value), new byte[sizeof(long)]);
            var before = _store.Get(at) is { } known ? BinaryPrimitives.ReadInt64LittleEndian(known) : 0;
            BinaryPrimitives.WriteInt64LittleEndian(number, before + more);
            batch.Put(at, number);
        }
        _counts.Clear();
    }
}
