using Recourse.Catalog;
using Recourse.Disputes;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>A listing that was held or barred wrongly is shown as its seller wanted it.</summary>
[Trait("Capability", "DSP-4")]
public sealed class AppealingAsASeller
{
    static readonly Subject OfListing = new Subject.Listing(Crockery);

    static readonly Listing.Command Tenfold = new Listing.Command.Publish(
        Wares with { Variants = [Wares.Variants[0] with { Price = Eur(33_30) }, Wares.Variants[1]] });

    static Listing.State Live(Actor who, Listing.State? state, params ImmutableArray<Listing.Command> said) =>
        said.Aggregate(state, (s, c) => After(who, s, c).State)!;

    static (Listing.State? State, Decision<Listing.Event> Last) After(
        Actor who, Listing.State? state, Listing.Command command, Instant? at = null)
    {
        var last = Listing.Decide(Crockery, state, command, new(who, at ?? Wednesday, Published));
        return (last.Events.Aggregate(state, (s, e) => Listing.Evolve(s, e)), last);
    }

    static (Listing.State? State, Decision<Listing.Event> Last) Appealed(Listing.State state, Statement why)
    {
        var appeal = AppealId.Of(OfListing, why);
        Assert.Equal(Shop, appeal.Seller);
        return After(new Actor.Aggregate($"{appeal}"), state,
            new Listing.Command.Overturn(appeal, why.Code, why.IssuedAt));
    }

    static Statement HeldWhy(Listing.State state) => ((Listing.State.Live)state).Doubt!.Why;

    [Fact]
    public void A_price_that_was_held_wrongly_is_shown()
    {
        var held = Live(Seller, null, new Listing.Command.Publish(Wares), Tenfold);
        var (shown, last) = Appealed(held, HeldWhy(held));
        Assert.IsType<Listing.Event.HoldOverturned>(last.Events[0]);
        Assert.Equal(Eur(33_30), Assert.IsType<Listing.State.InWindow>(shown).Offer.Variants[0].Price);
        Assert.Null(((Listing.State.InWindow)shown).Doubt);
    }

    [Fact]
    public void One_that_was_dropped_meanwhile_is_shown_as_well()
    {
        var held = Live(Seller, null, new Listing.Command.Publish(
            Wares with { Variants = [Wares.Variants[0], Wares.Variants[1], new(new("jug"), "A jug", Eur(9_999_00))] }));
        if (held is not Listing.State.Held { Doubt: { } doubt }) held = OnlyHeld(out doubt);
        var (warned, _) = After(Clock, held, new Listing.Command.Wake(doubt.Deadline.Next), doubt.Deadline.Next);
        var due = ((Listing.State.Live)warned!).Doubt!.Deadline.Due;
        var (dropped, _) = After(Clock, warned, new Listing.Command.Wake(due), due);
        Assert.IsType<Listing.State.Unconfirmed>(dropped);
        Assert.IsType<Listing.State.InWindow>(Appealed(dropped!, doubt.Why).State);
    }

    [Fact]
    public void One_that_lapsed_while_the_old_price_was_shown_is_shown_too_unless_something_newer_was_published()
    {
        var held = Live(Seller, null, new Listing.Command.Publish(Wares), Tenfold);
        var (why, due) = (HeldWhy(held), ((Listing.State.Live)held).Doubt!.Deadline.Next);
        var (warned, _) = After(Clock, held, new Listing.Command.Wake(due), due);
        due = ((Listing.State.Live)warned!).Doubt!.Deadline.Due;
        var (dropped, _) = After(Clock, warned, new Listing.Command.Wake(due), due);
        Assert.Equal(Eur(3_33), Assert.IsType<Listing.State.InWindow>(dropped).Offer.Variants[0].Price);
        var shown = Assert.IsType<Listing.State.InWindow>(Appealed(dropped!, why).State);
        Assert.Equal(Eur(33_30), shown.Offer.Variants[0].Price);
        Assert.Empty(Appealed(shown, why).Last.Events);                     // said twice

        var newer = Live(Seller, dropped, new Listing.Command.Publish(Wares with { Title = "Fine crockery" }));
        Assert.Empty(Appealed(newer, why).Last.Events);
    }

