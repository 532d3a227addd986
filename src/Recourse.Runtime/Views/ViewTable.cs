namespace Recourse.Runtime;

/// <summary>One view's rows while they are being written.</summary>
sealed class ViewTable
{
    readonly View _view;
    readonly StoreJson _json;
    readonly Prepared _get, _put, _drop, _find, _lose, _count, _checkpoint;
    readonly Dictionary<string, (object? Before, object? Now)> _changed = [];
    readonly Dictionary<(string Index, string Value), long> _counts = [];
    long _committed;

    public ViewTable(Db db, View view, StoreJson json)
    {
        (_view, _json) = (view, json);
        var name = view.Table;
        using (var at = db.Prepare("SELECT version, position FROM checkpoint WHERE view = ?1"))
            if (at.Bind(1, name).Step() && at.Long(0) == view.Version) Position = _committed = at.Long(1);
        if (Position == 0)
            foreach (var part in (string[])["row", "find", "count"]) db.Execute($"DROP TABLE IF EXISTS {part}_{name}");
        db.Execute($"""
            CREATE TABLE IF NOT EXISTS row_{name}(key TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS find_{name}(idx TEXT, value TEXT, sort TEXT, key TEXT,
                PRIMARY KEY(idx, value, sort, key)) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS count_{name}(idx TEXT, value TEXT, n INTEGER NOT NULL,
                PRIMARY KEY(idx, value)) WITHOUT ROWID;
            """);
        _get = db.Prepare($"SELECT body FROM row_{name} WHERE key = ?1");
        _put = db.Prepare($"REPLACE INTO row_{name} VALUES(?1, ?2)");
        _drop = db.Prepare($"DELETE FROM row_{name} WHERE key = ?1");
        _find = db.Prepare($"REPLACE INTO find_{name} VALUES(?1, ?2, ?3, ?4)");
        _lose = db.Prepare($"DELETE FROM find_{name} WHERE idx = ?1 AND value = ?2 AND sort = ?3 AND key = ?4");
        _count = db.Prepare($"INSERT INTO count_{name} VALUES(?1, ?2, ?3) "
            + "ON CONFLICT(idx, value) DO UPDATE SET n = n + excluded.n");
        _checkpoint = db.Prepare("REPLACE INTO checkpoint VALUES(?1, ?2, ?3)");
    }

    /// <summary>How far it has come.</summary>
    public long Position { get; private set; }

    /// <summary>Its view.</summary>
    public View View => _view;

    public void Fold(Recorded recorded)
    {
        foreach (var key in _view.KeysOf(recorded))
        {
            if (!_changed.TryGetValue(key, out var row)) row.Now = row.Before = Read(key);
            _changed[key] = row with { Now = _view.Apply(key, row.Now, recorded) };
        }
    }

    object? Read(string key)
    {
        if (!_get.Bind(1, key).Step()) return null;
        var row = _json.Read(_view.Row, _get.Bytes(0));
        _get.Reset();
        return row;
    }

    /// <summary>What was folded since the last save was not kept.</summary>
    public void Forget()
    {
        _changed.Clear();
        _counts.Clear();
        Position = _committed;
    }

    /// <summary>What was saved is kept.</summary>
    public void Commit() => _committed = Position;

    public void Save(long position)
    {
        foreach (var (key, (before, now)) in _changed)
        {
            if (ReferenceEquals(before, now)) continue;
            Found[] was = before is null ? [] : [.. _view.FoundBy(key, before)];
            Found[] found = now is null ? [] : [.. _view.FoundBy(key, now)];
            foreach (var f in was)
                if (!found.Contains(f)) Change(_lose, f, key, -1);
            foreach (var f in found)
                if (!was.Contains(f)) Change(_find, f, key, 1);
            if (now is null) _drop.Bind(1, key).Run();
            else _put.Bind(1, key).Bind(2, _json.Write(_view.Row, now)).Run();
        }
        _changed.Clear();
        foreach (var ((index, value), more) in _counts)
            if (more != 0) _count.Bind(1, index).Bind(2, value).Bind(3, more).Run();
        _counts.Clear();
        Position = Math.Max(Position, position);
        _checkpoint.Bind(1, _view.Name).Bind(2, _view.Version).Bind(3, Position).Run();
    }

    void Change(Prepared statement, Found f, string key, int more)
    {
        statement.Bind(1, f.Index).Bind(2, f.Value).Bind(3, f.Sort).Bind(4, key).Run();
        if (_view.IsCounted(f))
            _counts[(f.Index, f.Value)] = _counts.GetValueOrDefault((f.Index, f.Value)) + more;
    }
}

