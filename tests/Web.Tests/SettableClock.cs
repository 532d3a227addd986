using IClock = Recourse.Runtime.IClock;
namespace Recourse.Tests;

/// <summary>Real time, and as much more as a test wants.</summary>
sealed class SettableClock : IClock
{
    long _ahead;

    /// <inheritdoc/>
    public Instant Now => Instant.FromUnixTimeMilliseconds(
        DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + Volatile.Read(ref _ahead));

    /// <summary>Jumps forward.</summary>
    public void Pass(Duration time) => Interlocked.Add(ref _ahead, (long)time.TotalMilliseconds);

    /// <summary>Jumps to just after an instant, if that is ahead.</summary>
    public void PassUntil(Instant at)
    {
        if (at > Now) Pass(at - Now + Duration.FromSeconds(1));
    }
}
