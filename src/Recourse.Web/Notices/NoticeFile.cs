using System.Globalization;
using Recourse.Runtime;
using Db = Recourse.Runtime.Db;
namespace Recourse.Web;

/// <summary>Where in the log stands what somebody is told: which event of a turn, which notice of it.</summary>
readonly record struct Told(long Position, int Nth, int Part)
{
    /// <summary>As addresses have it; it is the cursor of lists too.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Position}-{Nth}-{Part}");

    /// <summary>One that nobody wrote is none.</summary>
    public static Told? Read(string? text) => text?.Split('-') is [var position, var nth, var part]
        && long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var p)
        && int.TryParse(nth, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
        && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var i) ? new(p, n, i) : null;
}

/// <summary>What one stretch of the log means for those who are told.</summary>
sealed class News
{
    public List<(string Person, Told What)> Inbox { get; } = [];
    public List<(string Person, Told What, Instant At)> Mail { get; } = [];
    public List<(string Person, Notifications Choice)> Choices { get; } = [];
}

/// <summary>
/// Who is told what: inboxes as places in the log, what was read, what is still to be mailed. It is no view, since
/// what was read and sent can't be folded out of the log again, and since nobody's order should wait for it.
/// </summary>
sealed partial class NoticeFile : IDisposable
{
    /// <summary>The file's name in a store's folder.</summary>
    public const string FileName = "notices.db";

    const int MostCounted = 100;

    readonly Lock _logGate = new(), _ownGate = new();
    readonly StoreJson _json;
    readonly Db _log, _own;
    readonly Prepared _tell, _move, _choose, _choice, _list, _count, _seen, _see;

    /// <summary>Opens or creates it. What is older than a new one stands in inboxes as read, and is not sent.</summary>
    public NoticeFile(string folder, long position, StoreJson json)
    {
        _json = json;
        var path = Path.Combine(folder, FileName);
        // What follows the log can be done again, so it waits for no disk; what people say is kept at once.
        (_own, _log) = (new(path, durable: true, cacheMegabytes: 2), new(path, durable: false, cacheMegabytes: 8));
        foreach (var table in (string[])[.. Tables, .. LetterTables]) _own.Execute(table);
        _own.Execute($"INSERT OR IGNORE INTO place VALUES(1, 0, {position})");
        ForgetBeyond(position);
        using (var place = _own.Prepare("SELECT position, born FROM place"))
        {
            place.Step();
            (_position, Born) = (place.Long(0), place.Long(1));
            place.Reset();
        }
        _tell = _log.Prepare("INSERT OR IGNORE INTO inbox VALUES(?1, ?2, ?3, ?4)");
        _move = _log.Prepare("UPDATE place SET position = ?1");
        _choose = _log.Prepare("REPLACE INTO choice VALUES(?1, ?2)");
        _choice = _log.Prepare("SELECT body FROM choice WHERE person = ?1");
        _list = _own.Prepare("""
            SELECT position, nth, part FROM inbox
            WHERE person = ?1 AND (?2 IS NULL OR (position, nth, part) < (?2, ?3, ?4))
            ORDER BY position DESC, nth DESC, part DESC LIMIT ?5
            """);
        _count = _own.Prepare($"""
            SELECT count(*) FROM (SELECT 1 FROM inbox WHERE person = ?1 AND position > ?2 LIMIT {MostCounted})
            """);
        _seen = _own.Prepare("SELECT position FROM seen WHERE reader = ?1");
        _see = _own.Prepare("""
            INSERT INTO seen VALUES(?1, ?2) ON CONFLICT(reader) DO UPDATE SET position = max(position, ?2)
            """);
        PrepareLetters();
    }

    /// <summary>A log that was restored to an earlier day has other things to tell from there on.</summary>
    void ForgetBeyond(long position)
    {
        _own.Execute($"DELETE FROM inbox WHERE position > {position}");
        _own.Execute($"DELETE FROM letter WHERE position > {position}");
        _own.Execute($"UPDATE place SET position = min(position, {position}), born = min(born, {position})");
        _own.Execute($"UPDATE seen SET position = min(position, {position})");
    }

