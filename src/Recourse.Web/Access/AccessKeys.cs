using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Recourse.Runtime;
using Db = Recourse.Runtime.Db;
using IClock = Recourse.Runtime.IClock;
namespace Recourse.Web;

/// <summary>What a key may do at all, besides what its role allows.</summary>
[Flags]
public enum Scopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Looking.</summary>
    Read = 1,

    /// <summary>Doing.</summary>
    Write = 2,

    /// <summary>Both.</summary>
    All = Read | Write,
}

/// <summary>A key as it is kept: never the key itself.</summary>
/// <param name="Id">Its first characters, by which it is known and revoked.</param>
/// <param name="Name">What it is for, in its maker's words.</param>
/// <param name="Right">For a seller's key, what it may do there.</param>
/// <param name="By">Who made it; null: whoever runs the machine.</param>
/// <param name="UsedAt">When it was last used, to half a minute; kept of keys for programs.</param>
public sealed record AccessKey(
    string Id, Party Role, string Of, Scopes Scopes, Instant CreatedAt, Instant? RevokedAt, string Name = "",
    Right Right = Right.Owner, string? By = null, Instant? UsedAt = null)
{
    /// <summary>Roles that programs come in with.</summary>
    public const Party Programs = Party.Seller | Party.Carrier | Party.Integration;

    /// <summary>Whoever shows the key.</summary>
    public Actor Actor => AccessKeys.ActorOf(Role, Of);
}

/// <summary>Hashed keys in a file of their own beside the store; several processes may use it at once.</summary>
public sealed partial class AccessKeys : IDisposable
{
    /// <summary>What every key starts with.</summary>
    public const string Mark = "rk_";

    /// <summary>The file's name in a store's folder.</summary>
    public const string FileName = "access.db";

    const int Prefix = 8, Secret = 32;
    const long FreshForMilliseconds = 2_000;

    /// <summary>Roles that can have a key, by the name that people write.</summary>
    public static readonly ImmutableArray<(string Name, Party Role)> Roles =
    [
        ("buyer", Party.Buyer), ("seller", Party.Seller), ("warehouse", Party.Warehouse), ("agent", Party.Agent),
        ("operator", Party.Operator), ("carrier", Party.Carrier), ("integration", Party.Integration),
    ];

    readonly record struct Known(byte[] Hash, AccessKey? Key, long At);

    readonly Lock _gate = new();
    readonly IClock _clock;
    readonly Db _db;
    readonly Prepared _put, _get, _revoke, _all, _some, _asked, _used;
    readonly ConcurrentDictionary<string, Known> _known = [];

    /// <summary>Opens or creates <c>access.db</c> in a store's folder.</summary>
    public AccessKeys(string folder, IClock clock)
    {
        Directory.CreateDirectory(folder);
        _clock = clock;
        _db = new(Path.Combine(folder, FileName), durable: true);
        _db.Execute("""
            CREATE TABLE IF NOT EXISTS key(id TEXT PRIMARY KEY, hash BLOB NOT NULL, role TEXT NOT NULL,
                of TEXT NOT NULL, scopes INTEGER NOT NULL, created INTEGER NOT NULL, revoked INTEGER) WITHOUT ROWID
            """);
        AddColumns();
        _put = _db.Prepare("INSERT OR IGNORE INTO key VALUES(?1, ?2, ?3, ?4, ?5, ?6, NULL, ?7, ?8, ?9, NULL, ?10)");
        _get = _db.Prepare($"SELECT {Columns}, hash FROM key WHERE id = ?1");
        _revoke = _db.Prepare("UPDATE key SET revoked = ?2 WHERE id = ?1 AND revoked IS NULL");
        _all = _db.Prepare($"SELECT {Columns} FROM key ORDER BY created, id");
        _some = _db.Prepare($"SELECT {Columns} FROM key WHERE role = ?1 AND (?2 IS NULL OR of = ?2)");
        _asked = _db.Prepare($"SELECT {Columns} FROM key WHERE asked = ?1");
        _used = _db.Prepare("UPDATE key SET used = ?2 WHERE id = ?1");
        _flush = new(_ => Flush(), null, FlushedEvery, FlushedEvery);
    }

    /// <summary>Makes a key and returns it: the only time that it is seen. Throws for a bad role or id.</summary>
    /// <param name="of">The code of the buyer, seller, agent, …; a warehouse's is its seller's.</param>
    public string Create(Party role, string of, Scopes scopes = Scopes.All)
    {
        if (Roles.All(r => r.Role != role)) throw new ArgumentException($"{role} has no keys.", nameof(role));
        if (!Derived.IsCode(of)) throw new ArgumentException($"\"{of}\" is no code.", nameof(of));
        lock (_gate)
            while (true)
                if (NewToken() is var token && Put(token, role, of, scopes, "", Right.Owner, null, null)) return token;
    }

