namespace Recourse.Verifying;

public static partial class Verification
{
    /// <summary>The buyer's own, staff, their checkouts, the provider.</summary>
    public static Party? PartyOf(VerificationId id, State? state, Actor actor) => actor switch
    {
        Actor.Buyer a     => a.Id == id.Buyer ? Party.Buyer : null,
        Actor.Agent       => Party.Agent,
        Actor.Operator    => Party.Operator,
        Actor.Aggregate a => a.Id == $"{id}"
            || (Checkouts.CheckoutId.TryParse(a.Id, out var checkout) && checkout.Buyer == id.Buyer)
            || (Disputes.AppealId.TryParse(a.Id, out var appeal) && appeal.Buyer == id.Buyer) ? Party.Platform : null,
        Actor.Outside     => Party.Provider,
        Actor.Clock       => Party.Clock,
        Actor.Seller or Actor.Warehouse or Actor.Carrier or Actor.Integration => null,
    };

    /// <summary>What a command makes true, or why it can't.</summary>
    public static Decision<Event> Decide(VerificationId id, State? state, Command command, Asked asked)
    {
        if (PartyOf(id, state, asked.Who) is not { } party) return Refusal.NotFound;
        var turn = new Turn(id, party, asked.At, asked.InForce.Version, asked.InForce.Of<VerificationRules>());

        Decision<Event> decision = command switch
        {
            Command.Ask c          => Ask(state, c, turn),
            Command.Start          => Start(state, turn),
            Command.ShowDocument c => Show(state, c.Document, turn),
            Command.AskForAmount c => AskForAmount(state, c, turn),
            Command.HearAnswer c   => HearAnswer(state, c, turn),
            Command.BeginChallenge c => BeginChallenge(state, c, turn),
            Command.LookAgain      => LookAgain(state, turn),
            Command.HearChallenge c => HearChallenge(state, c, turn),
            Command.NameAmount c   => Name(state, c.Minor, turn),
            Command.Accept         => Judge(state, asked, Accept(state, turn)),
            Command.Reject c       => Judge(state, asked, Reject(state, c.Reason, turn)),
            Command.Review c       => Review(state, c.Step, asked, turn),
            Command.Overturn       => Overturn(state, turn),
            Command.Wake c         => Wake(state, c.Due, turn),
        };

        // From which state and by whom is said once: in the table.
        return Lifecycle.Allows(state, decision.Events, Evolve, party) ? decision : NotNow(state, party);
    }

    sealed record Turn(VerificationId Id, Party By, Instant At, int Rulebook, VerificationRules Rules);

    static Decision<Event> Ask(State? state, Command.Ask c, Turn turn) => state switch
    {
        State.Open s when s.For.Contains(c.For) => [],
        State.Open { For.Length: >= MostWaiting } => [],           // its own time decides about that checkout
        State.Open s    => [new Event.AlsoFor(c.For, turn.Rules.InCommon(s.Ways, WaysFor(c, turn)))],
        State.Verified s when s.Until > turn.At && (!s.IsOfCardAlone || s.IsShownFor(c.Card, turn.At)) =>
            [new Event.AlsoFor(c.For)],
        State.Verified or State.Lapsed or State.Rejected or null =>
            [new Event.Asked(c.For, turn.Rules.ShowDue(turn.At), WaysFor(c, turn))],
    };

    static ImmutableArray<ShownBy>? WaysFor(Command.Ask c, Turn turn) => turn.Rules.WaysFor(c.Reasons ?? []);

    /// <summary>Whether a way is offered, and left to them.</summary>
    static bool IsLeft(State? state, ShownBy way, Turn turn) =>
        turn.Rules.Offers(way) && state?.Ways?.Contains(way) is not false;

    static Decision<Event> Start(State? state, Turn turn) => state switch
    {
        State.Open => [],
        // What a bank said of one card leaves it to them to show more.
        State.Verified s when s.Until > turn.At && !s.IsOfCardAlone => [],
        State.Verified or State.Lapsed or State.Rejected or null =>
            [new Event.Asked(null, turn.Rules.ShowDue(turn.At))],
    };

    static Decision<Event> Show(State? state, Document document, Turn turn)
    {
        if (!IsLeft(state, ShownBy.Document, turn)) return NotOffered;
        if (!turn.Rules.Documents.Contains(document.Kind)) return NoSuchDocument(document.Kind, turn.Rules);
        if (!Derived.IsCode(document.Evidence)) return NoEvidence;
        return state switch
        {
            State.Asked or State.Naming or State.AtBank =>
                [new Event.DocumentShown(document, turn.Rules.ReviewDue(turn.At))],
            State.Holding    => AmountUnderWay,
            State.Starting or State.Checking => ChallengeUnderWay,
            State.InReview s => s.Document.Evidence == document.Evidence ? [] : AlreadyInReview,
            State.Verified   => [],
            State.Lapsed or State.Rejected or null => StartFirst,
        };
    }

