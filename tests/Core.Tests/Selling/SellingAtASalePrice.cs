using CsCheck;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Inventory;
using Recourse.Orders;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

/// <summary>A sale price is honoured to the last unit, and who comes after it hears so before they pay.</summary>
[Trait("Capability", "INV-7")]
public sealed class SellingAtASalePrice
{
    static readonly StockItemId CupStock = new(Potter, new("cup"));
    static readonly BasketLine OneCup = SixCups with { Quantity = 1, UnitPrice = Eur(2_00) };

    static PromotionTerms Terms(int units, int? most = null) => new(
        "rush", SixCups.Listing, Eur(2_00), Wednesday, Wednesday + Duration.FromDays(2), units, most);

    static Market Shop(int have, PromotionTerms? terms, BuyerLimit? limit = null)
    {
        var market = new Market(seed: 11);
        var quote = QuoteOf(SixCups);
        var offer = new Offer(quote.Title, "", [new(SixCups.Sku, quote.Title, quote.UnitPrice)], "PT",
            [new("BR", quote.ShippingPerUnit!.Value)]);
        Assert.Empty(market.Ask(SixCups.Listing, new Listing.Command.Publish(offer), Seller));
        Assert.Empty(market.Ask(CupStock, new StockItem.Command.Receive("shelf", have), Seller));
        if (terms is not null) Assert.Empty(market.Ask(CupStock, new StockItem.Command.Promote(terms), Seller));
        if (limit is not null) Assert.Empty(market.Ask(CupStock, new StockItem.Command.LimitBuyers(limit), Seller));
        return market;
    }

    static StockItem.State Stock(Market market) => market.State<StockItem.State>(CupStock)!;

    /// <summary>Somebody looks, and wants so many at what they were shown.</summary>
    static (CheckoutId Id, ImmutableArray<Refusal> Refusals) Wants(
        Market market, string buyer, int units = 1, Money? shown = null, string code = "c1")
    {
        var id = new CheckoutId(new(buyer), code);
        var sale = StockItem.SaleFor(Stock(market), SixCups.Listing, id.Buyer, market.Now);
        var basket = BasketOf(OneCup with { Quantity = units, UnitPrice = shown ?? Eur(2_00) });
        return (id, market.Ask(id, Open(basket, l => QuoteOf(l) with { Sale = sale }, market.Now),
            new Actor.Buyer(id.Buyer)));
    }

    static void Settle(Market market)
    {
        do
        {
            while (market.Deliver() || market.Call(faultless: true)) { }
            market.Provider.Settle();
        } while (market.Report(faultless: true));
    }

    /// <summary>Banks decline some; who wants it tries once more.</summary>
    static void Pays(Market market, CheckoutId id)
    {
        Settle(market);
        while (market.State<Checkout.State>(id) is Checkout.State.Declined)
        {
            Assert.Empty(market.Ask(id, new Checkout.Command.Pay("card-2"), new Actor.Buyer(id.Buyer)));
            Settle(market);
        }
        Assert.IsType<Checkout.State.Authorised>(market.State<Checkout.State>(id));
    }

    [Fact, Trait("Capability", "CHK-8")]
    public void Of_many_at_once_each_unit_finds_its_buyer_and_the_others_are_told()
    {
        const int units = 40, buyers = 400;
        var market = Shop(have: 50, Terms(units));
        var all = Enumerable.Range(0, buyers).Select(n => Wants(market, $"buyer-{n}")).ToList();
        Assert.All(all, w => Assert.Empty(w.Refusals));                                   // all saw some left
        Settle(market);

        var states = all.ConvertAll(w => market.State<Checkout.State>(w.Id)!);
        Assert.Equal(units, states.Count(s => s.Parts[0].Total == Eur(3_00)));
        var told = states.OfType<Checkout.State.Stopped>().ToList();
        Assert.Equal(buyers - units, told.Count);
        Assert.All(told, s => Assert.Equal("promotion.sold-out", Assert.Single(s.Parts[0].Refusals).Code));
        Assert.DoesNotContain(market.States, s => s is Order.State.Cancelled);
        Assert.Equal((0, units, 10), (Stock(market).Aside, Stock(market).Reserved, Stock(market).Available));

        // One of them takes the normal price.
        var late = all.First(w => market.State<Checkout.State>(w.Id) is Checkout.State.Stopped).Id;
        Assert.Empty(market.Ask(late, new Checkout.Command.LeaveDiscounts(), new Actor.Buyer(late.Buyer)));
        Pays(market, late);
        Assert.Equal(Eur(4_33), market.State<Checkout.State>(late)!.Total);
        Assert.Empty(market.Incidents);
    }

