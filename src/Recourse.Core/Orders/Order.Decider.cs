using Recourse.Disputes;
using Recourse.Inventory;
using Recourse.Payments;
using Recourse.Rulebooks;
using Recourse.Tracking;
using Recourse.Ways;
namespace Recourse.Orders;

public static partial class Order
{
    /// <summary>Its buyer, its seller and their warehouse, staff; its own checkout, payment and parcel.</summary>
    public static Party? PartyOf(OrderId id, State? state, Actor actor) => actor switch
    {
        Actor.Buyer a       => a.Id == BuyerOf(state) ? Party.Buyer : null,
        Actor.Seller a      => a.Id == id.Seller ? Party.Seller : null,
        Actor.Warehouse a   => a.Of == id.Seller ? Party.Warehouse : null,
        Actor.Agent         => Party.Agent,
        Actor.Operator      => Party.Operator,
        Actor.Aggregate a   => IsNeighbour(id, state, a.Id) ? Party.Platform : null,
        Actor.Integration   => state is null or State.Imported ? Party.Integration : null,
        Actor.Clock         => Party.Clock,
        Actor.Carrier or Actor.Outside => null,
    };

    static BuyerId? BuyerOf(State? state) => state switch
    {
        State.Dealt s    => s.Deal.Buyer,
        State.Imported s => s.Facts.Buyer,
        null             => null,
    };

    static bool IsNeighbour(OrderId id, State? state, string who) => state switch
    {
        State.Dealt { Deal.Checkout: var checkout } s =>
            who == checkout.ToString() || IsItsPayment(s, who) || who == ParcelId.Of(id).ToString()
            || StockItemId.TryParse(who, out var stock) && stock.Seller == id.Seller
            || AppealId.TryParse(who, out var appeal) && (appeal.Buyer == checkout.Buyer || appeal.Seller == id.Seller),
        State.Imported => false,
        null           => who.StartsWith("checkout/", StringComparison.Ordinal),
    };

    /// <summary>What a command makes true, or why it can't.</summary>
    public static Decision<Event> Decide(OrderId id, State? state, Command command, Asked asked)
    {
        if (PartyOf(id, state, asked.Who) is not { } party) return Refusal.NotFound;
        if (state is null && command is not (Command.Place or Command.Import or Command.Wake)) return Refusal.NotFound;
        var terms = state is State.Dealt s ? asked.Edition(s.Deal.Rulebook) : asked.InForce;
        var turn = new Turn(party, asked.Who, asked.At, terms.Version, terms.Of<OrderRules>(), terms.Of<Calendars>(),
            terms.Of<ShippingRules>(), asked.InForce.Of<ShippingRules>(), terms.Of<KeepingRules>(),
            terms.Of<CompensationRules>(), asked);

        var decision = command switch
        {
            Command.Place c           => Place(id, state, c.Request, turn),
            Command.Fund c            => Fund(state, c, turn),
            Command.Ship c            => Ship(state, c, turn),
            Command.ConfirmDelivery c => ConfirmDelivery(state, c, turn),
            Command.ConfirmReceipt    => ConfirmReceipt(state, turn),
            Command.Cancel c          => Cancel(state, c, turn),
            Command.TakeBack          => TakeBack(state, turn),
            Command.ChooseWay c       => ChooseWay(state, c, turn),
            Command.PutOff c          => PutOff(state, c.Until, turn),
            Command.Warn c            => WarnOf(state, c, turn),
            Command.AnswerWarning c   => AnswerWarning(state, c, turn),
            Command.LiftWarning c     => LiftWarning(state, c, turn),
            Command.UpholdWarning c   => ByTwo(state, ToUphold, c.Reason, EndOf(state, c.Reason),
                UpholdWarning(state, c, turn), turn),
            Command.Review c          => Review(state, c.Step, turn),
            Command.WithdrawWays      => WithdrawWays(state, turn),
            Command.LosePayment c     => LosePayment(state, c, turn),
            Command.Overturn c        => Overturn(state, c, turn),
            Command.Pick              => Pick(state, turn),
            Command.Amend c           => Amend(state, c, turn, asked),
            Command.Approve           => ByTwo(state, ToApprove, null,
                (state as State.Funded)?.Wish?.Deadline.Due, Approve(state, turn), turn),
            Command.Refuse c          => Refuse(state, c.Reason, turn, asked),
            Command.Withdraw          => Withdraw(state, turn),
            Command.HearDecline c     => HearDecline(state, c, turn),
            Command.Recall            => AskBack(state, turn),
            Command.HearRecall c      => HearRecall(state, c.IsStopped, turn),
            Command.TakeIn c          => TakeIn(state, c, turn),
            Command.Extend            => Extend(state, turn),
            Command.Contest c         => Contest(state, c.Appeal, turn),
            Command.Uncontest c       => Uncontest(state, c.Appeal, turn),
            Command.Grant c           => Grant(state, c, turn),
            Command.Import c          => Import(state, c.Facts, turn),
            Command.Wake c            => Wake(state, c.Due, turn),
        };

        decision = Outpacing(state, Mending(state, Overtaking(state, decision, turn), turn));

        // From which state and by whom is said once: in the table.
        return decision.Events.All(e => Lifecycle.Allows(state, e.GetType(), party)) ? decision : NotNow(state, party);
    }

