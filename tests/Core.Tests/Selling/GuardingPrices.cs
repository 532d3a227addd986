using CsCheck;
using Recourse.Adapters.Rulebooks;
using Recourse.Catalog;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>A slip of a key is never shown to a buyer, and costs its seller one press.</summary>
public sealed class GuardingPrices
{
    static readonly ImmutableArray<string> Currencies = ["EUR", "BRL", "JPY", "KWD"];

    static readonly Gen<Currency> SomeCurrency = Gen.OneOf([.. Currencies.Select(Currency.Of)]);

    // Of a dinar cards take two decimals.
    static Money Of(long amount, Currency currency) =>
        new(currency.Decimals == 3 ? amount * 10 : amount, currency);

    static Offer Cup(Money price, string category = "home") => new(
        "Cup", category, [new(new("cup"), "", price)], "DE", [new("DE", Money.Zero(price.Currency))]);

    static (Listing.State? State, Decision<Listing.Event> Last) After(
        Listing.State? state, Listing.Command said, Actor? who = null, Instant? at = null)
    {
        var last = Listing.Decide(Crockery, state, said, new(who ?? Seller, at ?? Wednesday, Published));
        return (last.Events.Aggregate(state, (s, e) => Listing.Evolve(s, e)), last);
    }

    static Listing.State? Publish(Listing.State? state, Offer offer, PeerPrices? peers = null) => After(state,
        new Listing.Command.Publish(offer, peers is null ? null : new(peers, Wednesday, "test"))).State;

    static Money? ShownIn(Listing.State? state) =>
        state is Listing.State.Offered { Offer.Variants: [var only, ..] } ? only.Price : null;

    static Doubt? DoubtIn(Listing.State? state) => (state as Listing.State.Live)?.Doubt;

    static PeerPrices Peers(string category, params (string Currency, long[] Minors)[] all) => PriceBands.Of(category,
        all.Select(a => new PriceBandRow(category, a.Currency, PriceScale.Plus([], a.Minors, 1))));

    static long[] Around(long minor) => [.. Enumerable.Range(0, 40).Select(i => minor * (80 + i) / 100)];

    [Fact, Trait("Capability", "INV-3")]
    public void A_tenfold_or_a_hundredth_of_the_usual_price_is_always_held() =>
        Gen.Select(SomeCurrency, Gen.Long[100, 1_000_000], Gen.Int[30, 250].List[0, 5]).Sample(some =>
        {
            var (currency, first, moves) = some;
            var state = Publish(null, Cup(Of(first, currency)));
            List<long> usual = [first];
            foreach (var percent in moves)
            {
                usual.Add(Math.Max(100, usual[^1] * percent / 100));
                state = Publish(state, Cup(Of(usual[^1], currency)));
                state = After(state, new Listing.Command.ConfirmPrice()).State;
            }
            foreach (var wrong in (long[])[usual.Max() * 10, usual.Min() / 100])
            {
                var held = Publish(state, Cup(Of(wrong, currency)));
                Assert.NotNull(DoubtIn(held));
                Assert.Equal(Of(usual[^1], currency), ShownIn(held));
            }
        });

    [Fact, Trait("Capability", "INV-3")]
    public void A_change_within_the_ordinary_band_is_never_held() =>
        Gen.Select(SomeCurrency, Gen.Long[1_000, 1_000_000], Gen.Int[31, 249]).Sample((currency, price, percent) =>
        {
            var next = Of(price * percent / 100, currency);
            var state = Publish(Publish(null, Cup(Of(price, currency))), Cup(next));
            Assert.Null(DoubtIn(state));
            Assert.Equal(next, ShownIn(state));
        });

    [Fact, Trait("Capability", "INV-3")]
    public void Beside_its_peers_a_new_price_is_held_beyond_a_tenfold_and_a_hundredth_and_shown_within() =>
        Gen.Select(SomeCurrency, Gen.Long[1_000, 100_000]).Sample((currency, price) =>
        {
            var peers = Peers("home", (currency.Code, Around(Of(price, currency).Minor)));
            Assert.Null(ShownIn(Publish(null, Cup(Of(price * 20, currency)), peers)));
            Assert.Null(ShownIn(Publish(null, Cup(Of(price / 100, currency)), peers)));
            Assert.NotNull(ShownIn(Publish(null, Cup(Of(price, currency)), peers)));
            Assert.NotNull(ShownIn(Publish(null, Cup(Of(price * 2, currency)), peers)));
        });

