using Recourse.Reviews;
namespace Recourse.Orders;

/// <summary>What one of the staff wants cancelled, and another is to confirm.</summary>
/// <param name="Newer">What has come up since the order was placed; null: nothing is named.</param>
public sealed record ToConfirm(ImmutableArray<Portion> Portions, NewerFact? Newer = null);

public static partial class Order
{
    const string ToCancel = "cancel", ToUphold = "uphold", ToApprove = "approve";

    /// <summary>What staff do about more than one decides alone, two of them do.</summary>
    /// <param name="done">What it would be, alone.</param>
    /// <param name="ends">When it can't be done any more (UTC); null: nobody knows.</param>
    static Decision<Event> ByTwo(
        State? state, string what, string? reason, Instant? ends, Decision<Event> done, Turn turn,
        ToConfirm? of = null) =>
        state is not State.Funded s || (turn.By & Party.Staff) == 0 || done.Events.IsDefaultOrEmpty ? done
        : Reviewing.Act(
            s.Handling, what, reason, StakeOf(s, done.Events), ends, turn.Asked, done,
            e => new Event.Reviewed(e, e is Handled.Proposed ? of : null));

    static Money Sum(Money? before, Money more) => before is { } some ? some + more : more;

    /// <summary>With what staff ended before: no limit is passed in parts.</summary>
    static Money StakeOf(State.Funded s, ImmutableArray<Event> done) => Sum(s.ByStaff, GivenUp(s, done));

    /// <summary>What is given up by it, or all that it is about.</summary>
    static Money GivenUp(State.Funded s, ImmutableArray<Event> done)
    {
        foreach (var e in done)
            switch (e)
            {
                case Event.Settled { Settlement: var gone }: return gone.Goods + gone.Shipping;
                case Event.WarningGiven { Warning.Portions: var some }: return Worth(some);
                case Event.CancellationMeant { Meant.Portions: var some }: return Worth(some);
            }
        return s.Deal.Total;

        Money Worth(ImmutableArray<Portion> some) => s.Deal.Cut(some).Gone.Total;
    }

    static Decision<Event> Review(State? state, Step step, Turn turn) =>
        state is not State.Funded { Handling.Proposal: not null } s || (turn.By & Party.Staff) == 0
            ? NotNow(state, turn.By)
            : Reviewing.Do(s.Handling, step, turn.Asked, what => Confirmed(s, what, turn), Noted);

    static Event Noted(Handled what) => new Event.Reviewed(what);

    /// <summary>As it stands now: what can't be done any more is sent back.</summary>
    static Decision<Event> Confirmed(State.Funded s, Proposal what, Turn turn)
    {
        // Which reasons there are is a matter of whose act it is.
        var then = turn with { By = what.By is Actor.Operator ? Party.Operator : Party.Agent };
        var of = s.ToConfirm ?? new ToConfirm([]);
        return Reviewing.Confirmed(turn.Asked, what.Outcome switch
        {
            ToCancel => Cancel((State.Open)s, new Command.Cancel(what.Reason!, of.Portions, Newer: of.Newer), then),
            ToUphold => UpholdWarning(s, new(what.Reason), then),
            _        => Approve(s, then),
        }, Noted);
    }

    /// <summary>What was proposed of an order that has gone on, or ended, is nothing to confirm any more.</summary>
    static Decision<Event> Outpacing(State? state, Decision<Event> decision) =>
        state is State.Funded { Handling.Proposal: not null } && !decision.Events.IsDefaultOrEmpty
        && !decision.Events.Any(e => e is Event.Reviewed)
        && decision.Events.Aggregate(state, (s, e) => Evolve(s, e)) is not State.Funded
            ? [Noted(new Handled.Lapsed()), .. decision.Events] : decision;

    static State.Funded Reviewed(State.Funded s, Event.Reviewed e)
    {
        var now = s.Handling.With(e.What);
        return s with { Handling = now, ToConfirm = now.Proposal is null ? null : e.Of ?? s.ToConfirm };
    }
}
