using Microsoft.Data.Sqlite;
using Recourse.Checkouts;
using Recourse.Runtime;
using Db = Recourse.Runtime.Db;
namespace Recourse.Web;

/// <summary>A purchase that findings stopped: nothing of it was recorded.</summary>
/// <param name="Checkout">The id that it would have had.</param>
/// <param name="Codes">Of what was found.</param>
sealed record StoppedAsk(Instant At, string Checkout, ImmutableArray<string> Codes);

/// <summary>
/// What findings stopped, by buyer, so that staff can tell them why days later. Kept beside what was counted in looks:
/// the last of each buyer, for three months.
/// </summary>
sealed class StoppedBook : IDisposable
{
    /// <summary>How many are kept of a buyer.</summary>
    public const int Most = 50;

    const int DaysKept = 92;
    readonly Lock _lock = new();
    readonly Db _db;
    readonly Prepared _add, _crop, _of;

    /// <summary>Opens or creates it in a platform's folder of data.</summary>
    public StoppedBook(string folder, Instant now)
    {
        _db = new(Path.Combine(folder, LookBook.FileName), durable: false, cacheMegabytes: 1);
        _db.Execute("""
            CREATE TABLE IF NOT EXISTS stopped(
                who TEXT, at INTEGER, checkout TEXT, codes TEXT, PRIMARY KEY(who, at, checkout)) WITHOUT ROWID
            """);
        _add = _db.Prepare("REPLACE INTO stopped VALUES(?1, ?2, ?3, ?4)");
        _crop = _db.Prepare("""
            DELETE FROM stopped WHERE who = ?1 AND at < (
                SELECT at FROM stopped WHERE who = ?1 ORDER BY at DESC LIMIT 1 OFFSET ?2)
            """);
        _of = _db.Prepare("SELECT at, checkout, codes FROM stopped WHERE who = ?1 ORDER BY at DESC");
        _db.Prepare("DELETE FROM stopped WHERE at < ?1")
            .Bind(1, (now - Duration.FromDays(DaysKept)).ToUnixTimeMilliseconds()).Run();
    }

    /// <summary>One more was stopped. A disk that is full costs what is told of it, and no answer.</summary>
    public void Keep(CheckoutId checkout, StoppedAsk one)
    {
        lock (_lock)
            try
            {
                _add.Bind(1, checkout.Buyer.Code).Bind(2, one.At.ToUnixTimeMilliseconds()).Bind(3, one.Checkout)
                    .Bind(4, string.Join(' ', one.Codes)).Run();
                _crop.Bind(1, checkout.Buyer.Code).Bind(2, Most - 1).Run();
            }
            catch (SqliteException) { }
    }

    /// <summary>A buyer's, the newest first.</summary>
    public ImmutableArray<StoppedAsk> Of(BuyerId buyer)
    {
        lock (_lock)
        {
            var all = ImmutableArray.CreateBuilder<StoppedAsk>();
            _of.Bind(1, buyer.Code);
            while (_of.Step())
                all.Add(new(Instant.FromUnixTimeMilliseconds(_of.Long(0)), _of.Text(1), [.. _of.Text(2).Split(' ')]));
            return all.ToImmutable();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock) _db.Dispose();
    }
}
