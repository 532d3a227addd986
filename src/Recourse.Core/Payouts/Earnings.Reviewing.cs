using Recourse.Reviews;
namespace Recourse.Payouts;

public static partial class Earnings
{
    const string ToHold = "hold", ToLift = "lift", ToChargeBack = "charge-back", ToRestore = "restore";

    /// <summary>What staff do about more than one decides alone, two of them do.</summary>
    /// <param name="done">What it would be, alone.</param>
    static Decision<Event> ByTwo(
        State? state, string what, string? reason, Money? stake, Decision<Event> done, Turn turn,
        Chargeback? of = null)
    {
        if ((turn.By & Party.Staff) == 0) return done;
        var handling = state?.Handling ?? Handling.None;
        // Who has taken on whether they are to be held has not taken on what banks take back.
        if (of is not null) handling = handling with { ClaimedBy = null, ClaimedUntil = null };
        return Reviewing.Act(handling, what, reason, stake, ends: null, turn.Asked, done,
            e => e is Handled.Proposed ? new Event.Reviewed(e, of) : new Event.Reviewed(e));
    }

    /// <summary>What they are owed; null: nobody looked, or nothing.</summary>
    static Money? Owed(State? state, Fact<FundsSeen>? funds, Turn turn) =>
        state is not null && funds?.Value is { } seen && seen.Payable.Currency == turn.Currency
        && DueOf(seen, state.PaidOut, turn.Rules).Payable is { Minor: > 0 } owed ? owed : null;

    static Decision<Event> ChargeBackByTwo(State? state, Command.ChargeBack c, Turn turn) => ByTwo(
        state, ToChargeBack, null, c.Amount, ChargeBack(state, c, turn), turn,
        new(c.Reference, c.Amount, Order: c.Order));

    static Decision<Event> RestoreByTwo(State? state, string? reference, Turn turn) =>
        state?.ChargedBack.FirstOrDefault(c => c.Reference == reference) is { } of
            ? ByTwo(state, ToRestore, null, of.Amount, Restore(state, reference), turn, of) : Restore(state, reference);

    static Decision<Event> Review(State? state, Step step, Turn turn) =>
        (turn.By & Party.Staff) == 0 || state is null || state is not State.Held && state.Handling.Proposal is null
            ? NotNow(state, turn.By)
            : Reviewing.Do(state.Handling, step, turn.Asked, what => Confirmed(state, what, turn), Noted);

    static Event Noted(Handled what) => new Event.Reviewed(what);

    static Decision<Event> Confirmed(State state, Proposal what, Turn turn)
    {
        var then = turn with { By = what.By is Actor.Operator ? Party.Operator : Party.Agent };
        return Reviewing.Confirmed(turn.Asked, what.Outcome switch
        {
            ToHold       => Hold(state, what.Reason, then),
            ToLift       => Lift(state, null, then),
            ToChargeBack => state.ToConfirm is { Order: { } order } of
                ? ChargeBack(state, new(of.Reference, order, of.Amount), then) : [],
            _            => Restore(state, state.ToConfirm?.Reference),
        }, Noted);
    }

    /// <summary>A hold that waits for another to confirm it isn't outrun by the payout.</summary>
    static bool IsToBeHeld(State? state) => state?.Handling.Proposal is { Outcome: ToHold };

    static State Reviewed(State? state, Event.Reviewed e)
    {
        var s = state ?? new State.NoAccount(Money.Zero(e.Of!.Amount.Currency), 0, []);
        var now = s.Handling.With(e.What);
        return s with
        {
            Handling = now, ToConfirm = now.Proposal is null ? null : e.Of ?? s.ToConfirm,
        };
    }

    static Refusal HoldProposed(Proposal what) => new("earnings.hold-proposed", Look, ("until", what.Until));
}
