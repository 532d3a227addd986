using CsCheck;
using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Ways;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

/// <summary>What a way can't carry is found before anybody pays, with the way that works.</summary>
public sealed class GettingItThere
{
    static readonly ShippingOption Packet = new("post-packet", Eur(3_00), 10, 20),
        Parcel = new("post-parcel", Eur(9_00), 5, 9), Express = new("dhl-express", Eur(20_00), 1, 3);

    static Quoted Vase(int grams = 500, Sides? box = null, params ImmutableArray<ShippingOption> options) =>
        new("Vase", Eur(40_00), options.IsEmpty ? Eur(3_00) : options.Min(o => o.PerUnit.Minor) is var least
            ? Eur(least) : default, Offered: true, "DE", Unit: new(grams, box), Options: options);

    static CheckoutFacts Facts(string? area, params ImmutableArray<Quoted> quotes) => new(
        [.. quotes.Select(q => new Fact<Quoted?>(q, Wednesday, "test"))],
        Area: area is null ? null : new(area, Wednesday, "test"));

    static Basket Of(string country, int units, string? service = null) => new(
        [new(new(Potter, "vase"), new("vase"), units, null, service)], country, null, "card-1");

    static ImmutableArray<Checkout.Finding> Found(Basket basket, CheckoutFacts facts) =>
        [.. Checkout.Findings(basket, facts, new(Buyer, Wednesday, Published))
            .Where(f => f.What.Code is not ("checkout.duties-unknown" or Checkout.OddQuantity))];

    static Value FactOf(Checkout.Finding found, string name) =>
        found.What.Facts.Single(f => f.Name == name).Value;

    static Wanted Placed(Basket basket, CheckoutFacts facts) => NewCheckout.When(Buyer,
        new Checkout.Command.Open(basket, facts)).Sent<Order.Command.Place>().Single().Command.Request.Lines.Single();

    [Fact, Trait("Capability", "INV-5")]
    public void Takes_the_cheapest_way_that_will_do_and_places_the_order_with_it()
    {
        var wanted = Placed(Of("BR", 3), Facts(null, Vase(500, null, Parcel, Packet)));
        Assert.Equal((Eur(3_00), "post-packet", 20), (wanted.ShippingPerUnit, wanted.By!.Service, wanted.By.ToDays));

        // Five of them are heavier than a small packet may be.
        Assert.Equal("post-parcel", Placed(Of("BR", 5), Facts(null, Vase(500, null, Parcel, Packet))).By!.Service);
        Assert.Equal("dhl-express",
            Placed(Of("BR", 1, "dhl-express"), Facts(null, Vase(500, null, Parcel, Packet, Express))).By!.Service);
    }

    [Fact, Trait("Capability", "INV-5")]
    public void Leaves_offers_of_old_as_they_are()
    {
        var wanted = Placed(Of("BR", 7), Facts("br-north", Vase(90_000) with { Options = null }));
        Assert.Equal((Eur(3_00), null), (wanted.ShippingPerUnit, wanted.By));
    }

    [Fact, Trait("Capability", "CHK-4")]
    public void Finds_what_is_too_heavy_with_the_way_that_works_or_how_many_do()
    {
        var named = Assert.Single(Found(Of("BR", 5, "post-packet"), Facts(null, Vase(500, null, Packet, Parcel))));
        Assert.Equal(("shipping.too-heavy", Gravity.Blocking, "lines[0].service"),
            (named.What.Code, named.Gravity, named.What.Field));
        Assert.Equal(((Value)"post-parcel", (Value)4L), (FactOf(named, "works"), FactOf(named, "units")));

        var all = Assert.Single(Found(Of("BR", 100), Facts(null, Vase(500, null, Packet, Parcel))));
        Assert.Equal(((Value)"post-parcel", (Value)"", 60L),
            (FactOf(all, "service"), FactOf(all, "works"), ((Value.Count)FactOf(all, "units")).Number));
    }

    [Fact, Trait("Capability", "CHK-4")]
    public void Weighs_all_that_a_seller_sends_and_says_it_once()
    {
        var basket = Of("BR", 3) with
        {
            Lines = [.. Of("BR", 3).Lines, new(new(Potter, "jug"), new("jug"), 1, null),
                new(new(Lampmaker, "lamp"), new("lamp"), 1, null)],
        };
        var facts = Facts(null, Vase(600, null, Packet), Vase(600, null, Packet), Vase(1_900, null, Packet));
        var found = Assert.Single(Found(basket, facts));
        Assert.Equal("lines[0].service", found.What.Field);
        Assert.Equal((2_400L, 2L),
            (((Value.Count)FactOf(found, "grams")).Number, ((Value.Count)FactOf(found, "units")).Number));
    }

