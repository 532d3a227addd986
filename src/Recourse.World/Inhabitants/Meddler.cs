using Recourse.Buyers;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Coupons;
using Recourse.Disputes;
using Recourse.Instalments;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Reviews;
using Recourse.Rulebooks;
using Recourse.Runtime;
using Recourse.Tracking;
using Recourse.Verifying;
namespace Recourse.World.Inhabitants;

/// <summary>A script that tries everything: any command, by anybody, on anything it has heard of.</summary>
/// <param name="peek">Shows it any state, as nobody outside could: it is to find what is worth a try.</param>
public sealed class Meddler(IDoor door, Town town, Func<IId, object?> peek) : Inhabitant(door, "script")
{
    static readonly Money Much = new(Money.Most, Currency.Eur), Little = new(1, Currency.Eur);

    Ask? _last;

    /// <summary>Tries something.</summary>
    public void Meddle()
    {
        if (town.IsClosing || town.Things.Count == 0) return;
        var id = Pick(town.Things);
        if (Commands(id, peek(id)) is not { Count: > 0 } all) return;
        var who = Anybody(id);
        if (_last is { } last && Luck(0.1))
            Try(last with { Command = Pick(Commands(last.Target, null)) }, _ => { });
        var command = Pick(all);
        var ask = new Ask(id, command, who, Key(command), IfVersion: Luck(0.1) ? Chance.Next(4) : null);
        _last = ask.Key is null ? _last : ask;
        Try(ask, _ => { });
    }

    /// <summary>Not twice in a life: what was forgotten after 64 others is another matter.</summary>
    string? Key(object command) => Luck(0.3) ? null : $"try-{Chance.NextInt64()}-{command.GetType().Name}";

    Actor Anybody(IId id) => Chance.Next(9) switch
    {
        0 or 1 => new Actor.Buyer(Pick(town.Buyers.ToArray())),
        2 or 3 => new Actor.Seller(Pick(town.Sellers.ToArray())),
        4 => new Actor.Warehouse(Pick(town.Sellers.ToArray())),
        5 => new Actor.Carrier(Pick<string>(["dhl", "correios", "nobody"])),
        6 => new Actor.Agent("eve"),
        7 => new Actor.Operator("eve"),
        _ => id switch                                                      // whoever may do most with it
        {
            CheckoutId c => new Actor.Buyer(c.Buyer),
            PaymentId p  => new Actor.Buyer(p.Buyer),
            RefundId r   => new Actor.Buyer(r.Buyer),
            OrderId o    => new Actor.Seller(o.Seller),
            _ => new Actor.Integration("eve"),
        },
    };

