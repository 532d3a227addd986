using Recourse.Catalog;
using Recourse.Ways;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>Goods with rules of their own are said, asked about once, or not offered at all.</summary>
public sealed class SayingWhatIsInIt
{
    static Offer Of(string title, params ImmutableArray<string> goods) => Wares with { Title = title, Goods = goods };

    static (Listing.State? State, Decision<Listing.Event> Last) After(
        Listing.State? state, params ImmutableArray<Listing.Command> said)
    {
        Decision<Listing.Event> last = [];
        foreach (var command in said)
        {
            last = Listing.Decide(Crockery, state, command, new(Seller, Wednesday, Published));
            state = last.Events.Aggregate(state, (s, e) => Listing.Evolve(s, e));
        }
        return (state, last);
    }

    static Listing.Command Publish(string title, params ImmutableArray<string> goods) =>
        new Listing.Command.Publish(Of(title, goods));

    static Listing.Command Answer(params ImmutableArray<string> goods) => new Listing.Command.AnswerGoods(goods);

    [Theory, Trait("Capability", "CHK-9")]
    [InlineData("Eau de Parfum, 50 ml", "perfume")]
    [InlineData("POWER  BANK 20.000 mAh", "lithium-batteries")]
    [InlineData("Cachaça de alambique", "alcohol")]
    [InlineData("Water pistol for children", "weapons")]
    public void What_its_title_names_is_asked_about_before_anybody_sees_it(string title, string goods)
    {
        var (held, last) = After(null, Publish(title));
        var asked = Assert.IsType<Listing.Event.GoodsHeld>(Assert.Single(last.Events));
        Assert.Equal(goods, Assert.Single(asked.Goods).Goods);
        Assert.Equal("listing.goods-named", asked.Why.Code);
        Assert.Empty(Assert.IsType<Listing.State.Held>(held).Offer.Variants);
    }

    [Theory, Trait("Capability", "CHK-9")]
    [InlineData("Bread knife"), InlineData("Wine glass"), InlineData("Perfumed candle"), InlineData("Seed box"),
     InlineData("Vintage pistols of paper")]
    public void What_only_comes_near_it_is_not(string title) =>
        Assert.IsType<Listing.State.InWindow>(After(null, Publish(title)).State);

    [Fact, Trait("Capability", "CHK-9")]
    public void One_answer_shows_it_and_is_not_asked_for_again()
    {
        var (shown, _) = After(null, Publish("Water pistol"), Answer());
        Assert.Empty(Assert.IsType<Listing.State.InWindow>(shown).Offer.Classes);
        var again = Of("Water pistol") with { Category = "toys" };
        Assert.IsType<Listing.Event.Revised>(
            Assert.Single(After(shown, new Listing.Command.Publish(again)).Last.Events));
        Assert.IsType<Listing.Event.GoodsHeld>(Assert.Single(After(shown, Publish("Pistol")).Last.Events));

        var (scent, _) = After(null, Publish("Eau de cologne"), Answer("perfume"));
        Assert.Equal(["perfume"], Assert.IsType<Listing.State.InWindow>(scent).Offer.Classes);
    }

    [Fact, Trait("Capability", "CHK-9")]
    public void What_was_shown_goes_on_until_it_is_answered()
    {
        var (state, last) = After(null, Publish("Bottle"), Publish("Perfume bottle"));
        Assert.Equal("listing.goes-on-as-it-was", Assert.IsType<Listing.Event.GoodsHeld>(last.Events[0]).Why.Outcome);
        Assert.Equal("Bottle", Assert.IsType<Listing.State.InWindow>(state).Offer.Title);
        Assert.Equal("Perfume bottle", Assert.IsType<Listing.State.InWindow>(After(state, Answer()).State).Offer.Title);
    }

    [Fact, Trait("Capability", "CHK-9")]
    public void What_nobody_may_offer_is_not_shown_and_says_why()
    {
        var (state, last) = After(null, Publish("Old revolver"), Answer("weapons"));
        var why = Assert.IsType<Listing.Event.Barred>(last.Events[^1]).Why;
        Assert.Equal(("listing.goods-not-sold", "goods.weapons"), (why.Code, why.Rule));
        Assert.IsType<Listing.State.Barred>(state);
        Assert.Equal("listing.may-not-be-sold", After(state, new Listing.Command.Resume()).Last.Refusals[0].Code);
        Assert.Empty(After(state, Publish("Old revolver", "weapons")).Last.Events);        // said twice
        Assert.IsType<Listing.State.InWindow>(After(state, Publish("Old tin soldier")).State);
        // Whoever would carry it doesn't matter then.
        var posted = Of("Old revolver", "weapons") with
        {
            ShipsTo = [new("DE", Eur(0), [new("post-packet", Eur(3_00), 3, 6)])],
        };
        Assert.IsType<Listing.State.Barred>(After(null, new Listing.Command.Publish(posted)).State);
        Assert.IsType<Listing.State.Barred>(After(null, Publish("Cup"), Publish("Cup", "drugs")).State);
    }

