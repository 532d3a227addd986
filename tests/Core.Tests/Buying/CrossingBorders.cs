using System.Collections.Immutable;
using CsCheck;
using Recourse.Adapters.Rulebooks;
using Recourse.Checkouts;
using Recourse.Exchange;
using Shouldly;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

/// <summary>What is due at a border is told before it is paid, or that nobody can tell.</summary>
[Trait("Capability", "CHK-7")]
public sealed class CrossingBorders
{
    static readonly Currency Gbp = Currency.Of("GBP"), Usd = Currency.Of("USD");

    static readonly UsedRate InPounds = Rate(Gbp, 85, 100), InDollars = Rate(Usd, 110, 100);

    static UsedRate Rate(Currency to, long top, long bottom) =>
        new(Currency.Eur, to, new(new(top, bottom), new(2026, 3, 3), "ecb"));

    /// <summary>Of cups that cost as much in goods, with two euros of shipping, from one country to another.</summary>
    static ImmutableArray<Checkout.Finding> Found(
        long goods, string from, string to, UsedRate? rate = null, Currency? follows = null)
    {
        var basket = BasketOf(SixCups with { Quantity = 1, UnitPrice = null }) with { Country = to };
        var quote = new Quoted("Cup", Eur(goods), Eur(2_00), Offered: true, from, Follows: follows);
        return Checkout.Findings(basket, new(
            [new(quote, Wednesday, "test")], Rates: rate is null ? null : new(new([rate]), Wednesday, "test")),
            new(Buyer, Wednesday, Published));
    }

    static string Said(long goods, string from, string to, UsedRate? rate = null) =>
        Texts.In("en", DateTimeZone.Utc).Fill(
            Found(goods, from, to, rate).Single().What.Code, Found(goods, from, to, rate).Single().What.Facts);

    [Theory]
    [InlineData("DE", "DE")]
    [InlineData("DE", "FR")]                // within the union
    [InlineData("GB", "JP")]                // nothing is known of it
    public void Nothing_is_said_where_nothing_is_due_or_known(string from, string to) =>
        Found(20_00, from, to).ShouldBeEmpty();

    [Fact]
    public void Up_to_the_limit_it_is_the_tax_alone_and_beyond_it_a_duty_may_come()
    {
        // 19 % of 22 euros; of 202 euros.
        Said(20_00, "BR", "DE").ShouldBe(
            "Germany will ask for about 4.18 EUR of duty and tax, to be paid when it arrives. "
            + "Nothing more should be due.");
        Said(200_00, "BR", "DE").ShouldBe(
            "Germany will ask for about 38.38 EUR of duty and tax, to be paid when it arrives. "
            + "Depending on the goods, a duty by tariff comes on top.");
        Said(150_00, "BR", "DE").ShouldContain("Nothing more");
        Said(150_01, "BR", "DE").ShouldContain("on top");
    }

    [Fact]
    public void A_limit_in_another_currency_is_seen_by_today_s_rate()
    {
        // 135 pounds are 158.82 euros.
        Said(158_82, "DE", "GB", InPounds).ShouldContain("Nothing more");
        Said(158_90, "DE", "GB", InPounds).ShouldContain("on top");
        Said(158_82, "DE", "GB", InPounds).ShouldContain("32.16 EUR");       // 20 % of 160.82
    }

    [Fact]
    public void Without_a_rate_nothing_is_guessed() =>
        Found(20_00, "DE", "GB").ShouldHaveSingleItem().What.Code.ShouldBe(Checkout.DutiesUnknown);

    [Fact]
    public void Brazil_s_tax_is_reckoned_within_itself()
    {
        // 22.00 EUR are 24.20 USD: duty 4.84; (24.20 + 4.84) * 17 / 83 = 5.95; 10.79 USD are 9.81 EUR.
        Said(20_00, "DE", "BR", InDollars).ShouldContain("9.81 EUR");
        // 102.00 EUR are 112.20 USD: 67.32 - 20 = 47.32; 159.52 * 17 / 83 = 32.67; 79.99 USD are 72.72 EUR.
        Said(100_00, "DE", "BR", InDollars).ShouldContain("72.72 EUR");
        Found(5_000_00, "DE", "BR", InDollars).ShouldHaveSingleItem().What.Code.ShouldBe(Checkout.DutiesUnknown);
    }

