using Recourse.Catalog;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>A slip in what sending costs is never shown to a buyer, and costs its seller one press.</summary>
[Trait("Capability", "INV-3")]
public sealed class GuardingShipping
{
    static Offer Sent(params (string Country, Money Cost)[] ways) =>
        Wares with { ShipsTo = [.. ways.Select(w => new Destination(w.Country, w.Cost))] };

    static Offer ByPost(Money packet, Money parcel) => Wares with
    {
        ShipsTo = [new("DE", packet, [new("post-packet", packet, 2, 5), new("post-parcel", parcel, 2, 5)])],
    };

    static (Listing.State? State, Decision<Listing.Event> Last) After(
        Listing.State? state, Listing.Command said, Actor? who = null, Instant? at = null)
    {
        var last = Listing.Decide(Crockery, state, said, new(who ?? Seller, at ?? Wednesday, Published));
        return (last.Events.Aggregate(state, (s, e) => Listing.Evolve(s, e)), last);
    }

    static Listing.State? Publish(Listing.State? state, Offer offer, PeerPrices? peers = null) => After(state,
        new Listing.Command.Publish(offer, peers is null ? null : new(peers, Wednesday, "test"))).State;

    static Doubt? DoubtIn(Listing.State? state) => (state as Listing.State.Live)?.Doubt;

    static ImmutableArray<WayPrice> ShownIn(Listing.State? state) =>
        state is Listing.State.Offered s ? [.. ShippingGuard.WaysOf(s.Offer)] : [];

    static PeerPrices Lane(string country, params (string Currency, long[] Minors)[] all) => new("home", [],
    [
        LaneCosts.Of(new(country, null, Eur(1)), null, all.Select(a => new LaneCostRow(
            LaneCosts.LaneOf("DE", country, []), "", 0, a.Currency, PriceScale.Plus([], a.Minors, 1))), fewest: 20),
    ]);

    static long[] Around(long minor) => [.. Enumerable.Range(0, 40).Select(i => minor * (80 + i) / 100)];

    [Theory]
    [InlineData(4_90, 49_00, "shipping.extra-zero", 4_90L)]
    [InlineData(4_90, 49, "shipping.misplaced-point", 4_90L)]
    [InlineData(4_90, 490_00, "shipping.extra-zero", 4_90L)]
    [InlineData(4_90, 25_00, "shipping.far-from-own", null)]
    public void Beside_what_it_cost_before_a_slip_is_held_and_said(long usual, long cost, string looks, long? meant)
    {
        var held = Publish(Publish(null, Sent(("DE", Eur(usual)))), Sent(("DE", Eur(cost))));
        var doubt = Assert.Single(DoubtIn(held)!.Sendings);
        Assert.Equal((looks, meant, "DE"), (doubt.Code, doubt.Suggested?.Minor, doubt.Country));
        Assert.Equal([new("DE", null, Eur(usual))], ShownIn(held));
        var why = DoubtIn(held)!.Why;
        Assert.Equal((looks, "listing.stays-as-it-was"), (why.Code, why.Outcome));
        Assert.NotNull(why.AppealUntil);
    }

    [Theory]
    [InlineData(4_90, 5_90), InlineData(4_90, 9_90), InlineData(4_90, 2_00), InlineData(4_90, 0), InlineData(0, 19_90)]
    public void An_ordinary_change_is_shown_at_once_and_so_is_sending_for_nothing(long usual, long cost)
    {
        var state = Publish(Publish(null, Sent(("DE", Eur(usual)))), Sent(("DE", Eur(cost))));
        Assert.Null(DoubtIn(state));
        Assert.Equal([new("DE", null, Eur(cost))], ShownIn(state));
    }

    [Fact]
    public void Beside_others_on_the_same_lane_a_new_listing_is_held_before_anybody_sees_it()
    {
        var peers = Lane("DE", ("EUR", Around(5_00)));
        var (held, last) = After(null, new Listing.Command.Publish(
            Sent(("DE", Eur(50_00))), new(peers, Wednesday, "test")));
        Assert.IsType<Listing.Event.PriceHeld>(Assert.Single(last.Events));
        Assert.IsType<Listing.State.Held>(held);
        Assert.Equal("shipping.extra-zero", Assert.Single(DoubtIn(held)!.Sendings).Code);
        Assert.IsType<Listing.State.InWindow>(Publish(null, Sent(("DE", Eur(8_00))), peers));
        // Where nothing is known of a lane, nothing is said of it.
        Assert.IsType<Listing.State.InWindow>(Publish(null, Sent(("BR", Eur(50_00))), peers));
    }

    [Fact]
    public void An_amount_that_is_usual_in_another_currency_is_told_apart()
    {
        var peers = Lane("DE", ("EUR", Around(5_00)), ("JPY", Around(800)));
        var held = Publish(null, Sent(("DE", Eur(800_00))), peers);
        Assert.Equal("shipping.wrong-currency", Assert.Single(DoubtIn(held)!.Sendings).Code);
    }

