namespace Recourse.Orders;

public static partial class Order
{
    static Decision<Event> Cancel(State? state, Command.Cancel c, Turn turn) => state switch
    {
        State.Cancelled    => [],                                                         // said twice, done once
        State.Dispatched s => AlreadyShipped(s.Handover),
        State.Open s       => ByTwo(s, ToCancel, c.Reason, ends: null, Cancel(s, c, turn), turn, OfAct(s, c, turn)),
        State.Completed or State.Imported or null => NotNow(state, turn.By),
    };

    static ToConfirm OfAct(State.Open s, Command.Cancel c, Turn turn) => new(PortionsOf(s, c, turn), c.Newer);

    // A checkout gives up the whole of it: which lines an order has is the order's own affair.
    static ImmutableArray<Portion> PortionsOf(State.Open s, Command.Cancel c, Turn turn) =>
        c.Portions.IsDefaultOrEmpty && turn.By is Party.Platform ? s.Deal.Everything
        : c.Portions.IsDefault ? [] : c.Portions;

    static Decision<Event> Cancel(State.Open s, Command.Cancel c, Turn turn)
    {
        var portions = PortionsOf(s, c, turn);
        ImmutableArray<Refusal> faults = [.. Faults(s, c, portions, turn)];
        return !faults.IsEmpty ? faults
            : s is State.Funded { PickedAt: not null } f && turn.By is Party.Buyer ? AskToCancel(f, c, portions, turn)
            : IsWarnedFirst(c, turn) ? Warn(s, c.Reason!, portions, turn)
            : IsAskedFirst(s, c, turn) ? OfferWays((State.Funded)s, c, portions, turn)
            : c.Undoable is true ? Mean(s, c, portions, turn)
            : [End(s, c.Reason!, portions, turn,
                [
                    .. Newer(s, c.Reason!, c.Newer, turn), .. Told(c.Case, turn),
                    .. Said(c.Reason!, c.BuyersWord?.Value, turn),
                ])];
    }

    static Decision<Event> Mean(
        State.Open s, Command.Cancel c, ImmutableArray<Portion> portions, Turn turn) => s switch
    {
        State.Cancellable { Meant: { } m } when m.Who == turn.Who && m.Is(c.Reason, portions) => [],
        State.Cancellable { Meant: { } m } => CancellationWaits(m),
        State.Cancellable or State.Dispatched => [new Event.CancellationMeant(
            new(c.Reason, portions, turn.Who, turn.By, turn.At + turn.Rules.UndoWithin, c.Newer, c.Case,
                c.BuyersWord?.Value))],
    };

    static Decision<Event> TakeBack(State? state, Turn turn) => state switch
    {
        State.Cancelled s => TooLateToTakeBack(s.Why.IssuedAt),
        State.Cancellable { Meant: { } m } when m.Who != turn.Who => NotYoursToTakeBack(m),
        State.Cancellable { Meant: { } m } when m.Due <= turn.At  => TooLateToTakeBack(m.Due),
        State.Cancellable { Meant: not null }                     => [new Event.CancellationTakenBack(turn.Who)],
        State.Cancellable { TakenBackBy: { } who } when who == turn.Who => [],            // said twice, done once
        _ => NothingToTakeBack,
    };

    /// <summary>As if whoever meant it had said it now; and whatever else is due at that very instant.</summary>
    static Decision<Event> Happens(State.Cancellable s, Meant m, Turn turn)
    {
        var then = turn with { By = m.By, Who = m.Who };
        var end = End(s, m.Reason, m.Portions, then,
            [.. Newer(s, m.Reason, m.Newer, then), .. Told(m.Case, then), .. Said(m.Reason, m.SaidAt, then)]);
        return [end, .. Wake(Evolve(s, end), m.Due, turn).Events];
    }

    /// <summary>When its buyer said it, where that is what the reason rests on.</summary>
    static ImmutableArray<StatedFact> Said(string code, Instant? at, Turn turn) =>
        at is { } said && turn.Rules.Reasons[code].NeedsBuyersWord ? [new("saidAt", said, Party.Everyone)] : [];

