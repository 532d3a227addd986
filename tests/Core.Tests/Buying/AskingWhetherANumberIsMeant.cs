using System.Collections.Immutable;
using CsCheck;
using Recourse.Catalog;
using Recourse.Checkouts;
using Shouldly;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

/// <summary>What is told before paying of things bought just now, that stand there twice, or in odd numbers.</summary>
[Trait("Capability", "CHK-7")]
public sealed class AskingWhetherANumberIsMeant
{
    static readonly QuantityRules Rules = Published[0].Of<CheckoutRules>().Quantities!;

    static readonly BoughtBefore Nothing = new([], 0, []);

    static CheckoutFacts Facts(Basket basket, BoughtBefore? before) => new(
        [.. basket.Lines.Select(l => new Fact<Quoted?>(QuoteOf(l), Wednesday, "view/listings"))], null,
        before is null ? null : new(before, Wednesday, "view/buyer-habits"));

    static ImmutableArray<Checkout.Finding> Found(Basket basket, BoughtBefore? before = null) =>
        Checkout.Findings(basket, Facts(basket, before), new(Buyer, Wednesday, Published));

    static BoughtBefore Before(BasketLine line, Duration ago, int most = 0) =>
        new([new("c0", line.Listing, line.Sku, line.Quantity, Wednesday - ago)], most, []);

    static BasketLine CupsOf(int units) => SixCups with { Quantity = units };

    [Fact]
    public void Somebody_who_bought_the_same_three_minutes_ago_is_told_so()
    {
        var found = Found(BasketOf(SixCups), Before(SixCups, Duration.FromMinutes(3))).ShouldHaveSingleItem();
        (found.Id, found.Gravity).ShouldBe(("checkout.bought-just-now:lines[0]", Gravity.Advice));
        Texts.In("en", DateTimeZone.Utc).Fill(found.What.Code, found.What.Facts)
            .ShouldBe("You ordered 6 items of Cup 3 min ago.");
    }

    [Theory]
    [InlineData(29, 1)]
    [InlineData(30, 0)]
    public void After_half_an_hour_it_is_another_purchase(int minutes, int found) =>
        Found(BasketOf(SixCups), Before(SixCups, Duration.FromMinutes(minutes))).Length.ShouldBe(found);

    [Fact]
    public void Something_else_that_was_bought_just_now_says_nothing() =>
        Found(BasketOf(SixCups), Before(OneLamp, Duration.FromMinutes(3))).ShouldBeEmpty();

    [Fact]
    public void The_same_on_two_lines_is_told_of_the_second()
    {
        var found = Found(BasketOf(SixCups, OneLamp, CupsOf(1))).ShouldHaveSingleItem();
        (found.Id, found.Gravity).ShouldBe(("checkout.same-item-twice:lines[2]", Gravity.Advice));
    }

    [Theory]
    [InlineData(59, null)]
    [InlineData(60, 6)]            // a zero too many
    [InlineData(66, 6)]            // a key pressed twice
    [InlineData(1_000, 10)]
    [InlineData(112, 12)]
    [InlineData(7_531, 6)]         // nobody knows what was meant: as many as is usual
    public void A_number_far_from_the_usual_is_asked_about(int units, int? instead)
    {
        var found = Found(BasketOf(CupsOf(units)));
        if (instead is null) found.ShouldBeEmpty();
        else
        {
            var asked = found.ShouldHaveSingleItem();
            asked.Gravity.ShouldBe(Gravity.Step);
            asked.What.Facts.ShouldContain(new Named("instead", instead.Value));
        }
    }

    [Fact]
    public void It_is_refused_until_the_buyer_says_that_it_is_right_and_only_for_that_number()
    {
        var basket = BasketOf(CupsOf(60));
        var id = Found(basket).ShouldHaveSingleItem().Id;
        NewCheckout.When(Buyer, Open(basket)).ThenRefused(Checkout.OddQuantity);
        NewCheckout.When(Buyer, Open(basket with { Confirmed = [id] })).In<Checkout.State.Reserving>();
        NewCheckout.When(Buyer, Open(BasketOf(CupsOf(70)) with { Confirmed = [id] }))
            .ThenRefused(Checkout.OddQuantity);
    }

