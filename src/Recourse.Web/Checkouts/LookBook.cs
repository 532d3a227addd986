using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Recourse.Checkouts;
using Recourse.Runtime;
using Db = Recourse.Runtime.Db;
namespace Recourse.Web;

/// <summary>What stood in somebody's way when they looked at their basket.</summary>
/// <param name="Listing">On which listing, by its id; empty: on none.</param>
public sealed record StoodInTheWay(string Code, string Listing);

/// <summary>How often something stood in the way of a buyer on a day, and how often nothing came of it.</summary>
/// <param name="Listing">On which listing, by its id; empty: on none.</param>
/// <param name="Day">As ISO 8601 has it, in UTC.</param>
/// <param name="Looks">Buyers who saw it; seen again within the hour is seen once.</param>
/// <param name="GaveUp">Of them, those who neither settled it nor opened a checkout within an hour.</param>
/// <param name="Refused">Checkouts that were asked for and not opened, where it stood in the way.</param>
public sealed record LookDay(string Code, string Listing, string Day, int Looks, int GaveUp, int Refused = 0);

/// <summary>In how many looks at baskets something was found, whoever looked and however little it weighs.</summary>
public sealed record FoundCount(string Code, long Looks);

/// <summary>
/// What was found in looks, what stopped a checkout, and who looked and went away. None of that records anything in
/// the log: these are counts by day, in a file of their own beside the store, and of each buyer what stood in their way
/// for an hour, until it is settled, bought or given up. What was counted is written every few seconds; several
/// processes count in one file.
/// </summary>
public sealed class LookBook : BackgroundService
{
    /// <summary>The file's name in a store's folder.</summary>
    public const string FileName = "looks.db";

    const int MostWaiting = 10_000, DaysKept = 92, MostRows = 20_000, MostCodes = 500;
    static readonly Duration Patience = Duration.FromHours(1);
    static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    readonly IPlatform _platform;
    readonly Lock _lock = new();
    readonly Db _db;
    readonly Prepared _find, _keep, _drop, _add, _old, _gone, _all, _addFound, _allFound;

    // What isn't written yet: null, that nothing stands in somebody's way any more.
    readonly Dictionary<string, (long Until, ImmutableArray<StoodInTheWay> What)?> _waiting = [];
    readonly Dictionary<(string Day, string Code, string Listing), (int Looks, int GaveUp, int Refused)> _more = [];
    Dictionary<(string Day, string Code, string Listing), LookDay> _days = [];
    readonly Dictionary<string, (long Looks, long Since)> _found = [];      // since then in seconds
    Dictionary<string, (long Looks, long Since)> _foundBefore = [];

    /// <summary>Opens or creates it in a platform's folder of data.</summary>
    public LookBook(string folder, IPlatform platform)
    {
        _platform = platform;
        _db = new(Path.Combine(folder, FileName), durable: false, cacheMegabytes: 2);
        _db.Execute("""
            CREATE TABLE IF NOT EXISTS days(
                day TEXT, code TEXT, listing TEXT, looks INTEGER, gave_up INTEGER, refused INTEGER,
                PRIMARY KEY(day, code, listing)) WITHOUT ROWID
            """);
        _db.Execute("""
            CREATE TABLE IF NOT EXISTS found(code TEXT PRIMARY KEY, looks INTEGER, since INTEGER) WITHOUT ROWID
            """);
        _db.Execute("CREATE TABLE IF NOT EXISTS waiting(who TEXT PRIMARY KEY, until INTEGER, what TEXT) WITHOUT ROWID");
        _find = _db.Prepare("SELECT what FROM waiting WHERE who = ?1");
        _keep = _db.Prepare("REPLACE INTO waiting VALUES(?1, ?2, ?3)");
        _drop = _db.Prepare("DELETE FROM waiting WHERE who = ?1");
        _add = _db.Prepare("""
            INSERT INTO days VALUES(?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT DO UPDATE SET looks = looks + excluded.looks, gave_up = gave_up + excluded.gave_up,
                refused = refused + excluded.refused
            """);
        _addFound = _db.Prepare("""
            INSERT INTO found VALUES(?1, ?2, ?3) ON CONFLICT DO UPDATE SET looks = looks + excluded.looks
            """);
        _allFound = _db.Prepare("SELECT code, looks, since FROM found");
        _old = _db.Prepare("DELETE FROM days WHERE day < ?1");
        _gone = _db.Prepare("SELECT who, until, what FROM waiting WHERE until <= ?1");
        _all = _db.Prepare("SELECT day, code, listing, looks, gave_up, refused FROM days");
        ReadAll();
    }

