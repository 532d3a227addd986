using CsCheck;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Coupons;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Reviews;
using Recourse.Tracking;
using Recourse.Verifying;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

[Trait("Capability", "PAY-1")]
public sealed class EveryPurchaseEnds
{
    static readonly StockItemId CupStock = new(Potter, new("cup")), LampStock = new(Lampmaker, new("lamp")),
        PlateStock = new(Potter, new("plate"));

    static Market Opened(int seed)
    {
        var market = new Market(seed);
        foreach (var (line, stock) in new[]
            { (SixCups, CupStock), (OneLamp, LampStock), (LeavingOutABadLine.OnePlate, PlateStock) })
        {
            var (quote, seller) = (QuoteOf(line), new Actor.Seller(line.Listing.Seller));
            var offer = new Offer(quote.Title, "", [new(line.Sku, quote.Title, quote.UnitPrice)], "PT",
                [new("BR", quote.ShippingPerUnit!.Value)]);
            Assert.Empty(market.Ask(line.Listing, new Listing.Command.Publish(offer), seller));
            Assert.Empty(market.Ask(
                stock, new StockItem.Command.Receive("shelf", market.Chance.Next(5) > 0 ? 9 : 1), seller));
        }
        // A coupon that was good when it was looked at, and may have been ended since.
        Assert.Empty(market.Ask(
            UsingACoupon.Spring, new Coupon.Command.Issue(UsingACoupon.Terms()), new Actor.Seller(Potter)));
        if (market.Chance.Next(3) == 0)
            Assert.Empty(market.Ask(UsingACoupon.Spring, new Coupon.Command.End(), new Actor.Seller(Potter)));
        Assert.Empty(market.Ask(UsingACouponOfAllShops.Gift,
            new Coupon.Command.Issue(UsingACouponOfAllShops.Terms()), Operator));
        if (market.Chance.Next(3) == 0)
            Assert.Empty(market.Ask(UsingACouponOfAllShops.Gift, new Coupon.Command.End(), Operator));
        var basket = BasketOf(SixCups, OneLamp);
        var open = market.Chance.Next(10) switch
        {
            0 => OpenScreened(ToVerify), 1 => OpenScreened(ToHold), 2 when market.Chance.Next(4) == 0 =>
                OpenScreened(ToRefuse),
            4 => Open(BasketOf(LeavingOutABadLine.OnePlate, SixCups, OneLamp)),
            <= 3 => Open(basket),
            5 => LeavingOutABadLine.NoCups(basket),
            6 or 7 => UsingACouponOfAllShops.OpenWith(UsingACouponOfAllShops.Seen(), basket),
            _ => UsingACoupon.OpenWith(UsingACoupon.Seen(), basket),
        };
        Assert.Empty(market.Ask(TheCheckout, open, Buyer));
        return market;
    }

    static void Chaos(Market market)
    {
        for (var i = market.Chance.Next(120); i > 0; i--)
            switch (market.Chance.Next(12))
            {
                case <= 3: market.Deliver(); break;
                case 4 or 5: market.Call(faultless: false); break;
                case 6: market.Report(faultless: false); break;
                case 7: market.Wake(faultless: false); break;
                case 8 or 9: SomebodyActs(market); break;
                case 10: market.Now += Duration.FromMinutes(market.Chance.Next(90)); break;
                default: market.Provider.Settle(); break;
            }
    }

    static void SomebodyActs(Market market)
    {
        var (order, seller) = market.Chance.Next(2) == 0 ? (Cups, Potter) : (Lamp, Lampmaker);
        var whole = market.State<Order.State>(order) is Order.State.Dealt d ? d.Deal.Everything : [];
        ImmutableArray<Portion> some = whole is [var p, ..]
            ? [p with { Quantity = market.Chance.Next(1, p.Quantity + 1) }] : [];
        Actor shop = new Actor.Seller(seller);
        if (market.Chance.Next(4) == 0) TheirMoney(market, RefundId.Of(Ana, order, market.Chance.Next(3)));
        switch (market.Chance.Next(16))
        {
            case 15:
                market.Ask(TheCheckout, new Checkout.Command.PutOff(market.Now + Duration.FromDays(2)), Operator);
                market.Ask(order, new Order.Command.PutOff(market.Now + Duration.FromDays(2)), Operator);
                break;
            case 11:
                if (market.Chance.Next(2) == 0)
                    market.Ask(TheCheckout, new Checkout.Command.Review(new Step.Claim()), Agent);
                market.Ask(
                    TheCheckout, market.Chance.Next(2) == 0 ? new Checkout.Command.Clear()
                        : new Checkout.Command.TurnDown(), Agent);
                break;
            case 12: market.Ask(Own, new Verification.Command.ShowDocument(Passport), Buyer); break;
            case 13: market.Ask(Own, new Verification.Command.Reject("verification.unreadable"), Agent); break;
            case 14: market.Ask(TheCheckout, new Checkout.Command.Overturn("appeal/ana/x"), OfCheckout); break;
            case 10: market.Ask(TheCheckout, new Checkout.Command.LeaveDiscounts(), Buyer); break;
            case 0: market.Ask(TheCheckout, new Checkout.Command.Proceed(), Buyer); break;
            case 1 or 2: market.Ask(TheCheckout, new Checkout.Command.Pay("card-2"), Buyer); break;
            case 3 when market.Chance.Next(4) > 0: break;
            case 3: market.Ask(TheCheckout, new Checkout.Command.Abandon(), Buyer); break;
            case 4: market.Ask(order, new Order.Command.Cancel(Reason.ChangedMind, some), Buyer); break;
            case 5: market.Ask(order, Example.Cancel("cancel.out-of-stock", some), shop); break;
            case 6: market.Ask(order, Example.Cancel("cancel.out-of-stock", whole), shop); break;
            case 7: market.Ask(order, new Order.Command.Ship("ctt", "RR473124829PT"), shop); break;
            case 8: market.Ask(ParcelId.Of(order), Delivered(market.Now), new Actor.Carrier("ctt")); break;
            default: market.Ask(order, new Order.Command.ConfirmReceipt(), Buyer); break;
        }
    }

