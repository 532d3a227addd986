using Recourse.Buyers;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Conversations;
using Recourse.Coupons;
using Recourse.Disputes;
using Recourse.Exchange;
using Recourse.Instalments;
using Recourse.Inventory;
using Recourse.Ledger;
using Recourse.Monitoring;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Payouts;
using Recourse.People;
using Recourse.Reasons;
using Recourse.Refunds;
using Recourse.Reviews;
using Recourse.Risk;
using Recourse.Rulebooks;
using Recourse.Sellers;
using Recourse.Tracking;
using Recourse.Verifying;
using Recourse.Wallets;
using Recourse.Ways;
namespace Recourse;

/// <summary>A module's section of the rulebook: its name there, and how it is read.</summary>
/// <param name="Before">What holds under editions from before it; null: every edition has it.</param>
public sealed record Section(string Name, Func<RuleReader, IRules> Read, IRules? Before = null);

/// <summary>All that the runtime is told of the business: the kinds, the views and the rulebook's sections.</summary>
public static class Modules
{
    /// <summary>Every kind of aggregate.</summary>
    public static ImmutableArray<Kind> Kinds { get; } =
    [
        Checkout.Kind,
        Payment.Kind,
        Refund.Kind,
        Wallet.Kind,
        Payout.Kind,
        Earnings.Kind,
        Listing.Kind,
        StockItem.Kind,
        SupplyPlan.Kind,
        ReasonCase.Kind,
        Coupon.Kind,
        Order.Kind,
        Parcel.Kind,
        SellerAccount.Kind,
        BuyerAccount.Kind,
        PersonAccount.Kind,
        Verification.Kind,
        Appeal.Kind,
        RulebookLog.Kind,
        RateSource.Kind,
        Brake.Kind,
        Conversation.Kind,
        Macro.Kind,
    ];

    /// <summary>Every view.</summary>
    public static ImmutableArray<View> Views { get; } =
    [
        ShopWindow.View,
        ShopCategories.View,
        PriceBands.View,
        LaneCosts.View,
        PictureUses.View, EvidenceUses.View,
        OrderList.View,
        ParcelsByNumber.View,
        Balances.View,
        Postings.View,
        AccountTotals.View,
        CheckoutList.View,
        BuyerHabits.View,
        FindingDays.View,
        ListingFindings.View,
        UntriedRules.View,
        LargeOrders.View,
        PeggedListings.View,
        PaymentList.View,
        RefundList.View,
        SellerMonths.View,
        StockList.View,
        ShopNames.View,
        VerificationList.View,
        AppealList.View,
        CouponList.View,
        PlanList.View,
        ReasonRegister.View,
        WalletList.View,
        PayoutList.View,
        SellerFunds.View,
        ChargebackList.View,
        ReasonList.View,
        BrakeList.View,
        WorkList.View,
        MacroList.View, MacroUses.View,
    ];

    /// <summary>Every section of the rulebook.</summary>
    public static ImmutableArray<Section> Sections { get; } =
    [
        new("calendars", Calendars.Read),
        new("orders", OrderRules.Read),
        new("checkouts", CheckoutRules.Read),
        new("payments", PaymentRules.Read),
        new("refunds", RefundRules.Read),
        new("people", PeopleRules.Read),
        new("risk", RiskRules.Read),
        new("listings", ListingRules.Read),
        new("stock", StockRules.Read),
        new("verification", VerificationRules.Read),
        new("buyers", BuyerRules.Read, BuyerRules.Before),
        new("appeals", AppealRules.Read, AppealRules.Before),
        new("coupons", CouponRules.Read, CouponRules.Before),
        new("shipping", ShippingRules.Read, ShippingRules.Before),
        new("goods", GoodsRules.Read, GoodsRules.Before),
        new("rates", RateRules.Read, RateRules.Before),
        new("bulk", BulkRules.Read, BulkRules.Before),
        new("taxes", TaxRules.Read, TaxRules.Before),
        new("payouts", PayoutRules.Read, PayoutRules.Before),
        new("brake", BrakeRules.Read, BrakeRules.Before),
        new("keeping", KeepingRules.Read, KeepingRules.Before),
        new("falseReasons", ReasonRules.Read, ReasonRules.Before),
        new("compensation", CompensationRules.Read, CompensationRules.Before),
        new("review", ReviewRules.Read, ReviewRules.Before),
        new("conversations", ConversationRules.Read, ConversationRules.Before),
    ];

    const string TooShort = "Must not be shorter than checkouts.payWithin and the longest of checkouts.paidLater " +
        "together, each business day counted as four days.";

    /// <summary>An edition out of its tree: every fault with its line, and a rulebook only if there is none.</summary>
    public static (Rulebook? Rulebook, ImmutableArray<RuleFault> Faults) Read(int version, Instant from, RuleNode tree)
    {
        List<RuleFault> faults = [];
        if (tree is not RuleNode.Map map) return (null, [new(tree.Line, "", "Must be a map of sections.")]);
        var top = new RuleReader(map, "", faults);
        ImmutableArray<IRules> sections =
        [
            .. Sections.Select(s => s.Before is { } before && !top.Has(s.Name) ? before : s.Read(top.Map(s.Name))),
        ];
        if (sections.OfType<CheckoutRules>().Single().Outlives(sections.OfType<OrderRules>().Single().UnpaidWithin))
            top.Map("orders").Fault("unpaidWithin", TooShort);
        top.Done();
        return faults.Count > 0 ? (null, [.. faults.OrderBy(f => f.Line)]) : (new(version, from, sections), []);
    }
}
