namespace Recourse.Runtime;

/// <summary>What is owed at the moment.</summary>
/// <param name="Messages">Sent to another partition, and not acted on there yet.</param>
/// <param name="Calls">Of the outside, without an answer.</param>
/// <param name="OldestMessage">Position of the turn that sent the oldest of them; null: there is none.</param>
/// <param name="OldestCall">Position of the turn that made the oldest call; null: there is none.</param>
public sealed record Backlog(long Messages, int Calls, long? OldestMessage, long? OldestCall);

/// <summary>Messages from one partition to another that have not been acted on yet.</summary>
/// <param name="Oldest">Position of the turn that sent the first of them.</param>
public sealed record ChannelOwed(int From, int To, int Messages, long Oldest);

public sealed partial class Follower
{
    /// <summary>All that is owed, as far as it is durable.</summary>
    public Backlog Backlog()
    {
        lock (_gate)
        {
            long? message = null, call = null;
            var calls = 0;
            foreach (var own in _owings)
            {
                calls += own.Calls.Count;
                foreach (var (_, position) in own.Calls) { call = Least(call, position); break; }
                if (_undelivered == 0) continue;
                foreach (var queue in own.Undelivered.Values)
                    if (queue.TryPeek(out var first)) message = Least(message, first.Position);
            }
            return new(_undelivered, calls, message, call);
        }

        static long Least(long? known, long position) => known is { } k ? Math.Min(k, position) : position;
    }

    /// <summary>The fullest channels.</summary>
    public ImmutableArray<ChannelOwed> Channels(int most)
    {
        lock (_gate)
            return
            [
                .. _owings.SelectMany((own, from) => own.Undelivered.Where(u => u.Value.Count > 0)
                        .Select(u => new ChannelOwed(from, u.Key, u.Value.Count, u.Value.Peek().Position)))
                    .OrderByDescending(c => c.Messages).ThenBy(c => c.From).ThenBy(c => c.To).Take(most),
            ];
    }

    /// <summary>
    /// The next instants at which time itself is a command to something, the soonest first, after an instant and id.
    /// </summary>
    public ImmutableArray<WakeAt> Wakes(Instant after, string afterId, int most)
    {
        // The soonest so many; on top is the latest of them, which makes room for what is sooner.
        var soonest = new PriorityQueue<IId, (Instant At, IId Id)>(LatestFirst);
        lock (_gate)
        {
            var (from, fromId) = (after, afterId);
            for (var found = 0; found < most;)
            {
                var stored = _file.Wakes(from, fromId, most);
                foreach (var (text, at) in stored)
                {
                    var id = _registry.Stored(text);
                    if (_tail.Wakes.ContainsKey(id) || _frozen.Wakes.ContainsKey(id)) continue;     // out of date
                    Add(id, at);
                    found++;
                }
                if (stored.Count < most) break;
                (fromId, from) = stored[^1];
            }
            foreach (var (id, at) in _frozen.Wakes)
                if (at is not null && !_tail.Wakes.ContainsKey(id)) Add(id, at.Value);
            foreach (var (id, at) in _tail.Wakes)
                if (at is not null) Add(id, at.Value);
        }
        return [.. soonest.UnorderedItems.OrderByDescending(w => w.Priority, LatestFirst)
            .Select(w => new WakeAt(w.Element, w.Priority.At))];

        void Add(IId id, Instant at)
        {
            if (at < after || at == after && string.CompareOrdinal(id.ToString(), afterId) <= 0) return;
            if (soonest.Count < most) soonest.Enqueue(id, (at, id));
            else soonest.EnqueueDequeue(id, (at, id));
        }
    }

    static readonly Comparer<(Instant At, IId Id)> LatestFirst = Comparer<(Instant At, IId Id)>.Create((a, b) =>
        b.At.CompareTo(a.At) is var c and not 0 ? c : string.CompareOrdinal(b.Id.ToString(), a.Id.ToString()));
}
