using CsCheck;
using Recourse.Catalog;
using Recourse.Inventory;
using Recourse.Orders;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>What runs low is told, what runs out leaves the shop window, and both end by themselves.</summary>
public sealed class WatchingStock
{
    /// <summary>A shop's listings and shelves, with every message delivered.</summary>
    sealed class Desk
    {
        readonly Dictionary<IId, object> _states = [];

        public List<string> Told { get; } = [];

        public Listing.State? Listing => _states.GetValueOrDefault(Crockery) as Listing.State;

        public StockItem.State? Stock(StockItemId id) => _states.GetValueOrDefault(id) as StockItem.State;

        public ImmutableArray<Refusal> Ask(Actor who, IId id, object command)
        {
            Queue<(Actor Who, IId Id, object Command)> open = new([(who, id, command)]);
            ImmutableArray<Refusal>? first = null;
            while (open.TryDequeue(out var next))
            {
                var kind = Modules.Kinds.Single(k => k.Types.Id == next.Id.GetType());
                var decision = kind.Decide(next.Id, _states.GetValueOrDefault(next.Id), next.Command,
                    new Asked(next.Who, Wednesday, Published));
                first ??= decision.Refusals;
                if (!decision.Refusals.IsDefaultOrEmpty && !ReferenceEquals(next.Command, command))
                    Assert.Fail($"{next.Command} was refused: {decision.Refusals[0]}");
                foreach (var e in decision.Events)
                {
                    var from = _states.GetValueOrDefault(next.Id);
                    _states[next.Id] = kind.Evolve(from, e);
                    Assert.Contains(kind.Lifecycle.Arrows, a => a.From == from?.GetType() && a.On == e.GetType()
                        && a.To == _states[next.Id].GetType());
                    Told.AddRange(kind.Notices(next.Id, _states[next.Id], e).Select(n => n.Code));
                    foreach (var intent in kind.React(next.Id, _states[next.Id], e))
                        if (intent is Intent.Send { Message: var m })
                            open.Enqueue((new Actor.Aggregate($"{next.Id}"), m.Target, m.Command));
                }
            }
            return first ?? [];
        }

        public void Count(StockItemId id, int units) =>
            Ask(Seller, id, new StockItem.Command.Correct("main", units, "counted"));
    }

    static Desk Open(int cups, int pots)
    {
        var desk = new Desk();
        desk.Ask(Seller, Crockery, new Listing.Command.Publish(Wares));
        if (cups > 0) desk.Ask(Seller, CupsInStock, new StockItem.Command.Receive("main", cups));
        if (pots > 0) desk.Ask(Seller, PotsInStock, new StockItem.Command.Receive("main", pots));
        return desk;
    }

    [Fact, Trait("Capability", "INV-2")]
    public void Few_are_told_once_and_again_after_there_was_enough()
    {
        var desk = Open(cups: 5, pots: 9);
        desk.Count(CupsInStock, 3);
        Assert.Empty(desk.Told);
        desk.Count(CupsInStock, 2);
        desk.Count(CupsInStock, 1);
        Assert.Equal(["stock-low"], desk.Told);
        desk.Count(CupsInStock, 8);
        desk.Count(CupsInStock, 1);
        Assert.Equal(["stock-low", "stock-low"], desk.Told);
    }

    [Fact, Trait("Capability", "INV-2")]
    public void Its_seller_says_how_few_are_few_and_little_that_has_just_come_in_is_no_news()
    {
        var desk = Open(cups: 1, pots: 9);
        Assert.Empty(desk.Told);
        desk.Ask(Seller, PotsInStock, new StockItem.Command.AlertAt(6));
        desk.Count(PotsInStock, 6);
        Assert.Equal(["stock-low"], desk.Told);
        Assert.Equal("stock.bad-units",
            Assert.Single(desk.Ask(Seller, PotsInStock, new StockItem.Command.AlertAt(-1))).Code);
        desk.Ask(Seller, PotsInStock, new StockItem.Command.AlertAt(null));
        Assert.Equal(StockLevel.Enough, desk.Stock(PotsInStock)!.Level);
    }

