using Recourse.Buyers;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Coupons;
using Recourse.Instalments;
using Recourse.Inventory;
using Recourse.Payments;
using Recourse.Tracking;
using Recourse.Wallets;
using static Recourse.Kernel.Message;
namespace Recourse.Orders;

public static partial class Order
{
    /// <summary>What follows elsewhere. Each process is named as the promise it keeps, and remembers nothing.</summary>
    public static IEnumerable<Intent> React(OrderId id, State after, Event @event) => after switch
    {
        State.Dealt { Deal: var deal } =>
        [
            .. SellAtTheShownPrice(deal, @event),
            .. NeverOversell(deal, @event),
            .. UseTheCouponOnce(deal, @event),
            .. ReturnTheCoupon(deal, @event),
            .. TrackWhatLeft(deal, @event),
            .. BringTheRestLater(deal, @event),
            .. SetAsideWhatWasGivenUp(deal, @event),
            .. AnswerTheCheckout(deal, @event),
            .. GiveMoneyBack(deal, @event),
            .. ChangeAtTheShownPrice(deal, @event),
            .. TakeTheDifference(deal, @event),
            .. BringItBack(deal, @event),
            .. CountWhatWasGivenUp(deal, @event),
            .. CompensateItsBuyer(id, deal, @event),
        ],
        State.Imported => [],
    };

    static IEnumerable<Intent> SellAtTheShownPrice(Deal deal, Event @event) => @event is not Event.Placed ? [] :
        from l in deal.Lines
        group l by (l.Listing, l.Sku, l.ListPrice, Cost: CostOf(l), l.By?.Service) into same
        let l = same.Key
        select new Intent.Require(To(
            l.Listing, new Listing.Command.Honour(l.Sku, l.ListPrice, deal.Country, l.Cost, l.Service)));

    // What is asked for a remote area is the carrier's, and no listing says it.
    static Money CostOf(Line l) => l.By is { } by ? l.ShippingPerUnit - by.Surcharge : l.ShippingPerUnit;

    static IEnumerable<Intent> UseTheCouponOnce(Deal deal, Event @event)
    {
        if (deal.Coupon?.Id is not { } coupon) return [];
        if (coupon.IsForAllShops) return TellTheCoupon(deal, coupon, @event);
        return [.. OfShop(), .. deal.OnTop is { } top ? TellTheCoupon(deal, top.Id, @event) : []];

        IEnumerable<Intent> OfShop() => @event switch
        {
            Event.Placed e    =>
                [Ask(new Coupon.Command.Take(deal.Order, deal.Buyer, e.Marks ?? [], deal.Off - deal.OffOnTop))],
            Event.Funded      => [Ask(new Coupon.Command.MakeGood(deal.Order))],
            Event.Cancelled e => [Ask(new Coupon.Command.GiveBack(deal.Order, IsByBuyer(e.Why)))],
            Event.Lost        => [Ask(new Coupon.Command.GiveBack(deal.Order, ByBuyer: false))],
            Event.CameBack e  => [Ask(new Coupon.Command.GiveBack(deal.Order, IsByBuyer(e.Why)))],
            Event.Picked or Event.CancellationAsked or Event.AmendmentAsked or Event.AmendmentHeld
                or Event.WishRefused
                or Event.RecallAsked or Event.RecallAccepted or Event.RecallOver or Event.Extended
                or Event.Contested or Event.Uncontested or Event.Postponed
                or Event.DifferenceAsked or Event.WishEnded or Event.Amended => [],
            Event.Reduced or Event.Shipped or Event.Delivered or Event.Completed or Event.Warned or Event.Imported
                or Event.CancellationMeant or Event.CancellationTakenBack or Event.Overturned
                or Event.KeepingOffered or Event.Kept or Event.KeepingWithdrawn or Event.PutOff
                or Event.WarningGiven or Event.WarningsTold or Event.WarningAnswered or Event.WarningLifted
                or Event.Reviewed => [],
        };

        Intent Ask(Coupon.Command command) => new Intent.Require(To(coupon, command));
    }

    // Its use is the checkout's; only how this order ended is its own to say. What was never paid for spends nothing.
    static IEnumerable<Intent> TellTheCoupon(Deal deal, CouponId coupon, Event @event)
    {
        if (@event is Event.Cancelled or Event.Lost or Event.CameBack)
            yield return new Intent.Send(To(coupon, new Coupon.Command.GiveBack(
                CouponId.UseOf(deal.Checkout),
                @event is Event.CameBack b && IsByBuyer(b.Why)
                    || @event is Event.Cancelled { Settlement.IsPaid: true } e && IsByBuyer(e.Why),
                deal.Order)));
    }

