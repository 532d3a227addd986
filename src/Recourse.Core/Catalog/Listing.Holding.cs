using Recourse.Exchange;
using Recourse.Ways;
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
        var (shown, rules, memory) = (ShownOf(state), RulesOf(asked), MemoryOf(state));
        var odd = new Odd(
            PriceGuard.Doubts(offer, memory.Past, peers?.Value, rules.Guard),
            ShippingGuard.Doubts(offer, memory.Sent, peers?.Value, rules.ShippingGuard));
        return odd.IsNone ? [Show(state, offer, moves, ways)]
        :
        [
            .. Undoubted(shown, offer, odd) is { } rest
                ? [Show(state, rest, odd.Without(moves), odd.Without(ways))]
                : (ReadOnlySpan<Event>)[],
            Held(offer, odd, shown is null ? NotShown : StaysAsIs, null, asked),
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

    static Event Show(
        State? state, Offer offer, ImmutableArray<PriceMove>? moves = null, ImmutableArray<WayMove>? ways = null)
    {
        if (ShownOf(state) is not { } shown) return new Event.Published(offer);
        // What was hidden doesn't count any more as something that is asked somewhere.
        var wasHidden = state is State.Live { Doubt.Meanwhile: Meanwhile.Hidden };
        ImmutableArray<Money> was = wasHidden ? [] : [.. shown.Variants.Select(v => v.Price)];
        var (before, now) = (LaneCosts.SentOf(shown), LaneCosts.SentOf(offer));
        if (wasHidden) before = before with { Ways = [] };
        return new Event.Revised(offer, shown.Category == offer.Category
            && was.SequenceEqual(offer.Variants.Select(v => v.Price)) ? null : new(shown.Category, was), moves,
            ways, LaneCosts.IsSame(before, now) ? null : before);
    }

    /// <summary>
    /// All else that was asked for need not wait: what is doubted stays as it was, and what is new of it stays out.
    /// </summary>
    static Offer? Undoubted(Offer? shown, Offer offer, Odd odd)
    {
        ImmutableArray<Variant> variants =
        [
            .. offer.Variants
                .Select(v => odd.Prices.All(d => d.Sku != v.Sku) ? v
                    : shown?.Variants.FirstOrDefault(s => s.Sku == v.Sku) is { } was
                        ? v with { Price = was.Price, Peg = was.Peg }
                    : null)
                .OfType<Variant>(),
        ];
        var rest = Tidied(offer with
        {
            Variants = variants,
            ShipsTo =
            [
                .. offer.ShipsTo.Select(d => odd.IsOf(d)
                    ? Undoubted(shown?.ShipsTo.FirstOrDefault(s => s.Country == d.Country), d, odd) : d)
                    .OfType<Destination>(),
            ],
        });
        return variants.IsEmpty || Faults(rest).Any() || shown is not null && Same(shown, rest) ? null : rest;
    }

    static Destination? Undoubted(Destination? shown, Destination to, Odd odd)
    {
        if (to.Named.IsEmpty)
            return shown is { Named.IsEmpty: true } ? to with { ShippingPerUnit = shown.ShippingPerUnit } : shown;
        ImmutableArray<ShippingOption> options =
        [
            .. to.Named.Select(o => !odd.IsOf(to, o.Service) ? o
                : shown?.Named.FirstOrDefault(s => s.Service == o.Service) is { } was
                    ? o with { PerUnit = was.PerUnit, Peg = was.Peg }
                : null).OfType<ShippingOption>(),
        ];
        return options.IsEmpty ? shown : to with { Options = options };
    }

    static Event Held(Offer offer, Odd odd, string outcome, Meanwhile? meanwhile, Asked asked)
    {
        var rules = RulesOf(asked);
        var deadline = HoldDue(asked, meanwhile);
        const Party Own = Party.Seller | Party.Staff;
        var (code, facts) = odd.Told(Own);
        return new Event.PriceHeld(offer, odd.Prices, deadline, new(
            code, outcome,
            [
                new("title", offer.Title, Own), .. facts,
                new("held", odd.Count, Own), new("confirmBy", deadline.Due, Own),
            ],
            rule: code switch
            {
                PriceGuard.FarFromPeers    => "listings.priceGuard.peersTo",
                ShippingGuard.FarFromPeers => "listings.shippingGuard.peersTo",
                _ => odd.Prices.IsEmpty ? "listings.shippingGuard" : "listings.priceGuard",
            },
            asked.InForce.Version, new DecidedBy.Automated("listings"), rules.Remedies, asked.At,
            Statement.UntilIn(rules.Remedies, asked.At + rules.AppealWithin)),
            odd.Ways.IsEmpty ? null : odd.Ways, meanwhile);
    }

    const string HoldLapses = "listing.hold-lapses", LeavesWindow = "listing.leaves-window",
        NotShown = "listing.not-shown-yet", StaysAsIs = "listing.stays-as-it-was";

    static Decision<Event> Confirm(State? state, Party party) => state switch
    {
        State.Live { Doubt.Goods.IsEmpty: false } => GoodsAsked,
        State.Live { Doubt: { } d } => [new Event.PriceConfirmed(), Show(state, d.Offer)],
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
        ImmutableArray<WayPrice> ways = c.Ways is { IsDefault: false } w ? w : [];
        ImmutableArray<WayPrice> sent = [.. ShippingGuard.WaysOf(waiting.Offer)];
        ImmutableArray<Refusal> unknown =
        [
            .. prices.Index().Where(p => waiting.Offer.Variants.All(v => v.Sku != p.Item.Sku))
                .Select(p => NoVariantToCorrect($"prices[{p.Index}].sku", p.Item.Sku)),
            .. ways.Index().Where(p => !sent.Any(p.Item.IsOfSame))
                .Select(p => NoWayToCorrect($"ways[{p.Index}]", p.Item)),
        ];
        if (!unknown.IsEmpty) return unknown;
        if (prices.IsEmpty && ways.IsEmpty) return NoPrices;
        return Publish(id, state, waiting.Offer with
        {
            Variants =
            [
                .. waiting.Offer.Variants.Select(v => prices.LastOrDefault(p => p.Sku == v.Sku) is { } right
                    ? v with { Price = right.Price, Peg = null } : v),
            ],
            ShipsTo = [.. waiting.Offer.ShipsTo.Select(d => Corrected(d, ways))],
        }, c.Peers, rates: null, asked, waiting.Offer);
    }

    static Destination Corrected(Destination to, ImmutableArray<WayPrice> ways) => to.Named.IsEmpty
        ? ways.LastOrDefault(w => (w.Country, w.Service) == (to.Country, null)) is { } right
            ? to with { ShippingPerUnit = right.Price } : to
        : to with
        {
            Options =
            [
                .. to.Named.Select(o => ways.LastOrDefault(w => (w.Country, w.Service) == (to.Country, o.Service))
                    is { } right ? o with { PerUnit = right.Price, Peg = null } : o),
            ],
        };

    static Decision<Event> Wake(State? state, Instant due, Asked asked) =>
        state is not State.Live { Doubt: { } d } || d.Deadline.Next != due ? []
        : d.Deadline.Warn is null
            ? [new Event.HoldLapsed(d.Meanwhile is Meanwhile.UntilDue ? ShownOf(state) : null)]
        : [new Event.HoldWarned(d.Deadline.Warned(asked.At, RulesOf(asked).WarnBefore))];

    static State Postponed(State.Live s, Event.HoldWarned e) =>
        s.Doubt is { } d ? s with { Doubt = d with { Deadline = e.Deadline } } : s;

    /// <summary>When what waits is dropped, and its seller is told so before.</summary>
    static Deadline HoldDue(Asked asked, Meanwhile? meanwhile)
    {
        var (rules, due) = (RulesOf(asked), asked.At + RulesOf(asked).ConfirmWithin);
        var then = meanwhile is Meanwhile.Hidden or Meanwhile.UntilDue ? LeavesWindow : HoldLapses;
        return new(Party.Seller, then, rules.WarnBefore == Duration.Zero ? null : due - rules.WarnBefore, due);
    }

    /// <summary>Whether two offers say the same.</summary>
    public static bool Same(Offer a, Offer b) =>
        (a.Title, a.Category, a.ShipsFrom) == (b.Title, b.Category, b.ShipsFrom)
        && a.Variants.SequenceEqual(b.Variants) && a.Unit == b.Unit && a.Classes.SequenceEqual(b.Classes)
        && IsShownAlike(a, b)
        && a.ShipsTo.Length == b.ShipsTo.Length && a.ShipsTo.Zip(b.ShipsTo).All(d => d.First.IsSame(d.Second));
}
