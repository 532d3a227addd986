using Recourse.Payments;
namespace Recourse.Orders;

public static partial class Order
{
    const string Granted = "order.request-granted", NotAnsweredInTime = "order.not-answered",
        NotPaidInTime = "order.difference-not-paid", WithdrawnByBuyer = "order.withdrawn",
        Overtaken = "order.moved-on", AskedFact = "askedAt";

    static Decision<Event> Pick(State? state, Turn turn) => state switch
    {
        State.Funded { PickedAt: not null } => [],                                        // said twice, done once
        State.Funded { Meant: { } m }         => CancellationWaits(m),
        State.Funded { Wish: Wish.ToPay w }   => BeingChanged(w),
        State.Funded                          => [new Event.Picked(turn.At)],
        State.Dispatched s                    => AlreadyShipped(s.Handover),
        State.Placed or State.Completed or State.Cancelled or State.Imported or null => NotNow(state, turn.By),
    };

    /// <summary>From the first pick on its seller has a say, and silence is no way to keep the money.</summary>
    static Decision<Event> AskToCancel(
        State.Funded s, Command.Cancel c, ImmutableArray<Portion> portions, Turn turn) => s.Wish switch
    {
        Wish.ToCancel w when w.Is(c.Reason, portions) => [],                              // said twice, done once
        { } w => RequestWaits(w),
        null  =>
        [
            new Event.CancellationAsked(new(c.Reason, portions, turn.At, turn.AnswerDue(s.Deal, Granted))),
        ],
    };

    static Decision<Event> Approve(State? state, Turn turn) => state switch
    {
        _ when turn.By is not (Party.Seller or Party.Agent) => NotNow(state, turn.By),
        State.Funded { Wish: Wish.ToPay or null } => NothingAsked,
        State.Funded { Wish: { } w } when w.Deadline.Due <= turn.At => TooLateToAnswer(w.Deadline.Due),
        State.Funded { Wish: { } w } when IsStaffs(w) && turn.By is Party.Seller => LookedAtFirst(w),
        State.Funded { Wish: Wish.ToCancel w } s => [Carried(
            s, w, turn with { By = Party.Buyer }, turn.By is Party.Agent ? "staff" : "yes")],
        // Of what staff let through, the seller of what is being picked is asked as of any change.
        State.Funded { Wish: Wish.ToAmend w } s when IsStaffs(w) =>
            AskOrSettle(s, w.What with { Place = null }, turn),
        State.Funded { Wish: Wish.ToAmend w } s  => Settle(s, w.What with { Place = null }, turn),
        State.Cancelled s => TooLateToAnswer(s.Why.IssuedAt),
        State.Dispatched s => AlreadyShipped(s.Handover),
        _ => NothingAsked,
    };

    static Decision<Event> Refuse(State? state, string? reason, Turn turn, Asked asked) => state switch
    {
        _ when turn.By is not (Party.Seller or Party.Agent) => NotNow(state, turn.By),
        State.Funded { Wish: Wish.ToPay or null } => NothingAsked,
        State.Funded { Wish: { } w } when w.Deadline.Due <= turn.At => TooLateToAnswer(w.Deadline.Due),
        State.Funded { Wish: { } w } when IsStaffs(w) && turn.By is Party.Seller => LookedAtFirst(w),
        State.Funded { Wish: { } w } when IsStaffs(w) => reason is NotSafe ? [NotLetThrough(w, turn, asked)]
            : NoSuchAnswer(reason ?? "", NotSafe),
        State.Funded { Wish: { } w } s => reason is RequestRules.SentMeanwhile
            || !turn.Rules.OfRequests.Refusals.ContainsKey(reason ?? "")
            ? NoSuchAnswer(reason ?? "", Answers(turn)) : [Refused(s, w, reason!, turn)],
        State.Cancelled s => TooLateToAnswer(s.Why.IssuedAt),
        State.Dispatched s => AlreadyShipped(s.Handover),
        _ => NothingAsked,
    };

    static Decision<Event> Withdraw(State? state, Turn turn) => state switch
    {
        _ when turn.By is not Party.Buyer => NotNow(state, turn.By),
        State.Funded { Wish: { } w } => [new Event.WishEnded(w, WithdrawnByBuyer)],
        State.Cancelled s => TooLateToTakeBack(s.Why.IssuedAt),
        _ => NothingToTakeBack,
    };

    /// <summary>Nobody answered: a cancellation happens, a change doesn't.</summary>
    static Decision<Event> Lapse(State.Funded s, Wish wish, Turn turn)
    {
        Event first = wish switch
        {
            Wish.ToCancel w => Carried(s, w, turn, "silence"),
            Wish.ToAmend w  => new Event.WishEnded(w, IsStaffs(w) ? NotLookedAt : NotAnsweredInTime),
            Wish.ToPay w    => new Event.WishEnded(w, NotPaidInTime),
        };
        return [first, .. Wake(Evolve(s, first), wish.Deadline.Due, turn).Events];
    }

    /// <summary>What still stands of it is given up, as its buyer asked.</summary>
    static Event.Settled Carried(State.Funded s, Wish.ToCancel w, Turn turn, string answer) => End(
        s, w.Reason, w.Portions, turn,
        [new(AskedFact, w.At, Party.Everyone), new("answer", $"answer-{answer}", Party.Everyone)]);