    /// <summary>In how many looks something was found, the most frequent first.</summary>
    public ImmutableArray<FoundCount> Found
    {
        get
        {
            lock (_lock)
                return [.. _foundBefore.Concat(_found).GroupBy(f => f.Key)
                    .Select(f => new FoundCount(f.Key, f.Sum(one => one.Value.Looks)))
                    .OrderByDescending(f => f.Looks).ThenBy(f => f.Code, StringComparer.Ordinal)];
        }
    }

    /// <summary>Since when it is counted; null: nothing was found yet.</summary>
    public Instant? Since
    {
        get
        {
            lock (_lock)
                return _foundBefore.Concat(_found).Select(f => (long?)f.Value.Since).Min() is { } since
                    ? Instant.FromUnixTimeSeconds(since) : null;
        }
    }

    /// <summary>Somebody has looked at a basket, and was told of these.</summary>
    public void HearFound(IEnumerable<string> codes)
    {
        lock (_lock)
            foreach (var code in codes)
            {
                if (_found.Count + _foundBefore.Count >= MostCodes && !_found.ContainsKey(code)
                    && !_foundBefore.ContainsKey(code)) continue;
                var known = _found.GetValueOrDefault(code, (Looks: 0, Since: _platform.Now.ToUnixTimeSeconds()));
                _found[code] = known with { Looks = known.Looks + 1 };
            }
    }

    /// <summary>A checkout was asked for and not opened, for these.</summary>
    public void Refuse(IEnumerable<StoodInTheWay> what)
    {
        lock (_lock)
            foreach (var one in what.Distinct()) Count(one, _platform.Now, refused: 1);
    }

    /// <summary>What is counted, the newest day first.</summary>
    public ImmutableArray<LookDay> Days
    {
        get
        {
            lock (_lock)
            {
                var all = new Dictionary<(string, string, string), LookDay>(_days);
                foreach (var (key, more) in _more) all[key] = And(all.GetValueOrDefault(key), key, more);
                return [.. all.Values.OrderByDescending(d => d.Day, StringComparer.Ordinal)
                    .ThenByDescending(d => d.Looks).ThenBy(d => d.Code, StringComparer.Ordinal)];
            }
        }
    }

    static LookDay And(
        LookDay? day, (string Day, string Code, string Listing) key, (int Looks, int GaveUp, int Refused) more) =>
        day is null
        ? new(key.Code, key.Listing, key.Day, more.Looks, more.GaveUp, more.Refused)
        : day with
        {
            Looks = day.Looks + more.Looks, GaveUp = day.GaveUp + more.GaveUp, Refused = day.Refused + more.Refused,
        };

    /// <summary>A buyer looks; what stood in their way before and doesn't now is settled.</summary>
    public void Look(BuyerId who, IEnumerable<StoodInTheWay> what)
    {
        lock (_lock)
        {
            var (now, before) = (_platform.Now, Before(who.Code));
            ImmutableArray<StoodInTheWay> all = [.. what.Distinct()];
            foreach (var one in all.Except(before)) Count(one, now, looks: 1);
            if (all.IsEmpty && before.IsEmpty) return;
            if (all.IsEmpty) _waiting[who.Code] = null;
            else if (!before.IsEmpty || _waiting.Count < MostWaiting)
                _waiting[who.Code] = ((now + Patience).ToUnixTimeSeconds(), all);
        }
    }

