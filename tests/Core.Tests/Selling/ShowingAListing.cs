using Recourse.Catalog;
using Shouldly;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>What sellers tell and show of a thing, beside its title and its price.</summary>
[Trait("Capability", "INV-6")]
public sealed class ShowingAListing
{
    static readonly Picture Front = new(new('a', 40), "A white cup", 640, 480),
        Back = new(new('b', 40), "Behind", 9, 9);

    static Listing.State? After(Listing.State? state, Listing.Command said, Actor? who = null) =>
        Decided(state, said, who).Events.Aggregate(state, (s, e) => Listing.Evolve(s, e));

    static Decision<Listing.Event> Decided(Listing.State? state, Listing.Command said, Actor? who = null) =>
        Listing.Decide(Crockery, state, said, new(who ?? Seller, Wednesday, Published));

    static Offer Shown(Listing.State? state) => ((Listing.State.InWindow)state!).Offer;

    static readonly Listing.State? InWindow = After(null, new Listing.Command.Publish(Wares));

    [Fact]
    public void Pictures_are_added_and_dropped_one_by_one_and_stay_when_something_else_is_changed()
    {
        var two = After(After(InWindow, new Listing.Command.AddPicture(Front)), new Listing.Command.AddPicture(Back));
        Shown(two).Seen.ShouldBe([Front, Back]);
        Shown(After(two, new Listing.Command.Publish(Wares with { Title = "Fine crockery" }))).Seen
            .ShouldBe([Front, Back]);
        Shown(After(two, new Listing.Command.Publish(Wares with { Pictures = [Back, Front] }))).Seen
            .ShouldBe([Back, Front]);
        Shown(After(two, new Listing.Command.Publish(Wares with { Pictures = [] }))).Seen.ShouldBeEmpty();
        Shown(After(two, new Listing.Command.DropPicture(Front.Name))).Seen.ShouldBe([Back]);
        Decided(two, new Listing.Command.AddPicture(Front)).Events.ShouldBeEmpty();
        Decided(two, new Listing.Command.DropPicture(new('c', 40))).Events.ShouldBeEmpty();
    }

    [Fact]
    public void Only_its_seller_changes_its_pictures()
    {
        Decided(InWindow, new Listing.Command.AddPicture(Front), new Actor.Seller(new("another"))).Refusals
            .ShouldBe([Refusal.NotFound]);
        Decided(InWindow, new Listing.Command.AddPicture(Front), new Actor.Agent("a1")).Refusals.Single().Code
            .ShouldBe("listing.not-now");
        Decided(null, new Listing.Command.AddPicture(Front)).Refusals.ShouldBe([Refusal.NotFound]);
    }

    [Fact]
    public void A_picture_that_is_added_shows_no_price_that_waits()
    {
        var held = After(InWindow, new Listing.Command.Publish(Wares with
        {
            Variants = [Wares.Variants[0] with { Price = Eur(33_30) }, Wares.Variants[1]],
        }));
        var after = (Listing.State.InWindow)After(held, new Listing.Command.AddPicture(Front))!;
        after.Doubt.ShouldNotBeNull();
        after.Doubt.Offer.Seen.ShouldBe([Front]);
        (after.Offer.Variants[0].Price, after.Offer.Seen.Single()).ShouldBe((Eur(3_33), Front));
    }

    [Fact]
    public void All_that_is_wrong_with_it_is_told_at_once()
    {
        var refusals = Decided(InWindow, new Listing.Command.Publish(Wares with
        {
            Description = new('x', 4_001),
            Specs = [new("material", ""), new("care", "none"), new("Care", "some")],
            Pictures = [Front with { Name = "../etc" }, Back with { Alt = " " }, Back],
        })).Refusals;
        refusals.Select(r => $"{r.Code} {r.Field}").ShouldBe(
        [
            "listing.bad-description description", "listing.bad-spec specs[0].value", "listing.twice specs[2].name",
            "listing.no-such-picture pictures[0]", "listing.bad-alt pictures[1].alt", "listing.twice pictures[2]",
        ], ignoreOrder: true);
        Decided(InWindow, new Listing.Command.Publish(Wares with
        {
            Pictures = [.. Enumerable.Range(10, 9).Select(n => Front with { Name = $"{n}{new string('a', 38)}" })],
        })).Refusals.Single().Field.ShouldBe("pictures");
    }

    [Fact]
    public void What_says_nothing_is_left_out_and_what_says_the_same_changes_nothing()
    {
        var told = After(InWindow, new Listing.Command.Publish(Wares with
        {
            Description = "  Two lines.\r\nOf it. ", Specs = [new(" material ", " Clay ")],
        }));
        (Shown(told).Description, Shown(told).Said.Single()).ShouldBe(("Two lines.\nOf it.", new("material", "Clay")));
        Decided(told, new Listing.Command.Publish(Shown(told))).Events.ShouldBeEmpty();
        Shown(After(told, new Listing.Command.Publish(Wares with { Description = " ", Specs = [] })))
            .ShouldSatisfyAllConditions(o => o.Description.ShouldBeNull(), o => o.Specs.ShouldBeNull());
    }
}