    static void TheirMoney(Market market, RefundId refund)
    {
        var due = (market.State<Refund.State>(refund)?.Owed.Return.Amount ?? Eur(0)) + Eur(market.Chance.Next(2));
        switch (market.Chance.Next(8))
        {
            case 0: market.Ask(ThePayment, new Payment.Command.ChooseReturns(true), Buyer); break;
            case 1 or 2: market.Ask(refund, new Refund.Command.TakeInWallet(), Buyer); break;
            case 3: market.Ask(refund, new Refund.Command.Trace(), Buyer); break;
            case 4: market.Ask(refund, new Refund.Command.CloseTrace("ARN-1"), Agent); break;
            case 5: market.Ask(refund, new Refund.Command.Divert(market.Chance.Next(4) > 0), Buyer); break;
            default:
                market.Ask(refund, new Refund.Command.Recompute(new(due, market.Now, "journal")), Buyer);
                break;
        }
    }

    static readonly VerificationId Own = new(Ana);
    static readonly Document Passport = new("passport", "abc", "image/png", 1_000);

    static void RunToEnd(Market market)
    {
        Chaos(market);
        market.Ask(Own, new Verification.Command.Accept(), Agent);                    // or people are told for ever
        market.RunToEnd();
    }

    static Parcel.Command Delivered(Instant at) =>
        new Parcel.Command.Report(new(TrackingStatus.Delivered, at, null, null));

    [Fact]
    public void With_everything_given_back_or_everything_accounted_for() => Gen.Int.Sample(seed =>
    {
        var market = Opened(seed);
        RunToEnd(market);

        Assert.Empty(market.Incidents);
        Assert.True(market.State<Checkout.State>(TheCheckout)
            is Checkout.State.Authorised or Checkout.State.Abandoned or Checkout.State.TurnedDown);
        Assert.All((OrderId[])[Cups, Lamp], order => Assert.True(
            market.State<Order.State>(order) is null or Order.State.Completed or Order.State.Cancelled));
        Assert.All(
            (StockItemId[])[CupStock, LampStock, PlateStock],
            s => Assert.Equal(0, market.State<StockItem.State>(s)!.Reserved));
        Assert.Equal(0, market.Provider.Holding);
        Assert.All(market.State<Coupon.State>(UsingACoupon.Spring)!.Uses.Keys, order => Assert.True(
            market.State<Order.State>(order) is Order.State.Completed
                or Order.State.Cancelled { Why.Code: Reason.ChangedMind }));
        // One use for both: it stands for what was completed, or what their buyer gave up.
        Assert.All(market.State<Coupon.State>(UsingACouponOfAllShops.Gift)!.Uses.Values, use => Assert.True(
            use.IsSpent || use.Parts.Any(o => market.State<Order.State>(o) is Order.State.Completed)));
        if (market.State<Checkout.State>(TheCheckout) is Checkout.State.Abandoned or Checkout.State.TurnedDown)
            Assert.All(market.Balances, b => Assert.Equal((b.Key, 0), (b.Key, b.Value)));
        CheckBooks(market);
    }, iter: 3_000);

    [Fact]
    public void And_on_the_way_all_that_can_happen_has_happened()
    {
        HashSet<Type> seen = [];
        for (var seed = 0; seed < 3_000; seed++)
        {
            var market = Opened(seed);
            RunToEnd(market);
            seen.UnionWith(market.Seen);
        }
        Assert.Empty(
            from kind in Modules.Kinds.Where(k => k.Name is "checkout" or "payment" or "refund")
            from e in kind.Lifecycle.Arrows.Select(a => a.On).Distinct()
            where !seen.Contains(e)
            select $"{kind.Name} {e.Name}");
    }

    static void CheckBooks(Market market)
    {
        Assert.Equal(0, market.Balances.Values.Sum());
        Assert.Equal(
            -market.Provider.Statement(ThePayment), market.Balances.GetValueOrDefault("provider/clearing/ana/c1"));
        string[] through = ["provider/authorised/", "transit/", "escrow/", "buyer/"];
        foreach (var (account, minor) in market.Balances)
            if (through.Any(t => account.StartsWith(t, StringComparison.Ordinal)) && account is not "buyer/ana/wallet")
                Assert.Equal((account, 0), (account, minor));
        foreach (var stake in market.State<Payment.State>(ThePayment)?.Stakes ?? [])
            Assert.InRange(stake.Left.Minor, 0, stake.Amount.Minor);
    }
}
