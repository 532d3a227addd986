using System.Buffers.Binary;
using System.Text;
namespace Recourse.Runtime;

/// <summary>
/// The follower's file: a cache that is rebuilt from the journal whenever it is missing or older than us.
/// </summary>
public sealed class IndexFile : IDisposable
{
    /// <summary>A path for one thread that needs no file.</summary>
    public const string InMemory = ":memory:";

    const int Version = 2;

    // Whoever reads must not wait for a batch to be written: everybody would wait for them.
    readonly Lock _writing = new(), _reading = new();
    readonly StoreJson _json;
    readonly Db _db, _reader;
    readonly Prepared _positions, _snapshot, _wakes, _due, _next, _addTurns, _setWake, _dropWake, _addSnapshot,
        _addOwed, _ids;

    /// <summary>Opens or creates it.</summary>
    public IndexFile(string path, StoreJson json)
    {
        _json = json;
        _db = new Db(path, durable: false);
        using (var version = _db.Prepare("PRAGMA user_version"))
            if (version.Step() && version.Long(0) != Version) Create();
        _reader = path is InMemory ? _db : new Db(path, durable: false);
        _positions = _reader.Prepare("SELECT positions FROM aggregate WHERE id = ?1 AND upto > ?2 ORDER BY upto");
        _snapshot = _reader.Prepare("SELECT version, state_version, position, keys, state FROM snapshot WHERE id = ?1");
        _wakes = _reader.Prepare("SELECT id, due FROM wake WHERE partition = ?1 AND due > ?2 AND due <= ?3");
        _due = _reader.Prepare("SELECT DISTINCT partition FROM wake WHERE due <= ?1");
        _next = _reader.Prepare("SELECT id, due FROM wake WHERE (due, id) > (?1, ?2) ORDER BY due, id LIMIT ?3");
        _addTurns = _db.Prepare("REPLACE INTO aggregate VALUES(?1, ?2, ?3)");
        _setWake = _db.Prepare("REPLACE INTO wake VALUES(?1, ?2, ?3)");
        _dropWake = _db.Prepare("DELETE FROM wake WHERE id = ?1");
        _addSnapshot = _db.Prepare("REPLACE INTO snapshot VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
        _ids = _reader.Prepare("SELECT DISTINCT id FROM aggregate WHERE id > ?1 ORDER BY id LIMIT 5000");
        _addOwed = _db.Prepare("REPLACE INTO owed VALUES(?1, ?2)");
    }

    void Create() => _db.Execute($"""
        DROP TABLE IF EXISTS aggregate; DROP TABLE IF EXISTS snapshot; DROP TABLE IF EXISTS wake;
        DROP TABLE IF EXISTS owed; DROP TABLE IF EXISTS checkpoint;
        CREATE TABLE aggregate(id TEXT, upto INTEGER, positions BLOB, PRIMARY KEY(id, upto)) WITHOUT ROWID;
        CREATE TABLE snapshot(id TEXT PRIMARY KEY, version INTEGER, state_version INTEGER, position INTEGER,
            keys BLOB, state BLOB) WITHOUT ROWID;
        CREATE TABLE wake(id TEXT PRIMARY KEY, partition INTEGER, due INTEGER) WITHOUT ROWID;
        CREATE INDEX wake_due ON wake(partition, due);
        CREATE INDEX wake_when ON wake(due);
        CREATE TABLE owed(partition INTEGER PRIMARY KEY, body BLOB NOT NULL);
        CREATE TABLE checkpoint(position INTEGER);
        PRAGMA user_version={Version};
        """);

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (_writing)
            _db.Execute("DELETE FROM aggregate; DELETE FROM snapshot; DELETE FROM wake; DELETE FROM owed; " +
                "DELETE FROM checkpoint");
    }

