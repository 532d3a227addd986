using Xunit;
namespace Recourse.Tests;

/// <summary>Numbers of things, in the forms that each language has for them.</summary>
public sealed class CountingInWords
{
    [Theory]
    [InlineData("en", 0, "other"), InlineData("en", 1, "one"), InlineData("en", 2, "other")]
    [InlineData("pt-BR", 0, "one"), InlineData("pt-BR", 1, "one"), InlineData("pt-BR", 2, "other")]
    [InlineData("ar", 0, "zero"), InlineData("ar", 1, "one"), InlineData("ar", 2, "two"), InlineData("ar", 3, "few")]
    [InlineData("ar", 10, "few"), InlineData("ar", 11, "many"), InlineData("ar", 99, "many")]
    [InlineData("ar", 100, "other")]
    [InlineData("ar", 102, "other"), InlineData("ar", 103, "few"), InlineData("ar", 111, "many")]
    [InlineData("ar", long.MinValue, "few")]
    public void Takes_the_form_that_the_language_has(string language, long number, string form)
    {
        Assert.Equal(form, Plurals.FormOf(language, number));
        Assert.Contains(form, Plurals.FormsOf(language));
    }

    [Fact]
    public void Writes_numbers_and_amounts_as_the_language_does()
    {
        var arabic = Texts.In("ar", DateTimeZone.Utc);
        Assert.Equal("\u2067٤٬٨٥٠٫٩٨ EUR\u2069", arabic.Show(new Money(485_098, Currency.Eur)));
        Assert.Equal("١٢٣", arabic.Show((Value)123));
        Assert.Equal("\u2067−٠٫٠٥ EUR\u2069", arabic.Show(new Money(-5, Currency.Eur)));
        Assert.Equal("٨ أبريل ٢٠٢٦", arabic.Show((Value)Instant.FromUtc(2026, 4, 8, 12, 0)));
        Assert.True(arabic.IsRightToLeft);
        Assert.Equal("4,850.98 EUR", Texts.In("en", DateTimeZone.Utc).Show(new Money(485_098, Currency.Eur)));
    }

    [Fact]
    public void Says_none_one_and_several()
    {
        var english = Texts.In("en", DateTimeZone.Utc);
        Assert.Equal(["None left", "1 left", "7 left"], ((long[])[0, 1, 7]).Select(n => english.Counted("left", n)));
        Assert.Equal("Mug and 2 more", english.Fill("console.order.more", [("first", "Mug"), ("n", 2)]));
    }

    [Fact]
    public void Names_a_country_and_falls_back_to_what_it_knows()
    {
        var arabic = Texts.In("ar", DateTimeZone.Utc);
        Assert.Contains("ألمانيا", arabic.Fill("checkout.not-shipped-there", [("title", "Mug"), ("country", "DE")]),
            StringComparison.Ordinal);
        Assert.Equal("Edition 2 was published, in force from \u2068x\u2069.",
            arabic.Fill("event.rulebook.published", [("version", 2), ("from", "x")]).Replace("٢", "2"));
    }
}
