using System.Collections.Immutable;
using CsCheck;
using Recourse.Adapters.Addresses;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Orders;
using Shouldly;
using Xunit;
namespace Recourse.Tests;

/// <summary>What is found in an address before anything is bought, and what is offered instead.</summary>
[Trait("Capability", "CHK-3")]
public sealed class LookingAtAnAddress
{
    static readonly Address Ana = new(
        "Ana Prado", ["Rua das Flores, 10"], "Curitiba", "PR", "80020-310", "BR", "+55 41 3333-4444");

    static (AddressTrouble, AddressPart, string?)[] Of(Address address) =>
        [.. AddressChecks.Of(address).Select(m => (m.Trouble, m.Part, m.Instead))];

    [Fact]
    public void Finds_nothing_in_one_that_is_right() => Of(Ana).ShouldBeEmpty();

    [Theory]
    [InlineData("SG", "", null, "546080")]                   // no town
    [InlineData("AE", "Dubai", null, null)]                  // no postcodes
    [InlineData("DE", "Berlin", "Berlin", "10115")]          // a region that the post doesn't ask for
    [InlineData("JP", "港区", "Tokyo", "105-0011")]          // a region in Latin letters
    [InlineData("JP", "港区", "東京都", "１０５ー００１１")]  // signs of full width
    [InlineData("US", "Austin", "Texas", "78701")]
    [InlineData("US", "Austin", "tx", "78701-1234")]
    [InlineData("GB", "London", null, "sw1a 2aa")]
    [InlineData("IE", "Dublin", "Dublin", "D02 AF30")]       // newer than the list of forms
    [InlineData("KR", "종로구", "서울특별시", "03051")]
    [InlineData("CA", "Montréal", "Québec", "H3Z 2Y7")]
    public void Knows_how_addresses_are_written(string country, string city, string? region, string? postcode) =>
        Of(Ana with { Country = country, City = city, Region = region, Postcode = postcode, Phone = null })
            .ShouldBeEmpty();

    [Fact]
    public void Tells_all_that_is_missing_by_country_at_once()
    {
        var empty = new Address("", [], "", null, null, "BR", null);
        Of(empty).Select(m => m.Item2).Order().ShouldBe(
            [AddressPart.Name, AddressPart.Lines, AddressPart.City, AddressPart.Region, AddressPart.Postcode]);
        Of(empty with { Country = "AE" }).Select(m => m.Item2).Order().ShouldBe(
            [AddressPart.Name, AddressPart.Lines, AddressPart.City]);
    }

    [Fact]
    public void Offers_the_region_that_a_postcode_is_in()
    {
        Of(Ana with { Region = null }).ShouldBe([(AddressTrouble.Missing, AddressPart.Region, "PR")]);
        Of(Ana with { Region = "Parana do Sul" })
            .ShouldBe([(AddressTrouble.NoSuchRegion, AddressPart.Region, "PR")]);
        var mark = AddressChecks.Of(Ana with { Region = "SP", City = "Campinas" }).ShouldHaveSingleItem();
        (mark.Trouble, mark.Part, mark.Instead, mark.Other)
            .ShouldBe((AddressTrouble.PostcodeElsewhere, AddressPart.Postcode, "PR", AddressPart.Region));
    }

    [Theory]
    [InlineData("BR", "PR", "80O20310", "80020-310")]
    [InlineData("PT", null, "1100148", "1100-148")]
    [InlineData("DE", null, "D-10115", "10115")]
    [InlineData("GB", null, "SWIA2AA", "SW1A 2AA")]
    [InlineData("DE", null, "1011", null)]
    public void Mends_a_postcode_where_the_signs_are_there(
        string country, string? region, string written, string? mended) =>
        Of(Ana with { Country = country, Region = region, Postcode = written, Phone = null, City = "X" })
            .ShouldContain((AddressTrouble.PostcodeForm, AddressPart.Postcode, mended));

    [Fact]
    public void Offers_the_town_that_was_probably_meant() =>
        Of(Ana with { City = "Curitba" }).ShouldBe([(AddressTrouble.TownMistyped, AddressPart.City, "Curitiba")]);

    [Fact]
    public void Says_nothing_of_a_town_that_is_on_no_list() =>
        Of(Ana with { City = "Vila Nova de Dentro" }).ShouldBeEmpty();