    /// <summary>All that is wrong: nobody should have to mend a request one refusal at a time.</summary>
    static IEnumerable<Refusal> Faults(
        State.Open s, Command.Cancel c, ImmutableArray<Portion> portions, Turn turn)
    {
        var code = c.Reason ?? "";
        var reason = turn.Rules.Reasons.GetValueOrDefault(code);
        // A lost payment is told by its own command, which brings the provider's code along.
        if (reason is null || !reason.By.HasFlag(turn.By) || code is Reason.PaymentLost)
            yield return NotYourReason(code);
        else if (reason.NeedsNewer)
            foreach (var fault in KnowableBefore(s, c.Newer, turn)) yield return fault;
        else if (reason.NeedsBuyersWord && c.BuyersWord is null) yield return BuyerSaidNothing(code);
        if (reason is not null && reason.By.HasFlag(turn.By))
            foreach (var fault in CaseFaults(s, c, portions, turn)) yield return fault;
        if (portions.IsEmpty) yield return NothingChosen;

        var sound = !portions.IsEmpty;
        foreach (var line in portions.GroupBy(p => p.Line, p => (long)p.Quantity))
        {
            if (line.All(units => units >= 1) && line.Sum() <= s.Deal.UnitsOf(line.Key)) continue;
            sound = false;
            yield return NotThatMany(line.Key, line.Sum(), s.Deal.UnitsOf(line.Key));
        }

        // What is being paid for at this moment can't change; it can only be given up.
        if (s is State.Placed && sound && portions.Sum(p => p.Quantity) < s.Deal.Lines.Sum(l => l.Quantity))
            yield return WholeOnly;
    }

    static Decision<Event> LosePayment(State? state, Command.LosePayment c, Turn turn) => state switch
    {
        _ when turn.By is not Party.Platform => NotNow(state, turn.By),                  // only its payment knows
        // Once the parcel left, the seller kept their word: the loss stays with the platform.
        State.Dispatched or State.Completed or State.Cancelled => [],
        State.Open s => [End(s, Reason.PaymentLost, s.Deal.Everything, turn,
            [new("code", c.Code ?? "", Party.Buyer | Party.Staff)])],
        State.Imported or null => NotNow(state, turn.By),
    };

    /// <summary>Gives back what is cut off, so many small cancellations add up to the one great one.</summary>
    static Event.Settled End(
        State.Open s, string code, ImmutableArray<Portion> portions, Turn turn,
        ImmutableArray<StatedFact> more)
    {
        var reason = turn.Rules.Reasons.GetValueOrDefault(code) ?? Reason.OfReturned;
        var (left, gone) = s.Deal.Cut(portions);
        var held = s is State.Placed ? gone with { Lines = [] } : gone;                   // nothing is, before payment
        var settlement = new Settlement(
            gone.Settled, gone.Lines, held.Goods, held.Shipping, reason.ShippingBorneBy);
        (left, settlement) = PaidBackFrom(left, settlement);
        settlement = settlement with
        {
            Fee = turn.Rules.FeeOwed(held.Lines, reason.FeeBorneBy),
            Paid = reason.ShippingBorneBy is Bearer.Platform
                ? turn.Compensation.For(CompensationRules.PlatformsFault, held.Goods) : null,
        };

        var outcome = !left.Lines.IsEmpty ? "order.reduced"
            : s is State.Placed ? "order.cancelled-unpaid"
            : Reason.IsBack(code) ? BackAgain : s is State.Dispatched ? Lost : "order.cancelled";
        var why = Why(s, code, outcome, settlement, reason, turn, more);

        if (!left.Lines.IsEmpty)
        {
            var reduced = new Event.Reduced(left, settlement, why);
            return s is State.Funded { Keeping: { } asked } && asked.After(reduced) is null
                ? reduced with { Deadline = asked.Resumed(turn.At, turn.Rules.WarnBefore) } : reduced;
        }
        return Reason.IsBack(code) ? new Event.CameBack(settlement, why)
            : s is State.Dispatched ? new Event.Lost(settlement, why) : new Event.Cancelled(settlement, why);
    }

