using Recourse.Catalog;
using Recourse.Orders;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

public sealed class OfferingAListing
{
    static readonly Listing.Command Publish = new Listing.Command.Publish(Wares), Pause = new Listing.Command.Pause(),
        Resume = new Listing.Command.Resume(), Take = new Listing.Command.Import([("category", "toys")]);

    static (Listing.State? State, Decision<Listing.Event> Last) After(params (Actor Who, Listing.Command Said)[] asks)
    {
        Listing.State? state = null;
        Decision<Listing.Event> last = [];
        foreach (var (who, said) in asks)
        {
            last = Listing.Decide(Crockery, state, said, new Asked(who, Wednesday, Published));
            state = last.Events.Aggregate(state, (s, e) => Listing.Evolve(s, e));
        }
        return (state, last);
    }

    static IEnumerable<string> RefusedAs(params (Actor Who, Listing.Command Said)[] asks) =>
        After(asks).Last.Refusals.Select(r => r.Field is null ? r.Code : $"{r.Code} {r.Field}");

    static Listing.Command Honour(long price = 3_33, string country = "DE", long shipping = 50, string sku = "cup") =>
        new Listing.Command.Honour(new(sku), Eur(price), country, Eur(shipping));

    [Fact]
    public void Shows_it_changes_it_and_takes_it_away()
    {
        Assert.IsType<Listing.State.InWindow>(After((Seller, Publish)).State);
        Assert.Empty(After((Seller, Publish), (Seller, Publish)).Last.Events);
        var dearer = new Listing.Command.Publish(Wares with { Title = "Fine crockery" });
        Assert.IsType<Listing.Event.Revised>(After((Seller, Publish), (Seller, dearer)).Last.Events[0]);
        Assert.IsType<Listing.State.Away>(After((Seller, Publish), (Seller, Pause), (Seller, dearer)).State);
        Assert.IsType<Listing.State.InWindow>(After((Seller, Publish), (Seller, Pause), (Seller, Resume)).State);
        Assert.Empty(After((Seller, Publish), (Seller, Resume)).Last.Events);
    }

    [Theory]
    [InlineData("KWD"), InlineData("BHD"), InlineData("JOD"), InlineData("OMR"), InlineData("TND")]
    public void Takes_no_price_that_no_card_can_be_charged(string currency)
    {
        Offer In(long price, long shipping) => Wares with
        {
            Variants = [new(new("cup"), "A cup", new(price, Currency.Of(currency)))],
            ShipsTo = [new("DE", new(shipping, Currency.Of(currency)))],
        };
        Assert.Equal(
            ["listing.too-fine-for-cards variants[0].price", "listing.too-fine-for-cards shipsTo[0].shippingPerUnit"],
            RefusedAs((Seller, new Listing.Command.Publish(In(3_335, 501)))));
        Listing.Command good = new Listing.Command.Publish(In(3_330, 0));
        Assert.IsType<Listing.State.InWindow>(After((Seller, good)).State);
        Assert.Equal(
            ["listing.too-fine-for-cards variants[0].price"],
            RefusedAs((Seller, good), (Seller, new Listing.Command.Publish(In(3_331, 0)))));
    }

    [Fact]
    public void Names_every_fault_with_its_field() => Assert.Equal(
        [
            "listing.bad-title title", "listing.bad-category category", "listing.no-such-country shipsFrom",
            "listing.bad-sku variants[0].sku", "listing.bad-price variants[0].price",
            "listing.bad-title variants[1].title", "listing.bad-price variants[1].price",
            "listing.mixed-currencies variants[2].price",
            "listing.no-such-country shipsTo[0].country", "listing.bad-shipping shipsTo[0].shippingPerUnit",
            "listing.twice variants[2].sku", "listing.twice shipsTo[2].country",
        ],
        RefusedAs((Seller, new Listing.Command.Publish(new(
            " ", "Home & Garden",
            [
                new(new("Cup"), "", Eur(0)), new(new("pot"), "a\nb", Eur(Money.Most + 1)),
                new(new("pot"), "", new(1, Currency.Of("USD"))),
            ],
            "de", [new("Brazil", Eur(-1)), new("DE", Eur(0)), new("DE", Eur(1))])))));

    [Fact]
    public void Needs_something_to_offer_and_somewhere_to_ship_to() => Assert.Equal(
        [
            "listing.bad-title title", "listing.no-such-country shipsFrom", "listing.bad-count variants",
            "listing.bad-count shipsTo",
        ],
        RefusedAs((Seller, new Listing.Command.Publish(new(null!, "", default, null!, default)))));

    [Fact]
    public void Is_its_own_sellers_affair()
    {
        Assert.Equal(["kernel.not-found"], RefusedAs((OtherSeller, Publish)));
        Assert.Equal(["kernel.not-found"], RefusedAs((Buyer, Publish)));
        Assert.Equal(["listing.not-now"], RefusedAs((Agent, Publish)));
        Actor rivals = new Actor.Aggregate("order/rival/x");
        Assert.Equal(["kernel.not-found"], RefusedAs((Seller, Publish), (rivals, Honour())));
        Assert.Equal(["kernel.not-found"], RefusedAs((Seller, Pause)));
    }

    [Fact]
    public void Honours_what_a_buyer_was_shown()
    {
        Assert.Equal((0, 0), (After((Seller, Publish), (TheOrder, Honour())).Last.Events.Length,
            After((Seller, Publish), (TheOrder, Honour())).Last.Refusals.Length));
        Assert.Equal(["listing.price-changed"], RefusedAs((Seller, Publish), (TheOrder, Honour(price: 3_32))));
        Assert.Equal(["listing.no-such-variant"], RefusedAs((Seller, Publish), (TheOrder, Honour(sku: "jug"))));
        Assert.Equal(["listing.not-shipped-there"], RefusedAs((Seller, Publish), (TheOrder, Honour(country: "US"))));
        Assert.Equal(["listing.price-changed", "listing.shipping-changed"],
            RefusedAs((Seller, Publish), (TheOrder, Honour(price: 1, shipping: 1))));
        Assert.Equal(["listing.not-offered"], RefusedAs((Seller, Publish), (Seller, Pause), (TheOrder, Honour())));
        Assert.Equal(["listing.not-offered"], RefusedAs((TheOrder, Honour())));
    }

    [Fact, Trait("Capability", "OPS-1")]
    public void Is_taken_over_from_a_history_without_being_shown()
    {
        Assert.IsType<Listing.State.Imported>(After((Import, Take)).State);
        Assert.Empty(After((Import, Take), (Import, Take)).Last.Events);
        Assert.Equal(["listing.not-offered"], RefusedAs((Import, Take), (TheOrder, Honour())));
        Assert.Equal(["kernel.not-found"], RefusedAs((Seller, Publish), (Import, Take)));
        Assert.IsType<Listing.State.InWindow>(After((Import, Take), (Seller, Publish)).State);
    }
}