    [Fact]
    public void Who_comes_after_the_last_unit_hears_it_at_once_with_the_normal_price()
    {
        var market = Shop(have: 9, Terms(1));
        Assert.Empty(Wants(market, "ana").Refusals);
        Settle(market);
        var no = Assert.Single(Wants(market, "bob").Refusals);
        Assert.Equal(("checkout.sale-sold-out", "lines[0].unitPrice"), (no.Code, no.Field));
        Assert.Contains(new Named("now", Eur(3_33)), no.Facts);
        Assert.Empty(Wants(market, "bob", shown: Eur(3_33)).Refusals);
        Pays(market, new(new("bob"), "c1"));
    }

    [Fact]
    public void One_buyer_has_no_more_than_their_share()
    {
        var market = Shop(have: 9, Terms(6, most: 2));
        Assert.Equal("checkout.sale-limit", Assert.Single(Wants(market, "ana", 3).Refusals).Code);
        Assert.Empty(Wants(market, "ana", 2).Refusals);
        // Looked at before the first was placed.
        var sale = new SaleSeen("rush", Eur(2_00), 6, 2, 2, Terms(6).Until);
        var second = new CheckoutId(Ana, "c2");
        Assert.Empty(market.Ask(second, Open(BasketOf(OneCup), l => QuoteOf(l) with { Sale = sale }), Buyer));
        Settle(market);
        var stopped = Assert.Single(
            (Checkout.State[])[market.State<Checkout.State>(second)!, market.State<Checkout.State>(TheCheckout)!],
            s => s is Checkout.State.Stopped);
        Assert.Equal("promotion.limit", stopped.Parts[0].Refusals[0].Code);
    }

    [Fact]
    public void What_is_given_back_is_set_aside_again_and_what_is_left_goes_back_at_the_end()
    {
        var market = Shop(have: 9, Terms(4));
        var (ana, _) = Wants(market, "ana", 3);
        Pays(market, ana);
        Assert.Equal((1, 3, 5), (Stock(market).Aside, Stock(market).Reserved, Stock(market).Available));
        var order = OrderId.Of(ana, Potter);
        Assert.Empty(market.Ask(order, Example.Cancel("cancel.out-of-stock", new Portion(1, 2)), Seller));
        Assert.Equal((3, 1, 5), (Stock(market).Aside, Stock(market).Reserved, Stock(market).Available));

        market.Now = Terms(4).Until;
        Assert.Empty(market.Ask(CupStock, new StockItem.Command.Wake(market.Now), Clock));
        Assert.Equal((0, 1, 8), (Stock(market).Aside, Stock(market).Reserved, Stock(market).Available));
        Assert.Empty(Stock(market).Promotions);
        Assert.Empty(market.Ask(order, Example.Cancel("cancel.out-of-stock", new Portion(1, 1)), Seller));
        Assert.Equal((0, 0, 9), (Stock(market).Aside, Stock(market).Reserved, Stock(market).Available));
    }

    [Fact]
    public void A_sale_price_is_below_what_the_listing_asks_for()
    {
        var market = Shop(have: 3, terms: null);
        string Tried(Money? normal) => market.Ask(
            CupStock, new StockItem.Command.Promote(Terms(3), new(normal, market.Now, "listing")), Seller)
            .Select(no => no.Code).SingleOrDefault("");
        Assert.Equal("stock.promotion-not-offered", Tried(null));
        Assert.Equal("stock.promotion-not-cheaper", Tried(Eur(2_00)));
        Assert.Equal("stock.promotion-not-cheaper", Tried(new(9_00, Currency.Of("BRL"))));
        Assert.Equal("", Tried(Eur(2_01)));
        Assert.Equal(3, Stock(market).Aside);
    }

