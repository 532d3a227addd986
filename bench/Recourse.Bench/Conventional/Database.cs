using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
namespace Recourse.Benchmarks.Conventional;

/// <summary>Where the conventional shop keeps its tables.</summary>
public sealed class Database
{
    /// <summary>How many sellers have one listing each.</summary>
    public const int Listings = 1_000;

    const string Schema = """
        CREATE TABLE listings(id TEXT PRIMARY KEY, seller TEXT NOT NULL, title TEXT NOT NULL, price BIGINT NOT NULL,
            shipping BIGINT NOT NULL, currency TEXT NOT NULL);
        CREATE TABLE stock(id TEXT PRIMARY KEY, available BIGINT NOT NULL CHECK(available >= 0),
            reserved BIGINT NOT NULL);
        CREATE TABLE keys(buyer TEXT, key TEXT, order_id TEXT NOT NULL, PRIMARY KEY(buyer, key));
        CREATE TABLE orders(id TEXT PRIMARY KEY, buyer TEXT NOT NULL, seller TEXT NOT NULL, state TEXT NOT NULL,
            total BIGINT NOT NULL, currency TEXT NOT NULL, ship_to TEXT NOT NULL, placed_at BIGINT NOT NULL);
        CREATE INDEX orders_buyer ON orders(buyer, placed_at);
        CREATE INDEX orders_seller ON orders(seller, placed_at);
        CREATE INDEX orders_state ON orders(state, placed_at);
        CREATE TABLE lines(order_id TEXT, number BIGINT, listing TEXT NOT NULL, quantity BIGINT NOT NULL,
            price BIGINT NOT NULL, PRIMARY KEY(order_id, number));
        CREATE TABLE payments(id TEXT PRIMARY KEY, order_id TEXT NOT NULL, state TEXT NOT NULL, amount BIGINT NOT NULL,
            reference TEXT);
        CREATE TABLE postings(id TEXT PRIMARY KEY, order_id TEXT NOT NULL, from_account TEXT NOT NULL,
            to_account TEXT NOT NULL, amount BIGINT NOT NULL, at BIGINT NOT NULL);
        CREATE INDEX postings_order ON postings(order_id);
        CREATE TABLE outbox(id TEXT PRIMARY KEY, kind TEXT NOT NULL, body TEXT NOT NULL, at BIGINT NOT NULL);
        """;

    readonly SemaphoreSlim? _one;

    Database(string connection, bool isSqlite)
    {
        (Connection, IsSqlite) = (connection, isSqlite);
        _one = isSqlite ? new(1) : null;
    }

    /// <summary>The connection string.</summary>
    public string Connection { get; }

    /// <summary>SQLite, else PostgreSQL.</summary>
    public bool IsSqlite { get; }

    /// <summary>A file of SQLite's, or a socket's folder of PostgreSQL's.</summary>
    public static Database Of(string engine, string where) => engine is "sqlite"
        ? new($"Data Source={where}", isSqlite: true)
        : new($"Host={where};Username=postgres;Database=postgres;Maximum Pool Size=48;Timeout=120;Max Auto "
            + $"Prepare=64;" +
            "No Reset On Close=true", isSqlite: false);

    /// <summary>An open connection.</summary>
    public async Task<DbConnection> Open()
    {
        DbConnection connection = IsSqlite ? new SqliteConnection(Connection) : new NpgsqlConnection(Connection);
        await connection.OpenAsync();                                       // who waits for one holds no thread
        if (IsSqlite) await connection.ExecuteAsync("PRAGMA synchronous=FULL");
        return connection;
    }

    /// <summary>
    /// SQLite lets one write at a time, and whoever polls for that loses much: here they wait in line.
    /// </summary>
    public async Task<T> Turn<T>(Func<Task<T>> write)
    {
        if (_one is null) return await write();
        await _one.WaitAsync();
        try { return await write(); }
        finally { _one.Release(); }
    }

    /// <summary>Makes tables and listings with stock.</summary>
    public async Task Create()
    {
        await using var db = await Open();
        if (IsSqlite) db.Execute("PRAGMA journal_mode=WAL");
        else db.Execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        db.Execute(Schema);
        using var all = db.BeginTransaction();
        for (var i = 0; i < Listings; i++)
        {
            db.Execute("INSERT INTO listings VALUES(@id, @seller, 'Mug', 1250, 400, 'EUR')",
                new { id = $"listing/s{i:0000}/mug", seller = $"s{i:0000}" }, all);
            db.Execute("INSERT INTO stock VALUES(@id, 1000000, 0)", new { id = $"listing/s{i:0000}/mug" }, all);
        }
        all.Commit();
    }
}

/// <summary>A checkout as most shops have it: one endpoint, rows and transactions.</summary>
public interface ICheckout
{
    /// <summary>Makes the tables.</summary>
    Task Prepare();

    /// <summary>Buys: reserved and written down, then paid, then written down again.</summary>
    Task<Bought> Buy(string buyer, string key, Basket basket);
}
