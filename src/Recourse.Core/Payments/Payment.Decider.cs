using Recourse.Orders;
namespace Recourse.Payments;

public static partial class Payment
{
    /// <summary>The buyer's own, staff, the provider; sellers see their orders instead.</summary>
    public static Party? PartyOf(PaymentId id, State? state, Actor actor) => actor switch
    {
        Actor.Buyer a     => a.Id == id.Buyer ? Party.Buyer : null,
        Actor.Agent       => Party.Agent,
        Actor.Operator    => Party.Operator,
        Actor.Aggregate a => a.Id == $"{id.Checkout}" || OrderId.TryParse(a.Id, out _) || a.Id == $"{id}"
            ? Party.Platform : null,
        Actor.Outside     => Party.Provider,
        Actor.Clock       => Party.Clock,
        Actor.Seller or Actor.Warehouse or Actor.Carrier or Actor.Integration => null,
    };

    /// <summary>What a command makes true, or why it can't.</summary>
    public static Decision<Event> Decide(PaymentId id, State? state, Command command, Asked asked)
    {
        if (PartyOf(id, state, asked.Who) is not { } party) return Refusal.NotFound;
        var turn = new Turn(id, party, asked.At, asked.InForce.Version, asked.InForce.Of<PaymentRules>());

        Decision<Event> decision = command switch
        {
            Command.Authorise c          => Authorise(state, c, turn),
            Command.HearAnswer c         => HearAnswer(state, c, turn),
            Command.HearReport c         => HearReport(state, c.Report, turn),
            Command.GiveBack c           => GiveBack(state, c.Return, turn),
            Command.HearFundingRefused c => HearFundingRefused(state, c.Order, turn),
            Command.HearLossRefused      => [],                       // it keeps the money: the platform has lost it
            Command.Abandon              => Abandon(state, turn),
            Command.ChooseReturns c      => Choose(state, c.ToWallet, turn),
            Command.Wake c               => Wake(state, c.Due, turn),
        };

        // From which state and by whom is said once: in the table.
        return Lifecycle.Allows(state, decision.Events, Evolve, party) ? decision : NotNow(state, party);
    }

    sealed record Turn(PaymentId Id, Party By, Instant At, int Rulebook, PaymentRules Rules);

    static Decision<Event> Authorise(State? state, Command.Authorise c, Turn turn)
    {
        var due = state is null ? 1 : state.Terms.Attempt + 1;
        if (c.Attempt == due - 1) return [];                                              // said twice, done once
        if (c.Attempt != due) return OtherAttempt(due - 1, c.Attempt);
        if (c.Shares.IsDefaultOrEmpty || c.Shares.All(s => s.Amount.Minor == 0)) return NothingToPay;
        var asked = new Event.Asked(
            c.Attempt, c.Method, c.Country, c.Shares, turn.Rules.AnswerDue(turn.At), c.PaidUntil, turn.At, c.Wallet,
            c.Kind);
        // What the wallet pays alone is nobody else's affair.
        return Authorising(asked).ByMethod.Minor > 0 ? [asked]
            : [asked, new Event.Authorised(FromWallet, turn.Rules.CaptureDue(turn.At))];
    }

    static Decision<Event> Choose(State? state, bool toWallet, Turn turn) => state switch
    {
        State.Authorising or State.Authorised or State.Capturing or State.Captured =>
            (state.Terms.BackToWallet ?? false) == toWallet ? [] : [new Event.ReturnsChosen(toWallet)],
        State.Voiding or State.Declined or State.Voided or State.Failed => NotNow(state, turn.By),
        null => Refusal.NotFound,
    };

    static Decision<Event> Abandon(State? state, Turn turn) => state switch
    {
        State.Authorising s => s.IsAbandoned ? [] : [new Event.Abandoned()],
        State.Declined      => [new Event.Voided()],
        // Held just before: the order that doesn't want it any more refuses its funding, and so it comes back.
        State.Authorised or State.Capturing or State.Captured or State.Failed when turn.Id.IsOfAmendment => [],
        State.Authorised or State.Capturing or State.Captured or State.Failed => TooLateToAbandon,
        State.Voiding or State.Voided or null => [],
    };

    static Decision<Event> Wake(State? state, Instant due, Turn turn) => state switch
    {
        State.Open s when s.Deadline.Next != due => [],                               // stale: the payment moved on
        State.Authorised s  => AskToCapture(s, turn),
        State.Authorising s => AskAgain(turn.Rules.Patient(s.Repeats, s.Terms.PaidUntil, turn.At), turn),
        State.Capturing s   => AskAgain(s.Repeats, turn),
        State.Voiding s     => AskAgain(s.Repeats, turn),
        State.Captured or State.Declined or State.Voided or State.Failed or null => [],
    };

    /// <summary>What the wallet paid is here already.</summary>
    static Decision<Event> AskToCapture(State.Authorised s, Turn turn) => s.Intent is FromWallet
        ? [new Event.Captured(s.WantedByMethod)]
        : [new Event.CaptureAsked(s.WantedByMethod, turn.Rules.AnswerDue(turn.At))];

    static Decision<Event> AskAgain(int repeats, Turn turn) =>
        [new Event.AskedAgain(turn.Rules.AnswerDue(turn.At, repeats + 1))];

