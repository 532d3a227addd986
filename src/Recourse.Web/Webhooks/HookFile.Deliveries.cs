using Recourse.Runtime;
namespace Recourse.Web;

sealed partial class HookFile
{
    const int MostWaiting = 10_000;
    static readonly Duration KeptFor = Duration.FromDays(30);

    static readonly string[] DeliveryTables =
    [
        """
        CREATE TABLE IF NOT EXISTS delivery(id TEXT PRIMARY KEY, hook TEXT NOT NULL, position INTEGER NOT NULL,
            kind TEXT NOT NULL, body BLOB NOT NULL, state INTEGER NOT NULL, tries INTEGER NOT NULL, at INTEGER NOT NULL,
            due INTEGER NOT NULL, status INTEGER, took INTEGER NOT NULL, said TEXT, tried INTEGER) WITHOUT ROWID
        """,
        "CREATE INDEX IF NOT EXISTS delivery_due ON delivery(hook, due) WHERE state = 0",
        "CREATE INDEX IF NOT EXISTS delivery_log ON delivery(hook, at, id)",
    ];

    const string Columns = "id, hook, position, kind, body, state, tries, at, due, status, took, said, tried";

    Prepared _add = null!, _one = null!, _due = null!, _list = null!, _mark = null!, _again = null!, _againAll = null!,
        _count = null!, _prune = null!, _waiting = null!, _all = null!, _taken = null!, _renew = null!;

    void PrepareDeliveries()
    {
        _add = _db.Prepare(
            "INSERT OR IGNORE INTO delivery VALUES(?1, ?2, ?3, ?4, ?5, 0, 0, ?6, ?6, NULL, 0, NULL, NULL)");
        _one = _db.Prepare($"SELECT {Columns} FROM delivery WHERE id = ?1");
        _due = _db.Prepare($"""
            SELECT {Columns} FROM delivery WHERE hook = ?1 AND state = 0 AND due <= ?2 ORDER BY due LIMIT ?3
            """);
        _list = _db.Prepare($"""
            SELECT {Columns} FROM delivery
            WHERE hook = ?1 AND (?2 IS NULL OR state = ?2) AND (?3 IS NULL OR (at, id) < (?3, ?4))
            ORDER BY at DESC, id DESC LIMIT ?5
            """);
        _mark = _db.Prepare("""
            UPDATE delivery SET state = ?2, tries = tries + 1, due = ?3, status = ?4, took = ?5, said = ?6, tried = ?7
            WHERE id = ?1
            """);
        _again = _db.Prepare("UPDATE delivery SET state = 0, tries = 0, at = ?2, due = ?2 WHERE id = ?1");
        _againAll = _db.Prepare(
            "UPDATE delivery SET state = 0, tries = 0, at = ?2, due = ?2 WHERE hook = ?1 AND state = 2 AND at >= ?3");
        _renew = _db.Prepare("UPDATE delivery SET tries = 0, at = ?2, due = ?2 WHERE hook = ?1 AND state = 0");
        _count = _db.Prepare("SELECT count(*) FROM delivery WHERE hook = ?1 AND state = ?2");
        _prune = _db.Prepare("DELETE FROM delivery WHERE state <> 0 AND at < ?1");
        _waiting = _db.Prepare("SELECT count(*) FROM delivery WHERE hook = ?1 AND state = 0");
        _taken = _db.Prepare("SELECT count(*) FROM delivery WHERE hook = ?1 AND state = 1 AND tried >= ?2");
        _all = _db.Prepare("SELECT count(*), min(at) FROM delivery WHERE state = 0");
    }

    /// <summary>Takes in what is to be delivered; durable when this returns, and kept once. How many were new for an
    /// endpoint that has not too many waiting already.</summary>
    public void Add(IEnumerable<Delivery> deliveries)
    {
        lock (_gate)
            InOne(() =>
            {
                foreach (var d in deliveries)
                    if (Count(_waiting.Bind(1, d.Hook)) < MostWaiting)
                        _add.Bind(1, d.Id).Bind(2, d.Hook).Bind(3, d.Position).Bind(4, d.Kind).Bind(5, d.Body)
                            .Bind(6, d.At.ToUnixTimeTicks()).Run();
            });
    }

    static long Count(Prepared counting)
    {
        counting.Step();
        var count = counting.Long(0);
        counting.Reset();
        return count;
    }

