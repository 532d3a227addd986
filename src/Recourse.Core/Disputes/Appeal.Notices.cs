namespace Recourse.Disputes;

public static partial class Appeal
{
    /// <summary>What whoever appeals is told, and when the agents are.</summary>
    public static IEnumerable<Notice> Notices(AppealId id, State? now, Event @event)
    {
        return @event switch
        {
            Event.Lodged e =>
            [
                ToBuyer("appeal-lodged", null, ("due", e.Deadline.Due)),
                ToStaff("staff-appeal-lodged", ("due", e.Deadline.Due)),
            ],
            Event.Warned e   => [ToStaff("staff-appeal-due", ("due", e.Deadline.Due))],
            Event.Upheld e   => [ToBuyer("appeal-upheld", e.Why)],
            Event.Reversed e => [ToBuyer("appeal-reversed", e.Why)],
            Event.Withdrawn  => Array.Empty<Notice>(),
        };

        Notice ToBuyer(string code, Statement? why, params ImmutableArray<Named> facts) =>
            new(code, Matter.Decisions, $"{id.Owner}", Party.Buyer, id, facts, why);

        Notice ToStaff(string code, params ImmutableArray<Named> facts) =>
            new(code, Matter.Deadlines, Notice.Staff, Party.Agent, id, facts);
    }
}