    /// <param name="Then">Where nobody carried when it was placed.</param>
    /// <param name="Now">And where nobody does now.</param>
    sealed record Turn(
        Party By, Actor Who, Instant At, int Rulebook, OrderRules Rules, Calendars Calendars, ShippingRules Then,
        ShippingRules Now, KeepingRules Keeping, CompensationRules Compensation, Asked Asked)
    {
        /// <summary>Of where it goes.</summary>
        public BusinessCalendar CalendarOf(Deal deal) => Calendars.Of(deal.Country);

        /// <summary>By the calendar of where the goods lie; of several countries, the last to be open.</summary>
        public Deadline DispatchDue(Deal deal) =>
            Rules.DispatchDue(At, deal.ShipsFrom.Select(Calendars.Of), deal.Hours);

        /// <summary>By when its seller answers what its buyer asks for.</summary>
        public Deadline AnswerDue(Deal deal, string then) =>
            new(Party.Seller, then, Warn: null, Rules.OfRequests.AnswerWithin.EndFrom(At, Calendars.Of(
                deal.ShipsFrom.First())));

        /// <summary>When it is looked at again whether something about it is still contested.</summary>
        public Deadline ContestDue(Deal deal) =>
            new(Party.Agent, "order.completed", Warn: null, Rules.ObjectWithin.EndFrom(At, CalendarOf(deal)));
    }

    static Decision<Event> Fund(State? state, Command.Fund c, Turn turn) => state switch
    {
        State.Placed s when c.Payment != PaymentId.Of(s.Deal.Checkout) => NotItsPayment,
        State.Placed s when c.Amount != s.Deal.Total                   => AmountDiffers(s.Deal.Total, c.Amount),
        State.Placed s => [new Event.Funded(c.Amount, c.Payment, turn.DispatchDue(s.Deal))],
        State.Dealt s when c.Payment != PaymentId.Of(s.Deal.Checkout) => PayDifference(s, c, turn),
        State.Funded or State.Dispatched or State.Completed => [],                        // said twice, done once
        State.Cancelled or State.Imported or null           => NotNow(state, turn.By),
    };

    static Decision<Event> Ship(State? state, Command.Ship c, Turn turn)
    {
        var handover = new Handover(c.Carrier, Handover.Tidy(c.TrackingNumber), turn.At);
        ImmutableArray<Refusal> faults = [.. Faults(handover)];
        if (!faults.IsEmpty) return faults;
        return state switch
        {
            State.Funded { IsHeld: true } s => HeldByWarning(s),
            State.Funded s when c.UsedBy is { Value: var other } => NumberUsed(handover, other, s.Deal.Order),
            State.Funded s =>
                [new Event.Shipped(handover, turn.Rules.DeliveryDue(turn.At, turn.CalendarOf(s.Deal)))],
            State.Dispatched s => s.Handover with { At = turn.At } == handover ? [] : AlreadyShipped(s.Handover),
            State.Placed or State.Completed or State.Cancelled or State.Imported or null => NotNow(state, turn.By),
        };
    }

