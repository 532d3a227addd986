using Recourse.Reviews;
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
                ToThem("appeal-lodged", null, ("due", e.Deadline.Due)),
                ToStaff("staff-appeal-lodged", ("due", e.Deadline.Due)),
                .. e.Hearing is { } h ? [ToOther(h.Of, "appeal-asks-you", ("until", h.Until))] : Array.Empty<Notice>(),
            ],
            Event.Answered   => [ToStaff("staff-appeal-answered")],
            Event.Unheard    => [ToStaff("staff-appeal-unheard")],
            Event.Warned e   => [ToStaff("staff-appeal-due", ("due", e.Deadline.Due))],
            Event.Upheld e   => [ToThem("appeal-upheld", e.Why), .. ToldOther("appeal-other-upheld")],
            Event.Reversed e => [ToThem("appeal-reversed", e.Why), .. ToldOther("appeal-other-reversed")],
            Event.Reviewed { What: Handled.Proposed p } => [ToStaff("staff-to-confirm", ("until", p.What.Until))],
            Event.Reviewed { What: Handled.Escalated } => [ToStaff("staff-not-confirmed")],
            Event.Withdrawn or Event.Claimed or Event.Released or Event.Reviewed => Array.Empty<Notice>(),
        };

        Notice ToThem(string code, Statement? why, params ImmutableArray<Named> facts) =>
            new(code, Matter.Decisions, $"{id.Owner}", id.Seller is null ? Party.Buyer : Party.Seller, id, facts, why);

        IEnumerable<Notice> ToldOther(string code) =>
            now?.Complaint.Subject.OtherSide is { } other ? [ToOther(other, code)] : [];

        Notice ToOther(SellerId other, string code, params ImmutableArray<Named> facts) =>
            new(code, Matter.Decisions, $"{other}", Party.Seller, id, facts);

        Notice ToStaff(string code, params ImmutableArray<Named> facts) =>
            new(code, Matter.Deadlines, Notice.Staff, Party.Agent, id, facts);
    }
}
