using Recourse.Disputes;
using Recourse.Instalments;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Sellers;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>
/// An order that ended wrongly isn't revived: its buyer has what was given up set aside anew, and its seller the marks
/// taken off and the parcel made good.
/// </summary>
[Trait("Capability", "DSP-4")]
public sealed class AppealingAnEarlyEnd
{
    static (AppealId Id, Actor Appeal, Order.Command Overturn) Right(Subject subject, Order.Event.Settled ended)
    {
        var id = AppealId.Of(subject, ended.Why);
        return (id, new Actor.Aggregate($"{id}"), new Order.Command.Overturn(id, ended.Why, ended.Settlement));
    }

    static readonly Subject Bought = new Subject.Order(Sold, Ana), Selling = new Subject.Sale(Sold);

    static Sale OutOfStock => Given.Funded.When(Seller, Cancel("cancel.out-of-stock", Cups(6), Pots(2)));

    [Fact]
    public void What_its_seller_gave_up_wrongly_is_set_aside_for_its_buyer_at_the_agreed_price()
    {
        var (id, appeal, overturn) = Right(Bought, OutOfStock.Then<Order.Event.Cancelled>());
        var after = OutOfStock.When(appeal, overturn);
        Assert.Null(after.Then<Order.Event.Overturned>().MadeGood);
        Assert.IsType<Order.State.Cancelled>(after.State);
        var plans = after.Tells<SupplyPlan.Command.Open>().ToList();
        Assert.Equal([("cup", 6, Eur(3_33)), ("pot", 2, Eur(12_50))],
            plans.Select(p => (p.Sku.Code, p.Later, p.Price)));

        var planId = SupplyPlanId.Of(id, Shop, new("cup"));
        var plan = new Life(SupplyPlan.Kind, planId, null, Wednesday).When(TheOrder, plans[0]);
        Assert.Equal((6, Ana, id), (plan.ThenAlso<SupplyPlan.Event.Opened>().Terms.Asked,
            plan.In<SupplyPlan.State.Short>().Terms.Buyer, plan.In<SupplyPlan.State.Short>().Terms.Appeal));
        var aside = Assert.Single(plan.Sent<StockItem.Command.SetAside>()).Command.Terms;
        Assert.Equal((6, Ana, Eur(3_33)), (aside.Units, aside.For!.Value, aside.Price));
        var offered = plan.When(new Actor.Aggregate($"{CupsInStock}"), new SupplyPlan.Command.HearStock(6, 0, 0));
        Assert.IsType<SupplyPlan.State.Offered>(offered.State);
        plan.When(TheOrder, plans[0]).ThenNothing();
        new Life(SupplyPlan.Kind, planId, null, Wednesday).When(TheOrder, plans[1]).ThenRefused("kernel.not-found");
        new Life(SupplyPlan.Kind, SupplyPlanId.Of(Sold, new("cup")), null, Wednesday).When(TheOrder, plans[0])
            .ThenRefused("kernel.not-found");
    }

    [Fact]
    public void It_is_told_once_and_only_by_an_appeal_of_theirs()
    {
        var (_, appeal, overturn) = Right(Bought, OutOfStock.Then<Order.Event.Cancelled>());
        OutOfStock.When(appeal, overturn).When(appeal, overturn).ThenNothing();
        OutOfStock.When(new Actor.Aggregate("appeal/eve/x"), overturn).ThenRefused("kernel.not-found");
        OutOfStock.When(Buyer, overturn).ThenRefused("order.not-now");
        OutOfStock.When(Agent, overturn).ThenRefused("order.not-now");
    }

    [Fact]
    public void A_part_is_brought_back_and_the_rest_goes_on()
    {
        var reduced = Given.Funded.When(Seller, Cancel("cancel.out-of-stock", Cups(2)));
        var (_, appeal, overturn) = Right(Bought, reduced.Then<Order.Event.Reduced>());
        var after = reduced.When(appeal, overturn);
        Assert.Equal(reduced.Escrow, after.Escrow);
        Assert.IsType<Order.State.Funded>(after.State);
        Assert.Equal(2, Assert.Single(after.Tells<SupplyPlan.Command.Open>()).Later);
    }

    [Fact]
    public void A_parcel_that_arrived_after_all_is_made_good_to_its_seller_and_its_mark_is_taken_off()
    {
        var lost = Given.Shipped.WhenDue().WhenDue();
        var ended = lost.Then<Order.Event.Lost>();
        var (_, appeal, overturn) = Right(Selling, ended);
        var after = lost.When(appeal, overturn);
        var told = after.Then<Order.Event.Overturned>();
        var fee = Published[0].Of<OrderRules>().Fee.Of(ended.Settlement.Goods, Rounding.HalfToEven);
        var kept = ended.Settlement.Fee!.Value;                     // they owed it for losing it, and do no more
        Assert.Equal(ended.Settlement.Goods + ended.Settlement.Shipping - fee + kept, told.MadeGood);
        Assert.Equal((told.MadeGood!.Value - kept).Minor, after.Payable);
        Assert.Equal(-told.MadeGood.Value.Minor, after.At("seller/shop/claims"));
        Assert.Equal(0, after.Escrow);
        Assert.Equal(1, told.Marks);
        Assert.Empty(after.Tells<SupplyPlan.Command.Open>());
        Assert.Equal("sale-made-good", Assert.Single(Order.Notices(Sold, after.State, told)).Code);
    }

