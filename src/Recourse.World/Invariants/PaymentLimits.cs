using Recourse.Orders;
using Recourse.Payments;
using Recourse.Payouts;
using Recourse.Refunds;
namespace Recourse.World.Invariants;

/// <summary>Invariant 4: never more captured than authorised, never more given back than there was.</summary>
public sealed class PaymentLimits : Invariant
{
    sealed class Notes
    {
        public Dictionary<OrderId, long> Shares { get; } = [];
        public Dictionary<OrderId, long> Released { get; } = [];
        public Dictionary<OrderId, long> Owed { get; } = [];
        public long Captured { get; set; } = -1;
        public long Paid { get; set; }
    }

    readonly Dictionary<PaymentId, Notes> _payments = [];
    readonly HashSet<RefundId> _paid = [];

    /// <inheritdoc/>
    public override void See(in Step step)
    {
        if (step is { Id: PaymentId id, Event: Payment.Event e, After: Payment.State after }) See(id, e, after);
        if (step is { Id: RefundId refund, Event: Refund.Event.Paid, After: Refund.State state })
        {
            Must(_paid.Add(refund), 4, "is paid a second time", refund);
            var notes = Of(state.Owed.Payment);
            notes.Paid += state.Owed.Amount.Minor;
            Must(notes.Paid <= notes.Captured, 4, $"{notes.Paid} paid back of {notes.Captured} captured", refund);
            Must(notes.Owed.GetValueOrDefault(state.Owed.Return.Order) >= state.Owed.Amount.Minor, 4,
                "pays back what nobody owed", refund);
        }
        if (step is { Id: RefundId again, Event: Refund.Event.Reversed, After: Refund.State owed })
        {
            Must(_paid.Remove(again), 4, "comes back and had never been paid", again);
            Of(owed.Owed.Payment).Paid -= owed.Owed.Amount.Minor;
        }
        if (step is { Id: EarningsId earnings, Event: Earnings.Event.ChargedBack back, After: Earnings.State books }
            && step.Turn.Command is Earnings.Command.ChargeBack { Paid.Value: var paid })
        {
            var taken = books.ChargedBack.Where(b => b.Order == back.Order && !b.IsRestored).Sum(b => b.Amount.Minor);
            Must(back.Amount.Currency == paid.Currency && taken <= paid.Minor, 4,
                $"{taken} charged back of {paid} that was paid for {back.Order}", earnings);
        }
    }

    Notes Of(PaymentId id) => _payments.TryGetValue(id, out var n) ? n : _payments[id] = new();

    void See(PaymentId id, Payment.Event @event, Payment.State after)
    {
        var notes = Of(id);
        switch (@event)
        {
            case Payment.Event.Asked e:
                notes.Shares.Clear();
                foreach (var share in e.Shares) notes.Shares[share.Order] = share.Amount.Minor;
                break;
            case Payment.Event.Released e: Add(notes.Released, e.Order, e.Amount); break;
            case Payment.Event.Unfunded e: Add(notes.Released, e.Order, e.Amount); break;
            case Payment.Event.RefundOwed e: Add(notes.Owed, e.Return.Order, e.Return.Amount); break;
            case Payment.Event.CaptureAsked e: Capture(id, notes, e.Amount, after); break;
            case Payment.Event.Captured e:
                Must(notes.Captured < 0, 4, "is captured a second time", id);
                Capture(id, notes, e.Amount, after);
                notes.Captured = e.Amount.Minor;
                break;
            case Payment.Event.Unanswered or Payment.Event.AskedAgain or Payment.Event.Authorised
                or Payment.Event.Declined or Payment.Event.ReturnQueued or Payment.Event.CaptureFailed
                or Payment.Event.Abandoned or Payment.Event.VoidAsked or Payment.Event.Voided
                or Payment.Event.ReturnsChosen: break;
        }
        foreach (var (order, share) in notes.Shares)
            Must(notes.Released.GetValueOrDefault(order) + notes.Owed.GetValueOrDefault(order) <= share, 4,
                $"gives more than {share} back to {order}", id);
    }

    // What the wallet paid is captured by nobody: it was here before.
    void Capture(PaymentId id, Notes notes, Money amount, Payment.State after) =>
        Must(amount.Minor + (after.Wanted - after.WantedByMethod).Minor
            == notes.Shares.Values.Sum() - notes.Released.Values.Sum(), 4,
            $"captures {amount} of {notes.Shares.Values.Sum()} less {notes.Released.Values.Sum()}", id);

    static void Add(Dictionary<OrderId, long> to, OrderId order, Money amount) =>
        to[order] = to.GetValueOrDefault(order) + amount.Minor;
}