    /// <summary>Nothing of it is left in what the order is now.</summary>
    static IEnumerable<Intent> ReturnTheCoupon(Deal deal, Event @event) =>
        @event is not Event.Amended { What.Without: { } all } ? [] : all.Select(coupon => coupon.IsForAllShops
            ? new Intent.Send(To(coupon, new Coupon.Command.GiveBack(
                CouponId.UseOf(deal.Checkout), ByBuyer: false, deal.Order)))
            : (Intent)new Intent.Require(To(coupon, new Coupon.Command.GiveBack(deal.Order, ByBuyer: false))));

    // Also where support says it for them.
    static bool IsByBuyer(Statement why) => why.Code is Reason.ChangedMind or Reason.Returned
        || why.By is DecidedBy.Person(Party.Buyer) || IsAsked(why);

    static IEnumerable<Intent> NeverOversell(Deal deal, Event @event)
    {
        return @event switch
        {
            Event.Placed e    => deal.Lines.GroupBy(l => l.Sku, (sku, same) => Ask(sku, Reserve([.. same], e))),
            Event.Funded      => Each(deal.Lines, n => new StockItem.Command.Keep(deal.Order, n)),
            Event.Shipped     => Each(deal.Lines, n => new StockItem.Command.Sell(deal.Order, n)),
            Event.Reduced e   => LetGo(e.Settlement.Lines),
            Event.Cancelled e => LetGo(e.Settlement.Lines),
            Event.DifferenceAsked { Wish.What: var what } => Keep(what),
            Event.WishEnded { Wish: Wish.ToPay { What: var what } } =>
                what.MoreUnits.Select(Release),
            Event.Amended e => [.. Keep(e.What), .. e.What.Freed.Select(Release)],
            Event.Picked or Event.CancellationAsked or Event.AmendmentAsked or Event.AmendmentHeld
                or Event.WishRefused
                or Event.RecallAsked or Event.RecallAccepted or Event.RecallOver or Event.Extended
                or Event.Contested or Event.Uncontested or Event.Postponed or Event.WishEnded
                or Event.CameBack => [],
            Event.Kept { Replaced: { } old, Instead: { } others } =>
            [
                .. LetGo(old),
                .. Each([.. deal.Lines.Where(l => others.Any(o => o.Sku == l.Sku))],
                    n => new StockItem.Command.Keep(deal.Order, n)),
            ],
            Event.Delivered or Event.Completed or Event.Warned or Event.Lost or Event.Imported
                or Event.CancellationMeant or Event.CancellationTakenBack or Event.Overturned
                or Event.KeepingOffered or Event.Kept or Event.KeepingWithdrawn or Event.PutOff
                or Event.WarningGiven or Event.WarningsTold or Event.WarningAnswered or Event.WarningLifted
                or Event.Reviewed => [],
        };

        // Kept before anything is let go: either all of it is there, or nothing changes.
        IEnumerable<Intent> Keep(Amendment what) =>
            what.Taken.Select(t => Ask(
                t.Sku, new StockItem.Command.Keep(deal.Order, t.All, deal.Buyer, t.Claim, t.OnSale)));

        IEnumerable<Intent> LetGo(ImmutableArray<Line> lines) => Amendment.UnitsOf(lines).Select(Release);

        Intent Release(Amendment.Moved some) => Ask(some.Sku, new StockItem.Command.Release(
            deal.Order, some.Units, some.OnSale.IsEmpty ? null : some.OnSale));

        StockItem.Command Reserve(ImmutableArray<Line> same, Event.Placed e) => new StockItem.Command.Reserve(
            deal.Order, same.Sum(l => l.Quantity), e.Deadline.Due, deal.Buyer,
            same[0] is { Sale: { } sale } l ? new(sale.Code, l.Listing, l.PriceBefore) : null);

        // Lines of one sku speak with one voice, or the second would pass for the first said twice.
        IEnumerable<Intent> Each(ImmutableArray<Line> lines, Func<int, StockItem.Command> command) =>
            lines.GroupBy(l => l.Sku, l => l.Quantity, (sku, units) => Ask(sku, command(units.Sum())));

        Intent Ask(Sku sku, StockItem.Command command) =>
            new Intent.Require(To(new StockItemId(deal.Order.Seller, sku), command));
    }

    static IEnumerable<Intent> BringTheRestLater(Deal deal, Event @event) => @event is not Event.Funded ? [] :
        from line in deal.Lines
        where line.Later is not null
        select new Intent.Require(To(
            SupplyPlanId.Of(deal.Order, line.Sku),
            new SupplyPlan.Command.Open(
                deal.Order, deal.Buyer, line.Listing, line.Sku, line.Title, line.ListPrice,
                deal.Lines.Where(l => l.Sku == line.Sku).Sum(l => l.Quantity), line.Later!.Units, line.Later.Parts)));

