using Recourse.Orders;
using Recourse.Payments;
using Recourse.Reviews;
namespace Recourse.Checkouts;

public static partial class Checkout
{
    static Decision<Event> ConfirmReserved(State? state, Command.ConfirmReserved c, Turn turn)
    {
        if (PartOf(state, c.Order) is not { } part) return NotInIt(c.Order);
        if (state is not State.Reserving s || !part.IsAwaited) return [];                 // too late, or said twice
        return c.Total == part.Asked
            ? GoOn(s, new Event.Reserved(c.Order, c.Total), turn)
            : TotalDiffers(c.Order, part.Asked, c.Total);
    }

    static Decision<Event> HearRefusal(CheckoutId id, State? state, Command.HearRefusal c, Turn turn)
    {
        if (PartOf(state, c.Order) is not { } part) return NotInIt(c.Order);
        if (state is not State.Reserving s || !part.IsAwaited) return [];                 // also an order never placed
        ImmutableArray<Refusal> why = c.Why.IsDefaultOrEmpty ? [NoAnswer(c.Order)] : c.Why;
        return AskForLess(id, s, c.Order, why, turn) is { } less
            ? [less] : GoOn(s, new Event.Refused(c.Order, why), turn);
    }

    static Decision<Event> HearEnded(State? state, Command.HearEnded c, Turn turn)
    {
        if (PartOf(state, c.Order) is not { } part) return NotInIt(c.Order);
        if (state is not State.Open s || !part.Refusals.IsEmpty) return [];
        var dropped = new Event.Dropped(c.Order, Ended(c.Order));
        return s switch
        {
            State.Paying      => [dropped],                      // its share comes back when its funding is refused
            State.Reserving r => GoOn(r, dropped, turn),
            State.Stopped or State.Waiting or State.Declined =>
                IsEmpty(Evolve(s, dropped)) ? [dropped, GiveUp(s, NoOrderLeft, turn)] : [dropped],
        };
    }

    /// <summary>What follows from one more answer: nothing yet, the payment, the buyer's choice, or the end.</summary>
    static Decision<Event> GoOn(State.Reserving before, Event answer, Turn turn)
    {
        var s = Evolve(before, answer).Was<State.Reserving>(answer);
        if (s.Parts.Any(p => p.IsAwaited)) return [answer];
        if (answer is Event.Dropped && IsEmpty(s)) return [answer, GiveUp(s, NoOrderLeft, turn)];
        return s.Parts.All(p => p.Refusals.IsEmpty) && s.LeftOut.IsEmpty
            ? [answer, GoOnTo(s, s.Gate, turn)]
            : [answer, new Event.Stopped(turn.Rules.PaymentDue(s.PayBy, turn.At))];
    }

    static Event.PaymentAsked AskPayment(
        State.Open s, string method, string? kind, int attempt, Turn turn) => new(
        method, attempt, [.. s.Parts.Where(p => p.Total is not null).Select(p => new Share(p.Order, p.Total!.Value))],
        turn.Rules.AnswerDue(s.PayBy, turn.At, kind, turn.CalendarOf(s.Basket.Country)), kind,
        Wallet: WalletsPart(s));

    static Decision<Event> Proceed(State? state, Turn turn) => state switch
    {
        State.Stopped s => IsEmpty(s) ? NothingLeft : [GoOnTo(s, s.Gate, turn)],
        State.Waiting or State.Paying or State.Authorised => [],                          // said twice, done once
        State.Reserving or State.Declined or State.Abandoned or State.TurnedDown or null => NotNow(state, turn.By),
    };

    static Decision<Event> Pay(State? state, Command.Pay c, Asked asked, Turn turn)
    {
        if (!IsMethod(c.Method) || c.Method is Payments.Payment.FromWallet) return NoMethod("method");
        if (!IsKind(c.Kind)) return NoSuchKind("kind");
        return state switch
        {
            State.Declined when BlockIn(c.Buyer, turn) is { } block => MethodBlocked(block),
            // Or stock could be kept for as long as there are slips to ask for.
            State.Declined s when turn.At >= s.PayBy && turn.Rules.IsPaidLater(c.Kind) => TooLateFor(c.Kind!, s.PayBy),
            State.Declined s => s.Attempt < turn.Rules.MostAttempts
                ? [TryAgain(s, c, asked, turn)] : TooManyAttempts(s.Attempt),
            State.Paying     => PaymentUnderWay,                 // never another attempt while one is unclear
            State.Authorised => AlreadyPaid,
            State.Reserving or State.Stopped or State.Waiting or State.Abandoned or State.TurnedDown or null =>
                NotNow(state, turn.By),
        };
    }

