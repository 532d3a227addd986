using Recourse.Reviews;
namespace Recourse.Disputes;

public static partial class Appeal
{
    /// <summary>Whom it went against, and staff.</summary>
    public static Party? PartyOf(AppealId id, State? state, Actor actor) => actor switch
    {
        Actor.Buyer a  => a.Id == id.Buyer ? Party.Buyer : null,
        Actor.Seller a => a.Id == id.Seller || a.Id == state?.Complaint.Subject.OtherSide ? Party.Seller : null,
        Actor.Agent    => Party.Agent,
        Actor.Operator => Party.Operator,
        Actor.Clock    => Party.Clock,
        Actor.Warehouse or Actor.Carrier or Actor.Integration or Actor.Aggregate or Actor.Outside => null,
    };

    /// <summary>What a command makes true, or why it can't.</summary>
    public static Decision<Event> Decide(AppealId id, State? state, Command command, Asked asked)
    {
        if (PartyOf(id, state, asked.Who) is not { } party) return Refusal.NotFound;
        var turn = new Turn(id, party, asked);
        // The other side of somebody's appeal says what they think, and no more.
        if (asked.Who is Actor.Seller one && one.Id != id.Seller && command is not Command.Answer)
            return NotNow(state, party);

        Decision<Event> decision = command switch
        {
            Command.Lodge c  => Lodge(state, c, turn),
            Command.Decide c => Decide(state, c, turn),
            Command.Withdraw => Withdraw(state, turn),
            Command.Answer c => Answer(state, c.Words, turn),
            Command.Claim    => Claim(state, turn),
            Command.Release  => Release(state, turn),
            Command.Review c => Review(state, c.Step, turn),
            Command.Wake c   => Wake(state, c.Due, turn),
        };

        // From which state and by whom is said once: in the table.
        return decision.Events.All(e => Lifecycle.Allows(state, e.GetType(), party)) ? decision : NotNow(state, party);
    }

    sealed record Turn(AppealId Id, Party By, Asked Asked)
    {
        public Actor Who => Asked.Who;
        public Instant At => Asked.At;
        public Rulebook Book { get; } = Asked.InForce;
        public AppealRules Rules { get; } = Asked.InForce.Of<AppealRules>();
    }

    static Decision<Event> Lodge(State? state, Command.Lodge c, Turn turn)
    {
        var why = c.Decision.Value.Why;
        if (AppealId.Of(c.Subject, why) != turn.Id || c.Words.Person != $"{turn.Id.Owner}") return OtherDecision;
        if (!why.IsOpenTo(turn.By)) return NotOpen;
        return state switch
        {
            State.Open => [],                                                             // said twice, done once
            State.Upheld or State.Reversed => AlreadyDecided,
            State.Withdrawn or null => why.AppealUntil is { } until && turn.At > until ? TooLate(until)
                : [new Event.Lodged(
                    new(c.Subject, c.Decision.Value, c.Words, turn.At), turn.Rules.DecisionDue(turn.At),
                    c.Subject.OtherSide is { } other && turn.Rules.HearWithin is { } within
                        ? new(other, turn.At + within) : null)],
        };
    }

    static Decision<Event> Answer(State? state, Sealed<AppealWords> words, Turn turn) => state switch
    {
        State.Open { Hearing: { } h } when turn.Who != new Actor.Seller(h.Of) || words.Person != $"{h.Of}" =>
            NotNow(state, turn.By),
        State.Open { Hearing.Words: not null } => AlreadyAnswered,
        // Also late, as long as nobody has decided: it is heard all the same.
        State.Open { Hearing: not null } => [new Event.Answered(words)],
        State.Upheld or State.Reversed => AlreadyDecided,
        State.Open or State.Withdrawn or null => NotNow(state, turn.By),
    };

