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
        [new(new("cup"), "White", Eur(3_33)), new(new("pot"), "Blue", Eur(12_50))], "DE", [new("DE", Eur(50))]);

    static IEnumerable<string> Missing(Offer offer) =>
        ListingQuality.Of(offer).Missing.Select(s => $"{s.Code} {s.Points} {s.Field}");

    [Fact]
    public void A_listing_that_says_everything_lacks_nothing() => ListingQuality.Of(Whole).Score.ShouldBe(100);

    [Fact]
    public void What_is_missing_is_told_with_where_to_mend_it()
    {
        Missing(Whole with { Title = "Cup" }).ShouldBe(["title-short 30 title"]);
        Missing(Whole with { Title = "HAND-MADE CUP OF WHITE STONEWARE" }).ShouldBe(["title-shouts 10 title"]);
        Missing(Whole with { Category = "" }).ShouldBe(["no-category 30 category"]);
        Missing(Whole with { ShipsTo = [new("FR", Eur(50))] }).ShouldBe(["not-sent-at-home 10 shipsTo"]);
        Missing(Whole with { Variants = [Whole.Variants[0], Whole.Variants[1] with { Title = "white" }] })
            .ShouldBe(["variant-unnamed 20 variants[1].title"]);
        Missing(Whole with { Variants = [Whole.Variants[0] with { Title = "" }] }).ShouldBeEmpty();
        Missing(Whole with { Title = "كوب خزفي أبيض مصنوع يدويًا" }).ShouldBeEmpty();
    }

    [Fact]
    public void The_score_is_what_is_left_of_a_hundred() => Gen.Select(
        Gen.String, Gen.String[Gen.Char['A', 'Z'], 0, 60], Gen.Bool, Gen.Bool).Sample((a, b, plain, home) =>
    {
        var quality = ListingQuality.Of(Whole with
        {
            Title = plain ? a : b, Category = home ? "" : "home", ShipsTo = home ? [new("FR", Eur(1))] : Whole.ShipsTo,
        });
        quality.Score.ShouldBe(100 - quality.Missing.Sum(s => s.Points));
        quality.Score.ShouldBeInRange(0, 100);
    });
}
