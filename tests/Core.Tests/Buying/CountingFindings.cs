using System.Collections.Immutable;
using Recourse.Checkouts;
using Shouldly;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

/// <summary>What buyers did about findings, and what went on for it, by day.</summary>
[Trait("Capability", "CHK-1")]
public sealed class CountingFindings
{
    const string Phone = "address.phone-form", Odd = "checkout.odd-quantity", Off = "checkout.not-offered";

    static readonly Basket Asked = BasketOf(SixCups, OneLamp) with
    {
        Fixed = [Phone, Off], Confirmed = [$"{Odd}:lines[1].quantity@1000-lamp"],
    };

    static Life Opened(Basket basket) => NewCheckout.When(Buyer, LeavingOutABadLine.NoCups(basket));

    static ImmutableSortedDictionary<string, FindingDay> And(
        ImmutableSortedDictionary<string, FindingDay> days, object happened, Instant? at = null)
    {
        var recorded = new Recorded(1, 0, at ?? Wednesday, Buyer, 1, TheCheckout, happened, []);
        return FindingDays.View.Keys(recorded).Aggregate(days, (all, key) => all.SetItem(
            key, FindingDays.View.Fold(key, all.GetValueOrDefault(key), recorded)!));
    }

    static readonly ImmutableSortedDictionary<string, FindingDay> None =
        ImmutableSortedDictionary.Create<string, FindingDay>(StringComparer.Ordinal);

    [Fact]
    public void Each_deed_counts_once_in_the_checkout_that_was_opened_with_it()
    {
        var days = And(None, Opened(Asked).Then<Checkout.Event.Opened>());
        days.Values.Select(d => (d.Code, d.Fixed, d.Confirmed, d.LeftOut)).ShouldBe(
            [(Phone, 1, 0, 0), (Off, 1, 0, 1), (Odd, 0, 1, 0)]);
        days.Keys.ShouldAllBe(key => key.StartsWith("2026-03-04/"));
        And(days, Opened(Asked).Then<Checkout.Event.Opened>())[$"2026-03-04/{Off}"].LeftOut.ShouldBe(2);
    }

    [Fact]
    public void What_it_saved_is_what_was_paid_for_on_the_day_when_that_was_accepted()
    {
        var paid = Opened(Asked).When(OfLamp, new Checkout.Command.ConfirmReserved(Lamp, LampTotal))
            .When(Buyer, new Checkout.Command.Proceed()).When(OfPayment, new Checkout.Command.ConfirmAuthorised());
        var happened = paid.Then<Checkout.Event.Authorised>();
        happened.Total.ShouldBe(LampTotal);
        var next = Wednesday + Duration.FromDays(1);
        var days = And(And(None, happened, next), happened, next);
        days.Keys.ShouldBe([$"2026-03-05/{Phone}", $"2026-03-05/{Off}", $"2026-03-05/{Odd}"]);
        days.Values.ShouldAllBe(d => d.Paid == 2 && d.Fixed == 0);
        days.Values.First().Saved.ShouldBe([new("EUR", 2 * LampTotal.Minor)]);
    }

    [Fact]
    public void Nothing_that_was_found_is_nothing_to_count()
    {
        var opened = NewCheckout.When(Buyer, Open(BasketOf(SixCups)));
        And(None, opened.Then<Checkout.Event.Opened>()).ShouldBeEmpty();
        And(None, opened.When(OfCups, new Checkout.Command.ConfirmReserved(Cups, CupsTotal))
            .When(OfPayment, new Checkout.Command.ConfirmAuthorised()).Then<Checkout.Event.Authorised>())
            .ShouldBeEmpty();
    }

    [Fact]
    public void Its_seller_reads_what_was_fixed_on_which_listing_and_what_of_theirs_went_on()
    {
        var basket = BasketOf(SixCups, OneLamp) with
        {
            Fixed =
            [
                Checkout.FixedOf(Odd, OneLamp.Listing, isGone: false),
                Checkout.FixedOf(Off, SixCups.Listing, isGone: true), Phone,
            ],
        };
        var life = Opened(basket);
        var paid = life.When(OfLamp, new Checkout.Command.ConfirmReserved(Lamp, LampTotal))
            .When(Buyer, new Checkout.Command.Proceed()).When(OfPayment, new Checkout.Command.ConfirmAuthorised());
        var rows = ImmutableSortedDictionary.Create<string, ListingFinding>(StringComparer.Ordinal);
        foreach (var happened in (object[])[life.Then<Checkout.Event.Opened>(), paid.Then<Checkout.Event.Authorised>()])
        {
            var recorded = new Recorded(1, 0, Wednesday, Buyer, 1, TheCheckout, happened, []);
            rows = ListingFindings.View.Keys(recorded).Aggregate(rows, (all, key) => all.SetItem(
                key, ListingFindings.View.Fold(key, all.GetValueOrDefault(key), recorded)!));
        }
        var lamp = rows.Values.Single(r => r.Listing == $"{OneLamp.Listing}");
        (lamp.Code, lamp.Fixed, lamp.LeftOut, lamp.Paid).ShouldBe((Odd, 1, 0, 1));
        lamp.Saved.ShouldBe([new("EUR", LampTotal.Minor)]);
        var cups = rows.Values.Single(r => r.Listing == $"{SixCups.Listing}");
        (cups.Code, cups.Fixed, cups.LeftOut > 0).ShouldBe((Off, 0, true));
        And(None, life.Then<Checkout.Event.Opened>()).Keys.ShouldContain($"2026-03-04/{Odd}");
    }
}
