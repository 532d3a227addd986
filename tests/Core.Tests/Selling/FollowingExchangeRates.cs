using System.Collections.Immutable;
using Recourse.Catalog;
using Recourse.Exchange;
using Shouldly;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>A price in dollars that follows what its seller wants in euros.</summary>
[Trait("Capability", "INV-4")]
public sealed class FollowingExchangeRates
{
    static readonly Currency Usd = Currency.Of("USD");
    static readonly Instant Now = Instant.FromUtc(2026, 3, 4, 10, 0);        // a Wednesday
    static readonly LocalDate Tuesday = new(2026, 3, 3);
    static readonly Actor Rates = new Actor.Operator("rates");

    static Money Dollars(long cents) => new(cents, Usd);

    static Fact<RateTable> At(long perTenThousand, LocalDate? date = null) => new(
        new([new("ecb", date ?? Tuesday, [new(Currency.Eur, Usd, new(perTenThousand, 10_000))])]), Now, "test");

    /// <summary>Ten euros; the rate may move by two percent; prices end at ,99.</summary>
    static readonly Peg TenEuros = new(Eur(10_00), 200, new(100, 99));

    static Offer Pegged(Peg? peg = null, string title = "Cup") => new(
        title, "", [new(new("cup"), "", Dollars(1), peg ?? TenEuros), new(new("plate"), "", Dollars(5_00))], "DE",
        [new("US", Dollars(2_00))]);

    static Decision<Listing.Event> Decide(
        Listing.State? state, Actor who, Listing.Command said, Instant? at = null) =>
        Listing.Decide(Crockery, state, said, new(who, at ?? Now, Published));

    static Listing.State? After(Listing.State? state, Actor who, Listing.Command said)
    {
        var decision = Decide(state, who, said);
        decision.Refusals.ShouldBeEmpty();
        return decision.Events.Aggregate(state, (s, e) => Listing.Evolve(s, e));
    }

    static Listing.State Shown(long rate = 10_705) =>
        After(null, Seller, new Listing.Command.Publish(Pegged(), Rates: At(rate)))!;

    static Variant CupOf(Listing.State? state) => ((Listing.State.Live)state!).Offer.Variants[0];

    static IEnumerable<string> Refused(Peg peg, Fact<RateTable>? rates) =>
        Decide(null, Seller, new Listing.Command.Publish(Pegged(peg), Rates: rates)).Refusals
            .Select(r => $"{r.Code} {r.Field}");

    [Fact]
    public void The_price_is_made_of_the_rate_and_ends_as_it_should()
    {
        var cup = CupOf(Shown());
        cup.Price.ShouldBe(Dollars(10_99));                                 // 10.705
        cup.Peg!.At.ShouldBe(new(new(10_705, 10_000), Tuesday, "ecb"));
    }

    [Fact]
    public void It_moves_only_once_the_rate_has_moved_beyond_the_buffer()
    {
        var shown = Shown();
        Decide(shown, Rates, new Listing.Command.FollowRates(At(10_900))).Events.ShouldBeEmpty();      // 1.8 %
        var moved = Decide(shown, Rates, new Listing.Command.FollowRates(At(11_900))).Events.ShouldHaveSingleItem()
            .ShouldBeOfType<Listing.Event.Revised>();
        moved.Moves!.Value.ShouldHaveSingleItem().ShouldBe(
            new(new("cup"), Dollars(10_99), Dollars(11_99), new(new(11_900, 10_000), Tuesday, "ecb")));
        moved.Offer.Variants[1].Price.ShouldBe(Dollars(5_00));
        moved.Before!.Prices.ShouldBe([Dollars(10_99), Dollars(5_00)]);
    }

    /// <summary>Sent by packet for five euros, and by express for a fixed price.</summary>
    static Offer WithWays(Money? packet = null, Peg? peg = null) => Pegged() with
    {
        Variants = [new(new("plate"), "", Dollars(5_00))],
        ShipsTo = [new("US", Dollars(0),
        [
            new("post-packet", packet ?? Dollars(1), 5, 9, peg ?? new(Eur(5_00), 200, PriceEnding.Whole)),
            new("dhl-express", Dollars(20_00), 1, 3),
        ])],
    };

    static Destination UsIn(Listing.State? state) => ((Listing.State.Live)state!).Offer.ShipsTo.Single();

