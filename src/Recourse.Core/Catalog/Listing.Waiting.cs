namespace Recourse.Catalog;

public static partial class Listing
{
    static State Hold(State? state, Doubt doubt)
    {
        var memory = MemoryOf(state) with { Lapsed = null };
        if (doubt.Meanwhile is Meanwhile.Hidden or Meanwhile.InPart)
            memory = memory.Without(doubt.Prices, doubt.Sendings);
        return state switch
        {
            State.Offered when doubt.Meanwhile is Meanwhile.Hidden => Out(),
            State.Offered s => s with { Memory = memory, Doubt = doubt },
            State.Away s    => s with { Memory = memory, Doubt = doubt },
            State.Held or State.Unconfirmed or State.Barred or State.Imported or null => Out(),
        };

        State Out() => new State.Held(doubt.Offer with { Variants = [] }, memory, doubt);
    }

    static State Confirmed(State.Live s) => s.Doubt is not { } d ? s
        : s with { Memory = s.Memory with { Sure = s.Memory.Meant.And(PricesIn(d), d.Sendings.Select(w => w.Way)) } };

    static IEnumerable<SkuPrice> PricesIn(Doubt d) => d.Prices.Select(p => new SkuPrice(p.Sku, p.Price));

    /// <summary>What is dropped is remembered while something else is shown: an appeal may show it yet.</summary>
    static State Lapse(State.Live s) => s.Doubt is not { } d ? s
        : s is State.Held || d.Meanwhile is Meanwhile.Hidden or Meanwhile.UntilDue
            ? new State.Unconfirmed(
                s is State.Held ? s.Offer : s.Offer with { Variants = [] }, s.Memory, d.Offer, d.Why,
                d.Goods.IsEmpty ? null : d.Goods)
        : s with { Doubt = null, Memory = s.Memory with { Lapsed = new(d.Offer, d.Why, d.Goods) } };

    /// <summary>All that waited is meant as it is, and what its words name isn't in it.</summary>
    static State FoundRight(State.Live s, Event.HoldOverturned e)
    {
        var (offer, goods) = s switch
        {
            { Doubt: { } d }          => (d.Offer, d.Goods),
            State.Unconfirmed u       => (u.Draft, u.Goods ?? []),
            State.Barred b            => (b.Draft, []),
            { Memory.Lapsed: { } l }  => (l.Offer, l.Goods),
            _                         => (s.Offer, ImmutableArray<GoodsNamed>.Empty),
        };
        var after = Denying(s, e.Title, e.Denied, [], goods);
        return after with
        {
            Doubt = null,
            Memory = after.Memory with
            {
                Lapsed = null,
                Sure = after.Memory.Meant.And(
                    offer.Variants.Select(v => new SkuPrice(v.Sku, v.Price)), ShippingGuard.WaysOf(offer)),
            },
        };
    }
}

/// <summary>All of an offer that looks wrong: prices, and what sending it costs.</summary>
sealed record Odd(ImmutableArray<PriceDoubt> Prices, ImmutableArray<WayDoubt> Ways)
{
    public bool IsNone => Prices.IsEmpty && Ways.IsEmpty;

    public int Count => Prices.Length + Ways.Length;

    /// <summary>Whether that way is among it.</summary>
    public bool IsOf(Destination to, string? service) =>
        Ways.Any(w => (w.Country, w.Service) == (to.Country, service));

    /// <summary>Whether any way to go there is.</summary>
    public bool IsOf(Destination to) => Ways.Any(w => w.Country == to.Country);

    public ImmutableArray<PriceMove>? Without(ImmutableArray<PriceMove>? moves) =>
        moves?.RemoveAll(m => Prices.Any(d => d.Sku == m.Sku));

    public ImmutableArray<WayMove>? Without(ImmutableArray<WayMove>? moves) =>
        moves?.RemoveAll(m => Ways.Any(d => (d.Country, d.Service) == (m.Country, m.Service)));

    /// <summary>The code of the worst of it, and what is to be told of that.</summary>
    public (string Code, IEnumerable<StatedFact> Facts) Told(Party own)
    {
        if (Prices.MaxBy(d => FarOff(d.Percent)) is { } worst)
            return (worst.Code, Facts(
                [new("sku", worst.Sku.Code, own)], worst.Price, worst.Low, worst.High, worst.Percent, worst.Peers,
                worst.Suggested));
        var way = Ways.MaxBy(d => FarOff(d.Percent))!;
        return (way.Code, Facts(
            [
                new("country", way.Country, own),
                .. way.Service is { } service ? [new StatedFact("service", service, own)] : Array.Empty<StatedFact>(),
            ], way.Price, way.Low, way.High, way.Percent, way.Peers, way.Suggested));

        IEnumerable<StatedFact> Facts(
            IEnumerable<StatedFact> of, Money price, Money low, Money high, long percent, Money? peers, Money? meant) =>
        [
            .. of, new("price", price, own), new("low", low, own), new("high", high, own), new("percent", percent, own),
            .. peers is { } usual ? [new StatedFact("peers", usual, own)] : Array.Empty<StatedFact>(),
            .. meant is { } right ? [new StatedFact("meant", right, own)] : Array.Empty<StatedFact>(),
        ];
    }

    static long FarOff(long percent) => Math.Max(percent, 10_000 / Math.Max(1, percent));
}
