using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Runtime;
namespace Recourse.World.Invariants;

/// <summary>Invariant 25: whatever comes twice, late or out of order changes things once and in order.</summary>
public sealed class SaidOnce : Invariant
{
    readonly Dictionary<(int From, int To), (long Sent, long Seen)> _channels = [];
    readonly Dictionary<(int From, int To, long Number), (IId Target, IId From, object Command)> _underWay = [];
    readonly Dictionary<int, long> _called = [];
    readonly HashSet<(int Partition, long Number)> _unanswered = [];
    readonly HashSet<string> _reports = [];

    /// <inheritdoc/>
    public override void After(long position, Turn turn)
    {
        if (turn.Seen is { } seen) Arrive(turn, seen);
        foreach (var m in turn.Sent)
        {
            var channel = (turn.Partition, Known.Registry.PartitionOf(m.Target));
            var last = _channels.GetValueOrDefault(channel);
            Must(m.Number == last.Sent + 1, 25, $"message {m.Number} follows {last.Sent}", m.Target);
            _channels[channel] = last with { Sent = m.Number };
            _underWay[(channel.Item1, channel.Item2, m.Number)] = (m.Target, m.From, m.Command);
        }
        foreach (var call in turn.Calls)
        {
            Must(call.Number == _called.GetValueOrDefault(turn.Partition) + 1, 25, "a call has another's number",
                call.From);
            _called[turn.Partition] = call.Number;
            _unanswered.Add((turn.Partition, call.Number));
        }
        if (turn.Answers is { } answered)
            Must(_unanswered.Remove((turn.Partition, answered)), 25, $"call {answered} is answered twice", turn.Target);
        if (turn.Events.Length > 0 && ReportOf(turn.Command) is { } report)
            Must(_reports.Add($"{turn.Target} {report.EventId}"), 25, $"report {report.EventId} counts twice",
                turn.Target);
    }

    static ProviderReport? ReportOf(object? command) => command switch
    {
        Payment.Command.HearReport c => c.Report,
        Refund.Command.HearReport c  => c.Report,
        _ => null,
    };

    void Arrive(Turn turn, Mark seen)
    {
        var channel = (seen.From, turn.Partition);
        var last = _channels.GetValueOrDefault(channel);
        Must(seen.Number == last.Seen + 1, 25, $"message {seen.Number} is acted on after {last.Seen}", turn.Target);
        _channels[channel] = last with { Seen = seen.Number };
        var found = _underWay.Remove((seen.From, turn.Partition, seen.Number), out var sent);
        Must(found, 25, $"acts on message {seen.Number} of {seen.From}, which is not under way", turn.Target);
        if (found)
            Must(turn.Target.Equals(sent.Target) && turn.Command?.GetType() == sent.Command.GetType()
                && turn.Who is Actor.Aggregate who && who.Id == sent.From.ToString(), 25,
                $"acts on message {seen.Number} as another than was sent", turn.Target);
    }

    /// <inheritdoc/>
    public override void Finish()
    {
        if (!Known.IsAtRest) return;
        foreach (var (key, message) in _underWay)
            Wrong(25, $"message {key.Number} from {key.From} to {key.To} never arrived", message.Target);
        foreach (var (partition, number) in _unanswered) Wrong(25, $"call {number} of {partition} is never answered");
    }
}

/// <summary>Invariant 23, as far as the log shows it: a key is accepted once.</summary>
public sealed class KeysOnce : Invariant
{
    // As long, and as many, as an aggregate remembers.
    const int Remembered = 64;
    static readonly Duration Long = Duration.FromDays(30);

    readonly Dictionary<IId, List<Said>> _said = [];

    /// <inheritdoc/>
    public override void After(long position, Turn turn)
    {
        if (turn.Key is not { } key) return;
        if (!_said.TryGetValue(turn.Target, out var all)) _said[turn.Target] = all = [];
        for (var i = Math.Max(0, all.Count - Remembered); i < all.Count; i++)
            Must(all[i].Key != key.Key || all[i].At + Long < turn.At, 23, $"key {key.Key} is accepted twice",
                turn.Target);
        all.Add(key);
    }
}
