using CsCheck;
using Recourse.Checkouts;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Tracking;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

[Trait("Capability", "INV-1")]
public sealed class SellingFromStock
{
    static readonly CheckoutId Other = new(new("bob"), "basket-2");
    static readonly OrderId OthersOrder = OrderId.Of(Other, Shop);

    static Stockroom Placed(int cups = 6, int pots = 2, int haveCups = 6, int havePots = 2) =>
        Stockroom.With(haveCups, havePots).When(TheCheckout, Sold, Place(cups, pots));

    [Fact]
    public void Keeps_the_units_of_an_order_from_everybody_else()
    {
        var room = Placed();
        Assert.Equal((0, 6), (room.Cups.Available, room.Cups.Reserved));

        var request = new Recourse.Orders.Request(Other, Shop, [Wanted("cup", 1, 3_33, 50)], "DE", ShipTo: null);
        room.When(new Actor.Aggregate($"{Other}"), OthersOrder, new Order.Command.Place(request))
            .ThenRefused("stock.not-enough");
    }

    [Fact]
    public void Refuses_an_order_with_all_that_stands_in_its_way_and_keeps_nothing()
    {
        var room = Placed(haveCups: 5, havePots: 1);
        room.ThenRefused("stock.not-enough", "stock.not-enough");
        Assert.Equal((0, 0), (room.Cups.Reserved, room.Pots.Reserved));
        Assert.Null(room.Get<Order.State>(Sold));
    }

    [Fact]
    public void Refuses_an_order_at_a_price_that_is_no_longer_offered_and_says_both()
    {
        var room = Stockroom.With(9, 9).When(TheCheckout, Sold, Place(
            Wanted("cup", 1, 3_32, 50), Wanted("pot", 1, 12_50, 49), Wanted("jug", 1, 5_00, 50)));
        room.ThenRefused(
            "listing.price-changed", "listing.shipping-changed", "listing.no-such-variant", "stock.not-enough");
        Assert.Contains(new Named("now", Eur(3_33)), room.Refusals[0].Facts);
    }

    [Fact]
    public void Lets_go_what_is_cancelled_and_sells_what_is_shipped()
    {
        var room = Placed().When(ThePayment, Sold, Fund(Eur(48_98)))
            .When(Buyer, Sold, Cancel("cancel.changed-mind", Cups(2)));
        Assert.Equal((2, 4), (room.Cups.Available, room.Cups.Reserved));

        room = room.When(Seller, Sold, Ship);
        Assert.Equal((2, 0, 4), (room.Cups.Available, room.Cups.Reserved, room.Cups.Sold));
        Assert.Empty(room.Pots.OnHand);
    }

    [Fact]
    public void Gives_back_what_nobody_ever_paid()
    {
        var room = Placed().WhenDue().WhenDue().WhenDue();
        Assert.Equal((6, 0), (room.Cups.Available, room.Cups.Reserved));
        Assert.IsType<Order.State.Cancelled>(room.Get<Order.State>(Sold));
    }

    [Fact]
    public void Takes_lapsed_units_again_when_the_money_comes_after_all_if_they_are_there()
    {
        var until = Wednesday + Duration.FromHours(1);
        var lapsed = Stockroom.With(6, 2).When(TheOrder, CupsInStock, new StockItem.Command.Reserve(Sold, 4, until))
            .WhenDue();
        Assert.Equal(6, lapsed.Cups.Available);

        var kept = lapsed.When(TheOrder, CupsInStock, new StockItem.Command.Keep(Sold, 4));
        Assert.Equal((2, null), (kept.Cups.Available, Assert.Single(kept.Cups.Reservations.Values).Until));

        lapsed.When(TheOrder, CupsInStock, new StockItem.Command.Keep(Sold, 7)).ThenRefused("stock.not-enough");
    }

    [Fact]
    public void Said_twice_is_done_once()
    {
        var reserve = new StockItem.Command.Reserve(Sold, 4, Wednesday + Duration.FromHours(1));
        var room = Stockroom.With(6, 2).When(TheOrder, CupsInStock, reserve).When(TheOrder, CupsInStock, reserve);
        Assert.Equal(4, room.Cups.Reserved);

        var release = new StockItem.Command.Release(Sold, 4);
        room = room.When(TheOrder, CupsInStock, release).When(TheOrder, CupsInStock, release);
        Assert.Equal((6, 0), (room.Cups.Available, room.Refusals.Length));
    }

