using Recourse.Disputes;
using Recourse.Orders;
using Recourse.Rulebooks;
using Recourse.Sellers;
using static Recourse.Kernel.Message;
namespace Recourse.Payouts;

public static partial class Earnings
{
    const int LongestReference = 64;

    /// <summary>Their seller, staff, and a payout or an appeal of theirs.</summary>
    public static Party? PartyOf(EarningsId id, State? state, Actor actor) => actor switch
    {
        Actor.Seller a    => a.Id == id.Seller ? Party.Seller : null,
        Actor.Agent       => Party.Agent,
        Actor.Operator    => Party.Operator,
        Actor.Aggregate a => PayoutId.TryParse(a.Id, out var payout) && payout.Seller == id.Seller
            || AppealId.TryParse(a.Id, out var appeal) && appeal.Seller == id.Seller ? Party.Platform : null,
        Actor.Clock       => Party.Clock,
        Actor.Buyer or Actor.Warehouse or Actor.Carrier or Actor.Integration or Actor.Outside => null,
    };

    /// <summary>What a command makes true, or why it can't.</summary>
    public static Decision<Event> Decide(EarningsId id, State? state, Command command, Asked asked)
    {
        if (PartyOf(id, state, asked.Who) is not { } party) return Refusal.NotFound;
        if (id.Currency is not { } currency) return Refusal.NotFound;
        var turn = new Turn(id, party, asked.At, asked.InForce, currency, asked);

        Decision<Event> decision = command switch
        {
            Command.PayTo c      => PayTo(state, c.To, turn),
            Command.Plan c       => Plan(state, c.Schedule, turn),
            Command.Run c        => Run(state, c.Funds, turn),
            Command.Hold c       => ByTwo(
                state, ToHold, c.Reason, Owed(state, c.Funds, turn), Hold(state, c.Reason, turn), turn),
            Command.Lift c       => ByTwo(
                state, ToLift, null, Owed(state, c.Funds, turn), Lift(state, c.Of, turn), turn),
            Command.ChargeBack c => ChargeBackByTwo(state, c, turn),
            Command.Restore c    => RestoreByTwo(state, c.Reference, turn),
            Command.Review c     => Review(state, c.Step, turn),
            Command.TakeBack c   => TakeBack(state, c),
            Command.Wake c       => Wake(state, c.Due, turn),
        };

        // From which state and by whom is said once: in the table.
        return decision.Events.All(e => Lifecycle.Allows(state, e.GetType(), party)) ? decision : NotNow(state, party);
    }

    static Decision<Event> Wake(State? state, Instant due, Turn turn) =>
        state is null || DueIn(state) != due ? []                                         // stale: it has moved on
        :
        [
            .. state.Handling.Passing(due) is { } passed ? [Noted(passed)] : (ReadOnlySpan<Event>)[],
            .. state.Awaited?.Next != due ? (ReadOnlySpan<Event>)[]
                : [new Event.Called(state is State.Held ? LookAgain(turn) : Due(turn.At + turn.Rules.EscalateEvery))],
        ];

    static Instant? DueIn(State s) => s.Handling.Sooner(s.Awaited?.Next);

    sealed record Turn(EarningsId Id, Party By, Instant At, Rulebook Book, Currency Currency, Asked Asked)
    {
        public PayoutRules Rules { get; } = Book.Of<PayoutRules>();

        /// <summary>When it is next paid to that account, always on a day on which both banks work.</summary>
        public Instant NextTo(PaidTo to, PayoutSchedule? chosen)
        {
            var banks = Rules.BanksOf(Book.Of<Calendars>(), to.Seen.Country);
            if (chosen is not null) return chosen.After(At, banks);
            var day = (At + Rules.Every).InZone(DateTimeZoneProviders.Tzdb[banks.Zone]).Date;
            return banks.IsOpen(day) ? At + Rules.Every : banks.NoonFrom(day);
        }
    }

    // The platform has a day to run what is due before its people are called.
    static Deadline Due(Instant at) => new(Party.Operator, "earnings.call-people", Warn: null, at);

    // As often as payouts are due by the rulebook, somebody looks whether they are still to be held.
    static Deadline LookAgain(Turn turn) =>
        new(Party.Agent, "earnings.call-people", Warn: null, turn.At + turn.Rules.Every);

    static Deadline After(Instant next, PayoutRules rules) => Due(next + rules.SendWithin);

    static Decision<Event> PayTo(State? state, PaidTo to, Turn turn)
    {
        if (state is State.Scheduled s && s.To == to) return [];                          // said twice, done once
        // That the account is in doubt may be why they are held; people look at the new one before they go on.
        if (state is State.Held h)
            return h.To == to ? [] : [new Event.AccountSet(to, h.Next, h.Deadline ?? LookAgain(turn), turn.Currency)];
        var next = state is State.Scheduled { Next: var was } ? was : turn.NextTo(to, state?.Schedule);
        return
        [
            new Event.AccountSet(to, next, After(Instant.Max(next, turn.At), turn.Rules), turn.Currency),
        ];
    }

