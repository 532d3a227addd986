using CsCheck;
using Recourse.Catalog;
using Shouldly;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>How complete a listing is, and what to do about it.</summary>
[Trait("Capability", "INV-6")]
public sealed class CompletingAListing
{
    static readonly Offer Whole = new(
        "Hand-made cup of white stoneware", "home",
        [new(new("cup"), "White", Eur(3_33)), new(new("pot"), "Blue", Eur(12_50))], "DE", [new("DE", Eur(50))],
        new(350, new(120, 90, 90)), Description: new('a', 80),
        Specs: [new("material", "Stoneware"), new("dimensions", "12 x 9 cm"), new("Care", "Dishwasher")],
        Pictures: [new(new('a', 40), "A white cup", 640, 480), new(new('b', 40), "From above", 640, 480)]);

    static readonly SpecRules Rules = Published[0].Of<ListingRules>().Specs;

    static IEnumerable<string> Missing(Offer offer) =>
        ListingQuality.Of(offer, Rules).Missing.Select(s => $"{s.Code} {s.Points} {s.Field}");

    [Fact]
    public void A_listing_that_says_everything_lacks_nothing() => ListingQuality.Of(Whole, Rules).Score.ShouldBe(100);

    [Fact]
    public void What_is_missing_is_told_with_where_to_mend_it()
    {
        Missing(Whole with { Title = "Cup" }).ShouldBe(["title-short 15 title"]);
        Missing(Whole with { Title = "HAND-MADE CUP OF WHITE STONEWARE" }).ShouldBe(["title-shouts 5 title"]);
        Missing(Whole with { Category = "" }).ShouldBe(["no-category 15 category"]);
        Missing(Whole with { ShipsTo = [new("FR", Eur(50))] }).ShouldBe(["not-sent-at-home 5 shipsTo"]);
        Missing(Whole with { Variants = [Whole.Variants[0], Whole.Variants[1] with { Title = "white" }] })
            .ShouldBe(["variant-unnamed 5 variants[1].title"]);
        Missing(Whole with { Variants = [Whole.Variants[0] with { Title = "" }] }).ShouldBeEmpty();
        Missing(Whole with { Description = "A cup." }).ShouldBe(["few-words 10 description"]);
        Missing(Whole with { Pictures = null }).ShouldBe(["no-picture 20 pictures"]);
        Missing(Whole with { Pictures = [Whole.Seen[0]] }).ShouldBe(["one-picture 5 pictures"]);
        Missing(Whole with { Unit = null }).ShouldBe(["not-measured 5 unit.grams"]);
        Missing(Whole with { Unit = new(350) }).ShouldBe(["not-measured 5 unit.length"]);
        Missing(Whole with { Specs = [Whole.Said[0]] }).ShouldBe(
            ["spec-missing 7 specs.dimensions", "spec-missing 6 specs.care"]);
        Missing(Whole with { Category = "clothes", Specs = null }).Sum(m => int.Parse(m.Split(' ')[1], null))
            .ShouldBe(20);
        Missing(Whole with { Title = "كوب خزفي أبيض مصنوع يدويًا" }).ShouldBeEmpty();
    }

    [Fact]
    public void The_score_is_what_is_left_of_a_hundred() => Gen.Select(
        Gen.String, Gen.String[Gen.Char['A', 'Z'], 0, 60], Gen.Bool, Gen.Bool).Sample((a, b, plain, home) =>
    {
        var quality = ListingQuality.Of(Whole with
        {
            Title = plain ? a : b, Category = home ? "" : "home", ShipsTo = home ? [new("FR", Eur(1))] : Whole.ShipsTo,
            Specs = plain ? null : Whole.Specs, Pictures = home ? null : Whole.Pictures,
            Unit = home ? Whole.Unit : null,
            Description = plain ? null : a,
        }, Rules);
        quality.Score.ShouldBe(100 - quality.Missing.Sum(s => s.Points));
        quality.Score.ShouldBeInRange(0, 100);
    });
}