    [Fact]
    public void Takes_from_the_fullest_shelves_first()
    {
        var room = Stockroom.With(3, 2).When(Seller, CupsInStock, new StockItem.Command.Receive("annex", 5))
            .When(TheOrder, CupsInStock, new StockItem.Command.Reserve(Sold, 6, Wednesday + Duration.FromHours(1)));
        Assert.Equal([new Shelf("annex", 5), new Shelf("main", 1)], Assert.Single(room.Cups.Reservations.Values).From);
    }

    [Theory, Trait("Capability", "INV-2")]
    [InlineData(5, "stock.below-reserved")]
    [InlineData(-1, "stock.bad-units")]
    [InlineData(int.MinValue, "stock.bad-units")]
    [InlineData(int.MaxValue, "stock.too-many")]
    public void A_count_is_refused_below_what_is_promised_and_beyond_all_measure(int units, string code) =>
        Placed().When(Seller, CupsInStock, new StockItem.Command.Correct("main", units, "counted")).ThenRefused(code);

    [Fact, Trait("Capability", "INV-2")]
    public void A_count_is_recorded_with_its_reason()
    {
        var room = Placed(haveCups: 9).When(Seller, CupsInStock, Count("damaged", "two broke"));
        Assert.Equal((1, -2), (room.Cups.Available, room.Cups.Corrected));
        room.When(Seller, CupsInStock, Count("because")).ThenRefused("stock.no-such-reason");
        room.When(Seller, CupsInStock, Count("lost", " ")).ThenRefused("stock.bad-note");

        static StockItem.Command Count(string reason, string? note = null) =>
            new StockItem.Command.Correct("main", 7, reason, note);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(int.MinValue)]
    public void Units_that_are_none_are_refused(int units)
    {
        var room = Stockroom.With(6, 2);
        room.When(Seller, CupsInStock, new StockItem.Command.Receive("main", units)).ThenRefused("stock.bad-units");
        foreach (StockItem.Command c in (StockItem.Command[])
            [
                new StockItem.Command.Reserve(Sold, units, Wednesday), new StockItem.Command.Keep(Sold, units),
                new StockItem.Command.Release(Sold, units), new StockItem.Command.Sell(Sold, units),
            ])
            room.When(TheOrder, CupsInStock, c).ThenRefused("stock.bad-units");
    }

    [Fact]
    public void Units_beyond_all_measure_are_refused()
    {
        var room = Stockroom.With(6, 2);
        room.When(Seller, CupsInStock, new StockItem.Command.Receive("main", int.MaxValue))
            .ThenRefused("stock.too-many");
        room.When(TheOrder, CupsInStock, new StockItem.Command.Reserve(Sold, int.MaxValue, Wednesday))
            .ThenRefused("stock.not-enough");
    }

    [Fact]
    public void Nobody_touches_what_is_not_theirs()
    {
        var room = Stockroom.With(6, 2);
        room.When(OtherSeller, CupsInStock, new StockItem.Command.Receive("main", 1)).ThenRefused("kernel.not-found");
        room.When(Buyer, CupsInStock, new StockItem.Command.Release(Sold, 1)).ThenRefused("kernel.not-found");
        room.When(new Actor.Aggregate($"{OthersOrder}"), CupsInStock, new StockItem.Command.Release(Sold, 1))
            .ThenRefused("kernel.not-found");
        room.When(new Actor.Aggregate("order/rival/x"), CupsInStock, new StockItem.Command.Sell(Sold, 1))
            .ThenRefused("kernel.not-found");
        room.When(TheOrder, CupsInStock, new StockItem.Command.Correct("main", 0, "stolen"))
            .ThenRefused("stock.not-now");
        room.When(Agent, CupsInStock, new StockItem.Command.Receive("main", 1)).ThenRefused("stock.not-now");
    }

    static readonly ImmutableArray<(Actor Who, OrderId Order)> Rivals =
    [
        .. from i in Enumerable.Range(1, 3)
           let order = OrderId.Of(new(Ana, $"b{i}"), Shop)
           select ((Actor)new Actor.Aggregate($"{order}"), order),
    ];