    [Fact, Trait("Capability", "REF-1")]
    public void A_parcel_that_had_left_is_compensated_to_its_buyer_since_it_can_not_be_as_if_it_had_not()
    {
        var lost = Given.Shipped.WhenDue().WhenDue();
        var (_, appeal, overturn) = Right(Bought, lost.Then<Order.Event.Lost>());
        var after = lost.When(appeal, overturn);
        Assert.Equal(new Compensation("compensation.appeal-granted", Eur(4_50), Bearer.Platform),
            after.Then<Order.Event.Overturned>().Paid);
        Assert.Equal(-4_50, after.At($"platform/compensation/shop/{Sold.Code}"));
        Assert.Equal(4_50, after.At($"transit/{Sold}/compensation"));
        // What is set aside anew before anything left is made good by that.
        var (_, other, early) = Right(Bought, OutOfStock.Then<Order.Event.Cancelled>());
        Assert.Null(OutOfStock.When(other, early).Then<Order.Event.Overturned>().Paid);
    }

    [Fact]
    public void Marks_are_taken_off_in_the_month_that_they_were_put_on()
    {
        var late = Given.Funded.WhenDue().WhenDue();
        var ended = late.Then<Order.Event.Cancelled>();
        var (_, appeal, overturn) = Right(Selling, ended);
        var told = late.When(appeal, overturn, late.Now + Duration.FromDays(40)).Then<Order.Event.Overturned>();
        Assert.Equal(ended.Settlement.Fee, told.MadeGood);           // what they owed of the fee, and no more
        var marked = Row(null, late.Now, ended);
        Assert.Equal((1, 1, 3), (marked.NeverDispatched, marked.OwnFault, marked.Marks));
        var free = Row(marked, late.Now + Duration.FromDays(40), told);
        Assert.Equal((0, 0, 0), (free.NeverDispatched, free.OwnFault, free.Marks));
        Assert.Empty(free.Faults);
    }

    static SellerMonth Row(SellerMonth? row, Instant at, Order.Event e)
    {
        var recorded = new Recorded(1, 0, at, Clock, 1, Sold, e, []);
        var key = Assert.Single(SellerMonths.View.Keys(recorded), k => row is null || k.EndsWith(row.Month));
        return SellerMonths.View.Fold(key, row, recorded)!;
    }

    [Fact]
    public void What_its_buyer_gave_up_promises_no_appeal_and_what_its_seller_did_promises_it_to_the_buyer()
    {
        var own = Given.Funded.When(Buyer, Cancel("cancel.changed-mind", Cups(6), Pots(2)))
            .Then<Order.Event.Cancelled>();
        Assert.Null(own.Why.AppealUntil);
        Assert.Null(Subject.Of(Sold, own, Seller));
        var theirs = OutOfStock.Then<Order.Event.Cancelled>();
        Assert.Equal(Bought, Subject.Of(Sold, theirs, Buyer));
        Assert.Null(Subject.Of(Sold, theirs, Seller));
        var ours = Given.EndedFor("cancel.policy-breach", Cups(6), Pots(2))
            .Then<Order.Event.Cancelled>();
        Assert.Equal((Bought, Selling), (Subject.Of(Sold, ours, Buyer), Subject.Of(Sold, ours, Seller)));
        Assert.NotEqual(AppealId.Of(Bought, ours.Why), AppealId.Of(Selling, ours.Why));
    }

    [Fact]
    public void Instalments_that_were_cut_short_come_after_all()
    {
        var planId = SupplyPlanId.Of(Sold, new("cup"));
        var opened = new Life(SupplyPlan.Kind, planId, null, Wednesday).When(TheOrder, new SupplyPlan.Command.Open(
            Sold, Ana, Crockery, new("cup"), "A cup", Eur(3_33), Now: 100, Later: 300, Parts: 3));
        var cut = opened.When(Seller, new SupplyPlan.Command.Shorten(100, "plan.capacity-lost"));
        var why = cut.Then<SupplyPlan.Event.Shortened>().Why;
        var subject = Subject.Of(planId, cut.Last.Events[0], Buyer)!;
        var appeal = AppealId.Of(subject, why);
        var after = cut.When(new Actor.Aggregate($"{appeal}"), new SupplyPlan.Command.Overturn(appeal, why));
        Assert.Equal(200, after.Then<SupplyPlan.Event.Overturned>().Units);
        var (to, open) = Assert.Single(after.Sent<SupplyPlan.Command.Open>());
        Assert.Equal(SupplyPlanId.Of(appeal, Shop, new("cup")), to);
        Assert.Equal((0, 200, 1), (open.Now, open.Later, open.Parts));
        new Life(SupplyPlan.Kind, to, null, Wednesday).When(new Actor.Aggregate($"{planId}"), open)
            .ThenAlso<SupplyPlan.Event.StockAsked>();
        after.When(new Actor.Aggregate($"{appeal}"), new SupplyPlan.Command.Overturn(appeal, why)).ThenNothing();
        cut.When(Seller, new SupplyPlan.Command.Overturn(appeal, why)).ThenRefused("plan.not-now");

        var own = opened.When(Buyer, new SupplyPlan.Command.End()).Then<SupplyPlan.Event.Ended>();
        Assert.Null(own.Why.AppealUntil);
        Assert.Null(Subject.Of(planId, own, Buyer));
    }
}