    /// <summary>The state after an event.</summary>
    public static State Evolve(State? state, Event @event) => @event switch
    {
        Event.Asked e         => Authorising(e),
        Event.Unanswered e    => state.Was<State.Open>(e) with { Deadline = e.Deadline },
        Event.AskedAgain e    => AskedAgain(state.Was<State.Open>(e), e),
        Event.Authorised e    => Authorised(state.Was<State.Authorising>(e), e),
        Event.Declined e      => Declined(state.Was<State.Authorising>(e), e),
        Event.Released e      => Released(state.Was<State>(e), e.Order, e.Nth, e.Amount),
        Event.Unfunded e      => Released(state.Was<State>(e), e.Order, nth: 0, e.Amount),
        Event.ReturnQueued e  => Queued(state.Was<State.Capturing>(e), e.Return),
        Event.RefundOwed e    => Owed(state.Was<State.Captured>(e), e.Return),
        Event.CaptureAsked e  => Capturing(state.Was<State.Authorised>(e), e),
        Event.Captured e      => Captured(state.Was<State.Held>(e), e),
        Event.CaptureFailed e => Failed(state.Was<State.Capturing>(e), e),
        Event.Abandoned e     => state.Was<State.Authorising>(e) with { IsAbandoned = true },
        Event.VoidAsked e     => Voiding(state.Was<State.Open>(e), e),
        Event.Voided e        => Voided(state.Was<State>(e)),
        Event.ReturnsChosen e => state.Was<State>(e) is var s
            ? s with { Terms = s.Terms with { BackToWallet = e.ToWallet } } : s,
    };

    static State.Authorising Authorising(Event.Asked e)
    {
        var currency = e.Shares[0].Amount.Currency;
        var none = Money.Zero(currency);
        var wallet = e.Wallet is { } all ? SharesOf(all, e.Shares) : [];
        return new(
            new(e.Attempt, e.Method, e.Country, currency, e.PaidUntil, e.AskedAt, e.Wallet, Kind: e.Kind),
            [
                .. e.Shares.Select((s, i) => new Stake(
                    s.Order, s.Amount, none, none, [], wallet.IsEmpty ? null : wallet[i])),
            ],
            e.Deadline, Repeats: 0, IsAbandoned: false);
    }

    /// <summary>What the wallet pays of each share: in proportion, and to the cent.</summary>
    static ImmutableArray<Money> SharesOf(Money wallet, ImmutableArray<Share> shares)
    {
        var total = shares.Select(s => s.Amount).Sum(wallet.Currency);
        var parts = ImmutableArray.CreateBuilder<Money>(shares.Length);
        var (sum, given) = (Money.Zero(wallet.Currency), Money.Zero(wallet.Currency));
        foreach (var share in shares)
        {
            sum += share.Amount;
            var upTo = new Ratio(wallet.Minor, total.Minor).Of(sum, Rounding.TowardZero);
            parts.Add(upTo - given);
            given = upTo;
        }
        return parts.ToImmutable();
    }

    static State AskedAgain(State.Open state, Event.AskedAgain e) => state switch
    {
        State.Authorising s => s with { Deadline = e.Deadline, Repeats = s.Repeats + 1 },
        State.Capturing s   => s with { Deadline = e.Deadline, Repeats = s.Repeats + 1 },
        State.Voiding s     => s with { Deadline = e.Deadline, Repeats = s.Repeats + 1 },
        State.Authorised s  => s.Was<State.Capturing>(e),
    };

    static State.Authorised Authorised(State.Authorising s, Event.Authorised e) =>
        new(s.Terms, s.Stakes, e.Deadline, e.Intent);

    static State.Declined Declined(State.Authorising s, Event.Declined e) => new(s.Terms, s.Stakes, e.Why);

    static State.Capturing Capturing(State.Authorised s, Event.CaptureAsked e) =>
        new(s.Terms, s.Stakes, e.Deadline, s.Intent, e.Amount, Repeats: 0, Waiting: []);

    static State.Captured Captured(State.Held s, Event.Captured e) =>
        new(s.Terms, s.Stakes, s.Intent, e.Amount);

    static State.Failed Failed(State.Capturing s, Event.CaptureFailed e) => new(s.Terms, s.Stakes, s.Intent, e.Why);

    static State.Voiding Voiding(State.Open s, Event.VoidAsked e) =>
        new(s.Terms, s.Stakes, e.Deadline, e.Intent, Repeats: 0);

    static State.Voided Voided(State s) => new(s.Terms, s.Stakes);

    static State Released(State s, OrderId order, int nth, Money amount) =>
        With(s, order, nth, stake => stake with { Released = stake.Released + amount });

    static State Queued(State.Capturing s, Return r) =>
        With(s with { Waiting = s.Waiting.Add(r) }, r.Order, r.Nth, stake => stake);

    static State Owed(State.Captured s, Return r) =>
        With(s, r.Order, r.Nth, stake => stake with { Refunded = stake.Refunded + r.Amount });

    /// <summary>One stake changed, and the ending that changed it remembered.</summary>
    static State With(State s, OrderId order, int nth, Func<Stake, Stake> change) => s with
    {
        Stakes =
        [
            .. s.Stakes.Select(stake => stake.Order != order ? stake : change(stake) with
            {
                Heard = stake.Heard.Contains(nth) ? stake.Heard : stake.Heard.Add(nth),
            }),
        ],
    };
}