    static Decision<Event> ConfirmDelivery(State? state, Command.ConfirmDelivery c, Turn turn) => state switch
    {
        // From when it is known, not from when it happened: a late report costs the buyer no day.
        State.Shipped s =>
        [
            .. s.Recall is { Stand: RecallStand.Asked or RecallStand.Accepted }
                ? [new Event.RecallOver(CameFirst)] : (ReadOnlySpan<Event>)[],
            new Event.Delivered(c.DeliveredAt, turn.Rules.ObjectionDue(turn.At, turn.CalendarOf(s.Deal))),
        ],
        State.Delivered or State.Completed or State.Cancelled => [],
        State.Placed or State.Funded or State.Imported or null => NotNow(state, turn.By),
    };

    static Decision<Event> ConfirmReceipt(State? state, Turn turn) => state switch
    {
        State.Dispatched s => [Complete(s.Deal, turn)],
        State.Completed    => [],                                                         // said twice, done once
        State.Placed or State.Funded or State.Cancelled or State.Imported or null => NotNow(state, turn.By),
    };

    static Event.Completed Complete(Deal deal, Turn turn)
    {
        var fee = turn.Rules.Fee.Of(deal.Goods, Rounding.HalfToEven);
        return new(ToSeller: deal.Total - fee, fee, deal.Borne.Minor == 0 ? null : deal.Borne);
    }

    static Decision<Event> Import(State? state, ImportedOrder facts, Turn turn)
    {
        if (state is State.Imported s)
            return (s.Facts.Source, s.Facts.Number, s.Facts.Part) == (facts.Source, facts.Number, facts.Part)
                ? [] : NotNow(state, turn.By);
        ImmutableArray<Refusal> faults = [.. Faults(facts)];
        return faults.IsEmpty ? [new Event.Imported(facts)] : faults;
    }

    static Decision<Event> Wake(State? state, Instant due, Turn turn) => state switch
    {
        State.Open s when NextOf(s) != due => [],                                         // stale: the order moved on
        State.Funded { Handling: var h } s when h.Passing(due) is { } passed =>
            [Noted(passed), .. Wake(Evolve(s, Noted(passed)), due, turn).Events],
        State.Cancellable { Meant: { } m } s when m.Due == due => Happens(s, m, turn),
        State.Funded { Wish: { } w } s when w.Deadline.Next == due => Lapse(s, w, turn),
        State.Funded { Warnings: { } all } s when all.Any(w => w.Deadline.Next == due) => WarningsWake(s, due, turn),
        State.Shipped { Recall: { Deadline: { } d } } s when d.Next == due => NotAnswered(s, d, turn),
        State.Open { Deadline: { Warn: not null } d } =>
            [new Event.Warned(d.Warned(turn.At, turn.Rules.WarnBefore), OpenTo(d.Owner, state))],
        State.Delivered { IsContested: true } s => [new Event.Postponed(turn.ContestDue(s.Deal))],
        State.Delivered s => [Complete(s.Deal, turn)],
        State.Funded { Keeping: { } k } s => [GiveUp(s, k, "silent", turn)],
        State.Open s      => [End(s, s.Deadline.Then, s.Deal.Everything, turn, [])],
        State.Completed or State.Cancelled or State.Imported or null => [],
    };

