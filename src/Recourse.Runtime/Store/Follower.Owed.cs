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
        lock (_gate)
        {
            List<(Instant At, string Text, IId Id)> found = [];
            var (from, fromId) = (after, afterId);
            for (var wanted = most; wanted > 0;)
            {
                var stored = _file.Wakes(from, fromId, most);
                foreach (var (text, at) in stored)
                {
                    var id = _registry.Stored(text);
                    if (_tail.Wakes.ContainsKey(id) || _frozen.Wakes.ContainsKey(id)) continue;     // out of date
                    found.Add((at, text, id));
                    wanted--;
                }
                if (stored.Count < most) break;
                (fromId, from) = stored[^1];
            }
            foreach (var (id, at) in _frozen.Wakes)
                if (!_tail.Wakes.ContainsKey(id)) Add(id, at);
            foreach (var (id, at) in _tail.Wakes) Add(id, at);
            return
            [
                .. found.OrderBy(f => f.At).ThenBy(f => f.Text, StringComparer.Ordinal).Take(most)
                    .Select(f => new WakeAt(f.Id, f.At)),
            ];

            void Add(IId id, Instant? at)
            {
                if (at is not { } due || due < after) return;
                var text = id.ToString()!;
                if (due > after || string.CompareOrdinal(text, afterId) > 0) found.Add((due, text, id));
            }
        }
    }
}
