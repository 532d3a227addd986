using System.Text.Json;
using Microsoft.Data.Sqlite;
namespace Recourse.Adapters.Payments.StandIn;

/// <summary>The stand-in's memory: one SQLite file, one turn at a time, on the disk before it is answered.</summary>
internal sealed class Store : IDisposable
{
    const string Schema = """
        create table if not exists objects(seq integer primary key, kind text not null, id text not null unique,
            of text, created integer not null, body text not null);
        create index if not exists objects_of on objects(kind, of);
        create index if not exists objects_kind on objects(kind, seq);
        create index if not exists objects_status on objects(json_extract(body, '$.status'))
            where json_extract(body, '$.status') in ('pending', 'requires_action');
        create index if not exists objects_key on objects(json_extract(body, '$.metadata.key'));
        create table if not exists kept(key text primary key, request text not null, status integer not null,
            body text not null, at integer not null);
        create table if not exists tries(subject text primary key, n integer not null);
        create table if not exists reports(seq integer primary key, id text not null unique, body text not null);
        """;

    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    readonly SqliteConnection _db;
    readonly Lock _lock = new();

    /// <summary>Opens a file, or memory.</summary>
    public Store(string? file)
    {
        _db = new(new SqliteConnectionStringBuilder
        {
            DataSource = file ?? ":memory:", Pooling = false, DefaultTimeout = 2,
        }.ToString());
        _db.Open();
        Run("pragma locking_mode = exclusive");                 // one by one: a failure after a row goes unsaid
        Run("pragma journal_mode = wal");
        Run("pragma synchronous = full");
        Run(Schema);
    }

    /// <summary>All of it, or nothing.</summary>
    public T Turn<T>(Func<T> deed)
    {
        lock (_lock)
        {
            Run("begin immediate");
            try
            {
                var result = deed();
                Run("commit");
                return result;
            }
            catch
            {
                Run("rollback");
                throw;
            }
        }
    }

    /// <summary>A number that was never given before.</summary>
    public int Number() => Try("number");

    /// <summary>Adds or replaces.</summary>
    public void Put(string kind, string id, string? of, long created, object body) => Run(
        """
        insert into objects(kind, id, of, created, body) values ($kind, $id, $of, $created, $body)
        on conflict(id) do update set body = $body
        """, ("$kind", kind), ("$id", id), ("$of", of), ("$created", created),
        ("$body", JsonSerializer.Serialize(body, Json)));

    /// <summary>Null if there is none of that kind.</summary>
    public T? Find<T>(string kind, string id) where T : class => Rows(
        "select body from objects where id = $id and kind = $kind", Body<T>, ("$id", id), ("$kind", kind))
        .SingleOrDefault();

    /// <summary>All that belong to something, oldest first.</summary>
    public List<T> Of<T>(string kind, string of) => Rows(
        "select body from objects where kind = $kind and of = $of order by seq", Body<T>, ("$kind", kind), ("$of", of));

    /// <summary>All of a kind, oldest first.</summary>
    public List<T> All<T>(string kind) =>
        Rows("select body from objects where kind = $kind order by seq", Body<T>, ("$kind", kind));

    /// <summary>One page, newest first, with one more than asked for if there is more.</summary>
    public List<T> Page<T>(string kind, Paging paging)
    {
        var backwards = paging.Before is not null;
        var rows = Rows($"""
            select body from objects where kind = $kind and ($of is null or of = $of)
            and created >= $from and created <= $to
            and ($after is null or seq < (select seq from objects where id = $after))
            and ($before is null or seq > (select seq from objects where id = $before))
            order by seq {(backwards ? "asc" : "desc")} limit $limit
            """, Body<T>, ("$kind", kind), ("$of", paging.Of), ("$from", paging.From), ("$to", paging.To),
            ("$after", paging.After), ("$before", paging.Before), ("$limit", paging.Limit + 1L));
        return rows;
    }

    /// <summary>Those whose metadata says so.</summary>
    public List<T> Where<T>(string kind, IReadOnlyList<(string Name, string Value)> metadata)
    {
        var clauses = metadata.Select((m, i) => m.Name is "key"                                          // indexed
            ? $"json_extract(body, '$.metadata.key') = $v{i}"
            : $"json_extract(body, '$.metadata.\"' || $n{i} || '\"') = $v{i}");
        var values = metadata.SelectMany((m, i) => new (string, object?)[] { ($"$n{i}", m.Name), ($"$v{i}", m.Value) });
        var all = string.Join(" and ", clauses);
        return Rows($"select body from objects where kind = $kind and {all} order by seq desc", Body<T>,
            [("$kind", kind), .. values]);
    }

    /// <summary>Ids of what settles by itself.</summary>
    public List<string> Unsettled() => Rows(
        "select id from objects where json_extract(body, '$.status') in ('pending', 'requires_action')",
        r => r.GetString(0));

    /// <summary>What a key was answered first, at that time or later.</summary>
    public (string Request, Answer Answer)? Answered(string key, long since)
    {
        var rows = Rows("select request, status, body from kept where key = $key and at >= $since",
            r => (r.GetString(0), new Answer(r.GetInt32(1), r.GetString(2))), ("$key", key), ("$since", since));
        return rows is [var row] ? row : null;
    }

    /// <summary>Keeps what a key is answered.</summary>
    public void Keep(string key, string request, Answer answer, long at) => Run(
        "insert or replace into kept(key, request, status, body, at) values ($key, $request, $status, $body, $at)",
        ("$key", key), ("$request", request), ("$status", answer.Status), ("$body", answer.Body), ("$at", at));

    /// <summary>How often this was tried, this time included.</summary>
    public int Try(string subject) => Rows(
        "insert into tries(subject, n) values ($s, 1) on conflict(subject) do update set n = n + 1 returning n",
        r => r.GetInt32(0), ("$s", subject)).Single();

    /// <summary>Keeps reports until they are told.</summary>
    public void Owe(IEnumerable<Report> reports)
    {
        foreach (var report in reports)
            Run("insert into reports(id, body) values ($id, $body)", ("$id", report.Id),
                ("$body", JsonSerializer.Serialize(report, Json)));
    }

    /// <summary>What is still to be told.</summary>
    public List<Report> Owed() => Rows("select body from reports order by seq", Body<Report>);

    /// <summary>It was told.</summary>
    public void Told(string id) => Run("delete from reports where id = $id", ("$id", id));

    /// <summary>Copies all of it into another database.</summary>
    public void CopyTo(SqliteConnection target)
    {
        lock (_lock) _db.BackupDatabase(target);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock) _db.Dispose();
    }

    static T Body<T>(SqliteDataReader row) => JsonSerializer.Deserialize<T>(row.GetString(0), Json)!;

    void Run(string sql, params (string Name, object? Value)[] values)
    {
        lock (_lock)
        {
            using var command = Command(sql, values);
            command.ExecuteNonQuery();
        }
    }

    List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, params (string Name, object? Value)[] values)
    {
        lock (_lock)
        {
            using var command = Command(sql, values);
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read()) rows.Add(read(reader));
            return rows;
        }
    }

    SqliteCommand Command(string sql, (string Name, object? Value)[] values)
    {
        var command = _db.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }
}

/// <summary>Which page of a list.</summary>
internal sealed record Paging(
    int Limit = 10, string? After = null, string? Before = null, string? Of = null,
    long From = long.MinValue, long To = long.MaxValue);
