using Recourse.Payments;
using Recourse.Wallets;
namespace Recourse.Refunds;

public static partial class Refund
{
    /// <summary>
    /// What an event means in money: it leaves the buyer's account only once it is back with them, and comes again if
    /// it turns out that it never was.
    /// </summary>
    public static IEnumerable<Transfer> Transfers(RefundId id, State after, Event @event) =>
        All(id, after, @event).Where(t => t.Amount.Minor != 0);

    /// <summary>What the platform pays because too little was given back.</summary>
    static Account Corrections(RefundId id) => new($"platform/corrections/{id.Buyer.Code}/{id.Code}");

    /// <summary>What the platform pays because it is late.</summary>
    static Account Compensations(RefundId id) => new($"platform/compensation/{id.Buyer.Code}/{id.Code}");

    static IEnumerable<Transfer> All(RefundId id, State after, Event @event) => @event switch
    {
        Event.Opened { Owed.ToWallet: { } wallet } =>
            [new(Payment.OwedBack(id), Wallet.Handover(id.Buyer, id.Code), wallet)],
        Event.MovedToWallet e => [new(Payment.OwedBack(id), Wallet.Handover(id.Buyer, id.Code), e.Amount)],
        Event.Corrected e     => [new(Corrections(id), Wallet.Handover(id.Buyer, id.Code), e.Missing)],
        Event.Compensated e   => [new(Compensations(id), Wallet.Handover(id.Buyer, id.Code), e.What.Amount)],
        Event.Paid => [new(Payment.OwedBack(id), Payment.Clearing(after.Owed.Payment), after.Owed.Amount)],
        Event.Reversed => [new(Payment.Clearing(after.Owed.Payment), Payment.OwedBack(id), after.Owed.Amount)],
        Event.Opened or Event.Unanswered or Event.AskedAgain or Event.Accepted or Event.Failed or Event.Retried
            or Event.Escalated or Event.TraceOpened or Event.TraceLate or Event.TraceClosed or Event.Confirmed
            or Event.LookedFor or Event.Seen or Event.Diverted or Event.Reviewed => [],
    };
}
