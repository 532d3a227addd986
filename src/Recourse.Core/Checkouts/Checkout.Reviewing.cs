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
    static Decision<Event> Judge(State? state, string how, Asked asked, Turn turn)
    {
        if (state is not State.InReview s) return Judged(state, how, turn);
        var leave = Reviewing.ToDecide(s.Handling, s.Deadline, how, null, s.Total, asked);
        return leave.No is { } no ? no
            : leave.First is { } first ? [new Event.Reviewed(first)] : Judged(s, how, turn);
    }

    static Decision<Event> Judged(State? state, string how, Turn turn) =>
        how is ToClear ? Clear(state, ClearedBy.Review, turn) : TurnDown(state, turn);

    static Decision<Event> Review(State? state, Step step, Asked asked, Turn turn)
    {
        if (state is not State.InReview s || (turn.By & Party.Staff) == 0) return NotNow(state, turn.By);
        if (step is Step.Confirm)
            return Reviewing.ToConfirm(s.Handling, asked) is ({ } what, _) ? Judged(s, what.Outcome, turn)
                : Reviewing.ToConfirm(s.Handling, asked).No!;
        var decision = step switch
        {
            Step.Claim      => Reviewing.Claim(s.Handling, asked),
            Step.SendBack b => Reviewing.SendBack(s.Handling, b.Reason, asked),
            Step.Release or Step.Confirm => Reviewing.Release(s.Handling),
        };
        return decision.Refusals.IsDefaultOrEmpty ? [.. decision.Events.Select(e => new Event.Reviewed(e))]
            : decision.Refusals;
    }

    static State.InReview Reviewed(State.InReview s, Handled what) => s with { Handling = s.Handling.With(what) };
}
