using Recourse.Reviews;
namespace Recourse.Payouts;

public static partial class Earnings
{
    /// <summary>What their seller is told, and when the platform's people are called.</summary>
    public static IEnumerable<Notice> Notices(EarningsId id, State? now, Event @event)
    {
        return @event switch
        {
            Event.Ran e         => [ToSeller("earnings-paid-out", null, ("amount", e.Amount))],
            Event.Withheld e    => [ToSeller("earnings-held", e.Why)],
            Event.Lifted e      => [ToSeller("earnings-lifted", null, ("next", e.Next))],
            Event.ChargedBack e => [ToSeller("earnings-charged-back", e.Why)],
            Event.Restored e    => [ToSeller("earnings-restored", null, ("amount", e.Amount))],
            Event.TakenBack e   => [ToSeller("earnings-taken-back", null, ("amount", e.Amount))],
            Event.Called e      => [now is State.Held
                ? ToStaff("staff-payouts-held", ("due", e.Deadline.Due))
                : ToStaff("staff-payouts-due", ("due", e.Deadline.Due))],
            Event.AccountClosed => [ToSeller("earnings-account-closed", null)],
            Event.Planned { Next: { } next } => [ToSeller("earnings-planned", null, ("next", next))],
            Event.Reviewed e    => Reviewing.Told(id, e.What),
            Event.AccountSet or Event.Planned or Event.NothingDue => Array.Empty<Notice>(),
        };

        Notice ToSeller(string code, Statement? why, params ImmutableArray<Named> facts) =>
            new(code, Matter.Money, $"{id.Seller}", Party.Seller, id, facts, why);

        Notice ToStaff(string code, params ImmutableArray<Named> facts) =>
            new(code, Matter.Money, Notice.Staff, Party.Operator, id, facts);
    }
}