    static readonly string[] Tables =
    [
        "CREATE TABLE IF NOT EXISTS place(one INTEGER PRIMARY KEY, position INTEGER NOT NULL, born INTEGER NOT NULL)",
        """
        CREATE TABLE IF NOT EXISTS inbox(person TEXT, position INTEGER, nth INTEGER, part INTEGER,
            PRIMARY KEY(person, position, nth, part)) WITHOUT ROWID
        """,
        "CREATE TABLE IF NOT EXISTS seen(reader TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID",
        "CREATE TABLE IF NOT EXISTS choice(person TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID",
    ];

    long _position;

    /// <summary>How far the log was told.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>How far the log had come when people were first told: nothing older is sent to anybody.</summary>
    public long Born { get; }

    /// <summary>What people chose, as the log has it so far.</summary>
    public Dictionary<string, Notifications> Choices()
    {
        Dictionary<string, Notifications> all = [];
        lock (_logGate)
        {
            using var rows = _log.Prepare("SELECT person, body FROM choice");
            while (rows.Step()) all[rows.Text(0)] = Choice(rows.Bytes(1));
        }
        return all;
    }

    /// <summary>What somebody chose.</summary>
    public Notifications ChoiceOf(string person)
    {
        lock (_logGate)
        {
            if (!_choice.Bind(1, person).Step()) return Notifications.Everything;
            var choice = Choice(_choice.Bytes(0));
            _choice.Reset();
            return choice;
        }
    }

    Notifications Choice(ReadOnlySpan<byte> body) => (Notifications)_json.Read(typeof(Notifications), body);

    /// <summary>The news up to a position, all in one: after a crash it is found again, and kept once.</summary>
    public void Keep(long position, News news, Instant now)
    {
        lock (_logGate)
        {
            _log.Execute("BEGIN IMMEDIATE");
            try
            {
                foreach (var (person, what) in news.Inbox)
                    _tell.Bind(1, person).Bind(2, what.Position).Bind(3, what.Nth).Bind(4, what.Part).Run();
                foreach (var (person, choice) in news.Choices)
                    _choose.Bind(1, person).Bind(2, _json.Write(typeof(Notifications), choice)).Run();
                foreach (var (person, what, at) in news.Mail) Post(person, what, at, now);
                _move.Bind(1, position).Run();
                _log.Execute("COMMIT");
            }
            catch
            {
                _log.RollBack();
                throw;
            }
        }
        Volatile.Write(ref _position, position);
    }

    /// <summary>What somebody was told, the newest first.</summary>
    public (ImmutableArray<Told> Items, string? Next) List(string person, string? after, int limit)
    {
        var from = Told.Read(after);
        var all = ImmutableArray.CreateBuilder<Told>();
        lock (_ownGate)
        {
            _list.Bind(1, person).Bind(5, limit + 1);
            if (from is { } f) _list.Bind(2, f.Position).Bind(3, f.Nth).Bind(4, f.Part);
            else _list.Null(2).Null(3).Null(4);
            while (_list.Step()) all.Add(new(_list.Long(0), (int)_list.Long(1), (int)_list.Long(2)));
        }
        var more = all.Count > limit;
        if (more) all.RemoveAt(limit);
        return (all.ToImmutable(), more ? $"{all[^1]}" : null);
    }

    /// <summary>Up to where a reader has read.</summary>
    public long SeenBy(string reader)
    {
        lock (_ownGate)
        {
            if (!_seen.Bind(1, reader).Step()) return Born;
            var position = _seen.Long(0);
            _seen.Reset();
            return position;
        }
    }

    /// <summary>How much is unread; never more than a hundred are counted.</summary>
    public int Unread(string person, string reader)
    {
        var seen = SeenBy(reader);
        lock (_ownGate)
        {
            _count.Bind(1, person).Bind(2, seen).Step();
            var unread = (int)_count.Long(0);
            _count.Reset();
            return unread;
        }
    }

    /// <summary>Everything up to there was read; what was read stays read.</summary>
    public void See(string reader, long position)
    {
        lock (_ownGate) _see.Bind(1, reader).Bind(2, Math.Clamp(position, 0, Position)).Run();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_logGate)
            lock (_ownGate)
            {
                _log.Dispose();
                _own.Dispose();
            }
    }
}