    [Fact, Trait("Capability", "CHK-4")]
    public void Finds_what_is_too_large_and_goods_that_a_carrier_leaves()
    {
        var pole = Vase(900, new(1_500, 100, 100), Packet, Parcel);
        Assert.Equal(("shipping.too-large", (Value)"post-parcel"), Assert.Single(
            Found(Of("BR", 1, "post-packet"), Facts(null, pole))) is var f
                ? (f.What.Code, FactOf(f, "works")) : default);

        var scent = Vase(200, null, Packet, new ShippingOption("ups-standard", Eur(12_00), 2, 5)) with
        {
            Goods = ["perfume"],
        };
        Assert.Empty(Found(Of("BR", 1), Facts(null, scent)));
        Assert.Equal("ups-standard", Placed(Of("BR", 1), Facts(null, scent)).By!.Service);
        var left = Assert.Single(Found(Of("BR", 1, "post-packet"), Facts(null, scent)));
        Assert.Equal(("shipping.goods-not-taken", (Value)"goods-perfume", (Value)"ups-standard"),
            (left.What.Code, FactOf(left, "goods"), FactOf(left, "works")));
    }

    [Fact, Trait("Capability", "CHK-4")]
    public void Finds_where_nobody_goes_at_this_time()
    {
        var closed = Assert.Single(Found(Of("RU", 1), Facts(null, Vase(200, null, Express))));
        Assert.Equal(("shipping.lane-closed", (Value)"suspended"), (closed.What.Code, FactOf(closed, "reason")));
        Assert.Empty(Found(Of("RU", 1), Facts(null, Vase(200, null, Express, Packet))));
        Assert.Equal("shipping.lane-closed", Assert.Single(
            Found(Of("RU", 1), Facts(null, Vase(200, null, Packet) with { ShipsFrom = "US" }))).What.Code);
    }

    [Fact, Trait("Capability", "CHK-4")]
    public void Tells_of_remote_areas_and_asks_what_was_told()
    {
        var facts = Facts("us-alaska", Vase(200, null, Express));
        var found = Assert.Single(Found(Of("US", 2), facts));
        Assert.Equal(("shipping.remote-surcharge", Gravity.Advice, (Value)Eur(2 * 4_00)),
            (found.What.Code, found.Gravity, FactOf(found, "surcharge")));
        var wanted = Placed(Of("US", 2), facts);
        Assert.Equal((Eur(24_00), Eur(4_00), 5), (wanted.ShippingPerUnit, wanted.By!.Surcharge, wanted.By.ToDays));

        // Where no carrier is named, nothing more is asked.
        var old = Assert.Single(Found(Of("US", 2), Facts("us-alaska", Vase())));
        Assert.Equal("shipping.remote-area", old.What.Code);
    }

    [Fact, Trait("Capability", "CHK-9")]
    public void Looks_at_goods_once_more_by_the_rules_of_the_day()
    {
        var rum = Vase() with { Goods = ["alcohol"] };
        Assert.Equal(("goods.not-let-in", Gravity.Blocking),
            Assert.Single(Found(Of("KW", 1), Facts(null, rum))) is var f ? (f.What.Code, f.Gravity) : default);
        Assert.Equal(("goods.needs", Gravity.Advice),
            Assert.Single(Found(Of("BR", 1), Facts(null, rum))) is var g ? (g.What.Code, g.Gravity) : default);
        Assert.Equal("goods.not-sold", Assert.Single(
            Found(Of("BR", 1), Facts(null, Vase() with { Goods = ["weapons"] }))).What.Code);
        Assert.Empty(Found(Of("BR", 1), Facts(null, Vase() with { Goods = ["no-longer-known"] })));
    }

    [Fact, Trait("Capability", "CHK-4")]
    public void What_is_suggested_is_never_found_fault_with() => Gen.Select(
        Gen.Int[1, 40], Gen.Int[1, 40_000], Gen.Int[1, 2_500], Gen.OneOf("BR", "US", "RU", "KW"),
        Gen.OneOf("post-packet", "post-parcel", "dhl-express", "")).Sample(
        (units, grams, side, country, service) =>
        {
            var facts = Facts(null, Vase(grams, new(side, 50, 50), Packet, Parcel, Express));
            foreach (var found in Found(Of(country, units, service is "" ? null : service), facts))
            {
                if (FactOf(found, "works") is Value.Word { Text: not "" and var works })
                    Assert.Empty(Found(Of(country, units, works), facts));
                if (found.What.Code is "shipping.too-heavy"
                    && FactOf(found, "units") is Value.Count { Number: > 0 and var fit })
                    Assert.Empty(Found(Of(country, (int)fit, service is "" ? null : service), facts));
            }
        });
}
