using System.Buffers.Binary;
using System.Text.Unicode;
using RocksDbSharp;
namespace Recourse.Runtime;

/// <summary>
/// One view's rows while they are being written. Its keys start with its name: then comes <c>c</c>, the checkpoint,
/// <c>r</c> and a row's key, <c>f</c> and where a row is found, or <c>n</c> and what is counted. Parts are kept apart
/// by the character 0, which sorts before all others.
/// </summary>
sealed class ViewTable : ISpanDeserializer<object>
{
    const int MostRecent = 1_000;

    readonly View _view;
    readonly StoreJson _json;
    readonly SortedStore _store;
    readonly Dictionary<string, (object? Before, object? Now)> _changed = [];
    readonly Dictionary<(string Index, string Value), long> _counts = [];
    readonly JsonBuffer _body;
    byte[] _key = new byte[256];
    long _committed;

    // What was just written is often folded again; two generations, of which the older is let go.
    Dictionary<string, object> _recent = [], _older = [];

    public ViewTable(SortedStore store, View view, StoreJson json)
    {
        (_store, _view, _json, _body) = (store, view, json, new(json));
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
    ReadOnlySpan<byte> At(Found f, string key)
    {
        int length;
        while (!Utf8.TryWrite(_key, $"{_view.Table}\0f{f.Index}\0{f.Value}\0{f.Sort}\0{key}", out length))
            _key = new byte[_key.Length * 2];
        return _key.AsSpan(0, length);
    }

    /// <summary>Overwritten by the next.</summary>
    ReadOnlySpan<byte> Row(string key)
    {
        int length;
        while (!Utf8.TryWrite(_key, $"{_view.Table}\0r{key}", out length)) _key = new byte[_key.Length * 2];
        return _key.AsSpan(0, length);
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
            if (!_changed.TryGetValue(key, out var row))
                row.Now = row.Before = Recent(key) ?? _store.Get(SortedStore.Key(RowAt(_view, key)), this);
            _changed[key] = row with { Now = _view.Apply(key, row.Now, recorded) };
        }
    }

    object ISpanDeserializer<object>.Deserialize(ReadOnlySpan<byte> buffer) => _json.Read(_view.Row, buffer);

    object? Recent(string key) => _recent.GetValueOrDefault(key) ?? _older.GetValueOrDefault(key);

    void Remember(string key, object? row)
    {
        _older.Remove(key);
        if (row is null) { _recent.Remove(key); return; }
        _recent[key] = row;
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
            Found[] was = before is null ? [] : [.. _view.FoundBy(key, before)];
            Found[] found = now is null ? [] : [.. _view.FoundBy(key, now)];
            foreach (var f in was)
            {
                if (found.Contains(f)) continue;
                batch.Delete(At(f, key));
                Count(f, -1);
            }
            foreach (var f in found)
            {
                if (was.Contains(f)) continue;
                batch.Put(At(f, key), default);
                Count(f, 1);
            }
            if (now is null) batch.Delete(Row(key));
            else batch.Put(Row(key), _body.Write(_view.Row, now));
            Remember(key, now);
            changed?.AddRange([
                (_view, new Found(View.ByKey, key, "")), .. was.Union(found).Select(f => (_view, f)),
            ]);
        }
        _changed.Clear();
        SaveCounts(batch);
        Position = Math.Max(Position, position);
        var checkpoint = new byte[sizeof(int) + sizeof(long)];
        BinaryPrimitives.WriteInt32LittleEndian(checkpoint, _view.Version);
        BinaryPrimitives.WriteInt64LittleEndian(checkpoint.AsSpan(sizeof(int)), Position);
        batch.Put(Checkpoint(_view), checkpoint);
    }

    void Count(Found f, int more)
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
