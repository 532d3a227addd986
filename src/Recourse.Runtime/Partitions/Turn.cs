namespace Recourse.Runtime;

/// <summary>One turn, one row: what was decided and what is owed. Nothing else is ever appended.</summary>
/// <param name="Sequence">Counts the turns of this epoch, from 1.</param>
/// <param name="Key">The idempotency key it was asked with, per actor, and the hash of what was asked.</param>
/// <param name="Wakes">Aggregates whose next wake is another one now.</param>
/// <param name="Refusals">Why a message or an answer was refused: it is recorded, because it was owed.</param>
/// <param name="Fault">What went wrong with a message or wake that could not be decided: an incident.</param>
public sealed record Turn(
    int Partition, int Epoch, long Sequence, Instant At, Actor Who, Said? Key, IId Target, object? Command,
    int Rulebook,
    Happened[] Events, Sent[] Sent, Outside[] Calls, WakeAt[] Wakes, ImmutableArray<Refusal> Refusals, Mark? Seen,
    long? Answers, string? Fault);

/// <summary>An aggregate as a partition holds it.</summary>
/// <param name="Keys">The newest idempotency keys, oldest first.</param>
/// <param name="Sequence">The turn that changed it last, in this epoch.</param>
/// <param name="Saved">The version of its newest snapshot.</param>
public sealed record Entry(object? State, long Version, ImmutableArray<Said> Keys, long Sequence = 0, long Saved = 0)
{
    /// <summary>Nothing yet.</summary>
    public static readonly Entry Nothing = new(null, 0, []);

    const int MostKeys = 1_024;
    static readonly Duration Remembered = Duration.FromDays(30);

    /// <summary>With one more key, and without those that are too old or too many.</summary>
    public Entry Remember(Said said, Instant at)
    {
        var keys = Keys;
        while (keys.Length >= MostKeys || (keys.Length > 0 && keys[0].At + Remembered < at)) keys = keys.RemoveAt(0);
        return this with { Keys = keys.Add(said) };
    }
}

/// <summary>An ask that was accepted: who and key, what was asked, and the version it led to.</summary>
public sealed record Said(string Key, ulong Hash, long Version, Instant At);

/// <summary>An event, of whom, and what it meant in money.</summary>
public readonly record struct Happened(IId Id, object Event, ImmutableArray<Transfer> Transfers);

/// <summary>A message on a channel from partition to partition.</summary>
public sealed record Sent(long Number, IId From, IId Target, object Command, IIfRefused? IfRefused);

/// <summary>A call to the outside that is owed an answer.</summary>
public sealed record Outside(long Number, IId From, IOutside Request);

/// <summary>The next instant at which time is a command to it; null: none.</summary>
public readonly record struct WakeAt(IId Id, Instant? At);

/// <summary>The newest message of a channel that was acted on.</summary>
public sealed record Mark(int From, long Number);