    /// <summary>
    /// What the books know behind our own back is corrected by what was paid out since: nothing is paid twice.
    /// </summary>
    static Decision<Event> Run(State? state, Fact<FundsSeen>? funds, Turn turn)
    {
        if (state is State.Held) return Held;
        if (state is not State.Scheduled s) return NoAccount;
        if (IsToBeHeld(s)) return HoldProposed(s.Handling.Proposal!);
        if (turn.At < s.Next) return TooEarly(s.Next);
        if (funds?.Value is not { } seen || seen.Payable.Currency != turn.Currency) return NoFunds;
        var (payable, reserve, due) = DueOf(seen, s.PaidOut, turn.Rules);
        var next = turn.NextTo(s.To, s.Schedule);
        var deadline = After(next, turn.Rules);
        if (due.Minor <= 0) return [new Event.NothingDue(payable, reserve, next, deadline)];
        return WaitingFor(s, due, turn) is { } since
            ? [new Event.NothingDue(payable, reserve, next, deadline, since)]
            : [new Event.Ran(
                PayoutId.Of(turn.Id.Seller, $"{turn.Id} {s.Runs + 1}"), due, reserve, s.To, next, deadline)];
    }

    /// <summary>Since when less than the seller's own amount waits; null: it is paid, as enough or for long enough.
    /// </summary>
    static Instant? WaitingFor(State.Scheduled s, Money due, Turn turn)
    {
        if (s.Schedule?.Above is not { } above || due.Minor >= above.Minor) return null;
        var since = s.Waiting ?? turn.At;
        return turn.Rules.Choices is { } choices && turn.At < since + choices.WaitAtMost ? since : null;
    }

    /// <summary>What is due already is paid first: whatever is chosen, nothing waits longer because of it.</summary>
    static Decision<Event> Plan(State? state, PayoutSchedule? wanted, Turn turn)
    {
        if (state is null) return NoAccount;
        if (wanted?.Every is not { } every || turn.Rules.Choices is not { } choices
            || !choices.Rhythms.Contains(every.Name)) return NoSuchRhythm;
        if (!every.IsRight) return NoSuchDay;
        if (wanted.Above is { } above && (above.Currency != turn.Currency || above.Minor < 1
            || choices.MostIn(turn.Currency) is not { } most || above.Minor > most.Minor))
            return BadAbove(choices.MostIn(turn.Currency) ?? Money.Zero(turn.Currency));
        if (state.Schedule == wanted) return [];                                          // said twice, done once
        return state switch
        {
            State.Scheduled s when s.Next > turn.At && turn.NextTo(s.To, wanted) is var next =>
                [new Event.Planned(wanted, next, After(next, turn.Rules))],
            State.Scheduled s => [new Event.Planned(wanted, s.Next, s.Deadline)],
            State.Held h      => [new Event.Planned(wanted, turn.NextTo(h.To, wanted))],
            _                 => [new Event.Planned(wanted)],
        };
    }

    /// <summary>What is owed, what of it is kept back, and what is left to be paid out; below zero: nothing.</summary>
    public static (Money Payable, Money Reserve, Money Due) DueOf(FundsSeen seen, Money paidOut, PayoutRules rules)
    {
        var payable = seen.Payable + seen.PaidOut - paidOut;
        var reserve = ReserveOf(seen.Recent, rules);
        return (payable, reserve, payable - reserve);
    }

    /// <summary>What is kept back of what was earned lately.</summary>
    public static Money ReserveOf(Money recent, PayoutRules rules) =>
        rules.Reserve.Of(recent with { Minor = Math.Max(0, recent.Minor) }, Rounding.AwayFromZero);

    static Decision<Event> Hold(State? state, string? reason, Turn turn)
    {
        if (state is State.Held h) return h.Why.Code == reason ? [] : Held;               // said twice, done once
        if (state is not State.Scheduled s) return NoAccount;
        if (reason is null || !turn.Rules.Reasons.TryGetValue(reason, out var remedies)) return NoSuchReason(reason);
        return
        [
            new Event.Withheld(new(
                reason, "earnings.held",
                [new("next", s.Next, Party.Everyone), new("paidOut", s.PaidOut, Party.Everyone)],
                rule: $"payouts.reasons.{reason}", turn.Book.Version, new DecidedBy.Person(turn.By), remedies, turn.At,
                Statement.UntilIn(
                    remedies, turn.Rules.AppealWithin.EndFrom(turn.At, turn.Book.Of<Calendars>().Default))),
                LookAgain(turn)),
        ];
    }