    [Fact, Trait("Capability", "CHK-9")]
    public void Where_it_is_not_let_in_nobody_offers_it()
    {
        var offer = Of("Rum", "alcohol") with { ShipsTo = [new("DE", Eur(50)), new("KW", Eur(90))] };
        var no = Assert.Single(After(null, new Listing.Command.Publish(offer)).Last.Refusals);
        Assert.Equal(("listing.goods-not-let-in", "shipsTo[1].country"), (no.Code, no.Field));
        Assert.Equal("listing.no-such-goods",
            Assert.Single(After(null, Publish("Rum", "firewater")).Last.Refusals).Code);
    }

    [Fact, Trait("Capability", "CHK-9")]
    public void An_answer_is_about_what_was_asked()
    {
        var (held, _) = After(null, Publish("Whisky"));
        Assert.Equal("listing.not-asked-about", After(held, Answer("weapons")).Last.Refusals[0].Code);
        Assert.Equal("listing.goods-asked", After(held, new Listing.Command.ConfirmPrice()).Last.Refusals[0].Code);
        Assert.Equal("listing.nothing-asked",
            After(After(null, Publish("Cup")).State, Answer()).Last.Refusals[0].Code);
        Assert.Equal("listing.nothing-asked", After(held, Answer("alcohol"), Answer("alcohol")).Last.Refusals[0].Code);
    }

    [Fact, Trait("Capability", "CHK-9")]
    public void Nobody_answered_and_nothing_is_shown()
    {
        var (held, last) = After(null, Publish("Whisky"));
        var (warn, due) = Assert.IsType<Listing.Event.GoodsHeld>(last.Events[0]).Deadline is { Warn: { } w } d
            ? (w, d.Due) : default;
        var warned = Listing.Decide(Crockery, held, new Listing.Command.Wake(warn), new(Clock, warn, Published));
        held = Listing.Evolve(held, Assert.Single(warned.Events));
        var lapsed = Listing.Decide(Crockery, held, new Listing.Command.Wake(due), new(Clock, due, Published));
        Assert.IsType<Listing.State.Unconfirmed>(Listing.Evolve(held, Assert.Single(lapsed.Events)));
    }

    [Fact, Trait("Capability", "INV-5")]
    public void Ways_to_send_it_are_looked_at_and_the_cheapest_is_what_shipping_costs()
    {
        Destination To(params ImmutableArray<ShippingOption> options) => new("DE", Eur(0), options);
        Offer With(Destination to, Measures? unit = null, params ImmutableArray<string> goods) =>
            Wares with { ShipsTo = [to], Unit = unit, Goods = goods };
        string[] Faults(Offer offer) =>
            [.. After(null, new Listing.Command.Publish(offer)).Last.Refusals.Select(no => $"{no.Code} {no.Field}")];

        var packet = new ShippingOption("post-packet", Eur(3_00), 3, 6);
        var shown = After(null, new Listing.Command.Publish(
            With(To(packet, packet with { Service = "dhl-parcel", PerUnit = Eur(2_00) })))).State;
        Assert.Equal(Eur(2_00), Assert.IsType<Listing.State.InWindow>(shown).Offer.ShipsTo[0].ShippingPerUnit);
        Assert.Empty(After(shown, new Listing.Command.Publish(
            With(To(packet, packet with { Service = "dhl-parcel", PerUnit = Eur(2_00) })))).Last.Events);

        Assert.Equal(["listing.no-such-service shipsTo[0].options[0].service"],
            Faults(With(To(packet with { Service = "pigeon" }))));
        Assert.Equal(["listing.bad-days shipsTo[0].options[0].toDays"], Faults(With(To(packet with { ToDays = 2 }))));
        Assert.Equal(["listing.twice shipsTo[0].options[1].service"], Faults(With(To(packet, packet))));
        Assert.Equal(["listing.too-heavy-for-service shipsTo[0].options[0].service"],
            Faults(With(To(packet), new(2_001))));
        Assert.Equal(["listing.too-large-for-service shipsTo[0].options[0].service"],
            Faults(With(To(packet), new(100, new(601, 10, 10)))));
        Assert.Equal(["listing.service-does-not-take shipsTo[0].options[0].service"],
            Faults(With(To(packet), null, "perfume")));
        Assert.Equal(["listing.bad-measures unit.grams", "listing.bad-measures unit.sides"],
            Faults(With(new("DE", Eur(50)), new(0, new(0, 1, 1)))));
    }

    [Fact, Trait("Capability", "INV-5")]
    public void An_order_goes_by_the_way_that_was_chosen_or_not_at_all()
    {
        var offer = Wares with
        {
            ShipsTo = [new("DE", Eur(0), [new("post-packet", Eur(3_00), 3, 6), new("dhl-parcel", Eur(5_00), 1, 2)])],
        };
        var shown = After(null, new Listing.Command.Publish(offer)).State;
        Decision<Listing.Event> Honour(long cost, string service) => Listing.Decide(Crockery, shown,
            new Listing.Command.Honour(new("cup"), Eur(3_33), "DE", Eur(cost), service),
            new(TheOrder, Wednesday, Published));
        Assert.Empty(Honour(5_00, "dhl-parcel").Refusals);
        Assert.Equal("listing.shipping-changed", Assert.Single(Honour(3_00, "dhl-parcel").Refusals).Code);
        Assert.Equal("listing.way-gone", Assert.Single(Honour(3_00, "ups-standard").Refusals).Code);
    }
}
