using Recourse.Reviews;
namespace Recourse.Verifying;

public static partial class Verification
{
    /// <summary>One decides alone about a document: it is about no amount. Another's claim stands before it.</summary>
    static Decision<Event> Judge(State? state, Asked asked, Decision<Event> decided) => state is not State.InReview s
        ? decided
        : Reviewing.Decide(s.Handling, s.Deadline, "", null, stake: null, asked, () => decided, Noted);

    static Decision<Event> Review(State? state, Step step, Asked asked, Turn turn) =>
        state is not State.InReview s || (turn.By & Party.Staff) == 0 ? NotNow(state, turn.By)
        : Reviewing.Do(s.Handling, step, asked, _ => NotNow(s, turn.By), Noted);

    static Event Noted(Handled what) => new Event.Reviewed(what);

    static State.InReview Reviewed(State.InReview s, Event.Reviewed e) =>
        s with { Handling = s.Handling.With(e.What) };
}