    static Decision<Event> Lift(State? state, Instant? of, Turn turn)
    {
        // An appeal undoes the hold that it was of, and none that was placed since.
        if (state is not State.Held s || of is { } issued && s.Why.IssuedAt != issued) return [];
        var next = Instant.Max(s.Next, turn.At);
        var lifted = new Event.Lifted(next, After(next, turn.Rules));
        return s.IsClosed ? [lifted, new Event.AccountClosed()] : [lifted];
    }

    /// <summary>Another account may have been named since: that one isn't closed.</summary>
    static Decision<Event> TakeBack(State? state, Command.TakeBack c) => state is null ? Refusal.NotFound
        : c.Closed is { } closed && ToOf(state)?.Account == closed
            ? [new Event.TakenBack(c.Payout, c.Amount), new Event.AccountClosed()]
            : [new Event.TakenBack(c.Payout, c.Amount)];

    static PaidTo? ToOf(State state) => state switch
    {
        State.Scheduled s               => s.To,
        State.Held { IsClosed: false } s => s.To,
        State.Held or State.NoAccount   => null,
    };

    static Decision<Event> Restore(State? state, string? reference) =>
        state?.ChargedBack.FirstOrDefault(c => c.Reference == reference) switch
        {
            null                  => NoSuchChargeback(reference),
            { IsRestored: true }  => [],                                                  // said twice, done once
            { } c                 => [new Event.Restored(c.Reference, c.Amount)],
        };

    /// <summary>What an event means in money.</summary>
    public static IEnumerable<Transfer> Transfers(EarningsId id, State after, Event @event)
    {
        var payable = new Account(SellerMonths.PayableOf($"{id.Seller}"));
        return @event switch
        {
            Event.Ran e         => [new(payable, Payout.Standing(e.Payout), e.Amount)],
            Event.TakenBack e   => [new(Payout.Standing(e.Payout), payable, e.Amount)],
            Event.ChargedBack e => [new(payable, new($"{id.Seller}/chargebacks"), e.Amount)],
            Event.Restored e    => [new(new($"{id.Seller}/chargebacks"), payable, e.Amount)],
            Event.AccountSet or Event.Planned or Event.NothingDue or Event.Called or Event.Withheld or Event.Lifted
                or Event.AccountClosed or Event.Reviewed => Array.Empty<Transfer>(),
        };
    }

    /// <summary>What is paid out goes its own way, by its own deadlines.</summary>
    public static IEnumerable<Intent> React(EarningsId id, State after, Event @event)
    {
        if (@event is Event.Ran e)
            yield return new Intent.Send(To(
                e.Payout, new Payout.Command.Open(new(e.Amount, e.To.Account, e.To.Seen, $"{id}"))));
    }

    static readonly Remedy Look = new("payout.look"), Ask = new("support.ask"), SetAccount = new("payout.account"),
        Mend = new("payout.mend");

    static string NameOf(State? state) => state is null ? "none" : $"earnings.{state.GetType().Name}";

    static Refusal NotNow(State? state, Party party) =>
        new("earnings.not-now", Look, ("state", NameOf(state)), ("party", $"{party}"));

    static Refusal Held => new("earnings.on-hold", Look);
    static Refusal NoAccount => new("earnings.no-account", SetAccount);
    static Refusal NoFunds => new("earnings.not-looked-up", Ask);
    static Refusal TooEarly(Instant next) => new("earnings.too-early", Look, ("next", next));
    static Refusal NoSuchRhythm => new("earnings.no-such-rhythm", Mend) { Field = "every" };
    static Refusal NoSuchDay => new("earnings.no-such-day", Mend) { Field = "day" };
    static Refusal BadAbove(Money most) => new("earnings.bad-above", Mend, ("most", most)) { Field = "above" };
    static Refusal BadReference => new("earnings.bad-reference", Mend) { Field = "reference" };
    static Refusal BadAmount => new("earnings.bad-amount", Mend) { Field = "amount" };
    static Refusal MoreThanPaid(Money left) =>
        new("earnings.more-than-was-paid", Mend, ("left", left)) { Field = "amount" };

    static Refusal BookedOtherwise(Chargeback before) => new(
        "earnings.booked-otherwise", Mend, ("reference", before.Reference), ("amount", before.Amount))
        { Field = "reference" };

    static Refusal OtherSeller => new("earnings.other-seller", Mend) { Field = "order" };

    static Refusal NoSuchChargeback(string? reference) =>
        new("earnings.no-such-chargeback", Mend, ("reference", reference ?? "")) { Field = "reference" };

    static Refusal NoSuchReason(string? reason) =>
        new("earnings.no-such-reason", Mend, ("reason", reason ?? "")) { Field = "reason" };
}
