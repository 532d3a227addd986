using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Data.Sqlite;
namespace Recourse.Runtime;

/// <summary>
/// A key for each person, in a file of its own. Losing a key is erasing what it sealed, everywhere at once.
/// </summary>
public sealed class KeyRing : IDisposable
{
    const int Nonce = 12, Tag = 16, FreshForMilliseconds = 500;

    readonly Lock _gate = new(), _keeping = new();                          // whoever takes both keeps first
    readonly StoreJson _json;
    readonly Db _db, _keeper;                                               // nobody who reads waits for the disk
    readonly Prepared _get, _put, _drop, _erase, _isErased, _changes, _erasures;
    readonly ConcurrentDictionary<string, byte[]> _keys = [];
    readonly Dictionary<string, byte[]> _unkept = [];                       // until the next commit
    long _lookedAt, _seenChange, _seenErasures;

    /// <summary>Opens or creates it.</summary>
    public KeyRing(string path, StoreJson json)
    {
        _json = json;
        _db = new Db(path, durable: true);
        _db.Execute("PRAGMA secure_delete=ON");
        _db.Execute("""
            CREATE TABLE IF NOT EXISTS key(person TEXT PRIMARY KEY, key BLOB NOT NULL) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS erased(person TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
            """);
        _keeper = new Db(path, durable: true);
        _get = _db.Prepare("SELECT key FROM key WHERE person = ?1");
        _put = _keeper.Prepare(
            "INSERT INTO key SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM erased WHERE person = ?1)");
        _drop = _db.Prepare("DELETE FROM key WHERE person = ?1");
        _erase = _db.Prepare("INSERT OR IGNORE INTO erased VALUES(?1, ?2)");
        _isErased = _db.Prepare("SELECT 1 FROM erased WHERE person = ?1");
        _changes = _db.Prepare("PRAGMA data_version");
        _erasures = _db.Prepare("SELECT count(*) FROM erased");
    }

    /// <summary>The database, for backup.</summary>
    public Db Db => _db;