    static Decision<Event> Decide(State? state, Command.Decide c, Turn turn)
    {
        if (state is State.Upheld or State.Reversed) return Decided(state) == c.Verdict ? [] : AlreadyDecided;
        if (state is not State.Open s || (turn.By & Party.Staff) == 0) return NotNow(state, turn.By);
        ImmutableArray<Refusal> faults =
        [
            .. !turn.Rules.ReasonsFor(c.Verdict).Contains(c.Reason)
                ? [NoSuchReason(c.Reason ?? "", c.Verdict, turn.Rules)] : None,
            .. CantBy(s, turn) is { } no ? [no] : None,
            // What would cost somebody else isn't undone unheard.
            .. c.Verdict is Verdict.Reverse && s.Hearing is { IsOpen: true } h ? [OtherSideFirst(h)] : None,
        ];
        if (!faults.IsEmpty) return faults;
        return Reviewing.Decide<Event>(
            s.Handling, s.Deadline, $"{c.Verdict}", c.Reason, s.Complaint.Decision.AtStake, turn.Asked,
            () => [End(s, c.Verdict, c.Reason!, c.Note, new DecidedBy.Person(turn.By), turn, c.Macro)],
            what => new Event.Reviewed(what, c.Note, c.Macro));
    }

    /// <summary>The second pair of eyes.</summary>
    static Decision<Event> Review(State? state, Step step, Turn turn)
    {
        if (state is State.Upheld or State.Reversed) return AlreadyDecided;
        if (state is not State.Open s || (turn.By & Party.Staff) == 0) return NotNow(state, turn.By);
        if (step is not Step.Release && CantBy(s, turn) is { } no) return no;
        return step switch
        {
            Step.Claim   => Claim(state, turn),
            Step.Release => Release(state, turn),
            Step.Confirm or Step.SendBack => Reviewing.Do<Event>(
                s.Handling, step, turn.Asked, what => Confirmed(s, what, turn), what => new Event.Reviewed(what)),
        };
    }

    static Decision<Event> Confirmed(State.Open s, Proposal what, Turn turn)
    {
        var verdict = Enum.Parse<Verdict>(what.Outcome);
        return verdict is Verdict.Reverse && s.Hearing is { IsOpen: true } h ? OtherSideFirst(h)
            : [End(s, verdict, what.Reason!, s.ProposedNote, new DecidedBy.Person(turn.By), turn, s.ProposedMacro)];
    }

    static Decision<Event> Claim(State? state, Turn turn) => state switch
    {
        State.Open s when s.Handling.HolderAt(turn.At) == turn.Who => [],
        State.Open s when CantBy(s, turn) is { } no => no,
        State.Open s => Claimed(Reviewing.Claim(s.Handling, turn.Asked)),
        State.Upheld or State.Reversed => AlreadyDecided,
        State.Withdrawn or null => NotNow(state, turn.By),
    };

    static Decision<Event> Claimed(Decision<Handled> decision) => decision.Refusals.IsDefaultOrEmpty
        ? [.. decision.Events.OfType<Handled.Claimed>().Select(e => new Event.Claimed(e.Who, e.Until))]
        : decision.Refusals;

    static Decision<Event> Release(State? state, Turn turn) => state switch
    {
        State.Open { ClaimedBy: not null } => [new Event.Released()],
        State.Open => [],
        State.Upheld or State.Reversed => AlreadyDecided,
        State.Withdrawn or null => NotNow(state, turn.By),
    };

    /// <summary>Why somebody of the staff is not to decide it; null: they may.</summary>
    static Refusal? CantBy(State.Open s, Turn turn) => s.Complaint.Decision.IsBy(turn.Who.Name)
        ? YourOwn : s.Handling.HolderAt(turn.At) is { } other && !Reviewing.IsSame(turn.Who.Name, other.Name)
        ? HasIt(other) : null;

    static readonly ImmutableArray<Refusal> None = [];

    static Verdict Decided(State state) => state is State.Reversed ? Verdict.Reverse : Verdict.Uphold;

