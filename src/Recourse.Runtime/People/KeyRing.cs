using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
namespace Recourse.Runtime;

/// <summary>
/// A key for each person, in a file of its own. Losing a key is erasing what it sealed, everywhere at once.
/// </summary>
public sealed class KeyRing : IDisposable
{
    const int Nonce = 12, Tag = 16, FreshForMilliseconds = 500;

    readonly Lock _gate = new();
    readonly StoreJson _json;
    readonly Db _db;
    readonly Prepared _get, _put, _drop, _erase, _isErased, _changes;
    readonly ConcurrentDictionary<string, byte[]> _keys = [];
    long _lookedAt, _seenChange;

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
        _get = _db.Prepare("SELECT key FROM key WHERE person = ?1");
        _put = _db.Prepare("INSERT INTO key VALUES(?1, ?2)");
        _drop = _db.Prepare("DELETE FROM key WHERE person = ?1");
        _erase = _db.Prepare("INSERT OR IGNORE INTO erased VALUES(?1, ?2)");
        _isErased = _db.Prepare("SELECT 1 FROM erased WHERE person = ?1");
        _changes = _db.Prepare("PRAGMA data_version");
    }

    /// <summary>The database, for backup.</summary>
    public Db Db => _db;

    /// <summary>Seals a person's data; throws <c>people.erased</c> for one who was erased.</summary>
    public Sealed<T> Seal<T>(string person, T value) where T : class
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(value, _json.Options);
        return new(person, Convert.ToBase64String(SealBytes(person, plain)));
    }

    /// <summary>Seals bytes of a person; throws <c>people.erased</c> for one who was erased.</summary>
    public byte[] SealBytes(string person, ReadOnlySpan<byte> plain)
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
        lock (_gate)
        {
            var had = Find(person) is not null;
            _keys.TryRemove(person, out _);
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
    public byte[] Secret(string what) => KeyOf($"secret/{what}");

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
            _db.Execute("BEGIN IMMEDIATE");
            foreach (var person in people.Where(p => !erased.Contains(p) && Find(p) is null).Distinct().ToList())
                _put.Bind(1, person).Bind(2, RandomNumberGenerator.GetBytes(32)).Run();
            _db.Execute("COMMIT");
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
            if (change != _seenChange) _keys.Clear();
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
            var key = RandomNumberGenerator.GetBytes(32);
            _put.Bind(1, person).Bind(2, key).Run();
            return _keys[person] = key;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _db.Dispose();
}