    static Decision<Event> Abandon(State? state, Command.Abandon c, Turn turn) => state switch
    {
        // What is being paid, or waits for somebody else, isn't given up by opening another.
        State.Open s     => c.For is null || s is State.Stopped ? [GiveUp(s, ByBuyer, turn)] : NotNow(state, turn.By),
        State.Abandoned or State.TurnedDown => [],
        State.Authorised => AlreadyPaid,
        null             => NotNow(state, turn.By),
    };

    static Decision<Event> ConfirmAuthorised(State? state, Turn turn) => state switch
    {
        State.Paying s   => [Authorised(s)],
        State.Authorised => [],
        State.Reserving or State.Stopped or State.Waiting or State.Declined or State.Abandoned or State.TurnedDown
            or null => NotNow(state, turn.By),
    };

    static Decision<Event> HearDecline(State? state, Command.HearDecline c, Turn turn)
    {
        if (state is State.Declined or State.Abandoned) return [];
        if (state is not State.Paying s) return NotNow(state, turn.By);
        var declined = new Event.Declined(c.Why, turn.Rules.PaymentDue(s.PayBy, turn.At), s.Basket.Card);
        return IsEmpty(s) ? [declined, GiveUp(s, NoOrderLeft, turn)] : [declined];
    }

    static Decision<Event> Wake(State? state, Instant due, Turn turn) => state switch
    {
        State.Open s when AwaitedIn(s)?.Next != due => [],                              // stale: the checkout moved on
        State.Open { Deadline: { Warn: not null } d } => [new Event.Warned(d.Warned(turn.At, turn.Rules.WarnBefore))],
        State.Reserving s => GoOnWithoutAnswers(s, turn),
        State.InReview s when Reviewing.IsOverdue(s.Handling, s.Deadline) =>
            [new Event.Reviewed(new Handled.Escalated())],
        State.Waiting s   => [AfterWaiting(s, turn)],
        State.Open s      => [GiveUp(s, s.Deadline.Owner is Party.Provider ? Unclear : NotPaid, turn)],
        State.Authorised or State.Abandoned or State.TurnedDown or null => [],
    };

    /// <summary>A silent seller stops nobody else: the buyer decides about the rest.</summary>
    static Decision<Event> GoOnWithoutAnswers(State.Reserving s, Turn turn) =>
    [
        .. s.Parts.Where(p => p.IsAwaited).Select(p => new Event.Missed(p.Order, NoAnswer(p.Order))),
        new Event.Stopped(turn.Rules.PaymentDue(s.PayBy, turn.At)),
    ];

    /// <summary>Whoever is waited for has longer, and is warned again before the time is up.</summary>
    static Decision<Event> PutOff(State? state, Instant until, Turn turn)
    {
        if (turn.By is not Party.Operator || state is not State.Open { Deadline: { Then: GivenUp } was })
            return NotNow(state, turn.By);
        if (until <= was.Due) return [];                                                  // said twice, done once
        var warn = until - turn.Rules.WarnBefore;
        return [new Event.PutOff(was with
        {
            Due = until, Warn = was.Owner is Party.Buyer && warn > turn.At ? warn : null,
        })];
    }

    /// <summary>Whatever the sellers keep is given back, and everybody is told why.</summary>
    static Event.Abandoned GiveUp(State.Open s, string code, Turn turn) => new(new Statement(
        code, "checkout.abandoned",
        [
            new("total", s.Total, Party.Everyone),
            new("orders", s.Parts.Length, Party.Everyone),
            new("due", s is State.Reserving ? s.PayBy : s.Deadline.Due, Party.Everyone),
        ],
        rule: RuleOf(s, turn), turn.Book.Version,
        turn.By is Party.Buyer ? new DecidedBy.Person(Party.Buyer) : new DecidedBy.Automated("checkouts"),
        [OpenAgain], issuedAt: turn.At, appealUntil: null),
        IsUnpaid(s, code, turn) ? true : null);

    /// <summary>A bank's no, a silent provider and a seller's refusal are nobody's failure to pay.</summary>
    static bool IsUnpaid(State.Open s, string code, Turn turn) => code is NotPaid
        && s is State.Paying or State.Declined && turn.Rules.IsPaidLater(s.Basket.MethodKind);

    static string RuleOf(State.Open s, Turn turn) =>
        s is State.Paying && turn.Rules.IsPaidLater(s.Basket.MethodKind)
            ? $"checkouts.paidLater.{s.Basket.MethodKind}" : "checkouts.payWithin";

    /// <summary>No seller keeps anything, and none is still asked.</summary>
    static bool IsEmpty(State s) => s.Parts.All(p => p.Total is null && !p.IsAwaited);

    static Part? PartOf(State? state, OrderId order) => state?.Parts.FirstOrDefault(p => p.Order == order);
}
