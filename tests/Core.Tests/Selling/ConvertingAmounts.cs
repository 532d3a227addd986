using System.Collections.Immutable;
using System.Numerics;
using CsCheck;
using Recourse.Exchange;
using Shouldly;
using Xunit;
namespace Recourse.Tests;

/// <summary>Rates of several sources, one after the other, and amounts that end as they should.</summary>
[Trait("Capability", "INV-4")]
public sealed class ConvertingAmounts
{
    static readonly Currency Usd = Currency.Of("USD"), Pln = Currency.Of("PLN"), Kwd = Currency.Of("KWD"),
        Jpy = Currency.Of("JPY");

    static readonly LocalDate Tuesday = new(2026, 3, 3), LastWednesday = new(2026, 2, 25);

    static readonly RateTable Table = new(
    [
        new("ecb", Tuesday,
        [
            new(Currency.Eur, Usd, new(10705, 10_000)), new(Currency.Eur, Pln, new(4309, 1_000)),
            new(Currency.Eur, Jpy, new(17194, 100)),
        ]),
        new("nbp", LastWednesday, [new(Kwd, Pln, new(144247, 10_000))]),
    ]);

    static Money Eur(long cents) => new(cents, Currency.Eur);

    [Fact]
    public void A_source_s_own_rate_is_taken_as_it_is_in_both_directions()
    {
        Table.Between(Currency.Eur, Usd).ShouldBe(new(new(10705, 10_000), Tuesday, "ecb"));
        Table.Between(Usd, Currency.Eur).ShouldBe(new(new(10_000, 10705), Tuesday, "ecb"));
    }

    [Fact]
    public void Over_two_sources_it_is_as_old_as_the_older_one()
    {
        var mark = Table.Between(Kwd, Usd)!;                                // by PLN and EUR
        (mark.Date, mark.Sources).ShouldBe((LastWednesday, "nbp+ecb"));
        // 14.4247 / 4.309 * 1.0705 = 3.58357886980737…
        Conversion.Of(new(1_000, Kwd), mark.Per, Usd).ShouldBe(new Money(358, Usd));
        mark.Per.ShouldBe(new(358357886981, 100_000_000_000));
    }

    [Fact]
    public void What_no_source_says_is_not_known()
    {
        Table.Between(Currency.Eur, Currency.Of("GBP")).ShouldBeNull();
        Table.Between(Currency.Eur, Currency.Eur).ShouldBeNull();
        RateTable.Empty.Between(Currency.Eur, Usd).ShouldBeNull();
    }

    [Theory]
    [InlineData(10_00, 1, 0, 10_71)]        // 10.705, half up
    [InlineData(10_00, 100, 99, 10_99)]
    [InlineData(9_80, 100, 99, 10_99)]      // 10.4909: 10.99 is nearer than 9.99 by a hair
    [InlineData(9_79, 100, 99, 9_99)]
    [InlineData(10_00, 5, 0, 10_70)]
    [InlineData(1, 100, 99, 99)]            // never for nothing
    public void Prices_end_as_they_should(long cents, int step, int at, long expected) =>
        Conversion.Of(Eur(cents), new(10705, 10_000), Usd, new(step, at)).ShouldBe(new Money(expected, Usd));

    [Theory]
    [InlineData("JPY", 1_719)]              // no decimals
    [InlineData("KWD", 2_987)]              // three: 4.309 / 14.4247 each
    public void Minor_units_are_those_of_the_currency(string code, long expected)
    {
        var to = Currency.Of(code);
        Conversion.Of(Eur(10_00), Table.Between(Currency.Eur, to)!.Per, to).ShouldBe(new Money(expected, to));
    }

    [Fact]
    public void What_does_not_fit_is_no_amount()
    {
        Conversion.Of(Eur(Money.Most), new(17194, 100), Jpy).ShouldBe(null);
        Conversion.Of(Eur(Money.Most), new(long.MaxValue, 1), Usd).ShouldBe(null);
    }

    [Fact]
    public void A_converted_price_is_the_nearest_that_ends_so() => Gen.Select(
        Gen.Long[1, 1_000_000_000], Gen.Long[1, 1_000_000_000], Gen.Long[1, 1_000_000_000], Gen.Int[1, 1_000],
        Gen.Int[0, 999]).Sample((minor, top, bottom, step, at) =>
    {
        var ending = new PriceEnding(step, at % step);
        if (Conversion.Of(Eur(minor), new(top, bottom), Usd, ending) is not { } price) return;
        (price.Minor % step).ShouldBe(ending.At);
        // Twice the distance to the exact amount, in units of the bottom, is at most a step, unless it is the least.
        var off = BigInteger.Abs(new BigInteger(price.Minor) * bottom - new BigInteger(minor) * top);
        (2 * off <= (BigInteger)step * bottom || price.Minor <= step).ShouldBeTrue();
    });

    [Fact]
    public void Several_rates_in_a_row_are_right_to_eleven_digits() => Gen.Select(
        Gen.Long[1, 1_000_000_000], Gen.Long[1, 1_000_000_000], Gen.Long[1, 1_000_000_000], Gen.Long[1, 1_000_000_000])
        .Sample((a, b, c, d) =>
    {
        var exact = (Top: new BigInteger(a) * c, Bottom: new BigInteger(b) * d);
        if (exact.Top * 10 < exact.Bottom || exact.Top > exact.Bottom * 1_000_000) return;
        var product = RateTable.Product([new(a, b), new(c, d)]);
        var off = BigInteger.Abs(exact.Top * product.Denominator - exact.Bottom * product.Numerator);
        (off * 100_000_000_00 <= exact.Top * product.Denominator).ShouldBeTrue();
    });

    [Theory]
    [InlineData(10705, 10919, 200, false)]  // 1.999 %
    [InlineData(10705, 10920, 200, true)]   // 2.008 %
    [InlineData(10705, 10490, 200, true)]
    [InlineData(10705, 10705, 0, false)]
    [InlineData(10705, 10706, 0, true)]
    public void A_rate_is_beyond_the_buffer_or_it_is_not(long was, long now, int buffer, bool beyond) =>
        Conversion.IsBeyond(new(was, 10_000), new(now, 10_000), buffer).ShouldBe(beyond);
}
