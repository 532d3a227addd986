using Recourse.Exchange;
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
        if (offer.Variants.IsDefault || offer.Variants.All(v => v.Peg is null)) return (offer, []);
        List<Refusal> faults = [];
        var good = RateRules.GoodOf(rates ?? RateTable.Empty, asked.At, asked.InForce);
        var variants = offer.Variants.Select((v, i) =>
        {
            if (v.Peg is not { } peg) return v;
            var before = faults.Count;
            faults.AddRange(Faults(peg, v.Price.Currency, $"variants[{i}].peg"));
            if (faults.Count > before) return v;
            if ((MadeBefore(v, peg, waited) ?? MadeBefore(v, peg, shown)) is { } same)
                return v with { Price = same.Price, Peg = same.Peg };
            if (good.Between(peg.Base.Currency, v.Price.Currency) is not { } mark)
                faults.Add(NoRate(i, peg, v.Price.Currency, rates));
            else if (Conversion.Of(peg.Base, mark.Per, v.Price.Currency, peg.Ending) is not { } price)
                faults.Add(BadPrice($"variants[{i}].peg"));
            else return v with { Price = price, Peg = peg with { At = mark } };
            return v;
        }).ToImmutableArray();
        return (offer with { Variants = variants }, [.. faults]);
    }

    /// <summary>The same variant as an offer has it, with the same peg and the price of that; null: none.</summary>
    static Variant? MadeBefore(Variant v, Peg peg, Offer? before) =>
        before?.Variants.FirstOrDefault(s => s.Sku == v.Sku) is { Peg: { At: not null } was } same
        && same.Price.Currency == v.Price.Currency && was with { At = null } == peg with { At = null } ? same : null;

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

    static Refusal NoRate(int i, Peg peg, Currency to, RateTable? rates) => new(
        rates?.Between(peg.Base.Currency, to) is null ? "listing.no-rate" : "listing.rate-stale", RatesFirst,
        ("from", peg.Base.Currency.Code), ("to", to.Code)) { Field = $"variants[{i}].peg" };

    static Decision<Event> Follow(ListingId id, State? state, Command.FollowRates c, Asked asked)
    {
        // What waits for its seller was asked for by them, and goes on from there.
        if (state is not State.Live { Doubt: null } || ShownOf(state) is not { } shown) return [];
        var good = RateRules.GoodOf(c.Rates.Value, asked.At, asked.InForce);
        ImmutableArray<PriceMove> moves = [.. shown.Variants.Select(v => MoveOf(v, good)).OfType<PriceMove>()];
        if (moves.IsEmpty) return [];
        var offer = shown with
        {
            Variants =
            [
                .. shown.Variants.Select(v => moves.FirstOrDefault(m => m.Sku == v.Sku) is { } m
                    ? v with { Price = m.Now, Peg = v.Peg! with { At = m.Rate } } : v),
            ],
        };
        return Offered(id, state, offer, c.Peers, moves, asked);
    }

    static PriceMove? MoveOf(Variant v, RateTable good) =>
        v.Peg is { At: { } was } peg && good.Between(peg.Base.Currency, v.Price.Currency) is { } now
        && Conversion.IsBeyond(was.Per, now.Per, peg.Buffer)
        && Conversion.Of(peg.Base, now.Per, v.Price.Currency, peg.Ending) is { } price && price != v.Price
            ? new(v.Sku, v.Price, price, now) : null;
}
