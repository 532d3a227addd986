using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using RocksDbSharp;
namespace Recourse.Runtime;

/// <summary>
/// The follower's folder: a cache that is rebuilt from the journal whenever it is missing or older than us. A key
/// starts with a letter: <c>a</c>, an aggregate and the last of its positions in the value; <c>s</c>, whose snapshot;
/// <c>w</c>, whose wake; <c>p</c>, partition, instant and whose wake; <c>d</c>, instant and whose wake; <c>o</c>, the
/// partition that owes; <c>c</c>, the checkpoint; <c>k</c>, hashes of all ids, from closing in order to opening again.
/// </summary>
public sealed class IndexFile : IDisposable
{
    /// <summary>The folder's name in a store's.</summary>
    public const string FolderName = "index";

    const int Version = 3, IdsAtOnce = 5_000, HashesInRow = 100_000, BytesOfATrial = 1 << 20;

    static readonly byte[] CheckpointAt = "c"u8.ToArray();

    readonly StoreJson _json;
    readonly SortedStore _store;
    readonly bool _isKept;
    bool _failed;

    /// <summary>Opens or creates it.</summary>
    /// <param name="folder">Null: in memory, for one thread.</param>
    /// <param name="bytes">Memory for what is read often.</param>
    public IndexFile(string? folder, StoreJson json, int bytes = BytesOfATrial)
    {
        _json = json;
        _isKept = folder is not null;
        _store = new(folder, bytes);
        if (_store.Get(CheckpointAt) is { } checkpoint && BinaryPrimitives.ReadInt32BigEndian(checkpoint) != Version)
            Clear();
    }

