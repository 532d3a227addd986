using Recourse.Inventory;
using Recourse.Orders;
using Shouldly;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>A count finds fewer units than paid orders are promised: their seller is warned, and can mend it.</summary>
[Trait("Capability", "CAN-4")]
public sealed class FindingUnitsMissing
{
    static readonly Stockroom Paid = Stockroom.With(9, 2)
        .When(TheCheckout, Sold, Place()).When(ThePayment, Sold, Fund(Given.Placed.Deal.Total));

    static StockItem.Command Count(int units, bool isShort = true) =>
        new StockItem.Command.Correct("main", units, "lost", null, isShort ? true : null);

    static readonly Stockroom Short = Paid.When(Seller, CupsInStock, Count(4));

    static Stockroom Heard(Stockroom room) =>
        room.When(new Actor.Aggregate($"{CupsInStock}"), Sold, room.Sent[^1]);

    static readonly Stockroom Warned = Heard(Short);

    static Warning? WarningIn(Stockroom room) =>
        room.Get<Order.State.Funded>(Sold)?.WarningOf(Reason.StockDiscrepancy);

    [Fact]
    public void Its_seller_is_warned_of_what_the_order_lacks_and_nothing_of_it_can_be_sold_again()
    {
        Paid.When(Seller, CupsInStock, Count(4, isShort: false)).ThenRefused("stock.below-reserved");
        Short.Sent[^1].ShouldBe(new Order.Command.Warn(Reason.StockDiscrepancy, new("cup"), 2));
        (Short.Cups.Available, Short.Cups.Reserved, Short.Cups.Missing[0].Units).ShouldBe((0, 6, 2));
        WarningIn(Warned)!.Portions.ShouldBe([Cups(2)]);
    }

    [Fact]
    public void Units_that_are_found_or_come_in_put_it_right()
    {
        foreach (var enough in (StockItem.Command[])[Count(6), new StockItem.Command.Receive("main", 2)])
        {
            var room = Warned.When(Seller, CupsInStock, enough);
            room.Refusals.ShouldBeEmpty();
            (room.Cups.Missing.Length, room.Cups.Available, room.Cups.Reserved).ShouldBe((0, 0, 6));
            WarningIn(Heard(room)).ShouldBeNull();
        }
        var one = Warned.When(Seller, CupsInStock, new StockItem.Command.Receive("main", 1));
        one.Cups.Missing[0].Units.ShouldBe(1, "half of it is there");
        one.Sent.Count.ShouldBe(Warned.Sent.Count, "and it is still short");
    }

    [Fact]
    public void Otherwise_what_is_missing_is_given_up_and_leaves_the_books()
    {
        var ended = Warned;
        while (ended.Get<Order.State.Funded>(Sold) is { } s && s.Deal.UnitsOf(1) == 6) ended = ended.WhenDue();
        ended.Get<Order.State.Funded>(Sold)!.Deal.UnitsOf(1).ShouldBe(4, "the others are sent");
        (ended.Cups.Missing.Length, ended.Cups.Available, ended.Cups.Reserved, ended.Cups.OnHand[0].Units)
            .ShouldBe((0, 0, 4, 4));
        (ended.Cups.Received + ended.Cups.Corrected).ShouldBe(4);
    }

    [Fact]
    public void Sent_after_all_nothing_was_missing()
    {
        var sent = Warned.When(Seller, Sold, Ship);
        sent.Refusals.ShouldBeEmpty();
        (sent.Cups.Missing.Length, sent.Cups.ShortOf.Length, sent.Cups.OnHand.Length).ShouldBe((0, 0, 0));
    }

    [Fact]
    public void What_nobody_is_promised_for_good_cannot_be_short()
    {
        var unpaid = Stockroom.With(9, 2).When(TheCheckout, Sold, Place());
        unpaid.When(Seller, CupsInStock, Count(4)).ThenRefused("stock.below-reserved");
    }

    [Fact]
    public void Counted_again_the_last_count_holds()
    {
        var again = Warned.When(Seller, CupsInStock, Count(1));
        again.Cups.Missing.ShouldHaveSingleItem().Units.ShouldBe(5);
        again.Sent[^1].ShouldBe(new Order.Command.Warn(Reason.StockDiscrepancy, new("cup"), 5));
    }
}