    [Theory, Trait("Capability", "INV-3")]
    [InlineData("JPY", 1_250, 125_000, "price.extra-zero", 1_250L)]          // cents of a currency that has none
    [InlineData("KWD", 12_500, 1_250, "price.misplaced-point", 12_500L)]     // hundredths of a currency of thousandths
    [InlineData("EUR", 12_50, 125_00, "price.extra-zero", 12_50L)]
    [InlineData("EUR", 12_95, 1_30, "price.misplaced-point", 13_00L)]
    [InlineData("EUR", 12_50, 55_00, "price.far-from-own", null)]
    [InlineData("EUR", 12_50, 2_00, "price.far-from-own", null)]
    public void Says_what_it_looks_like_and_what_was_meant(
        string code, long usual, long price, string looks, long? meant)
    {
        var currency = Currency.Of(code);
        var held = Publish(Publish(null, Cup(new(usual, currency))), Cup(new(price, currency)));
        var doubt = Assert.Single(DoubtIn(held)!.Prices);
        Assert.Equal((looks, meant), (doubt.Code, doubt.Suggested?.Minor));
        Assert.Equal(new Money(usual, currency), ShownIn(held));
    }

    [Fact, Trait("Capability", "INV-3")]
    public void An_amount_in_the_wrong_currency_is_told_apart_from_a_slip()
    {
        var peers = Peers("home", ("EUR", Around(15_00)), ("JPY", Around(2_500)));
        var yen = Publish(null, Cup(Eur(2_500_00)), peers);
        Assert.Equal(PriceGuard.WrongCurrency, Assert.Single(DoubtIn(yen)!.Prices).Code);
        var other = Publish(Publish(null, Cup(Eur(12_50))), Cup(new(12_50, Currency.Of("USD"))));
        Assert.Equal(PriceGuard.WrongCurrency, Assert.Single(DoubtIn(other)!.Prices).Code);
        Assert.Equal(Eur(12_50), ShownIn(other));
        var meant = After(other, new Listing.Command.ConfirmPrice()).State;
        Assert.Equal(Currency.Of("USD"), ShownIn(meant)!.Value.Currency);
    }

    [Fact, Trait("Capability", "INV-3")]
    public void A_new_listing_is_not_shown_until_its_price_is_confirmed_and_then_it_is_history()
    {
        var peers = Peers("home", ("EUR", Around(15_00)));
        var (held, decision) = After(null, new Listing.Command.Publish(
            Cup(Eur(150_00)), new(peers, Wednesday, "test")));
        var why = Assert.IsType<Listing.Event.PriceHeld>(Assert.Single(decision.Events)).Why;
        Assert.Equal((PriceGuard.ExtraZero, "listing.not-shown-yet", 1), (why.Code, why.Outcome, why.Rulebook));
        Assert.Empty(Assert.IsType<Listing.State.Held>(held).Offer.Variants);
        Assert.Equal("listing.price-is-held", After(held, new Listing.Command.Resume()).Last.Refusals.Single().Code);
        var honour = new Listing.Command.Honour(new("cup"), Eur(150_00), "DE", Eur(0));
        Assert.Equal("listing.not-offered", After(held, honour, TheOrder).Last.Refusals.Single().Code);

        var shown = After(held, new Listing.Command.ConfirmPrice()).State;
        Assert.Equal(Eur(150_00), ShownIn(shown));
        Assert.Empty(After(shown, new Listing.Command.ConfirmPrice()).Last.Events);
        Assert.Null(DoubtIn(Publish(shown, Cup(Eur(160_00)), peers)));
    }

    [Fact, Trait("Capability", "INV-3")]
    public void All_else_that_was_changed_is_shown_at_once_and_the_right_price_with_one_ask()
    {
        var state = Publish(null, Wares);
        var wrong = Wares with
        {
            Title = "Fine crockery", Variants = [Wares.Variants[0] with { Price = Eur(33_30) }, Wares.Variants[1]],
        };
        var held = Publish(state, wrong);
        var live = Assert.IsType<Listing.State.InWindow>(held);
        Assert.Equal(("Fine crockery", Eur(3_33)), (live.Offer.Title, live.Offer.Variants[0].Price));
        Assert.Empty(After(held, new Listing.Command.Publish(wrong)).Last.Events);

        var unknown = new Listing.Command.CorrectPrice([new(new("jug"), Eur(1))]);
        Assert.Equal("prices[0].sku", After(held, unknown).Last.Refusals.Single().Field);
        var right = After(held, new Listing.Command.CorrectPrice([new(new("cup"), Eur(3_50))])).State;
        Assert.Equal(Eur(3_50), ShownIn(right));
        Assert.Null(DoubtIn(right));
        Assert.Null(DoubtIn(Publish(held, Wares with { Title = "Fine crockery" })));
        // A correction that looks no better waits too.
        Assert.NotNull(DoubtIn(After(held, new Listing.Command.CorrectPrice([new(new("cup"), Eur(333_00))])).State));
    }

