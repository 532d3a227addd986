using Recourse.Payouts;
using Recourse.Refunds;
using Returned = Recourse.Refunds.Refund;
namespace Recourse.Reviews;

public static partial class WorkList
{
    static IEnumerable<Type> OfMoney =>
    [
        typeof(Earnings.Event.Withheld), typeof(Earnings.Event.Called), typeof(Earnings.Event.Lifted),
        typeof(Earnings.Event.Reviewed), typeof(Returned.Event.Reviewed),
        typeof(Returned.Event.Failed), typeof(Returned.Event.Reversed), typeof(Returned.Event.TraceOpened),
        typeof(Returned.Event.TraceLate), typeof(Returned.Event.TraceClosed), typeof(Returned.Event.Retried),
        typeof(Returned.Event.Escalated), typeof(Returned.Event.Paid), typeof(Returned.Event.MovedToWallet),
    ];

    static bool IsOfMoney(object @event) => @event switch
    {
        // Of those that were never held there is nothing to tell.
        Earnings.Event.Withheld or Earnings.Event.Called or Earnings.Event.Lifted or Earnings.Event.Reviewed => true,
        Returned.Event.Failed or Returned.Event.Reversed or Returned.Event.TraceOpened or Returned.Event.TraceLate
            or Returned.Event.TraceClosed or Returned.Event.Retried or Returned.Event.Escalated
            or Returned.Event.Paid or Returned.Event.MovedToWallet or Returned.Event.Reviewed => true,
        _ => false,
    };

    /// <summary>Payouts that are held, and refunds that failed or can't be found, as long as staff are waited for.
    /// </summary>
    static WorkRow? OfMoneyHeld(WorkRow? row, Recorded r) => (r.Id, r.Event) switch
    {
        (EarningsId id, Earnings.Event.Withheld { Deadline: { } due } e) =>
            Anew(row, New(r, Payout, $"{id.Seller}", due.Due, null, e.Why.Code)),
        (RefundId id, Returned.Event.Failed e)      => OfRefund(row, r, id, e.Deadline, e.Why.Code),
        (RefundId id, Returned.Event.Reversed e)    => OfRefund(row, r, id, e.Deadline, e.Why.Code),
        (RefundId id, Returned.Event.TraceOpened e) => OfRefund(row, r, id, e.Deadline, null),
        (EarningsId id, Earnings.Event.Reviewed e) => OfAct(row, e.What, Payout, $"{id.Seller}", r),
        (RefundId id, Returned.Event.Reviewed e)   => OfAct(row, e.What, Refund, $"{id.Buyer}", r),
        // Of what somebody wants done, how that goes says all.
        _ => row is not { Due: not null, IsAct: false } ? row : r.Event switch
        {
            Earnings.Event.Called e => row with { Due = e.Deadline.Due },
            Earnings.Event.Lifted   => Decided(row, r, "lift"),
            Returned.Event.TraceLate e   => row with { Due = e.Deadline.Due },
            Returned.Event.Escalated e   => row with { Due = e.Deadline.Due },
            Returned.Event.Retried       => Decided(row, r, "retry"),
            Returned.Event.TraceClosed   => Decided(row, r, "found"),
            Returned.Event.MovedToWallet => Decided(row, r, "wallet"),
            Returned.Event.Paid          => Gone(row),
            _                            => row,
        },
    };

    static WorkRow OfRefund(WorkRow? row, Recorded r, RefundId id, Deadline deadline, string? code) =>
        Anew(row, New(r, Refund, $"{id.Buyer}", deadline.Due, null, code));

    // The same thing waits again: who looked at it twice stays told.
    static WorkRow Anew(WorkRow? row, WorkRow now) => now with { Seconds = row?.Seconds };
}