    List<object> Commands(IId id, object? seen) => id switch
    {
        OrderId o     => OnOrder(o, seen as Order.State.Open),
        CheckoutId c  => OnCheckout(c, seen as Checkout.State.Open),
        SupplyPlanId =>
        [
            new SupplyPlan.Command.BringForward(), new SupplyPlan.Command.Shorten(1, "plan.capacity-lost"),
            new SupplyPlan.Command.End("plan.no-longer-made"), new SupplyPlan.Command.HearStock(5, 5, 5),
            new SupplyPlan.Command.Wake(Door.Now),
        ],
        VerificationId => [
            new Verification.Command.Accept(), new Verification.Command.Reject("verification.unreadable"),
            new Verification.Command.NameAmount(137), new Verification.Command.Ask(new(new("b1"), "x")),
            new Verification.Command.Wake(Door.Now),
            new Verification.Command.HearAnswer(
                new ProviderCall.Authorise("x", "x", 1, "pm-good", Little), new ProviderAnswer.Done("x"))],
        PaymentId p   => OnPayment(p, seen as Payment.State.Open),
        RefundId r    => OnRefund(seen as Refund.State.Open),
        StockItemId s => OnStock(s),
        ListingId l   => OnListing(l),
        ParcelId      => [
            new Parcel.Command.Report(new(TrackingStatus.Delivered, Door.Now, null, null)),
            new Parcel.Command.Register(new("dhl", "TRACK1234", Door.Now), new("b1")),
            new Parcel.Command.Recall(Door.Now), new Parcel.Command.AnswerRecall(true),
            new Parcel.Command.Wake(Door.Now)],
        CouponId c    => OnCoupon(c),
        BuyerId       => [
            new BuyerAccount.Command.LiftBlock(null), new BuyerAccount.Command.HearVerified(),
            new BuyerAccount.Command.HearEndedWell(50), new BuyerAccount.Command.SpeakFor("appeal/b1/x"),
            new BuyerAccount.Command.CountGivenUp(new(new("b1"), "x"), "cancel.changed-mind"),
            new BuyerAccount.Command.Overturn("appeal/b1/x", "method.not-theirs", Door.Now),
            new BuyerAccount.Command.Wake(Door.Now)],
        AppealId      => [
            new Appeal.Command.Decide(Verdict.Reverse, "appeal.facts-were-wrong"), new Appeal.Command.Withdraw(),
            new Appeal.Command.Claim(), new Appeal.Command.Release(), new Appeal.Command.Wake(Door.Now),
            new Appeal.Command.Review(new Step.Confirm()), new Reply("It was not me.")],
        RulebookId    => [new RulebookLog.Command.Publish("not: mine", Door.Now + Duration.FromDays(1))],
        _ => [],
    };

    List<object> OnOrder(OrderId id, Order.State.Open? seen) =>
    [
        new Order.Command.Fund(Much, new(new("b1"), "x")), new Order.Command.ConfirmDelivery(Door.Now),
        new Order.Command.ConfirmReceipt(), new Order.Command.LosePayment("because"),
        new Order.Command.Wake(seen is null ? Door.Now : Order.Kind.NextWake(seen) ?? Door.Now),
        new Order.Command.Ship("dhl", "EVE12345678"),
        new Order.Command.Cancel("cancel.never-dispatched", seen?.Deal.Everything ?? []),
        new Order.Command.Cancel("cancel.fraud-confirmed", [new(1, int.MaxValue), new(1, int.MaxValue), new(-1, -1)]),
        new Order.Command.Cancel("cancel.changed-mind", seen?.Deal.Everything ?? [], Undoable: true),
        new Order.Command.LiftWarning("cancel.policy-breach"), new Order.Command.UpholdWarning("cancel.policy-breach"),
        new Order.Command.AnswerWarning("cancel.policy-breach", "No."),
        new Order.Command.Warn("cancel.stock-discrepancy", new("sku-1-1"), 1),
        new Order.Command.Review(new Step.Claim()), new Order.Command.Review(new Step.Confirm()),
        new Order.Command.TakeBack(), new Order.Command.Pick(), new Order.Command.Approve(),
        new Order.Command.Refuse("refuse.packed-already"), new Order.Command.Refuse(""), new Order.Command.Withdraw(),
        new Order.Command.Recall(), new Order.Command.HearRecall(true), new Order.Command.TakeIn(),
        new Order.Command.Extend(), new Order.Command.Contest(new("b1", "x")),
        new Order.Command.Uncontest(new("b1", "x")), new Order.Command.HearDecline(new(new("b1"), "x"), "x"),
        new Order.Command.Amend(new([new(1, int.MaxValue), new(9, -1)], "XX"), null!),
        new Order.Command.Place(new(seen?.Deal.Checkout ?? new(new("b1"), "x"), id.Seller, [], "PT", null)),
    ];

