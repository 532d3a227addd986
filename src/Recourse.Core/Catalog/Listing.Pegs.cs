using Recourse.Exchange;
using Recourse.Ways;
namespace Recourse.Catalog;

public static partial class Listing
{
    /// <summary>So far a rate may move before its price does, at most: half, in hundredths of a percent.</summary>
    public const int LargestBuffer = 5_000;

    static readonly Remedy MendPeg = new("listing.mend-peg"), RatesFirst = new("listing.rates-first");

    /// <summary>
    /// An offer with the prices that its pegs make, or why they can't be made. What is pegged as it was keeps its
    /// price: that moves with the rate alone. So does what waited for its seller.
    /// </summary>
    static (Offer Offer, ImmutableArray<Refusal> Faults) Pegged(
        Offer offer, Offer? shown, Offer? waited, RateTable? rates, Asked asked)
    {
        if (offer.Variants.IsDefault || !offer.FollowsRates) return (offer, []);
        List<Refusal> faults = [];
        var good = RateRules.GoodOf(rates ?? RateTable.Empty, asked.At, asked.InForce);
        var pegged = offer with
        {
            Variants =
            [
                .. offer.Variants.Select((v, i) => v.Peg is { } peg && Made(
                    peg, v.Price.Currency, $"variants[{i}].peg", Before(v, waited) ?? Before(v, shown)) is { } made
                        ? v with { Price = made.Price, Peg = made.Peg } : v),
            ],
            ShipsTo =
            [
                .. offer.ShipsTo.Select((d, i) => d.Options is null ? d : d with
                {
                    Options =
                    [
                        .. d.Named.Select((o, j) => o.Peg is { } peg && Made(
                            peg, o.PerUnit.Currency, $"shipsTo[{i}].options[{j}].peg",
                            Before(d, o, waited) ?? Before(d, o, shown)) is { } made
                                ? o with { PerUnit = made.Price, Peg = made.Peg } : o),
                    ],
                }),
            ],
        };
        return (Tidied(pegged), [.. faults]);

        (Money Price, Peg Peg)? Made(Peg peg, Currency of, string at, (Money Price, Peg? Peg)? before)
        {
            ImmutableArray<Refusal> wrong = [.. Faults(peg, of, at)];
            faults.AddRange(wrong);
            if (!wrong.IsEmpty) return null;
            if (before is { Peg: { At: not null } was } same && same.Price.Currency == of
                && was with { At = null } == peg with { At = null }) return (same.Price, was);
            if (good.Between(peg.Base.Currency, of) is not { } mark) faults.Add(NoRate(at, peg, of, rates));
            else if (Conversion.Of(peg.Base, mark.Per, of, peg.Ending) is not { } price) faults.Add(BadPrice(at));
            else return (price, peg with { At = mark });
            return null;
        }
    }

    /// <summary>The price of the same variant as an offer has it; null: none.</summary>
    static (Money Price, Peg? Peg)? Before(Variant v, Offer? before) =>
        before?.Variants.FirstOrDefault(s => s.Sku == v.Sku) is { } same ? (same.Price, same.Peg) : null;

    /// <summary>What the same way costs as an offer has it; null: it has none.</summary>
    static (Money Price, Peg? Peg)? Before(Destination to, ShippingOption o, Offer? before) =>
        before?.ShipsTo.FirstOrDefault(d => d.Country == to.Country)?.Named
            .FirstOrDefault(s => s.Service == o.Service) is { } same ? (same.PerUnit, same.Peg) : null;

    static IEnumerable<Refusal> Faults(Peg peg, Currency of, string field)
    {
        if (of == default || peg.Base.Currency == default || peg.Base.Currency == of)
            yield return new Refusal("listing.peg-same-currency", MendPeg) { Field = $"{field}.base" };
        else if (peg.Base.Minor is < 1 or > Money.Most) yield return BadPrice($"{field}.base");
        if (peg.Buffer is < 0 or > LargestBuffer)
            yield return new Refusal("listing.bad-buffer", MendPeg, ("most", LargestBuffer / 100))
                { Field = $"{field}.buffer" };
        if (of != default && !peg.Ending.IsFor(of))
            yield return new Refusal("listing.bad-ending", MendPeg) { Field = $"{field}.ending" };
    }

    static Refusal NoRate(string at, Peg peg, Currency to, RateTable? rates) => new(
        rates?.Between(peg.Base.Currency, to) is null ? "listing.no-rate" : "listing.rate-stale", RatesFirst,
        ("from", peg.Base.Currency.Code), ("to", to.Code)) { Field = at };

    static Decision<Event> Follow(ListingId id, State? state, Command.FollowRates c, Asked asked)
    {
        // What waits for its seller was asked for by them, and goes on from there.
        if (state is not State.Live { Doubt: null } || ShownOf(state) is not { } shown) return [];
        var good = RateRules.GoodOf(c.Rates.Value, asked.At, asked.InForce);
        ImmutableArray<PriceMove> moves = [.. shown.Variants.Select(v => MoveOf(v, good)).OfType<PriceMove>()];
        ImmutableArray<WayMove> ways =
            [.. shown.ShipsTo.SelectMany(d => d.Named.Select(o => MoveOf(d, o, good)).OfType<WayMove>())];
        if (moves.IsEmpty && ways.IsEmpty) return [];
        var offer = Tidied(shown with
        {
            Variants =
            [
                .. shown.Variants.Select(v => moves.FirstOrDefault(m => m.Sku == v.Sku) is { } m
                    ? v with { Price = m.Now, Peg = v.Peg! with { At = m.Rate } } : v),
            ],
            ShipsTo =
            [
                .. shown.ShipsTo.Select(d => d.Options is null ? d : d with
                {
                    Options =
                    [
                        .. d.Named.Select(o => ways.FirstOrDefault(
                            m => (m.Country, m.Service) == (d.Country, o.Service)) is { } m
                                ? o with { PerUnit = m.Now, Peg = o.Peg! with { At = m.Rate } } : o),
                    ],
                }),
            ],
        });
        return Offered(id, state, offer, c.Peers, moves, asked, ways.IsEmpty ? null : ways);
    }

    static PriceMove? MoveOf(Variant v, RateTable good) => Moved(v.Price, v.Peg, good) is var (price, rate)
        ? new(v.Sku, v.Price, price, rate) : null;

    static WayMove? MoveOf(Destination to, ShippingOption o, RateTable good) =>
        Moved(o.PerUnit, o.Peg, good) is var (cost, rate)
            ? new(to.Country, o.Service, o.PerUnit, cost, rate) : null;

    /// <summary>What a price has become by a rate that moved beyond its buffer; null: it stays.</summary>
    static (Money Price, RateMark Rate)? Moved(Money was, Peg? follows, RateTable good) =>
        follows is { At: { } made } peg && good.Between(peg.Base.Currency, was.Currency) is { } now
        && Conversion.IsBeyond(made.Per, now.Per, peg.Buffer)
        && Conversion.Of(peg.Base, now.Per, was.Currency, peg.Ending) is { } price && price != was
            ? (price, now) : null;
}
