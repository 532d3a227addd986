namespace Recourse.Kernel;

/// <summary>What happens to the part of a minor unit.</summary>
public enum Rounding
{
    /// <summary>It is dropped.</summary>
    TowardZero,

    /// <summary>The nearer minor unit; from the middle, the even one.</summary>
    HalfToEven,

    /// <summary>It becomes a whole one, however small.</summary>
    AwayFromZero,
}

/// <summary>A percentage or a rate, exact. How to round is said where it is used.</summary>
public readonly record struct Ratio(long Numerator, long Denominator)
{
    /// <summary>This part of an amount, rounded to whole minor units.</summary>
    public Money Of(Money money, Rounding rounding)
    {
        var (whole, rest) = Int128.DivRem((Int128)money.Minor * Numerator, Denominator);
        var beyondHalf = 2 * Int128.Abs(rest) - Denominator;
        var away = rounding switch
        {
            Rounding.TowardZero   => false,
            Rounding.HalfToEven   => beyondHalf > 0 || (beyondHalf == 0 && Int128.IsOddInteger(whole)),
            Rounding.AwayFromZero => rest != 0,
        };
        return money with { Minor = (long)(whole + (away ? Int128.Sign((Int128)money.Minor * Numerator) : 0)) };
    }
}
