using CsCheck;
using Recourse.Inventory;
using Recourse.Orders;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

/// <summary>An order that is changed takes what is new of a promotion like any other, and gives back what it had.
/// </summary>
[Trait("Capability", "ORD-2")]
public sealed class KeepingMoreAtASalePrice
{
    static readonly StockItemId Cups = new(Potter, new("cup"));
    static readonly PromotionClaim Rush = new("rush", SixCups.Listing, Eur(2_00));
    static readonly OrderId Ours = new(Potter, "o1");
    static readonly BuyerId Bea = new("bea");

    static StockItem.State Shop(int have, int aside, int? most = null, int? limit = null)
    {
        var stock = After(StockItem.Nothing, Seller, new StockItem.Command.Receive("shelf", have));
        stock = After(stock, Seller, new StockItem.Command.Promote(new(
            "rush", SixCups.Listing, Eur(2_00), Wednesday, Wednesday + Duration.FromDays(2), aside, most)));
        return limit is { } units
            ? After(stock, Seller, new StockItem.Command.LimitBuyers(new(units, Duration.FromDays(7)))) : stock;
    }

    static Decision<StockItem.Event> Say(StockItem.State stock, Actor who, StockItem.Command command) =>
        StockItem.Decide(Cups, stock, command, new(who, Wednesday, Published));

    static StockItem.State After(StockItem.State stock, Actor who, StockItem.Command command)
    {
        var said = Say(stock, who, command);
        Assert.True(said.Refusals.IsDefaultOrEmpty, string.Join(", ", said.Refusals.Select(r => r.Code)));
        return said.Events.Aggregate(stock, StockItem.Evolve);
    }

    static StockItem.State Bought(StockItem.State stock, int units, bool onSale = true)
    {
        var kept = After(stock, House(Ours), new StockItem.Command.Reserve(
            Ours, units, Wednesday + Duration.FromHours(1), Bea, onSale ? Rush : null));
        return After(kept, House(Ours), new StockItem.Command.Keep(Ours, units));
    }

    static StockItem.Command More(int all, int onSale) =>
        new StockItem.Command.Keep(Ours, all, Bea, onSale > 0 ? Rush : null, onSale);

    static Promotion Sale(StockItem.State stock) => stock.Promotions.Single();

    [Fact]
    public void More_is_taken_from_what_is_set_aside_and_goes_back_there()
    {
        var more = After(Bought(Shop(10, 5), 2), House(Ours), More(4, onSale: 2));
        Assert.Equal((1, 4, 5), (Sale(more).Left, Sale(more).Shares[Ours].Units, more.Available));
        Assert.Empty(Say(more, House(Ours), More(4, onSale: 2)).Events);                  // said twice, done once
        var back = After(more, House(Ours), new StockItem.Command.Release(Ours, 4));
        Assert.Equal((5, 5), (Sale(back).Left, back.Available));
    }

    [Fact]
    public void What_is_not_on_sale_any_more_is_told_apart_from_what_is()
    {
        var more = After(Bought(Shop(10, 3), 3), House(Ours), More(5, onSale: 0));
        Assert.Equal((0, 3, 5), (Sale(more).Left, Sale(more).Shares[Ours].Units, more.Available));
        var normal = After(more, House(Ours), new StockItem.Command.Release(Ours, 2, []));
        Assert.Equal((0, 7), (Sale(normal).Left, normal.Available));
        var mixed = After(more, House(Ours), new StockItem.Command.Release(Ours, 2, [new("rush", 1)]));
        Assert.Equal((1, 6), (Sale(mixed).Left, mixed.Available));
        var all = After(mixed, House(Ours), new StockItem.Command.Release(Ours, 3));
        Assert.Equal((3, 7), (Sale(all).Left, all.Available));
    }

    [Fact]
    public void Limits_count_as_they_do_at_a_checkout()
    {
        Assert.Equal("promotion.limit", Assert.Single(Say(
            Bought(Shop(10, 5, most: 3), 2), House(Ours), More(4, onSale: 2)).Refusals).Code);
        Assert.Equal("promotion.sold-out", Assert.Single(Say(
            Bought(Shop(10, 3), 2), House(Ours), More(4, onSale: 2)).Refusals).Code);
        Assert.Equal("stock.limit", Assert.Single(Say(
            Bought(Shop(10, 3, limit: 3), 2, onSale: false), House(Ours), More(4, onSale: 0)).Refusals).Code);
        Assert.Equal("stock.not-enough", Assert.Single(Say(
            Bought(Shop(5, 3), 2), House(Ours), More(6, onSale: 1)).Refusals).Code);
        var other = Rush with { Code = "other" };
        Assert.Equal("promotion.over", Assert.Single(Say(Bought(Shop(5, 3), 2), House(Ours),
            new StockItem.Command.Keep(Ours, 3, Bea, other, 1)).Refusals).Code);
    }

    [Fact]
    public void Whatever_is_taken_and_given_back_it_adds_up() => Gen.Select(
        Gen.Int[0, 3], Gen.Int[1, 3], Gen.Int[1, 6], Gen.Int[0, 6]).Array[1, 40].Sample(steps =>
    {
        var stock = Shop(30, 12, most: 6);
        foreach (var (what, who, units, onSale) in steps)
        {
            var (order, buyer) = (new OrderId(Potter, $"o{who}"), new BuyerId($"b{who % 2}"));
            var has = stock.Reservations.GetValueOrDefault(order)?.Units ?? 0;
            StockItem.Command command = what switch
            {
                0 or 1 => new StockItem.Command.Keep(order, has + units, buyer, Rush, onSale),
                2 => new StockItem.Command.Release(order, units, [new("rush", onSale)]),
                _ => new StockItem.Command.Sell(order, has),
            };
            stock = Say(stock, House(order), command).Events.Aggregate(stock, StockItem.Evolve);
            var p = Sale(stock);
            Assert.Equal(12, p.Left + p.Shares.Values.Sum(s => s.Units));
            Assert.True(stock.Available >= 0 && p.Left >= 0);
            Assert.Equal(stock.OnHand.Sum(s => s.Units),
                stock.Available + stock.Aside + stock.Reservations.Values.Sum(r => r.Units));
            Assert.All(p.Shares.Values.GroupBy(s => s.Buyer), g => Assert.True(g.Sum(s => s.Units) <= 6));
        }
    }, iter: 3_000);
}
