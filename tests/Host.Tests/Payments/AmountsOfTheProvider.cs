using CsCheck;
using Recourse.Adapters.Payments;
using Xunit;
namespace Recourse.Tests.Payments;

/// <summary>Our amounts in the provider's units, and back.</summary>
public sealed class AmountsOfTheProvider
{
    [Theory]
    [InlineData("EUR", 44_98, 44_98)]
    [InlineData("JPY", 500, 500)]
    [InlineData("KWD", 5_120, 5_120)]
    [InlineData("ISK", 5, 500)]
    [InlineData("UGX", 5, 500)]
    [InlineData("MGA", 500, 5)]
    [InlineData("HUF", 10_45, 10_45)]
    public void Are_ours_but_for_a_few_currencies(string code, long minor, long theirs)
    {
        var ours = new Money(minor, Currency.Of(code));
        Assert.Equal((theirs, null), StripeAmounts.ToStripe(ours));
        Assert.Equal(ours, StripeAmounts.FromStripe(theirs, code.ToLowerInvariant()));
    }

    [Theory]
    [InlineData("KWD", 5_124, "currency_precision")]
    [InlineData("MGA", 501, "currency_precision")]
    [InlineData("IQD", 5_120, "currency_unsupported")]
    [InlineData("CLF", 10_000, "currency_unsupported")]
    public void Are_never_rounded(string code, long minor, string wrong) =>
        Assert.Equal((0, wrong), StripeAmounts.ToStripe(new(minor, Currency.Of(code))));

    [Theory]
    [InlineData(550, "isk")]
    [InlineData(5, "xxx")]
    [InlineData(5, null)]
    public void Are_none_of_ours_if_they_cannot_be(long theirs, string? code) =>
        Assert.Null(StripeAmounts.FromStripe(theirs, code));

    [Fact]
    public void Come_back_as_they_went()
    {
        string[] codes = ["EUR", "USD", "BRL", "JPY", "KWD", "TND", "ISK", "UGX", "MGA", "HUF", "IQD", "UYW"];
        Gen.Select(Gen.Long[0, Money.Most], Gen.Int[0, codes.Length - 1].Select(i => codes[i])).Sample((minor, code) =>
        {
            var ours = new Money(minor, Currency.Of(code));
            var (theirs, wrong) = StripeAmounts.ToStripe(ours);
            if (wrong is null) Assert.Equal(ours, StripeAmounts.FromStripe(theirs, code));
        });
    }
}