    [Fact, Trait("Capability", "INV-2")]
    public void A_listing_leaves_the_window_with_its_last_unit_and_comes_back_with_the_next()
    {
        var desk = Open(cups: 3, pots: 3);
        desk.Count(CupsInStock, 0);
        Assert.IsType<Listing.State.InWindow>(desk.Listing);
        desk.Count(PotsInStock, 0);
        Assert.IsType<Listing.State.SoldOut>(desk.Listing);
        Assert.Contains("listing-sold-out", desk.Told);
        Assert.Equal("listing.comes-back-by-itself",
            Assert.Single(desk.Ask(Seller, Crockery, new Listing.Command.Resume())).Code);
        // Whoever has it in their basket hears of the stock, not that it isn't offered.
        Assert.Empty(desk.Ask(TheOrder, Crockery, new Listing.Command.Honour(new("cup"), Eur(3_33), "DE", Eur(50))));
        desk.Ask(Seller, CupsInStock, new StockItem.Command.Receive("annex", 1));
        Assert.IsType<Listing.State.InWindow>(desk.Listing);
    }

    [Fact, Trait("Capability", "INV-2")]
    public void What_its_seller_paused_stays_away_when_stock_returns()
    {
        var desk = Open(cups: 3, pots: 0);
        desk.Count(PotsInStock, 0);
        desk.Ask(Seller, Crockery, new Listing.Command.Pause());
        desk.Count(CupsInStock, 0);
        desk.Ask(Seller, PotsInStock, new StockItem.Command.Receive("main", 1));
        desk.Count(PotsInStock, 0);
        Assert.IsType<Listing.State.Away>(desk.Listing);
        desk.Count(CupsInStock, 4);
        Assert.IsType<Listing.State.Away>(desk.Listing);
        desk.Count(CupsInStock, 0);
        desk.Ask(Seller, Crockery, new Listing.Command.Resume());
        Assert.IsType<Listing.State.SoldOut>(desk.Listing);
        desk.Ask(Seller, Crockery, new Listing.Command.Pause());
        Assert.IsType<Listing.State.Away>(desk.Listing);
    }

    [Fact, Trait("Capability", "INV-2")]
    public void Units_that_a_buyer_may_still_not_pay_for_are_left_and_those_that_are_paid_for_are_not()
    {
        var desk = Open(cups: 4, pots: 0);
        desk.Count(PotsInStock, 0);
        desk.Ask(TheOrder, CupsInStock, new StockItem.Command.Reserve(Sold, 4, Wednesday + Duration.FromHours(1)));
        Assert.Equal((0, 4), (desk.Stock(CupsInStock)!.Available, desk.Stock(CupsInStock)!.Left));
        Assert.Empty(desk.Told);
        desk.Ask(TheOrder, CupsInStock, new StockItem.Command.Keep(Sold, 4));
        Assert.Contains("stock-out", desk.Told);
        desk.Ask(TheOrder, CupsInStock, new StockItem.Command.Release(Sold, 1));
        Assert.Equal((1, StockLevel.Low), (desk.Stock(CupsInStock)!.Left, desk.Stock(CupsInStock)!.Level));
    }

    [Fact, Trait("Capability", "INV-2")]
    public void A_listing_of_what_has_run_out_before_is_sold_out_from_the_start()
    {
        var desk = new Desk();
        desk.Ask(Seller, CupsInStock, new StockItem.Command.Receive("main", 3));
        desk.Count(CupsInStock, 0);
        desk.Ask(Seller, Crockery, new Listing.Command.Publish(Wares with { Variants = [Wares.Variants[0]] }));
        Assert.IsType<Listing.State.SoldOut>(desk.Listing);
        // A variant that was never counted may be there: nobody knows.
        desk.Ask(Seller, Crockery, new Listing.Command.Publish(Wares));
        Assert.IsType<Listing.State.InWindow>(desk.Listing);
    }

