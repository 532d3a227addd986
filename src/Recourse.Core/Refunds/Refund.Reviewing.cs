using Recourse.Reviews;
namespace Recourse.Refunds;

public static partial class Refund
{
    const string ToRetry = "retry", ToReverse = "lost", ToClose = "found";

    /// <summary>What staff do about more than one decides alone, two of them do.</summary>
    /// <param name="stake">What it is about; null: no money moves by it.</param>
    /// <param name="done">What it would be, alone.</param>
    static Decision<Event> ByTwo(State? state, string what, Money? stake, Decision<Event> done, Turn turn) =>
        state is null || (turn.By & Party.Staff) == 0 ? done
        : Reviewing.Act(state.Handling, what, null, stake, ends: null, turn.Asked, done, Noted);

    static Decision<Event> Review(State? state, Step step, Turn turn) =>
        state is not (State.Failed or State.Tracing) || (turn.By & Party.Staff) == 0 ? NotNow(state, turn.By)
        : Reviewing.Do(
            state.Handling, step, turn.Asked,
            what => Reviewing.Confirmed(turn.Asked, what.Outcome is ToReverse
                ? Lost(state, turn) : Retry(state, turn), Noted),
            Noted);

    static Event Noted(Handled what) => new Event.Reviewed(what);

    static State Reviewed(State s, Event.Reviewed e) => s with { Handling = s.Handling.With(e.What) };
}
