using System.Globalization;
using Recourse.Catalog;
using Recourse.Exchange;
namespace Recourse.Web;

/// <summary>What a price follows, as people type and choose it.</summary>
static class PegField
{
    /// <summary>Ways for a price to end in a currency, as <c>step/least</c> in minor units.</summary>
    public static ImmutableArray<PriceEnding> EndingsFor(Currency currency)
    {
        var one = currency.Decimals switch { 0 => 100, 2 => 100, 3 => 1_000, _ => 10_000 };
        return
        [
            .. ((PriceEnding[])[
                currency.Decimals == 3 ? new(10, 0) : PriceEnding.Whole, new(one / 20, 0), new(one, 0),
                new(one, one - one / 100), new(one, one - one / 20)])
                .Where(e => e.IsFor(currency)).Distinct(),
        ];
    }

    /// <summary>How prices end so, e.g. <c>0.99, 1.99, 2.99 …</c></summary>
    public static string Show(PriceEnding ending, Currency currency)
    {
        var first = ending.At > 0 ? ending.At : ending.Step;
        return string.Join("  ", Enumerable.Range(0, 3)
            .Select(n => MoneyField.Show(new(first + (long)n * ending.Step, currency)))) + " …";
    }

    /// <summary>Hundredths of a percent as percent.</summary>
    public static string Show(int hundredths) =>
        hundredths % 100 == 0 ? $"{hundredths / 100}" : $"{hundredths / 100}.{hundredths % 100:D2}".TrimEnd('0');

    /// <summary>The peg of some fields, and all that can't be read of it.</summary>
    public static (Peg Peg, ImmutableArray<Refusal> Faults) Read(PegInput v, Currency of, string at)
    {
        List<Refusal> faults = [];
        if (!Currency.TryParse(v.BaseMoney, out var money))
        {
            faults.Add(ListingForm.NoSuchCurrency(v.BaseMoney, $"{at}.peg.baseCurrency"));
            money = of == Currency.Eur ? Currency.Of("USD") : Currency.Eur;
        }
        var (amount, fault) = MoneyField.Read(v.Base, money, $"{at}.peg.base");
        if (fault is not null) faults.Add(fault);
        var ending = EndingOf(v.Ending) ?? EndingsFor(of)[0];
        return (new(fault is null ? amount : new(10, money), BufferOf(v.Buffer), ending),
            [.. faults]);
    }

    /// <summary>What is no percentage is more than there may be, and refused as that.</summary>
    static int BufferOf(string text)
    {
        var parts = text.Trim().TrimEnd('%').TrimEnd().Split(['.', ',']);
        if (parts is [""]) return 0;
        if (parts.Length <= 2 && parts.All(p => p is { Length: > 0 and <= 4 } && p.All(char.IsAsciiDigit))
            && parts is [_] or [_, { Length: <= 2 }])
            return int.Parse(parts[0], CultureInfo.InvariantCulture) * 100
                + (parts is [_, var part] ? int.Parse(part.PadRight(2, '0'), CultureInfo.InvariantCulture) : 0);
        return Listing.LargestBuffer + 1;
    }

    /// <summary>Null: it is none.</summary>
    public static PriceEnding? EndingOf(string text) => text.Split('/') is [var step, var least]
        && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var s)
        && int.TryParse(least, NumberStyles.None, CultureInfo.InvariantCulture, out var l) ? new(s, l) : null;
}