    static Listing.State OnlyHeld(out Doubt doubt)
    {
        var held = Live(Seller, null, new Listing.Command.Publish(
            Wares with { Variants = [Wares.Variants[0], Wares.Variants[1] with { Price = Eur(333_00) }] }));
        doubt = ((Listing.State.Live)held).Doubt!;
        return held;
    }

    [Fact]
    public void Goods_that_a_title_only_sounds_like_are_not_asked_about_again()
    {
        var held = Live(Seller, null, new Listing.Command.Publish(Wares with { Title = "Water pistol" }));
        var shown = Appealed(held, HeldWhy(held)).State;
        Assert.IsType<Listing.State.InWindow>(shown);
        var again = After(Seller, shown, new Listing.Command.Publish(
            Wares with { Title = "Water pistol", Category = "toys" })).Last;
        Assert.IsType<Listing.Event.Revised>(Assert.Single(again.Events));
    }

    [Fact]
    public void What_was_barred_wrongly_is_shown_without_what_barred_it()
    {
        var barred = Live(Seller, null, new Listing.Command.Publish(
            Wares with { Title = "Cap pistol", Goods = ["weapons"] }));
        var why = Assert.IsType<Listing.State.Barred>(barred).Why;
        Assert.True(why.IsOpenTo(Party.Seller));
        var shown = Assert.IsType<Listing.State.InWindow>(Appealed(barred, why).State);
        Assert.Equal(("Cap pistol", 0), (shown.Offer.Title, shown.Offer.Classes.Length));
    }

    [Fact]
    public void What_was_settled_since_stays_as_it_is()
    {
        var held = Live(Seller, null, new Listing.Command.Publish(Wares), Tenfold);
        var confirmed = Live(Seller, held, new Listing.Command.ConfirmPrice());
        Assert.Empty(Appealed(confirmed, HeldWhy(held)).Last.Events);
        var appeal = AppealId.Of(OfListing, HeldWhy(held));
        var overturn = new Listing.Command.Overturn(appeal, HeldWhy(held).Code, HeldWhy(held).IssuedAt);
        foreach (var who in (Actor[])[Seller, Agent, new Actor.Aggregate("appeal/rival/seller-x")])
            Assert.NotEmpty(After(who, held, overturn).Last.Refusals);
    }

    [Fact]
    public void Is_lodged_by_the_shop_and_decided_like_any_other()
    {
        var held = Live(Seller, null, new Listing.Command.Publish(Wares), Tenfold);
        var why = HeldWhy(held);
        var lodge = new Appeal.Command.Lodge(
            OfListing, new(new(why, "seller/shop"), Wednesday, "journal"), new("seller/shop", "c2VhbGVk"));
        var life = new Life(Appeal.Kind, AppealId.Of(OfListing, why), null, Wednesday).When(Seller, lodge);
        var lodged = life.Then<Appeal.Event.Lodged>();
        var told = Appeal.Notices((AppealId)life.Id, null, lodged).First();
        Assert.Equal(("seller/shop", Party.Seller), (told.To, told.As));
        var reversed = life.When(Agent, new Appeal.Command.Decide(Verdict.Reverse, "appeal.rule-does-not-fit"));
        Assert.Equal(Crockery, Assert.Single(reversed.Sent<Listing.Command.Overturn>()).To);
        // A buyer of the same name is somebody else.
        new Life(Appeal.Kind, life.Id, null, Wednesday).When(new Actor.Buyer(new("shop")), lodge)
            .ThenRefused("kernel.not-found");
        life.When(new Actor.Buyer(new("shop")), new Appeal.Command.Withdraw()).ThenRefused("kernel.not-found");
        life.When(OtherSeller, new Appeal.Command.Withdraw()).ThenRefused("kernel.not-found");
    }
}
