using Microsoft.Data.Sqlite;
using SQLitePCL;
namespace Recourse.Runtime;

/// <summary>A SQLite file with prepared statements, for one thread at a time.</summary>
public sealed class Db : IDisposable
{
    readonly SqliteConnection _connection;
    readonly List<Prepared> _statements = [];

    /// <summary>Opens or creates it in WAL mode. Durable: an answered commit survives the power cord.</summary>
    /// <param name="cacheMegabytes">How much of the file this connection keeps in memory at most.</param>
    public Db(string path, bool durable, int cacheMegabytes = 16)
    {
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        // One at a time: the library swallows errors of what follows a statement that returns a row.
        foreach (var pragma in (string[])["busy_timeout=10000", "journal_mode=WAL",
            $"synchronous={(durable ? "FULL" : "NORMAL")}", "temp_store=MEMORY",
            $"cache_size=-{cacheMegabytes * 1024}"])
            Execute($"PRAGMA {pragma}");
    }

    /// <summary>The handle, for calls that nothing here offers.</summary>
    public sqlite3 Handle => _connection.Handle!;

    /// <summary>The connection, for backup.</summary>
    public SqliteConnection Connection => _connection;

    /// <summary>Runs statements that return nothing.</summary>
    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Ends a transaction that failed; SQLite may have done so by itself.</summary>
    public void RollBack()
    {
        try { Execute("ROLLBACK"); }
        catch (SqliteException) { }
    }

    /// <summary>A statement that is prepared once.</summary>
    public Prepared Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(Handle, sql, out var made));
        var statement = new Prepared(this, made);
        _statements.Add(statement);
        return statement;
    }

    internal void Check(int code) => SqliteException.ThrowExceptionForRC(code, Handle);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in _statements) statement.Dispose();
        _connection.Dispose();
    }
}

/// <summary>A prepared statement: bind from 1, run or step, read from 0.</summary>
public sealed class Prepared(Db db, sqlite3_stmt handle) : IDisposable
{
    /// <summary>Binds a number.</summary>
    public Prepared Bind(int at, long value) { db.Check(raw.sqlite3_bind_int64(handle, at, value)); return this; }

    /// <summary>Binds a text; null is NULL.</summary>
    public Prepared Bind(int at, string? value)
    {
        db.Check(value is null ? raw.sqlite3_bind_null(handle, at) : raw.sqlite3_bind_text(handle, at, value));
        return this;
    }

    /// <summary>Binds nothing.</summary>
    public Prepared Null(int at) { db.Check(raw.sqlite3_bind_null(handle, at)); return this; }

    /// <summary>Binds bytes.</summary>
    public Prepared Bind(int at, ReadOnlySpan<byte> value)
    {
        db.Check(raw.sqlite3_bind_blob(handle, at, value));
        return this;
    }

    /// <summary>Runs it to the end.</summary>
    public void Run()
    {
        raw.sqlite3_step(handle);
        db.Check(raw.sqlite3_reset(handle));                                // reset says what step said
    }

    /// <summary>The next row; false, and reset, when there is none.</summary>
    public bool Step()
    {
        if (raw.sqlite3_step(handle) is raw.SQLITE_ROW) return true;
        db.Check(raw.sqlite3_reset(handle));
        return false;
    }

    /// <summary>Stops before the last row.</summary>
    public void Reset() => db.Check(raw.sqlite3_reset(handle));

    /// <summary>A number of this row.</summary>
    public long Long(int column) => raw.sqlite3_column_int64(handle, column);

    /// <summary>A text of this row.</summary>
    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    /// <summary>Whether it is NULL.</summary>
    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) is raw.SQLITE_NULL;

    /// <summary>Bytes of this row; gone with the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();
}
