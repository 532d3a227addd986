using System.Text.Json;
using Microsoft.Data.Sqlite;
using Recourse.Runtime;
using Db = Recourse.Runtime.Db;
using IClock = Recourse.Runtime.IClock;
namespace Recourse.Web;

/// <summary>
/// People's accounts, what they are here, invitations and their access log: a file of its own beside the store.
/// </summary>
public sealed partial class Accounts : IDisposable
{
    /// <summary>The file's name in a store's folder.</summary>
    public const string FileName = "accounts.db";

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    // All of them know an id, an address and a name as 1, 2 and 3.
    static readonly ImmutableArray<string> Forgetting =
    [
        "DELETE FROM passkey WHERE person = ?1 OR (?2 || ?3) IS NULL",
        "DELETE FROM hat WHERE person = ?1 OR (?2 || ?3) IS NULL",
        "DELETE FROM session WHERE person = ?1 OR (?2 || ?3) IS NULL",
        "DELETE FROM log WHERE subject = 'person/' || ?1 OR (?2 || ?3) IS NULL",
        "DELETE FROM invitation WHERE lower(mail) = lower(?2) OR (?1 || ?3) IS NULL",
        """
        UPDATE log SET about = NULL
            WHERE instr(lower(about), lower(?2)) > 0 OR instr(about, ?3 || ', ') = 1 OR ?1 IS NULL
        """,
        "UPDATE log SET source = NULL WHERE source = ?3 OR (?1 || ?2) IS NULL",
        "DELETE FROM person WHERE id = ?1 OR (?2 || ?3) IS NULL",
    ];

    readonly Lock _gate = new();
    readonly IClock _clock;
    readonly Db _db;
    readonly Prepared _insert, _update, _byId, _byMail, _from;
    readonly ImmutableArray<Prepared> _forget;
    readonly Prepared _putPasskey, _dropPasskey, _passkeys, _byPasskey;

    /// <summary>Opens or creates it in a store's folder.</summary>
    public Accounts(string folder, IClock clock)
    {
        Directory.CreateDirectory(folder);
        _clock = clock;
        _db = new(Path.Combine(folder, FileName), durable: true);
        _db.Execute("PRAGMA secure_delete=ON");
        _db.Execute("""
            CREATE TABLE IF NOT EXISTS person(id TEXT PRIMARY KEY, mail TEXT NOT NULL UNIQUE, version INTEGER NOT NULL,
                body TEXT NOT NULL) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS passkey(id BLOB PRIMARY KEY, person TEXT NOT NULL, body TEXT NOT NULL)
                WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS passkey_person ON passkey(person);
            CREATE TABLE IF NOT EXISTS hat(person TEXT NOT NULL, role TEXT NOT NULL, of TEXT NOT NULL,
                staff INTEGER NOT NULL, since INTEGER NOT NULL, PRIMARY KEY(person, role, of)) WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS hat_of ON hat(role, of);
            CREATE TABLE IF NOT EXISTS invitation(id TEXT PRIMARY KEY, mail TEXT, role TEXT NOT NULL,
                of TEXT NOT NULL, staff INTEGER NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL,
                until INTEGER NOT NULL) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS log(number INTEGER PRIMARY KEY AUTOINCREMENT, subject TEXT NOT NULL,
                at INTEGER NOT NULL, what TEXT NOT NULL, about TEXT, source TEXT);
            CREATE INDEX IF NOT EXISTS log_subject ON log(subject, number);
            """);
        (_putSession, _seeSession, _dropSession, _session, _sessions, _pruneSessions) = PrepareSessions();
        _insert = _db.Prepare("INSERT OR IGNORE INTO person VALUES(?1, ?2, 1, ?3)");
        _update = _db.Prepare(
            "UPDATE OR IGNORE person SET mail = ?2, version = ?4 + 1, body = ?3 WHERE id = ?1 AND version = ?4");
        _forget = [.. Forgetting.Select(_db.Prepare)];
        _byId = _db.Prepare("SELECT body, mail, version FROM person WHERE id = ?1");
        _byMail = _db.Prepare("SELECT body, mail, version FROM person WHERE mail = ?1");
        _from = _db.Prepare("SELECT body, mail, version FROM person WHERE mail > ?1 ORDER BY mail LIMIT ?2");
        _putPasskey = _db.Prepare("REPLACE INTO passkey VALUES(?1, ?2, ?3)");
        _dropPasskey = _db.Prepare("DELETE FROM passkey WHERE id = ?1 AND person = ?2");
        _passkeys = _db.Prepare("SELECT body FROM passkey WHERE person = ?1");
        _byPasskey = _db.Prepare("SELECT person FROM passkey WHERE id = ?1");
        (_putHat, _dropHat, _hats, _members, _someone) = PrepareHats();
        (_putInvitation, _dropInvitation, _invitation, _invitations) = PrepareInvitations();
        (_note, _prune, _log) = PrepareLog();
    }

