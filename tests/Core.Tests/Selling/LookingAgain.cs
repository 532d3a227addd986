using Recourse.Adapters.Rulebooks;
using Recourse.Catalog;
using Recourse.Disputes;
using Recourse.Rulebooks;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>What was published before a rule, or before enough was known, is looked at again by itself.</summary>
[Trait("Capability", "INV-3")]
public sealed class LookingAgain
{
    static readonly Actor Platform = new Actor.Operator("listings");

    // Of an edition in which nearly any price will do and no words name anything.
    static readonly Rulebook Before = Edition(1, t => t.Replace("peersTo: 500", "peersTo: 999", Ordinal)
        .Replace("[firearm, firearms,", "[", Ordinal).Replace("[perfume, perfumes,", "[", Ordinal));

    static readonly Rulebook Now = Edition(2, t => t.Replace("peersTo: 500", "peersTo: 200", Ordinal));

    const StringComparison Ordinal = StringComparison.Ordinal;

    static Rulebook Edition(int version, Func<string, string> change) =>
        RulebookFile.Read(version, Wednesday, change(RulebookFile.ShippedText())).Rulebook!;

    static readonly PeerPrices Peers = PriceBands.Of(
        "home", [new("home", "EUR", PriceScale.Plus([], [.. Enumerable.Range(300, 60).Select(i => (long)i)], 1))]);

    static (Listing.State? State, Decision<Listing.Event> Last) After(
        Listing.State? state, Listing.Command said, Actor? who = null, Rulebook? by = null, Instant? at = null)
    {
        var last = Listing.Decide(Crockery, state, said, new(who ?? Seller, at ?? Wednesday, [by ?? Now]));
        return (last.Events.Aggregate(state, (s, e) => Listing.Evolve(s, e)), last);
    }

    static Listing.State? Published(Offer offer) =>
        After(null, new Listing.Command.Publish(offer), by: Before).State;

    static (Listing.State? State, Decision<Listing.Event> Last) Again(Listing.State? state, PeerPrices? peers = null) =>
        After(state, new Listing.Command.LookAgain(new(peers ?? Peers, Wednesday, "test")), Platform);

    static Offer Cup(long price) => Wares with { Variants = [new(new("cup"), "A cup", Eur(price))] };

    static Doubt DoubtIn(Listing.State? state) => ((Listing.State.Live)state!).Doubt!;

    [Fact]
    public void A_price_out_of_range_leaves_the_window_with_a_statement_and_an_appeal()
    {
        var (held, last) = Again(Published(Cup(33_30)));
        var happened = Assert.IsType<Listing.Event.PriceHeld>(Assert.Single(last.Events));
        Assert.IsType<Listing.State.Held>(held);
        Assert.Equal(("price.extra-zero", "listing.hidden-until-confirmed"),
            (happened.Why.Code, happened.Why.Outcome));
        Assert.NotNull(happened.Why.AppealUntil);
        Assert.Equal("price-held", Assert.Single(Listing.Notices(Crockery, held, happened)).Code);
        var honour = new Listing.Command.Honour(new("cup"), Eur(33_30), "DE", Eur(50));
        Assert.Equal("listing.not-offered", After(held, honour, TheOrder).Last.Refusals.Single().Code);
        Assert.Equal("listing.price-is-held", After(held, new Listing.Command.Resume()).Last.Refusals.Single().Code);
        // Sending the same again doesn't get round it.
        Assert.Empty(After(held, new Listing.Command.Publish(Cup(33_30))).Last.Events);
        Assert.IsType<Listing.State.Held>(After(held, new Listing.Command.Publish(
            Cup(33_30) with { Title = "Fine crockery" }, new(Peers, Wednesday, "test"))).State);
    }

    [Fact]
    public void What_is_in_range_stays_and_nothing_is_recorded()
    {
        Assert.Empty(Again(Published(Cup(3_33))).Last.Events);
        Assert.Empty(Again(Published(Cup(33_30)), new("home", [])).Last.Events);
        Assert.Equal("listing.not-now", After(
            Published(Cup(33_30)), new Listing.Command.LookAgain(new(Peers, Wednesday, "test"))).Last.Refusals[0].Code);
    }

