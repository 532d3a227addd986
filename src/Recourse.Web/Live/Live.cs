using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>
/// Tells open pages what has changed. Commits and checkpoints of views are heard once for all of them; while no page
/// is open, nothing is gathered.
/// </summary>
/// <remarks>
/// Pages name topics by tags that only this process can make, so a page can listen to what it was shown, and to
/// nothing that somebody guessed. A change is numbered within the life of this process; who comes from another life, or
/// from too far back, is told that everything may have changed.
/// </remarks>
sealed class Live(Store store) : BackgroundService
{
    const string Everything = "*";
    const int MostKept = 200_000, MostTags = 200;
    const long IdleAfter = 60_000;

    static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(250), Beat = TimeSpan.FromSeconds(15),
        EndsAfter = TimeSpan.FromMinutes(5);

    readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    readonly string _life = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
    readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1)
    {
        FullMode = BoundedChannelFullMode.DropWrite,
    });
    readonly Lock _gate = new();
    readonly Dictionary<long, HashSet<ulong>> _kept = [];
    List<List<(long Position, Turn Turn)>> _turns = [];
    List<List<(View View, Found Found)>> _rows = [];
    List<Topic> _topics = [];
    long _nth, _before, _size, _wantedUntil;
    int _listeners;
    bool _isGathering;
    TaskCompletionSource _pulse = New();

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        store.Follower.Committed += HearCommit;
        return base.StartAsync(cancellationToken);
    }

    /// <summary>
    /// Where a page stands that is about to be read: all that changes afterwards is told to it.
    /// </summary>
    public string Mark()
    {
        lock (_gate)
        {
            _wantedUntil = Environment.TickCount64 + IdleAfter;
            if (_isGathering) return NameOf(_nth);
            _isGathering = true;
            _kept.Clear();
            (_size, _before) = (0, ++_nth);
            store.Views.Changed = HearRows;
            return NameOf(_nth);
        }
    }

    /// <summary>How pages name topics.</summary>
    public string TagsOf(IEnumerable<Topic> topics) =>
        string.Join('.', topics.Select(t => NameOf(TagOf(t))).Distinct());

    ulong TagOf(Topic topic)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(topic.Text), hash);
        return BitConverter.ToUInt64(hash);
    }

    static string NameOf(ulong tag) => tag.ToString("x16", CultureInfo.InvariantCulture);

    string NameOf(long nth) => string.Create(CultureInfo.InvariantCulture, $"{_life}-{nth}");

    /// <summary>Something changed that is neither an aggregate nor a row.</summary>
    public void Tell(Topic topic)
    {
        lock (_gate) if (_isGathering) _topics.Add(topic);
        _signal.Writer.TryWrite(true);
    }

    void HearCommit(long before, List<(long Position, Turn Turn)> turns)
    {
        lock (_gate)
        {
            if (!_isGathering) return;
            if (_listeners == 0 && Environment.TickCount64 > _wantedUntil)
            {
                (_isGathering, store.Views.Changed) = (false, null);
                return;
            }
            _turns.Add(turns);
        }
        _signal.Writer.TryWrite(true);
    }

    void HearRows(List<(View View, Found Found)> rows)
    {
        lock (_gate) _rows.Add(rows);
        _signal.Writer.TryWrite(true);
    }

    /// <summary>What comes first is told at once; what follows it closely, together.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in _signal.Reader.ReadAllAsync(stoppingToken))
        {
            Publish();
            await Task.Delay(Gather, stoppingToken);
        }
    }

    void Publish()
    {
        List<List<(long Position, Turn Turn)>> turns;
        List<List<(View View, Found Found)>> rows;
        List<Topic> topics;
        lock (_gate) (turns, rows, topics, _turns, _rows, _topics) = (_turns, _rows, _topics, [], [], []);
        HashSet<Topic> changed = [.. topics];
        foreach (var (_, turn) in turns.SelectMany(t => t))
            foreach (var happened in turn.Events) changed.Add(Topic.Of(happened.Id));
        foreach (var (view, found) in rows.SelectMany(r => r)) changed.Add(Topic.Of(view, found.Index, found.Value));
        if (changed.Count == 0) return;
        HashSet<ulong> tags = [.. changed.Select(TagOf)];
        lock (_gate)
        {
            _kept[++_nth] = tags;
            _size += tags.Count;
            while (_size > MostKept && _kept.Remove(++_before, out var oldest)) _size -= oldest.Count;
        }
        Interlocked.Exchange(ref _pulse, New()).TrySetResult();
    }

    /// <summary>The tags of an address; null: they are none.</summary>
    public static ulong[]? Read(string? names)
    {
        var parts = names?.Split('.') ?? [];
        if (parts.Length is 0 or > MostTags) return null;
        var tags = new ulong[parts.Length];
        for (var i = 0; i < tags.Length; i++)
            if (parts[i].Length != 16 || !ulong.TryParse(
                parts[i], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out tags[i])) return null;
        return tags;
    }

    /// <summary>
    /// Which of the tags changed since a mark, as it happens. It ends now and then and comes back through the door, so
    /// that a session that was ended hears no more.
    /// </summary>
    public async IAsyncEnumerable<SseItem<string>> Changes(
        ulong[] tags, string? since, CancellationToken stopping, [EnumeratorCancellation] CancellationToken gone)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stopping, gone);
        ends.CancelAfter(EndsAfter);
        Mark();
        Interlocked.Increment(ref _listeners);
        try
        {
            var nth = NthOf(since);
            yield return Item("beat", "", nth);
            while (!ends.IsCancellationRequested)
            {
                var pulse = Volatile.Read(ref _pulse).Task;
                (var changed, nth) = After(nth, tags);
                if (changed is not "") yield return Item("changed", changed, nth);
                else if (!await Pulse(pulse, ends.Token)) yield return Item("beat", "", nth);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _listeners);
            Volatile.Write(ref _wantedUntil, Environment.TickCount64 + IdleAfter);
        }
    }

    static async Task<bool> Pulse(Task pulse, CancellationToken ends)
    {
        try { await pulse.WaitAsync(Beat, ends); }
        catch (TimeoutException) { return false; }
        catch (OperationCanceledException) { }
        return true;
    }

    (string Changed, long Nth) After(long nth, ulong[] tags)
    {
        lock (_gate)
        {
            if (nth < _before) return (Everything, _nth);
            HashSet<ulong> changed = [];
            for (var n = nth + 1; n <= _nth; n++)
                foreach (var tag in tags)
                    if (_kept[n].Contains(tag)) changed.Add(tag);
            return (string.Join(' ', changed.Select(NameOf)), _nth);
        }
    }

    long NthOf(string? mark) => mark?.Split('-') is [var life, var nth] && life == _life
        && long.TryParse(nth, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number <= Volatile.Read(ref _nth) ? number : -1;

    SseItem<string> Item(string name, string data, long nth) => new(data, name) { EventId = NameOf(nth) };

    public override void Dispose()
    {
        store.Follower.Committed -= HearCommit;
        base.Dispose();
    }
}
