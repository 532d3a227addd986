using Recourse.Coupons;
using Recourse.Exchange;
namespace Recourse.Checkouts;

/// <summary>A rate between two currencies that a basket needs, good when it was looked up.</summary>
public sealed record UsedRate(Currency From, Currency To, RateMark Mark);

/// <summary>All rates that a basket needs, but for those that are stale or that nobody tells.</summary>
public sealed record UsedRates(ImmutableArray<UsedRate> All);

public static partial class Checkout
{
    /// <summary>What is due at the border, and paid to whoever brings the parcel.</summary>
    public const string DutiesOnDelivery = "checkout.duties-on-delivery";

    /// <summary>What is due at the border, and in the price already.</summary>
    public const string DutiesPrepaid = "checkout.duties-prepaid";

    /// <summary>Something is due at the border, and nobody can say today how much.</summary>
    public const string DutiesUnknown = "checkout.duties-unknown";

    /// <summary>A price follows a rate of which none is new enough.</summary>
    public const string RateStale = "checkout.rate-stale";

    static readonly Remedy KnowBefore = new("checkout.know-before");

    static IEnumerable<Finding> AcrossBorders(
        Basket basket, CheckoutFacts facts, Sendings sendings, Turn turn)
    {
        for (var i = 0; i < basket.Lines.Length; i++)
            if (facts.Quotes[i].Value is { Follows: { } from } quote
                && RateOf(facts, from, quote.UnitPrice.Currency) is null)
                yield return Weighed(turn, new Refusal(RateStale, KnowBefore, ("title", quote.Title),
                    ("from", from.Code), ("to", quote.UnitPrice.Currency.Code)) { Field = $"lines[{i}]" });
        if (turn.Rules.Duties is not { } rules || basket.Country is null
            || !rules.To.TryGetValue(basket.Country, out var bands)) yield break;
        foreach (var parcel in Parcels(basket, facts, sendings, rules, turn))
            if (Due(parcel, bands, facts, basket.Country) is { } what) yield return Weighed(turn, what);
    }

    static RateMark? RateOf(CheckoutFacts facts, Currency from, Currency to) =>
        facts.Rates?.Value.All.FirstOrDefault(r => r.From == from && r.To == to)?.Mark;

    sealed record Coming(string From, int Line, Money Goods, Money All);

    /// <summary>What each seller sends over a border, from one country at a time, as long as it adds up.</summary>
    static IEnumerable<Coming> Parcels(
        Basket basket, CheckoutFacts facts, Sendings sendings, DutyRules rules, Turn turn)
    {
        var offs = OffOf(basket, facts, turn.At, turn.Book.Of<CouponRules>());
        var lines = basket.Lines
            .Select((line, n) => (Line: line, Quote: facts.Quotes[n].Value, Price: PriceOf(basket, facts, n),
                Off: offs[n], Shipping: sendings.WayOf(n)?.PerUnit))
            .Index()
            .Where(l => l.Item is { Quote.ShipsFrom: { } from, Shipping: not null }
                && rules.IsBorder(from, basket.Country) && l.Item.Line.Quantity > 0);
        foreach (var parcel in lines.GroupBy(l => (l.Item.Line.Listing.Seller, l.Item.Quote!.ShipsFrom!)))
        {
            var (goods, all) = ((Int128)0, (Int128)0);
            var currency = parcel.First().Item.Quote!.UnitPrice.Currency;
            if (parcel.Any(l => l.Item.Quote!.UnitPrice.Currency != currency
                || l.Item.Shipping!.Value.Currency != currency)) continue;
            foreach (var (_, (line, _, price, off, shipping)) in parcel)
            {
                var paid = ((Int128)price!.Value.Minor * line.Quantity) - (off?.Minor ?? 0);
                goods += paid;
                all += paid + ((Int128)shipping!.Value.Minor * line.Quantity);
            }
            if (all <= Money.Most)
                yield return new(parcel.Key.Item2, parcel.First().Index, new((long)goods, currency),
                    new((long)all, currency));
        }
    }

    static Refusal? Due(Coming parcel, ImmutableArray<DutyBand> bands, CheckoutFacts facts, string country)
    {
        foreach (var band in bands)
        {
            var of = band.UpTo?.Currency ?? band.Less.Currency;
            var isPlain = band.UpTo is null && band.Less.Minor == 0;
            var there = isPlain || of == parcel.All.Currency ? new Ratio(1, 1)
                : RateOf(facts, parcel.All.Currency, of)?.Per;
            if (there is not { } per) return Unknown(parcel, country);
            var currency = isPlain ? parcel.All.Currency : of;
            if (Conversion.Of(band.OfAll ? parcel.All : parcel.Goods, per, currency) is not { } value
                || Conversion.Of(parcel.All, per, currency) is not { } all) return null;
            if (band.UpTo is { } limit && value.Minor > limit.Minor) continue;
            var due = DueOf(all, band, facts.State?.Value);
            return due.Minor == 0 ? null : Told(band, country, parcel.Line,
                Conversion.Of(due, new(per.Denominator, per.Numerator), parcel.All.Currency) ?? due);
        }
        return Unknown(parcel, country);                                    // worth more than any band goes to
    }

    static Refusal Unknown(Coming parcel, string country) =>
        new(DutiesUnknown, KnowBefore, ("country", country)) { Field = $"lines[{parcel.Line}]" };

    /// <summary>Duty and tax on goods and shipping of that worth.</summary>
    /// <param name="region">The code of the state that it goes to; null: it isn't known.</param>
    public static Money DueOf(Money all, DutyBand band, string? region = null)
    {
        var duty = band.Duty.Of(all, Rounding.HalfToEven);
        if (band.Less.Minor > 0 && band.Less.Currency == all.Currency) duty -= band.Less;
        if (duty.Minor < 0) duty = Money.Zero(all.Currency);
        var tax = band.TaxOf(region);
        var rate = band.IsWithin ? new Ratio(tax.Numerator, tax.Denominator - tax.Numerator) : tax;
        return duty + rate.Of(all + duty, Rounding.HalfToEven);
    }

    static Refusal Told(DutyBand band, string country, int line, Money amount) => new(
        band.IsPrepaid ? DutiesPrepaid : DutiesOnDelivery, KnowBefore, ("country", country), ("amount", amount),
        ("more", band.IsWhole ? "duties-nothing-more" : "duties-by-tariff")) { Field = $"lines[{line}]" };
}
