using Recourse.Runtime;
namespace Recourse.World.Invariants;

/// <summary>
/// Invariants 28, 29 and 31 (and 0, a bug that somebody met): turns come whole and in order, and only the holder of a
/// partition's newest epoch writes to it.
/// </summary>
public sealed class LogOrder : Invariant
{
    readonly Dictionary<int, (int Epoch, long Sequence, Instant At)> _partitions = [];

    /// <inheritdoc/>
    public override void Before(long position, Turn turn)
    {
        Must(turn.Fault is null, 0, $"{turn.Command?.GetType().Name} met a bug: {turn.Fault}", turn.Target);
        var last = _partitions.GetValueOrDefault(turn.Partition);
        _partitions[turn.Partition] = (turn.Epoch, turn.Sequence, turn.At);
        Must(turn.Epoch >= last.Epoch, 31, $"epoch {turn.Epoch} writes after epoch {last.Epoch}", turn.Target);
        if (turn.Epoch == last.Epoch)
            Must(turn.Sequence == last.Sequence + 1, 28, $"turn {turn.Sequence} follows {last.Sequence}", turn.Target);
        else Must(turn.Sequence == 1, 28, $"epoch {turn.Epoch} starts with turn {turn.Sequence}", turn.Target);
        Must(turn.At >= last.At, 29, $"{turn.At} follows {last.At} in one partition", turn.Target);
        Must(turn.Partition == Known.Registry.PartitionOf(turn.Target), 31, "is written by a partition not its own",
            turn.Target);
        foreach (var e in turn.Events)
            Must(Known.Registry.PartitionOf(e.Id) == turn.Partition, 31, $"writes {e.Id}, which is another's",
                turn.Target);
    }
}