    /// <summary>Wrongly, as an appeal of its buyer found: for them alone, at what they were to pay.</summary>
    static IEnumerable<Intent> SetAsideWhatWasGivenUp(Deal deal, Event @event) =>
        @event is not Event.Overturned { Appeal: { Buyer: not null } appeal } e ? [] :
        from line in e.Gone.Lines
        group line by line.Sku into same
        let first = same.First()
        select new Intent.Send(To(
            SupplyPlanId.Of(appeal, deal.Order.Seller, same.Key),
            new SupplyPlan.Command.Open(
                deal.Order, deal.Buyer, first.Listing, same.Key, first.Title,
                first.UnitPrice with { Minor = same.Min(l => l.UnitPrice.Minor) }, Now: 0,
                same.Sum(l => l.Quantity), Parts: 1, appeal)));

    /// <summary>Into their wallet, once for each cause.</summary>
    static IEnumerable<Intent> CompensateItsBuyer(OrderId id, Deal deal, Event @event)
    {
        var (paid, cause) = @event switch
        {
            Event.Settled e    => (e.Settlement.Paid, $"{id} {e.Settlement.Nth}"),
            Event.Overturned e => (e.Paid, $"{e.Appeal}"),
            _                  => (null, ""),
        };
        if (paid is not null)
            yield return new Intent.Send(To(WalletId.Of(deal.Buyer, paid.Amount.Currency),
                new Wallet.Command.Compensate(id, paid.Code, cause, paid.Amount)));
    }

    static IEnumerable<Intent> TrackWhatLeft(Deal deal, Event @event)
    {
        if (@event is Event.Shipped e)
            yield return new Intent.Require(
                To(ParcelId.Of(deal.Order), new Parcel.Command.Register(e.Handover, deal.Buyer)));
    }

    static IEnumerable<Intent> AnswerTheCheckout(Deal deal, Event @event)
    {
        if (@event is Event.Placed)
            yield return new Intent.Send(
                To(deal.Checkout, new Checkout.Command.ConfirmReserved(deal.Order, deal.Total)));
        if (@event is Event.Cancelled { Settlement.IsPaid: false })
            yield return new Intent.Send(To(deal.Checkout, new Checkout.Command.HearEnded(deal.Order)));
    }

    /// <summary>What its buyer gave up by themselves; whether it counts is their account's to say.</summary>
    static IEnumerable<Intent> CountWhatWasGivenUp(Deal deal, Event @event)
    {
        if (@event is Event.Cancelled { Why: var why }
            && (why.By is DecidedBy.Person { Role: Party.Buyer } || IsAsked(why)))
            yield return new Intent.Send(
                To(deal.Buyer, new BuyerAccount.Command.CountGivenUp(deal.Checkout, why.Code)));
    }

    static IEnumerable<Intent> GiveMoneyBack(Deal deal, Event @event)
    {
        if (@event is Event.Amended { From: { } some, Why: var asked }) return Each(some, asked);
        if (@event is Event.Settled { Settlement.From: { } parts, Why: var reason }) return Each(parts, reason);
        return FromItsCheckout(deal, @event);

        IEnumerable<Intent> Each(ImmutableArray<PaidBack> from, Statement why) => from.Select(p => new Intent.Send(To(
            p.Payment, new Payment.Command.GiveBack(new(deal.Order, p.Nth, p.Amount, why)))));
    }

    static IEnumerable<Intent> ChangeAtTheShownPrice(Deal deal, Event @event)
    {
        var what = @event switch
        {
            Event.DifferenceAsked e            => e.Wish.What,
            Event.Amended { Payment: null } e  => e.What,
            _                                  => null,
        };
        return (what?.Asked ?? []).Select(o => new Intent.Require(To(o.Listing, new Listing.Command.Honour(
            o.Sku, o.Price, what!.After.Country, o.Cost, o.Service))));
    }

    /// <summary>By a payment of its own; what isn't wanted any more is let go.</summary>
    static IEnumerable<Intent> TakeTheDifference(Deal deal, Event @event)
    {
        if (@event is Event.DifferenceAsked { Wish: var asked })
            yield return new Intent.Send(To(asked.Payment, new Payment.Command.Authorise(
                1, asked.What.Method!, asked.What.After.Country, [new(deal.Order, asked.What.More)])));
        if (@event is Event.WishEnded { Wish: Wish.ToPay ended })
            yield return new Intent.Send(To(ended.Payment, new Payment.Command.Abandon()));
    }

    static IEnumerable<Intent> BringItBack(Deal deal, Event @event)
    {
        if (@event is Event.RecallAsked e)
            yield return new Intent.Require(
                To(ParcelId.Of(deal.Order), new Parcel.Command.Recall(e.Recall.Deadline!.Due)));
    }

    static IEnumerable<Intent> FromItsCheckout(Deal deal, Event @event)
    {
        if (@event is Event.Settled { Settlement: { ToBuyer: { Minor: > 0 } back, Nth: var nth } gone, Why: var why })
            yield return new Intent.Send(To(
                PaymentId.Of(deal.Checkout), new Payment.Command.GiveBack(new(deal.Order, nth, back, why, gone))));
    }
}