    [Fact, Trait("Capability", "INV-3")]
    public void Who_does_not_answer_keeps_the_old_price_and_a_new_listing_stays_unseen()
    {
        var held = Publish(Publish(null, Cup(Eur(12_50))), Cup(Eur(125_00)));
        Assert.Equal(Party.Seller, Listing.Kind.DeadlineOf(held!)!.Owner);
        held = Warned(held);
        var due = Listing.Kind.NextWake(held!)!.Value;
        Assert.Empty(After(held, new Listing.Command.Wake(due - Duration.FromDays(1)), Clock, due).Last.Events);
        var over = After(held, new Listing.Command.Wake(due), Clock, due).State;
        Assert.Equal((Eur(12_50), null), (ShownIn(over), DoubtIn(over)));

        var peers = Peers("home", ("EUR", Around(15_00)));
        var unseen = Warned(Publish(null, Cup(Eur(150_00)), peers));
        var lapsed = After(unseen, new Listing.Command.Wake(Listing.Kind.NextWake(unseen!)!.Value), Clock, due).State;
        Assert.IsType<Listing.State.Unconfirmed>(lapsed);
        Assert.Equal(
            "listing.never-confirmed", After(lapsed, new Listing.Command.Resume()).Last.Refusals.Single().Code);
        Assert.Equal(Eur(15_00), ShownIn(Publish(lapsed, Cup(Eur(15_00)), peers)));
    }

    [Fact, Trait("Capability", "INV-3")]
    public void Its_seller_is_warned_before_and_has_the_full_notice_however_late_that_comes()
    {
        var held = Publish(Publish(null, Cup(Eur(12_50))), Cup(Eur(125_00)));
        var (before, notice) = (Listing.Kind.DeadlineOf(held!)!, Duration.FromDays(2));
        Assert.Equal(before.Due - notice, before.Warn);
        var late = before.Due + Duration.FromDays(5);
        var (warned, decision) = After(held, new Listing.Command.Wake(before.Next), Clock, late);
        var told = Assert.Single(Listing.Notices(Crockery, warned, Assert.Single(decision.Events)));
        Assert.Equal("hold-lapses-soon", told.Code);
        Assert.Equal(late + notice, Listing.Kind.NextWake(warned!));
        Assert.Empty(After(warned, new Listing.Command.Wake(before.Due), Clock, late).Last.Events);
        Assert.Equal(Eur(125_00), ShownIn(After(warned, new Listing.Command.ConfirmPrice(), at: late).State));
    }

    static Listing.State? Warned(Listing.State? held)
    {
        var warn = Listing.Kind.NextWake(held!)!.Value;
        return After(held, new Listing.Command.Wake(warn), Clock, warn).State;
    }

    [Fact, Trait("Capability", "INV-3")]
    public void A_held_price_is_nobodys_peer_and_one_that_is_changed_stops_counting()
    {
        var rows = new Dictionary<string, PriceBandRow>();
        Listing.State? state = null;
        foreach (var price in (Money[])[Eur(12_50), Eur(20_00), Eur(2_000_00)])
        {
            var (after, decision) = After(state, new Listing.Command.Publish(Cup(price)));
            foreach (var e in decision.Events)
            {
                var recorded = new Recorded(1, 0, Wednesday, Seller, 1, Crockery, e, []);
                foreach (var key in PriceBands.View.KeysOf(recorded))
                    if (PriceBands.View.Apply(key, rows.GetValueOrDefault(key), recorded) is PriceBandRow row)
                        rows[key] = row;
                    else rows.Remove(key);
            }
            state = after;
        }
        var band = Assert.Single(PriceBands.Of("home", rows.Values).Bands);
        Assert.Equal(1, band.Count);
        Assert.InRange(20_00, band.Low.Minor, band.High.Minor);
    }

    [Fact]
    public void A_step_of_the_scale_holds_what_falls_into_it_and_is_an_eighth_wide_at_most() =>
        Gen.Long[1, Money.Most].Sample(minor =>
        {
            var step = PriceScale.StepOf(minor);
            Assert.InRange(minor, PriceScale.LeastOf(step), PriceScale.MostOf(step));
            Assert.True(PriceScale.MostOf(step) - PriceScale.LeastOf(step) <= minor / 8);
        });

    [Fact]
    public void A_rulebook_can_not_say_that_a_tenfold_is_usual()
    {
        var text = RulebookFile.ShippedText();
        foreach (var (was, now) in (ReadOnlySpan<(string, string)>)
            [("ownTo: 250", "ownTo: 1000"), ("ownFrom: 30", "ownFrom: 10"), ("peersTo: 500", "peersTo: 1000")])
            Assert.NotEmpty(RulebookFile.Read(2, Wednesday, text.Replace(was, now, StringComparison.Ordinal)).Faults);
    }
}