    /// <summary>A buyer has opened a checkout: whatever stood in the way, they went on.</summary>
    public void Open(BuyerId who)
    {
        lock (_lock)
            if (!Before(who.Code).IsEmpty) _waiting[who.Code] = null;
    }

    ImmutableArray<StoodInTheWay> Before(string who)
    {
        if (_waiting.TryGetValue(who, out var known)) return known?.What ?? [];
        if (!_find.Bind(1, who).Step()) return [];
        var what = Read(_find.Text(0));
        _find.Reset();
        return what;
    }

    static ImmutableArray<StoodInTheWay> Read(string text) =>
        JsonSerializer.Deserialize<ImmutableArray<StoodInTheWay>>(text, JsonSerializerOptions.Web);

    void Count(StoodInTheWay one, Instant at, int looks = 0, int gaveUp = 0, int refused = 0)
    {
        var key = (ListingFindings.DayOf(at), one.Code, one.Listing);
        if (_days.Count + _more.Count >= MostRows && !_days.ContainsKey(key) && !_more.ContainsKey(key)) return;
        var more = _more.GetValueOrDefault(key);
        _more[key] = (more.Looks + looks, more.GaveUp + gaveUp, more.Refused + refused);
    }

    /// <summary>Whoever hasn't come back within the hour has given it up.</summary>
    public void Sweep()
    {
        lock (_lock)
        {
            Save();
            List<(string Who, long Until, ImmutableArray<StoodInTheWay> What)> gone = [];
            _gone.Bind(1, _platform.Now.ToUnixTimeSeconds());
            while (_gone.Step()) gone.Add((_gone.Text(0), _gone.Long(1), Read(_gone.Text(2))));
            foreach (var (who, until, what) in gone)
            {
                _waiting[who] = null;
                foreach (var one in what) Count(one, Instant.FromUnixTimeSeconds(until), gaveUp: 1);
            }
            _old.Bind(1, ListingFindings.DayOf(_platform.Now - Duration.FromDays(DaysKept))).Run();
            Save();
        }
    }

    /// <summary>Writes what was counted, and reads what others counted.</summary>
    public void Save()
    {
        lock (_lock)
        {
            if (_waiting.Count + _more.Count + _found.Count > 0) Write();
            ReadAll();
        }
    }

    void Write()
    {
        _db.Execute("BEGIN IMMEDIATE");
        try
        {
            foreach (var (who, kept) in _waiting)
                if (kept is { } w)
                    _keep.Bind(1, who).Bind(2, w.Until)
                        .Bind(3, JsonSerializer.Serialize(w.What, JsonSerializerOptions.Web)).Run();
                else _drop.Bind(1, who).Run();
            foreach (var (key, more) in _more)
                _add.Bind(1, key.Day).Bind(2, key.Code).Bind(3, key.Listing).Bind(4, more.Looks).Bind(5, more.GaveUp)
                    .Bind(6, more.Refused).Run();
            foreach (var (code, found) in _found)
                _addFound.Bind(1, code).Bind(2, found.Looks).Bind(3, found.Since).Run();
            _db.Execute("COMMIT");
        }
        catch
        {
            _db.RollBack();
            throw;
        }
        _waiting.Clear();
        _more.Clear();
        _found.Clear();
    }

    void ReadAll()
    {
        Dictionary<(string, string, string), LookDay> days = [];
        while (_all.Step())
            days[(_all.Text(0), _all.Text(1), _all.Text(2))] = new(
                _all.Text(1), _all.Text(2), _all.Text(0), (int)_all.Long(3), (int)_all.Long(4), (int)_all.Long(5));
        _days = days;
        Dictionary<string, (long, long)> found = [];
        while (_allFound.Step()) found[_allFound.Text(0)] = (_allFound.Long(1), _allFound.Long(2));
        _foundBefore = found;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) Try(Sweep);
        }
        catch (OperationCanceledException) { }
        Try(Save);
    }

    // A disk that is full for a while costs no process its life: what was counted waits for the next time.
    static void Try(Action act)
    {
        try { act(); }
        catch (SqliteException) { }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        lock (_lock) _db.Dispose();
    }
}
