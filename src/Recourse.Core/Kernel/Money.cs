namespace Recourse.Kernel;

/// <summary>An exact amount in minor units. Mixing currencies is a bug, so it throws; it is never a refusal.</summary>
/// <param name="Minor">Minor units of the currency (cents; yen; fils).</param>
/// <param name="Currency">ISO 4217.</param>
public readonly record struct Money(long Minor, Currency Currency)
{
    /// <summary>Largest amount that a single order may hold, in minor units: sums of them can't overflow.</summary>
    public const long Most = 1_000_000_000_000;

    /// <summary>Nothing, in a currency.</summary>
    public static Money Zero(Currency currency) => new(0, currency);

    /// <summary>Checked sum; throws on mixed currencies.</summary>
    public static Money operator +(Money a, Money b) => a with { Minor = a.Minor + b.In(a.Currency) };

    /// <summary>Checked difference; throws on mixed currencies.</summary>
    public static Money operator -(Money a, Money b) => a with { Minor = a.Minor - b.In(a.Currency) };

    /// <summary>Checked multiple.</summary>
    public static Money operator *(Money a, int times) => a with { Minor = a.Minor * times };

    long In(Currency expected) =>
        Currency == expected ? Minor : throw new InvalidOperationException($"{Currency} met {expected}.");

    /// <summary>Parts in proportion that add up to the cent: the largest remainders get the odd cents.</summary>
    public ImmutableArray<Money> Split(IEnumerable<int> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Minor);
        var (whole, all) = (this, weights.ToArray());
        var total = all.Sum(w => (long)w);
        var parts = all.Select(w => Int128.DivRem((Int128)whole.Minor * w, total)).ToArray();
        var odd = (int)(whole.Minor - parts.Sum(p => (long)p.Quotient));
        var lucky = parts.Index().OrderByDescending(p => p.Item.Remainder).Take(odd).Select(p => p.Index).ToHashSet();
        return [.. parts.Select((p, i) => whole with { Minor = (long)p.Quotient + (lucky.Contains(i) ? 1 : 0) })];
    }

    /// <summary>For logs and tests, e.g. <c>44.98 EUR</c>; people's pages write it by locale.</summary>
    public override string ToString()
    {
        var digits = Math.Abs(Minor).ToString($"D{Currency.Decimals + 1}");
        var cents = digits[^Currency.Decimals..];
        return $"{(Minor < 0 ? "-" : "")}{digits[..^cents.Length]}{(cents is "" ? "" : ".")}{cents} {Currency}";
    }
}

/// <summary>Sums of money.</summary>
public static class Moneys
{
    /// <summary>Checked sum; zero of the currency for none.</summary>
    public static Money Sum(this IEnumerable<Money> parts, Currency currency) =>
        parts.Aggregate(Money.Zero(currency), (a, b) => a + b);
}

/// <summary>A place where money stands, as a path. Only its owner moves it; what crosses goes by transit/….</summary>
public readonly record struct Account(string Path)
{
    /// <inheritdoc/>
    public override string ToString() => Path;
}

/// <summary>Money moves from one account to another, so an entry can't be unbalanced.</summary>
public sealed record Transfer(Account From, Account To, Money Amount);
