using System.Numerics;
namespace Recourse.Exchange;

/// <summary>What one unit of a currency was worth in another.</summary>
/// <param name="Per">So many of <paramref name="To"/> for one of <paramref name="From"/>, as the source has it.</param>
public sealed record Rate(Currency From, Currency To, Ratio Per);

/// <summary>The rates that a source gave for a day. All of them are against one currency.</summary>
/// <param name="Source">The source's code, e.g. <c>ecb</c>.</param>
/// <param name="Date">The day that they are of.</param>
public sealed record RateSheet(string Source, LocalDate Date, ImmutableArray<Rate> Rates);

/// <summary>A rate that was used, and where it came from.</summary>
/// <param name="Per">So many of one currency for one of the other.</param>
/// <param name="Date">The day of the oldest rate in it.</param>
/// <param name="Sources">Codes of their sources, joined by a plus.</param>
public sealed record RateMark(Ratio Per, LocalDate Date, string Sources);

/// <summary>What is known of exchange rates: the newest sheet of each source.</summary>
public sealed record RateTable(ImmutableArray<RateSheet> Sheets)
{
    const int MostLegs = 3;

    /// <summary>So many digits has a rate that is made of several; those of the sources have six or seven.</summary>
    const int Digits = 12;

    /// <summary>Nothing.</summary>
    public static readonly RateTable Empty = new([]);

    /// <summary>
    /// From one currency to another over the fewest rates, at most three, as from KWD by PLN to EUR; null: no source
    /// says.
    /// </summary>
    public RateMark? Between(Currency from, Currency to)
    {
        if (from == to) return null;
        var legs = Sheets.SelectMany(s => s.Rates.SelectMany(r => (Leg[])
            [new(r.From, r.To, r.Per, s), new(r.To, r.From, new(r.Per.Denominator, r.Per.Numerator), s)]))
            .ToLookup(l => l.From);
        List<ImmutableArray<Leg>> ways = [[]];
        HashSet<Currency> seen = [from];
        for (var n = 0; n < MostLegs; n++)
        {
            ways = [.. ways.SelectMany(w => legs[w.IsEmpty ? from : w[^1].To].Where(l => !seen.Contains(l.To))
                .Select(l => w.Add(l))).DistinctBy(w => w[^1].To)];
            if (ways.FirstOrDefault(w => w[^1].To == to) is { IsDefault: false } way) return Along(way);
            seen.UnionWith(ways.Select(w => w[^1].To));
        }
        return null;
    }

    static RateMark Along(ImmutableArray<Leg> way) => new(
        way is [var only] ? only.Per : Product(way.Select(l => l.Per)), way.Min(l => l.Sheet.Date),
        string.Join('+', way.Select(l => l.Sheet.Source).Distinct()));

    /// <summary>Several rates one after the other, rounded half up to twelve digits.</summary>
    public static Ratio Product(IEnumerable<Ratio> rates)
    {
        var (top, bottom) = rates.Aggregate(
            (Top: BigInteger.One, Bottom: BigInteger.One), (p, r) => (p.Top * r.Numerator, p.Bottom * r.Denominator));
        var scale = 0;
        var least = BigInteger.Pow(10, Digits - 1);
        while (scale < Digits && top * BigInteger.Pow(10, scale) / bottom < least) scale++;
        var ten = BigInteger.Pow(10, scale);
        var rounded = (2 * top * ten + bottom) / (2 * bottom);
        var common = BigInteger.GreatestCommonDivisor(rounded, ten);
        return new((long)(rounded / common), (long)(ten / common));
    }

    sealed record Leg(Currency From, Currency To, Ratio Per, RateSheet Sheet);
}

/// <summary>Amounts in another currency. Whole minor units throughout, and what doesn't fit isn't an amount.</summary>
public static class Conversion
{
    /// <summary>Rounded to the nearest minor unit, half up; null: it is more than any order may hold.</summary>
    public static Money? Of(Money amount, Ratio per, Currency to) => Of(amount, per, to, PriceEnding.Whole);

    /// <summary>The nearest amount that ends so, half up; null: it is more than any order may hold.</summary>
    public static Money? Of(Money amount, Ratio per, Currency to, PriceEnding ending)
    {
        var decimals = to.Decimals - amount.Currency.Decimals;
        var top = new BigInteger(amount.Minor) * per.Numerator * BigInteger.Pow(10, Math.Max(0, decimals));
        var bottom = new BigInteger(per.Denominator) * BigInteger.Pow(10, Math.Max(0, -decimals));
        // The nearest n with ending + n * step: half a step up, and down to a whole one.
        var steps = Floor(2 * (top - ending.At * bottom) + ending.Step * bottom, 2 * ending.Step * bottom);
        var minor = ending.At + steps * ending.Step;
        while (minor < 1 && amount.Minor > 0) minor += ending.Step;
        return minor > Money.Most || minor < 0 ? null : new((long)minor, to);
    }

    static BigInteger Floor(BigInteger top, BigInteger bottom)
    {
        var whole = BigInteger.DivRem(top, bottom, out var rest);
        return rest.Sign < 0 ? whole - 1 : whole;
    }

    /// <summary>Whether a rate has moved by more than so many hundredths of a percent.</summary>
    public static bool IsBeyond(Ratio was, Ratio now, int hundredths)
    {
        var (then, today) = (new BigInteger(was.Numerator) * now.Denominator,
            new BigInteger(now.Numerator) * was.Denominator);
        return BigInteger.Abs(today - then) * 10_000 > then * hundredths;
    }
}

/// <summary>A price that follows an exchange rate.</summary>
/// <param name="Base">What the seller wants for one unit, in another currency than the price is in.</param>
/// <param name="Buffer">So far the rate may move until the price does, in hundredths of a percent.</param>
/// <param name="Ending">How the price ends.</param>
/// <param name="At">The rate that the price was made of; null: none yet.</param>
public sealed record Peg(Money Base, int Buffer, PriceEnding Ending, RateMark? At = null);

/// <summary>How prices end: 100 and 99 at …,99; 5 and 0 at whole five cents; 1 and 0 as it comes.</summary>
/// <param name="Step">From one such price to the next.</param>
/// <param name="At">The least of them.</param>
public readonly record struct PriceEnding(int Step, int At)
{
    /// <summary>Any whole minor unit.</summary>
    public static readonly PriceEnding Whole = new(1, 0);

    /// <summary>Largest step, in minor units.</summary>
    public const int LargestStep = 1_000_000;

    /// <summary>Whether it can be one, for prices in that currency: cards take no third decimal but 0.</summary>
    public bool IsFor(Currency currency) => Step is >= 1 and <= LargestStep && At >= 0 && At < Step
        && (currency.Decimals != 3 || (Step % 10 == 0 && At % 10 == 0));
}