    [Fact, Trait("Capability", "INV-5")]
    public void What_a_way_to_send_costs_follows_its_rate_as_a_price_does()
    {
        var state = After(null, Seller, new Listing.Command.Publish(WithWays(), Rates: At(10_705)));
        UsIn(state).Named.Select(o => o.PerUnit).ShouldBe([Dollars(5_35), Dollars(20_00)]);
        UsIn(state).ShippingPerUnit.ShouldBe(Dollars(5_35));
        Decide(state, Rates, new Listing.Command.FollowRates(At(10_900))).Events.ShouldBeEmpty();
        var moved = Decide(state, Rates, new Listing.Command.FollowRates(At(11_900))).Events.ShouldHaveSingleItem()
            .ShouldBeOfType<Listing.Event.Revised>();
        var way = moved.Ways!.Value.ShouldHaveSingleItem();
        (way.Country, way.Service, way.Was, way.Now).ShouldBe(("US", "post-packet", Dollars(5_35), Dollars(5_95)));
        Listing.Notices(Crockery, state, moved).ShouldHaveSingleItem().Code.ShouldBe("way-moved");
        state = Listing.Evolve(state, moved);
        UsIn(state).ShippingPerUnit.ShouldBe(Dollars(5_95));

        // Sent again as it was, it stays; with another wish it is made anew.
        Decide(state, Seller, new Listing.Command.Publish(WithWays(), Rates: At(12_100))).Events.ShouldBeEmpty();
        var wish = new Peg(Eur(6_00), 200, PriceEnding.Whole);
        UsIn(After(state, Seller, new Listing.Command.Publish(WithWays(peg: wish), Rates: At(12_000))))
            .ShippingPerUnit.ShouldBe(Dollars(7_20));
        // What is ordered keeps to what it was told.
        Decide(state, new Actor.Aggregate($"{Sold}"), new Listing.Command.Honour(
            new("plate"), Dollars(5_00), "US", Dollars(5_35), "post-packet")).Refusals.ShouldHaveSingleItem();
    }

    [Fact, Trait("Capability", "INV-5")]
    public void Without_a_rate_a_way_can_t_be_made_and_that_is_said_at_its_field() =>
        Decide(null, Seller, new Listing.Command.Publish(WithWays())).Refusals.Select(r => $"{r.Code} {r.Field}")
            .ShouldBe(["listing.no-rate shipsTo[0].options[0].peg"]);

    [Fact]
    public void Small_moves_add_up_since_the_price_was_made()
    {
        var state = Shown();
        foreach (var rate in (long[])[10_800, 10_900, 10_910])
            state = After(state, Rates, new Listing.Command.FollowRates(At(rate)));
        CupOf(state).Price.ShouldBe(Dollars(10_99));
        state = After(state, Rates, new Listing.Command.FollowRates(At(11_600)));
        CupOf(state).Price.ShouldBe(Dollars(11_99));
    }

    [Fact]
    public void Where_the_price_ends_up_the_same_nothing_happens() =>
        Decide(Shown(), Rates, new Listing.Command.FollowRates(At(11_100))).Events.ShouldBeEmpty();

    [Fact]
    public void Its_seller_is_told_why()
    {
        var moved = Decide(Shown(), Rates, new Listing.Command.FollowRates(At(11_900))).Events.Single();
        var told = Listing.Notices(Crockery, null, moved).ShouldHaveSingleItem();
        (told.Code, told.To).ShouldBe(("price-moved", $"{Crockery.Seller}"));
        Texts.In("en", DateTimeZone.Utc).Fill("notice.price-moved", told.Facts).ShouldBe(
            "cup was 10.99 USD and costs 11.99 USD now: the exchange rate that its price follows has moved further "
            + "than your buffer (ECB, 2026-03-03). Prices changed: 1.");
    }

    [Fact]
    public void A_stale_rate_moves_nothing_and_makes_no_price()
    {
        var friday = new LocalDate(2026, 2, 27);                            // good until Tuesday evening
        Decide(Shown(), Rates, new Listing.Command.FollowRates(At(11_900, friday))).Events.ShouldBeEmpty();
        Refused(TenEuros, At(11_900, friday)).ShouldBe(["listing.rate-stale variants[0].peg"]);
    }

