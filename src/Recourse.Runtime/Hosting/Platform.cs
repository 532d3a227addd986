using Microsoft.Extensions.Logging;
namespace Recourse.Runtime;

/// <summary>The clock of one platform; never the host's <c>TimeProvider</c>, which Orleans lives by.</summary>
public interface IClock
{
    /// <summary>Whole milliseconds, UTC.</summary>
    Instant Now { get; }
}

/// <summary>Real time.</summary>
public sealed class RealClock : IClock
{
    /// <inheritdoc/>
    public Instant Now => Instant.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
}

/// <summary>Limits of one process.</summary>
/// <param name="MostWaiting">Asks that a partition lets wait before it answers "busy".</param>
public sealed record PlatformOptions(int MostWaiting = 4_000);

/// <summary>What all shells of one process share, and the face that edges see.</summary>
public sealed class Platform(
    Registry registry, Store store, IClock clock, Func<Outside, Task<object?>> outside, PlatformOptions options,
    ILoggerFactory logs) : IPlatform
{
    readonly Shell?[] _here = new Shell?[Registry.Partitions];
    readonly ILogger _log = logs.CreateLogger<Platform>();
    Wire? _wire;

    /// <summary>The kinds.</summary>
    public Registry Registry => registry;

    /// <summary>The truth.</summary>
    public IJournal Journal => store.Journal;

    /// <summary>Where things are in it.</summary>
    public Follower Follower => store.Follower;

    /// <summary>Limits.</summary>
    public PlatformOptions Options => options;

    /// <summary>Calls the outside.</summary>
    public Func<Outside, Task<object?>> Outside => outside;

    /// <summary>JSON between silos.</summary>
    public Wire Wire => _wire ??= new(registry, () => Rulebooks);

    /// <summary>Reaches partitions on other silos; set once the silo runs.</summary>
    public IGrainFactory? Grains { get; set; }

    /// <inheritdoc/>
    public Instant Now => clock.Now;

    /// <inheritdoc/>
    public ImmutableArray<Rulebook> Rulebooks { get; set; } = [];

    /// <inheritdoc/>
    public IViews Views => store.Views;

    /// <inheritdoc/>
    public long Position => Journal.Position;

    /// <summary>A partition is placed here.</summary>
    public Shell Enter(int number) => _here[number] = new Shell(number, this, _log);

    /// <summary>A partition leaves.</summary>
    public void Leave(Shell shell)
    {
        shell.Close();
        Interlocked.CompareExchange(ref _here[shell.Number], null, shell);
    }

    /// <summary>The partitions that are placed in this process.</summary>
    public IEnumerable<int> Here => Enumerable.Range(0, Registry.Partitions).Where(p => _here[p] is not null);

    /// <summary>Asks that have no answer yet, in this process.</summary>
    public int Asking => _here.Sum(s => s?.Asking ?? 0);

    /// <summary>
    /// Opens every partition that owes something, now and again before its hour, so that no deadline waits for a
    /// visitor. Ends when cancelled.
    /// </summary>
    public async Task KeepOpen(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10));
        do
            foreach (var p in Follower.Owing(Now))
                if (_here[p] is null) await Grain(p).Open();
        while (await timer.WaitForNextTickAsync(stop));
    }

    IPartitionGrain Grain(int partition) =>
        Grains?.GetGrain<IPartitionGrain>(partition) ?? throw new InvalidOperationException("The silo isn't running.");

    /// <summary>Says something to a partition, wherever it is; what gets lost is said again.</summary>
    public void Post(int partition, Input input)
    {
        if (_here[partition] is { } shell) shell.Post(input);
        else Grain(partition).Post(Wire.Write(input)).Ignore();
    }

    /// <inheritdoc/>
    public async Task<Outcome> Ask(Ask ask, CancellationToken cancel = default)
    {
        if (ask is { Key: not null, RequestHash: null })
            ask = ask with
            {
                RequestHash = Hash(registry.Json.Write(registry.Of(ask.Target).Types.Command, ask.Command)),
            };
        var partition = registry.PartitionOf(ask.Target);
        if (_here[partition] is { } shell) return await shell.Ask(ask).WaitAsync(cancel);
        return Wire.ReadOutcome(ask.Target, await Grain(partition).Ask(Wire.Write(ask)).WaitAsync(cancel));
    }

    /// <summary>FNV-1a, 64 bits.</summary>
    public static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in bytes) hash = unchecked((hash ^ b) * 1099511628211UL);
        return hash;
    }

    /// <inheritdoc/>
    public async Task<Seen?> Read(IId id, Actor who, CancellationToken cancel = default)
    {
        var partition = registry.PartitionOf(id);
        if (_here[partition] is { } shell) return await shell.Read(id, who).WaitAsync(cancel);
        return Wire.ReadSeen(await Grain(partition).Read(id.ToString()!, Wire.Write(who)).WaitAsync(cancel));
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<Recorded>?> History(IId id, Actor who, CancellationToken cancel = default) =>
        await Read(id, who, cancel) is null ? null
        : [.. Journal.At(Follower.Positions(id)).SelectMany(t => Recordings.Of(t.Position, t.Turn))
            .Where(r => r.Id.Equals(id))];

    /// <inheritdoc/>
    public Task<ImmutableArray<Recorded>> Feed(long after, int turns, CancellationToken cancel = default) =>
        Task.FromResult<ImmutableArray<Recorded>>(
            [.. Journal.Read(after, turns).SelectMany(t => Recordings.Of(t.Position, t.Turn))]);

    /// <inheritdoc/>
    public async Task Beyond(long position, TimeSpan limit, CancellationToken cancel = default)
    {
        var next = Follower.Next;
        if (Position > position) return;
        try { await next.WaitAsync(limit, cancel); }
        catch (TimeoutException) { }
    }
}

/// <summary>Turns as views and readers of the feed see them.</summary>
public static class Recordings
{
    /// <summary>One for each event.</summary>
    public static IEnumerable<Recorded> Of(long position, Turn turn)
    {
        for (var nth = 0; nth < turn.Events.Length; nth++) yield return Of(position, turn, nth);
    }

    /// <summary>That of one of its events, by its place from 0.</summary>
    public static Recorded Of(long position, Turn turn, int nth)
    {
        var (id, @event, transfers) = turn.Events[nth];
        return new(position, nth, turn.At, turn.Who, turn.Rulebook, id, @event, transfers);
    }
}
