using Recourse.Conversations;
using Recourse.Orders;
using Recourse.Tracking;
namespace Recourse.World.Invariants;

/// <summary>
/// Invariant 39: what only one side says costs the other nothing. A buyer pays for a way that was in vain only where
/// they recalled the parcel or its carrier couldn't hand it over, and an order ends as its buyer asked only where they
/// said so.
/// </summary>
public sealed class WordsBorneOut : Invariant
{
    /// <inheritdoc/>
    public override void See(in Step step)
    {
        if (step.Id is not OrderId id || step.Event is not Order.Event.Settled { Why: var why } e
            || step.Before is not Order.State.Dealt { Deal.Rulebook: var edition }
            || Known.Edition(edition)?.Of<OrderRules>().Reasons is not { } reasons) return;
        if (why.Code is Reason.Returned && reasons.ContainsKey(Reason.BackUnseen))
            Must(step.Before is Order.State.Shipped { Recall.Stand: RecallStand.Accepted }
                || Known.States.GetValueOrDefault(ParcelId.Of(id)) is Parcel.State { NotTakenAt: not null }, 39,
                $"{e.Settlement.Shipping} of shipping are its buyer's, and only its seller says that it came back", id);
        if (reasons.GetValueOrDefault(why.Code) is not { NeedsBuyersWord: true }) return;
        var said = (Known.States.GetValueOrDefault(ConversationId.Of(id)) as Conversation.State)?.EndWantedAt;
        Must(said is { } at && why.Facts.Any(f => f.Name is "saidAt" && f.Value == (Value)at), 39,
            $"ends by {why.Code}, and its buyer said {(said is null ? "nothing" : $"so at {said}")}", id);
    }
}