    /// <summary>What was owed at the last checkpoint, and its position.</summary>
    internal long Load(Follower.Owings[] owings)
    {
        using var rows = _db.Prepare("SELECT partition, body FROM owed");
        while (rows.Step()) Unpack(rows.Bytes(1).ToArray(), owings[rows.Long(0)]);
        using var position = _db.Prepare("SELECT position FROM checkpoint");
        return position.Step() ? position.Long(0) : 0;
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

    internal void Save(
        Follower.Batch batch, List<(int Partition, byte[] Body)> owed, long position, Func<IId, int> partitionOf)
    {
        lock (_writing)
        {
            try { Write(batch, owed, position, partitionOf); }
            catch (Microsoft.Data.Sqlite.SqliteException) { _db.RollBack(); throw; }
        }
    }

    void Write(
        Follower.Batch batch, List<(int Partition, byte[] Body)> owed, long position, Func<IId, int> partitionOf)
    {
        _db.Execute("BEGIN IMMEDIATE; DELETE FROM checkpoint");
        foreach (var (id, positions) in batch.Turns)
            _addTurns.Bind(1, id.ToString()).Bind(2, positions[^1]).Bind(3, Pack(positions)).Run();
        foreach (var (id, at) in batch.Wakes)
            if (at is { } due)
                _setWake.Bind(1, id.ToString()).Bind(2, partitionOf(id)).Bind(3, due.ToUnixTimeTicks()).Run();
            else _dropWake.Bind(1, id.ToString()).Run();
        foreach (var (id, (entry, at)) in batch.Snapshots) SaveSnapshot(id, entry, at);
        foreach (var (partition, body) in owed) _addOwed.Bind(1, partition).Bind(2, body).Run();
        _db.Execute($"INSERT INTO checkpoint VALUES({position}); COMMIT");
    }

    void SaveSnapshot(IId id, Entry entry, long position)
    {
        var kind = Kinds!.Of(id);
        _addSnapshot.Bind(1, id.ToString()).Bind(2, entry.Version).Bind(3, kind.StateVersion).Bind(4, position)
            .Bind(5, _json.Write(typeof(ImmutableArray<Said>), entry.Keys))
            .Bind(6, _json.Write(kind.Types.State, entry.State!)).Run();
    }

    /// <summary>The registry, so that states can be written by their kinds.</summary>
    internal Registry? Kinds { get; set; }

    /// <summary>The newest snapshot of that kind's present shape.</summary>
    public (Entry Entry, long Position)? Snapshot(Kind kind, string id)
    {
        lock (_reading)
        {
            if (!_snapshot.Bind(1, id).Step()) return null;
            try
            {
                if (_snapshot.Long(1) != kind.StateVersion) return null;
                var version = _snapshot.Long(0);
                return (new(_json.Read(kind.Types.State, _snapshot.Bytes(4)), version,
                    (ImmutableArray<Said>)_json.Read(typeof(ImmutableArray<Said>), _snapshot.Bytes(3)), 0, version),
                    _snapshot.Long(2));
            }
            finally { _snapshot.Reset(); }
        }
    }

    /// <summary>Where an aggregate's turns after a position are.</summary>
    public List<long> Positions(string id, long after)
    {
        lock (_reading)
        {
            List<long> positions = [];
            _positions.Bind(1, id).Bind(2, after);
            while (_positions.Step())
            {
                var packed = _positions.Bytes(0);
                for (var i = 0; i < packed.Length; i += 8)
                    if (BinaryPrimitives.ReadInt64LittleEndian(packed[i..]) is var p && p > after) positions.Add(p);
            }
            return positions;
        }
    }

    /// <summary>Every aggregate's id, in pages.</summary>
    public IEnumerable<List<string>> Ids()
    {
        for (var after = "";;)
        {
            List<string> page = [];
            lock (_reading)
            {
                _ids.Bind(1, after);
                while (_ids.Step()) page.Add(_ids.Text(0));
            }
            if (page.Count == 0) yield break;
            yield return page;
            after = page[^1];
        }
    }

    static byte[] Pack(List<long> positions)
    {
        var packed = new byte[positions.Count * 8];
        for (var i = 0; i < positions.Count; i++)
            BinaryPrimitives.WriteInt64LittleEndian(packed.AsSpan(i * 8), positions[i]);
        return packed;
    }

    /// <summary>Wakes of a partition after one instant (null: however late) up to another.</summary>
    public List<(string Id, Instant At)> Wakes(int partition, Instant? after, Instant until)
    {
        lock (_reading)
        {
            List<(string, Instant)> found = [];
            _wakes.Bind(1, partition).Bind(2, after?.ToUnixTimeTicks() ?? long.MinValue)
                .Bind(3, until.ToUnixTimeTicks());
            while (_wakes.Step()) found.Add((_wakes.Text(0), Instant.FromUnixTimeTicks(_wakes.Long(1))));
            return found;
        }
    }

    /// <summary>Wakes of all partitions after an instant and id, the soonest first.</summary>
    public List<(string Id, Instant At)> Wakes(Instant after, string afterId, int most)
    {
        lock (_reading)
        {
            List<(string, Instant)> found = [];
            _next.Bind(1, after.ToUnixTimeTicks()).Bind(2, afterId).Bind(3, most);
            while (_next.Step()) found.Add((_next.Text(0), Instant.FromUnixTimeTicks(_next.Long(1))));
            return found;
        }
    }

    /// <summary>Partitions whose time comes by then.</summary>
    public List<int> PartitionsDue(Instant until)
    {
        lock (_reading)
        {
            List<int> found = [];
            _due.Bind(1, until.ToUnixTimeTicks());
            while (_due.Step()) found.Add((int)_due.Long(0));
            return found;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_reader != _db) _reader.Dispose();
        _db.Dispose();
    }
}
