namespace Recourse.Orders;

/// <summary>How far a wish to have a parcel back has come.</summary>
public enum RecallStand
{
    /// <summary>The carrier is asked.</summary>
    Asked,

    /// <summary>It is brought back.</summary>
    Accepted,

    /// <summary>It goes on to its buyer.</summary>
    Failed,
}

/// <summary>A parcel that its buyer wants brought back.</summary>
/// <param name="At">When they asked (UTC).</param>
/// <param name="Deadline">By when the carrier answers; null: they have.</param>
public sealed record Recall(Instant At, RecallStand Stand, Deadline? Deadline);

public static partial class Order
{
    const string CameFirst = "order.delivered-first", BackAgain = "order.came-back";

    static Decision<Event> AskBack(State? state, Turn turn) => state switch
    {
        State.Shipped { Recall: null } s =>
        [
            new Event.RecallAsked(
                new(turn.At, RecallStand.Asked, new(
                    Party.Carrier, "order.carrier-silent", Warn: null,
                    turn.Rules.OfRequests.RecallWithin.EndFrom(turn.At, turn.CalendarOf(s.Deal)))),
                s.Handover),
        ],
        State.Shipped { Recall: { Stand: RecallStand.Failed } r } => NotAgain(r.At),
        State.Shipped      => [],                                                         // said twice, done once
        State.Delivered s  => ArrivedAlready(s.DeliveredAt),
        State.Cancellable  => NotSentYet,
        State.Completed or State.Cancelled or State.Imported or null => NotNow(state, turn.By),
    };

    static Decision<Event> HearRecall(State? state, bool isStopped, Turn turn) => state switch
    {
        State.Shipped { Recall: { Stand: RecallStand.Asked } } s => isStopped
            ? [new Event.RecallAccepted(new(
                Party.Seller, Reason.Returned, Warn: null,
                turn.Rules.OfRequests.BackWithin.EndFrom(turn.At, turn.CalendarOf(s.Deal))))]
            : [new Event.RecallOver("order.carrier-refused")],
        _ => [],                                                                          // too late to matter
    };

    static Decision<Event> NotAnswered(State.Shipped s, Deadline passed, Turn turn)
    {
        var failed = new Event.RecallOver(passed.Then);
        return [failed, .. Wake(Evolve(s, failed), passed.Due, turn).Events];
    }

    /// <summary>
    /// Recalled, refused at the door or not to be delivered: it is with its seller again. Where nobody else says so,
    /// its seller may never have sent it: then its buyer doesn't pay for the way.
    /// </summary>
    static Decision<Event> TakeIn(State? state, Command.TakeIn c, Turn turn) => state switch
    {
        _ when turn.By is not (Party.Seller or Party.Warehouse) => NotNow(state, turn.By),
        // Whoever opens the parcel says it for their seller.
        State.Shipped s => [End(s, WhyBack(s, c, turn), s.Deal.Everything, turn with { By = Party.Seller }, [])],
        State.Cancelled { Why.Code: Reason.Returned or Reason.BackUnseen } => [],         // said twice, done once
        State.Delivered s  => ArrivedAlready(s.DeliveredAt),
        State.Cancellable  => NotSentYet,
        State.Completed or State.Cancelled or State.Imported or null => NotNow(state, turn.By),
    };

    // Editions from before it was asked who else says so believe the seller.
    static string WhyBack(State.Shipped s, Command.TakeIn c, Turn turn) =>
        c.NotTaken is not null || s.Recall is { Stand: RecallStand.Accepted }
        || !turn.Rules.Reasons.ContainsKey(Reason.BackUnseen) ? Reason.Returned : Reason.BackUnseen;

    // What comes back is no longer late: its own deadline is the only one.
    static State.Shipped Accepted(State.Shipped s, Deadline back) =>
        s with { Deadline = back, Recall = s.Recall! with { Stand = RecallStand.Accepted, Deadline = null } };

    static State.Shipped Failed(State.Shipped s) =>
        s with { Recall = s.Recall! with { Stand = RecallStand.Failed, Deadline = null } };

    static readonly Remedy RefuseOrReturn = new("order.refuse-or-return"), Return = new("order.send-back"),
        CancelNow = new("order.cancel-instead");

    static Refusal NotAgain(Instant at) => new("order.recalled-before", RefuseOrReturn, ("at", at));
    static Refusal ArrivedAlready(Instant at) => new("order.arrived-already", Return, ("at", at));
    static Refusal NotSentYet => new("order.not-sent-yet", CancelNow);
}