    static readonly Gen<(Actor, StockItem.Command)> Anything =
        from rival in Gen.OneOf([.. Rivals])
        from units in Gen.Int[-2, 12]
        from hours in Gen.Int[1, 48]
        from place in Gen.OneOf("main", "annex")
        from which in Gen.Int[0, 8]
        let until = Wednesday + Duration.FromHours(hours)
        select which switch
        {
            0 => (Seller, new StockItem.Command.Receive(place, units)),
            1 => (Seller, new StockItem.Command.Correct(place, units, "counted")),
            2 or 3 => (rival.Who, new StockItem.Command.Reserve(rival.Order, units, until)),
            4 => (rival.Who, new StockItem.Command.Keep(rival.Order, units)),
            5 => (rival.Who, new StockItem.Command.Release(rival.Order, units)),
            6 => (rival.Who, new StockItem.Command.Sell(rival.Order, units)),
            7 => (Seller, new StockItem.Command.Correct(place, units, "lost", Short: true)),
            _ => (Clock, (StockItem.Command)new StockItem.Command.Wake(until)),
        };

    [Fact]
    public void Whatever_is_asked_units_are_neither_lost_nor_invented_nor_promised_twice() =>
        Anything.List[1, 60].Sample(asks =>
        {
            StockItem.State? stock = null;
            foreach (var (who, command) in asks)
            {
                var at = command is StockItem.Command.Wake w ? w.Due : Wednesday;
                var said = command is StockItem.Command.Wake && stock is not null
                    ? new StockItem.Command.Wake(StockItem.Kind.NextWake(stock) ?? at) : command;
                var decision = StockItem.Decide(CupsInStock, stock, said, new Asked(who, at, Published));
                stock = decision.Events.Aggregate(stock, (s, e) => StockItem.Evolve(s, e));
                if (stock is null) continue;

                Assert.Equal(stock.Received + stock.Corrected, stock.Available + stock.Reserved + stock.Sold);
                Assert.True(stock.Available >= 0);
                Assert.Equal(stock.Missing.IsEmpty, stock.ShortOf.IsEmpty);
                Assert.All(stock.OnHand, shelf => Assert.True(shelf.Units > 0));
                Assert.All(stock.Reservations.Values.SelectMany(r => r.From), shelf => Assert.True(shelf.Units > 0));
                var kept = stock.Reservations.Values.SelectMany(r => r.From);
                foreach (var shelf in kept.GroupBy(s => s.Location, s => s.Units))
                    Assert.True(shelf.Sum() <= stock.OnHand.Single(s => s.Location == shelf.Key).Units);
            }
        }, iter: 5_000);

    [Fact]
    public void Every_reservation_ends_as_sold_or_released_whatever_becomes_of_the_order() => (
        from seed in Gen.Int
        from steps in Gen.Int[0, 12].List[0, 12]
        select steps).Sample(steps =>
        {
            var room = steps.Aggregate(Placed(haveCups: 8), (r, step) => step switch
            {
                0 or 1 => r.When(ThePayment, Sold, Fund(r.Get<Order.State.Dealt>(Sold)!.Deal.Total)),
                2      => r.When(Seller, Sold, Ship),
                3      => r.When(Carrier, ParcelId.Of(Sold), new Parcel.Command.Report(
                    new(TrackingStatus.Delivered, r.Now, null, null))),
                4      => r.When(Buyer, Sold, Receive),
                5      => r.When(Buyer, Sold, Cancel("cancel.changed-mind", Cups(1))),
                6      => r.When(Seller, Sold, Cancel("cancel.out-of-stock", Pots(1))),
                7      => r.When(ThePayment, Sold, LosePayment),
                8      => r.When(TheCheckout, Sold, Place()),
                _      => r.WhenDue(),
            });
            for (var i = 0; i < 10; i++) room = room.WhenDue();

            Assert.True(room.Get<Order.State>(Sold) is Order.State.Completed or Order.State.Cancelled);
            Assert.Equal((0, 0), (room.Cups.Reserved, room.Pots.Reserved));
            Assert.Equal(8, room.Cups.Available + room.Cups.Sold);
            var shipped = room.Get<Parcel.State>(ParcelId.Of(Sold)) is not null;
            Assert.Equal(shipped, room.Cups.Sold + room.Pots.Sold > 0);
        }, iter: 1_000);
}
