using Recourse.Catalog;
using Recourse.Olist;
using Recourse.Orders;
using Xunit;
using static Recourse.Tests.SmallHistory;
namespace Recourse.Tests;

public sealed class TakingAHistoryOver
{
    [Fact]
    public void Makes_people_listings_and_orders_in_an_order_that_is_always_the_same()
    {
        var (a, b) = (Good.Plan(), Good.Plan());
        Assert.Equal(["seller/s1", "buyer/p1", "listing/s1/x1", "order/s1/o1"], a.Steps.Select(s => $"{s.Target}"));
        Assert.Equal(a.Steps.Select(s => s.Key), b.Steps.Select(s => s.Key));
        Assert.All(a.Steps, s => Assert.Equal(new Actor.Integration("olist"), s.Who));
        Assert.True(a.Tally.IsEven);
        Assert.Empty(a.Tally.FindingsByCode);
        Assert.Empty(a.Strays);
    }

    [Fact]
    public void Loses_no_field_of_an_order()
    {
        var order = Assert.Single(Good.Orders());
        Assert.Equal((new BuyerId("p1"), "delivered", "o1", new BasketPart(1, 1)),
            (order.Buyer, order.Status, order.Number, order.Part));
        Assert.Equal(new(1, "x1", Brl(99_90), Brl(10_05), Instant.FromUtc(2018, 1, 9, 14, 0)), order.Items[0]);
        Assert.Equal(new(1, "credit_card", 3, Brl(109_95)), order.Payments[0]);
        Assert.Equal((5, null, "Muito bom, \"amei\"\nmesmo"),
            (order.Reviews[0].Score, order.Reviews[0].Title, order.Reviews[0].Message));
    }

    [Fact]
    public void Gives_a_listing_all_columns_and_the_English_category()
    {
        var facts = Good.Plan().Steps.Select(s => s.Command).OfType<Listing.Command.Import>().Single().Facts;
        Assert.Equal([.. OlistFile.Products.Columns, "product_category_name_english"], facts.Select(f => f.Name));
        Assert.Contains(new Named("product_weight_g", 700), facts);
        Assert.Contains(new Named("product_category_name_english", "beauty"), facts);
    }

    [Fact]
    public void Puts_a_product_that_nobody_sold_under_nobody()
    {
        var plan = Good.With(OlistFile.Products, "x2,novo,,,,,,,").Plan();
        var step = plan.Steps.Single(s => s.Target.ToString() == "listing/unknown/x2");
        Assert.Equal(["product_id", "product_category_name", "finding"],
            ((Listing.Command.Import)step.Command).Facts.Select(f => f.Name));
        Assert.Equal(1, plan.Tally.FindingsByCode[OlistCode.CategoryUntranslated]);
        Assert.True(plan.Tally.IsEven);
    }

    [Fact]
    public void Makes_a_basket_of_two_sellers_two_orders_with_the_payments_on_the_first()
    {
        var plan = Good.With(OlistFile.Sellers, "a2,1,x,SP")
            .With(OlistFile.Items, "o1,2,x1,a2,2018-01-07 12:00:00,1.00,1.00").Plan();
        var orders = OrdersOf(plan);
        Assert.Equal(["order/s1/o1", "order/a2/o1"],
            plan.Steps.Where(s => s.Target is OrderId).Select(s => $"{s.Target}"));
        Assert.Equal([new(1, 2), new(2, 2)], orders.Select(o => o.Part));
        Assert.Equal([1, 0], orders.Select(o => o.Payments.Length));
        Assert.Equal([1, 0], orders.Select(o => o.Reviews.Length));
        Assert.Equal([OlistCode.PaymentsDiffer], orders[0].Findings.Select(f => f.Code));
        Assert.Equal([OlistCode.HandedOverAfterLimit], orders[1].Findings.Select(f => f.Code));
        Assert.Equal((1, 2), (plan.Tally.Orders, plan.Tally.OrdersHere));
        Assert.True(plan.Tally.IsEven);
    }

    [Fact]
    public void Counts_what_concerns_both_parts_of_a_basket_once()
    {
        var plan = Good.With(OlistFile.Items, "o1,2,x1,a2,,1.00,1.00")
            .Only(OlistFile.Orders, Order("o1", handed: "2018-01-05 10:30:00")).Plan();
        Assert.All(OrdersOf(plan), o => Assert.Contains(o.Findings, f => f.Code is OlistCode.HandedOverBeforeApproval));
        Assert.Equal(1, plan.Tally.FindingsByCode[OlistCode.HandedOverBeforeApproval]);
    }

    [Theory]
    [InlineData(OlistCode.WithoutItems)]
    public void Puts_an_order_without_items_under_nobody(string code)
    {
        var plan = Good.Only(OlistFile.Items).Plan();
        Assert.Contains(plan.Steps, s => s.Target.ToString() == "order/unknown/o1");
        Assert.Equal([code], OrdersOf(plan)[0].Findings.Select(f => f.Code));
        Assert.True(plan.Tally.IsEven);
    }