    /// <summary>
    /// Seals a person's data for the journal, which keeps a new key before it keeps what was sealed with it; for
    /// another place, <see cref="Keep"/> it. Throws <c>people.erased</c> for one who was erased.
    /// </summary>
    public Sealed<T> Seal<T>(string person, T value) where T : class
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(value, _json.Options);
        return new(person, Convert.ToBase64String(SealPlain(person, plain)));
    }

    /// <summary>
    /// Seals bytes of a person, whose key is kept; throws <c>people.erased</c> for one who was erased.
    /// </summary>
    public byte[] SealBytes(string person, ReadOnlySpan<byte> plain)
    {
        var cipher = SealPlain(person, plain);
        Keep();
        return cipher;
    }

    byte[] SealPlain(string person, ReadOnlySpan<byte> plain)
    {
        var cipher = new byte[Nonce + plain.Length + Tag];
        RandomNumberGenerator.Fill(cipher.AsSpan(0, Nonce));
        using var aes = new AesGcm(KeyOf(person), Tag);
        aes.Encrypt(cipher.AsSpan(0, Nonce), plain, cipher.AsSpan(Nonce, plain.Length),
            cipher.AsSpan(Nonce + plain.Length),
            System.Text.Encoding.UTF8.GetBytes(person));
        return cipher;
    }

    /// <summary>Opens a person's data; null once they were erased.</summary>
    public T? Open<T>(Sealed<T> data) where T : class =>
        OpenBytes(data.Person, Convert.FromBase64String(data.Cipher)) is { } plain
            ? JsonSerializer.Deserialize<T>(plain, _json.Options) : null;

    /// <summary>Opens bytes of a person; null once they were erased.</summary>
    public byte[]? OpenBytes(string person, byte[] cipher)
    {
        if (Find(person) is not { } key) return null;
        var plain = new byte[cipher.Length - Nonce - Tag];
        using var aes = new AesGcm(key, Tag);
        aes.Decrypt(cipher.AsSpan(0, Nonce), cipher.AsSpan(Nonce, plain.Length), cipher.AsSpan(Nonce + plain.Length),
            plain,
            System.Text.Encoding.UTF8.GetBytes(person));
        return plain;
    }

    /// <summary>Loses a person's key for ever; false if there was none.</summary>
    public bool Erase(string person, Instant at)
    {
        lock (_keeping)
        lock (_gate)
        {
            var had = Find(person) is not null;
            _keys.TryRemove(person, out _);
            _unkept.Remove(person);
            _db.Execute("BEGIN IMMEDIATE");
            _drop.Bind(1, person).Run();
            _erase.Bind(1, person).Bind(2, at.ToUnixTimeTicks()).Run();
            _db.Execute("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
            return had;
        }
    }

    /// <summary>Everyone who was erased, and when.</summary>
    public List<(string Person, Instant At)> Erased()
    {
        lock (_gate)
        {
            List<(string, Instant)> all = [];
            using var rows = _db.Prepare("SELECT person, at FROM erased ORDER BY person");
            while (rows.Step()) all.Add((rows.Text(0), Instant.FromUnixTimeTicks(rows.Long(1))));
            return all;
        }
    }

    /// <summary>A key of the store's own, the same for ever, that belongs to nobody.</summary>
    public byte[] Secret(string what)
    {
        var key = KeyOf($"secret/{what}");
        Keep();
        return key;
    }

    /// <summary>Whether there is a key for that person.</summary>
    public bool Has(string person) => Find(person) is not null;

    /// <summary>When somebody was erased; null: they were not.</summary>
    public Instant? ErasedAt(string person) =>
        Erased().Where(e => e.Person == person).Select(e => (Instant?)e.At).FirstOrDefault();

    /// <summary>Makes the keys that are missing, all in one commit; whoever was erased gets none.</summary>
    public void Prepare(IEnumerable<string> people)
    {
        lock (_gate)
        {
            HashSet<string> erased = [.. Erased().Select(e => e.Person)];
            foreach (var person in people.Where(p => !erased.Contains(p))) KeyOf(person);
        }
        Keep();
    }

    /// <summary>
    /// Writes the keys that were made since, all in one commit. Whoever was erased meanwhile keeps none.
    /// </summary>
    /// <exception cref="SqliteException">The disk is full or away: they are written the next time.</exception>
    public void Keep()
    {
        lock (_keeping)
        {
            KeyValuePair<string, byte[]>[] made;
            lock (_gate)
            {
                if (_unkept.Count == 0) return;
                made = [.. _unkept];
            }
            _keeper.Execute("BEGIN IMMEDIATE");
            try
            {
                foreach (var (person, key) in made) _put.Bind(1, person).Bind(2, key).Run();
                _keeper.Execute("COMMIT");
            }
            catch
            {
                _keeper.RollBack();
                throw;
            }
            lock (_gate)
                foreach (var (person, _) in made) _unkept.Remove(person);
        }
    }

    /// <summary>Somebody may be erased by another process: what was known of keys is forgotten soon after.</summary>
    void LookAgain()
    {
        if (Environment.TickCount64 - Volatile.Read(ref _lookedAt) < FreshForMilliseconds) return;
        lock (_gate)
        {
            _changes.Step();
            var change = _changes.Long(0);
            _changes.Reset();
            if (change != _seenChange && _erasures.Step())
            {
                if (_erasures.Long(0) != _seenErasures) _keys.Clear();
                _seenErasures = _erasures.Long(0);
                _erasures.Reset();
            }
            _seenChange = change;
            Volatile.Write(ref _lookedAt, Environment.TickCount64);
        }
    }

    byte[]? Find(string person)
    {
        LookAgain();
        if (_keys.TryGetValue(person, out var known)) return known;
        lock (_gate)
        {
            if (_unkept.TryGetValue(person, out var made)) return made;
            if (!_get.Bind(1, person).Step()) return null;
            var key = _get.Bytes(0).ToArray();
            _get.Reset();
            return _keys[person] = key;
        }
    }

    byte[] KeyOf(string person)
    {
        if (Find(person) is { } found) return found;
        lock (_gate)
        {
            if (Find(person) is { } made) return made;
            var erased = _isErased.Bind(1, person).Step();
            if (erased)
            {
                _isErased.Reset();
                throw new StoreException("people.erased", $"{person} was erased and can't be written about again.");
            }
            return _unkept[person] = _keys[person] = RandomNumberGenerator.GetBytes(32);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _keeper.Dispose();
        _db.Dispose();
    }
}
