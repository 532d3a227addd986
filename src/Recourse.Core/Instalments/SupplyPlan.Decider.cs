using Recourse.Disputes;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Reasons;
namespace Recourse.Instalments;

public static partial class SupplyPlan
{
    /// <summary>Its buyer and its seller, the order that it begins with, the stock, and staff.</summary>
    public static Party? PartyOf(SupplyPlanId id, State? state, Actor actor) => actor switch
    {
        Actor.Buyer a     => state is not null && a.Id == state.Terms.Buyer ? Party.Buyer : null,
        Actor.Seller a    => a.Id == id.Seller ? Party.Seller : null,
        Actor.Aggregate a => (OrderId.TryParse(a.Id, out var order) && order.Seller == id.Seller)
            || (StockItemId.TryParse(a.Id, out var stock) && stock.Seller == id.Seller)
            || (ReasonCaseId.TryParse(a.Id, out var reason) && reason.Seller == id.Seller)
            || (SupplyPlanId.TryParse(a.Id, out var plan) && plan.Seller == id.Seller)
            || (AppealId.TryParse(a.Id, out var appeal) && appeal.Buyer == state?.Terms.Buyer) ? Party.Platform : null,
        Actor.Agent       => Party.Agent,
        Actor.Operator    => Party.Operator,
        Actor.Clock       => Party.Clock,
        Actor.Warehouse or Actor.Carrier or Actor.Integration or Actor.Outside => null,
    };

    /// <summary>What a command makes true, or why it can't.</summary>
    public static Decision<Event> Decide(SupplyPlanId id, State? state, Command command, Asked asked)
    {
        if (PartyOf(id, state, asked.Who) is not { } party) return Refusal.NotFound;
        if (state is null && command is not (Command.Open or Command.Wake)) return Refusal.NotFound;
        var turn = new Turn(party, asked.At, asked.InForce.Version, asked.InForce.Of<BulkRules>());

        Decision<Event> decision = command switch
        {
            Command.Open c       => Open(id, state, c, asked.Who, turn),
            Command.HearStock c  => HearStock(state, c, turn),
            Command.BringForward => BringForward(state, turn),
            Command.Move c       => Move(state, c.From, turn),
            Command.Shorten c    => Shorten(state, c, turn),
            Command.End c        => End(state, c.Reason, turn),
            Command.Overturn c   => Overturn(state, c),
            Command.Wake c       => Wake(state, c.Due, turn),
        };

        // From which state and by whom is said once: in the table.
        return Lifecycle.Allows(state, decision.Events, Evolve, party) ? decision : NotNow(state, party);
    }

    sealed record Turn(Party By, Instant At, int Rulebook, BulkRules Rules);

    static Decision<Event> Open(SupplyPlanId id, State? state, Command.Open c, Actor who, Turn turn)
    {
        if (who is not Actor.Aggregate a) return Refusal.NotFound;
        if (c.Appeal is { } appeal) return OpenAgain(id, state, c, appeal, turn);
        if (a.Id != $"{c.First}" || id != SupplyPlanId.Of(c.First, c.Sku)) return Refusal.NotFound;
        if (state is not null) return [];                                                 // said twice, done once
        if (c.Now < 1 || c.Parts < 1 || c.Later < c.Parts) return BadParts(c.Later, c.Parts);
        ImmutableArray<Instalment> all =
        [
            new(1, c.Now, turn.At, Taken: c.Now),
            .. turn.Rules.Dated(c.Later, c.Parts, turn.At).Select((i, n) => new Instalment(n + 2, i.Units, i.From)),
        ];
        return
        [
            new Event.Opened(
                new(c.Buyer, c.Listing, c.Sku, c.Title, c.Price, c.First, c.Now + c.Later), all, DayOf(all[1], turn)),
        ];
    }

    /// <summary>At once, and all of it.</summary>
    static Decision<Event> OpenAgain(SupplyPlanId id, State? state, Command.Open c, AppealId appeal, Turn turn)
    {
        if (id != SupplyPlanId.Of(appeal, id.Seller, c.Sku) || appeal.Buyer != c.Buyer) return Refusal.NotFound;
        if (state is not null) return [];                                                 // said twice, done once
        if (c.Now != 0 || c.Parts != 1 || c.Later < 1) return BadParts(c.Later, c.Parts);
        var all = new Instalment(1, c.Later, turn.At);
        return
        [
            new Event.Opened(
                new(c.Buyer, c.Listing, c.Sku, c.Title, c.Price, c.First, c.Later, appeal), [all], DayOf(all, turn)),
            new Event.StockAsked(turn.At, turn.Rules.RestockDue(turn.At)),
        ];
    }

