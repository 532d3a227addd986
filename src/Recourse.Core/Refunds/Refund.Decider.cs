using Recourse.Orders;
using Recourse.Payments;
using Recourse.Rulebooks;
namespace Recourse.Refunds;

public static partial class Refund
{
    /// <summary>The buyer's own, staff, the provider; sellers see their orders instead.</summary>
    public static Party? PartyOf(RefundId id, State? state, Actor actor) => actor switch
    {
        Actor.Buyer a     => a.Id == id.Buyer ? Party.Buyer : null,
        Actor.Agent       => Party.Agent,
        Actor.Operator    => Party.Operator,
        Actor.Aggregate a => PaymentId.TryParse(a.Id, out var payment) && payment.Buyer == id.Buyer
            ? Party.Platform : null,
        Actor.Outside     => Party.Provider,
        Actor.Clock       => Party.Clock,
        Actor.Seller or Actor.Warehouse or Actor.Carrier or Actor.Integration => null,
    };

    /// <summary>What a command makes true, or why it can't.</summary>
    public static Decision<Event> Decide(RefundId id, State? state, Command command, Asked asked)
    {
        if (PartyOf(id, state, asked.Who) is not { } party) return Refusal.NotFound;
        var turn = new Turn(id, party, asked.At, asked.InForce, asked);

        Decision<Event> decision = command switch
        {
            Command.Open c       => Open(state, c, turn),
            Command.HearAnswer c => HearAnswer(state, c, turn),
            Command.HearReport c => HearReport(state, c.Report, turn),
            Command.Retry        => ByTwo(state, ToRetry, state?.Owed.Amount, Retry(state, turn), turn),
            Command.TakeInWallet => TakeInWallet(state, turn),
            Command.Divert c     => Divert(state, c.ToWallet, turn),
            Command.Trace        => Trace(state, turn),
            Command.CloseTrace { Lost: true } => ByTwo(
                state, ToReverse, state?.Owed.Amount, Lost(state, turn), turn),
            Command.CloseTrace c => ByTwo(state, ToClose, null, CloseTrace(state, c.Reference, turn), turn),
            Command.Review c     => Review(state, c.Step, turn),
            Command.Recompute c  => Recompute(state, c.Due, turn),
            Command.Wake c       => Wake(state, c.Due, turn),
        };

        // From which state and by whom is said once: in the table.
        return Lifecycle.Allows(state, decision.Events, Evolve, party) ? decision : NotNow(state, party);
    }

    sealed record Turn(RefundId Id, Party By, Instant At, Rulebook Book, Asked Asked)
    {
        public RefundRules Rules { get; } = Book.Of<RefundRules>();
    }

    static Decision<Event> Open(State? state, Command.Open c, Turn turn)
    {
        if (RefundId.Of(c.Payment, c.Return) != turn.Id) return OtherReturn(turn.Id);
        if (state is not null) return [];                                                 // said twice, done once
        var (promised, vague) = turn.Rules.PromiseOf(turn.At, c.Country, c.Kind, turn.Book.Of<Calendars>());
        var items = c.Return.Gone is { } gone ? Itemised.Of(gone, turn.Book.Of<TaxRules>(), c.Country) : null;
        var owed = new Owed(c.Return with { Gone = null }, c.Payment, c.Intent, promised, c.ToWallet, items,
            vague ? true : null);
        var opened = new Event.Opened(owed, turn.Rules.AnswerDue(turn.At, promised));
        return owed.Amount.Minor > 0 ? [opened] : [opened, new Event.MovedToWallet(owed.Amount, turn.At)];
    }

    static Decision<Event> Retry(State? state, Turn turn) => state switch
    {
        State.Failed s => [new Event.Retried(s.Attempt + 1, AnswerDue(s, repeats: 0, turn))],
        State.Requested or State.Pending => StillUnclear,        // never another attempt while one is unclear
        State.Paid or State.Tracing or State.InWallet => NotNow(state, turn.By),
        null       => Refusal.NotFound,
    };

    static Decision<Event> Wake(State? state, Instant due, Turn turn) => state?.Handling.Passing(due) is { } passed
        ? [Noted(passed), .. Own(Evolve(state, Noted(passed)), due, turn).Events] : Own(state, due, turn);

    static Decision<Event> Own(State? state, Instant due, Turn turn) => state switch
    {
        State.Open s when s.Deadline.Next != due => [],                                // stale: the refund moved on
        State.Requested s when turn.At < s.EscalateAt =>
            [new Event.AskedAgain(AnswerDue(s, s.Repeats + 1, turn))],
        State.Open s       => [Escalate(s, turn), .. ForBeingLate(s, turn)],
        State.Tracing s when s.Deadline.Next == due =>
            [new Event.TraceLate(new(Party.Operator, TraceIsLate, Warn: null, turn.At + turn.Rules.EscalateEvery))],
        State.Paid { Check: { } check } s when check.Next == due => LookFor(s, turn),
        State.Tracing or State.Paid or State.InWallet or null => [],
    };