    [Fact]
    public void What_its_seller_confirmed_is_not_asked_about_a_second_time()
    {
        var shown = After(Again(Published(Cup(33_30))).State, new Listing.Command.ConfirmPrice()).State;
        Assert.Equal(Eur(33_30), Assert.IsType<Listing.State.InWindow>(shown).Offer.Variants[0].Price);
        Assert.Empty(Again(shown).Last.Events);
        var dearer = After(shown, new Listing.Command.Publish(Cup(35_00))).State;
        Assert.Empty(Again(dearer).Last.Events);
        var right = After(
            Again(Published(Cup(33_30))).State, new Listing.Command.CorrectPrice([new(new("cup"), Eur(3_33))])).State;
        Assert.Equal(Eur(3_33), Assert.IsType<Listing.State.InWindow>(right).Offer.Variants[0].Price);
    }

    [Fact]
    public void The_rest_of_a_listing_goes_on()
    {
        var (state, last) = Again(Published(
            Wares with { Variants = [new(new("cup"), "A cup", Eur(3_33)), new(new("pot"), "A pot", Eur(40_00))] }));
        Assert.Equal([typeof(Listing.Event.Revised), typeof(Listing.Event.PriceHeld)],
            last.Events.Select(e => e.GetType()));
        var live = Assert.IsType<Listing.State.InWindow>(state);
        Assert.Equal("cup", Assert.Single(live.Offer.Variants).Sku.Code);
        Assert.Equal(("listing.rest-goes-on", Meanwhile.InPart), (live.Doubt!.Why.Outcome, live.Doubt.Meanwhile));
        Assert.Equal(2, Assert.IsType<Listing.State.InWindow>(
            After(state, new Listing.Command.ConfirmPrice()).State).Offer.Variants.Length);
    }

    [Fact]
    public void What_sending_costs_is_looked_at_as_well()
    {
        var lane = new PeerPrices("home", [],
        [
            new("BR", null, [PriceScale.BandOf(PriceScale.Plus([],
                [.. Enumerable.Range(900, 40).Select(i => (long)i)], 1), Currency.Eur)!]),
        ]);
        var offer = Wares with { ShipsTo = [new("DE", Eur(50)), new("BR", Eur(90_00))] };
        var state = Again(Published(offer), lane).State;
        Assert.Equal("DE", Assert.Single(Assert.IsType<Listing.State.InWindow>(state).Offer.ShipsTo).Country);
        Assert.Equal("BR", Assert.Single(DoubtIn(state).Sendings).Country);
    }

    [Fact]
    public void A_paused_listing_stays_paused_and_comes_back_once_it_is_settled()
    {
        var away = After(Published(Cup(33_30)), new Listing.Command.Pause()).State;
        var held = Again(away).State;
        Assert.IsType<Listing.State.Away>(held);
        Assert.Equal("listing.price-is-held", After(held, new Listing.Command.Resume()).Last.Refusals.Single().Code);
        var settled = After(held, new Listing.Command.ConfirmPrice()).State;
        Assert.IsType<Listing.State.Away>(settled);
        Assert.IsType<Listing.State.InWindow>(After(settled, new Listing.Command.Resume()).State);
    }

    [Fact]
    public void Who_does_not_answer_has_it_out_of_the_window_and_an_appeal_puts_it_back()
    {
        var held = Again(Published(Cup(33_30))).State;
        var why = DoubtIn(held).Why;
        var lapsed = Lapsed(held);
        Assert.IsType<Listing.State.Unconfirmed>(lapsed);
        var appeal = AppealId.Of(new Subject.Listing(Crockery), why);
        var back = After(lapsed, new Listing.Command.Overturn(appeal, why.Code, why.IssuedAt),
            new Actor.Aggregate($"{appeal}")).State;
        Assert.Equal(Eur(33_30), Assert.IsType<Listing.State.InWindow>(back).Offer.Variants[0].Price);
        Assert.Empty(Again(back).Last.Events);
    }

