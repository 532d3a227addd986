using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Recourse.Checkouts;
using Recourse.Runtime;
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
/// the log: these are counts by day, kept in a file of their own, also in backups, and of each buyer what stood in
/// their way for an hour, until it is settled, bought or given up.
/// </summary>
public sealed class LookBook(string file, IPlatform platform) : BackgroundService
{
    sealed record Waiting(string Who, long Until, ImmutableArray<StoodInTheWay> What);
    sealed record Kept(
        ImmutableArray<LookDay> Days, ImmutableArray<Waiting> Waiting, ImmutableArray<FoundCount>? Found = null,
        long? Since = null);

    /// <summary>The folder within the data folder, and the file in it.</summary>
    public const string FolderName = "looks", FileName = "looks.json";

    const int MostWaiting = 10_000, DaysKept = 92, MostRows = 20_000, MostCodes = 500;
    static readonly Duration Patience = Duration.FromHours(1);
    static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    readonly Lock _lock = new();
    readonly Dictionary<string, Waiting> _waiting = [];
    readonly Dictionary<(string, string, string), LookDay> _days = [];
    readonly Dictionary<string, long> _found = [];
    Instant? _since;
    bool _isChanged;

    /// <summary>In how many looks something was found, the most frequent first.</summary>
    public ImmutableArray<FoundCount> Found
    {
        get
        {
            lock (_lock)
                return [.. _found.Select(f => new FoundCount(f.Key, f.Value)).OrderByDescending(f => f.Looks)
                    .ThenBy(f => f.Code, StringComparer.Ordinal)];
        }
    }

    /// <summary>Since when it is counted; null: nothing was found yet.</summary>
    public Instant? Since
    {
        get
        {
            lock (_lock) return _since;
        }
    }

    /// <summary>Somebody has looked at a basket, and was told of these.</summary>
    public void HearFound(IEnumerable<string> codes)
    {
        lock (_lock)
            foreach (var code in codes)
            {
                if (_found.Count >= MostCodes && !_found.ContainsKey(code)) continue;
                _found[code] = _found.GetValueOrDefault(code) + 1;
                _since ??= platform.Now;
                _isChanged = true;
            }
    }

    /// <summary>A checkout was asked for and not opened, for these.</summary>
    public void Refuse(IEnumerable<StoodInTheWay> what)
    {
        lock (_lock)
            foreach (var one in what.Distinct())
            {
                Count(one, platform.Now, looks: 0, gaveUp: 0, refused: 1);
                _isChanged = true;
            }
    }

    /// <summary>What is counted, the newest day first.</summary>
    public ImmutableArray<LookDay> Days
    {
        get
        {
            lock (_lock)
                return [.. _days.Values.OrderByDescending(d => d.Day, StringComparer.Ordinal)
                    .ThenByDescending(d => d.Looks).ThenBy(d => d.Code, StringComparer.Ordinal)];
        }
    }

    /// <summary>A buyer looks; what stood in their way before and doesn't now is settled.</summary>
    public void Look(BuyerId who, IEnumerable<StoodInTheWay> what)
    {
        lock (_lock)
        {
            var (code, now) = (who.Code, platform.Now);
            var before = _waiting.GetValueOrDefault(code)?.What ?? [];
            ImmutableArray<StoodInTheWay> all = [.. what.Distinct()];
            foreach (var one in all.Except(before)) Count(one, now, looks: 1, gaveUp: 0);
            if (all.IsEmpty) _waiting.Remove(code);
            else if (before.Length > 0 || _waiting.Count < MostWaiting)
                _waiting[code] = new(code, (now + Patience).ToUnixTimeSeconds(), all);
            _isChanged = true;
        }
    }

    /// <summary>A buyer has opened a checkout: whatever stood in the way, they went on.</summary>
    public void Open(BuyerId who)
    {
        lock (_lock) _isChanged |= _waiting.Remove(who.Code);
    }

    void Count(StoodInTheWay one, Instant at, int looks, int gaveUp, int refused = 0)
    {
        var key = (ListingFindings.DayOf(at), one.Code, one.Listing);
        if (!_days.TryGetValue(key, out var day))
        {
            if (_days.Count >= MostRows) return;
            day = new(one.Code, one.Listing, key.Item1, 0, 0);
        }
        _days[key] = day with
        {
            Looks = day.Looks + looks, GaveUp = day.GaveUp + gaveUp, Refused = day.Refused + refused,
        };
    }

    /// <summary>Whoever hasn't come back within the hour has given it up.</summary>
    public void Sweep()
    {
        lock (_lock)
        {
            var now = platform.Now;
            foreach (var gone in _waiting.Values.Where(w => w.Until <= now.ToUnixTimeSeconds()).ToList())
            {
                _waiting.Remove(gone.Who);
                foreach (var one in gone.What) Count(one, Instant.FromUnixTimeSeconds(gone.Until), looks: 0, gaveUp: 1);
                _isChanged = true;
            }
            var oldest = ListingFindings.DayOf(now - Duration.FromDays(DaysKept));
            foreach (var old in _days.Keys.Where(k => string.CompareOrdinal(k.Item1, oldest) < 0).ToList())
                _days.Remove(old);
        }
    }

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if ((Read(file) ?? Read(Before)) is { } kept)
            lock (_lock)
            {
                foreach (var d in kept.Days) _days[(d.Day, d.Code, d.Listing)] = d;
                foreach (var w in kept.Waiting) _waiting[w.Who] = w;
                foreach (var f in kept.Found ?? []) _found[f.Code] = f.Looks;
                _since = kept.Since is { } since ? Instant.FromUnixTimeSeconds(since) : null;
            }
        return base.StartAsync(cancellationToken);
    }

    // Where older versions kept it: beside its folder.
    string Before => Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(file)!)!, FileName);

    // Counts that can't be read are counted anew: nothing else hangs on them.
    static Kept? Read(string file)
    {
        if (!File.Exists(file)) return null;
        try { return JsonSerializer.Deserialize<Kept>(File.ReadAllBytes(file), JsonSerializerOptions.Web); }
        catch (JsonException) { return null; }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Sweep();
                Save();
            }
        }
        catch (OperationCanceledException) { }
        Save();
    }

    /// <summary>Keeps what has changed.</summary>
    public void Save()
    {
        byte[] bytes;
        lock (_lock)
        {
            if (!_isChanged) return;
            _isChanged = false;
            bytes = JsonSerializer.SerializeToUtf8Bytes(
                new Kept(
                    [.. _days.Values], [.. _waiting.Values], [.. _found.Select(f => new FoundCount(f.Key, f.Value))],
                    _since?.ToUnixTimeSeconds()),
                JsonSerializerOptions.Web);
        }
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes($"{file}.next", bytes);
        File.Move($"{file}.next", file, overwrite: true);
    }
}
