using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Keys that people make for programs, and what is known of their use.</summary>
public sealed partial class AccessKeys
{
    const string Columns = "id, role, of, scopes, created, revoked, name, staff, by, used";

    static readonly TimeSpan FlushedEvery = TimeSpan.FromSeconds(30);

    readonly ConcurrentDictionary<string, Instant> _uses = [];
    readonly Timer _flush;

    /// <summary>Files from before there were pages for keys have fewer columns.</summary>
    void AddColumns()
    {
        HashSet<string> has = [];
        using (var columns = _db.Prepare("SELECT name FROM pragma_table_info('key')"))
            while (columns.Step()) has.Add(columns.Text(0));
        foreach (var (name, type) in (ReadOnlySpan<(string, string)>)
            [("name", "TEXT NOT NULL DEFAULT ''"), ("staff", $"INTEGER NOT NULL DEFAULT {(int)Right.Owner}"),
             ("by", "TEXT"), ("used", "INTEGER"), ("asked", "TEXT")])
            if (!has.Contains(name)) _db.Execute($"ALTER TABLE key ADD COLUMN {name} {type}");
        _db.Execute("""
            CREATE INDEX IF NOT EXISTS key_of ON key(role, of);
            CREATE UNIQUE INDEX IF NOT EXISTS key_asked ON key(asked) WHERE asked IS NOT NULL;
            """);
    }

    /// <summary>
    /// Makes a key for a program. Asked twice with the same text, the first key is returned without its secret.
    /// </summary>
    /// <param name="by">Who makes it.</param>
    /// <param name="asked">Names the asking.</param>
    public (AccessKey Key, string? Token) Make(
        Party role, string of, Scopes scopes, string name, Right right, string by, string asked)
    {
        if ((role & AccessKey.Programs) == 0) throw new ArgumentException($"{role} is no program.", nameof(role));
        lock (_gate)
            while (true)
            {
                var token = NewToken();
                var isNew = Put(token, role, of, scopes, name, right, by, asked);
                if (!_asked.Bind(1, asked).Step()) continue;                // another key has this id
                var key = Read(_asked);
                _asked.Reset();
                return (key, isNew ? token : null);
            }
    }

    /// <summary>False if there is a key with that id, or one that was asked for so.</summary>
    bool Put(
        string token, Party role, string of, Scopes scopes, string name, Right right, string? by, string? asked)
    {
        _put.Bind(1, IdOf(token)).Bind(2, HashOf(token)).Bind(3, NameOf(role)).Bind(4, of).Bind(5, (long)scopes)
            .Bind(6, _clock.Now.ToUnixTimeTicks()).Bind(7, name).Bind(8, (long)right).Bind(9, by).Bind(10, asked).Run();
        return SQLitePCL.raw.sqlite3_changes(_db.Handle) > 0;
    }

    /// <summary>Keys of a role that are good, the newest first; of everybody if nobody is named.</summary>
    public ImmutableArray<AccessKey> Of(Party role, string? of)
    {
        lock (_gate)
        {
            List<AccessKey> keys = [];
            _some.Bind(1, NameOf(role)).Bind(2, of);
            while (_some.Step()) keys.Add(Read(_some));
            return [.. keys.Where(k => k.RevokedAt is null).OrderByDescending(k => k.CreatedAt)
                .Select(k => _uses.TryGetValue(k.Id, out var at) ? k with { UsedAt = at } : k)];
        }
    }

    /// <summary>Whether somebody runs the platform with a key.</summary>
    public bool HasOperator => Of(Party.Operator, null) is not [];

    /// <summary>Writes down what was used lately, all in one commit.</summary>
    void Flush()
    {
        if (_uses.IsEmpty) return;
        lock (_gate)
            try
            {
                _db.Execute("BEGIN IMMEDIATE");
                foreach (var (id, at) in _uses.ToArray())
                    if (_uses.TryRemove(id, out _)) _used.Bind(1, id).Bind(2, at.ToUnixTimeTicks()).Run();
                _db.Execute("COMMIT");
            }
            catch (SqliteException) { _db.RollBack(); }                     // no space: it is only of interest
    }
}