    [Fact]
    public void Without_a_rate_there_is_no_price()
    {
        Refused(TenEuros, null).ShouldBe(["listing.no-rate variants[0].peg"]);
        Refused(TenEuros with { Base = new(10_00, Currency.Of("GBP")) }, At(10_705))
            .ShouldBe(["listing.no-rate variants[0].peg"]);
    }

    [Fact]
    public void Everything_that_is_wrong_with_a_peg_is_told_at_once()
    {
        Refused(new(Dollars(1), 5_001, new(5, 5)), At(10_705)).ShouldBe(
        [
            "listing.peg-same-currency variants[0].peg.base", "listing.bad-buffer variants[0].peg.buffer",
            "listing.bad-ending variants[0].peg.ending",
        ]);
        Refused(new(Eur(0), -1, default), At(10_705)).Count().ShouldBe(3);
        Refused(TenEuros with { Base = Eur(Money.Most) }, At(10_705)).ShouldBe(["listing.bad-price variants[0].peg"]);
    }

    [Fact]
    public void A_seller_who_changes_something_else_keeps_the_price_even_under_a_stale_rate()
    {
        var shown = Shown();
        var renamed = After(shown, Seller, new Listing.Command.Publish(Pegged(title: "Fine cup")));
        CupOf(renamed).ShouldBe(CupOf(shown));
        var again = Decide(shown, Seller, new Listing.Command.Publish(Pegged(), Rates: At(11_900)));
        (again.Events.Length, again.Refusals.Length).ShouldBe((0, 0));      // said twice
    }

    [Fact]
    public void Who_wants_more_gets_a_price_by_today_s_rate() =>
        CupOf(After(Shown(), Seller, new Listing.Command.Publish(
            Pegged(TenEuros with { Base = Eur(12_00) }), Rates: At(10_705)))).Price.ShouldBe(Dollars(12_99));

    [Fact]
    public void A_rate_that_looks_like_a_slip_is_held_like_any_price()
    {
        var events = Decide(Shown(), Rates, new Listing.Command.FollowRates(At(107_050))).Events;
        events.ShouldHaveSingleItem().ShouldBeOfType<Listing.Event.PriceHeld>();
        var held = events.Aggregate(Shown(), (s, e) => Listing.Evolve(s, e));
        CupOf(held).Price.ShouldBe(Dollars(10_99));
        // What waits for its seller goes on from what they say.
        Decide(held, Rates, new Listing.Command.FollowRates(At(11_900))).Events.ShouldBeEmpty();
        CupOf(After(held, Seller, new Listing.Command.CorrectPrice([new(new("cup"), Dollars(11_00))])))
            .ShouldBe(new(new("cup"), "", Dollars(11_00)));
    }

    [Fact]
    public void Nobody_but_the_platform_says_that_rates_have_come()
    {
        Decide(Shown(), Seller, new Listing.Command.FollowRates(At(11_900))).Refusals
            .ShouldHaveSingleItem().Code.ShouldBe("listing.not-now");
        Decide(Shown(), new Actor.Buyer(new("eve")), new Listing.Command.FollowRates(At(11_900))).Refusals
            .ShouldHaveSingleItem().ShouldBe(Refusal.NotFound);
    }

    [Fact]
    public void What_is_ordered_keeps_its_price_and_what_is_in_a_basket_is_told()
    {
        var order = new Actor.Aggregate($"order/{Crockery.Seller.Code}/o1");
        Listing.Command honour = new Listing.Command.Honour(new("cup"), Dollars(10_99), "US", Dollars(2_00));
        Decide(Shown(), order, honour).Refusals.ShouldBeEmpty();
        var moved = After(Shown(), Rates, new Listing.Command.FollowRates(At(11_900)));
        Decide(moved, order, honour).Refusals.ShouldHaveSingleItem().Code.ShouldBe("listing.price-changed");
    }

    [Fact]
    public void It_is_found_among_those_that_follow_for_as_long_as_it_does()
    {
        var row = PeggedListings.View.Fold($"{Crockery}", null, Recorded(new Listing.Event.Published(Pegged())));
        row.ShouldNotBeNull();
        PeggedListings.View.Fold($"{Crockery}", row, Recorded(new Listing.Event.Revised(Wares))).ShouldBeNull();

        static Recorded Recorded(Listing.Event happened) =>
            new(1, 0, Now, Seller, 1, Crockery, happened, []);
    }
}