    [Fact]
    public void Who_orders_in_such_numbers_is_not_asked()
    {
        Found(BasketOf(CupsOf(1_000)), Nothing with { MostUnits = 101 }).ShouldBeEmpty();
        Found(BasketOf(CupsOf(1_000)), Nothing with { MostUnits = 100 }).ShouldHaveSingleItem();
    }

    [Fact]
    public void What_is_ordered_in_such_numbers_is_not_asked_about_unless_by_one_order_alone()
    {
        Found(BasketOf(CupsOf(1_000)), Nothing with { Others = [new(SixCups.Listing, 101)] }).ShouldBeEmpty();
        Found(BasketOf(CupsOf(1_000)), Nothing with { Others = [new(OneLamp.Listing, 101)] }).ShouldHaveSingleItem();
        var once = LargeOrders.And(null, 1_000);
        once.Second.ShouldBe(0);
        LargeOrders.And(once, 400).ShouldBe(new(1_000, 400));
        LargeOrders.And(LargeOrders.And(once, 400), 2_000).ShouldBe(new(2_000, 1_000));
    }

    [Fact]
    public void What_is_meant_instead_is_always_fewer_and_never_odd() => Gen.Select(
        Gen.Int[1, 10_000], Gen.Int[0, 500], Gen.Int[0, 500]).Sample((units, own, others) =>
    {
        var before = new BoughtBefore([], own, [new(SixCups.Listing, others)]);
        if (!Checkout.IsOdd(CupsOf(units), before, Rules)) return;
        var usual = Math.Max(Rules.UsuallyUpTo, Math.Max(own, others));
        var meant = Checkout.MeantBy(units, usual, Rules);
        meant.ShouldBeInRange(1, units - 1);
        Checkout.IsOdd(CupsOf(meant), before, Rules).ShouldBeFalse();
    });

    [Fact]
    public void An_edition_from_before_asks_about_no_number()
    {
        var older = Published[0] with
        {
            Sections = [.. Published[0].Sections.Select(s => s is CheckoutRules r ? r with { Quantities = null } : s)],
        };
        var basket = BasketOf(CupsOf(1_000));
        var facts = Facts(basket, Before(SixCups, Duration.FromMinutes(3)));
        Checkout.Findings(basket, facts, new(Buyer, Wednesday, [older])).ShouldBeEmpty();
    }

    [Fact]
    public void What_was_not_to_be_had_or_given_up_was_not_bought()
    {
        var (cups, lamp) = (SixCups, OneLamp);
        var habit = BuyerHabits.And(null, TheCheckout, [cups, lamp], Wednesday);
        (habit.Lines.Length, habit.MostUnits).ShouldBe((2, 6));
        BuyerHabits.View.Fold("ana", habit, Recorded(new Checkout.Event.Refused(Lamp, [])))!
            .Lines.ShouldHaveSingleItem().Listing.ShouldBe(cups.Listing);
        BuyerHabits.View.Fold("ana", habit, Recorded(new Checkout.Event.Reserved(Lamp, LampTotal))).ShouldBe(habit);
        for (var i = 0; i < 100; i++) habit = BuyerHabits.And(habit, new(Ana, $"c{i}"), [cups], Wednesday);
        habit.Lines.Length.ShouldBe(BuyerHabits.MostKept);

        static Recorded Recorded(Checkout.Event happened) =>
            new(1, 0, Wednesday, Buyer, 1, TheCheckout, happened, []);
    }

    [Fact]
    public void How_it_can_be_cancelled_is_one_sentence_by_the_rulebook() =>
        CancellationTerms.Of(Published[0]).Say(Texts.In("en", DateTimeZone.Utc)).ShouldBe(
            "You can cancel free of charge until the parcel is handed over; "
            + "in the first 60 min you aren't even charged.");
}
