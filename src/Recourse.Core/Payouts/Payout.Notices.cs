namespace Recourse.Payouts;

public static partial class Payout
{
    /// <summary>What whoever is paid is told, and when the platform's people are called.</summary>
    public static IEnumerable<Notice> Notices(PayoutId id, State? now, Event @event)
    {
        return @event switch
        {
            Event.Paid e      => [ToThem("payout-paid", null, ("reference", e.Reference))],
            Event.Rejected e  => [ToThem("payout-returned", e.Why)],
            Event.Escalated e when now is State.Sent { What: var what } =>
            [
                ToThem("payout-unclear", null, ("amount", what.Amount), ("due", e.Deadline.Due)),
                ToStaff("staff-payout-late", ("due", e.Deadline.Due)),
            ],
            Event.Escalated e => [ToStaff("staff-payout-late", ("due", e.Deadline.Due))],
            Event.Opened or Event.Sent => Array.Empty<Notice>(),
        };

        Notice ToThem(string code, Statement? why, params ImmutableArray<Named> facts) =>
            new(code, Matter.Money, $"{id.Owner}", id.Seller is null ? Party.Buyer : Party.Seller, id, facts, why);

        Notice ToStaff(string code, params ImmutableArray<Named> facts) =>
            new(code, Matter.Money, Notice.Staff, Party.Operator, id, facts);
    }
}
