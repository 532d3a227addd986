using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Payments;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

[Trait("Capability", "CAN-2")]
public sealed class KeepingAnOrder
{
    static readonly Instant NextWeek = Wednesday + Duration.FromDays(9);
    static readonly Proof Counted = new("stock-count", "count of 1 April");

    static Order.Command GiveUp(string reason, Proof? proof, string? noWay, params ImmutableArray<KeepWay> ways) =>
        new Order.Command.Cancel(reason, Given.Funded.Deal.Everything, Case: new(proof, ways, noWay));

    static Order.Command GiveUp(params ImmutableArray<KeepWay> ways) => GiveUp("cancel.out-of-stock", Counted, null,
        ways);

    static Sale Asked(params ImmutableArray<KeepWay> ways) => Given.Funded.When(Seller, GiveUp(ways));

    static Sale Chosen(string? way, params ImmutableArray<KeepWay> ways) =>
        Asked(ways).When(Buyer, new Order.Command.ChooseWay(way));

    [Theory, InlineData("cancel.out-of-stock"), InlineData("cancel.price-error"), InlineData("cancel.buyer-risk"),
        InlineData("cancel.damaged-in-warehouse")]
    public void A_seller_shows_what_a_reason_rests_on(string reason) => Assert.Contains("order.evidence-missing",
        Given.Funded.When(Seller, GiveUp(reason, null, "Nothing")).Last.Refusals.Select(r => r.Code));

    [Fact]
    public void Evidence_of_the_wrong_kind_is_refused_and_the_right_kinds_are_named()
    {
        var refusal = Assert.Single(Given.Funded.When(Seller, GiveUp("cancel.price-error", Counted, "Nothing"))
            .ThenRefused("order.evidence-of-wrong-kind"));
        Assert.Contains(new Named("kinds", "price-list, supplier-invoice"), refusal.Facts);
        Assert.Equal("case.evidence.kind", refusal.Field);
    }

    [Fact]
    public void A_way_is_offered_or_it_is_said_why_there_is_none()
    {
        Given.Funded.When(Seller, GiveUp()).ThenRefused("order.no-way-offered");
        var why = Given.Funded.When(Seller, GiveUp("cancel.out-of-stock", Counted, "The maker is gone."))
            .Then<Order.Event.Cancelled>().Why;
        Assert.Contains(new StatedFact("noWay", "The maker is gone.", Party.Everyone), why.Facts);
        Assert.Contains(new StatedFact("proof", "proof-stock-count", Party.Everyone), why.Facts);
    }

    public static TheoryData<KeepWay> Unsound =>
    [
        new KeepWay.Restock(Wednesday), new KeepWay.Restock(Wednesday + Duration.FromDays(31)), new KeepWay.Part(0),
        new KeepWay.Part(8), new KeepWay.Substitute(new("jug"), "A jug"),                  // for two lines at once
    ];

    [Theory, MemberData(nameof(Unsound))]
    public void What_cant_be_kept_cant_be_offered(KeepWay way) => Asked(way).ThenRefused("order.way-unsound");

    [Fact]
    public void A_way_that_does_not_fit_the_reason_is_refused() => Assert.Contains("order.way-does-not-fit",
        Asked(new KeepWay.HonourPrice(Eur(99_00))).Last.Refusals.Select(r => r.Code));

    [Fact]
    public void The_buyer_is_waited_for_and_told()
    {
        var sale = Asked(new KeepWay.Restock(NextWeek));
        var offered = sale.Then<Order.Event.KeepingOffered>();
        Assert.Equal((Party.Buyer, Wednesday + Duration.FromHours(48)), (offered.Deadline.Owner, offered.Deadline.Due));
        Assert.Equal(["keeping-offered"], Order.Notices(Sold, sale.State, offered).Select(n => n.Code));
        Assert.Equal(48_98, sale.Escrow);
    }

    [Fact]
    public void Restocked_by_a_day_is_dispatched_by_that_day()
    {
        var sale = Chosen("restock", new KeepWay.Restock(NextWeek));
        var deadline = sale.Then<Order.Event.Kept>().Deadline;
        Assert.Equal((Party.Seller, NextWeek), (deadline.Owner, deadline.Due));
        Assert.IsType<Order.State.Shipped>(sale.When(Warehouse, Ship).State);
    }

    [Fact]
    public void Some_of_it_is_sent_and_the_money_for_the_others_goes_back()
    {
        var sale = Chosen("part", new KeepWay.Part(7));
        var reduced = Assert.IsType<Order.Event.Reduced>(sale.Last.Events[1]);
        Assert.Equal((12_50 + 50, "cancel.out-of-stock"), (reduced.Settlement.ToBuyer.Minor, reduced.Why.Code));
        Assert.Equal(sale.Deal.Total.Minor, sale.Escrow);
        Assert.Equal(Party.Seller, Assert.IsType<Order.State.Funded>(sale.State).Deadline.Owner);
    }