    static readonly Gen<(Actor Who, IId Id, object Command)> Anything =
        from units in Gen.Int[0, 4]
        from which in Gen.Int[0, 8]
        let item = units % 2 == 0 ? CupsInStock : PotsInStock
        select which switch
        {
            0 or 1 => (Seller, (IId)item, (object)new StockItem.Command.Receive("main", units + 1)),
            2 or 3 => (Seller, item, new StockItem.Command.Correct("main", units / 2, "counted")),
            4 => (Seller, Crockery, new Listing.Command.Pause()),
            5 => (Seller, Crockery, new Listing.Command.Resume()),
            6 => (TheOrder, item, new StockItem.Command.Keep(Sold, units + 1)),
            7 => (TheOrder, item, new StockItem.Command.Release(Sold, units + 1)),
            _ => (TheOrder, item, new StockItem.Command.Sell(Sold, units + 1)),
        };

    [Fact, Trait("Capability", "INV-2")]
    public void Whatever_happens_a_listing_is_sold_out_as_long_as_nothing_is_left_unless_it_is_paused() =>
        Anything.List[1, 40].Sample(asks =>
        {
            var desk = Open(cups: 2, pots: 2);
            var isPaused = false;
            foreach (var (who, id, command) in asks)
            {
                AskAny(desk, who, id, command);
                isPaused = command is Listing.Command.Pause || isPaused && command is not Listing.Command.Resume;
                var (cups, pots) = (desk.Stock(CupsInStock)!, desk.Stock(PotsInStock)!);
                Assert.All((StockItem.State[])[cups, pots], s => Assert.Equal(s.Left <= 0, s.Level is StockLevel.Out));
                Assert.Equal(
                    isPaused ? typeof(Listing.State.Away)
                        : cups.Left + pots.Left == 0 ? typeof(Listing.State.SoldOut) : typeof(Listing.State.InWindow),
                    desk.Listing!.GetType());
            }
        });

    // An order asks for what there is, or is refused: that is another scenario.
    static void AskAny(Desk desk, Actor who, IId id, object command)
    {
        var isPossible = command switch
        {
            StockItem.Command.Keep c => c.Units - KeptOf(desk, id) <= desk.Stock((StockItemId)id)!.Available,
            StockItem.Command.Sell c => c.Units <= KeptOf(desk, id),
            _ => true,
        };
        if (isPossible) desk.Ask(who, id, command);
    }

    static int KeptOf(Desk desk, IId id) =>
        desk.Stock((StockItemId)id)!.Reservations.GetValueOrDefault(Sold)?.Units ?? 0;

    [Theory, Trait("Capability", "INV-2")]
    [InlineData(10, 4, 10, 0, 10)]       // the same
    [InlineData(10, 4, 6, 4, 10)]        // booked out there when it was ordered
    [InlineData(10, 4, 8, 2, 10)]        // booked out there for one of two
    [InlineData(10, 4, 5, 4, 9)]         // one is really missing
    [InlineData(10, 4, 13, 0, 13)]       // more than here
    [InlineData(10, 0, 7, 0, 7)]
    public void Another_count_is_explained_by_orders_under_way_as_far_as_they_go(
        int ours, int kept, int theirs, int explained, int adopted)
    {
        var desk = Open(cups: ours, pots: 0);
        if (kept > 0) desk.Ask(TheOrder, CupsInStock, new StockItem.Command.Keep(Sold, kept));
        var drift = StockItem.DriftOf(desk.Stock(CupsInStock), "main", theirs);
        Assert.Equal((explained, adopted, adopted == ours), (drift.Explained, drift.Adopted, drift.IsExplained));
        Assert.Equal(explained > 0 ? 1 : 0, drift.Orders.Length);
    }

    [Fact, Trait("Capability", "INV-2")]
    public void What_is_adopted_is_never_below_what_is_promised_and_leaves_nothing_unexplained() =>
        Gen.Select(Gen.Int[0, 50], Gen.Int[0, 50], Gen.Int[0, 80]).Sample((ours, kept, theirs) =>
        {
            var desk = Open(cups: ours, pots: 0);
            if (kept > 0 && kept <= ours) desk.Ask(TheOrder, CupsInStock, new StockItem.Command.Keep(Sold, kept));
            var drift = StockItem.DriftOf(desk.Stock(CupsInStock), "main", theirs);
            var adopt = new StockItem.Command.Correct("main", drift.Adopted, StockRules.OtherSystem);
            Assert.Empty(desk.Ask(Seller, CupsInStock, adopt));
            Assert.True(StockItem.DriftOf(desk.Stock(CupsInStock), "main", theirs).IsExplained);
        });
}
