using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.World.Invariants;

/// <summary>Invariant 14: what was accepted is not refused later for what could be known at checkout.</summary>
public sealed class NothingKnowableLater : Invariant
{
    /// <inheritdoc/>
    public override void After(long position, Turn turn)
    {
        if (turn.Refusals.IsDefaultOrEmpty) return;
        if (turn.Command is Order.Command.Fund)
        {
            var ended = Known.States.GetValueOrDefault(turn.Target) is Order.State.Cancelled;
            foreach (var no in turn.Refusals) Must(ended, 14, $"its funding is refused: {no.Code}", turn.Target);
        }

        // Price, shop window and stock may change between the look and the order; the rest was known.
        if (turn.Command is Order.Command.Place)
            foreach (var no in turn.Refusals)
                Must(no.Code.StartsWith("listing.", StringComparison.Ordinal)
                    || no.Code is "stock.not-enough" or "stock.over-share", 14,
                    $"is refused after its checkout was opened: {no.Code}", turn.Target);
    }
}