    public static TheoryData<string, string> Orders => new()
    {
        { Order("o1", approved: "2018-01-05 09:00:00"), OlistCode.ApprovedBeforePurchase },
        { Order("o1", handed: "2018-01-05 10:59:00"), OlistCode.HandedOverBeforeApproval },
        { Order("o1", approved: "", handed: "2018-01-05 09:59:00"),
            $"{OlistCode.HandedOverBeforePurchase} {OlistCode.HandedOverUnapproved}" },
        { Order("o1", delivered: "2018-01-08 08:59:00"), OlistCode.DeliveredBeforeHandOver },
        { Order("o1", delivered: "2018-01-20 23:59:59"), "" },
        { Order("o1", delivered: "2018-01-21 00:00:00"), OlistCode.DeliveredLate },
        { Order("o1", delivered: ""), OlistCode.DeliveredWithoutDate },
        { Order("o1", handed: ""), OlistCode.DeliveredWithoutHandOver },
        { Order("o1", status: "shipped"), OlistCode.DeliveredByStatusNot },
        { Order("o1", status: "shipped", handed: "", delivered: ""), OlistCode.ShippedWithoutHandOver },
        { Order("o1", status: "invoiced", delivered: ""), OlistCode.HandedOverByStatusNot },
        { Order("o1", status: "canceled", delivered: ""), OlistCode.CancelledAfterHandOver },
        { Order("o1", status: "canceled"), $"{OlistCode.CancelledAfterHandOver} {OlistCode.CancelledThoughDelivered}" },
        { Order("o1", status: "lost"), $"{OlistCode.StatusUnknown} {OlistCode.DeliveredByStatusNot}" },
        { Order("o1", promised: ""), OlistCode.WithoutPromise },
        { Order("o1", promised: "2018-01-04 00:00:00"),
            $"{OlistCode.PromisedBeforePurchase} {OlistCode.LimitAfterPromise}" },
        { Order("o1", customer: "c9"), OlistCode.BuyerUnknown },
        { Order("o1", handed: "2018-01-09 12:00:01"), OlistCode.HandedOverAfterLimit },
        { Order("o1", approved: "2018-01-10 00:00:00", handed: "2018-01-10 01:00:00"),
            $"{OlistCode.HandedOverAfterLimit} {OlistCode.LimitBeforeApproval}" },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public void Says_what_contradicts_itself_and_no_more(string order, string codes) =>
        Assert.Equal(codes, string.Join(' ', Good.Only(OlistFile.Orders, order).Codes()));

    public static TheoryData<string, string, string> Rows => new()
    {
        { OlistFile.Items.Name, "o1,1,x1,s1,,1.00,1.00", OlistCode.RowRepeated },
        { OlistFile.Items.Name, "o1,,x1,s1,,1.00,1.00", OlistCode.FieldEmpty },
        { OlistFile.Items.Name, "o1,2,,s1,,1.00,1.00", OlistCode.FieldEmpty },
        { OlistFile.Items.Name, "o1,2,x1,,,1.00,1.00", OlistCode.FieldEmpty },
        { OlistFile.Items.Name, "o1,2,x1,s1,,,1.00", OlistCode.FieldEmpty },
        { OlistFile.Items.Name, "o1,2,x1,s1,,-1.00,1.00", OlistCode.AmountNegative },
        { OlistFile.Items.Name, "o1,2,x1,s1,,1.00,1.005", OlistCode.AmountTooFine },
        { OlistFile.Items.Name, "o1,2,x1,s1,,1.00,99999999999999999999.00", OlistCode.AmountTooLarge },
        { OlistFile.Items.Name, "o1,2,x1,s1,,10000000000.00,0.00", OlistCode.AmountTooLarge },
        { OlistFile.Payments.Name, "o1,1,voucher,1,1.00", OlistCode.RowRepeated },
        { OlistFile.Payments.Name, "o1,2,,1,1.00", OlistCode.FieldEmpty },
        { OlistFile.Payments.Name, "o1,2,voucher,,1.00", OlistCode.FieldEmpty },
        { OlistFile.Payments.Name, "o1,2,not_defined,1,0.00",
            $"{OlistCode.MethodNotDefined} {OlistCode.PaymentOfNothing}" },
        { OlistFile.Payments.Name, "o1,4,voucher,1,1.00",
            $"{OlistCode.PaymentsDiffer} {OlistCode.PaymentNumbersSkip}" },
        { OlistFile.Reviews.Name, "r1,o1,5,,,,", OlistCode.RowRepeated },
        { OlistFile.Reviews.Name, "r2,o1,6,,,,", OlistCode.ScoreOdd },
        { OlistFile.Reviews.Name, "r2,o1,,,,,", OlistCode.FieldEmpty },
        { OlistFile.Reviews.Name, "r2,o1,4,,,,", OlistCode.SeveralReviews },
        { OlistFile.Reviews.Name, "r2,o1,4,,,,2018-01-10 00:00:00",
            $"{OlistCode.SeveralReviews} {OlistCode.ReviewedBeforeDelivery}" },
        { OlistFile.Reviews.Name, "r2,o1,4,,,,2018-01-01 00:00:00",
            $"{OlistCode.SeveralReviews} {OlistCode.ReviewedBeforePurchase} {OlistCode.ReviewedBeforeDelivery}" },
        { OlistFile.Orders.Name, Order("o1", status: "canceled"), OlistCode.RowRepeated },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Keeps_a_row_that_does_not_fit_as_a_finding_of_its_order(string file, string row, string codes) =>
        Assert.Equal(codes, string.Join(' ', Good.With(OlistFile.All.Single(f => f.Name == file), row).Codes()));

    public static TheoryData<string, string, string> Astray => new()
    {
        { OlistFile.Items.Name, "o9,1,x1,s1,,1.00,1.00", OlistCode.OrderUnknown },
        { OlistFile.Payments.Name, "o9,1,voucher,1,1.00", OlistCode.OrderUnknown },
        { OlistFile.Payments.Name, ",1,voucher,1,1.00", OlistCode.FieldEmpty },
        { OlistFile.Reviews.Name, "r9,o9,5,,,,", OlistCode.OrderUnknown },
        { OlistFile.Orders.Name, Order(""), OlistCode.FieldEmpty },
        { OlistFile.Orders.Name, Order("o9", purchased: ""), OlistCode.FieldEmpty },
        { OlistFile.Customers.Name, "c1,p2,0,x,SP", OlistCode.RowRepeated },
        { OlistFile.Customers.Name, "c2,,0,x,SP", OlistCode.FieldEmpty },
        { OlistFile.Customers.Name, "c2,P 2,0,x,SP", OlistCode.IdOdd },
        { OlistFile.Sellers.Name, "s1,0,x,SP", OlistCode.RowRepeated },
        { OlistFile.Sellers.Name, "unknown,0,x,SP", OlistCode.IdOdd },
        { OlistFile.Products.Name, ",,,,,,,,", OlistCode.FieldEmpty },
        { OlistFile.Products.Name, "X/1,,,,,,,,", OlistCode.IdOdd },
        { OlistFile.Categories.Name, "beleza,beauty", OlistCode.RowRepeated },
        { OlistFile.Categories.Name, "livros,books", OlistCode.CategoryUnused },
        { OlistFile.Categories.Name, "livros,", OlistCode.FieldEmpty },
    };

    [Theory]
    [MemberData(nameof(Astray))]
    public void Keeps_a_row_that_belongs_to_no_order_under_its_file(string file, string row, string code)
    {
        var plan = Good.With(OlistFile.All.Single(f => f.Name == file), row).Plan();
        var stray = Assert.Single(plan.Strays);
        Assert.Equal((code, file, row.StartsWith("r9") ? 4 : 3), (stray.Finding.Code, stray.File, stray.Line));
        Assert.True(plan.Tally.IsEven, string.Join('\n', plan.Tally.Files));
    }

    [Fact]
    public void Names_who_sold_and_what_where_the_history_does_not_know_them() =>
        Assert.Equal([OlistCode.SellerUnknown, OlistCode.ProductUnknown],
            Good.Only(OlistFile.Items, "o1,1,x8,s8,,99.90,10.05").Codes());

    [Fact]
    public void Derives_an_id_of_ours_where_theirs_is_spelt_oddly()
    {
        var plan = Good.Only(OlistFile.Orders, Order("O/1 ç")).Only(OlistFile.Items, "O/1 ç,1,x1,s1,,99.90,10.05")
            .Only(OlistFile.Payments).Only(OlistFile.Reviews).Plan();
        Assert.All(plan.Steps.Select(s => s.Target).OfType<OrderId>(),
            id => Assert.True(OrderId.TryParse($"{id}", out _)));
        Assert.Equal("O/1 ç", OrdersOf(plan)[0].Number);
        Assert.Equal([OlistCode.IdOdd, OlistCode.WithoutPayments], OrdersOf(plan)[0].Findings.Select(f => f.Code));
        Assert.True(plan.Tally.IsEven);
    }

    [Fact]
    public void Never_writes_where_people_live_into_a_finding() =>
        Assert.DoesNotContain("paulo", string.Join(' ', Good
            .With(OlistFile.Customers, "c1,p1,01310,sao paulo,SP", "c2,,01310,sao paulo,SP")
            .With(OlistFile.Sellers, "s1,01310,sao paulo,SP").Plan().Strays.SelectMany(s => s.Finding.Facts)));

    static Money Brl(long cents) => new(cents, OlistHistory.Currency);
}