    static Decision<Event> AskForAmount(State? state, Command.AskForAmount c, Turn turn)
    {
        if (!IsLeft(state, ShownBy.Amount, turn)) return NotOffered;
        if (string.IsNullOrWhiteSpace(c.Method) || c.Method.Length > Checkouts.Checkout.LongestMethod) return NoMethod;
        if (c.Amount.Minor < 1 || c.Amount.Minor > MostHeld) return BadAmount;
        return state switch
        {
            State.Asked s when s.Tries >= turn.Rules.MostTries || s.Calls >= turn.Rules.MostAmounts => NoMoreAmounts,
            State.Asked =>
                [new Event.AmountAsked(c.Method, c.Amount, turn.Rules.AskAgain.Next(AskAgainThen, 0, turn.At))],
            State.Holding or State.Naming => [],                                          // said twice, done once
            State.Starting or State.AtBank or State.Checking => ChallengeUnderWay,
            State.InReview => AlreadyInReview,
            State.Verified => [],
            State.Lapsed or State.Rejected or null => StartFirst,
        };
    }

    static Decision<Event> HearAnswer(State? state, Command.HearAnswer c, Turn turn)
    {
        if (state is not State.Holding s || KeyOf(turn.Id, s) != c.Call.Key) return [];   // of what is over
        return c.Answer switch
        {
            Payments.ProviderAnswer.Done a     => [new Event.AmountHeld(a.Reference, turn.Rules.ShowDue(turn.At))],
            Payments.ProviderAnswer.Declined a =>
                [new Event.AmountRefused(WhyRefused(s, a.Code, turn), turn.Rules.ShowDue(turn.At))],
            Payments.ProviderAnswer.Pending a  => Again(s, $"pending {a.Reference}", turn),
            Payments.ProviderAnswer.Unknown a  => Again(s, a.Why, turn),
        };
    }

    static Decision<Event> Again(State.Holding s, string why, Turn turn) =>
        [new Event.Unanswered(why, turn.Rules.AskAgain.Next(AskAgainThen, s.Repeats, turn.At))];

    static Decision<Event> Name(State? state, long minor, Turn turn)
    {
        if (state is State.Verified) return [];
        if (state is not State.Naming s) return NotNow(state, turn.By);
        if (minor == s.Amount.Minor) return [new Event.Verified(ShownBy.Amount, turn.Rules.ValidUntil(turn.At))];
        var left = turn.Rules.MostTries - s.Tries - 1;
        return left > 0 ? [new Event.AmountMissed(left)]
            : [new Event.AmountUsedUp(WhyUsedUp(turn), turn.Rules.ShowDue(turn.At))];
    }

    static Decision<Event> Accept(State? state, Turn turn) => state switch
    {
        State.InReview => [new Event.Verified(ShownBy.Document, turn.Rules.ValidUntil(turn.At))],
        State.Verified => [],
        State.Asked or State.Holding or State.Naming or State.Starting or State.AtBank or State.Checking
            or State.Lapsed or State.Rejected or null => NotNow(state, turn.By),
    };

    static Decision<Event> Reject(State? state, string reason, Turn turn)
    {
        if (!turn.Rules.Reasons.ContainsKey(reason)) return NoSuchReason(reason, turn.Rules);
        return state switch
        {
            State.InReview s => [new Event.Rejected(WhyRejected(s, reason, turn))],
            State.Rejected   => [],
            State.Asked or State.Holding or State.Naming or State.Starting or State.AtBank or State.Checking
                or State.Verified or State.Lapsed or null => NotNow(state, turn.By),
        };
    }

    /// <summary>Whatever they have begun since, they need not go on with.</summary>
    static Decision<Event> Overturn(State? state, Turn turn) => state switch
    {
        State.Verified s when s.Until > turn.At => [],
        null => NotNow(state, turn.By),
        _    => [new Event.Verified(ShownBy.Appeal, turn.Rules.ValidUntil(turn.At))],
    };

    static Decision<Event> Wake(State? state, Instant due, Turn turn) => state switch
    {
        State.Open s when s.Deadline.Next != due => [],                            // stale: it has moved on
        State.Open { Deadline: { Warn: not null } d } =>
            [new Event.Warned(d.Warned(turn.At, turn.Rules.WarnBefore))],
        State.Holding s => [new Event.AskedAgain(turn.Rules.AskAgain.Next(AskAgainThen, s.Repeats + 1, turn.At))],
        State.Starting or State.Checking => [new Event.AskedAgain(
            turn.Rules.AskAgain.Next(AskAgainThen, RepeatsOf((State.Open)state) + 1, turn.At))],
        State.AtBank    => [Looked(turn)],
        State.InReview  => [new Event.Escalated(turn.Rules.EscalationDue(turn.At))],
        State.Open      => [new Event.Lapsed()],
        State.Verified or State.Lapsed or State.Rejected or null => [],
    };

