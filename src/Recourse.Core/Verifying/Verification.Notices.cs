namespace Recourse.Verifying;

public static partial class Verification
{
    /// <summary>What a buyer, and who looks at documents, is told.</summary>
    public static IEnumerable<Notice> Notices(VerificationId id, State? now, Event @event)
    {
        return @event switch
        {
            Event.DocumentShown e => [ToStaff("staff-document-shown", ("due", e.Deadline.Due))],
            Event.Escalated       => [ToStaff("staff-document-late")],
            Event.AmountHeld e    => [ToBuyer("amount-held", Matter.Deadlines, null, ("due", e.Deadline.Due))],
            Event.AmountRefused e => [ToBuyer("amount-refused", Matter.Decisions, e.Why)],
            Event.ChallengeFailed e => [ToBuyer("challenge-failed", Matter.Decisions, e.Why)],
            Event.AmountUsedUp e  => [ToBuyer("amount-used-up", Matter.Decisions, e.Why)],
            Event.Warned e        => [ToBuyer("verification-due", Matter.Deadlines, null, ("due", e.Deadline.Due))],
            Event.Verified e      => [ToBuyer("verified", Matter.Decisions, null, ("until", e.Until))],
            Event.Rejected e      => [ToBuyer("verification-rejected", Matter.Decisions, e.Why)],
            Event.Asked or Event.AlsoFor or Event.AmountAsked or Event.Unanswered or Event.AskedAgain
                or Event.AmountMissed or Event.Reviewed or Event.Lapsed or Event.ChallengeAsked or Event.ChallengeOpened
                or Event.ChallengeLooked or Event.ChallengePassed or Event.ChallengeMissed => Array.Empty<Notice>(),
        };

        Notice ToBuyer(string code, Matter topic, Statement? why, params ImmutableArray<Named> facts) =>
            new(code, topic, $"{id.Buyer}", Party.Buyer, id, facts, why);

        Notice ToStaff(string code, params ImmutableArray<Named> facts) =>
            new(code, Matter.Deadlines, Notice.Staff, Party.Agent, id, facts);
    }
}
