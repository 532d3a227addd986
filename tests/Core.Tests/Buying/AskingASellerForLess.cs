using System.Collections.Immutable;
using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Payments;
using Shouldly;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

/// <summary>What a seller can't do any more costs that line, and not the others of that seller.</summary>
[Trait("Capability", "CHK-1")]
public sealed class AskingASellerForLess
{
    internal static Refusal Gone(string sku) =>
        new("stock.not-enough", new("stock.look"), ("sku", sku), ("available", 0L));

    static Checkout.Command No(params ImmutableArray<Refusal> why) => new Checkout.Command.HearRefusal(Cups, why);

    static readonly Basket Three = BasketOf(LeavingOutABadLine.OnePlate, SixCups, OneLamp);

    [Fact]
    public void What_goes_between_the_look_and_the_sellers_answer_costs_that_line_only()
    {
        var asked = NewCheckout.When(Buyer, Open(Three)).When(OfCups, No(Gone("cup")));
        var less = asked.Then<Checkout.Event.AskedForLess>();
        less.Request.Lines.Single().Sku.Code.ShouldBe("plate");
        less.LeftOut.Select(no => $"{no.Code} {no.Field}").ShouldBe(["stock.not-enough lines[1].quantity"]);
        asked.Sent<Order.Command.Place>().Select(s => ((OrderId)s.To, s.Command.Request.Lines.Length))
            .ShouldBe([(Cups, 1)]);
        less.Answered.ShouldBe([new("stock.not-enough", Deed.LeftOut, $"{SixCups.Listing}")]);

        var plate = less.Request.Total;
        var stopped = asked.When(OfCups, new Checkout.Command.ConfirmReserved(Cups, plate))
            .When(OfLamp, new Checkout.Command.ConfirmReserved(Lamp, LampTotal));
        var s = stopped.In<Checkout.State.Stopped>();
        (s.Total, s.LeftOut.Length, s.Parts.All(p => p.Refusals.IsEmpty)).ShouldBe((plate + LampTotal, 1, true));
        stopped.When(Buyer, new Checkout.Command.Proceed()).Sent<Payment.Command.Authorise>().Single()
            .Command.Shares.ShouldBe([new(Cups, plate), new(Lamp, LampTotal)]);
    }

    [Fact]
    public void One_line_after_another_and_where_none_is_left_that_seller_is_out()
    {
        var plateGone = NewCheckout.When(Buyer, Open(Three)).When(OfCups, No(Gone("plate")));
        plateGone.Then<Checkout.Event.AskedForLess>().Request.Lines.Single().Sku.Code.ShouldBe("cup");
        plateGone.When(OfCups, No(Gone("cup"))).Then<Checkout.Event.Refused>().Why.Single().Code
            .ShouldBe("stock.not-enough");
        NewCheckout.When(Buyer, Open(Three)).When(OfCups, No(Gone("plate"), Gone("cup")))
            .Then<Checkout.Event.Refused>();
    }

    [Fact]
    public void What_is_of_no_line_costs_what_that_seller_was_asked_for() =>
        NewCheckout.When(Buyer, Open(Three))
            .When(OfCups, No(Gone("cup"), new Refusal("order.not-now", new("order.look"))))
            .Then<Checkout.Event.Refused>().Why.Length.ShouldBe(2);

    [Fact]
    public void An_old_price_of_one_line_leaves_the_others_with_their_seller()
    {
        var changed = new Refusal("listing.price-changed", new("checkout.refresh"), ("sku", "cup"));
        var asked = NewCheckout.When(Buyer, Open(Three)).When(OfCups, No(changed));
        asked.Then<Checkout.Event.AskedForLess>().LeftOut.Single().Field.ShouldBe("lines[1].listing");
    }
}
