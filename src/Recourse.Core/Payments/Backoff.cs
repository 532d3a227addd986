using Recourse.Rulebooks;
namespace Recourse.Payments;

/// <summary>How a call whose outcome is unknown is repeated: ever more slowly, always with the same key.</summary>
/// <param name="First">Before the first repeat; doubles each time.</param>
/// <param name="Most">The longest wait.</param>
/// <param name="Patience">After so many repeats the platform's people are called; it goes on being asked.</param>
public sealed record Backoff(Duration First, Duration Most, int Patience)
{
    /// <summary>Reads <c>after</c>, <c>atMost</c> and <c>thenCallPeopleAfter</c>.</summary>
    public static Backoff Read(RuleReader r)
    {
        var backoff = new Backoff(r.Elapsed("after"), r.Elapsed("atMost"), r.Number("thenCallPeopleAfter", 1, 1_000));
        if (backoff.Most < backoff.First) r.Fault("atMost", "Must not be shorter than after.");
        r.Done();
        return backoff;
    }

    /// <summary>When it is asked again, and who is waited for.</summary>
    public Deadline Next(string then, int repeats, Instant at)
    {
        var wait = First;
        for (var i = 0; i < repeats && wait < Most; i++) wait += wait;
        var owner = repeats < Patience ? Party.Provider : Party.Operator;
        return new(owner, then, Warn: null, at + Duration.Min(wait, Most));
    }
}
