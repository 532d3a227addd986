using Recourse.Reviews;
namespace Recourse.Checkouts;

public static partial class Checkout
{
    const string ToClear = "clear", ToTurnDown = "turn-down";

    /// <summary>Who is waited for; null: nobody.</summary>
    static Deadline? AwaitedIn(State state) => state switch
    {
        State.InReview s => s.Handling.Awaited(s.Deadline),
        State.Open s     => s.Deadline,
        State.Authorised or State.Abandoned or State.TurnedDown => null,
    };

    /// <summary>Somebody has looked at what was held: it is decided, or proposed if it is about too much.</summary>
    static Decision<Event> Judge(State? state, string how, Asked asked, Turn turn) =>
        state is not State.InReview s ? Judged(state, how, turn)
        : Reviewing.Decide(s.Handling, s.Deadline, how, null, s.Total, asked, () => Judged(s, how, turn), Noted);

    static Decision<Event> Judged(State? state, string how, Turn turn) =>
        how is ToClear ? Clear(state, ClearedBy.Review, turn) : TurnDown(state, turn);

    static Decision<Event> Review(State? state, Step step, Asked asked, Turn turn) =>
        state is not State.InReview s || (turn.By & Party.Staff) == 0 ? NotNow(state, turn.By)
        : Reviewing.Do(s.Handling, step, asked, what => Judged(s, what.Outcome, turn), Noted);

    static Event Noted(Handled what) => new Event.Reviewed(what);

    static State.InReview Reviewed(State.InReview s, Handled what) => s with { Handling = s.Handling.With(what) };
}
