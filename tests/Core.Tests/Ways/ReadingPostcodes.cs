using CsCheck;
using Recourse.Adapters.Rulebooks;
using Recourse.Ways;
using Xunit;
namespace Recourse.Tests;

[Trait("Capability", "CHK-4")]
public sealed class ReadingPostcodes
{
    static readonly ShippingRules Rules = RulebookFile.Shipped().Of<ShippingRules>();

    [Theory]
    [InlineData("US", "99501", "us-alaska")]
    [InlineData("US", "96815-1234", "us-hawaii")]
    [InlineData("US", "00901", "us-puerto-rico")]
    [InlineData("US", "90210", null)]
    [InlineData("BR", "69005-070", "br-north")]
    [InlineData("BR", "77001-002", "br-north")]
    [InlineData("BR", "01310-100", null)]
    [InlineData("GB", "IV40 8DY", "gb-highlands")]
    [InlineData("GB", "kw1 5nl", "gb-highlands")]
    [InlineData("GB", "ZE1 0AA", "gb-islands")]
    [InlineData("GB", "BT9 5AB", "gb-northern-ireland")]
    [InlineData("GB", "PA1 1AA", null)]                          // Paisley itself lies near Glasgow
    [InlineData("GB", "AB10 1XG", null)]
    [InlineData("GB", "B1 1BB", null)]                           // Birmingham, whose letter Belfast's begin with
    [InlineData("DE", "25980", "de-islands")]
    [InlineData("DE", "10115", null)]
    [InlineData("CN", "850000", "cn-tibet")]
    [InlineData("FR", "99501", null)]
    [InlineData("US", null, null)]
    [InlineData("GB", "IV", null)]
    public void Tells_what_lies_far_out(string country, string? postcode, string? area) =>
        Assert.Equal(area, Rules.AreaOf(country, postcode));

    [Theory]
    [InlineData("995-999", "995", true), InlineData("995-999", "999", true), InlineData("995-999", "994", false)]
    [InlineData("AB31-AB38", "AB35 1AA", true), InlineData("AB31-AB38", "AB3 1AA", false)]
    public void Takes_both_ends_of_a_range(string range, string postcode, bool has) =>
        Assert.Equal(has, Postcodes.Read(range)!.Value.Has(postcode));

    [Theory, InlineData(""), InlineData("-"), InlineData("99-995"), InlineData("AB31-AC38"), InlineData("999-995"),
     InlineData("ab1"), InlineData("1-2-3")]
    public void Knows_what_is_no_range(string text) => Assert.Null(Postcodes.Read(text));

    [Fact]
    public void Never_stumbles_over_what_people_write() => Gen.Select(
        Gen.OneOf("GB", "US", "DE", "BR", "XX"), Gen.String).Sample(
            (country, text) => { Rules.AreaOf(country, text); });
}