    [Fact]
    public void One_odd_way_costs_the_others_nothing()
    {
        var peers = Lane("DE", ("EUR", Around(5_00)));
        var held = Publish(null, Sent(("DE", Eur(500_00)), ("FR", Eur(9_00))), peers);
        Assert.Equal([new("FR", null, Eur(9_00))], ShownIn(held));
        var shown = After(held, new Listing.Command.CorrectPrice([], null, [new("DE", null, Eur(5_00))])).State;
        Assert.Equal([new("DE", null, Eur(5_00)), new("FR", null, Eur(9_00))], ShownIn(shown));
        Assert.Null(DoubtIn(shown));

        var posted = Publish(null, ByPost(Eur(3_00), Eur(6_00)));
        var slip = Publish(posted, ByPost(Eur(3_50), Eur(60_00)));
        Assert.Equal(
            [new("DE", "post-packet", Eur(3_50)), new("DE", "post-parcel", Eur(6_00))], ShownIn(slip));
        Assert.Equal("post-parcel", Assert.Single(DoubtIn(slip)!.Sendings).Service);
    }

    [Fact]
    public void One_ask_confirms_or_corrects_it_and_it_is_history_then()
    {
        var state = Publish(null, Sent(("DE", Eur(4_90))));
        var held = Publish(state, Sent(("DE", Eur(49_00))));
        Assert.Empty(After(held, new Listing.Command.Publish(Sent(("DE", Eur(49_00))))).Last.Events);   // said twice
        var confirmed = After(held, new Listing.Command.ConfirmPrice()).State;
        Assert.Equal([new("DE", null, Eur(49_00))], ShownIn(confirmed));
        Assert.Null(DoubtIn(Publish(confirmed, Sent(("DE", Eur(45_00))))));

        var no = After(held, new Listing.Command.CorrectPrice([], null, [new("FR", null, Eur(5_00))])).Last.Refusals;
        Assert.Equal(("listing.no-way-to-correct", "ways[0]"), (no.Single().Code, no.Single().Field));
        Assert.Equal("listing.no-prices", After(held, new Listing.Command.CorrectPrice([])).Last.Refusals[0].Code);
        var corrected = After(held, new Listing.Command.CorrectPrice([], null, [new("DE", null, Eur(5_90))])).State;
        Assert.Equal([new("DE", null, Eur(5_90))], ShownIn(corrected));
    }

    [Fact]
    public void Prices_of_goods_and_of_sending_wait_together()
    {
        var state = Publish(null, Sent(("DE", Eur(4_90))));
        var both = Sent(("DE", Eur(49_00))) with
        {
            Variants = [Wares.Variants[0] with { Price = Eur(33_30) }, Wares.Variants[1]],
        };
        var (held, last) = After(state, new Listing.Command.Publish(both));
        var doubt = DoubtIn(held)!;
        Assert.Equal((1, 1), (doubt.Prices.Length, doubt.Sendings.Length));
        Assert.Equal("price.extra-zero", Assert.IsType<Listing.Event.PriceHeld>(Assert.Single(last.Events)).Why.Code);
        Assert.True(Listing.Same(
            both, ((Listing.State.InWindow)After(held, new Listing.Command.ConfirmPrice()).State!).Offer));
    }

    [Fact]
    public void A_held_cost_is_nobodys_peer_and_what_is_changed_stops_counting()
    {
        var rows = new Dictionary<string, LaneCostRow>();
        Listing.State? state = null;
        foreach (var cost in (Money[])[Eur(4_90), Eur(6_00), Eur(60_00)])
        {
            var (after, decision) = After(state, new Listing.Command.Publish(Sent(("DE", cost))));
            foreach (var e in decision.Events)
            {
                var recorded = new Recorded(1, 0, Wednesday, Seller, 1, Crockery, e, []);
                foreach (var key in LaneCosts.View.KeysOf(recorded))
                    if (LaneCosts.View.Apply(key, rows.GetValueOrDefault(key), recorded) is LaneCostRow row)
                        rows[key] = row;
                    else rows.Remove(key);
            }
            state = after;
        }
        var only = Assert.Single(rows.Values);
        Assert.Equal(("DE-DE+ordinary", "", 0, "EUR"), (only.Lane, only.Service, only.Weight, only.Currency));
        var band = PriceScale.BandOf(only.Counts, Currency.Eur)!;
        Assert.Equal(1, band.Count);
        Assert.InRange(6_00, band.Low.Minor, band.High.Minor);
    }

    [Fact]
    public void Things_that_weigh_as_much_and_go_the_same_way_count_first()
    {
        var lane = LaneCosts.LaneOf("DE", "DE", []);
        LaneCostRow[] rows =
        [
            new(lane, "post-packet", 1, "EUR", PriceScale.Plus([], Around(3_00), 1)),
            new(lane, "post-packet", 4, "EUR", PriceScale.Plus([], Around(30_00), 1)),
            new(lane, "", 0, "EUR", PriceScale.Plus([], Around(90_00), 1)),
        ];
        Assert.InRange(Median("post-packet", 200), 2_50, 3_50);
        Assert.InRange(Median("post-packet", 9_000), 25_00, 35_00);
        Assert.InRange(Median(null, null), 80_00, 95_00);
        Assert.Equal(120, LaneCosts.Of(new("DE", "dhl-parcel", Eur(1)), 200, rows, 20).Bands.Single().Count);

        long Median(string? service, int? grams) =>
            LaneCosts.Of(new("DE", service, Eur(1)), grams, rows, 20).Bands.Single().Median.Minor;
    }
}
