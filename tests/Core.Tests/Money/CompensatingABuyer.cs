using CsCheck;
using Recourse.Adapters.Rulebooks;
using Recourse.Orders;
using Recourse.Refunds;
using Recourse.Rulebooks;
using Recourse.Wallets;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

[Trait("Capability", "REF-1")]
public sealed class CompensatingABuyer
{
    const string Promised = CompensationRules.FalseReason;

    static readonly CompensationRules Rules = Published[0].Of<CompensationRules>();

    static Kernel.Money Jpy(long yen) => new(yen, Currency.TryParse("JPY", out var c) ? c : default);

    [Theory]
    [InlineData(5_00, 2_00)]                                                 // a share of it would be 0.50
    [InlineData(1_50, 1_50)]                                                 // never more than it cost
    [InlineData(100_01, 10_01)]                                              // the part of a cent is the buyer's
    [InlineData(900_00, 50_00)]
    public void Is_a_share_of_the_goods_with_a_least_and_a_most(long goods, long due) =>
        Assert.Equal(Eur(due), Rules.For(Promised, Eur(goods))!.Amount);

    [Fact]
    public void Each_currency_has_limits_of_its_own()
    {
        Assert.Equal(Jpy(300), Rules.For(Promised, Jpy(1_000))!.Amount);
        Assert.Equal(Jpy(8_000), Rules.For(Promised, Jpy(1_000_000))!.Amount);
        Assert.True(Currency.TryParse("CHF", out var francs));
        Assert.Equal(new Kernel.Money(100_00, francs), Rules.For(Promised, new(1_000_00, francs))!.Amount);
    }

    [Fact]
    public void Whoever_decided_wrongly_bears_it()
    {
        const string Granted = CompensationRules.AppealGranted;
        Assert.Equal(Bearer.Seller, Rules.For(Granted, Eur(50_00), new DecidedBy.Person(Party.Seller))!.BorneBy);
        Assert.Equal(Bearer.Platform, Rules.For(Granted, Eur(50_00), new DecidedBy.Person(Party.Agent))!.BorneBy);
        Assert.Equal(Bearer.Platform, Rules.For(Granted, Eur(50_00), new DecidedBy.Automated("orders"))!.BorneBy);
    }

    [Fact]
    public void Nothing_is_due_for_nothing_nor_by_editions_from_before_it()
    {
        Assert.Null(Rules.For(Promised, Eur(0)));
        Assert.Null(Rules.For("compensation.unheard-of", Eur(10_00)));
        Assert.Null(CompensationRules.Before.For(Promised, Eur(10_00)));
    }

    [Fact]
    public void A_least_above_the_most_and_a_buyer_who_bears_it_are_faults()
    {
        var text = RulebookFile.ShippedText();
        var wrong = text.Replace("atLeast: [1 EUR,", "atLeast: [30 EUR,").Replace("borneBy: decider", "borneBy: buyer");
        Assert.NotEqual(text, wrong);
        Assert.Equal(
            ["compensation.compensation.late-refund.atMost", "compensation.compensation.appeal-granted.borneBy"],
            Modules.Read(1, Wednesday, RulebookFile.Parse(wrong).Tree!).Faults.Select(f => f.Path));
    }

    [Fact]
    public void An_order_that_ends_by_the_platforms_own_fault_is_compensated_by_it()
    {
        var sale = Given.Under(WithShippingBorneBy(Bearer.Platform, "cancel.fraud-confirmed"))
            .When(Agent, Cancel("cancel.fraud-confirmed", Pots(2)));
        var ended = sale.Then<Order.Event.Reduced>();
        Assert.Equal(
            new Compensation("compensation.platforms-fault", Eur(2_50), Bearer.Platform), ended.Settlement.Paid);
        Assert.Equal(2_50, sale.At($"transit/{Sold}/compensation"));
        Assert.Equal(-2_50, sale.At($"platform/compensation/shop/{Sold.Code}"));
        Assert.Equal(Eur(2_50), Assert.Single(sale.Tells<Wallet.Command.Compensate>()).Amount);
        Assert.Contains(ended.Why.Facts, f => f.Name is "compensation");
    }

    [Fact]
    public void What_a_buyer_gave_up_costs_nobody_a_fee_or_a_compensation()
    {
        var sale = Given.Funded.When(Buyer, Cancel("cancel.changed-mind", Cups(6), Pots(2)));
        Assert.Equal((null, null), (
            sale.Then<Order.Event.Cancelled>().Settlement.Fee, sale.Then<Order.Event.Cancelled>().Settlement.Paid));
        Assert.Equal((0, 0), (sale.Payable, sale.At("seller/shop/fees")));
    }

    [Fact]
    public void A_seller_owes_part_of_the_fee_for_what_ends_by_their_fault_and_only_they_and_staff_read_it()
    {
        var sale = Given.Funded.When(Seller, Cancel("cancel.out-of-stock", Cups(6), Pots(2)));
        var ended = sale.Then<Order.Event.Cancelled>();
        // Of 3.33 the fee is 0.27, a fifth of it 0.05; of 12.50 it is 1.00 and 0.20.
        Assert.Equal(Eur(6 * 5 + 2 * 20), ended.Settlement.Fee);
        Assert.Equal((-70, 70, 0), (sale.Payable, sale.At("seller/shop/fees"), sale.Escrow));
        Assert.Equal(Party.Seller | Party.Staff, Assert.Single(ended.Why.Facts, f => f.Name is "feeKept").SeenBy);
        Assert.Null(Given.Placed.When(Seller, Cancel("cancel.out-of-stock", Cups(6), Pots(2)))
            .Then<Order.Event.Cancelled>().Settlement.Fee);
    }

    [Fact]
    public void Any_parts_of_an_order_owe_together_what_the_whole_of_it_would() =>
        Gen.Int[0, 6].Select(Gen.Int[0, 2]).Sample((cups, pots) =>
        {
            var whole = Given.Funded.When(Seller, Cancel("cancel.out-of-stock", Cups(6), Pots(2)));
            var (some, rest) = (Portions(cups, pots), Portions(6 - cups, 2 - pots));
            var parts = some.IsEmpty || rest.IsEmpty ? whole
                : Given.Funded.When(Seller, Cancel("cancel.out-of-stock", [.. some]))
                    .When(Seller, Cancel("cancel.out-of-stock", [.. rest]));
            return (parts.Payable, parts.At("seller/shop/fees"), parts.Returned)
                == (whole.Payable, whole.At("seller/shop/fees"), whole.Returned);
        });

    static ImmutableArray<Portion> Portions(int cups, int pots) =>
        [.. new[] { Cups(cups), Pots(pots) }.Where(p => p.Quantity > 0)];

    /// <summary>A rate of duty may be told at checkout; none is ever collected there, so none comes back.</summary>
    [Fact]
    public void A_refund_has_no_duties_since_a_checkout_collects_none_apart_from_the_price()
    {
        var ended = Given.Funded.When(Buyer, Cancel("cancel.changed-mind", Cups(2))).Then<Order.Event.Reduced>();
        var items = Itemised.Of(ended.Settlement, Published[0].Of<TaxRules>(), "BR");
        Assert.Equal((Eur(0), ended.Settlement.ToBuyer), (items.Duties, items.Total));
        Assert.Equal(ended.Settlement.ToBuyer + Eur(3_00), (items with { Duties = Eur(3_00) }).Total);
    }
}