    /// <summary>How many it was cut short by stands in the statement itself.</summary>
    static Decision<Event> Overturn(State? state, Command.Overturn c) =>
        state?.Terms.Overturned?.Contains(c.Appeal) is true ? []                          // said twice, done once
        : c.Why.Facts.FirstOrDefault(f => f.Name == (c.Why.Outcome is Cut ? Fewer : Left))?.Value
            is Value.Count { Number: > 0 } n
            ? [new Event.Overturned(c.Appeal, (int)n.Number)] : [];

    // Where the one before took longer than it should, its day may have passed.
    static Deadline DayOf(Instalment next, Turn turn) =>
        new(Party.Platform, "plan.set-aside", Warn: null, Instant.Max(next.From, turn.At));

    static Decision<Event> HearStock(State? state, Command.HearStock c, Turn turn)
    {
        if (state is not State.UnderWay s) return [];                                     // of what is over
        var all = c.Aside + c.Ordered;
        List<Event> events = [];
        if (all > s.Aside)
            events.Add(s is State.Short && all >= s.Current.Units
                ? new Event.Offered(all, turn.Rules.TakeDue(turn.At)) : new Event.SetAside(all));
        if (c.Ordered != s.Ordered) events.Add(new Event.Ordered(c.Ordered));
        if (c.Kept < s.Current.Units) return [.. events];
        var now = events.Aggregate((State)s, Evolve).Was<State.UnderWay>(c);
        return [.. events, Settle(now, turn)];
    }

    static Decision<Event> BringForward(State? state, Turn turn) => state switch
    {
        State.Planned  => [new Event.StockAsked(turn.At, turn.Rules.RestockDue(turn.At))],
        State.UnderWay => [],                                                             // said twice, done once
        State.Fulfilled or State.Ended or null => NotNow(state, turn.By),
    };

    /// <summary>Not earlier, which is its seller's to say, and not for longer than the rulebook lets goods be promised.
    /// </summary>
    static Decision<Event> Move(State? state, Instant from, Turn turn)
    {
        if (state is not State.Open s || turn.By is not Party.Buyer) return NotNow(state, turn.By);
        if (NextAhead(s) is not { } next) return NothingAhead;
        if (from == next.From) return [];                                                 // said twice, done once
        var latest = turn.At + turn.Rules.MoveWithin;
        if (from <= next.From || from <= turn.At) return NotLater(Instant.Max(next.From, turn.At));
        if (from > latest) return TooFar(latest);
        var by = from - next.From;
        ImmutableArray<Instalment> all =
            [.. s.Instalments.Select(i => IsAhead(s, i) ? i with { From = i.From + by } : i)];
        return [new Event.Moved(all, s is State.Planned ? DayOf(next with { From = from }, turn) : null)];
    }

    static Decision<Event> Shorten(State? state, Command.Shorten c, Turn turn)
    {
        if (!turn.Rules.Reasons.ContainsKey(c.Reason ?? "")) return NoSuchReason(c.Reason ?? "", turn.Rules);
        if (state is not State.Open s) return NotNow(state, turn.By);
        var ahead = AheadOf(s);
        if (c.Left < 0 || c.Left >= ahead) return BadLeft(c.Left, ahead);
        if (c.Left == 0 && s is State.Planned) return End(s, c.Reason, turn);
        var (left, all) = (c.Left, ImmutableArray.CreateBuilder<Instalment>());
        foreach (var i in s.Instalments)
            if (!IsAhead(s, i)) all.Add(i);
            else if (Math.Min(left, i.Units) is > 0 and var units)
            {
                all.Add(i with { Units = units });
                left -= units;
            }
        return [new Event.Shortened(all.ToImmutable(), WhyOf(
            s, c.Reason!, Cut, turn, (Left, c.Left), (Fewer, ahead - c.Left)))];
    }

    /// <summary>Not the one that is under way: of that, units may be set aside already.</summary>
    static bool IsAhead(State.Open s, Instalment i) => i.Taken is null && (s is State.Planned || i != s.Current);

    /// <summary>The next instalment that has not begun; null: none is left.</summary>
    public static Instalment? NextAhead(State state) =>
        state is State.Open s ? s.Instalments.FirstOrDefault(i => IsAhead(s, i)) : null;

    static int AheadOf(State.Open s) => s.Instalments.Where(i => IsAhead(s, i)).Sum(i => i.Units);

    static Decision<Event> End(State? state, string? reason, Turn turn)
    {
        if (turn.By is Party.Buyer) reason = ByBuyer;
        else if (!turn.Rules.Reasons.ContainsKey(reason ?? "")) return NoSuchReason(reason ?? "", turn.Rules);
        return state switch
        {
            State.Open s => [EndOf(s, reason!, turn)],
            State.Ended  => [],                                                           // said twice, done once
            State.Fulfilled or null => NotNow(state, turn.By),
        };
    }

    static Event.Ended EndOf(State.Open s, string code, Turn turn) => new(
        s is State.UnderWay u ? With(s, u.Current with { Taken = u.Ordered }) : s.Instalments,
        WhyOf(s, code, "plan.ended", turn, (Left, LeftOf(s))));

