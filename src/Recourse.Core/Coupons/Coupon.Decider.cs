using Recourse.Checkouts;
using Recourse.Orders;
using static Recourse.Kernel.Lifecycle;
using static Recourse.Kernel.Message;
namespace Recourse.Coupons;

public static partial class Coupon
{
    /// <summary>The whole life on one page.</summary>
    public static readonly Lifecycle Lifecycle = new(
        Start<Event.Issued, State>(Party.Seller | Party.Operator),
        Row<State, Event.Taken,     State>(Party.Platform),
        Row<State, Event.MadeGood,  State>(Party.Platform),
        Row<State, Event.PartGone,  State>(Party.Platform),
        Row<State, Event.GivenBack, State>(Party.Platform),
        Row<State, Event.Ended,     State>(Party.Seller | Party.Operator));

    /// <summary>What the runtime is told of coupons.</summary>
    public static readonly Kind<CouponId, State, Command, Event> Kind = new()
    {
        Name = "coupon", Owner = OwnedBy.Seller, StateVersion = 2, Lifecycle = Lifecycle,
        Party = PartyOf, Decider = Decide, Fold = Evolve, Process = React, Waking = due => new Command.Wake(due),
        Size = state => 1 + state.Uses.Count + state.Comebacks.Length,
    };

    /// <summary>The seller whose goods it is for, that seller's orders, and staff; of all shops, any order.</summary>
    public static Party? PartyOf(CouponId id, State? state, Actor actor) => actor switch
    {
        Actor.Seller a    => a.Id == id.Seller && !id.IsForAllShops ? Party.Seller : null,
        Actor.Aggregate a => OrderId.TryParse(a.Id, out var order)
            ? order.Seller == id.Seller || id.IsForAllShops ? Party.Platform : null
            : id.IsForAllShops && CheckoutId.TryParse(a.Id, out _) ? Party.Platform : null,
        Actor.Agent       => Party.Agent,
        Actor.Operator    => Party.Operator,
        Actor.Clock       => Party.Clock,
        Actor.Buyer or Actor.Warehouse or Actor.Carrier or Actor.Integration or Actor.Outside => null,
    };

    /// <summary>What a command makes true, or why it can't.</summary>
    public static Decision<Event> Decide(CouponId id, State? state, Command command, Asked asked)
    {
        if (PartyOf(id, state, asked.Who) is not { } party) return Refusal.NotFound;
        if (state is null && command is not Command.Issue)
            return command is Command.Take ? CouponSeen.Unknown(id.Code) : Refusal.NotFound;

        Decision<Event> decision = command switch
        {
            Command.Issue c    => Issue(id, state, c.Terms, party, asked),
            Command.Take c     => Own(c.Order) ?? Take(id, state!, c, asked.At),
            Command.MakeGood c => Own(c.Order) ?? MakeGood(state!, c, asked),
            Command.GiveBack c => (c.Part is { } part ? OwnPart(c.Order, part) : Own(c.Order))
                ?? GiveBack(state!, c, asked),
            Command.End        => End(state!, party),
            Command.Wake       => [],
        };

        // From which state and by whom is said once: in the table.
        return Lifecycle.Allows(state, decision.Events, Evolve, party) ? decision : NotNow(party);

        // An order speaks for itself only, and so does a checkout.
        Decision<Event>? Own(OrderId order) => asked.Who is Actor.Aggregate a && (a.Id == $"{order}"
            || id.IsForAllShops && CheckoutId.TryParse(a.Id, out var own) && CouponId.UseOf(own) == order)
            ? null : (Decision<Event>)Refusal.NotFound;

        Decision<Event>? OwnPart(OrderId order, OrderId part) => asked.Who is Actor.Aggregate a && a.Id == $"{part}"
            && (state!.Uses.GetValueOrDefault(order)?.Checkout is not { } whole
                || OrderId.Of(whole, part.Seller) == part) ? null : (Decision<Event>)Refusal.NotFound;
    }

    /// <summary>A checkout asks its sellers once it has its use.</summary>
    public static IEnumerable<Intent> React(CouponId id, State after, Event @event) =>
        @event is Event.Taken { Checkout: { } checkout }
            ? [new Intent.Send(To(checkout, new Checkout.Command.HearCouponTaken(id)))] : [];

    static Decision<Event> Issue(CouponId id, State? state, CouponTerms terms, Party party, Asked asked)
    {
        if (state is not null) return IsSame(state.Terms, terms) ? [] : Exists(id.Code);
        ImmutableArray<Refusal> faults = [.. Faults(id, terms, party, asked)];
        return faults.IsEmpty ? [new Event.Issued(terms)] : faults;
    }

    static bool IsSame(CouponTerms a, CouponTerms b) =>
        !b.Listings.IsDefault && a.Listings.SequenceEqual(b.Listings) && a == b with { Listings = a.Listings };

