using Recourse.Reviews;
using static Recourse.Kernel.Lifecycle;
using static Recourse.Kernel.Party;
namespace Recourse.Payouts;

public static partial class Earnings
{
    /// <summary>The whole life on one page.</summary>
    public static readonly Lifecycle Lifecycle = new(
        Start<Event.AccountSet,  State.Scheduled>(Seller),
        Start<Event.ChargedBack, State.NoAccount>(Operator),
        Start<Event.Reviewed,    State.NoAccount>(Operator),
        Row<State.NoAccount, Event.Reviewed,    State.NoAccount>(Staff | Clock, nameof(ReviewRules.ConfirmWithin)),
        Row<State.NoAccount, Event.AccountSet,  State.Scheduled>(Seller),
        Row<State.NoAccount, Event.Planned,     State.NoAccount>(Seller),
        Row<State.NoAccount, Event.ChargedBack, State.NoAccount>(Operator),
        Row<State.NoAccount, Event.Restored,    State.NoAccount>(Operator | Platform),
        Row<State.NoAccount, Event.TakenBack,   State.NoAccount>(Platform),
        Row<State.Scheduled, Event.Reviewed,    State.Scheduled>(Staff | Clock, nameof(ReviewRules.ConfirmWithin)),
        Row<State.Scheduled, Event.AccountSet,  State.Scheduled>(Seller),
        Row<State.Scheduled, Event.Planned,     State.Scheduled>(Seller),
        Row<State.Scheduled, Event.Ran,         State.Scheduled>(Operator),
        Row<State.Scheduled, Event.NothingDue,  State.Scheduled>(Operator),
        Row<State.Scheduled, Event.Called,      State.Scheduled>(Clock, nameof(PayoutRules.Every)),
        Row<State.Scheduled, Event.Withheld,    State.Held>(Staff),
        Row<State.Scheduled, Event.ChargedBack, State.Scheduled>(Operator),
        Row<State.Scheduled, Event.Restored,    State.Scheduled>(Operator | Platform),
        Row<State.Scheduled, Event.TakenBack,   State.Scheduled>(Platform),
        Row<State.Scheduled, Event.AccountClosed, State.NoAccount>(Platform),
        Row<State.Held,      Event.Reviewed,    State.Held>(Staff | Clock, nameof(ReviewRules.ConfirmWithin)),
        Row<State.Held,      Event.AccountSet,  State.Held>(Seller),
        Row<State.Held,      Event.Planned,     State.Held>(Seller),
        Row<State.Held,      Event.AccountClosed, State.Held>(Staff | Platform),
        Row<State.Held,      Event.Called,      State.Held>(Clock, nameof(PayoutRules.Every)),
        Row<State.Held,      Event.Lifted,      State.Scheduled>(Staff | Platform),
        Row<State.Held,      Event.ChargedBack, State.Held>(Operator),
        Row<State.Held,      Event.Restored,    State.Held>(Operator | Platform),
        Row<State.Held,      Event.TakenBack,   State.Held>(Platform));

    /// <summary>What the runtime is told.</summary>
    public static readonly Kind<EarningsId, State, Command, Event> Kind = new()
    {
        Name = "earnings", Owner = OwnedBy.Seller, StateVersion = 3, Lifecycle = Lifecycle,
        Party = PartyOf, Decider = Decide, Fold = Evolve, Posting = Transfers, Process = React, Telling = Notices,
        Waking = due => new Command.Wake(due), Size = s => 1 + s.ChargedBack.Length,
        Due = DueIn, Awaited = s => s.Awaited,
    };

    /// <summary>The state after an event.</summary>
    public static State Evolve(State? state, Event @event) => @event switch
    {
        Event.AccountSet e  => Set(state, e),
        Event.Ran e         => state.Was<State.Scheduled>(e) is var s ? s with
        {
            PaidOut = s.PaidOut + e.Amount, Runs = s.Runs + 1, Next = e.Next, Deadline = e.Deadline, Waiting = null,
        } : s,
        Event.NothingDue e  => state.Was<State.Scheduled>(e) with
        {
            Next = e.Next, Deadline = e.Deadline, Waiting = e.Waiting,
        },
        Event.Planned e     => Planned(state.Was<State>(e), e) with { Schedule = e.Schedule },
        Event.Called e      => state is State.Held h ? h with { Deadline = e.Deadline }
            : state.Was<State.Scheduled>(e) with { Deadline = e.Deadline },
        Event.Withheld e    => Withheld(state.Was<State.Scheduled>(e), e),
        Event.Lifted e      => Lifted(state.Was<State.Held>(e), e),
        Event.ChargedBack e => state is null
            ? new State.NoAccount(Money.Zero(e.Amount.Currency), 0,
                [new(e.Reference, e.Amount, Order: e.Order)])
            : state with { ChargedBack = state.ChargedBack.Add(new(e.Reference, e.Amount, Order: e.Order)) },
        Event.Restored e    => state.Was<State>(e) is var s ? s with
        {
            ChargedBack = [.. s.ChargedBack.Select(c => c.Reference == e.Reference ? c with { IsRestored = true } : c)],
        } : s,
        Event.Reviewed e    => Reviewed(state, e),
        Event.AccountClosed e => state is State.Held h ? h with { IsClosed = true }
            : state.Was<State.Scheduled>(e) is var s
                ? Kept(new State.NoAccount(s.PaidOut, s.Runs, s.ChargedBack), s) : s,
        Event.TakenBack e   => state.Was<State>(e) is var s ? s with { PaidOut = s.PaidOut - e.Amount } : s,
    };

    static State Set(State? s, Event.AccountSet e) => s is State.Held h ? h with { To = e.To, IsClosed = false }
        : Kept(new State.Scheduled(
            s?.PaidOut ?? Money.Zero(e.Currency), s?.Runs ?? 0, s?.ChargedBack ?? [], e.To, e.Next, e.Deadline), s);

    static State Planned(State s, Event.Planned e) => (s, e.Next, e.Deadline) switch
    {
        (State.Scheduled now, { } next, { } deadline) => now with { Next = next, Deadline = deadline },
        (State.Held now, { } next, _)                 => now with { Next = next },
        _                                             => s,
    };

    static State Withheld(State.Scheduled s, Event.Withheld e) =>
        Kept(new State.Held(s.PaidOut, s.Runs, s.ChargedBack, s.To, s.Next, e.Why, e.Deadline), s);

    static State Lifted(State.Held s, Event.Lifted e) =>
        Kept(new State.Scheduled(s.PaidOut, s.Runs, s.ChargedBack, s.To, e.Next, e.Deadline), s);

    // What their seller chose, and what another is to confirm, stays whatever becomes of them; who looked into a hold
    // has done so once it is lifted.
    static State Kept(State now, State? was) => was is null ? now : now with
    {
        Schedule = was.Schedule, Waiting = was.Waiting, ToConfirm = was.ToConfirm,
        Handling = was.Handling with { ClaimedBy = null, ClaimedUntil = null },
    };
}