    [Fact]
    public void Something_else_in_its_place_is_taken_from_its_own_stock_at_the_price_that_was_paid()
    {
        var pots = new Order.Command.Cancel(
            "cancel.out-of-stock", [Pots(2)], Case: new(Counted, [new KeepWay.Substitute(new("jug"), "A jug")]));
        var sale = Given.Funded.When(Seller, pots).When(Buyer, new Order.Command.ChooseWay("substitute"));
        Assert.Equal((new("jug"), Eur(12_50)), (sale.Deal.Lines[1].Sku, sale.Deal.Lines[1].UnitPrice));
        Assert.Equal(2, Assert.Single(sale.Tells<StockItem.Command.Release>()).Units);
        Assert.Equal(2, Assert.Single(sale.Tells<StockItem.Command.Keep>()).Units);
        Assert.Equal(48_98, sale.Escrow);
    }

    [Fact]
    public void An_honoured_price_costs_the_buyer_nothing_and_the_platform_bears_its_share()
    {
        var pots = new Order.Command.Cancel("cancel.price-error", [Pots(2)],
            Case: new(new("price-list", "April"), [new KeepWay.HonourPrice(Eur(15_00))]));
        var sale = Given.Funded.When(Seller, pots).When(Buyer, new Order.Command.ChooseWay("honour-price"))
            .When(Seller, Ship).When(TheParcel, Deliver).When(Buyer, Receive);
        // Half of 2.50, twice.
        Assert.Equal(Eur(2_50), sale.Then<Order.Event.Completed>().Borne);
    }

    [Fact]
    public void Another_carrier_takes_all_that_was_to_be_given_up()
    {
        var funded = (Order.State.Funded)Given.Funded.State!;
        var by = new Sending("post-parcel", Eur(0), 1, 3);
        ImmutableArray<Line> lines = [.. funded.Deal.Lines.Select(l => l with { By = by })];
        var sent = Given.Funded with { State = funded with { Deal = funded.Deal with { Lines = lines } } };
        var later = Wednesday + Duration.FromHours(2);
        var seen = new NewerFact(NewerFact.Kinds[0], Wednesday + Duration.FromHours(1), "Notice 7");
        var sale = sent.When(Seller, new Order.Command.Cancel(
                "cancel.cannot-ship-there", sent.Deal.Everything, Newer: seen,
                Case: new(null, [new KeepWay.OtherCarrier("dhl-parcel")])), later)
            .When(Buyer, new Order.Command.ChooseWay("other-carrier"));
        Assert.All(sale.Deal.Lines, l => Assert.Equal("dhl-parcel", l.By!.Service));
    }

    [Fact]
    public void Let_go_it_ends_as_the_seller_asked_and_counts_for_them()
    {
        var cancelled = Chosen("none", new KeepWay.Restock(NextWeek)).Then<Order.Event.Cancelled>();
        Assert.Equal(("cancel.out-of-stock", new DecidedBy.Person(Party.Seller)), (cancelled.Why.Code,
            cancelled.Why.By));
        Assert.Contains(new StatedFact("answer", "keeping-declined", Party.Everyone), cancelled.Why.Facts);
    }

    [Fact]
    public void Silence_gives_the_money_back_after_a_warning()
    {
        var warned = Asked(new KeepWay.Restock(NextWeek)).WhenDue();
        Assert.Equal(["keeping-due"], Order.Notices(Sold, warned.State,
            warned.Then<Order.Event.Warned>()).Select(n => n.Code));
        var ended = warned.WhenDue();
        Assert.Contains(new StatedFact("answer", "keeping-silent", Party.Everyone),
            ended.Then<Order.Event.Cancelled>().Why.Facts);
        Assert.Single(ended.Tells<Payment.Command.GiveBack>());
    }

    [Fact]
    public void The_seller_can_send_it_after_all()
    {
        var asked = Asked(new KeepWay.Restock(NextWeek));
        Assert.IsType<Order.State.Shipped>(asked.When(Seller, Ship).State);
        var resumed = asked.When(Seller, new Order.Command.WithdrawWays());
        Assert.Equal(Given.Funded.Due, ((Order.State.Funded)resumed.State!).Deadline.Next);
        resumed.When(Buyer, new Order.Command.ChooseWay("restock")).ThenRefused("order.nothing-to-choose");
    }

    [Fact]
    public void What_the_buyer_cancels_meanwhile_is_asked_about_no_more()
    {
        var sale = Asked(new KeepWay.Restock(NextWeek)).When(Buyer, Cancel("cancel.changed-mind", Cups(6)));
        Assert.Equal([new Portion(2, 2)], ((Order.State.Funded)sale.State!).Keeping!.Portions);
        sale.When(Buyer, new Order.Command.ChooseWay("none")).Then<Order.Event.Cancelled>();
    }

    [Fact]
    public void Only_what_is_offered_can_be_chosen_and_only_by_the_buyer()
    {
        Chosen("substitute", new KeepWay.Restock(NextWeek)).ThenRefused("order.no-such-way");
        Asked(new KeepWay.Restock(NextWeek)).When(Seller, new Order.Command.ChooseWay("restock"))
            .ThenRefused("order.not-now");
        var kept = Chosen("restock", new KeepWay.Restock(NextWeek));
        kept.When(Buyer, new Order.Command.ChooseWay("restock")).ThenNothing();
    }
}