    /// <summary>The same for many, in one commit.</summary>
    public ImmutableArray<string> Create(Party role, IEnumerable<string> of)
    {
        lock (_gate)
        {
            _db.Execute("BEGIN IMMEDIATE");
            try
            {
                ImmutableArray<string> tokens = [.. of.Select(code => Create(role, code))];
                _db.Execute("COMMIT");
                return tokens;
            }
            catch
            {
                _db.RollBack();
                throw;
            }
        }
    }

    static string NewToken() => Mark + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Secret));

    /// <summary>The key that was shown; null if there is none such, or no longer.</summary>
    public AccessKey? Find(string token)
    {
        if (!token.StartsWith(Mark, StringComparison.Ordinal) || token.Length != Mark.Length + 2 * Secret) return null;
        var id = IdOf(token);
        if (OfId(id) is not { } key || !_known.TryGetValue(id, out var known)
            || !CryptographicOperations.FixedTimeEquals(known.Hash, HashOf(token))) return null;
        if ((key.Role & AccessKey.Programs) != 0 && !_uses.ContainsKey(id)) _uses[id] = _clock.Now;
        return key;
    }

    /// <summary>The key of that id; null if there is none such, or no longer.</summary>
    public AccessKey? OfId(string id)
    {
        if (!_known.TryGetValue(id, out var known) || Environment.TickCount64 - known.At > FreshForMilliseconds)
            known = Load(id);
        return known.Key is { RevokedAt: null } key ? key : null;
    }

    /// <summary>Ends a key by its id; false if there is none such.</summary>
    public bool Revoke(string id)
    {
        lock (_gate) _revoke.Bind(1, id).Bind(2, _clock.Now.ToUnixTimeTicks()).Run();
        return Load(id).Key is not null;
    }

    /// <summary>Every key, oldest first.</summary>
    public ImmutableArray<AccessKey> All()
    {
        lock (_gate)
        {
            List<AccessKey> keys = [];
            while (_all.Step()) keys.Add(Read(_all));
            return [.. keys];
        }
    }

    /// <summary>Also what isn't there is remembered for a moment, or guessing would keep the disk busy.</summary>
    Known Load(string id)
    {
        lock (_gate)
        {
            var known = new Known([], null, Environment.TickCount64);
            if (_get.Bind(1, id).Step())
            {
                known = known with { Key = Read(_get), Hash = _get.Bytes(10).ToArray() };
                _get.Reset();
            }
            else if (_known.Count > 10_000) return known;
            return _known[id] = known;
        }
    }

    static AccessKey Read(Prepared row) => new(
        row.Text(0), Roles.First(r => r.Name == row.Text(1)).Role, row.Text(2), (Scopes)row.Long(3),
        Instant.FromUnixTimeTicks(row.Long(4)), row.IsNull(5) ? null : Instant.FromUnixTimeTicks(row.Long(5)),
        row.Text(6), (Right)row.Long(7), row.IsNull(8) ? null : row.Text(8),
        row.IsNull(9) ? null : Instant.FromUnixTimeTicks(row.Long(9)));

    /// <summary>The actor of a role.</summary>
    public static Actor ActorOf(Party role, string of) => role switch
    {
        Party.Buyer       => new Actor.Buyer(new(of)),
        Party.Seller      => new Actor.Seller(new(of)),
        Party.Warehouse   => new Actor.Warehouse(new(of)),
        Party.Agent       => new Actor.Agent(of),
        Party.Operator    => new Actor.Operator(of),
        Party.Carrier     => new Actor.Carrier(of),
        Party.Integration => new Actor.Integration(of),
        _ => throw new ArgumentException($"{role} has no keys.", nameof(role)),
    };

    /// <summary>A role as people write it.</summary>
    public static string NameOf(Party role) => Roles.First(r => r.Role == role).Name;

    /// <summary>The id of a key that was just made.</summary>
    public static string IdOf(string token) => token[..(Mark.Length + Prefix)];

    static byte[] HashOf(string token) => SHA256.HashData(Encoding.ASCII.GetBytes(token));

    /// <inheritdoc/>
    public void Dispose()
    {
        _flush.Dispose();
        Flush();
        _db.Dispose();
    }
}
