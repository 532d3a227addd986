using System.Collections.Frozen;
namespace Recourse.Adapters.Payments;

/// <summary>Our amounts in the provider's units. They are ISO 4217's, with a few exceptions.</summary>
/// <remarks>
/// docs.stripe.com/currencies: ISK and UGX are written with two decimals that must be 00, MGA with none; of the
/// currencies with three decimals five are taken, and the last digit must be 0. Nothing is ever rounded here.
/// </remarks>
public static class StripeAmounts
{
    /// <summary>The amount has more digits than the provider takes.</summary>
    public const string TooFine = "currency_precision";

    /// <summary>The provider doesn't take the currency.</summary>
    public const string NotTaken = "currency_unsupported";

    static readonly FrozenDictionary<string, int> Exceptions =
        new Dictionary<string, int> { ["ISK"] = 2, ["UGX"] = 2, ["MGA"] = 0 }.ToFrozenDictionary();

    static readonly FrozenSet<string> WithThree = new[] { "BHD", "JOD", "KWD", "OMR", "TND" }.ToFrozenSet();

    /// <summary>The amount in the provider's units, or why it can't be said in them.</summary>
    public static (long Amount, string? Wrong) ToStripe(Money money)
    {
        var (ours, theirs) = (money.Currency.Decimals, DecimalsOf(money.Currency));
        if (theirs is not { } decimals) return (0, NotTaken);
        if (decimals >= ours)
        {
            var amount = Int128.Min((Int128)money.Minor * Power(decimals - ours), long.MaxValue);
            return IsFine((long)amount, money.Currency) ? ((long)amount, null) : (0, TooFine);
        }
        var (whole, rest) = Math.DivRem(money.Minor, Power(ours - decimals));
        return rest is 0 ? (whole, null) : (0, TooFine);
    }

    /// <summary>An amount of the provider's as ours; null if it can't be one.</summary>
    public static Money? FromStripe(long amount, string? currency)
    {
        if (!Currency.TryParse(currency?.ToUpperInvariant(), out var known)) return null;
        if (DecimalsOf(known) is not { } decimals) return null;
        if (decimals <= known.Decimals)
        {
            var minor = (Int128)amount * Power(known.Decimals - decimals);
            return minor > long.MaxValue || minor < long.MinValue ? null : new((long)minor, known);
        }
        var (whole, rest) = Math.DivRem(amount, Power(decimals - known.Decimals));
        return rest is 0 ? new(whole, known) : null;
    }

    /// <summary>Whether the provider takes an amount in its own units as it is written.</summary>
    public static bool IsFine(long amount, Currency currency) =>
        (WithThree.Contains(currency.Code) ? 10
            : Exceptions.TryGetValue(currency.Code, out var d) && d > currency.Decimals ? Power(d) : 1) is var step
        && amount % step is 0;

    /// <summary>How many decimals the provider writes; null: it doesn't take the currency.</summary>
    static int? DecimalsOf(Currency currency) =>
        Exceptions.TryGetValue(currency.Code, out var decimals) ? decimals
        : currency.Decimals <= 2 || WithThree.Contains(currency.Code) ? currency.Decimals
        : null;

    static long Power(int digits) => digits switch { 0 => 1, 1 => 10, _ => 100 };
}