    [Theory]
    [InlineData("SP", 595)]                 // (24.20 + 4.84) * 17 / 83
    [InlineData("MG", 726)]                 // (24.20 + 4.84) * 20 / 80
    [InlineData(null, 595)]
    public void Its_states_take_each_their_own(string? state, long tax)
    {
        var rules = Published[0].Of<CheckoutRules>().Duties!;
        rules.IsByState("BR").ShouldBeTrue();
        rules.IsByState("DE").ShouldBeFalse();
        Checkout.DueOf(new(24_20, Usd), rules.To["BR"][0], state).Minor.ShouldBe(4_84 + tax);
    }

    [Fact]
    public void The_state_that_it_goes_to_decides()
    {
        var basket = BasketOf(SixCups with { Quantity = 1, UnitPrice = null }) with { Country = "BR" };
        Refusal DutiesIn(string state) => Checkout.Findings(basket, new(
            [new(new("Cup", Eur(20_00), Eur(2_00), true, "DE"), Wednesday, "test")],
            Rates: new(new([InDollars]), Wednesday, "test"), State: new(state, Wednesday, "test")),
            new(Buyer, Wednesday, Published)).Single().What;
        string Told(string state) =>
            Texts.In("en", DateTimeZone.Utc).Fill(DutiesIn(state).Code, DutiesIn(state).Facts);
        Told("SP").ShouldContain("9.81 EUR");
        Told("CE").ShouldContain("11.00 EUR");                              // 12.10 USD
    }

    [Fact]
    public void What_the_marketplace_collects_is_said_to_be_in_the_price()
    {
        var rules = Published[0].Of<CheckoutRules>();
        var prepaid = rules.Duties! with
        {
            To = rules.Duties.To.SetItem("DE", [rules.Duties.To["DE"][0] with { IsPrepaid = true }]),
        };
        var book = Published[0] with
        {
            Sections = [.. Published[0].Sections.Select(s => s is CheckoutRules ? rules with { Duties = prepaid } : s)],
        };
        var basket = BasketOf(SixCups with { UnitPrice = null }) with { Country = "DE" };
        Checkout.Findings(basket, new([new(
            new("Cup", Eur(3_33), Eur(1_00), true, "BR"), Wednesday, "test")]), new(Buyer, Wednesday, [book]))
            .ShouldHaveSingleItem().What.Code.ShouldBe(Checkout.DutiesPrepaid);
    }

    [Fact]
    public void A_price_that_follows_a_rate_of_which_none_is_new_says_so()
    {
        var found = Found(20_00, "DE", "DE", follows: Usd).ShouldHaveSingleItem();
        (found.Id, found.Gravity).ShouldBe(("checkout.rate-stale:lines[0]", Gravity.Advice));
        Found(20_00, "DE", "DE", follows: Usd, rate: new(Usd, Currency.Eur, InDollars.Mark)).ShouldBeEmpty();
    }

    [Fact]
    public void More_goods_never_cost_less_within_a_band() => Gen.Select(
        Gen.Long[0, 1_000_000], Gen.Long[0, 1_000_000], Gen.Bool).Sample((a, b, within) =>
    {
        var band = new DutyBand(null, false, new(60, 100), Eur(20_00), new(17, 100), within, false, true);
        var (less, more) = (Eur(Math.Min(a, b)), Eur(Math.Max(a, b)));
        Checkout.DueOf(less, band).Minor.ShouldBeLessThanOrEqualTo(Checkout.DueOf(more, band).Minor);
    });

    [Fact]
    public void Amounts_and_countries_that_are_none_are_faults_with_their_lines()
    {
        var text = RulebookFile.ShippedText().Replace("upTo: 135 GBP", "upTo: 135.5 GBP")
            .Replace("        eu: [AT", "        eu: [XX");
        var faults = RulebookFile.Read(2, Wednesday, text).Faults;
        faults.Select(f => f.Path).ShouldBe(
            ["checkouts.duties.unions.eu", "checkouts.duties.to.GB.low.upTo"], ignoreOrder: true);
    }
}