    List<object> OnCheckout(CheckoutId id, Checkout.State.Open? seen) =>
    [
        new Checkout.Command.Proceed(), new Checkout.Command.LeaveDiscounts(),
        new Checkout.Command.Pay("pm-good"), new Checkout.Command.Abandon(),
        new Checkout.Command.ConfirmAuthorised(), new Checkout.Command.Wake(seen?.Deadline.Next ?? Door.Now),
        new Checkout.Command.HearEnded(seen?.Parts[0].Order ?? new(new("shop-1"), "x")),
        new Checkout.Command.HearRefusal(seen?.Parts[0].Order ?? new(new("shop-1"), "x"), []),
        new Checkout.Command.ConfirmReserved(
            seen?.Parts[0].Order ?? new(new("shop-1"), "x"), seen?.Parts[0].Asked ?? Much),
        new Checkout.Command.Open(new([], "PT", null, id.Code), new(default)),
        new Checkout.Command.Review(new Step.Confirm()), new Checkout.Command.Review(new Step.Claim()),
        new Checkout.Command.Clear(), new Checkout.Command.TurnDown(), new Checkout.Command.HearVerified(),
        new Checkout.Command.HearNotVerified(), new Checkout.Command.HearProofSent(Door.Now),
        new Checkout.Command.Overturn("appeal/b1/x"),
    ];

    List<object> OnPayment(PaymentId id, Payment.State.Open? seen) =>
    [
        new Payment.Command.Abandon(), new Payment.Command.Wake(seen?.Deadline.Next ?? Door.Now),
        new Payment.Command.Authorise(1, "pm-good", "PT", []),
        new Payment.Command.HearAnswer(new ProviderCall.Void($"{id}/1/void", "x"), new ProviderAnswer.Done("x")),
        new Payment.Command.HearReport(new("e", "x", 1, ReportedStatus.Authorised, seen?.Amount ?? Little, null)),
        new Payment.Command.HearFundingRefused(seen?.Stakes[0].Order ?? new(new("shop-1"), "x"), []),
    ];

    List<object> OnRefund(Refund.State.Open? seen) =>
    [
        new Refund.Command.Retry(), new Refund.Command.Review(new Step.Confirm()),
        new Refund.Command.CloseTrace(null, Lost: true), new Refund.Command.Wake(seen?.Deadline.Next ?? Door.Now),
        new Refund.Command.HearReport(new("e", "x", 0, ReportedStatus.Refunded, seen?.Owed.Amount ?? Little, null)),
    ];

    List<object> OnCoupon(CouponId id)
    {
        var order = town.Things.OfType<OrderId>().FirstOrDefault(new OrderId(id.Seller, "x"));
        return
        [
            new Coupon.Command.Take(order, new("b1"), [], Little), new Coupon.Command.MakeGood(order),
            new Coupon.Command.GiveBack(order, ByBuyer: false),
            new Coupon.Command.GiveBack(order, ByBuyer: true, order), new Coupon.Command.End(),
            new Coupon.Command.Wake(Door.Now),
        ];
    }

    List<object> OnStock(StockItemId id)
    {
        var order = town.Things.OfType<OrderId>().FirstOrDefault(new OrderId(id.Seller, "x"));
        return
        [
            new StockItem.Command.Receive("main", int.MaxValue), new StockItem.Command.Receive("Main Street", 5),
            new StockItem.Command.Correct("main", int.MinValue, ""), new StockItem.Command.Correct("main", 0, "stolen"),
            new StockItem.Command.Reserve(order, 1, Door.Now), new StockItem.Command.Keep(order, 1),
            new StockItem.Command.Release(order, 1), new StockItem.Command.Sell(order, 1),
            new StockItem.Command.AlertAt(-1), new StockItem.Command.Watch(new(id.Seller, "item-1")),
            new StockItem.Command.Wake(Door.Now),
        ];
    }

    List<object> OnListing(ListingId id) =>
    [
        new Listing.Command.Pause(), new Listing.Command.Resume(),
        new Listing.Command.HearStock(new("sku-1-1"), IsGone: true),
        new Listing.Command.Publish(new("", "", [], "XX", [])), new Listing.Command.ConfirmPrice(),
        new Listing.Command.CorrectPrice([new(new("sku-1-1"), Little)]),
        new Listing.Command.Honour(new("sku-1-1"), Little, "PT", Little), new Listing.Command.Wake(Door.Now),
    ];
}