    /// <summary>What is due for an endpoint, the oldest first.</summary>
    public List<Delivery> Due(string hook, Instant now, int limit)
    {
        lock (_gate) return Read(_due.Bind(1, hook).Bind(2, now.ToUnixTimeTicks()).Bind(3, limit));
    }

    /// <summary>One delivery; null: there is none.</summary>
    public Delivery? FindDelivery(string id)
    {
        lock (_gate) return Read(_one.Bind(1, id)).FirstOrDefault();
    }

    /// <summary>Deliveries of an endpoint, the newest first.</summary>
    public (ImmutableArray<Delivery> Items, string? Next) List(
        string hook, DeliveryState? state, string? after, int limit)
    {
        List<Delivery> all;
        lock (_gate)
        {
            _list.Bind(1, hook).Bind(5, limit + 1);
            if (state is { } s) _list.Bind(2, (long)s);
            else _list.Null(2);
            if (after is not null && Read(_one.Bind(1, after)).FirstOrDefault() is { } from)
                _list.Bind(3, from.At.ToUnixTimeTicks()).Bind(4, from.Id);
            else _list.Null(3).Null(4);
            all = Read(_list);
        }
        var more = all.Count > limit;
        if (more) all.RemoveAt(limit);
        return ([.. all], more ? all[^1].Id : null);
    }

    static List<Delivery> Read(Prepared rows)
    {
        List<Delivery> all = [];
        while (rows.Step())
            all.Add(new(
                rows.Text(0), rows.Text(1), rows.Long(2), rows.Text(3), rows.Bytes(4).ToArray(),
                (DeliveryState)rows.Long(5), (int)rows.Long(6), At(7), At(8), rows.IsNull(9) ? null : (int)rows.Long(9),
                (int)rows.Long(10), rows.IsNull(11) ? null : rows.Text(11), rows.IsNull(12) ? null : At(12)));
        return all;

        Instant At(int column) => Instant.FromUnixTimeTicks(rows.Long(column));
    }

    /// <summary>What a try came to.</summary>
    public void Tried(Delivery d, DeliveryState state, Instant due, int? status, int took, string said, Instant now)
    {
        lock (_gate)
        {
            _mark.Bind(1, d.Id).Bind(2, (long)state).Bind(3, due.ToUnixTimeTicks()).Bind(5, took).Bind(6, said)
                .Bind(7, now.ToUnixTimeTicks());
            if (status is { } s) _mark.Bind(4, s);
            else _mark.Null(4);
            _mark.Run();
        }
    }

    /// <summary>One is sent again, under its own id.</summary>
    public void Again(string id, Instant now)
    {
        lock (_gate) _again.Bind(1, id).Bind(2, now.ToUnixTimeTicks()).Run();
    }

    /// <summary>All that failed since then are sent again, under their own ids.</summary>
    public void AgainSince(string hook, Instant since, Instant now)
    {
        lock (_gate)
            _againAll.Bind(1, hook).Bind(2, now.ToUnixTimeTicks()).Bind(3, since.ToUnixTimeTicks()).Run();
    }

    /// <summary>What waits for an endpoint is due now, with three days before it.</summary>
    public void Renew(string hook, Instant now)
    {
        lock (_gate) _renew.Bind(1, hook).Bind(2, now.ToUnixTimeTicks()).Run();
    }

    /// <summary>How many of an endpoint's are in that state.</summary>
    public long CountOf(string hook, DeliveryState state)
    {
        lock (_gate) return Count(_count.Bind(1, hook).Bind(2, (long)state));
    }

    /// <summary>Whether an endpoint has taken anything since then.</summary>
    public bool DeliveredSince(string hook, Instant since)
    {
        lock (_gate) return Count(_taken.Bind(1, hook).Bind(2, since.ToUnixTimeTicks())) > 0;
    }

    /// <summary>How many wait in all, and since when the oldest does.</summary>
    public (long Count, Instant? Oldest) Waiting()
    {
        lock (_gate)
        {
            _all.Step();
            var found = (_all.Long(0), _all.IsNull(1) ? (Instant?)null : Instant.FromUnixTimeTicks(_all.Long(1)));
            _all.Reset();
            return found;
        }
    }

    /// <summary>Forgets what has been over for a month.</summary>
    public void Prune(Instant now)
    {
        lock (_gate) _prune.Bind(1, (now - KeptFor).ToUnixTimeTicks()).Run();
    }
}