    /// <summary>People are called, and called again until it is back.</summary>
    static Event.Escalated Escalate(State.Open s, Turn turn)
    {
        var next = turn.At + turn.Rules.EscalateEvery;
        var due = s is State.Requested r
            ? turn.Rules.AnswerDue(turn.At, next, r.Repeats + 1) : RefundRules.PayDue(next);
        return new(Instant.Max(next, s.EscalateAt), due with { Owner = Party.Operator });
    }

    /// <summary>Once, however late it is.</summary>
    static IEnumerable<Event> ForBeingLate(State.Open s, Turn turn)
    {
        if (s.Compensated is null && turn.At >= s.Owed.Promised
            && turn.Book.Of<CompensationRules>().For(CompensationRules.LateRefund, s.Owed.Amount) is { } due)
            yield return new Event.Compensated(due);
    }

    static Deadline AnswerDue(State.Open s, int repeats, Turn turn) =>
        Watched(s, turn.Rules.AnswerDue(turn.At, s.EscalateAt, repeats));

    /// <summary>Once people were called they stay on it.</summary>
    static Deadline Watched(State.Open s, Deadline due) =>
        s.EscalateAt > s.Owed.Promised ? due with { Owner = Party.Operator } : due;

    /// <summary>The state after an event.</summary>
    public static State Evolve(State? state, Event @event) => @event switch
    {
        Event.Opened e     => new State.Requested(e.Owed, Attempt: 1, [], e.Deadline, e.Owed.Promised, Repeats: 0),
        Event.Unanswered e => state.Was<State.Requested>(e) with { Deadline = e.Deadline },
        Event.AskedAgain e => AskedAgain(state.Was<State.Requested>(e), e.Deadline),
        Event.Accepted e   => Accepted(state.Was<State.Requested>(e), e),
        Event.Paid e       => Paid(state.Was<State.Open>(e), e),
        Event.Failed e     => Failed(state.Was<State.Open>(e), e),
        Event.Reversed e   => Reversed(state.Was<State>(e), e),
        Event.MovedToWallet e => InWallet(state.Was<State.Open>(e), e),
        Event.TraceOpened e => Tracing(state.Was<State.Paid>(e), e),
        Event.TraceLate e  => state.Was<State.Tracing>(e) with { Deadline = e.Deadline },
        Event.TraceClosed e => Traced(state.Was<State.Tracing>(e), e),
        Event.Confirmed e  => state.Was<State>(e),
        Event.Corrected e  => Corrected(state.Was<State>(e), e),
        Event.LookedFor e  => state.Was<State.Paid>(e) is var s
            ? s with { Check = e.Deadline, Looks = s.Looks + 1 } : s,
        Event.Seen e       => state.Was<State.Paid>(e) is var s
            ? s with { Check = null, Arn = e.Arn ?? s.Arn } : s,
        Event.Diverted e   => state.Was<State>(e) with { IsDiverted = e.ToWallet },
        Event.Compensated e => state.Was<State.Open>(e) with { Compensated = e.What.Amount },
        Event.Reviewed e   => Reviewed(state.Was<State>(e), e),
        Event.Retried e    => Retried(state.Was<State.Failed>(e), e),
        Event.Escalated e  => Escalated(state.Was<State.Open>(e), e),
    };

    static State.Requested AskedAgain(State.Requested s, Deadline deadline) =>
        s with { Deadline = deadline, Repeats = s.Repeats + 1 };

    /// <summary>Where it goes on, with what was said and paid besides.</summary>
    static T On<T>(State from, T to) where T : State =>
        (T)(to with { Corrected = from.Corrected, Compensated = from.Compensated, IsDiverted = from.IsDiverted });

    static State.Pending Accepted(State.Requested s, Event.Accepted e) =>
        On(s, new State.Pending(s.Owed, s.Attempt, s.Spent, e.Deadline, s.EscalateAt, e.Reference));

    static State.Paid Paid(State.Open s, Event.Paid e) =>
        On(s, new State.Paid(s.Owed, s.Attempt, s.Spent, e.Reference, e.At) { Arn = e.Arn, Check = e.Check });

    static State.Failed Failed(State.Open s, Event.Failed e) => On(s, new State.Failed(
        s.Owed, s.Attempt, e.Reference is null ? s.Spent : s.Spent.Add(e.Reference), e.Deadline, s.EscalateAt, e.Why));

    static State.Failed Reversed(State s, Event.Reversed e) =>
        On(s, new State.Failed(s.Owed, s.Attempt, s.Spent.Add(e.Reference), e.Deadline, e.Next, e.Why));

    static State.Requested Retried(State.Failed s, Event.Retried e) =>
        On(s, new State.Requested(s.Owed, e.Attempt, s.Spent, e.Deadline, s.EscalateAt, Repeats: 0));

    static State Escalated(State.Open state, Event.Escalated e) => state switch
    {
        State.Requested s => AskedAgain(s, e.Deadline) with { EscalateAt = e.Next },
        State.Pending or State.Failed => state with { Deadline = e.Deadline, EscalateAt = e.Next },
    };
}
