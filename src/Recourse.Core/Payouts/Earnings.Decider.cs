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
        var turn = new Turn(id, party, asked.At, asked.InForce, currency);

        Decision<Event> decision = command switch
        {
            Command.PayTo c      => PayTo(state, c.To, turn),
            Command.Run c        => Run(state, c.Funds, turn),
            Command.Hold c       => Hold(state, c.Reason, turn),
            Command.Lift c       => Lift(state, c.Of, turn),
            Command.ChargeBack c => ChargeBack(state, c, turn),
            Command.Restore c    => Restore(state, c.Reference),
            Command.TakeBack c   => TakeBack(state, c),
            Command.Wake c       => state?.Awaited?.Next != c.Due ? []                    // stale: it has moved on
                : [new Event.Called(state is State.Held ? LookAgain(turn)
                    : Due(turn.At + turn.Rules.EscalateEvery))],
        };

        // From which state and by whom is said once: in the table.
        return decision.Events.All(e => Lifecycle.Allows(state, e.GetType(), party)) ? decision : NotNow(state, party);
    }

    sealed record Turn(EarningsId Id, Party By, Instant At, Rulebook Book, Currency Currency)
    {
        public PayoutRules Rules { get; } = Book.Of<PayoutRules>();

        public Instant Next => At + Rules.Every;
    }

    // The platform has a day to run what is due before its people are called.
    static Deadline Due(Instant at) => new(Party.Operator, "earnings.call-people", Warn: null, at);

    // Whenever a payout would have been due, somebody looks whether it is still to be held.
    static Deadline LookAgain(Turn turn) => new(Party.Agent, "earnings.call-people", Warn: null, turn.Next);

    static Deadline After(Instant next, PayoutRules rules) => Due(next + rules.SendWithin);

    static Decision<Event> PayTo(State? state, PaidTo to, Turn turn)
    {
        if (state is State.Scheduled s && s.To == to) return [];                          // said twice, done once
        // That the account is in doubt may be why they are held; people look at the new one before they go on.
        if (state is State.Held h)
            return h.To == to ? [] : [new Event.AccountSet(to, h.Next, h.Deadline ?? LookAgain(turn), turn.Currency)];
        var next = state is State.Scheduled { Next: var was } ? was : turn.Next;
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
        if (turn.At < s.Next) return TooEarly(s.Next);
        if (funds?.Value is not { } seen || seen.Payable.Currency != turn.Currency) return NoFunds;
        var (payable, reserve, due) = DueOf(seen, s.PaidOut, turn.Rules);
        var deadline = After(turn.Next, turn.Rules);
        return due.Minor <= 0
            ? [new Event.NothingDue(payable, reserve, turn.Next, deadline)]
            : [new Event.Ran(PayoutId.Of(turn.Id.Seller, $"{turn.Id} {s.Runs + 1}"), due, reserve, s.To, turn.Next,
                deadline)];
    }

    /// <summary>What is owed, what of it is kept back, and what is left to be paid out; below zero: nothing.</summary>
    public static (Money Payable, Money Reserve, Money Due) DueOf(FundsSeen seen, Money paidOut, PayoutRules rules)
    {
        var payable = seen.Payable + seen.PaidOut - paidOut;
        var reserve = rules.Reserve.Of(
            seen.Recent with { Minor = Math.Max(0, seen.Recent.Minor) }, Rounding.AwayFromZero);
        return (payable, reserve, payable - reserve);
    }

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

    static Decision<Event> ChargeBack(State? state, Command.ChargeBack c, Turn turn)
    {
        if (string.IsNullOrWhiteSpace(c.Reference) || c.Reference.Length > LongestReference) return BadReference;
        if (state?.ChargedBack.FirstOrDefault(b => b.Reference == c.Reference) is { } before)
            return c.Paid is null || before.Amount == c.Amount ? [] : BookedOtherwise(before);
        if (c.Order.Seller != turn.Id.Seller) return OtherSeller;
        if (c.Amount.Currency != turn.Currency || c.Amount.Minor is < 1 or > Money.Most) return BadAmount;
        if (c.Paid is { Value: var paid } && LeftOf(paid, c.Order, state) is var left
            && (paid.Currency != c.Amount.Currency || c.Amount.Minor > left.Minor)) return MoreThanPaid(left);
        return
        [
            new Event.ChargedBack(c.Reference, c.Order, c.Amount, new(
                "earnings.charged-back", "earnings.taken-off",
                [
                    new("amount", c.Amount, Party.Everyone), new("order", $"{c.Order}", Party.Everyone),
                    new("reference", c.Reference, Party.Everyone),
                ],
                rule: "payouts.reserve", turn.Book.Version, new DecidedBy.Person(turn.By), [Ask, Statement.Appeal],
                turn.At,
                Statement.UntilIn([Ask, Statement.Appeal],
                    turn.Rules.AppealWithin.EndFrom(turn.At, turn.Book.Of<Calendars>().Default)))),
        ];
    }

    /// <summary>What a bank can still take back of an order: other than that, its seller never had anything.</summary>
    static Money LeftOf(Money paid, OrderId order, State? state) => paid with
    {
        Minor = Math.Max(0, paid.Minor - (state?.ChargedBack ?? [])
            .Where(b => b.Order == order && !b.IsRestored && b.Amount.Currency == paid.Currency)
            .Sum(b => b.Amount.Minor)),
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
            Event.AccountSet or Event.NothingDue or Event.Called or Event.Withheld or Event.Lifted
                or Event.AccountClosed => Array.Empty<Transfer>(),
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