    /// <summary>The state after an event.</summary>
    public static State Evolve(State? state, Event @event) => @event switch
    {
        Event.Placed e    => new State.Placed(e.Deal, e.Deadline),
        Event.Funded e    => new State.Funded(state.Was<State.Placed>(e).Deal, e.Deadline, e.Payment),
        Event.Shipped e   => Shipped(state.Was<State.Funded>(e), e),
        Event.Delivered e => Delivered(state.Was<State.Shipped>(e), e),
        Event.Completed e => Completed(state.Was<State.Dispatched>(e), e),
        Event.Warned e    => state.Was<State.Open>(e) with { Deadline = e.Deadline },
        Event.Reduced e   => Reduced(state.Was<State.Funded>(e), e),
        Event.CancellationMeant e     => Meaning(state.Was<State.Cancellable>(e), e.Meant, null),
        Event.CancellationTakenBack e => Meaning(state.Was<State.Cancellable>(e), null, e.Who),
        Event.Picked e            => state.Was<State.Funded>(e) with { PickedAt = e.At },
        Event.CancellationAsked e => state.Was<State.Funded>(e) with { Wish = e.Wish },
        Event.AmendmentAsked e    => state.Was<State.Funded>(e) with { Wish = e.Wish },
        Event.AmendmentHeld e     => state.Was<State.Funded>(e) with { Wish = e.Wish },
        Event.DifferenceAsked e   => ToBePaid(state.Was<State.Funded>(e), e.Wish),
        Event.WishRefused e       => state.Was<State.Funded>(e) with { Wish = null },
        Event.WishEnded e         => state.Was<State.Funded>(e) with { Wish = null },
        Event.Amended e           => Amended(state.Was<State.Funded>(e), e),
        Event.RecallAsked e       => state.Was<State.Shipped>(e) with { Recall = e.Recall },
        Event.RecallAccepted e    => Accepted(state.Was<State.Shipped>(e), e.Deadline),
        Event.RecallOver e      => Failed(state.Was<State.Shipped>(e)),
        Event.Extended e          => state.Was<State.Delivered>(e) with { Deadline = e.Deadline, IsExtended = true },
        Event.Contested e         => Contested(state.Was<State.Open>(e), e.Appeal),
        Event.Uncontested e       => Uncontested(state.Was<State.Open>(e), e),
        Event.Postponed e         => state.Was<State.Delivered>(e) with { Deadline = e.Deadline },
        Event.PutOff { Warnings: { } all } e => With(state.Was<State.Funded>(e), all, e.Deadline),
        Event.PutOff e           => state.Was<State.Open>(e) with { Deadline = e.Deadline },
        Event.WarningGiven e     => state.Was<State.Funded>(e) is var s
            ? s with { Warnings = [.. s.Warnings ?? [], e.Warning], TakenBackBy = null } : null!,
        Event.WarningsTold e     => With(state.Was<State.Funded>(e), e.Warnings, e.Deadline),
        Event.WarningAnswered e  => Heard(state.Was<State.Funded>(e), e),
        Event.WarningLifted e    => Without(state.Was<State.Funded>(e), e),
        Event.KeepingOffered e   => Offered(state.Was<State.Funded>(e), e),
        Event.Kept e             => Kept(state.Was<State.Funded>(e), e),
        Event.KeepingWithdrawn e => state.Was<State.Funded>(e) with { Keeping = null, Deadline = e.Deadline },
        Event.Settled e   => new State.Cancelled(state.Was<State.Open>(e).Deal, e.Settlement, e.Why),
        Event.Imported e  => new State.Imported(e.Facts),
        Event.Reviewed e  => Reviewed(state.Was<State.Funded>(e), e),
        Event.Overturned e => Overturned(state.Was<State.Dealt>(e), e),
    };

    static State.Dealt Overturned(State.Dealt s, Event.Overturned e) =>
        s with { Deal = s.Deal with { Overturned = [.. s.Deal.Overturned ?? [], e.Appeal] } };

    static State Meaning(State.Cancellable s, Meant? meant, Actor? takenBackBy) =>
        s with { Meant = meant, TakenBackBy = takenBackBy };

    // What the rulebook says is in the event; older ones say nothing.
    static readonly Duration NoticeBefore = Duration.FromHours(24);

    static State.Funded Reduced(State.Funded s, Event.Reduced e)
    {
        var left = s.Keeping?.After(e);
        var now = s with
        {
            Deal = e.Left, Meant = s.Meant?.After(e), TakenBackBy = null, Wish = null, Keeping = left,
            Deadline = e.Deadline ?? (s.Keeping is { } asked && left is null
                ? asked.Resumed(e.Why.IssuedAt, NoticeBefore) : s.Deadline),
            ByStaff = e.Why.By is DecidedBy.Person(Party.Agent or Party.Operator)
                ? Sum(s.ByStaff, e.Settlement.Goods + e.Settlement.Shipping) : s.ByStaff,
        };
        return With(now, Within(s.Warnings, e.Left)?.RemoveAll(w => w.Reason == e.Why.Code), null);
    }

    static State.Shipped Shipped(State.Funded s, Event.Shipped e) => new(s.Deal, e.Deadline, s.Payment, e.Handover);

    static State.Delivered Delivered(State.Shipped s, Event.Delivered e) =>
        new(s.Deal, e.Deadline, s.Payment, s.Handover, e.DeliveredAt);

    static State.Completed Completed(State.Dispatched s, Event.Completed e) =>
        new(s.Deal, e.ToSeller, e.Fee, s.Handover);
}
