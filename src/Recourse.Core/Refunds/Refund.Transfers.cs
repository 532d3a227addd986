using Recourse.Payments;
namespace Recourse.Refunds;

public static partial class Refund
{
    /// <summary>
    /// What an event means in money: it leaves the buyer's account only once it is back with them, and comes again if
    /// it turns out that it never was.
    /// </summary>
    public static IEnumerable<Transfer> Transfers(RefundId id, State after, Event @event) => @event switch
    {
        Event.Paid => [new(Payment.OwedBack(id), Payment.Clearing(after.Owed.Payment), after.Owed.Amount)],
        Event.Reversed => [new(Payment.Clearing(after.Owed.Payment), Payment.OwedBack(id), after.Owed.Amount)],
        Event.Opened or Event.Unanswered or Event.AskedAgain or Event.Accepted or Event.Failed or Event.Retried
            or Event.Escalated => [],
    };
}
