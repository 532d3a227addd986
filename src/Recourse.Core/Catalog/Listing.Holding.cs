using Recourse.Exchange;
namespace Recourse.Catalog;

public static partial class Listing
{
    /// <param name="waited">What had waited for the answer that leads to this; null: it is asked for anew.</param>
    static Decision<Event> Publish(
        ListingId id, State? state, Offer offer, Fact<PeerPrices>? peers, RateTable? rates, Asked asked,
        Offer? waited = null)
    {
        (offer, var unpegged) = Pegged(Described(Tidied(offer), state), ShownOf(state), waited, rates, asked);
        ImmutableArray<Refusal> faults =
        [
            .. unpegged, .. Faults(offer), .. ShippingFaults(offer, asked.InForce),
            .. GoodsFaults(offer, asked.InForce), .. ShowingFaults(offer),
        ];
        if (!faults.IsEmpty) return faults;
        if (state is State.Live { Doubt: { } waiting } && Same(waiting.Offer, offer)) return [];    // said twice
        var shown = ShownOf(state);
        if (shown is not null && Same(shown, offer))                        // what waits is given up, if anything does
            return state is State.Live { Doubt: null } ? [] : [new Event.Revised(offer)];
        return AboutGoods(state, offer, shown, asked) ?? Offered(id, state, offer, peers, moves: null, asked);
    }

    /// <summary>Shows it, but for prices that look wrong: they wait.</summary>
    static Decision<Event> Offered(
        ListingId id, State? state, Offer offer, Fact<PeerPrices>? peers, ImmutableArray<PriceMove>? moves, Asked asked,
        ImmutableArray<WayMove>? ways = null)
    {
        var (shown, rules) = (ShownOf(state), RulesOf(asked));
        var doubts = PriceGuard.Doubts(offer, MemoryOf(state).Past, peers?.Value, rules.Guard);
        return doubts.IsEmpty ? [Show(shown, offer, moves, ways)]
        :
        [
            .. Undoubted(shown, offer, doubts) is { } rest 
                ? [Show(shown, rest, Without(moves, doubts), ways)]
                : (ReadOnlySpan<Event>)[],
            Held(id, offer, doubts, shown, asked),
        ];
    }

    static ListingRules RulesOf(Asked asked) => asked.InForce.Of<ListingRules>();

    /// <summary>What buyers see, or would if it weren't paused; null: nothing yet.</summary>
    static Offer? ShownOf(State? state) => state switch
    {
        State.Offered s => s.Offer,
        State.Away s    => s.Offer,
        State.Held or State.Unconfirmed or State.Barred or State.Imported or null => null,
    };

    static ImmutableArray<PriceMove>? Without(ImmutableArray<PriceMove>? moves, ImmutableArray<PriceDoubt> doubts) =>
        moves?.RemoveAll(m => doubts.Any(d => d.Sku == m.Sku));

    static Event Show(
        Offer? shown, Offer offer, ImmutableArray<PriceMove>? moves = null, ImmutableArray<WayMove>? ways = null)
    {
        if (shown is null) return new Event.Published(offer);
        ImmutableArray<Money> was = [.. shown.Variants.Select(v => v.Price)];
        return new Event.Revised(offer, shown.Category == offer.Category
            && was.SequenceEqual(offer.Variants.Select(v => v.Price)) ? null : new(shown.Category, was), moves,
            ways);
    }

    /// <summary>All else that was asked for need not wait: doubted variants stay as they were, new ones stay out.
    /// </summary>
    static Offer? Undoubted(Offer? shown, Offer offer, ImmutableArray<PriceDoubt> doubts)
    {
        ImmutableArray<Variant> variants =
        [
            .. offer.Variants
                .Select(v => doubts.All(d => d.Sku != v.Sku) ? v
                    : shown?.Variants.FirstOrDefault(s => s.Sku == v.Sku) is { } was
                        ? v with { Price = was.Price, Peg = was.Peg }
                    : null)
                .OfType<Variant>(),
        ];
        var rest = offer with { Variants = variants };
        return variants.IsEmpty || Faults(rest).Any() || shown is not null && Same(shown, rest) ? null : rest;
    }