    static Listing.State? Lapsed(Listing.State? held)
    {
        var warn = DoubtIn(held).Deadline.Next;
        var warned = After(held, new Listing.Command.Wake(warn), Clock, at: warn).State;
        var due = DoubtIn(warned).Deadline.Next;
        return After(warned, new Listing.Command.Wake(due), Clock, at: due).State;
    }

    [Fact, Trait("Capability", "CHK-9")]
    public void Goods_that_its_words_name_since_are_asked_about_and_what_nobody_may_offer_is_hidden_meanwhile()
    {
        var (scent, last) = Again(Published(Cup(3_33) with { Title = "Perfume No. 5" }));
        Assert.Equal(
            "listing.shown-until-due", Assert.IsType<Listing.Event.GoodsHeld>(last.Events.Single()).Why.Outcome);
        Assert.IsType<Listing.State.InWindow>(scent);
        var answered = After(scent, new Listing.Command.AnswerGoods(["perfume"])).State;
        Assert.Equal(["perfume"], Assert.IsType<Listing.State.InWindow>(answered).Offer.Classes);
        Assert.Empty(Again(answered).Last.Events);
        var denied = After(scent, new Listing.Command.AnswerGoods([])).State;
        Assert.Null(DoubtIn(denied));
        Assert.Empty(Again(denied).Last.Events);
        Assert.IsType<Listing.State.Unconfirmed>(Lapsed(scent));

        var (gun, hidden) = Again(Published(Cup(3_33) with { Title = "Firearm" }));
        Assert.Equal(
            "listing.hidden-until-answered", Assert.IsType<Listing.Event.GoodsHeld>(hidden.Events[0]).Why.Outcome);
        Assert.IsType<Listing.State.Held>(gun);
        Assert.IsType<Listing.State.InWindow>(After(gun, new Listing.Command.AnswerGoods([])).State);
        Assert.IsType<Listing.State.Barred>(After(gun, new Listing.Command.AnswerGoods(["weapons"])).State);
    }

    [Fact]
    public void The_views_show_what_is_held_and_stop_counting_it()
    {
        var (state, position) = ((Listing.State?)null, 0L);
        var (rows, bands) = (new Dictionary<string, object>(), new Dictionary<string, object>());
        Say(new Listing.Command.Publish(Cup(33_30)), Seller, Before);
        Assert.Single(bands);
        Say(new Listing.Command.LookAgain(new(Peers, Wednesday, "test")), Platform, Now);
        var row = Assert.IsType<ShopRow>(Assert.Single(rows.Values));
        Assert.Equal((false, "Held", Meanwhile.Hidden), (row.IsOffered, row.State, row.Held!.Meanwhile));
        Assert.Empty(bands);
        Say(new Listing.Command.ConfirmPrice(), Seller, Now);
        row = Assert.IsType<ShopRow>(Assert.Single(rows.Values));
        Assert.Equal((true, "InWindow", null), (row.IsOffered, row.State, row.Held));
        Assert.Single(bands);

        void Say(Listing.Command said, Actor who, Rulebook by)
        {
            var (after, last) = After(state, said, who, by);
            Assert.NotEmpty(last.Events);
            foreach (var e in last.Events)
            {
                var recorded = new Recorded(++position, 0, Wednesday, who, 1, Crockery, e, []);
                Fold(ShopWindow.View, rows, recorded);
                Fold(PriceBands.View, bands, recorded);
            }
            state = after;
        }
    }

    static void Fold(View view, Dictionary<string, object> rows, Recorded recorded)
    {
        foreach (var key in view.KeysOf(recorded))
            if (view.Apply(key, rows.GetValueOrDefault(key), recorded) is { } row) rows[key] = row;
            else rows.Remove(key);
    }
}