    [Fact]
    public void Nothing_is_set_aside_that_is_not_there()
    {
        var market = Shop(have: 3, terms: null);
        Assert.Equal("stock.not-enough",
            market.Ask(CupStock, new StockItem.Command.Promote(Terms(4)), Seller).Single().Code);
        Assert.Empty(market.Ask(CupStock, new StockItem.Command.Promote(Terms(3)), Seller));
        Assert.Empty(market.Ask(CupStock, new StockItem.Command.Promote(Terms(3)), Seller)); // said twice, done once
        Assert.Equal("stock.promotion-exists",
            market.Ask(CupStock, new StockItem.Command.Promote(Terms(2)), Seller).Single().Code);
        Assert.Equal((3, 0), (Stock(market).Aside, Stock(market).Available));
        Assert.Equal("stock.below-reserved", market.Ask(
            CupStock, new StockItem.Command.Correct("shelf", 2, "counted"), Seller).Single().Code);
    }

    [Fact, Trait("Capability", "CHK-8")]
    public void A_limit_counts_what_somebody_has_ordered_within_its_time()
    {
        var market = Shop(have: 20, terms: null, new(3, Duration.FromHours(24)));
        Assert.Empty(Wants(market, "ana", 2, Eur(3_33)).Refusals);
        Settle(market);
        Assert.Equal(1, StockItem.LeftFor(Stock(market), Ana, market.Now));
        Assert.Equal(3, StockItem.LeftFor(Stock(market), new("bob"), market.Now));
        Assert.Empty(Wants(market, "ana", 2, Eur(3_33), "c2").Refusals);                  // stock is asked at placing
        Settle(market);
        var stopped = market.State<Checkout.State>(new CheckoutId(Ana, "c2"))!;
        Assert.IsType<Checkout.State.Stopped>(stopped);
        Assert.Equal("stock.limit", Assert.Single(stopped.Parts[0].Refusals).Code);
        Assert.Equal(3, StockItem.LeftFor(Stock(market), Ana, market.Now + Duration.FromHours(25)));
    }

    sealed record Step(int What, int Order, int Units);

    static readonly Gen<Step> AnyStep = Gen.Select(Gen.Int[0, 6], Gen.Int[0, 3], Gen.Int[1, 5])
        .Select(s => new Step(s.Item1, s.Item2, s.Item3));

    [Fact]
    public void Available_reserved_aside_and_sold_add_up_whatever_happens() => AnyStep.Array[1, 40].Sample(steps =>
    {
        var (stock, now, received) = (StockItem.Nothing, Wednesday, 0L);
        foreach (var (n, step) in steps.Index())
        {
            var order = new OrderId(Potter, $"o{step.Order}");
            var (who, command) = step.What switch
            {
                0 => (Seller, (StockItem.Command)new StockItem.Command.Receive(
                    n % 2 == 0 ? "shelf" : "attic", step.Units)),
                1 => (Seller, new StockItem.Command.Promote(Terms(step.Units) with { Code = $"p{step.Order}" })),
                2 => (House(order), new StockItem.Command.Reserve(
                    order, step.Units, now + Duration.FromHours(step.Units), Ana,
                    step.Units % 2 == 0 ? null : new($"p{step.Order % 2}", SixCups.Listing, Eur(2_00)))),
                3 => (House(order), new StockItem.Command.Release(order, step.Units)),
                4 => (House(order), new StockItem.Command.Keep(order, step.Units)),
                5 => (House(order), new StockItem.Command.Sell(order, step.Units)),
                _ => (Clock, new StockItem.Command.Wake(now = StockItem.Kind.NextWake(stock) ?? now)),
            };
            foreach (var e in StockItem.Decide(CupStock, stock, command, new(who, now, Published)).Events)
            {
                stock = StockItem.Evolve(stock, e);
                if (e is StockItem.Event.Received r) received += r.Units;
            }
            Assert.Equal(received, stock.Available + stock.Reserved + stock.Aside + stock.Sold);
            Assert.True(stock.Available >= 0 && stock.Aside >= 0 && stock.Sold >= 0);
            Assert.Equal(stock.Reservations.Values.Sum(x => x.Units), stock.Reserved);
            Assert.All(stock.Promotions, p => Assert.True(
                p.Left <= p.Terms.Units && p.Shares.Values.All(s => s.Units > 0)));
        }
    }, iter: 5_000);
}
