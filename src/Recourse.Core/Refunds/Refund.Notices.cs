using Recourse.Reviews;
namespace Recourse.Refunds;

public static partial class Refund
{
    /// <summary>What the buyer is told of money on its way back, and when the platform's people are called.</summary>
    public static IEnumerable<Notice> Notices(RefundId id, State? now, Event @event)
    {
        var owed = @event is Event.Opened o ? o.Owed : now?.Owed;
        IId about = owed is null ? id : owed.Return.Order;
        return @event switch
        {
            Event.Opened   => [ToBuyer("refund-opened", null)],
            Event.Paid e   => [ToBuyer("refund-paid", null, ("reference", e.Reference))],
            Event.Failed e => [ToBuyer("refund-failed", e.Why), ToStaff("staff-refund-failed", e.Why)],
            Event.Reversed e =>
                [ToBuyer("refund-reversed", e.Why), ToStaff("staff-refund-failed", e.Why)],
            Event.Escalated => [ToStaff("staff-refund-late", null)],
            Event.TraceOpened e =>
            [
                ToStaff("staff-refund-trace", null, ("due", e.Deadline.Due)),
                .. e.Because is null ? (ReadOnlySpan<Notice>)[]
                    : [ToBuyer("refund-tracing", null, ("due", e.Deadline.Due))],
            ],
            Event.TraceLate e   => [ToStaff("staff-refund-trace", null, ("due", e.Deadline.Due))],
            Event.TraceClosed e => [ToBuyer("refund-traced", null, ("reference", e.Reference))],
            Event.Corrected e   => [ToBuyer("refund-corrected", null, ("missing", e.Missing))],
            Event.Compensated e => [ToBuyer("refund-compensated", null, ("compensation", e.What.Amount))],
            Event.Reviewed e    => Reviewing.Told(id, e.What),
            Event.Unanswered or Event.AskedAgain or Event.Accepted or Event.Retried or Event.MovedToWallet
                or Event.Confirmed or Event.LookedFor or Event.Seen or Event.Diverted => Array.Empty<Notice>(),
        };

        Notice ToBuyer(string code, Statement? why, params ImmutableArray<Named> facts) =>
            new(code, Matter.Money, $"{id.Buyer}", Party.Buyer, about, [.. Known(), .. facts], why);

        Notice ToStaff(string code, Statement? why, params ImmutableArray<Named> facts) =>
            new(code, Matter.Money, Notice.Staff, Party.Agent, about, [.. Known(), .. facts], why);

        IEnumerable<Named> Known() =>
            owed is null ? [] : [("amount", owed.Amount), ("promised", owed.Promised)];
    }
}
