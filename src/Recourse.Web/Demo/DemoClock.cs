using System.Text.Json;
using IClock = Recourse.Runtime.IClock;
namespace Recourse.Web;

/// <summary>Why a demo's clock goes as it does.</summary>
public enum Gait
{
    /// <summary>At its pace.</summary>
    Running,

    /// <summary>Somebody has stopped it.</summary>
    Paused,

    /// <summary>At real time, because a visitor has done something and wants to see what comes of it.</summary>
    Visited,

    /// <summary>Through a day as fast as people can live it.</summary>
    Stepping,
}

/// <summary>
/// A clock with a pace. It never goes back: an instant is told only after a later one is on the disk, and from there it
/// goes on, however the process ended.
/// </summary>
public sealed class DemoClock : IClock, IDisposable
{
    /// <summary>The file's name in a store's folder.</summary>
    public const string FileName = "clock.json";

    /// <summary>The greatest pace, in days a minute.</summary>
    public const double MostPace = 24;

    /// <summary>How long it goes at real time after a visitor's act, in milliseconds of real time.</summary>
    public const long VisitLasts = 120_000;

    // Milliseconds here for one of real time.
    const double DayAMinute = 1_440, Sprint = 24 * DayAMinute;
    const long Reserved = 5_000;

    sealed record Kept(long Now, double Pace, bool IsPaused);

    readonly Lock _gate = new();
    readonly string _file;
    readonly Func<long> _real;
    double _now;
    long _told, _at, _visitUntil, _upTo;
    double? _sprintTo;
    double _pace;
    bool _isPaused;

    /// <summary>Goes on where it was, or starts at an instant if it never ran.</summary>
    /// <param name="start">Not before this either: what the journal knows has happened.</param>
    /// <param name="pace">Days a minute; null: as before, or one.</param>
    /// <param name="real">Milliseconds of real time; null: this machine's.</param>
    public DemoClock(string folder, Instant start, double? pace = null, Func<long>? real = null)
    {
        Directory.CreateDirectory(folder);
        _file = Path.Combine(folder, FileName);
        _real = real ?? (() => Environment.TickCount64);
        var kept = File.Exists(_file) ? JsonSerializer.Deserialize<Kept>(File.ReadAllBytes(_file)) : null;
        _told = Math.Max(start.ToUnixTimeMilliseconds(), kept?.Now ?? long.MinValue);
        (_now, _upTo, _at) = (_told, _told, _real());
        (_pace, _isPaused) = (Checked(pace ?? kept?.Pace ?? 1), kept?.IsPaused ?? false);
    }

    /// <inheritdoc/>
    public Instant Now
    {
        get
        {
            lock (_gate)
            {
                Advance();
                return Instant.FromUnixTimeMilliseconds(_told);
            }
        }
    }

    /// <summary>Days a minute.</summary>
    public double Pace
    {
        get { lock (_gate) return _pace; }
        set
        {
            var pace = Checked(value);
            Change(() => _pace = pace);
        }
    }

    /// <summary>How it goes now.</summary>
    public Gait Gait
    {
        get
        {
            lock (_gate)
            {
                Advance();
                return _sprintTo is not null ? Gait.Stepping : _isPaused ? Gait.Paused
                    : _at < _visitUntil ? Gait.Visited : Gait.Running;
            }
        }
    }

    /// <summary>Stops it.</summary>
    public void Pause() => Change(() => (_isPaused, _sprintTo) = (true, null));

    /// <summary>Lets it go on at its pace, also when a visitor has just done something.</summary>
    public void GoOn() => Change(() => (_isPaused, _visitUntil) = (false, 0));

    /// <summary>A day passes in seconds, and people live it; then it goes, or stands, as before.</summary>
    public void Step() => Change(() => _sprintTo = (_sprintTo ?? _now) + NodaConstants.MillisecondsPerDay);

    /// <summary>A visitor has done something: real time for a while, so that it can be felt.</summary>
    public void Visit() => Change(() => (_visitUntil, _sprintTo) = (_at + VisitLasts, null));

    /// <summary>Whether that is a pace.</summary>
    public static bool IsPace(double pace) => pace is >= 1 / DayAMinute and <= MostPace;

    static double Checked(double pace) => IsPace(pace) ? pace
        : throw new ArgumentOutOfRangeException(nameof(pace), pace, $"A pace is at most {MostPace} days a minute.");

    /// <summary>Hears when somebody has changed how it goes.</summary>
    public Action? Changed { get; set; }

    /// <summary>Milliseconds there for one of real time, as it goes now.</summary>
    public double Speed => Gait switch
    {
        Gait.Running  => Pace * DayAMinute,
        Gait.Paused   => 0,
        Gait.Visited  => 1,
        Gait.Stepping => Sprint,
    };

    /// <summary>Milliseconds of real time until it goes another way by itself; null: it won't.</summary>
    public long? ChangesIn
    {
        get
        {
            lock (_gate)
            {
                Advance();
                return _sprintTo is { } goal ? (long)((goal - _now) / Sprint) + 1
                    : !_isPaused && _at < _visitUntil ? _visitUntil - _at : null;
            }
        }
    }

    void Change(Action change)
    {
        lock (_gate)
        {
            Advance();
            change();
            Keep();
        }
        Changed?.Invoke();
    }

    void Advance()
    {
        var (from, to) = (_at, Math.Max(_at, _real()));
        _at = to;
        double left = to - from;
        if (_sprintTo is { } goal)
        {
            var needed = Math.Min(left, (goal - _now) / Sprint);
            _now += needed * Sprint;
            left -= needed;
            if (_now >= goal - 0.5) _sprintTo = null;
        }
        if (!_isPaused)
        {
            var slow = Math.Clamp(_visitUntil - (to - left), 0, left);
            _now += slow + (left - slow) * _pace * DayAMinute;
        }
        if ((long)_now > _upTo) Keep();
        _told = Math.Max(_told, (long)_now);
    }

    double Rate => _sprintTo is not null ? Sprint : Math.Max(1, _pace * DayAMinute);

    /// <summary>What is on the disk is ahead of what is told.</summary>
    void Keep()
    {
        _upTo = (long)_now + (_isPaused && _sprintTo is null ? 0 : (long)(Reserved * Rate));
        Write(_upTo);
    }

    void Write(long now)
    {
        var next = $"{_file}.new";
        File.WriteAllBytes(next, JsonSerializer.SerializeToUtf8Bytes(new Kept(now, _pace, _isPaused)));
        File.Move(next, _file, overwrite: true);
    }

    /// <summary>Tomorrow goes on from here, to the millisecond.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            Advance();
            Write(_told);
            _upTo = long.MaxValue;
        }
    }
}
