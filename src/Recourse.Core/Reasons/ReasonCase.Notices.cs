using Recourse.Reviews;
namespace Recourse.Reasons;

public static partial class ReasonCase
{
    /// <summary>What seller, buyer and staff are told of a case.</summary>
    public static IEnumerable<Notice> Notices(ReasonCaseId id, State? now, Event @event)
    {
        return @event switch
        {
            Event.Raised e   => [ToSeller("reason-raised", Matter.Deadlines, null, ("due", e.Deadline.Due))],
            Event.Warned { Deadline: { Owner: Party.Seller } d } =>
                [ToSeller("reason-due", Matter.Deadlines, null, ("due", d.Due))],
            Event.Answered e => [ToStaff("reason-answered", Matter.Deadlines, null, ("due", e.Deadline.Due))],
            Event.Found e    =>
                [ToSeller("reason-found", Matter.Decisions, e.Why), ToBuyer("reason-redress", Matter.Decisions, e.Why)],
            Event.Dismissed  => [ToSeller("reason-dismissed", Matter.Decisions, null)],
            Event.Overturned => [ToSeller("reason-overturned", Matter.Decisions, null)],
            Event.Reviewed { What: Handled.Proposed p } =>
                [ToStaff("staff-to-confirm", Matter.Deadlines, null, ("until", p.What.Until))],
            Event.Reviewed { What: Handled.Escalated } => [ToStaff("staff-not-confirmed", Matter.Deadlines, null)],
            Event.Warned or Event.Reviewed => Array.Empty<Notice>(),
        };

        Notice ToSeller(string code, Matter topic, Statement? why, params ImmutableArray<Named> facts) =>
            new(code, topic, $"{id.Seller}", Party.Seller, id, facts, why);

        Notice ToStaff(string code, Matter topic, Statement? why, params ImmutableArray<Named> facts) =>
            new(code, topic, Notice.Staff, Party.Agent, id, facts, why);

        Notice ToBuyer(string code, Matter topic, Statement? why, params ImmutableArray<Named> facts) =>
            new(code, topic, now?.What.Buyer.ToString(), Party.Buyer, now is null ? id : now.What.Order, facts, why);
    }
}