/// <summary>Reads rows on a connection of its own.</summary>
sealed class ViewReader(Db db, StoreJson json) : IDisposable
{
    readonly Dictionary<string, Prepared> _statements = [];

    Prepared Statement(string sql) =>
        _statements.TryGetValue(sql, out var s) ? s : _statements[sql] = db.Prepare(sql);

    public TRow? Find<TRow>(View<TRow> view, string key) where TRow : class
    {
        var get = Statement($"SELECT body FROM row_{view.Table} WHERE key = ?1");
        if (!get.Bind(1, key).Step()) return null;
        var row = (TRow)json.Read(typeof(TRow), get.Bytes(0));
        get.Reset();
        return row;
    }

    public Page<TRow> List<TRow>(
        View<TRow> view, string index, string value, string? after, int limit, string? least) where TRow : class
    {
        var (sort, key) = Cursor(after);
        var isByKey = index is View.ByKey;
        // Written as it is needed: a condition that may be idle would have the whole index read.
        var list = Statement(isByKey ? $"""
            SELECT '', key, body FROM row_{view.Table} WHERE key >= ?1 AND key < ?2
            {(sort is null ? "" : "AND key < ?4")} ORDER BY key DESC LIMIT ?5
            """ : $"""
            SELECT f.sort, f.key, r.body FROM find_{view.Table} f JOIN row_{view.Table} r ON r.key = f.key
            WHERE f.idx = ?1 AND f.value = ?2 {(sort is null ? "" : "AND (f.sort, f.key) < (?3, ?4)")}
            {(least is null ? "" : "AND f.sort >= ?6")} ORDER BY f.sort DESC, f.key DESC LIMIT ?5
            """);
        List<TRow> rows = [];
        string? next = null;
        if (isByKey) list.Bind(1, value).Bind(2, $"{value}\U0010FFFF");
        else list.Bind(1, index).Bind(2, value);
        list.Bind(3, sort).Bind(4, key).Bind(5, limit + 1);
        if (!isByKey && least is not null) list.Bind(6, least);
        (string Sort, string Key) last = default;
        while (list.Step())
        {
            if (rows.Count == limit) { next = $"{last.Sort}\n{last.Key}"; list.Reset(); break; }
            rows.Add((TRow)json.Read(typeof(TRow), list.Bytes(2)));
            last = (list.Text(0), list.Text(1));
        }
        return new([.. rows], next is null ? null : Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(next)));
    }

    public long Count(View view, string index, string value)
    {
        var count = Statement($"SELECT n FROM count_{view.Table} WHERE idx = ?1 AND value = ?2");
        if (!count.Bind(1, index).Bind(2, value).Step()) return 0;
        var n = count.Long(0);
        count.Reset();
        return n;
    }

    public int CountFrom(View view, string index, string value, string least, int most)
    {
        var count = Statement($"""
            SELECT count(*) FROM (SELECT 1 FROM find_{view.Table} WHERE idx = ?1 AND value = ?2 AND sort >= ?3 LIMIT ?4)
            """);
        count.Bind(1, index).Bind(2, value).Bind(3, least).Bind(4, most).Step();
        var n = (int)count.Long(0);
        count.Reset();
        return n;
    }

    /// <summary>A cursor that nobody wrote starts at the beginning.</summary>
    static (string? Sort, string? Key) Cursor(string? after)
    {
        if (after is null) return (null, null);
        Span<byte> bytes = stackalloc byte[1024];
        return Convert.TryFromBase64String(after, bytes, out var n)
            && System.Text.Encoding.UTF8.GetString(bytes[..n]).Split('\n') is [var sort, var key]
                ? (sort, key) : (null, null);
    }

    public IEnumerable<(string Key, TRow Row)> All<TRow>(View<TRow> view) where TRow : class
    {
        List<(string, TRow)> all = [];
        var rows = Statement($"SELECT key, body FROM row_{view.Table} ORDER BY key");
        while (rows.Step()) all.Add((rows.Text(0), (TRow)json.Read(typeof(TRow), rows.Bytes(1))));
        return all;
    }

    public List<string> Dump(View view)
    {
        List<string> all = [];
        var rows = Statement($"SELECT key, body FROM row_{view.Table} ORDER BY key");
        while (rows.Step()) all.Add($"{rows.Text(0)} {System.Text.Encoding.UTF8.GetString(rows.Bytes(1))}");
        var found = Statement($"SELECT idx, value, sort, key FROM find_{view.Table} ORDER BY idx, value, sort, key");
        while (found.Step()) all.Add($"{found.Text(0)}={found.Text(1)} {found.Text(2)} {found.Text(3)}");
        return all;
    }

    public void Dispose() => db.Dispose();
}
