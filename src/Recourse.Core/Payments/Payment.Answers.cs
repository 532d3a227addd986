namespace Recourse.Payments;

public static partial class Payment
{
    /// <summary>How many refunds are opened in the turn of a capture; more are opened by message.</summary>
    const int RefundsInOneTurn = 32;

    static Decision<Event> HearAnswer(State? state, Command.HearAnswer c, Turn turn)
    {
        if (state is null) return Refusal.NotFound;
        if (RunningCall(turn.Id, state)?.Key != c.Call.Key) return [];                // its outcome is in the books
        return c.Answer switch
        {
            ProviderAnswer.Done a     => Succeed(state, a.Reference, turn),
            ProviderAnswer.Declined a => Fail(state, a.Code, turn),
            ProviderAnswer.Pending a  => Pending(state, $"pending {a.Reference}", turn),
            ProviderAnswer.Unknown a  => StillUnclear(state, a.Why, turn),
        };
    }

    /// <summary>The running call did what was asked: the one place where that enters the books.</summary>
    static Decision<Event> Succeed(State state, string reference, Turn turn) => state switch
    {
        State.Authorising { IsAbandoned: true } => [new Event.VoidAsked(reference, turn.Rules.AnswerDue(turn.At))],
        State.Authorising => [new Event.Authorised(reference, turn.Rules.CaptureDue(turn.At))],
        State.Capturing s => [new Event.Captured(s.Asked), .. s.Waiting.Select((r, i) =>
            new Event.RefundOwed(r, s.Intent, IsLater: i >= RefundsInOneTurn))],
        State.Voiding     => [new Event.Voided()],
        State.Authorised or State.Captured or State.Declined or State.Voided or State.Failed => [],
    };

    /// <summary>The running call was refused for good.</summary>
    static Decision<Event> Fail(State state, string decline, Turn turn) => state switch
    {
        State.Authorising { IsAbandoned: true } => [new Event.Voided()],
        State.Authorising s => [new Event.Declined(WhyDeclined(s, decline, turn))],
        // As with a void: whether the hold is gone is not known by that.
        State.Capturing { Asked.Minor: 0 } => [new Event.Unanswered(decline, turn.Rules.PeopleDue(turn.At))],
        State.Capturing s   => [new Event.CaptureFailed(s.Asked, WhyNotCaptured(s, decline, turn)),
            .. s.Waiting.Select(NeverCaptured)],
        // Whether the hold is gone is not known by that: people look, until the provider says that it is.
        State.Voiding       => [new Event.Unanswered(decline, turn.Rules.PeopleDue(turn.At))],
        State.Authorised or State.Captured or State.Declined or State.Voided or State.Failed => [],
    };

    static Event NeverCaptured(Return r) => r.Nth == 0
        ? new Event.Unfunded(r.Order, r.Amount) : new Event.Released(r.Order, r.Nth, r.Amount);

    /// <summary>Nothing is wrong while the buyer may still pay elsewhere: nobody is called.</summary>
    static Decision<Event> Pending(State state, string why, Turn turn) =>
        state is State.Authorising { Terms.PaidUntil: { } until } && until > turn.At
            ? [new Event.Unanswered(why, turn.Rules.PaidLaterDue(turn.At, until))] : StillUnclear(state, why, turn);

    static Decision<Event> StillUnclear(State state, string why, Turn turn)
    {
        return state switch
        {
            State.Authorising s => Unanswered(s.Repeats),
            State.Capturing s   => Unanswered(s.Repeats),
            State.Voiding s     => Unanswered(s.Repeats),
            State.Authorised or State.Captured or State.Declined or State.Voided or State.Failed => [],
        };

        Decision<Event> Unanswered(int repeats) =>
            [new Event.Unanswered(why, turn.Rules.AnswerDue(turn.At, repeats))];
    }

    static Statement WhyDeclined(State.Authorising s, string decline, Turn turn)
    {
        var (code, family) = turn.Rules.Family(decline);
        return new(
            code, "payment.declined",
            [
                new("amount", s.Amount, Party.Everyone),
                new("attempt", s.Terms.Attempt, Party.Everyone),
                new("decline", decline, family.IsTold ? Party.Everyone : Party.Staff),
            ],
            rule: $"payments.declines.{code}", turn.Rulebook, new DecidedBy.Automated("payments"), family.Remedies,
            issuedAt: turn.At, appealUntil: null);
    }

    static Statement WhyNotCaptured(State.Capturing s, string decline, Turn turn) => new(
        "payment.capture-failed", "payment.lost",
        [
            new("amount", s.Asked, Party.Everyone),
            new("decline", decline, Party.Staff),
        ],
        rule: "payments.gracePeriod", turn.Rulebook, new DecidedBy.Automated("payments"),
        [new("checkout.open-again"), Ask],
        issuedAt: turn.At, appealUntil: null);
}