    static Decision<Event> Take(CouponId id, State state, Command.Take c, Instant at)
    {
        if (state.Uses.ContainsKey(c.Order)) return [];                                   // said twice, done once
        return SeenBy(id, state, c.Buyer, c.Marks, at).FaultAt(at) is { } fault
            ? fault : [new Event.Taken(c.Order, c.Buyer, c.Marks, c.Off, c.Checkout)];
    }

    static Decision<Event> MakeGood(State state, Command.MakeGood c, Asked asked) =>
        state.Uses.GetValueOrDefault(c.Order) is { IsGood: false }
            ? WithComeback(state, new Event.MadeGood(c.Order, c.Parts), c.Order, asked) : [];

    static Decision<Event> GiveBack(State state, Command.GiveBack c, Asked asked)
    {
        if (state.Uses.GetValueOrDefault(c.Order) is not { } use) return [];              // came back before
        if (c.Part is { } part)
            return use.Gone.Contains(part) ? []
                : WithComeback(state, new Event.PartGone(c.Order, part, c.ByBuyer), c.Order, asked);
        if (!use.IsGood) return [new Event.GivenBack(c.Order, Until: null)];
        return c.ByBuyer ? [] : [Back(state, c.Order, asked)];
    }

    /// <summary>What is paid for may have ended before it is heard that it was.</summary>
    static Decision<Event> WithComeback(State state, Event happened, OrderId order, Asked asked) =>
        Evolve(state, happened).Uses[order].HasComeBack ? [happened, Back(state, order, asked)] : [happened];

    static Event.GivenBack Back(State state, OrderId order, Asked asked) => new(
        order, Instant.Max(state.Terms.Until, asked.At + asked.InForce.Of<CouponRules>().GoodAgainFor));

    // Who issued it ends it: whose loss it is says who that was.
    static Decision<Event> End(State state, Party party) =>
        state.HasEnded ? [] : party == IssuerOf(state.Terms) ? [new Event.Ended()] : NotNow(party);

    static Party IssuerOf(CouponTerms terms) => terms.BorneBy is Bearer.Platform ? Party.Operator : Party.Seller;

    /// <summary>How a coupon stands for somebody with these marks.</summary>
    public static CouponSeen SeenBy(
        CouponId id, State state, BuyerId buyer, ImmutableArray<Mark> marks, Instant at)
    {
        var (used, links) = (0, new SortedSet<Link>());
        foreach (var use in state.Uses.Values)
        {
            var by = use.Marks.Where(marks.Contains).Select(m => m.Link).ToList();
            if (use.Buyer == buyer) by.Add(Link.Account);
            if (by.Count == 0) continue;
            used++;
            links.UnionWith(by);
        }
        // What came back to others is theirs until it is too old.
        var others = state.Comebacks.Count(c => c.Buyer != buyer && c.Until >= at);
        var back = state.Comebacks.Where(c => c.Buyer == buyer).Select(c => (Instant?)c.Until).Max();
        var left = state.Terms.Uses - state.Uses.Count - others;
        return new(id, state.Terms, state.HasEnded, left, used, [.. links], back);
    }

    /// <summary>The state after an event.</summary>
    public static State Evolve(State? state, Event @event) => @event switch
    {
        Event.Issued e    => new(e.Terms, ImmutableSortedDictionary<OrderId, CouponUse>.Empty, [], HasEnded: false),
        Event.Taken e     => Taken(state.Was<State>(e), e),
        Event.MadeGood e  => With(state.Was<State>(e), e.Order, u => u with { IsGood = true, Parts = e.Parts ?? [] }),
        Event.PartGone e  => With(state.Was<State>(e), e.Order, u => u with
        {
            Gone = u.Gone.Add(e.Part), IsSpent = u.IsSpent || e.ByBuyer,
        }),
        Event.GivenBack e => GivenBack(state.Was<State>(e), e),
        Event.Ended e     => state.Was<State>(e) with { HasEnded = true },
    };

    // One use that came back is used up by the next.
    static State Taken(State s, Event.Taken e) => s with
    {
        Uses = s.Uses.Add(e.Order, new(e.Order, e.Buyer, e.Marks, e.Off, IsGood: false, e.Checkout)),
        Comebacks = s.Comebacks.FirstOrDefault(c => c.Buyer == e.Buyer) is { } back
            ? s.Comebacks.Remove(back) : s.Comebacks,
    };

    static State With(State s, OrderId order, Func<CouponUse, CouponUse> change) =>
        s with { Uses = s.Uses.SetItem(order, change(s.Uses[order])) };

    static State GivenBack(State s, Event.GivenBack e) => s with
    {
        Uses = s.Uses.Remove(e.Order),
        Comebacks = e.Until is { } until ? s.Comebacks.Add(new(s.Uses[e.Order].Buyer, until)) : s.Comebacks,
    };
}