    static Decision<Event> Withdraw(State? state, Turn turn) => state switch
    {
        State.Open      => [new Event.Withdrawn()],
        State.Withdrawn => [],
        State.Upheld or State.Reversed => AlreadyDecided,
        null            => Refusal.NotFound,
    };

    static Decision<Event> Wake(State? state, Instant due, Turn turn) => state switch
    {
        State.Open s when s.Awaited.Next != due => [],                                 // stale: the appeal moved on
        State.Open { Hearing.IsOpen: true } => [new Event.Unheard()],
        State.Open s when Reviewing.IsOverdue(s.Handling, s.Deadline) => [new Event.Reviewed(new Handled.Escalated())],
        State.Open { Deadline: { Warn: not null } d } =>
            [new Event.Warned(d.Warned(turn.At, turn.Rules.WarnBefore))],
        State.Open when turn.Rules.Unanswered is Unanswered.Remind =>
            [new Event.Warned(turn.Rules.StillDue(turn.At))],
        State.Open s => [End(s, Verdict.Reverse, Late, note: null, new DecidedBy.Automated("appeals"), turn)],
        State.Upheld or State.Reversed or State.Withdrawn or null => [],
    };

    static Event End(
        State.Open s, Verdict verdict, string code, Sealed<AppealWords>? note, DecidedBy by, Turn turn,
        MacroUse? macro = null)
    {
        var why = new Statement(
            code, verdict is Verdict.Reverse ? "appeal.reversed" : "appeal.upheld",
            [
                new("decided", s.Complaint.Decision.Why.IssuedAt, Party.Everyone),
                new("lodged", s.Complaint.At, Party.Everyone),
                .. verdict is Verdict.Uphold
                    ? [new StatedFact("further", turn.At + turn.Rules.FurtherWithin, Party.Everyone)]
                    : Array.Empty<StatedFact>(),
            ],
            rule: $"appeals.reasons.{code}", turn.Book.Version, by, turn.Rules.Reasons[code].Remedies,
            issuedAt: turn.At, appealUntil: null);
        return verdict is Verdict.Reverse ? new Event.Reversed(why, note, macro) : new Event.Upheld(why, note, macro);
    }

    /// <summary>The state after an event.</summary>
    public static State Evolve(State? state, Event @event) => @event switch
    {
        Event.Lodged e    => new State.Open(e.Complaint, e.Deadline) { Hearing = e.Hearing },
        Event.Answered e  => Heard(state.Was<State.Open>(e), h => h with { Words = e.Words }),
        Event.Unheard e   => Heard(state.Was<State.Open>(e), h => h with { IsOver = true }),
        Event.Warned e    => state.Was<State.Open>(e) with { Deadline = e.Deadline },
        Event.Upheld e    => new State.Upheld(state.Was<State.Open>(e).Complaint, e.Why, e.Note) { Macro = e.Macro },
        Event.Reversed e  => new State.Reversed(state.Was<State.Open>(e).Complaint, e.Why, e.Note)
            { Macro = e.Macro },
        Event.Withdrawn e => new State.Withdrawn(state.Was<State.Open>(e).Complaint),
        Event.Claimed e   => state.Was<State.Open>(e) with { ClaimedBy = e.Who, ClaimedUntil = e.Until },
        Event.Released e  => state.Was<State.Open>(e) with { ClaimedBy = null, ClaimedUntil = null },
        Event.Reviewed e  => Reviewed(state.Was<State.Open>(e), e),
    };

    static State.Open Reviewed(State.Open s, Event.Reviewed e)
    {
        var next = s.Handling.With(e.What);
        return s with
        {
            ClaimedBy = next.ClaimedBy, ClaimedUntil = next.ClaimedUntil, Proposal = next.Proposal,
            ProposedNote = next.Proposal is null ? null : e.Note ?? s.ProposedNote,
            ProposedMacro = next.Proposal is null ? null : e.Macro ?? s.ProposedMacro,
        };
    }

    static State.Open Heard(State.Open s, Func<Hearing, Hearing> change) => s with { Hearing = change(s.Hearing!) };
}