    /// <summary>The registry, so that states can be written by their kinds.</summary>
    internal Registry? Kinds { get; set; }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        using var batch = new WriteBatch();
        batch.DeleteRange([], 0, [0xFF], 1);
        _store.Write(batch);
    }

    /// <summary>A key: its letter, numbers and text, which sort as they mean.</summary>
    static byte[] At(char letter, string text, params ReadOnlySpan<long> numbers)
    {
        var key = new byte[1 + numbers.Length * sizeof(long) + Encoding.UTF8.GetByteCount(text)];
        key[0] = (byte)letter;
        for (var i = 0; i < numbers.Length; i++) Number(key, 1 + i * sizeof(long), numbers[i]);
        Encoding.UTF8.GetBytes(text, key.AsSpan(1 + numbers.Length * sizeof(long)));
        return key;
    }

    static byte[] TurnsAt(string id, long upto)
    {
        var key = At('a', $"{id}\0", 0);
        key.AsSpan(1 + sizeof(long)).CopyTo(key.AsSpan(1));
        Number(key, key.Length - sizeof(long), upto);
        return key;
    }

    static void Number(byte[] key, int at, long number) =>
        BinaryPrimitives.WriteInt64BigEndian(key.AsSpan(at), number ^ long.MinValue);

    static long NumberOf(ReadOnlySpan<byte> key, int at) =>
        BinaryPrimitives.ReadInt64BigEndian(key[at..]) ^ long.MinValue;

    static Instant InstantOf(ReadOnlySpan<byte> key, int at) => Instant.FromUnixTimeTicks(NumberOf(key, at));

    /// <summary>What was owed at the last checkpoint, and its position.</summary>
    internal long Load(Follower.Owings[] owings)
    {
        if (_store.Get(CheckpointAt) is not { } checkpoint) return 0;
        for (var partition = 0; partition < owings.Length; partition++)
            if (_store.Get(At('o', "", partition)) is { } packed) Unpack(packed, owings[partition]);
        return BinaryPrimitives.ReadInt64BigEndian(checkpoint.AsSpan(sizeof(int)));
    }

    /// <summary>What one partition owes and is owed, in few bytes.</summary>
    internal static byte[] Pack(Follower.Owings own)
    {
        using var bytes = new MemoryStream();
        using var w = new BinaryWriter(bytes, Encoding.UTF8);
        w.Write(own.Called);
        w.Write(own.At.ToUnixTimeTicks());
        foreach (var numbers in (Dictionary<int, long>[])[own.Seen, own.Sent])
        {
            w.Write7BitEncodedInt(numbers.Count);
            foreach (var (of, number) in numbers) { w.Write7BitEncodedInt(of); w.Write7BitEncodedInt64(number); }
        }
        w.Write7BitEncodedInt(own.Calls.Count);
        foreach (var (number, position) in own.Calls) { w.Write(number); w.Write(position); }
        w.Write7BitEncodedInt(own.Undelivered.Count);
        foreach (var (to, queue) in own.Undelivered)
        {
            w.Write7BitEncodedInt(to);
            w.Write7BitEncodedInt(queue.Count);
            foreach (var (number, position) in queue) { w.Write(number); w.Write(position); }
        }
        w.Flush();
        return bytes.ToArray();
    }

    static void Unpack(byte[] packed, Follower.Owings own)
    {
        using var r = new BinaryReader(new MemoryStream(packed), Encoding.UTF8);
        own.Called = r.ReadInt64();
        own.At = Instant.FromUnixTimeTicks(r.ReadInt64());
        foreach (var numbers in (Dictionary<int, long>[])[own.Seen, own.Sent])
            for (var left = r.Read7BitEncodedInt(); left > 0; left--)
                numbers[r.Read7BitEncodedInt()] = r.Read7BitEncodedInt64();
        for (var left = r.Read7BitEncodedInt(); left > 0; left--) own.Calls[r.ReadInt64()] = r.ReadInt64();
        for (var queues = r.Read7BitEncodedInt(); queues > 0; queues--)
        {
            var queue = own.Undelivered[r.Read7BitEncodedInt()] = [];
            for (var left = r.Read7BitEncodedInt(); left > 0; left--) queue.Enqueue((r.ReadInt64(), r.ReadInt64()));
        }
    }

    /// <summary>Keeps all of it or nothing.</summary>
    internal void Save(
        Follower.Batch saved, List<(int Partition, byte[] Body)> owed, long position, Func<IId, int> partitionOf)
    {
        if (_failed) _store.Reopen();
        using var batch = new WriteBatch();
        foreach (var (id, places) in saved.Turns) batch.Put(TurnsAt($"{id}", places.All[^1]), Pack(places.All));
        foreach (var (id, at) in saved.Wakes)
            SaveWake(batch, $"{id}", partitionOf(id), at, saved.Turns.TryGetValue(id, out var its) && its.IsNew);
        foreach (var (id, (entry, at)) in saved.Snapshots) SaveSnapshot(batch, id, entry, at);
        foreach (var (partition, body) in owed) batch.Put(At('o', "", partition), body);
        var checkpoint = new byte[sizeof(int) + sizeof(long)];
        BinaryPrimitives.WriteInt32BigEndian(checkpoint, Version);
        BinaryPrimitives.WriteInt64BigEndian(checkpoint.AsSpan(sizeof(int)), position);
        batch.Put(CheckpointAt, checkpoint);
        _failed = true;
        _store.Write(batch);
        _failed = false;
    }

    void SaveWake(WriteBatch batch, string id, int partition, Instant? at, bool isNew)
    {
        if (isNew && at is null) return;
        if (!isNew && _store.Get(At('w', id)) is { } known)
        {
            batch.Delete(At('p', id, partition, NumberOf(known, 0)));
            batch.Delete(At('d', id, NumberOf(known, 0)));
        }
        if (at is not { } due) { batch.Delete(At('w', id)); return; }
        var ticks = due.ToUnixTimeTicks();
        var value = new byte[sizeof(long)];
        Number(value, 0, ticks);
        batch.Put(At('w', id), value);
        batch.Put(At('p', id, partition, ticks), Array.Empty<byte>());
        batch.Put(At('d', id, ticks), Array.Empty<byte>());
    }

    void SaveSnapshot(WriteBatch batch, IId id, Entry entry, long position)
    {
        var kind = Kinds!.Of(id);
        var keys = _json.Write(typeof(ImmutableArray<Said>), entry.Keys);
        using var bytes = new MemoryStream();
        using var w = new BinaryWriter(bytes);
        w.Write(kind.StateVersion);
        w.Write(entry.Version);
        w.Write(position);
        w.Write(keys.Length);
        w.Write(keys);
        w.Write(_json.Write(kind.Types.State, entry.State!));
        batch.Put(At('s', $"{id}"), bytes.ToArray());
    }

    /// <summary>The newest snapshot of that kind's present shape.</summary>
    public (Entry Entry, long Position)? Snapshot(Kind kind, string id)
    {
        if (_store.Get(At('s', id)) is not { } bytes) return null;
        using var r = new BinaryReader(new MemoryStream(bytes));
        if (r.ReadInt32() != kind.StateVersion) return null;
        var (version, position) = (r.ReadInt64(), r.ReadInt64());
        var keys = (ImmutableArray<Said>)_json.Read(typeof(ImmutableArray<Said>), r.ReadBytes(r.ReadInt32()));
        var state = _json.Read(kind.Types.State, bytes.AsSpan((int)r.BaseStream.Position));
        return (new(state, version, keys, 0, version), position);
    }

    /// <summary>Where an aggregate's turns after a position are.</summary>
    public List<long> Positions(string id, long after) => Read(TurnsAt(id, after + 1), At('a', $"{id}\0"),
        new List<long>(), (positions, _, packed) =>
        {
            for (var i = 0; i < packed.Length; i += sizeof(long))
                if (BinaryPrimitives.ReadInt64LittleEndian(packed[i..]) is var p && p > after) positions.Add(p);
            return true;
        });

    /// <summary>Every aggregate's id, in pages.</summary>
    public IEnumerable<List<string>> Ids()
    {
        for (var from = At('a', "");;)
        {
            var page = Read(from, At('a', ""), new List<string>(), (ids, key, _) =>
            {
                var id = Encoding.UTF8.GetString(key[1..^(sizeof(long) + 1)]);
                if (ids.Count == 0 || ids[^1] != id) ids.Add(id);
                return ids.Count < IdsAtOnce;
            });
            if (page.Count == 0) yield break;
            yield return page;
            from = At('a', $"{page[^1]}\u0001");
        }
    }

    /// <summary>
    /// Hashes of every aggregate's id; null: it wasn't closed in order. They are gone from the file with that, before
    /// anything else is written: they would not know it.
    /// </summary>
    internal ulong[]? TakeKnown()
    {
        var known = Read(At('k', ""), At('k', ""), new List<byte[]>(), (rows, _, row) =>
        {
            rows.Add(row.ToArray());
            return true;
        });
        if (known.Count == 0) return null;
        using var batch = new WriteBatch();
        batch.DeleteRange([(byte)'k'], 1, [(byte)'l'], 1);
        _store.Write(batch);
        return [.. known.SelectMany(row => MemoryMarshal.Cast<byte, ulong>(row).ToArray())];
    }

    /// <summary>The same, for the next time; the last thing that is written.</summary>
    internal void SaveKnown(IEnumerable<ulong> hashes)
    {
        if (!_isKept || _failed) return;
        using var batch = new WriteBatch();                                 // some of them would be worse than none
        foreach (var (row, known) in hashes.Chunk(HashesInRow).Index())
            batch.Put(At('k', "", row), MemoryMarshal.AsBytes<ulong>(known).ToArray());
        _store.Write(batch);
    }

    /// <summary>Wakes of a partition after one instant (null: however late) up to another.</summary>
    public List<(string Id, Instant At)> Wakes(int partition, Instant? after, Instant until) => Read(
        At('p', "", partition, after is { } a ? a.ToUnixTimeTicks() + 1 : long.MinValue), At('p', "", partition),
        new List<(string, Instant)>(), (found, key, _) =>
        {
            var at = InstantOf(key, 1 + sizeof(long));
            if (at <= until) found.Add((Encoding.UTF8.GetString(key[(1 + 2 * sizeof(long))..]), at));
            return at <= until;
        });

    /// <summary>Wakes of all partitions after an instant and id, the soonest first.</summary>
    public List<(string Id, Instant At)> Wakes(Instant after, string afterId, int most) => Read(
        At('d', $"{afterId}\0", after.ToUnixTimeTicks()), At('d', ""),
        new List<(string, Instant)>(), (found, key, _) =>
        {
            found.Add((Encoding.UTF8.GetString(key[(1 + sizeof(long))..]), InstantOf(key, 1)));
            return found.Count < most;
        });

    /// <summary>Partitions whose time comes by then.</summary>
    public List<int> PartitionsDue(Instant until) => _store.Read((db, moment) =>
    {
        List<int> due = [];
        using var rows = db.NewIterator(readOptions: moment);
        for (var p = 0; p < Registry.Partitions; p++)
        {
            rows.Seek(At('p', "", p));
            if (!rows.Valid() || rows.GetKeySpan() is var key && key[0] != 'p') break;
            p = (int)NumberOf(key, 1);
            if (InstantOf(key, 1 + sizeof(long)) <= until) due.Add(p);
        }
        return due;
    });

    delegate bool Visit<in T>(T found, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value);

    /// <summary>Visits what starts so, from a key on, until the visitor has enough.</summary>
    T Read<T>(byte[] from, byte[] prefix, T found, Visit<T> visit) => _store.Read((db, moment) =>
    {
        using var rows = db.NewIterator(readOptions: moment);
        for (rows.Seek(from); rows.Valid() && rows.GetKeySpan().StartsWith(prefix); rows.Next())
            if (!visit(found, rows.GetKeySpan(), rows.GetValueSpan())) break;
        return found;
    });

    static byte[] Pack(ReadOnlySpan<long> positions)
    {
        var packed = new byte[positions.Length * sizeof(long)];
        for (var i = 0; i < positions.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(packed.AsSpan(i * sizeof(long)), positions[i]);
        return packed;
    }

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();
}
