using System.Collections.Concurrent;
using Recourse.Adapters.Payments;
using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>An ask that was refused. Refusals aren't recorded: this is remembered for a while, and no longer.</summary>
sealed record RefusedAsk(Instant At, string What, string Of, string By, ImmutableArray<string> Codes);

/// <summary>What this process did of late, kept in memory: what is not worth a place in the store.</summary>
sealed class Pulse(StoppedBook stopped)
{
    /// <summary>How far back the short counts look, in seconds.</summary>
    public const int Recent = 300;

    const int MostRefusals = 200, MostReasons = 500;

    readonly long _startedAt = Environment.TickCount64;
    readonly ConcurrentDictionary<string, Tally> _reasons = [];
    readonly ConcurrentQueue<RefusedAsk> _refusals = [];

    /// <summary>For how many seconds it has counted.</summary>
    public long Seconds => (Environment.TickCount64 - _startedAt) / 1_000;

    /// <summary>Orders placed, by second and by minute.</summary>
    public Tally Orders { get; } = new(120, 1);

    /// <inheritdoc cref="Orders"/>
    public Tally OrdersByMinute { get; } = new(61, 60);

    /// <summary>Asks at the edge.</summary>
    public Tally Asks { get; } = new(Recent, 1);

    /// <summary>Those of them that were refused.</summary>
    public Tally Refused { get; } = new(Recent, 1);

    /// <summary>How long asks took.</summary>
    public Spans AskSpans { get; } = new(2_048);

    /// <summary>Calls of the payment provider, and those whose outcome nobody knows, or that went wrong here.</summary>
    public Tally Calls { get; } = new(Recent, 1);

    /// <inheritdoc cref="Calls"/>
    public Tally UnknownCalls { get; } = new(Recent, 1);

    /// <inheritdoc cref="Calls"/>
    public Tally FailedCalls { get; } = new(Recent, 1);

    /// <summary>Looks at payment methods that the provider was asked for, and those that it said nothing to.</summary>
    public Tally Looks { get; } = new(Recent, 1);

    /// <inheritdoc cref="Looks"/>
    public Tally UnansweredLooks { get; } = new(Recent, 1);

    /// <summary>How long calls took.</summary>
    public Spans CallSpans { get; } = new(1_024);

    /// <summary>Why asks were refused within the last hour, the most frequent first.</summary>
    public ImmutableArray<(string Code, long Count)> Reasons =>
    [
        .. _reasons.Select(r => (r.Key, r.Value.Last(60))).Where(r => r.Item2 > 0)
            .OrderByDescending(r => r.Item2).ThenBy(r => r.Key, StringComparer.Ordinal),
    ];

    /// <summary>The last refusals, the newest first.</summary>
    public IEnumerable<RefusedAsk> Refusals => _refusals.Reverse();

    /// <summary>One turn is durable.</summary>
    public void Hear(Turn turn)
    {
        foreach (var happened in turn.Events)
            if (happened.Event is Order.Event.Placed)
            {
                Orders.Add();
                OrdersByMinute.Add();
            }
    }

    /// <summary>One ask at the edge is over.</summary>
    public void Hear(Ask ask, Outcome outcome, TimeSpan took, Instant at)
    {
        Asks.Add();
        AskSpans.Add(took);
        if (outcome is not Outcome.Refused no) return;
        Refused.Add();
        foreach (var code in no.Why.Select(w => w.Code).Distinct())
            if (_reasons.Count < MostReasons || _reasons.ContainsKey(code))
                _reasons.GetOrAdd(code, _ => new(60, 60)).Add();
        var (of, command) = ($"{ask.Target}", ask.Command.GetType().Name);
        var refused = new RefusedAsk(
            at, $"{of[..of.IndexOf('/', StringComparison.Ordinal)]}.{Closed.NameOf(command)}", of, Words.Of(ask.Who),
            [.. no.Why.Select(w => w.Code).Distinct()]);
        _refusals.Enqueue(refused);
        while (_refusals.Count > MostRefusals) _refusals.TryDequeue(out _);
        if (ask is { Command: Checkout.Command.Open, Target: CheckoutId checkout })
            stopped.Keep(checkout, new(at, of, refused.Codes));
    }

    /// <summary>A call of the provider that is measured.</summary>
    public Task<ProviderAnswer> Measure(IPaymentProvider provider, ProviderCall call) =>
        Measure(provider.Call(call, CancellationToken.None), answer => answer is ProviderAnswer.Unknown);

    /// <summary>The same of a bank's check.</summary>
    public Task<ChallengeAnswer> Measure(IPaymentProvider provider, ChallengeCall call) =>
        Measure(provider.Challenge(call, CancellationToken.None), answer => answer is ChallengeAnswer.Unknown);

    async Task<T> Measure<T>(Task<T> call, Func<T, bool> isUnknown)
    {
        var startedAt = System.Diagnostics.Stopwatch.GetTimestamp();
        Calls.Add();
        try
        {
            var answer = await call;
            if (isUnknown(answer)) UnknownCalls.Add();
            return answer;
        }
        catch
        {
            FailedCalls.Add();
            throw;
        }
        finally { CallSpans.Add(System.Diagnostics.Stopwatch.GetElapsedTime(startedAt)); }
    }
}
