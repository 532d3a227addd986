using Recourse.Reviews;
namespace Recourse.Verifying;

public static partial class Verification
{
    /// <summary>One decides alone about a document: it is about no amount. Another's claim stands before it.</summary>
    static Decision<Event> Judge(State? state, Asked asked, Decision<Event> decided) => state is State.InReview s
        && Reviewing.ToDecide(s.Handling, s.Deadline, "", null, stake: null, asked).No is { } no ? no : decided;

    static Decision<Event> Review(State? state, Step step, Asked asked, Turn turn)
    {
        if (state is not State.InReview s || (turn.By & Party.Staff) == 0) return NotNow(state, turn.By);
        var decision = step switch
        {
            Step.Claim      => Reviewing.Claim(s.Handling, asked),
            Step.Release    => Reviewing.Release(s.Handling),
            Step.Confirm    => Reviewing.ToConfirm(s.Handling, asked).No!,
            Step.SendBack b => Reviewing.SendBack(s.Handling, b.Reason, asked),
        };
        return decision.Refusals.IsDefaultOrEmpty ? [.. decision.Events.Select(e => new Event.Reviewed(e))]
            : decision.Refusals;
    }

    static State.InReview Reviewed(State.InReview s, Event.Reviewed e) =>
        s with { Handling = s.Handling.With(e.What) };
}
