using CsCheck;
using Xunit;
namespace Recourse.Tests;

public sealed class MoneyProperties
{
    static Money Eur(long cents) => new(cents, Currency.Eur);

    [Fact]
    public void A_split_adds_up_and_nobody_is_a_cent_off() =>
        Gen.Select(Gen.Long[0, 1_000_000_00], Gen.Int[1, 10_000].Array[1, 20]).Sample((cents, weights) =>
        {
            var (parts, total) = (Eur(cents).Split(weights), weights.Sum());
            Assert.Equal(Eur(cents), parts.Sum(Currency.Eur));
            Assert.All(parts.Zip(weights, (part, w) => part.Minor * total - cents * w), off =>
                Assert.InRange(off, 1 - total, total - 1));
        });

    [Fact]
    public void A_ratio_rounds_as_it_is_told()
    {
        var tenth = new Ratio(1, 10);
        Assert.Equal(Eur(2), tenth.Of(Eur(25), Rounding.TowardZero));
        Assert.Equal(Eur(2), tenth.Of(Eur(25), Rounding.HalfToEven));
        Assert.Equal(Eur(3), tenth.Of(Eur(25), Rounding.AwayFromZero));
        Assert.Equal(Eur(-3), tenth.Of(Eur(-25), Rounding.AwayFromZero));
    }

    [Theory]
    [InlineData(4498, "EUR", "44.98 EUR")]
    [InlineData(-5, "EUR", "-0.05 EUR")]
    [InlineData(500, "JPY", "500 JPY")]
    [InlineData(1, "KWD", "0.001 KWD")]
    public void An_amount_is_written_with_its_currencys_digits(long minor, string code, string text) =>
        Assert.Equal(text, new Money(minor, Currency.Of(code)).ToString());
}