    /// <summary>The state after an event.</summary>
    public static State Evolve(State? state, Event @event) => Next(state, @event) with
    {
        Challenges = (state?.Challenges ?? 0) + (@event is Event.ChallengeAsked ? 1 : 0),
        Ways = @event switch
        {
            Event.Asked e   => e.Ways,
            Event.AlsoFor e => e.Ways ?? state?.Ways,
            _               => state?.Ways,
        },
        Card = @event is Event.ChallengeAsked c ? c.Card : state?.Card,
        Cards = (state?.Cards ?? ImmutableSortedDictionary<string, Instant>.Empty) is var cards
            && @event is Event.Verified { Card: { } card } v ? cards.SetItem(card, v.Until) : cards,
    };

    static State Next(State? state, Event @event) => @event switch
    {
        Event.Asked e         => Asked(state, e),
        Event.AlsoFor e       => state.Was<State>(e) with { For = state!.For.Add(e.For) },
        Event.DocumentShown e => Shown(state.Was<State.Open>(e), e),
        Event.AmountAsked e   => Holding(state.Was<State.Asked>(e), e),
        Event.Unanswered e    => state.Was<State.Open>(e) with { Deadline = e.Deadline },
        Event.AskedAgain e    => Repeated(state.Was<State.Open>(e), e.Deadline),
        Event.AmountHeld e    => Naming(state.Was<State.Holding>(e), e),
        Event.AmountRefused e => Back(state.Was<State.Holding>(e), e.Deadline),
        Event.AmountMissed e  => Missed(state.Was<State.Naming>(e)),
        Event.AmountUsedUp e  => UsedUp(state.Was<State.Naming>(e), e.Deadline),
        Event.Reviewed e      => Reviewed(state.Was<State.InReview>(e), e),
        Event.Escalated e     => state.Was<State.InReview>(e) with { Deadline = e.Deadline },
        Event.Warned e        => state.Was<State.Open>(e) with { Deadline = e.Deadline },
        Event.Verified e      => Verified(state.Was<State>(e), e),
        Event.Rejected e      => Rejected(state.Was<State.InReview>(e), e),
        Event.Lapsed e        => Lapsed(state.Was<State.Open>(e)),
        Event.ChallengeAsked e  => Starting(state.Was<State.Asked>(e), e),
        Event.ChallengeOpened e => Opened(state.Was<State.Open>(e), e),
        Event.ChallengeLooked e => Checking(state.Was<State.AtBank>(e), e),
        Event.ChallengePassed e => state.Was<State.Open>(e),
        Event.ChallengeFailed e => Back(state.Was<State.Open>(e), e.Deadline),
        Event.ChallengeMissed e => Back(state.Was<State.Checking>(e), e.Deadline),
    };

    // What waits for another card than its bank spoke for goes on waiting.
    static State.Asked Asked(State? state, Event.Asked e) => new(
        [.. (state is State.Verified { IsOfCardAlone: true } s ? s.For : [])
            .Concat(e.For is { } one ? [one] : []).Distinct()],
        e.Deadline, 0, state?.Calls ?? 0);

    static State.InReview Shown(State.Open s, Event.DocumentShown e) =>
        new(s.For, e.Deadline, s.Tries, s.Calls, e.Document);

    static State.Holding Holding(State.Asked s, Event.AmountAsked e) =>
        new(s.For, e.Deadline, s.Tries, s.Calls + 1, e.Method, e.Amount, Repeats: 0);

    static State.Naming Naming(State.Holding s, Event.AmountHeld e) =>
        new(s.For, e.Deadline, s.Tries, s.Calls, e.Intent, s.Amount);

    static State.Verified Verified(State s, Event.Verified e) => new(s.For, s.Calls, e.By, e.Until);
    static State.Rejected Rejected(State.InReview s, Event.Rejected e) => new(s.For, s.Calls, e.Why);
    static State.Lapsed Lapsed(State.Open s) => new(s.For, s.Calls);
    static State.Asked Back(State.Open s, Deadline due) => new(s.For, due, s.Tries, s.Calls);
    static State.Naming Missed(State.Naming s) => s with { Tries = s.Tries + 1 };
    static State.Asked UsedUp(State.Naming s, Deadline due) => new(s.For, due, s.Tries + 1, s.Calls);
}
