using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>A browser that somebody has come in with.</summary>
/// <param name="Stamp">Their account's when it was last renewed: under another one it has ended.</param>
/// <param name="Seen">When it last asked for something, to a few minutes.</param>
/// <param name="From">Where from: address and program.</param>
public sealed record Session(string Id, string Stamp, DateTimeOffset Begun, DateTimeOffset Seen, string From);

/// <summary>Where people have signed in, so that each can be ended by itself.</summary>
public sealed partial class Accounts
{
    const int MostSessions = 100;

    readonly Prepared _putSession, _seeSession, _dropSession, _session, _sessions, _pruneSessions;

    (Prepared, Prepared, Prepared, Prepared, Prepared, Prepared) PrepareSessions()
    {
        _db.Execute("""
            CREATE TABLE IF NOT EXISTS session(id TEXT PRIMARY KEY, person TEXT NOT NULL, stamp TEXT NOT NULL,
                begun INTEGER NOT NULL, seen INTEGER NOT NULL, source TEXT NOT NULL) WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS session_person ON session(person, seen);
            """);
        return (
            _db.Prepare("REPLACE INTO session VALUES(?1, ?2, ?3, ?4, ?5, ?6)"),
            _db.Prepare("UPDATE session SET seen = ?2 WHERE id = ?1"),
            _db.Prepare("DELETE FROM session WHERE id = ?1 AND person = ?2"),
            _db.Prepare("SELECT id, stamp, begun, seen, source FROM session WHERE id = ?1 AND person = ?2"),
            _db.Prepare("""
                SELECT id, stamp, begun, seen, source FROM session WHERE person = ?1 ORDER BY seen DESC, id LIMIT ?2
                """),
            _db.Prepare("DELETE FROM session WHERE person = ?1 AND (seen < ?2 OR begun < ?3 OR stamp <> ?4)"));
    }

    /// <summary>Keeps a session, new or renewed; those that have ended by themselves are forgotten.</summary>
    /// <param name="seen">Sessions that were not seen since have ended.</param>
    /// <param name="begun">So have those that began before.</param>
    internal void PutSession(Person person, Session session, DateTimeOffset seen, DateTimeOffset begun)
    {
        lock (_gate)
            Together(() =>
            {
                _putSession.Bind(1, session.Id).Bind(2, person.Id).Bind(3, session.Stamp)
                    .Bind(4, session.Begun.ToUnixTimeMilliseconds()).Bind(5, session.Seen.ToUnixTimeMilliseconds())
                    .Bind(6, session.From).Run();
                _pruneSessions.Bind(1, person.Id).Bind(2, seen.ToUnixTimeMilliseconds())
                    .Bind(3, begun.ToUnixTimeMilliseconds()).Bind(4, session.Stamp).Run();
                return true;
            });
    }

    /// <summary>It has just asked for something.</summary>
    internal void SeeSession(string id, DateTimeOffset now)
    {
        lock (_gate) _seeSession.Bind(1, id).Bind(2, now.ToUnixTimeMilliseconds()).Run();
    }

    /// <summary>Ends one of somebody's; false: they have none such.</summary>
    internal bool EndSession(string id, string person)
    {
        lock (_gate) return Changed(_dropSession.Bind(1, id).Bind(2, person));
    }

    /// <summary>One of somebody's sessions; null: it was ended.</summary>
    internal Session? SessionOf(string id, string person)
    {
        lock (_gate)
        {
            if (!_session.Bind(1, id).Bind(2, person).Step()) return null;
            var found = SessionIn(_session);
            _session.Reset();
            return found;
        }
    }

    /// <summary>Somebody's sessions, the last seen first.</summary>
    internal ImmutableArray<Session> SessionsOf(string person)
    {
        lock (_gate)
        {
            List<Session> all = [];
            _sessions.Bind(1, person).Bind(2, MostSessions);
            while (_sessions.Step()) all.Add(SessionIn(_sessions));
            return [.. all];
        }
    }

    static Session SessionIn(Prepared row) => new(
        row.Text(0), row.Text(1), DateTimeOffset.FromUnixTimeMilliseconds(row.Long(2)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.Long(3)), row.Text(4));
}