    static Decision<Event> Wake(State? state, Instant due, Turn turn) => state switch
    {
        State.Open s when s.Deadline.Next != due => [],                                   // stale: it has moved on
        State.Open { Deadline: { Warn: not null } d } => [new Event.Warned(d.Warned(turn.At, turn.Rules.WarnBefore))],
        State.Planned => [new Event.StockAsked(turn.At, turn.Rules.RestockDue(turn.At))],
        State.Short { Aside: > 0 } s => [new Event.Offered(s.Aside, turn.Rules.TakeDue(turn.At))],
        State.Short s => s.Waits + 1 < turn.Rules.MostWaits
            ? [new Event.PutOff(
                WhyOf(s, NoStock, Late, turn, ("missing", s.Current.Units)),
                turn.Rules.RestockDue(turn.At))]
            : [EndOf(s, NoStock, turn)],
        State.Offered s => [Settle(s, turn)],
        State.Fulfilled or State.Ended or null => [],
    };

    /// <summary>What was not ordered goes back on sale; what never came is put at the end.</summary>
    static Event Settle(State.UnderWay s, Turn turn)
    {
        var (now, missing) = (s.Current, Math.Max(s.Current.Units - s.Aside, 0));
        var all = With(s, now with { Units = now.Units - missing, Taken = s.Ordered });
        if (missing > 0)
            all = all.Add(new(all[^1].Nth + 1, missing, Instant.Max(all[^1].From, turn.At) + turn.Rules.Every));
        if (all.FirstOrDefault(i => i.Taken is null) is not { } next) return new Event.Completed(s.Ordered, all);
        return IsLetGo(all, turn.Rules.MostMissed)
            ? new Event.Ended(all, WhyOf(s, NotTaken, "plan.ended", turn, (Left, Ahead(all))))
            : new Event.Settled(s.Ordered, all, DayOf(next, turn));
    }

    static bool IsLetGo(ImmutableArray<Instalment> all, int most) =>
        all.Where(i => i.Taken is not null).TakeLast(most).ToList() is var last
        && last.Count == most && last.All(i => i.Taken == 0);

    static ImmutableArray<Instalment> With(State.Open s, Instalment now) => s.Instalments.Replace(s.Current, now);

    static int Ahead(ImmutableArray<Instalment> all) => all.Where(i => i.Taken is null).Sum(i => i.Units);

    static int LeftOf(State.Open s) => Ahead(s.Instalments) - (s is State.UnderWay u ? u.Ordered : 0);

    /// <summary>The state after an event.</summary>
    public static State Evolve(State? state, Event @event) => @event switch
    {
        Event.Opened e     => new State.Planned(e.Terms, e.Instalments, e.Deadline),
        Event.StockAsked e => Asked(state.Was<State.Planned>(e), e),
        Event.SetAside e   => state.Was<State.UnderWay>(e) with { Aside = e.Units },
        Event.Offered e    => Offered(state.Was<State.Short>(e), e),
        Event.Ordered e    => state.Was<State.UnderWay>(e) with { Ordered = e.Units },
        Event.Warned e     => state.Was<State.UnderWay>(e) with { Deadline = e.Deadline },
        Event.PutOff e     => PutOff(state.Was<State.Short>(e), e),
        Event.Settled e    => new State.Planned(state.Was<State.UnderWay>(e).Terms, e.Instalments, e.Deadline),
        Event.Completed e  => new State.Fulfilled(state.Was<State.UnderWay>(e).Terms, e.Instalments),
        Event.Shortened e  => state.Was<State.Open>(e) with { Instalments = e.Instalments },
        Event.Moved e      => Moved(state.Was<State.Open>(e), e),
        Event.Ended e      => new State.Ended(state.Was<State.Open>(e).Terms, e.Instalments, e.Why),
        Event.Overturned e => Overturned(state.Was<State>(e), e),
    };

    static State Overturned(State s, Event.Overturned e) =>
        s with { Terms = s.Terms with { Overturned = [.. s.Terms.Overturned ?? [], e.Appeal] } };

    static State.Open Moved(State.Open s, Event.Moved e) =>
        s with { Instalments = e.Instalments, Deadline = e.Deadline ?? s.Deadline };

    static State.Short Asked(State.Planned s, Event.StockAsked e) => new(
        s.Terms, With(s, s.Current with { From = e.From }), e.Deadline, Aside: 0, Ordered: 0, Waits: 0);

    static State.Offered Offered(State.Short s, Event.Offered e) =>
        new(s.Terms, s.Instalments, e.Deadline, e.Units, s.Ordered);

    static State.Short PutOff(State.Short s, Event.PutOff e) => s with { Deadline = e.Deadline, Waits = s.Waits + 1 };
}