    /// <summary>Takes somebody in; false if the address has an account already.</summary>
    public bool Insert(Person person)
    {
        lock (_gate) return Changed(_insert.Bind(1, person.Id).Bind(2, person.MailKey).Bind(3, BodyOf(person)))
            && (person.Version = 1) > 0;
    }

    /// <summary>Writes what was changed; false if somebody else did so first, or the address is taken.</summary>
    public bool Update(Person person)
    {
        lock (_gate)
        {
            if (!Changed(_update.Bind(1, person.Id).Bind(2, person.MailKey).Bind(3, BodyOf(person))
                .Bind(4, person.Version))) return false;
            person.Version++;
            return true;
        }
    }

    /// <summary>
    /// Forgets somebody: account, passkeys, hats and log, and where others' logs name them; false if there was none.
    /// </summary>
    public bool Delete(string id)
    {
        lock (_gate)
            return One(_byId.Bind(1, id)) is { } person && Together(() =>
            {
                foreach (var forget in _forget)
                    forget.Bind(1, id).Bind(2, person.Mail).Bind(3, person.Name).Run();
                return true;
            });
    }

    /// <summary>Forgets everybody who was erased since a backup was taken.</summary>
    public void Forget(IEnumerable<string> erased)
    {
        foreach (var person in erased)
            if (BuyerId.TryParse(person, out var buyer)) Delete(buyer.Code);
        lock (_gate) _db.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>Keeps somebody out: what was decided about them has come to the door.</summary>
    public void KeepOut(string id, DateTimeOffset since) =>
        Set(id, person => person.BlockedAt is null && (person.BlockedAt = since) is not null);

    /// <summary>Lets somebody in again.</summary>
    public void LetIn(string id) =>
        Set(id, person => person.BlockedAt is not null && (person.BlockedAt = null) is null);

    void Set(string id, Func<Person, bool> change)
    {
        lock (_gate)
            if (OfId(id) is { } person && change(person)) Update(person);
    }

    /// <summary>Somebody by their id; null: there is none such.</summary>
    public Person? OfId(string id)
    {
        lock (_gate) return One(_byId.Bind(1, id));
    }

    /// <summary>Somebody by the key of their mail address.</summary>
    public Person? OfMail(string key)
    {
        lock (_gate) return One(_byMail.Bind(1, key));
    }

    /// <summary>Accounts in the order of their addresses, from after one on.</summary>
    public ImmutableArray<Person> From(string? after, int most)
    {
        lock (_gate)
        {
            List<Person> all = [];
            _from.Bind(1, after ?? "").Bind(2, most);
            while (_from.Step()) all.Add(Read(_from));
            return [.. all];
        }
    }

    /// <summary>Keeps a passkey; its body is the business of whoever reads it.</summary>
    public void PutPasskey(byte[] id, string person, string body)
    {
        lock (_gate) _putPasskey.Bind(1, id).Bind(2, person).Bind(3, body).Run();
    }

    /// <summary>Forgets one.</summary>
    public void DropPasskey(byte[] id, string person)
    {
        lock (_gate) _dropPasskey.Bind(1, id).Bind(2, person).Run();
    }

    /// <summary>All of somebody's.</summary>
    public ImmutableArray<string> PasskeysOf(string person)
    {
        lock (_gate)
        {
            List<string> all = [];
            _passkeys.Bind(1, person);
            while (_passkeys.Step()) all.Add(_passkeys.Text(0));
            return [.. all];
        }
    }

    /// <summary>Whose passkey it is.</summary>
    public Person? OfPasskey(byte[] id)
    {
        lock (_gate)
        {
            if (!_byPasskey.Bind(1, id).Step()) return null;
            var person = _byPasskey.Text(0);
            _byPasskey.Reset();
            return One(_byId.Bind(1, person));
        }
    }

    static string BodyOf(Person person) => JsonSerializer.Serialize(person, Json);

    static Person? One(Prepared query)
    {
        if (!query.Step()) return null;
        var person = Read(query);
        query.Reset();
        return person;
    }

    static Person Read(Prepared row)
    {
        var person = JsonSerializer.Deserialize<Person>(row.Text(0), Json)!;
        (person.MailKey, person.Version) = (row.Text(1), row.Long(2));
        return person;
    }

    bool Changed(Prepared statement)
    {
        statement.Run();
        return SQLitePCL.raw.sqlite3_changes(_db.Handle) > 0;
    }

    T Together<T>(Func<T> work)
    {
        _db.Execute("BEGIN IMMEDIATE");
        try
        {
            var result = work();
            _db.Execute("COMMIT");
            return result;
        }
        catch (Exception e) when (e is SqliteException or InvalidOperationException)
        {
            _db.RollBack();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _db.Dispose();
}