    /// <summary>What its buyer gave up by themselves goes against nobody who could have it undone.</summary>
    static bool IsOwnWish(string code, Turn turn) =>
        turn.By is Party.Buyer || turn.By is Party.Platform && code is Reason.ChangedMind;

    /// <summary>Goods and money have moved on: nothing is revived, and what can be had instead is said.</summary>
    static Decision<Event> Overturn(State? state, Command.Overturn c, Turn turn)
    {
        if (state is not State.Dealt s) return NotNow(state, turn.By);
        if (s.Deal.Overturned?.Contains(c.Appeal) is true) return [];                     // said twice, done once
        if (c.Appeal.Buyer is not null)
            return [new Event.Overturned(c.Appeal, c.Gone, c.Why.IssuedAt, Paid: ForWhatHadLeft(c, turn))];
        var marks = c.Why.Facts.FirstOrDefault(f => f.Name is "marks")?.Value is Value.Count n ? n.Number : 0;
        return
        [
            new Event.Overturned(
                c.Appeal, c.Gone, c.Why.IssuedAt,
                c.Why.Outcome is Lost ? MadeGood(s.Deal, c.Gone, turn) : c.Gone.Fee, marks),
        ];
    }

    /// <summary>What had left before it ended can't be as if it hadn't.</summary>
    static Compensation? ForWhatHadLeft(Command.Overturn c, Turn turn) => c.Why.Outcome is Lost or BackAgain
        ? turn.Compensation.For(CompensationRules.AppealGranted, c.Gone.Goods, c.Why.By) : null;

    /// <summary>What the seller would have had for a parcel that they sent.</summary>
    static Money MadeGood(Deal deal, Settlement gone, Turn turn) =>
        gone.Goods + (gone.Fee ?? Money.Zero(deal.Currency)) + deal.Borne
        + (gone.ShippingBorneBy is Bearer.Seller ? gone.Shipping : Money.Zero(deal.Currency))
        - turn.Rules.Fee.Of(gone.Goods, Rounding.HalfToEven);

    const string Lost = "order.lost";

    static Statement Why(
        State.Open s, string code, string outcome, Settlement settlement, Reason reason, Turn turn,
        ImmutableArray<StatedFact> more) => new(
        code, outcome,
        [
            new("back", settlement.IsPaid ? settlement.ToBuyer : (Value)"nothing-paid", Party.Everyone),
            new("goods", settlement.Goods, Party.Everyone),
            new("shipping", settlement.Shipping, Party.Everyone),
            new("units", settlement.Lines.Sum(l => l.Quantity), Party.Everyone),
            new("due", s.Deadline.Due, Party.Everyone),
            .. settlement.Fee is { } fee ? [new StatedFact("feeKept", fee, Party.Seller | Party.Staff)]
                : Array.Empty<StatedFact>(),
            .. settlement.Paid is { } paid ? [new StatedFact("compensation", paid.Amount, Party.Everyone)]
                : Array.Empty<StatedFact>(),
            new("marks", reason.Marks, Party.Seller | Party.Staff),
            .. more,
        ],
        rule: $"orders.reasons.{code}", turn.Rulebook,
        turn.By is Party.Clock or Party.Platform ? new DecidedBy.Automated("orders") : new DecidedBy.Person(turn.By),
        reason.Remedies, issuedAt: turn.At,
        appealUntil: IsOwnWish(code, turn) ? null : Statement.UntilIn(
            reason.Remedies, turn.Rules.AppealWithin.EndFrom(turn.At, turn.CalendarOf(s.Deal))))
        {
            Nth = settlement.Nth > 1 ? settlement.Nth : null,
        };
}