    [Theory]
    [InlineData("12", AddressTrouble.PhoneForm)]
    [InlineData("call me", AddressTrouble.PhoneForm)]
    [InlineData("+49 30 123456", AddressTrouble.PhoneElsewhere)]
    public void Looks_at_the_phone(string phone, AddressTrouble trouble) =>
        Of(Ana with { Phone = phone }).Select(m => m.Item1).ShouldBe([trouble]);

    [Fact]
    public void Takes_out_what_no_label_shows()
    {
        Of(Ana with { Lines = ["Rua das Flores 🌸, 10"] })
            .ShouldBe([(AddressTrouble.Unprintable, AddressPart.Lines, "Rua das Flores , 10")]);
        Of(Ana with { City = "🏙️" }).ShouldContain((AddressTrouble.Unprintable, AddressPart.City, null));
        Of(Ana with { Name = "Ana \u202Eodarp" })
            .ShouldBe([(AddressTrouble.Unprintable, AddressPart.Name, "Ana odarp")]);
    }

    public static TheoryData<string> Names
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            return [.. File.ReadAllLines(Path.Combine(folder, "Names.txt"))];
        }
    }

    [Fact]
    public void There_are_two_hundred_shapes_of_names() => Names.Count.ShouldBeGreaterThanOrEqualTo(200);

    [Theory, MemberData(nameof(Names))]
    public void Lets_everybody_be_called_as_they_are(string name) => Of(Ana with { Name = name }).ShouldBeEmpty();

    [Theory]
    [InlineData("test")]
    [InlineData("Test Test")]
    [InlineData("asdf")]
    [InlineData("aaa")]
    [InlineData("xxx xxx")]
    [InlineData("...")]
    [InlineData("12345")]
    [InlineData("ana@example.org")]
    [InlineData("www.ana.example")]
    [InlineData("Unknown")]
    [InlineData("first name last name")]
    [InlineData("Ana 5551234")]
    public void Asks_about_what_nobody_is_called(string name) =>
        Of(Ana with { Name = name }).ShouldContain((AddressTrouble.NameImplausible, AddressPart.Name, null));

    [Theory]
    [InlineData("J.")]
    [InlineData("J. K.")]
    [InlineData("a b")]
    [InlineData("x")]
    [InlineData("Mr.")]
    [InlineData("Prof. Dr.")]
    public void Asks_for_the_rest_of_a_name(string name) =>
        Of(Ana with { Name = name }).ShouldBe([(AddressTrouble.NameIncomplete, AddressPart.Name, null)]);

    [Theory]
    [InlineData("4242424242424242", true)]
    [InlineData("my card is 4242 4242 4242 4242 ok", true)]
    [InlineData("378282246310005", true)]
    [InlineData("4242424242424241", false)]
    [InlineData("+4242424242424242", false)]
    [InlineData("Rua 10, 80020-310", false)]
    public void Knows_a_card_number(string text, bool isOne) => CardNumbers.AreIn(text).ShouldBe(isOne);

    [Fact]
    public void Every_country_can_be_written_to_and_its_own_examples_are_right()
    {
        foreach (var country in Countries.All)
        {
            var format = AddressFormats.Of(country);
            format.Parts.ShouldContain(AddressPart.Lines, country);
            foreach (var example in format.Examples)
                format.Postcode!.IsMatch(example).ShouldBeTrue($"{country} {example}");
            foreach (var region in format.Regions)
                format.RegionOf(region.Key).ShouldNotBeNull($"{country} {region.Key}");
        }
    }

    [Fact]
    public void What_is_offered_instead_settles_it_and_nothing_throws()
    {
        string[] odd = ["", "🌸", "SP", "Curitba", "80020310", "1", "x"], countries = [.. Countries.All];
        var text = Gen.OneOf(Gen.String[0, 30], Gen.Int[0, odd.Length - 1].Select(i => odd[i]));
        var where = Gen.Int[0, countries.Length - 1].Select(i => countries[i]);
        Gen.Select(text, text, text, text, text, where).Sample((name, line, city, region, code, country) =>
        {
            var address = new Address(name, [line], city, region, code, country, code);
            foreach (var mark in AddressChecks.Of(address))
                if (mark is { Instead: { } instead, Trouble: not AddressTrouble.PhoneForm })
                {
                    var mended = AddressChecks.With(address, mark.Other ?? mark.Part, instead);
                    AddressChecks.Of(mended).ShouldNotContain(m => m.Trouble == mark.Trouble && m.Part == mark.Part,
                        $"{mark} of {address}");
                }
        });
    }
}
