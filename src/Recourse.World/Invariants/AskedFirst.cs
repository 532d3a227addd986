using Recourse.Orders;
namespace Recourse.World.Invariants;

/// <summary>
/// Of invariants 10, 12, 13 and 33: from the first pick on a buyer changes and cancels nothing alone; what they ask for
/// is answered once, by whom it was asked, or by the clock when its time is over.
/// </summary>
public sealed class AskedFirst : Invariant
{
    /// <inheritdoc/>
    public override void See(in Step step)
    {
        if (step.Before is not Order.State.Funded before)
        {
            Must(step.Event is not (Order.Event.WishEnded or Order.Event.WishRefused or Order.Event.Amended), 10,
                "is answered, and nobody packs it any more", step.Id);
            return;
        }
        var by = step.Turn.Who;
        switch (step.Event)
        {
            // Staff let through what screening held: then it is asked for as any change is.
            case Order.Event.AmendmentAsked when by is Actor.Agent:
                Must(before is { PickedAt: not null, Wish: Wish.ToAmend { Deadline.Owner: Party.Agent } }, 33,
                    $"{by.Name} asks for it", step.Id);
                break;
            case Order.Event.CancellationAsked or Order.Event.AmendmentAsked:
                Must(by is Actor.Buyer && before is { PickedAt: not null, Wish: null }, 33,
                    $"{by.Name} asks for it", step.Id);
                break;
            case Order.Event.AmendmentHeld:
                Must(by is Actor.Buyer && before.Wish is null, 33, $"{by.Name} asks for it", step.Id);
                break;
            case Order.Event.DifferenceAsked:
                Must(before.Wish is null or Wish.ToAmend, 10, "is changed while something else is asked", step.Id);
                break;
            case Order.Event.WishRefused e:
                // What screening turns down at once never waited.
                Must(before.Wish is null ? by is Actor.Buyer && e.Why.By is DecidedBy.Automated
                    : by is Actor.Seller or Actor.Warehouse or Actor.Agent && Same(before.Wish, e.Wish), 33,
                    $"{by.Name} says no to what nobody asked", step.Id);
                break;
            case Order.Event.WishEnded e:
                Must(Same(before.Wish, e.Wish), 12, "ends what nobody asked", step.Id);
                break;
            case Order.Event.Amended:
                Must(before.PickedAt is null || before.Wish is Wish.ToAmend or Wish.ToPay, 33,
                    $"is changed by {by.Name} after the first pick", step.Id);
                break;
            case Order.Event.Settled e: Given(step, before, e); break;
        }
    }

    void Given(in Step step, Order.State.Funded before, Order.Event.Settled e)
    {
        Must(before.Wish is null or Wish.ToCancel, 10, "ends, and a change of it waits", step.Id);
        if (step.Turn.Who is Actor.Buyer)
            Must(before.PickedAt is null || MeantActs.IsAnswered(e), 33,
                "is cancelled by its buyer after the first pick", step.Id);
        if (before.Wish is not Wish.ToCancel wish || e.Why.Facts.All(f => f.Name is not "askedAt")) return;
        Must(e.Why.Code == wish.Reason && e.Settlement.Lines.Sum(l => l.Quantity) == wish.Portions.Sum(
            p => p.Quantity), 12, "is given something else than was asked for", step.Id);
        Must(step.Turn.Who is not Actor.Clock || step.Turn.At >= wish.Deadline.Due, 13,
            $"is given before {wish.Deadline.Due}", step.Id);
    }

    static bool Same(Wish? waits, Wish answered) =>
        waits is not null && (waits.At, waits.Deadline) == (answered.At, answered.Deadline);
}
