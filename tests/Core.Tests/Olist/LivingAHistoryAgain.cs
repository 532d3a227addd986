using Recourse.Olist;
using Xunit;
using static Recourse.Tests.SmallHistory;
namespace Recourse.Tests;

public sealed class LivingAHistoryAgain
{
    static ReplayScript Script(SmallHistory history) => OlistReplay.Of(history.Read());

    static string Kinds(ReplayScript script) => string.Join(' ', script.Steps.Select(s => s.GetType().Name));

    [Fact]
    public void Is_what_people_did_in_the_order_of_time()
    {
        var script = Script(Good);
        Assert.Equal("ReceiveStock OfferListing OpenCheckout AnswerPayment Dispatch ReportDelivered", Kinds(script));
        var open = script.Steps.OfType<ReplayStep.OpenCheckout>().Single();
        Assert.Equal("checkout/p1/o1", $"{open.Checkout}");
        Assert.Equal("109.95 BRL", $"{open.Total}");
        Assert.Equal(HistoricalEnding.Delivered, Assert.Single(script.Ends).Ending);
        Assert.Equal(Instant.FromUtc(2018, 1, 15, 17, 0), script.Ends[0].BuyerKnewAt);
        Assert.Empty(script.Not);
    }

    [Theory]
    [InlineData("credit_card", "credit_card"), InlineData("voucher", "voucher")]
    [InlineData("boleto", "boleto"), InlineData("voucher boleto", "boleto")]
    public void Says_how_each_order_was_paid_and_the_slowest_way_of_several(string methods, string kind)
    {
        var payments = methods.Split(' ').Select((m, i) => $"o1,{i + 1},{m},1,10.00");
        var script = Script(Good.Only(OlistFile.Payments, [.. payments]));
        Assert.Equal(kind, script.Steps.OfType<ReplayStep.OpenCheckout>().Single().Basket.MethodKind);
    }

    [Fact]
    public void Makes_equal_items_one_line_and_others_several()
    {
        var script = Script(Good.With(OlistFile.Items,
            "o1,2,x1,s1,,99.90,10.05", "o1,3,x1,s1,,80.00,10.05", "o1,4,x1,s2,,99.90,10.05"));
        var open = script.Steps.OfType<ReplayStep.OpenCheckout>().Single();
        Assert.Equal([2, 1, 1], open.Basket.Lines.Select(l => l.Quantity));
        Assert.Equal(3, open.Basket.Lines.Select(l => l.Listing).Distinct().Count());
        Assert.Equal(["s1", "s2"], open.Orders.Select(o => o.Seller.Code));
        Assert.Equal(2, script.Steps.OfType<ReplayStep.Dispatch>().Count());
        Assert.Equal("419.90 BRL", $"{open.Total}");
    }

    [Fact]
    public void Offers_anew_only_where_price_or_freight_is_another()
    {
        var script = Script(Good
            .With(OlistFile.Orders, Order("o2", purchased: "2018-01-05 10:00:01"))
            .With(OlistFile.Orders, Order("o3", purchased: "2018-01-05 10:00:02"))
            .With(OlistFile.Items, "o2,1,x1,s1,,99.90,10.05", "o3,1,x1,s1,,99.90,12.00"));
        Assert.Equal(["o1", "o3"], script.Steps.OfType<ReplayStep.OfferListing>().Select(s => s.Number));
        Assert.Equal(3, Assert.Single(script.Steps.OfType<ReplayStep.ReceiveStock>()).Units);
    }

    [Fact]
    public void Reports_a_parcel_that_left_before_the_approval_when_it_is_approved()
    {
        var script = Script(Good.Only(OlistFile.Orders,
            Order("o1", approved: "2018-01-16 11:00:00", delivered: "2018-01-15 15:00:00")));
        Assert.EndsWith("AnswerPayment Dispatch ReportDelivered", Kinds(script));
        Assert.Single(script.Steps.Skip(3).Select(s => s.At).Distinct());
        Assert.Equal(Instant.FromUtc(2018, 1, 15, 17, 0),
            script.Steps.OfType<ReplayStep.ReportDelivered>().Single().Tracking.At);
    }

    public static TheoryData<string, string, HistoricalEnding> Ends => new()
    {
        { Order("o1", status: "canceled", handed: "", delivered: ""), "AnswerPayment CancelByBuyer",
            HistoricalEnding.Cancelled },
        { Order("o1", status: "canceled", approved: "", handed: "", delivered: ""), "OpenCheckout",
            HistoricalEnding.Cancelled },
        { Order("o1", status: "canceled", delivered: ""), "AnswerPayment Dispatch",
            HistoricalEnding.CancelledAfterHandOver },
        { Order("o1", status: "unavailable", handed: "", delivered: ""), "AnswerPayment CancelBySeller",
            HistoricalEnding.Unavailable },
        { Order("o1", status: "shipped", delivered: ""), "AnswerPayment Dispatch", HistoricalEnding.NeverDelivered },
        { Order("o1", status: "processing", handed: "", delivered: ""), "OpenCheckout AnswerPayment",
            HistoricalEnding.LeftOpen },
        { Order("o1", delivered: "2018-01-21 00:00:00"), "Dispatch ReportDelivered", HistoricalEnding.DeliveredLate },
        { Order("o1", delivered: ""), "AnswerPayment Dispatch", HistoricalEnding.DeliveredUndated },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void Does_what_was_done_and_no_more(string order, string last, HistoricalEnding ending)
    {
        var script = Script(Good.Only(OlistFile.Orders, order));
        Assert.EndsWith(last, Kinds(script));
        Assert.Equal(ending, script.Ends.Single().Ending);
    }

    [Fact]
    public void Cancels_at_the_assumed_instant()
    {
        var script = Script(Good.Only(OlistFile.Orders, Order("o1", status: "canceled", handed: "", delivered: "")));
        Assert.Equal(Instant.FromUtc(2018, 1, 6, 13, 0), script.Steps[^1].At);
    }

    [Fact]
    public void Lists_what_can_not_be_lived_again()
    {
        Assert.Equal(OlistCode.NotReplayableWithoutItems, WhyNot(Good.Only(OlistFile.Items)));
        Assert.Equal(OlistCode.NotReplayableWithoutBuyer, WhyNot(Good.Only(OlistFile.Customers)));

        static string WhyNot(SmallHistory history) => Assert.Single(Script(history).Not).Code;
    }
}