    /// <summary>A refused cancellation can be appealed; a change was a favour to ask for.</summary>
    static Event.WishRefused Refused(State.Funded s, Wish wish, string code, Turn turn)
    {
        var remedies = turn.Rules.OfRequests.Refusals[code];
        if (wish is not Wish.ToCancel) remedies = WithoutAppeal(remedies);
        var by = turn.By is Party.Agent ? Party.Agent : Party.Seller;
        var outcome = (wish, by) switch
        {
            (Wish.ToCancel, Party.Agent) => "order.cancellation-not-made",
            (Wish.ToCancel, _)           => "order.request-refused",
            (_, Party.Agent)             => Unfit,
            _                            => "order.change-refused",
        };
        return new(wish, new(
            code, outcome,
            [
                new(AskedFact, wish.At, Party.Everyone), new("due", wish.Deadline.Due, Party.Everyone),
                new("units", wish is Wish.ToCancel c ? c.Portions.Sum(p => p.Quantity)
                    : s.Deal.Lines.Sum(l => l.Quantity), Party.Everyone),
            ],
            rule: $"orders.requests.refusals.{code}", turn.Rulebook, new DecidedBy.Person(by), remedies,
            issuedAt: turn.At, appealUntil: Statement.UntilIn(
                remedies, turn.Rules.AppealWithin.EndFrom(turn.At, turn.CalendarOf(s.Deal)))));
    }

    /// <summary>
    /// What was asked for ends as soon as the order moves on by itself. Sent although somebody had asked: that is a no.
    /// </summary>
    static Decision<Event> Overtaking(State? state, Decision<Event> decision, Turn turn)
    {
        if (state is not State.Funded { Wish: { } w } s) return decision;
        if (decision.Events.Any(e => e is Event.Shipped) && w is not Wish.ToPay)
            return [Refused(s, w, RequestRules.SentMeanwhile, turn), .. decision.Events];
        return decision.Events.Any(e => e is Event.Shipped or Event.KeepingOffered
                || e is Event.Settled { Why: var why } && (w is not Wish.ToCancel || !IsAsked(why)))
            && !decision.Events.Any(e => e is Event.WishEnded)
                ? [new Event.WishEnded(w, Overtaken), .. decision.Events] : decision;
    }

    static bool IsAsked(Statement why) => why.Facts.Any(f => f.Name is AskedFact);

    /// <summary>On appeal: it should have been cancelled when its buyer asked. What has left has left.</summary>
    static Decision<Event> Grant(State? state, Command.Grant c, Turn turn)
    {
        if (turn.Who != new Actor.Aggregate($"{c.Appeal}")) return Refusal.NotFound;
        if (state is not State.Dealt s) return NotNow(state, turn.By);
        if (s.Deal.Overturned?.Contains(c.Appeal) is true) return [];                     // said twice, done once
        var none = Money.Zero(s.Deal.Currency);
        var overturned = new Event.Overturned(
            c.Appeal, new(0, [], none, none, Bearer.Seller), c.Why.IssuedAt);
        if (s is not State.Funded f)
            return
            [
                s is State.Dispatched or State.Completed ? overturned with { Paid = ForNotHearing(s, c, turn) }
                    : overturned,
            ];
        ImmutableArray<Portion> left =
        [
            .. from p in c.Wish.Portions
               let units = Math.Min(p.Quantity, f.Deal.UnitsOf(p.Line))
               where units > 0
               select new Portion(p.Line, units),
        ];
        return left.IsEmpty ? [overturned] : [overturned, End(
            (State.Open)Evolve(f, overturned), c.Wish.Reason, left, turn,
            [new(AskedFact, c.Wish.At, Party.Everyone), new("answer", "answer-appeal", Party.Everyone)])];
    }

    /// <summary>It went to a buyer who had asked for it not to.</summary>
    static Compensation? ForNotHearing(State.Dealt s, Command.Grant c, Turn turn) => turn.Compensation.For(
        CompensationRules.AppealGranted,
        s.Deal.Cut([.. c.Wish.Portions.Select(p => p with { Quantity = Math.Min(p.Quantity, s.Deal.UnitsOf(p.Line)) })])
            .Gone.Goods, c.Why.By);

    static readonly Remedy WithdrawFirst = new("order.withdraw-first"), AnswerIt = new("order.pick-an-answer"),
        WaitForChange = new("order.wait-for-change");

    static Refusal RequestWaits(Wish w) =>
        new("order.request-waits", WithdrawFirst, (AskedFact, w.At), ("due", w.Deadline.Due));

    static Refusal BeingChanged(Wish w) => new("order.being-changed", WaitForChange, ("due", w.Deadline.Due));
    static Refusal NothingAsked => new("order.nothing-asked", Look);
    static Refusal TooLateToAnswer(Instant at) => new("order.too-late-to-answer", Over, ("at", at));

    static string Answers(Turn turn) => string.Join(
        ", ", turn.Rules.OfRequests.Refusals.Keys.Where(c => c != RequestRules.SentMeanwhile));

    static Refusal NoSuchAnswer(string reason, string known) =>
        new("order.no-such-answer", AnswerIt, ("reason", reason), ("known", known)) { Field = "reason" };
}