    static Event Held(
        ListingId id, Offer offer, ImmutableArray<PriceDoubt> doubts, Offer? shown, Asked asked)
    {
        var rules = RulesOf(asked);
        var deadline = HoldDue(asked);
        var worst = doubts.MaxBy(d => Math.Max(d.Percent, 10_000 / Math.Max(1, d.Percent)))!;
        const Party Own = Party.Seller | Party.Staff;
        return new Event.PriceHeld(offer, doubts, deadline, new(
            worst.Code, shown is null ? NotShown : StaysAsIs,
            [
                new("title", offer.Title, Own), new("sku", worst.Sku.Code, Own), new("price", worst.Price, Own),
                new("low", worst.Low, Own), new("high", worst.High, Own), new("percent", worst.Percent, Own),
                .. worst.Peers is { } peers ? [new StatedFact("peers", peers, Own)] : Array.Empty<StatedFact>(),
                .. worst.Suggested is { } meant ? [new StatedFact("meant", meant, Own)] : Array.Empty<StatedFact>(),
                new("held", doubts.Length, Own), new("confirmBy", deadline.Due, Own),
            ],
            rule: worst.Code is PriceGuard.FarFromPeers ? "listings.priceGuard.peersTo" : "listings.priceGuard",
            asked.InForce.Version, new DecidedBy.Automated("listings"), rules.Remedies, asked.At,
            Statement.UntilIn(rules.Remedies, asked.At + rules.AppealWithin)));
    }

    const string HoldLapses = "listing.hold-lapses", NotShown = "listing.not-shown-yet",
        StaysAsIs = "listing.stays-as-it-was";

    static Decision<Event> Confirm(State? state, Party party) => state switch
    {
        State.Live { Doubt.Goods.IsEmpty: false } => GoodsAsked,
        State.Live { Doubt: { } d } => [new Event.PriceConfirmed(), Show(ShownOf(state), d.Offer)],
        State.Live                  => [],                                  // said twice, or nothing waits
        State.Imported              => NotNow(state, party),
        null                        => Refusal.NotFound,
    };

    static Decision<Event> Correct(
        ListingId id, State? state, Command.CorrectPrice c, Asked asked, Party party)
    {
        if (state is null) return Refusal.NotFound;
        if (state is not State.Live s) return NotNow(state, party);
        if (s.Doubt is not { } waiting) return NothingHeld;
        if (!waiting.Goods.IsEmpty) return GoodsAsked;
        ImmutableArray<SkuPrice> prices = c.Prices.IsDefault ? [] : c.Prices;
        ImmutableArray<Refusal> unknown =
        [
            .. prices.Index().Where(p => waiting.Offer.Variants.All(v => v.Sku != p.Item.Sku))
                .Select(p => NoVariantToCorrect($"prices[{p.Index}].sku", p.Item.Sku)),
        ];
        if (!unknown.IsEmpty) return unknown;
        if (prices.IsEmpty) return NoPrices;
        return Publish(id, state, waiting.Offer with
        {
            Variants =
            [
                .. waiting.Offer.Variants.Select(v => prices.LastOrDefault(p => p.Sku == v.Sku) is { } right
                    ? v with { Price = right.Price, Peg = null } : v),
            ],
        }, c.Peers, rates: null, asked, waiting.Offer);
    }

    static Decision<Event> Wake(State? state, Instant due, Asked asked) =>
        state is not State.Live { Doubt: { } d } || d.Deadline.Next != due ? []
        : d.Deadline.Warn is null ? [new Event.HoldLapsed()]
        : [new Event.HoldWarned(d.Deadline.Warned(asked.At, RulesOf(asked).WarnBefore))];

    static State Postponed(State.Live s, Event.HoldWarned e) =>
        s.Doubt is { } d ? s with { Doubt = d with { Deadline = e.Deadline } } : s;

    /// <summary>When what waits is dropped, and its seller is told so before.</summary>
    static Deadline HoldDue(Asked asked)
    {
        var (rules, due) = (RulesOf(asked), asked.At + RulesOf(asked).ConfirmWithin);
        return new(Party.Seller, HoldLapses, rules.WarnBefore == Duration.Zero ? null : due - rules.WarnBefore, due);
    }

    static State Hold(State? state, Doubt doubt) => state switch
    {
        State.Offered s => s with { Doubt = doubt },
        State.Away s    => s with { Doubt = doubt },
        State.Held or State.Unconfirmed or State.Barred or State.Imported or null =>
            new State.Held(doubt.Offer with { Variants = [] }, MemoryOf(state), doubt),
    };

    /// <summary>Whether two offers say the same.</summary>
    public static bool Same(Offer a, Offer b) =>
        (a.Title, a.Category, a.ShipsFrom) == (b.Title, b.Category, b.ShipsFrom)
        && a.Variants.SequenceEqual(b.Variants) && a.Unit == b.Unit && a.Classes.SequenceEqual(b.Classes)
        && IsShownAlike(a, b)
        && a.ShipsTo.Length == b.ShipsTo.Length && a.ShipsTo.Zip(b.ShipsTo).All(d => d.First.IsSame(d.Second));
}
